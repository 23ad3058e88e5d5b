"""UNHCR's tables: the printed totals of the statistics memo, recomputed from the plain files."""

import csv

import pytest

from casebook.data.descriptor import resource


def rows(name: str) -> list[dict]:
    return list(csv.DictReader(resource(name).path.open(encoding="utf-8")))


def stock(name: str, **where) -> int:
    return sum(
        int(r["persons"]) for r in rows(name) if all(r[column] == value for column, value in where.items())
    )


@pytest.mark.parametrize(
    ("year", "refugees", "claimants"),
    [
        ("2000", 15, 50),
        ("2005", 287, 67),
        ("2010", 915, 268),
        ("2013", 1163, 940),
        ("2016", 1419, 526),
        ("2020", 689, 88),
        ("2024", 283, 105),
        ("2025", 263, 45),
    ],
)
def test_stock_by_year(year, refugees, claimants):
    assert stock("unhcr_prk", year=year, population_type="refugees") == refugees
    assert stock("unhcr_prk", year=year, population_type="asylum_seekers") == claimants


def test_first_instance_of_governments_in_persons():
    first = [
        r
        for r in rows("unhcr_prk_decisions")
        if (r["procedure_type"], r["decision_level"], r["counted_in"]) == ("G", "FI", "persons")
    ]
    sums = [
        sum(int(r[name]) for r in first)
        for name in ("recognized", "other_protection", "rejected", "otherwise_closed")
    ]
    assert sums == [1238, 183, 1510, 1437]


@pytest.mark.parametrize(
    ("year", "total"),
    [
        ("1990", 287_276),
        ("2000", 294_109),
        ("2010", 300_984),
        ("2018", 321_758),
        ("2021", 303_436),
        ("2022", 320),
        ("2023", 296),
        ("2024", 261),
        ("2025", 230),
    ],
)
def test_china_as_host(year, total):
    assert stock("unhcr_china_host", year=year, population_type="refugees") == total


def test_viet_nam_stops_with_2021_and_stands_still_for_eight_years():
    viet = {
        r["year"]: r["persons"]
        for r in rows("unhcr_china_host")
        if (r["origin_iso3"], r["population_type"]) == ("VNM", "refugees")
    }
    assert max(viet) == "2021" and viet["2021"] == "303107"
    assert [year for year, persons in sorted(viet.items()) if persons == "300897"] == [
        str(year) for year in range(2005, 2013)
    ]


def test_no_vintage_has_the_dprk_in_china_hong_kong_or_the_republic_of_korea():
    check = rows("unhcr_china_prk_check")
    assert len(check) == 46 and len({r["vintage"] for r in check}) == 11
    for column in ("rows_origin_prk_asylum_chn", "rows_origin_prk_asylum_hkg", "rows_origin_prk_asylum_kor"):
        assert {r[column] for r in check} == {"0"}
    assert "PRK" not in {r["origin_iso3"] for r in rows("unhcr_china_host")}
