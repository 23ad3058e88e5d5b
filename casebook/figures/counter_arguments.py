"""The figure of the chapter on counter-arguments at their strongest."""

from textwrap import fill
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style
from casebook.publishing.dates import said

Look = dict[str, Any]  # options of a drawing call that several calls share

PLAIN = {
    "not refugees": "Not refugees",
    "entered illegally": "Entered illegally",
    "economic reasons": "Came for economic reasons",
    "international law and humanitarian principles": "International law, humanitarian principles",
    "own law, or order at the border": "China's own law, or order at the border",
    "no “defectors” exist": "No “defectors” exist",
}  # an element as it is named in the drawing
YEARS = [2001, 2005, 2010, 2015, 2020, 2024]


class Page(NamedTuple):
    """How a drawing is laid out: heights are in rows of elements."""

    height: float  # inches
    lane: float  # between statements of one year
    size: float  # of a mark
    above: float  # of the words over the middle of their row; none if they stand to the left
    middle: float  # from the words over a row to its middle


PAGES = {False: Page(3.9, 0.22, 42, 0, 0), True: Page(4.9, 0.17, 30, 0.42, 0.13)}


def china_positions(parts: pd.DataFrame, statements: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Which elements each dated statement by China holds, year by year.

    Args:
        parts: a row for each statement in the order of time, a column for each element, true where the
            statement holds it. The first element stands at the top.
        statements: of the same statements the partial ``date``, the ``actor`` and the ``claim``.
        narrow: for a phone.
    """
    page = PAGES[narrow]
    drawing, axes = style.canvas(page.height, narrow=narrow)
    years = statements.date.str[:4].astype(int)
    nth, of = years.groupby(years).cumcount(), years.groupby(years).transform("size")
    lanes = (nth - (of - 1) / 2) * page.lane + page.middle
    for row, element in enumerate(parts):
        _element(axes, row, element, parts[element], page)
        _statements(axes, years, row + lanes, parts[element], statements, page)
    axes.vlines(years.unique(), -0.3, len(parts.columns) - 0.5, color=style.GRID, linewidth=0.8, zorder=0)
    axes.set(xlim=(years.min() - 0.8, years.max() + 0.8), xticks=YEARS)
    axes.set(ylim=(len(parts.columns) - 0.45, -0.7), yticks=[])
    axes.grid(False)
    return drawing


def china_positions_words(parts: pd.DataFrame, statements: pd.DataFrame) -> str:
    """Say in words what :func:`china_positions` shows; its arguments are the same."""
    years = statements.date.str[:4]
    first, last = years.min(), years.max()
    held = ", ".join(
        f"{name} in {count}"
        for name, count in parts.rename(columns=lambda n: n.replace(",", "")).sum().items()
    )
    denied = " and ".join(years[parts["no “defectors” exist"]].unique())
    return f"""{len(parts)} dated statements by China, {first} to {last}, one mark each on a line of years, in
        one row for each element, filled where the statement's summary holds it: {held}. The first three recur
        from {first} to {last}; the denial that defectors exist appears in {denied}."""


def _element(axes: Axes, row: int, element: str, held: pd.Series, page: Page) -> None:
    """The words of a row at its left or over it, and how many statements hold the element."""
    axes.axhline(row + page.middle, color=style.GRID, linewidth=0.8, linestyle=":", zorder=0)
    look: Look = {
        "transform": axes.get_yaxis_transform(),
        "va": "center",
        "linespacing": 1.15,
        "bbox": style.CLEAR,
    }
    count = f"{held.sum()} of {len(held)}"
    bold: Look = {"fontweight": "bold", "color": style.OFFICIAL}
    if page.above:
        axes.text(0, row - page.above + page.middle, PLAIN[element], fontsize=9, ha="left", **look)
        axes.text(1, row - page.above + page.middle, count, fontsize=9, ha="right", **look, **bold)
    else:
        axes.text(-0.02, row, fill(PLAIN[element], 26), ha="right", **look)
        axes.text(1.02, row, count, ha="left", **look, **bold)


def _statements(
    axes: Axes, years: pd.Series, heights: pd.Series, held: pd.Series, statements: pd.DataFrame, page: Page
) -> None:
    """A mark for each statement: filled, and leading to its row, where it holds the element; else a ring."""
    look: Look = {"s": page.size, "linewidth": 0.8, "zorder": 2}
    axes.scatter(years[~held], heights[~held], facecolor=style.WHITE, edgecolor=style.GREY, **look)
    dots = axes.scatter(
        years[held], heights[held], facecolor=style.OFFICIAL, edgecolor=style.OFFICIAL, **look
    )
    words = [f"{said(one.date)}, {one.actor}: {one.claim}" for one in statements[held].itertuples()]
    style.link(dots, statements.index[held], words)
