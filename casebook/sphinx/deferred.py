"""What a page can show only when all pages have been read: places that are filled in at the end.

What fills them is made once in each build, when all pages are read. A page is written anew when that
has changed, so it counts among what the page shows.
"""

from collections.abc import Callable
from functools import cache

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

Maker = Callable[[Sphinx, str, nodes.Element], list[nodes.Node]]
MAKERS: dict[str, Maker] = {}
CITING: set[str] = set()  # makers whose words carry the mark of a page, which rests on all other makers
MADE: dict[str, list[list[nodes.Node]]] = {}  # page: what each of its places shows in this build
KEPT: list = []


def once_read(function):
    """Let a function of the environment or the domain compute its result once, when all pages are read."""
    kept = cache(function)
    KEPT.append(kept)
    return kept


def forget(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All pages are read now: what was computed before does not hold."""
    MADE.clear()
    for kept in KEPT:
        kept.cache_clear()
    return []


class Later(nodes.General, nodes.Element):
    """Stands for nodes that the maker named in it will make."""


def maker(name: str, cites: bool = False) -> Callable[[Maker], Maker]:
    """Register a function that fills the places of a name, given the application, the page and the place.

    Args:
        name: what the places say in ``by``.
        cites: whether what it makes carries the mark of a page.
    """

    def registered(make: Maker) -> Maker:
        MAKERS[name] = make
        if cites:
            CITING.add(name)
        return make

    return registered


def later(directive: SphinxDirective, by: str, **asked) -> Later:
    """A place on the page being read, to be filled by a maker; its warnings name the directive."""
    env = directive.env
    places = env.get_domain("case").data["later"].setdefault(env.docname, [])
    places.append(Later(maker=by, **asked))
    directive.set_source_info(places[-1])
    return Later(number=len(places) - 1)


def make_all(app: Sphinx, citing: bool) -> None:
    """Make what fills the places of all pages: first the makers that do not cite, then those that do."""
    for docname, places in sorted(app.env.get_domain("case").data["later"].items()):
        made = MADE.setdefault(docname, [[] for _ in places])
        for number, place in enumerate(places):
            if (place["maker"] in CITING) == citing:
                made[number] = MAKERS[place["maker"]](app, docname, place)


def made_for(docname: str) -> list[nodes.Node]:
    """What fills the places of a page, as far as it is made."""
    return [node for held in MADE.get(docname, []) for node in held]


class FillLater(SphinxPostTransform):
    """Fill the places."""

    default_priority = 2  # before back-links and links are resolved

    def run(self, **kwargs) -> None:
        for node in list(self.document.findall(Later)):
            node.replace_self([each.deepcopy() for each in MADE[self.env.docname][node["number"]]])


def setup(app: Sphinx) -> None:
    app.connect("env-get-updated", forget)
    app.add_node(Later)
    app.add_post_transform(FillLater)
