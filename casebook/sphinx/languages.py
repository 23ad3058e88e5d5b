"""Pages in other languages: each lies in a folder of its own, which ``_config.yml`` declares.

The English text governs. A page in another language tells browsers and search engines its
language and its counterparts, and the few words that a build writes into it are translated.
"""

import re
from functools import cache
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook.project import BOOK

ENGLISH = "en"
LINE_END = re.compile(r"(?<=[\u3000-\u303f\uff00-\uffef])\n")


def folder_of(env: BuildEnvironment, docname: str) -> str:
    """The folder of the language in which a page is written; "" for English."""
    found = [name for name in env.config.casebook_languages if f"/{name}/" in f"/{docname}"]
    return found[0] if found else ""


def tag_of(env: BuildEnvironment, docname: str) -> str:
    """The language of a page as browsers name it: ``en``, ``ko``, ``zh-Hans``."""
    folder = folder_of(env, docname)
    return env.config.casebook_languages[folder]["tag"] if folder else ENGLISH


def words_file(folder: str) -> Path:
    """The file of the words that a build writes into pages of a language."""
    return BOOK / folder / "words.yml"


@cache
def words(folder: str) -> dict[str, str]:
    """The words that a build writes into pages of a language, by their English."""
    return yaml.safe_load(words_file(folder).read_text(encoding="utf-8"))


def said(env: BuildEnvironment, docname: str, english: str) -> str:
    """A word of the build in the language of a page.

    Raises:
        KeyError: ``words.yml`` of the language lacks the word.
    """
    folder = folder_of(env, docname)
    if not folder:
        return english
    return words(folder)[english]


def said_like(folder: str, english: str) -> str | None:
    """A sentence with numbers or names in the words of a language; nothing where ``words.yml`` has none.

    There ``{}`` stands for what differs from one build to the next.
    """
    for pattern, own in words(folder).items():
        if found := re.fullmatch(re.escape(pattern).replace(r"\{\}", "(.+?)"), english):
            return own.format(*found.groups())
    return None


def counterparts(env: BuildEnvironment, docname: str) -> dict[str, str]:
    """The same page in each language that has it, by tag; nothing where it stands alone."""
    folder = folder_of(env, docname)
    english = docname.replace(f"/{folder}/", "/", 1) if folder else docname
    room, _, name = english.rpartition("/")
    others = {
        each["tag"]: f"{room}/{place}/{name}".lstrip("/")
        for place, each in env.config.casebook_languages.items()
    }
    found = {tag: page for tag, page in others.items() if page in env.found_docs}
    return {ENGLISH: english, **found} if found else {}


def declare(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Say in which language a page is written, and where it stands in others."""
    if doctree is None:
        return
    context["language"] = tag_of(app.env, pagename)
    for tag, page in counterparts(app.env, pagename).items():
        address = app.builder.get_relative_uri(pagename, page) or f"{page.rpartition('/')[2]}.html"
        context["metatags"] += f'\n<link rel="alternate" hreflang="{tag}" href="{address}">'


def close_lines(app: Sphinx, doctree: nodes.document) -> None:
    """Take out the ends of lines after Chinese punctuation: browsers would set a space there."""
    if not folder_of(app.env, app.env.docname).startswith("zh"):
        return
    before = ""
    for text in list(doctree.findall(nodes.Text)):
        joined = LINE_END.sub("", before[-1:] + text)[len(before[-1:]) :]
        if joined != text:
            place = next(at for at, child in enumerate(text.parent.children) if child is text)
            text.parent[place] = nodes.Text(joined)
        before = text if len(text) else before


def depend(app: Sphinx, doctree: nodes.document) -> None:
    """Have a page made again when the words that the build writes into it change."""
    if folder := folder_of(app.env, app.env.docname):
        app.env.note_dependency(str(words_file(folder)))


def setup(app: Sphinx) -> None:
    app.add_config_value("casebook_languages", {}, "env")
    app.connect("doctree-read", close_lines)
    app.connect("doctree-read", depend)
    app.connect("html-page-context", declare)
