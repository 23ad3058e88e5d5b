"""Figures of the chapter on what follows a return: sorts of findings, and two illustrations without data."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from casebook.publishing import style

SHADES = {"returned": style.BLUE, "mixed": style.AMBER, "other": style.PALE}
WHOM = {"returned": "people sent back only", "mixed": "mixed, or not told apart", "other": "others"}


def kinds(about: pd.DataFrame, says: dict[str, str]) -> Figure:
    """Bars of the number of findings by what they describe, divided by whom they are about.

    Args:
        about: numbers of findings, a row a sort and a column for each of ``WHOM``.
        says: what each sort is called, in the order of the rows.
    """
    drawing, axes = style.canvas((7.2, 3.6))
    for place, (_, counts) in enumerate(about[::-1].iterrows()):
        _divided_bar(axes, place, counts)
    axes.set_yticks(range(len(says)), list(says.values())[::-1])
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
    axes.set(xlim=(0, about.sum(axis=1).max() + 7), xticks=[])
    axes.spines["bottom"].set_visible(False)
    axes.set_title("Findings by what they describe, and whom they are about")
    _name_shades(drawing)
    return drawing


def _divided_bar(axes: Axes, place: int, counts: pd.Series) -> None:
    """One bar with the number of findings on each of its parts."""
    left = 0
    for who, shade in SHADES.items():
        if counts[who]:
            axes.barh(place, counts[who], left=left, color=shade, height=0.7, edgecolor="white", linewidth=1)
            look: dict[str, Any] = {
                "color": "white" if who == "returned" else style.INK,
                "ha": "center",
                "va": "center",
            }
            axes.text(left + counts[who] / 2, place, counts[who], fontsize=9, **look)
        left += counts[who]


def _name_shades(drawing: Figure) -> None:
    """A key below the bars, so that it stands beside none of them."""
    handles = [Rectangle((0, 0), 1, 1, color=SHADES[who], label=words) for who, words in WHOM.items()]
    drawing.legend(handles=handles, loc="outside lower center", ncols=len(WHOM), frameon=False)


def kinds_words(about: pd.DataFrame, says: dict[str, str]) -> str:
    """The same in words, a sentence a bar."""
    bars = (
        f"{says[kind]}: {counts.returned} about people sent back only, {counts.mixed} mixed, "
        f"{counts.other} about others."
        for kind, counts in about.iterrows()
    )
    return f"""Horizontal bars of the number of findings by what they describe,
    divided by whom they are about. {" ".join(bars)}"""


def bounds(curves: pd.DataFrame, needed: pd.Series, mark: float) -> Figure:
    """A panel for each assumed share: what cannot be excluded, by the part of everybody that was heard.

    Args:
        curves: share of those heard, part heard, lowest and highest share among everybody.
        needed: by share, the part that must be heard for the lowest share to reach the mark.
        mark: the share among everybody at the dashed line.
    """
    drawing, _ = style.canvas((7.2, 3.7), columns=3, sharey=True)
    panels = drawing.axes
    for axes, (share, curve) in zip(panels, curves.groupby("share_of_those_heard"), strict=True):
        _wedge(axes, curve.part_heard, curve.lowest, curve.highest)
        _meet(axes, needed[share], mark)
        style.percent_axis(axes)
        style.percent_axis(axes, "x")
        axes.set_xticks([0, 0.5, 1])
        axes.set_title(f"{share:.0%} of those heard", fontsize=9.5)
    title: dict[str, Any] = {"x": 0.01, "ha": "left", "fontsize": 10.5, "fontweight": "bold"}
    drawing.suptitle("Illustration, no data: what cannot be excluded", **title)
    _name_parts(panels, mark)
    return drawing


def _wedge(axes: Axes, parts, lowest, highest) -> None:
    """The shares that fit what was heard, between their two bounds."""
    axes.fill_between(parts, lowest, highest, color=style.BLUE, alpha=0.25, linewidth=0)
    axes.plot(parts, lowest, color=style.BLUE)
    axes.plot(parts, highest, color=style.BLUE)


def _meet(axes: Axes, enough: float, mark: float) -> None:
    """Where the lower bound meets the dashed mark."""
    axes.axhline(mark, color=style.ORANGE, linewidth=1.2, linestyle=(0, (4, 2)))
    axes.scatter(enough, mark, s=34, color=style.ORANGE, zorder=4)
    style.note(axes, enough, mark, f"{enough:.0%} heard", (34, 22))


def _name_parts(panels: list[Axes], mark: float) -> None:
    panels[0].set_ylabel("share among everybody")
    panels[1].set_xlabel("part of everybody that was heard")
    small: dict[str, Any] = {"color": style.ORANGE, "fontsize": 8, "ha": "right", "va": "bottom"}
    panels[0].text(0.96, mark + 0.012, "one in ten", **small)
    panels[2].text(0.3, 0.6, "cannot be\nexcluded", ha="center", va="center", fontsize=9)


def bounds_words(needed: pd.Series) -> str:
    """The same in words, from the part needed for each assumed share."""
    return f"""Illustration, no data. Three panels, for {_percents(needed.index)} of those heard having been
    mistreated. In each a shaded wedge shows the shares among everybody that cannot be excluded:
    from none to all when nobody was heard, narrowing to one point when everybody was.
    The lower edge meets the dashed mark of one in ten when {_percents(needed)} of everybody were heard."""


def _percents(shares) -> str:
    return ", ".join(f"{share:.0%}" for share in shares)


def favour(curve: pd.Series, shown: pd.Series) -> Figure:
    """How much likelier the mistreated would have to be heard for the truth to lie at the mark.

    Args:
        curve: the favour needed, by the share mistreated among those heard.
        shown: the points of the curve that carry a number.
    """
    drawing, axes = style.canvas((7.2, 4.2))
    axes.plot(curve.index, curve, color=style.BLUE)
    for share, needed in shown.items():
        axes.scatter(share, needed, s=36, color=style.BLUE, zorder=3)
        _write_favour(axes, share, needed)
    _favour_axes(axes)
    _name_sides(axes)
    axes.set_title("Illustration: how strongly the mistreated would have to be favoured")
    return drawing


def _write_favour(axes: Axes, share: float, needed: float) -> None:
    look: dict[str, Any] = {"ha": "right", "fontsize": 9, "fontweight": "bold", "bbox": style.CLEAR}
    place: dict[str, Any] = {"xytext": (-9, 6), "textcoords": "offset points"}
    axes.annotate(f"{needed:,.3g} times", (share, needed), **place, **look)


def _favour_axes(axes: Axes) -> None:
    """Shares to the right in per cent, favours upward by powers of ten."""
    axes.set_yscale("log")
    axes.set(ylim=(0.9, 1200), xlim=(0.08, 1.0), ylabel="times likelier to be heard")
    axes.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    axes.minorticks_off()
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.set_xlabel("share mistreated among those heard (assumed)")


def _name_sides(axes: Axes) -> None:
    """What it means to lie above the curve, and below it."""
    above = "The truth is below one in ten only\nif the favour lies above the line"
    below = "Below the line the truth\nis above one in ten\n(a mark, no legal threshold)"
    axes.text(0.2, 260, above, fontsize=9, va="center")
    axes.text(0.74, 2.2, below, fontsize=9, va="center", ha="center")


def favour_words(shown: pd.Series) -> str:
    """The same in words, from the points of the curve that carry a number."""
    points = ", ".join(f"{needed:,.3g} times at {share:.0%}" for share, needed in shown.items())
    return f"""Illustration, no data. A rising curve on a logarithmic scale of the favour that selection would
    have to give to mistreated people for the share among everybody to be one in ten,
    by the share among those heard: {points}.
    The curve rises without end as the share among those heard comes near all."""
