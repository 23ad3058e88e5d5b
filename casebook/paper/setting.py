"""The parts of the book set by WeasyPrint, each by itself, until every printed page number is true.

WeasyPrint can count pages itself, but takes time that grows with the square of the references, and
holds all that it has set. So each page of the book is set alone, in a process of its own.
"""

import atexit
import gc
import hashlib
import logging
import multiprocessing
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from casebook.build.book import BuildError
from casebook.paper.document import CLOSE, OPEN
from casebook.paper.joining import ELSEWHERE
from casebook.project import PACKAGE

VARIANT = "pdf/ua-1"
MOST_ROUNDS = 6
LETTERS = 10_000  # of HTML on a page, roughly: for a first guess of the numbers
# No faults: what runs over several pages, and letters that a figure carries and the style sheet has
FINE = ("Anchor defined twice", "Font-face 'Roboto' cannot be loaded")
PENDING = re.compile(f"{OPEN}(.*?){CLOSE}")
HERE = re.compile(r' id="([^"]+)"')
LINK = re.compile(r' href="#([^"]+)"')
Setter = Callable[["list[Job]"], "list[Laid]"]
STYLE = PACKAGE / "paper" / "print.css"
NO_PANGO = """\
The PDF cannot be set: this machine lacks Pango, the library that sets its type.
On Debian or Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
On macOS: brew install pango
Nothing in dist was changed."""


@dataclass(frozen=True)
class Job:
    """A part as it is to be set in one round.

    Attributes:
        text: HTML.
        first: the number of its first page.
        total: how many pages the whole has; 0 to count those of the part.
        running: what stands above every page, and what below.
        path: where it is written; None where it is only measured.
    """

    text: str
    first: int = 1
    total: int = 0
    running: tuple[str, str] = ("", "")
    path: Path | None = None


@dataclass(frozen=True)
class Laid:
    """What came of it: how many pages, on which of them each place stands, and what could not be done."""

    pages: int
    places: dict[str, int]
    faults: tuple[str, ...] = ()


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


def settle(texts: list[str], running: tuple[str, str], folder: Path, set_all: Setter) -> list[Path]:
    """Set the parts until every printed page number is true; their files.

    Args:
        texts: the HTML of each part; for the number of a page that is not known yet stands ``page_of``.
        running: the title that stands above every page, and the edition below.
        folder: where the files are written.
        set_all: sets jobs, such as those of :func:`processes`.

    Raises:
        BuildError: a fault, or a link to a place that no part has.
    """
    texts = with_links(texts)
    laid, done = list(map(guessed, texts)), [Job("")] * len(texts)
    for turn in range(MOST_ROUNDS):
        jobs = planned(texts, running, laid, folder if turn else None)
        due = [number for number, job in enumerate(jobs) if job != done[number]]
        if not due:
            return [job.path for job in jobs if job.path]
        came = dict(zip(due, set_all([jobs[number] for number in due]), strict=True))
        laid = [came.get(number) or laid[number] for number in range(len(texts))]
        done = list(jobs)
        refuse_faults(laid)
    raise BuildError("The page numbers of the PDF do not settle.")


def with_links(texts: list[str]) -> list[str]:
    """The parts, with links to places in other parts marked as such."""

    def marked(text: str) -> str:
        here = set(HERE.findall(text))
        return LINK.sub(
            lambda found: found[0] if found[1] in here else f' href="{ELSEWHERE}{found[1]}"', text
        )

    return [marked(text) for text in texts]


def guessed(text: str) -> Laid:
    """What will come of a part, nearly: most numbers then have as many digits as in the end."""
    pages = len(text) // LETTERS + 1
    return Laid(pages, {found[1]: found.start() // LETTERS for found in HERE.finditer(text)})


def planned(texts: list[str], running: tuple[str, str], laid: list[Laid], folder: Path | None) -> list[Job]:
    """How the parts are to be set, by what came of them before; without a folder they are only measured."""
    firsts = list(accumulate((each.pages for each in laid), initial=1))
    where = {
        place: first + page
        for first, each in zip(firsts, laid, strict=False)
        for place, page in each.places.items()
    }
    asked = {place for text in texts for place in PENDING.findall(text)}
    if lost := asked - where.keys():
        raise BuildError(f"The PDF has no page for: {', '.join(sorted(lost)[:20])}")
    return [
        Job(numbered(text, where), first, firsts[-1] - 1, running, folder and folder / f"{number:03}.pdf")
        for number, (text, first) in enumerate(zip(texts, firsts, strict=False))
    ]


def numbered(text: str, where: dict[str, int]) -> str:
    """A text with the numbers of pages filled in."""
    return PENDING.sub(lambda found: str(where[found[1]]), text)


@contextmanager
def processes() -> Iterator[Setter]:
    """What sets jobs in as many processes as there are cores, the longest first."""
    # Started afresh, so that they do not hold what this one has read
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:

        def set_all(jobs: list[Job]) -> list[Laid]:
            order = sorted(range(len(jobs)), key=lambda number: -len(jobs[number].text))
            laid = dict(zip(order, pool.map(set_one, [jobs[number] for number in order]), strict=True))
            return [laid[number] for number in range(len(jobs))]

        yield set_all


def set_one(job: Job) -> Laid:
    """Set a part, and write it where that is asked."""
    weasyprint = typesetter()
    with faults_kept() as faults, no_collector():
        fonts, fetcher, style = printed_style()
        source = weasyprint.HTML(string=job.text, url_fetcher=fetcher)
        styles = [style, weasyprint.CSS(string=margins(job))]
        document = source.render(font_config=fonts, stylesheets=styles, pdf_variant=VARIANT)
        if job.path:
            identifier = hashlib.sha256(job.text.encode()).digest()[:16]
            document.write_pdf(job.path, pdf_variant=VARIANT, pdf_identifier=identifier)
    places: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for place in page.anchors:  # what runs over several pages stands on each of them
            places.setdefault(place, number)
    return Laid(len(document.pages), places, tuple(faults))


@cache
def printed_style() -> tuple:
    """The fonts, what may be read, and the style sheet; to unpack the fonts takes half a second."""
    weasyprint = typesetter()
    atexit.register(printed_style.cache_clear)  # fonts cannot be put away once Python has ended
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["file"])  # no network
    return fonts, fetcher, weasyprint.CSS(filename=str(STYLE), font_config=fonts, url_fetcher=fetcher)


def margins(job: Job) -> str:
    """The style of what stands around each page."""
    title, said = map(quoted, job.running)
    total = quoted(f" of {job.total}") if job.total else '" of " counter(pages)'
    return (
        f"@page {{ @top-left {{ content: {title} }} @bottom-left {{ content: {said} }}"
        f" @bottom-right {{ content: counter(page) {total} }} }}"
        f" @page :first {{ counter-reset: page {job.first} }}"
    )


def quoted(text: str) -> str:
    """A text as CSS writes it."""
    return '"' + text.replace("\\", r"\5c ").replace('"', r"\22 ") + '"'


def refuse_faults(laid: list[Laid]) -> None:
    """Take what WeasyPrint could not do, such as a picture not found, for an error."""
    if faults := dict.fromkeys(fault for each in laid for fault in each.faults):
        raise BuildError("\n".join(["The PDF has faults:", *faults]))


class Faults(logging.Handler):
    """Keeps what WeasyPrint could not do: a link without a target, a picture not found."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not (said := record.getMessage()).startswith(FINE):
            self.found.append(said)


@contextmanager
def faults_kept():
    """What WeasyPrint could not do, instead of what it tells."""
    logger, faults = logging.getLogger("weasyprint"), Faults()
    before, logger.handlers = logger.handlers, [faults]
    logger.propagate = False  # a library may have told the root to print all
    logging.disable(logging.INFO)  # other libraries let every step be told
    try:
        yield faults.found
    finally:
        logger.handlers, logger.propagate = before, True
        logging.disable(logging.NOTSET)


@contextmanager
def no_collector():
    """A part on paper is many objects; to look through them for garbage takes half the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
