"""The figure of the chapter on the definition: observations by profile on a line of years."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

START, END = 1996, 2027  # the years drawn
CHOSEN = "selected on outcome"  # the design of a sample that shows nothing of how often


def profiles(spans: pd.DataFrame, texts: dict[str, str]) -> Figure:
    """The years of which each observation speaks, against the texts of the criminal code.

    Args:
        spans: the observations in order: ``profile``, ``row``, first and last year (``begins``, ``ends``),
            the ``design`` of the sample, and whether it is ``dated`` by the events themselves.
        texts: the partial date from which a text of the code stood, or was no longer read, by its name.
    """
    drawing, axes = style.canvas((5.8, 7.6))
    end = _draw_groups(axes, spans)
    for name, day in texts.items():
        axes.axvline(_year(day), color=style.GREY, linewidth=0.9, zorder=0)
        axes.text(_year(day) + 0.2, -1.0, name, fontsize=9.5, color=style.INK, va="bottom")
    axes.set(xlim=(START - 0.3, END), ylim=(end, -2.6), yticks=[])
    axes.grid(False, axis="y")
    axes.spines["left"].set_visible(False)
    return drawing


def _draw_groups(axes: Axes, spans: pd.DataFrame) -> float:
    """A heading for each profile with its observations below it; gives where the last one ends."""
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    level = 0.0
    for profile, rows in spans.groupby("profile", sort=False):
        axes.text(START, level, profile, fontweight="bold", fontsize=11, va="center", bbox=ground)
        for item in rows.itertuples():
            level += 1
            _draw_span(axes, level, item)
        level += 1.4
    return level


def _draw_span(axes: Axes, level: float, item) -> None:
    """One observation: a bar over the years of the events, or a dotted line up to the time of asking."""
    colour, mark = (style.ORANGE, "D") if item.design == CHOSEN else (style.BLUE, "o")
    line: dict[str, Any] = {"linestyle": (0, (1, 3)), "linewidth": 1.6}
    if item.dated:
        line = {"linewidth": 4, "solid_capstyle": "butt"}
    axes.plot([item.begins if item.dated else START, item.ends], [level, level], color=colour, **line)
    ground = colour if item.dated else "white"
    axes.plot(item.ends, level, marker=mark, color=colour, markersize=7, markerfacecolor=ground)
    look: dict[str, Any] = {"xytext": (8, 0), "textcoords": "offset points", "va": "center", "fontsize": 9}
    clear = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    axes.annotate(item.row, (item.ends, level), bbox=clear, **look)


def profiles_words(spans: pd.DataFrame) -> str:
    """The figure in words, from the same observations."""
    hungry = spans[spans.profile.str.startswith("Left for food")]
    return f"""{len(spans)} observations in {spans.profile.nunique()} groups on a line of years. Only
    {spans.dated.sum()} give the years of the events; for the others only the time of asking is known. What is
    reported of people who left for food or work was gathered by {hungry.ends.max()}. Only one, on people
    returned in October 2023, speaks wholly of events after the last known text of the code."""


def _year(partial: str) -> float:
    """A partial date as a decimal year, at its first day."""
    day = pd.Timestamp(partial)
    return day.year + (day.day_of_year - 1) / 366
