"""The figures of the chapter on what official statistics count: small panels of bars by year.

Several arguments are totals as ``casebook.analysis.rounding.totals`` makes them: a row a year, with the
printed sum (``printed``), the ends that rounding leaves open (``low``, ``high``) and the high end when rows
that may be missing are counted too (``high_missing``).
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

Look = dict[str, Any]

CODES = {"Germany": "DEU", "United Kingdom": "GBR", "Canada": "CAN", "others": ""}
OUTCOMES = {
    "recognized": "Recognised as refugees",
    "other_protection": "Given other protection",
    "rejected": "Rejected",
    "otherwise_closed": "Closed otherwise",
}
YEARS = [2000, 2005, 2010, 2015, 2020, 2025]
FEW_YEARS = [2000, 2010, 2020]  # for a panel with little room
SMALL: Look = {"fontsize": 8.5}


def by_country(
    parts: pd.DataFrame, refugees: pd.DataFrame, claimants: pd.DataFrame, *, narrow: bool = False
) -> Figure:
    """Refugees from the DPRK in all, by country of asylum, asylum-seekers, and what rounding leaves open.

    Args:
        parts: printed refugees, a row a year and a column for each of the countries named here.
        refugees, claimants: totals of the same years.
    """
    size = {"columns": 2, "rows": 5} if narrow else {"columns": 4, "rows": 3}
    ratios = [1.7, 1, 1, 1.2, 1] if narrow else [1.6, 1, 1.15]
    drawing, panels = style.canvas(7.0 if narrow else 6.2, narrow=narrow, **size, height_ratios=ratios)
    whole = _joined(panels[0])
    _totals(whole, refugees, "Refugees, all countries", 1600)
    middle = panels[1:3].flat if narrow else panels[1]
    for axes, (name, code) in zip(middle, CODES.items(), strict=True):
        _country(axes, parts[name], name, code)
    asking = _joined(panels[3]) if narrow else _joined(panels[2][:2])
    _totals(asking, claimants, "Asylum-seekers, all countries", 1300)
    left, right = panels[4] if narrow else panels[2][2:]
    _rounding(left, refugees, "What rounding may\nhide: refugees")
    _rounding(right, claimants, "What rounding may\nhide: asylum-seekers")
    right.tick_params(labelleft=False)
    return drawing


def by_country_words(parts: pd.DataFrame, refugees: pd.DataFrame, claimants: pd.DataFrame) -> str:
    """What :func:`by_country` shows, in words; the arguments are the same."""
    printed, asking, last = refugees.printed, claimants.printed, refugees.index.max()
    peak, most = printed.idxmax(), asking.idxmax()
    countries = ", ".join(
        f"{name} {parts[name].max()} in {parts[name].idxmax()}" for name in CODES if name != "others"
    )
    under, over = (refugees.printed - refugees.low).max(), (refugees.high_missing - refugees.printed).max()
    return f"""Panels of yearly bars, {refugees.index.min()} to {last}. Refugees from the DPRK in all
    countries: {printed.iloc[0]} in {printed.index[0]}, {printed[2002]} in 2002, {printed[2008]} in 2008, the
    peak of {printed[peak]:,} in {peak}, {printed[2022]} in 2022 and {printed[last]} in {last}. Highest by
    country: {countries}. Asylum-seekers: most in {most}, {asking[most]:,}; {asking[2017]} in 2017 and
    {asking[last]} in {last}. Two last panels: by rounding a year's refugees may be at most {under} fewer than
    printed, and at most {over} more when missing rows are counted too."""


def outcomes(yearly: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """How claims were decided at first instance: a panel of bars by year for each outcome.

    Args:
        yearly: printed sums, a row a year and a column an outcome.
    """
    size = {"rows": 4} if narrow else {"columns": 2, "rows": 2}
    drawing, panels = style.canvas(6.2 if narrow else 4.4, narrow=narrow, **size, sharex=True, sharey=True)
    for axes, (outcome, title) in zip(panels.flat, OUTCOMES.items(), strict=True):
        numbers = yearly[outcome]
        axes.bar(numbers.index, numbers, width=0.82, color=style.OFFICIAL)
        _name_summits(axes, numbers)
        style.count_axis(axes)
        axes.set_title(f"{title}: {numbers.sum():,}")
        axes.set(ylim=(0, 470), xticks=YEARS, yticks=[0, 200, 400])
        axes.tick_params(labelbottom=True)
    return drawing


def outcomes_words(yearly: pd.DataFrame, when: str) -> str:
    """What :func:`outcomes` shows, in words; ``when`` is the first and the last year."""
    panels = [
        f"{title}, {yearly[name].sum():,} in all, most in {yearly[name].idxmax()} with {yearly[name].max()}"
        for name, title in OUTCOMES.items()
    ]
    recognised, late = yearly.recognized, yearly.recognized.loc[2015:]
    return f"""Four panels of first-instance outcomes by year, {when}, on one scale. {"; ".join(panels)}.
    Recognitions are {recognised[2007]} in 2007, {recognised[2008]} in 2008 and {recognised[2012]} in 2012;
    from 2015 on they are never more than {late.max()} a year."""


def china_host(
    viet: pd.Series,
    others: pd.DataFrame,
    claimants: pd.DataFrame,
    carried: list[int],
    *,
    narrow: bool = False,
) -> Figure:
    """People on record in China by year: from Viet Nam, from elsewhere, asylum-seekers; of the DPRK no row.

    Args:
        viet: printed refugees from Viet Nam by year; the break in reporting follows its last year.
        others: totals of refugees of other origins.
        claimants: totals of asylum-seekers.
        carried: the years in which the figure for Viet Nam stays the same to the last person.
    """
    ratios = [1.7, 1, 1, 0.42]
    drawing, panels = style.canvas(
        6.2 if narrow else 5.8, narrow=narrow, rows=4, sharex=True, height_ratios=ratios
    )
    first, second, third, last = panels
    _from_viet_nam(first, viet, carried)
    _series(second, others.printed, "From all other countries")
    _series(third, claimants.printed, "Asylum-seekers since 2001")
    _no_row(last, viet.index.min(), others.index.max())
    end = viet.index.max()
    first.axvline(end + 0.5, color=style.INK, linestyle=(0, (2, 2)), linewidth=1.2)
    for axes in panels:
        axes.tick_params(labelbottom=True)
    first.set(xlim=(1978.3, 2030), xticks=[1980, 1990, 2000, 2010, 2020])
    return drawing


def china_host_words(viet: pd.Series, others: pd.Series, claimants: pd.Series, carried: list[int]) -> str:
    """What :func:`china_host` shows, in words; all series are printed sums by year."""
    end, last = viet.index.max(), others.index.max()
    return f"""Four panels on one axis of years, each with its own scale. Refugees in China from Viet Nam:
    {viet[1979]:,} in 1979, {viet[2000]:,} in 2000, exactly {viet[carried[0]]:,} in each year
    from {carried[0]} to {carried[-1]}, hatched, {viet[end]:,} in {end}, and no bar from {end + 1} on; a
    dotted line marks the break as not explained. Refugees of other origins: at most {others.max():,}, in
    {others.idxmax()}, {others[end + 1]} in {end + 1} and {others[last]} in {last}. Asylum-seekers:
    {claimants.max()} at most and {claimants[last]} in {last}. For the DPRK a hatched strip says that there is
    no row in any year, which is not zero."""


def _joined(panels: np.ndarray) -> Axes:
    """One panel in the place of several in a row."""
    first, *others = panels
    drawing, grid, place = first.figure, first.get_gridspec(), first.get_subplotspec()
    for axes in panels:
        axes.remove()
    columns = slice(place.colspan.start, place.colspan.stop + len(others))
    return drawing.add_subplot(grid[place.rowspan.start, columns])


def _totals(axes: Axes, totals: pd.DataFrame, title: str, top: int) -> None:
    """Bars of all countries by year; the highest and the last are written on them."""
    printed = totals.printed
    axes.bar(printed.index, printed, width=0.82, color=style.OFFICIAL)
    peak, last = printed.idxmax(), printed.index.max()
    _top(axes, peak, printed[peak], f"{printed[peak]:,} in {peak}")
    axes.text(last + 0.6, printed[last], f"{printed[last]:,}", va="bottom", **SMALL)
    style.count_axis(axes)
    axes.set(ylim=(0, top), xlim=(1999.3, 2027.6), xticks=YEARS)
    axes.set_title(title)


def _country(axes: Axes, numbers: pd.Series, name: str, code: str) -> None:
    """Refugees in one country by year; a bar leads to its row, where it is one; no row, no bar."""
    numbers = numbers.fillna(0).astype(int)
    bars = axes.bar(numbers.index, numbers, width=0.9, color=style.OFFICIAL)
    for bar, (year, persons) in zip(bars, numbers.items(), strict=True):
        if code and persons:
            style.link(bar, f"UP-{year}-{code}-refugees", f"{name}, end of {year}: {persons}, as printed")
    peak = numbers.idxmax()
    _top(axes, peak, numbers[peak], f"{numbers[peak]}")
    axes.set(ylim=(0, 760), xticks=FEW_YEARS, yticks=[0, 300, 600])
    axes.set_title(name if code else "All others", fontsize=9.5)


def _rounding(axes: Axes, totals: pd.DataFrame, title: str) -> None:
    """How many people fewer or more than printed a year may stand for; pale with rows that may be missing."""
    low, high, most = (totals[end] - totals.printed for end in ("low", "high", "high_missing"))
    axes.bar(totals.index, most - high, bottom=high, width=0.9, color=style.PALE)
    axes.bar(totals.index, high - low, bottom=low, width=0.9, color=style.GREY)
    axes.axhline(0, color=style.INK, linewidth=0.8)
    axes.set(ylim=(-22, 46), xticks=FEW_YEARS)
    axes.set_yticks([-20, 0, 20, 40], [style.signed(tick) for tick in (-20, 0, 20, 40)])
    axes.set_title(title, fontsize=9.5)


def _name_summits(axes: Axes, numbers: pd.Series) -> None:
    """Write on the highest bar its number and year, and on another, four years or more away, if high."""
    first = numbers.idxmax()
    away = numbers[abs(numbers.index - first) >= 4]
    two = away.max() > numbers[first] / 2
    summits = sorted([first, away.idxmax()]) if two else [first]
    for year, side in zip(summits, ("right", "left") if two else ("center",), strict=True):
        _top(axes, year, numbers[year], f"{numbers[year]} in {year}", side)


def _top(axes: Axes, year: int, number: float, words: str, side: str = "center") -> None:
    """Words above a bar, or from its edge to one side."""
    edge = {"right": 0.45, "left": -0.45, "center": 0}[side]
    place: Look = {"xytext": (0, 2), "textcoords": "offset points", "ha": side, "va": "bottom"}
    axes.annotate(words, (year + edge, number), **place, bbox=style.CLEAR | {"pad": 0.2}, **SMALL)


def _from_viet_nam(axes: Axes, viet: pd.Series, carried: list[int]) -> None:
    """Bars of refugees from Viet Nam, hatched where the figure stays the same to the last person."""
    plain: Look = {"color": style.OFFICIAL}
    hollow: Look = {"color": style.WHITE, "edgecolor": style.OFFICIAL, "hatch": "////", "linewidth": 0.8}
    for year, persons in viet.items():
        bar = axes.bar(year, persons, width=0.86, **(hollow if year in carried else plain))[0]
        style.link(bar, f"UC-{year}-VNM-refugees", f"From Viet Nam, end of {year}: {persons:,}")
    _scale(axes, 390_000, f"From Viet Nam; no row after {viet.index.max()}")
    middle = carried[len(carried) // 2]
    _top(axes, middle, viet.max(), f"{viet[carried[0]]:,}, {len(carried)} years running")


def _series(axes: Axes, numbers: pd.Series, title: str) -> None:
    """Bars of one series in a panel with a scale of its own."""
    axes.bar(numbers.index, numbers, width=0.86, color=style.OFFICIAL)
    _scale(axes, numbers.max() * 1.1, title)
    last = numbers.index.max()
    axes.text(last + 0.7, numbers[last], f"{numbers[last]}", va="bottom", **SMALL)


def _scale(axes: Axes, top: float, title: str) -> None:
    style.count_axis(axes)
    axes.locator_params(axis="y", nbins=5)
    axes.set_ylim(0, top)
    axes.set_title(title)


def _no_row(axes: Axes, first: int, last: int) -> None:
    """A hatched strip for the people of whom no table holds a row."""
    style.unread(axes, (first - 0.5, last + 0.5), (0, 1), "no row in any year: absent, which is not zero")
    axes.set(ylim=(0, 1), yticks=[])
    axes.grid(visible=False)
    axes.set_title("From North Korea")
