"""Estimates of the number of people in China: the reading rules and the published factors."""

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import table
from casebook.analysis import estimates
from casebook.data.descriptor import resource

ROWS = list(csv.DictReader(resource("population_estimates_china").path.open(encoding="utf-8")))
persons = st.integers(min_value=0, max_value=10**6)


def figures(row: dict) -> list[int]:
    return [int(row[end]) for end in ("low", "high", "point") if row[end]]


def own(row: dict) -> bool:
    return (
        row["series"] == "stock_people"
        and row["attribution_doubtful"] == "n"
        and row["area"] != "beyond_china"
        and row["basis_kind"] != "range_of_reports"
    )


def test_stock_rows_and_lineages_as_the_memo_counts_them():
    stock = [row for row in ROWS if row["series"] == "stock_people"]
    assert (len(stock), len({row["lineage"] for row in stock})) == (68, 36)
    assert sum(not figures(row) for row in stock) == 4


def test_2002_has_most_lineages_and_differs_thirty_times():
    found = [row for row in ROWS if own(row) and row["ref_year"] == "2002" and figures(row)]
    named = [figure for row in found for figure in figures(row)]
    assert len({row["lineage"] for row in found}) == 6
    assert (min(named), max(named), max(named) / min(named)) == (10_000, 300_000, 30)


def test_the_survey_is_one_study_and_falls_as_printed():
    survey = {
        row["ref_year"]: row
        for row in ROWS
        if row["basis_kind"] == "survey" and row["series"] == "stock_people"
    }
    assert {row["lineage"] for row in survey.values()} == {"L_JHU"}
    assert figures(survey["1998"]) == [35_000, 125_000, 75_000]  # rfa_20100604
    assert figures(survey["2009"]) == [7_500, 10_000]


def test_after_1999_only_good_friends_shows_a_method_for_the_round_figure():
    late = [
        row
        for row in ROWS
        if row["series"] == "stock_people"
        and (row["ref_year"] or "0") > "1999"
        and {row["low"], row["high"], row["point"]} & {"300000"}
    ]
    assert len(late) == 18
    assert {
        row["lineage"] for row in late if row["basis_kind"] in ("survey", "extrapolation", "judgement")
    } == {"L_GOODFRIENDS"}


def test_a_doubtful_attribution_is_never_a_figure_of_its_own():
    assert {row["estimate_id"] for row in ROWS if row["attribution_doubtful"] == "y"} == {"POP017", "POP028"}


def test_bounds_keep_open_ends_open():
    ends = estimates.bounds(table("population_estimates_china"))
    assert tuple(ends.loc["POP068"]) == (35_000, 125_000)
    assert tuple(ends.loc["POP007"]) == (50_000, 50_000)
    assert pd.isna(ends.high["POP012"]) and ends.low["POP012"] == 100_000
    assert pd.isna(ends.low["POP062"]) and ends.high["POP062"] == 10_000
    assert ends.loc["POP013"].isna().all()


def frame(figures: list[tuple[str, int]]) -> pd.DataFrame:
    """Rows with a lineage and one figure, in the order of their years."""
    made = pd.DataFrame(figures, columns=["lineage", "point"]).astype({"point": "Int64"})
    made["ref_year"] = pd.array(range(1998, 1998 + len(made)), dtype="Int64")
    made["low"] = made["high"] = pd.array([pd.NA] * len(made), dtype="Int64")
    return made


@given(st.lists(st.tuples(st.sampled_from("AB"), persons), min_size=1, max_size=8))
def test_what_is_not_a_repetition_is_each_figure_of_each_lineage_once(said):
    again = estimates.repeats(frame(said))
    assert (~again).sum() == len(set(said))


def stated(*rows: tuple) -> pd.DataFrame:
    """Rows of name, lineage, year, low, high and single figure; None is blank."""
    made = pd.DataFrame(rows, columns=["id", "lineage", "ref_year", "low", "high", "point"]).set_index("id")
    return made.astype(dict.fromkeys(["ref_year", "low", "high", "point"], "Int64"))


@pytest.mark.parametrize(
    ("low", "high", "point", "expected"),
    [
        (5, 9, 7, (5, 9)),
        (None, None, 7, (7, 7)),
        (7, None, 7, (7, 7)),  # a single figure that is printed as the low end too
        (5, None, 7, (5, None)),  # "at least 5, perhaps 7" stays open above
        (None, 9, 7, (None, 9)),
        (None, None, None, (None, None)),
    ],
)
def test_bounds_of_every_form(low, high, point, expected):
    ends = estimates.bounds(stated(("P", "A", 2000, low, high, point))).loc["P"]
    assert tuple(None if pd.isna(end) else end for end in ends) == expected
    assert (estimates.bounds(stated(("P", "A", 2000, 1, 2, None))).dtypes == "Int64").all()


def test_repetitions_follow_years_then_names_and_undated_rows_come_last():
    rows = stated(
        ("P5", "A", None, None, None, 10),  # undated: whatever was said before
        ("P4", "A", 2000, None, None, 10),  # the same year, a later name
        ("P3", "A", 2000, None, None, 10),
        ("P2", "A", 1999, 10, 30, None),
        ("P1", "A", 2001, None, None, None),  # words only, of a lineage that spoke before
        ("Q1", "B", 2001, None, None, 10),  # another lineage
        ("Q2", "B", 2002, None, None, 20),  # a figure of its own
        ("R1", "C", 2000, None, None, None),  # words only, the first of its lineage
    )
    again = estimates.repeats(rows)
    assert list(again.index) == list(rows.index) and again.dtype == bool
    assert list(again[again].index) == ["P5", "P4", "P3", "P1"]


def test_of_no_rows_none_is_a_repetition():
    assert estimates.repeats(stated()).dtype == bool


def test_a_row_is_a_repetition_only_if_each_of_its_figures_was_said():
    rows = stated(("P1", "A", 2000, 10, None, None), ("P2", "A", 2001, 10, 20, None))
    assert not estimates.repeats(rows).any()
    tie = stated(("P2", "A", 2000, 10, None, None), ("P1", "A", 2000, 10, 20, None))
    assert dict(estimates.repeats(tie)) == {"P2": True, "P1": False}
    undated = stated(("P1", "A", None, 10, None, None), ("P2", "A", 2000, 10, None, None))
    assert dict(estimates.repeats(undated)) == {"P1": True, "P2": False}


def test_spread_takes_open_ends_as_far_as_they_are_named():
    rows = stated(("P1", "A", 2000, 10, None, None), ("P2", "A", 2001, None, 4, None))
    assert estimates.spread(rows) == (4, 10)


@given(st.lists(persons, min_size=1))
def test_spread_is_the_least_and_the_greatest(named):
    assert estimates.spread(frame([("A", figure) for figure in named])) == (min(named), max(named))


def test_spread_of_words_is_refused():
    worded = table("population_estimates_china").loc[["POP013"]]
    with pytest.raises(ValueError, match="^no row names a figure$"):
        estimates.spread(worded)


@given(persons, persons, persons, persons)
def test_direction_turns_round_with_time(a, b, c, d):
    first, last = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    turned = {"lower": "higher", "higher": "lower"}
    there, back = estimates.direction(first, last), estimates.direction(last, first)
    assert back == turned.get(there, there)


def test_direction_of_open_ends():
    assert estimates.direction((10, 10), (pd.NA, 10)) == "overlapping"
    assert estimates.direction((100, pd.NA), (11, 11)) == "lower"
    assert estimates.direction((10, 10), (10, 10)) == "the same"
    assert estimates.direction((pd.NA, 10), (11, pd.NA)) == "higher"
    assert estimates.direction((pd.NA, 10), (pd.NA, 10)) == "the same"
    assert estimates.direction((0, 10), (pd.NA, 10)) == "the same"


def test_ranges_that_touch_overlap():
    assert estimates.direction((10, 20), (20, 30)) == "overlapping"
    assert estimates.direction((20, 30), (10, 20)) == "overlapping"
    assert estimates.direction((10, 20), (21, 30)) == "higher"
    assert estimates.direction((10, 20), (1, 9)) == "lower"
