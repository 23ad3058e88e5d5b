"""The arrivals series: it adds up to its printed totals, and vintages differ only where known.

Printed totals are not rows of the data, so they stand here, each with where it was read.
"""

import pandas as pd
import pytest

from casebook import table

REFERENCE = "MOU-2025-12"

# Years in which another total than the reference was published (usable rows only):
# the list of disagreements in the statistics memo of the project, as published values.
DISAGREEMENTS = {
    2002: {1138, 1139, 1140, 1143},
    2003: {1281},
    2004: {1890, 1894},
    2005: {1382, 1383},
    2006: {2018},
    2007: {2544, 2548, 2553},
    2008: {2804, 2805, 2809},
    2009: {2952, 2927, 2929},
    2010: {2376, 2379, 2401, 2423},
    2011: {2737},
    2013: {1516},
    2014: {1396},
    2015: {1276},
    2016: {1414, 1417},
    2025: {224},
}


@pytest.fixture(scope="module")
def arrivals() -> pd.DataFrame:
    rows = table("arrivals_rok")
    return rows[rows.rejected.eq("n")]


def wide(arrivals: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """One vintage: periods down, sexes across."""
    rows = arrivals[arrivals.vintage.eq(vintage)]
    return rows.pivot(index="period", columns="sex", values="persons")


@pytest.mark.parametrize("vintage", [REFERENCE, "MOU-2020-09", "MOU-2012-01"])
def test_men_and_women_make_the_total(arrivals, vintage):
    series = wide(arrivals, vintage)
    assert series.notna().all().all()
    assert (series.male + series.female).equals(series.total.rename(None))


def test_every_usable_split_makes_its_total(arrivals):
    split = arrivals.pivot(index=["vintage", "period"], columns="sex", values="persons").dropna()
    assert len(split) > 60
    assert (split.male + split.female == split.total).all()


def test_reference_covers_every_period_once(arrivals):
    ends = arrivals[arrivals.vintage.eq(REFERENCE) & arrivals.sex.eq("total")].period_end
    assert sorted(ends) == [1998, 2001, *range(2002, 2026)]


def test_reference_cumulates_to_printed_totals(arrivals):
    series = arrivals[arrivals.vintage.eq(REFERENCE)]
    running = series.pivot(index="period_end", columns="sex", values="persons").cumsum()
    part_2020 = arrivals.persons["AR-MOU-2020-09-2020-09-total"]
    assert part_2020 == 195  # mou_zh_2020_09: January to September 2020
    assert running.total[2019] + part_2020 == 33_718  # mou_zh_2020_09, end of September 2020
    assert running.total[2022] == 33_882  # datasom_2023, end of 2022
    # newsis_2026_02, end of 2025 as corrected by the Ministry on 4 February 2026
    assert tuple(running.loc[2025, ["male", "female", "total"]]) == (
        9_593,
        24_944,
        34_537,
    )


def test_vintage_of_2012_sums_to_its_printed_total(arrivals):
    assert wide(arrivals, "MOU-2012-01").total.sum() == 23_100  # mou_pr_2012_01


def test_reference_equals_the_ministrys_page_through_2019(arrivals):
    page = wide(arrivals, "MOU-2020-09").drop("2020-09")
    assert len(page) == 20 and page.index.max() <= "<=1998"
    assert wide(arrivals, REFERENCE).loc[page.index].equals(page)


def test_reference_equals_the_portal_paper_by_sex_2002_to_2024(arrivals):
    paper = wide(arrivals, "MOU-2025-06")
    assert list(paper.index) == [str(year) for year in range(2002, 2025)]
    assert wide(arrivals, REFERENCE).loc[paper.index, ["female", "male"]].equals(paper)


def test_vintages_differ_only_where_known(arrivals):
    totals = arrivals[arrivals.period_kind.eq("year") & arrivals.sex.eq("total")]
    known = totals[totals.vintage.eq(REFERENCE)].set_index("period_end").persons
    others = totals[totals.period_end.isin(known.index)]
    differing = others[others.persons.ne(others.period_end.map(known))]
    assert differing.groupby("period_end").persons.agg(set).to_dict() == DISAGREEMENTS


def test_bucket_totals_agree_and_their_splits_differ_only_where_known(arrivals):
    buckets = arrivals[arrivals.period_kind.eq("bucket") & arrivals.vintage.str.startswith("MOU")]
    seen = {(period, sex): set(rows.persons) for (period, sex), rows in buckets.groupby(["period", "sex"])}
    assert seen == {
        ("<=1998", "male"): {831, 829},
        ("<=1998", "female"): {116, 118},
        ("<=1998", "total"): {947},
        ("1999-2001", "male"): {565, 563},
        ("1999-2001", "female"): {478, 480},
        ("1999-2001", "total"): {1043},
    }


def test_the_one_rejected_value_is_the_encyclopaedias_2006():
    rows = table("arrivals_rok")
    assert list(rows.index[rows.rejected.eq("y")]) == ["AR-WIKI-2016-2006-total"]


@pytest.mark.parametrize(
    ("as_of", "printed"),
    [
        ("2020-09", 33_648),
        ("2022-12", 33_836),
        ("2024-09", 34_134),
    ],  # sums named in the memo
)
def test_complete_breakdowns_agree_on_their_sum(as_of, printed):
    cells = table("arrivals_rok_breakdowns")
    cells = cells[cells.as_of.eq(as_of) & cells.sex.eq("total") & cells.list_complete.eq("y")]
    sums = cells.groupby("dimension").persons.sum()
    assert len(sums) >= 2 and set(sums) == {printed}


def test_unhcr_has_no_row_for_the_republic_of_korea():
    """Arrivals there and UNHCR's refugees never overlap in one table, so no sum can mix them."""
    for name in ("unhcr_prk", "unhcr_prk_vintages"):
        assert not table(name).asylum_iso3.eq("KOR").any()
