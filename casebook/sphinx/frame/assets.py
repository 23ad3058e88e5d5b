"""What a page loads: only what it uses, and nothing from another host.

The theme and the extensions that Jupyter Book always brings add scripts and styles to
every page. What no page of this book needs is left out here, and again from the folder,
so that the book fits on a slow line and on any stick. What is left out by template is
said there (``book/_templates``). A browser test fails when a page misses something.
"""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

from casebook.project import digest

# Tabs, grids and toggles of extensions that no page uses; marking of searched words, which
# would be kept in the reader's browser
UNUSED = (
    "sphinx-design.min.css",
    "design-tabs.js",
    "sphinx-thebe.css",
    "togglebutton.css",
    "togglebutton.js",
    "sphinx_highlight.js",
)
UNUSED_WORDS = ("toggleHint", "toggleOpenOnPrint", "togglebuttonSelector")  # in scripts without a file
UNUSED_PLACES = (
    "vendor",
    "locales",
    "images/logo_*",
    "scripts/fontawesome.js*",
    "scripts/bootstrap.js*",
    "**/*.map",
    "*webpack-macros.html",
    *UNUSED,
)


def used(asset) -> bool:
    """Whether a script or style that Sphinx is about to name on a page is of any use there."""
    if asset.filename:
        return Path(asset.filename).name not in UNUSED
    return not any(word in asset.attributes.get("body", "") for word in UNUSED_WORDS)


def lighten_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Leave out scripts and styles without use."""
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context[kind] if used(asset)]


def prepare_look(app: Sphinx, config) -> None:
    """Tie the written pages to the style sheets and scripts, which Sphinx copies only beside pages.

    Where no script runs a page is light; otherwise its head asks the system (``layout.html``).
    """
    config.casebook_look = digest(*(Path(app.srcdir, folder) for folder in config.html_static_path))
    config.html_context["default_mode"] = "light"


def lighten_folder(app: Sphinx, error: Exception | None) -> None:
    """Remove the files that no page names any more."""
    if error or app.builder.format != "html":
        return
    for pattern in UNUSED_PLACES:
        for path in Path(app.outdir, "_static").glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def setup(app: Sphinx) -> None:
    app.add_config_value("casebook_look", "", "html")  # a change writes every page anew
    app.connect("config-inited", prepare_look)
    app.connect("html-page-context", lighten_page, priority=999)  # after the theme and all extensions
    app.connect("build-finished", lighten_folder, priority=999)
