"""Figures of the chapter on the United Nations record: how resolutions were adopted, and what they name."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

SHARES = {"yes": style.BLUE, "abstain": style.PALE, "no": style.ORANGE}
TOPS = (210, 60)  # the axes of the two panels end above the number of members of each body
DOTS: dict[str, dict[str, Any]] = {
    "y": {"s": 120, "facecolor": style.BLUE, "edgecolor": style.BLUE},
    "n": {"s": 110, "facecolor": "white", "edgecolor": style.ORANGE},
    "unknown": {"s": 40, "facecolor": style.PALE, "edgecolor": style.PALE},
}
ROWS = {"GA": 1, "CHR": 0, "HRC": 0}
UPRIGHT: dict[str, Any] = {"rotation": 90, "ha": "center"}  # the word that stands where nothing was adopted


def votes(lanes: dict[str, pd.DataFrame], without: dict[str, list[int]]) -> Figure:
    """Two panels by year: stacked votes where there were any, a diamond where a text was adopted without.

    Args:
        lanes: the resolutions of the Assembly, then those of the Commission and the Council, by year.
        without: the years of each lane in which nothing was adopted.
    """
    drawing, _ = style.canvas((7.2, 6.4), rows=2, sharex=True, height_ratios=[1.25, 1])
    panels = drawing.axes
    for axes, (lane, texts), top in zip(panels, lanes.items(), TOPS, strict=True):
        _stack(axes, texts[texts.adopted_without_vote.eq("n")])
        _diamonds(axes, texts.index[texts.adopted_without_vote.eq("y")], top * 0.05)
        for year in without[lane]:
            axes.text(year, top * 0.03, "none", va="bottom", fontsize=9, color=style.INK, **UPRIGHT)
        _scale(axes, top)
    _name_panels(*panels)
    _years(panels[1], *_span(pd.concat(lanes.values()).index), 0.7)
    return drawing


def _stack(axes: Axes, counted: pd.DataFrame) -> None:
    """States for, abstaining and against, one above the other."""
    base = counted.yes * 0
    for name, colour in SHARES.items():
        hatch = "////" if name == "no" else ""
        look: dict[str, Any] = {"color": colour, "edgecolor": "white", "linewidth": 0.5, "hatch": hatch}
        axes.bar(counted.index, counted[name], bottom=base, width=0.8, **look)
        base = base + counted[name]


def _diamonds(axes: Axes, years, height: float) -> None:
    look: dict[str, Any] = {
        "s": 46,
        "marker": "D",
        "facecolor": "white",
        "edgecolor": style.INK,
        "linewidth": 1.4,
    }
    axes.scatter(years, [height] * len(years), zorder=3, **look)


def _scale(axes: Axes, top: float) -> None:
    style.count_axis(axes)
    axes.set_ylim(0, top)
    axes.tick_params(labelbottom=True)


def _name_panels(assembly: Axes, council: Axes) -> None:
    """Titles, and names of the areas to the right of the last vote."""
    assembly.set_title("General Assembly: States for, abstaining and against")
    council.set_title("Commission on Human Rights to 2005, Human Rights Council from 2008")
    for height, words, colour in (
        (60, "for", style.BLUE),
        (137, "abstaining", style.GREY),
        (178, "against, China always", style.ORANGE),
    ):
        assembly.text(2016.2, height, words, color=colour, fontweight="bold")
    style.note(assembly, 2020, TOPS[0] * 0.05, "adopted without a vote", (0, 28))


def _span(years) -> tuple[int, int]:
    return min(years), max(years)


def _years(axes: Axes, first: int, last: int, margin: float) -> None:
    axes.set_xticks([*range(first, last, 3)])
    axes.set_xlim(first - margin, last + margin)


def votes_words(texts: pd.DataFrame, span: str) -> str:
    """The same in words; ``texts`` are all resolutions by their names, ``span`` their years."""
    first, last = (f"{text.yes}-{text.abstain}-{text.no}" for text in (texts.loc["UN04"], texts.loc["UN22"]))
    return f"""Two panels by year, {span}.
    Above, the General Assembly: stacked bars of States for, abstaining and against,
    from {first} in 2005 to {last} in 2015, except for 2012 and 2013,
    which like every year from 2016 to 2025 show a hollow diamond for adoption without a vote.
    Below, the Commission on Human Rights in 2003 to 2005 with three votes, the word none in 2006 and 2007,
    and the Human Rights Council from 2008: votes until 2011 and in 2014 and 2015,
    diamonds in 2012, 2013 and from 2016 on. China is among those against in every recorded vote."""


def naming(texts: pd.DataFrame, missing: list[int]) -> Figure:
    """Two rows of dots by year: texts that name non-refoulement, that do not, and that were not read for it.

    Args:
        texts: all resolutions with their body, year and answer.
        missing: years in which neither Commission nor Council adopted a text.
    """
    drawing, axes = style.canvas((7.2, 2.5))
    for answer, look in DOTS.items():
        of = texts[texts.names_non_refoulement.eq(answer)]
        axes.scatter(of.year, of.body.map(ROWS), linewidth=2, zorder=3, **look)
    for year in missing:
        axes.text(year, 0, "none", va="center", fontsize=8.5, **UPRIGHT)
    _name_rows(axes, *_span(texts.year))
    _explain_dots(axes)
    return drawing


def _name_rows(axes: Axes, first: int, last: int) -> None:
    axes.set(ylim=(-0.6, 2.25), xlim=(first - 1, last + 0.8), yticks=[0, 1])
    axes.set_yticklabels(["Commission,\nCouncil", "General\nAssembly"])
    axes.set_xticks([*range(first, last, 3)])
    axes.grid(visible=False)


def _explain_dots(axes: Axes) -> None:
    """The three sorts of dots with their meaning, above the rows."""
    words = ("read: names it", "read: does not", "not read")
    for at, look, meaning in zip((2002.8, 2010.2, 2018.2), DOTS.values(), words, strict=True):
        axes.scatter([at], [1.85], linewidth=2, **look)
        axes.text(at + 0.55, 1.85, meaning, va="center", fontsize=9)


def naming_words(named: pd.DataFrame, unnamed: pd.DataFrame, unread: pd.DataFrame, span: str) -> str:
    """The same in words, from the texts that name the rule, those that do not, and those not read for it."""
    assembly, council = (", ".join(map(str, named[named.body.eq(body)].year)) for body in ("GA", "HRC"))
    return f"""Two rows of dots by year, {span}, for the Assembly and for the Commission and Council.
    Filled dots, texts read that name non-refoulement:
    the Assembly in {assembly}, the Council in {council}.
    Hollow dots, texts read that do not: {", ".join(f"{r.body} {r.year}" for r in unnamed.itertuples())}.
    {len(unread)} small pale dots are texts not read for this."""
