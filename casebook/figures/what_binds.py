"""The figure of the chapter on what binds whom: treaties and agreements on a line of years."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.analysis.law import first_day
from casebook.publishing import style

COLOUR = {"China": style.BLUE, "DPRK": style.ORANGE}
SHIFT = {"China": 0.2, "DPRK": -0.2}  # the two States stand above and below the middle of a row
FIRST, EDGE = 1930, 2028  # where the drawing begins and ends; nothing happens in the last year
TAIL = 3.5  # length of a tail whose end is not known; it means nothing
GAP = 1.6  # years between a mark and the words before it


def timeline(standings: pd.DataFrame, deals: pd.DataFrame, listed: str) -> Figure:
    """Who is bound by which treaty since when, and below the agreements between the two States.

    Args:
        standings: a row for each treaty and State, in the order of the drawing: ``instrument``, ``state``,
            ``drawn`` ("bound", "signed only", "not on the list"), ``day``, and whether that is ``derived``.
        deals: the agreements by day: ``short_title``, ``adopted``, the day of the next text (``until``),
            what is known of the text in words (``text``), and whether words of it were ``read``.
        listed: the day of the last list of all parties that was read.
    """
    panels: Any  # canvas speaks of one panel; here are two
    drawing, panels = style.canvas((7.2, 8.4), rows=2, sharex=True, height_ratios=[8, 4.6])
    above, below = panels
    treaties = _treaties(above, standings, _year(listed))
    _deals(below, deals)
    for axes, rows in ((above, treaties), (below, len(deals))):
        axes.set(xlim=(FIRST, EDGE), ylim=(-rows + 0.4, 0.6))
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", labelsize=9)
    words = f"list of {first_day(listed):%B %Y}"
    above.text(_year(listed), 0.6, words, fontsize=8.5, ha="center", va="bottom", color=style.INK)
    return drawing


def _treaties(axes: Axes, standings: pd.DataFrame, listed: float) -> int:
    """A row for each treaty; gives how many there are."""
    names = list(standings.instrument.unique())
    for standing in standings.itertuples():
        y = -names.index(standing.instrument) + SHIFT[standing.state]
        _draw_standing(axes, y, standing, listed)
    axes.set(yticks=[-place for place in range(len(names))], yticklabels=names)
    axes.axvline(listed, color=style.INK, linewidth=0.8, linestyle=(0, (2, 2)), zorder=0)
    axes.set_title("Treaties: who is bound, from when")
    return len(names)


def _draw_standing(axes: Axes, y: float, standing, listed: float) -> None:
    """One State's standing towards one treaty."""
    start, state, colour = _year(standing.day), standing.state, COLOUR[standing.state]
    if standing.drawn == "not on the list":
        axes.plot(start, y, "x", color=style.GREY, markersize=6, markeredgewidth=1.8)
        _name(axes, start, y, f"{state} not on the list", style.GREY)
    elif standing.drawn == "bound":
        axes.plot([start, listed], [y, y], color=colour, linewidth=5, solid_capstyle="butt")
        axes.plot([listed, EDGE], [y, y], color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
        _mark(axes, start, y, "o", colour, hollow=standing.derived)
        _name(axes, start, y, f"{state} {int(start)}", colour)
    else:
        axes.plot([start, EDGE], [y, y], color=colour, linewidth=1.4, linestyle=":")
        _mark(axes, start, y, "D", colour, hollow=True)
        _name(axes, start, y, f"{state} signed {int(start)}, not bound", colour)


def _mark(axes: Axes, x: float, y: float, shape: str, colour: str, hollow: bool, **options) -> None:
    ground = "white" if hollow else colour
    look: dict[str, Any] = {"marker": shape, "markersize": 7, "markeredgewidth": 1.8, **options}
    axes.plot(x, y, color=colour, markerfacecolor=ground, **look)


def _name(axes: Axes, x: float, y: float, words: str, colour: str, weight: str = "bold") -> None:
    """Words before a mark."""
    axes.text(x - GAP, y, words, ha="right", va="center", fontsize=8.5, color=colour, fontweight=weight)


def _deals(axes: Axes, deals: pd.DataFrame) -> None:
    """A row for each agreement: its day, what was read of it, and a tail to the next text."""
    for place, deal in enumerate(deals.itertuples()):
        start, known = _year(deal.adopted), pd.notna(deal.until)
        stop = _year(deal.until) if known else start + TAIL
        axes.plot([start, stop], [-place, -place], color=style.INK, linewidth=1.4, linestyle=(0, (3, 2)))
        _mark(axes, start, -place, "s", style.INK, hollow=not deal.read, linestyle="none")
        tip = f"next text {deal.until}" if known else "?"
        axes.text(stop + 0.6, -place, tip, va="center", fontsize=9, color=style.INK)
        _name(axes, start, -place, deal.text, style.INK, weight="normal")
    names = deals.short_title.str.replace(r" \(.*", "", regex=True)
    axes.set(yticks=[-place for place in range(len(deals))], yticklabels=names)
    axes.set_title("Agreements between the two: signed; no day in force is known")


def timeline_words(listed: str) -> str:
    """The figure in words; ``listed`` is the day of the last list of all parties that was read."""
    return f"""Two panels over time. Above, one row for each of the treaties, with a bar for China and a bar
    for the DPRK. Both are bound by the UN Charter, the convention on discrimination against women and the
    Convention on the Rights of the Child. China alone is bound by the 1951 Convention, its Protocol, the
    Convention against Torture and the Vienna Convention; the DPRK is not on the list of
    {first_day(listed):%B %Y}. The DPRK alone is bound by the Covenant on Civil and Political Rights; for
    China a dotted line shows a signature only. Below, the agreements between the two States, with their years
    of signature and tails that end in question marks."""


def _year(day: str) -> float:
    """A partial date as a decimal year, at its first day."""
    when = first_day(day)
    return when.year + (when.timetuple().tm_yday - 1) / 366
