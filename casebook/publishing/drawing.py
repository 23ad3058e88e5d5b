"""What becomes of a figure: framed with its headline and its source, and written as SVG and PNG.

Each figure is drawn twice by one function, for a page and for a phone, at the size at which it is
shown, so that its letters are as large as those of the text beneath. Words stay words. The picture in
pixels shows the wide drawing as it was laid out.
"""

import io
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import matplotlib.pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine

from casebook.publishing.style import AXIS, GREY, INK
from casebook.publishing.svg import slim

POINTS = 72  # to an inch
FINE = 10  # words are measured ten times as large: a renderer counts whole pixels
MARGIN = 3.6  # points between the edge and the words around a drawing
WIDE_ENOUGH = 5  # inches, for a large headline
LEADING = 1.28  # from one line to the next, of the size of the letters
CARD = (1200, 630)  # pixels
DENSITY = 200  # pixels to an inch


class Words(NamedTuple):
    """What stands around a drawing.

    Attributes:
        headline: what it shows, as a sentence.
        subtitle: unit, scope and dates.
        foot: sources and edition.
    """

    headline: str
    subtitle: str
    foot: str


def framed(drawing: Figure, words: Words, shape: float = 0) -> Figure:
    """Set the words around a drawing; it grows by the room they take.

    Args:
        drawing: the figure as its function made it.
        shape: height of the whole as a share of its width; then the drawing takes what room is left.
    """
    wide, high = drawing.get_size_inches()
    title = 14 if wide > WIDE_ENOUGH else 12.5
    head = [(line, title, "bold", INK) for line in broken(drawing, words.headline, title, "bold")]
    head += [(line, 9.5, "normal", AXIS) for line in broken(drawing, words.subtitle, 9.5, "normal")]
    foot = [line for part in words.foot.split("\n") for line in broken(drawing, part, 7.5, "normal")]
    tail = [(line, 7.5, "normal", GREY) for line in foot]
    top = (sum(size for _, size, *_ in head) * LEADING + MARGIN + 6) / POINTS
    bottom = (len(tail) * 7.5 * LEADING + MARGIN + 4) / POINTS
    whole = wide * shape if shape else high + top + bottom
    drawing.set_size_inches(wide, whole)
    if isinstance(engine := drawing.get_layout_engine(), ConstrainedLayoutEngine):
        engine.set(rect=(0, bottom / whole, 1, 1 - (top + bottom) / whole))
    write_lines(drawing, head, 1 - MARGIN / POINTS / whole)
    write_lines(drawing, tail, (bottom - 4 / POINTS) / whole)
    return drawing


def write_lines(drawing: Figure, lines: list[tuple], top: float) -> None:
    """Set lines of (words, size, weight, colour) from a height downward, at the left edge."""
    wide, high = drawing.get_size_inches()
    for words, size, weight, colour in lines:
        look = {"fontsize": size, "fontweight": weight, "color": colour}
        drawing.text(MARGIN / POINTS / wide, top, words, va="top", ha="left", in_layout=False, **look)
        top -= size * LEADING / POINTS / high


def broken(drawing: Figure, words: str, size: float, weight: str) -> list[str]:
    """Words in lines that are no longer than the drawing is wide."""
    room = drawing.get_size_inches()[0] - 2 * MARGIN / POINTS
    space, left = length(" ", size, weight), 0.0
    lines: list[str] = []
    for word in words.split():
        needed = length(word, size, weight)
        if lines and space + needed <= left:
            lines[-1] += f" {word}"
            left -= space + needed
        else:
            lines.append(word)
            left = room - needed
    return lines


@cache  # most words of a foot stand beneath every figure
def length(words: str, size: float, weight: str) -> float:
    """How long words are when they are set, in inches."""
    font = FontProperties(size=size * FINE, weight=weight)
    return ruler().get_text_width_height_descent(words, font, ismath=False)[0] / FINE / POINTS


@cache
def ruler():
    """What measures words: a renderer for which a point is a pixel."""
    return FigureCanvasAgg(Figure(dpi=POINTS)).get_renderer()


def written(draw: Callable[..., Figure], key: str, words: Words) -> dict:
    """The drawing for a page and the one for a phone, as SVG, and the first in pixels.

    Args:
        draw: makes the figure, ``narrow`` or not.
        key: its name.
    """
    found: dict = {}
    for name, narrow in (("wide", False), ("narrow", True)):
        drawing = framed(draw(narrow=narrow), words)
        found[name] = slim(in_lines(drawing), f"{key}-{name}")
        if not narrow:
            drawing.set_layout_engine("none")  # it is laid out now; doing it again would take as long
            found["png"] = in_pixels(drawing, DENSITY)
        plt.close(drawing)
    return found


def carded(draw: Callable[..., Figure], words: Words) -> bytes:
    """The drawing as a picture for sharing, in the format that is asked for: 1200 by 630 pixels."""
    drawing = framed(draw(narrow=False), words, shape=CARD[1] / CARD[0])
    picture = in_pixels(drawing, CARD[0] / drawing.get_size_inches()[0])
    plt.close(drawing)
    return picture


# Without a date or a program's name, so that builds are equal. Not by 'savefig', which would draw
# everything twice, the first time only to lay it out.


def in_lines(drawing: Figure) -> str:
    """The drawing as SVG."""
    buffer = io.StringIO()
    FigureCanvasSVG(drawing).print_svg(buffer, metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def in_pixels(drawing: Figure, density: float) -> bytes:
    """The drawing as PNG, with so many pixels to an inch."""
    buffer = io.BytesIO()
    drawing.dpi = density
    FigureCanvasAgg(drawing).print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()
