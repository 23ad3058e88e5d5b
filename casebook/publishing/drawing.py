"""What becomes of a figure: framed with its headline and its source, and written as SVG and PNG.

Each figure is drawn twice by one function, for a page and for a phone, at the size at which it is
shown, so that its letters are as large as those of the text beneath. Words stay words. The picture in
pixels shows the wide drawing as it was laid out.
"""

import io
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import matplotlib.pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine

from casebook.project import digest_of_text
from casebook.publishing.style import AXIS, GREY, INK, PALETTE

POINTS = 72  # to an inch
FINE = 10  # words are measured ten times as large: a renderer counts whole pixels
MARGIN = 3.6  # points between the edge and the words around a drawing
WIDE_ENOUGH = 5  # inches, for a large headline
LEADING = 1.28  # from one line to the next, of the size of the letters
CARD = (1200, 630)  # pixels
DENSITY = 200  # pixels to an inch
LENGTHS = re.compile(r"<(?!a )[^>]+>")  # where numbers are lengths, and no words of ours
ADDRESS = re.compile(r'<a xlink:href="row:([^"|]+)\|([^"]*)"[^>]*>')  # how a drawing names a row or a claim


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
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and length(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


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


def slim(svg: str, name: str) -> str:
    """A drawing without what a page does not need: half the size.

    Args:
        svg: as matplotlib writes it.
        name: unlike that of any other drawing; two drawings of a figure stand in one page.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<a [^>]*/>", "", svg)  # the link of a mark that lies outside its frame
    svg = svg.replace(">*{", ">svg *{")  # of the page around it nothing is meant
    svg = with_short_names(svg, digest_of_text(name)[:6])
    svg = LENGTHS.sub(lambda tag: re.sub(r"\d+\.\d{2,}", rounded, tag[0]), svg)
    return with_named_styles(re.sub(r"\s+", " ", svg).replace("> <", "><"))


def with_short_names(svg: str, start: str) -> str:
    """Of the ids those to which something refers, counted.

    Matplotlib's own hold a digest of lengths to the last digit, which differs from machine to machine.
    """
    named = list(dict.fromkeys(re.findall(r'(?:href="|url\()#([^")]+)', svg)))
    short = {old: f"g{start}{number}" for number, old in enumerate(named)}
    svg = re.sub(r' id="([^"]*)"', lambda found: f' id="{short[found[1]]}"' if found[1] in short else "", svg)
    return re.sub(r'(href="|url\()#([^")]+)', lambda found: f"{found[1]}#{short[found[2]]}", svg)


def rounded(found: re.Match) -> str:
    """A length in points as exactly as an eye can tell; small numbers, shares among them, a place more."""
    number = float(found[0])
    return f"{number:.{1 if number >= 10 else 2}f}".rstrip("0").removesuffix(".")


def unlinked(svg: str) -> str:
    """A drawing that stands alone: what its marks are is said, and nothing is linked."""
    return ADDRESS.sub(r"<g><title>\2</title>", svg).replace("</a>", "</g>")


def themed(svg: str) -> str:
    """A drawing in a page, whose style sheet says what each colour of the palette is in the dark."""
    names = {colour.lower(): name for name, colour in PALETTE.items()}

    def variable(found: re.Match) -> str:
        name = names.get(found[0])
        return f"var(--fig-{name},{found[0]})" if name else found[0]

    return re.sub("#[0-9a-f]{6}", variable, svg)


def with_named_styles(svg: str) -> str:
    """The few styles that a drawing repeats for every mark, written once and named after what they say."""
    names = {style: f"d{digest_of_text(style)[:6]}" for style in re.findall(r' style="([^"]*)"', svg)}
    rules = "".join(f".{name}{{{style}}}" for style, name in names.items())
    svg = re.sub(r' style="([^"]*)"', lambda found: f' class="{names[found[1]]}"', svg)
    return svg.replace("</style>", f"{rules}</style>", 1)
