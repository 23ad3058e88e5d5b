"""A search that finds Chinese, Japanese and Korean words inside longer runs of letters.

These languages set no spaces, or hang endings on words. So a run of their letters is
indexed, and looked for, by its pairs of neighbours; all other words as English search does.
"""

import re

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish

CJK = r"\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
RUNS = re.compile(f"[{CJK}]+|[^{CJK}]+")


class Search(SearchEnglish):
    """English search with pairs of letters; both splitters, here and in the page, must agree."""

    js_splitter_code = f"""
var splitQuery = (query) => query
    .split(/[^\\p{{Letter}}\\p{{Number}}_\\p{{Emoji_Presentation}}]+/gu)
    .flatMap((word) => word.match(/[{CJK}]+|[^{CJK}]+/g) || [])
    .flatMap((run) => /^[{CJK}]{{3,}}$/.test(run)
        ? Array.from({{length: run.length - 1}}, (_, start) => run.slice(start, start + 2))
        : [run]);
"""

    def split(self, input: str) -> list[str]:
        words = SearchLanguage.split(self, input)
        return [piece for word in words for run in RUNS.findall(word) for piece in pairs(run)]


def pairs(run: str) -> list[str]:
    """A word as it is; a long run of Chinese, Japanese or Korean letters as overlapping pairs."""
    if len(run) < 3 or not re.match(f"[{CJK}]", run):
        return [run]
    return [run[start : start + 2] for start in range(len(run) - 1)]


def setup(app: Sphinx) -> None:
    app.add_search_language(Search)
