"""Values beside what must be read with them: the sentence that says it, and the check of each page."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util import logging

from casebook.checks.read_with import alone, rules
from casebook.project import DATA
from casebook.sphinx.blocks import FactDirective
from casebook.sphinx.domain import is_register

LOGGER = logging.getLogger(__name__)


class ReadWithDirective(FactDirective):
    """``{read-with} returns.people``: the sentence that the data package keeps for a value."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(DATA / "datapackage.json"))
        kept = {rule["value"]: rule["sentence"] for rule in rules() if "sentence" in rule}
        if self.arguments[0] not in kept:
            return self.refuse(f"the data package keeps no sentence for the value {self.arguments[0]}")
        return self.parse(kept[self.arguments[0]])


def quotations(node: nodes.Node) -> Iterator[pending_xref]:
    """Where a page itself quotes a value; a claim is judged by its own text, with the data."""
    if isinstance(node, nodes.Element) and "claim" in node["classes"]:
        return
    if isinstance(node, pending_xref) and node["reftype"] == "value":
        yield node
    for child in node.children:
        yield from quotations(child)


def refuse_values_alone(app: Sphinx, doctree: nodes.document) -> None:
    """Warn, and so fail the strict build, where a page quotes a value without its companions."""
    if is_register(app.env, app.env.docname):
        return
    first: dict[str, pending_xref] = {}
    for node in quotations(doctree):
        first.setdefault(node["reftarget"].split(" ")[0], node)
    for value, rule in alone(first):
        LOGGER.warning("value %s %s", value, rule, location=first[value], type="casebook", subtype="value")


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "read-with", ReadWithDirective)
    app.connect("doctree-read", refuse_values_alone)
