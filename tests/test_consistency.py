"""What a hostile reader would strike out is refused: each rule with a fault and its sound neighbours."""

import re

import pytest

from casebook.argument.consistency import (
    high_without_reading,
    replies_not_encoded,
    sorts_mixed,
    wider_than_support,
)


def claim(**fields) -> dict:
    usual = {
        "kind": "law",
        "confidence": "high",
        "statement": "Snow is white.",
        "reply_apart": "It is about rain.",
    }
    return usual | fields


def attack(by: str, **more) -> dict:
    return {"claim": by, "how": "rebuts", **more}


def named(**entries) -> dict[str, dict]:
    return {name: {"id": name, **entry} for name, entry in entries.items()}


def check(found, culprit: str, words: str) -> None:
    """Nothing when no culprit is named; else one fault, at that claim, in these words."""
    found = list(found)
    assert [name for name, _ in found] == ([culprit] if culprit else []), found
    if culprit:
        assert re.search(words, found[0][1])


OTHER = claim(side="other", attacked_by=[attack("A")])
BARE = {key: given for key, given in claim().items() if key != "reply_apart"}


@pytest.mark.parametrize(
    ("claims", "culprit", "words"),
    [
        (named(A=claim()), "", ""),
        (named(A=BARE), "A", "the reply is printed and not encoded; name its claims in reply_in"),
        (named(A=BARE | {"reply_in": ["X"], "attacked_by": [attack("X")]}, X=OTHER), "", ""),
        (named(A=BARE | {"reply_in": ["X"], "contested": [attack("X", why="...")]}, X=OTHER), "", ""),
        (named(A=BARE | {"reply_in": ["X"]}, X=OTHER), "A", "value 'X': nothing drawn or contested"),
        # what attacks the support of a claim, or its defence, counts; what attacks a claim above it does not
        (
            named(
                A=BARE | {"reply_in": ["Y"], "attacked_by": [attack("X")]},
                X=OTHER | {"attacked_by": [attack("B")]}, B=claim(attacked_by=[attack("Y")]), Y=OTHER,
            ),
            "", "",
        ),
        (
            named(
                A=BARE | {"reply_in": ["X"], "support": [["B"]]},
                B=claim(attacked_by=[attack("X")]), X=OTHER,
            ),
            "", "",
        ),
        (
            named(A=BARE | {"reply_in": ["X"]}, B=claim(attacked_by=[attack("X")], support=[["A"]]), X=OTHER),
            "A", "field reply_in, value 'X'",
        ),
        (named(A=claim(confidence="moderate")), "A", "a weak point of a claim below high"),
        (named(A=claim(confidence="moderate", weak_apart="It is small.")), "", ""),
        (named(A=claim(confidence="low", weak_in=["X"]), X=OTHER), "A", "field weak_in, value 'X'"),
        (named(X=claim(side="other")), "X", "must be attacked by what answers it, or say under granted"),
        (named(X=claim(side="other", granted="It is true and small.")), "", ""),
        (named(A=claim(granted="It is true and small.")), "A", "only a claim of the other side is granted"),
    ],
)  # fmt: skip
def test_what_is_printed_is_encoded(claims, culprit, words):
    check(replies_not_encoded(claims), culprit, words)


WIDE = "Snow is white. Coal is black; it does not follow that ash is."


@pytest.mark.parametrize(
    ("entry", "culprit", "words"),
    [
        ({}, "", ""),  # a premise
        ({"support": [["B"]]}, "A", "must say under parts what carries which words"),
        ({"support": [["B"]], "parts": [{"says": "white", "by": ["B"]}]}, "", ""),
        ({"support": [["B"], ["C"]], "parts": [{"says": "white", "by": ["B", "C"]}]}, "", ""),
        (
            {
                "support": [["B"], ["C"]],
                "parts": [{"says": "Snow", "by": ["B"]}, {"says": "white", "by": ["B", "C"]}],
            },
            "A", r"parts, value 'Snow': argument 2 \(C\) does not carry these words",
        ),
        ({"support": [["B"]], "provisions": ["R"], "parts": [{"says": "white", "rows": ["R"]}]}, "", ""),
        ({"support": [["B"]], "parts": [{"says": "white", "rows": ["R"]}]}, "A", "does not name row R"),
        ({"support": [["B"]], "parts": [{"says": "green", "by": ["B"]}]}, "A", "no words of the statement"),
        (
            {"statement": WIDE, "support": [["B"]], "parts": [{"says": "Snow is white", "by": ["B"]}]},
            "A", "the sentence 'Coal is black; it does not follow that ash is.' stands in no part",
        ),
        (
            {
                "statement": WIDE, "support": [["B", "C"]],
                "parts": [{"says": "Snow", "by": ["B"]}, {"says": "Coal", "by": ["C"]},
                          {"says": "it does not follow", "limit": "It takes back."}],
            },
            "", "",
        ),
    ],
)  # fmt: skip
def test_a_statement_says_no_more_than_its_support(entry, culprit, words):
    check(wider_than_support({"A": claim(id="A", **entry)}, {"A": {}}), culprit, words)


def test_other_claims_with_one_argument_need_no_parts_and_with_two_they_do():
    two = claim(support=[["B"], ["C"]])
    assert list(wider_than_support(named(A=claim(support=[["B"]])), {})) == []
    check(wider_than_support(named(A=two), {}), "A", "a claim with several arguments")


@pytest.mark.parametrize(
    ("entry", "culprit"),
    [
        ({"authorities": ["R", "U"]}, ""),
        ({"authorities": ["U"]}, "A"),
        ({"authorities": ["U"], "provisions": ["R"]}, "A"),
        ({"authorities": ["U"], "confidence": "moderate"}, ""),
        ({"provisions": ["R", "U"]}, ""),
        ({"provisions": ["U"]}, "A"),
        ({"evidence": ["U"]}, ""),
    ],
)
def test_high_confidence_needs_one_reading_at_the_source(entry, culprit):
    found = high_without_reading(named(A=claim(**entry)), lambda row: row == "R")
    check(found, culprit, "confidence is high, but none of these was read at the source: U|R")


def conclusion(sort: str, people: str = "dprk") -> dict:
    return {"sort": sort, "people": people}


SHARED = named(A=claim(support=[["P"]]), B=claim(support=[["P"]]), P=claim())


@pytest.mark.parametrize(
    ("claims", "conclusions", "past", "culprit", "words"),
    [
        (SHARED, {"A": conclusion("risk"), "B": conclusion("breach")}, [], "", ""),
        (SHARED, {"A": conclusion("rule")}, ["P"], "A", "a rule may not rest on what was done"),
        (SHARED, {"A": conclusion("breach")}, ["P"], "", ""),
        (
            named(A=claim(support=[["B"]]), B=claim()),
            {"A": conclusion("risk"), "B": conclusion("breach")}, [],
            "A", "a risk may not rest on what was done in the past: B",
        ),
        (
            SHARED, {"A": conclusion("rule"), "B": conclusion("rule", "chinese")}, [],
            "A", "it is about other people than B, but both rest on P",
        ),
        (SHARED, {"A": conclusion("rule", "chinese"), "B": conclusion("risk", "chinese")}, [], "", ""),
        # what answers an attack helps too
        (
            named(
                A=claim(attacked_by=[attack("X")]),
                X=claim(side="other", attacked_by=[attack("P")]), P=claim(),
            ),
            {"A": conclusion("risk")}, ["P"], "A", "in the past: P",
        ),
    ],
)  # fmt: skip
def test_rule_risk_and_breach_are_kept_apart(claims, conclusions, past, culprit, words):
    check(sorts_mixed(claims, conclusions, past), culprit, words)
