"""The whole book as one PDF: set by WeasyPrint from the pages of the site.

The file is tagged (PDF/UA), has bookmarks, and is the same on every machine: its fonts
come with the project, and it carries no clock and no random name.
"""

import gc
import hashlib
import logging
import re
from collections.abc import Callable, Collection, Iterable
from contextlib import contextmanager
from html import escape
from pathlib import Path

import yaml

from casebook.build.book import HTML, BuildError
from casebook.paper.document import CHAPTER, CLOSE, OPEN, Book, Page, page_of, words_of
from casebook.paper.fonts import lacking
from casebook.project import PACKAGE, ROOT, edition
from casebook.publishing.citation import data_date, in_words

VARIANT = "pdf/ua-1"
MOST_ROUNDS = 6
PENDING = re.compile(f"{OPEN}(.*?){CLOSE}")
STYLE = PACKAGE / "paper" / "print.css"
NO_PANGO = """\
The PDF cannot be set: this machine lacks Pango, the library that sets its type.
On Debian or Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
On macOS: brew install pango
Nothing in dist was changed."""


def typesetter():
    """WeasyPrint.

    Raises:
        BuildError: the libraries it needs are not on this machine; names the remedy.
    """
    try:
        import weasyprint
        import weasyprint.text.fonts
        import weasyprint.urls
    except OSError:
        raise BuildError(NO_PANGO) from None
    return weasyprint


def title_page(settings: dict, left_out: list[Page]) -> str:
    """Title, version, data date, and what this print holds and leaves out."""
    title, _, question = settings["title"].partition(": ")
    gone = "; ".join(escape(page.title) for page in left_out)
    return f"""
<header class="title-page">
<p class="book-title">{escape(title)}</p>
<p class="book-question">{escape(question[:1].upper() + question[1:])}</p>
<p>An executable casebook</p>
<p>{escape(settings["author"])}</p>
<p class="edition">{edition().capitalize()}, data of {in_words(data_date())}</p>
<div class="about-print">
<p>This print holds every chapter, every claim, and the registers of values, provisions, authorities,
events and sources. A number in brackets leads to a note at the end of the chapter. The note names the
row or value that the words rest on, its sources, and the page on which its full entry is printed.</p>
<p>Left out are the long registers of counts, whose thousands of rows are of more use as tables:
{gone}. They are in the data package and on the site, under the names that the notes give.
The program code of the chapters is left out too; the notebooks hold it.</p>
<p>Text and our own compilation of data: CC BY 4.0. Figures of others keep their terms, which the data
dictionary names.</p>
</div>
</header>"""


def contents(pages: Iterable[Page]) -> str:
    """The table of contents: parts, pages, and the sections of chapters."""
    lines = []
    for page in pages:
        if page.part:
            lines.append(f'<li class="part">{escape(page.part)}</li>')
        lines.append(entry(page.anchor, page.title, f"page depth-{page.depth}"))
        if CHAPTER.match(page.name):
            lines += [entry(part["id"], words_of(part.h3), "section") for part in sections(page)]
    return f'<nav class="contents"><h1 id="contents">Contents</h1><ul>{"".join(lines)}</ul></nav>'


def sections(page: Page):
    return [
        part for part in page.body.select("section") if part.get("id") and part.find("h3", recursive=False)
    ]


def captions(pages: Iterable[Page], blocks: str, heading: str) -> str:
    """A list of what is numbered: figures, or tables."""
    lines = [
        entry(
            block["id"],
            words_of(block.select_one("figcaption p, caption")).partition(". ")[0].rstrip("."),
            "page",
        )
        for page in pages
        for block in page.body.select(blocks)
    ]
    return f'<nav class="contents"><h1>{heading}</h1><ul>{"".join(lines)}</ul></nav>' if lines else ""


def entry(place: str, words: str, kind: str) -> str:
    return f'<li class="{kind}"><a href="#{place}" data-page="{page_of(place)}">{escape(words)}</a></li>'


def chapter(page: Page) -> str:
    part = f'<h1 class="part-title">{escape(page.part)}</h1>' if page.part else ""
    body = page.body.decode_contents()
    marked = f'id="{page.anchor}" class="depth-{page.depth}" lang="{page.language}"'
    return f"{part}<article {marked}>{body}</article>"


def whole(site: Path = HTML, only: Collection[str] = ()) -> str:
    """The book as one HTML document for print."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    book = Book(site, only)
    book.prepare()
    parts = [
        title_page(settings, book.left_out),
        contents(book.pages),
        captions(book.pages, "figure.chart", "Figures"),
        captions(book.pages, "table.listing[id]", "Tables"),
        *map(chapter, book.pages),
    ]
    return f"<!doctype html><html lang='en'><head>{head(settings)}</head><body>{''.join(parts)}</body></html>"


def head(settings: dict) -> str:
    """What the PDF says of itself; its day is that of the data, never that of the run."""
    described = {
        "author": settings["author"],
        "description": f"{edition().capitalize()}, data of {in_words(data_date())}",
        "dcterms.created": data_date().isoformat(),
    }
    lines = [f'<meta name="{name}" content="{escape(text)}">' for name, text in described.items()]
    return f'<meta charset="utf-8"><title>{escape(settings["title"])}</title>{"".join(lines)}'


class Faults(logging.Handler):
    """Keeps what WeasyPrint could not do: a link without a target, a picture not found."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


def numbered(text: str, where: dict[str, int]) -> str:
    """The document with the numbers of pages filled in; three digits where one is not known yet."""
    return PENDING.sub(lambda found: str(where.get(found[1], 999)), text)


def settled(text: str, set_pages: Callable):
    """Set the pages until every printed page number is true.

    WeasyPrint can count pages itself, but takes time that grows with the square of the references.
    """
    where: dict[str, int] = {}
    asked = set(PENDING.findall(text))
    for _ in range(MOST_ROUNDS):
        document = set_pages(numbered(text, where))
        found: dict[str, int] = {}
        for number, page in enumerate(document.pages, start=1):
            for place in page.anchors:  # what runs over several pages stands on each of them
                found.setdefault(place, number)
        now = {place: found[place] for place in asked if place in found}
        if lost := asked - now.keys():
            raise BuildError(f"The PDF has no page for: {', '.join(sorted(lost)[:20])}")
        if now == where:
            return document
        where = now
    raise BuildError("The page numbers of the PDF do not settle.")


def write_pdf(path: Path, site: Path = HTML, only: Collection[str] = ()) -> None:
    """Set the book, or with ``only`` some pages of it.

    Raises:
        BuildError: a library, a character, a picture or the target of a link is lacking.
    """
    with no_collector():
        text = whole(site, only)
    set_pdf(path, text, site)


def leaflet(site: Path, name: str) -> str:
    """One page of the site alone, without title page, contents and notes."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    book = Book(site, alone=name)
    book.prepare()
    said = f"{edition().capitalize()}, data of {in_words(data_date())}"
    running = f'<p class="running">{escape(settings["title"])}</p><p class="edition">{said}</p>'
    return (
        f"<!doctype html><html lang='{book.pages[0].language}'><head>{head(settings)}</head>"
        f"<body class='leaflet'>{running}{chapter(book.pages[0])}</body></html>"
    )


def write_brief(path: Path, name: str, site: Path = HTML) -> None:
    """Set one page of the site, as a paper to lay on a desk.

    Raises:
        BuildError: as :func:`write_pdf`.
    """
    set_pdf(path, leaflet(site, name), site)


def set_pdf(path: Path, text: str, site: Path) -> None:
    """Set a document that names its pictures by where they lie on the site."""
    weasyprint = typesetter()
    if letters := lacking(PENDING.sub("", text)):
        raise BuildError(f"No kept font sets {''.join(sorted(letters))}: run 'make fonts', then again.")
    options = {"url_fetcher": weasyprint.urls.URLFetcher(allowed_protocols=["file"])}  # no network
    options["font_config"] = fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(filename=str(STYLE), **options)

    def set_pages(page: str):
        source = weasyprint.HTML(string=page, url_fetcher=options["url_fetcher"])
        return source.render(font_config=fonts, stylesheets=[style], pdf_variant=VARIANT)

    with no_faults(logging.getLogger("weasyprint")), no_collector():
        anywhere = text.replace(site.as_uri(), "")  # pictures are named by where they lie
        identifier = hashlib.sha256(anywhere.encode()).digest()[:16]
        settled(text, set_pages).write_pdf(path, pdf_variant=VARIANT, pdf_identifier=identifier)


@contextmanager
def no_collector():
    """A book on paper is millions of objects; to look through them for garbage takes half the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def no_faults(logger: logging.Logger):
    """Take what WeasyPrint could not do, such as a picture not found, for an error; keep the rest quiet."""
    faults = Faults()
    logger.addHandler(faults)
    logging.disable(logging.INFO)  # other libraries let every step be told
    try:
        yield
    finally:
        logger.removeHandler(faults)
        logging.disable(logging.NOTSET)
    if faults.found:
        raise BuildError("\n".join(["The PDF has faults:", *dict.fromkeys(faults.found)]))
