"""The five documents: counts of verdicts, and the typed instrument of each legal statement."""

import csv
from collections import Counter

from casebook.data.descriptor import resource

ROWS = list(csv.DictReader(resource("seed_claims").path.open(encoding="utf-8")))


def test_verdicts():
    assert Counter(row["verdict"] for row in ROWS) == {
        "qualified": 39,
        "confirmed": 27,
        "unverified": 23,
        "contradicted": 3,
    }
    legal = Counter(row["verdict"] for row in ROWS if row["kind"] == "legal")
    assert legal == {"qualified": 17, "confirmed": 6, "contradicted": 2, "unverified": 1}


def test_the_contradicted_statements_are_those_the_chapter_explains():
    assert {row["claim_id"] for row in ROWS if row["verdict"] == "contradicted"} == {
        "S0-15",
        "S3-13",
        "S4-15",
    }


def test_no_statement_rests_on_the_convention_against_torture():
    assert "CAT" not in {row["instrument_id"] for row in ROWS}


def test_four_documents_argue_from_the_convention():
    assert {row["seed_id"] for row in ROWS if row["instrument_id"] == "RC51"} == {"S0", "S1", "S2", "S3"}


def test_every_qualified_or_contradicted_statement_says_why():
    assert [
        row["claim_id"] for row in ROWS if row["verdict"] in ("qualified", "contradicted") and not row["note"]
    ] == []
