"""What a source is, how it was read, how it is cited, and that none stands in the register for nothing."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from pybtex.database import parse_string

from casebook.checks.package import overstated_faults
from casebook.data.descriptor import looked_through, resources, tables
from casebook.data.sources import bibtex, csl, escaped, footnote, is_relayed
from casebook.project import DATA

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((Path(__file__).parent / "schema/csl-data.json").read_text("utf-8"))


def rows(path):
    """Rows of a file as the standard library reads them."""
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SOURCES = {row["source_id"]: row for row in rows("sources.csv")}


# Nothing stands in the register for nothing


def words_elsewhere():
    """Every word of the data but the register itself, and of the chapters and code of the book."""
    files = [
        path for path in DATA.rglob("*") if path.suffix in (".csv", ".yaml") and path.name != "sources.csv"
    ]
    files += [*(ROOT / "book").rglob("*.md"), *(ROOT / "casebook").rglob("*.py")]
    return set(re.findall(r"[A-Za-z0-9_]+", " ".join(path.read_text("utf-8") for path in files)))


def test_a_source_is_cited_or_says_why_it_is_kept_and_never_both():
    words = words_elsewhere()
    kept = {name for name, row in SOURCES.items() if row["kept_for"]}
    assert kept & words == set()
    # a copy of another source, or what it rests on, may stand in the note of that source alone
    noted = set(re.findall(r"[A-Za-z0-9_]+", " ".join(row["note"] for row in SOURCES.values())))
    assert SOURCES.keys() - words - kept - noted == set()


def test_one_document_has_one_row():
    """At one address may stand several documents of one repository, each with a title of its own."""
    documents = Counter((row["url"], row["title"]) for row in SOURCES.values() if row["url"])
    assert [document for document, times in documents.items() if times > 1] == []
    shared = Counter(row["url"] for row in SOURCES.values() if row["url"])
    assert [url for url, times in shared.items() if times > 1 and "github.com" not in url] == []


def test_a_former_name_leads_to_a_row_of_today():
    old = [name for row in SOURCES.values() for name in row["aliases"].split()]
    assert len(old) == len(set(old)) > 10 and not set(old) & SOURCES.keys()


def test_an_event_names_no_source_twice_and_its_chains_are_no_more_than_its_sources():
    cited = Counter((row["event_id"], row["source_id"]) for row in rows("evidence/event_sources.csv"))
    assert set(cited.values()) == {1}
    sources = Counter(event for event, _ in cited)
    chains = {row["event_id"]: int(row["corroboration"]) for row in rows("evidence/repatriation_events.csv")}
    assert {event for event, number in chains.items() if not 1 <= number <= sources[event]} == set()


# High words


def test_a_relayed_source_carries_no_high_word():
    relayed = {
        name
        for name, row in SOURCES.items()
        if row["kind"] in ("press", "reference") or row["reading"] in ("translation", "quotation")
    }
    assert relayed == {name for name, row in SOURCES.items() if is_relayed(row)}
    read = {
        row["source_id"]
        for path in ("authorities", "court_decisions")
        for row in rows(f"law/{path}.csv")
        if row["reading"] == "source"
    }
    assert not read & relayed and len(read) > 30
    assert overstated_faults(tables()) == []


@pytest.mark.parametrize("column", ["kind", "reading"])
def test_each_word_is_defined_in_the_dictionary_and_for_contributors(column):
    described = resources()["sources"].field(column)
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for word in described["constraints"]["enum"]:
        assert f"{word}: " in described["description"] and f"`{word}`" in guide, word


# In a footnote


def test_the_official_citation_stands_before_where_it_was_read():
    text = footnote(SOURCES["cat_lm488"])
    assert SOURCES["cat_lm488"]["citation"] in text
    for row in SOURCES.values():
        words = footnote(row)
        assert words and ", ," not in words and not words.endswith(",")
        if row["citation"] and "read in" in words:
            assert words.index(row["citation"]) < words.rindex("read in")


# To take away


def test_bibtex_is_read_whole_by_another_parser():
    entries = parse_string(bibtex(SOURCES), "bibtex").entries
    assert list(entries) == list(SOURCES)
    for name, entry in entries.items():
        assert entry.fields.get("url", "") == SOURCES[name]["url"]
        assert entry.fields.get("year", "") == SOURCES[name]["date_published"][:4]
        assert entry.fields["title"].strip("{}") == escaped(SOURCES[name]["title"])


@pytest.mark.parametrize("text", ["a & b", "100 %", "C$1", "x_y", "#5", "a {b} c"])
def test_signs_of_bibtex_are_kept_as_text(text):
    record = SOURCES["cat_lm488"] | {"title": text}
    title = parse_string(bibtex({"x": record}), "bibtex").entries["x"].fields["title"]
    assert re.sub(r"\\(?=[&%$#_{}])", "", title[1:-1]) == text


def test_csl_is_what_the_schema_asks_and_loses_nothing():
    items = csl(SOURCES)
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(items)] == []
    assert [item["id"] for item in items] == list(SOURCES)
    assert [item.get("URL", "") for item in items] == [row["url"] for row in SOURCES.values()]
    bad = [*items[:1], {"id": "x", "type": "painting of a cat"}]
    assert list(Draft7Validator(SCHEMA).iter_errors(bad))


# How current


def test_each_table_says_up_to_which_day_it_was_looked_through():
    dated = {
        described.name: str(looked_through(described))
        for described in tables()
        if "looked_through" in described.descriptor
    }
    assert {described.name for described in tables()} - dated.keys() == {
        "editions",
        "claim_editions",
        "corrections",
    }
    assert all(re.fullmatch(r"2026-11-\d\d", day) for day in dated.values())
