"""The search answers what people type: thirty queries, and the page that must come first."""

import json
import re
from urllib.parse import quote

import pytest
import yaml

from casebook.project import BOOK
from casebook.sphinx.frame.search import KEYWORDS, Search

FIRST = {
    "난민": "book/ko/index",
    "탈북자": "book/ko/index",
    "강제북송": "book/ko/index",
    "강제송환금지": "book/law/non-refoulement",
    "형법 47조": "book/law/criminal-code",
    "强制遣返": "book/zh/index",
    "不推回": "book/law/non-refoulement",
    "脱北者": "book/index",
    "non refoulement": "book/law/non-refoulement",
    "nonrefoulement": "book/law/non-refoulement",
    "non-refoulement": "book/law/non-refoulement",
    "how many": "book/questions#how-many-are-sent-back",
    "How many are sent back?": "book/questions#how-many-are-sent-back",
    "Article 47": "book/law/criminal-code",
    "article 33": "book/law/non-refoulement",
    "1,282": "book/questions",
    "34,537": "book/evidence/arrivals",
    "9 October 2023": "book/evidence/october-2023",
    "torture": "book/evidence/after-return",
    "1986 protocol": "book/law/border-protocols",
    "what does China say": "book/questions#what-does-china-say",
    "is it legal": "book/questions#is-it-legal",
    "forced abortion": "book/evidence/after-return",
    "UNHCR statistics": "book/evidence/official-statistics",
    "economic migrants": "book/law/counter-arguments",
    "South Korean nationality": "book/law/counter-arguments",
    "UN vote": "book/evidence/un-record",
    "labour camp": "book/evidence/after-return",
    "how to cite": "book/reference/how-to-cite",
    "arrivals": "book/evidence/arrivals",
    "timeline": "book/evidence/timeline",
    "commission of inquiry": "book/evidence/un-record",
    "repatriation": "book/evidence/returns",
    "asylum procedure": "book/law/procedure",
}
ALL_SHOWN = """() => {
    const said = document.querySelector("#search-results .search-summary");
    const found = said && said.innerText.match(/found (\\d+)|did not match/);
    return found && document.querySelectorAll("#search-results li").length === Number(found[1] || 0);
}"""
HITS = "ul.answers li > a, #search-results li > a"


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


def look_for(page, site, words: str) -> list[str]:
    """The pages found, in the order in which they stand on the screen."""
    page.goto(f"{site.as_uri()}/search.html?q={quote(words)}")
    page.wait_for_function(ALL_SHOWN)
    return [link.get_attribute("href") for link in page.locator(HITS).all()]


@pytest.mark.parametrize("words", FIRST)
def test_what_people_type_leads_to_the_page_that_answers(page, site, words):
    named, _, place = FIRST[words].partition("#")
    found, _, at = look_for(page, site, words)[0].partition("#")
    assert found == f"{named}.html" and place in ("", at)


def test_a_hit_says_what_its_page_says_and_registers_can_be_left_out(page, site):
    look_for(page, site, "torture")
    assert page.locator("#search-results li:first-child .excerpt-of-hit").inner_text()
    registers = page.locator("#search-results li.of-reference:visible")
    assert registers.count()
    page.get_by_label("with registers and reference").uncheck()
    assert registers.count() == 0 and page.locator("#search-results li:visible").count()


def test_every_page_with_keywords_is_a_page_of_the_book(site):
    listed = yaml.safe_load(KEYWORDS.read_text("utf-8"))
    for name in listed:
        named, _, place = name.partition("#")
        text = (site / f"{named}.html").read_text("utf-8")
        assert not place or f'id="{place}"' in text, name


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("NR-4", "book/law/non-refoulement.html#nr-4"),
        ("claim TR-1", "book/evidence/after-return.html#tr-1"),
        ("EV062", "book/reference/evidence/events.html#ev062"), ("gc_cat4", "#gc-cat4"),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_place(page, site, words, place):
    look_for(page, site, words)
    page.wait_for_selector("ul.answers li a")
    assert page.locator("ul.answers li > a").first.get_attribute("href").endswith(place)


def test_where_an_answer_stands_nobody_is_told_to_check_the_spelling(page, site):
    look_for(page, site, "强制遣返")
    page.wait_for_selector("ul.answers li a")
    assert "spelled" not in page.locator("#search-results").inner_text()


def test_pages_describe_themselves_to_the_search(site):
    script = (site / "files" / "pages.js").read_text("utf-8")
    known = json.loads(script[script.index("{") : script.rindex("}") + 1])
    pages = {path.relative_to(site).with_suffix("").as_posix() for path in site.glob("book/**/*.html")}
    assert pages == {name for name in known if "#" not in name}
    assert known["book/questions#is-it-legal"][:2] == ["Is it legal?", known["book/questions#is-it-legal"][1]]
    told = known["book/questions#is-it-legal"][1]
    assert told.startswith("Not for everybody.") and "rule that" not in told, "no definition of a term"
    assert len(told) <= 200
    assert [name for name, (title, told, *_) in known.items() if not title] == []


def test_numbers_are_words_of_the_search():
    assert Search({}).split("the 1,282 of Article 47, 5") == ["the", "n1282", "of", "Article", "n47", "5"]


def test_the_script_splits_numbers_as_python_does(page, site):
    page.goto(f"{site.as_uri()}/search.html")
    for words in ("1,282 people", "Article 47", "12,34", "2,345,678", "난민 1,282", "A/HRC/25/63"):
        assert page.evaluate("words => splitQuery(words)", words) == Search({}).split(words), words


def test_registers_stand_behind_chapters(page, site):
    look_for(page, site, "UNHCR")
    found = [link.get_attribute("href") for link in page.locator("#search-results li > a").all()]
    register = re.search(r"/\^(book.*)/;", (BOOK / "_static" / "scorer.js").read_text("utf-8"))[1].replace(
        "\\/", "/"
    )
    registers = [bool(re.match(register, hit)) for hit in found]
    assert any(registers) and registers == sorted(registers)
