"""The text as people read it: short sentences, plain words, nothing said twice."""

import re
import subprocess
import sys
from functools import cache

import parsed
import pytest

SHORT = ["index", "brief", "questions"]  # what everybody reads
# What is not our running text: quotations, tables, registers, code, and claims, which are judged as rows
NOT_OURS = (
    ".claim, .row, table, pre, figure, .cell, .page-foot, nav, .excerpt, .cited, summary, .headerlink, "
    "details:not(.sd-dropdown), .cite-link, "
    "[lang=zh], [lang=ko], [lang=ja], [role=tooltip], .register-caveat, .chart-box, .timeline"
)
END = re.compile(r"(?<=[.?!:;])\s+(?=[A-Z“\"(])")
# Its other checks are of typography and taste, which smart quotes and the words of lawyers would trip
WATCHED = {
    "annotations",
    "archaism",
    "cliches",
    "hedging",
    "lexical_illusions",
    "malapropisms",
    "mixed_metaphors",
}
WATCHED |= {"mondegreens", "nonwords", "oxymorons", "redundancy", "uncomparables"}
LONGEST, LONGEST_SHORT = 45, 40  # words in a sentence
MEAN = 20  # words in the sentences of a chapter
GRADE = 12  # years of school that the short pages ask for, by the automated readability index
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|ght)\b")
PHRASES = re.compile(
    r"which is exactly what|has its own place|units that do not meet|it is to be noted|needless to say|"
    r"\bnot un(?!til|der|less|ited|i|anim)\w+|\bin order to\b|\bdue to the fact\b|\bin the event that\b",
    re.IGNORECASE,
)


@cache
def sentences(site, name: str) -> tuple[str, ...]:
    """The sentences of the running text of a page."""
    article = parsed.parse((site / "book" / f"{name}.html").read_text("utf-8")).article
    for other in article.select(NOT_OURS):
        other.decompose()
    for quoted in article.select("q"):
        quoted.replace_with("“…”")
    blocks = [block for block in article.select("p, dd, li") if not block.find(["p", "ul", "ol"])]
    texts = (" ".join(block.get_text().split()) for block in blocks)
    return tuple(part for text in texts for part in END.split(text) if len(part.split()) > 3)


def pages(site) -> list[str]:
    """The pages of the book in English that are no reference."""
    found = [path.relative_to(site / "book").with_suffix("") for path in (site / "book").glob("*/*.html")]
    rooms = {"law", "evidence", "argument"}
    return SHORT + sorted(path.as_posix() for path in found if path.parts[0] in rooms)


def test_no_sentence_runs_out_of_breath(site):
    found = [
        f"{name}: {len(sentence.split())} words: {sentence[:120]}"
        for name in pages(site) for sentence in sentences(site, name)
        if len(sentence.split()) > (LONGEST_SHORT if name in SHORT else LONGEST)
    ]  # fmt: skip
    assert found == []


def test_sentences_are_short_on_the_whole(site):
    means = {name: [len(one.split()) for one in sentences(site, name)] for name in pages(site)}
    assert {name: sum(n) / len(n) for name, n in means.items() if sum(n) / len(n) > MEAN} == {}


@pytest.mark.parametrize("name", SHORT)
def test_the_short_pages_are_easy_to_read(site, name):
    told = sentences(site, name)
    words = re.findall(r"[A-Za-z’'-]+", " ".join(told))
    letters = sum(len(word) for word in words)
    assert 4.71 * letters / len(words) + 0.5 * len(words) / len(told) - 21.43 <= GRADE


def test_no_sentence_is_a_pile_of_passives(site):
    every = [(name, one) for name in pages(site) for one in sentences(site, name)]
    assert [f"{name}: {one[:160]}" for name, one in every if len(PASSIVE.findall(one)) > 3] == []


def test_phrases_that_sound_translated_are_gone(site):
    every = [(name, one) for name in pages(site) for one in sentences(site, name)]
    assert [f"{name}: {one[:160]}" for name, one in every if PHRASES.search(one)] == []


def test_a_linter_finds_no_cliche_and_no_word_twice(site, tmp_path):
    for name in pages(site):
        (tmp_path / f"{name.replace('/', '-')}.md").write_text("\n".join(sentences(site, name)), "utf-8")
    command = [sys.executable, "-m", "proselint", "-o", "compact", "check", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    found = [line.rpartition("/")[2] for line in done.stdout.splitlines()]
    assert [line for line in found if line.split(": ")[1].split(".")[0] in WATCHED] == []


def test_answers_to_plain_questions_are_short_and_rest_on_a_claim(site):
    page = parsed.parse((site / "book" / "questions.html").read_text("utf-8"))
    for hint in page.select("[role=tooltip]"):
        hint.decompose()
    answers = page.select("article section section")
    assert len(answers) >= 8
    for answer in answers:
        text = " ".join(part.get_text(" ") for part in answer.find_all(["p", "li"]))
        assert len(text.split()) < 120, answer.h2.text
        assert answer.select_one("a .case-claim, a .case-value"), answer.h2.text


def test_the_answer_on_the_front_page_has_a_hundred_words_and_its_citation(site):
    page = parsed.page(site / "book" / "index.html")
    paragraphs = page.select(".quotable p")
    told = " ".join(paragraph.get_text(" ") for paragraph in paragraphs[:-1])
    assert 80 <= len(told.partition("How sure")[0].split()) <= 110
    assert "content" in paragraphs[-1].text
