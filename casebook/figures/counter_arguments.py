"""The figure of the chapter on counter-arguments at their strongest."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

LONG = {  # names that stand on two lines beside the figure
    "international law and humanitarian principles": "international law and\nhumanitarian principles",
    "own law, or order at the border": "own law, or order\nat the border",
}


def china_positions(parts: pd.DataFrame, dates: pd.Series) -> Figure:
    """Show which elements each dated statement by China holds, with how often each element occurs.

    Args:
        parts: a row for each statement in the order of time, a column for each element, true where the
            statement holds it. The first element stands at the top.
        dates: the partial date of each statement, in the same order.
    """
    figure, axes = style.canvas((5.8, 3.6))
    names = [LONG.get(name, name) for name in parts.columns]
    _statements(axes, parts)
    _counts(axes, parts)
    axes.set_yticks(range(len(names)), names[::-1])
    axes.set(xlim=(-0.6, len(parts) + 0.3), ylim=(-0.6, len(names) - 0.4))
    axes.set_xticks(range(len(parts)), dates.str[:7], rotation=90)
    axes.grid(axis="y")
    return figure


def china_positions_words(parts: pd.DataFrame, dates: pd.Series) -> str:
    """Say in words what :func:`china_positions` shows; its arguments are the same."""
    years = dates.str[:4]
    first, last = years.min(), years.max()
    names = ", ".join(parts.columns.str.replace("[,“”]", "", regex=True))
    denied = " and ".join(years[parts["no “defectors” exist"]].unique())
    return f"""Dated statements by China from {first} to {last}, one column of dots each, with a dot for every
        element found in its summary: {names}. The first three recur from {first} to {last}; the denial that
        defectors exist appears in {denied}."""


def _statements(axes: Axes, parts: pd.DataFrame) -> None:
    """A column of dots for each statement, joined by a pale line."""
    levels = range(len(parts.columns) - 1, -1, -1)
    for x, held in enumerate(parts.to_numpy()):
        marked = [level for level, holds in zip(levels, held, strict=True) if holds]
        axes.plot([x, x], [min(marked), max(marked)], color=style.PALE, linewidth=1.4, zorder=1)
        look = {"color": style.BLUE, "markersize": 6.5, "zorder": 2, "markeredgecolor": "white"}
        axes.plot([x] * len(marked), marked, "o", **look)


def _counts(axes: Axes, parts: pd.DataFrame) -> None:
    """At the right, how many statements hold each element."""
    for level, count in enumerate(parts.sum().iloc[::-1]):
        axes.text(len(parts) - 0.3, level, f"{count}", va="center", fontweight="bold", color=style.BLUE)
