"""The figure of the chapter on what would bring a conclusion down."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.argument.graph import FALLS, STANDS, UNDECIDED
from casebook.publishing import style

LOOKS = {  # marker, its size, its face and its edge
    STANDS: ("o", 7, style.BLUE, style.BLUE),
    FALLS: ("X", 9, "white", style.ORANGE),
    UNDECIDED: ("D", 7, "white", style.GREY),
}


def granted(states: pd.DataFrame, titles: dict[str, str]) -> Figure:
    """A grid of what stands when one claim of the other side is granted.

    Args:
        states: the state of each conclusion (columns) when a claim (rows) is granted.
        titles: what each of these claims says.
    """
    drawing, axes = style.canvas((7.2, 0.4 * len(states) + 0.9))
    for x, target in enumerate(states.columns):
        for y, state in enumerate(states[target]):
            marker, size, face, edge = LOOKS[state]
            axes.plot(x, y, marker, markersize=size, markerfacecolor=face, markeredgecolor=edge)
    _name_columns(axes, states.columns)
    _name_rows(axes, [f"{name}  {titles[name]}" for name in states.index])
    axes.set(xlim=(-0.5, len(states.columns) - 0.5), ylim=(len(states) - 0.5, -0.5))
    axes.spines["bottom"].set_visible(False)
    axes.grid(axis="both", alpha=0.4)
    return drawing


def _name_columns(axes: Axes, names) -> None:
    axes.set_xticks(range(len(names)), [textwrap.fill(name, 11) for name in names], fontsize=6.6)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)


def _name_rows(axes: Axes, names) -> None:
    axes.set_yticks(range(len(names)), [textwrap.fill(name, 44) for name in names], fontsize=8)


def granted_words(states: pd.DataFrame) -> str:
    """The same in words; the chapter checks what they say of the child's route and of nationality."""
    return f"""A grid: {len(states)} claims of the other side in rows,
    the {len(states.columns)} conclusions in columns.
    A filled dot where the conclusion stands when the claim is granted,
    a cross where it falls, a diamond where it is undecided. The child's route has dots in every row.
    Granting South Korean nationality fells both routes through refugee status
    and spares the rule against torture."""
