"""The argument as a graph, and what stands in it.

A claim stands on arguments (each a set of claims that carry it together, any one of
which is enough) or, as a premise, on its own grounds. It is attacked by claims that
rebut it (they deny the conclusion) or undercut it (they deny the step). A standard of
proof says how much must be left of it, as in Carneades (Gordon, Prakken and Walton,
source ``carneades_2007``). The states are the grounded interpretation of the abstract
dialectical framework that this makes (Brewka and others, ``adf_2013``): the least fixed
point, which for bare attacks is the grounded extension of Dung (``dung_1995``). Where
neither side prevails the claim is undecided.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

WEIGHTS = {"low": 1, "moderate": 2, "high": 3}  # ordinal: only the order is used
GRANTED = 4  # what a reader grants outweighs whatever the book says
STANDS, FALLS, UNDECIDED = "stands", "falls", "undecided"

# When an argument has been made for a claim: is it proven against the heaviest rebuttal left?
STANDARDS = {
    "scintilla of evidence": lambda weight, against: True,
    "preponderance of the evidence": lambda weight, against: weight > against,
    "dialectical validity": lambda weight, against: against == 0,
}
# What a claim of each kind must meet when its entry names no standard
USUAL = {
    "law": "dialectical validity",
    "fact": "preponderance of the evidence",
    "inference": "preponderance of the evidence",
}


@dataclass(frozen=True)
class Node:
    """One claim as the evaluation sees it; without arguments it is a premise.

    A claim is ``bare`` when it was argued from others and its last argument was taken away.
    """

    name: str
    standard: str
    weight: int
    arguments: tuple[tuple[str, ...], ...] = ()
    rebutted_by: tuple[str, ...] = ()
    undercut_by: tuple[str, ...] = ()
    bare: bool = False

    @property
    def supporters(self) -> tuple[str, ...]:
        """The claims it is argued from, each once."""
        return tuple(dict.fromkeys(name for premises in self.arguments for name in premises))

    @property
    def attackers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.undercut_by + self.rebutted_by))


Graph = Mapping[str, Node]


def graph_of(claims: Iterable[Mapping]) -> dict[str, Node]:
    """The graph of entries of the claims file, by name, in their order."""
    return {claim["id"]: _node(claim) for claim in claims}


def _node(claim: Mapping) -> Node:
    attacks = claim.get("attacked_by", [])
    return Node(
        claim["id"],
        claim.get("standard", USUAL[claim["kind"]]),
        WEIGHTS[claim["confidence"]],
        tuple(map(tuple, claim.get("support", []))),
        tuple(attack["claim"] for attack in attacks if attack["how"] == "rebuts"),
        tuple(attack["claim"] for attack in attacks if attack["how"] == "undercuts"),
    )


def states(graph: Graph, rejected: Collection[str] = (), granted: Collection[str] = ()) -> dict[str, str]:
    """Which claims stand, fall or are undecided.

    Args:
        graph: any graph; cycles are no error.
        rejected: claims held to fall whatever speaks for them.
        granted: claims held to stand whatever speaks against them, unless rejected.

    What surely stands can only grow and what possibly stands can only shrink, in whatever
    order the claims are taken; each round decides a claim or is the last. A claim that both
    supports and attacks another is taken at its worst each time, so that the other may be
    left undecided where the definition would decide it; :func:`faults` refuses such claims.
    """
    fixed = {name for name in graph if name in granted and name not in rejected}
    weights = {name: GRANTED if name in fixed else node.weight for name, node in graph.items()}
    waiting = [node for name, node in graph.items() if name not in fixed and name not in rejected]
    surely, possibly = set(fixed), fixed | {node.name for node in waiting}

    def is_open(node: Node) -> bool:
        """Decide a claim if it can be decided now; what was decided never has to be taken back."""
        if _accepted(node, surely, possibly, weights):
            surely.add(node.name)
        elif not _accepted(node, possibly, surely, weights):
            possibly.remove(node.name)
        else:
            return True
        return False

    while len(left := [node for node in waiting if is_open(node)]) < len(waiting):
        waiting = left
    return {name: STANDS if name in surely else UNDECIDED if name in possibly else FALLS for name in graph}


def _accepted(node: Node, supporting: set[str], attacking: set[str], weights: Mapping[str, int]) -> bool:
    """Whether a claim meets its standard, given what counts for and what counts against it."""
    if node.bare or not attacking.isdisjoint(node.undercut_by):
        return False
    if node.arguments and not any(map(supporting.issuperset, node.arguments)):
        return False
    rebuttals = [weights[name] for name in node.rebutted_by if name in attacking]
    return STANDARDS[node.standard](node.weight, max(rebuttals, default=0))


def confidences(graph: Graph, standing: Mapping[str, str]) -> dict[str, int]:
    """How sure each claim that stands is: no surer than the weakest link of its best argument.

    Raises:
        KeyError: claims support each other in a circle; :func:`faults` names them.
    """
    found: dict[str, int] = {}
    for name in in_order(graph):
        node = graph[name]
        whole = [premises for premises in node.arguments if set(premises) <= found.keys()]
        if standing[name] == STANDS:
            best = max((min(found[link] for link in premises) for premises in whole), default=node.weight)
            found[name] = min(node.weight, best)
    return found


def in_order(graph: Graph) -> list[str]:
    """The claims with each after those it is argued from; members of a circle are left out."""
    done: dict[str, None] = {}
    waiting = list(graph)
    while waiting:
        ready = [name for name in waiting if all(link in done for link in graph[name].supporters)]
        if not ready:
            break
        done |= dict.fromkeys(ready)
        waiting = [name for name in waiting if name not in done]
    return list(done)


def bearing_on(graph: Graph, target: str) -> dict[str, set[int]]:
    """The claims that can move a claim, and which way: 1 when they help it, -1 when they harm it."""
    found: dict[str, set[int]] = {}
    waiting = [(target, 1)]
    while waiting:
        name, sign = waiting.pop()
        if sign not in found.setdefault(name, set()):
            found[name].add(sign)
            waiting += [(link, sign) for link in graph[name].supporters]
            waiting += [(link, -sign) for link in graph[name].attackers]
    return found


def faults(graph: Graph, conclusions: Collection[str], outside: Collection[str]) -> dict[str, str]:
    """What makes a graph unfit to be argued from: the claim, and what is wrong with it."""
    sorted_out = set(in_order(graph))
    found = {
        name: "claims support each other in a circle: " + ", ".join(n for n in graph if n not in sorted_out)
        for name in graph
        if name not in sorted_out
    }
    if found:
        return dict([next(iter(found.items()))])  # one circle, one message
    return _overstated(graph) | _astray(graph, conclusions, outside)


def _overstated(graph: Graph) -> dict[str, str]:
    """Claims that are surer than the best argument made for them."""
    found = confidences(graph, dict.fromkeys(graph, STANDS))
    words = {weight: name for name, weight in WEIGHTS.items()}
    return {
        name: f"confidence is {words[node.weight]}, but the best argument for it is {words[found[name]]}"
        for name, node in graph.items()
        if found[name] < node.weight
    }


def _astray(graph: Graph, conclusions: Collection[str], outside: Collection[str]) -> dict[str, str]:
    """Claims that lead nowhere, that are left out and yet lead somewhere, or that pull both ways."""
    inside, found = set(), {}
    for target in conclusions:
        for name, signs in bearing_on(graph, target).items():
            inside.add(name)
            if len(signs) == 2:
                found[name] = f"counts both for and against {target}; state it as two claims"
    beside = {name for target in outside for name in bearing_on(graph, target)}
    for name in graph:
        if name in inside and name in outside:
            found[name] = "is declared outside the argument, but bears on a conclusion"
        elif name not in inside | beside:
            found[name] = "bears on no conclusion; connect it, or say under outside why it stands apart"
    return found
