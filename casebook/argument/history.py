"""What became of each claim from edition to edition."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache

from casebook.argument.graph import graph_of, states
from casebook.data.tables import table

COLUMNS = ["edition", "claim_id", "title", "state", "confidence", "statement"]
TABLES = ("claim_editions", "corrections")
MARK = 8  # digits by which the words of a statement are told apart


def lines(edition: str, entries: Iterable[Mapping]) -> list[dict[str, str]]:
    """The rows of an edition: each claim with its state, its confidence and a mark of its words.

    Args:
        edition: the version.
        entries: the claims of that edition, as their file has them.
    """
    held = list(entries)
    standing = states(graph_of(held))
    return [
        {
            "edition": edition,
            "claim_id": claim["id"],
            "title": claim["title"],
            "state": standing[claim["id"]],
            "confidence": claim["confidence"],
            "statement": mark(claim["statement"]),
        }
        for claim in held
    ]


def mark(statement: str) -> str:
    """What changes with the words of a statement, and not with the breaks of its lines."""
    return hashlib.sha256(" ".join(statement.split()).encode()).hexdigest()[:MARK]


def change(before: Mapping | None, now: Mapping | None) -> str:
    """What happened to a claim between two editions, in words; "" where nothing did."""
    if before is None or now is None:
        return "new" if before is None else "taken back"
    told = []
    if before["state"] != now["state"]:
        told.append(f"{before['state']}, now {now['state']}")
    if before["confidence"] != now["confidence"]:
        told.append(f"confidence {before['confidence']}, now {now['confidence']}")
    if before["statement"] != now["statement"]:
        told.append("worded anew")
    return "; ".join(told)


@cache
def by_edition() -> dict[str, dict[str, dict]]:
    """By edition, the oldest first, and by claim: what the claim was."""
    rows = table("claim_editions")
    return {
        edition: held.set_index("claim_id").to_dict("index")
        for edition, held in rows.groupby("edition", sort=False)
    }


def told(claim: str) -> str:
    """What became of a claim, edition by edition, in words; of one that no edition had, nothing."""
    (first, before), *later = ((edition, held.get(claim)) for edition, held in by_edition().items())
    found = []
    for edition, now in later:
        if (before or now) and (words := change(before, now)):
            found.append(f"{edition}: {words}")
        before = now
    return "; ".join(found) or (f"unchanged since {first}" if before else "")


def touching(claim: str) -> list[str]:
    """The corrections that touch a claim."""
    rows = table("corrections")
    return [name for name, named in rows.claims.fillna("").items() if claim in named.split()]
