"""The figure of the chapter on the argument as it was made."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style

# How a verdict is marked, in the order in which marks stand side by side
MARKS: dict[str, dict[str, Any]] = {
    "confirmed": {"marker": "o", "color": style.BLUE},
    "qualified": {"marker": "o", "color": style.BLUE, "fillstyle": "left", "markerfacecoloralt": "white"},
    "contradicted": {"marker": "X", "color": style.ORANGE},
    "unverified": {"marker": "o", "color": style.GREY, "fillstyle": "none"},
}
STEP, DOWN, ACROSS = 0.17, 0.3, 5  # from mark to mark, from row to row, and marks in a row of a document


def arguments(lines: dict[str, pd.DataFrame], documents: pd.DataFrame, names: dict[str, str]) -> Figure:
    """A grid of marks, one a statement: documents across, what a statement is argued from down.

    Args:
        lines: the statements, with ``seed_id`` and ``verdict``, by the name of their line in the grid;
            a rule is drawn above the line "events", which parts the legal statements from the others.
        documents: ``seed_id`` and ``date`` of each document, in the order of their dates.
        names: the short name of each document.
    """
    drawing, axes = style.canvas((7.2, 7.0))
    level = 0.0
    for text, statements in lines.items():
        if text == "events":
            axes.axhline(level + 0.18, color=style.INK, linewidth=0.8)
            level += 0.4
        level = _line(axes, level, text, [statements[statements.seed_id.eq(s)] for s in documents.seed_id])
    axes.set(ylim=(level - 0.1, -1.75), xlim=(-2.35, 4.6), yticks=[], xticks=[])
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)
    _heads(axes, documents, names)
    _key(axes)
    axes.text(-0.62, -0.45, "argued from", ha="right", va="bottom", fontsize=9, color=style.GREY)
    return drawing


def arguments_words(lines: dict[str, pd.DataFrame], documents: pd.DataFrame, names: dict[str, str]) -> str:
    """What the grid shows, line by line, from the same arguments."""
    counted = " ".join(
        f"{text}: {', '.join(_counts(statements, documents, names))}." for text, statements in lines.items()
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


def _line(axes: Axes, level: float, text: str, by_document: list[pd.DataFrame]) -> float:
    """The marks of one line and its name; returns where the next line stands."""
    for column, statements in enumerate(by_document):
        verdicts = sorted(statements.verdict, key=[*MARKS].index)
        for place, verdict in enumerate(verdicts):
            _mark(axes, column - 0.36 + STEP * (place % ACROSS), level + DOWN * (place // ACROSS), verdict)
    axes.text(-0.62, level, text, ha="right", va="center", fontsize=9)
    most = max(map(len, by_document))
    rows = max(1, -(-most // ACROSS))  # rounded up
    return level + (DOWN * (rows - 1) + 0.5)


def _mark(axes: Axes, x: float, y: float, verdict: str) -> None:
    axes.plot(x, y, markersize=7.5, linestyle="", **{"markeredgewidth": 1.3, **MARKS[verdict]})


def _heads(axes: Axes, documents: pd.DataFrame, names: dict[str, str]) -> None:
    """Name and year of each document above its column."""
    for column, document in enumerate(documents.itertuples()):
        name = names[document.seed_id].replace(" (", "\n(").replace("Human Rights ", "Human Rights\n")
        words = f"{name}\n{document.date[:4]}"
        at = column - 0.02, -0.45
        axes.text(*at, words, ha="center", va="bottom", fontsize=9, fontweight="bold")


def _key(axes: Axes) -> None:
    for at, verdict in zip((-2.25, -0.75, 0.75, 2.4), MARKS, strict=True):
        _mark(axes, at, -1.6, verdict)
        words = "not verified" if verdict == "unverified" else verdict
        axes.text(at + 0.14, -1.6, words, va="center", fontsize=9)
