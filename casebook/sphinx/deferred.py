"""What a page can show only when all pages have been read: places that are filled in at the end.

Pages with such places show what other pages say, so they are written anew in every build.
"""

from collections.abc import Callable
from functools import cache

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

Maker = Callable[[SphinxPostTransform, nodes.Element], list[nodes.Node]]
MAKERS: dict[str, Maker] = {}
KEPT: list = []


def once_read(function):
    """Let a function of the environment or the domain compute its result once, when all pages are read."""
    kept = cache(function)
    KEPT.append(kept)
    return kept


def forget(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All pages are read now: what was computed before does not hold."""
    for kept in KEPT:
        kept.cache_clear()
    return []


class Later(nodes.General, nodes.Element):
    """Stands for nodes that the maker named in it will make."""


def maker(name: str) -> Callable[[Maker], Maker]:
    """Register a function that fills the places of a name."""

    def registered(make: Maker) -> Maker:
        MAKERS[name] = make
        return make

    return registered


def later(env, by: str, **asked) -> Later:
    """A place on the page being read, to be filled by a maker."""
    env.get_domain("case").data["live"][env.docname] = True
    return Later(maker=by, **asked)


class FillLater(SphinxPostTransform):
    """Fill the places."""

    default_priority = 2  # before back-links and links are resolved

    def run(self, **kwargs) -> None:
        for node in list(self.document.findall(Later)):
            node.replace_self(MAKERS[node["maker"]](self, node))


def setup(app: Sphinx) -> None:
    app.connect("env-get-updated", forget)
    app.add_node(Later)
    app.add_post_transform(FillLater)
