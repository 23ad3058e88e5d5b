"""The figures of the chapter on Article 47: the penalties of each text, and the returns under each text."""

from datetime import date
from itertools import count, pairwise
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.analysis.law import IN_FORCE, UNCERTAIN, UNREAD, first_day, last_day
from casebook.publishing import style
from casebook.publishing.dates import said
from casebook.publishing.style import decimal_year
from casebook.publishing.values import SMALL

Look = dict[str, Any]  # options of a drawing call that several calls share

# Beside the scale of years: where a bar without an upper limit ends in a point, and two columns
TIP, LIFE, DEATH, EDGE = 10.6, (11, 13.9), (14.1, 17), 17.1
THICK = 0.8  # of a row
TITLE = {
    "betrayal": "Betrayal by flight: years of reform through labour, or death",
    "crossing": "Ordinary crossing of the border: years of labour",
}
KIND = {
    "death": "death",
    "life_reform": "life",
    "reform_through_labour": "reform through labour",
    "labour_training": "labour training",
    "kind_disputed": "kind of labour disputed",
    "not_read": "penalty not read",
}
FACE = {
    "death": style.INK,
    "life_reform": style.GREY,
    "reform_through_labour": style.SKY,
    "labour_training": style.PALE,
    "kind_disputed": style.WHITE,
}

SHOWN = (1999, 2026.4)  # the years of the strip of returns
MARK = {
    IN_FORCE: ("o", style.RETURNED, "under the {} of {}"),
    UNCERTAIN: ("o", style.WHITE, "the date allows two texts"),
    UNREAD: ("s", style.WHITE, "after a revision that was not read"),
}  # how a text stood: shape, face, words
LABEL = {
    "1987": "code of\n1987",
    "2004": "code of\n2004",
    "2012": "text of\n2012–15",
    "unread": "revised,\nnot read",
}


def penalties(bands: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """What each text threatened, a row for each: betrayal by flight above, ordinary crossing below.

    Args:
        bands: the penalties, as the table has them.
        narrow: for a phone.
    """
    panels: Any  # canvas speaks of one panel; here are two
    drawing, panels = style.canvas(6 if narrow else 5.2, narrow=narrow, rows=2, sharex=True, sharey=True)
    texts = bands.drop_duplicates("in_force_from").sort_values("in_force_from")
    for axes, (offence, title) in zip(panels, TITLE.items(), strict=True):
        for place, start in enumerate(texts.in_force_from):
            rules = bands[bands.offence.eq(offence) & bands.in_force_from.eq(start)]
            _draw_text(axes, place, rules, narrow)
        _unread(axes, len(texts), (0, DEATH[1]), "revised, not read")
        axes.set_title(title.split(":")[0] if narrow else title)
        axes.grid(False)
    _scales(panels, texts, narrow)
    return drawing


def _draw_text(axes: Axes, y: int, rules: pd.DataFrame, narrow: bool) -> None:
    """One text on one offence: the bars of its rules, and for crossing the words beside them."""
    if rules.empty:
        _unread(axes, y, (0, DEATH[1]), "not read")
    for rule in rules.itertuples():
        style.link(_draw_rule(axes, y, rule, rules, narrow), rule.penalty_id, _words(rule))
    limited = rules[rules.max_years.notna()]
    if len(limited):
        lines = [fill(_penalty(rule), 40 if narrow else 60) for rule in limited.itertuples()]
        axes.text(limited.max_years.max() + 0.25, y, "\n".join(lines), va="center", fontsize=8.5)


def _draw_rule(axes: Axes, y: int, rule, rules: pd.DataFrame, narrow: bool):
    """One row of the table of penalties, among the ``rules`` of its text; gives the mark."""
    grave = "\nif grave" if rule.gravity == "grave" else ""
    if rule.punishment == "not_read":
        span = (LIFE[0] if grave else 0, DEATH[1])
        return _unread(axes, y, span, "grave cases:\nnot read" if grave else "not read")
    if rule.punishment == "death":
        if not grave:
            axes.text(TIP / 2, y, "no milder form reported", va="center", ha="center", fontsize=8.5)
        return _box(axes, y, DEATH, rule.punishment, f"death{grave}", style.WHITE)
    if rule.punishment == "life_reform":
        return _box(axes, y, LIFE, rule.punishment, f"life{grave}", style.WHITE)
    if pd.notna(rule.min_years):
        return _open(axes, y, rule.min_years, "years\nor more" if narrow else "years or more")
    low = rules[rules.gravity.eq("ordinary")].max_years.iloc[0] if grave else 0
    return _box(axes, y, (low, rule.max_years), rule.punishment, "", style.INK)


def _box(axes: Axes, y: int, span: tuple[float, float], punishment: str, words: str, colour: str):
    """A bar with a name on it."""
    disputed = style.GREY if punishment == "kind_disputed" else "none"
    look: Look = {"facecolor": FACE[punishment], "edgecolor": disputed, "linewidth": 1, "height": THICK}
    axes.text(sum(span) / 2, y, words, color=colour, ha="center", va="center", fontsize=8, linespacing=1.05)
    return axes.barh(y, span[1] - span[0], left=span[0], **look)[0]


def _open(axes: Axes, y: int, low: float, words: str):
    """A bar with a lower limit that ends in a point, since it has no upper one."""
    top, bottom, neck = y - THICK / 2, y + THICK / 2, TIP - 0.7
    axes.text(
        low + 0.25, y, f"{low:.0f} {words}", color=style.DARK, va="center", fontsize=8.5, linespacing=1.05
    )
    return axes.fill([low, neck, TIP, neck, low], [top, top, y, bottom, bottom], color=style.SKY)[0]


def _unread(axes: Axes, y: int, span: tuple[float, float], words: str):
    """A hatched bar for what is not known, so that a gap is never taken for nothing."""
    look: Look = {"facecolor": style.WHITE, "edgecolor": style.GREY, "hatch": "///", "linewidth": 0.8}
    ground = {"facecolor": style.WHITE, "edgecolor": "none", "pad": 1.2}
    axes.text(sum(span) / 2, y, words, ha="center", va="center", fontsize=8, linespacing=1.05, bbox=ground)
    return axes.barh(y, span[1] - span[0], left=span[0], height=THICK, linestyle="--", **look)[0]


def _scales(panels, texts: pd.DataFrame, narrow: bool) -> None:
    """The rows named by the time of their text, and the scale of years with the columns beside it."""
    between, length = ("\n", len("2004-04")) if narrow else (" ", None)
    names = [f" to{between}".join(_time(text, length)) for text in texts.itertuples()]
    last = f"after{between}{said(texts.known_until.iloc[-1], short=True)}"
    panels[0].set(yticks=range(len(names) + 1), yticklabels=[*names, last], ylim=(len(names) + 0.5, -0.5))
    panels[1].set(xlim=(0, EDGE))
    years = range(0, 9, 4) if narrow else range(0, 11, 2)
    for axes in panels:
        labels = [*map(str, years[:-1]), f"{years[-1]} years"]
        axes.set_xticks([*years, sum(LIFE) / 2, sum(DEATH) / 2], [*labels, "life", "death"])
        axes.tick_params(labelbottom=True)


def _time(rule, length: int | None = None) -> list[str]:
    """The two ends of the time in which a rule stood, or is known to have stood."""
    end = rule.known_until if pd.isna(rule.in_force_to) else rule.in_force_to
    return [said(partial[:length], short=True) for partial in (rule.in_force_from, end)]


def _penalty(rule) -> str:
    """A penalty in words."""
    if pd.notna(rule.max_years):
        if_grave = "grave: " if rule.gravity == "grave" else ""
        return f"{if_grave}up to {rule.max_years:.0f} years, {KIND[rule.punishment]}"
    if pd.notna(rule.min_years):
        return f"{rule.min_years:.0f} years or more of {KIND[rule.punishment]}"
    return KIND[rule.punishment] + (" in grave cases" if rule.gravity == "grave" else "")


def _words(rule) -> str:
    offence = "betrayal by flight" if rule.offence == "betrayal" else "ordinary crossing"
    return f"{' to '.join(_time(rule))}, {offence}: {_penalty(rule)}"


def penalties_words(bands: pd.DataFrame, limits: dict[str, float]) -> str:
    """The figure in words; ``limits`` are the lower and upper limits in years, by name."""
    years = {name: SMALL[int(limit)] for name, limit in limits.items()}
    return f"""Two panels of bars on one scale of years, a row for each text of the code since
    {bands.in_force_from.min()[:4]}.
    Betrayal by flight: death from 1974; {years["floor-1987"]} years or more, and death if grave, from 1987;
    {years["floor-2004"]} years or more from April 2004, the sentence for grave cases hatched as not read;
    {years["floor-2015"]} years or more, life or death if grave, from 2012 to May 2022; hatched as not read
    after that. Ordinary crossing: not read before 1987; up to {years["crossing-1987"]} years from 1987, of
    labour whose kind is disputed; up to {years["crossing-2004"]} of labour training, and up to
    {years["crossing-2004-grave"]} years of reform through labour if grave, from 2004; not read since 2012."""


def returns(
    own: pd.DataFrame,
    counts: pd.Series,
    *,
    largest: str,
    first_ended: str,
    change: str,
    last_known: str,
    narrow: bool = False,
) -> Figure:
    """Every documented return to the DPRK as a mark, under the text of the code that stood on its day.

    Args:
        own: the returns, each with its first and its last day (``begins``, ``ends``) and how its text stood.
        counts: how many returns fall under each text, by the keys of ``LABEL``.
        largest: the return of the most people, which is named.
        first_ended, last_known: the day on which the first of the texts ended, and the last on which the
            last is known to have stood.
        change: the year in which the text changed on a day that is not known.
        narrow: for a phone.
    """
    drawing, axes = style.canvas(3.4 if narrow else 3.0, narrow=narrow)
    top = (
        _stack(axes, own, largest, 1.15, (-20, 36)) if narrow else _stack(axes, own, largest, 0.62, (-20, 0))
    )
    changes = {
        first_ended: first_day(first_ended),
        change: date(int(change), 7, 1),
        last_known: last_day(last_known),
    }
    _draw_changes(axes, changes, top)
    _name_texts(axes, counts, [SHOWN[0], *map(decimal_year, changes.values()), SHOWN[1]], top + 2.3)
    axes.set(xlim=SHOWN, ylim=(-0.7, top + 4.6), yticks=[])
    axes.set_xticks([2000, 2005, 2010, 2015, 2020, 2025])
    axes.grid(False)
    return drawing


def _stack(axes: Axes, own: pd.DataFrame, largest: str, apart: float, offset: tuple[int, int]) -> int:
    """One mark for each return, stacked where two would touch; gives the highest level.

    Args:
        own, largest: as :func:`returns` takes them.
        apart: years; marks closer than this are stacked.
        offset: from the largest return to its name, in points.
    """
    middle = (own.begins.map(decimal_year) + own.ends.map(decimal_year)) / 2
    placed: list[tuple[float, int]] = []
    for name, x in middle.sort_values().items():
        taken = {level for where, level in placed if x - where <= apart}
        level = next(free for free in count() if free not in taken)
        placed.append((x, level))
        _mark(axes, x, level, own.loc[name])
        if name == largest:
            words = f"{said(own.date_start[name])},\nthe largest"
            style.note(axes, x - 0.35, level, words, offset, ha="right", va="center")
    return max(level for _, level in placed)


def _mark(axes: Axes, x: float, level: int, act) -> None:
    shape, face, how = MARK[act.standing]
    look: Look = {"marker": shape, "s": 72, "facecolor": face, "edgecolor": style.RETURNED, "linewidth": 1.6}
    dates = " to ".join(dict.fromkeys([said(act.date_start), said(act.date_end)]))
    standing = how.format(*LABEL[act.text].split("\n")) if act.text in LABEL else how
    style.link(axes.scatter([x], [level], **look), [act.name], [f"Return of {dates}: {standing}"])
    if act.standing == UNCERTAIN:
        axes.text(x, level - 0.04, "?", ha="center", va="center", fontsize=8, fontweight="bold")


def _draw_changes(axes: Axes, changes: dict[str, date], top: int) -> None:
    """Lines where the texts changed, a strip where only the year is known, hatching where none was read."""
    for partial, day in changes.items():
        axes.text(
            decimal_year(day), top + 4.2, said(partial, short=True), ha="center", va="center", fontsize=8
        )
        if partial.isdigit():
            axes.fill_between([int(partial), int(partial) + 1], -0.7, top + 3.7, color=style.GRID, zorder=0)
        else:
            axes.vlines(decimal_year(day), -0.7, top + 3.7, color=style.GREY, linewidth=0.9, linestyle=":")
    look: Look = {
        "facecolor": style.WHITE,
        "edgecolor": style.PALE,
        "hatch": "///",
        "linewidth": 0,
        "zorder": 0,
    }
    axes.fill_between([decimal_year(day), SHOWN[1]], -0.7, top + 3.7, **look)


def _name_texts(axes: Axes, counts: pd.Series, edges: list[float], y: float) -> None:
    """The name of each text and its number of returns, over the years in which it stood."""
    look: Look = {"ha": "center", "linespacing": 1.15, "bbox": {**style.CLEAR, "facecolor": style.WHITE}}
    for (name, words), (left, right) in zip(LABEL.items(), pairwise(edges), strict=True):
        axes.text((left + right) / 2, y, words, va="bottom", fontsize=8.5, **look)
        axes.text(
            (left + right) / 2,
            y - 0.15,
            f"{counts.get(name, 0)}",
            va="top",
            fontsize=13,
            weight="bold",
            **look,
        )


def returns_words(own: pd.DataFrame) -> str:
    """The figure in words, from the same returns."""
    doubtful, unread = (own[own.standing.eq(how)] for how in (UNCERTAIN, UNREAD))
    doubtful_years = " and ".join(str(day.year) for day in doubtful.begins)
    return f"""A strip of the documented returns to the DPRK by year, {own.begins.min().year} to
    {own.ends.max().year}, divided by the dates on which the criminal code changed. Filled dots fall under the
    code of 1987, the code of 2004 or the text of 2012 to 2015; {SMALL[len(doubtful)]} open dots with a
    question mark, in {doubtful_years}, cannot be placed; open squares on hatched ground, from
    {unread.begins.min():%B %Y} on, fall after a revision that was not read."""
