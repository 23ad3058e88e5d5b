"""Citations, editions and downloads: one version everywhere, nothing invented, nothing changed in silence."""

import json
import pickle
import re
from datetime import date
from functools import cache
from types import SimpleNamespace

import jsonschema
import nbformat
import pandas as pd
import parsed
import pytest
import yaml
from bs4 import BeautifulSoup
from editions import editions, recorded, unexplained, unrecorded

from casebook import __version__
from casebook.argument.claims import claims
from casebook.data.descriptor import anchor, tables
from casebook.data.tables import table
from casebook.execution.chapters import chapters
from casebook.project import BUILD, ROOT, version
from casebook.project import edition as said
from casebook.publishing.citation import Work, data_date, in_words
from casebook.publishing.values import Value
from casebook.sphinx.frame import citing, incremental, site
from casebook.sphinx.frame.citing import as_notebook

SCHEMA = json.loads((ROOT / "tests" / "schema" / "cff-1.2.0.json").read_text("utf-8"))
BOOK = Work("A book: 50% & more_", "The Project", place="book/index.html", mark="0a1b")
PART = Work("A book", "The Project", "Part {one}", "book/a.html#b", "0a1b")
PUBLIC = Work("A book", "The Project", "Part", "book/a.html#b", "0a1b", "https://example.org/x/", "10.1/abc")


def citation_file() -> dict:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


def archive_file() -> dict:
    return json.loads((ROOT / ".zenodo.json").read_text("utf-8"))


def settings() -> dict:
    return yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))


# The files that other programs read


def plain(read: dict) -> dict:
    """What YAML read as a date, as the text it was."""
    return {name: str(held) if isinstance(held, date) else held for name, held in read.items()}


def test_the_citation_file_is_valid():
    jsonschema.Draft7Validator(SCHEMA).validate(plain(citation_file()))


@pytest.mark.parametrize("damage", [{"authors": []}, {"date-released": "November"}, {"colour": "red"}])
def test_a_damaged_citation_file_is_refused(damage):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(SCHEMA).validate(plain(citation_file()) | damage)


def test_version_title_and_date_agree_everywhere():
    released = re.search(r"^## (\S+) \((\S+)\)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    cited, archived = citation_file(), archive_file()
    assert {cited["version"], archived["version"], released[1], editions()[-1]} == {__version__}
    assert {str(cited["date-released"]), archived["publication_date"]} == {released[2]}
    assert {cited["title"], archived["title"]} == {settings()["title"]}
    assert {cited["authors"][0]["name"], archived["creators"][0]["name"]} == {settings()["author"]}
    assert data_date() <= date.fromisoformat(released[2])
    assert __version__.split(".")[:2] == [str(int(part)) for part in released[2].split("-")[:2]]


def test_a_doi_or_address_is_named_everywhere_or_nowhere():
    configured = settings()["sphinx"]["config"]
    assert (configured["casebook_doi"] or None) == citation_file().get("doi")
    assert (configured["html_baseurl"] or None) == citation_file().get("url")


# The forms


def test_without_an_address_none_is_invented():
    for form in [*BOOK.forms().values(), *PART.forms().values()]:
        assert "http" not in form and "doi" not in form.lower()
        assert __version__ in form
        assert in_words(data_date()) in form
        assert re.search(r"book/\w+\.html(\\?#b)?, content 0a1b", form)


def test_with_an_address_every_form_names_it():
    forms = PUBLIC.forms()
    assert all("https://example.org/x/book/a.html#b" in form for form in forms.values())
    assert all("10.1/abc" in forms[name] for name in ("Plain text", "BibTeX", "RIS"))


def test_the_forms_are_what_they_should_be():
    edition = f"{said()}, data of {in_words(data_date())}"
    assert BOOK.plain() == f"The Project, A book: 50% & more_ ({edition}), book/index.html, content 0a1b."
    assert PART.oscola() == (f"The Project, ‘Part {{one}}’ in A book ({edition}) book/a.html#b, content 0a1b")
    assert PUBLIC.oscola().endswith("<https://example.org/x/book/a.html#b> accessed [day of access]")


def test_bibtex_keeps_special_letters_and_balances_its_braces():
    for made in (BOOK, PART, PUBLIC):
        text = re.sub(r"\\[{}]", "", made.bibtex())
        assert text.count("{") == text.count("}")
    assert r"title = {{A book: 50\% \& more\_}}" in BOOK.bibtex()
    assert BOOK.bibtex().startswith("@misc{returned-") and "booktitle" not in BOOK.bibtex()
    assert PART.bibtex().startswith("@incollection{returned-") and "booktitle = {{A book}}" in PART.bibtex()


def test_ris_has_a_type_first_and_an_end_last():
    for made, kind in ((BOOK, "BOOK"), (PART, "CHAP")):
        lines = made.ris().splitlines()
        assert (lines[0], lines[-1]) == (f"TY  - {kind}", "ER  - ")
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


# Editions


def values(**changed: float) -> dict[str, Value]:
    """Values as the edition at hand records them, some of them changed."""
    ends = {key: Value(key, *both, "x", "") for key, both in recorded().items()}
    return ends | {key: Value(key, number, number, "x", "") for key, number in changed.items()}


def test_a_headline_value_cannot_change_in_silence():
    assert unrecorded(values(), set()) == []
    assert unrecorded(values(**{"arrivals.total": 34538}), set()) == [
        f"arrivals.total: 34538, but edition {__version__} records 34537"
    ]
    assert "nothing computes it" in unrecorded({}, set())[0]
    assert unrecorded(values(), {"arrivals.new"}) == [
        "arrivals.new: the front page quotes it, and editions.csv has no row"
    ]


def test_a_change_between_editions_needs_its_reason():
    def row(edition, low, reason=pd.NA):
        return {"edition": edition, "key": "a.b", "low": low, "high": 5, "reason": reason}

    rows = [row("1", 4), row("2", 4), row("3", 3), row("4", 2, "a row was corrected")]
    assert unexplained(pd.DataFrame(rows)) == ["3 a.b"]
    assert unexplained(table("editions")) == []


@cache
def built() -> dict[str, Value]:
    """What the build computed."""
    held = pickle.loads((BUILD / "state" / "doctrees" / "environment.pickle").read_bytes())
    return {
        key: made for of_page in held.domaindata["case"]["values"].values() for key, made in of_page.items()
    }


def test_the_headline_values_of_this_build_are_those_of_the_edition(site):
    front = (ROOT / "book" / "index.md").read_text("utf-8")
    quoted = set(re.findall(r"\{value\}`([\w.-]+)", front))
    assert quoted and len(recorded()) >= 15
    assert unrecorded(built(), quoted) == []


# The built pages


def pages(site) -> dict[str, BeautifulSoup]:
    return parsed.pages(site, "book")


def test_every_page_says_its_version_and_how_it_is_cited(site):
    edition = f"{said()[0].upper()}{said()[1:]} · data of {in_words(data_date())}"
    for name, page in pages(site).items():
        foot = page.select_one(".page-foot")
        own = page.html["lang"] == "en"
        assert foot.p.text.startswith(edition) if own else version() in foot.p.text, name
        forms = [text.text for text in foot.select("details pre")]
        assert len(forms) == 4, name
        mark = foot.select_one("code").text
        assert all(name in form and mark in form for form in forms), name
    for other in ("search.html", "genindex.html"):
        assert edition in (site / other).read_text("utf-8"), other


def test_the_marks_tell_pages_apart(site):
    marks = [page.select_one(".page-foot code").text for page in pages(site).values()]
    assert len(set(marks)) == len(marks)


def linked_to_itself(page: BeautifulSoup) -> set[str]:
    return {link["href"][1:] for link in page.select("a.permalink[href], a.headerlink[href]")}


def test_every_claim_value_and_row_has_a_permanent_link(site):
    own = set.union(*map(linked_to_itself, pages(site).values()))
    rows = [
        name
        for one in tables()
        if one.name not in ("event_sources", "editions", "claim_editions")
        for name in table(one.name).index
    ]
    missing = [name for name in [*claims(), *built(), *rows] if anchor(name) not in own]
    assert missing == []


def test_every_figure_and_table_has_a_permanent_link(site):
    for name, page in pages(site).items():
        own = linked_to_itself(page)
        for block in page.select("figure.chart[id], table.listing[id]"):
            assert block["id"] in own, (name, block["id"])


def test_the_examples_of_citations_are_made_from_the_book(site):
    page = pages(site)["book/reference/how-to-cite.html"]
    plain = [block.pre.text for block in page.select(".citation-block")]
    expected = [
        f"back? ({said()}",
        "“Article 33",
        "“Claim NR-4: ",
        "“Figure ",
        "“Table ",
        "“Value arrivals.total: ",
    ]
    expected += ["“Row EV062: ", "repatriation_events.csv)”"]
    assert [words in form for words, form in zip(expected, plain, strict=True)] == [True] * len(expected)


def test_the_examples_lead_to_places_that_exist(site):
    for block in pages(site)["book/reference/how-to-cite.html"].select(".citation-block"):
        name, _, place = re.search(r"book/\S+?\.html(#[\w-]+)?", block.pre.text)[0].partition("#")
        assert not place or pages(site)[name].find(id=place), place


# The chapters as files


def test_every_chapter_can_be_taken_away_as_notebook_and_text(site):
    assert len(chapters()) >= 14
    for path in chapters():
        name = path.relative_to(ROOT).with_suffix("").as_posix()
        offered = {
            link["href"].rpartition(".")[2] for link in pages(site)[f"{name}.html"].select("a[download]")
        }
        assert offered == {"ipynb", "md"}, name
        assert (site / "files" / f"{name}.md").read_bytes() == path.read_bytes()
        notebook = nbformat.read(site / "files" / f"{name}.ipynb", as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert code and all(not cell.outputs and cell.execution_count is None for cell in code)


def test_a_notebook_is_the_same_each_time_and_its_cells_keep_their_names():
    text = chapters()[0].read_text("utf-8")
    assert as_notebook(text) == as_notebook(text)
    before = json.loads(as_notebook(text))["cells"]
    after = json.loads(as_notebook(text.replace("\n# ", "\n+++\n\nA new cell.\n\n+++\n\n# ", 1)))["cells"]
    assert len({cell["id"] for cell in after}) == len(after)
    assert {cell["id"] for cell in before[1:]} <= {cell["id"] for cell in after}


def test_the_mark_of_a_page_follows_what_it_takes_in(tmp_path):
    """A page that shows the text of a file is another page when that file is another."""

    def marked(words: str) -> str:
        (tmp_path / "page.md").write_text("the same", "utf-8")
        (tmp_path / "answer.md").write_text(words, "utf-8")
        data = {"shown": {"page": ""}, "read": {}, "files": {}}
        env = SimpleNamespace(
            found_docs={"page"}, srcdir=str(tmp_path), dependencies={"page": {"answer.md"}},
            config=SimpleNamespace(casebook_digest=""), doc2path=lambda name: str(tmp_path / f"{name}.md"),
            get_domain=lambda name: SimpleNamespace(data=data),
        )  # fmt: skip
        incremental.note_texts(None, env)
        return citing.mark(env, "page")

    assert marked("yes") == marked("yes") != marked("no")


def test_a_register_follows_what_moves_to_another_page(monkeypatch):
    """A register links to claims and rows; where they stand is part of what it shows."""

    def shown(page: str) -> str:
        data = {"uses": {}, "objects": {page: {("claim", "NR-1"): ("nr-1", "A title", True)}}}
        domain = SimpleNamespace(data=data, values=dict)
        monkeypatch.setattr(site, "domain_of", lambda env: domain)
        return site.shown_by_registers(object())

    assert shown("book/one") == shown("book/one") != shown("book/other")
