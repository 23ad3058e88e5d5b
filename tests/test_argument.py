"""What stands in a graph: worked examples, published frameworks, and properties of the evaluation."""

import itertools
import random
import re

import pytest
from graphs import DIALECTICAL, apart, framework, graphs, layered, whole
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casebook.argument.claims import claims
from casebook.argument.graph import (
    FALLS,
    STANDARDS,
    STANDS,
    UNDECIDED,
    Node,
    bearing_on,
    confidences,
    faults,
    graph_of,
    in_order,
    states,
)
from casebook.argument.questions import (
    book_graph,
    book_states,
    conclusions,
    presets,
    sorts,
    state_in_words,
    under,
)

ORDER = {FALLS: 0, UNDECIDED: 1, STANDS: 2}


def standing(graph) -> str:
    return "".join(name for name, state in states(graph).items() if state == STANDS)


# Frameworks of the literature whose grounded extension is known
@pytest.mark.parametrize(
    ("arguments", "attacks", "expected"),
    [
        ("a", [], "a"),
        ("ab", ["ba"], "b"),
        ("abc", ["ba", "cb"], "ac"),  # reinstatement: Ralph goes fishing after all
        ("ab", ["ab", "ba"], ""),  # the Nixon diamond
        ("abc", ["ab", "bc", "ca"], ""),  # an odd circle
        ("a", ["aa"], ""),  # an argument against itself
        ("ab", ["aa", "ab"], ""),  # it still keeps what it attacks undecided
        ("abcd", ["ab", "ba", "ac", "bc", "cd"], ""),  # floating acceptance is not grounded
        ("abcde", ["ab", "cb", "cd", "dc", "de", "ee"], "a"),  # the running example of the handbook
        ("abcd", ["ab", "bc", "cd"], "ac"),  # a chain
        ("abcde", ["ab", "bc", "cb", "cd", "de"], "ace"),
    ],
)
def test_known_frameworks(arguments, attacks, expected):
    assert standing(framework(arguments, attacks)) == expected


def test_a_published_dialectical_framework():
    """The example of the Third Answer Set Programming Competition: accept 1 and 2, reject 4."""
    graph = {
        "1": Node("1", DIALECTICAL, 1),
        "2": Node("2", DIALECTICAL, 1, (("1",),)),
        "3": Node("3", DIALECTICAL, 1, rebutted_by=("3",)),
        "4": Node("4", DIALECTICAL, 1),
    }
    assert states(graph, rejected="4") == {"1": STANDS, "2": STANDS, "3": UNDECIDED, "4": FALLS}


@pytest.mark.parametrize(
    ("standard", "own", "other", "expected"),
    [
        ("scintilla of evidence", 1, 3, STANDS),
        ("preponderance of the evidence", 3, 2, STANDS),
        ("preponderance of the evidence", 2, 2, FALLS),
        ("preponderance of the evidence", 1, 2, FALLS),
        ("dialectical validity", 3, 1, FALLS),
    ],
)
def test_standards_of_proof_against_a_rebuttal(standard, own, other, expected):
    graph = {"a": Node("a", standard, own, rebutted_by=("b",)), "b": Node("b", DIALECTICAL, other)}
    assert states(graph)["a"] == expected


@pytest.mark.parametrize("standard", STANDARDS)
def test_no_standard_helps_an_undercut_step(standard):
    graph = {"a": Node("a", standard, 3, undercut_by=("b",)), "b": Node("b", DIALECTICAL, 1)}
    assert states(graph)["a"] == FALLS


def test_one_whole_argument_is_enough():
    graph = {name: Node(name, DIALECTICAL, 1) for name in "bcd"}
    graph["a"] = Node("a", DIALECTICAL, 1, (("b", "c"), ("d",)))
    assert states(graph, rejected="b")["a"] == STANDS
    assert states(graph, rejected="d")["a"] == STANDS
    assert states(graph, rejected="bd")["a"] == FALLS


def test_what_is_granted_outweighs_what_the_book_says():
    graph = {
        "a": Node("a", "preponderance of the evidence", 3, rebutted_by=("b",)),
        "b": Node("b", DIALECTICAL, 1),
    }
    assert states(graph)["a"] == STANDS
    assert states(graph, granted="b")["a"] == FALLS


def test_a_claim_becomes_a_node_with_its_own_standard_or_that_of_its_kind():
    usual = {"id": "A", "kind": "law", "confidence": "high"}
    attacks = [{"claim": "A", "how": "rebuts"}, {"claim": "B", "how": "undercuts"}]
    entries = [
        usual,
        usual | {"id": "B", "kind": "fact", "confidence": "moderate", "support": [["A"], ["C", "D"]]},
        usual | {"id": "C", "kind": "inference", "standard": "scintilla of evidence", "confidence": "low"},
        usual | {"id": "D", "attacked_by": attacks},
    ]
    assert list(graph_of(entries).values()) == [
        Node("A", "dialectical validity", 3),
        Node("B", "preponderance of the evidence", 2, (("A",), ("C", "D"))),
        Node("C", "scintilla of evidence", 1),
        Node("D", "dialectical validity", 3, (), ("A",), ("B",)),
    ]


def test_to_reject_prevails_over_to_grant():
    assert states(framework("a", []), rejected="a", granted="a") == {"a": FALLS}


# The evaluation by its definition, for comparison: what holds under every way to decide the undecided


def accepted_by_definition(graph, node, true) -> bool:
    if any(name in true for name in node.undercut_by):
        return False
    if node.arguments and not any(set(premises) <= true for premises in node.arguments):
        return False
    against = max((graph[name].weight for name in node.rebutted_by if name in true), default=0)
    return {
        "scintilla of evidence": True,
        "preponderance of the evidence": node.weight > against,
        "dialectical validity": against == 0,
    }[node.standard]


def by_definition(graph, rejected=()) -> dict[str, str]:
    """The least fixed point of the consensus operator, by going through all completions."""
    found = dict.fromkeys(graph, UNDECIDED)
    while True:
        sure = {name for name, state in found.items() if state == STANDS}
        unsure = [name for name, state in found.items() if state == UNDECIDED]
        worlds = [
            sure | set(more) for n in range(len(unsure) + 1) for more in itertools.combinations(unsure, n)
        ]
        now = {}
        for name, node in graph.items():
            verdicts = {
                name not in rejected and accepted_by_definition(graph, node, world) for world in worlds
            }
            now[name] = UNDECIDED if len(verdicts) == 2 else STANDS if verdicts == {True} else FALLS
        if now == found:
            return found
        found = now


@settings(max_examples=150)
@given(graphs(most=5))
def test_states_are_the_grounded_interpretation(graph):
    graph = {name: apart(node) for name, node in graph.items()}
    rejected = list(graph)[::3]
    assert states(graph) == by_definition(graph)
    assert states(graph, rejected) == by_definition(graph, rejected)


@settings(max_examples=100)
@given(graphs(), st.randoms())
def test_the_order_of_the_claims_does_not_matter(graph, chance):
    shuffled = list(graph.items())
    chance.shuffle(shuffled)
    assert states(dict(shuffled)) == states(graph)


@settings(max_examples=100)
@given(graphs(), st.data())
def test_removing_an_attacker_never_hurts_the_attacked(graph, data):
    attacked = [name for name, node in graph.items() if node.attackers]
    assume(attacked)
    name = data.draw(st.sampled_from(attacked))
    gone = data.draw(st.sampled_from(graph[name].attackers))
    node = graph[name]
    fewer = Node(
        name, node.standard, node.weight, node.arguments,
        tuple(link for link in node.rebutted_by if link != gone),
        tuple(link for link in node.undercut_by if link != gone),
    )  # fmt: skip
    assert ORDER[states(graph | {name: fewer})[name]] >= ORDER[states(graph)[name]]


@settings(max_examples=100)
@given(graphs(), st.data())
def test_rejecting_what_helps_never_helps(graph, data):
    target = whole(data, graph)
    signs = bearing_on(graph, target)
    before = ORDER[states(graph)[target]]
    for name, way in signs.items():
        after = ORDER[states(graph, rejected=[name])[target]]
        assert after <= before if way == {1} else after >= before


@settings(max_examples=100)
@given(graphs(), st.data())
def test_only_what_bears_on_a_claim_can_move_it(graph, data):
    target = data.draw(st.sampled_from(list(graph)))
    away = [name for name in graph if name not in bearing_on(graph, target)]
    assert states(graph, rejected=away)[target] == states(graph)[target]


def test_a_large_graph_is_decided():
    graph = layered(1000)
    assert set(states(graph).values()) == {STANDS, FALLS}


# How sure


def test_a_conclusion_is_no_surer_than_the_weakest_link_of_its_best_argument():
    graph = {name: Node(name, DIALECTICAL, weight) for name, weight in (("b", 1), ("c", 3), ("d", 2))}
    graph["a"] = Node("a", DIALECTICAL, 3, (("b", "c"), ("c", "d")))
    assert confidences(graph, states(graph))["a"] == 2
    assert confidences(graph, states(graph, rejected="d"))["a"] == 1
    assert "a" not in confidences(graph, states(graph, rejected="c"))


# What makes a graph unfit


def entry(name, support=None, attacked_by=None, confidence="high", **more):
    claim = {"id": name, "kind": "law", "confidence": confidence, **more}
    if support:
        claim["support"] = support
    if attacked_by:
        claim["attacked_by"] = [{"claim": by, "how": "rebuts"} for by in attacked_by]
    return claim


@pytest.mark.parametrize(
    ("entries", "outside", "culprit", "words"),
    [
        ([entry("A", [["B"]]), entry("B", [["A"]])], [], "A", "in a circle: A, B"),
        ([entry("A", [["B"]]), entry("B", confidence="low")], [], "A", "the best argument for it is low"),
        (
            [entry("A"), entry("B")], [], "B",
            "^bears on no conclusion; connect it, or say under outside why it stands apart$",
        ),
        (
            [entry("A", [["B"]]), entry("B")], ["B"], "B",
            "^is declared outside the argument, but bears on a conclusion$",
        ),
        ([entry("A", [["B"]], ["C"]), entry("B"), entry("C", [["B"]])], [], "B", "both for and against A"),
    ],
)  # fmt: skip
def test_an_unfit_graph_is_refused_with_the_claim(entries, outside, culprit, words):
    found = faults(graph_of(entries), ["A"], outside)
    assert list(found) == [culprit]
    assert re.search(words, found[culprit])


def test_circles_of_attack_are_legitimate():
    entries = [entry("A", None, ["B"]), entry("B", None, ["A"])]
    assert faults(graph_of(entries), ["A"], []) == {}
    assert set(states(graph_of(entries)).values()) == {UNDECIDED}


def test_claims_that_serve_an_outside_claim_need_no_reason_of_their_own():
    entries = [entry("A"), entry("B", [["C"]]), entry("C")]
    assert faults(graph_of(entries), ["A"], ["B"]) == {}


# The book's own graph


def test_every_claim_bears_on_a_conclusion_or_is_declared_outside():
    inside = {name for target in conclusions() for name in bearing_on(book_graph(), target)}
    beside = [name for name in claims() if name not in inside]
    serves_outside = {
        name
        for claim in claims().values()
        if "outside" in claim or "granted" in claim
        for name in bearing_on(book_graph(), claim["id"])
    }
    assert set(beside) <= serves_outside
    assert not [name for name in inside if "outside" in claims()[name]]


def test_the_claims_can_be_put_in_order():
    assert set(in_order(book_graph())) == set(claims())


# Where neither side prevails, and what rests on it: nationality, whether anybody is looked at,
# and what the border agreements order
NATIONALITY = {"CA-14", "CA-15", "CA-17", "CA-18", "CA-9", "DF-8", "DF-13", "AG-7", "AG-3", "AG-2"}
OPEN = NATIONALITY | {"AP-12", "AP-13", "AG-9", "BP-3", "BP-6"}


def test_what_is_undecided_is_known_and_nothing_else_is():
    assert {name for name, state in book_states().items() if state == UNDECIDED} == OPEN


def test_elsewhere_the_other_side_is_answered_and_the_book_stands():
    inside = {name for target in conclusions() for name in bearing_on(book_graph(), target)}
    for name in inside - OPEN:
        other = claims()[name].get("side") == "other"
        assert book_states()[name] == (FALLS if other else STANDS), name


def test_what_is_granted_stands_attacks_nothing_and_is_never_said_to_fall():
    granted = [name for name, claim in claims().items() if "granted" in claim]
    assert {"BW-7", "BP-11", "UR-7"} <= set(granted)
    attacked = {name for node in book_graph().values() for name in node.attackers}
    assert not attacked & set(granted)
    for name in granted:
        assert claims()[name]["side"] == "other"
        assert (book_states()[name], state_in_words(name)) == (STANDS, "is granted")


def test_the_state_in_words():
    assert state_in_words("AG-6") == "stands, with high confidence"
    assert state_in_words("AG-7") == "is undecided"
    assert state_in_words("CA-3") == "falls"


REFUGEE, UNSEEN = {"AG-7", "AG-3", "AG-2"}, {"AG-9"}
DANGER = {"AG-1", "AG-4", "AG-8"} | REFUGEE | UNSEEN  # what rests on what happens after return, or is open
PRESETS = {  # the conclusions that do not stand, as a lawyer for either side would expect
    "china": DANGER | {"CA-6"},
    "nationality": REFUGEE | UNSEEN,
    "burden-allegers": REFUGEE | UNSEEN,
    "burden-state": set(),
    "burden-placed": set(),
    "no-testimony": DANGER,
    "primary-only": DANGER,
}


@pytest.mark.parametrize("name", PRESETS)
def test_presets_give_what_a_fair_lawyer_would_accept(name):
    preset = presets()[name]
    found = under(preset["rejected"], preset["granted"], preset["burden"]).standing
    assert {target for target in conclusions() if found[target] != STANDS} == PRESETS[name]


def test_there_is_an_expectation_for_every_preset():
    assert PRESETS.keys() == presets().keys()


def test_china_is_granted_only_what_it_is_on_record_with():
    """Each claim granted names a statement of China's among its facts."""
    from casebook.data.tables import table

    statements = table("positions")
    spoken = set(statements.index[statements.actor.str.startswith("China")]) | {"EV002"}  # its ambassador
    for name in presets()["china"]["granted"]:
        assert spoken & set(claims()[name]["evidence"]), name


def test_what_fells_the_rule_fells_the_route_through_it():
    """Without the Protocol, as without the Convention, no route through Article 33 is left."""
    for treaty in ("NR-1", "NR-2"):
        gone = states(book_graph(), rejected=[treaty])
        assert {target for target in conclusions() if gone[target] == FALLS} == {
            "AG-6",
            "AG-7",
            "AG-3",
            "AG-2",
            "AG-9",
        }
        assert gone["AG-1"] == gone["CA-6"] == STANDS


def test_no_rule_and_no_danger_falls_with_the_past():
    without = states(book_graph(), rejected=["RN-2", "RN-9", "AP-12"])
    for name, sort in sorts().items():
        assert without[name] == (FALLS if sort == "breach" else book_states()[name]), name


def test_the_child_carries_nothing_for_people_from_the_dprk():
    without = states(book_graph(), rejected=["AP-9"])
    assert [name for name in conclusions() if without[name] != book_states()[name]] == ["AG-5"]


def test_a_conclusion_says_no_more_than_its_support():
    """Every argument carries every part: rejecting what carries one part alone defeats the conclusion."""
    for target in conclusions():
        for part in claims()[target]["parts"]:
            if "by" in part and book_states()[target] == STANDS:
                assert states(book_graph(), rejected=part["by"])[target] != STANDS, (target, part["says"])


def test_the_graph_at_random_is_always_decided_within_its_bounds():
    chance = random.Random(7)
    names = list(book_graph())
    for _ in range(200):
        rejected = chance.sample(names, chance.randrange(30))
        found = states(book_graph(), rejected)
        assert all(found[name] == FALLS for name in rejected)
