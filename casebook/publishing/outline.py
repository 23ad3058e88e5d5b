"""Draw the argument: an overview of the routes, and the claims under one conclusion as an outline.

Each box carries the address of its claim (``claim:NR-4``), which the page turns into a link.
A claim that was unfolded once is only named when it comes again. What stands, falls or is
undecided is told by words and by the line of the box, and who holds a claim by colour.
"""

import textwrap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path

from casebook.argument.claims import claims
from casebook.argument.graph import STANDS, UNDECIDED, Graph
from casebook.publishing import style

GROUNDS = {"book": ("#EAF2F8", style.BLUE), "other": ("#FBEFE8", style.ORANGE)}
LINES = {STANDS: "-", UNDECIDED: ":"}  # dashed: falls
WIDTH = 7.2  # inches, the reading width
INDENT = 0.26
BOX = 0.7  # inches, the height of a box in the overview
LINE = 0.165  # inches from one line of a box to the next


@dataclass(frozen=True)
class Entry:
    """One line of an outline: a claim and how it bears on the one above it, or a heading."""

    depth: int
    name: str
    bearing: str  # "", "rebuts", "undercuts", or the words of a heading
    again: bool = False

    @property
    def is_heading(self) -> bool:
        return not self.name


def outline(graph: Graph, root: str, elsewhere: Collection[str] = ()) -> list[Entry]:
    """The claims under a claim in reading order: what carries it, then what attacks it.

    Args:
        elsewhere: claims that were unfolded in a map before; here they are only named.
    """
    return list(_entries(graph, root, 0, "", set(), elsewhere))


def _entries(graph, name, depth, bearing, seen, elsewhere) -> Iterator[Entry]:
    node = graph[name]
    again = name in seen or (depth > 0 and name in elsewhere)
    yield Entry(depth, name, bearing, again and bool(node.arguments or node.attackers))
    if again:
        return
    seen.add(name)
    always = [link for link in node.supporters if all(link in premises for premises in node.arguments)]
    for premise in always:
        yield from _entries(graph, premise, depth + 1, "", seen, elsewhere)
    for number, premises in enumerate(node.arguments if len(node.arguments) > 1 else ()):
        yield Entry(depth + 1, "", ("and " if always else "") + "either" if number == 0 else "or")
        for premise in premises:
            if premise not in always:
                yield from _entries(graph, premise, depth + 1, "", seen, elsewhere)
    for how, attackers in (("undercuts", node.undercut_by), ("rebuts", node.rebutted_by)):
        for attacker in attackers:
            yield from _entries(graph, attacker, depth + 1, how, seen, elsewhere)


def draw_outline(graph: Graph, standing: Mapping[str, str], root: str, elsewhere=()) -> Figure:
    """The claims under one conclusion, one box a line, indented under what they bear on."""
    entries = outline(graph, root, elsewhere)
    lines = [_lines(entry) for entry in entries]
    tops, height = [], 0.05
    for entry, words in zip(entries, lines, strict=True):
        tops.append(height)
        height += (0.2 if entry.is_heading else 0.14 + LINE * len(words)) + 0.06
    drawing, axes = _sheet(height)
    for number, (entry, words, top) in enumerate(zip(entries, lines, tops, strict=True)):
        _connect(axes, entries, tops, number)
        left = INDENT * entry.depth
        if entry.is_heading:
            axes.text(left + 0.1, top + 0.13, entry.bearing, va="center", fontsize=8, color=style.GREY)
        else:
            _box(axes, entry.name, (left, top), (WIDTH - left, 0.14 + LINE * len(words)), words, standing)
    return drawing


def _lines(entry: Entry) -> list[str]:
    if entry.is_heading:
        return [entry.bearing]
    words = f"{entry.name}  {claims()[entry.name]['title']}" + (" (unfolded above)" if entry.again else "")
    return textwrap.wrap(f"{entry.bearing}: {words}" if entry.bearing else words, 98 - 4 * entry.depth)


def _connect(axes: Axes, entries: list[Entry], tops: list[float], number: int) -> None:
    """A line from a box to the box that it bears on: the last before it that stands further left."""
    entry = entries[number]
    parents = [n for n in range(number) if entries[n].depth < entry.depth and not entries[n].is_heading]
    if not parents:
        return
    attack = entry.bearing in ("rebuts", "undercuts")
    look: dict[str, Any] = {
        "color": style.ORANGE if attack else style.GREY,
        "linestyle": "--" if attack else "-",
        "linewidth": 1,
    }
    x, y = INDENT * entries[parents[-1]].depth + 0.1, tops[number] + 0.14
    axes.plot([x, x, INDENT * entry.depth], [tops[parents[-1]] + 0.2, y, y], zorder=0, **look)


def draw_overview(graph: Graph, standing: Mapping[str, str], root: str) -> Figure:
    """The routes to a conclusion and what carries each, from left to right."""
    columns = [[root], list(graph[root].supporters), _carriers(graph, root)]
    width, gap, step = 2.14, 0.39, 0.8
    height = step * max(map(len, columns))
    drawing, axes = _sheet(height)
    places = {
        name: (column * (width + gap), height / len(names) * (row + 0.5) - BOX / 2)
        for column, names in enumerate(columns)
        for row, name in enumerate(names)
    }
    for name in columns[0] + columns[1]:
        links = sorted(graph[name].supporters, key=lambda link: places[link][1])
        for number, link in enumerate(links, start=1):
            enters = places[name][1] + BOX * number / (len(links) + 1)
            _curve(axes, places[link], (places[name][0] + width, enters))
    for name, place in places.items():
        title = textwrap.wrap(f"{name}  {claims()[name]['title']}", 29, max_lines=4, placeholder=" …")
        _box(axes, name, place, (width, BOX), title, standing, size=7.6, stated=False)
    return drawing


def _carriers(graph: Graph, root: str) -> list[str]:
    """What carries the routes, each near the middle of the routes that it carries."""
    routes = graph[root].supporters
    users: dict[str, list[int]] = {}
    for number, route in enumerate(routes):
        for link in graph[route].supporters:
            if link not in routes:
                users.setdefault(link, []).append(number)
    return sorted(users, key=lambda link: sum(users[link]) / len(users[link]))


def _curve(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A line from the left end of a box to a point at the right end of the box that it carries."""
    begin = (start[0], start[1] + BOX / 2)
    bend = (begin[0] - end[0]) / 2
    points = [begin, (begin[0] - bend, begin[1]), (end[0] + bend, end[1]), end]
    path = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    axes.add_patch(PathPatch(path, facecolor="none", edgecolor=style.GREY, linewidth=0.9, zorder=0))


def _sheet(height: float) -> tuple[Figure, Axes]:
    """An empty sheet measured in inches from its upper left corner."""
    drawing, axes = style.canvas((WIDTH + 0.1, height + 0.1))
    axes.set(xlim=(-0.05, WIDTH + 0.05), ylim=(height + 0.05, -0.05))
    axes.axis("off")
    return drawing, axes


def _box(axes, name, place, size_of, words, standing, size=8, stated=True) -> None:
    ground, colour = GROUNDS[claims()[name].get("side", "book")]
    box = FancyBboxPatch(
        (place[0] + 0.03, place[1] + 0.03), size_of[0] - 0.06, size_of[1] - 0.06,
        boxstyle="round,pad=0.03,rounding_size=0.06", facecolor=ground, edgecolor=colour, linewidth=1.1,
        linestyle=LINES.get(standing[name], "--"), url=f"claim:{name}",
    )  # fmt: skip
    axes.add_patch(box)
    middle = place[1] + size_of[1] / 2
    axes.text(
        place[0] + 0.09,
        middle,
        "\n".join(words),
        va="center",
        fontsize=size,
        color=style.INK,
        linespacing=1.25,
    )
    if stated:
        axes.text(
            place[0] + size_of[0] - 0.09,
            middle,
            standing[name],
            va="center",
            ha="right",
            fontsize=7,
            color=colour,
        )
