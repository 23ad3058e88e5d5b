"""The page of editions: headline values side by side."""

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from casebook.data.descriptor import anchor, resource
from casebook.data.tables import table
from casebook.publishing.values import Value, write
from casebook.sphinx.blocks import FactDirective, cross_reference, grid
from casebook.sphinx.deferred import later, maker
from casebook.sphinx.domain import domain_of


class EditionsDirective(FactDirective):
    """``{editions}``: the headline values of each edition side by side, with reasons of change."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(resource("editions").path))
        for identifier in table("editions").index:
            domain_of(self.env).note_object("edition", identifier, listed=False)
        return [later(self, "editions")]


@maker("editions")
def editions(app: Sphinx, docname: str, node: nodes.Element) -> list[nodes.Node]:
    """One row for each headline value, one column for each edition, the newest first."""
    rows, values = table("editions"), domain_of(app.env).values()
    names = list(rows.edition.unique())[::-1]
    lines = []
    for key, of_key in rows.groupby("key", sort=False):
        made = values[key][1] if key in values else None
        cells = of_key.reset_index().set_index("edition").to_dict("index")
        said = [edition_cell(cells.get(name), made, name == names[0]) for name in names]
        lines.append([named_value(docname, key, made), *said])
    return [grid(["Value", *names], lines, "editions")]


def named_value(docname: str, key: str, made: Value | None) -> nodes.paragraph:
    """What the value is, and its name as a link to the register."""
    line = nodes.paragraph()
    if made is None:
        line += nodes.literal("", key)
        return line
    line += [nodes.Text(f"{made.meaning} ("), cross_reference("value", key, docname, key), nodes.Text(")")]
    return line


def edition_cell(row: dict | None, made: Value | None, newest: bool) -> nodes.paragraph:
    """What an edition said, the reason where it changed, and this build where it says otherwise."""
    if row is None:
        return nodes.paragraph("", "not stated")
    said = Value(row["key"], row["low"], row["high"], row["unit"], "")
    line = nodes.paragraph(ids=[anchor(row["id"])])
    line += nodes.Text(with_unit(said))
    if pd.notna(row["reason"]):
        line += nodes.Text(f"; {row['reason']}")
    if newest and made and with_unit(made) != with_unit(said):
        line += nodes.strong("", f" (this build: {with_unit(made)})")
    return line


def with_unit(value: Value) -> str:
    if value.unit == "share":
        return write(value, "percent1")
    return write(value) + ("" if value.unit == "year" else f" {value.unit}")


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "editions", EditionsDirective)
