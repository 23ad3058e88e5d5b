"""How one conclusion is argued: its routes, and what carries each, laid out by Graphviz."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pygraphviz
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path

from casebook.argument.graph import FALLS, STANDS, UNDECIDED, Graph
from casebook.argument.outline import route_state
from casebook.publishing import style
from casebook.publishing.drawing import POINTS, length

LINES = {STANDS: "-", UNDECIDED: ":", FALLS: "--"}
SIZE, SMALL = 8.0, 7.5  # points
STEP = SIZE * 1.28 / POINTS  # inches from one line of words to the next
PAD = 0.07  # inches between the edge of a box and its words
SLACK = 0.06  # inches that a line is kept shorter, so that no word touches the frame
COLUMN = 1.86  # inches, the width of a box on a page
INDENT = 0.16  # inches, on a phone


@dataclass(frozen=True)
class Drawn:
    """What is drawn: the graph, the states and titles of its claims, and who says them."""

    graph: Graph
    standing: Mapping[str, str]
    titles: Mapping[str, str]
    theirs: Collection[str] = ()


@dataclass
class Sheet:
    """A drawing measured in inches from its upper left corner."""

    drawn: Drawn
    figure: Figure
    axes: Axes

    def words(self, place: tuple[float, float], text: str, **look) -> None:
        usual: dict[str, Any] = {"va": "center", "fontsize": SIZE, "color": style.INK, "in_layout": False}
        self.axes.text(place[0], place[1], text, **(usual | look))

    def mark(self, name: str, x: float, y: float) -> None:
        """Who says it: a filled square for ours, a hollow triangle for theirs."""
        theirs = name in self.drawn.theirs
        ground = style.WHITE if theirs else style.OURS
        look: dict[str, Any] = {"facecolor": ground, "edgecolor": self.colour(name), "linewidth": 1}
        self.axes.scatter(x, y, s=20, marker="^" if theirs else "s", zorder=3, **look)

    def colour(self, name: str) -> str:
        return style.THEIRS if name in self.drawn.theirs else style.OURS

    def link(self, name: str, left: float, top: float, width: float, height: float) -> None:
        """An area over what is drawn of a claim that leads to it: one link for frame and words."""
        cover = Rectangle((left, top), width, height, facecolor=style.WHITE, alpha=0.01, zorder=9)
        style.link(cover, name, f"Claim {name}: {self.drawn.titles[name]}")
        self.axes.add_patch(cover)

    def box(self, name: str, left: float, top: float, width: float, role: str) -> None:
        """A claim in a frame whose line tells its state; ``role`` stands before its code."""
        lines = broken(self.drawn.titles[name], width - 2 * PAD - SLACK)
        height = box_height(lines)
        state = self.drawn.standing[name]
        frame = FancyBboxPatch(
            (left + 0.06, top + 0.04), width - 0.12, height - 0.08,
            boxstyle="round,pad=0.04,rounding_size=0.05", facecolor=style.WHITE, edgecolor=self.colour(name),
            linewidth=1.3, linestyle=LINES[state], zorder=2, clip_on=False,
        )  # fmt: skip
        self.axes.add_patch(frame)
        first = top + PAD + STEP / 2
        self.mark(name, left + PAD + 0.04, first)
        self.words((left + PAD + 0.14, first), f"{name}{role}", fontweight="bold")
        self.words((left + width - PAD, first), state, ha="right", fontsize=SMALL, color=style.AXIS)
        for number, line in enumerate(lines, start=1):
            self.words((left + PAD, first + number * STEP), line)
        self.link(name, left, top, width, height)


def broken(words: str, room: float) -> list[str]:
    """Words in lines that fit into a width in inches."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and length(longer, SIZE, "normal") > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def box_height(lines: list[str]) -> float:
    """The height of a box with a line for its code above the lines of its title."""
    return 2 * PAD + STEP * (len(lines) + 1)


def routes(
    graph: Graph,
    standing: Mapping[str, str],
    titles: Mapping[str, str],
    root: str,
    theirs: Collection[str] = (),
    *,
    narrow: bool = False,
) -> Figure:
    """One conclusion, the routes to it, and what carries each.

    Args:
        graph: the claims and how they hang together; the conclusion has several arguments.
        standing: what becomes of each claim.
        titles: what each claim says.
        root: the conclusion.
        theirs: the claims of the other side.
    """
    drawn = Drawn(graph, standing, titles, theirs)
    return _as_lanes(drawn, root) if narrow else _as_graph(drawn, root)


def roles(graph: Graph, root: str) -> dict[str, str]:
    """What each claim of a route is to the conclusion: of one route, or needed on every one."""
    ways = graph[root].arguments
    found = {}
    for number, way in enumerate(ways, start=1):
        for name in way:
            every = all(name in other for other in ways)
            found[name] = ", on every route" if every else f", route {number} of {len(ways)}"
    return found


def _sheet(drawn: Drawn, narrow: bool) -> Sheet:
    """An empty sheet; :func:`_cut` makes it as high as what was drawn."""
    figure, axes = style.canvas(1, narrow=narrow)
    figure.set_layout_engine("constrained", w_pad=0, h_pad=0, wspace=0, hspace=0)
    axes.set_xlim(0, figure.get_figwidth())
    axes.axis("off")
    return Sheet(drawn, figure, axes)


def _cut(sheet: Sheet, height: float) -> Figure:
    sheet.figure.set_figheight(height)
    sheet.axes.set_ylim(height, 0)
    return sheet.figure


# On a page: a graph from the conclusion at the left to what carries its routes at the right


def _as_graph(drawn: Drawn, root: str) -> Figure:
    """Boxes where Graphviz puts them, and a line from each claim to each that it carries."""
    role = roles(drawn.graph, root)
    heights = {
        name: box_height(broken(drawn.titles[name], COLUMN - 2 * PAD))
        for user in (root, *role)
        for name in (user, *drawn.graph[user].supporters)
    }
    centres = _laid_out(drawn.graph, [root, *role], heights)
    sheet = _sheet(drawn, False)
    for user in (root, *role):
        _lines_to(sheet, user, centres)
    for name, (x, y) in centres.items():
        sheet.box(name, x - COLUMN / 2, y - heights[name] / 2, COLUMN, role.get(name, ""))
    return _cut(sheet, max(y + heights[name] / 2 for name, (_, y) in centres.items()) + 0.03)


def _laid_out(graph: Graph, users: list[str], heights: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The middle of each box, in inches from the upper left corner, so that few lines cross."""
    gap = (style.WIDE - 3 * COLUMN) / 2
    layout = pygraphviz.AGraph(directed=True, rankdir="RL", ranksep=gap, nodesep=0.11)
    layout.add_edges_from((link, user) for user in users for link in graph[user].supporters)
    for node in layout.nodes():
        # Without a label no font of the machine is asked for
        node.attr.update(shape="box", fixedsize="true", label="", width=COLUMN, height=heights[node])
    layout.layout("dot")
    found = {
        str(node): [float(part) / POINTS for part in node.attr["pos"].split(",")] for node in layout.nodes()
    }
    left = min(x for x, _ in found.values()) - COLUMN / 2
    top = max(y + heights[name] / 2 for name, (_, y) in found.items())
    return {name: (x - left, top - y) for name, (x, y) in found.items()}


def _lines_to(sheet: Sheet, user: str, centres: Mapping[str, tuple[float, float]]) -> None:
    """A line from each claim that carries another; they enter it side by side, in their order."""
    links = sorted(sheet.drawn.graph[user].supporters, key=lambda link: centres[link][1])
    x, y = centres[user]
    for number, link in enumerate(links):
        enters = y + 0.07 * (number - (len(links) - 1) / 2)
        start = (centres[link][0] - COLUMN / 2 + 0.02, centres[link][1])
        _curve(sheet.axes, start, (x + COLUMN / 2 - 0.02, enters), sheet.drawn.standing[link])


def _curve(axes: Axes, start: tuple[float, float], end: tuple[float, float], state: str) -> None:
    """A line between two boxes; what does not stand carries by a broken line."""
    bend = (start[0] - end[0]) * 0.55
    points = [start, (start[0] - bend, start[1]), (end[0] + bend, end[1]), end]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3]
    look = {"edgecolor": style.INK if state == STANDS else style.GREY, "linestyle": LINES[state]}
    axes.add_patch(PathPatch(Path(points, codes), facecolor="none", linewidth=1.1, zorder=1, **look))


# On a phone: a list, one route beneath the other


def _as_lanes(drawn: Drawn, root: str) -> Figure:
    """The conclusion, and under each route its claims with what carries them."""
    sheet = _sheet(drawn, True)
    return _cut(sheet, _lanes(sheet, root))


def _lanes(sheet: Sheet, root: str) -> float:
    """Draw the list; returns its height."""
    drawn, top = sheet.drawn, 0.0
    sheet.box(root, 0, top, style.NARROW, "")
    top += box_height(broken(drawn.titles[root], style.NARROW - 2 * PAD)) + 0.1
    ways = drawn.graph[root].arguments
    told: set[str] = set()
    for number, way in enumerate(ways, start=1):
        state = route_state(way, drawn.standing)
        sheet.words((0.03, top + STEP / 2), f"Route {number} of {len(ways)}: all of these", fontweight="bold")
        sheet.words((style.NARROW - PAD, top + STEP / 2), state, ha="right", fontsize=SMALL, color=style.AXIS)
        start = top = top + STEP + 0.05
        for name in way:
            top = _member(sheet, name, top, told)
        sheet.axes.plot(
            [0.04, 0.04], [start, top - 0.05], color=style.AXIS, linewidth=2, linestyle=LINES[state]
        )
        top += 0.08
    return top


def _member(sheet: Sheet, name: str, top: float, told: set[str]) -> float:
    """A claim of a route in a box, and what carries it in lines beneath; once that was told, its name."""
    if name in told:
        return _line(sheet, name, f"{name}, as above", INDENT, top)
    told.add(name)
    width = style.NARROW - INDENT
    sheet.box(name, INDENT, top, width, "")
    top += box_height(broken(sheet.drawn.titles[name], width - 2 * PAD)) + 0.05
    ways = sheet.drawn.graph[name].arguments
    first = "either" if len(ways) > 1 else "carried by"
    for number, way in enumerate(ways):
        word = "or" if number else first
        sheet.words((2 * INDENT, top + STEP / 2), word, fontsize=SMALL, color=style.AXIS)
        top += STEP
        for link in way:
            top = _line(sheet, link, f"{link} {sheet.drawn.titles[link]}", 2 * INDENT, top)
    return top + 0.05


def _line(sheet: Sheet, name: str, words: str, left: float, top: float) -> float:
    """A claim in plain lines; its state is said where it does not stand."""
    state = sheet.drawn.standing[name]
    told = words if state == STANDS else f"{words} ({state})"
    lines = broken(told, style.NARROW - left - 0.14)
    sheet.mark(name, left + 0.04, top + STEP / 2)
    for number, line in enumerate(lines):
        sheet.words((left + 0.14, top + (number + 0.5) * STEP), line)
    height = len(lines) * STEP
    sheet.link(name, left, top, style.NARROW - left, height)
    return top + height + 0.03
