"""The argument in two formats that other tools open.

Argdown is a text that people read and that draws itself as a map. The Argument
Interchange Format (AIF) is a graph of claims (I), inferences (RA) and conflicts (CA).
Both hold the whole graph, so that either can be read back without loss. The replies that
the book prints and does not draw, the burden of proof and the links on which each
conclusion hangs stand beside the graph, as data.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from casebook.argument.claims import LISTS
from casebook.argument.graph import Graph
from casebook.argument.links import Change, moving

HEAD = "===\ntitle: {title}\nsubTitle: version {version}\n===\n"


def arguments_of(claim: Mapping) -> dict[str, list[str]]:
    """The arguments for a claim by name: from claims, or for a premise from its own grounds."""
    if "support" not in claim:
        return {f"{claim['id']} on its grounds": [row for listed in LISTS for row in claim.get(listed, [])]}
    return {
        f"{claim['id']} by argument {number}": premises
        for number, premises in enumerate(claim["support"], start=1)
    }


def _attackers(claim: Mapping, how: str) -> list[str]:
    return [attack["claim"] for attack in claim.get("attacked_by", []) if attack["how"] == how]


def argdown(claims: Mapping[str, Mapping], title: str, version: str) -> str:
    """The argument as Argdown text.

    Each claim is a statement; each way of arguing for it an argument with numbered
    premises. A rebuttal attacks the statement, an undercutter each of its arguments.
    """
    blocks = [HEAD.format(title=title, version=version)]
    for claim in claims.values():
        blocks.append("\n".join(_statement(claim)) + "\n")
        blocks += [
            "\n".join(_argument(claim, name, premises)) + "\n"
            for name, premises in arguments_of(claim).items()
        ]
    return "\n".join(blocks)


def _statement(claim: Mapping) -> Iterator[str]:
    tags = f"#{claim['kind']} #{claim.get('side', 'book')} #{claim['confidence']}"
    if "granted" in claim:
        tags += " #granted"
    replies = (
        f" {json.dumps({'contested': claim['contested']}, ensure_ascii=False)}"
        if "contested" in claim
        else ""
    )
    yield f"[{claim['id']}]: {claim['title']} {tags}{replies}"
    yield from (f"  - [{name}]" for name in _attackers(claim, "rebuts"))


def _argument(claim: Mapping, name: str, premises: list[str]) -> Iterator[str]:
    yield f"<{name}>"
    yield from (f"  _ [{attacker}]" for attacker in _attackers(claim, "undercuts"))
    yield ""
    yield from (f"({number}) [{premise}]" for number, premise in enumerate(premises, start=1))
    yield "----"
    yield f"({len(premises) + 1}) [{claim['id']}]"


def aif(
    claims: Mapping[str, Mapping], labels: Mapping[str, str], beside: Mapping[str, Any]
) -> dict[str, Any]:
    """The argument in the Argument Interchange Format, as AIF databases write it in JSON.

    Args:
        claims: the claims by name.
        labels: words for each row that a premise names.
        beside: what is no part of the format, under names of its own.
    """
    kinds = {name: ("I", claim["title"]) for name, claim in claims.items()}
    links: list[tuple[str, str]] = []
    for name, claim in claims.items():
        arguments = arguments_of(claim)
        for argument, premises in arguments.items():
            kinds |= {premise: ("I", labels[premise]) for premise in premises if premise not in claims}
            kinds[argument] = ("RA", "Default Inference")
            links += [(premise, argument) for premise in premises] + [(argument, name)]
        for attacker, how in ((a["claim"], a["how"]) for a in claim.get("attacked_by", [])):
            conflict = f"{attacker} {how} {name}"
            kinds[conflict] = ("CA", "Default Conflict")
            targets = [name] if how == "rebuts" else arguments
            links += [(attacker, conflict), *((conflict, target) for target in targets)]
    return {
        "nodes": [{"nodeID": key, "text": text, "type": kind} for key, (kind, text) in kinds.items()],
        "edges": [
            {"edgeID": str(number), "fromID": start, "toID": end}
            for number, (start, end) in enumerate(links, start=1)
        ],
        "locutions": [],
        **beside,
    }


def links(graph: Graph, conclusions: Mapping[str, str], replies: Collection[Change]) -> list[dict[str, Any]]:
    """For each conclusion the single links that move it when drawn otherwise, and to which state."""
    return [
        {"conclusion": target, "change": change.name, "words": change.words(), "state": state}
        for target in conclusions
        for change, state in moving(graph, target, replies).items()
    ]
