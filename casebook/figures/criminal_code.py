"""The figures of the chapter on Article 47: the bands of penalty, and the returns under each text."""

from datetime import date
from itertools import count
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.analysis.law import IN_FORCE, UNCERTAIN, UNREAD
from casebook.publishing import style
from casebook.publishing.values import SMALL

SOLID, FADED = 1.5, 10  # an open band: height of the part that carries its name; where it has faded out
LIFE, DEATH = (10.8, 12.2), (12.4, 13.8)  # two rows above the scale of years

SHOWN = (1999, 2026.6)  # the years of the strip of returns
APART = 0.66  # years; marks closer than this are stacked
MARK = {
    IN_FORCE: ("o", style.BLUE, style.BLUE),
    UNCERTAIN: ("o", "white", style.ORANGE),
    UNREAD: ("s", style.PALE, style.GREY),
}  # how a text stood: shape, face, edge
LABEL = {
    "1987": "code of\n1987",
    "2004": "code of\n2004",
    "2012": "text of\n2012–15",
    "unread": "revised,\nnot read",
}


def penalties(bands: pd.DataFrame, change: tuple[date, date], until: date) -> Figure:
    """What each text threatened: betrayal by flight above, ordinary crossing below.

    Args:
        bands: the penalties, each with the first and the last day on which it is known to have stood
            (``start``, ``end``).
        change: the first and the last day on which the text may have changed.
        until: the day on which the drawing ends.
    """
    bands = bands.assign(start=bands.start.map(_year), end=bands.end.map(_year))
    seen = (bands.start.min(), bands.end.max(), _year(until))
    tops = {"betrayal": DEATH[1], "crossing": bands.max_years.max()}
    panels: Any  # canvas speaks of one panel; here are two
    drawing, panels = style.canvas((5.4, 6), rows=2, sharex=True, height_ratios=[14.1, 4.6])
    for axes, (offence, top) in zip(panels, tops.items(), strict=True):
        _panel(axes, bands[bands.offence.eq(offence)], top, seen)
        _strip(axes, *map(_year, change))
    _scales(panels, bands, tops, seen)
    return drawing


def _panel(axes: Axes, rules: pd.DataFrame, top: float, seen: tuple[float, float, float]) -> None:
    """The rules on one offence; hatched before the first of them and after the last known day."""
    start, known, end = seen
    for rule in rules.itertuples():
        _draw_rule(axes, rule, rules, top)
    if rules.start.min() > start:
        style.unread(axes, (start, rules.start.min()), (0, top), "not read")
    style.unread(axes, (known, end), (0, top), "revised, not read", rotation=90)
    axes.grid(False)


def _draw_rule(axes: Axes, rule, rules: pd.DataFrame, top: float) -> None:
    """One row of the table of penalties; ``rules`` are all on the same offence."""
    span, grave = (rule.start, rule.end), rule.gravity == "grave"
    if rule.punishment == "not_read":
        low = LIFE[0] if rule.offence == "betrayal" else 0
        style.unread(axes, span, (low, top), "grave\ncases:\nnot read" if grave else "not read")
    elif rule.punishment == "death":
        style.band(axes, span, DEATH, "death\nif grave" if grave else "death", style.INK)
    elif rule.punishment == "life_reform":
        style.band(axes, span, LIFE, "life\nif grave", style.GREY)
    elif pd.notna(rule.min_years):
        _draw_open(axes, span, rule.min_years)
    elif grave:  # drawn above the ordinary case of the same text
        low = rules[rules.gravity.eq("ordinary") & rules.start.eq(rule.start)].max_years.iloc[0]
        words = f"grave:\nto {rule.max_years:.0f} years"
        style.band(axes, span, (low, rule.max_years), words, style.BLUE)
    else:
        style.band(axes, span, (0, rule.max_years), _upper_limit(rule), style.PALE, style.INK)


def _draw_open(axes: Axes, span: tuple[float, float], lower: float) -> None:
    """A band with a lower limit and no upper one."""
    style.band(axes, span, (lower, lower + SOLID), f"{lower:.0f} years\nor more", style.BLUE)
    style.fade(axes, span, (lower + SOLID, FADED), style.BLUE)


def _upper_limit(rule) -> str:
    if rule.punishment == "kind_disputed":
        return f"kind disputed,\nup to {rule.max_years:.0f} years"
    return f"up to\n{rule.max_years:.0f} years"


def _strip(axes: Axes, first: float, last: float) -> None:
    """The days of which any may be that of the change: a white ground that hides the bands, and dots."""
    axes.axvspan(first, last, zorder=3, color="white")
    axes.axvspan(first, last, zorder=3, facecolor="none", edgecolor=style.GREY, hatch="....", lw=0)


def _scales(panels, bands: pd.DataFrame, tops: dict, seen: tuple) -> None:
    """Titles, limits and ticks of both panels, and the remark on a text that knew only death."""
    (above, below), (start, known, end) = panels, seen
    above.set(title="Betrayal by flight", ylim=(0, tops["betrayal"] + 0.2), xlim=(start, end))
    above.set_yticks([0, 2, 4, 6, 8, sum(LIFE) / 2, sum(DEATH) / 2], [*"0246", "8 years", "life", "death"])
    below.set(title="Ordinary crossing of the border", ylim=(0, tops["crossing"] + 0.2))
    below.set_yticks([0, 1, 2, 3], [*"012", "3 years"])
    only_death = bands[bands.punishment.eq("death") & bands.gravity.eq("ordinary")]
    look: dict[str, Any] = {"color": style.GREY, "ha": "center", "va": "center", "fontsize": 8}
    for rule in only_death.itertuples():
        above.text((rule.start + rule.end) / 2, 5, "no milder\nform reported", **look)
    ticks = sorted({int(when) for when in [*bands.start, known]})
    below.set_xticks(ticks, [str(year) for year in ticks])


def penalties_words(bands: pd.DataFrame, limits: dict[str, float], until: date) -> str:
    """The figure in words; ``limits`` are the lower and upper limits in years, by name."""
    years = {name: SMALL[int(limit)] for name, limit in limits.items()}
    return f"""Two panels over {bands.start.min().year} to {until.year}.
    Betrayal by flight: death from 1974; {years["floor-1987"]} years or more, and death if grave, from 1987;
    {years["floor-2004"]} years or more from April 2004, the sentence for grave cases hatched as not read;
    {years["floor-2015"]} years or more, life or death if grave, from 2012 to May 2022; hatched as not read
    after that. Ordinary crossing: not read before 1987; up to {years["crossing-1987"]} years from 1987, of
    labour whose kind is disputed; up to {years["crossing-2004"]} of labour training, and up to
    {years["crossing-2004-grave"]} years of reform through labour if grave, from 2004; not read since 2012."""


def returns(own: pd.DataFrame, counts: pd.Series, first_ended: date, change: int, last_known: date) -> Figure:
    """Every documented return to the DPRK as a mark, under the text of the code that stood on its day.

    Args:
        own: the returns, each with its first and its last day (``begins``, ``ends``) and how its text stood.
        counts: how many returns fall under each text, by the keys of ``LABEL``.
        first_ended: the day on which the first of the texts ended.
        change: the year in which the text changed on a day that is not known.
        last_known: the last day on which the last text is known to have stood.
    """
    drawing, axes = style.canvas((5.4, 2.7))
    top = _stack(axes, own)
    _name_texts(axes, counts, _draw_changes(axes, first_ended, change, last_known), top + 2)
    axes.set(xlim=SHOWN, ylim=(-0.7, top + 2.9), yticks=[])
    axes.set_xticks([2000, 2005, 2010, 2015, 2020, 2025])
    axes.grid(False)
    return drawing


def _stack(axes: Axes, own: pd.DataFrame) -> int:
    """One mark for each return, stacked where two would touch; gives the highest level."""
    middle = [(_year(act.begins) + _year(act.ends)) / 2 for act in own.itertuples()]
    placed: list[tuple[float, int]] = []
    for x, how in sorted(zip(middle, own.standing, strict=True)):
        taken = {level for where, level in placed if x - where <= APART}
        level = next(free for free in count() if free not in taken)
        placed.append((x, level))
        _mark(axes, x, level, how)
    return max(level for _, level in placed)


def _mark(axes: Axes, x: float, level: int, how: str) -> None:
    shape, face, edge = MARK[how]
    axes.plot(x, level, shape, markersize=8, markerfacecolor=face, markeredgecolor=edge, markeredgewidth=1.6)
    if how == UNCERTAIN:
        axes.text(x, level, "?", color=edge, ha="center", va="center", fontsize=7, fontweight="bold")


def _draw_changes(axes: Axes, first_ended: date, change: int, last_known: date) -> list[float]:
    """Lines where the texts changed, and a dotted strip for a year; gives where each change is drawn."""
    for day in (first_ended, last_known):
        axes.axvline(_year(day), color=style.GREY, linewidth=0.9, linestyle=":")
    whole = (change, change + 1)
    axes.axvspan(*whole, facecolor="white", edgecolor=style.PALE, hatch="....", linewidth=0, zorder=0)
    return [_year(first_ended), sum(whole) / 2, _year(last_known)]


def _name_texts(axes: Axes, counts: pd.Series, changes: list[float], y: float) -> None:
    """The name of each text and its number of returns, over the years in which it stood."""
    look: dict[str, Any] = {
        "ha": "center",
        "va": "center",
        "fontsize": 8.5,
        "color": style.INK,
        "linespacing": 1.2,
    }
    edges = [SHOWN[0], *changes, SHOWN[1]]
    for (name, words), left, right in zip(LABEL.items(), edges, edges[1:], strict=False):
        axes.text((left + right) / 2, y, f"{words}\n{counts.get(name, 0)}", **look)


def returns_words(own: pd.DataFrame) -> str:
    """The figure in words, from the same returns."""
    doubtful, unread = (own[own.standing.eq(how)] for how in (UNCERTAIN, UNREAD))
    doubtful_years = " and ".join(str(day.year) for day in doubtful.begins)
    return f"""A strip of the documented returns to the DPRK by year, {own.begins.min().year} to
    {own.ends.max().year}, divided by the dates on which the criminal code changed. Filled dots fall under the
    code of 1987, the code of 2004 or the text of 2012 to 2015; {SMALL[len(doubtful)]} open dots with a
    question mark, in {doubtful_years}, cannot be placed; grey squares from {unread.begins.min():%B %Y} on
    fall after a revision that was not read."""


def _year(day: date) -> float:
    """A day as a decimal year."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25
