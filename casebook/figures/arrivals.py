"""The figures of the chapter on arrivals in the Republic of Korea."""

from calendar import month_name
from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

Look = dict[str, Any]  # options of a drawing call that several calls share

SEXES = (("female", "women", style.WOMEN), ("male", "men", style.MEN))
PERIODS = {1998: "to 1998", 2001: "1999–2001"}  # the two of several years, by the last of them

# The two kinds of publisher in the figure of the vintages
MINISTRY: Look = {"s": 42, "marker": "s", "color": style.OFFICIAL}
OTHERS: Look = {"s": 26, "facecolor": style.WHITE, "edgecolor": style.REPORTED, "linewidth": 1.6}
ASIDE = 0.17  # of a year: the Ministry's dots stand before the year's middle, the others after

SMALL = 8.5  # points, for remarks
ABOVE: Look = {"ha": "center", "va": "bottom"}
FITTED = style.PURPLE  # what a model adds to the counts


def _lead(bars: Iterable, names: Iterable[str], words: Iterable[str]) -> None:
    """Lead from each bar to its row."""
    for bar, name, said in zip(bars, names, words, strict=True):
        style.link(bar, name, said)


def _stack(
    axes: Axes, places, counts: pd.DataFrame, names: pd.DataFrame, *, lying: bool = False, **look
) -> None:
    """A bar for each line of the counts, women first and men after, upright or lying.

    Args:
        axes: where they are drawn.
        places: where each bar stands.
        counts: ``female`` and ``male``.
        names: their rows, in the same form.
        lying: from left to right.
        look: options of the bars.
    """
    draw, base = (axes.barh, "left") if lying else (axes.bar, "bottom")
    start = counts.female * 0
    for sex, word, colour in SEXES:
        bars = draw(places, counts[sex], **{base: start}, color=colour, **look)
        said = [f"{PERIODS.get(place, place)}: {number:,} {word}" for place, number in counts[sex].items()]
        _lead(bars, names.loc[counts.index, sex], said)
        start = start + counts[sex]


def by_year(
    buckets: pd.DataFrame,
    years: pd.DataFrame,
    names: pd.DataFrame,
    *,
    peak: int,
    low: int,
    falls: dict[int, float],
    narrow: bool = False,
) -> Figure:
    """Arrivals by year as bars, women first and men after; periods of several years stand apart.

    Args:
        buckets: arrivals by sex in the two periods before 2002, by the last year of each.
        years: arrivals by sex in each year since 2002.
        names: the rows of both, in the same form.
        peak, low: the years with the most and the fewest arrivals.
        falls: for 2012 and 2020, the fall from the year before as a share of it.
        narrow: for a phone, where the years go downward.
    """
    if narrow:
        return _years_downward(buckets, years, names, peak, low, falls)
    drawing, _ = style.canvas(3.7, columns=2, sharey=True, width_ratios=[1.3, 6.5])
    left, right = drawing.axes
    _stack(left, [0, 1], buckets, names, width=0.84, hatch="////", edgecolor=style.WHITE)
    _stack(right, years.index, years, names, width=0.84)
    _scale_by_year(left, right)
    _name_by_year(right, years.total, peak, low, falls)
    return drawing


def _scale_by_year(left: Axes, right: Axes) -> None:
    style.count_axis(right)
    right.set(ylim=(0, 3300), xlim=(2001.3, 2025.7))
    right.set_xticks([*range(2003, 2022, 3), 2025], [*range(2003, 2022, 3), "2025,\nprovisional"])
    left.set_xticks([0, 1], ["to\n1998", "1999–\n2001"])
    left.set_xlim(-0.6, 1.6)
    left.set_title("Several years\nin one bar", fontsize=9)
    right.set_title("Single years", fontsize=9)


def _name_by_year(axes: Axes, total: pd.Series, peak: int, low: int, falls: dict[int, float]) -> None:
    """Name the two colours and the years of which the text speaks."""
    style.label_on(axes, 2008.5, 1100, "Women", style.WOMEN, style.WHITE)
    style.label_on(axes, 2008.5, 2420, "Men", style.MEN, style.DARK)
    axes.text(peak, total[peak] + 60, f"{peak}: {total[peak]:,}", **ABOVE, fontweight="bold")
    fell = f"2012: {total[2012]:,},\n{falls[2012]:.0%} fewer than in 2011"
    style.note(axes, 2012, total[2012], fell, (54, 82))
    shut = f"2020: {total[2020]:,},\n{falls[2020]:.0%} fewer than in 2019"
    style.note(axes, 2020, total[2020], shut, (20, 104))
    style.note(axes, low, total[low], f"{low}: {total[low]:,},\nthe fewest", (34, 46))


def _years_downward(
    buckets: pd.DataFrame,
    years: pd.DataFrame,
    names: pd.DataFrame,
    peak: int,
    low: int,
    falls: dict[int, float],
) -> Figure:
    """The same for a phone: a line for each year, with its number."""
    drawing, axes = style.canvas(5.7, narrow=True)
    apart = [years.index[0] - 3, years.index[0] - 2]  # a step above the single years
    hatched: Look = {"hatch": "////", "edgecolor": style.WHITE}
    _stack(axes, apart, buckets, names, lying=True, height=0.8, **hatched)
    _stack(axes, years.index, years, names, lying=True, height=0.8)
    axes.set_yticks([*apart, *years.index], [*PERIODS.values(), *years.index], fontsize=SMALL)
    axes.set(xlim=(0, 3350), ylim=(years.index[-1] + 0.6, apart[0] - 0.6))
    _bare(axes)
    _name_sexes(axes, years.loc[peak], peak)
    for place, total in zip(apart, buckets.total, strict=True):
        _number_beside(axes, place, total, "in several years")
    remarks = {year: f"{fell:.0%} fewer" for year, fell in falls.items()}
    remarks |= {peak: "", low: "the fewest", years.index[-1]: "provisional"}
    for year, total in years.total.items():
        _number_beside(axes, year, total, remarks.get(year, ""), bold=year in remarks)
    return drawing


def _bare(axes: Axes) -> None:
    """No axis of numbers, where every bar has its number."""
    axes.set_xticks([])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _number_beside(axes: Axes, place, number: int, remark: str = "", *, bold: bool = False) -> None:
    """A number at the end of a lying bar, and what is to be said of it."""
    beside: Look = {"xytext": (4, 0), "textcoords": "offset points", "va": "center_baseline"}
    words = f"{number:,}, {remark}" if remark else f"{number:,}"
    weight = "bold" if bold else "normal"
    axes.annotate(words, (number, place), fontsize=SMALL, fontweight=weight, **beside)


def _name_sexes(axes: Axes, counts: pd.Series, place) -> None:
    """Name the two colours in a long lying bar."""
    bold: Look = {"ha": "center", "va": "center_baseline", "fontsize": SMALL, "fontweight": "bold"}
    axes.text(counts.female / 2, place, "Women", color=style.WHITE, **bold)
    axes.text(counts.female + counts.male / 2, place, "Men", color=style.DARK, **bold)


def by_year_words(buckets: pd.DataFrame, years: pd.DataFrame, *, peak: int, low: int) -> str:
    """What :func:`by_year` shows; the arguments are the same."""
    before, total = buckets.total, years.total
    return f"""Stacked bars, women first and men after. Two bars apart stand for several years each:
    {before[1998]:,} arrivals up to 1998, mostly men, and {before[2001]:,} in 1999 to 2001.
    From {total[2002]:,} in 2002 the yearly number rises to {total[peak]:,} in {peak}, stays high until 2011
    ({total[2011]:,}), drops to {total[2012]:,} in 2012, drifts down to {total[2019]:,} in 2019,
    drops to {total[2020]:,} in 2020 and to {total[low]:,} in {low}, and stands at
    {total[2025]:,} in 2025. Women are the larger part in nearly every year."""


def vintages(apart: pd.DataFrame, *, widest: int, narrow: bool = False) -> Figure:
    """How far the published totals of a year lie from the reference, a dot each.

    Args:
        apart: the totals that differ: ``period_end``, ``vintage``, ``persons``, ``difference``; its
            ``row`` and ``publisher``; and ``ministry``, true for a table of the Ministry itself.
        widest: the year whose totals differ most from one another.
        narrow: for a phone, where the years go downward.
    """
    drawing, axes = style.canvas(5.4 if narrow else 4.0, narrow=narrow)
    (axes.axvline if narrow else axes.axhline)(0, color=style.INK, linewidth=1)
    for ministry, look in ((True, MINISTRY), (False, OTHERS)):
        those = apart[apart.ministry.eq(ministry)]
        places = (those.period_end + (-ASIDE if ministry else ASIDE), those.difference)
        dots = axes.scatter(*(places[::-1] if narrow else places), **look, zorder=3)
        style.link(dots, those.row, [_said_of_total(total) for total in those.itertuples()])
    _scale_of_vintages(axes, narrow)
    _name_farthest(axes, apart, narrow)
    _join_widest(axes, apart[apart.period_end.eq(widest)].difference, widest, narrow)
    _remark_on_late_years(axes, apart, narrow)
    _key_of_vintages(axes, narrow)
    return drawing


def published(vintage: str) -> str:
    """When a vintage was published, in words: PRESS-2010-01 is January 2010."""
    year, *rest = vintage.split("-")[1:]
    return f"{month_name[int(rest[0])]} {year}" if rest and rest[0].isdigit() else year


def _said_of_total(total) -> str:
    more = "more" if total.difference > 0 else "fewer"
    return (
        f"{total.period_end}: {total.persons:,} people, {abs(total.difference)} {more} than in the "
        f"reference, published by {total.publisher}, {published(total.vintage)}"
    )


def _scale_of_vintages(axes: Axes, narrow: bool) -> None:
    """The years on one axis, the differences on the other."""
    ticks = [-20, 0, 20, 40] if narrow else range(-30, 41, 10)
    differences: Look = {"ticks": ticks, "labels": [style.signed(tick) for tick in ticks]}
    if narrow:
        axes.set(xlim=(-34, 46), ylim=(2026.2, 2001.3))
        axes.set_yticks(range(2002, 2026, 1))
        axes.tick_params(axis="y", labelsize=SMALL)
        axes.set_xticks(**differences)
        axes.xaxis.tick_top()
        axes.grid(visible=True, axis="both")
    else:
        axes.set(ylim=(-33, 44), xlim=(2001.3, 2025.9), xticks=[*range(2002, 2025, 3), 2025])
        axes.set_yticks(**differences)


def _name_farthest(axes: Axes, apart: pd.DataFrame, narrow: bool) -> None:
    """Say of the highest total, and of the Ministry's own highest, when it was published."""
    offsets = ((5, 19), (10, -19)) if narrow else ((9, 0), (9, 0))
    for those, offset in zip((apart, apart[apart.ministry]), offsets, strict=True):
        dot = those.loc[those.difference.idxmax()]
        when = published(dot.vintage)
        what = "first count of" if when == f"January {dot.period_end + 1}" else "published in"
        words = f"{style.signed(dot.difference)}, {what}\n{when}"
        _name_dot(axes, dot.period_end, dot.difference, words, offset, narrow)


def _join_widest(axes: Axes, differences: pd.Series, year: int, narrow: bool) -> None:
    """A thin line between the lowest and the highest total of one year, with its words."""
    ends = differences.min(), differences.max()
    (axes.hlines if narrow else axes.vlines)(year + ASIDE, *ends, color=style.REPORTED, linewidth=1)
    words = f"{year}: {style.signed(ends[0])} to {style.signed(ends[1])},\nthe widest spread"
    _name_dot(axes, year, ends[0], words, (-7, -19) if narrow else (9, 0), narrow)


def _name_dot(axes: Axes, year, difference, words: str, offset: tuple[int, int], narrow: bool) -> None:
    """Words beside a dot; in the narrow drawing they end at it, if it lies far to the right."""
    axes.annotate(
        words,
        (difference, year) if narrow else (year, difference),
        xytext=offset,
        textcoords="offset points",
        ha="right" if narrow and difference > 0 else "left",
        va="center",
        fontsize=SMALL,
        bbox=style.CLEAR,
    )


def _remark_on_late_years(axes: Axes, apart: pd.DataFrame, narrow: bool) -> None:
    """How little the later totals differ, where they leave the drawing empty."""
    farthest = apart[apart.period_end.ge(2012)].difference.abs().max()
    words = f"Since 2012\nat most {farthest} people\nmore or fewer"
    across, upward = (-32, 2019.5) if narrow else (2018, 13)
    axes.text(across, upward, words, va="center", bbox=style.CLEAR)


def _key_of_vintages(axes: Axes, narrow: bool) -> None:
    """What the two kinds of dot mean, in the free corner."""
    key = (("Ministry's own tables", MINISTRY), ("press and others", OTHERS))
    for line, (words, look) in enumerate(key):
        place = (7, 2019 + 1.3 * line) if narrow else (2018.2, -15 - 6 * line)
        axes.scatter(*[[at] for at in place], **look)
        axes.annotate(words, place, xytext=(9, 0), textcoords="offset points", va="center", bbox=style.CLEAR)


def vintages_words(apart: pd.DataFrame, *, spread: int, widest: int, excess: int, excess_year: int) -> str:
    """What :func:`vintages` shows.

    Args:
        apart: the totals that differ, as in the figure.
        spread, widest: the widest spread of the totals of one year, and that year.
        excess, excess_year: by how much the rejected value exceeds the reference, and its year.
    """
    since_2012 = apart[apart.period_end.ge(2012)].difference
    farthest, of_ministry = apart.difference.max(), apart[apart.ministry].difference.max()
    return f"""Dots for each published total of a year that differs from the reference, 2002 to 2025,
    by how many people it differs. The differences lie between {style.signed(apart.difference.min())} and
    {style.signed(farthest)} people. The largest stand in 2009 to 2011: {farthest:+d} in the first count
    for 2009, {of_ministry:+d} in the first count for 2011, and a spread of {spread} people for {widest}.
    From 2012 on no difference exceeds {since_2012.abs().max()} people. One rejected value,
    {excess:+d} for {excess_year}, is not drawn."""


def span(low: int, high: int) -> str:
    """One year, or the first and the last of several."""
    return f"{low}" if low == high else f"{low}–{high}"


def changes_drawn(
    total: pd.Series,
    names: pd.Series,
    best: tuple[int, ...],
    levels,
    possible: list[tuple[int, int]],
    *,
    sure: int,
    narrow: bool = False,
) -> Figure:
    """The arrivals as dots and the levels between three changes as lines; beneath, the uncertain years.

    Args:
        total: arrivals by year.
        names: their rows.
        best: the first year of each new level, where the three changes fit best.
        levels: the level before the first change and after each.
        possible: for each change, the first and the last year that the counts do not exclude.
        sure: the year in which every placing that fits has a change.
        narrow: for a phone.
    """
    drawing, _ = style.canvas(
        4.6 if narrow else 4.4, narrow=narrow, rows=2, sharex=True, height_ratios=[2, 1]
    )
    above, below = drawing.axes
    dots = above.scatter(total.index.tolist(), total.tolist(), color=style.INK, s=18, zorder=4)
    style.link(dots, names.tolist(), [f"{year}: {number:,} arrivals" for year, number in total.items()])
    _levels(above, [total.index[0], *best, total.index[-1] + 1], levels)
    style.count_axis(above)
    above.set(ylim=(0, 3200), yticks=range(0, 3001, 1000))
    above.set_title("Arrivals a year (dots) and the levels that fit best", fontsize=9)
    said = f"{sure} is in\nevery placing\nthat fits"
    above.text(sure - 0.15, 3120, said, va="top", fontsize=SMALL, bbox=style.CLEAR)
    _possible_years(below, best, possible)
    for axes in (above, below):
        axes.axvline(sure - 0.5, color=style.INK, linewidth=1, linestyle=":", zorder=1)
    axes.set(xlim=(2001.2, 2026), xticks=range(2005, 2026, 5) if narrow else [*range(2002, 2024, 3), 2025])
    return drawing


def _levels(axes: Axes, edges: list[int], levels) -> None:
    """A line for each level, with its number above or beneath, at the end where no dot is."""
    places = (("left", 100), ("left", -330), ("right", 100), ("right", 100))
    for start, end, level, (side, away) in zip(edges, edges[1:], levels, places, strict=False):
        axes.hlines(level, start - 0.5, end - 0.5, color=FITTED, linewidth=4)
        at = start - 0.4 if side == "left" else end - 0.8
        axes.text(at, level + away, f"{level:,.0f}", ha=side, va="bottom", fontweight="bold")


def _possible_years(axes: Axes, best: tuple[int, ...], possible: list[tuple[int, int]]) -> None:
    """A bar for the years that each change may have, its words above it, and a mark where it fits best."""
    for line, (year, (low, high)) in enumerate(zip(best, possible, strict=True)):
        axes.hlines(line, low - 0.5, high + 0.5, color=FITTED, linewidth=8, alpha=0.5)
        axes.scatter(year, line, color=style.INK, s=34, marker="D", zorder=3)
        late = low > 2015
        at, side = (high + 0.5, "right") if late else (low - 0.5, "left")
        words = f"{span(low, high)}, best {year}"
        axes.text(at, line - 0.22, words, ha=side, va="bottom", fontsize=SMALL, bbox=style.CLEAR)
    axes.set(ylim=(len(best) - 0.6, -0.9), yticks=[])
    axes.grid(visible=False)
    axes.set_title("Years not excluded for each change", fontsize=9)


def changes_drawn_words(best: tuple[int, ...], levels, possible: list[tuple[int, int]], *, sure: int) -> str:
    """What :func:`changes_drawn` shows; the arguments are the same."""
    return f"""Arrivals by year as dots, with four levels of the best placing of three changes:
    {", ".join(f"{level:,.0f}" for level in levels)}. The best years are {", ".join(map(str, best))}.
    Bars beneath show the years not excluded for each change:
    {", ".join(span(*ends) for ends in possible)}. A dotted line marks {sure}, in which every placing
    that fits has a change."""


def cumulative(running: pd.DataFrame, checks: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """The arrivals added up as areas, women beneath and men above, with the totals of the time as rings.

    Args:
        running: cumulative arrivals by sex at the end of each year; the first two years end a bucket.
        checks: the totals of the time: ``month``, ``total``, ``difference`` from the reference, and the
            ``source``.
        narrow: for a phone.
    """
    drawing, axes = style.canvas(3.9 if narrow else 3.8, narrow=narrow)
    _areas(axes, running)
    _rings(axes, checks)
    style.count_axis(axes)
    axes.set(ylim=(0, 41500), xlim=(1997.4, 2025), yticks=range(0, 30001, 10000))
    axes.set_xticks([1998, 2005, 2015, 2025] if narrow else [1998, 2001, *range(2005, 2026, 5)])
    return drawing


def _areas(axes: Axes, running: pd.DataFrame) -> None:
    """Women and men on top of one another; pale between the buckets' ends, where nothing is known."""
    for part, alpha, line in ((running.iloc[:2], 0.4, ":"), (running.iloc[1:], 1, "-")):
        axes.fill_between(part.index, 0, part.female, color=style.WOMEN, alpha=alpha, linewidth=0)
        axes.fill_between(part.index, part.female, part.total, color=style.MEN, alpha=alpha, linewidth=0)
        axes.plot(part.index, part.total, color=style.INK, linestyle=line)
    last = running.iloc[-1]
    bold: Look = {"ha": "right", "va": "center", "fontweight": "bold"}
    axes.text(2024.4, last.female * 0.5, f"Women\n{last.female:,}", color=style.WHITE, **bold)
    axes.text(2024.4, last.female + last.male * 0.4, f"Men\n{last.male:,}", color=style.DARK, **bold)
    above: Look = {"xytext": (0, 21), "textcoords": "offset points", "ha": "right", "va": "bottom"}
    axes.annotate(f"All {last.total:,}", (2025, last.total), **above, fontweight="bold")


def _rings(axes: Axes, checks: pd.DataFrame) -> None:
    """A ring for each total of the time, with its difference from the reference in brackets."""
    ring: Look = {"s": 42, "facecolor": style.WHITE, "edgecolor": style.INK, "linewidth": 1.5}
    rings = axes.scatter([_place(month) for month in checks.month], checks.total, **ring, zorder=5)
    style.link(rings, checks.source, [_said_of_check(check) for check in checks.itertuples()])
    for check in checks.itertuples():
        late = check.month > "2020-12"  # higher, to keep clear of its neighbour
        axes.annotate(
            f"{check.month[:4]}: {check.total:,}{_gap(check.difference)}",
            (_place(check.month), check.total),
            xytext=(20, 16) if late else (-8, 5),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=SMALL,
        )


def _gap(difference) -> str:
    """The difference from the reference in brackets, where there is one to tell."""
    if pd.isna(difference):
        return ""
    return f" ({style.signed(difference)})" if difference else " (exact)"


def _said_of_check(check) -> str:
    """What a ring stands for."""
    far = "no value to compare" if pd.isna(check.difference) else f"{style.signed(check.difference)} people"
    year, month = check.month.split("-")
    return f"End of {month_name[int(month)]} {year}: {check.total:,}; difference from the reference: {far}"


def _place(month: str) -> float:
    """A month on an axis where a whole number is the end of that year."""
    year, part = map(int, month.split("-"))
    return year - 1 + part / 12


def cumulative_words(running: pd.DataFrame, *, checked: int, farthest: float) -> str:
    """What :func:`cumulative` shows.

    Args:
        running: cumulative arrivals by sex, as in the figure.
        checked: how many totals of the time are drawn.
        farthest: the largest difference of one of them from the reference.
    """
    total = running.total
    return f"""Two areas, women beneath and men above, of cumulative arrivals at the end of each year. Their
    sum rises from {total[1998]:,} in 1998 and {total[2001]:,} in 2001 to {total[2011]:,} in 2011, more slowly
    to {total[2019]:,} in 2019, and is nearly flat after that, ending at {total[2025]:,}:
    {running.female[2025]:,} women and {running.male[2025]:,} men. {checked} rings mark totals published at
    the time; all lie on the upper edge, the largest difference being {farthest:.0f} people."""


def women(
    buckets: pd.DataFrame,
    years: pd.DataFrame,
    names: pd.DataFrame,
    share: pd.Series,
    bucket_share: pd.Series,
    chance: list,
    *,
    narrow: bool = False,
) -> Figure:
    """The share of women among the arrivals by year, with what chance alone could do to it.

    Args:
        buckets, years: arrivals by sex, in the two periods before 2002 and in each year since.
        names: the rows of the years, in the same form.
        share: the share of women in each year.
        bucket_share: the share of women in each of the two periods.
        chance: for each year, between which shares chance alone would let it vary.
        narrow: for a phone.
    """
    drawing, axes = style.canvas(4.3 if narrow else 3.9, narrow=narrow)
    axes.axhline(0.5, color=style.INK, linewidth=0.8)
    axes.text(2010, 0.49, "half", ha="left", va="top", fontsize=SMALL)
    axes.vlines(share.index, *zip(*chance, strict=True), color=style.WOMEN, linewidth=5, alpha=0.3)
    axes.plot(share.index, share, color=style.WOMEN)
    dots = axes.scatter(share.index, share, color=style.WOMEN, s=22, zorder=3)
    said = [
        f"{year.Index}: {year.female:,} women among {year.total:,} arrivals" for year in years.itertuples()
    ]
    style.link(dots, names.female.loc[years.index], said)
    _bucket_shares(axes, buckets, bucket_share)
    _notes_on_shares(axes, years, share, narrow)
    style.percent_axis(axes)
    axes.set(
        ylim=(0, 1.06),
        xlim=(1995.2, 2026),
        xticks=range(2000, 2026, 5) if narrow else [*range(2002, 2025, 3), 2025],
    )
    return drawing


def _bucket_shares(axes: Axes, buckets: pd.DataFrame, share: pd.Series) -> None:
    """A thick stroke over the years of each of the two buckets, with its counts."""
    places = {1998: (1995.6, 1998.4, "bottom", 0.03), 2001: (1998.6, 2001.4, "top", -0.03)}
    for year, (start, end, side, away) in places.items():
        axes.hlines(share[year], start, end, color=style.WOMEN, linewidth=5, alpha=0.45)
        counts = f"{PERIODS[year]}: {share[year]:.0%}\n{buckets.female[year]:,} of {buckets.total[year]:,}"
        axes.text(start, share[year] + away, counts, fontsize=SMALL, va=side, bbox=style.CLEAR)


def _notes_on_shares(axes: Axes, years: pd.DataFrame, share: pd.Series, narrow: bool) -> None:
    """The counts behind some shares, each with where its note stands from the dot."""
    wide = {2002: (-42, 22), 2009: (0, -44), 2021: (-44, -8), 2022: (36, -30), 2025: (-22, 24)}
    small = {2009: (0, -50), 2021: (-40, -8), 2022: (16, -50), 2025: (-22, 24)}
    for year, offset in (small if narrow else wide).items():
        counts = f"{year}: {share[year]:.0%}\n{years.female[year]:,} of {years.total[year]:,}"
        style.note(axes, year, share[year], counts, offset)


def women_words(years: pd.DataFrame, share: pd.Series, bucket_share: pd.Series, ordinary: pd.Series) -> str:
    """What :func:`women` shows; ``ordinary`` are the shares of 2006 to 2019, the others as in the figure."""
    female, total, recent = years.female, years.total, share.loc[2023:]
    return f"""A line of the share of women among arrivals by year, with pale bars for what chance alone could
    do to it. Among the bucket to 1998 the share is {bucket_share[1998]:.0%}, among that of 1999 to 2001
    {bucket_share[2001]:.0%}. It is {share[2002]:.0%} in 2002, between {ordinary.min():.0%} and
    {ordinary.max():.0%} from 2006 to 2019, falls to {share[2021]:.0%} in 2021
    ({female[2021]} of {total[2021]} people) and {share[2022]:.0%} in 2022 ({female[2022]} of
    {total[2022]}), where the pale bars are long, and is between {recent.min():.0%} and {recent.max():.0%}
    from 2023 to 2025."""


def breakdowns(
    region: pd.DataFrame,
    age: pd.DataFrame,
    names: dict[str, pd.DataFrame],
    *,
    border: int,
    narrow: bool = False,
) -> Figure:
    """Arrivals by home region and by age on arrival, women first and men after, on one scale.

    Args:
        region, age: ``female``, ``male`` and ``total`` for each category, from the lowest bar upward.
        names: their rows, in the same form, as ``home_region`` and ``age_at_arrival``.
        border: people from the two regions of the longest bars together.
        narrow: for a phone, where one list stands beneath the other.
    """
    lines: Look = {"rows": 2, "height_ratios": [len(region) + 0.6, len(age) + 0.6]}
    beside: Look = {"columns": 2, "width_ratios": [26000, 13000]}
    drawing, _ = style.canvas(5.6 if narrow else 3.9, narrow=narrow, **(lines if narrow else beside))
    first, second = drawing.axes
    _lists(first, region, names["home_region"], "Home region (list incomplete)", room=26000)
    _lists(second, age, names["age_at_arrival"], "Age on arrival", room=26000 if narrow else 13000)
    _name_sexes(first, region.iloc[-1], len(region) - 1)
    together = f"upper two together:\n{border:,}, in the north-\neast, on China's border"
    first.text(11500, len(region) - 2.7, together, va="center", fontsize=SMALL)
    return drawing


def _lists(axes: Axes, counts: pd.DataFrame, names: pd.DataFrame, title: str, room: int) -> None:
    """One panel; ``room`` is how many people its width holds."""
    lines = counts.index.str.replace("-", "–")
    _stack(axes, lines, counts, names, lying=True, height=0.76)
    for place, total in enumerate(counts.total):
        _number_beside(axes, place, total)
    axes.set_xlim(0, room)  # one scale for both panels
    axes.margins(y=0.02)
    _bare(axes)
    axes.set_title(title, fontsize=9.5)


def breakdowns_words(region: pd.DataFrame, age: pd.DataFrame) -> str:
    """What :func:`breakdowns` shows; the arguments are the same."""
    home, men_lead = region.total, region.index[region.male > region.female]
    return f"""Two sets of horizontal bars, women first and men after. By home region: North Hamgyong
    {home["North Hamgyong"]:,}, Ryanggang {home["Ryanggang"]:,}, South Hamgyong
    {home["South Hamgyong"]:,}; every other region is below {home.iloc[-4] + 1:,}. Men outnumber women only
    among arrivals from {" and ".join(men_lead[::-1])}. By age on arrival: {age.total["20-29"]:,}
    in their twenties and {age.total["30-39"]:,} in their thirties, {age.total["40-49"]:,} in their forties,
    {age.total["10-19"]:,} aged ten to nineteen; the rest are fewer."""
