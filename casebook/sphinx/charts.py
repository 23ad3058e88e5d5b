"""Charts and tables that a cell published, set on the page with all that belongs to them."""

import base64
import csv
import io
import re
from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.utils import retrieve_glue_data
from sphinx.application import Sphinx

from casebook.argument.claims import claims
from casebook.project import digest_of_text
from casebook.publishing.publish import MIME
from casebook.sphinx.blocks import FactDirective, cross_reference, joined, reference_text
from casebook.sphinx.domain import domain_of

FILES = "files"  # where the built site keeps what a page offers for download
MOST_SOURCES = 4  # that stand beneath a figure at once; the others open on request
LINK = re.compile(r'<a xlink:href="claim:([^"]+)"[^>]*>')  # how a drawing names a claim


class Drawing(nodes.General, nodes.Inline, nodes.Element):
    """The drawing of a chart."""


class LinkedDrawing(nodes.General, nodes.Inline, nodes.Element):
    """A drawing that stands in the page itself, so that its parts can be links."""


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
            return retrieve_glue_data(self.state.document, f"{self.what}:{key}").data[MIME]
        except RetrievalError:
            self.refuse(f"no cell of this chapter published the {self.what} {key}")
            return None

    def offer(self, ending: str, content: str | bytes) -> None:
        domain_of(self.env).note_file(f"{self.arguments[0]}.{ending}", content)

    def foot(self, published: dict, endings: list[str]) -> nodes.container:
        """The line beneath: sources, then the files."""
        up = "../" * self.env.docname.count("/")
        key = self.arguments[0]
        foot = nodes.container(classes=["chart-foot"])
        first, more = published["sources"][:MOST_SOURCES], published["sources"][MOST_SOURCES:]
        shown = "; ".join(reference_text("source", name) for name in first)
        foot += self.parse(f"Source: {shown}." if first else "Computed from the claims of this book.")
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

    With the option ``linked`` the parts that carry the address of a claim link to it.
    """

    what = "figure"
    option_spec = {"linked": directives.flag}

    def run(self) -> list[nodes.Node]:
        published = self.published()
        if published is None:
            return []
        key = self.arguments[0]
        self.offer("svg", LINK.sub("", published["svg"]).replace("</a>", ""))
        self.offer("csv", published["csv"])
        self.offer("png", base64.b64decode(published["png"]))
        width, height = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', published["svg"])[0]
        up = "../" * self.env.docname.count("/")
        size = {"width": round(float(width) * 4 / 3), "height": round(float(height) * 4 / 3)}
        drawing = Drawing(uri=f"{up}{FILES}/{key}.svg", alt=published["alt"], **size)
        if "linked" in self.options:
            domain_of(self.env).note_mentions("claim", LINK.findall(published["svg"]))
            drawing = LinkedDrawing(svg=published["svg"], alt=published["alt"], key=key, **size)
        legend = nodes.legend("", self.foot(published, ["svg", "png", "csv"]))
        legend += DataTable(rows=rows_of(published["csv"]), key=key)
        return [self.named(nodes.figure("", drawing, self.caption(), legend, classes=["chart"]))]


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
        block = nodes.table(classes=["listing", "filterable"] if "filter" in self.options else ["listing"])
        title = nodes.title()
        title += self.caption().children
        block += title
        group = nodes.tgroup(cols=len(head))
        group += [nodes.colspec(colwidth=1) for _ in head]
        group += nodes.thead("", self.line([nodes.paragraph("", name) for name in head]))
        body = nodes.tbody()
        for row in rows:
            body += self.line([self.cell(text) for text in row])
        group += body
        block += group
        found = [self.named(block), self.foot(published, ["csv"])]
        return self.fold(found, len(rows)) if "folded" in self.options else found

    def fold(self, found: list[nodes.Node], rows: int) -> list[nodes.Node]:
        opening = f'<details class="folded"><summary>Show the table of {rows} rows</summary>'
        return [nodes.raw("", opening, format="html"), *found, nodes.raw("", "</details>", format="html")]

    def line(self, cells: list) -> nodes.row:
        return nodes.row("", *[nodes.entry("", *([c] if isinstance(c, nodes.Node) else c)) for c in cells])

    def cell(self, text: str) -> list[nodes.Node]:
        return self.parse(text) if text else [nodes.paragraph()]


def without_roles(text: str) -> str:
    """A table for a spreadsheet: a link becomes its words, or the name of the row."""
    return re.sub(r"\{case:\w+\}`([^`<]+?)(?: <[^`>]+>)?`", r"\1", text)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def visit_drawing(translator, node: Drawing) -> None:
    # The box scrolls on a phone, where a figure keeps a width at which its letters can be read;
    # the theme's script makes boxes of this class reachable by keyboard when they scroll.
    translator.body.append(
        f'<div class="chart-box pst-scrollable-table-container">'
        f'<img src="{escape(node["uri"])}" alt="{escape(node["alt"])}" '
        f'width="{node["width"]}" height="{node["height"]}" loading="lazy" decoding="async"></div>'
    )
    raise nodes.SkipNode


def slim(svg: str) -> str:
    """A drawing of boxes, lines and words without what a page does not need; half the size.

    Its ids go too, since several drawings share the page; so nothing in it may refer to one.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<clipPath.*?</clipPath>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' (clip-path|id)="[^"]*"', "", svg)
    svg = re.sub(r"\d+\.\d{2,}", lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), svg)
    if "#" in re.sub(r"#[0-9a-fA-F]{6}|http[^\"]*", "", svg):
        raise ValueError("a linked drawing may hold boxes, lines and words only")
    return _with_named_styles(re.sub(r"\s+", " ", svg).replace("> <", "><"))


def _with_named_styles(svg: str) -> str:
    """The few styles that a drawing repeats for every box, written once and named after what they say."""
    names = {style: f"d{digest_of_text(style)[:6]}" for style in re.findall(r' style="([^"]*)"', svg)}
    rules = "".join(f".linked-drawing .{name}{{{style}}}" for style, name in names.items())
    svg = re.sub(r' style="([^"]*)"', lambda found: f' class="{names[found[1]]}"', svg)
    return svg.replace("</style>", f"{rules}</style>", 1)


def visit_linked_drawing(translator, node: LinkedDrawing) -> None:
    """Set the drawing into the page, with its addresses resolved."""
    builder = translator.builder
    domain = domain_of(builder.env)

    def link(found: re.Match) -> str:
        name = found[1]
        address = domain.address("claim", name, builder.current_docname)
        words = escape(f"Claim {name}: {claims()[name]['title']}")
        return f'<a href="{address}" aria-label="{words}">'

    svg = slim(node["svg"]).replace("<svg ", f'<svg role="group" aria-label="{escape(node["alt"])}" ', 1)
    translator.body.append(f'<div class="linked-drawing">{LINK.sub(link, svg)}</div>')
    raise nodes.SkipNode


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
    app.add_node(Drawing, html=(visit_drawing, None), latex=(skip, None), text=(skip, None))
    app.add_node(LinkedDrawing, html=(visit_linked_drawing, None), latex=(skip, None), text=(skip, None))
    app.add_node(DataTable, html=(visit_data_table, None), latex=(skip, None), text=(skip, None))
    app.add_directive_to_domain("case", "chart", ChartDirective)
    app.add_directive_to_domain("case", "listing", ListingDirective)
