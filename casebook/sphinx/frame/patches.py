"""What has no public hook: where the book reaches into Sphinx, its theme and what Jupyter Book brings along.

Nothing else in the package touches what is private to them. Each patch says what it is for and what to
look at when a new version comes; a version that was not tried is refused. A browser test and the test
of renewed books see whether they still work.
"""

import pickle
from pathlib import Path

import sphinx
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError

TRIED = (7, 8, 9)  # first numbers of Sphinx's versions
# What the search index holds of each page, as these versions name it
SEARCHED = ("_mapping", "_title_mapping", "_titles", "_all_titles", "_filenames", "_index_entries")
FEW = 20  # pages
UNHELPFUL = "Toggle hidden content"  # hides the words of the fold from those who listen


class Builder(StandaloneHTMLBuilder):
    """The HTML builder, with a search index that keeps what it knew of the pages not written again."""

    def get_outdated_docs(self):
        """Pages that are missing; those that changed are named by their content."""
        return [name for name in self.env.found_docs if not Path(self.get_outfilename(name)).is_file()]

    def write(self, build_docnames, updated_docnames, method="update") -> None:
        # For a few pages another process costs more than it saves
        self.parallel_ok = self.parallel_ok and len(updated_docnames) > FEW
        super().write(build_docnames, updated_docnames, method)

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


def refuse_untried(app: Sphinx, config) -> None:
    """Say it when a version comes whose inner parts were not looked at."""
    if sphinx.version_info[0] not in TRIED:
        raise ExtensionError(f"{Path(__file__).name} was not tried with Sphinx {sphinx.__version__}")


def without_live_code(app: Sphinx, config) -> None:
    """Take out sphinx-thebe, which Jupyter Book always loads: its script is at another host."""
    for listeners in app.events.listeners.values():
        for listener in list(listeners):
            if listener.handler.__module__.startswith("sphinx_thebe"):
                app.disconnect(listener.id)


def let_pages_be_read_in_parallel(app: Sphinx, config) -> None:
    """Speak for an extension that does not say it: it numbers sections when all pages are read."""
    if held := app.extensions.get("sphinx_multitoc_numbering"):
        held.parallel_read_safe = True


def mend_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Let tables and folds be heard as they are seen; their writers are MyST-NB's and Sphinx's own."""
    if "body" in context:
        body = context["body"].replace(f'<summary aria-label="{UNHELPFUL}">', "<summary>")
        context["body"] = body.replace('<th class="head', '<th scope="col" class="head')
    if draw := context.get("generate_toctree_html"):
        context["generate_toctree_html"] = lambda *given, **options: named_folds(draw(*given, **options))


def named_folds(contents):
    """The theme's table of contents, with a name on each fold and a mark on the page that is open."""
    for summary in contents.select("li > details > summary"):
        summary["aria-label"] = f"Pages under {summary.find_parent('li').a.get_text()}"
    for link in contents.select("a.current[href='#']"):
        link["aria-current"] = "page"
    return contents


def setup(app: Sphinx) -> None:
    app.add_builder(Builder, override=True)
    app.connect("config-inited", refuse_untried)
    app.connect("config-inited", without_live_code)
    app.connect("config-inited", let_pages_be_read_in_parallel)
    app.connect("html-page-context", mend_page, priority=998)  # after the theme and all extensions
