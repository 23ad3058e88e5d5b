"""What a page says of itself to search engines and to those who share it."""

import json
import textwrap
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from casebook import __version__
from casebook.data.descriptor import tables
from casebook.publishing.citation import data_date
from casebook.sphinx.charts import FILES
from casebook.sphinx.domain import is_register
from casebook.sphinx.registers.lists import plain

LONGEST = 200  # letters of a description, as search engines show it
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


def description(app: Sphinx, doctree: nodes.document) -> str:
    """The first sentences of a page, without markup."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph[0], nodes.emphasis):
            continue  # a remark on the page, such as that it is translated
        words = " ".join("".join(plain(child, app.env) for child in paragraph.children).split())
        if len(words) > 40:
            return textwrap.shorten(words, LONGEST, placeholder=" …")
    return ""


def address(app: Sphinx, pagename: str, place: str) -> str:
    """The whole address once the book has one, until then the way from the page."""
    if base := app.config.html_baseurl:
        return base.rstrip("/") + "/" + place
    return "../" * pagename.count("/") + place


def describe(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Description, the card for sharing, and on the front page book and data as schema.org names them."""
    if doctree is None or is_register(app.env, pagename):
        return
    title, told = escape(context["title"]), escape(description(app, doctree))
    card = address(app, pagename, f"{FILES}/{app.config.casebook_card}.card.png")
    tags = [
        f'<meta name="description" content="{told}">',
        f'<meta property="og:title" content="{title}">',
        f'<meta property="og:description" content="{told}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:url" content="{address(app, pagename, f"{pagename}.html")}">',
        f'<meta property="og:image" content="{card}">',
        '<meta name="twitter:card" content="summary_large_image">',
    ]
    if pagename == app.config.root_doc:
        about = json.dumps(structured(app, pagename), ensure_ascii=False).replace("</", "<\\/")
        tags.append(f'<script type="application/ld+json">{about}</script>')
    context["metatags"] += "\n" + "\n".join(tags)


def structured(app: Sphinx, pagename: str) -> dict[str, Any]:
    """The book and its data in the words of schema.org."""
    shared = {
        "author": {"@type": "Organization", "name": app.config.author},
        "version": __version__,
        "dateModified": data_date().isoformat(),
        "license": LICENSE,
        "inLanguage": ["en", *(each["tag"] for each in app.config.casebook_languages.values())],
    }
    book = {"@type": "Book", "name": app.config.html_title, "url": address(app, pagename, f"{pagename}.html")}
    data = {
        "@type": "Dataset",
        "name": f"Data of {app.config.html_title}",
        "description": "Law, evidence, UN record and sources on the return of North Koreans by China.",
        "isAccessibleForFree": True,
        "variableMeasured": [one.title for one in tables()],
    }
    graph = [book | shared | {"bookFormat": "https://schema.org/EBook"}, data | shared]
    return {"@context": "https://schema.org", "@graph": graph}


def setup(app: Sphinx) -> None:
    app.add_config_value("casebook_card", "", "html")
    app.connect("html-page-context", describe)
