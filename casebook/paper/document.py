"""The built pages put together as one document for print.

Nothing is written a second time: the pages are those of the site. What only a screen can
do is turned into what paper can. A link to another place names the page it is printed on;
a link to a fact becomes a numbered note at the end of its chapter; folded code is left out.
"""

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, SoupStrainer, Tag

from casebook.data.descriptor import anchor, tables
from casebook.data.sources import footnote, text_of
from casebook.data.tables import located, sources_of, table
from casebook.project import BUILD, ROOT
from casebook.sphinx.domain import default_label

SITE = BUILD / "html"
# What a screen needs and paper does not
SCREEN_ONLY = (
    "a.headerlink, .cite-link, .chart-files, .chart-said, details.chart-data, details.chart-use, script, "
    "button, .table-filter, .screen-only, .page-foot, form.doubt, .doubt-without-script, .listed img, "
    ".hint [role=tooltip]"
)
MOST_ROWS = 300  # of a table of counts that is printed
SHORT = 14  # letters of a cell that stay on one line: dates, numbers
CHAPTER = re.compile(r"book/(law|evidence|argument)/")  # pages whose links become notes


LANGUAGE = re.compile(r'<html[^>]* lang="([^"]+)"')
OPEN, CLOSE = "\ue000", "\ue001"  # around the name of a place whose page is not known yet
MAKER = BeautifulSoup("", "html.parser")


def new(name: str, text: str = "", **attributes: str) -> Tag:
    """A new tag; what Python takes no name of is written otherwise: ``class_``, ``data_page``."""
    attributes = {key.rstrip("_").replace("_", "-"): content for key, content in attributes.items()}
    return MAKER.new_tag(name, attrs=attributes, string=text)


def page_of(place: str) -> str:
    """Stands for the number of the page on which a place will be printed."""
    return f"{OPEN}{place}{CLOSE}"


@dataclass
class Page:
    """One page of the book.

    Attributes:
        name: its place in the table of contents, as ``book/law/definition``.
        depth: 0 for the front page, 1 for a page of a part, 2 for a page below it.
        part: the part that it opens, if it opens one.
        body: its content.
    """

    name: str
    depth: int
    part: str
    body: Tag
    language: str = "en"

    @property
    def title(self) -> str:
        return words_of(self.body.select_one(".page-title"))

    @property
    def anchor(self) -> str:
        return self.name.replace("/", "-")

    @cached_property
    def printed(self) -> bool:
        """Long registers of counts are not: as tables, in the data, their rows are of more use."""
        return sum(len(table.find_all("tr")) for table in registers(self.body)) <= MOST_ROWS


def words_of(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def listed(entries: list[dict], depth: int = 1) -> Iterator[tuple[str, int]]:
    """Names and depths of the pages of a part."""
    for entry in entries:
        yield entry["file"], depth
        yield from listed(entry.get("sections", []), depth + 1)


def pages(site: Path, alone: str = "") -> list[Page]:
    """The pages in reading order, or one alone."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    names = [(toc["root"], 0, "")]
    for part in toc["parts"]:
        caption = part["caption"]
        for name, depth in listed(part["chapters"]):
            names.append((name, depth, caption))
            caption = ""
    return [read(site, *entry) for entry in names if alone in ("", entry[0])]


def read(site: Path, name: str, depth: int, part: str) -> Page:
    """A page as the site has it."""
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    language = LANGUAGE.search(text)
    article = BeautifulSoup(text, "lxml", parse_only=SoupStrainer("article")).article
    article.h1["class"] = "page-title"
    for tag in article.h1.select(SCREEN_ONLY):
        tag.decompose()
    return Page(name, depth, part, article, language[1] if language else "en")


def for_paper(page: Page) -> None:
    """Take out what only a screen needs, and unfold the rest."""
    article, up = page.body, "../" * page.name.count("/")
    for box in article.find_all(class_="chart-box"):
        box.replace_with(new("img", src=f"{up}files/{box['data-key']}.svg", alt=box.svg["aria-label"]))
    for tag in article.select(SCREEN_ONLY):
        tag.decompose()
    for folded in article.find_all("details", class_="admonition"):
        if folded.find(class_="cell_input"):
            folded.decompose()
    for folded in article.find_all("details"):
        keep_title(folded)
        folded.name = "div"
    drop_empty_cells(article)
    shorten_uses(article)
    name_the_rows(article)
    keep_short_cells(article)


def registers(article: Tag) -> list[Tag]:
    """The tables of rows, without those of figures; by class, which is much faster than by selector."""
    found = article.find_all(class_="register-table")
    return [table for table in found if not table.find_parent(class_="chart-data")]


def keep_title(folded: Tag) -> None:
    """Of what unfolds on a screen paper shows all; a title of the author's stays as a line of its own."""
    if "sd-dropdown" in folded.get("class", []):
        folded.insert(0, new("p", words_of(folded.summary), class_="fold-title"))
    folded.summary.decompose()


class Book:
    """The pages that are printed, their anchors, and the links between them."""

    def __init__(self, site: Path, only: Collection[str] = (), alone: str = ""):
        self.site = site
        every = pages(site, alone)
        self.left_out = [page for page in every if not page.printed]
        self.pages = [page for page in every if page.printed and (not only or page.name in only)]
        for page in self.pages:
            for_paper(page)
        for page in every:
            self.make_anchors_unique(page)
        self.titles = {page.anchor: page.title for page in every}
        self.marked = {tag["id"]: tag for page in every for tag in page.body.find_all(id=True)}
        self.targets = {tag["id"] for page in self.pages for tag in page.body.find_all(id=True)}
        self.targets |= {page.anchor for page in self.pages}

    def make_anchors_unique(self, page: Page) -> None:
        """Put the page's name before its anchors, and give the whole page one."""
        for tag in page.body.find_all(id=True):
            tag["id"] = f"{page.anchor}--{tag['id']}"
        page.body["id"] = page.anchor

    def target(self, page: Page, address: str) -> str:
        """The anchor in print of what a link of the site leads to."""
        path, _, place = address.partition("#")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path)) if path else page.name
        found = name.removesuffix(".html").replace("/", "-")
        return f"{found}--{place}" if place else found

    def prepare(self) -> None:
        """Turn every page into what paper can show."""
        for page in self.pages:
            self.set_images(page)
            self.set_links(page)
            set_headings(page)

    def set_images(self, page: Page) -> None:
        for image in page.body.find_all("img"):
            path = self.site / posixpath.dirname(page.name) / image["src"]
            image["src"] = path.resolve().as_uri()

    def set_links(self, page: Page) -> None:
        notes = Notes(self, page)
        for link in page.body.find_all("a", href=True):
            address = link["href"]
            if "permalink" in link.get("class", []):
                link.unwrap()
            elif address.startswith(("http:", "https:", "mailto:")):
                if CHAPTER.match(page.name) and words_of(link) != address:
                    notes.add(link, address, address)
            else:
                self.set_internal(page, link, self.target(page, address), notes)
        notes.close()

    def set_internal(self, page: Page, link: Tag, target: str, notes: "Notes") -> None:
        """A link within the book: its page is printed, or a note on what stands there."""
        if target in self.targets:
            link["href"] = f"#{target}"
        else:
            del link["href"]
        if CHAPTER.match(page.name) and (link.select_one(".case") or link.q):
            notes.add(link, target, self.describe(target))
        elif link.get("href") and not link.find_parent(class_="outline"):  # a page for each line is too much
            link["class"], link["data-page"] = "paged", page_of(target)

    def describe(self, target: str) -> str:
        """What a note says of a fact: its name, what it is, and its sources."""
        page, _, place = target.partition("--")
        mark = self.marked[target]
        if title := mark.select_one(".claim-title"):
            return f"{words_of(title)}."
        if mark.name == "tr":
            return described(identifiers()[place])
        title = mark.select_one(".row-title")
        if "/values" in page.replace("-", "/"):
            return f"{words_of(title)}.{value_sources(mark)}"
        return described(words_of(title).split(" ")[0])


def shorten_uses(article: Tag) -> None:
    """Keep of "Used in" the chapters, each once: the site numbers further uses, and lists values."""
    for line in article.find_all(class_="used-in"):
        label = line.contents[0]
        if not label.startswith("Used in"):
            continue
        chapters = [
            a for a in line.select("a") if not a.select_one(".value-key") and not words_of(a).isdigit()
        ]
        line.clear()
        for number, link in enumerate(chapters):
            line.append("; " if number else label)
            line.append(link)


def name_the_rows(article: Tag) -> None:
    """In tables of counts the name of the row, which notes give, takes the place of its uses."""
    for register in registers(article):
        last = register.thead.find_all("th")[-1]
        if "Used in" in last.text:
            last.string = "Row"
            for row in register.tbody.find_all("tr"):
                row.find_all("td")[-1].string = identifiers()[row["id"]]


@cache
def identifiers() -> dict[str, str]:
    """Every row's identifier by its anchor."""
    return {anchor(name): name for described in tables() for name in table(described.name).index}


def described(name: str) -> str:
    """A row in a note: a source with title and address, any other row with its sources."""
    kind, record = located(name)
    label = default_label(kind.kind, name)
    if kind.kind == "source":
        return f"{footnote(record)}. {text_of(record, 'url')}".rstrip()
    label = kind.title if label == name else label
    sources = sources_of([name])
    return f"{name}: {label}.{named([default_label('source', source) for source in sources])}"


def named(sources: list[str]) -> str:
    """The end of a note: where it comes from, every source of it."""
    return f" Source: {'; '.join(sources)}." if sources else ""


def value_sources(card: Tag) -> str:
    """The same for a value, whose card alone knows its sources."""
    links = card.select_one(".row-links").select("a:has(.case-source)")
    return named([words_of(link) for link in links])


def drop_empty_cells(article: Tag) -> None:
    """Take out the cells that show nothing, so that headings stay with the text; keep their anchors."""
    for cell in article.find_all("div", class_="cell"):
        if words_of(cell) or cell.img:
            continue
        names = [tag["id"] for tag in [cell, *cell.find_all(id=True)] if tag.get("id")]
        after = cell.find_next("p")
        for name in names if after else ():
            after.insert(0, new("span", id=name))
        cell.decompose()


def keep_short_cells(article: Tag) -> None:
    """Dates and numbers in tables stay on one line."""
    for cell in article.find_all("td"):
        if len(words_of(cell)) <= SHORT:
            cell["class"] = [*cell.get("class", []), "short"]


def set_headings(page: Page) -> None:
    """One outline for the book: parts above chapters, chapters above their sections."""
    for level in range(6, 0, -1):
        for heading in page.body.find_all(f"h{level}"):
            heading.name = f"h{min(6, level + page.depth)}"


class Notes:
    """The notes of one chapter: one number for each thing that is linked to."""

    def __init__(self, book: Book, page: Page):
        self.book, self.page = book, page
        self.numbers: dict[str, int] = {}
        self.lines: list[Tag] = []

    def add(self, link: Tag, target: str, text: str) -> None:
        """Number a link, and write its note when it is the first to lead there."""
        known = target in self.numbers
        number = self.numbers.setdefault(target, len(self.numbers) + 1)
        place = f"{self.page.anchor}--note-{number}"
        mark = new("sup", class_="note")
        mark.append(new("a", f"[{number}]", href=f"#{place}"))
        link.insert_after(mark)
        if known:
            return
        line = new("li", text + " ", id=place)
        if target in self.book.targets:
            line.append(new("a", href=f"#{target}", class_="place", data_page=page_of(target)))
        self.lines.append(line)

    def close(self) -> None:
        """Set the notes at the end of the chapter."""
        if not self.lines:
            return
        section = new("section", class_="notes")
        section.append(new("h2", "Notes", id=f"{self.page.anchor}--notes"))
        listing = new("ol")
        for line in self.lines:
            listing.append(line)
        section.append(listing)
        self.page.body.append(section)
