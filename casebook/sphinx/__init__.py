"""The Sphinx extension: what makes a page of the book out of facts.

It is an ordinary extension, so the guarantees hold however the book is built:
damaged data stop the build before a page is read, and outputs are kept under a
digest of data, package and lock.
"""

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from casebook import __version__
from casebook.checks import ensure_valid
from casebook.execute import prepare_environment
from casebook.project import BUILD, execution_digest
from casebook.sphinx import (
    assets,
    blocks,
    charts,
    citing,
    dictionary,
    doubt,
    editions,
    finding,
    later,
    registers,
    search,
    site,
    terms,
)
from casebook.sphinx.domain import CasebookDomain
from casebook.sphinx.prose import refuse_bare_numbers

MODULES = [blocks, charts, registers, dictionary, doubt, site]
MODULES += [later, finding, editions, terms, search, citing, assets]


def prepare(app: Sphinx, config) -> None:
    """Refuse damaged data; tie the execution cache and the read pages to the digest."""
    errors = ensure_valid()
    if errors:
        raise ExtensionError("the data are damaged; nothing was built\n" + "\n".join(errors))
    prepare_environment()
    current = execution_digest()
    config.nb_execution_cache_path = str(BUILD / "cache" / current)
    config.casebook_digest = current
    config.version = config.release = config.myst_substitutions["version"] = __version__


def setup(app: Sphinx) -> dict:
    """Register everything with Sphinx."""
    app.add_config_value("casebook_digest", "", "env")  # a change re-reads every page
    app.connect("config-inited", prepare)
    app.add_domain(CasebookDomain)
    for module in MODULES:
        module.setup(app)
    app.connect("doctree-read", refuse_bare_numbers)
    return {"version": __version__, "parallel_read_safe": False, "parallel_write_safe": True}
