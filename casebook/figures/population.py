"""The figures of the chapter on how many North Koreans are in China.

Both draw rows of estimates. A row has ``ref_year``, ``least`` and ``most`` (persons; an open end is
missing), ``written`` (the figure as text) and the columns of its table. Governments and the UN are blue
squares, all others green dots; what only reports the figures of others is grey and thin.
"""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation, Transform, blended_transform_factory

from casebook.publishing import style

Look = dict[str, Any]

TICKS = [10_000, 30_000, 100_000, 300_000]
LOWEST, HIGHEST = 6_000, 400_000  # ends of the axis
SMALL: Look = {"va": "center", "fontsize": 8}
EDGE = 0.05  # inches from the edge of a drawing to its words
BAR: Look = {"linewidth": 4.5, "solid_capstyle": "butt", "marker": ""}
DOT: Look = {"marker": "o", "markersize": 5.5, "markeredgewidth": 1.3}
KEY: list[tuple[str, Look]] = [
    ("governments and the UN", BAR | {"color": style.OFFICIAL, "marker": "s", "markersize": 5.5}),
    ("academics, NGOs, the press", BAR | {"color": style.OTHERS, "marker": "o", "markersize": 5.5}),
    (
        "range of what others say",
        {"linewidth": 1.4, "marker": "|", "markersize": 5.5, "color": style.REPORTED},
    ),
    ("hollow, dashed: doubtful", DOT | {"color": style.OTHERS, "markerfacecolor": style.WHITE}),
]
NAMES = {  # short enough for a phone, where the name in the row is not
    "POP001": "Johns Hopkins study team",
    "POP004": "US State Department",
    "POP006": "Amnesty International",
    "POP008": "The New York Times",
    "POP009": "C. F. Mahr, paper",
    "POP010": "Writenet, for UNHCR",
    "POP015": "NGOs, in a USCR report",
    "POP017": "KBS, naming UNHCR",
    "POP019": "US commission, CECC",
    "POP020": "AsiaNews",
    "POP028": "US State Department",
    "POP033": "Crisis Group",
    "POP041": "Aid workers",
    "POP042": "ROK minister",
    "POP043": "Goedde, journal",
    "POP047": "Korea Future Initiative",
    "POP049": "NKDB director",
    "POP054": "UN officials, UNHCR",
    "POP057": "NGOs, as relayed",
    "POP058": "CNKR (ROK NGO)",
    "POP067": "Two governments, UNHCR",
    "POP072": "Activists",
    "POP073": "PRC specialists",
    "POP075": "Unnamed source, KTV",
}


def by_kind(rows: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Every estimate on a line of its own, year by year, with the name of the body at its left.

    Args:
        rows: the dated estimates, each where it was first said, in their order from above; ``later`` holds
            the years in which it was said again.
    """
    drawing, axes = style.canvas(6.9, narrow=narrow)
    lines = _lines(rows)
    for line, (name, row) in zip(lines, rows.iterrows(), strict=True):
        link = name, _said(row)
        _mark(axes, line, row, link)
        _label(axes, line, _name(name, row, narrow), link, narrow)
        if not narrow and pd.notna([row.least, row.most]).any():
            again = f"; again {row.later}" if row.later else ""
            axes.text(1.01, line, row.written + again, transform=axes.get_yaxis_transform(), **SMALL)
    _years(axes, rows.ref_year, lines, narrow)
    _key(axes, narrow)
    _persons(axes, (max(lines) + 0.8, -3.6 if narrow else -2.7), narrow)
    return drawing


def by_kind_words(rows: pd.DataFrame, spans: dict[str, tuple[int, int]], again: int) -> str:
    """What :func:`by_kind` shows, in words.

    Args:
        rows: as there.
        spans: the least and the greatest figure of each kind of body, by its name.
        again: how many further statements only repeat these.
    """
    ranges = "; ".join(f"{kind} {low:,} to {high:,}" for kind, (low, high) in spans.items())
    worded = int((rows.least.isna() & rows.most.isna()).sum())
    last = rows.iloc[-1]
    return f"""{len(rows)} lines, from {rows.ref_year.min()} to {rows.ref_year.max()}, {worded} of them in
    words only, each an estimate for China or a part of it, ordered by year and from the least to the
    greatest, along a logarithmic axis of people. Least and greatest figure of each kind of body: {ranges}.
    The last line is
    {last.written} for {last.ref_year}, by {last.publisher}. {again} further statements only repeat what their
    lineage had said."""


def one_year(rows: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """The estimates of one year from different bodies, one line each, along an axis of persons.

    Args:
        rows: the estimates in their order from above, with ``who`` (the body that estimates) and
            ``basis_name``.
    """
    drawing, axes = style.canvas(3.6 if narrow else 2.6, narrow=narrow)
    for line, (name, row) in enumerate(rows.iterrows()):
        link = name, _said(row)
        _mark(axes, line, row, link, width=7, size=8)
        figure = f"{row.written} ({row.basis_name})"
        if narrow:
            _above(axes, line, row.who, figure, link)
            continue
        _label(axes, line, row.who, link, narrow, fontsize=9.5, weight="bold")
        axes.text(1.01, line, figure, transform=axes.get_yaxis_transform(), va="center", fontsize=9)
    _persons(axes, (len(rows) - 0.5, -0.85 if narrow else -0.6), narrow)
    return drawing


def _said(row: pd.Series) -> str:
    """What is read when a mark is pointed at."""
    return f"{row.ref_year}, {row.publisher}: {row.written}".replace("|", "/")


def _lines(rows: pd.DataFrame) -> list[float]:
    """The place of each row from above, with a little room between two years."""
    new_year = pd.factorize(rows.ref_year)[0]
    return [line + 0.35 * year for line, year in enumerate(new_year)]


def _mark(axes: Axes, line: float, row: pd.Series, link: tuple[str, str], width=4.5, size=5.5) -> None:
    """A square or dot for a single figure, a bar for a range, an arrow where an end is open."""
    ends = [float(end) for end in (row.least, row.most) if pd.notna(end)]
    if not ends:
        words = axes.text(TICKS[0], line, row.written, color=style.GREY, bbox=style.CLEAR, zorder=1, **SMALL)
        return style.link(words, *link)
    relayed, colour = row.basis_kind == "range_of_reports", _colour(row)
    look: Look = {"color": colour, "linewidth": 1.4 if relayed else width, "solid_capstyle": "butt"}
    if row.attribution_doubtful == "y":
        look |= {"markerfacecolor": style.WHITE, "linewidth": 1.4, "dashes": (2, 1)}
    if len(ends) == 1:
        _arrow(axes, line, ends[0], -1 if pd.isna(row.least) else 1, colour)
    if relayed and len(set(ends)) > 1:
        look |= {"marker": "|", "markersize": size, "markeredgewidth": 1.4}
    else:  # the ends of a range tell who says it also in grey
        look |= {"marker": "s" if _official(row) else "o", "markersize": size, "markeredgewidth": 1.3}
    return style.link(axes.plot(ends, [line] * len(ends), zorder=3, **look)[0], *link)


def _arrow(axes: Axes, line: float, end: float, way: int, colour: str) -> None:
    """The open end of an estimate: up to, or at least."""
    look: Look = {"arrowstyle": "<-", "color": colour, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}
    place: Look = {"xytext": (14 * way, 0), "textcoords": "offset points"}
    axes.annotate("", (end, line), **place, arrowprops=look)


def _label(axes: Axes, line: float, words: str, link: tuple[str, str], narrow: bool, **look) -> None:
    """The name of a body at the left of its line."""
    look = SMALL | look | ({"fontsize": 7.6} if narrow else {})
    name = axes.text(0, line, words, transform=_left(axes, 106 if narrow else 122), **look)
    style.link(name, *link)


def _left(axes: Axes, points: float) -> Transform:
    """Where lines stand that begin so many points at the left of the axis."""
    return axes.get_yaxis_transform() + ScaledTranslation(-points / 72, 0, axes.figure.dpi_scale_trans)


def _across(axes: Axes) -> Transform:
    """Inches from the left edge of the drawing, at the height of a line."""
    return blended_transform_factory(axes.figure.dpi_scale_trans, axes.transData)


def _above(axes: Axes, line: int, name: str, figure: str, link: tuple[str, str]) -> None:
    """The name of a body and its figure above its line, where there is no room beside it."""
    where = axes.get_yaxis_transform()
    words = axes.text(
        0, line - 0.42, name, transform=where, va="center", fontsize=9, fontweight="bold", bbox=style.CLEAR
    )
    style.link(words, *link)
    axes.text(1, line - 0.42, figure, transform=where, ha="right", bbox=style.CLEAR, **SMALL)


def _name(name: str, row: pd.Series, narrow: bool) -> str:
    """A short name of who says it; on a phone with how often."""
    full = row.publisher if pd.isna(row.estimator) else row.estimator
    who = NAMES.get(name, full.split(" (")[0].split(" as relayed")[0])
    if row.basis_kind == "survey":
        who = f"{who}, survey"
    times = len(row.later.split(", ")) + 1 if row.later else 1
    return f"{who}, {times} times" if narrow and times > 1 else who


def _years(axes: Axes, years: pd.Series, lines: list[float], narrow: bool) -> None:
    """Each year once, beside its first line, with a thin rule above it."""
    edge = (style.NARROW if narrow else style.WIDE) - EDGE
    for line, year, first in zip(lines, years, ~years.duplicated(), strict=True):
        if first:
            where = _left(axes, 131 if narrow else 152)
            axes.text(0, line, year, transform=where, va="center", fontsize=8, fontweight="bold")
            look: Look = {
                "color": style.GRID,
                "linewidth": 0.6,
                "zorder": 0,
                "clip_on": False,
                "in_layout": False,
            }
            axes.plot([EDGE, edge], [line - 0.68] * 2, transform=_across(axes), **look)


def _persons(axes: Axes, reach: tuple[float, float], narrow: bool) -> None:
    """A logarithmic axis of persons, since the figures differ by tens of times."""
    crowded = narrow and reach[0] > 10  # its names leave little room
    axes.set_xscale("log")
    axes.set(xlim=(LOWEST, HIGHEST), ylim=reach, yticks=[])
    words = [f"{tick // 1000}" if crowded else f"{tick:,}" for tick in TICKS]
    axes.set_xticks(TICKS, words, fontsize=8 if narrow else 8.5)
    if crowded:
        axes.set_xlabel("thousand people", fontsize=8)
    axes.xaxis.minorticks_off()
    axes.grid(visible=False)
    axes.vlines(TICKS, -0.7, reach[0], color=style.GRID, linewidth=0.8, zorder=0)


def _official(row: pd.Series) -> bool:
    """Whether a government or the United Nations is said to give the figure."""
    return row.publisher_type.startswith("government") or row.publisher_type == "UN"


def _colour(row: pd.Series) -> str:
    if row.basis_kind == "range_of_reports":
        return style.REPORTED
    return style.OFFICIAL if _official(row) else style.OTHERS


def _key(axes: Axes, narrow: bool) -> None:
    """What the marks of :func:`by_kind` mean, above it."""
    columns, places = (2, [EDGE, 1.68]) if narrow else (4, [EDGE, 1.6, 3.3, 5.0])
    for place, (words, look) in enumerate(KEY):
        left, line = places[place % columns], -2.7 + 1.1 * (place // columns) if narrow else -1.9
        ends = [left + 0.1] if look.get("markerfacecolor") else [left + 0.04, left + 0.2]
        axes.plot(ends, [line] * len(ends), transform=_across(axes), clip_on=False, in_layout=False, **look)
        axes.text(
            left + 0.28, line, words, transform=_across(axes), va="center", fontsize=7.6, in_layout=False
        )
