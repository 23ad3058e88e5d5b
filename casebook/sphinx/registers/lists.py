"""What helps a reader find a thing: the lists of figures and of tables, and the articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from casebook.argument.claims import PATH, claims
from casebook.data.descriptor import anchor, resource
from casebook.data.tables import table
from casebook.publishing.values import write
from casebook.sphinx.blocks import FactDirective, cross_reference, joined
from casebook.sphinx.charts import FILES, Drawing, Picture
from casebook.sphinx.deferred import later, maker, once_read
from casebook.sphinx.domain import default_label, domain_of
from casebook.sphinx.registers.rows import Backlinks

NO_ARTICLES = pd.DataFrame({"locator": []})  # of an instrument that claims name as a whole
SENTENCE_END = re.compile(r"(?<=[a-z]{3}[.?])\s+(?=[A-Z])|\n")  # not after "Art." or "No."


@dataclass(frozen=True)
class Numbered:
    """A figure or table of the book, where it stands."""

    docname: str
    key: str
    anchor: str
    number: str
    caption: list[nodes.Node]
    drawing: nodes.Element | None


def reading_order(env: BuildEnvironment) -> list[str]:
    """The pages in the order of the table of contents."""

    def below(docname: str) -> Iterator[str]:
        yield docname
        for name in env.toctree_includes.get(docname, []):
            yield from below(name)

    return list(dict.fromkeys(below(env.config.root_doc)))


@once_read
def numbered(env: BuildEnvironment) -> dict[str, list[Numbered]]:
    """Every published ``figure`` and every published ``table``, in reading order."""
    found: dict[str, list[Numbered]] = {"figure": [], "table": []}
    for docname in reading_order(env):
        if not (numbers := env.toc_fignumbers.get(docname)):
            continue
        doctree = env.get_doctree(docname)
        for kind, sort in (("figure", nodes.figure), ("table", nodes.table)):
            for node in doctree.findall(sort):
                place = node["ids"][0] if node["ids"] else ""
                if place.startswith(f"{kind}-") and place in numbers.get(kind, {}):
                    found[kind].append(numbered_one(env, docname, kind, node))
    return found


def numbered_one(env: BuildEnvironment, docname: str, kind: str, node: nodes.Element) -> Numbered:
    place = node["ids"][0]
    number = ".".join(map(str, env.toc_fignumbers[docname][kind][place]))
    heading = next(node.findall(nodes.caption if kind == "figure" else nodes.title))
    return Numbered(
        docname, place.removeprefix(f"{kind}-"), place, env.config.numfig_format[kind] % number,
        first_sentence(heading), drawing_in(node),
    )  # fmt: skip


def drawing_in(figure: nodes.Element) -> nodes.Element | None:
    """What is drawn in a figure."""
    return next(iter(figure.findall(Drawing)), None)


def first_sentence(heading: nodes.Element) -> list[nodes.Node]:
    """A copy of what stands in a caption up to the end of its first sentence."""
    found: list[nodes.Node] = []
    for child in heading.children:
        if isinstance(child, nodes.Text) and (end := SENTENCE_END.search(child)):
            return [*found, nodes.Text(child[: end.start()])]
        copy = child.deepcopy()
        if isinstance(copy, nodes.Element):
            copy["ids"] = []  # the place of use is in the chapter
        found.append(copy)
    return found


def plain(node: nodes.Node, env: BuildEnvironment) -> str:
    """The words of a node as readers see them, also where its links are not resolved yet."""
    if isinstance(node, addnodes.pending_xref) and node["refdomain"] == "case" and not node["refexplicit"]:
        kind, target = node["reftype"], node["reftarget"]
        name, _, form = target.partition(" ")
        if kind == "value":
            return write(domain_of(env).values()[name][1], form)
        return default_label(kind, name)
    return "".join(plain(child, env) for child in node.children) or node.astext()


class ListDirective(FactDirective):
    """``{listed} figure`` or ``{listed} table``: all of them by chapter, with what they show."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        return [later(self, "listed", kind=self.arguments[0])]


@maker("listed")
def listed(app: Sphinx, docname: str, node: nodes.Element) -> list[nodes.Node]:
    found, last = [], None
    for one in numbered(app.env)[node["kind"]]:
        if one.docname != last:
            found.append(nodes.rubric("", app.env.titles[one.docname].astext()))
            last = one.docname
        entry = nodes.container(classes=["listed", f"listed-{node['kind']}"])
        if one.drawing:
            up = "../" * docname.count("/")
            shape = {name: one.drawing[name] for name in ("alt", "size")}
            entry += Picture(uri=f"{up}{FILES}/{one.key}.svg", **shape)
        words = nodes.inline("", one.number, classes=["caption-number"])
        line = nodes.paragraph("", "", make_refnode(app.builder, docname, one.docname, one.anchor, words))
        line += [nodes.Text(" "), *(part.deepcopy() for part in one.caption)]
        entry += line
        found.append(entry)
    return found


class ArticlesDirective(FactDirective):
    """``{articles}``: every instrument with its articles, the claims on each and its other uses."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(PATH))
        self.env.note_dependency(str(resource("provisions").path))
        self.standing: dict[str, list[str]] = {}
        for identifier, claim in claims().items():
            for name in claim.get("provisions", []):
                self.standing.setdefault(name, []).append(identifier)
        articles = dict(list(table("provisions").groupby("instrument_id")))
        return [
            self.section(name, title, articles.get(name, NO_ARTICLES))
            for name, title in table("instruments").short_title.items()
            if name in articles or name in self.standing
        ]

    def section(self, instrument: str, title: str, articles: pd.DataFrame) -> nodes.section:
        section = nodes.section(ids=[f"articles-{anchor(instrument)}"], classes=["articles"])
        section += nodes.title("", title)
        listing = nodes.definition_list()
        if instrument in self.standing:
            listing += self.entry(instrument, "The instrument as a whole")
        listing += [self.entry(name, words) for name, words in articles.locator.items()]
        section += listing
        return section

    def entry(self, identifier: str, words: str) -> nodes.definition_list_item:
        """An article, the claims that stand on it, and the places that use it."""
        link = cross_reference("provision", identifier, self.env.docname, words)
        body = nodes.definition()
        if identifier in self.standing:
            line = nodes.paragraph("", "Claims: ")
            line += joined(
                [cross_reference("claim", name, self.env.docname) for name in self.standing[identifier]], ", "
            )
            body += line
        body += Backlinks(kind="provision", identifier=identifier)
        return nodes.definition_list_item("", nodes.term("", "", link), body)


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "listed", ListDirective)
    app.add_directive_to_domain("case", "articles", ArticlesDirective)
