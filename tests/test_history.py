"""Corrections, and what became of each claim from edition to edition."""

import csv
import json
import shutil
from xml.etree import ElementTree

import parsed
import pytest

from casebook import __version__
from casebook.argument import history
from casebook.argument.claims import PATH, claims, read_yaml
from casebook.argument.graph import STANDS, UNDECIDED
from casebook.argument.questions import book_states, conclusions
from casebook.data.tables import table
from casebook.project import DATA
from casebook.release import edition
from casebook.sphinx.frame.feed import ATOM

FIRST = "2026.11.0"


def test_the_rows_of_this_edition_are_what_the_claims_are():
    held = history.by_edition()[__version__]
    wanted = {line["claim_id"]: line for line in history.lines(__version__, claims().values())}
    assert held.keys() == wanted.keys(), "run 'make edition'"
    for name, line in wanted.items():
        found = {column: held[name][column] for column in history.COLUMNS if column != "claim_id"}
        assert found == {key: said for key, said in line.items() if key != "claim_id"}, "run 'make edition'"


def test_no_claim_of_an_earlier_edition_is_lost():
    """A name is never used again, and a claim that is taken back says so."""
    editions = list(history.by_edition().values())
    for before, now in zip(editions, editions[1:], strict=False):
        assert before.keys() <= now.keys()


def test_the_first_edition_had_eight_conclusions_and_all_stood():
    held = history.by_edition()[FIRST]
    then = {name: held[name]["state"] for name in conclusions() if name in held}
    assert len(then) == 8 and set(then.values()) == {STANDS}
    assert sum(book_states()[name] == UNDECIDED for name in then) == 2


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (None, {"state": "stands"}, "new"),
        ({"state": "stands"}, None, "taken back"),
        ({"state": "stands"}, {"state": "falls"}, "stands, now falls"),
        ({"confidence": "high"}, {"confidence": "low"}, "confidence high, now low"),
        ({"statement": "a"}, {"statement": "b"}, "worded anew"),
        ({}, {}, ""),
    ],
)
def test_a_change_in_words(before, now, words):
    usual = {"state": "stands", "confidence": "high", "statement": "a"}
    given = [None if one is None else usual | one for one in (before, now)]
    assert history.change(*given) == words


def test_line_breaks_do_not_change_a_statement():
    assert history.mark("a  b\nc") == history.mark("a b c") != history.mark("a b d")


def test_corrections_name_claims_that_there_are():
    for name, named in table("corrections").claims.fillna("").items():
        assert set(named.split()) <= claims().keys(), name
    assert history.touching("AG-2") == ["CO02", "CO05"]


def test_a_new_claim_and_a_new_state_are_entered_when_the_edition_is_sealed(tmp_path, monkeypatch):
    """Sealing twice writes the same, and leaves the editions before alone."""
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / "record" / "claim_editions.csv"
    entries = read_yaml(PATH.read_text("utf-8"))
    new = dict(entries[0], id="ZZ-1", title="A claim that is new")
    monkeypatch.setattr(edition, "DATA", tmp_path / "data")
    monkeypatch.setattr(edition, "resource", lambda name: type("Described", (), {"path": path}))
    monkeypatch.setattr(edition, "claims", lambda: {one["id"]: one for one in [*entries, new]})
    before = path.read_text("utf-8")
    edition.record_claims()
    after = path.read_text("utf-8")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["claim_id"] for row in rows if row["edition"] == __version__} == {*claims(), "ZZ-1"}
    assert [line for line in after.splitlines() if line.startswith(FIRST)] == [
        line for line in before.splitlines() if line.startswith(FIRST)
    ]
    assert json.loads((tmp_path / "data" / "rows.json").read_text("utf-8"))["claim_editions"] == len(rows)
    edition.record_claims()
    assert path.read_text("utf-8") == after


def test_a_claim_tells_its_history_and_why(site):
    page = parsed.page(site / "book/law/counter-arguments.html")
    told = page.select_one("#ca-14 .claim-history")
    assert f"{__version__}: stands, now undecided" in told.get_text(" ", strip=True)
    assert told.select_one("a[href$='#co02']")


def test_the_page_lists_every_claim_that_changed_and_no_other(site):
    page = parsed.page(site / "book/reference/corrections.html")
    was, now = history.by_edition()[FIRST], history.by_edition()[__version__]
    moved = {name for name in now if history.change(was.get(name), now[name])}
    grid = page.select("table.listing")[-1]
    assert {line.td.a.get_text().removeprefix("Claim ") for line in grid.select("tbody tr")} == moved


def test_the_corrections_are_a_feed(site):
    feed = ElementTree.parse(site / "files" / "corrections.atom").getroot()
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert len(entries) == len(table("corrections"))
    assert all("Now:" in entry.findtext(f"{{{ATOM}}}content") for entry in entries)
