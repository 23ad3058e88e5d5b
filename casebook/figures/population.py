"""The figures of the chapter on how many North Koreans are in China.

All three draw rows of estimates. A row has ``ref_year``, ``least`` and ``most`` (persons; an open end is
missing), ``again`` (it only says again what its lineage had said) and the columns of its table.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

AGAIN = "#A6A6A6"  # for what a lineage only says again
TICKS = [5_000, 10_000, 30_000, 100_000, 300_000]
DOTTED, DASHED = (0, (1, 1)), (0, (1.2, 0.5))
SMALL: dict[str, Any] = {"va": "center", "fontsize": 8.5}

KEY: list[tuple[str, dict[str, Any]]] = [
    ("a figure, or a range, of its own", {"colour": style.BLUE}),
    ("said before in its lineage", {"colour": AGAIN}),
    ("ends of what others report", {"colour": style.GREY, "style": DOTTED, "width": 1.6}),
    ("attribution doubtful", {"colour": style.ORANGE, "hollow": True, "style": DASHED}),
]


def by_kind(rows: pd.DataFrame, kinds: dict[str, str]) -> Figure:
    """A panel for each kind of body with its estimates by year, and a key in the last panel.

    Args:
        rows: the dated estimates to be drawn.
        kinds: the kinds of body (``publisher_type``) in the order of the panels, each with its name.
    """
    drawing, panels = style.canvas((7.2, 8.4), columns=2, rows=4, sharex=True, sharey=True)
    for axes, (kind, name) in zip(panels.flat, kinds.items(), strict=False):
        group = rows[rows.publisher_type.eq(kind)]
        for at, row in _side_by_side(group.sort_values(["ref_year", "again"], ascending=[True, False])):
            _statement(axes, at, row)
        count = group.lineage.nunique()
        title = f"{name} ({count} lineage{'s' if count > 1 else ''})"
        _years_and_persons(axes, title, xlim=(1997, 2024.5), xticks=[2000, 2005, 2010, 2015, 2020])
    _key(panels.flat[-1])
    return drawing


def by_kind_words(spans: dict[str, tuple[int, int]], worded: int, again: int, drawn: int) -> str:
    """What :func:`by_kind` shows, in words.

    Args:
        spans: the least and the greatest figure of each kind of body.
        worded: how many statements give no figure.
        again, drawn: how many of the drawn statements only repeat their lineage, and how many are drawn.
    """
    prc, academic, ngo, press = (
        [f"{end:,}" for end in spans[kind]] for kind in ("government-PRC", "academic", "NGO", "media")
    )
    return f"""Seven panels, one for each kind of body, each with its figures by year from 1998 to 2023 on a
    logarithmic axis. The PRC government stands at {prc[0]} whenever it is relayed. The ROK government stands
    between 10,000 and 30,000 until 2002 and at 100,000 in 2010. The US government falls from a range around
    100,000 for 2000 to 30,000 to 50,000 from 2005. UN figures lie between 30,000 and 100,000. Academics range
    from about {academic[0]} to {academic[1]}, NGOs from {ngo[0]} to {ngo[1]}, the press from {press[0]} to
    {press[1]}. {worded} statements in words only are marked with a w. Figures that only repeat their lineage
    are pale: {again} of {drawn}."""


def one_year(rows: pd.DataFrame, year: int) -> Figure:
    """The estimates of one year from different bodies, one line each, along an axis of persons.

    Args:
        rows: the estimates in their order from below, with ``who`` (the body that estimates),
            ``written`` (the figure as text) and ``basis_name``.
        year: the year they are for.
    """
    drawing, axes = style.canvas((7.2, 3.6))
    for line, (_, row) in enumerate(rows.iterrows()):
        colour = _colour_of_body(row.publisher_type)
        style.extent(axes, line, *_ends(row), colour, along="x", width=6, size=52)
        axes.text(900, line + 0.1, row.who, va="bottom", fontsize=9, fontweight="bold", color=colour)
        below = f"{row.written} ({row.basis_name})"
        axes.text(900, line - 0.06, below, va="top", fontsize=8.5, color=style.INK)
    _log_axis(axes, "x", 880, 500_000, TICKS[1:])
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    axes.set(yticks=[], ylim=(-0.7, len(rows) - 0.3))
    axes.set_title(f"The same year, {year}, by who says it")
    return drawing


def own_series(rows: pd.DataFrame, order: list[str]) -> Figure:
    """A panel for each body with the figures that it gave for several years.

    Args:
        rows: the dated estimates, with ``estimator`` (the body).
        order: the bodies in the order of the panels.
    """
    lines = -(-len(order) // 2)
    drawing, panels = style.canvas((7.2, 6.6), columns=2, rows=lines, sharex=True, sharey=True)
    for axes, name in zip(panels.flat, order, strict=False):
        for at, row in _side_by_side(rows[rows.estimator.eq(name)]):
            _own_figure(axes, at, row)
        _years_and_persons(axes, name, xlim=(1997, 2011.5), xticks=[1998, 2002, 2006, 2010])
    words = "green, S: site survey\nblue: said for the first time\ngrey: said before in its lineage"
    for axes in panels.flat[len(order) :]:
        axes.set_axis_off()
        axes.text(0.05, 0.5, words, transform=axes.transAxes, **SMALL)
    return drawing


def own_series_words(rows: pd.DataFrame, order: list[str]) -> str:
    """What :func:`own_series` shows, in words: every figure of each body (``written``) with its year."""
    courses = []
    for name in order:
        figures = [f"{row.ref_year} {row.written}" for _, row in rows[rows.estimator.eq(name)].iterrows()]
        courses.append(f"{name}: {', '.join(figures)}.")
    return "One panel for each body that gave figures for years at least three apart. " + " ".join(courses)


def _statement(axes: Axes, at: float, row: pd.Series) -> None:
    """One estimate in its year; a w where it has words and no figure."""
    if pd.isna(row.least) and pd.isna(row.most):
        axes.text(at, 3_500, "w", color=style.INK, ha="center", fontsize=8.5)
    else:
        style.extent(axes, at, *_ends(row), **_look(row))


def _own_figure(axes: Axes, at: float, row: pd.Series) -> None:
    """One estimate of a body set beside its others; a survey is green and has an S."""
    if row.basis_kind != "survey":
        style.extent(axes, at, *_ends(row), AGAIN if row.again else style.BLUE, width=4, size=34)
        return
    style.extent(axes, at, *_ends(row), style.GREEN, width=4, size=34)
    end = row.most if pd.notna(row.most) else row.least
    axes.text(at + 0.25, end, "S", color=style.GREEN, fontsize=9, fontweight="bold")


def _look(row: pd.Series) -> dict:
    """How a row is drawn: relayed ranges dotted, doubtful ones hollow, repetitions pale."""
    ranged, doubtful = row.basis_kind == "range_of_reports", row.attribution_doubtful == "y"
    first = style.GREY if ranged else style.ORANGE if doubtful else style.BLUE
    return {
        "colour": AGAIN if row.again else first,
        "style": DOTTED if ranged else DASHED if doubtful else "-",
        "width": 1.6 if ranged else 3.2,
        "hollow": ranged or doubtful,
    }


def _colour_of_body(kind: str) -> str:
    """Governments in orange, the United Nations in green, all others in blue."""
    if kind.startswith("government"):
        return style.ORANGE
    return style.GREEN if kind == "UN" else style.BLUE


def _ends(row: pd.Series) -> tuple[float, float]:
    """Both ends of an estimate as numbers; an open end is NaN."""
    least, most = (float("nan") if pd.isna(end) else float(end) for end in (row.least, row.most))
    return least, most


def _side_by_side(group: pd.DataFrame) -> Iterator[tuple[float, pd.Series]]:
    """Each row with its place on the axis of years; rows of one year stand beside each other."""
    years = group.groupby("ref_year")
    order, size = years.cumcount(), years.least.transform("size")
    places = group.ref_year + (order - (size - 1) / 2) * 0.28
    for at, (_, row) in zip(places.astype(float), group.iterrows(), strict=True):
        yield at, row


def _years_and_persons(axes: Axes, title: str, **years) -> None:
    """The axes of a panel, which all panels share; ``years`` are the limits and ticks of the years."""
    _log_axis(axes, "y", 3_000, 700_000, TICKS)
    axes.set(**years)
    axes.tick_params(labelbottom=True)
    axes.set_title(title)


def _log_axis(axes: Axes, which: str, low: float, high: float, ticks: list[int]) -> None:
    """Persons on a logarithmic axis, since the figures differ by tens of times."""
    getattr(axes, f"set_{which}scale")("log")
    getattr(axes, f"set_{which}lim")(low, high)
    getattr(axes, f"set_{which}ticks")(ticks, [f"{tick:,}" for tick in ticks])
    getattr(axes, f"{which}axis").minorticks_off()


def _key(axes: Axes) -> None:
    """What the colours and lines of :func:`by_kind` mean, in a panel of its own."""
    axes.set_axis_off()
    for line, (text, look) in enumerate(KEY):
        level = 0.86 - 0.17 * line
        _sample(axes.inset_axes((0.02, level - 0.07, 0.16, 0.14)), look)
        axes.text(0.21, level, text, transform=axes.transAxes, **SMALL)
    rest = "arrow: open end (up to, at least)\nw: words only, no figure"
    axes.text(0.05, 0.16, rest, transform=axes.transAxes, **SMALL)


def _sample(axes: Axes, look: dict) -> None:
    """A dot and a bar as in the panels; what others report is always a range and has no dot."""
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    if look["colour"] != style.GREY:
        style.extent(axes, 0.3, 0.5, 0.5, **look)
    style.extent(axes, 0.65, 0.05, 0.95, **look)
