"""Graphs of arguments for tests: small ones at random, and large ones like the book's."""

import random
from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from casebook.argument.graph import STANDARDS, Graph, Node, bearing_on

DIALECTICAL = "dialectical validity"


def framework(arguments: str, attacks: list[str]) -> dict[str, Node]:
    """An abstract argumentation framework: ``"ab"`` means that a attacks b."""
    return {
        name: Node(name, DIALECTICAL, 1, rebutted_by=tuple(a for a, b in attacks if b == name))
        for name in arguments
    }


@st.composite
def graphs(draw, most: int = 7) -> dict[str, Node]:
    """Any graph at all, circles of support and of attack included."""
    names = "abcdefghij"[: draw(st.integers(1, most))]
    some = st.lists(st.sampled_from(names), max_size=min(2, len(names)), unique=True).map(tuple)
    way = st.lists(st.sampled_from(names), min_size=1, max_size=min(2, len(names)), unique=True).map(tuple)
    node = st.tuples(
        st.sampled_from(list(STANDARDS)), st.integers(1, 3), st.lists(way, max_size=2).map(tuple), some, some
    )
    return {name: Node(name, *draw(node)) for name in names}


def torn(graph: Graph, target: str) -> bool:
    """Whether a claim counts both for and against another."""
    return any(len(signs) == 2 for signs in bearing_on(graph, target).values())


def whole(data, graph: Graph) -> str:
    """A claim that nothing in a graph both helps and harms; a graph without one is passed over."""
    targets = [name for name in graph if not torn(graph, name)]
    assume(targets)
    return data.draw(st.sampled_from(targets))


def apart(node: Node) -> Node:
    """A claim without the attacks of what supports it, where evaluation and definition may differ."""
    helpers = node.supporters
    return replace(
        node,
        rebutted_by=tuple(name for name in node.rebutted_by if name not in helpers),
        undercut_by=tuple(name for name in node.undercut_by if name not in helpers),
    )


def layered(size: int, seed: int = 1) -> dict[str, Node]:
    """A large graph in the shape of the book's: conclusions on premises, each attack answered.

    Claims are argued from two or three later claims in one or two ways; each fifth is
    attacked by a claim that another premise answers.
    """
    chance = random.Random(seed)
    nodes: dict[str, Node] = {}
    for number in range(size):
        name, below = f"c{number}", [f"c{n}" for n in range(2 * number + 1, min(2 * number + 12, size))]
        ways = chance.choice([1, 1, 2]) if len(below) > 6 else 0
        arguments = tuple(tuple(sorted(chance.sample(below, 2))) for _ in range(ways))
        attackers = (f"x{number}",) if number % 5 == 4 else ()
        nodes[name] = Node(name, "preponderance of the evidence", 2, arguments, attackers)
        if attackers:
            nodes[f"x{number}"] = Node(f"x{number}", DIALECTICAL, 2, undercut_by=(f"y{number}",))
            nodes[f"y{number}"] = Node(f"y{number}", DIALECTICAL, 2)
    return nodes
