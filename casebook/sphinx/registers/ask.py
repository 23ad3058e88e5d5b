"""The page that asks the data in SQL: stored questions with their answers, and a field for others.

A stored question is answered when the book is built, and must give the number that the book prints.
The field works in the reader's browser, also from a folder; what it needs is loaded when it is asked for.
"""

import json
import sqlite3
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging

from casebook.data.database import answer, declaration, rows
from casebook.data.descriptor import Resource, tables
from casebook.project import PACKAGE
from casebook.sphinx.blocks import FactDirective, grid, load_with
from casebook.sphinx.charts import FILES, skip
from casebook.sphinx.deferred import later, maker
from casebook.sphinx.domain import domain_of

LOGGER = logging.getLogger(__name__)
ENGINE = PACKAGE / "sphinx" / "vendor" / "sql-wasm-inline.js"
SCRIPT, STYLE, TABLES = "ask.js", "ask.css", "tables.js"


class Ask(nodes.General, nodes.Element):
    """The field for a question; without script it is not there."""


class AskDirective(FactDirective):
    """``{ask}``: the field; the engine is a file of the page, loaded when a reader asks."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(ENGINE))
        domain_of(self.env).note_file(ENGINE.name, ENGINE.read_bytes())
        return [Ask()]


class QueryDirective(FactDirective):
    """``{query}``: a stored question, its answer, and the values of the book that it must give.

    The content is SQL. ``asks`` is the question in words; ``value`` names values whose numbers, ends of
    ranges included, are the first line of the answer.
    """

    has_content = True
    option_spec = {"asks": directives.unchanged_required, "value": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        for described in tables():
            self.env.note_dependency(str(described.path))
        question = "\n".join(self.content)
        try:
            columns, lines = answer(question)
        except (sqlite3.Error, sqlite3.Warning) as error:
            return self.refuse(f"SQLite does not answer this: {error}")
        block = nodes.container(classes=["query"])
        block += nodes.paragraph("", "", nodes.strong("", self.options["asks"]))
        block += nodes.literal_block(question, question, language="sql")
        block += grid(columns, [["" if cell is None else str(cell) for cell in line] for line in lines])
        if keys := self.options.get("value", "").split():
            block += self.parse(f"The book prints {', '.join(f'{{case:value}}`{key}`' for key in keys)}.")
            numbers = [cell for cell in lines[0] if isinstance(cell, int | float)] if lines else []
            block += later(self, "same-as-printed", keys=keys, numbers=numbers)
        return [block]


@maker("same-as-printed")
def same_as_printed(app: Sphinx, docname: str, node: nodes.Element) -> list[nodes.Node]:
    """Nothing to see; a stored question that no longer gives what the book prints is an error."""
    domain, printed = domain_of(app.env), list[float]()
    for key in node["keys"]:
        made = domain.value(key)
        printed += dict.fromkeys((made[1].low, made[1].high)) if made else []
    if list(map(float, printed)) != list(map(float, node["numbers"])):
        words = f"the question gives {node['numbers']}, and the book prints {printed} for {node['keys']}"
        LOGGER.warning(words, location=node, type="casebook", subtype="block")
    return []


def visit_ask(translator, node: Ask) -> None:
    up = "../" * translator.builder.current_docname.count("/")
    translator.body.append(
        f'<form class="ask" hidden data-engine="{up}{FILES}/{ENGINE.name}" '
        f'data-tables="{up}{FILES}/{TABLES}" data-up="{up}">'
        '<p><label>Your question, in SQL<textarea name="sql" rows="6" spellcheck="false" '
        'autocapitalize="off"></textarea></label></p>'
        "<p><button>Ask</button> <small>The first answer loads some megabytes from the folder of the book; "
        "nothing is sent.</small></p>"
        '<p role="status"></p><div class="answer"></div></form>'
    )
    raise nodes.SkipNode


def table_for_script(env, described: Resource) -> dict:
    """A table with its rows and, for each row, the page on which it stands."""
    domain, held = domain_of(env), rows(described)
    pages = [domain.place_of(described.kind, line[0]) for line in held]
    named = list(dict.fromkeys(place[0] for place in pages if place))
    return {
        "name": described.name,
        "make": declaration(described),
        "rows": held,
        "pages": named,
        "at": [named.index(place[0]) if place else -1 for place in pages],
        "anchors": [place[1] if place else "" for place in pages],
    }


def write_tables(app: Sphinx, error: Exception | None) -> None:
    """Write the tables as a script, because a page in a folder could not fetch them."""
    if error or app.builder.format != "html":
        return
    held = [table_for_script(app.env, described) for described in tables()]
    script = f"const TABLES = {json.dumps(held, ensure_ascii=False, separators=(',', ':'))};\n"
    Path(app.outdir, FILES, TABLES).write_text(script, encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.add_node(Ask, html=(visit_ask, None), latex=(skip, None), text=(skip, None))
    app.add_directive_to_domain("case", "ask", AskDirective)
    app.add_directive_to_domain("case", "query", QueryDirective)
    app.connect("html-page-context", load_with(Ask, SCRIPT, STYLE))
    app.connect("build-finished", write_tables, priority=600)  # once the folder of files is made
