"""The argument as an outline: under each claim what carries it, route by route, and what is said against it.

Each claim is unfolded in one place; wherever else it comes up it is only named. A claim from which an
outline starts has its place there, even if an earlier outline comes across it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from casebook.argument.graph import FALLS, STANDS, UNDECIDED, Graph
from casebook.argument.whatif import failing

# How an attack is told, by the word of the claims file: nobody should need the glossary for it
ATTACKS = {"rebuts": "denies it", "undercuts": "denies the step"}
# What stands beside a claim that does not stand, or whose state was laid down by the reader
NOTES = {
    "answered": "answered by",
    "denied": "denied by",
    "because": "because of",
    "bare": "its last argument is taken away",
    "rejected": "rejected",
    "granted": "granted",
    "unmet": "not shown by those who allege it",
    "presumed": "the State has not shown the contrary",
}


@dataclass(frozen=True)
class Entry:
    """One line of an outline: a claim, how it bears on the claim above it, and what stands under it.

    Attributes:
        name: the claim.
        how: ``rebuts`` or ``undercuts``, and nothing where it carries the claim above.
        place: where it is unfolded: ``here``, ``above`` or ``below``; nothing if there is nothing under it.
        first: whether this is the place of the claim, to which others lead.
        routes: the arguments for it; any one is enough, and all claims of it are needed.
        against: what attacks it.
    """

    name: str
    how: str = ""
    place: str = ""
    first: bool = False
    routes: tuple[tuple["Entry", ...], ...] = ()
    against: tuple["Entry", ...] = ()

    def lines(self) -> Iterator["Entry"]:
        """This line and all beneath it, in reading order."""
        yield self
        for line in (*(line for route in self.routes for line in route), *self.against):
            yield from line.lines()


def outlines(graph: Graph, roots: Iterable[str]) -> list[Entry]:
    """The outlines of one page, in its order."""
    found, seen = [], set[str]()
    wanted = dict.fromkeys(roots)
    for root in wanted:
        found.append(_entry(graph, root, "", seen, wanted.keys() - {root}))
    return found


def _entry(graph: Graph, name: str, how: str, seen: set[str], elsewhere: Collection[str]) -> Entry:
    """One claim; what is unfolded under it is noted in ``seen``."""
    node = graph[name]
    leaf = not (node.arguments or node.attackers)
    if name in seen:
        return Entry(name, how, "" if leaf else "above")
    if name in elsewhere:
        return Entry(name, how, "" if leaf else "below")
    seen.add(name)
    routes = tuple(
        tuple(_entry(graph, link, "", seen, elsewhere) for link in premises) for premises in node.arguments
    )
    against = tuple(
        _entry(graph, link, kind, seen, elsewhere)
        for kind, links in (("undercuts", node.undercut_by), ("rebuts", node.rebutted_by))
        for link in links
    )
    return Entry(name, how, "" if leaf else "here", True, routes, against)


def route_state(premises: Iterable[str], standing: Mapping[str, str]) -> str:
    """What becomes of a route: no better than the worst of its claims."""
    found = {standing[name] for name in premises}
    return next((state for state in (FALLS, UNDECIDED) if state in found), STANDS)


def routes_left(graph: Graph, standing: Mapping[str, str], name: str) -> list[int]:
    """The routes to a claim that stand, by their numbers."""
    numbered = enumerate(graph[name].arguments, start=1)
    return [number for number, premises in numbered if route_state(premises, standing) == STANDS]


def sides(graph: Graph, name: str, number: int) -> list[str]:
    """The claims by which a route differs from the others: those that not every route needs."""
    routes = graph[name].arguments
    return [link for link in routes[number - 1] if not all(link in route for route in routes)]


def note(graph: Graph, standing: Mapping[str, str], name: str, theirs: bool) -> tuple[str, tuple[str, ...]]:
    """Beside a claim that does not stand: why, as a word of :data:`NOTES`, and the claims to look at."""
    if standing[name] == STANDS:
        return "", ()
    how, links = failing(graph[name], standing)
    if not links:
        return "", ()
    if standing[name] == FALLS and how in ("undercut", "rebutted"):
        return "answered" if theirs else "denied", links
    return "because", links
