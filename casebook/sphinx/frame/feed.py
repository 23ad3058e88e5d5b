"""Feeds that readers can follow: the editions, from the sections of CHANGELOG.md, and the corrections."""

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from sphinx.application import Sphinx

from casebook.data.descriptor import resources
from casebook.data.tables import table
from casebook.project import ROOT
from casebook.sphinx.charts import FILES

ATOM = "http://www.w3.org/2005/Atom"
CHANGELOG = ROOT / "CHANGELOG.md"
HEADING = re.compile(r"^## (\S+) \((\d{4}-\d{2}-\d{2})\)$", re.MULTILINE)


def editions(changelog: str) -> list[tuple[str, str, str]]:
    """Version, day and text of each edition, the newest first."""
    _, *parts = HEADING.split(changelog)  # version, day and text by turns
    return list(zip(parts[::3], parts[1::3], map(str.strip, parts[2::3]), strict=True))


def corrected() -> list[tuple[str, str, str]]:
    """Name, day and text of each correction."""
    rows = table("corrections").to_dict("index")
    return [
        (name, row["date"], f"Before: {row['was']} Now: {row['now']} Why: {row['why']}")
        for name, row in rows.items()
    ]


def atom(app: Sphinx, kind: str, entries: list[tuple[str, str, str]]) -> bytes:
    """A feed; without a public address its names are those of the book, which change as little.

    Args:
        kind: what the entries are, in lower case: ``editions``.
        entries: name, day and text of each.
    """
    base = app.config.html_baseurl.rstrip("/") or "urn:returned"
    feed = ElementTree.Element("feed", xmlns=ATOM)
    newest = max(day for _, day, _ in entries)
    title = f"{app.config.html_title}: {kind}"
    put(feed, id=f"{base}/{kind}.atom", title=title, updated=f"{newest}T00:00:00Z")
    put(ElementTree.SubElement(feed, "author"), name=app.config.author)
    for name, day, text in entries:
        entry = ElementTree.SubElement(feed, "entry")
        words = f"{kind.removesuffix('s').capitalize()} {name}"
        put(entry, id=f"{base}/{kind}/{name}", title=words, updated=f"{day}T00:00:00Z")
        put(entry, content=text)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def put(element: ElementTree.Element, **texts: str) -> None:
    """Add children that hold a text."""
    for name, text in texts.items():
        ElementTree.SubElement(element, name).text = text


@cache
def feeds() -> dict[str, list[tuple[str, str, str]]]:
    """The feeds that have something to tell, by what they tell of."""
    told = editions(CHANGELOG.read_text(encoding="utf-8")) if CHANGELOG.is_file() else []
    corrections = corrected() if "corrections" in resources() else []
    return {kind: found for kind, found in (("editions", told), ("corrections", corrections)) if found}


def write_feeds(app: Sphinx, error: Exception | None) -> None:
    """Write the feeds among the files that pages offer."""
    if error or app.builder.format != "html":
        return
    for kind, entries in feeds().items():
        Path(app.outdir, FILES, f"{kind}.atom").write_bytes(atom(app, kind, entries))


def offer_feeds(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Tell feed readers where the feeds are."""
    if doctree is None:
        return
    up = "../" * pagename.count("/") + FILES
    for kind in feeds():
        context["metatags"] += (
            f'\n<link rel="alternate" type="application/atom+xml" title="{kind.capitalize()}" '
            f'href="{up}/{kind}.atom">'
        )


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", offer_feeds)
    app.connect("build-finished", write_feeds, priority=600)  # once the folder of files is made
