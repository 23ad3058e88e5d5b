"""The argument in other formats: read back by an independent reader, nothing is lost."""

import json
import re

from casebook.argument.claims import LISTS, claims
from casebook.argument.formats import aif, argdown, links
from casebook.argument.links import moving
from casebook.argument.questions import book_graph, conclusions, printed_replies


def attacks(how):
    return {
        (attack["claim"], name)
        for name, claim in claims().items()
        for attack in claim.get("attacked_by", [])
        if attack["how"] == how
    }


def supports():
    return {(name, frozenset(way)) for name, claim in claims().items() for way in claim.get("support", [])}


def read_argdown(text):
    """Statements with rebuttals, arguments with undercutters, premises and conclusion."""
    statements, rebuts, arguments = {}, set(), []
    for block in re.split(r"\n(?=[\[<])", text.split("===\n")[2]):
        if found := re.match(r"\[([^\]]+)\]: (.+)", block):
            statements[found[1]] = found[2]
            rebuts |= {(by, found[1]) for by in re.findall(r"^  - \[([^\]]+)\]$", block, re.M)}
        elif block.startswith("<"):
            premises, conclusion = block.split("----")
            arguments.append({
                "undercut": re.findall(r"^  _ \[([^\]]+)\]$", block, re.M),
                "premises": re.findall(r"^\(\d+\) \[([^\]]+)\]$", premises, re.M),
                "for": re.search(r"\(\d+\) \[([^\]]+)\]", conclusion)[1],
            })  # fmt: skip
    return statements, rebuts, arguments


def test_argdown_holds_the_whole_argument():
    statements, rebuts, arguments = read_argdown(argdown(claims(), "Returned", "1"))
    assert list(statements) == list(claims())
    assert all(claims()[name]["title"] in text for name, text in statements.items())
    assert rebuts == attacks("rebuts")
    assert {(by, made["for"]) for made in arguments for by in made["undercut"]} == attacks("undercuts")
    found = {(made["for"], frozenset(made["premises"])) for made in arguments}
    assert supports() <= found
    on_grounds = {name: premises for name, premises in found - supports()}
    assert on_grounds.keys() == {name for name, claim in claims().items() if "support" not in claim}
    assert "RC51-33-1" in on_grounds["NR-1"]


def test_aif_holds_the_whole_argument():
    rows = {row for claim in claims().values() for listed in LISTS for row in claim.get(listed, [])}
    beside = {"burdens": [{"step": "AP-12"}]}
    graph = json.loads(json.dumps(aif(claims(), {row: f"row {row}" for row in rows}, beside)))
    assert graph["burdens"] == beside["burdens"]
    kind = {node["nodeID"]: node["type"] for node in graph["nodes"]}
    assert len(kind) == len(graph["nodes"])
    edges = [(edge["fromID"], edge["toID"]) for edge in graph["edges"]]
    assert all(start in kind and end in kind for start, end in edges)

    concludes = {start: end for start, end in edges if kind[start] == "RA"}
    premises = {
        made: {start for start, end in edges if end == made and kind[start] == "I"} for made in concludes
    }
    assert supports() <= {(concludes[made], frozenset(names)) for made, names in premises.items()}

    attacker = {end: start for start, end in edges if kind[end] == "CA"}
    struck = [(attacker[start], end) for start, end in edges if kind[start] == "CA"]
    assert {(by, end) for by, end in struck if kind[end] == "I"} == attacks("rebuts")
    assert {(by, concludes[end]) for by, end in struck if kind[end] == "RA"} == attacks("undercuts")


def test_argdown_tells_what_is_granted_and_what_is_not_drawn():
    statements, _, _ = read_argdown(argdown(claims(), "Returned", "1"))
    for name, claim in claims().items():
        assert ("#granted" in statements[name]) == ("granted" in claim)
        told = re.search(r"\{.*\}$", statements[name])
        assert (json.loads(told[0])["contested"] if told else None) == claim.get("contested")


def test_the_links_that_move_a_conclusion_are_exported_with_words_and_state():
    found = links(book_graph(), conclusions(), printed_replies())
    expected = {
        (target, change.name, state)
        for target in conclusions()
        for change, state in moving(book_graph(), target, printed_replies()).items()
    }
    assert {(link["conclusion"], link["change"], link["state"]) for link in found} == expected
    assert all(link["words"] for link in found)
