"""What became of claims from edition to edition, as a table."""

from docutils import nodes
from sphinx.application import Sphinx

from casebook.argument.history import TABLES, by_edition, change
from casebook.data.descriptor import resource
from casebook.data.tables import table
from casebook.sphinx.blocks import FactDirective, cross_reference, grid
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
        """The changes from one edition to the next, as a table."""
        (old, was), (new, held) = before, now
        changes = {name: change(was.get(name), held.get(name)) for name in dict.fromkeys([*was, *held])}
        titles = {name: line["title"] for name, line in [*was.items(), *held.items()]}
        moved = [[self.named(name, titles[name]), words] for name, words in changes.items() if words]
        lead = f"From {old} to {new}. Claims that did not change are left out."
        return [nodes.paragraph("", lead), grid(["Claim", "What happened"], moved)]

    def named(self, claim: str, title: str) -> nodes.paragraph:
        line = nodes.paragraph("", "", cross_reference("claim", claim, self.env.docname))
        line += nodes.Text(f" {title}")
        return line


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "claim-changes", ClaimChangesDirective)
