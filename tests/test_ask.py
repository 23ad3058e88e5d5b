"""Asking the data in SQL: stored questions give what the book prints, and the field works from a folder."""

import hashlib
import json
import re
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_browser import AXE, SIDEWAYS, barriers

from casebook.data.database import answer
from casebook.data.descriptor import tables
from casebook.data.tables import table
from casebook.project import BOOK
from casebook.publishing.values import Value
from casebook.sphinx.registers import ask
from casebook.sphinx.registers.ask import ENGINE

PAGE = "book/reference/ask.html"
PINNED = "3dbb4026a62c9e7acdbbc713e2f9009c4902ea624295fc3bb0aab4b1ad0e6ee8"
TEXT = (BOOK / "reference" / "ask.md").read_text("utf-8")
QUERIES = re.findall(r"^```\{query\}\n((?::[^\n]*\n)+)(.*?)^```$", TEXT, re.M | re.S)


def test_the_engine_is_the_one_that_was_published():
    assert hashlib.sha256(ENGINE.read_bytes()).hexdigest() == PINNED


def test_a_question_cannot_change_the_data():
    with pytest.raises(sqlite3.Error):
        answer("DELETE FROM sources")
    assert answer("SELECT count(*) FROM sources")[1] == [(len(table("sources")),)]


@pytest.mark.parametrize("numbers", [[26, 1282, 1419], [26, 1282, 1418], [26]])
def test_a_stored_question_must_give_what_the_book_prints(monkeypatch, numbers):
    made = {"returns.events": (26, 26), "returns.people": (1282, 1419)}
    values = {key: ("page", Value(key, *ends, "people", "")) for key, ends in made.items()}
    said: list[str] = []
    monkeypatch.setattr(ask, "domain_of", lambda env: SimpleNamespace(value=values.get))
    monkeypatch.setattr(ask.LOGGER, "warning", lambda words, **_: said.append(words))
    node = {"keys": list(made), "numbers": numbers}
    assert ask.same_as_printed(SimpleNamespace(env=None), "page", node) == []
    assert bool(said) == (numbers != [26, 1282, 1419])


def test_every_stored_question_has_an_answer():
    assert len(QUERIES) >= 5 and all(answer(question)[1] for _, question in QUERIES)


@pytest.fixture
def page(browser, site):
    opened = browser.new_page()
    errors, asked = [], []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((site / PAGE).as_uri())
    opened.asked = asked
    yield opened
    opened.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def put(page, question: str) -> str:
    page.locator("textarea[name=sql]").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_function("!/^(Loading|$)/.test(document.querySelector('.ask [role=status]').textContent)")
    return page.locator(".ask [role=status]").inner_text()


def lines_of(page) -> list[list[str]]:
    return page.locator(".ask .answer tbody tr").evaluate_all(
        "all => all.map(line => [...line.cells].map(cell => cell.textContent))"
    )


def test_nothing_heavy_is_loaded_before_a_reader_asks(page):
    assert not [url for url in page.asked if "sql-wasm" in url or "tables.js" in url]


def test_the_field_gives_what_the_build_gave(page):
    for _, question in QUERIES:
        put(page, question)
        wanted = [["" if cell is None else str(cell) for cell in line] for line in answer(question)[1]]
        assert lines_of(page) == wanted


def test_every_row_of_every_table_is_there_and_leads_to_its_place(page, site):
    for described in tables():
        assert put(page, f'SELECT count(*) FROM "{described.name}"') == "1 line."
        assert lines_of(page) == [[str(len(table(described.name)))]]
    put(
        page,
        "SELECT row FROM repatriation_events UNION SELECT row FROM provisions UNION SELECT row FROM sources",
    )
    links = page.locator(".ask .answer a").evaluate_all("all => all.map(a => [a.textContent, a.href])")
    assert len(links) > 400
    for name, href in links[::40]:
        path, _, place = href.removeprefix("file://").partition("#")
        assert f'id="{place}"' in Path(path).read_text("utf-8"), name


def test_a_question_that_is_no_sql_is_answered_with_what_is_wrong(page):
    assert "Not answered: no such table: nowhere" in put(page, "SELECT * FROM nowhere")
    assert "Not answered" in put(page, "DELETE FROM sources")
    assert put(page, "SELECT 1") == "1 line."


def test_a_stored_question_goes_into_the_field(page):
    page.get_by_role("button", name="Ask this above").nth(1).click()
    page.wait_for_function("document.querySelector('.ask .answer table') !== null")
    assert page.locator("textarea").input_value() == QUERIES[1][1].strip()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_has_no_barrier(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.reload()
    put(page, QUERIES[0][1])
    assert page.evaluate(SIDEWAYS) == 0
    page.add_script_tag(path=AXE)
    assert barriers(page) == []


def test_the_tables_in_the_page_are_those_of_the_data(site):
    held = json.loads((site / "files" / "tables.js").read_text("utf-8").removeprefix("const TABLES = ")[:-2])
    assert [one["name"] for one in held] == [described.name for described in tables()]
    assert all(len(one["rows"]) == len(one["at"]) == len(one["anchors"]) for one in held)
