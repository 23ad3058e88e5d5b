"""The record of the United Nations: counts of the law memo, recomputed from the plain file."""

import csv
from collections import Counter

from casebook.data.descriptor import resource


def rows(name: str) -> list[dict]:
    return list(csv.DictReader(resource(name).path.open(encoding="utf-8")))


def test_china_voted_against_each_recorded_resolution():
    voted = [row for row in rows("un_resolutions") if row["yes"]]
    assert Counter(row["body"] for row in voted) == {"CHR": 3, "HRC": 6, "GA": 9}
    assert {row["china_vote"] for row in voted} == {"no"}
    assert max(row["date"] for row in voted) == "2015-12-17"


def test_adoption_without_a_vote_has_no_numbers():
    quiet = [row for row in rows("un_resolutions") if row["adopted_without_vote"] == "y"]
    assert len(quiet) == 25
    assert all(not (row["yes"] or row["no"] or row["abstain"]) for row in quiet)


def test_the_council_has_nothing_for_2006_and_2007_and_the_assembly_no_gap():
    years = {
        body: {int(row["date"][:4]) for row in rows("un_resolutions") if row["body"] == body}
        for body in ("CHR", "HRC", "GA")
    }
    assert years["CHR"] == {2003, 2004, 2005}
    assert years["HRC"] == set(range(2008, 2027))
    assert years["GA"] == set(range(2005, 2026))


def test_what_was_read_for_non_refoulement():
    assert Counter(row["names_non_refoulement"] for row in rows("un_resolutions")) == {
        "y": 16,
        "n": 7,
        "unknown": 20,
    }


def test_totals_that_differ_are_the_two_of_the_memo():
    assert [row["date"][:4] for row in rows("un_resolutions") if row["totals_differ"] == "y"] == [
        "2007",
        "2009",
    ]


def test_contested_rows_of_the_reviews_say_so_in_words():
    for row in rows("upr_china"):
        assert (row["contested"] == "y") == ("contested" in row["subject"]), row["upr_id"]
