"""Copying and searching in a real browser, from a folder: with script, without, and without a clipboard."""

import pytest
from playwright.sync_api import expect

from casebook.sphinx.frame.search import Search

CHAPTER, ROWS = "book/law/non-refoulement.html", "book/reference/evidence/unhcr-china.html"
NO_CLIPBOARD = """
Object.defineProperty(navigator, "clipboard", {value: undefined});
document.execCommand = () => false;
"""


@pytest.fixture
def opened(browser, site):
    """Open a page of the site from its folder, in a context with the options given."""
    contexts = []

    def page(name: str, script: str = "", **options):
        contexts.append(browser.new_context(**options))
        made = contexts[-1].new_page()
        made.add_init_script(script)
        made.goto(f"{site.as_uri()}/{name}")
        return made

    yield page
    for context in contexts:
        context.close()


def test_a_citation_and_a_link_are_copied_with_a_click(opened):
    page = opened(CHAPTER, permissions=["clipboard-read", "clipboard-write"])
    page.click(".page-foot summary")
    page.click(".page-foot dt:has-text('BibTeX') + button, .page-foot dt:has-text('BibTeX') button")
    expect(page.locator("[role=status]")).to_have_text("Copied the citation, BibTeX")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@incollection{returned-")
    page.click("#nr-4 .copy-button")
    expect(page.locator("[role=status]")).to_have_text("Copied to Claim NR-4")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith(f"{CHAPTER}#nr-4") and "file:" not in link, "no path of the reader's machine"


def test_without_a_clipboard_the_text_is_selected(opened):
    page = opened(CHAPTER, NO_CLIPBOARD)
    page.click(".page-foot summary")
    page.click(".page-foot dt:has-text('RIS') button")
    expect(page.locator("[role=status]")).to_contain_text("Selected")
    assert page.evaluate("getSelection().toString()").startswith("TY  - CHAP")
    page.click("#nr-4 .copy-button")
    expect(page.locator("#nr-4 .copy-text")).to_contain_text("#nr-4")
    assert page.evaluate("getSelection().toString()").endswith("#nr-4")


def test_without_script_citations_links_and_definitions_are_there(opened):
    page = opened(CHAPTER, java_script_enabled=False)
    assert page.locator(".copy-button").count() == 0
    page.click(".page-foot summary")
    expect(page.locator(".page-foot pre").first).to_be_visible()
    expect(page.locator("#nr-4 a.permalink")).to_have_attribute("href", "#nr-4")
    page.locator(".hint a").first.focus()
    expect(page.locator(".hint [role=tooltip]").first).to_be_visible()


def test_figures_and_rows_of_a_long_register_get_their_buttons(opened):
    page = opened("book/evidence/arrivals.html")
    assert page.locator("figcaption .copy-button").count() == page.locator("figure.chart").count()
    page = opened(ROWS)
    assert page.locator(".register-table .copy-button").count() == 0
    page.locator(".register-table a.permalink").nth(3).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "copy-button"


def test_a_definition_can_be_put_away(opened):
    page = opened(CHAPTER)
    page.locator(".hint a").first.focus()
    expect(page.locator(".hint [role=tooltip]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".hint [role=tooltip]").first).to_be_hidden()


@pytest.mark.parametrize("term", ["难民", "遣送", "移交", "즉시", "월경"])
def test_the_search_finds_parts_of_words_from_a_folder(opened, term):
    page = opened(f"search.html?q={term}")
    expect(page.locator("#search-results a:has-text('Glossary')").first).to_be_visible()


def test_both_splitters_agree(opened):
    page = opened("search.html?q=x")
    for text in ("UNHCR难民署 in 2015", "可以遣送出境的", "난민을 돕는", "労働教化刑", "Article 33(1)", "人"):
        assert page.evaluate("splitQuery", text) == Search({}).split(text), text


def test_a_number_is_copied_with_what_must_be_read_with_it(opened):
    page = opened("book/reference/values-returns.html", permissions=["clipboard-read", "clipboard-write"])
    page.click("#returns-people button:has-text('copy with caveat')")
    expect(page.locator("[role=status]")).to_have_text("Copied returns.people with its caveat")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("1,282–1,419 people: people in the documented returns")
    assert "982 people" in text and "not how many were returned" in text, (
        "its companions and its reading rule"
    )
    assert text.endswith("book/reference/values-returns.html#returns-people")


def test_a_claim_is_copied_with_its_words_and_its_source(opened):
    page = opened("book/evidence/returns.html", permissions=["clipboard-read", "clipboard-write"])
    page.click("#rn-3 button:has-text('copy with source')")
    expect(page.locator("[role=status]")).to_have_text("Copied Claim RN-3 with its source")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(
        "Claim RN-3: A mass return took place about 9 October 2023, and its number is open."
    )
    assert "It stands, with" in text and text.endswith("book/evidence/returns.html#rn-3"), text
