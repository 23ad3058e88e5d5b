"""The figure of the chapter on counter-arguments at their strongest."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.analysis.law import first_day
from casebook.figures.dates import said
from casebook.publishing import style
from casebook.publishing.style import decimal_year

Look = dict[str, Any]

LONG = {  # names that stand on two lines beside the figure
    "international law and humanitarian principles": "international law and\nhumanitarian principles",
    "own law, or order at the border": "own law, or order\nat the border",
}
APART = 0.7  # years; dots closer than this would touch, and are raised
STEP = 0.2  # how far, in rows


def china_positions(
    parts: pd.DataFrame, dates: pd.Series, relayed: pd.Series, *, narrow: bool = False
) -> Figure:
    """Show in which year China said what: a row for each element, a dot for each statement that holds it.

    Args:
        parts: a row for each statement in the order of time, a column for each element, true where the
            statement holds it. The first element stands at the top.
        dates: the partial date of each statement, in the same order.
        relayed: whether the statement is known as others relay it, in the same order.
        narrow: for a phone.
    """
    drawing, axes = style.canvas(4.7 if narrow else 3.6, narrow=narrow)
    apart = APART * 1.55 if narrow else APART
    for row, element in enumerate(parts.columns):
        held = parts.index[parts[element]]
        axes.axhline(row, color=style.GRID, linewidth=0.8, zorder=0)
        for name, x, level in _placed(dates[held], apart):
            told = f"{said(dates[name])}: {element}" + (", as relayed" if relayed[name] else "")
            _draw_dot(axes, (x, row - STEP * level), name, told, relayed[name])
        _name(axes, row, element, f"{len(held)} of {len(parts)}", narrow)
    _explain(axes, parts, dates[relayed])
    years = dates.str[:4].astype(int)
    axes.set(xlim=(years.min() - 0.5, years.max() + 1.3), yticks=[])
    axes.set_ylim(len(parts.columns) - 0.6, -0.9 if narrow else -0.8)
    axes.set_xticks(range(2005, years.max() + 1, 5))
    axes.grid(False)
    return drawing


def china_positions_words(parts: pd.DataFrame, dates: pd.Series) -> str:
    """Say in words what :func:`china_positions` shows; its arguments are the same."""
    years = dates.str[:4]
    first, last = years.min(), years.max()
    names = ", ".join(parts.columns.str.replace("[,“”]", "", regex=True))
    denied = " and ".join(years[parts["no “defectors” exist"]].unique())
    return f"""Dated statements by China from {first} to {last} on a line of years, with a row for every
        element and a dot for every statement whose summary holds it: {names}. The first three recur from
        {first} to {last}; the denial that defectors exist appears in {denied}."""


def _placed(dates: pd.Series, apart: float) -> Iterator[tuple[str, float, int]]:
    """Each statement with its point in time, and the lowest level on which it touches no other."""
    taken: dict[int, float] = {}
    for name, partial in dates.items():
        x, level = decimal_year(first_day(partial)), 0
        while x - taken.get(level, 0) < apart:
            level += 1
        taken[level] = x
        yield str(name), x, level


def _draw_dot(axes: Axes, place: tuple[float, float], name: str, told: str, relayed: bool) -> None:
    """One element of one statement: filled if China said it, open if others relay it."""
    look: Look = {"s": 40, "edgecolor": style.REPORTED if relayed else style.OFFICIAL, "linewidth": 1.5}
    face = style.WHITE if relayed else style.OFFICIAL
    style.link(axes.scatter([place[0]], [place[1]], facecolor=face, zorder=3, **look), [name], [told])


def _explain(axes: Axes, parts: pd.DataFrame, relayed: pd.Series) -> None:
    """What an open dot means, above the first of them."""
    for name, partial in relayed.head(1).items():
        row = int(parts.loc[name].to_numpy().argmax())
        axes.text(decimal_year(first_day(partial)), row - 0.33, "as relayed", ha="center", fontsize=8.5)


def _name(axes: Axes, row: int, element: str, count: str, narrow: bool) -> None:
    """The element and how many statements hold it: beside its row, or above it on a phone."""
    look: Look = {"transform": axes.get_yaxis_transform(), "va": "center", "fontsize": 9}
    strong: Look = {"fontweight": "bold", "color": style.OFFICIAL}
    if narrow:
        axes.text(0, row - 0.62, element, fontweight="bold", **look)
        axes.text(1, row - 0.62, count, ha="right", **look, **strong)
    else:
        axes.text(-0.02, row, LONG.get(element, element), ha="right", linespacing=1.1, **look)
        axes.text(1.01, row, count, **look, **strong)
