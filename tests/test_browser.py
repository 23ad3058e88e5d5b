"""The book in a real browser: it asks nobody for anything, it is light, and everybody can read it.

Each page is opened once, from its folder as from a stick, and looked at in all respects; the
tests then judge what was seen.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from test_search import ALL_SHOWN

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
COLOURS = ["color-contrast", "link-in-text-block"]  # what the dark mode changes
LOOKS = [*COLOURS, "target-size"]  # rules about what is drawn, not about what is written
LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WCAG = {"runOnly": LEVELS, "rules": {"target-size": {"enabled": True}}}
WRITTEN = {"runOnly": LEVELS, "rules": {rule: {"enabled": False} for rule in LOOKS}}
RUN_AXE = """async options => {
    const found = await axe.run({...options, resultTypes: ["violations"], preload: false});
    return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""
# How a thing is drawn follows from tags and attributes, its own and those around it, from what stands
# beside it, and from whether there are words at all. Of things that are alike in all of these two are left
# to look at, which lie on the two grounds of a striped table.
LEAVE_TWO_OF_A_KIND = """() => {
    const WORDS = /^(id|href|title|aria-label|data-.*)$/;
    const filled = text => text.trim() ? "some" : "";
    const said = given => given.name + (WORDS.test(given.name) ? filled(given.value) : given.value);
    const once = (make, held = new Map()) => node => held.get(node) ?? held.set(node, make(node)).get(node);
    const kind = once(node =>
        [node.tagName, filled(node.textContent), ...Array.from(node.attributes, said)].join("."));
    const around = once(node => node.matches("body *") ? around(node.parentElement) + " " + kind(node) : "");
    const beside = node => {
        const within = each => kind(each.parentElement) + ">" + kind(each);
        const inside = Array.from(node.querySelectorAll("*"), within);
        return [...new Set(inside.map((each, next) => each + "+" + (inside[next + 1] || "")))].sort();
    };
    const times = new Map();
    for (const node of document.querySelectorAll("tbody > tr, .row, li, p:not(summary p)")) {
        const shape = around(node) + "|" + beside(node).join("|");
        times.set(shape, (times.get(shape) || 0) + 1);
        if (times.get(shape) > 2) node.remove();
    }
}"""
# axe takes the colour of letters from 'color'; those of a drawing have it from 'fill': see test_figures.py
LEAVE_OUT_DRAWINGS = "() => document.querySelectorAll('.chart-box svg > *').forEach(part => part.remove())"
# What is folded is not seen, neither by a reader nor by axe; it is judged as when it is opened
OPEN_FOLDS = "() => document.querySelectorAll('details.sd-dropdown').forEach(fold => { fold.open = true; })"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
IS_DARK = "() => [undefined, 'dark'].includes(document.documentElement.dataset.theme)"
KEPT = "() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"
REFUSE_TO_KEEP = """for (const store of ["localStorage", "sessionStorage"]) Object.defineProperty(
    window, store, {configurable: true, get() { throw new DOMException("no", "SecurityError"); }});"""
CALLED_OFF = "net::ERR_ABORTED"  # a figure further down that was not needed any more
CHAPTER = "book/law/definition.html"

FIRST_VISIT = 200_000  # bytes, compressed: a chapter with all that it loads but its figures
PAGE = 300_000  # bytes of HTML, not compressed, without the drawings that stand in it
DRAWINGS = re.compile(r'<div class="chart-box".*?</div></div>', re.DOTALL)
INDEX = 300_000  # bytes, compressed: the index of the search


@dataclass
class Seen:
    """What was seen of one page."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    barriers: dict[str, list[str]] = field(default_factory=dict)
    sideways: int = 0


def notes(seen: Seen) -> dict[str, Callable]:
    """What to note of a page: every request, every connection and every error."""
    return {
        "request": lambda request: seen.requests.append(request.url),
        "websocket": lambda socket: seen.requests.append(socket.url),
        "requestfailed": lambda request: (
            seen.errors.append(f"could not load {request.url}") if request.failure != CALLED_OFF else None
        ),
        "pageerror": lambda error: seen.errors.append(str(error)),
        "console": lambda said: seen.errors.append(said.text) if said.type == "error" else None,
    }


def watch(page: Page) -> Seen:
    """Note what a page does from now on."""
    seen = Seen()
    for event, note in notes(seen).items():
        page.on(event, note)
    return seen


def barriers(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds against WCAG 2.0 to 2.2, levels A and AA, or against some rules."""
    return page.evaluate(RUN_AXE, {"runOnly": {"type": "rule", "values": rules}} if rules else WCAG)


def window(browser: Browser) -> BrowserContext:
    """A fresh browser on a wide screen, with axe at hand in every page."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    fresh.add_init_script(path=AXE)
    return fresh


def look_at(page: Page, address: str) -> Seen:
    """Open an address and look at it on a phone, then on a wide screen in light and in dark."""
    seen = Seen()
    noting = notes(seen)
    for event, note in noting.items():
        page.on(event, note)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address, wait_until="load")
    page.evaluate(OPEN_FOLDS)
    seen.sideways = page.evaluate(SIDEWAYS)
    page.set_viewport_size({"width": 1280, "height": 900})
    seen.barriers["light"] = page.evaluate(RUN_AXE, WRITTEN)
    page.evaluate(LEAVE_TWO_OF_A_KIND)
    seen.barriers["light"] += barriers(page, LOOKS)
    page.evaluate(LEAVE_OUT_DRAWINGS)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(IS_DARK)
    seen.barriers["dark"] = barriers(page, COLOURS)
    for event, note in noting.items():
        page.remove_listener(event, note)
    return seen


@pytest.fixture(scope="module")
def pages(browser: Browser, site: Path) -> dict[str, Seen]:
    """Every page of the site and what was seen of it; the front door only leads on.

    Of the figures that stand alone, which are of one making, three are looked at.
    """
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    alone = [name for name in names if name.startswith("files/")]
    names = [name for name in names if name not in alone[3:]]
    with window(browser) as fresh:
        page = fresh.new_page()
        # One window for all, but each page loads its files as on a first visit
        fresh.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        return {name: look_at(page, f"{site.as_uri()}/{name}") for name in names if name != "index.html"}


def test_all_pages_are_looked_at(pages):
    assert len(pages) > 50
    assert {CHAPTER, "search.html", "404.html"} <= pages.keys()


def test_no_page_asks_another_host_for_anything(pages, site):
    foreign = {
        name: asked
        for name, seen in pages.items()
        if (asked := [url for url in seen.requests if not url.startswith((site.as_uri(), "data:"))])
    }
    assert foreign == {}


def test_no_script_fails_and_no_file_is_missing(pages):
    assert {name: seen.errors for name, seen in pages.items() if seen.errors} == {}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_barrier_on_any_page(pages, mode):
    """No exceptions: a finding is repaired, not listed."""
    assert {name: seen.barriers[mode] for name, seen in pages.items() if seen.barriers[mode]} == {}


def test_no_page_scrolls_sideways_on_a_phone(pages):
    assert {name: seen.sideways for name, seen in pages.items() if seen.sideways > 0} == {}


def local(url: str) -> Path:
    return Path(unquote(urlsplit(url).path))


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def first_visit(seen: Seen) -> dict[str, int]:
    """Compressed bytes of everything that a page loads but its figures, by kind of file."""
    weights: dict[str, int] = {}
    for path in {local(url) for url in seen.requests if url.startswith("file:")}:
        if path.suffix == ".html":
            text = path.read_text(encoding="utf-8")
            weights["drawings"] = len(gzip.compress("".join(DRAWINGS.findall(text)).encode(), 9))
            weights[".html"] = len(gzip.compress(DRAWINGS.sub("", text).encode(), 9))
        elif path.parent.name != "files" and path.suffix != ".woff2":  # the letters of figures
            weights[path.suffix] = weights.get(path.suffix, 0) + compressed(path)
    return weights


def test_the_folder_holds_no_ballast(site):
    """What belongs to no page is left out of the folder, which someone may carry on a small stick."""
    assert sum(path.stat().st_size for path in (site / "_static").rglob("*") if path.is_file()) < 900_000


def test_pages_stay_within_their_budget(pages, site, record_property):
    chapters = {name: first_visit(seen) for name, seen in pages.items() if "/reference/" not in name}
    chapters = {name: sizes for name, sizes in chapters.items() if name.startswith("book/")}
    head = f"{'first visit, compressed kB':42}  html   css    js   all  (at most {FIRST_VISIT // 1000})"
    lines = [f"{head}, and its drawings"]
    drawn = {name: sizes.pop("drawings") for name, sizes in chapters.items()}
    for name, sizes in sorted(chapters.items()):
        parts = [sizes.get(kind, 0) / 1000 for kind in (".html", ".css", ".js")]
        lines.append(f"{name:42}" + "".join(f"{part:6.0f}" for part in [*parts, sum(sizes.values()) / 1000]))
        lines[-1] += f"{drawn[name] / 1000:6.0f}"
    shown = {name: DRAWINGS.sub("", (site / name).read_text("utf-8")) for name in pages}
    lengths = {name: len(text.encode()) for name, text in shown.items()}
    heaviest = max(lengths, key=lengths.__getitem__)
    size, index = lengths[heaviest], compressed(site / "searchindex.js")
    lines.append(f"largest page: {heaviest}, {size / 1000:.0f} kB of HTML (at most {PAGE // 1000})")
    lines.append(f"search index: {index / 1000:.0f} kB compressed (at most {INDEX // 1000})")
    record_property("budget", "\n".join(lines))
    assert len(chapters) >= 10
    assert {name: sizes for name, sizes in chapters.items() if sum(sizes.values()) > FIRST_VISIT} == {}
    assert size <= PAGE
    assert index <= INDEX


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with window(browser) as fresh:
        yield fresh.new_page()


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the book as 'make serve' would show it."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("way", ["folder", "server"])
def test_search_finds_from_a_folder_and_from_a_server(page, site, served, way):
    root = site.as_uri() if way == "folder" else served
    seen = watch(page)
    for term in ("难民", "遣送出境", "즉시", "비법월경자", "労働教化刑", "refoulement"):
        page.goto(f"{root}/{CHAPTER}")
        page.keyboard.press("Control+k")
        page.keyboard.type(term)
        page.keyboard.press("Enter")
        page.wait_for_selector("#search-results li a")
        page.wait_for_function(ALL_SHOWN)  # hits come one by one, and what is clicked must not move
        found = [link.get_attribute("href") for link in page.locator("#search-results li a").all()]
        assert term.isascii() or any("glossary" in address for address in found), term
        page.keyboard.press("Control+k")
        page.keyboard.type("another")
        with page.expect_event("domcontentloaded"):  # the page is loaded anew
            page.keyboard.press("Enter")
        assert page.url.endswith("#q=another")
        page.wait_for_function(ALL_SHOWN)
        assert not any("search.html?" in url for url in seen.requests), "the words were sent"
    assert barriers(page) == []
    page.locator("#search-results li a").first.click()
    page.wait_for_selector("article h1")
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((root, "data:"))] == []


def test_the_browser_keeps_the_colours_and_nothing_of_what_was_read_or_sought(page, site):
    page.goto(f"{site.as_uri()}/search.html?q=refoulement")
    page.wait_for_selector("#search-results li a")
    page.locator("#search-results li a").first.click()
    page.locator(".theme-switch-button").first.click()
    local_keys, session_keys, cookies = page.evaluate(KEPT)
    assert set(local_keys) == {"mode", "theme"}
    assert set(session_keys) <= {"sidebar-scroll-top"}
    assert cookies == ""


def test_a_browser_that_keeps_nothing_is_served_as_well(page, site):
    page.add_init_script(REFUSE_TO_KEEP)
    seen = watch(page)
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    page.locator(".search-button-field").click()
    assert page.locator("#pst-search-dialog input").is_visible()
    assert seen.errors == []


def test_pages_can_be_read_without_script(browser, site):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    assert page.locator("article h1").is_visible()
    assert page.locator("nav.bd-docs-nav a", has_text="Reference").is_visible()
    assert page.locator(".page-foot summary", has_text="Cite this page").is_visible()
    assert page.locator("button:visible").count() == 0, "a button that does nothing"
    page.close()


FOCUS = """() => {
    const on = document.activeElement;
    return {
        name: on.getAttribute("aria-label") || on.textContent.trim() || on.className,
        ring: [on, ...on.children].map(part => [getComputedStyle(part), part.getBoundingClientRect()]).some(
            ([style, box]) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                && box.width >= 8 && box.height >= 8),
    };
}"""


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page, site):
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == "Skip to main content"
    assert page.locator("#pst-skip-link").bounding_box()["y"] >= 0
    visited = []
    while (last := page.evaluate(FOCUS))["name"] not in {stop["name"] for stop in visited[:1]} or not visited:
        visited.append(last)
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            break
    names = " | ".join(stop["name"] for stop in visited)
    for control in ("Search", "Reference", "List of chapters", "Cite this page", "Light, dark", "next"):
        assert control in names, control
    assert [stop["name"] for stop in visited if not stop["ring"]] == []


def test_the_skip_link_leads_past_the_navigation(page, site):
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('#main-content').contains(document.activeElement)")


def test_the_page_for_a_wrong_address_leads_back_from_any_depth(page, site, served):
    page.route("**/book/law/no-such-page.html", lambda route: route.fulfill(path=site / "404.html"))
    seen = watch(page)
    page.goto(f"{served}/book/law/no-such-page.html")
    page.get_by_role("link", name="Start of the book").click()
    page.wait_for_url(f"{served}/book/index.html")
    assert seen.errors == []


def test_a_phone_opens_the_list_of_chapters(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.as_uri()}/book/evidence/returns.html")
    page.locator(".primary-toggle").click()
    assert page.locator("dialog[open] nav.bd-docs-nav a", has_text="Reference").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector("#pst-primary-sidebar-modal", state="hidden")


def test_a_link_into_a_fold_opens_it(page, site):
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    inside = page.locator("details.sd-dropdown:not([open]) [id]").first
    name = inside.get_attribute("id")
    assert not inside.is_visible()
    page.goto(f"{site.as_uri()}/{CHAPTER}#{name}")
    assert page.locator(f"[id='{name}']").is_visible()


def test_print_leaves_the_text_alone(page, site):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    for part in ("nav", "button", "details.hide", "dialog"):
        assert page.locator(f"{part}:visible").count() == 0, part
    assert page.locator("article h1").is_visible()
    assert page.locator("details.sd-dropdown:not([open]) p").last.is_visible(), "on paper nothing is folded"
    colours = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('article p')].map(p => getComputedStyle(p).color))]"
    )
    for colour in colours:
        assert all(int(part) < 100 for part in colour[4:-1].split(",")), f"{colour} is too pale for paper"
