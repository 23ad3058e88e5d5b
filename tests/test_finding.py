"""What helps to find things: the lists, the index of articles, the marked terms, the search."""

import parsed
import pytest
from bs4 import BeautifulSoup

from casebook.argument import history
from casebook.argument.claims import claims
from casebook.data.descriptor import anchor
from casebook.data.tables import table
from casebook.sphinx.frame.glossary import pattern_of
from casebook.sphinx.frame.search import Search, pairs


def page(site, name: str) -> BeautifulSoup:
    return parsed.page(site / "book" / f"{name}.html")


def chapters(site) -> dict[str, BeautifulSoup]:
    """The pages of the book that are not reference."""
    paths = [path for path in sorted((site / "book").glob("*/*.html")) if path.parent.name != "reference"]
    return {path.stem: page(site, f"{path.parent.name}/{path.stem}") for path in paths}


@pytest.mark.parametrize(("name", "block"), [("figures", "figure.chart"), ("tables", "table.listing")])
def test_the_lists_name_every_figure_and_table_once(site, name, block):
    stand = {
        (place["id"], place.select_one(".caption-number").text.strip())
        for chapter in chapters(site).values() for place in chapter.select(f"{block}[id]")
    }  # fmt: skip
    listed = [
        (line.a["href"].partition("#")[2], line.a.text.strip())
        for line in page(site, f"reference/{name}").select(".listed p")
    ]
    assert len(stand) > 15
    assert sorted(listed) == sorted(stand)


def test_every_article_is_listed_with_the_claims_on_it(site):
    index = page(site, "reference/articles")
    entries = {
        term.a["href"].partition("#")[2]: term.find_next_sibling("dd")
        for term in index.select(".articles dt")
    }
    assert {anchor(name) for name in table("provisions").index} <= set(entries)
    for identifier, claim in claims().items():
        for name in claim.get("provisions", []):
            links = [link["href"].partition("#")[2] for link in entries[anchor(name)].find_all("a")]
            assert anchor(identifier) in links, (name, identifier)


def test_terms_are_marked_at_their_first_use_and_nowhere_in_quoted_words(site):
    found = 0
    for name, chapter in chapters(site).items():
        hints = chapter.select(".hint")
        found += len(hints)
        places = [hint.a["aria-describedby"] for hint in hints]
        assert len(places) == len(set(places)), name
        assert all(chapter.find(id=place).text.strip() for place in places), name
        assert not chapter.select("q .hint, h1 .hint, a .hint, table .hint"), name
    assert found >= len(chapters(site))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("many refugees came", "refugees"),
        ("Refugees came", "Refugees"),
        ("So it is. Refugees came", "Refugees"),
        ("the Refugee Agency", None),
        ("refugee-status and non-refugee", None),
    ],
)
def test_a_term_is_a_word_by_itself_and_no_part_of_a_name(text, found):
    match = pattern_of("refugee").search(text)
    assert (match.group() if match else None) == found


def test_the_editions_stand_side_by_side(site):
    text = page(site, "reference/editions").select_one("table.editions").text
    assert all(key in text for key in table("editions").key)
    assert "this build" not in text


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("遣送出境", ["遣送", "送出", "出境"]), ("难民", ["难民"]), ("人", ["人"]),
        ("난민을", ["난민", "민을"]), ("refugee", ["refugee"]), ("労働教化", ["労働", "働教", "教化"]),
    ],
)  # fmt: skip
def test_runs_of_letters_without_spaces_are_indexed_by_pairs(word, pieces):
    assert pairs(word) == pieces


def test_a_word_between_other_letters_is_found_by_itself():
    search = Search({})
    assert search.split("UNHCR难民署 in 2015") == ["UNHCR", "难民", "民署", "in", "n2015"]
    assert set(search.split("遣送")) <= set(search.split("可以遣送出境的"))


@pytest.mark.parametrize(
    ("page", "rows", "words"),
    [
        ("book/reference/evidence/events", ".row", "tumen 2014"),
        ("book/reference/evidence/treatment", ".row", "pregnan"),
        ("book/reference/sources-s-t", ".row", "united nations"),
        ("book/reference/values-returns", ".row", "network"),
        ("book/reference/evidence/unhcr-origin", ".register-table tbody tr", "gbr 2012"),
    ],
)
def test_a_register_shows_the_rows_with_the_words_typed(browser, site, page, rows, words):
    opened = browser.new_page()
    opened.goto((site / f"{page}.html").as_uri())
    texts = [text.lower() for text in opened.locator(f"article {rows}").all_text_contents()]
    wanted = sum(all(word in text for word in words.split()) for text in texts)
    assert 0 < wanted < len(texts)
    opened.get_by_role("searchbox", name="Show rows with").first.fill(words)
    assert opened.locator(f"article {rows}:visible").count() == wanted
    assert opened.locator(".table-filter output").first.inner_text() == f"{wanted} of {len(texts)} rows"
    opened.close()


def test_codes_are_said_as_words(site):
    page = (site / "book/reference/evidence/treatment.html").read_text("utf-8")
    assert "repatriated from china" in page and ">repatriated_from_china<" not in page


@pytest.mark.parametrize(
    ("page", "name", "column"),
    [
        ("evidence/unhcr-vintages", "unhcr_prk_vintages", "source_id"),
        ("evidence/event-reports", "event_places", "place_id"),
        ("evidence/un-record", "treaty_bodies", "answer_source_id"),
        ("sources-0-d", "sources", "aliases"),
    ],
)
def test_a_name_is_printed_as_it_is_written(site, page, name, column):
    """Only codes are said as words: by the name of a row or a source readers look it up."""
    text = (site / f"book/reference/{page}.html").read_text("utf-8")
    rows = table(name)[column].dropna()
    names = [cell for cell in rows if cell in text or cell.replace("_", " ") in text]
    assert names and [cell for cell in names if cell not in text] == []


def test_a_claim_of_no_edition_yet_has_no_history_to_tell():
    assert history.told("ZZ-99") == "" and history.touching("ZZ-99") == []
