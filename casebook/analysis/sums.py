"""Which documented events may be added, and what they add up to.

The table of events holds arrests, people held, returns and releases, and several rows
may be about the same people. Whether two rows may be added is decided by their typed
columns (``kind``, ``role``, ``part_of``, ``countable``, ``lineage``), never by a list of
row numbers. A sum is refused as a whole, with every reason at once, since a sum that
leaves rows out silently is the mistake this module exists to prevent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

ROLES = {
    "stock": "counts people held at a moment, who are not an event",
    "aggregate": "is a sum over several events already",
    "subset": "is part of {whole}",
    "duplicate_of": "holds the same people as {whole}",
}


@dataclass(frozen=True)
class Refusal:
    """One reason why rows may not be added.

    Attributes:
        rule: empty, repeated, kind, role, part_of, countable or lineage.
        rows: the rows concerned, in the order of the table.
        words: the reason in one sentence.
    """

    rule: str
    rows: tuple[str, ...]
    words: str


class CannotAdd(ValueError):
    """The rows overlap, or may overlap; ``refusals`` holds every reason."""

    def __init__(self, refusals: list[Refusal]):
        self.refusals = refusals
        super().__init__("; ".join(refusal.words for refusal in refusals))


@dataclass(frozen=True)
class Total:
    """A sum of ranges, in persons.

    Attributes:
        low: the sum of the lowest counts.
        high: the sum of the highest counts; None where one row has no upper end.
        rows: identifiers of the rows that were added.
    """

    low: int
    high: int | None
    rows: tuple[str, ...]


def _listed(names) -> str:
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _several_kinds(events: pd.DataFrame) -> Iterator[Refusal]:
    if events.kind.nunique() > 1:
        kinds = _listed(sorted(events.kind.unique()))
        yield Refusal(
            "kind", tuple(events.index), f"rows of different kinds answer different questions: {kinds}"
        )


def _not_flows(events: pd.DataFrame) -> Iterator[Refusal]:
    for name, event in events[events.role.ne("flow")].iterrows():
        why = ROLES[event.role].format(whole=event.part_of)
        yield Refusal("role", (name,), f"{name} {why}")


def _parts_beside_wholes(events: pd.DataFrame) -> Iterator[Refusal]:
    for name, whole in events.part_of.dropna().items():
        if whole in events.index:
            yield Refusal("part_of", (whole, name), f"{name} and {whole} are about the same people")


def _not_countable(events: pd.DataFrame) -> Iterator[Refusal]:
    for name in events.index[events.role.eq("flow") & events.countable.ne("y")]:
        yield Refusal(
            "countable",
            (name,),
            f"{name} is marked as not to be added: its overlap is open, or it is no return",
        )


def _one_witness(events: pd.DataFrame) -> Iterator[Refusal]:
    for lineage, rows in events.groupby("lineage", sort=False):
        if len(rows) > 1 and rows.countable.ne("y").any():
            yield Refusal(
                "lineage", tuple(rows.index), f"{_listed(rows.index)} rest on the same informants ({lineage})"
            )


def refusals(events: pd.DataFrame) -> list[Refusal]:
    """Every reason why these events may not be added; empty where they may.

    Rows of one lineage may be added only where each is marked countable, which says
    that they do not repeat each other although the informants are the same.

    Args:
        events: rows of ``repatriation_events``, indexed by their identifier.
    """
    if events.empty:
        return [Refusal("empty", (), "there is no row to add, and no row is not the same as nobody")]
    twice = tuple(events.index[events.index.duplicated()].unique())
    found = [Refusal("repeated", twice, f"{_listed(twice)} would be added twice")] if twice else []
    for rule in (_several_kinds, _not_flows, _parts_beside_wholes, _not_countable, _one_witness):
        found += rule(events)
    return found


def total(events: pd.DataFrame) -> Total:
    """Add the people of events that do not repeat each other.

    The result is what the rows document. It is a lower bound of what happened only as
    far as each row is true, and it is never an estimate of all that happened.

    Raises:
        CannotAdd: naming each overlapping row and the reason.
    """
    found = refusals(events)
    if found:
        raise CannotAdd(found)
    high = None if events.persons_high.isna().any() else int(events.persons_high.sum())
    return Total(int(events.persons_low.sum()), high, tuple(events.index))
