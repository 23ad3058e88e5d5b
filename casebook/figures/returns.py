"""The figures of the chapter on returns."""

import re
from itertools import takewhile

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.path import Path

from casebook.figures.sheet import Look
from casebook.publishing import maps, style
from casebook.publishing.dates import said

# How a return is established: mark, its fill, the word
LOOK = {
    "acknowledged": ("s", style.INK, "acknowledged by China"),
    "supported": ("D", style.BLUE, "supported by a government or a UN body"),
    "reported": ("o", style.WHITE, "reported"),
    "presumed": ("v", style.PALE, "presumed"),
}
# Words that stand for no place
NOWHERE = ("not stated", "border crossing not stated", "various", "China")

WITHIN = 400  # people in a bar that is long enough to hold its words

# The parts of the map that are enlarged: west, south, east, north
TUMEN = (128.85, 42.15, 130.95, 43.12)
YALU = (124.0, 39.85, 124.75, 40.35)
FACING = 0.08  # degrees between two towns of a crossing, up to which one mark stands for both
HALF = {"CHN": Path.wedge(0, 180), "PRK": Path.wedge(180, 360)}  # of the mark of two such towns
WAY = {  # where a name stands beside its point: offset in points, and side
    "Tumen": ((-14, 9), "right"),
    "Yanji": ((-9, 0), "right"),
    "Onsong": ((14, 8), "left"),
    "Hunchun": ((12, 4), "left"),
    "Kyongwon": ((-4, -17), "center"),
    "Longjing": ((-12, 0), "right"),
    "Kaishantun": ((-10, -12), "right"),
    "Hoeryong": ((10, -10), "left"),
    "Baishan": ((-8, 10), "right"),
    "Changbai": ((12, -2), "left"),
    "Dandong": ((-16, 6), "right"),
}


def one_by_one(returns: pd.DataFrame, again: tuple[int, int], *, narrow: bool = False) -> Figure:
    """Each documented return as a bar of people, in the order of time; paler up to the highest number.

    Args:
        returns: the documented returns, rows of the register of events.
        again: the lowest and the highest number that another chain gives for the largest return.
        narrow: for a phone.
    """
    rows = returns.sort_values(["date_start", "date_end"])
    largest = list(rows.index).index(rows.persons_low.idxmax())
    # Beneath the largest return there is room for the other number
    levels = [place + 0.75 * (place > largest) for place in range(len(rows))]
    drawing, axes = style.canvas(0.235 * len(rows) + (1.25 if narrow else 1.05), narrow=narrow)
    for level, event in zip(levels, rows.itertuples(), strict=True):
        _return(axes, level, event, narrow)
    _other_number(axes, largest + 0.75, again)
    axes.set_yticks(levels, [_when(event) for event in rows.itertuples()])
    axes.set(xlim=(-46 if narrow else -26, 700), ylim=(levels[-1] + 0.6, -3.9 if narrow else -2.7))
    axes.set_xticks([0, 200, 400, 600])
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0, labelsize=8)
    _key(axes, narrow)
    return drawing


def _other_number(axes: Axes, level: float, again: tuple[int, int]) -> None:
    few, more = again
    style.extent(axes, level, few, more, style.GREY, along="x", width=5)
    axes.text(more + 10, level, f"{few}–{more} by another chain", fontsize=8, va="center")


def _when(event) -> str:
    """The days, months or year of a return, as exact as its row."""
    length = {"year": 4, "month": 7}.get(event.date_precision, 10)
    first, last = (said(day[:length], short=True) for day in (event.date_start, event.date_end))
    pairs = zip(reversed(first.split()), reversed(last.split()), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return last if first == last else f"{' '.join(first.split()[: -same or None])}–{last}"


def _return(axes: Axes, at: float, event, narrow: bool) -> None:
    """The bar of one return, the mark of how it is established, and its number and place.

    Without a known number there is a hollow mark and no bar.
    """
    low, high, (mark, fill, basis) = event.persons_low, event.persons_high, LOOK[event.established]
    spoken = f"{_when(event)}: {_people(low, high)}; place: {event.place}; {basis}"
    if pd.isna(low):
        axes.scatter(8, at, marker="s", s=30, color=style.WHITE, edgecolor=style.RETURNED, linewidth=1.2)
        high = 14
    else:
        style.link(axes.barh(at, low, height=0.62, color=style.RETURNED)[0], event.Index, spoken)
        if high > low:
            axes.barh(at, high - low, left=low, height=0.62, color=style.RETURNED, alpha=0.4)
    axes.scatter(-24 if narrow else -13, at, marker=mark, s=24, color=fill, edgecolor=style.INK, linewidth=1)
    number = _range(event.persons_low, event.persons_high)
    told = [" ".join([number, event.established] if event.established != "reported" else [number])]
    at_end: Look = {"x": high + 9} if high < WITHIN else {"x": 12, "color": style.WHITE}
    words = axes.text(y=at, s=", ".join(told + _place(event, narrow)), va="center", fontsize=8, **at_end)
    words.set_in_layout(False)
    style.link(words, event.Index, spoken)


def _range(low: int, high: int) -> str:
    if pd.isna(low):
        return "number not known"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _people(low: int, high: int) -> str:
    """A number with its noun."""
    if pd.isna(low):
        return _range(low, high)
    return f"{_range(low, high)} {'person' if high == 1 else 'people'}"


def _place(event, narrow: bool) -> list[str]:
    """Where a return took place, or from where; nothing where neither is stated; many places as a number."""
    stated = [place for place in (event.place, event.from_place) if place not in NOWHERE]
    if not stated:
        return []
    parts = stated[0].split(", ")
    if len(parts) > (2 if narrow else 3):
        kind = "crossings" if all("-" in part for part in parts) else "places"
        return [f"{len(parts)} {kind}"]
    return [re.sub(r" \(.*\)|, \w+$", "", stated[0]) if narrow else stated[0]]


def _key(axes: Axes, narrow: bool) -> None:
    """What the marks mean, above the bars."""
    wide_spots = [(0, -2.2), (190, -2.2), (500, -2.2), (610, -2.2)]
    spots = [(0, -3.4), (0, -2.4), (0, -1.4), (430, -3.4)] if narrow else wide_spots
    before = 24 if narrow else 13
    for (left, at), (mark, fill, words) in zip(spots, LOOK.values(), strict=True):
        look: Look = {"marker": mark, "s": 24, "color": fill, "edgecolor": style.INK, "linewidth": 1}
        axes.scatter(left - before, at, **look)
        axes.text(left, at, words, va="center", fontsize=8)
    left, at = (230, -1.4) if narrow else (0, -1.2)
    axes.barh(at, 34, left=left, height=0.5, color=style.RETURNED)
    axes.barh(at, 34, left=left + 34, height=0.5, color=style.RETURNED, alpha=0.4)
    axes.text(left + 80, at, "paler: up to the highest", va="center", fontsize=8)


def one_by_one_words(returns: pd.DataFrame, again: tuple[int, int]) -> str:
    """What :func:`one_by_one` shows, from the same arguments."""
    rows = returns.sort_values(["date_start", "date_end"])
    told = "; ".join(
        f"{_when(event)} {_range(event.persons_low, event.persons_high)} ({event.established})"
        for event in rows.itertuples()
    )
    return f"""Horizontal bars, one for each of {len(rows)} documented returns in the order of time, with
    people in it and how it is established: {told}.
    For the largest another chain gives {again[0]} to {again[1]}."""


def key(per_year: pd.DataFrame, largest: tuple[int, int, int], *, narrow: bool = False) -> Figure:
    """People in documented returns by year, lowest and highest numbers added; the small picture of the book.

    Args:
        per_year: ``persons_low`` and ``persons_high`` by year.
        largest: the year of the largest return, and its lowest and highest number.
        narrow: for a phone.
    """
    drawing, axes = style.canvas(2.5, narrow=narrow)
    low, high = per_year.persons_low, per_year.persons_high
    axes.bar(per_year.index, low, color=style.RETURNED, width=0.8)
    axes.bar(per_year.index, high - low, bottom=low, color=style.RETURNED, alpha=0.4, width=0.8)
    year, few, more = largest
    words = f"of these {few}–{more}\nin October {year}"
    axes.text(year - 1, low[year] * 0.92, words, ha="right", va="top", fontsize=9, fontweight="bold")
    axes.text(1999.6, high.max() * 0.97, "paler: up to the\nhighest number given", fontsize=8, va="top")
    style.count_axis(axes)
    axes.set(xlim=(1999, 2026.4))
    axes.set_xticks(range(2000, 2026, 10 if narrow else 5))
    return drawing


def key_words(per_year: pd.DataFrame) -> str:
    """What :func:`key` shows."""
    years = ", ".join(
        f"{year} {_range(row.persons_low, row.persons_high)}" for year, row in per_year.iterrows()
    )
    return f"""Bars of people in documented returns by the year of the return, the lowest numbers added
    and, paler, up to the highest: {years}. Other years have no documented return that may be added."""


def named_places(spots: pd.DataFrame, pairs: set[tuple[str, str]], *, narrow: bool = False) -> Figure:
    """The places that the documented returns name: the whole border, and its two ends enlarged.

    Args:
        spots: one row a place, with ``name``, ``lon``, ``lat``, ``country_iso3``, ``returns``, the number of
            returns that name it, and ``places``, the identifiers of its rows; the most often named first.
        pairs: the names of two towns that a text names as one crossing, the one in China first.
        narrow: for a phone.
    """
    if narrow:
        drawing, panels = style.canvas(8.0, narrow=True, rows=3, height_ratios=[2.5, 2.3, 2.6])
    else:
        drawing = style.canvas(7.4)[0]
        drawing.clear()
        grid = drawing.add_gridspec(2, 2, width_ratios=[1.45, 1], height_ratios=[1.25, 1])
        spans = (grid[0, :], grid[1, 0], grid[1, 1])
        panels = [drawing.add_subplot(span) for span in spans]
    whole, tumen, yalu = panels
    facing = _facing(spots, pairs)
    for axes, frame in ((whole, None), (tumen, TUMEN), (yalu, YALU)):
        maps.ground(axes, frame)
        _marks(axes, spots, facing, frame is None)
        _joined(axes, spots, pairs - set(facing.items()), frame)
        if frame:
            _frame(whole, frame)
    whole.set_ylim(39.4, 44)
    _names(whole, tumen, yalu, spots, facing, narrow)
    whole.set_title("The whole border", fontsize=9.5)
    tumen.set_title("The Tumen, at the north-eastern end", fontsize=9.5)
    yalu.set_title("The mouth of the Yalu", fontsize=9.5)
    return drawing


def _facing(spots: pd.DataFrame, pairs: set[tuple[str, str]]) -> dict[str, str]:
    """The pairs of towns that lie so near to each other that one mark stands for both."""
    known = spots.set_index("name")[["lon", "lat"]]
    return {here: there for here, there in pairs if (known.loc[here] - known.loc[there]).abs().max() < FACING}


def _joined(axes: Axes, spots: pd.DataFrame, pairs: set[tuple[str, str]], frame: tuple | None) -> None:
    """A thin line between the towns of a pair that lie farther apart, in the enlarged parts."""
    known = spots.set_index("name")
    for pair in sorted(pairs) if frame else ():
        ends = known.loc[list(pair)]
        axes.plot(ends.lon, ends.lat, color=style.GREY, linewidth=1, zorder=2)


def _marks(axes: Axes, spots: pd.DataFrame, facing: dict[str, str], whole: bool) -> None:
    """Each place, larger where more returns name it: a circle in China, a square in the DPRK.

    Two towns that face each other are one mark in two halves. On the whole map the marks of the parts that
    are enlarged are small.
    """
    known = spots.set_index("name")[["lon", "lat"]]
    middles: dict[str, tuple] = {}
    for pair in facing.items():
        middles |= dict.fromkeys(pair, tuple(known.loc[list(pair)].mean()))
    for spot in spots.itertuples():
        small = whole and (_within(spot, TUMEN) or _within(spot, YALU))
        _mark(axes, spot, middles.get(spot.name), 14 if small else 24 + 34 * spot.returns)


def _mark(axes: Axes, spot, middle: tuple[float, float] | None, size: float) -> None:
    """One place, or its half of the mark of two."""
    chinese = spot.country_iso3 == "CHN"
    colour = style.RETURNED if chinese else style.WHITE
    look: Look = {"facecolor": colour, "edgecolor": style.RETURNED}
    marker = HALF[spot.country_iso3] if middle else "o" if chinese else "s"
    at = middle or (spot.lon, spot.lat)
    mark = axes.scatter(
        at[0], at[1], s=size * (1.5 if middle else 1), marker=marker, linewidth=1.6, zorder=3, **look
    )
    many = "return" if spot.returns == 1 else "returns"
    style.link(mark, [spot.places.split()[0]], [f"{spot.name}: named by {spot.returns} documented {many}"])


def _within(spot, frame: tuple[float, float, float, float]) -> bool:
    west, south, east, north = frame
    return west < spot.lon < east and south < spot.lat < north


def _frame(whole: Axes, frame: tuple[float, float, float, float]) -> None:
    west, south, east, north = frame
    whole.add_patch(
        Rectangle((west, south), east - west, north - south, fill=False, color=style.INK, linewidth=1)
    )


def _names(
    whole: Axes, tumen: Axes, yalu: Axes, spots: pd.DataFrame, facing: dict[str, str], narrow: bool
) -> None:
    """Each name once, in the enlarged parts or on the whole map; one label for towns that face each other."""
    numbers = spots.set_index("name").returns
    for spot in spots[~spots.name.isin(facing.values())].itertuples():
        names = [spot.name, *([facing[spot.name]] if spot.name in facing else [])]
        axes = tumen if _within(spot, TUMEN) else yalu if _within(spot, YALU) else whole
        offset, side = WAY.get(spot.name, ((11, 0), "left"))
        axes.annotate(
            "\n".join(f"{name} {numbers[name]}" for name in names),
            (spot.lon, spot.lat),
            xytext=offset,
            textcoords="offset points",
            ha=side,
            va="center",
            fontsize=8 if narrow else 8.5,
            fontweight="bold",
            bbox={**style.CLEAR, "facecolor": style.WHITE, "alpha": 0.75},
            zorder=5,
        )
    for axes, x, y, words in (
        (whole, 125.4, 43.2, "CHINA: round"),
        (whole, 127.3, 40.3, "DPRK: square"),
        (tumen, 129.15, 43.05, "CHINA"),
        (tumen, 129.75, 42.25, "DPRK"),
        (yalu, 124.25, 40.3, "CHINA"),
        (yalu, 124.58, 39.9, "DPRK"),
    ):
        axes.text(x, y, words, color=style.AXIS, fontsize=8.5, ha="center", va="center")


def named_places_words(spots: pd.DataFrame) -> str:
    """What the map shows, from the same places."""
    numbers = ", ".join(f"{spot.name} {spot.returns}" for spot in spots.itertuples())
    return f"""Three maps, of the whole border of China and the DPRK along the rivers Yalu and Tumen and of
    its two ends enlarged. Circles mark places in China and squares places in the DPRK that the texts of
    documented returns name, and split circles two towns that face each other, with the number of returns:
    {numbers}."""


def by_period(by_period: pd.DataFrame, periods: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """People in the documented returns, a panel a period and a bar for each way they are established.

    Args:
        by_period: one row for each ``period`` and way ``established``, with ``returns`` and, where there
            are any, ``people_low`` and ``people_high``.
        periods: the same three numbers of each whole period, by its name.
        narrow: for a phone.
    """
    drawing, panels = style.canvas(5.0, narrow=narrow, rows=3, sharex=True)
    for axes, whole in zip(panels, periods.itertuples(), strict=True):
        for place, cell in enumerate(by_period[by_period.period.eq(whole.Index)].itertuples()):
            _bar(axes, -place, cell, narrow)
        axes.set_yticks([0, -1, -2, -3], [basis.capitalize() for basis in LOOK])
        people = f"{whole.people_low:,}–{whole.people_high:,} people"
        axes.set_title(
            f"{whole.Index}: {people}" + ("" if narrow else f" in {whole.returns} returns"), fontsize=9.5
        )
        axes.set_ylim(-3.55, 0.55)
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False)
    panels[-1].set_xlim(0, 940 if narrow else 900)
    panels[-1].set_xticks([0, 200, 400, 600])
    return drawing


def by_period_words(by_period: pd.DataFrame) -> str:
    """What the bars show, from the same rows."""
    found = (
        f"{cell.period}, {cell.established}: " + (f"{_in_words(cell)}." if cell.returns else "none.")
        for cell in by_period.itertuples()
    )
    return f"""Horizontal bars of people in documented returns, for three periods and by how the return is
    established. {" ".join(found)}"""


def _bar(axes: Axes, at: float, cell, brief: bool) -> None:
    """The lowest numbers added, paler up to the highest; words where there is no return."""
    if not cell.returns:
        axes.text(6, at, "none documented", va="center", fontsize=8.5, color=style.AXIS)
        return
    low, high = cell.people_low, cell.people_high
    axes.barh(at, low, color=style.RETURNED, height=0.66)
    axes.barh(at, high - low, left=low, color=style.RETURNED, alpha=0.4, height=0.66)
    words = (
        _in_words(cell).replace(" people", "").replace(" returns", "").replace(" return", "")
        if brief
        else _in_words(cell)
    )
    axes.text(high + 8, at, words, va="center", fontsize=8.5)


def _in_words(cell) -> str:
    """A number or a range of people, and the returns that hold them."""
    low, high = int(cell.people_low), int(cell.people_high)
    who = "person" if high == 1 else "people"
    return f"{_range(low, high)} {who} in {cell.returns} return{'s' if cell.returns > 1 else ''}"


def claims(claimed: pd.DataFrame, per_year: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Claims about returns for a year or a whole period, beneath what is documented in the fullest years.

    Args:
        claimed: the claims, a row each: ``period_start``, ``period_end``, ``persons_low``, ``persons_high``,
            ``area``, ``refuse`` and ``publisher``; in the order in which they are drawn.
        per_year: lowest and highest numbers of the documented returns, added for each year.
        narrow: for a phone.
    """
    fullest = per_year.nlargest(3, "persons_low").sort_index()
    drawing, axes = style.canvas(0.37 * (len(claimed) + len(fullest)) + 0.5, narrow=narrow)
    for place, (year, row) in enumerate(fullest.iterrows()):
        _line(axes, place, f"{year}: documented, event by event", row, style.RETURNED)
    for place, claim in enumerate(claimed.itertuples(), start=len(fullest)):
        mark = _line(axes, place, _claim_in_words(claim, narrow), claim, style.GREY)
        style.link(mark, claim.Index, _claim_in_words(claim, False))
    axes.set_xscale("log")
    axes.set(xlim=(9, 15000), ylim=(len(claimed) + len(fullest) - 0.5, -0.7), yticks=[])
    axes.set_xticks([10, 100, 1000, 10000], ["10", "100", "1,000", "10,000"])
    axes.tick_params(labelsize=8)
    axes.minorticks_off()
    axes.grid(axis="x")
    return drawing


def _line(axes: Axes, at: int, words: str, row, colour: str):
    """One claim or one documented year: its words, and beneath them its mark; returns the words."""
    ends = [float("nan") if pd.isna(end) else float(end) for end in (row.persons_low, row.persons_high)]
    low, high = ends
    refused = getattr(row, "refuse", "n") == "y"
    style.extent(axes, at + 0.16, low, high, colour, along="x", width=5, size=30, hollow=refused)
    _number_beside(axes, at + 0.16, low, high)
    return axes.text(
        9.5, at - 0.22, words, fontsize=8, va="center", bbox={**style.CLEAR, "facecolor": style.WHITE}
    )


def _number_beside(axes: Axes, at: float, low: float, high: float) -> None:
    """The number of a claim, on the side to which no arrow points."""
    ends = [int(end) for end in (low, high) if end == end]
    rightward = len(ends) == 1 and high != high
    axes.annotate(
        _range(ends[0], ends[-1]),
        (ends[0] if rightward else ends[-1], at),
        xytext=(-7 if rightward else 7, 0),
        textcoords="offset points",
        ha="right" if rightward else "left",
        va="center",
        fontsize=8,
        fontweight="bold",
    )


def _claim_in_words(claim, narrow: bool) -> str:
    """When, by whom, and what the reader must know of the claim."""
    start, end = (said(day[:7], short=True) for day in (claim.period_start, claim.period_end))
    who = re.sub(r" via .*| at the Chinese.*", ", relayed", claim.publisher) if narrow else claim.publisher
    remarks = ["refused"] * (claim.refuse == "y") + ["one prefecture"] * (claim.area == "one_place")
    if pd.isna(claim.persons_low) or pd.isna(claim.persons_high):
        remarks.append("at least" if pd.isna(claim.persons_high) else "at most")
    told = f" ({', '.join(remarks)})" if remarks else ""
    return f"{start if start == end else f'{start} to {end}'}: {who}{told}"


def claims_words(claimed: pd.DataFrame, per_year: pd.DataFrame) -> str:
    """What :func:`claims` shows, from the same frames."""
    told = "; ".join(_amount(claim) for claim in claimed.itertuples())
    fullest = per_year.persons_low.nlargest(3).sort_index()
    documented = ", ".join(f"{people:,} in {year}" for year, people in fullest.items())
    return f"""On a logarithmic scale of people. Documented event by event in the fullest years, lowest
    numbers: {documented}. Claimed: {told}."""


def _amount(claim) -> str:
    low, high = claim.persons_low, claim.persons_high
    amount = f"{high:,}" if pd.isna(low) else f"{low:,}" if pd.isna(high) else _range(low, high)
    return f"{_claim_in_words(claim, False)} {amount}"
