"""How current the tables are: up to which day each was looked through."""

from docutils import nodes
from sphinx.application import Sphinx

from casebook.data.descriptor import looked_through, resources, tables
from casebook.project import DATA
from casebook.publishing.citation import in_words
from casebook.sphinx.blocks import FactDirective
from casebook.sphinx.frame.status import row, table_of

DESCRIPTOR = str(DATA / "datapackage.json")


class LookedThroughDirective(FactDirective):
    """``{looked-through} repatriation_events``: up to which day these tables were looked through.

    Of several tables the earliest day is given, so that the sentence is true of each.
    """

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(DESCRIPTOR)
        names = self.arguments[0].split()
        if unknown := [name for name in names if name not in resources()]:
            return self.refuse(f"no table is called {unknown[0]!r}")
        day = in_words(min(looked_through(resources()[name]) for name in names))
        block = nodes.container(classes=["looked-through"])
        block += self.parse(f"Looked through to {day}; what came later is not here.")
        return [block]


class CurrencyDirective(FactDirective):
    """``{currency}``: every table with the day up to which it was looked through, the oldest first."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(DESCRIPTOR)
        dated = [table for table in tables() if "looked_through" in table.descriptor]
        rows = [
            row(table.title, in_words(looked_through(table)), f"{table.name}")
            for table in sorted(dated, key=looked_through)
        ]
        html = table_of(["Table", "Looked through to", "Name"], rows)
        return [nodes.raw("", html, format="html")]


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "looked-through", LookedThroughDirective)
    app.add_directive_to_domain("case", "currency", CurrencyDirective)
