"""The figure of the chapter on 9 October 2023."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.figures.sheet import Look
from casebook.publishing import style

EDGE = 760  # people: where the scale ends, and words that stand for no number


def october(groups: dict[str, pd.DataFrame], taken: tuple[int, int], *, narrow: bool = False) -> Figure:
    """What each source says about one return, under the chain of reporting to which it goes back.

    Args:
        groups: the reports by the name of their chain, those that repeat others last: ``voice``, ``chain``,
            ``persons_low``, ``persons_high``, ``number`` (in words) and ``says``.
        taken: the lowest and the highest number of the register.
        narrow: for a phone, where a voice stands above its mark and not before it.
    """
    left, line = (0, 2.05) if narrow else (-470, 1.1)
    lines = sum(1.5 + line * len(rows) for rows in groups.values())
    drawing, axes = style.canvas(0.165 * (lines + 1) + 0.45, narrow=narrow)
    axes.axvspan(*taken, color=style.RETURNED, alpha=0.2, linewidth=0)
    few, more = taken
    axes.text(few - 10, -0.1, f"this book: {few}–{more}", fontsize=8, ha="right", va="center")
    level = 1.1
    for name, rows in groups.items():
        axes.text(left, level, name, fontsize=9, fontweight="bold", va="center")
        for place, report in enumerate(rows.itertuples(), start=1):
            _account(axes, level + line * place, report, left, narrow)
        level += 1.5 + line * len(rows)
    axes.set(xlim=(left - 8, EDGE), ylim=(level - 0.6, -0.8), yticks=[], xticks=[0, 200, 400, 600])
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    return drawing


def _account(axes: Axes, at: float, report, left: float, narrow: bool) -> None:
    """One source: its voice, its number as a mark and in words; blue a ministry, hollow a repeater."""
    low, high = (
        float("nan") if pd.isna(end) else float(end) for end in (report.persons_low, report.persons_high)
    )
    repeats = pd.isna(report.chain)
    colour = style.OFFICIAL if not repeats and report.chain == "rok_government" else style.REPORTED
    spoken = f"{report.voice}: {report.says}"
    voice = axes.text(left, at - (0.95 if narrow else 0), report.voice, fontsize=8, va="center")
    ends = [end for end in (low, high) if end == end]
    if ends:
        style.extent(axes, at, low, high, colour, along="x", width=6, size=30, hollow=repeats)
    before = bool(ends) and pd.isna(high)  # an arrow points to the right
    told: Look = {"fontweight": "bold"} if ends else {"color": colour}
    beside = 0 if narrow else EDGE  # no number: away from the scale, and on a phone beneath the voice
    words = axes.annotate(
        report.number if ends else "gives no number",
        (max(ends, default=beside), at),
        xytext=(-8 if before else 8 if ends else 0, 0),
        textcoords="offset points",
        ha="right" if before or (beside and not ends) else "left",
        va="center",
        fontsize=8,
        **told,
    )
    for text in (voice, words):
        style.link(text, report.Index, spoken)


def october_words(groups: dict[str, pd.DataFrame]) -> str:
    """What :func:`october` shows, from the same reports."""
    told = " ".join(
        f"{name}: " + "; ".join(f"{report.voice}, {report.number}" for report in rows.itertuples()) + "."
        for name, rows in groups.items()
    )
    return f"""The number that each source gives for one return, on a scale of people, by the chain of
    reporting to which it goes back. {told}"""
