"""Decisions coded by two readers: nothing is settled that they did not both say."""

from collections import Counter
from itertools import permutations

import krippendorff
import pytest

from casebook.data.tables import table

CODES, ISSUES = table("decision_codes"), table("decision_issues")
NOTHING = {"silent", "unread"}
LISTED = {issue: set(rows.code) for issue, rows in ISSUES.groupby("issue")}


def test_every_decision_is_asked_every_question_once():
    counts = CODES.groupby("decision_id").issue.agg(["count", "nunique"])
    assert (counts["count"] == len(LISTED)).all() and (counts["nunique"] == len(LISTED)).all()


def test_answers_are_those_of_the_list():
    for row in CODES.itertuples():
        assert {row.first, row.second} <= LISTED[row.issue] | NOTHING, row.Index


def test_a_code_is_what_both_readers_said_and_nothing_else():
    for row in CODES.itertuples():
        agreed = row.first if row.first == row.second and row.first not in NOTHING else None
        assert (row.code if isinstance(row.code, str) else None) == agreed, row.Index


def test_what_is_coded_has_a_basis_and_what_is_not_has_none():
    for row in CODES.itertuples():
        for answer, basis in ((row.first, row.first_basis), (row.second, row.second_basis)):
            assert (answer not in NOTHING) == isinstance(basis, str), row.Index


def alpha(pairs: list[tuple[str, str]]) -> float:
    """Krippendorff's alpha for two readers and answers without an order, from its definition."""
    together = Counter(pair for one in pairs for pair in permutations(one))
    totals = Counter(answer for one in pairs for answer in one)
    number = sum(totals.values())
    seen = sum(count for (one, other), count in together.items() if one != other) / number
    chance = sum(totals[one] * totals[other] for one in totals for other in totals if one != other)
    return 1 - seen / (chance / (number * (number - 1)))


@pytest.mark.parametrize("wrong", [0, 3])
def test_the_measure_of_agreement_is_the_one_of_the_definition(wrong):
    rows = CODES[CODES.issue.eq("outcome") & ~CODES["first"].isin(NOTHING) & ~CODES["second"].isin(NOTHING)]
    pairs = list(zip(rows["first"], rows["second"], strict=True))
    pairs[:wrong] = [(one, "other") for one, _ in pairs[:wrong]]
    answers = sorted({answer for pair in pairs for answer in pair})
    numbers = [[answers.index(pair[reader]) for pair in pairs] for reader in (0, 1)]
    found = krippendorff.alpha(numbers, level_of_measurement="nominal")
    assert found == pytest.approx(alpha(pairs))
