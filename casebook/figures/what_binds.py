"""The figures of the chapter on what binds whom: treaties, and the agreements of the two States, in time."""

from textwrap import fill
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.analysis.law import first_day
from casebook.publishing import style
from casebook.publishing.dates import said
from casebook.publishing.style import decimal_year

Look = dict[str, Any]  # options of a drawing call that several calls share

COLOUR = {"China": style.INK, "DPRK": style.GREY}
# How a State stands towards a treaty: the mark, its size and its edge
STANDING = {"bound": ("o", 30, 1.4), "signed only": ("D", 30, 1.4), "not on the list": ("X", 52, 0)}
SORTS = {
    ("bound", "bound"): "Both States bound",
    ("bound", "not on the list"): "China bound, the DPRK not on the list",
    ("signed only", "bound"): "The DPRK bound; China signed only",
}  # the treaties in groups, by how China and how the DPRK stands
PLAIN = {
    "UN Charter": "Charter of the United Nations",
    "CEDAW": "Women's convention (CEDAW)",
    "CRC": "Rights of the Child (CRC)",
    "1951 Convention": "Refugee Convention, 1951",
    "1967 Protocol": "Refugee Protocol, 1967",
    "CAT": "Convention against Torture (CAT)",
    "VCLT": "Law of treaties (VCLT)",
    "ICCPR": "Civil and political rights (ICCPR)",
}  # names that a reader knows
FIRST, EDGE = 1945, 2026  # the years drawn
THICK = 0.62  # of a bar, in lines
MIDDLE = 1990  # before it words stand to the right of a mark, after it to the left


class Page(NamedTuple):
    """Where the parts of a line stand, in years from the first one drawn, and the height of a drawing."""

    height: float
    left: float  # the edge
    state: float  # where the name of the State begins
    right: float
    gap: float  # between a mark and words
    wide: bool


PAGES = {False: Page(5.0, -70, -38, 28, 1.2, True), True: Page(6.1, -28, -28, 37, 2, False)}


def timeline(standings: pd.DataFrame, listed: str, day: str, *, narrow: bool = False) -> Figure:
    """Who is bound by which treaty since when, and how each State stood on a day.

    Args:
        standings: a row for each treaty and State, in the order of the drawing: ``row`` (its name in the
            table), ``instrument``, ``state``, ``drawn`` (a name in ``STANDING``), ``day``, and whether
            that is ``derived``.
        listed: the day of the last list of all parties that was read.
        day: the day asked about.
        narrow: for a phone.
    """
    page = PAGES[narrow]
    drawing, axes = style.canvas(page.height, narrow=narrow)
    line, sort = 0.0, ""
    for name, pair in standings.groupby("instrument", sort=False):
        now = SORTS[tuple(pair.drawn)]
        if now != sort:
            axes.text(
                FIRST + page.left,
                line + 0.2,
                now,
                fontsize=10,
                fontweight="bold",
                va="center",
                bbox=style.CLEAR,
            )
            line, sort = line + 1.3, now
        line = _draw_treaty(axes, line, name, pair, (listed, day), page)
    _frame(axes, line, (listed, day), page)
    return drawing


def _draw_treaty(
    axes: Axes, line: float, name: str, pair: pd.DataFrame, days: tuple[str, str], page: Page
) -> float:
    """The name of a treaty, and a line for each State; gives the line after them."""
    plain = PLAIN.get(name, name)
    if page.wide:
        axes.text(FIRST + page.left, line + 0.5, fill(plain, 19), fontsize=8.5, va="center", linespacing=1.05)
    else:
        axes.text(FIRST + page.left, line, plain, fontsize=8.5, va="center")
        line += 1
    for standing in pair.itertuples():
        _draw_standing(axes, line, standing, days, page)
        line += 1
    return line + 0.35


def _draw_standing(axes: Axes, y: float, standing, days: tuple[str, str], page: Page) -> None:
    """One State's standing towards one treaty: a bar from its first day, and how it is on the day asked."""
    listed, day = (decimal_year(first_day(partial)) for partial in days)
    start, colour = decimal_year(first_day(standing.day)), COLOUR[standing.state]
    words = f"{standing.state}, {PLAIN.get(standing.instrument, standing.instrument)}: {_told(standing)}"
    _name(axes, y, standing, start, page)
    marks = {start: colour, day: style.INK}
    if standing.drawn == "not on the list":
        marks = {listed: style.INK}
    elif standing.drawn == "signed only":
        axes.plot([start, EDGE], [y, y], color=colour, linewidth=1.4, linestyle=":")
    else:
        marks = {day: style.INK}
        for left, right, alpha in ((start, listed, 1), (listed, EDGE, 0.45)):
            bar = axes.barh(y, right - left, left=left, height=THICK, color=colour, alpha=alpha)[0]
            style.link(bar, standing.row, words)
    face = {"bound": colour, "signed only": style.WHITE}.get(standing.drawn, style.INK)
    for x, edge in marks.items():
        marker, size, edge_width = STANDING[standing.drawn]
        look: Look = {"marker": marker, "s": size, "linewidth": edge_width, "zorder": 3}
        style.link(axes.scatter([x], [y], facecolor=face, edgecolor=edge, **look), [standing.row], [words])


def _name(axes: Axes, y: float, standing, start: float, page: Page) -> None:
    """The words of a line: the State, the day before its mark, and how it stands on the day asked."""
    look: Look = {"fontsize": 8.5, "va": "center"}
    axes.text(FIRST + page.state, y, standing.state, **look)
    weight = "bold" if standing.drawn == "bound" else "normal"
    axes.text(EDGE + page.gap, y, standing.drawn, fontweight=weight, **look)
    if standing.drawn != "not on the list":
        when = said(standing.day, short=True) if page.wide else standing.day[:4]
        words, gap = (when, 1) if standing.drawn == "bound" else (f"signed {when}", 3)
        axes.text(start - page.gap * gap, y, words, ha="right", **look)


def _told(standing) -> str:
    """How a State stands, in words, with the day."""
    if standing.drawn == "bound":
        return f"bound since {said(standing.day)}" + (", a day that was derived" if standing.derived else "")
    return f"{standing.drawn}, {said(standing.day)}"


def _frame(axes: Axes, end: float, days: tuple[str, str], page: Page) -> None:
    """The two days as lines with their names, and the scale of years."""
    listed, day = days
    top: Look = {"fontsize": 8.5, "va": "center", "linespacing": 1.1}
    for partial, stroke in ((listed, (0, (2, 2))), (day, "-")):
        x = decimal_year(first_day(partial))
        axes.vlines(x, -0.4, end - 0.4, color=style.INK, linewidth=0.9, linestyle=stroke, zorder=0.5)
    axes.text(decimal_year(first_day(listed)), -1, f"list of {said(listed)}", ha="right", **top)
    axes.text(decimal_year(first_day(day)), -1, said(day, short=not page.wide), fontweight="bold", **top)
    axes.set(xlim=(FIRST + page.left, FIRST + page.right + EDGE - FIRST), ylim=(end - 0.3, -1.5), yticks=[])
    axes.set_xticks(range(1950, 2021, 20))
    axes.spines["bottom"].set_bounds(FIRST, EDGE)
    axes.grid(False)


def timeline_words(listed: str) -> str:
    """The figure in words; ``listed`` is the day of the last list of all parties that was read."""
    return f"""One row for each of the treaties, with a bar for China and a bar for the DPRK, and how each
    stood on the day of the largest documented return. Both are bound by the UN Charter, the convention on
    discrimination against women and the Convention on the Rights of the Child. China alone is bound by the
    1951 Convention, its Protocol, the Convention against Torture and the Vienna Convention; the DPRK is not
    on the list of {first_day(listed):%B %Y}. The DPRK alone is bound by the Covenant on Civil and Political
    Rights; for China a dotted line shows a signature only."""


def agreements(deals: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """The agreements between the two States by the day of signature, and what of each was read.

    Args:
        deals: the agreements by day: ``short_title``, ``adopted``, the day of the next text (``until``), what
            is known of the text in words (``text``), and whether words of it were ``read``; indexed by name.
        narrow: for a phone.
    """
    drawing, axes = style.canvas(4.4 if narrow else 3.2, narrow=narrow)
    names = [name.split(" (")[0] for name in deals.short_title]
    for y, (name, deal) in enumerate(zip(names, deals.itertuples(), strict=True)):
        _draw_deal(axes, y, name, deal, 3.5 if narrow else 1.5)
        if narrow:
            axes.text(1950, y - 0.44, name, fontsize=8.5, va="center")
    axes.set(yticks=[] if narrow else range(len(names)), ylim=(len(names) - 0.4, -0.8), xlim=(1950, 2022))
    axes.set_xticks(range(1950, 2021, 20 if narrow else 10))
    if not narrow:
        axes.set_yticklabels(names)
    axes.grid(False)
    return drawing


def _draw_deal(axes: Axes, y: int, name: str, deal, gap: float) -> None:
    """One agreement: a square on its day, filled if words were read, and what is known of the text."""
    x = decimal_year(first_day(deal.adopted))
    side, ha = (gap, "left") if x < MIDDLE else (-gap, "right")
    axes.text(x + side, y, deal.text, ha=ha, fontsize=8.5, va="center")
    look: Look = {"marker": "s", "s": 46, "edgecolor": style.INK, "linewidth": 1.6}
    mark = axes.scatter([x], [y], facecolor=style.INK if deal.read else style.WHITE, **look)
    after = f"; next text {deal.until}" if pd.notna(deal.until) else ""
    style.link(mark, [deal.instrument_id], [f"{name}, signed {said(deal.adopted)}: {deal.text}{after}"])


def agreements_words(deals: pd.DataFrame) -> str:
    """The figure in words, from the same agreements."""
    return f"""{len(deals)} squares on a line of years, one for each agreement between the two States, from
    {deals.adopted.min()[:4]} to {deals.adopted.max()[:4]}. {deals.read.sum()} are filled, since words of the
    text were read; the others are open, since the text is leaked or unpublished."""
