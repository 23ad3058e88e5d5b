"""Every figure as readers see it: what it says can be read, on a page and on a phone."""

import re
from pathlib import Path
from xml.etree import ElementTree

import parsed
import pytest
from bs4 import BeautifulSoup

from casebook.project import BOOK, version
from casebook.publishing.style import PALETTE

SMALLEST = 9  # pixels on the screen
FOOT = re.compile(
    r"Source: .+ Returned, (changed copy of )?edition " + re.escape(version()) + r", data \w{6}\."
)
WIDTHS = {"phone": (360, "narrow"), "page": (1280, "wide")}
MEASURE = """smallest => [...document.querySelectorAll(".chart-box svg")].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) return [];
    const key = svg.closest(".chart-box").dataset.key, faults = [];
    const scale = frame.width / svg.viewBox.baseVal.width;
    const words = [...svg.querySelectorAll("text")].filter(text => text.textContent.trim())
        .map(text => [text, text.getBoundingClientRect()]);
    for (const [text, box] of words) {
        const size = parseFloat(getComputedStyle(text).fontSize) * scale;
        if (size < smallest) faults.push(`${size.toFixed(1)} pixels: ${text.textContent}`);
        if (box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
            faults.push(`cut: ${text.textContent}`);
    }
    words.forEach(([one, a], number) => words.slice(number + 1).forEach(([other, b]) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1.5 && high > 0.3 * Math.min(a.height, b.height))
            faults.push(`over one another: ${one.textContent} and ${other.textContent}`);
    }));
    return faults.map(fault => `${key}, ${fault}`);
})"""
SHOWN = """() => [...document.querySelectorAll(".chart-box")].map(box =>
    [...box.children].filter(each => each.getBoundingClientRect().width > 0).map(each => each.className))"""


@pytest.fixture(scope="module")
def chapters(site: Path) -> dict[str, BeautifulSoup]:
    """The pages that have figures."""
    found = {}
    for path in sorted(site.glob("book/**/*.html")):
        if 'class="chart-box"' in path.read_text(encoding="utf-8"):
            found[path.relative_to(site).as_posix()] = parsed.page(path)
    return found


def figures(chapters) -> list:
    return [figure for page in chapters.values() for figure in page.select("figure.chart")]


def test_every_figure_says_what_it_shows_of_what_and_from_where(chapters, site):
    assert len(figures(chapters)) > 20
    for figure in figures(chapters):
        key = figure.select_one(".chart-box")["data-key"]
        for drawing in figure.select(".chart-box svg"):
            assert FOOT.search(" ".join(drawing.get_text(" ").split())), key
            assert len(drawing["aria-label"]) > 40, key
        title = parsed.page(site / "files" / f"{key}.html").title.text
        assert len(title) > 20 and not title.endswith("."), f"{key} needs a headline"
        assert figure.select_one("details.chart-data tbody tr"), f"{key} needs a table"
        assert {link.text for link in figure.select(".chart-files a")} == {"PNG", "SVG", "CSV"}, key


def test_a_figure_has_no_colour_that_the_dark_does_not_know(chapters):
    named = {f"--fig-{name}" for name in PALETTE}
    for figure in figures(chapters):
        for drawing in figure.select("svg"):
            used = drawing.style.get_text()
            assert set(re.findall(r"--fig-\w+", used)) <= named
            assert set(re.findall(r"#[0-9a-fA-F]{6}\b", re.sub(r"var\([^)]*\)", "", used))) == set(), drawing


def test_the_style_sheet_gives_each_colour_another_in_the_dark():
    sheet = (BOOK / "_static" / "figures.css").read_text(encoding="utf-8")
    assert set(re.findall(r"--fig-(\w+):", sheet)) == PALETTE.keys()


@pytest.mark.parametrize("width", WIDTHS)
def test_words_are_large_whole_and_apart(chapters, site, browser, width):
    size, shown = WIDTHS[width]
    page = browser.new_page(viewport={"width": size, "height": 900})
    faults = {}
    for name in chapters:
        page.goto((site / name).as_uri())
        page.evaluate("() => document.fonts.ready")
        assert {tuple(each) for each in page.evaluate(SHOWN)} == {(f"chart-{shown}",)}, name
        if found := page.evaluate(MEASURE, SMALLEST):
            faults[name] = found
    page.close()
    assert faults == {}


def test_a_mark_says_what_it_is_and_leads_to_its_row(browser, site):
    page = browser.new_page()
    page.goto((site / "book/evidence/returns.html").as_uri())
    mark = page.locator(".chart-box .chart-wide a").first
    mark.focus()
    said = page.locator("output.chart-said").first
    assert said.text_content() == mark.locator("title").text_content() != ""
    mark.press("Enter")
    page.wait_for_url("**#ev*")
    page.close()


def test_a_figure_alone_asks_nobody_for_anything(browser, site):
    key = "arrivals-by-year"
    asked = []
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "files" / f"{key}.html").as_uri())
    assert page.locator(".chart-narrow svg").is_visible()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.get_by_role("link", name="The figure in the book").click()
    page.wait_for_url(f"**arrivals.html#figure-{key}")
    page.close()


def test_every_drawing_is_well_formed(site):
    """Programs that set pictures take no half-open mark, where a browser does."""
    files = sorted((site / "files").rglob("*.svg"))
    assert len(files) > 30
    for path in files:
        ElementTree.parse(path)
