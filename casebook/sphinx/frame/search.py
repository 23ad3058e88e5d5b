"""A search that knows what people type.

Chinese, Japanese and Korean set no spaces, or hang endings on words: a run of their letters is
indexed, and looked for, by its pairs of neighbours. Sphinx would look for no number: here 1,282 is
one word. ``book/keywords.yml`` gives the words by which people look for a page; such a page stands
first. Under each hit stands what its page says first (``_static/search.js``), and chapters come
before registers (``_static/scorer.js``).
"""

import json
import re
import textwrap
from html import unescape
from pathlib import Path

import yaml
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish

from casebook.project import BOOK
from casebook.sphinx.charts import FILES
from casebook.sphinx.frame.describing import LONGEST

CJK = r"\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
RUNS = re.compile(f"[{CJK}]+|[^{CJK}]+")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
NUMBER = re.compile(r"[0-9]{2,}")  # Sphinx passes over a word of digits alone
KEYWORDS = BOOK / "keywords.yml"
PAGES = "pages.js"
DESCRIBED = re.compile(r'<meta name="description" content="([^"]+)">')


class Search(SearchEnglish):
    """English search with pairs of letters and numbers; the splitters here and in the page must agree."""

    js_splitter_code = rf"""
var splitQuery = (query) => query
    .replace(/(?<=\d),(?=\d{{3}}(?!\d))/g, "")
    .split(/[^\p{{Letter}}\p{{Number}}_\p{{Emoji_Presentation}}]+/gu)
    .flatMap((word) => word.match(/[{CJK}]+|[^{CJK}]+/g) || [])
    .flatMap((run) => /^[{CJK}]{{3,}}$/.test(run)
        ? Array.from({{length: run.length - 1}}, (_, start) => run.slice(start, start + 2))
        : [run])
    .map((word) => /^\d{{2,}}$/.test(word) ? `n${{word}}` : word);
"""

    def split(self, input: str) -> list[str]:
        words = SearchLanguage.split(self, THOUSANDS.sub("", input))
        pieces = [piece for word in words for run in RUNS.findall(word) for piece in pairs(run)]
        return [f"n{piece}" if NUMBER.fullmatch(piece) else piece for piece in pieces]


def pairs(run: str) -> list[str]:
    """A word as it is; a long run of Chinese, Japanese or Korean letters as overlapping pairs."""
    if len(run) < 3 or not re.match(f"[{CJK}]", run):
        return [run]
    return [run[start : start + 2] for start in range(len(run) - 1)]


def keywords() -> dict[str, list[str]]:
    """The words by which people look for a page, by page."""
    if not KEYWORDS.is_file():
        return {}
    listed = yaml.safe_load(KEYWORDS.read_text(encoding="utf-8"))
    return {page: [str(word).lower() for word in words] for page, words in listed.items()}


def write_pages(app: Sphinx, error: Exception | None) -> None:
    """Write of each page its title, what it says first and its keywords, as a script.

    A page in a folder could not fetch them from the others.
    """
    if error or app.builder.format != "html":
        return
    words, known = keywords(), {}
    for name in sorted(app.env.found_docs):
        told = DESCRIBED.search(Path(app.outdir, f"{name}.html").read_text(encoding="utf-8"))
        title = app.env.titles[name].astext()
        known[name] = [title, unescape(told[1]) if told else "", *words.get(name, [])]
    for name in words:
        if name not in known and name.partition("#")[0] in known:
            known[name] = [*section(app, name), *words[name]]
    script = f"const PAGES = {json.dumps(known, ensure_ascii=False)};\n"
    Path(app.outdir, FILES, PAGES).write_text(script, encoding="utf-8")


def section(app: Sphinx, name: str) -> tuple[str, str]:
    """Heading and first paragraph of a part of a page, which ``page#anchor`` names."""
    page, _, place = name.partition("#")
    text = Path(app.outdir, f"{page}.html").read_text(encoding="utf-8")
    part = BeautifulSoup(text, "html.parser").find(id=place)
    for beside in part.select("a.headerlink, [role=tooltip]"):
        beside.decompose()
    heading, first = part.find(["h2", "h3"]), part.find("p")
    said = textwrap.shorten(first.get_text(), LONGEST, placeholder=" …")
    return heading.get_text(" ", strip=True), said


def setup(app: Sphinx) -> None:
    app.add_search_language(Search)
    app.connect("build-finished", write_pages, priority=600)  # once the folder of files is made
