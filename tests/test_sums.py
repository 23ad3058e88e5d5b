"""Events are added only where they do not repeat each other, and each refusal says why."""

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import table
from casebook.analysis.sums import CannotAdd, Refusal, refusals, total
from casebook.project import DATA

EVENTS = table("repatriation_events")
RETURNS = EVENTS[EVENTS.kind.eq("repatriation") & EVENTS.countable.eq("y")]


def made(*rows: dict) -> pd.DataFrame:
    """A small table of events; what a row leaves out is harmless."""
    plain = {"kind": "repatriation", "role": "flow", "part_of": pd.NA, "countable": "y"}
    filled = [
        {**plain, "lineage": f"L_{number}", "persons_low": 1, "persons_high": 2, **row}
        for number, row in enumerate(rows)
    ]
    types = {"persons_low": "Int64", "persons_high": "Int64", "part_of": "string"}
    frame = pd.DataFrame(filled, index=[f"E{number}" for number in range(len(rows))])
    return frame.astype(types)


def rules(events: pd.DataFrame) -> set[str]:
    return {refusal.rule for refusal in refusals(events)}


@pytest.mark.parametrize(
    ("rows", "rule", "words"),
    [
        ([{}, {"kind": "arrest"}], "kind", "arrest and repatriation"),
        ([{}, {"role": "stock", "countable": "n"}], "role", "held at a moment"),
        ([{}, {"role": "aggregate", "countable": "n"}], "role", "sum over several"),
        ([{}, {"role": "subset", "part_of": "E0", "countable": "n"}], "part_of", "E1 and E0"),
        ([{}, {"role": "duplicate_of", "part_of": "E9", "countable": "n"}], "role", "same people as E9"),
        ([{}, {"countable": "n"}], "countable", "E1 is marked"),
        ([{"lineage": "L"}, {"lineage": "L", "countable": "n"}], "lineage", "E0 and E1 rest on"),
    ],
)
def test_each_overlap_is_refused_with_its_reason(rows, rule, words):
    events = made(*rows)
    found = [refusal for refusal in refusals(events) if refusal.rule == rule]
    assert found and words in found[0].words
    with pytest.raises(CannotAdd, match=words):
        total(events)


def test_countable_rows_of_one_lineage_may_be_added():
    assert total(made({"lineage": "L"}, {"lineage": "L"})).low == 2


def test_no_rows_and_repeated_rows_are_refused():
    assert rules(made({}).iloc[:0]) == {"empty"}
    assert "repeated" in rules(pd.concat([made({}), made({})]))


def test_a_refusal_names_its_rows_and_its_reason():
    assert refusals(made({}).iloc[:0]) == [
        Refusal("empty", (), "there is no row to add, and no row is not the same as nobody")
    ]
    twice = refusals(pd.concat([made({}), made({})]))
    assert twice[0] == Refusal("repeated", ("E0",), "E0 would be added twice")
    part = refusals(made({}, {"role": "subset", "part_of": "E0", "countable": "n"}))
    assert Refusal("part_of", ("E0", "E1"), "E1 and E0 are about the same people") in part


def test_three_are_listed_with_a_comma_and_an_and():
    (kinds,) = refusals(made({"kind": "c"}, {"kind": "b"}, {"kind": "a"}))
    assert kinds.rows == ("E0", "E1", "E2") and kinds.words.endswith(": a, b and c")


def test_witnesses_are_named_in_the_order_of_the_table():
    found = refusals(made(*({"lineage": name, "countable": "n"} for name in "ZAZA")))
    assert [one for one in found if one.rule == "lineage"] == [
        Refusal("lineage", ("E0", "E2"), "E0 and E2 rest on the same informants (Z)"),
        Refusal("lineage", ("E1", "E3"), "E1 and E3 rest on the same informants (A)"),
    ]


def test_an_open_end_stays_open():
    assert total(made({}, {"persons_high": pd.NA})).high is None


def test_all_reasons_are_given_at_once():
    events = made({}, {"kind": "arrest", "role": "stock", "countable": "n"}, {"countable": "n"})
    assert rules(events) == {"kind", "role", "countable"}
    with pytest.raises(CannotAdd) as refused:
        total(events)
    assert refused.value.refusals == refusals(events)
    assert str(refused.value) == "; ".join(refusal.words for refusal in refusals(events))


def test_the_register_as_a_whole_is_refused():
    assert rules(EVENTS) == {"kind", "role", "part_of", "countable", "lineage"}


@given(st.sets(st.sampled_from(list(RETURNS.index)), min_size=1))
def test_any_choice_of_countable_returns_adds_up_whatever_its_order(chosen):
    one, other = total(RETURNS.loc[sorted(chosen)]), total(RETURNS.loc[sorted(chosen, reverse=True)])
    assert (one.low, one.high) == (other.low, other.high)
    assert set(one.rows) == chosen
    rest = RETURNS.drop(list(chosen))
    if len(rest):
        assert total(rest).low + one.low == total(RETURNS).low


@given(
    st.sets(st.sampled_from(list(RETURNS.index)), min_size=1, max_size=5),
    st.sampled_from(list(EVENTS.index.difference(RETURNS.index))),
)
def test_one_bad_row_spoils_the_sum_and_is_named(chosen, bad):
    events = EVENTS.loc[[*sorted(chosen), bad]]
    assert any(bad in refusal.rows for refusal in refusals(events))


def plain_rows() -> list[dict]:
    with (DATA / "evidence" / "repatriation_events.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_published_totals_by_plain_reading():
    """The totals named in the project's memo on events, from the file without the package."""
    rows = [row for row in plain_rows() if row["kind"] == "repatriation" and row["countable"] == "y"]

    def added(first: str, last: str) -> tuple[int, int]:
        part = [row for row in rows if first <= row["date_start"][:4] <= last]
        return tuple(sum(int(row[f"persons_{end}"]) for row in part) for end in ("low", "high"))

    assert len(rows) == 26
    assert added("1999", "2025") == (1_282, 1_419)
    assert added("1999", "2009") == (211, 219)
    assert added("2010", "2019") == (111, 130)
    assert added("2020", "2025") == (960, 1_070)
    whole = total(RETURNS)
    assert (whole.low, whole.high, len(whole.rows)) == (1_282, 1_419, 26)
