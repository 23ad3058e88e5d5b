"""The mistakes that advocates commonly make, as far as a machine can see them.

Each is a pattern that no sentence of the book and no claim may match, with words that
make the sentence right after all. Every pattern is tried on a wrong and a right sentence,
so that a pattern which sees nothing is noticed. What a machine cannot see is in the
reviewer's checklist of CONTRIBUTING.md.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook.analysis.law import standing
from casebook.argument.claims import claims
from casebook.data.descriptor import resource
from casebook.data.tables import located
from casebook.project import BOOK

NEGATION = r"\b(not|nothing|no|nor|neither|never|without|cannot|none)\b"


@dataclass(frozen=True)
class Mistake:
    """A wrong pattern, what makes it right in the same sentence, and a trial of both."""

    name: str
    pattern: str
    unless: str
    wrong: str
    right: str

    def found_in(self, sentence: str) -> bool:
        if not re.search(self.pattern, sentence, re.I):
            return False
        return not (self.unless and re.search(self.unless, sentence, re.I))


SENTENCES = [
    Mistake(
        "article 47 without its time",
        r"Article 47\b.*\b(seven years|death)|\b(seven years|death)\b.*Article 47",
        r"2004|1987|until|older|former|no longer|was the law|mixes",
        "Article 47 punishes them with seven years.",
        "Article 47 of the 1987 code laid down seven years.",
    ),
    Mistake(
        "membership in",
        r"membership \*?in\*? a particular social group",
        r"statute|US wording",
        "Membership in a particular social group is a ground.",
        "Membership of a particular social group is a ground.",
    ),
    Mistake(
        "spliced definition",
        r"unwilling to return",
        r"stateless|not having a nationality",
        "A refugee is unwilling to return to his country.",
        "The words unwilling to return belong to stateless persons.",
    ),
    Mistake(
        "China signed the Convention",
        r"China signed (the |both )?(1951 |Refugee |1967 )?(Convention|Protocol)",
        NEGATION,
        "China signed the Refugee Convention in 1982.",
        "China acceded to the Convention; it did not sign it.",
    ),
    Mistake(
        "the protocol is overridden, void or abrogated",
        r"(protocol|agreement)s?\b.*\b(overrid\w+|void|abrogat\w+|invalid)|(overrid\w+|abrogat\w+)\b.*(protocol|agreement)",
        NEGATION,
        "The Convention overrides the border protocol.",
        "The protocol is not void.",
    ),
    Mistake(
        "all North Koreans are refugees",
        r"(all|every|each) (the )?North Koreans?( in China)? (is|are) (a )?refugees?"
        r"|(every|any|all) (forced )?returns? (is|are) refoulement",
        NEGATION,
        "All North Koreans in China are refugees.",
        "It does not follow that all North Koreans are refugees.",
    ),
    Mistake(
        "the ICCPR applied to China",
        r"China('s)? .*(violat|breach|contraven)\w* .*(ICCPR|Covenant on Civil)"
        r"|(ICCPR|Covenant on Civil)[^.]* binds China",
        NEGATION,
        "China violates the ICCPR.",
        "The ICCPR binds the DPRK and not China.",
    ),
    Mistake(
        "every year since 2003",
        r"every year since 200[35]|each year since 200[35]",
        r"Assembly",
        "Resolutions were adopted every year since 2003.",
        "The Assembly adopted one every year since 2005.",
    ),
    Mistake(
        "without a vote is not unanimity",
        r"unanim\w+",
        NEGATION,
        "The resolution was unanimous.",
        "Adoption without a vote is not unanimity.",
    ),
    Mistake(
        "the commission found China guilty",
        r"commission[^.]* (found|held|concluded)[^.]* China[^.]* (guilty|committed|crimes against humanity)",
        NEGATION,
        "The commission found that China committed crimes against humanity.",
        "The commission did not find that China committed crimes against humanity.",
    ),
    Mistake(
        "the protocol orders every crosser to be handed over",
        r"(protocol|agreement)s? (order|oblige|require)s? China to (hand over|return) (every|all|each)",
        NEGATION,
        "The protocol obliges China to hand over every crosser.",
        "No text shows that the protocol obliges China to hand over every crosser.",
    ),
    Mistake(
        "a legal threshold of ten per cent",
        r"(legal threshold|legal test) (is|of) (ten|10) per cent",
        NEGATION,
        "The legal threshold is ten per cent.",
        "There is no legal threshold of ten per cent.",
    ),
    Mistake(
        "a valid reason that is no well-founded fear",
        r"valid reason",
        r"well-founded fear|RC51-1A2b|" + NEGATION,
        "Being far from an embassy is a valid reason.",
        "The valid reason must be based on well-founded fear.",
    ),
]

# Whoever names the first row must name the second in the same page or claim.
COMPANIONS = [
    ("A-KK", ["A-GP"]),
    ("DCL04-233", ["DCL04-233b"]),
    ("BP1998-4-2", ["BP1998K-4-2"]),
    ("BP1998K-4-2", ["BP1998-4-2"]),
    ("A-CARDOZA", ["A-CARDOZA2"]),
]


def pages() -> list[Path]:
    return [path for path in sorted(BOOK.rglob("*.md")) if "reference" not in path.parts]


def prose(path: Path) -> list[str]:
    """The sentences of a page, one a line, without its code."""
    return re.sub(r"```\{code-cell\}.*?\n```", "", path.read_text(encoding="utf-8"), flags=re.S).splitlines()


def claim_sentences(claim: dict) -> list[str]:
    """What the book itself says in a claim; the reply is the other side's."""
    text = " ".join(str(claim[part]) for part in ("title", "statement", "answer", "reason"))
    return re.split(r"(?<=[.;]) ", text)


def names_in(text: str) -> set[str]:
    return set(re.findall(r"[A-Z][A-Z0-9]*(?:-[A-Za-z0-9]+)+", text))


@pytest.mark.parametrize("mistake", SENTENCES, ids=lambda mistake: mistake.name)
def test_each_pattern_sees_the_mistake_and_spares_the_right_sentence(mistake):
    assert mistake.found_in(mistake.wrong)
    assert not mistake.found_in(mistake.right)


@pytest.mark.parametrize("mistake", SENTENCES, ids=lambda mistake: mistake.name)
def test_no_sentence_makes_the_mistake(mistake):
    found = [f"{path.name}: {line}" for path in pages() for line in prose(path) if mistake.found_in(line)]
    found += [
        f"{name}: {sentence}"
        for name, claim in claims().items()
        for sentence in claim_sentences(claim)
        if claim.get("side") != "other" and mistake.found_in(sentence)
    ]
    assert found == []


@pytest.mark.parametrize(("first", "others"), COMPANIONS)
def test_rows_that_mislead_alone_stand_with_their_companions(first, others):
    for path in pages():
        named = names_in(path.read_text(encoding="utf-8"))
        if first in named:
            assert set(others) <= named, f"{path.name} names {first} without {others}"


def test_the_vienna_convention_is_cited_as_custom():
    for path in pages():
        text = path.read_text(encoding="utf-8")
        if any(name.startswith("VCLT-") for name in names_in(text)):
            assert "custom" in text, path.name


def test_the_sentence_on_access_is_never_cut():
    """The sentence of 1995 opens with words that limit it."""
    for path in pages():
        text = path.read_text(encoding="utf-8")
        for words in re.findall(r"\{(?:case:)?quote\}`([^`<]+)<UNHCR95-III5>`", text):
            whole = "{excerpt} UNHCR95-III5" in text
            assert whole or words.startswith("In consultation and cooperation"), path.name


def test_a_claim_on_the_covenant_speaks_of_the_dprk():
    for name, claim in claims().items():
        if any(row.startswith("ICCPR-") for row in claim.get("provisions", [])):
            assert "DPRK" in claim["statement"] + claim["answer"], name


def test_no_claim_applies_a_text_to_an_event_of_another_time():
    for name, claim in claims().items():
        rules = [located(row)[1] for row in claim.get("provisions", []) if row.startswith("DCL")]
        happened = resource("repatriation_events")
        events = [row for row in claim.get("evidence", []) if located(row)[0] == happened]
        for event in events:
            when = located(event)[1]
            fits = [standing(rule, when["date_start"], when["date_end"]) for rule in rules]
            assert not rules or any(fits), f"{name} applies no text that stood at {event}"


def test_every_page_that_cites_the_1986_text_says_as_reported():
    for path in pages():
        text = path.read_text(encoding="utf-8")
        if any(name.startswith("BP1986-") for name in names_in(text)):
            assert re.search(r"as (it was |the press )?reported|reported", text), path.name
