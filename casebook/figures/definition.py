"""The figure of the chapter on the definition: observations by profile on a line of years."""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.analysis.law import first_day, last_day
from casebook.publishing import style
from casebook.publishing.dates import said
from casebook.publishing.style import decimal_year

START, END = 1998, 2026.2  # the years drawn
CHOSEN = "selected on outcome"  # the design of a sample that shows nothing of how often


class Page(NamedTuple):
    """The height of a drawing, and how far its words reach beyond the years, in years."""

    height: float
    left: float
    right: float


PAGES = {False: Page(5.2, 20.5, 30), True: Page(6.0, 31, 0)}


def profiles(spans: pd.DataFrame, changes: list[str], *, narrow: bool = False) -> Figure:
    """The years of which each observation speaks, against the days on which the criminal code changed.

    Args:
        spans: the observations in order: ``profile``, ``row``, what it says (``label``), by whom
            (``publisher``), of which years (``years``), first and last year (``begins``, ``ends``), the
            ``design`` of the sample, and whether it is ``dated`` by the events themselves.
        changes: the partial dates on which the text changed; after the last, none was read.
        narrow: for a phone.
    """
    page = PAGES[narrow]
    drawing, axes = style.canvas(page.height, narrow=narrow)
    end = _draw_groups(axes, spans, page)
    _draw_changes(axes, changes, end, page)
    axes.set(xlim=(START - page.left, END + page.right), ylim=(end, -2.7), yticks=[])
    axes.set_xticks([2000, 2010, 2020] if narrow else range(2000, 2026, 5))
    axes.spines["bottom"].set_bounds(START, END)
    axes.grid(False)
    return drawing


def _draw_groups(axes: Axes, spans: pd.DataFrame, page: Page) -> float:
    """A heading for each profile with its observations below it; gives where the last one ends."""
    level = 0.0
    for profile, rows in spans.groupby("profile", sort=False):
        axes.text(START - page.left, level, profile, fontweight="bold", va="center", bbox=style.CLEAR)
        for item in rows.itertuples():
            level += 1
            _draw_span(axes, level, item, page)
        level += 1.35
    return level - 0.6


def _draw_span(axes: Axes, level: float, item, page: Page) -> None:
    """One observation: a bar over the years of the events, or a dotted line up to the time of asking."""
    axes.text(START - page.left, level, item.label, fontsize=8.5, va="center")
    if page.right:
        look: dict[str, Any] = {"fontsize": 8, "color": style.GREY, "va": "center"}
        axes.text(END + 0.8, level, item.publisher, **look)
    colour, mark = style.INK if item.dated else style.REPORTED, "D" if item.design == CHOSEN else "o"
    line: dict[str, Any] = {"linestyle": ":", "linewidth": 1.4}
    if item.dated:
        line = {"linewidth": 5, "solid_capstyle": "butt"}
    axes.plot([item.begins if item.dated else START, item.ends], [level, level], color=colour, **line)
    look = {"marker": mark, "s": 44, "edgecolor": colour, "linewidth": 1.5, "zorder": 3}
    point = axes.scatter([item.ends], [level], facecolor=colour if item.dated else style.WHITE, **look)
    style.link(point, [item.row], [f"{item.label}; {item.publisher}, {item.years}"])


def _draw_changes(axes: Axes, changes: list[str], end: float, page: Page) -> None:
    """A line on each day on which the code changed, and a pale ground where no text was read."""
    axes.text(START - page.left, -1.9, "The criminal code changed", fontsize=8.5, va="center")
    for partial in changes:
        day = decimal_year(last_day(partial) if partial == changes[-1] else first_day(partial))
        axes.vlines(day, -1.1, end, color=style.GREY, linewidth=0.9, zorder=0.5)
        words = said(partial, short=True) if page.right else said(partial[:7], short=True).replace(" ", "\n")
        axes.text(day, -1.9, words, fontsize=8.5, ha="center", va="center", linespacing=1.05)
    axes.fill_between([day, END], -1.1, end, color=style.GRID, alpha=0.6, zorder=0, linewidth=0)


def profiles_words(spans: pd.DataFrame) -> str:
    """The figure in words, from the same observations."""
    hungry = spans[spans.profile.str.startswith("Left for food")]
    return f"""{len(spans)} observations in {spans.profile.nunique()} groups on a line of years. Only
    {spans.dated.sum()} give the years of the events; for the others only the time of asking is known. What is
    reported of people who left for food or work was gathered by {hungry.ends.max()}. Only one, on people
    returned in October 2023, speaks wholly of events after the last known text of the code."""
