"""Figures of the chapter on the United Nations record: votes, what the texts name, and who spoke to China."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.figures import sheet
from casebook.figures.sheet import Look, Mark
from casebook.publishing import style

SHARES = {  # what it is called, the colour of its bars and that of the numbers on them
    "yes": ("for", style.SKY, style.DARK),
    "abstain": ("abstaining", style.PALE, style.INK),
    "no": ("against", style.INK, style.WHITE),
}
TOPS = (205, 58)  # the axes of the two panels end above the number of members of each body
HOLLOW: Look = {"marker": "D", "facecolor": style.WHITE, "edgecolor": style.INK, "linewidth": 1.2}

# What was said in a text that was read, and what was not read
FILLED: Look = {"s": 52, "facecolor": style.OFFICIAL, "edgecolor": style.OFFICIAL, "linewidth": 1.4}
RING: Look = {"s": 46, "facecolor": style.WHITE, "edgecolor": style.INK, "linewidth": 1.6}
UNREAD: Look = {"s": 14, "facecolor": style.GREY, "edgecolor": style.GREY, "linewidth": 0}
DOTS = {"y": (FILLED, "names it"), "n": (RING, "does not"), "unknown": (UNREAD, "not read for it")}
ROWS = {"GA": 0, "CHR": 1, "HRC": 1}

BODIES = {  # of committees, experts and States: what each is on
    "Committees": {
        "CERD": "Racial discrimination", "CRC": "Children", "CAT": "Torture", "CEDAW": "Women",
        "CESCR": "Economic and social rights", "CRPD": "Disability",
    },
    "Experts": {
        "SR": "Special rapporteurs", "WGAD": "Group on arbitrary detention", "WGDAW": "Group on women",
    },
    "States": {"UPR": "Reviews of China"},
}  # fmt: skip
SAYINGS: dict[str, tuple[Look, str]] = {
    "named": (FILLED | {"s": 38}, "names people from the DPRK"),
    "contested": (HOLLOW | {"s": 28}, "contested"),
    "unread": (UNREAD, "too little read to say"),
}
ASIDE = 0.09  # inches between the marks of one body in one year


def votes(lanes: dict[str, pd.DataFrame], without: dict[str, list[int]], *, narrow: bool = False) -> Figure:
    """A line a year in two panels: the votes where there were any, a diamond where a text passed without.

    Args:
        lanes: the resolutions of the Assembly, then those of the Commission and the Council, by year,
            with their names in ``row``.
        without: the years of each lane in which nothing was adopted.
        narrow: for a phone.
    """
    drawing, _ = style.canvas(4.9, narrow=narrow, columns=2, sharey=True, width_ratios=[1.25, 1])
    panels = drawing.axes
    for axes, (lane, texts), top in zip(panels, lanes.items(), TOPS, strict=True):
        axes.set(xlim=(0, top), xticks=[])
        _stack(axes, texts[texts.adopted_without_vote.eq("n")])
        _diamonds(axes, texts[texts.adopted_without_vote.eq("y")], top * 0.035)
        for year in without[lane]:
            sheet.write(axes, 0, year, "none adopted", color=style.AXIS)
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
    panels[0].set_title("General Assembly", fontsize=9)
    panels[1].set_title("Commission, Council" if narrow else "Commission to 2005, then Council", fontsize=9)
    _name_shares(panels[0], lanes["Assembly"])
    _years(panels[0], pd.concat(lanes.values()).index)
    return drawing


def _stack(axes: Axes, counted: pd.DataFrame) -> None:
    """States for, abstaining and against beside one another, each with its number."""
    base = counted.yes * 0
    for name, (_, colour, ink) in SHARES.items():
        bars = axes.barh(
            counted.index,
            counted[name],
            left=base,
            color=colour,
            height=0.8,
            edgecolor=style.WHITE,
            linewidth=0.6,
        )
        for bar, start, (year, text) in zip(bars, base, counted.iterrows(), strict=True):
            style.link(bar, text.row, _said_of_vote(text))
            _number(axes, start, text[name], year, ink)
        base = base + counted[name]


def _number(axes: Axes, start: float, number: int, year: int, ink: str) -> None:
    """The number on its part of a bar, or beside a part that is too short for it."""
    look: Look = {"va": "center_baseline", "fontsize": sheet.LEAST}
    if number / axes.get_xlim()[1] < 0.07:
        axes.text(start + number, year - 0.07, f" {number}", color=style.INK, **look)
    else:
        axes.text(start + number / 2, year - 0.07, str(number), ha="center", color=ink, **look)


def _said_of_vote(text: pd.Series) -> str:
    return (
        f"{text.symbol}, {text.date}: {text.yes} for, {text.abstain} abstaining, {text.no} against, China too"
    )


def _diamonds(axes: Axes, texts: pd.DataFrame, at: float) -> None:
    """Adoption without a vote, which has no number."""
    dots = axes.scatter([at] * len(texts), texts.index, s=22, clip_on=False, **HOLLOW)
    style.link(
        dots, texts.row, [f"{text.symbol}, {text.date}: without a vote" for text in texts.itertuples()]
    )
    for year in texts.index:
        axes.text(
            2.6 * at, year, "without a vote", va="center_baseline", fontsize=sheet.LEAST, color=style.AXIS
        )


def _name_shares(axes: Axes, texts: pd.DataFrame) -> None:
    """The names of the three parts, above the first bar of the Assembly."""
    year, first = texts.index[0], texts.iloc[0]
    look: Look = {"va": "center_baseline", "fontsize": sheet.SMALL, "fontweight": "bold"}
    axes.text(first.yes / 2, year - 1, "for", ha="center", **look)
    axes.text(first.yes + first.abstain / 2, year - 1, "abstaining", ha="center", **look)
    end = first.yes + first.abstain + first.no
    axes.text(end, year - 2, "against, China always", ha="right", **look)
    axes.vlines(end - first.no / 2, year - 1.5, year - 0.5, color=style.GREY, linewidth=0.8)


def _years(axes: Axes, years: Iterable[int]) -> None:
    """Every year from the first to the last, downward."""
    first, last = min(years), max(years)
    axes.set_yticks(range(first, last + 1))
    axes.tick_params(axis="y", labelsize=sheet.SMALL, length=0)
    axes.set_ylim(last + 0.6, first - 0.6)


def votes_words(texts: pd.DataFrame, span: str) -> str:
    """The same in words; ``texts`` are all resolutions by their names, ``span`` their years."""
    first, last = (f"{text.yes}-{text.abstain}-{text.no}" for text in (texts.loc["UN04"], texts.loc["UN22"]))
    return f"""Two panels with a line for each year, {span}.
    On the left the General Assembly: bars of States for, abstaining and against, with their numbers,
    from {first} in 2005 to {last} in 2015, except for 2012 and 2013,
    which like every year from 2016 to 2025 show a hollow diamond for adoption without a vote.
    On the right the Commission on Human Rights in 2003 to 2005 with three votes, no text in 2006 and 2007,
    and the Human Rights Council from 2008: votes until 2011 and in 2014 and 2015,
    diamonds in 2012, 2013 and from 2016 on. China is among those against in every recorded vote."""


def naming(texts: pd.DataFrame, missing: list[int], *, narrow: bool = False) -> Figure:
    """Two rows of dots by year: texts that name non-refoulement, that do not, and that were not read for it.

    Args:
        texts: all resolutions with their body, year and answer.
        missing: years in which neither Commission nor Council adopted a text.
        narrow: for a phone.
    """
    drawing, axes = style.canvas(1.9 if narrow else 1.7, narrow=narrow)
    size = 0.62 if narrow else 1
    for answer, (look, words) in DOTS.items():
        of = texts[texts.names_non_refoulement.eq(answer)]
        dots = axes.scatter(of.year, of.body.map(ROWS), zorder=3, **look | {"s": look["s"] * size})
        style.link(dots, of.index, [f"{text.symbol}, {text.date}: {words}" for text in of.itertuples()])
    for year in missing:
        axes.text(
            year, 1, "none", rotation=90, va="center", ha="center", fontsize=sheet.LEAST, color=style.AXIS
        )
    _name_rows(axes, texts.year.min(), texts.year.max())
    _explain_dots(axes, narrow)
    return drawing


def _name_rows(axes: Axes, first: int, last: int) -> None:
    """The two rows by name, and the years beneath, the first and the last among them."""
    axes.set(ylim=(1.5, -1.5), xlim=(first - 0.8, last + 0.8), yticks=[0, 1])
    axes.set_yticklabels(["General\nAssembly", "Commission,\nCouncil"], fontsize=sheet.SMALL)
    axes.set_xticks([first, *(year for year in range(first + 4, last - 2) if year % 5 == 0), last])
    axes.tick_params(axis="x", labelsize=sheet.SMALL)
    axes.grid(visible=False)


def _explain_dots(axes: Axes, narrow: bool) -> None:
    """The three sorts of dots with their meaning, above the rows."""
    first, last = axes.get_xlim()
    for part, (look, words) in zip(
        (0.02, 0.3, 0.58) if narrow else (0.02, 0.2, 0.38), DOTS.values(), strict=True
    ):
        at = first + part * (last - first)
        axes.scatter([at], [-1.1], **look | {"s": look["s"] * 0.62})
        axes.annotate(
            words, (at, -1.1), xytext=(7, 0), textcoords="offset points", va="center", fontsize=sheet.SMALL
        )


def naming_words(named: pd.DataFrame, unnamed: pd.DataFrame, unread: pd.DataFrame, span: str) -> str:
    """The same in words, from the texts that name the rule, those that do not, and those not read for it."""
    assembly, council = (", ".join(map(str, named[named.body.eq(body)].year)) for body in ("GA", "HRC"))
    return f"""Two rows of dots by year, {span}, for the Assembly and for the Commission and Council.
    Filled dots, texts read that name non-refoulement:
    the Assembly in {assembly}, the Council in {council}.
    Hollow dots, texts read that do not: {", ".join(f"{r.body} {r.year}" for r in unnamed.itertuples())}.
    {len(unread)} small pale dots are texts not read for this."""


class Frame(NamedTuple):
    """Where the grid of bodies and years lies on the sheet, in inches."""

    lanes: tuple[float, float]  # from the first body to the last
    years: float  # where the first year begins
    step: float  # from year to year
    gap: float  # between the groups of bodies
    height: float  # of the whole


PHONE = Frame((0.42, style.NARROW - 0.1), 1.75, 0.138, 0.09, 0.72)
PAGE = Frame((0.2, 3.45), 1.95, 0.147, 0.22, 4.15)


def spoken(sayings: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """A grid of bodies and years: who named people from the DPRK to China, and whose text was not read.

    Args:
        sayings: ``body``, ``year``, ``state`` (of ``SAYINGS``) and ``words``, by the names of the rows.
        narrow: for a phone, where the years go downward.
    """
    frame = PHONE if narrow else PAGE
    span = range(sayings.year.min(), sayings.year.max() + 1)
    years = {year: frame.years + (place + 0.5) * frame.step for place, year in enumerate(span)}
    below = years[span[-1]] if narrow else 0
    drawing, axes, _ = sheet.sheet(below + frame.height, narrow=narrow)
    lanes = _lanes(frame)
    _name_lanes(axes, lanes, frame, max(years.values()) + 0.1, narrow)
    _name_years(axes, set(sayings.year), lanes, years, narrow)
    for state, (look, _) in SAYINGS.items():
        sheet.put(axes, _placed(sayings, state, lanes, years, narrow), look)
    _explain_sayings(axes, below, narrow)
    return drawing


def _lanes(frame: Frame) -> dict[str, float]:
    """Where the lane of each body lies: evenly from start to end, with a gap between the groups."""
    start, end = frame.lanes
    step = (end - start - frame.gap * (len(BODIES) - 1)) / sum(map(len, BODIES.values()))
    bodies = [(body, group) for group, of in enumerate(BODIES.values()) for body in of]
    return {
        body: start + step * (place + 0.5) + frame.gap * group for place, (body, group) in enumerate(bodies)
    }


def _placed(sayings: pd.DataFrame, state: str, lanes, years, narrow: bool) -> list[Mark]:
    """The marks of one state; those of one body in one year stand side by side."""
    found = []
    for (body, year), those in sayings.groupby(["body", "year"]):
        for place, (name, saying) in enumerate(those.iterrows()):
            aside = ASIDE * (place - (len(those) - 1) / 2)
            x, y = (lanes[body] + aside, years[year]) if narrow else (years[year], lanes[body] + aside)
            if saying.state == state:
                found.append(Mark(x, y, str(name), saying.words))
    return found


def _name_lanes(axes: Axes, lanes: dict[str, float], frame: Frame, end: float, narrow: bool) -> None:
    """What each body is on, in its three groups."""
    for group, bodies in BODIES.items():
        places = [lanes[body] for body in bodies]
        if narrow:
            sheet.upright(axes, places, frame.years - 0.06, bodies.values())
            axes.hlines(0.16, places[0] - 0.1, places[-1] + 0.1, color=style.GREY, linewidth=0.8)
            sheet.write(axes, places[-1] + 0.1, 0.07, group, ha="right", color=style.AXIS)
        else:
            sheet.write(axes, 0, places[0] - 0.24, group, fontweight="bold")
            for place, words in zip(places, bodies.values(), strict=True):
                sheet.write(axes, 0, place, words)
    draw = axes.vlines if narrow else axes.hlines
    draw(list(lanes.values()), frame.years, end, color=style.GRID, linewidth=0.8, zorder=0)


def _name_years(
    axes: Axes, used: set[int], lanes: dict[str, float], years: dict[int, float], narrow: bool
) -> None:
    """The years in which something was said; on a page the last and every fifth before it."""
    last, end = max(years), max(lanes.values()) + 0.1
    for year, at in years.items():
        if narrow and year in used:
            sheet.write(axes, 0, at, str(year))
            sheet.rules(axes, [at], 0.36, end)
        elif not narrow and (year == last or year % 5 == 0 and year < last - 2):
            sheet.write(axes, at, end + 0.12, str(year), ha="center")
            axes.vlines(at, 0.3, end, color=style.GRID, linewidth=0.8, zorder=0)


def _explain_sayings(axes: Axes, below: float, narrow: bool) -> None:
    if narrow:
        sheet.key(axes, 0.08, below + 0.22, SAYINGS.values())
        return
    for place, meaning in zip((2.03, 4.1, 5.1), SAYINGS.values(), strict=True):
        sheet.key(axes, place, PAGE.height - 0.2, [meaning])


def spoken_words(sayings: pd.DataFrame) -> str:
    """The same in words, body by body."""
    names = {body: words for of in BODIES.values() for body, words in of.items()}

    def of(body: str, state: str) -> str:
        years = sayings[sayings.body.eq(body) & sayings.state.eq(state)].year.astype(str).unique()
        return ", ".join(years) or "no year"

    lines = (
        f"{words}: named in {of(body, 'named')}; too little read in {of(body, 'unread')}."
        for body, words in names.items()
    )
    return f"""A grid of {len(names)} UN bodies by year, with a filled dot where people from the DPRK
    were named to China and a small dot where too little of a text was read to say. {" ".join(lines)}
    The review of {of("UPR", "contested")} is contested."""
