"""What became of claims from edition to edition, as a table."""

from docutils import nodes
from sphinx.application import Sphinx

from casebook.argument.history import TABLES, by_edition, change
from casebook.data.descriptor import resource
from casebook.data.tables import table
from casebook.sphinx.blocks import FactDirective, cross_reference
from casebook.sphinx.domain import domain_of


class ClaimChangesDirective(FactDirective):
    """``{claim-changes}``: what happened to claims from each edition to the next, the newest first."""

    def run(self) -> list[nodes.Node]:
        for name in TABLES:
            self.env.note_dependency(str(resource(name).path))
        for identifier in table("claim_editions").index:
            domain_of(self.env).note_object("edition", identifier, listed=False)
        editions = list(by_edition().items())
        pairs = zip(editions, editions[1:], strict=False)
        return [node for pair in reversed(list(pairs)) for node in self.between(*pair)]

    def between(self, before: tuple[str, dict], now: tuple[str, dict]) -> list[nodes.Node]:
        """The changes from one edition to the next, as a table; first in words how many."""
        (old, was), (new, held) = before, now
        changes = {name: change(was.get(name), held.get(name)) for name in dict.fromkeys([*was, *held])}
        moved = {name: words for name, words in changes.items() if words}
        lead = f"From {old} to {new}. Claims that did not change are left out."
        return [nodes.paragraph("", lead), self.listed(moved, {**was, **held})]

    def listed(self, moved: dict[str, str], held: dict[str, dict]) -> nodes.table:
        group = nodes.tgroup(cols=2)
        group += [nodes.colspec(colwidth=1), nodes.colspec(colwidth=1)]
        group += nodes.thead("", row("Claim", "What happened"))
        lines = []
        for name, words in moved.items():
            line = nodes.paragraph("", "", cross_reference("claim", name, self.env.docname))
            line += nodes.Text(f" {held[name]['title']}")
            lines.append(nodes.row("", nodes.entry("", line), nodes.entry("", nodes.paragraph("", words))))
        group += nodes.tbody("", *lines)
        return nodes.table("", group, classes=["listing"])


def row(*cells: str) -> nodes.row:
    return nodes.row("", *[nodes.entry("", nodes.paragraph("", cell)) for cell in cells])


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "claim-changes", ClaimChangesDirective)
