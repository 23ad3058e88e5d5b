"""No number is typed in prose: a bare number in a chapter stops the build.

Numbers enter a sentence through the ``value`` role. What may be typed are dates
and years, article and paragraph numbers, document symbols and names; the forms
are listed below, so that the rule can be read.
"""

import re

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util import logging

from casebook.sphinx.blocks import Foreign, Verbatim

LOGGER = logging.getLogger(__name__)

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
YEAR = r"(?:1[89]|20)\d\d"
CITED = r"\d+[A-Z]?(?:\(\w+\))*"  # 33, 1A(2), 30(4)(b)
BEFORE_CITED = (
    r"Articles?|Arts?\.|[Pp]aragraphs?|[Pp]aras?\.|[Ss]ections?|ss?\.|[Cc]hapters?|Part|Annex|"
    r"No\.|Nos\.|Opinion|Comment|Recommendation|Conclusion|Handbook|Resolution|Directive"
)
ALLOWED = [
    rf"\b{YEAR}\.\d\d?\.\d+\b",  # a calendar version
    rf"\d{{1,2}} (?:{MONTHS})(?: {YEAR})?",  # 9 October 2023
    rf"\b{YEAR}s?(?:\N{{EN DASH}}(?:{YEAR}|\d\d))?\b",  # 2006, 1990s, 1998-2009
    rf"(?<!\d){YEAR}[년年](?: ?\d{{1,2}}[월月](?: ?\d{{1,2}}[일日])?)?",  # 2023년 10월 9일
    r"(?<!\d)\d{1,2}[월月](?: ?\d{1,2}[일日])?",
    r"[제第] ?\d+ ?[조条條항款]",  # 제47조, 第47条
    rf"(?:{BEFORE_CITED}) {CITED}(?:(?:, | and | or | to |\N{{EN DASH}}){CITED})*",
    r"\b[A-Z]+(?:\.\d+)?(?:/[A-Za-z0-9.\-]+)+",  # A/HRC/25/63
    r"\b[A-Z]{1,6}-?\d+(?:-\d+)*\b",  # EV045, NR-1, MOU-2025-12
    r"\b[A-Z]{2,6}(?:-\d+)+\b",
]
PATTERN = re.compile("|".join(ALLOWED))
NUMBER = re.compile(r"\d[\d,.]*")
HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"

# What is not prose: quoted words, links made by roles, code, computed tables, registers
NOT_PROSE: tuple[type, ...] = (pending_xref, nodes.reference, nodes.literal, nodes.literal_block, nodes.raw)
NOT_PROSE += (nodes.comment, nodes.tbody, nodes.system_message, nodes.math, Verbatim, Foreign)
# Text that comes from a table or from the descriptor, where numbers belong to the row
NOT_PROSE_CLASSES = {"cell", "row", "register-caveat", "dictionary", "articles", "gloss"}
NOT_PROSE_CLASSES |= {"chart-foot", "attribution", "row-cite", "row-former", "row-group"}


def prose_of(node: nodes.Node) -> str:
    """The author's own words in a block; everything else leaves a hole."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, NOT_PROSE):
        return HOLE
    return "".join(prose_of(child) for child in node.children)


def bare_numbers(text: str) -> list[str]:
    """The numbers of a text that stand in none of the allowed forms."""
    return [found.group().rstrip(".,") for found in NUMBER.finditer(PATTERN.sub(HOLE, text))]


def blocks_of(node: nodes.Node):
    """The blocks of running text: paragraphs, titles, captions, terms."""
    classes = getattr(node, "attributes", {}).get("classes", ())
    if isinstance(node, NOT_PROSE) or NOT_PROSE_CLASSES & set(classes):
        return
    if isinstance(node, nodes.TextElement):
        yield node
        return
    for child in node.children:
        yield from blocks_of(child)


def refuse_bare_numbers(app: Sphinx, doctree: nodes.document) -> None:
    """Warn, and so fail the strict build, at each bare number of a chapter."""
    for block in blocks_of(doctree):
        for number in bare_numbers(prose_of(block)):
            LOGGER.warning(
                "the number %s is typed in prose: register it with publish.value and quote it",
                number,
                location=block,
                type="casebook",
                subtype="number",
            )
