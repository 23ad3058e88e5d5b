"""The argument as a nested outline on a page: folds and lists, which need no script.

Whose claim a line is, is told by a mark, a colour and a word for those who listen. The outlines of
one page know of each other: a claim is unfolded once, and every other line of it leads there.
"""

from collections.abc import Callable
from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from casebook.argument.claims import PATH, claims
from casebook.argument.graph import bearing_on
from casebook.argument.outline import ATTACKS, NOTES, Entry, note, outlines, route_state
from casebook.argument.questions import PATH as ASKED
from casebook.argument.questions import book_graph, book_states
from casebook.sphinx.blocks import FactDirective, load_with
from casebook.sphinx.charts import skip
from casebook.sphinx.domain import domain_of

STYLE = "outline.css"


class Outline(nodes.General, nodes.Element):
    """The outline of one claim; it is written when every claim has its place."""


class OutlineDirective(FactDirective):
    """``{outline} AG-6``: what carries a claim and what attacks it, down to the premises."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        root = self.arguments[0]
        if root not in claims():
            return self.refuse(f"there is no claim {root}")
        for path in (PATH, ASKED):
            self.env.note_dependency(str(path))
        domain_of(self.env).note_mentions("claim", bearing_on(book_graph(), root))
        return [Outline(root=root)]


def is_theirs(name: str) -> bool:
    """Whether the other side says it."""
    return claims()[name].get("side") == "other"


def place(name: str) -> str:
    """The anchor of a claim in the outlines of a page."""
    return f"o-{name}"


def counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


class Writer:
    """Writes the outlines of one page.

    Args:
        address: gives the link from the page to a claim.
        opened: the claims that are unfolded at first.
        below: what else stands under a line, before its fold: given the claim, HTML.
    """

    def __init__(
        self,
        address: Callable[[str], str],
        opened: tuple[str, ...] = (),
        below: Callable[[str], str] = lambda name: "",
    ):
        self.address, self.opened, self.below = address, opened, below

    def outline(self, entry: Entry) -> str:
        """One claim with all that stands under it, as an item of a list."""
        own = f' id="{place(entry.name)}"' if entry.first else ""
        under = self.below(entry.name) if entry.first else ""
        return f'<li{own} data-c="{entry.name}">{self.line(entry)}{under}{self.fold(entry)}</li>\n'

    def line(self, entry: Entry) -> str:
        """The claim itself, how it bears on the one above, and what becomes of it."""
        name, state = entry.name, book_states()[entry.name]
        how = f"<em>{ATTACKS[entry.how].capitalize()}:</em> " if entry.how else ""
        link = f'<a href="{self.address(name)}">{name}</a> {escape(claims()[name]["title"])}'
        elsewhere = entry.place in ("above", "below")
        seen = f' <a class="g" href="#{place(name)}">unfolded {entry.place}</a>' if elsewhere else ""
        told = f' <b class="{state}">{state}</b><small>{noted(name)}</small>'
        return f"<div>{how}{mark(name)} {link}{told}{seen}</div>"

    def fold(self, entry: Entry) -> str:
        """What stands under a claim, behind a line that says how much it is."""
        if entry.place != "here":
            return ""
        inside = "".join(self.route(entry, number) for number in range(len(entry.routes)))
        if entry.against:
            inside += f"<ul>{''.join(map(self.outline, entry.against))}</ul>"
        state = " open" if entry.name in self.opened else ""
        return f"<details{state}><summary>{summary(entry)}</summary>{inside}</details>"

    def route(self, entry: Entry, number: int) -> str:
        """One argument: its claims, and with several routes what becomes of this one."""
        route = entry.routes[number]
        together = "all of these together" if len(route) > 1 else "this claim alone"
        lines = "".join(map(self.outline, route))
        if len(entry.routes) == 1:
            return f"<p>It rests on {together}:</p><ul>{lines}</ul>"
        state = route_state((line.name for line in route), book_states())
        words = f"Route {number + 1} of {len(entry.routes)}: {together}"
        told = f'<b class="{state}">{state}</b>'
        return f'<p data-r="{entry.name}:{number + 1}">{words} {told}</p><ul>{lines}</ul>'


def mark(name: str) -> str:
    """Who says a claim: a filled square for ours, a hollow triangle for theirs, and a word."""
    return '<i class="t">theirs</i>' if is_theirs(name) else '<i class="u">ours</i>'


def noted(name: str) -> str:
    """Beside a claim that does not stand: what it falls to, or what it hangs on."""
    kind, links = note(book_graph(), book_states(), name, is_theirs(name))
    named = ", ".join(f'<a href="#{place(link)}">{link}</a>' for link in links)
    return f" {NOTES[kind]} {named}" if kind else ""


def summary(entry: Entry) -> str:
    """How much stands under a claim: what carries it, and what speaks against it."""
    parts = []
    if len(entry.routes) > 1:
        parts.append(counted(len(entry.routes), "route leads", "routes lead") + " to it")
    elif entry.routes:
        parts.append(counted(len(entry.routes[0]), "claim carries", "claims carry") + " it")
    if entry.against:
        words = ("answers", "answer") if is_theirs(entry.name) else ("speaks against", "speak against")
        what = "" if parts else "claim" + ("s " if len(entry.against) > 1 else " ")
        one, more = (f"{what}{word}" for word in words)
        parts.append(counted(len(entry.against), one, more) + " it")
    return ", ".join(parts)


def visit_outline(translator, node: Outline) -> None:
    builder = translator.builder
    roots = [other["root"] for other in node.document.findall(Outline)]
    domain = domain_of(builder.env)

    def address(name: str) -> str:
        return domain.address("claim", name, builder.current_docname)

    root = node["root"]
    entry = next(entry for entry in outlines(book_graph(), roots) if entry.name == root)
    lines = Writer(address, (root,)).outline(entry)
    # A drawing of this name stood here in earlier editions, and links to it are kept
    translator.body.append(f'<div class="outline" id="figure-map-{root.lower()}"><ul>{lines}</ul></div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(Outline, html=(visit_outline, None), latex=(skip, None), text=(skip, None))
    app.add_directive_to_domain("case", "outline", OutlineDirective)
    app.connect("html-page-context", load_with(Outline, STYLE))
