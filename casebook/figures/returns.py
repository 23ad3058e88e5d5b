"""The figures of the chapter on returns."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from casebook.analysis.law import first_day, last_day
from casebook.publishing import maps, style

LOOK = {  # how a return is established: fill, edge, name on the figure
    "acknowledged": (style.INK, style.INK, "Acknowledged by China"),
    "supported": (style.BLUE, style.BLUE, "Supported"),
    "reported": ("white", style.ORANGE, "Reported"),
    "presumed": (style.PALE, style.GREY, "Presumed"),
}

# Remarks on the timeline: the return, the offset in points, the words
REMARKS = (
    ("EV002", (16, -30), "January 2000,\nby China"),
    ("EV020", (20, 34), "2006"),
    ("EV031", (-10, -44), "May 2013,\nvia Laos"),
    ("EV062", (-64, -40), "9 October 2023:\n{low} to {high}; by\nanother {few} to {more}"),
)

# Remarks on the claims: the claim, years from its first year to the remark, the offset in points, the words
CLAIM_REMARKS = (
    ("RR20", 0, (66, 16), "{low:,}, refused:\na weekly claim times {weeks}"),
    ("RR13", 0, (-42, 26), "{low:,}:\nYanbian only"),
    ("RR01", 0, (34, -34), "research institute,\nas relayed"),
    ("RR30", 0, (44, -8), "director of\nan archive"),
    ("RR35", 0.5, (6, 22), "Human Rights Watch,\nfor whole periods"),
    ("RR04", 0, (66, -16), "a diplomat,\nfor one year to April 2000"),
)

NEAR = (128.75, 130.85, 42.12, 43.12)  # the north-eastern end of the border: west, east, south, north
CLOSE = "Tumen Onsong Namyang Hunchun Kyongwon Yanji Longjing Kaishantun Helong Musan Hoeryong".split()
WAY = {  # where a name stands beside its point: offset in points, and side
    "Tumen": ((-12, 10), "right"),
    "Onsong": ((14, 8), "left"),
    "Namyang": ((14, -12), "left"),
    "Hunchun": ((12, 4), "left"),
    "Kyongwon": ((-4, -17), "center"),
    "Longjing": ((-12, 0), "right"),
    "Changbai": ((-10, 12), "right"),
    "Hyesan": ((10, -12), "left"),
    "Dandong": ((-14, 8), "right"),
    "Sinuiju": ((14, -10), "left"),
}


def timeline(returns: pd.DataFrame, others: dict[str, pd.DataFrame], again: tuple[int, int]) -> Figure:
    """Each documented return as a point at its date and lowest number; below, when other rows fall.

    Args:
        returns: the documented returns, rows of the register of events.
        others: the other rows of the register, by the name of the lane on which they are drawn.
        again: the lowest and the highest number that another chain gives for the largest return.
    """
    drawing, (axes, lanes) = _panels((7.2, 6.2), rows=2, sharex=True, height_ratios=[3, 1.35])
    for event in returns.itertuples():
        _return(axes, event)
    axes.set_yscale("log")
    axes.set(ylim=(0.8, 1500), xlim=(1999, 2026.4))
    axes.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    axes.minorticks_off()
    axes.set_title("Documented returns: people in each, on a scale of tens")
    _remarks(axes, returns, again)
    _key_to_bases(axes)
    _key_to_chains(axes)
    _lanes(lanes, others)
    return drawing


def timeline_words(returns: pd.DataFrame, others: dict[str, pd.DataFrame], again: tuple[int, int]) -> str:
    """What the timeline shows, from the same arguments."""
    few, more = again
    supported, presumed = (returns.established.eq(basis).sum() for basis in ("supported", "presumed"))
    lanes = ", ".join(f"{len(rows)} {name}" for name, rows in others.items())
    return f"""Above, {len(returns)} documented returns as points from 2000 to 2025, on a logarithmic scale of
    people, with a stroke where sources give a range. Most hold fewer than a hundred people. One point is
    filled as acknowledged by China, January 2000; {supported} as supported by a government or a UN body:
    early 2006, May 2013 and 9 October 2023; the last stands far above the others, and a note gives the other
    number for it, {few} to {more}. {presumed} are presumed and the others only reported. Below, five lanes
    mark when other rows of the register fall: {lanes}."""


def _panels(size: tuple[float, float], **options) -> tuple[Figure, Any]:
    """An empty figure with several panels; ``canvas`` is typed for a single one."""
    return style.canvas(size, **options)


def _years(start: str, end: str) -> tuple[float, float]:
    """The first and the last moment that two partial dates allow, as decimal years."""
    first, last = (
        day.year + (day.timetuple().tm_yday - 1) / 365.25 for day in (first_day(start), last_day(end))
    )
    return first, last


def _middle(event) -> float:
    return sum(_years(event.date_start, event.date_end)) / 2


def _shape(basis: str) -> str:
    return "D" if basis == "presumed" else "o"


def _size(chains: int) -> int:
    """The area of a point: larger where more chains report."""
    return 22 + 34 * (chains - 1)


def _return(axes: Axes, event) -> None:
    """One return: a point, a stroke up to the highest number, a level line where only the year is known."""
    fill, edge, _ = LOOK[event.established]
    at, low, high = _middle(event), event.persons_low, event.persons_high
    if event.date_precision == "year":
        axes.hlines(low, *_years(event.date_start, event.date_end), color=edge, linewidth=1)
    if high > low:
        axes.vlines(at, low, high, color=style.INK, linewidth=1.4, zorder=4)
        axes.scatter(at, high, marker="_", s=70, color=style.INK, linewidth=1.4, zorder=4)
    look: dict[str, Any] = {
        "s": _size(event.corroboration),
        "marker": _shape(event.established),
        "linewidth": 1.5,
    }
    axes.scatter(at, low, color=fill, edgecolor=edge, zorder=3, **look)


def _remarks(axes: Axes, returns: pd.DataFrame, again: tuple[int, int]) -> None:
    few, more = again
    for name, offset, words in REMARKS:
        event = returns.loc[name]
        words = words.format(low=event.persons_low, high=event.persons_high, few=few, more=more)
        style.note(axes, _middle(event), event.persons_low, words, offset)


def _key_to_bases(axes: Axes) -> None:
    for position, (basis, (fill, edge, words)) in enumerate(LOOK.items()):
        height = 950 / 2.1**position
        shape = _shape(basis)
        axes.scatter(2000.2, height, s=40, marker=shape, color=fill, edgecolor=edge, linewidth=1.5)
        axes.text(2000.7, height, words, va="center", fontweight="bold", fontsize=9)


def _key_to_chains(axes: Axes) -> None:
    for position, chains in enumerate((1, 3, 5)):
        height = 950 / 2.1**position
        axes.scatter(2009.3, height, s=_size(chains), color="white", edgecolor=style.GREY, linewidth=1.5)
        words = f"{chains} independent chain{'s' if chains > 1 else ''}"
        axes.text(2009.9, height, words, va="center", fontsize=9)


def _lanes(lanes: Axes, others: dict[str, pd.DataFrame]) -> None:
    """One lane for each group of other rows, with a bar from the first to the last day of each row."""
    for lane, rows in enumerate(others.values()):
        for event in rows.itertuples():
            start, end = _years(event.date_start, event.date_end)
            lanes.hlines(-lane, start, max(end, start + 0.12), color=style.INK, linewidth=7, alpha=0.45)
    names = [f"{name} ({len(rows)})" for name, rows in others.items()]
    lanes.set_yticks(range(0, -len(others), -1), names)
    lanes.set_ylim(-len(others) + 0.4, 0.6)
    lanes.set_title("Everything else in the register: when, without numbers", fontsize=9)
    lanes.set_xticks(range(2000, 2026, 5))


def named_places(spots: pd.DataFrame) -> Figure:
    """The places that the documented returns name: the whole border, and its north-eastern end enlarged.

    Args:
        spots: one row a place, with ``name``, ``lon``, ``lat``, ``country_iso3`` and ``returns``, the
            number of returns that name it; the most often named first.
    """
    drawing, (wide, near) = _panels((7.2, 8.6), rows=2, height_ratios=[4.75, 4.0])
    for axes in (wide, near):
        maps.ground(axes)
        for spot in spots.itertuples():
            _mark(axes, spot.lon, spot.lat, spot.country_iso3, spot.returns)
    for spot in spots.itertuples():
        _name_beside(near if spot.name in CLOSE else wide, spot)
    near.set(xlim=NEAR[:2], ylim=NEAR[2:])
    wide.set_ylim(39.4, 44)
    _frame_of_the_enlarged_part(wide)
    _countries(wide, near)
    _key_to_marks(wide)
    wide.set_title("Places that the documented returns name")
    near.set_title("The north-eastern end", fontsize=9.5)
    return drawing


def named_places_words(spots: pd.DataFrame) -> str:
    """What the map shows, from the same places."""
    numbers = ", ".join(f"{spot.name} {spot.returns}" for spot in spots.itertuples())
    return f"""Two maps, the second a part of the first, of the border of China and the DPRK along the rivers
    Yalu and Tumen. Circles mark places in China and squares places in the DPRK that the texts of documented
    returns name, with the number of returns: {numbers}. They gather at the two ends of the border, around
    Tumen and Onsong in the north-east and at Dandong and Sinuiju in the south-west."""


def _mark(axes: Axes, lon: float, lat: float, country: str, returns: int) -> None:
    """One place: a circle in China, a square in the DPRK, larger where more returns name it."""
    here = country == "CHN"
    axes.scatter(
        lon,
        lat,
        s=26 + 40 * returns,
        marker="o" if here else "s",
        zorder=3 if here else 2.8,
        color=style.BLUE if here else "white",
        edgecolor="white" if here else style.ORANGE,
        linewidth=1.4,
    )


def _name_beside(axes: Axes, spot) -> None:
    offset, side = WAY.get(spot.name, ((12, 0), "left"))
    axes.annotate(
        f"{spot.name} {spot.returns}",
        (spot.lon, spot.lat),
        xytext=offset,
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=9,
        fontweight="bold",
        bbox={**style.CLEAR, "alpha": 0.7},
        zorder=5,
    )


def _frame_of_the_enlarged_part(wide: Axes) -> None:
    west, east, south, north = NEAR
    wide.add_patch(
        Rectangle((west, south), east - west, north - south, fill=False, color=style.INK, linewidth=1)
    )
    wide.text(west, north + 0.08, "the part below", fontsize=8.5, va="bottom")


def _countries(wide: Axes, near: Axes) -> None:
    for axes, x, y, words in (
        (wide, 125.2, 42.9, "CHINA"),
        (wide, 127.3, 40.6, "DPRK"),
        (wide, 131.5, 43.6, "RUSSIA"),
        (near, 129.05, 42.98, "CHINA"),
        (near, 130.0, 42.62, "DPRK"),
        (near, 130.72, 42.5, "RUSSIA"),
    ):
        axes.text(x, y, words, color=style.GREY, fontsize=10, ha="center", va="center")


def _key_to_marks(wide: Axes) -> None:
    for y, country, words in ((40.35, "CHN", "in China"), (40.0, "PRK", "in the DPRK")):
        _mark(wide, 129.7, y, country, 1)
        wide.text(129.9, y, words, va="center", fontsize=9)
    wide.text(129.62, 39.68, "number: returns\nthat name it", va="center", fontsize=9)


def by_period(by_period: pd.DataFrame, periods: pd.DataFrame) -> Figure:
    """People in the documented returns, a panel a period and a bar for each way they are established.

    Args:
        by_period: one row for each ``period`` and way ``established``, with ``returns`` and, where there
            are any, ``people_low`` and ``people_high``.
        periods: the same three numbers of each whole period, by its name.
    """
    drawing, panels = _panels((7.2, 5.4), rows=3, sharex=True)
    for axes, whole in zip(panels, periods.itertuples(), strict=True):
        for place, cell in enumerate(by_period[by_period.period.eq(whole.Index)].itertuples()):
            _bar(axes, -place, cell)
        axes.set_yticks([0, -1, -2, -3], [basis.capitalize() for basis in LOOK])
        people = f"{whole.people_low:,} to {whole.people_high:,} people"
        axes.set_title(f"{whole.Index}: {people} in {whole.returns} returns", fontsize=9.5)
        axes.set_ylim(-3.55, 0.55)
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False)
    panels[-1].set_xlim(0, 860)
    panels[-1].set_xlabel("people in the documented returns; hatched: up to the highest number given")
    return drawing


def by_period_words(by_period: pd.DataFrame) -> str:
    """What the bars show, from the same rows."""
    found = (
        f"{cell.period}, {cell.established}: " + (f"{_in_words(cell)}." if cell.returns else "none.")
        for cell in by_period.itertuples()
    )
    return f"""Horizontal bars of people in documented returns, for three periods and by how the return is
    established. {" ".join(found)}"""


def _bar(axes: Axes, at: float, cell) -> None:
    """The lowest numbers added as a plain bar, hatched up to the highest; words where there is no return."""
    if not cell.returns:
        axes.text(6, at, "none documented", va="center", fontsize=8.5, color=style.GREY)
        return
    low, high = cell.people_low, cell.people_high
    fill, edge, _ = LOOK[cell.established]
    axes.barh(at, low, color=fill, edgecolor=edge, linewidth=1.3, height=0.66)
    hatched: dict[str, Any] = {"color": "white", "hatch": "////", "linewidth": 0.8}
    axes.barh(at, high - low, left=low, edgecolor=edge, height=0.66, **hatched)
    axes.text(high + 8, at, _in_words(cell), va="center", fontsize=8.5)


def _in_words(cell) -> str:
    """A number or a range of people, and the returns that hold them."""
    low, high = int(cell.people_low), int(cell.people_high)
    ends = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    who = "person" if high == 1 else "people"
    return f"{ends} {who} in {cell.returns} return{'s' if cell.returns > 1 else ''}"


def claims(yearly: pd.DataFrame, spans: pd.DataFrame, per_year: pd.DataFrame, weeks: int) -> Figure:
    """Claims about returns for a year or a whole period, above what is documented year by year.

    Args:
        yearly: the claims for a year, rows of the register of rates with ``from_year``.
        spans: the claims for a whole period in all China, likewise.
        per_year: lowest and highest numbers of the documented returns, added for each year.
        weeks: by how many weeks the refused claim multiplies a weekly one.
    """
    drawing, axes = style.canvas((7.2, 4.8))
    _documented(axes, per_year)
    for claim in spans.itertuples():
        # the end of a span is the end of its last year, or of its last month
        start, end = _years(claim.period_start, claim.period_end)
        axes.hlines(claim.persons_low, start - 0.5, end - 0.5, color=style.ORANGE, linewidth=2.2)
    for claim in yearly.itertuples():
        _yearly_claim(axes, claim)
    axes.set_yscale("log")
    axes.set(ylim=(0.8, 32000), xlim=(1995.3, 2026))
    axes.set_yticks([1, 10, 100, 1000, 10000], ["1", "10", "100", "1,000", "10,000"])
    axes.minorticks_off()
    axes.set_title("Claimed and documented: people returned, on a scale of tens")
    _claim_remarks(axes, pd.concat([yearly, spans]), weeks)
    _key_to_claims(axes)
    return drawing


def claims_words(yearly: pd.DataFrame, per_year: pd.DataFrame) -> str:
    """What the figure of claims shows, from the same frames."""
    low = yearly.persons_low
    return f"""On a logarithmic scale of people by year, points of documented returns, mostly below a hundred
    and {per_year.persons_low[2023]:,} in 2023, lie far below the claims. Claims for a year lie between
    {low.min():,} and {low.max():,}; one of them, {low["RR20"]:,} for 2003, is marked as refused, and one,
    {low["RR13"]:,} for 2002, as covering one prefecture. Level lines mark claims for whole periods, among
    them three by Human Rights Watch since 2020."""


def _documented(axes: Axes, per_year: pd.DataFrame) -> None:
    years, low, high = per_year.index, per_year.persons_low, per_year.persons_high
    axes.scatter(years, low, s=34, color=style.BLUE, zorder=5)
    axes.vlines(years, low.astype(float), high.astype(float), color=style.BLUE, linewidth=1.8)


def _yearly_claim(axes: Axes, claim) -> None:
    """One claim for a year: crossed where refused, a diamond for one place, an arrow where an end is open."""
    low, high = claim.persons_low, claim.persons_high
    level = high if pd.isna(low) else low
    refused, local = claim.refuse == "y", claim.area == "one_place"
    marker, fill = ("X", style.INK) if refused else (("D", style.PALE) if local else ("o", "white"))
    look: dict[str, Any] = {
        "edgecolor": style.INK if refused else style.ORANGE,
        "linewidth": 1.5,
        "zorder": 4,
    }
    axes.scatter(claim.from_year, level, marker=marker, s=52, color=fill, **look)
    if pd.isna(low) or pd.isna(high):
        axes.annotate(
            "",
            (claim.from_year, level * (1.5 if pd.isna(high) else 0.66)),
            (claim.from_year, level),
            arrowprops={"arrowstyle": "->", "color": style.ORANGE, "linewidth": 1.3},
        )


def _claim_remarks(axes: Axes, drawn: pd.DataFrame, weeks: int) -> None:
    for name, years, offset, words in CLAIM_REMARKS:
        claim = drawn.loc[name]
        words = words.format(low=claim.persons_low, weeks=weeks)
        style.note(axes, claim.from_year + years, claim.persons_low, words, offset)


def _key_to_claims(axes: Axes) -> None:
    axes.text(2006.2, 150, "Documented event by event", color=style.BLUE, fontweight="bold", va="center")
    axes.text(1995.6, 22000, "Claimed", color=style.ORANGE, fontweight="bold", va="center")
    axes.text(
        2013.4,
        14500,
        "circle: for a year, all China\nline: for a whole period\narrow: “at least” or “up to”",
        fontsize=8.5,
        va="center",
    )
