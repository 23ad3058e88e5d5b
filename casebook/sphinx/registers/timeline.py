"""One timeline of everything: each dated row of the tables that the descriptor puts on it.

The descriptor says it of a table under ``timeline``: the lane, the column of the date, what a line says,
and, if not all rows belong there, which do. Lanes can be put out of sight without script.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from casebook.data.descriptor import Resource, tables
from casebook.data.tables import table
from casebook.publishing.dates import said
from casebook.sphinx.blocks import FactDirective, cross_reference
from casebook.sphinx.domain import default_label

COLUMN = re.compile(r"\{(\w+)\}")
STATES = {"CHN": "China", "PRK": "the DPRK", "RUS": "Russia"}
SAME_ENDS = re.compile(r"\b([\d,]+)\N{EN DASH}\1\b")


@dataclass(frozen=True)
class Entry:
    """One line: when, in which lane, and what happened.

    Attributes:
        date: a year, a month or a day, as the row has it.
        lane: the name of its lane.
        kind, name: what the row is, and its identifier.
        words: what the line says.
    """

    date: str
    lane: str
    kind: str
    name: str
    words: str

    @property
    def decade(self) -> str:
        return f"{self.date[:3]}0s"


def entries() -> list[Entry]:
    """Every line, in the order of time."""
    found = [entry for described in dated() for entry in lines(described)]
    return sorted(found, key=lambda entry: (entry.date, entry.lane, entry.name))


def lines(described: Resource) -> Iterator[Entry]:
    """The lines of one table."""
    asked = described.descriptor["timeline"]
    for name, record in table(described.name).to_dict("index").items():
        wanted = all(record[column] in values for column, values in asked.get("only", {}).items())
        if wanted and pd.notna(date := record[asked["date"]]):
            yield Entry(
                str(date), asked["lane"], described.kind, name, told(described, asked["says"], record)
            )


def told(described: Resource, parts: list[str], record: dict) -> str:
    """What a line says: the parts of which the row has every column."""
    names = dict(described.foreign_keys)

    def shown(column: str) -> str:
        cell = record[column]
        if column in names:
            return default_label("provision", cell)
        return f"{cell:,}" if isinstance(cell, int) else STATES.get(cell, cell).replace("_", " ")

    whole = [part for part in parts if all(pd.notna(record[column]) for column in COLUMN.findall(part))]
    words = ", ".join(COLUMN.sub(lambda found: shown(found[1]), part) for part in whole)
    return re.sub(r"\b1 people\b", "one person", SAME_ENDS.sub(r"\1", words))


class TimelineDirective(FactDirective):
    """``{timeline}``: every line by decade, below a box for each lane."""

    def run(self) -> list[nodes.Node]:
        for described in dated():
            self.env.note_dependency(str(described.path))
        every = entries()
        self.lanes = list(dict.fromkeys(t.descriptor["timeline"]["lane"] for t in dated()))
        block = nodes.container(classes=["timeline"])
        block += nodes.raw("", self.boxes(every), format="html")
        for decade, held in groupby(every, key=lambda entry: entry.decade):
            section = nodes.container(classes=["timeline-decade"])
            section += nodes.rubric("", decade)
            listing = nodes.bullet_list()
            listing += [self.line(entry) for entry in held]
            block += [section]
            section += listing
        return [block]

    def boxes(self, every: list[Entry]) -> str:
        """A box for each lane; the style sheet hides the lines of a lane whose box is empty."""
        labels = "".join(
            f'<label><input type="checkbox" id="lane-{number}" checked> <span class="lane-{number}">'
            f"{lane}</span> ({sum(entry.lane == lane for entry in every)})</label>"
            for number, lane in enumerate(self.lanes, start=1)
        )
        return f'<fieldset class="timeline-lanes screen-only"><legend>Show</legend>{labels}</fieldset>'

    def line(self, entry: Entry) -> nodes.list_item:
        number = self.lanes.index(entry.lane) + 1
        text = nodes.paragraph()
        text += nodes.inline("", said(entry.date), classes=["timeline-date"])
        text += nodes.Text(f" {entry.lane}: ")
        text += cross_reference(entry.kind, entry.name, self.env.docname, entry.words)
        return nodes.list_item("", text, classes=[f"lane-{number}"])


def dated() -> list[Resource]:
    """The tables on the timeline."""
    return [described for described in tables() if "timeline" in described.descriptor]


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "timeline", TimelineDirective)
