"""The figures of the chapter on what official statistics count.

Several arguments are totals as ``casebook.analysis.rounding.totals`` makes them: a row a year, with the
printed sum (``printed``), the ends that rounding leaves open (``low``, ``high``) and the high end when rows
that may be missing are counted too (``high_missing``).
"""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

COUNTRIES = {
    "United Kingdom": style.BLUE,
    "Canada": style.AMBER,
    "Germany": style.GREEN,
    "others": style.PALE,
}
OUTCOMES = {
    "recognized": style.BLUE,
    "other_protection": style.GREEN,
    "rejected": style.ORANGE,
    "otherwise_closed": style.PALE,
}
FIVE_YEARS = [2000, 2005, 2010, 2015, 2020, 2025]


def by_country(parts: pd.DataFrame, refugees: pd.DataFrame, claimants: pd.DataFrame, peak: int) -> Figure:
    """Refugees from the DPRK by country of asylum above, asylum-seekers below, as bars by year.

    Args:
        parts: printed refugees, a row a year and a column for each of the countries named here.
        refugees, claimants: totals of the same years, for the marks of their intervals.
        peak: the year with most refugees.
    """
    drawing, (upper, lower) = style.canvas((7.2, 5.8), rows=2, sharex=True, height_ratios=[2.1, 1])
    _stacked(upper, parts, COUNTRIES, linewidth=0.4)
    _intervals(upper, refugees)
    _intervals(lower, claimants)
    lower.bar(claimants.index, claimants.printed, width=0.82, color=style.GREY)
    _panel(upper, "Refugees from the DPRK at the end of the year", 1600)
    _panel(lower, "Asylum-seekers", 1200)
    _name_countries(upper)
    highest = refugees.loc[peak]
    style.note(upper, peak, highest.high_missing, f"{peak}: {highest.printed:,} printed", (0, 12))
    lower.set_xticks(FIVE_YEARS)
    upper.tick_params(labelbottom=True)
    return drawing


def by_country_words(refugees: pd.Series, claimants: pd.Series, peak: int) -> str:
    """What :func:`by_country` shows, in words.

    Args:
        refugees, claimants: their printed sums by year.
        peak: the year with most refugees.
    """
    last = refugees.index.max()
    return f"""Two panels of yearly bars, 2000 to {last}. Above, refugees from the DPRK: a few in 2000,
    {refugees[2002]} in 2002, mostly in Germany, {refugees[2008]} in 2008, the peak of {refugees[peak]:,} in
    {peak}, then a fall to {refugees[2022]} in 2022 and {refugees[last]} in {last}. The United Kingdom is the
    largest part from 2007 to 2016, Canada from 2017. Below, asylum-seekers, with a peak of
    {claimants[2012]:,} in 2012 and a second rise to {claimants[2017]} in 2017. A thick mark on each bar shows
    what rounding leaves open, a thin one what missing rows could add."""


def outcomes(yearly: pd.DataFrame) -> Figure:
    """How claims were decided at first instance, as stacked bars by year.

    Args:
        yearly: printed sums, a row a year and a column an outcome.
    """
    drawing, axes = style.canvas((7.2, 4.2))
    _stacked(axes, yearly, OUTCOMES, linewidth=0.5, hatched="rejected")
    style.count_axis(axes)
    axes.set_title("First-instance outcomes in a year, decided by governments")
    axes.set_xticks(FIVE_YEARS)
    _name_outcomes(axes, yearly)
    return drawing


def outcomes_words(yearly: pd.DataFrame, when: str) -> str:
    """What :func:`outcomes` shows, in words; ``when`` is the first and the last year."""
    recognised, closed = yearly.recognized, yearly.otherwise_closed
    return f"""Stacked bars of first-instance outcomes by year, {when}: recognised, other protection,
    rejected, closed otherwise. The bars are low until 2006. Recognitions reach {recognised[2007]} in 2007 and
    {recognised[2008]} in 2008, and {recognised[2012]} in 2012; rejections stand out in 2008 with
    {yearly.rejected[2008]}; in {closed.idxmax()} {closed.max()} claims were closed otherwise. After 2014
    hardly anybody is recognised at first instance."""


def china_host(
    viet: pd.Series, others: pd.DataFrame, claimants: pd.DataFrame, carried: list[int], after: int
) -> Figure:
    """Refugees in China by year above; below, without those from Viet Nam, beside asylum-seekers.

    Args:
        viet: printed refugees from Viet Nam by year; the break in reporting follows its last year.
        others: totals of refugees of other origins.
        claimants: totals of asylum-seekers.
        carried: the years in which the figure for Viet Nam stays the same to the last person.
        after: all refugees in the year after the break, as printed.
    """
    drawing, (upper, lower) = style.canvas((7.2, 5.8), rows=2, sharex=True, height_ratios=[1.5, 1])
    _by_origin(upper, viet, others, carried)
    _panel(upper, "Refugees in China at the end of the year", 390_000)
    style.label_on(upper, 1992, 150_000, "from Viet Nam", style.BLUE)
    same = f"{viet[carried[0]]:,}, {len(carried)} years running"
    style.note(upper, carried[len(carried) // 2], viet[carried[0]], same, (0, 26))
    _without_viet_nam(lower, others.loc[1996:], claimants)
    _break(upper, lower, viet.index.max(), after)
    upper.tick_params(labelbottom=True)
    upper.set_xticks([1980, 1990, 2000, 2010, 2020])
    return drawing


def china_host_words(
    viet: pd.Series, others: pd.Series, claimants: pd.Series, carried: list[int], after: int
) -> str:
    """What :func:`china_host` shows, in words; all series are printed sums by year."""
    end, last, recent = viet.index.max(), others.index.max(), others.loc[1996:]
    return f"""Two panels. Above, refugees in China by year from 1979: nearly all from Viet Nam,
    {viet[1979]:,} in 1979, about {viet[2000]:,} in 2000, exactly {viet[carried[0]]:,} in each year
    from {carried[0]} to {carried[-1]}, hatched, {viet[end]:,} in {end}, and no bar from {end + 1} on,
    when all refugees together are {after}. A dotted line marks the break as not explained. Below,
    refugees of other origins, at most {recent.max():,} since 1996 and {others[last]} in {last}, and
    asylum-seekers, {claimants.max()} at most and {claimants[last]} in {last}.
    There is no bar for the DPRK."""


def _stacked(
    axes: Axes, parts: pd.DataFrame, colours: dict[str, str], linewidth: float, hatched: str = ""
) -> None:
    """Bars by year, one part upon the other in the order of the colours; one part may be hatched."""
    base = parts.iloc[:, 0] * 0
    for name, colour in colours.items():
        look: dict[str, Any] = {"color": colour, "edgecolor": "white", "linewidth": linewidth}
        hatch = "//////" if name == hatched else ""
        axes.bar(parts.index, parts[name], bottom=base, width=0.82, hatch=hatch, **look)
        base = base + parts[name]


def _intervals(axes: Axes, totals: pd.DataFrame) -> None:
    """A thick mark for what rounding leaves open, a thin one with rows that may be missing."""
    axes.vlines(totals.index, totals.low, totals.high_missing, color=style.INK, linewidth=1)
    axes.vlines(totals.index, totals.low, totals.high, color=style.INK, linewidth=3)


def _panel(axes: Axes, title: str, top: int) -> None:
    """The title of a panel, and its axis of people up to ``top``."""
    style.count_axis(axes)
    axes.set_ylim(0, top)
    axes.set_title(title)


def _name_countries(axes: Axes) -> None:
    """The names of the countries on their areas."""
    style.label_on(axes, 2012, 310, "United Kingdom", style.BLUE)
    style.label_on(axes, 2018.6, 330, "Canada", style.AMBER, style.INK)
    style.label_on(axes, 2003.4, 120, "Germany", style.GREEN)
    style.label_on(axes, 2014, 1020, "others", style.PALE, style.INK)


def _name_outcomes(axes: Axes, yearly: pd.DataFrame) -> None:
    """The names of the outcomes beside the bars, each with a line to its part of one bar."""
    early, late = yearly.loc[2008], yearly.loc[2012]
    style.note(axes, 2008, 140, "recognised", (-92, 30))
    style.note(axes, 2008, early.recognized + early.other_protection + 60, "rejected", (-92, 24))
    style.note(axes, 2013, yearly.loc[2013].sum() - 60, "closed\notherwise", (76, 6))
    middle = late.recognized + late.other_protection / 2
    style.note(axes, 2012.3, middle, "other protection", (120, 0))


def _by_origin(axes: Axes, viet: pd.Series, others: pd.DataFrame, carried: list[int]) -> None:
    """Bars of refugees from Viet Nam, hatched where the figure stays the same, and the others upon them."""
    moving = viet.drop(carried)
    axes.bar(moving.index, moving, width=0.86, color=style.BLUE)
    hollow: dict[str, Any] = {"color": "white", "edgecolor": style.BLUE, "hatch": "////", "linewidth": 0.8}
    axes.bar(carried, viet[carried], width=0.86, **hollow)
    below = viet.reindex(others.index).fillna(0).astype(int)
    axes.bar(others.index, others.printed, bottom=below, width=0.86, color=style.AMBER)


def _without_viet_nam(axes: Axes, others: pd.DataFrame, claimants: pd.DataFrame) -> None:
    """Refugees of other origins as bars and asylum-seekers as a line."""
    axes.bar(others.index, others.printed, width=0.86, color=style.AMBER)
    line: dict[str, Any] = {"color": style.INK, "marker": "o", "markersize": 3, "linewidth": 1.2}
    axes.plot(claimants.index, claimants.printed, **line)
    _panel(axes, "Since 1996: refugees of other origins (bars), asylum-seekers (line)", 1800)


def _break(upper: Axes, lower: Axes, year: int, after: int) -> None:
    """A dotted line after the last year before the break, and what all refugees are in the next."""
    small: dict[str, Any] = {"va": "center", "fontsize": 8.5}
    words = f"{year + 1}: {after}\nin all; no\nrow for\nViet Nam"
    upper.text(year + 1.1, 120_000, words, ha="left", **small)
    for axes in (upper, lower):
        axes.axvline(year + 0.5, color=style.ORANGE, linestyle=(0, (2, 2)), linewidth=1.6)
        axes.set_xlim(1978.3, 2029)
    words = "break, not explained"
    upper.text(year + 0.2, 372_000, words, ha="right", color=style.ORANGE, bbox=style.CLEAR, **small)
