"""The figure of the chapter on the border protocol of 1986 among its relatives."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.analysis.law import first_day
from casebook.figures.dates import said
from casebook.publishing import style
from casebook.publishing.style import decimal_year
from casebook.publishing.values import SMALL

Look = dict[str, Any]  # options of a drawing call that several calls share

MARK = {  # marker, size, its inside and the width of its edge, by what was seen of a text
    "read": ("s", 54, style.INK, 1.6),
    "reported": ("s", 54, style.WHITE, 1.6),
    "none": ("X", 58, style.INK, 0),
}
FIRST, LAST, EDGE = 1952, 2019, 2029  # the years drawn, with room for words; the last on a phone
SPLIT = 1975  # before it the date stands to the right of a mark, after it to the left
DOUBT = {"EXT60": "1960, or early 1960s"}  # a date on which the sources differ
CALLED = {
    "1951 Convention": "on\nrefugees",
    "Torture Convention": "against\ntorture",
    "Vienna Convention": "on the law\nof treaties",
}


def lineage(texts: pd.DataFrame, conventions: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Show when each border text was signed, what was seen of it and when its words became public.

    Args:
        texts: a row for each text, the lowest of the figure first, with its short title (``text``), the
            partial dates ``signed`` and ``publicly_reported``, the ``state`` of our knowledge (read,
            reported or none) and the ``words`` that name this state.
        conventions: the three treaties drawn as dashed lines, with a name (``text``) and the day from
            which each was in force for China (``signed``).
        narrow: for a phone.
    """
    drawing, axes = style.canvas(5.4 if narrow else 4.4, narrow=narrow)
    for place, text in enumerate(texts.itertuples()):
        _draw_text(axes, place, text, narrow)
        _name(axes, place, text, narrow)
    _draw_conventions(axes, conventions, len(texts), narrow)
    axes.set(xlim=(FIRST, EDGE if narrow else LAST), ylim=(-0.5, len(texts) + 0.6), yticks=[])
    axes.set_xticks(range(1960, 2011, 20 if narrow else 10))
    axes.grid(False)
    return drawing


def lineage_words(texts: pd.DataFrame, conventions: pd.DataFrame) -> str:
    """Say in words what :func:`lineage` shows; its arguments are the same."""
    signed, public = texts.signed.str[:4], texts.publicly_reported.str[:4]
    count, unseen = SMALL[len(texts)], SMALL[texts.state.eq("none").sum()]
    return f"""Timeline of {count} agreements between China and the DPRK. Some words were read of the record
        of {signed.BP1955}, the protocol of {signed.BP1964} and the agreement of {signed.BP1998}; that of
        {signed.BP1986} is known as reported only; of {unseen} others no text was found. The protocol of
        {signed.BP1964} became public in {public.BP1964}, that of {signed.BP1986} in {public.BP1986}, that of
        {signed.BP1998} in {public.BP1998}. The texts of {signed.BP1986} and {signed.BP1998} were both signed
        after the Refugee Convention had come into force for China in {conventions.signed.ST01[:4]}."""


def _draw_text(axes: Axes, place: int, text, narrow: bool) -> None:
    """One text on its line: a mark at its signature, and dots from there until it became public."""
    signed, told = _year(text.signed), f"{text.text}, signed {_dated(text)}: {text.words}"
    if pd.notna(text.publicly_reported) and _year(text.publicly_reported) - signed > 1:
        public = _year(text.publicly_reported)
        axes.plot([signed, public], [place] * 2, color=style.INK, linewidth=1.3, linestyle=":")
        axes.plot([public], [place], marker="|", markersize=11, color=style.INK)
        words = f"public {public:.0f}" if narrow else f"first report {public:.0f}"
        axes.text(public + 1, place, words, va="center", fontsize=8.5, bbox=style.CLEAR)
        told += f"; first report of words that we found, {said(text.publicly_reported)}"
    marker, size, face, edge = MARK[text.state]
    look: Look = {"marker": marker, "s": size, "edgecolor": style.INK, "linewidth": edge, "zorder": 3}
    style.link(axes.scatter([signed], [place], facecolor=face, **look), [text.Index], [told])
    gap, side = (-2.6 if narrow else -1.6, "right") if signed > SPLIT else (2.6 if narrow else 1.6, "left")
    axes.text(signed + gap, place, _dated(text), ha=side, va="center", fontsize=8.5, bbox=style.CLEAR)


def _name(axes: Axes, place: int, text, narrow: bool) -> None:
    """The title of a text and what was seen of it: beside its line, or above it on a phone."""
    title = text.text.replace(" (revised text)", "")
    look: Look = {"fontsize": 8.5, "bbox": style.CLEAR}
    if narrow:
        axes.text(FIRST, place + 0.4, title, va="center", fontweight="bold", **look)
        axes.text(EDGE, place + 0.4, text.words, va="center", ha="right", **look)
        return
    where = axes.get_yaxis_transform()
    axes.text(-0.32, place, title, va="bottom", transform=where, fontweight="bold", **look)
    axes.text(-0.32, place - 0.06, text.words, va="top", transform=where, **look)


def _draw_conventions(axes: Axes, conventions: pd.DataFrame, top: int, narrow: bool) -> None:
    """A dashed line where each treaty came into force for China, with its name above."""
    sides = ("right", "center", "left")
    for (name, when), side in zip(conventions.to_numpy(), sides, strict=True):
        axes.vlines(_year(when), -0.5, top - 0.35, color=style.GREY, linewidth=1, linestyle="--", zorder=0)
        words = f"{CALLED[name]}\n{when[:4]}"
        axes.text(_year(when), top - 0.3, words, ha=side, va="bottom", fontsize=8.5, linespacing=1.1)
    words = "Conventions\nin force\nfor China:" if narrow else "Conventions in\nforce for China:"
    axes.text(FIRST, top - 0.3, words, va="bottom", fontsize=8.5, linespacing=1.1)


def _dated(text) -> str:
    return DOUBT.get(text.Index, said(text.signed, short=True))


def _year(partial: str) -> float:
    """A partial date as a point in time."""
    return decimal_year(first_day(partial))
