"""The figures of the chapter on what testimony can tell."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.figures import sheet
from casebook.figures.sheet import Look
from casebook.publishing import style

WHOM: dict[str, tuple[str, Look, str]] = {  # of whom a finding is: in words, and how its part of a bar looks
    "returned": ("people sent back only", {"facecolor": style.RETURNED}, style.WHITE),
    "mixed": (
        "mixed, or not told apart",
        {"facecolor": style.PALE, "hatch": "////", "edgecolor": style.GREY},
        style.INK,
    ),
    "other": ("others", {"facecolor": style.WHITE, "edgecolor": style.GREY}, style.INK),
}


def kinds(about: pd.DataFrame, says: dict[str, str], *, narrow: bool = False) -> Figure:
    """Bars of the number of findings by what they describe, divided by whom they are about.

    Args:
        about: numbers of findings, a row a sort and a column for each of ``WHOM``.
        says: what each sort is called, in the order of the rows.
        narrow: for a phone, where the names stand above the bars.
    """
    drawing, axes = style.canvas(3.4 if narrow else 2.9, narrow=narrow)
    size = 0.42 if narrow else 0.7
    for place, (name, counts) in enumerate(about.iterrows()):
        _divided_bar(axes, place, counts, size)
        if narrow:
            axes.text(0, place - 0.28, says[name], va="bottom", fontsize=9)
    axes.set_yticks([] if narrow else range(len(says)), [] if narrow else list(says.values()))
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
    axes.set(
        xlim=(-0.1, about.sum(axis=1).max() + 0.3),
        ylim=(len(says) - 0.5, -1.75 if narrow else -1.3),
        xticks=[],
    )
    axes.spines["bottom"].set_visible(False)
    _name_parts_of(axes, about, narrow)
    return drawing


def _divided_bar(axes: Axes, place: int, counts: pd.Series, size: float) -> None:
    """One bar with the number of findings on each of its parts."""
    left = 0
    for who, (_, look, ink) in WHOM.items():
        if counts[who]:
            axes.barh(place, counts[who], left=left, height=size, linewidth=0.8, **look)
            ground = {"facecolor": style.PALE, "edgecolor": "none", "pad": 1} if "hatch" in look else None
            axes.text(
                left + counts[who] / 2,
                place,
                counts[who],
                fontsize=9,
                color=ink,
                bbox=ground,
                ha="center",
                va="center",
            )
        left += counts[who]


def _name_parts_of(axes: Axes, about: pd.DataFrame, narrow: bool) -> None:
    """What the three looks mean, above the bars."""
    whole = about.sum(axis=1).max()
    for at, (words, look, _) in zip(
        (0, 0.38, 0.79) if narrow else (0, 0.32, 0.66), WHOM.values(), strict=True
    ):
        top, size = (-1.55, 0.3) if narrow else (-1.1, 0.4)
        axes.barh(top + size / 2, whole * 0.035, left=at * whole, height=size, linewidth=0.8, **look)
        words = words.replace(" only", "") if narrow else words
        words = words.replace(", or", ",\nor") if narrow else words
        axes.text(
            (at + 0.045) * whole, top + size / 2, words, va="center", fontsize=sheet.SMALL, linespacing=1.1
        )


def kinds_words(about: pd.DataFrame, says: dict[str, str]) -> str:
    """The same in words, a sentence a bar."""
    bars = (
        f"{says[kind]}: {counts.returned} about people sent back only, {counts.mixed} mixed, "
        f"{counts.other} about others."
        for kind, counts in about.iterrows()
    )
    return f"""Horizontal bars of the number of findings by what they describe,
    divided by whom they are about. {" ".join(bars)}"""


def bounds(curves: pd.DataFrame, needed: pd.Series, mark: float, *, narrow: bool = False) -> Figure:
    """A panel for each assumed share: what cannot be excluded, by the part of everybody that was heard.

    Args:
        curves: share of those heard, part heard, lowest and highest share among everybody.
        needed: by share, the part that must be heard for the lowest share to reach the mark.
        mark: the share among everybody at the dashed line.
        narrow: for a phone, where the panels stand beneath one another.
    """
    shape: Look = {"rows": 3, "sharex": True} if narrow else {"columns": 3, "sharey": True}
    drawing, _ = style.canvas(6.0 if narrow else 2.8, narrow=narrow, **shape)
    panels = drawing.axes
    for axes, (share, curve) in zip(panels, curves.groupby("share_of_those_heard"), strict=True):
        _wedge(axes, curve.part_heard, curve.lowest, curve.highest)
        _meet(axes, needed[share], mark)
        style.percent_axis(axes)
        style.percent_axis(axes, "x")
        axes.set_xticks([0, 0.5, 1])
        axes.set_yticks([0, mark, 0.5, 1], ["0%", "1 in 10", "50%", "100%"], fontsize=sheet.SMALL)
        axes.set_title(f"{share:.0%} of those heard mistreated", fontsize=9.5)
    _name_parts(panels, narrow)
    return drawing


def _wedge(axes: Axes, parts, lowest, highest) -> None:
    """The shares that fit what was heard, between their two bounds."""
    axes.fill_between(parts, lowest, highest, color=style.GREY, alpha=0.25, linewidth=0)
    axes.plot(parts, lowest, color=style.GREY)
    axes.plot(parts, highest, color=style.GREY)


def _meet(axes: Axes, enough: float, mark: float) -> None:
    """Where the lower bound meets the dashed mark."""
    axes.axhline(mark, color=style.INK, linewidth=1.2, linestyle=(0, (4, 2)))
    axes.scatter(enough, mark, s=34, color=style.INK, zorder=4)
    aside: Look = {"xytext": (-6, 9), "ha": "right"} if enough > 0.3 else {"xytext": (10, 5), "ha": "left"}
    look: Look = {
        "textcoords": "offset points",
        "fontweight": "bold",
        "fontsize": sheet.SMALL,
        "bbox": style.CLEAR,
    } | aside
    axes.annotate(f"{enough:.0%} heard", (enough, mark), **look)


def _name_parts(panels: list[Axes], narrow: bool) -> None:
    """The two scales and the wedge by name."""
    panels[1 if narrow else 0].set_ylabel("share among everybody")
    panels[2 if narrow else 1].set_xlabel("part of everybody that was heard")
    panels[2].text(0.3, 0.6, "cannot be\nexcluded", ha="center", va="center", fontsize=9)


def bounds_words(needed: pd.Series) -> str:
    """The same in words, from the part needed for each assumed share."""
    return f"""Illustration, no data. Three panels, for {_percents(needed.index)} of those heard having been
    mistreated. In each a shaded wedge shows the shares among everybody that cannot be excluded:
    from none to all when nobody was heard, narrowing to one point when everybody was.
    The lower edge meets the dashed mark of one in ten when {_percents(needed)} of everybody were heard."""


def _percents(shares) -> str:
    return ", ".join(f"{share:.0%}" for share in shares)


def favour(curve: pd.Series, shown: pd.Series, *, narrow: bool = False) -> Figure:
    """How much likelier the mistreated would have to be heard for the truth to lie at the mark.

    Args:
        curve: the favour needed, by the share mistreated among those heard.
        shown: the points of the curve that carry a number.
        narrow: for a phone.
    """
    drawing, axes = style.canvas(3.4, narrow=narrow)
    axes.plot(curve.index, curve, color=style.GREY)
    for share, needed in shown.items():
        axes.scatter(share, needed, s=36, color=style.INK, zorder=3)
        _write_favour(axes, share, needed)
    _favour_axes(axes)
    _name_sides(axes, narrow)
    return drawing


def _write_favour(axes: Axes, share: float, needed: float) -> None:
    """How strong the favour is at a point: to its left, or beneath it where the axis is near."""
    aside: Look = {"ha": "right", "xytext": (-9, 6)} if share > 0.3 else {"ha": "left", "xytext": (7, -12)}
    look: Look = {"textcoords": "offset points", "fontsize": 9, "fontweight": "bold"} | aside
    axes.annotate(f"{needed:,.3g} times", (share, needed), **look)


def _favour_axes(axes: Axes) -> None:
    """Shares to the right in per cent, favours upward by powers of ten."""
    axes.set_yscale("log")
    axes.set(ylim=(0.9, 1200), xlim=(0.08, 1.0), ylabel="times likelier to be heard")
    axes.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    axes.minorticks_off()
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.set_xlabel("share mistreated among those heard (assumed)")


def _name_sides(axes: Axes, narrow: bool) -> None:
    """What it means to lie above the curve, and below it."""
    above = "Above the line the truth\nis below one in ten"
    below = "Below it the truth\nis above one in ten"
    axes.text(0.12, 330, above, fontsize=9, va="center")
    axes.text(
        0.98 if narrow else 0.8, 2.0, below, fontsize=9, va="center", ha="right" if narrow else "center"
    )


def favour_words(shown: pd.Series) -> str:
    """The same in words, from the points of the curve that carry a number."""
    points = ", ".join(f"{needed:,.3g} times at {share:.0%}" for share, needed in shown.items())
    return f"""Illustration, no data. A rising curve on a logarithmic scale of the favour that selection would
    have to give to mistreated people for the share among everybody to be one in ten,
    by the share among those heard: {points}.
    The curve rises without end as the share among those heard comes near all."""
