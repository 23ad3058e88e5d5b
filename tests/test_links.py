"""Whatever the built site leads to within itself is there: pages, places on pages, files."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ELSEWHERE = re.compile(r"(https?|mailto|data|javascript):|//")
LEADING = {"href", "src", "data-src", "poster", "action"}


class Links(HTMLParser):
    """The places on a page, and what it leads to."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.places, self.leads = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, content in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.places.add(content)
            elif name in LEADING and content and not ELSEWHERE.match(content):
                self.leads.add(content)
            elif name == "srcset" and content:
                self.leads |= {part.split()[0] for part in content.split(",")}


@pytest.fixture(scope="module")
def read(site):
    """Reads a page of the site, once."""
    return cache(lambda path: Links(path.read_text(encoding="utf-8")))


def target(site: Path, page: Path, address: str) -> tuple[Path, str]:
    """The file and the place that an address means."""
    parts = urlsplit(address)
    base = site if parts.path.startswith("/") else page.parent
    path = (base / unquote(parts.path).lstrip("/")).resolve() if parts.path else page
    return path / "index.html" if path.is_dir() else path, unquote(parts.fragment)


def pages(site: Path) -> list[Path]:
    """The pages of the book; beneath _static lie files that pages load."""
    return [page for page in sorted(site.rglob("*.html")) if "_static" not in page.parts]


def broken(site: Path, read) -> list[str]:
    found = []
    for page in pages(site):
        for address in sorted(read(page).leads):
            path, place = target(site, page, address)
            if not path.is_file() or not path.is_relative_to(site.resolve()):
                found.append(f"{page.relative_to(site)}: {address} is no file of the site")
            elif place and path.suffix == ".html" and place not in read(path).places:
                found.append(f"{page.relative_to(site)}: {address} names no place of that page")
    return found


def test_every_link_within_the_site_leads_somewhere(site, read):
    faults = broken(site.resolve(), read)
    assert not faults, "\n".join(faults[:40])


def test_a_link_to_nowhere_is_seen(tmp_path):
    (tmp_path / "there.html").write_text('<p id="here">x</p>', encoding="utf-8")
    page = (
        '<a href="there.html#here">a</a><a href="there.html#gone">b</a><img src="gone.svg"><a href="#x">c</a>'
    )
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    faults = broken(tmp_path.resolve(), lambda path: Links(path.read_text(encoding="utf-8")))
    assert [fault.split(": ")[1].split()[0] for fault in faults] == ["#x", "gone.svg", "there.html#gone"]


def test_every_figure_and_table_offers_its_files(site, read):
    """Each published figure comes as SVG, PNG and CSV, each table as CSV, and some page links to each."""
    offered = {
        target(site.resolve(), page, address)[0]
        for page in pages(site.resolve())
        for address in read(page).leads
    }
    files = {path for path in (site / "files").resolve().rglob("*") if path.is_file()}
    figures = {path.stem for path in files if path.suffix == ".svg"}
    assert figures
    assert {
        site.resolve() / "files" / f"{name}.{kind}" for name in figures for kind in ("png", "csv")
    } <= files
    loaded = {site.resolve() / "files" / name for name in ("tables.js", "sql-wasm-inline.js")}  # by a script
    assert loaded <= files and files - loaded <= offered
