"""A drawing measured in inches from its upper left corner: for lists and grids of marks with words."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

Look = dict[str, Any]  # options of a drawing call

PAD = 0.0417  # inches that the layout keeps free at each edge
SMALL = 8.0  # points, for the words of a list
LEAST = 7.5  # points, where room is short
LINE = 0.135  # inches from one line of such words to the next


class Mark(NamedTuple):
    """One mark of a grid: where it stands, to which row or claim it leads, and what it is in words."""

    x: float
    y: float
    name: str
    said: str


def sheet(height: float, *, narrow: bool) -> tuple[Figure, Axes, float]:
    """An empty sheet, and how wide it is; places on it are inches to the right and downward."""
    drawing, axes = style.canvas(height, narrow=narrow)
    wide = (style.NARROW if narrow else style.WIDE) - 2 * PAD
    axes.set(xlim=(0, wide), ylim=(height - 2 * PAD, 0))
    axes.axis("off")
    return drawing, axes, wide


def put(axes: Axes, marks: Iterable[Mark], look: Look) -> None:
    """Marks of one look, each of which leads to its row or claim."""
    marks = list(marks)
    if marks:
        dots = axes.scatter([m.x for m in marks], [m.y for m in marks], zorder=3, **look)
        style.link(dots, [m.name for m in marks], [m.said for m in marks])


def write(axes: Axes, x: float, y: float, words: str, **look):
    """Words that begin at a place and stand on its middle line, raised a little as they look low."""
    set_so: Look = {"fontsize": SMALL, "va": "center_baseline"} | look
    return axes.text(x, y - 0.012, words, **set_so)


def upright(axes: Axes, places: Iterable[float], y: float, names: Iterable[str], **look) -> None:
    """The heads of columns, which are read from below."""
    set_so: Look = {"ha": "center", "va": "bottom", "fontsize": SMALL, "linespacing": 1.0} | look
    for x, name in zip(places, names, strict=True):
        axes.text(x, y, name, rotation=90, **set_so)


def rules(axes: Axes, heights: Iterable[float], start: float, end: float, **look) -> None:
    """Thin lines across, that lead the eye from a name to its marks."""
    line: Look = {"color": style.GRID, "linewidth": 0.8, "zorder": 0} | look
    axes.hlines(list(heights), start, end, **line)


def key(axes: Axes, x: float, y: float, meanings: Iterable[tuple[Look, str]], step: float = 0.18) -> None:
    """What each look of a mark means, one beneath the other."""
    for line, (look, words) in enumerate(meanings):
        axes.scatter([x], [y + step * line], **look)
        write(axes, x + 0.13, y + step * line, words)
