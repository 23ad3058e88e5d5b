"""The figure of the chapter on decided cases: each decision, issue by issue."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.figures import sheet
from casebook.figures.sheet import Look, Mark
from casebook.publishing import style

LOOKS: dict[str, tuple[Look, str]] = {  # how an answer bears on protection, and what it looks like
    "for": (
        {"s": 40, "marker": "o", "facecolor": style.INK, "edgecolor": style.INK},
        "speaks for protection",
    ),
    "against": ({"s": 40, "marker": "X", "facecolor": style.THEIRS, "edgecolor": "none"}, "speaks against"),
    "open": (
        {"s": 38, "marker": "D", "facecolor": style.WHITE, "edgecolor": style.INK, "linewidth": 1.2},
        "left open, or neither",
    ),
    "one": ({"s": 34, "marker": "_", "color": style.INK, "linewidth": 1.2}, "one reader answered"),
    "unread": (
        {"s": 7, "marker": "o", "facecolor": style.GREY, "edgecolor": "none"},
        "not at hand, or silent",
    ),
}
ROW, GROUP, HEAD = 0.185, 0.26, 1.15  # inches: a decision, the name of a country, the heads of the columns


def grid(cells: pd.DataFrame, names: pd.DataFrame, issues: dict[str, str], *, narrow: bool = False) -> Figure:
    """A row for each decision, a column for each issue, and how the answer bears on protection.

    Args:
        cells: ``decision_id``, ``issue``, ``look`` (of ``LOOKS``), ``row`` (its identifier), ``said``.
        names: by decision ``country`` and ``name``, in the order of the rows.
        issues: what each issue is called at the head of its column, in their order.
        narrow: for a phone.
    """
    groups = names.groupby("country", sort=False)
    height = HEAD + ROW * len(names) + GROUP * groups.ngroups + (0.75 if narrow else 0.4)
    drawing, axes, wide = sheet.sheet(height, narrow=narrow)
    start = 1.32 if narrow else 2.9
    columns = dict(zip(issues, _spread(start + 0.1, wide - 0.12, len(issues)), strict=True))
    sheet.upright(axes, columns.values(), HEAD - 0.08, issues.values())
    levels, level = {}, HEAD
    for country, rows in groups:
        sheet.write(axes, 0, level + GROUP / 2, country, fontweight="bold")
        level += GROUP
        for decision, row in rows.iterrows():
            levels[decision] = level + ROW / 2
            sheet.write(axes, 0, levels[decision], row["short"] if narrow else row["name"])
            level += ROW
    sheet.rules(axes, levels.values(), start, wide)
    for look, part in cells.groupby("look"):
        marks = [
            Mark(columns[one.issue], levels[one.decision_id], one.row, one.said) for one in part.itertuples()
        ]
        sheet.put(axes, marks, LOOKS[look][0])
    _key(axes, level + 0.18, narrow)
    return drawing


def _spread(start: float, end: float, count: int) -> list[float]:
    return [start + (end - start) * place / (count - 1) for place in range(count)]


def _key(axes: Axes, y: float, narrow: bool) -> None:
    """What the marks mean, beneath the grid."""
    spots = [(0.08, y), (1.72, y), (0.08, y + 0.2), (1.72, y + 0.2), (0.08, y + 0.4)]
    wide = [(0.08, y), (1.5, y), (2.55, y), (4.0, y), (5.25, y)]
    for (x, level), (look, words) in zip(spots if narrow else wide, LOOKS.values(), strict=True):
        axes.scatter(x, level, **look)
        sheet.write(axes, x + 0.1, level, words)


def grid_words(cells: pd.DataFrame, names: pd.DataFrame, issues: dict[str, str]) -> str:
    """What :func:`grid` shows, from the same arguments."""
    counts = cells.groupby(["issue", "look"]).size().unstack(fill_value=0)
    told = "; ".join(
        f"{words}: " + ", ".join(f"{counts.loc[issue].get(look, 0)} {LOOKS[look][1]}" for look in LOOKS)
        for issue, words in issues.items()
    )
    return f"""A grid of {len(names)} decisions by country and {len(issues)} issues. A filled circle is an
    answer that speaks for protection, a cross one against it, a diamond one that is open, a dash an answer
    of one reader only, a dot a part that was not at hand or does not speak of it. By issue, {told}."""
