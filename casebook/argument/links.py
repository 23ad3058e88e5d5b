"""Doubt about the arrows: one step in how the argument is drawn is changed, and what follows.

A conclusion depends on its premises and also on how we drew the links between them. Each
:class:`Change` alters one link: an argument or an attack is taken away, a reply that the
book prints but does not draw is drawn, a standard of proof is raised, a confidence moves.
A conclusion that no single change moves is robust to one step; any other hangs on an arrow.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from casebook.argument.graph import STANDARDS, WEIGHTS, Graph, Node, bearing_on, states

LADDER = list(STANDARDS)  # from the lowest standard of proof to the highest
# What each sort of change does; {claim} is the claim it is done to, {by} the argument or attacker
WORDS = {
    "cut": "argument {by} for {claim} is taken away",
    "drop": "the attack of {by} on {claim} is taken away",
    "rebut": "{by} is taken to rebut {claim}",
    "undercut": "{by} is taken to undercut {claim}",
    "raise": "the standard of proof of {claim} is raised one step",
    "lower": "the confidence in {claim} is lowered one step",
    "lift": "the confidence in {claim} is lifted one step",
}
# The sorts as a table has them: what is doubted, and the changes that doubt it
SORTS = {
    "a support": ("cut",),
    "an attack as drawn": ("drop",),
    "a reply not drawn": ("rebut", "undercut"),
    "a standard of proof": ("raise",),
    "a confidence": ("lower", "lift"),
}


@dataclass(frozen=True, order=True)
class Change:
    """One step of the drawing changed: what is done, to which claim, and with which argument or attacker."""

    what: str
    claim: str
    by: str = ""

    @property
    def name(self) -> str:
        """The change in one word, as addresses of the form hold it: ``drop:CA-9:DF-13``."""
        return ":".join(filter(None, (self.what, self.by, self.claim)))

    def words(self) -> str:
        """The change as half a sentence."""
        return WORDS[self.what].format(claim=self.claim, by=self.by)


def contested(claims: Iterable[Mapping]) -> list[Change]:
    """The attacks that the book prints as replies and does not draw, as changes that draw them."""
    return [
        Change(attack["how"].removesuffix("s"), claim["id"], attack["claim"])
        for claim in claims
        for attack in claim.get("contested", [])
    ]


def changed(graph: Graph, changes: Collection[Change]) -> dict[str, Node]:
    """The graph with changes made to it; one that finds nothing to change leaves it as it is."""
    found = dict(graph)
    # Arguments are numbered as the book has them, so the last is taken away first
    for change in sorted(changes, reverse=True):
        found[change.claim] = DOES[change.what](found[change.claim], change.by)
    return found


def _cut(node: Node, number: str) -> Node:
    at = int(number) - 1
    left = node.arguments[:at] + node.arguments[at + 1 :]
    return replace(node, arguments=left, bare=not left)


def _drop(node: Node, attacker: str) -> Node:
    return replace(
        node,
        rebutted_by=tuple(name for name in node.rebutted_by if name != attacker),
        undercut_by=tuple(name for name in node.undercut_by if name != attacker),
    )


def _raise(node: Node, _: str) -> Node:
    return replace(node, standard=LADDER[min(LADDER.index(node.standard) + 1, len(LADDER) - 1)])


DOES: dict[str, Callable[[Node, str], Node]] = {
    "cut": _cut,
    "drop": _drop,
    "rebut": lambda node, by: replace(node, rebutted_by=(*node.rebutted_by, by)),
    "undercut": lambda node, by: replace(node, undercut_by=(*node.undercut_by, by)),
    "raise": _raise,
    "lower": lambda node, _: replace(node, weight=max(node.weight - 1, min(WEIGHTS.values()))),
    "lift": lambda node, _: replace(node, weight=min(node.weight + 1, max(WEIGHTS.values()))),
}


def by_claim(graph: Graph, replies: Collection[Change] = ()) -> dict[str, list[Change]]:
    """Every single change by the claim whose links it alters; claims without any are left out."""
    weighed = _weighed(graph, replies)
    found = {
        name: [change for change, _ in _at(node, weighed)] + [c for c in replies if c.claim == name]
        for name, node in graph.items()
    }
    return {name: changes for name, changes in found.items() if changes}


def possible(graph: Graph, target: str, replies: Collection[Change] = ()) -> dict[Change, int]:
    """Every single change that can move a claim, and which way: 1 if it can help it, -1 if it can harm it.

    Args:
        replies: the attacks that are printed and not drawn; see :func:`contested`.
    """
    signs = bearing_on(changed(graph, replies), target)
    weighed = _weighed(graph, replies)
    found = {change: -min(signs[change.claim]) for change in replies if change.claim in signs}
    for name, both in signs.items():
        found |= {change: min(both) * way for change, way in _at(graph[name], weighed)}
    return found


def _at(node: Node, weighed: Collection[str]) -> Iterator[tuple[Change, int]]:
    """The changes at one claim, and whether each helps it (1) or harms it (-1)."""
    name = node.name
    yield from ((Change("cut", name, str(number + 1)), -1) for number in range(len(node.arguments)))
    yield from ((Change("drop", name, attacker), 1) for attacker in node.attackers)
    if name not in weighed:
        return
    if node.standard != LADDER[-1]:
        yield Change("raise", name), -1
    if node.weight > min(WEIGHTS.values()):
        yield Change("lower", name), -1
    if node.weight < max(WEIGHTS.values()):
        yield Change("lift", name), 1


def _weighed(graph: Graph, replies: Collection[Change]) -> set[str]:
    """The claims whose confidence or standard is ever looked at: those that rebut or are rebutted."""
    pairs = [(node.name, attacker) for node in graph.values() for attacker in node.rebutted_by]
    pairs += [(change.claim, change.by) for change in replies if change.what == "rebut"]
    return {name for pair in pairs for name in pair}


def moving(graph: Graph, target: str, replies: Collection[Change] = ()) -> dict[Change, str]:
    """The single changes that alter the state of a claim, and the state that each gives it."""
    before = states(graph)[target]
    part = _part(graph, target, replies)
    after = {change: states(changed(part, [change]))[target] for change in possible(graph, target, replies)}
    return {change: state for change, state in sorted(after.items()) if state != before}


def pairs_moving(graph: Graph, target: str, replies: Collection[Change] = ()) -> list[tuple[Change, Change]]:
    """The pairs of changes that harm a claim together while neither does alone."""
    before, part = states(graph)[target], _part(graph, target, replies)
    single = moving(graph, target, replies)
    harmful = [c for c, way in possible(graph, target, replies).items() if way < 0 and c not in single]
    return [
        pair for pair in combinations(sorted(harmful), 2) if states(changed(part, pair))[target] != before
    ]


def _part(graph: Graph, target: str, replies: Collection[Change]) -> dict[str, Node]:
    """The claims that can move a claim when every reply is drawn; what a claim rests on comes first."""
    return {name: graph[name] for name in reversed(bearing_on(changed(graph, replies), target))}
