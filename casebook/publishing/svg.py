"""A drawing as SVG: made light, and fitted to where it stands.

The pages need this and not matplotlib, whose import takes as long as that of pandas.
"""

import re

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
