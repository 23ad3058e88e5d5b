"""The chapter on returns: its published totals by plain reading, and the tables beside the events."""

import csv
import re

import pytest

from casebook import table
from casebook.project import BOOK, DATA

EVENTS = table("repatriation_events")
REPORTS = table("event_reports")
RATES = table("repatriation_rates")


def plain(name: str) -> list[dict]:
    with (DATA / "evidence" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("basis", "events", "low", "high"),
    [
        ("acknowledged", 1, 7, 7),
        ("supported", 3, 510, 610),
        ("reported", 20, 733, 770),
        ("presumed", 2, 32, 32),
    ],
)
def test_totals_by_how_the_return_is_established(basis, events, low, high):
    rows = [
        row
        for row in plain("repatriation_events")
        if row["kind"] == "repatriation" and row["countable"] == "y" and row["established"] == basis
    ]
    assert len(rows) == events
    assert sum(int(row["persons_low"]) for row in rows) == low
    assert sum(int(row["persons_high"]) for row in rows) == high


def test_china_acknowledged_one_return_and_no_part_of_a_return_is_better_established_than_said():
    basis = {row["event_id"]: row["established"] for row in plain("repatriation_events")}
    assert [name for name, word in basis.items() if word == "acknowledged"] == ["EV002"]
    assert {name for name, word in basis.items() if word == "supported"} == {
        "EV001",
        "EV020",
        "EV031",
        "EV062",
    }
    assert basis["EV074"] == basis["EV010"] == basis["EV008"] == "reported"


def test_the_sum_with_the_lowest_reading_of_the_largest_return_and_what_one_chain_tells():
    rows = [
        row
        for row in plain("repatriation_events")
        if row["kind"] == "repatriation" and row["countable"] == "y"
    ]
    low = {row["event_id"]: int(row["persons_low"]) for row in rows}
    given = [
        row for row in plain("event_reports") if row["event_id"] == "EV062" and row["chain"] == "daily_nk"
    ]
    fewest = min(int(row["persons_low"]) for row in given if row["persons_low"])
    assert sum(low.values()) == 1_282
    assert sum(low.values()) - low["EV062"] + fewest == 982
    one_chain = [row for row in rows if row["corroboration"] == "1"]
    assert sum(int(row["persons_low"]) for row in one_chain) == 621
    assert sum(int(row["persons_high"]) for row in one_chain) == 631
    network = [row for row in rows if row["lineage"] == "L_MISSION_NETWORK"]
    assert sum(int(row["persons_low"]) for row in network) == 410 and all(row in one_chain for row in network)


def test_the_yearly_claim_of_2003_is_the_weekly_one_times_52():
    assert RATES.persons_low["RR19"] * 52 == RATES.persons_low["RR20"] == 7_800
    assert RATES.refuse_reason["RR20"] == "annualised"


def test_a_refused_claim_says_why_and_no_other_does():
    assert (RATES.refuse.eq("y") == RATES.refuse_reason.notna()).all()


def test_the_count_for_one_prefecture_is_never_read_as_china():
    assert RATES.persons_low["RR13"] == 4_809 and RATES.area["RR13"] == "one_place"


def test_every_report_stands_in_a_source_of_its_event():
    cited = {(row["event_id"], row["source_id"]) for row in plain("event_sources")}
    assert {(row["event_id"], row["source_id"]) for row in plain("event_reports")} <= cited


def test_every_source_of_october_2023_is_told_and_its_chains_are_those_counted():
    cited = [row["source_id"] for row in plain("event_sources") if row["event_id"] == "EV062"]
    case = REPORTS[REPORTS.event_id.eq("EV062")]
    assert sorted(case.source_id) == sorted(cited) and len(cited) == 14
    assert case.chain.dropna().nunique() == EVENTS.corroboration["EV062"] == 5


@pytest.mark.parametrize("name", sorted(set(REPORTS[REPORTS.point.eq("number")].event_id)))
def test_a_version_within_the_range_or_known_to_lie_outside(name):
    """The range of an event takes in each version of its number, but for the ones named here."""
    # Daily NK names two of five crossings; KBS counts the same two groups otherwise than the rest
    outside = {"EV062": {200, 300}, "EV035": {27}}.get(name, set())
    event = EVENTS.loc[name]
    versions = REPORTS[REPORTS.event_id.eq(name) & REPORTS.point.eq("number")]
    given = {*versions.persons_low.dropna(), *versions.persons_high.dropna()}
    assert outside <= given
    assert all(event.persons_low <= number <= event.persons_high for number in given - outside)


def test_versions_of_one_point_differ():
    for (name, _), rows in REPORTS[REPORTS.event_id.ne("EV062")].groupby(["event_id", "point"]):
        assert rows.says.nunique() > 1, name


def test_the_chapter_names_no_row_that_is_not_there():
    text = (BOOK / "evidence" / "returns.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bEV\d{3}\b", text)) <= set(EVENTS.index)
    assert set(re.findall(r"\bRR\d{2}\b", text)) <= set(RATES.index)
