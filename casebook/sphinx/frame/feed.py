"""The editions as a feed, which readers can follow: one entry for each section of CHANGELOG.md."""

import re
from pathlib import Path
from xml.etree import ElementTree

from sphinx.application import Sphinx

from casebook.project import ROOT
from casebook.sphinx.charts import FILES

ATOM = "http://www.w3.org/2005/Atom"
CHANGELOG = ROOT / "CHANGELOG.md"
NAME = "editions.atom"
HEADING = re.compile(r"^## (\S+) \((\d{4}-\d{2}-\d{2})\)$", re.MULTILINE)


def editions(changelog: str) -> list[tuple[str, str, str]]:
    """Version, day and text of each edition, the newest first."""
    _, *parts = HEADING.split(changelog)  # version, day and text by turns
    return list(zip(parts[::3], parts[1::3], map(str.strip, parts[2::3]), strict=True))


def atom(app: Sphinx, changelog: str) -> bytes:
    """The feed; without a public address its names are those of the book, which change as little."""
    base = app.config.html_baseurl.rstrip("/") or "urn:returned"
    feed = ElementTree.Element("feed", xmlns=ATOM)
    found = editions(changelog)
    put(feed, id=f"{base}/{NAME}", title=app.config.html_title, updated=f"{found[0][1]}T00:00:00Z")
    put(ElementTree.SubElement(feed, "author"), name=app.config.author)
    for version, day, text in found:
        entry = ElementTree.SubElement(feed, "entry")
        put(entry, id=f"{base}/editions/{version}", title=f"Edition {version}", updated=f"{day}T00:00:00Z")
        put(entry, content=text)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def put(element: ElementTree.Element, **texts: str) -> None:
    """Add children that hold a text."""
    for name, text in texts.items():
        ElementTree.SubElement(element, name).text = text


def write_feed(app: Sphinx, error: Exception | None) -> None:
    """Write the feed among the files that pages offer."""
    if not error and app.builder.format == "html" and CHANGELOG.is_file():
        Path(app.outdir, FILES, NAME).write_bytes(atom(app, CHANGELOG.read_text(encoding="utf-8")))


def offer_feed(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Tell feed readers where the feed is."""
    if doctree is not None and CHANGELOG.is_file():
        place = "../" * pagename.count("/") + f"{FILES}/{NAME}"
        context["metatags"] += (
            f'\n<link rel="alternate" type="application/atom+xml" title="Editions" href="{place}">'
        )


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", offer_feed)
    app.connect("build-finished", write_feed, priority=600)  # once the folder of files is made
