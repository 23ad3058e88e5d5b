"""The Sphinx domain on a small book with the real data: first a good one, then with every fault at once.

The good book is built once. Then faulty pages are added to it, and it is built again.
"""

import csv
import io
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup
from notebook import HEADER
from parsed import parse
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.inventory import InventoryFile

from casebook.argument.claims import claims, related
from casebook.data.descriptor import anchor
from casebook.data.tables import located, table
from casebook.sphinx.domain import TYPES
from casebook.sphinx.prose import bare_numbers

REGISTERS = ["instruments", "provisions", "authorities", "statuses"]
REGISTERS += ["repatriation_events", "sources"]
CONFIGURATION = {
    "extensions": ["myst_nb", "casebook.sphinx"],
    "primary_domain": "case",
    "nitpicky": True,
    "nitpick_ignore_regex": [("case:evidence", r"CO\d+")],  # corrections have no page here
    "numfig": True,
    "nb_execution_mode": "force",
    "nb_execution_raise_on_error": True,
    "html_theme": "basic",
    "myst_enable_extensions": ["colon_fence", "substitution"],
}


def plain_claim() -> str:
    """A claim that stands on what the small book registers, and on no other claim."""
    for name, claim in claims().items():
        stands_on = [*claim.get("provisions", []), *claim.get("authorities", []), *claim.get("evidence", [])]
        alone = not any(related(claim).values()) and "{value}" not in str(claim)
        if alone and all(located(row)[0].name in REGISTERS for row in stands_on):
            return name
    raise LookupError("no claim fits the small book")


CLAIM = plain_claim()
INDEX = f"""# A small book

Article 33 {{provision}}`is short <RC51-33-1>`; see {{evidence}}`EV062`, {{authority}}`A-CARDOZA`,
{{source}}`untc_v2`, {{claim}}`{CLAIM}` and {{provision}}`RC51-33-1` once more.
It speaks of {{quote}}`in any manner whatsoever <RC51-33-1>`.

| written as | value |
|---|---|
| plain | {{value}}`t.range` |
| low | {{value}}`t.range low` |
| high | {{value}}`t.range high` |
| about | {{value}}`t.range about` |
| word | {{value}}`t.count word` |
| share | {{value}}`t.share` |
| share1 | {{value}}`t.share percent1` |
| year | {{value}}`t.year` |

```{{excerpt}} RC51-33-1
```

```{{claim}} {CLAIM}
```

```{{toctree}}
chapter
values
registers
finding
```
"""
CHAPTER = (
    HEADER
    + """
# A chapter on a small word

A `tiny word` is code; Tiny words are not, and here is a small word once more.

```{code-cell} ipython3
import pandas as pd
from casebook.publishing import publish, style

common = {"meaning": "what it means", "rests_on": ["EV062", "EV005"]}
publish.value("t.range", 1282, high=1419, unit="people", as_of="2023", **common)
publish.value("t.count", 3, unit="events", **common)
publish.value("t.share", 0.996, unit="share", **common)
publish.value("t.year", 2006, unit="year", **common)
drawn = pd.DataFrame({"year": [2023, 2024], "people": [1, 2]})

def draw(narrow):
    drawing, axes = style.canvas(narrow=narrow)
    style.link(axes.bar(drawn.year, drawn.people)[0], "EV062", "2023: one <person>")
    return drawing

publish.figure("t-figure", draw, headline="It rises", subtitle="people", data=drawn, rests_on=["EV062"],
               alt='A line that rises from one to two people <a "made up" line>')
publish.listing("t-table", pd.DataFrame({"Event": ["{evidence}`EV062`"], "People": ["500"]}),
                rests_on=["EV062"])
```

```{chart} t-figure
A line with a caption and {value}`t.count` events.
```

```{listing} t-table
A table with a caption.
```
"""
)
VALUES = "# Values\n\n```{values}\n```\n"
FINDING = """# Finding

```{glossary}
small word, tiny word
  {zh}`小词` · What {provision}`RC51-33-1` and <nobody> means.
```

```{editions}
```

```{listed} figure
```

```{listed} table
```

```{citation} figure t-figure
```

```{citation} value t.range
```
"""
PAGES = {
    "index.md": INDEX,
    "finding.md": FINDING,
    "chapter.md": CHAPTER,
    "values.md": VALUES,
    "registers.md": "# Registers\n\n" + "".join(f"```{{register}} {name}\n```\n\n" for name in REGISTERS),
}
FAULTY = """# Faults

Unknown row {evidence}`EV999`.

Unknown article {provision}`RC51-99`.

Unknown case {authority}`A-NOBODY`.

Unknown claim {claim}`XX-1`.

Unknown number {value}`t.nothing`.

Unknown source {source}`hearsay`.

Wrong form {value}`t.range word`.

No such form {value}`t.count roughly`.

Other words: {quote}`in some manner <RC51-33-1>`.

Words of nothing: {quote}`in any manner <RC51-99>`.

Words of a whole treaty: {quote}`in any manner <RC51>`.

There were 4711 people.

- In a list, 12 of them.

## Heading with 77

```{claim} XX-2
```

```{excerpt} RC51-99
```

```{excerpt} RC51
```

```{register} nothing
```

```{chart} t-figure
A figure that another page published.
```

```{listing} nothing
```

```{citation} claim XX-3
```
"""
SECOND = (
    HEADER
    + """
# The same name again

```{code-cell} ipython3
from casebook.publishing import publish
publish.value("t.count", 4, unit="events", meaning="another number", rests_on=["EV062"])
```
"""
)


@cache
def tree(html: bytes) -> BeautifulSoup:
    return parse(html.decode())


class Book(NamedTuple):
    """What a build left behind; the files are read at once, for the next build replaces them."""

    status: int
    warnings: list[str]
    files: dict[str, bytes]

    def page(self, name: str) -> BeautifulSoup:
        return tree(self.files[f"{name}.html"])


def build(folder: Path, pages: dict[str, str]) -> Book:
    source, html = folder / "source", folder / "html"
    source.mkdir(exist_ok=True)
    for name, text in pages.items():
        (source / name).write_text(text, "utf-8")
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            str(source), None, str(html), str(folder / "doctrees"), "html", CONFIGURATION,
            status=None, warning=warnings, warningiserror=True, keep_going=True,
        )  # fmt: skip
        app.build()
    found = re.sub(r"\x1b\[[\d;]+m", "", warnings.getvalue()).replace(f"{source}/", "")
    files = {
        path.relative_to(html).as_posix(): path.read_bytes() for path in html.rglob("*") if path.is_file()
    }
    return Book(app.statuscode, found.splitlines(), files)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("book")


@pytest.fixture(scope="module")
def good(folder) -> Book:
    return build(folder, PAGES)


@pytest.fixture(scope="module")
def faulty(good, folder) -> Book:
    index = INDEX.replace("values\nregisters", "values\nregisters\nfaults\nsecond")
    return build(folder, {"index.md": index, "faults.md": FAULTY, "second.md": SECOND})


def test_a_good_book_has_no_warning(good):
    assert (good.status, good.warnings) == (0, [])


# The good book


@pytest.mark.parametrize(
    ("kind", "identifier", "page"),
    [
        ("provision", "RC51-33-1", "registers"),
        ("evidence", "EV062", "registers"),
        ("authority", "A-CARDOZA", "registers"),
        ("source", "untc_v2", "registers"),
        ("value", "t.range", "values"),
        ("claim", CLAIM, ""),
    ],
)
def test_a_role_links_to_the_permanent_address(good, kind, identifier, page):
    link = good.page("index").find("a", id=f"use-{kind}-{anchor(identifier)}-1")
    assert link["href"] == (f"{page}.html" if page else "") + f"#{anchor(identifier)}"
    assert good.page(page or "index").find(id=anchor(identifier)), "the address exists"


def test_a_link_says_what_the_author_wrote_or_the_name_of_the_row(good):
    index = good.page("index")
    assert index.find("a", id="use-provision-rc51-33-1-1").text == "is short"
    assert index.find("a", id="use-provision-rc51-33-1-2").text == "Article 33(1), 1951 Convention"
    assert index.find("a", id="use-authority-a-cardoza-1").text == "INS v. Cardoza-Fonseca (1987)"


def test_values_are_written_in_the_form_that_was_asked_for(good):
    rows = good.page("index").find("table").find_all("tr")[1:]
    assert dict([cell.text for cell in row.find_all("td")] for row in rows) == {
        "plain": "1,282–1,419",
        "low": "1,282",
        "high": "1,419",
        "about": "about 1,300–1,400",
        "word": "three",
        "share": "99.6 per cent",
        "share1": "99.6 per cent",
        "year": "2006",
    }


def test_a_value_says_what_it_means_and_where_it_comes_from(good):
    assert (
        good.page("index")
        .find(id="use-value-t-range-1")["title"]
        .startswith("what it means (2023). Source: ")
    )
    card = good.page("values").find(id="t-range")
    assert "1,282–1,419 people" in card.text
    links = {link.text: link["href"] for link in card.find_all("a")}
    assert links["the cell"] == "chapter.html#value-t-range"
    assert good.page("chapter").find(id="value-t-range"), "the computing cell has that address"
    assert links["EV062"] == "registers.html#ev062"


def test_quoted_words_and_excerpts_are_marked_with_their_language(good):
    index = good.page("index")
    quote = index.find(id="use-provision-rc51-33-1-3").find("q")
    assert (quote.text.strip("“”"), quote["lang"]) == ("in any manner whatsoever", "en")
    excerpt = index.find("blockquote", class_="excerpt")
    assert excerpt.find("q").text.strip("“”") == located("RC51-33-1")[1]["verbatim_excerpt"]
    assert "English text" in excerpt.text


def test_a_claim_shows_all_its_parts(good):
    block = good.page("index").find(id=anchor(CLAIM))
    assert claims()[CLAIM]["title"] in block.text
    for label in ("The other side.", "Answer.", "Confidence."):
        assert block.find("strong", string=label.rstrip(".")) or label in block.text


def test_a_register_has_an_address_for_every_row(good):
    page = good.page("registers")
    held = {tag["id"] for tag in page.find_all(id=True)}
    for name in REGISTERS:
        assert {anchor(row) for row in table(name).index} <= held, name


def test_a_row_links_back_to_each_use(good):
    card = good.page("registers").find(id="ev062")
    uses = [link["href"] for link in card.find(class_="used-in").find_all("a")]
    assert uses == [
        "chapter.html#use-evidence-ev062-1",
        "index.html#use-evidence-ev062-1",
        *[f"values.html#{anchor(key)}" for key in ("t.range", "t.count", "t.share", "t.year")],
    ]
    for address in uses:
        page, place = address.split(".html#")
        assert good.page(page).find(id=place), address


def test_a_row_that_nobody_uses_has_no_back_link(good):
    assert good.page("registers").find(id="ev003").find(class_="used-in") is None


def test_other_books_can_link_to_every_kind_of_object(good):
    inventory = InventoryFile.load(io.BytesIO(good.files["objects.inv"]), "", lambda base, path: path)
    assert {f"case:{kind}" for kind in TYPES} <= inventory.keys()
    assert inventory["case:evidence"]["EV062"][2] == "registers.html#ev062"
    assert inventory["case:value"]["t.range"][2] == "values.html#t-range"
    assert inventory["case:claim"][CLAIM][2] == f"index.html#{anchor(CLAIM)}"


def test_a_chart_has_files_words_and_data(good):
    figure = good.page("chapter").find("figure", id="figure-t-figure")
    alt = 'A line that rises from one to two people <a "made up" line>'
    assert [drawing["aria-label"] for drawing in figure.find_all("svg")] == [alt, alt], "wide and narrow"
    assert [mark["href"] for mark in figure.select("svg a")] == ["registers.html#ev062"] * 2
    assert figure.select_one("svg a title").text == "2023: one <person>"
    assert "A line with a caption and 3 events." in figure.find("figcaption").text
    assert [cell.text for cell in figure.find("details", class_="chart-data").find_all("td")] == [
        "2023",
        "1",
        "2024",
        "2",
    ]
    for link in figure.find_all("a", class_="download"):
        assert link["href"] in good.files
    assert good.files["files/t-figure.png"].startswith(b"\x89PNG")
    assert b"<svg" in good.files["files/t-figure.svg"]
    assert list(csv.reader(good.files["files/t-figure.csv"].decode().splitlines()))[0] == ["year", "people"]


def test_a_listing_may_link_to_rows(good):
    listing = good.page("chapter").find(id="table-t-table")
    assert listing.find("td").find("a")["href"] == "registers.html#ev062"
    assert listing.find("th")["scope"] == "col"
    assert good.files["files/t-table.csv"] == b"Event,People\n{evidence}`EV062`,500\n"


def test_a_term_is_marked_once_in_running_text_with_its_definition(good):
    marked = good.page("chapter").select(".hint")
    assert [hint.a.text for hint in marked] == ["small word"], "not in the title, and no second time"
    assert marked[0].a["href"] == "finding.html#term-small-word-tiny-word"
    definition = good.page("chapter").find(id=marked[0].a["aria-describedby"])
    assert definition.text == "小词 · What Article 33(1), 1951 Convention and <nobody> means."
    assert definition.find("span", lang="zh").text == "小词"


def test_lists_name_what_stands_in_the_chapters(good):
    figure, listing = good.page("finding").select(".listed")
    assert figure.a["href"] == "chapter.html#figure-t-figure"
    assert "A line with a caption and 3 events" in figure.text
    assert figure.img["alt"] == 'A line that rises from one to two people <a "made up" line>'
    assert listing.a["href"] == "chapter.html#table-t-table"


def test_a_citation_names_the_thing_and_its_page(good):
    figure, value = (block.pre.text for block in good.page("finding").select(".citation-block"))
    assert "A line with a caption and 3 events”" in figure and "chapter.html#figure-t-figure" in figure
    assert "“Value t.range: what it means”" in value and "values.html#t-range" in value


def test_a_chapter_can_be_taken_away(good):
    assert good.files["files/chapter.md"].decode() == CHAPTER
    assert b"publish.value" in good.files["files/chapter.ipynb"]
    assert "files/index.md" not in good.files


def test_the_mark_of_a_page_follows_its_text_and_what_it_quotes(good, faulty):
    def marks(book, name):
        return book.page(name).select_one(".page-foot code").text

    assert marks(good, "registers") != marks(good, "values")
    assert marks(good, "chapter") != marks(faulty, "chapter"), "a number that it quotes has changed"
    assert marks(good, "registers") == marks(faulty, "registers"), "nothing of it has changed"


# The faulty book


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (3, "case:evidence reference target not found: EV999"),
        (5, "case:provision reference target not found: RC51-99"),
        (7, "case:authority reference target not found: A-NOBODY"),
        (9, "case:claim reference target not found: XX-1"),
        (11, "case:value reference target not found: t.nothing"),
        (13, "case:source reference target not found: hearsay"),
        (15, "t.range: only zero to twelve are written as words"),
        (17, "t.count: there is no form 'roughly'"),
        (19, "these words do not stand in the excerpt of RC51-33-1: in some manner"),
        (21, "case:provision reference target not found: RC51-99"),
        (23, "these words do not stand in the excerpt of RC51: in any manner"),
        (25, "the number 4711 is typed in prose"),
        (27, "the number 12 is typed in prose"),
        (29, "the number 77 is typed in prose"),
        (31, "there is no claim XX-2"),
        (34, "there is no provision RC51-99"),
        (37, "RC51 holds no words that were read"),
        (40, "no table named 'nothing'"),
        (43, "no cell of this chapter published the figure t-figure"),
        (47, "no cell of this chapter published the table nothing"),
        (50, "there is no claim XX-3 to cite"),
    ],
)
def test_a_fault_is_named_once_with_page_and_line(faulty, line, words):
    here = [warning for warning in faulty.warnings if warning.startswith(f"faults.md:{line}:")]
    assert len(here) == 1
    assert words in here[0]


def test_a_faulty_book_fails(faulty):
    assert faulty.status == 1


def test_a_name_given_to_two_values_is_refused(faulty):
    assert "second.md: WARNING: value t.count stands in chapter and in second" in faulty.warnings


def test_a_page_that_quotes_a_changed_value_is_written_again(good, faulty):
    """The index has not changed in what it quotes of t.count; the value has."""
    assert "three" in good.files["index.html"].decode()
    assert "four" in faulty.page("index").find(id="use-value-t-count-1").text


# Numbers in prose


@pytest.mark.parametrize(
    "text",
    [
        "on 9 October 2023", "on 9 October", "in October 2023", "in 2006", "the 1990s", "1998–2009",
        "1998–09",
        "Article 33", "Article 1A(2)", "Articles 1 and 33", "Art. 30(4)(b)", "Arts. 3, 7 and 9",
        "paragraph 12",
        "paras. 43 to 45", "section 7", "No. 6", "General Comment 4", "Conclusion 6", "A/HRC/25/63",
        "E/CN.4/2004/L.21",
        "claim NR-1", "row EV045", "vintage MOU-2025-12", "version 2026.11.0", "no number at all", "",
        "Opinion 37", "chapter 5",
    ],
)  # fmt: skip
def test_what_may_be_typed(text):
    assert bare_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("500 people", ["500"]),
        ("1,282 people.", ["1,282"]),
        ("about 2.5 times", ["2.5"]),
        ("72 per cent, or 90", ["72", "90"]),
        ("some 500–600 people", ["500", "600"]),
        ("between 7 and 9 October 2023", ["7"]),
        ("34351 arrivals by 2025", ["34351"]),
        ("the 26 events of 2023", ["26"]),
        ("in 1066", ["1066"]),
        ("20061 people", ["20061"]),
        ("Article 33 protects 12 people", ["12"]),
        ("people 33", ["33"]),
        ("$30 million", ["30"]),
        ("3rd", ["3"]),
    ],
)
def test_what_may_not_be_typed(text, numbers):
    assert bare_numbers(text) == numbers
