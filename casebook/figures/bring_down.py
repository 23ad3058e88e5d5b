"""The figure of the chapter on what would bring a conclusion down."""

from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.argument.graph import FALLS, STANDS, UNDECIDED
from casebook.figures import sheet
from casebook.figures.sheet import LINE, Look, Mark
from casebook.publishing import style

LOOKS: dict[str, Look] = {
    FALLS: {"s": 40, "marker": "X", "facecolor": style.THEIRS, "edgecolor": style.THEIRS, "linewidth": 0.3},
    UNDECIDED: {"s": 26, "marker": "D", "facecolor": style.WHITE, "edgecolor": style.GREY, "linewidth": 1.3},
}
MEANINGS = {FALLS: "falls", UNDECIDED: "becomes undecided"}
GAP, BETWEEN = 0.1, 0.05  # inches between the two groups of columns, and between two claims


class Grid(NamedTuple):
    """How far the columns stand apart and how high their heads are, in inches."""

    step: float
    head: float


PHONE, PAGE = Grid(0.17, 2.05), Grid(0.24, 2.05)
# Titles in few words, for a phone; the others are short enough
SHORT = {
    "NR-14": "The State of stay decides who is a refugee",
    "NR-15": "The rules prescribe no way",
    "DF-14": "Punishing exit is prosecution",
    "DF-15": "All who cross are punished alike",
    "DF-17": "They came for food and work",
    "DF-18": "Only a Convention motive counts",
    "BP-13": "The border agreement prevails",
    "CA-1": "They are economic migrants",
    "CA-3": "They entered illegally",
    "CA-5": "The agreements require return",
    "CA-7": "Security justifies return",
    "CA-9": "They are South Korean nationals",
    "CA-11": "The evidence is selected",
    "CA-15": "A second nationality counts",
    "BW-8": "Articles on conflicting treaties: custom not shown",
    "AP-13": "China applies its own law",
    "RN-8": "China decides by the case",
    "TR-7": "The witnesses are selected",
    "TR-9": "Rough questioning, not torture",
    "TR-10": "People come back again",
    "TR-12": "Few networks carry the accounts",
    "TR-14": "A promise meets the danger",
    "OS-3": "UNHCR lists no such refugee",
    "TR-16": "What was known that day counts",
    "TR-18": "What is known of torture is old",
}


def granted(
    states: pd.DataFrame, today: dict[str, str], titles: dict[str, str], *, narrow: bool = False
) -> Figure:
    """A list of claims of the other side, with a mark for each conclusion that one of them moves if granted.

    Args:
        states: the state of each conclusion (columns) when a claim (rows) is granted; what fells most first.
        today: the state of each conclusion as the book has it; those that stand come first.
        titles: what each of the claims says.
        narrow: for a phone, with the titles in few words.
    """
    grid = PHONE if narrow else PAGE
    said = {name: SHORT.get(name, titles[name]) if narrow else titles[name] for name in states.index}
    names = {name: _in_lines(words, narrow) for name, words in said.items()}
    heights = [LINE * (1 + words.count("\n")) + BETWEEN for words in names.values()]
    ends = [grid.head + end for end in accumulate(heights)]
    drawing, axes, wide = sheet.sheet(ends[-1] + 0.15, narrow=narrow)
    places = _columns(states.columns, today, wide, grid)
    middles = [end - size / 2 for end, size in zip(ends, heights, strict=True)]
    _name_rows(axes, names, titles, middles)
    _name_columns(axes, places, today, wide, grid)
    for state in LOOKS:
        sheet.put(axes, _moved(states, today, titles, places, middles, state), LOOKS[state])
    _count(axes, states, middles, wide)
    sheet.rules(axes, [grid.head, *ends], 0, wide)
    _explain(axes, grid)
    return drawing


def _explain(axes: Axes, grid: Grid) -> None:
    """What the marks mean, in the corner above the claims."""
    sheet.key(axes, 0.08, grid.head - 0.72, [(LOOKS[state], MEANINGS[state]) for state in LOOKS])
    sheet.write(axes, 0, grid.head - 0.36, "blank: as it is today")
    sheet.write(axes, 0, grid.head - 0.12, "If this claim is granted ...", fontweight="bold")


def _in_lines(words: str, narrow: bool) -> str:
    """A title in one line, or in two halves where that is too long."""
    if len(words) <= (34 if narrow else 82):
        return words
    middle = min(
        (at for at, letter in enumerate(words) if letter == " "), key=lambda at: abs(at - len(words) / 2)
    )
    return f"{words[:middle]}\n{words[middle + 1 :]}"


def _columns(names: Iterable[str], today: dict[str, str], wide: float, grid: Grid) -> dict[str, float]:
    """Where each conclusion stands: those that stand today, a gap, the others; then the count."""
    names = sorted(names, key=lambda name: today[name] != STANDS)
    first = wide - grid.step - 0.13 - grid.step * (len(names) - 1) - GAP
    return {
        name: first + grid.step * place + (0 if today[name] == STANDS else GAP)
        for place, name in enumerate(names)
    }


def _name_rows(axes: Axes, names: dict[str, str], titles: dict[str, str], middles: list[float]) -> None:
    for (name, words), y in zip(names.items(), middles, strict=True):
        look: Look = {"va": "center", "linespacing": 1.1} if "\n" in words else {}
        text = sheet.write(axes, 0, y, words, **look)
        style.link(text, name, f"If granted: {titles[name]}")


def _name_columns(
    axes: Axes, places: dict[str, float], today: dict[str, str], wide: float, grid: Grid
) -> None:
    """The conclusions, read from below, and above them how they stand today."""
    sheet.upright(axes, places.values(), grid.head - 0.06, places)
    sheet.upright(axes, [wide - 0.08], grid.head - 0.06, ["number that falls"], fontweight="bold")
    for stands, words in ((True, "stand today"), (False, "undecided")):
        those = [x for name, x in places.items() if (today[name] == STANDS) == stands]
        axes.hlines(0.15, min(those) - 0.06, max(those) + 0.06, color=style.GREY, linewidth=0.8)
        sheet.write(axes, sum(those) / len(those), 0.06, words, ha="center", color=style.AXIS)


def _moved(states, today, titles, places, middles, state) -> list[Mark]:
    """The marks of one state, where it differs from that of today."""
    return [
        Mark(places[target], y, name, f"{titles[name]}; if granted: {target} {MEANINGS[state]}")
        for name, y in zip(states.index, middles, strict=True)
        for target in places
        if states.at[name, target] == state != today[target]
    ]


def _count(axes: Axes, states: pd.DataFrame, middles: list[float], wide: float) -> None:
    for number, y in zip(states.eq(FALLS).sum(axis=1), middles, strict=True):
        sheet.write(axes, wide - 0.08, y, str(number), ha="center", fontweight="bold")


def granted_words(states: pd.DataFrame) -> str:
    """The same in words; the chapter checks what they say of selection, the child's route and nationality."""
    numbers = states.eq(FALLS).sum(axis=1)
    return f"""A list of {len(states)} claims of the other side in rows, with a column for each conclusion
    that one of them moves: a filled cross where it falls when the claim is granted, a hollow diamond
    where it becomes undecided, nothing where it stays as it is today.
    The {numbers.eq(numbers.max()).sum()} claims that doubt the witnesses defeat most,
    {numbers.max()} conclusions each; the child's route is defeated by none.
    Granting South Korean nationality defeats both routes through refugee status
    and spares the rule against torture."""
