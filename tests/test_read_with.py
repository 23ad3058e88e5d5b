"""A disputed number is read with what disputes it: in claims, on pages, and in the sentence for both."""

import io
import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from casebook.argument.claims import PATH
from casebook.checks.read_with import alone, faults_in_claims, quoted, rules
from casebook.data.descriptor import anchor

SUM, OTHER, NETWORK = "returns.people", "returns.low-with-dissent", "returns.network"
BOTH = f"{{value}}`{OTHER}`, {{value}}`{NETWORK}`"
PAGES = {
    "index.md": "# Pages\n\n```{toctree}\n:glob:\n*\nreference/*\n```\n",
    "alone.md": f"# Alone\n\nNothing here.\n\nThere were {{value}}`{SUM} low` people.\n",
    "half.md": f"# Half\n\n{{value}}`{SUM}`, {{value}}`{NETWORK}`.\n",
    "in-claim-only.md": f"# In a claim\n\n{{value}}`{SUM}`.\n\n```{{claim}} RN-1\n```\n",
    "beside.md": f"# Beside\n\n{{value}}`{SUM}`.\n\nSome words.\n\n- {BOTH}\n",
    "sentence.md": f"# Sentence\n\n{{value}}`so many <{SUM}>`.\n\n```{{read-with}} {SUM}\n```\n",
    "claim.md": "# Claim\n\n```{claim} RN-3\n```\n",
    "no-sentence.md": "# No sentence\n\n```{read-with} returns.events\n```\n",
    "reference/list.md": f"# A register\n\n{{value}}`{SUM}`\n",
}
CLAIM = """\
- id: RN-1
  title: A sum
  statement: >-
    There were
    {{value}}`returns.people` people{}.
  reply: Some say {{value}}`returns.network`.
- id: RN-2
  title: Another
"""


@pytest.fixture(scope="module")
def warnings(tmp_path_factory) -> list[str]:
    """What a build of the pages says; the values are computed nowhere, which is said as well."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    heard = io.StringIO()
    configuration = {"extensions": ["myst_nb", "casebook.sphinx"], "primary_domain": "case"}
    configuration["casebook_registers"] = "reference"
    with patch_docutils(), docutils_namespace():
        places = [str(folder), None, str(folder / "_out"), str(folder / "_trees"), "dummy", configuration]
        Sphinx(*places, status=None, warning=heard).build()
    return re.sub(r"\x1b\[[\d;]+m", "", heard.getvalue()).replace(f"{folder}/", "").splitlines()


@pytest.mark.parametrize(
    ("page", "line", "missing"),
    [
        ("alone", 5, f"{OTHER} and {NETWORK}"),
        ("half", 3, OTHER),
        ("in-claim-only", 3, f"{OTHER} and {NETWORK}"),
    ],
)
def test_a_page_that_quotes_the_sum_alone_is_refused_at_its_line(warnings, page, line, missing):
    here = [words for words in warnings if words.startswith(f"{page}.md") and "must be read" in words]
    assert len(here) == 1, "one cause, one message"
    assert here[0].startswith(
        f"{page}.md:{line}: WARNING: value {SUM} must be read with {missing}: its low end"
    )


@pytest.mark.parametrize("page", ["beside", "sentence", "claim", "reference/list"])
def test_a_page_that_quotes_both_passes(warnings, page):
    assert [words for words in warnings if words.startswith(f"{page}.md") and "must be read" in words] == []


def test_a_sentence_that_nobody_wrote_is_refused(warnings):
    assert (
        "no-sentence.md:3: WARNING: the data package keeps no sentence for the value returns.events"
        in warnings
    )


def test_a_claim_that_quotes_the_sum_alone_is_refused_at_its_line(tmp_path):
    path = tmp_path / "claims.yaml"
    path.write_text(CLAIM.format(""), "utf-8")
    (found,) = faults_in_claims(path)
    assert found.startswith(
        f"data/argument/claims.yaml, line 5, claim RN-1, value {SUM!r}: must be read with {OTHER}:"
    )
    path.write_text(CLAIM.format(f", or {{value}}`{OTHER}`"), "utf-8")
    assert faults_in_claims(path) == []


def test_the_claims_of_the_book_quote_nothing_alone():
    assert faults_in_claims(PATH) == []
    assert SUM in quoted(PATH.read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{value}`a.b`", {"a.b"}),
        ("{case:value}`a.b low` and {value}`c`", {"a.b", "c"}),
        ("{value}`words <a.b>`", {"a.b"}),
        ("{value}`a.b\n  word`", {"a.b"}),
        ("`a.b` and {claim}`RN-1`", set()),
    ],
)
def test_what_a_text_quotes(text, names):
    assert quoted(text) == names


def test_a_companion_may_be_quoted_without_the_sum():
    assert list(alone({OTHER, NETWORK})) == []


def test_every_value_that_is_read_with_others_is_computed(site: Path):
    pages = "".join(page.read_text("utf-8") for page in site.glob("book/reference/values-*.html"))
    named = {name for rule in rules() for name in [rule["value"], *rule["with"]]}
    named |= {name for rule in rules() for name in quoted(rule.get("sentence", ""))}
    assert {name for name in named if f'id="{anchor(name)}"' not in pages} == set()
