"""A drawing as SVG: made light, and fitted to where it stands.

The pages need this and not matplotlib, whose import takes as long as that of pandas.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from itertools import groupby
from operator import itemgetter

from casebook.project import digest_of_text
from casebook.publishing.colours import PALETTE

LENGTHS = re.compile(r"<(?!a )[^>]+>")  # where numbers are lengths, and no words of ours
ADDRESS = re.compile(r'<a xlink:href="row:([^"|]+)\|([^"]*)"[^>]*>')  # how a drawing names a row or a claim


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


TEXT = re.compile(r"(<text[^>]*>)([^<]*)")
CLASS = re.compile(r'class="([^"]*)"')
# No number is broken or parted from what it counts, and no line begins with a comma
UNSPACED = re.compile(r"(?:[0-9A-Za-z.,–]+\S?|\S)[，。；：、]*")


def reworded(svg: str, say: Callable[[str], str | None]) -> tuple[str, list[str]]:
    """A drawing with its words said otherwise, and the lines for which there are no words.

    Args:
        svg: the drawing; a sentence may stand in several lines of one style, which follow one another.
        say: the same sentence in other words, or nothing where it is not known.
    """
    lines = [(CLASS.findall(tag), unescape(line)) for tag, line in TEXT.findall(svg)]
    told: list[str] = []
    missing: list[str] = []
    for _, group in groupby(lines, key=itemgetter(0)):
        rest = [line for _, line in group]
        while rest:
            sizes = (size for size in range(len(rest), 0, -1) if say(" ".join(rest[:size])) is not None)
            size = next(sizes, 0)
            if not size and re.search("[A-Za-z]", rest[0]):
                missing.append(rest[0])
            told += shared_out(say(" ".join(rest[:size])) or "", size) if size else rest[:1]
            rest = rest[size or 1 :]
    said = iter(told)
    return TEXT.sub(lambda found: found[1] + escape(next(said)), svg), missing


def shared_out(words: str, lines: int) -> list[str]:
    """Words in so many lines of much the same length; where there are no spaces, between letters."""
    pieces = re.findall(r"\S+\s*" if " " in words else UNSPACED, words)
    width = -(-len(words) // lines)
    while len(found := filled(pieces, width)) > lines:
        width += 1
    return found + [""] * (lines - len(found))


def filled(pieces: list[str], width: int) -> list[str]:
    """Lines of pieces, each as long as a width allows."""
    found: list[str] = []
    for piece in pieces:
        if found and len(found[-1] + piece.rstrip()) <= width:
            found[-1] += piece
        else:
            found.append(piece)
    return [line.rstrip() for line in found]


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
