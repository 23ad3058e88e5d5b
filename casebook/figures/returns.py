"""The figures of the chapter on returns."""

import re
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from casebook.publishing import maps, style
from casebook.publishing.dates import said

Look = dict[str, Any]  # options of a drawing call that several calls share

# How a return is established: mark, its fill, the word
LOOK = {
    "acknowledged": ("s", style.INK, "acknowledged by China"),
    "supported": ("D", style.BLUE, "supported by a government or a UN body"),
    "reported": ("o", style.WHITE, "reported"),
    "presumed": ("v", style.PALE, "presumed"),
}
SHORT = {
    "acknowledged": "acknowledged",
    "supported": "supported",
    "reported": "reported",
    "presumed": "presumed",
}
# Words that stand for no place
NOWHERE = ("not stated", "border crossing not stated", "various")

# The parts of the map that are enlarged (west, south, east, north), and the towns that are named only there
TUMEN = (128.95, 42.15, 130.75, 43.12)
YALU = (124.0, 39.85, 124.75, 40.35)
CLOSE = "Tumen Onsong Namyang Hunchun Kyongwon Yanji Longjing Kaishantun Helong Musan Hoeryong".split()
WAY = {  # where a name stands beside its point: offset in points, and side
    "Tumen": ((-12, 10), "right"),
    "Onsong": ((14, 8), "left"),
    "Namyang": ((14, -12), "left"),
    "Hunchun": ((12, 4), "left"),
    "Kyongwon": ((-4, -17), "center"),
    "Longjing": ((-12, 0), "right"),
    "Kaishantun": ((-10, -12), "right"),
    "Hoeryong": ((10, -10), "left"),
    "Baishan": ((-8, 10), "right"),
    "Changbai": ((10, 9), "left"),
    "Hyesan": ((10, -12), "left"),
    "Dandong": ((-14, 8), "right"),
    "Sinuiju": ((14, -10), "left"),
}


def one_by_one(returns: pd.DataFrame, again: tuple[int, int], *, narrow: bool = False) -> Figure:
    """Each documented return as a bar of people, in the order of time; paler up to the highest number.

    Args:
        returns: the documented returns, rows of the register of events.
        again: the lowest and the highest number that another chain gives for the largest return.
        narrow: for a phone.
    """
    rows = returns.sort_values(["date_start", "date_end"])
    drawing, axes = style.canvas(0.235 * len(rows) + 0.6, narrow=narrow)
    for place, event in enumerate(rows.itertuples()):
        _return(axes, place, event, narrow)
    few, more = again
    largest = list(rows.persons_low).index(rows.persons_low.max())
    style.band(axes, (few, more), (largest + 0.42, largest + 0.62), "", style.GREY)
    axes.text(
        more + 12, largest + 0.52, f"{few}–{more} by another chain", fontsize=8, va="center", color=style.AXIS
    )
    axes.set_yticks(range(len(rows)), [_when(event, narrow) for event in rows.itertuples()])
    axes.set(xlim=(-52 if narrow else -26, 820 if narrow else 690), ylim=(len(rows) - 0.4, -0.7))
    axes.set_xticks([0, 200, 400, 600])
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0, labelsize=8)
    _key(axes, narrow)
    return drawing


def _when(event, narrow: bool) -> str:
    """The first day, month or year of a return, no more exact than its row."""
    length = {"year": 4, "month": 7}.get(event.date_precision, 10)
    return said(event.date_start[:length], short=True)


def _return(axes: Axes, at: int, event, narrow: bool) -> None:
    """The bar of one return, the mark of how it is established, and its number and place."""
    low, high = event.persons_low, event.persons_high
    words = (
        f"{_when(event, narrow)}: {_range(low, high)} {'person' if high == 1 else 'people'}; "
        f"place: {event.place}; {LOOK[event.established][2]}"
    )
    solid = axes.barh(at, low, height=0.62, color=style.RETURNED)
    style.link(solid[0], event.Index, words)
    if high > low:
        axes.barh(at, high - low, left=low, height=0.62, color=style.RETURNED, alpha=0.4)
    mark, fill, _ = LOOK[event.established]
    axes.scatter(-28 if narrow else -14, at, marker=mark, s=24, color=fill, edgecolor=style.INK, linewidth=1)
    where = "" if event.place in NOWHERE else _place(event.place, narrow)
    axes.text(high + 9, at, f"{_range(low, high)}{where}", va="center", fontsize=8)


def _range(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _place(place: str, narrow: bool) -> str:
    """The first of several places, and how many more there are."""
    first, *others = place.split(", ") if place.count("-") > 1 or narrow else [place]
    if narrow and len(first) > 22:
        return ""
    return f", {first}" + (f" and {len(others)} more" if others and not narrow else "")


def _key(axes: Axes, narrow: bool) -> None:
    """What the marks mean, where no bar is: at the right of the first, small returns."""
    left = 420 if narrow else 330
    for place, (basis, (mark, fill, words)) in enumerate(LOOK.items()):
        at = 3.2 + 1.15 * place
        axes.scatter(left, at, marker=mark, s=26, color=fill, edgecolor=style.INK, linewidth=1)
        axes.text(
            left + (30 if narrow else 16), at, SHORT[basis] if narrow else words, va="center", fontsize=8
        )
    axes.text(left - 8, 3.2 + 1.15 * len(LOOK), "paler: up to the\nhighest number", va="top", fontsize=8)


def one_by_one_words(returns: pd.DataFrame, again: tuple[int, int]) -> str:
    """What :func:`one_by_one` shows, from the same arguments."""
    rows = returns.sort_values(["date_start", "date_end"])
    told = "; ".join(
        f"{_when(event, False)} {_range(event.persons_low, event.persons_high)} ({event.established})"
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


def named_places(spots: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """The places that the documented returns name: the whole border, and its two ends enlarged.

    Args:
        spots: one row a place, with ``name``, ``lon``, ``lat``, ``country_iso3``, ``returns``, the number of
            returns that name it, and ``places``, the identifiers of its rows; the most often named first.
        narrow: for a phone.
    """
    if narrow:
        drawing, panels = style.canvas(8.4, narrow=True, rows=3, height_ratios=[2.55, 3.0, 2.6])
    else:
        drawing = style.canvas(7.4)[0]
        drawing.clear()
        grid = drawing.add_gridspec(2, 2, width_ratios=[1.45, 1], height_ratios=[1.25, 1])
        spans = (grid[0, :], grid[1, 0], grid[1, 1])
        panels = [drawing.add_subplot(span) for span in spans]
    whole, tumen, yalu = panels
    for axes, frame in ((whole, None), (tumen, TUMEN), (yalu, YALU)):
        maps.ground(axes, frame)
        _marks(axes, spots)
        if frame:
            _frame(whole, frame)
    whole.set_ylim(39.4, 44)
    _names(whole, tumen, yalu, spots, narrow)
    whole.set_title("The whole border", fontsize=9.5)
    tumen.set_title("The Tumen, at the north-eastern end", fontsize=9.5)
    yalu.set_title("The mouth of the Yalu", fontsize=9.5)
    return drawing


def _marks(axes: Axes, spots: pd.DataFrame) -> None:
    """Each place: a circle in China, a square in the DPRK, larger where more returns name it."""
    for spot in spots.itertuples():
        here = spot.country_iso3 == "CHN"
        look: Look = {"color": style.GREEN} if here else {"color": style.WHITE, "edgecolor": style.PURPLE}
        size = 24 + 34 * spot.returns
        mark = axes.scatter(
            spot.lon, spot.lat, s=size, marker="o" if here else "s", linewidth=1.6, zorder=3, **look
        )
        words = f"{spot.name}: named by {spot.returns} documented returns"
        style.link(mark, [spot.places.split()[0]], [words])


def _frame(whole: Axes, frame: tuple[float, float, float, float]) -> None:
    west, south, east, north = frame
    whole.add_patch(
        Rectangle((west, south), east - west, north - south, fill=False, color=style.INK, linewidth=1)
    )


def _names(whole: Axes, tumen: Axes, yalu: Axes, spots: pd.DataFrame, narrow: bool) -> None:
    """Each name once: in the enlarged parts, or on the whole map."""
    for spot in spots.itertuples():
        at_mouth = YALU[0] < spot.lon < YALU[2] and YALU[1] < spot.lat < YALU[3]
        axes = tumen if spot.name in CLOSE else yalu if at_mouth else whole
        offset, side = WAY.get(spot.name, ((11, 0), "left"))
        axes.annotate(
            f"{spot.name} {spot.returns}",
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
        (tumen, 129.3, 43.05, "CHINA"),
        (tumen, 130.2, 42.25, "DPRK"),
        (yalu, 124.25, 40.3, "CHINA"),
        (yalu, 124.58, 39.9, "DPRK"),
    ):
        axes.text(x, y, words, color=style.AXIS, fontsize=8.5, ha="center", va="center")


def named_places_words(spots: pd.DataFrame) -> str:
    """What the map shows, from the same places."""
    numbers = ", ".join(f"{spot.name} {spot.returns}" for spot in spots.itertuples())
    return f"""Three maps, of the whole border of China and the DPRK along the rivers Yalu and Tumen and of
    its two ends enlarged. Circles mark places in China and squares places in the DPRK that the texts of
    documented returns name, with the number of returns: {numbers}."""


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
    style.extent(axes, at + 0.16, low, high, colour, along="x", width=5, size=30)
    return axes.text(
        9.5, at - 0.22, words, fontsize=8, va="center", bbox={**style.CLEAR, "facecolor": style.WHITE}
    )


def _claim_in_words(claim, narrow: bool) -> str:
    """When, by whom, and what the reader must know of the claim."""
    start, end = claim.period_start[:4], claim.period_end[:4]
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
