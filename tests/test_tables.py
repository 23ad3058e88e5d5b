"""Tables as chapters read them, and their totals counted once more without any of our code."""

import csv
import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from casebook import row, table
from casebook.data.descriptor import anchor, resources, tables
from casebook.data.tables import located, sources_of

DATA = Path(__file__).parent.parent / "data"


def plain(path: str) -> list[dict]:
    """Rows of a file as the standard library reads them."""
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Names


def test_every_row_has_a_name_and_an_address_of_its_own():
    names = [name for described in tables() for name in table(described.name).index]
    assert len(set(names)) == len(names)
    assert len({anchor(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("EV045", "ev045"),
        ("MOU-2025-12-<=1998-male", "mou-2025-12-to-1998-male"),
        ("AR-MOU-2025-12-≤1998", "ar-mou-2025-12-to-1998"),
        ("arrivals.total", "arrivals-total"),
        ("refugees 2022.12.0", "refugees-2022-12-0"),
    ],
)
def test_addresses(name, expected):
    assert anchor(name) == expected


def test_a_composite_name_is_prefix_and_key():
    assert "UP-1996-KHM-refugees" in table("unhcr_prk").index
    assert "EV005" in table("repatriation_events").index


# Types


def test_a_blank_count_stays_blank():
    events = table("repatriation_events")
    assert events.persons_high.dtype == "Int64"
    blank = sum(not record["persons_high"] for record in plain("evidence/repatriation_events.csv"))
    assert events.persons_high.isna().sum() == blank > 0


def test_na_is_a_code_of_unhcr_and_not_a_blank():
    levels = table("unhcr_prk_decisions").decision_level
    assert levels.notna().all()
    assert (
        (levels == "NA").sum()
        == Counter(record["decision_level"] for record in plain("evidence/unhcr_prk_decisions.csv"))["NA"]
        > 0
    )


def test_columns_have_the_types_of_the_descriptor():
    expected = {"integer": "Int64", "year": "Int64", "number": "Float64"}
    for described in tables():
        for field in described.fields:
            assert table(described.name)[field["name"]].dtype == expected.get(field["type"], "string")


def test_a_chapter_cannot_change_a_table_for_others():
    mine = table("places")
    mine["lat"] = 0.0
    assert table("places").lat.min() > 0


def test_what_does_not_exist_is_named():
    with pytest.raises(KeyError, match="no table named 'event'"):
        table("event")
    with pytest.raises(KeyError, match="'EV999'"):
        row("EV999")


# Sources


def test_sources_of_rows_come_once_and_in_order():
    assert sources_of(["DC001", "DC002"]) == ["unhcr_rdf_2025_12_1"]
    assert sources_of(["EV003", "EV004"]) == ["nyt_20000531", "wapo_20000429"]


def test_the_source_of_a_source_is_itself():
    assert sources_of(["nyt_20000531"]) == ["nyt_20000531"]
    assert sources_of(["EV003", "nyt_20000531"]) == ["nyt_20000531"]


def test_an_event_has_all_its_sources():
    linked = [r["source_id"] for r in plain("evidence/event_sources.csv") if r["event_id"] == "EV002"]
    assert sources_of(["EV002"]) == linked
    assert len(linked) > 1


def test_every_event_has_a_source():
    events = {record["event_id"] for record in plain("evidence/repatriation_events.csv")}
    assert events == {record["event_id"] for record in plain("evidence/event_sources.csv")}


def test_a_row_is_found_with_its_table():
    described, record = located("RC51-33-1")
    assert (described.name, described.kind, record["instrument_id"]) == ("provisions", "provision", "RC51")
    assert pd.isna(row("EV001")["women_share"])


# The descriptor


def test_every_table_and_column_is_described():
    for described in resources().values():
        assert described.descriptor["description"] and described.descriptor["licenses"]
        for field in described.fields:
            assert field["description"], f"{described.name}.{field['name']}"


def test_every_count_and_measure_has_a_unit():
    fields = [(d.name, f) for d in tables() for f in d.fields if f["type"] in ("integer", "number", "year")]
    assert [f"{name}.{field['name']}" for name, field in fields if not field.get("unit")] == []


def test_the_version_is_the_same_everywhere():
    from casebook import __version__

    assert json.loads((DATA / "datapackage.json").read_text("utf-8"))["version"] == __version__
    assert f'version = "{__version__}"' in (DATA.parent / "pyproject.toml").read_text("utf-8")


# Totals, counted from the files


PARTS = ["recognized", "other_protection", "rejected", "otherwise_closed"]


def test_decisions_add_up():
    decisions = plain("evidence/unhcr_prk_decisions.csv")
    assert [
        r["decision_id"] for r in decisions if sum(int(r[part]) for part in PARTS) != int(r["total"])
    ] == []


def test_asylum_decisions_of_governments_at_first_instance():
    chosen = [
        r
        for r in plain("evidence/unhcr_prk_decisions.csv")
        if (r["procedure_type"], r["decision_level"], r["counted_in"]) == ("G", "FI", "persons")
        and 2000 <= int(r["year"]) <= 2025
    ]
    assert [sum(int(r[part]) for r in chosen) for part in PARTS] == [1238, 183, 1510, 1437]


@pytest.mark.parametrize(
    ("first", "last", "low", "high"),
    [(1999, 2025, 1282, 1419), (1999, 2009, 211, 219), (2010, 2019, 111, 130), (2020, 2025, 960, 1070)],
)
def test_countable_returns(first, last, low, high):
    """The totals that the memo on the events prints."""
    chosen = [
        r
        for r in plain("evidence/repatriation_events.csv")
        if r["kind"] == "repatriation" and r["countable"] == "y" and first <= int(r["date_start"][:4]) <= last
    ]
    assert sum(int(r["persons_low"]) for r in chosen) == low
    assert sum(int(r["persons_high"] or r["persons_low"]) for r in chosen) == high
    if (first, last) == (1999, 2025):
        assert len(chosen) == 26


def test_nothing_countable_is_part_of_something_else():
    events = plain("evidence/repatriation_events.csv")
    assert [
        r["event_id"] for r in events if r["countable"] == "y" and (r["part_of"] or r["role"] != "flow")
    ] == []


def test_china_voted_against_every_recorded_resolution():
    votes = [r for r in plain("record/un_resolutions.csv") if r["adopted_without_vote"] == "n"]
    assert Counter(r["body"] for r in votes) == {"CHR": 3, "HRC": 6, "GA": 9}
    assert {r["china_vote"] for r in votes} == {"no"}
    assert max(r["date"] for r in votes) < "2016"
    assert all(int(r["yes"]) > int(r["no"]) for r in votes)


def test_men_and_women_add_up_in_every_period():
    people = {}
    for r in plain("evidence/arrivals_rok.csv"):
        people.setdefault((r["vintage"], r["period"]), {})[r["sex"]] = int(r["persons"])
    full = {period: counts for period, counts in people.items() if len(counts) == 3}
    assert len(full) > 50
    assert [p for p, counts in full.items() if counts["male"] + counts["female"] != counts["total"]] == []


def test_there_is_no_row_for_north_koreans_in_china():
    """The central gap of the statistics: absent, which is not zero."""
    assert [r for r in plain("evidence/unhcr_china_host.csv") if r["origin_iso3"] == "PRK"] == []
    assert [r for r in plain("evidence/unhcr_prk.csv") if r["asylum_iso3"] == "CHN"] == []


def test_a_table_knows_its_name_its_rows_and_the_types_of_its_columns():
    rows = table("repatriation_events")
    assert rows.attrs["table"] == "repatriation_events" and rows.index.name == "id"
    assert rows.persons_low.dtype == "Int64" and rows.role.dtype == "string"
    assert rows.note.isna().any() and not rows.note.eq("").any()
