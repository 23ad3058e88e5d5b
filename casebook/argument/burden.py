"""The burden of proof: how a step that is left undecided is resolved, and against whom.

Where neither side prevails a court does not stop: it asks who had to show the step. A step
whose burden lies on those who allege a breach fails when it is undecided; one whose burden
lies on the State that holds the facts is presumed. What is decided is not touched.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from casebook.argument.graph import UNDECIDED, Graph, states

ALLEGERS, STATE = "allegers", "state"


@dataclass(frozen=True)
class Settled:
    """The states once the burden is applied, with the steps that it decided."""

    standing: Mapping[str, str]
    unmet: frozenset[str] = frozenset()  # failed: those who allege had to show them
    presumed: frozenset[str] = frozenset()  # held: the State had to show the contrary


def settle(
    graph: Graph,
    borne_by: Mapping[str, str],
    rejected: Collection[str] = (),
    granted: Collection[str] = (),
) -> Settled:
    """Decide undecided steps by the burden of proof, all at once and until none is left.

    Args:
        graph: the claims.
        borne_by: who bears the burden for which step: ``allegers`` or ``state``.
        rejected: claims held to fall; a burden does not revive them.
        granted: claims held to stand.
    """
    unmet: set[str] = set()
    presumed: set[str] = set()
    while True:
        standing = states(_presuming(graph, presumed), {*rejected, *unmet}, granted)
        left = [name for name in borne_by if standing.get(name) == UNDECIDED and name not in presumed]
        if not left:
            return Settled(standing, frozenset(unmet), frozenset(presumed))
        unmet |= {name for name in left if borne_by[name] == ALLEGERS}
        presumed |= {name for name in left if borne_by[name] == STATE}


def _presuming(graph: Graph, presumed: Collection[str]) -> Graph:
    """What is presumed needs its own grounds still, but no longer prevails over what speaks against it."""
    bare = {name: replace(graph[name], rebutted_by=(), undercut_by=()) for name in presumed}
    return {**graph, **bare}
