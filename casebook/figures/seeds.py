"""The figure of the chapter on the argument as it was made."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

# How a verdict is marked, in the order in which marks stand side by side
MARKS: dict[str, dict[str, Any]] = {
    "confirmed": {"marker": "o", "color": style.OURS},
    "qualified": {
        "marker": "o",
        "color": style.OURS,
        "fillstyle": "left",
        "markerfacecoloralt": style.WHITE,
    },
    "contradicted": {"marker": "X", "color": style.INK},
    "unverified": {"marker": "o", "color": style.GREY, "markerfacecolor": style.WHITE},
}
SAID = {"unverified": "not verified"}
ON_PHONE = {
    "Human Rights Watch": "HRW",
    "Commentary": "Comment",
    "HRWF (Fautré)": "Fautré",
    "KEI (King)": "King",
}
PLAIN = {
    "1951 Convention": "Refugee Convention, 1951",
    "ICCPR": "Civil and political rights (ICCPR)",
    "CAT": "Convention against Torture",
    "DPRK Criminal Code 1987 to 2004": "DPRK criminal code, 1987 to 2004",
}  # names that a reader knows


class Page(NamedTuple):
    """Measures of a drawing: its height in inches, and places in columns and in rows."""

    height: float
    left: float  # the edge, where the names of the lines begin
    right: float
    step: float  # from mark to mark
    across: int  # marks side by side
    name: float  # how far the name of a line stands above its marks
    key: tuple[float, float]  # between the entries of the key, and how many stand side by side


PAGES = {
    False: Page(5.9, -2.9, 4.5, 0.17, 5, 0, (1.75, 4)),
    True: Page(6.9, -0.5, 4.5, 0.2, 4, 0.42, (2.3, 2)),
}
DOWN, APART, GAP = 0.3, 0.52, 0.62  # from row to row, from line to line, and between the two kinds of lines


def arguments(
    lines: dict[str, pd.DataFrame],
    documents: pd.DataFrame,
    names: dict[str, str],
    *,
    narrow: bool = False,
) -> Figure:
    """A grid of marks, one a statement: documents across, what a statement is argued from down.

    Args:
        lines: the statements, with ``claim``, ``seed_id`` and ``verdict``, by the name of their line in the
            grid; those from "events" on are not legal.
        documents: ``seed_id`` and ``date`` of each document, in the order of their dates.
        names: the short name of each document.
        narrow: for a phone.
    """
    page = PAGES[narrow]
    drawing, axes = style.canvas(page.height, narrow=narrow)
    level = _part(axes, 0, "Legal statements, argued from", page)
    for text, statements in lines.items():
        if text == "events":
            level = _part(axes, level + GAP / 2, "Other statements, on", page)
        level = _line(axes, level, text, statements, documents, page)
    axes.set(
        ylim=(level - page.name - 0.2, -2.15 - page.name), xlim=(page.left, page.right), yticks=[], xticks=[]
    )
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)
    _heads(axes, documents, names, narrow)
    _key(axes, page)
    return drawing


def arguments_words(lines: dict[str, pd.DataFrame], documents: pd.DataFrame, names: dict[str, str]) -> str:
    """What the grid shows, line by line, from the same arguments."""
    counted = " ".join(
        f"{text}: {', '.join(_counts(statements, documents, names)) or 'none'}."
        for text, statements in lines.items()
    )
    return f"""A grid of marks, one for each statement: five documents in the order of their dates across,
    what the statement is argued from down. {counted} Marks show the verdict: filled confirmed,
    half filled qualified, crossed contradicted, hollow not verified."""


def _counts(statements: pd.DataFrame, documents: pd.DataFrame, names: dict[str, str]) -> Iterator[str]:
    """How many statements each document has, without those that have none."""
    for seed in documents.seed_id:
        number = statements.seed_id.eq(seed).sum()
        if number:
            yield f"{names[seed]} {number}"


def _part(axes: Axes, level: float, title: str, page: Page) -> float:
    """A rule with the title of the lines below it; gives the level of the first of them."""
    axes.hlines(level - 0.3, page.left, page.right, color=style.INK, linewidth=0.8)
    axes.text(page.left, level, title, va="center", fontsize=9.5, fontweight="bold")
    return level + APART + page.name


def _line(
    axes: Axes, level: float, text: str, statements: pd.DataFrame, documents: pd.DataFrame, page: Page
) -> float:
    """The marks of one line and its name; gives the level of the next line."""
    axes.text(page.left, level - page.name, PLAIN.get(text, text), va="center", fontsize=8.5)
    if statements.empty:
        axes.hlines(level, -0.42, page.right, color=style.GREY, linewidth=0.8, linestyle=":")
        words = "named by none of the five"
        axes.text(2, level, words, va="center", ha="center", fontsize=8.5, bbox=style.CLEAR)
    most = 1
    for column, seed in enumerate(documents.seed_id):
        own = statements[statements.seed_id.eq(seed)]
        own = own.sort_values("verdict", key=lambda verdicts: verdicts.map([*MARKS].index), kind="stable")
        most = max(most, len(own))
        for place, statement in enumerate(own.itertuples()):
            down, across = divmod(place, page.across)
            at = column - 0.36 + page.step * across, level + DOWN * down
            words = f"{SAID.get(statement.verdict, statement.verdict)}: {statement.claim}"
            style.link(_mark(axes, *at, statement.verdict), statement.Index, words)
    rows = -(-most // page.across)  # rounded up
    return level + DOWN * (rows - 1) + APART + page.name


def _mark(axes: Axes, x: float, y: float, verdict: str):
    look: dict[str, Any] = {"markersize": 7, "linestyle": "", "markeredgewidth": 1.3} | MARKS[verdict]
    return axes.plot([x], [y], **look)[0]


def _heads(axes: Axes, documents: pd.DataFrame, names: dict[str, str], narrow: bool) -> None:
    """Name and year of each document above its column."""
    for column, document in enumerate(documents.itertuples()):
        name = names[document.seed_id]
        if narrow:
            name = ON_PHONE.get(name, name)
        words = f"{name}\n{document.date[:4]}".replace(" (", "\n(").replace("Human Rights ", "Human Rights\n")
        axes.text(column - 0.42, -0.5, words, va="bottom", fontsize=8.5, fontweight="bold", linespacing=1.1)


def _key(axes: Axes, page: Page) -> None:
    """What the marks say, at the top."""
    apart, columns = page.key
    for place, verdict in enumerate(MARKS):
        down, across = divmod(place, int(columns))
        at = page.left + 0.12 + apart * across, -1.95 + 0.4 * down - page.name
        _mark(axes, *at, verdict)
        axes.text(at[0] + 0.16, at[1], SAID.get(verdict, verdict), va="center", fontsize=8.5)
