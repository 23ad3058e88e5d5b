"""Renewing some pages gives the same book as making all of them.

Sphinx decides by dates what to renew, and a page that shows the title of another, or
the search index, can stay behind. Here the decision is by content: a page is read again
when its text changed, and all are written again when something changed that all may show.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook.project import digest, digest_of_text, edition


def text_of(env: BuildEnvironment, docname: str) -> str:
    """A digest of a page's source and of all that it takes in while it is read.

    What a page offers as files says which edition it is.
    """
    taken = [Path(env.srcdir, name) for name in sorted(env.dependencies.get(docname, ()))]
    places = [Path(env.doc2path(docname)), *taken]
    said = edition() if env.get_domain("case").data["files"].get(docname) else ""
    return digest_of_text(said, *(digest(place) if place.is_file() else "" for place in places))


def changed_texts(app: Sphinx, env: BuildEnvironment, added, changed, removed) -> list[str]:
    """Pages to read again, by content."""
    read = env.get_domain("case").data["read"]
    return [name for name in sorted(env.found_docs) if read.get(name) != text_of(env, name)]


def note_texts(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Remember what was read, once all pages are read."""
    env.get_domain("case").data["read"] = {name: text_of(env, name) for name in sorted(env.found_docs)}
    return []


def shown_by_all(env: BuildEnvironment) -> str:
    """A digest of what any page may show of others: titles, their order, labels, numbers, the edition."""
    titles = [(name, title.pformat()) for name, title in sorted(env.titles.items())]
    order = sorted((name, list(below)) for name, below in env.toctree_includes.items())
    numbers = [sorted(held.items()) for held in (env.toc_secnumbers, env.toc_fignumbers)]
    labels = [sorted(held.items()) for held in env.domains["std"].data.values() if isinstance(held, dict)]
    return digest_of_text(*(repr(held) for held in (titles, order, numbers, labels, edition())))


def setup(app: Sphinx) -> None:
    app.connect("env-get-outdated", changed_texts)
    app.connect("env-updated", note_texts)
