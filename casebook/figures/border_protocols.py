"""The figure of the chapter on the border protocol of 1986 among its relatives."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.publishing import style
from casebook.publishing.values import SMALL

LOOK = {  # marker, its inside and its edge, by what was seen of a text
    "read": ("o", style.BLUE, style.BLUE),
    "reported": ("o", "white", style.ORANGE),
    "none": ("X", style.GREY, style.GREY),
}


def lineage(texts: pd.DataFrame, conventions: pd.DataFrame) -> Figure:
    """Show when each border text was signed, what was seen of it and when its words became public.

    Args:
        texts: a row for each text, the lowest of the figure first, with its short title (``text``), the
            partial dates ``signed`` and ``publicly_reported``, the ``state`` of our knowledge (read,
            reported or none) and the ``words`` that name this state.
        conventions: the three treaties drawn as dashed lines, with a name (``text``) and the day from
            which each was in force for China (``signed``).
    """
    figure, axes = style.canvas((5.8, 5.0))
    for place, text in enumerate(texts.itertuples()):
        if pd.notna(text.signed):
            _text(axes, place, text)
    _conventions(axes, conventions)
    axes.set(xlim=(1952, 2026), ylim=(-0.6, 7.3), yticks=range(len(texts)), xticks=range(1960, 2015, 10))
    titles = texts.text.str.replace(" (revised text)", "")
    axes.set_yticklabels(titles + "\n" + texts.words)
    axes.grid(False)
    return figure


def lineage_words(texts: pd.DataFrame, conventions: pd.DataFrame) -> str:
    """Say in words what :func:`lineage` shows; its arguments are the same."""
    signed, public = texts.signed.str[:4], texts.publicly_reported.str[:4]
    count, unseen = SMALL[len(texts)], SMALL[texts.state.eq("none").sum()]
    return f"""Timeline of {count} agreements between China and the DPRK. Some words were read of the record
        of {signed.BP1955}, the protocol of {signed.BP1964} and the agreement of {signed.BP1998}; that of
        {signed.BP1986} is known as reported only; of {unseen} others no text was found. The protocol of
        {signed.BP1964} became public in {public.BP1964}, that of {signed.BP1986} in {public.BP1986}, that of
        {signed.BP1998} in {public.BP1998}. The texts of {signed.BP1986} and {signed.BP1998} were both signed
        after the Refugee Convention had come into force for China in {conventions.signed.ST01[:4]}."""


def _text(axes: Axes, place: int, text) -> None:
    """One text on its line: a mark at its signature, and dots from there until it became public."""
    marker, face, edge = LOOK[text.state]
    signed = _year(text.signed)
    if pd.notna(text.publicly_reported) and _year(text.publicly_reported) - signed > 1:
        _time_in_secret(axes, place, signed, _year(text.publicly_reported), edge)
    axes.plot(
        [signed],
        [place],
        marker=marker,
        markersize=9,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=1.8,
        linestyle="none",
        zorder=3,
    )


def _time_in_secret(axes: Axes, place: int, signed: float, public: float, colour: str) -> None:
    """A dotted line from the signature to the first report, which carries its year."""
    axes.plot([signed, public], [place, place], color=colour, linewidth=1, linestyle=":")
    axes.plot([public], [place], marker="|", markersize=11, color=colour)
    axes.annotate(
        f"public {int(public)}",
        (public, place),
        xytext=(0, 8),
        textcoords="offset points",
        ha="center",
        fontsize=8,
        color=style.INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )


def _conventions(axes: Axes, conventions: pd.DataFrame) -> None:
    """A dashed line where each treaty came into force for China; the middle name stands above the others."""
    heights, sides = (6.6, 7.0, 6.6), ("right", "center", "left")
    for (name, when), height, side in zip(conventions.to_numpy(), heights, sides, strict=True):
        axes.axvline(_year(when), ymax=0.9, color=style.GREY, linewidth=0.9, linestyle="--", zorder=0)
        axes.text(_year(when), height, f"{name} {when[:4]}", ha=side, fontsize=8.5, color=style.INK)
    axes.text(1950, 6.6, "In force for China:", ha="right", fontsize=8.5, color=style.INK)


def _year(partial: str) -> float:
    """A partial date as a point in time, to the month."""
    parts = [int(part) for part in partial.split("-")]
    return parts[0] + ((parts[1] - 1) / 12 if len(parts) > 1 else 0)
