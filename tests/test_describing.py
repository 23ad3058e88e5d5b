"""What a page says of itself to those who share it, and the feed."""

import json
from xml.etree import ElementTree

import parsed
from bs4 import BeautifulSoup

from casebook import __version__
from casebook.project import ROOT
from casebook.sphinx.frame.feed import ATOM, editions


def page_of(site, name: str) -> BeautifulSoup:
    return parsed.page(site / f"{name}.html")


def test_every_chapter_has_a_description_and_a_card(site):
    for path in sorted((site / "book").glob("*/*.html")):
        page = parsed.page(path)
        if path.parent.name in ("law", "evidence", "argument"):
            told = page.select_one('meta[name="description"]')["content"]
            assert 40 < len(told) <= 200, path
            image = page.select_one('meta[property="og:image"]')["content"]
            assert (path.parent / image).resolve().is_file()


def test_the_front_page_describes_book_and_data(site):
    graph = json.loads(page_of(site, "book/index").select_one('script[type="application/ld+json"]').text)[
        "@graph"
    ]
    assert {one["@type"] for one in graph} == {"Book", "Dataset"}
    assert all(one["version"] == __version__ and one["license"] and one["name"] for one in graph)


def test_the_feed_has_an_entry_for_each_edition(site):
    feed = ElementTree.parse(site / "files" / "editions.atom").getroot()
    told = editions((ROOT / "CHANGELOG.md").read_text("utf-8"))
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert len(entries) == len(told) and told[0][0] == __version__
    for needed in ("id", "title", "updated", "author"):
        assert feed.find(f"{{{ATOM}}}{needed}") is not None
    assert len({entry.findtext(f"{{{ATOM}}}id") for entry in entries}) == len(entries)


def test_each_title_has_the_citation_beside_it(site):
    page = page_of(site, "book/law/definition")
    link = page.select_one("h1 .cite-link")
    assert page.select_one(link["href"]).select_one(".citations")
