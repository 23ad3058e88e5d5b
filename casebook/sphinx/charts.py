"""Charts and tables that a cell published, set on the page with all that belongs to them."""

import base64
import csv
import io
import re
from functools import cache, partial
from html import escape, unescape

from docutils import nodes
from docutils.parsers.rst import directives
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.utils import retrieve_glue_data
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from casebook.argument.claims import claims
from casebook.data.tables import located
from casebook.project import BOOK, is_changed, version
from casebook.publishing.svg import ADDRESS, reworded, themed, unlinked
from casebook.publishing.values import EDITION, MIME
from casebook.sphinx.blocks import FactDirective, cross_reference, grid, joined, reference_text
from casebook.sphinx.deferred import later, maker
from casebook.sphinx.domain import domain_of
from casebook.sphinx.languages import folder_of, said, said_like

LOGGER = logging.getLogger(__name__)
FILES = "files"  # where the built site keeps what a page offers for download
MOST_SOURCES = 4  # that stand beneath a figure at once; the others open on request
WIDTHS = ("wide", "narrow")


class Picture(nodes.General, nodes.Inline, nodes.Element):
    """A figure as a file beside the page."""


class Drawing(nodes.General, nodes.Inline, nodes.Element):
    """The drawings of a chart, which stand in the page itself, so that their marks can be links."""


class DataTable(nodes.General, nodes.Element):
    """The data of a chart as a table that opens on request."""


class PublishedDirective(FactDirective):
    """What charts and tables share: the published content, its caption, its foot."""

    required_arguments = 1
    has_content = True
    what = ""

    def published(self) -> dict | None:
        """What the cell handed over, or nothing after a warning."""
        key = self.arguments[0]
        try:
            found = retrieve_glue_data(self.state.document, f"{self.what}:{key}").data[MIME]
        except RetrievalError:
            self.refuse(f"no cell of this chapter published the {self.what} {key}")
            return None
        return found | {width: edited(found[width]) for width in WIDTHS if width in found}

    def offer(self, ending: str, content: str | bytes) -> None:
        domain_of(self.env).note_file(f"{self.arguments[0]}.{ending}", content)

    def foot(self, published: dict, endings: list[str]) -> nodes.container:
        """The line beneath: sources, then the files."""
        up = "../" * self.env.docname.count("/")
        key = self.arguments[0]
        foot = nodes.container(classes=["chart-foot"])
        first, more = published["sources"][:MOST_SOURCES], published["sources"][MOST_SOURCES:]
        shown = "; ".join(reference_text("source", name) for name in first)
        foot += self.parse(f"Source: {shown}." if first else "Computed by this book.")
        if more:
            foot += nodes.raw("", f"<details><summary>and {len(more)} more</summary>", format="html")
            line = nodes.paragraph()
            line += joined([cross_reference("source", name, self.env.docname) for name in more])
            foot += [line, nodes.raw("", "</details>", format="html")]
        files = nodes.paragraph(classes=["chart-files"])
        for ending in endings:
            files += nodes.reference(
                "",
                ending.upper(),
                refuri=f"{up}{FILES}/{key}.{ending}",
                classes=["download"],
                reftitle=f"Download {key} as {ending.upper()}",
            )
            files += nodes.Text(" ")
        foot += files
        return foot

    def caption(self) -> nodes.caption:
        """The directive's content as a caption; it may quote values."""
        caption = nodes.caption()
        for paragraph in self.parse("\n".join(self.content)):
            caption += paragraph.children
        return caption

    def named(self, node: nodes.Element) -> nodes.Element:
        """Give the block its address, and a number that other pages can refer to."""
        name = f"{self.what}-{self.arguments[0]}"
        node["ids"].append(name)
        node["names"].append(name)
        self.state.document.note_explicit_target(node, node)
        return node


class ChartDirective(PublishedDirective):
    """``{chart} arrivals-by-year``: a published figure; the content is its caption.

    Each mark that names a row or a claim links to it. With the option ``shared`` other pages may
    show the drawing, and there is a picture of it for sharing.
    """

    what = "figure"
    option_spec = {"shared": directives.flag}

    def run(self) -> list[nodes.Node]:
        published = self.published()
        if published is None:
            return []
        key, docname = self.arguments[0], self.env.docname
        self.offer("svg", with_fonts(unlinked(published["wide"])))
        self.offer("csv", published["csv"])
        self.offer("png", base64.b64decode(published["png"]))
        self.offer("html", alone(published, f"../{docname}.html#figure-{key}"))
        for name in named_in(published["wide"]):
            domain_of(self.env).note_mentions(kind_of(name), [name])
        drawing = Drawing(
            key=key,
            alt=published["alt"],
            size=size_of(published["wide"]),
            **{each: published[each] for each in WIDTHS},
        )
        if "shared" in self.options:
            self.offer("card.png", base64.b64decode(published["card"]))
            domain_of(self.env).note_shared(key, drawing.attributes)
        legend = nodes.legend("", self.foot(published, ["png", "svg", "csv"]))
        legend += DataTable(rows=rows_of(published["csv"]), key=key)
        legend += nodes.raw(
            "",
            taken_along(key, published, "../" * docname.count("/"), "shared" in self.options),
            format="html",
        )
        return [self.named(nodes.figure("", drawing, self.caption(), legend, classes=["chart"]))]


def edited(svg: str) -> str:
    """A drawing that says of a changed copy that it is one: the chapter, which draws it, cannot know."""
    return (
        svg.replace(f"{EDITION} {version()}", f"changed copy of {EDITION} {version()}")
        if is_changed()
        else svg
    )


def size_of(svg: str) -> tuple[int, int]:
    """Width and height of a drawing on a page, in pixels."""
    width, height = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0]
    return round(float(width) * 4 / 3), round(float(height) * 4 / 3)


def taken_along(key: str, published: dict, up: str, shared: bool) -> str:
    """For use elsewhere: the figure alone as page and picture, its words, and a snippet."""
    title, place = escape(published["headline"]), f"{FILES}/{key}"
    snippet = f'<iframe src="{place}.html" title="{title}" width="100%" height="560"></iframe>'
    card = f' · <a href="{up}{place}.card.png">a picture for sharing</a>' if shared else ""
    return (
        '<details class="chart-use"><summary>Use this figure elsewhere</summary>'
        f'<p><a href="{up}{place}.html">A page of this figure alone</a>{card}</p>'
        f"<p>Alternative text: <span class='chart-alt'>{escape(published['alt'])}</span></p>"
        f"<p>To set it into a page, beside which the folder of the book lies: "
        f"<code>{escape(snippet)}</code></p></details>"
    )


class KeyChartDirective(FactDirective):
    """``{key-chart} returns-key``: the drawing of a chart that a chapter shares, with a link to it.

    On a page in another language its words are those of ``words.yml``.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        words = nodes.container(classes=["key-words"])
        words += self.parse("\n".join(self.content))
        return [*([words] if self.content else []), later(self, "key-chart", key=self.arguments[0])]


@maker("key-chart")
def key_chart(app: Sphinx, docname: str, node: nodes.Element) -> list[nodes.Node]:
    """The drawing of another page, without a number of its own."""
    key = node["key"]
    shared = domain_of(app.env).shared(key)
    if not shared:
        LOGGER.warning("no chart is shared as %s", key, location=node, type="casebook", subtype="block")
        return []
    page, held = shared
    if folder := folder_of(app.env, docname):
        held = in_words_of(folder, held, node)
    words = nodes.inline("", said(app.env, docname, "The figure with its data and its rows"))
    line = nodes.paragraph("", "", make_refnode(app.builder, docname, page, f"figure-{key}", words))
    return [nodes.container("", Drawing(**held), line, classes=["key-chart"])]


def in_words_of(folder: str, drawing: dict, node: nodes.Element) -> dict:
    """A drawing in the words of a language; a sentence that ``words.yml`` lacks stops the build."""
    say, english = partial(said_like, folder), drawing["alt"]
    told = {"alt": say(english) or english}
    missing = [] if say(english) else [english]
    for width in WIDTHS:
        told[width], lacking = reworded(drawing[width], say)
        missing += lacking
    for english in dict.fromkeys(missing):
        LOGGER.warning(
            "book/%s/words.yml has no words for: %s", folder, english,
            location=node, type="casebook", subtype="words",
        )  # fmt: skip
    return drawing | told


class ListingDirective(PublishedDirective):
    """``{listing} standards-of-proof``: a published table; the content is its caption.

    With the option ``filter`` readers may type words to see only the rows that hold them;
    with ``folded`` a long table opens on request.
    """

    what = "table"
    option_spec = {"filter": directives.flag, "folded": directives.flag}

    def run(self) -> list[nodes.Node]:
        published = self.published()
        if published is None:
            return []
        self.offer("csv", without_roles(published["csv"]))
        head, *rows = rows_of(published["csv"])
        classes = ["filterable"] if "filter" in self.options else []
        block = grid(head, [[self.cell(text) for text in row] for row in rows], *classes)
        title = nodes.title()
        title += self.caption().children
        block.insert(0, title)
        found = [self.named(block), self.foot(published, ["csv"])]
        return self.fold(found, len(rows)) if "folded" in self.options else found

    def fold(self, found: list[nodes.Node], rows: int) -> list[nodes.Node]:
        opening = f'<details class="folded"><summary>Show the table of {rows} rows</summary>'
        return [nodes.raw("", opening, format="html"), *found, nodes.raw("", "</details>", format="html")]

    def cell(self, text: str) -> list[nodes.Node]:
        return self.parse(text) if text else [nodes.paragraph()]


def without_roles(text: str) -> str:
    """A table for a spreadsheet: a link becomes its words, or the name of the row."""
    return re.sub(r"\{case:\w+\}`([^`<]+?)(?: <[^`>]+>)?`", r"\1", text)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def visit_picture(translator, node: Picture) -> None:
    width, height = node["size"]
    translator.body.append(
        f'<img src="{escape(node["uri"])}" alt="{escape(node["alt"])}" '
        f'width="{width}" height="{height}" loading="lazy" decoding="async">'
    )
    raise nodes.SkipNode


def visit_drawing(translator, node: Drawing) -> None:
    """Set both drawings into the page; its width picks the one that is shown."""
    builder = translator.builder

    def linked(found: re.Match) -> str:
        name = unescape(found[1])
        address = domain_of(builder.env).address(kind_of(name), name, builder.current_docname)
        return f'<a href="{address}"><title>{found[2]}</title>'

    shown = "".join(
        f'<div class="chart-{width}">{named(themed(ADDRESS.sub(linked, node[width])), node["alt"])}</div>'
        for width in WIDTHS
    )
    translator.body.append(f'<div class="chart-box" data-key="{node["key"]}">{shown}</div>')
    raise nodes.SkipNode


def named(svg: str, alt: str) -> str:
    """A drawing with the words for those who do not see it; its links can still be reached."""
    role = "group" if "<a href" in svg else "img"
    return svg.replace("<svg ", f'<svg role="{role}" aria-label="{escape(alt)}" ', 1)


def named_in(svg: str) -> set[str]:
    """The rows and claims that the marks of a drawing name."""
    return {unescape(name) for name, _ in ADDRESS.findall(svg)}


def kind_of(name: str) -> str:
    """Whether a drawing names a claim or a row, and of which kind."""
    return "claim" if name in claims() else located(name)[0].kind


def alone(published: dict, back: str) -> str:
    """A page of the figure and nothing else, to be set into another page; it asks nobody for anything.

    Args:
        published: what the cell handed over.
        back: the link to the figure in the book.
    """
    drawings = "".join(
        f'<div class="chart-{width}">{named(themed(unlinked(published[width])), published["alt"])}</div>'
        for width in WIDTHS
    )
    title = escape(published["headline"])
    return "".join([
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f'<title>{title}</title><link rel="stylesheet" href="../_static/figures.css">',
        f'<body><main><h1 class="unseen">{title}</h1><div class="chart-box">{drawings}</div>',
        f'<p><a href="{back}" target="_top">The figure in the book, with its data and its rows</a></p>',
        "</main></html>\n",
    ])  # fmt: skip


def with_fonts(svg: str) -> str:
    """A drawing that carries the letters it is set in."""
    faces = "".join(
        f"@font-face{{font-family:Roboto;font-weight:{weight};src:url(data:font/woff2;base64,{letters(name)})}}"
        for name, weight in (("regular", 400), ("bold", 700))
    )
    return svg.replace("</style>", f"{faces}</style>", 1)


@cache
def letters(name: str) -> str:
    return base64.b64encode((BOOK / "_static" / "fonts" / f"roboto-{name}.woff2").read_bytes()).decode()


def visit_data_table(translator, node: DataTable) -> None:
    head, *rows = node["rows"]
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    translator.body.append(
        f'<details class="chart-data"><summary>Show the data as a table</summary>'
        f'<div class="register-table" tabindex="0" role="region" aria-label="Data of {node["key"]}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{lines}</tbody></table></div></details>\n"
    )
    raise nodes.SkipNode


def skip(translator, node) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(Picture, html=(visit_picture, None), latex=(skip, None), text=(skip, None))
    app.add_node(Drawing, html=(visit_drawing, None), latex=(skip, None), text=(skip, None))
    app.add_node(DataTable, html=(visit_data_table, None), latex=(skip, None), text=(skip, None))
    app.add_directive_to_domain("case", "chart", ChartDirective)
    app.add_directive_to_domain("case", "key-chart", KeyChartDirective)
    app.add_directive_to_domain("case", "listing", ListingDirective)
