"""The PDF: found by page number, read aloud, searched in three languages."""

import re

import parsed
import pikepdf
import pytest
from pypdf import PdfReader

from casebook.build.book import BuildError
from casebook.paper import document, fonts, pdf, setting
from casebook.publishing.citation import data_date, in_words

PAGES = ["book/law/non-refoulement", "book/law/what-binds", "book/reference/glossary", "book/ko/questions"]

try:
    setting.typesetter()
except BuildError as error:
    pytestmark = pytest.mark.skip(reason=str(error).splitlines()[0])


@pytest.fixture(scope="module")
def path(site, tmp_path_factory):
    """Some pages of the book, as a PDF."""
    path = tmp_path_factory.mktemp("paper") / "some.pdf"
    pdf.write_pdf(path, only=PAGES)
    return path


@pytest.fixture(scope="module")
def reader(path) -> PdfReader:
    return PdfReader(path)


@pytest.fixture(scope="module")
def texts(reader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


def bookmarks(reader: PdfReader) -> dict[str, list[int]]:
    """The pages of each bookmark, at whatever depth; several chapters have a section of one name."""
    found: dict[str, list[int]] = {}

    def take(entries):
        for entry in entries:
            if isinstance(entry, list):
                take(entry)
            else:
                found.setdefault(entry.title, []).append(reader.get_destination_page_number(entry) + 1)

    take(reader.outline)
    return found


def elements(reader: PdfReader) -> list:
    """Every element of the structure that a screen reader follows."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif hasattr(element, "get") and element.get("/Type") != "/MCR":
            found.append(element)
            waiting += [element["/K"]] if "/K" in element else []
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_it_says_what_it_is(reader, texts):
    from casebook import __version__

    assert "Returned" in reader.metadata.title
    assert __version__ in texts[0] and in_words(data_date()) in texts[0]
    assert reader.metadata.creation_date.strftime("%-d %B %Y") == in_words(data_date())


def test_every_page_but_the_first_has_its_number_and_version(reader, texts):
    for number, text in enumerate(texts[1:], start=2):
        assert f"{number} of {len(reader.pages)}" in text
        assert "Returned" in text


def test_the_contents_give_the_page_of_each_bookmark(reader, texts):
    where, told = bookmarks(reader), {}
    for title, page in re.findall(r"^(.+?)(?: \.)+ (\d+)$", texts[1], re.MULTILINE):
        told.setdefault(title, []).append(int(page))
    assert {"Article 33: the rule against return", "What binds whom, and when", "Glossary"} <= told.keys()
    assert told == {title: where[title] for title in told}


def test_claims_can_be_found_by_bookmark(reader, texts):
    claims = {title: page for title, page in bookmarks(reader).items() if title.startswith("Claim NR-")}
    assert len(claims) > 5
    for title, [page] in claims.items():
        assert title.split(" · ")[0] in texts[page - 1]


def test_no_claim_is_split(site, texts):
    """The confidence, which ends a claim, stands on the page of its title."""
    page = parsed.page(site / "book/law/non-refoulement.html")
    printed = [re.sub(r"\[\d+\]|[\s\u00ad-]", "", text) for text in texts]
    for claim in page.select(".claim"):
        ends = [claim.select_one(part).get_text() for part in (".claim-title", ".claim-confidence")]
        ends = [re.sub(r"[\s-]", "", text)[:60] for text in ends]
        assert [all(end in text for end in ends) for text in printed].count(True) == 1, ends[0]


def test_what_unfolds_on_a_screen_stands_open_under_its_title(site, texts):
    folds = parsed.page(site / "book/law/what-binds.html").select("details.sd-dropdown")
    printed = [re.sub(r"\[\d+\]|[\s\u00ad-]", "", text) for text in texts]
    for fold in folds:
        parts = [fold.summary, fold.select("p, td")[-1]]
        title, end = [re.sub(r"[\s-]", "", part.get_text())[-40:] for part in parts]
        assert any(title in text for text in printed) and any(end in text for text in printed), title
    assert len(folds) > 5


def test_chinese_and_korean_can_be_searched(site, texts):
    page = parsed.page(site / "book/reference/glossary.html")
    words = [tag.get_text() for tag in page.article.select("[lang=zh], [lang=ko], [lang=ja]")]
    assert {"zh", "ko"} <= {tag["lang"] for tag in page.article.select("[lang]")}
    whole = squeezed("".join(texts))
    assert [word for word in words if squeezed(word) not in whole] == []


def test_its_fonts_are_those_of_the_project(reader):
    fonts = [page["/Resources"].get("/Font", {}).values() for page in reader.pages]
    held = {font.get_object()["/BaseFont"] for each in fonts for font in each}
    assert held and all("+Book" in name or "+Roboto" in name for name in held), held


def test_it_is_tagged(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = {element.get("/S") for element in elements(reader)}
    assert {
        "/H1",
        "/H2",
        "/H3",
        "/P",
        "/Table",
        "/TH",
        "/TD",
        "/L",
        "/LI",
        "/Link",
        "/Figure",
        "/Caption",
    } <= kinds


def test_figures_are_drawn_and_described(site, reader):
    expected = sum((site / f"{name}.html").read_text("utf-8").count("<figure") for name in PAGES)
    figures = [element for element in elements(reader) if element.get("/S") == "/Figure"]
    assert len(figures) == expected > 0
    assert all(len(figure["/Alt"]) > 40 for figure in figures)


def test_no_picture_is_made_of_dots(path):
    with pikepdf.open(path) as book:
        streams = [each for each in book.objects if isinstance(each, pikepdf.Stream)]
        assert len(streams) > 20
        assert [each.objgen for each in streams if each.get("/Subtype") == "/Image"] == []
        drawn = [part for page in book.pages for part in pikepdf.parse_content_stream(page)]
        assert not any(isinstance(part, pikepdf.ContentStreamInlineImage) for part in drawn)


def test_links_are_printed(site, texts):
    """A note has a mark in the text, names its fact, and says on which page that is printed."""
    whole = " ".join(" ".join(texts).split())
    numbers = {int(number) for number in re.findall(r"\[(\d{1,3})\]", squeezed(whole))}  # [2011] is a year
    assert numbers == set(range(1, max(numbers) + 1)) and len(numbers) > 20
    assert re.search(r"RC51-33-1: Article 33\(1\), 1951 Convention\. Source: \w", whole)
    printed = re.search(r"Claim NR-8 · [^.]*?\(fact\)\. p\. (\d+)", whole)
    assert "Claim NR-8 " in texts[int(printed[1]) - 1]


def test_the_fonts_hold_every_character_of_the_book():
    lacking = fonts.lacking(fonts.written())
    assert not lacking, f"run 'make fonts': {''.join(sorted(lacking))}"


def test_a_character_without_a_font_is_refused(site, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "parts", lambda site, only: [("<p>\u0e01</p>", 1)])
    with pytest.raises(BuildError, match="make fonts"):
        pdf.write_pdf(tmp_path / "x.pdf")


@pytest.mark.parametrize("address", ["gone.svg", "https://localhost/there.svg"])
def test_a_picture_outside_the_book_is_refused(address, tmp_path, monkeypatch):
    text = f"<html lang='en'><title>x</title><p><img src='{address}' alt='x'></p>"
    monkeypatch.setattr(pdf, "parts", lambda site, only: [(text, 1)])
    with pytest.raises(BuildError, match="faults"):
        pdf.write_pdf(tmp_path / "x.pdf")


def test_page_numbers_that_move_are_filled_in_until_they_are_true(tmp_path):
    mark, rounds = document.page_of, []

    def set_all(jobs: list[setting.Job]) -> list[setting.Laid]:
        rounds.append(jobs)
        # With the guess, the first part takes a page more than in the end
        return [
            setting.Laid(2 + ("to 2" in job.text), {"a": 0})
            if "to" in job.text
            else setting.Laid(3, {"b": 1})
            for job in jobs
        ]

    texts = [f'<p id="a">to {mark("b")}', f'<p id="b">back {mark("a")}']
    files = setting.settle(texts, ("title", "edition"), tmp_path, set_all)
    last = {job.path: job for jobs in rounds for job in jobs if job.path}
    assert [last[path].text for path in files] == ['<p id="a">to 4', '<p id="b">back 1']
    assert [(last[path].first, last[path].total) for path in files] == [(1, 5), (3, 5)]
    assert not any(job.path for job in rounds[0]) and len(rounds) > 2
    with pytest.raises(BuildError, match="nowhere"):
        setting.settle([mark("nowhere")], ("", ""), tmp_path, set_all)


def test_a_link_to_another_part_leads_to_its_place(path):
    with pikepdf.open(path) as book:
        named = list(book.Root.Names.Dests.Names)
        pages, places = (
            [page.objgen for page in book.pages],
            dict(zip(map(str, named[::2]), named[1::2], strict=True)),
        )
        links = [(number, link) for number, page in enumerate(book.pages) for link in page.get("/Annots", [])]
        leads = [
            (number, pages.index(places[str(link.Dest)][0].objgen))
            for number, link in links
            if "/Dest" in link
        ]
        assert len({there for here, there in leads if there != here}) > 10
        assert not any(str(link.A.get("/URI", "")).startswith("book:") for _, link in links if "/A" in link)


def test_whoever_listens_is_led_through_all_parts(path):
    """Each page finds its elements, each element its page, and no two have one name."""
    with pikepdf.open(path) as book:
        numbers = list(book.Root.StructTreeRoot.ParentTree.Nums)
        found = dict(zip(numbers[::2], numbers[1::2], strict=True))
        assert len(found) * 2 == len(numbers)
        for page in book.pages:
            assert all(element.Pg.objgen == page.objgen for element in found[page.StructParents])
            for link in page.get("/Annots", []):
                assert any(
                    "/Obj" in kid and kid.Obj.objgen == link.objgen for kid in held(found[link.StructParent])
                )
        every = [
            each
            for each in book.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
        ]
        names = [str(each.ID) for each in every if "/ID" in each]
        assert len(names) == len(set(names)) > 20
        told = {str(name) for each in every if "/A" in each for name in each.A.get("/Headers", [])}
        assert told and told <= set(names)


def held(element: pikepdf.Object) -> list:
    """The parts of an element that are things themselves, not numbers of words on the page."""
    return [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary)]


@pytest.mark.parametrize("name", ["brief", "ko/brief", "zh/brief", "zh-hant/brief"])
def test_the_brief_is_two_pages_that_stand_alone(site, tmp_path, caplog, name):
    pdf.write_brief(tmp_path / "brief.pdf", f"book/{name}")
    brief = PdfReader(tmp_path / "brief.pdf")
    assert len(brief.pages) == 2
    assert [record for record in caplog.records if record.name.startswith("weasyprint")] == [], "noise"
    told = " ".join(page.extract_text() for page in brief.pages)
    assert "AG-1" in told and "982" in told
    assert "[1]" not in told  # no notes, whose place is the whole book
