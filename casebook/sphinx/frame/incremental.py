"""Renewing some pages gives the same book as making all of them.

Sphinx decides by dates what to renew, and a page that shows the title of another, or
the search index, can stay behind. Here the decision is by content: a page is read again
when its text changed, and all are written again when something changed that all may show.
"""

import os
import pickle
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.parallel import parallel_available

from casebook.project import digest, digest_of_text

# What the search index holds of each page, as Sphinx 7 to 9 name it
SEARCHED = ("_mapping", "_title_mapping", "_titles", "_all_titles", "_filenames", "_index_entries")


class Builder(StandaloneHTMLBuilder):
    """The HTML builder, with a search index that keeps what it knew of the pages not written again."""

    def get_outdated_docs(self):
        """Pages that are missing; those that changed are named by their content."""
        return [name for name in self.env.found_docs if not Path(self.get_outfilename(name)).is_file()]

    def write(self, *arguments, **options) -> None:
        # Only now: reading is not parallel, and Sphinx would say so as a warning
        self.app.parallel = os.cpu_count() or 1
        self.parallel_ok = bool(parallel_available) and self.app.parallel > 1
        super().write(*arguments, **options)

    def load_indexer(self, docnames) -> None:
        assert self.indexer is not None  # Sphinx makes it before it asks for this
        held = Path(self.doctreedir, "search.pickle")
        if held.is_file():
            vars(self.indexer).update(pickle.loads(held.read_bytes()))
        self.indexer.prune(set(self.env.all_docs) - set(docnames))

    def dump_search_index(self) -> None:
        index = self.indexer
        assert index is not None
        for name in ("_mapping", "_title_mapping"):  # a word that stands nowhere any more
            setattr(index, name, {word: pages for word, pages in getattr(index, name).items() if pages})
        index._index_entries = dict(sorted(index._index_entries.items()))
        super().dump_search_index()
        known = {name: getattr(index, name) for name in SEARCHED}
        Path(self.doctreedir, "search.pickle").write_bytes(pickle.dumps(known))


def text_of(env: BuildEnvironment, docname: str) -> str:
    """A digest of a page's source and of all that it takes in while it is read."""
    taken = [Path(env.srcdir, name) for name in sorted(env.dependencies.get(docname, ()))]
    places = [Path(env.doc2path(docname)), *taken]
    return digest_of_text(*(digest(place) if place.is_file() else "" for place in places))


def changed_texts(app: Sphinx, env: BuildEnvironment, added, changed, removed) -> list[str]:
    """Pages to read again, by content."""
    read = env.get_domain("case").data["read"]
    return [name for name in sorted(env.found_docs) if read.get(name) != text_of(env, name)]


def note_texts(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Remember what was read, once all pages are read."""
    env.get_domain("case").data["read"] = {name: text_of(env, name) for name in sorted(env.found_docs)}
    return []


def shown_by_all(env: BuildEnvironment) -> str:
    """A digest of what any page may show of others: titles, their order, labels, numbers."""
    titles = [(name, title.pformat()) for name, title in sorted(env.titles.items())]
    order = sorted((name, list(below)) for name, below in env.toctree_includes.items())
    numbers = [sorted(held.items()) for held in (env.toc_secnumbers, env.toc_fignumbers)]
    labels = [sorted(held.items()) for held in env.domains["std"].data.values() if isinstance(held, dict)]
    return digest_of_text(*(repr(held) for held in (titles, order, numbers, labels)))


def setup(app: Sphinx) -> None:
    app.add_builder(Builder, override=True)
    app.connect("env-get-outdated", changed_texts)
    app.connect("env-updated", note_texts)
