"""The whole book as one PDF: set by WeasyPrint from the pages of the site.

The file is tagged (PDF/UA), has bookmarks, and is the same on every machine: its fonts
come with the project, and it carries no clock and no random name. Each page of the book is set by
itself (``setting``), and the parts are joined (``joining``).
"""

from collections.abc import Collection, Iterable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from casebook.build.book import HTML, BuildError
from casebook.paper.document import CHAPTER, Book, Page, page_of, words_of
from casebook.paper.fonts import lacking
from casebook.paper.joining import join
from casebook.paper.setting import PENDING, Job, no_collector, processes, refuse_faults, set_one, settle
from casebook.project import ROOT
from casebook.publishing.citation import capital, data_date, dated_edition


def title_page(settings: dict, left_out: list[Page]) -> str:
    """Title, version, data date, and what this print holds and leaves out."""
    title, _, question = settings["title"].partition(": ")
    gone = "; ".join(escape(page.title) for page in left_out)
    return f"""
<header class="title-page">
<p class="book-title">{escape(title)}</p>
<p class="book-question">{escape(capital(question))}</p>
<p>An executable casebook</p>
<p>{escape(settings["author"])}</p>
<p class="edition">{capital(dated_edition())}</p>
<div class="about-print">
<p>This print holds every chapter, every claim, and the registers of values, provisions, authorities,
events and sources. A number in brackets leads to a note at the end of the chapter. The note names the
row or value that the words rest on, its sources, and the page on which its full entry is printed.</p>
<p>Left out are the long registers of counts, whose thousands of rows are of more use as tables:
{gone}. They are in the data package and on the site, under the names that the notes give.
Program code that the site folds is left out too; the notebooks hold it.</p>
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


def parts(site: Path, only: Collection[str] = ()) -> list[tuple[str, int]]:
    """The book as documents for print: what stands before the text, then each page.

    Returns:
        The HTML of each, and the level of its first heading in the book.
    """
    settings = config()
    book = Book(site, only)
    book.prepare()
    front = [
        title_page(settings, book.left_out),
        contents(book.pages),
        captions(book.pages, "figure.chart", "Figures"),
        captions(book.pages, "table.listing[id]", "Tables"),
    ]
    whole = [
        ("".join(front), 1),
        *((chapter(page), 1 if page.part else page.depth + 1) for page in book.pages),
    ]
    return [(as_html(settings, text), level) for text, level in whole]


def config() -> dict:
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


def as_html(settings: dict, body: str, language: str = "en", kind: str = "book") -> str:
    return (
        f"<!doctype html><html lang='{language}'><head>{head(settings)}</head>"
        f"<body class='{kind}'>{body}</body></html>"
    )


def head(settings: dict) -> str:
    """What the PDF says of itself; its day is that of the data, never that of the run."""
    described = {
        "author": settings["author"],
        "description": capital(dated_edition()),
        "dcterms.created": data_date().isoformat(),
    }
    lines = [f'<meta name="{name}" content="{escape(text)}">' for name, text in described.items()]
    return f'<meta charset="utf-8"><title>{escape(settings["title"])}</title>{"".join(lines)}'


def write_pdf(path: Path, site: Path = HTML, only: Collection[str] = ()) -> None:
    """Set the book, or with ``only`` some pages of it.

    Raises:
        BuildError: a library, a character, a picture or the target of a link is lacking.
    """
    running = config()["title"].partition(": ")[0], capital(dated_edition())
    with no_collector():
        texts, levels = zip(*parts(site, only), strict=True)
    refuse_unknown_letters(texts)
    with TemporaryDirectory() as folder, processes() as set_all:
        files = settle(list(texts), running, Path(folder), set_all)
        join(zip(files, levels, strict=True), path)


def write_brief(path: Path, name: str, site: Path = HTML) -> None:
    """Set one page of the site, as a paper to lay on a desk.

    Raises:
        BuildError: as :func:`write_pdf`.
    """
    book = Book(site, alone=name)
    book.prepare()
    page, settings = book.pages[0], config()
    said = capital(dated_edition())
    body = f'<p class="edition">{escape(said)}</p>{chapter(page)}'
    text = as_html(settings, body, page.language, "leaflet")
    refuse_unknown_letters([text])
    refuse_faults([set_one(Job(text, running=(settings["title"], said), path=path))])


def refuse_unknown_letters(texts: Iterable[str]) -> None:
    if letters := set().union(*(lacking(PENDING.sub("", text)) for text in texts)):
        raise BuildError(f"No kept font sets {''.join(sorted(letters))}: run 'make fonts', then again.")
