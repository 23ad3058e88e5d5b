"""The figures of the chapter on arrivals in the Republic of Korea."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

Look = dict[str, Any]  # options of a drawing call that several calls share

# The two kinds of publisher in the figure of the vintages
MINISTRY: Look = {"s": 46, "marker": "s", "color": style.BLUE}
OTHERS: Look = {"s": 26, "facecolor": "white", "edgecolor": style.ORANGE, "linewidth": 1.6}


def by_year(
    buckets: pd.DataFrame, years: pd.DataFrame, *, peak: int, low: int, falls: dict[int, float]
) -> Figure:
    """Arrivals by year as bars, women below and men above; periods of several years stand apart.

    Args:
        buckets: arrivals by sex in the two periods before 2002, by the last year of each.
        years: arrivals by sex in each year since 2002.
        peak, low: the years with the most and the fewest arrivals.
        falls: for 2012 and 2020, the fall from the year before as a share of it.
    """
    drawing, _ = style.canvas((7.2, 4.5), columns=2, sharey=True, width_ratios=[1.3, 6.5])
    left, right = drawing.axes
    _women_and_men(left, buckets, [0, 1], hatch="////")
    _women_and_men(right, years, years.index, hatch="")
    _scale_by_year(left, right)
    _name_by_year(right, years.total, peak, low, falls)
    return drawing


def _women_and_men(axes: Axes, counts: pd.DataFrame, places, hatch: str) -> None:
    bars: Look = {"width": 0.84, "hatch": hatch, "edgecolor": "white"}
    axes.bar(places, counts.female, color=style.BLUE, **bars)
    axes.bar(places, counts.male, bottom=counts.female, color=style.AMBER, **bars)


def _scale_by_year(left: Axes, right: Axes) -> None:
    style.count_axis(right)
    right.set(ylim=(0, 3300), xlim=(2001.3, 2025.7))
    right.set_xticks([*range(2003, 2022, 3), 2025], [*range(2003, 2022, 3), "2025,\nprovisional"])
    left.set_xticks([0, 1], ["to\n1998", "1999–\n2001"])
    left.set_xlim(-0.6, 1.6)
    left.set_title("Several years\nin one bar", fontsize=9)
    right.set_title("Arrivals in a year")


def _name_by_year(axes: Axes, total: pd.Series, peak: int, low: int, falls: dict[int, float]) -> None:
    """Name the two colours and the years of which the text speaks."""
    style.label_on(axes, 2008, 1100, "Women", style.BLUE)
    style.label_on(axes, 2010.5, 2160, "Men", style.AMBER, style.INK)
    top: Look = {"ha": "center", "va": "bottom", "fontweight": "bold"}
    axes.text(peak, total[peak] + 110, f"{peak}: {total[peak]:,}", **top)
    style.note(axes, 2012, total[2012], f"2012: {total[2012]:,},\n{falls[2012]:.0%} fewer", (46, 44))
    shut = f"2020, border shut:\n{total[2020]:,}, {falls[2020]:.0%} fewer"
    style.note(axes, 2020, total[2020], shut, (6, 92))
    style.note(axes, low, total[low], f"{low}: {total[low]:,},\nthe fewest", (26, 42))


def by_year_words(buckets: pd.DataFrame, years: pd.DataFrame, *, peak: int, low: int) -> str:
    """What :func:`by_year` shows; the arguments are the same."""
    before, total = buckets.total, years.total
    return f"""Stacked bars, women below and men above. Two bars apart stand for several years each:
    {before[1998]:,} arrivals up to 1998, mostly men, and {before[2001]:,} in 1999 to 2001.
    From {total[2002]:,} in 2002 the yearly number rises to {total[peak]:,} in {peak}, stays high until 2011
    ({total[2011]:,}), drops to {total[2012]:,} in 2012, drifts down to {total[2019]:,} in 2019,
    drops to {total[2020]:,} in 2020 and to {total[low]:,} in {low}, and stands at
    {total[2025]:,} in 2025. Women are the larger part in nearly every year."""


def vintages(apart: pd.DataFrame) -> Figure:
    """How far the published totals of a year lie from the reference, a dot each.

    Args:
        apart: the totals that differ: ``period_end``, ``vintage``, ``difference``, and ``ministry``,
            true for a table of the Ministry itself.
    """
    drawing, axes = style.canvas((7.2, 4.6))
    axes.axhline(0, color=style.INK, linewidth=1)
    ministry, others = apart[apart.ministry], apart[~apart.ministry]
    axes.scatter(ministry.period_end, ministry.difference, **MINISTRY, zorder=3)
    axes.scatter(others.period_end, others.difference, **OTHERS, zorder=4)
    axes.set(ylim=(-33, 44), xlim=(2001.3, 2026.2), ylabel="people more or fewer than in MOU-2025-12")
    axes.set_yticks(range(-30, 41, 10), [style.signed(tick) for tick in range(-30, 41, 10)])
    axes.set_title("Published totals of a year, set against the reference")
    axes.text(2019, 1, "as in the reference", ha="left", va="bottom", fontsize=8.5, color=style.INK)
    _name_farthest(axes, apart)
    _key_of_vintages(axes)
    return drawing


def _name_farthest(axes: Axes, apart: pd.DataFrame) -> None:
    """Name the dots that lie farthest from the reference, to the side where there is room."""
    of_2010 = apart[apart.period_end.eq(2010)]
    _name_dot(axes, apart.loc[apart.difference.idxmax()], "first count")
    _name_dot(axes, apart.loc[apart[apart.ministry].difference.idxmax()], "first count")
    _name_dot(axes, apart.loc[of_2010.difference.idxmax()], "", side="right")
    _name_dot(axes, apart.loc[apart.difference.idxmin()], "")


def _name_dot(axes: Axes, dot: pd.Series, remark: str, side: str = "left") -> None:
    axes.annotate(
        f"{dot.period_end}: {style.signed(dot.difference)} {remark}".strip() + f"\n{dot.vintage}",
        (dot.period_end, dot.difference),
        xytext=(8 if side == "left" else -8, 0),
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=8.5,
        bbox=style.CLEAR,
    )


def _key_of_vintages(axes: Axes) -> None:
    style.label_end(axes, 2016.3, -20, "Ministry's own tables", style.BLUE)
    style.label_end(axes, 2016.3, -25.5, "press and encyclopaedia", style.ORANGE)
    axes.scatter([2016.2], [-20], **MINISTRY)
    axes.scatter([2016.2], [-25.5], **OTHERS)


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


def changes_drawn(total: pd.Series, best: tuple[int, ...], levels, possible: list[tuple[int, int]]) -> Figure:
    """The arrivals as dots, the levels between three changes as lines, the uncertain years as bars beneath.

    Args:
        total: arrivals by year.
        best: the first year of each new level, where the three changes fit best.
        levels: the level before the first change and after each.
        possible: for each change, the first and the last year that the counts do not exclude.
    """
    drawing, axes = style.canvas((7.2, 3.9))
    axes.plot(total.index.tolist(), total.tolist(), "o", color=style.GREY)
    _levels(axes, [total.index[0], *best, total.index[-1] + 1], levels, left_before=best[1])
    _possible_years(axes, possible)
    style.count_axis(axes)
    axes.set(ylim=(-640, 3200), xlim=(2001, 2027.5), xticks=range(2002, 2027, 3), yticks=range(0, 3001, 1000))
    axes.set_title("Three changes of level, and the years that the counts do not exclude")
    return drawing


def _levels(axes: Axes, edges: list[int], levels, left_before: int) -> None:
    """A line for each level, with its number at the end where no dot is: before a year, on the left."""
    for start, end, level in zip(edges, edges[1:], levels, strict=False):
        axes.hlines(level, start - 0.5, end - 0.5, color=style.BLUE, linewidth=3)
        side = "left" if start < left_before else "right"
        at = start - 0.4 if side == "left" else end - 0.6
        bold: Look = {"color": style.BLUE, "fontweight": "bold"}
        axes.text(at, level + 110, f"{level:,.0f}", ha=side, va="bottom", **bold)


def _possible_years(axes: Axes, possible: list[tuple[int, int]]) -> None:
    """A bar beneath the axis for the years that each change may have."""
    for number, (low, high) in enumerate(possible):
        height = -260 - 130 * number
        axes.hlines(height, low - 0.5, high + 0.5, color=style.ORANGE, linewidth=5, clip_on=False)
        axes.text(high + 0.8, height, span(low, high), va="center", fontsize=8.5, color=style.ORANGE)


def changes_drawn_words(best: tuple[int, ...], levels, possible: list[tuple[int, int]]) -> str:
    """What :func:`changes_drawn` shows; the arguments are the same."""
    return f"""Arrivals by year as dots, with four levels of the best placing of three changes:
    {", ".join(f"{level:,.0f}" for level in levels)}. The best years are {", ".join(map(str, best))}.
    Bars beneath show the years not excluded for each change:
    {", ".join(span(*ends) for ends in possible)}."""


def cumulative(running: pd.DataFrame, checks: pd.DataFrame) -> Figure:
    """The arrivals added up, by sex, with the totals printed at the time as rings.

    Args:
        running: cumulative arrivals by sex at the end of each year; the first two years end a bucket.
        checks: the totals of the time: ``month``, ``total``, and ``difference`` from the reference.
    """
    drawing, axes = style.canvas((7.2, 4.4))
    for sex, name, colour in (
        ("total", "All", style.INK),
        ("female", "Women", style.BLUE),
        ("male", "Men", style.ORANGE),
    ):
        _running_line(axes, running[sex], name, colour)
    _rings(axes, checks)
    style.count_axis(axes)
    axes.set(ylim=(0, 38500), xlim=(1997.4, 2025), xlabel="end of year")
    axes.set_xticks([1998, 2001, *range(2005, 2026, 5)])
    axes.set_title("Arrivals added up, and totals published at the time (rings)")
    return drawing


def _running_line(axes: Axes, total: pd.Series, name: str, colour: str) -> None:
    """One line, dotted between the ends of the buckets, of whose years nothing is known."""
    axes.plot(total.index[2:], total.iloc[2:], color=colour)
    axes.plot(total.index[:3], total.iloc[:3], color=colour, linestyle=":")
    axes.scatter(total.index[:2], total.iloc[:2], color=colour, s=14)
    style.label_end(axes, 2025, total.iloc[-1], f"{name}\n{total.iloc[-1]:,}", colour)


def _rings(axes: Axes, checks: pd.DataFrame) -> None:
    ring: Look = {"s": 42, "facecolor": "white", "edgecolor": style.INK, "linewidth": 1.5}
    axes.scatter([_place(month) for month in checks.month], checks.total, **ring, zorder=5)
    for check in checks.itertuples():
        gap = "" if pd.isna(check.difference) else f" ({style.signed(check.difference)})"
        below = check.month == "2022-12"  # beneath the line, to keep clear of its neighbour
        axes.annotate(
            f"{check.total:,}{gap}",
            (_place(check.month), check.total),
            xytext=(0, -15) if below else (-8, 7),
            textcoords="offset points",
            ha="center" if below else "right",
            va="center",
            fontsize=8.5,
        )


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
    return f"""Three lines of cumulative arrivals at the end of each year. The total rises from
    {total[1998]:,} in 1998 and {total[2001]:,} in 2001 to {total[2011]:,} in 2011, more slowly to
    {total[2019]:,} in 2019, and is nearly flat after that, ending at {total[2025]:,}:
    {running.female[2025]:,} women and {running.male[2025]:,} men. Women overtake men during the first
    years of the century. {checked} rings mark totals published at the time; all lie on the line, the
    largest difference being {farthest:.0f} people."""


def women(
    buckets: pd.DataFrame, years: pd.DataFrame, share: pd.Series, bucket_share: pd.Series, chance: list
) -> Figure:
    """The share of women among the arrivals by year, above bars of the counts.

    Args:
        buckets, years: arrivals by sex, in the two periods before 2002 and in each year since.
        share: the share of women in each year.
        bucket_share: the share of women in each of the two periods.
        chance: for each year, between which shares chance alone would let it vary.
    """
    drawing, _ = style.canvas((7.2, 5.4), rows=2, sharex=True, height_ratios=[3, 1.25])
    above, below = drawing.axes
    above.axhline(0.5, color=style.INK, linewidth=0.8)
    above.text(2025.5, 0.51, "half", ha="right", va="bottom", fontsize=8.5)
    above.vlines(share.index, *zip(*chance, strict=True), color=style.BLUE, linewidth=5, alpha=0.25)
    above.plot(share.index, share, color=style.BLUE, marker="o")
    _bucket_shares(above, buckets, bucket_share)
    _notes_on_shares(above, years, share)
    style.percent_axis(above)
    above.set_title("Share of women among arrivals")
    _counts_of_women(below, years)
    return drawing


def _bucket_shares(axes: Axes, buckets: pd.DataFrame, share: pd.Series) -> None:
    """A thick stroke over the years of each of the two buckets, with its counts."""
    for (start, end), level in zip(((1995.6, 1998.4), (1998.6, 2001.4)), share, strict=True):
        axes.hlines(level, start, end, color=style.BLUE, linewidth=5, alpha=0.45)
    counts = {year: f"{buckets.female[year]:,} of {buckets.total[year]:,}" for year in buckets.index}
    to_1998, to_2001 = f"to 1998\n{counts[1998]}", f"1999–2001\n{counts[2001]}"
    axes.text(1995.9, share[1998] + 0.03, to_1998, fontsize=8.5, va="bottom", bbox=style.CLEAR)
    axes.text(2000, share[2001] - 0.03, to_2001, fontsize=8.5, va="top", ha="center")


def _notes_on_shares(axes: Axes, years: pd.DataFrame, share: pd.Series) -> None:
    """The counts behind some shares, each with where its note stands from the dot."""
    places = {2002: (-32, 22), 2009: (0, 24), 2021: (-38, 0), 2022: (34, -24), 2024: (-42, 4)}
    for year, offset in places.items():
        counts = f"{year}: {years.female[year]:,}\nof {years.total[year]:,}"
        style.note(axes, year, share[year], counts, offset)


def _counts_of_women(axes: Axes, years: pd.DataFrame) -> None:
    """Bars of all arrivals, with the women in colour; small years carry their number."""
    axes.bar(years.index, years.total, color=style.PALE, width=0.84)
    axes.bar(years.index, years.female, color=style.BLUE, width=0.84)
    for year, total in years.total[years.total < 1000].items():
        axes.text(year, total + 60, f"{total:,}", ha="center", va="bottom", fontsize=7)
    style.count_axis(axes)
    axes.set(ylim=(0, 3200), yticks=[0, 1000, 2000, 3000], xlim=(1995.6, 2025.7))
    axes.set_title("Arrivals in the year, women in colour", fontsize=9)
    axes.set_xticks([*range(2002, 2025, 3), 2025])


def women_words(years: pd.DataFrame, share: pd.Series, bucket_share: pd.Series, ordinary: pd.Series) -> str:
    """What :func:`women` shows; ``ordinary`` are the shares of 2006 to 2019, the others as in the figure."""
    female, total, recent = years.female, years.total, share.loc[2023:]
    return f"""A line of the share of women among arrivals by year, above bars of the number of arrivals.
    Among the bucket to 1998 the share is {bucket_share[1998]:.0%}, among that of 1999 to 2001
    {bucket_share[2001]:.0%}. It is {share[2002]:.0%} in 2002, between {ordinary.min():.0%} and
    {ordinary.max():.0%} from 2006 to 2019, falls to {share[2021]:.0%} in 2021
    ({female[2021]} of {total[2021]} people) and {share[2022]:.0%} in 2022 ({female[2022]} of
    {total[2022]}), and is between {recent.min():.0%} and {recent.max():.0%} from 2023 to 2025."""


def breakdowns(region: pd.DataFrame, age: pd.DataFrame) -> Figure:
    """Arrivals by home region and by age on arrival, women first and men after, on one scale.

    Args:
        region, age: ``female``, ``male`` and ``total`` for each category, from the lowest bar upward.
    """
    drawing, _ = style.canvas((7.2, 4.6), columns=2, width_ratios=[26000, 13000])
    left, right = drawing.axes
    _bars(left, region, "Home region: counts, list incomplete", room=26000)
    _bars(right, age, "Age on arrival", room=13000)
    style.label_on(left, 7500, len(region) - 1, "Women", style.BLUE)
    style.label_on(left, 17500, len(region) - 1, "Men", style.AMBER, style.INK)
    return drawing


def _bars(axes: Axes, counts: pd.DataFrame, title: str, room: int) -> None:
    """One panel; ``room`` is how many people its width holds."""
    names = counts.index.str.replace("-", "–")
    axes.barh(names, counts.female, color=style.BLUE, height=0.74)
    axes.barh(names, counts.male, left=counts.female, color=style.AMBER, height=0.74)
    beside: Look = {"xytext": (4, 0), "textcoords": "offset points", "va": "center", "fontsize": 8.5}
    for place, total in enumerate(counts.total):
        axes.annotate(f"{total:,}", (total, place), **beside)
    axes.grid(visible=False)
    axes.set(xlim=(0, room), xticks=[])  # one scale for both panels
    axes.margins(y=0.02)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
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
