"""The figures of the chapter on what follows a return: who describes which harm and which stage."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.figures import sheet
from casebook.figures.sheet import Look, Mark
from casebook.publishing import style

# What a finding says of a harm. Full colour: of people sent back only
FULL: Look = {
    "s": 52,
    "marker": "s",
    "facecolor": style.RETURNED,
    "edgecolor": style.RETURNED,
    "linewidth": 1.4,
}
HOLLOW: Look = FULL | {"facecolor": style.WHITE}
LESS: Look = {"s": 44, "marker": "v", "facecolor": style.INK, "edgecolor": style.INK, "linewidth": 1}
DASH: Look = {"s": 26, "marker": "_", "color": style.GREY, "linewidth": 1}
DOT: Look = {"s": 9, "facecolor": style.GREY, "edgecolor": style.GREY, "linewidth": 0}
CROSS: Look = {"s": 20, "marker": "x", "color": style.GREY, "linewidth": 1}
STATES = {
    "returned": (FULL, "described, of people sent back"),
    "mixed": (HOLLOW, "described, of them and others"),
    "less": (LESS, "said to have grown milder"),
    "not described": (DASH, "not described in what was read"),
    "not read": (DOT, "not read in the report itself"),
    "not asked": (CROSS, "not asked"),
}
SAID = ("returned", "mixed", "less")  # of these a mark leads to its finding
KIND, ROW, BAND = 0.37, 0.185, 0.27  # inches: for the kind of a body, from row to row, for a period


def harms(cells: pd.DataFrame, bodies: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """A grid of bodies, in periods, and harms: what each says, and where it was not read or not asked.

    Args:
        cells: ``body``, ``harm``, ``state`` (of ``STATES``), ``row`` and ``words``.
        bodies: ``period``, ``kind`` and ``name`` of each body, with its first ``row``.
        narrow: for a phone.
    """
    heads = list(dict.fromkeys(cells.harm))
    step, head = (0.185, 1.5) if narrow else (0.42, 1.45)
    height = head + ROW * len(bodies) + BAND * bodies.period.nunique() + (1.3 if narrow else 0.6)
    drawing, axes, wide = sheet.sheet(height, narrow=narrow)
    columns = {harm: wide - 0.1 - step * (len(heads) - 1 - place) for place, harm in enumerate(heads)}
    places = _rows(axes, bodies, head, wide)
    sheet.upright(axes, columns.values(), head - 0.06, heads)
    for state, (look, _) in STATES.items():
        marks = _marks(cells, state, columns, places)
        if state in SAID:
            sheet.put(axes, marks, look)
        else:
            axes.scatter([mark.x for mark in marks], [mark.y for mark in marks], **look)
    below = max(places.values()) + 0.3
    for place, meaning in enumerate(STATES.values()):
        x, y = (
            (0.08, below + 0.17 * place) if narrow else (0.08 + 2.3 * (place % 3), below + 0.2 * (place // 3))
        )
        sheet.key(axes, x, y, [meaning])
    return drawing


def _rows(axes: Axes, bodies: pd.DataFrame, top: float, wide: float) -> dict[str, float]:
    """Write the bodies beneath the name of their period; where each of them stands."""
    places = {}
    for period, of in bodies.groupby("period", sort=False):
        sheet.write(axes, 0, top + BAND - 0.1, str(period), fontweight="bold")
        axes.hlines(top + BAND - 0.005, 0, wide, color=style.GREY, linewidth=0.8)
        top += BAND
        for name, body in of.iterrows():
            places[str(name)] = top + ROW / 2
            sheet.write(axes, 0, top + ROW / 2, body.kind, color=style.GREY)
            style.link(sheet.write(axes, KIND, top + ROW / 2, body["name"]), body.row, body["name"])
            top += ROW
            sheet.rules(axes, [top], 0, wide)
    return places


def _marks(
    cells: pd.DataFrame, state: str, columns: dict[str, float], places: dict[str, float]
) -> list[Mark]:
    """The marks of one state; two in one cell stand beside one another."""
    found = []
    for (body, harm), those in cells.groupby(["body", "harm"]):
        for place, cell in enumerate(those.itertuples()):
            aside = 0.1 * (place - (len(those) - 1) / 2)
            if cell.state == state:
                found.append(Mark(columns[harm] + aside, places[body], cell.row, cell.words))
    return found


def harms_words(cells: pd.DataFrame, bodies: pd.DataFrame) -> str:
    """The same in words, harm by harm."""
    names = bodies.kind + " " + bodies.name

    def of(harm: str, state: str) -> str:
        return (
            "; ".join(names[body] for body in cells.body[cells.harm.eq(harm) & cells.state.eq(state)])
            or "none"
        )

    lines = (
        f"{harm}: said of people sent back: {of(harm, 'returned')}; of them and others: {of(harm, 'mixed')}."
        for harm in dict.fromkeys(cells.harm)
    )
    less = cells[cells.state.eq("less")]
    fewer = "; ".join(f"{cell.harm} by {names[cell.body]}" for cell in less.itertuples())
    return f"""A grid of {len(bodies)} reports, in {bodies.period.nunique()} periods, and of harms.
    A filled square where a report describes the harm of people sent back, a hollow one where it does not
    tell them apart from others. {" ".join(lines)} Said to have grown milder: {fewer}.
    All other cells are marked as not described, not read or not asked."""


def path(stages: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Stages after return on a line downward, each with the bodies that describe it.

    Args:
        stages: a line for each body at each stage: ``stage``, ``after`` (words above it, or none),
            ``kind``, ``name``, ``state`` and ``row``.
        narrow: for a phone, where the bodies stand beneath their stage.
    """
    aside, line = (0.2, 0.155) if narrow else (2.75, 0.165)
    sizes = [(_room(of, narrow), of) for _, of in _by_stage(stages)]
    drawing, axes, wide = sheet.sheet(
        sum(size for size, _ in sizes) + (0.55 if narrow else 0.4), narrow=narrow
    )
    top, nodes = 0.02, []
    for size, of in sizes:
        first = of.iloc[0]
        if first.after:
            sheet.write(axes, 0.2, top + 0.08, first.after, color=style.AXIS, style="italic")
            top += 0.24
            size -= 0.24
        nodes.append(top + 0.09)
        _name_stage(axes, first.stage, len(of), top + 0.09, wide)
        for place, body in enumerate(of.itertuples()):
            _name_body(axes, body, aside, top + 0.09 + line * (place + narrow), narrow)
        top += size
    axes.plot([0.07, 0.07], [nodes[0], nodes[-1]], color=style.GREY, linewidth=1.5, zorder=1)
    axes.scatter(
        [0.07] * len(nodes), nodes, s=40, facecolor=style.WHITE, edgecolor=style.INK, linewidth=1.5, zorder=2
    )
    for place, state in enumerate(("returned", "mixed")):
        look, words = STATES[state]
        x, y = (0.08, top + 0.08 + 0.17 * place) if narrow else (0.08 + 2.67 * place, top + 0.12)
        sheet.key(axes, x, y, [(look | {"s": 26}, words)])
    return drawing


def _by_stage(stages: pd.DataFrame):
    """The bodies of each stage, in the order of the stages."""
    return [(name, stages[stages.stage.eq(name)]) for name in dict.fromkeys(stages.stage)]


def _room(of: pd.DataFrame, narrow: bool) -> float:
    """How high a stage is: its bodies, its name above them on a phone, and the words before it."""
    lines = 0.155 * (len(of) + 1) if narrow else 0.165 * len(of)
    return lines + 0.13 + (0.24 if of.iloc[0].after else 0)


def _name_stage(axes: Axes, stage: str, bodies: int, y: float, wide: float) -> None:
    """The name of a stage, and how many bodies describe it."""
    sheet.write(axes, 0.2, y, stage, fontweight="bold", fontsize=8.8)
    words = "1 body" if bodies == 1 else f"{bodies} bodies"
    sheet.write(axes, wide - 0.03, y, words, ha="right", color=style.AXIS)


def _name_body(axes: Axes, body, aside: float, y: float, narrow: bool) -> None:
    """One body that describes a stage: a mark of whom it speaks, its kind and its name."""
    words = f"{body.kind} {body.name}: {body.stage.lower()}"
    sheet.put(axes, [Mark(aside + 0.06, y, body.row, words)], STATES[body.state][0] | {"s": 26})
    sheet.write(axes, aside + 0.18, y, body.kind, color=style.GREY)
    style.link(sheet.write(axes, aside + 0.18 + KIND, y, body.name), body.row, words)


def path_words(stages: pd.DataFrame) -> str:
    """The same in words, stage by stage."""
    lines = (f"{stage}: {'; '.join(of.kind + ' ' + of.name)}." for stage, of in _by_stage(stages))
    return f"""A vertical line with a stop for each stage after return that is described, and beside each
    the bodies that describe it. {" ".join(lines)}"""
