"""The figure of the chapter on the border protocol of 1986 among its relatives."""

from textwrap import wrap
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.analysis.law import first_day
from casebook.publishing import style
from casebook.publishing.dates import said
from casebook.publishing.style import decimal_year
from casebook.publishing.values import SMALL

Look = dict[str, Any]  # options of a drawing call that several calls share

MARKS: dict[str, Look] = {  # by what was seen of a text
    "read": {"marker": "o", "facecolor": style.INK, "edgecolor": style.INK, "linewidth": 1.8},
    "reported": {"marker": "o", "facecolor": style.WHITE, "edgecolor": style.INK, "linewidth": 1.8},
    "none": {"marker": "X", "facecolor": style.GREY, "edgecolor": style.GREY, "linewidth": 0},
}
FIRST, LAST = 1953, 2018  # the years drawn
LINE = 0.162  # inches from one line of words to the next
HEAD = 4  # lines over the first text, for the conventions


class Page(NamedTuple):
    """Where the parts of a text stand: in years, and in lines from its first one."""

    wide: bool
    names: float  # the left edge of names
    words: float  # the left edge of who published what
    edge: float  # the right edge of the drawing
    letters: int  # in a line of words


PAGES = {
    False: Page(True, FIRST - 31, LAST + 1, LAST + 53, 42),
    True: Page(False, FIRST, FIRST, LAST, 52),
}


def lineage(texts: pd.DataFrame, conventions: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """When each border text was signed, what was seen of it, and who published its words when.

    Args:
        texts: a row for each text, the oldest first, with its short title (``text``), the partial dates
            ``signed`` and ``publicly_reported``, the ``state`` of our knowledge (read, reported or none),
            the ``words`` that name this state, who ``published`` what (parts joined by "; and "), and the
            source of the first report (``first_source``).
        conventions: three treaties drawn as dashed lines, with a name (``text``) and the day from which
            each was in force for China (``signed``).
        narrow: for a phone.
    """
    page = PAGES[narrow]
    heights = [_height(text, page) for text in texts.itertuples()]
    end = HEAD + sum(heights)
    drawing, axes = style.canvas(end * LINE + 0.35, narrow=narrow)
    top = float(HEAD)
    for text, height in zip(texts.itertuples(), heights, strict=True):
        _text(axes, (top, top + height), text, conventions, page)
        top += height
    _name_conventions(axes, conventions, page)
    axes.set(xlim=(page.names, page.edge), ylim=(end, -0.6), yticks=[], xticks=range(1960, 2011, 10))
    axes.spines["bottom"].set_bounds(FIRST, LAST)
    axes.tick_params(labelsize=8.5)
    axes.grid(False)
    return drawing


def lineage_words(texts: pd.DataFrame, conventions: pd.DataFrame) -> str:
    """Say in words what :func:`lineage` shows; its arguments are the same."""
    signed, public = texts.signed.str[:4], texts.publicly_reported.str[:4]
    count, unseen = SMALL[len(texts)], SMALL[texts.state.eq("none").sum()]
    return f"""Timeline of {count} agreements between China and the DPRK. Some words were read of the record
        of {signed.BP1955}, the protocol of {signed.BP1964} and the agreement of {signed.BP1998}; that of
        {signed.BP1986} is known as reported only; of {unseen} others no text was found. Words of the protocol
        of {signed.BP1964} were public by {public.BP1964}, of that of {signed.BP1986} by {public.BP1986}, of
        that of {signed.BP1998} by {public.BP1998}. The texts of {signed.BP1986} and {signed.BP1998} were both
        signed after the Refugee Convention had come into force for China in {conventions.signed.ST01[:4]}.
        Beside each text stands who published what of it: {"; ".join(signed + ", " + texts.published)}."""


def _lines(published: str, page: Page) -> list[str]:
    """Who published what of a text, in lines."""
    return [line for part in published.split("; and ") for line in wrap(part, page.letters)]


def _height(text, page: Page) -> float:
    """How many lines a text takes."""
    words = len(_lines(text.published, page))
    return max(words, 2) + 1 if page.wide else words + (3.9 if _in_secret(text) else 3.1)


def _in_secret(text) -> bool:
    """Whether words of a text were known as public only years after it was signed."""
    return pd.notna(text.publicly_reported) and _year(text.publicly_reported) - _year(text.signed) > 1


def _text(axes: Axes, span: tuple[float, float], text, conventions: pd.DataFrame, page: Page) -> None:
    """One text: its words, and its marks on the line of years, across which the conventions stand."""
    top, bottom = span
    ground = style.GRID if text.state == "reported" else style.WHITE
    axes.axhspan(top, bottom, color=ground, linewidth=0, zorder=0)
    _words(axes, span, text, page)
    y = (top + bottom) / 2 if page.wide else bottom - 0.9
    across = span if page.wide else (y - 0.6, y + 0.6)
    for when in conventions.signed:
        axes.vlines(_year(when), *across, color=style.GREY, linewidth=0.9, linestyle="--", zorder=0.5)
    _marks(axes, y, text, ground)


def _words(axes: Axes, span: tuple[float, float], text, page: Page) -> None:
    """The name of a text, what was seen of it, and who published what."""
    look: Look = {"fontsize": 8.5, "va": "center"}
    lines, middle, left = _lines(text.published, page), sum(span) / 2, page.names + 0.5
    first = middle - 0.5 if page.wide else span[0] + 0.8
    axes.text(left, first, _name(text), fontweight="bold", **look)
    if page.wide:
        axes.text(left, first + 1, text.words, **look)
    else:
        axes.text(page.edge - 0.5, first, text.words, ha="right", **look)
    start = middle - (len(lines) - 1) / 2 if page.wide else first + 1
    for nth, line in enumerate(lines):
        axes.text(page.words + 0.5, start + nth, line, **look)


def _name(text) -> str:
    """The short title of a text without what stands in brackets."""
    return text.text.split(" (")[0]


def _marks(axes: Axes, y: float, text, ground: str) -> None:
    """A mark at the signature, and dots from there until the words were public."""
    name = f"{_name(text)}, {said(text.signed)}"
    if _in_secret(text):
        signed, public = _year(text.signed), _year(text.publicly_reported)
        axes.plot([signed, public], [y, y], color=style.INK, linewidth=1.3, linestyle=":")
        axes.plot([public], [y], marker="|", markersize=10, markeredgewidth=1.5, color=style.INK)
        box: Look = {"facecolor": ground, "edgecolor": "none", "pad": 0.4}
        words = f"public by {text.publicly_reported[:4]}"
        label = axes.text(public + 1, y - 0.95, words, fontsize=8, va="center", ha="right", bbox=box)
        style.link(label, text.first_source, f"{name}: words reported {said(text.publicly_reported)}")
    mark = axes.scatter([_year(text.signed)], [y], s=62, zorder=3, **MARKS[text.state])
    style.link(mark, [text.Index], [f"{name}: {text.words}. {text.published}"])


def _name_conventions(axes: Axes, conventions: pd.DataFrame, page: Page) -> None:
    """Over the texts, the name of each treaty at the left of its dashed line, the latest at the top."""
    axes.text(FIRST + 0.5, 0, "In force for China:", fontsize=8.5, va="center", color=style.AXIS)
    for nth, (name, (words, when)) in enumerate(zip(conventions.index, conventions.to_numpy(), strict=True)):
        height, x = HEAD - 0.9 - nth, _year(when)
        axes.vlines(x, height - 0.5, HEAD, color=style.GREY, linewidth=0.9, linestyle="--")
        look: Look = {"fontsize": 8.5, "va": "center", "ha": "right", "color": style.AXIS}
        label = axes.text(x - 1, height, f"{words} {when[:4]}", **look)
        style.link(label, name, f"{words}, in force for China since {said(when)}")


def _year(partial: str) -> float:
    """A partial date as a point in time."""
    return decimal_year(first_day(partial))
