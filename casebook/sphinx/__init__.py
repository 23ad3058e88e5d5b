"""The Sphinx extension: what makes a page of the book out of facts.

It is an ordinary extension, so the guarantees hold however the book is built:
damaged data stop the build before a page is read, and only outputs are shown that
still hold for the present data, package and lock.
"""

import subprocess
import sys
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from casebook import __version__
from casebook.argument.questions import bearing
from casebook.checks.package import ensure_valid
from casebook.data.tables import rows_citing
from casebook.execution.chapters import OFFERED, note_runs, offer, prepare_environment, present
from casebook.project import ROOT, execution_digest
from casebook.sphinx import blocks, charts, deferred, languages
from casebook.sphinx.argument import form, outline, read_with, screening
from casebook.sphinx.domain import CasebookDomain
from casebook.sphinx.frame import (
    assets,
    citing,
    currency,
    describing,
    feed,
    glossary,
    incremental,
    patches,
    search,
    site,
    status,
)
from casebook.sphinx.prose import refuse_bare_numbers
from casebook.sphinx.registers import (
    ask,
    bibliography,
    dictionary,
    editions,
    history,
    lists,
    rows,
    timeline,
)

MODULES = [
    blocks,
    read_with,
    charts,
    rows,
    dictionary,
    outline,
    form,
    screening,
    patches,
    incremental,
    site,
    status,
]
MODULES += [bibliography, currency, deferred, lists, timeline, editions, glossary, search, citing, assets]
MODULES += [languages, describing, feed, ask, history]


def prepare(app: Sphinx, config) -> None:
    """Refuse damaged data; hand MyST-NB the outputs that hold; tie the read pages to the digest."""
    errors = ensure_valid()
    if errors:
        raise ExtensionError("the data are damaged; nothing was built\n" + "\n".join(errors))
    prepare_environment()
    config.casebook_digest = execution_digest()
    if config.nb_execution_mode == "cache":
        outputs = ready_outputs()
        folder = note_runs(outputs, Path(app.outdir).parent / OFFERED)
        config.nb_execution_cache_path = str(folder)
        app.connect("env-before-read-docs", partial(hand_over, outputs, folder), priority=900)
    config.version = config.release = config.myst_substitutions["version"] = __version__


def ready_outputs() -> list:
    """The output of every chapter; what is missing is executed now."""
    outputs = present()
    if None in outputs:
        # In a process of its own, because kernels are forked from one that is light
        done = subprocess.run([sys.executable, "-m", "casebook", "execute"], cwd=ROOT)
        if done.returncode:
            raise ExtensionError("a chapter could not be executed; see above")
        outputs = present()
    if None in outputs:
        raise ExtensionError("what a chapter reads changed while it ran: run the command again")
    return outputs


def hand_over(outputs: list, folder: Path, app: Sphinx, env, docnames: list[str]) -> None:
    """Hand MyST-NB the outputs of the pages that are read now."""
    offer([output for output in outputs if output.chapter.removesuffix(".md") in docnames], folder)


def know_the_rows(app: Sphinx, env, docnames: list[str]) -> None:
    """Look at all tables and claims before many pages are read: else each process does so for itself."""
    if len(docnames) > patches.FEW:
        rows_citing()
        bearing()


def setup(app: Sphinx) -> dict:
    """Register everything with Sphinx."""
    app.add_config_value("casebook_digest", "", "env")  # a change re-reads every page
    app.add_config_value("casebook_registers", "book/reference", "env")
    app.connect("config-inited", prepare)
    app.add_domain(CasebookDomain)
    for module in MODULES:
        module.setup(app)
    app.connect("env-before-read-docs", know_the_rows)
    app.connect("doctree-read", refuse_bare_numbers)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
