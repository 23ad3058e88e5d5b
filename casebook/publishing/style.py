"""The house style of figures.

One style sheet (``house.mplstyle``), the colours (:mod:`casebook.publishing.colours`), and a few
functions.
"""

import math
from datetime import date
from typing import Any

import matplotlib
from matplotlib.font_manager import fontManager

matplotlib.use("agg")

import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

from casebook.project import PACKAGE  # noqa: E402
from casebook.publishing.colours import (  # noqa: E402, F401
    AMBER,
    AXIS,
    BLUE,
    COAST,
    DARK,
    GREEN,
    GREY,
    GRID,
    INK,
    LAND,
    MEN,
    OFFICIAL,
    ORANGE,
    OTHERS,
    OURS,
    PALE,
    PALETTE,
    PURPLE,
    REPORTED,
    RETURNED,
    SEA,
    SKY,
    THEIRS,
    WHITE,
    WOMEN,
)

matplotlib.rcdefaults()  # no matplotlibrc of the machine or of a folder reaches a figure
FONTS = PACKAGE / "publishing" / "fonts"
for face in sorted(FONTS.glob("*.ttf")):
    fontManager.addfont(face)
plt.style.use(PACKAGE / "publishing" / "house.mplstyle")

CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # keeps the grid out of a text

WIDE, NARROW = 6.8, 3.4  # inches: the reading width of a page, and of a phone of 360 pixels


def canvas(
    height: float = 4.0, *, narrow: bool = False, columns: int = 1, rows: int = 1, **options
) -> tuple[Figure, Any]:
    """An empty figure in the house style, with one or several panels.

    Args:
        height: inches, without the headline and the foot.
        narrow: for a phone.
        columns, rows: panels beside and beneath one another.
        options: as :func:`matplotlib.pyplot.subplots` takes them.
    """
    size = (NARROW if narrow else WIDE, height)
    return plt.subplots(rows, columns, figsize=size, layout="constrained", **options)


def label_end(axes: Axes, x, y, text: str, colour: str, offset=(6, 0), **options) -> None:
    """Name a line where it ends, so that no legend is needed."""
    axes.annotate(
        text,
        (x, y),
        xytext=offset,
        textcoords="offset points",
        color=colour,
        va=options.pop("va", "center"),
        fontweight="bold",
        annotation_clip=False,
        **options,
    )


def note(axes: Axes, x, y, text: str, offset=(0, 24), **options) -> None:
    """A remark with a thin line to what it speaks of."""
    axes.annotate(
        text,
        (x, y),
        xytext=offset,
        textcoords="offset points",
        color=INK,
        fontsize=8.5,
        ha=options.pop("ha", "center"),
        arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.8},
        bbox=CLEAR,
        **options,
    )


def label_on(axes: Axes, x, y, text: str, ground: str, colour: str = "white") -> None:
    """Name a coloured area on the area itself; the ground hides gaps between bars."""
    axes.text(
        x,
        y,
        text,
        color=colour,
        ha="center",
        va="center",
        fontweight="bold",
        bbox={"facecolor": ground, "edgecolor": "none", "pad": 1.5},
    )


def link(artist, names, words) -> None:
    """Lead from a mark to its row or claim, and say in words what the mark is.

    Args:
        artist: a bar, a line or a text; or a collection of marks, with as many names and words.
        names: the identifier of a row or claim, or several.
        words: what is read when the mark is pointed at.
    """
    if isinstance(names, str):
        artist.set_url(f"row:{names}|{words}")
    else:
        artist.set_urls([f"row:{name}|{said}" for name, said in zip(names, words, strict=True)])


def decimal_year(day: date) -> float:
    """Where a day lies on an axis of years."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def signed(number) -> str:
    """A difference with its sign, and a true minus: +38, 0, −26."""
    return f"{number:+,.0f}".replace("-", "\N{MINUS SIGN}") if number else "0"


def count_axis(axes: Axes, which: str = "y") -> None:
    """Whole numbers with thousands separators, from zero."""
    axis = getattr(axes, f"{which}axis")
    axis.set_major_formatter(matplotlib.ticker.StrMethodFormatter("{x:,.0f}"))
    axis.set_major_locator(matplotlib.ticker.MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]))
    getattr(axes, f"set_{which}lim")(**{"bottom" if which == "y" else "left": 0})


def percent_axis(axes: Axes, which: str = "y") -> None:
    """A share, from zero to one, shown in per cent."""
    axis = getattr(axes, f"{which}axis")
    axis.set_major_formatter(matplotlib.ticker.PercentFormatter(xmax=1, decimals=0))
    getattr(axes, f"set_{which}lim")(0, 1)


def band(axes: Axes, span, extent, words: str, colour: str, text: str = "white") -> None:
    """A filled area with its name on it: from and to on the one axis, low and high on the other."""
    _area(axes, span, extent, facecolor=colour, edgecolor="white", linewidth=1.2)
    middle = _middle(span, extent)
    axes.text(*middle, words, color=text, ha="center", va="center", fontsize=8, linespacing=1.1)


def fade(axes: Axes, span, extent, colour: str, steps: int = 40) -> None:
    """An area that grows pale upward: no upper end is known."""
    low, size = extent[0], (extent[1] - extent[0]) / steps
    for step in range(steps):
        part = (low + step * size, low + (step + 1) * size)
        _area(axes, span, part, facecolor=colour, alpha=0.75 * (1 - (step + 0.5) / steps), linewidth=0)


def unread(axes: Axes, span, extent, words: str, **options) -> None:
    """A hatched area for what is not known, so that a gap is never taken for nothing."""
    look = {"facecolor": "white", "edgecolor": GREY, "hatch": "////", "linewidth": 0.8, "linestyle": "--"}
    _area(axes, span, extent, **look)
    axes.text(
        *_middle(span, extent),
        words,
        color=INK,
        ha="center",
        va="center",
        fontsize=8,
        linespacing=1.1,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
        **options,
    )


def _area(axes: Axes, span, extent, **look) -> None:
    axes.add_patch(plt.Rectangle((span[0], extent[0]), span[1] - span[0], extent[1] - extent[0], **look))


def _middle(span, extent) -> tuple[float, float]:
    return sum(span) / 2, sum(extent) / 2


def extent(axes: Axes, at: float, low, high, colour: str, along: str = "y", **options) -> None:
    """One estimate: a dot for a single figure, a bar for a range, an arrow for an open end.

    ``low`` or ``high`` may be NaN; the arrow points where the end is open.
    Options: ``hollow`` (a white dot), ``style`` and ``width`` of the bar, ``size`` of the dot.
    """
    ends = [end for end in map(float, (low, high)) if not math.isnan(end)]
    hollow, size = options.pop("hollow", False), options.pop("size", 26)
    line: dict[str, Any] = {
        "color": colour,
        "linewidth": options.pop("width", 3),
        "linestyle": options.pop("style", "-"),
    }
    if len(ends) == 2 and ends[0] != ends[1]:
        (axes.vlines if along == "y" else axes.hlines)([at], ends[0], ends[1], **line, zorder=3)
        return
    here = (at, ends[0]) if along == "y" else (ends[0], at)
    if len(ends) == 1:
        way = -13 if math.isnan(float(low)) else 13
        axes.annotate(
            "",
            here,
            xytext=(0, way) if along == "y" else (way, 0),
            textcoords="offset points",
            arrowprops={"arrowstyle": "<-", "color": colour, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0},
        )
    ground = "white" if hollow else colour
    axes.scatter(*here, s=size, facecolor=ground, edgecolor=colour, linewidth=1.4, zorder=4)
