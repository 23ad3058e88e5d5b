"""Pages in other languages: the same claims and values as in English, and no sentence left in English."""

import re
from collections import Counter

import parsed
import pytest
import yaml

from casebook.argument.claims import claims
from casebook.argument.questions import state_in_words
from casebook.build import traditional
from casebook.project import BOOK, ROOT
from casebook.publishing.svg import reworded, shared_out

DECLARED = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["sphinx"]["config"]["casebook_languages"]
PAGES = ["answer", "brief", "questions", "index"]
SUMMARY = "## How to read"  # of the front page the rest is for those who read on in English
KEY_CHART = re.compile(
    r"^```\{key-chart\}.*?^```$", re.MULTILINE | re.DOTALL
)  # English says it in the drawing
ROLE = re.compile(r"\{(\w[\w-]*)\}`([^`]*)`")
BOTH = [(folder, name) for folder in DECLARED for name in PAGES]


def named(text: str) -> Counter:
    """What a text links to, each as often as it does; the form of a value is of no account."""
    found = Counter()
    for role, words in ROLE.findall(text):
        target = re.search(r"<([^>]*)>$", words)
        found[role, (target[1] if target else words).split(" ")[0]] += 1
    return found


def source(folder: str, name: str) -> str:
    text = (BOOK / folder / f"{name}.md").read_text("utf-8")
    text = KEY_CHART.sub("", text)
    return text.partition(SUMMARY)[0] if name == "index" else text


@pytest.mark.parametrize(("folder", "name"), BOTH)
def test_every_value_and_claim_of_the_english_stands_there(folder, name):
    assert named(source(folder, name)) == named(source("", name))


@pytest.mark.parametrize(("folder", "name"), BOTH)
def test_no_sentence_is_left_in_english(folder, name):
    text = ROLE.sub(lambda found: re.sub(r"<[^>]*>$", "", found[2]), source(folder, name))
    text = re.sub(r"\]\([^)]*\)|```.*|\{[\w-]+\}|<[^>]+>|[a-z]+\.[a-z-]+", " ", text)
    assert re.findall(r"[A-Za-z]+(?: [A-Za-z]+){3,}", text) == []


@pytest.mark.parametrize(("folder", "name"), BOTH)
def test_it_has_the_paragraphs_of_the_english(folder, name):
    def parts(text: str) -> int:
        return len(re.findall(r"^(?:#+ |- |\d\. |: )", text, re.MULTILINE))

    assert parts(source(folder, name)) == parts(source("", name))


@pytest.mark.parametrize("name", ["brief", "index"])
def test_what_the_drawing_says_in_english_is_said_in_every_language(name):
    texts = [(BOOK / folder / f"{name}.md").read_text("utf-8") for folder in DECLARED]
    said = [named(KEY_CHART.search(text)[0]) for text in texts]
    assert said[0] and all(each == said[0] for each in said)
    quoted = {name for role, name in said[0] if role == "value"}
    assert {"returns.largest", "returns.oct-dissent", "returns.acknowledged-events"} <= quoted


@pytest.mark.parametrize("folder", DECLARED)
def test_it_says_that_it_is_our_translation_and_where_the_english_stands(folder):
    for name in ("brief", "questions", "index"):
        opening = source(folder, name).split("\n\n")[1]
        assert opening.startswith("*") and f"](../{name})" in opening


@pytest.mark.parametrize("folder", DECLARED)
def test_every_state_that_a_claim_can_have_is_translated(folder):
    words = yaml.safe_load((BOOK / folder / "words.yml").read_text("utf-8"))
    quoted = {name for page in PAGES for role, name in ROLE.findall(source(folder, page)) if role == "state"}
    assert quoted and {state_in_words(name) for name in quoted | set(claims())} <= set(words)


def test_a_page_names_its_language_and_its_counterparts(site):
    for folder, each in {"": {"tag": "en"}, **DECLARED}.items():
        page = parsed.page(site / "book" / folder / "brief.html")
        assert page.html["lang"] == each["tag"]
        tags = {link["hreflang"] for link in page.select("link[hreflang]")}
        assert tags == {"en", *(one["tag"] for one in DECLARED.values())}


def test_the_figure_on_the_front_page_speaks_the_language_of_the_page(site):
    """Each of its lines is said otherwise than in English, but for numbers, and so are the words for it."""

    def lines(folder: str) -> tuple[set[str], str]:
        box = parsed.page(site / "book" / folder / "index.html").select_one(".chart-box")
        drawings = box.select("svg")
        told = {text.get_text() for drawing in drawings for text in drawing.select("text")}
        return {line for line in told if re.search("[^0-9 ,.]", line)}, drawings[0]["aria-label"]

    english, alt = lines("")
    assert len(english) > 8
    for folder in DECLARED:
        own, own_alt = lines(folder)
        assert own and own.isdisjoint(english) and own_alt != alt, folder


def test_a_drawing_is_said_otherwise_line_by_line_and_what_lacks_words_is_named():
    svg = "<svg><text>Two returns</text><text>of 5 people</text><text>2 &lt; 3</text><text>odd</text></svg>"
    told, missing = reworded(svg, {"Two returns of 5 people": "A & B"}.get)
    assert told == "<svg><text>A &amp;</text><text>B</text><text>2 &lt; 3</text><text>odd</text></svg>"
    assert missing == ["odd"]


def test_where_there_are_no_spaces_no_number_is_broken_and_no_line_begins_with_a_comma():
    assert shared_out("共1,282至1,419人；总数不详", 3) == ["共1,282至", "1,419人；", "总数不详"]


def test_the_pages_in_traditional_characters_are_those_of_the_simplified_ones():
    for path in sorted(traditional.FROM.iterdir()):
        made = traditional.converted(path.read_text("utf-8"))
        assert (traditional.INTO / path.name).read_text("utf-8") == made, "run 'make traditional'"


def test_no_space_follows_chinese_punctuation_at_the_end_of_a_line(site):
    page = parsed.page(site / "book" / "zh" / "brief.html")
    paragraphs = page.select("article section p")
    assert len(paragraphs) > 10
    assert [text for text in (one.get_text() for one in paragraphs) if re.search("[。；]\n\\S", text)] == []
