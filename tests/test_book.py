"""The book itself: it builds without a warning, and what it promises can be found on its pages."""

import html
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import parsed
import pytest
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

from casebook.argument.claims import claims
from casebook.argument.questions import bearing, book_states
from casebook.data.descriptor import anchor, tables
from casebook.data.tables import table
from casebook.execution.chapters import chapters as chapters_with_code
from casebook.sphinx.frame.search import pairs
from casebook.sphinx.frame.status import versions

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
LARGEST_PAGE = 300_000  # bytes of HTML without drawings, so that a register opens on a slow connection
DRAWINGS = re.compile(r'<div class="chart-box".*?</div></div>', re.DOTALL)


pytestmark = pytest.mark.usefixtures("site")


@cache
def pages() -> dict[str, BeautifulSoup]:
    """Every page of the site by its address within it."""
    return parsed.pages(SITE)


@cache
def names_on(page: str) -> set[str]:
    return {tag["id"] for tag in pages()[page].find_all(id=True)}


@cache
def inventory() -> dict:
    with (SITE / "objects.inv").open("rb") as file:
        return InventoryFile.load(file, "", lambda base, path: path)


def chapters() -> list[str]:
    """The pages of the table of contents."""
    toc = (ROOT / "_toc.yml").read_text("utf-8")
    return [f"{name}.html" for name in re.findall(r"(?:root|file): (\S+)", toc)]


def test_no_two_things_of_a_page_have_one_address():
    """A permanent link has one target, and what is named as a description is named once."""
    for name, page in pages().items():
        named = Counter(tag["id"] for tag in page.find_all(id=True))
        assert [place for place, times in named.items() if times > 1] == [], name


def test_the_front_page_leads_to_the_book():
    assert "book/index.html" in str(pages()["index.html"])
    assert "book/index.html" in pages()


def test_every_row_of_every_table_has_its_place():
    known = {name for kind, held in inventory().items() if kind.startswith("case:") for name in held}
    missing = [
        row
        for resource in tables()
        if resource.name != "event_sources"
        for row in table(resource.name).index
        if row not in known
    ]
    assert missing == []


@pytest.mark.parametrize("kind", ["evidence", "provision", "authority", "claim", "value", "source"])
def test_the_inventory_exports_places_that_exist(kind):
    held = inventory()[f"case:{kind}"]
    assert len(held) > 10
    for name, (_, _, address, _) in held.items():
        page, place = address.split("#")
        assert place in names_on(page), name


def test_every_claim_stands_on_one_chapter():
    for name in claims():
        holders = [page for page in chapters() if anchor(name) in names_on(page)]
        assert len(holders) == 1, (name, holders)


def test_every_value_is_quoted_somewhere_or_shown():
    """A value nobody quotes is dead."""
    registers = [page for page in pages() if page.startswith("book/reference/values")]
    cards = [card for page in registers for card in pages()[page].select("div.row")]
    assert len(cards) > 100
    unused = [card["id"] for card in cards if not card.select(".used-in")]
    assert unused == []


def test_the_map_unfolds_every_claim_once_with_its_state():
    """The first conclusion is drawn; all others that bear on one stand in the outlines."""
    chapter = (ROOT / "book" / "argument" / "map.md").read_text("utf-8")
    soup = pages()["book/argument/map.html"]
    roots = [block.li["data-c"] for block in soup.select(".outline")]
    assert roots == re.findall(r"\{outline\} (\S+)", chapter)
    assert roots == re.search(r'ROOTS = """(.*?)"""', chapter, flags=re.S)[1].split()
    places = [line["id"].removeprefix("o-") for line in soup.select(".outline li[id]")]
    assert sorted(places) == sorted(set(bearing()) - {"AG-1"})
    links = {link["href"].removeprefix("#o-") for link in soup.select(".outline a[href^='#o-']")}
    assert links <= set(places)
    for line in soup.select(".outline li"):
        assert line.div.b.text == book_states()[line["data-c"]]


def test_verbatim_words_stand_on_the_page_as_in_the_register():
    holders = {place: page for page in pages() if "reference/provisions-" in page for place in names_on(page)}
    for name, row in table("provisions").dropna(subset=["verbatim_excerpt"]).iterrows():
        shown = pages()[holders[anchor(name)]].find(id=anchor(name)).select_one("q")
        assert shown.get_text() == f"“{row['verbatim_excerpt']}”", name
        assert shown["lang"] == row["language"]


def test_no_page_is_heavy():
    shown = {page: DRAWINGS.sub("", (SITE / page).read_text("utf-8")) for page in pages()}
    sizes = {page: len(text.encode()) for page, text in shown.items()}
    assert {page: size for page, size in sizes.items() if size > LARGEST_PAGE} == {}


def test_pages_load_nothing_from_elsewhere():
    found = []
    for page, soup in pages().items():
        loaded = [tag for tag in soup.find_all("script") if tag.get("type") != "application/ld+json"]
        scripts = " ".join(tag.get_text() for tag in loaded)  # a description of the book loads nothing
        found += [f"{page}: {address}" for address in re.findall(r"https?://[^\s\"']+", scripts)]
        for tag in soup.find_all(["script", "img", "iframe", "source", "video", "audio"], src=True):
            found += [f"{page}: {tag['src']}"] if re.match(r"(https?:)?//", tag["src"]) else []
        for tag in soup.find_all("link", href=True, rel=lambda kind: kind != "canonical"):
            found += [f"{page}: {tag['href']}"] if re.match(r"(https?:)?//", tag["href"]) else []
    assert found == []


def test_an_address_is_printed_as_it_is():
    """Whoever copies the words of a link gets its address: no ellipsis for dots, no dash for hyphens."""
    printed = [link for page in pages().values() for link in page.select("a[href^=http]")]
    addresses = [(link.get_text(), link["href"]) for link in printed if link.get_text().startswith("http")]
    assert len(addresses) > 500
    assert [pair for pair in addresses if pair[0] != pair[1]] == []


@pytest.mark.parametrize("term", ["难民", "遣送出境", "根据情况", "즉시", "비법월경자", "労働教化刑"])
def test_the_search_finds_terms_in_their_own_language(term):
    script = (SITE / "searchindex.js").read_text("utf-8")
    index = json.loads(script[script.index("(") + 1 : script.rindex(")")])
    for piece in pairs(term):  # a page is found when it holds every pair of letters
        found = index["terms"][piece]
        numbers = found if isinstance(found, list) else [found]
        assert any("glossary" in index["docnames"][number] for number in numbers)


def test_chapters_hold_no_output_and_open_no_file():
    for path in sorted((ROOT / "book").rglob("*")):
        assert path.suffix != ".ipynb", "notebooks with outputs are made, not committed"
        if path.suffix == ".md":
            code = "".join(re.findall(r"```\{code-cell\}.*?\n```", path.read_text("utf-8"), flags=re.S))
            assert not re.search(r"\bopen\(|read_csv|Path\(", code), path.name
            cells = re.findall(r"```\{code-cell\} ipython3\n(.*)\n", path.read_text("utf-8"))
            shown = sum("hide-input" not in first for first in cells)
            computes = path.parent.name == "evidence" or path.stem == "screening"
            assert shown in ((1, 2) if computes and cells else (0,)), path.name


def test_the_address_of_a_value_is_a_cell_of_its_chapter():
    for name, page in pages().items():
        for place in page.find_all(id=re.compile("^value-")):
            assert place.find_parent(class_="cell") or "cell" in place.get("class", []), (name, place["id"])
    cell = pages()["book/evidence/arrivals.html"].find(id="value-arrivals-peak")
    assert '"peak"' in (cell.find_parent(class_="cell") or cell).get_text()


def test_every_chapter_is_in_the_table_of_contents():
    listed = set(chapters())
    written = {
        path.relative_to(ROOT).with_suffix(".html").as_posix()
        for path in (ROOT / "book").rglob("*.md")
        if path.stem != "answer"  # a text that pages of its folder show
    }
    assert written == listed


def test_notebooks_survive_the_round_trip_to_ipynb():
    import jupytext

    for path in sorted((ROOT / "book").rglob("*.md")):
        text = path.read_text("utf-8")
        if "jupytext:" not in text:
            continue
        notebook = jupytext.reads(text, fmt="md:myst")
        again = jupytext.reads(jupytext.writes(notebook, fmt="ipynb"), fmt="ipynb")
        assert [cell.source for cell in again.cells] == [cell.source for cell in notebook.cells], path.name


def test_quoted_numbers_carry_a_title_and_lead_to_the_register():
    quoted = [
        link
        for page in chapters()
        for link in pages()[page].select("a:has(> .case-value)")
        if not page.startswith("book/reference/")
    ]
    assert len(quoted) > 50
    for link in quoted:
        assert re.search(r"reference/values-[a-z-]+\.html#", link["href"])
        page, name = link["href"].rsplit("/", 1)[1].split("#")
        card = pages()[f"book/reference/{page}"].find(id=name)
        assert ("Source: " in html.unescape(link["title"])) == ("Source: " in card.text), name


def test_the_page_on_how_it_was_made_names_software_and_what_chapters_read():
    page = pages()["book/reference/status.html"]
    software, read, _ = page.select(".register-table table")
    named = dict(row.get_text(" ").split() for row in software.select("tbody tr"))
    assert named["jupyter-book"].startswith("1.") and "python" in named
    rows = {row.th.text: [cell.text for cell in row.select("td")] for row in read.select("tbody tr")}
    assert len(rows) == len(chapters_with_code())
    assert "casebook" in rows["book/evidence/returns.md"][1].split(", ")
    assert "repatriation_events" in rows["book/evidence/returns.md"][0].split(", ")


def test_software_that_is_not_installed_is_left_out():
    assert list(versions(["pandas", "no-such-package"])) == ["pandas"]
