"""Registers: every row of a table with its values, its sources and where it is used.

Tables of words are set as cards, readable on a phone; tables of counts as compact
rows. Back-links are filled in after all pages are read.
"""

import re
from html import escape
from itertools import groupby
from operator import itemgetter

import pandas as pd
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from casebook.argument.claims import claims
from casebook.checks.read_with import rules
from casebook.data.descriptor import anchor, resource
from casebook.data.sources import footnote, former_names
from casebook.data.tables import located, rows_citing, sources_of, table
from casebook.publishing.values import write
from casebook.sphinx.blocks import FactDirective, cross_reference, joined, merged, permalink, verbatim
from casebook.sphinx.charts import without_roles
from casebook.sphinx.domain import default_label, domain_of

# Columns that the card shows elsewhere, or that only the machine reads
ELSEWHERE = {"source_id", "verbatim_excerpt", "language"}
# Of a source, what its footnote says already
IN_FOOTNOTE = {"author", "publisher", "title", "citation", "date_published", "read_in"}
CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+")
SHORT = 26  # letters that fit beside others on one line


class Backlinks(nodes.General, nodes.Element):
    """Stands for the list of places that use a row; replaced once all pages are read."""


class ValueList(nodes.General, nodes.Element):
    """Stands for the register of computed values; replaced once all pages are read."""


class Compact(nodes.General, nodes.Element):
    """A table of counts, written as light HTML because it may hold a thousand rows."""


class RegisterDirective(FactDirective):
    """``{register} repatriation_events``: all rows of a table, or a part of them.

    Options ``from`` and ``to`` keep the rows whose name begins with these or lies between.
    """

    required_arguments = 1
    option_spec = {"from": directives.unchanged, "to": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        try:
            self.described = resource(self.arguments[0])
        except KeyError as error:
            return self.refuse(error.args[0])
        self.env.note_dependency(str(self.described.path))
        rows = self.chosen(table(self.described.name))
        body = self.cards(rows) if self.described.display["cards"] else [self.compact(rows)]
        return [*self.caveat(), *body, *self.former(rows)]

    def chosen(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of the page: all, or those whose name begins within the two options."""
        return rows[[self.is_within(name) for name in rows.index]]

    def is_within(self, name: str) -> bool:
        """Whether a name belongs on this page."""
        low, high = self.options.get("from", ""), self.options.get("to", "\N{DEL}")
        return name.lower() >= low and name.lower()[: len(high)] <= high

    def former(self, rows: pd.DataFrame) -> list[nodes.Node]:
        """Names of earlier editions, each at its old address with a link to the row of today."""
        if "aliases" not in rows:
            return []
        found = []
        for old, name in former_names(table(self.described.name).to_dict("index")).items():
            if self.is_within(old):
                line = nodes.paragraph(ids=[anchor(old)], classes=["row-former"])
                line += [
                    nodes.Text(f"{old} is now "),
                    cross_reference(self.described.kind, name, self.env.docname),
                ]
                found.append(line)
        return found

    def caveat(self) -> list[nodes.Node]:
        if not self.described.caveat:
            return []
        note = nodes.container(classes=["register-caveat"])
        note += self.parse(self.described.caveat)
        return [note]

    def cards(self, rows: pd.DataFrame) -> list[nodes.Node]:
        group = self.described.display.get("group")
        found, last = [], None
        for identifier, record in rows.to_dict("index").items():
            heading = record[group] if group else pd.NA
            if group and pd.notna(heading) and heading != last:
                found.append(nodes.rubric("", self.heading(group, heading), classes=["row-group"]))
                last = heading
            found.append(self.card(identifier, record))
        return found

    def heading(self, column: str, content) -> str:
        """What stands above a group of rows; a bare number says what it counts."""
        named = self.described.field(column)
        words = str(content).replace("_", " ")
        return f"{named['title']} {words}" if named["type"] == "integer" else words

    def card(self, identifier: str, record: dict) -> nodes.container:
        kind = self.described.kind
        place = domain_of(self.env).note_object(kind, identifier, self.label(identifier, record))
        card = nodes.container(ids=[place], classes=["row"])
        title = nodes.paragraph(classes=["row-title"])
        title += permalink(identifier, place, "row")
        title += nodes.Text(" " + self.label(identifier, record))
        card += title
        if self.described.kind == "source":
            card += nodes.paragraph("", f"{footnote(record)}.", classes=["row-cite"])
        card += self.facts(record)
        card += self.links(identifier)
        return card

    def label(self, identifier: str, record: dict) -> str:
        """A short human name of the row."""
        if self.described.kind != "evidence":
            return default_label(self.described.kind, identifier)
        named = [name for name in self.described.display.get("label", []) if pd.notna(record[name])]
        return " · ".join(self.spoken(name, record[name]) for name in named) or identifier

    def spoken(self, column: str, content) -> str:
        """A cell as a reader says it: the words of a code, and all else as it is."""
        field, text = self.described.field(column), str(content)
        if "enum" not in field.get("constraints", {}) and not field.get("codes"):
            return text
        return text.replace("_", " ") if CODE.fullmatch(text) else {"y": "yes", "n": "no"}.get(text, text)

    def facts(self, record: dict) -> list[nodes.Element]:
        """The columns that hold something: short ones in one paragraph, long ones below."""
        short: list[nodes.Node] = []
        long = nodes.field_list(classes=["row-facts"])
        if pd.notna(record.get("verbatim_excerpt", pd.NA)):
            words = verbatim(record["verbatim_excerpt"], record["language"])
            long += self.fact("Words", words)
        said = ELSEWHERE | set(self.described.key)
        said |= IN_FOOTNOTE if self.described.kind == "source" else set()
        if self.described.kind == "evidence":
            said |= set(self.described.display.get("label", []))  # it stands in the title of the row
        for field in self.described.fields:
            content = record[field["name"]]
            if pd.isna(content) or field["name"] in said:
                continue
            shown = self.shown(field["name"], content)
            if len(str(content)) <= SHORT:
                between = [nodes.Text("; ")] if short else []
                short += [*between, nodes.emphasis("", field["title"]), nodes.Text(" "), shown]
            else:
                long += self.fact(field["title"], shown)
        line = nodes.paragraph("", "", *merged(short), classes=["row-short"])
        return [block for block in (line, long) if block.children]

    def fact(self, title: str, content: nodes.Node) -> nodes.field:
        body = nodes.paragraph()
        body += content
        return nodes.field("", nodes.field_name("", title), nodes.field_body("", body))

    def shown(self, column: str, content) -> nodes.Node:
        """A cell: a link where it names a row or an address, otherwise its text."""
        target = dict(self.described.foreign_keys).get(column)
        if target and target != "sources":
            return cross_reference(resource(target).kind, content, self.env.docname)
        if column == "claims":
            links = [cross_reference("claim", name, self.env.docname) for name in str(content).split()]
            return nodes.inline("", "", *joined(links, ", "))
        if column == "url":
            # Dots and hyphens of an address are no ellipses and dashes
            return nodes.reference("", content, refuri=content, support_smartquotes=False)
        return nodes.Text(self.spoken(column, content))

    def links(self, identifier: str) -> nodes.container:
        """Sources of the row, and a place for the pages that use it."""
        block = nodes.container(classes=["row-links"])
        if self.described.kind != "source" and (sources := sources_of([identifier])):
            line = nodes.paragraph()
            line += nodes.Text("Source: ")
            line += joined([cross_reference("source", name, self.env.docname) for name in sources])
            block += line
        block += Backlinks(kind=self.described.kind, identifier=identifier)
        return block

    def compact(self, rows: pd.DataFrame) -> Compact:
        domain = domain_of(self.env)
        for identifier in rows.index:
            domain.note_object(self.described.kind, identifier, listed=False)
        shown = rows[self.described.display["columns"]].astype("string").fillna("")
        shown = shown.apply(lambda cells: [self.spoken(cells.name, cell) for cell in cells])
        node = Compact(
            titles=[self.described.field(name)["title"] for name in shown],
            rows=list(zip(rows.index, shown.values.tolist(), strict=True)),
            kind=self.described.kind,
        )
        return node


class ValuesDirective(FactDirective):
    """``{values} book/law``: the computed values of the chapters in a folder, or of all."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        folder = self.arguments[0] if self.arguments else ""
        domain_of(self.env).data["value_pages"][folder] = self.env.docname
        return [ValueList(folder=folder)]


class FillRegisters(SphinxPostTransform):
    """Put in the back-links and the values, which are known only after all pages are read."""

    default_priority = 3  # before links are resolved

    def run(self, **kwargs) -> None:
        self.domain = domain_of(self.env)
        self.uses, self.resting = self.domain.uses(), self.domain.values_resting_on()
        for node in list(self.document.findall(Backlinks)):
            node.replace_self(self.backlinks(node["kind"], node["identifier"]))
        for node in list(self.document.findall(ValueList)):
            node.replace_self(self.value_list(node["folder"]))
        for node in self.document.findall(Compact):
            node["uses"] = {name: self.use_links(node["kind"], name) for name, _ in node["rows"]}

    def use_links(self, kind: str, identifier: str) -> list[nodes.Node]:
        """Links to each place of use, by page, and to each value that rests on the row."""
        places = []
        for docname, uses in groupby(self.uses.get((kind, identifier), []), key=itemgetter(0)):
            for number, (_, place) in enumerate(uses, start=1):
                words = str(number) if number > 1 else self.env.titles[docname].astext()
                link = nodes.inline("", words)
                places.append(make_refnode(self.app.builder, self.env.docname, docname, place, link))
        values = [(key, self.domain.place_of("value", key)) for key in self.resting.get(identifier, [])]
        return places + [
            make_refnode(
                self.app.builder, self.env.docname, *place, nodes.inline("", key, classes=["value-key"])
            )
            for key, place in values
            if place
        ]

    def backlinks(self, kind: str, identifier: str) -> list[nodes.Node]:
        """The lines beneath a row: where it is used; for a source, the rows that rest on it."""
        lines = {"Used in": self.use_links(kind, identifier)}
        if kind == "source":
            rows = [name for name in rows_citing().get(identifier, []) if self.domain.stands(name)]
            lines["Rows that rest on it"] = [self.row_link(name) for name in shortened(rows)]
        found = []
        for words, links in lines.items():
            if links:
                line = nodes.paragraph(classes=["used-in"])
                line += [nodes.Text(f"{words}: "), *joined(links, ", ")]
                found.append(line)
        return found

    def value_list(self, folder: str) -> list[nodes.Node]:
        """The values of the chapters that are listed in the place of a folder, by chapter."""
        found, last = [], None
        for key, (docname, made) in self.domain.values().items():
            if self.domain.value_folder(docname) != folder:
                continue
            if docname != last:
                found.append(nodes.rubric("", self.env.titles[docname].astext()))
                last = docname
            found.append(self.value_card(key, docname, made))
        return found

    def value_card(self, key: str, docname: str, made) -> nodes.container:
        card = nodes.container(ids=[anchor(key)], classes=["row"])
        title = nodes.paragraph(classes=["row-title"])
        title += permalink(key, anchor(key), "value")
        unit = "" if made.unit in ("share", "year") else f" {made.unit}"
        title += nodes.Text(f" = {write(made)}{unit}")
        card += title
        when = f" ({made.as_of})" if made.as_of else ""
        card += nodes.paragraph("", f"{made.meaning}{when}.")
        if caveat := self.caveat(key, made):
            card += nodes.paragraph("", f"To be read with it: {caveat}", classes=["value-caveat"])
        card += self.origin(key, docname, made)
        card += self.backlinks("value", key)
        return card

    def caveat(self, key: str, made) -> str:
        """What must be read with a value: numbers without which it misleads, and how its tables are read."""
        values = self.domain.values()
        beside = [
            f"{with_meaning(values[name][1])}."
            for rule in rules() if rule["value"] == key
            for name in rule["with"] if name in values
        ]  # fmt: skip
        named = dict.fromkeys(located(name)[0].caveat for name in made.rests_on if name not in claims())
        spoken_of = [
            caveat.partition(" To add up:")[0] for caveat in named if caveat
        ]  # a sum is made already
        return without_roles(" ".join([*beside, *spoken_of]))

    def origin(self, key: str, docname: str, made) -> nodes.paragraph:
        """The computing cell, the rows and the sources."""
        here = self.env.docname
        cell = make_refnode(
            self.app.builder, here, docname, f"value-{anchor(key)}", nodes.inline("", "the cell")
        )
        line = nodes.paragraph(classes=["row-links"])
        what = "rows" if made.sources else "claims"
        line += [nodes.Text("Computed in "), cell, nodes.Text(f" from {len(made.rests_on)} {what}: ")]
        line += joined([self.row_link(name) for name in shortened(made.rests_on)], ", ")
        if made.sources:
            line += nodes.Text(". Source: ")
            line += joined([self.row_link(name) for name in shortened(made.sources)])
        return line

    def row_link(self, identifier: str | None) -> nodes.Node:
        """A link to a row of any table, or the gap in a shortened list."""
        if identifier is None:
            return nodes.Text("\N{HORIZONTAL ELLIPSIS}")
        kind = "claim" if identifier in claims() else located(identifier)[0].kind
        return cross_reference(kind, identifier, self.env.docname)


def with_meaning(made) -> str:
    """A number and what it is, with its unit where the meaning does not begin with it."""
    unit = "" if made.meaning.startswith(made.unit) or made.unit in ("share", "year") else f" {made.unit},"
    return f"{write(made)}{unit} {made.meaning}"


def shortened(identifiers: list[str], most: int = 8) -> list[str | None]:
    """The first few and the last of a long list, with a gap shown between them."""
    if len(identifiers) <= most:
        return list(identifiers)
    return [*identifiers[: most - 2], None, identifiers[-1]]


def visit_compact(translator, node: Compact) -> None:
    heads = "".join(f'<th scope="col">{escape(title)}</th>' for title in node["titles"])
    translator.body.append(
        f'<div class="register-table" tabindex="0" role="region" aria-label="Rows of the table">'
        f'<table><thead><tr><th scope="col">Row</th>{heads}'
        '<th scope="col">Used in</th></tr></thead><tbody>\n'
    )
    for identifier, cells in node["rows"]:
        shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        uses = ", ".join(
            f'<a href="{escape(link.get("refuri", "#" + link.get("refid", "")))}">{escape(link.astext())}</a>'
            for link in node.get("uses", {}).get(identifier, [])
        )
        place = anchor(identifier)
        name = f'<td><a class="permalink" href="#{place}">{escape(identifier)}</a></td>'
        translator.body.append(f'<tr id="{place}">{name}{shown}<td>{uses}</td></tr>\n')
    translator.body.append("</tbody></table></div>\n")
    raise nodes.SkipNode


def skip(translator, node) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(Compact, html=(visit_compact, None), latex=(skip, None), text=(skip, None))
    app.add_node(Backlinks)
    app.add_node(ValueList)
    app.add_post_transform(FillRegisters)
    app.add_directive_to_domain("case", "register", RegisterDirective)
    app.add_directive_to_domain("case", "values", ValuesDirective)
