"""What would bring a conclusion down, and why a claim stands or falls."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from casebook.argument.graph import FALLS, STANDS, UNDECIDED, Graph, Node, bearing_on, states

Sets = list[frozenset[str]]

# How one claim explains the next; {names} are the claims that it points to
WORDS = {
    "rejected": "it is rejected",
    "granted": "it is granted",
    "unmet": "those who allege it had to show it, and it is undecided",
    "presumed": "the State had to show the contrary, and it is undecided",
    "bare": "its last argument was taken away",
    "grounds": "it stands on its own grounds",
    "carried": "it is carried by {names}",
    "unanswered": "what answers it does not stand: {names}",
    "undercut": "the step to it is denied by {names}",
    "rebutted": "it is denied by {names}",
    "wanting": "what carries it does not stand: {names}",
}


@dataclass(frozen=True)
class Step:
    """One link of an explanation: a claim, its state, and what makes it so."""

    name: str
    state: str
    how: str
    links: tuple[str, ...] = ()

    def words(self) -> str:
        """The link as half a sentence."""
        return WORDS[self.how].format(names=", ".join(self.links))


def premises_of(graph: Graph, target: str) -> list[str]:
    """The premises that help a claim: those whose rejection can harm it and never help it."""
    signs = bearing_on(graph, target)
    return [name for name, node in graph.items() if signs.get(name) == {1} and not node.arguments]


def minimal_sets(graph: Graph, target: str) -> tuple[Sets, Sets]:
    """The smallest sets of premises that bring a claim down, and those that suffice for it.

    A set of the first kind holds a member of every set of the second kind: the two are
    each other's minimal hitting sets. So each is found from the other: a hitting set of
    the sufficient sets known so far either brings the claim down, or what it spares holds
    one more sufficient set. A claim that does not stand at all falls with the empty set.

    Raises:
        ValueError: a claim counts both for and against the target; then a larger set of
            rejected premises may do less harm than a smaller one.
    """
    signs = bearing_on(graph, target)
    if torn := [name for name, both in signs.items() if len(both) == 2]:
        raise ValueError(f"{target}: counts both ways: {', '.join(torn)}")
    part = {name: graph[name] for name in reversed(signs)}  # what a claim rests on comes first
    premises = frozenset(premises_of(graph, target))

    def stands(kept: Collection[str]) -> bool:
        return states(part, rejected=premises.difference(kept))[target] == STANDS

    sufficient: Sets = []
    hitting: Sets = [frozenset()]
    confirmed: set[frozenset[str]] = set()
    while untried := [names for names in hitting if names not in confirmed]:
        spared = premises - untried[0]
        if stands(spared):
            sufficient.append(_smallest(spared, stands))
            hitting = _hitting_one_more(hitting, sufficient[-1])
        else:
            confirmed.add(untried[0])
    return _sorted(hitting), _sorted(sufficient)


def _smallest(names: frozenset[str], stands) -> frozenset[str]:
    """A subset that still suffices and of which nothing can be left out."""
    for name in sorted(names):
        if stands(names - {name}):
            names -= {name}
    return names


def _hitting_one_more(hitting: Sets, new: frozenset[str]) -> Sets:
    """Minimal hitting sets, extended to one set more."""
    kept = [names for names in hitting if names & new]
    grown = (names | {one} for names in hitting if not names & new for one in sorted(new))
    return kept + [names for names in dict.fromkeys(grown) if not any(other <= names for other in kept)]


def _sorted(sets: Iterable[frozenset[str]]) -> Sets:
    return sorted(sets, key=lambda names: (len(names), sorted(names)))


def explain(graph: Graph, standing: Mapping[str, str], name: str, given: Mapping[str, str]) -> list[Step]:
    """Why a claim is in its state: link by link, down to what decides it.

    Args:
        given: what was not computed but laid down, by claim: ``rejected``, ``granted``,
            ``unmet`` or ``presumed``, as in :data:`WORDS`.
    """
    path: list[Step] = []
    attacking = False
    while name not in {step.name for step in path}:
        step = _step(graph, standing, name, given, attacking)
        path.append(step)
        if not step.links or step.how == "carried":
            break
        attacking = step.how in ("undercut", "rebutted")
        name = step.links[0]
    return path


def _step(
    graph: Graph, standing: Mapping[str, str], name: str, given: Mapping[str, str], attacking: bool
) -> Step:
    """One link: of an attacker that stands, what fails to answer it; of any other, its ground."""
    node, state = graph[name], standing[name]
    if name in given:
        return Step(name, state, given[name])
    if node.bare:
        return Step(name, state, "bare")
    if state != STANDS:
        return Step(name, state, *failing(graph[name], standing))
    if attacking and node.attackers:
        return Step(name, state, "unanswered", node.attackers)
    whole = [premises for premises in node.arguments if all(standing[link] == STANDS for link in premises)]
    return Step(name, state, "carried", whole[0]) if whole else Step(name, state, "grounds")


def failing(node: Node, standing: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Why a claim does not stand: an undercutter, else its arguments, else a rebuttal."""
    state = standing[node.name]
    against = STANDS if state == FALLS else UNDECIDED
    if undercut := tuple(link for link in node.undercut_by if standing[link] == against):
        return "undercut", undercut
    wanting = [tuple(link for link in premises if standing[link] == state) for premises in node.arguments]
    made = any(all(standing[link] == STANDS for link in premises) for premises in node.arguments)
    if any(wanting) and not made and (state == UNDECIDED or all(wanting)):
        return "wanting", min(filter(None, wanting), key=len)
    return "rebutted", tuple(link for link in node.rebutted_by if standing[link] == against)
