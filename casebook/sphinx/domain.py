"""The Sphinx domain ``case``: everything a reader may follow.

Object types: evidence, provision, authority, claim, value, source, edition. Each object has
a permanent anchor; a role that names an unknown one fails the strict build; every
use of an object is remembered so that the registers can link back to it.
"""

from collections.abc import Iterable, Iterator
from typing import cast

import pandas as pd
from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from casebook.data.descriptor import anchor
from casebook.data.tables import located
from casebook.publishing.values import MIME, BadValue, Value, describe, write
from casebook.sphinx.deferred import once_read
from casebook.sphinx.languages import ENGLISH, tag_of

LOGGER = logging.getLogger(__name__)
TYPES = ("evidence", "provision", "authority", "claim", "value", "source", "edition")
# What is known of each page by itself, and told anew when the page is read again
BY_PAGE = ("objects", "values", "uses", "mentions", "files", "shared", "later", "terms")
SHORT_CITATION = 40  # letters of a citation that fit into a sentence


class FollowRole(XRefRole):
    """A link to an object, which also marks the place as a use of it."""

    def result_nodes(self, document, env, node, is_ref):
        domain = domain_of(env)
        node["ids"].append(domain.note_use(node["reftype"], node["reftarget"], env.docname))
        return [node], []


def provision_label(record: dict) -> str:
    """An article as a lawyer names it: locator and short title of the instrument."""
    if "locator" not in record:
        return record["short_title"]
    instrument = located(record["instrument_id"])[1]["short_title"]
    return f"{record['locator'].replace('Art. ', 'Article ')}, {instrument}"


def authority_label(record: dict) -> str:
    return f"{record['name']} ({record['year']})"


def source_label(record: dict) -> str:
    """The official citation where there is a short one, otherwise publisher and year."""
    date, citation = record["date_published"], record["citation"]
    if pd.notna(citation) and len(citation) <= SHORT_CITATION:
        return f"{citation} ({record['publisher']})"
    return f"{record['publisher']}, {date[:4] if pd.notna(date) else 'no date'}"


LABELS = {"provision": provision_label, "authority": authority_label, "source": source_label}


UNBROKEN = ("claim", "value")  # a code or a number stands on one line


def default_label(kind: str, identifier: str) -> str:
    """What a link says when the author gives no words of his own."""
    if kind not in LABELS:
        return identifier
    return LABELS[kind](located(identifier)[1])


def is_register(env: BuildEnvironment, docname: str) -> bool:
    """Whether a page lists what others say; it is no use of what it lists, and needs no marks."""
    return docname.startswith(f"{env.config.casebook_registers}/")


def domain_of(env: BuildEnvironment) -> "CasebookDomain":
    """The domain as this book knows it; Sphinx promises only some domain."""
    return cast(CasebookDomain, env.get_domain("case"))


class CasebookDomain(Domain):
    """Facts, law, claims and computed numbers as linkable objects."""

    name = "case"
    label = "Casebook"
    object_types = {kind: ObjType(kind, kind) for kind in TYPES}
    roles = {kind: FollowRole(warn_dangling=True) for kind in TYPES}
    directives = {}  # its own: what extensions add would else reach every domain of Sphinx
    initial_data = {
        "objects": {},  # page: {(kind, identifier): (anchor, label, found by search)}
        "values": {},  # page: {key: Value}
        "value_pages": {},  # folder of chapters: the page that lists the values computed there
        "uses": {},  # page: [(kind, identifier, anchor of the place of use)]
        "mentions": {},  # page: {(kind, identifier)} that a drawing or a form links to
        "files": {},  # page: {name: content}
        "shared": {},  # page: {key of a chart that other pages may show: its drawing}
        "later": {},  # page: [its places that are filled when all pages are read]
        "terms": {},  # page: {term of a glossary: (anchor, definition)}
        "shown": {},  # page: a digest of what it shows of other pages
        "written": {},  # page: what it showed when it was last written
        "read": {},  # page: digest of the text when it was last read
    }
    data_version = 7

    # What pages tell the domain while they are read

    def note_object(self, kind: str, identifier: str, label: str = "", listed: bool = True) -> str:
        """Record that an object stands on the page being read; returns its anchor."""
        here = self.data["objects"].setdefault(self.env.docname, {})
        here[kind, identifier] = (anchor(identifier), label or identifier, listed)
        return anchor(identifier)

    def note_use(self, kind: str, target: str, docname: str) -> str:
        """Record one use; returns the anchor of the place of use."""
        identifier = target.split(" ")[0]
        uses = self.data["uses"].setdefault(docname, [])
        number = 1 + sum((kind, identifier) == use[:2] for use in uses)
        place = f"use-{kind}-{anchor(identifier)}-{number}"
        uses.append((kind, identifier, place))
        return place

    def note_mentions(self, kind: str, identifiers: Iterable[str]) -> None:
        """Record links that are no use in a sentence; the page is renewed when one of them moves."""
        self.data["mentions"].setdefault(self.env.docname, set()).update((kind, name) for name in identifiers)

    def note_file(self, name: str, content: str | bytes) -> None:
        """Record a file that the page offers; it is written when the build ends."""
        self.data["files"].setdefault(self.env.docname, {})[name] = content

    def note_shared(self, key: str, drawing: dict) -> None:
        """Record the drawing of a chart that other pages may show."""
        held = {name: drawing[name] for name in ("key", "alt", "size", "wide", "narrow")}
        self.data["shared"].setdefault(self.env.docname, {})[key] = held

    def note_values(self, docname: str, glued: dict) -> None:
        """Take over the values that a chapter's cells registered."""
        for key, output in glued.items():
            if not key.startswith("value:"):
                continue
            made = Value(**output["data"][MIME])
            self.data["values"].setdefault(docname, {})[made.key] = made

    # What the registers ask

    def shared(self, key: str) -> tuple[str, dict] | None:
        """The page of a chart that is shared, and its drawing."""
        return next(((page, held[key]) for page, held in self.data["shared"].items() if key in held), None)

    def object(self, kind: str, identifier: str) -> tuple[str, str, str] | None:
        """Page, anchor and label of a row or claim; None when there is no such object."""
        for docname, held in self.data["objects"].items():
            if (kind, identifier) in held:
                return docname, *held[kind, identifier][:2]
        return None

    def values(self) -> dict[str, tuple[str, Value]]:
        """Every value of the book: key to (chapter, value)."""
        return {
            key: (docname, made)
            for docname, held in sorted(self.data["values"].items())
            for key, made in held.items()
        }

    def value(self, key: str) -> tuple[str, Value] | None:
        """The chapter that computes a value, and the value; None when no chapter does."""
        pages = [page for page, held in self.data["values"].items() if key in held]
        return (max(pages), self.data["values"][max(pages)][key]) if pages else None

    @once_read
    def uses(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """For each object: the places in chapters (page, anchor) that quote it."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for docname, uses in sorted(self.data["uses"].items()):
            for kind, name, place in uses if not is_register(self.env, docname) else ():
                found.setdefault((kind, name), []).append((docname, place))
        return found

    @once_read
    def values_resting_on(self) -> dict[str, list[str]]:
        """For each row: the keys of the values computed from it."""
        found: dict[str, list[str]] = {}
        for key, (_, made) in self.values().items():
            for identifier in made.rests_on:
                found.setdefault(identifier, []).append(key)
        return found

    def stands(self, identifier: str) -> bool:
        """Whether some page of this book lists a row."""
        return self.object(located(identifier)[0].kind, identifier) is not None

    def place_of(self, kind: str, identifier: str) -> tuple[str, str] | None:
        """Page and anchor of an object; None when there is no such object."""
        if kind == "value":
            made = self.value(identifier)
            page = self.value_page(made[0]) if made else None
            return (page, anchor(identifier)) if page else None
        held = self.object(kind, identifier)
        return held[:2] if held else None

    def value_page(self, chapter: str) -> str | None:
        """The page that lists the values of a chapter: that of the folder named most exactly."""
        folder = self.value_folder(chapter)
        return None if folder is None else self.data["value_pages"][folder]

    def value_folder(self, chapter: str) -> str | None:
        """Of the folders whose values are listed somewhere, the one that names a chapter most exactly."""
        folders = [folder for folder in self.data["value_pages"] if chapter.startswith(folder)]
        return max(folders, key=len, default=None)

    def address(self, kind: str, identifier: str, fromdocname: str) -> str:
        """The link from a page to an object; empty when there is no such object."""
        held = self.place_of(kind, identifier)
        if not held:
            return ""
        return f"{self.env.app.builder.get_relative_uri(fromdocname, held[0])}#{held[1]}"

    # What Sphinx asks

    def merge_domaindata(self, docnames: list[str], otherdata: dict) -> None:
        """Take over what pages told that another process read."""
        for kept in BY_PAGE:
            held = otherdata[kept]
            self.data[kept].update({docname: held[docname] for docname in docnames if docname in held})
        for folder, page in otherdata["value_pages"].items():
            if page in docnames:
                self.data["value_pages"][folder] = page

    def clear_doc(self, docname: str) -> None:
        for kept in BY_PAGE:
            self.data[kept].pop(docname, None)
        held = self.data["value_pages"]
        self.data["value_pages"] = {folder: page for folder, page in held.items() if page != docname}

    def check_consistency(self) -> None:
        """A permanent link has one target: what stands in two places is named with both."""
        holders: dict[tuple[str, str], list[str]] = {}
        for kept, kind in (("objects", None), ("values", "value")):
            for docname, held in sorted(self.data[kept].items()):
                for name in held:
                    holders.setdefault((kind, name) if kind else name, []).append(docname)
        for (kind, name), places in holders.items():
            for place in places[1:]:
                LOGGER.warning(
                    "%s %s stands in %s and in %s",
                    kind,
                    name,
                    places[0],
                    place,
                    location=place,
                    type="casebook",
                    subtype="duplicate",
                )

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for docname, held in sorted(self.data["objects"].items()):
            for (kind, identifier), (place, label, listed) in held.items():
                yield identifier, label, kind, docname, place, 1 if listed else -1
        for key, (_, made) in self.values().items():
            if place := self.place_of("value", key):
                yield key, made.meaning, "value", *place, -1

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        identifier, _, form = target.partition(" ")
        held = self.place_of(typ, identifier)
        if held is None:
            return None
        try:
            text, title = self._text(typ, identifier, form)
        except BadValue as error:
            LOGGER.warning("%s", error, location=node, type="casebook", subtype="value")
            return contnode
        if node.get("refquote"):
            inner = contnode
        elif node.get("refexplicit"):
            inner = nodes.inline("", contnode.astext(), classes=["case", f"case-{typ}"])
        else:
            if typ == "claim" and tag_of(env, fromdocname) != ENGLISH:
                text = identifier
            whole = ["unbroken"] if typ in UNBROKEN else []
            inner = nodes.inline("", text, classes=["case", f"case-{typ}", *whole])
        return make_refnode(builder, fromdocname, held[0], held[1], inner, title)

    def _text(self, typ: str, identifier: str, form: str) -> tuple[str, str | None]:
        """The words and the title of a link."""
        if typ == "value" and (computed := self.value(identifier)):
            made = computed[1]
            publishers = [located(name)[1]["publisher"] for name in made.sources[:2]]
            more = " and others" if len(made.sources) > 2 else ""
            source = f". Source: {', '.join(publishers)}{more}" if publishers else ""
            return write(made, form), describe(made) + source
        if typ == "claim":
            held = self.object(typ, identifier)
            return f"Claim {identifier}", held[2] if held else None
        return default_label(typ, identifier), None

    def resolve_any_xref(self, env, fromdocname, builder, target, node, contnode):
        return []
