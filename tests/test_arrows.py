"""Doubt about the arrows and about the burden of proof: by worked examples and by properties."""

import itertools

import pytest
from graphs import DIALECTICAL, apart, framework, graphs, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from test_argument import by_definition

from casebook.argument.burden import ALLEGERS, STATE, settle
from casebook.argument.graph import FALLS, STANDS, UNDECIDED, Node, graph_of, states
from casebook.argument.links import (
    SORTS,
    WORDS,
    Change,
    by_claim,
    changed,
    contested,
    moving,
    pairs_moving,
    possible,
)
from casebook.argument.questions import (
    book_graph,
    book_states,
    burdens,
    conclusions,
    presets,
    printed_replies,
    under,
)

ORDER = {FALLS: 0, UNDECIDED: 1, STANDS: 2}
PREPONDERANCE = "preponderance of the evidence"


def small() -> dict[str, Node]:
    """A conclusion on two arguments, one of them under an attack that is answered."""
    return {
        "a": Node("a", PREPONDERANCE, 2, (("b", "c"), ("d",))),
        "b": Node("b", PREPONDERANCE, 2, rebutted_by=("x",)),
        "c": Node("c", DIALECTICAL, 3),
        "d": Node("d", DIALECTICAL, 3, undercut_by=("y",)),
        "x": Node("x", DIALECTICAL, 1),
        "y": Node("y", DIALECTICAL, 1),
    }


@pytest.mark.parametrize(
    ("name", "claim", "expected"),
    [
        ("cut:1:a", "a", Node("a", PREPONDERANCE, 2, (("d",),))),
        ("cut:2:a", "a", Node("a", PREPONDERANCE, 2, (("b", "c"),))),
        ("drop:x:b", "b", Node("b", PREPONDERANCE, 2)),
        ("drop:y:d", "d", Node("d", DIALECTICAL, 3)),
        ("rebut:y:b", "b", Node("b", PREPONDERANCE, 2, rebutted_by=("x", "y"))),
        ("undercut:y:b", "b", Node("b", PREPONDERANCE, 2, rebutted_by=("x",), undercut_by=("y",))),
        ("raise:b", "b", Node("b", DIALECTICAL, 2, rebutted_by=("x",))),
        ("raise:c", "c", Node("c", DIALECTICAL, 3)),
        ("lower:b", "b", Node("b", PREPONDERANCE, 1, rebutted_by=("x",))),
        ("lower:x", "x", Node("x", DIALECTICAL, 1)),
        ("lift:x", "x", Node("x", DIALECTICAL, 2)),
        ("lift:c", "c", Node("c", DIALECTICAL, 3)),
    ],
)
def test_what_one_change_does(name, claim, expected):
    what, *by, of = name.split(":")
    change = Change(what, of, *by)
    assert change.name == name and change.claim == claim
    assert changed(small(), [change]) == small() | {claim: expected}


def test_a_claim_that_loses_its_last_argument_falls_and_a_premise_does_not():
    both = [Change("cut", "a", "1"), Change("cut", "a", "2")]
    graph = changed(small(), both)
    assert graph["a"] == Node("a", PREPONDERANCE, 2, bare=True)
    assert states(graph)["a"] == FALLS and states(graph)["c"] == STANDS


def test_arguments_keep_the_numbers_of_the_book_when_several_are_taken_away():
    graph = {"a": Node("a", DIALECTICAL, 1, (("b",), ("c",), ("d",)))}
    for two in itertools.permutations([Change("cut", "a", "1"), Change("cut", "a", "3")]):
        assert changed(graph, two)["a"].arguments == (("c",),)


def test_the_single_changes_that_move_a_conclusion_are_found():
    """d is struck out by y, so a hangs on its first argument."""
    found = {change.name: state for change, state in moving(small(), "a").items()}
    assert found == {"cut:1:a": FALLS, "lower:b": FALLS, "lift:x": FALLS, "raise:b": FALLS}


def test_what_hangs_on_no_single_change_may_hang_on_two():
    graph = small() | {"y": Node("y", DIALECTICAL, 1, undercut_by=("z",)), "z": Node("z", DIALECTICAL, 1)}
    assert moving(graph, "a") == {}
    pairs = {tuple(change.name for change in pair) for pair in pairs_moving(graph, "a")}
    assert ("cut:1:a", "cut:2:a") in pairs and ("cut:1:a", "drop:z:y") in pairs
    assert ("drop:z:y", "raise:b") in pairs
    assert ("lift:x", "lower:b") not in pairs, "both strike the same argument"


def test_a_reply_that_is_printed_and_not_drawn_can_be_drawn():
    usual = {"kind": "law", "confidence": "high"}
    claims = [usual | {"id": "a", "contested": [{"claim": "x", "how": "undercuts", "why": "a reason"}]}]
    assert contested(claims) == [Change("undercut", "a", "x")]
    graph = graph_of([*claims, usual | {"id": "x"}])
    assert states(graph)["a"] == STANDS
    assert moving(graph, "a", contested(claims)) == {Change("undercut", "a", "x"): FALLS}


@settings(max_examples=100)
@given(graphs(), st.data())
def test_a_change_moves_a_claim_only_the_way_that_is_said(graph, data):
    target = whole(data, graph)
    before = ORDER[states(graph)[target]]
    for change, way in possible(graph, target).items():
        after = ORDER[states(changed(graph, [change]))[target]]
        assert after <= before if way < 0 else after >= before, change


@settings(max_examples=60)
@given(graphs(most=5), st.data())
def test_single_changes_against_brute_force_over_the_whole_graph(graph, data):
    graph = {name: apart(node) for name, node in graph.items()}
    target = data.draw(st.sampled_from(list(graph)))
    every = [change for changes in by_claim(graph).values() for change in changes]
    expected = {change: by_definition(changed_by_hand(graph, change))[target] for change in every}
    before = by_definition(graph)[target]
    assert moving(graph, target) == {c: state for c, state in expected.items() if state != before}


def changed_by_hand(graph, change):
    """The same change made on its own terms; a claim without arguments left attacks itself out of the way."""
    node = graph[change.claim]
    arguments, rebutted, undercut = list(node.arguments), list(node.rebutted_by), list(node.undercut_by)
    ladder = ["scintilla of evidence", PREPONDERANCE, DIALECTICAL]
    standard, weight = node.standard, node.weight
    if change.what == "cut":
        del arguments[int(change.by) - 1]
        arguments = arguments or [("nobody",)]
    elif change.what == "drop":
        rebutted = [name for name in rebutted if name != change.by]
        undercut = [name for name in undercut if name != change.by]
    elif change.what == "raise":
        standard = ladder[ladder.index(standard) + 1]
    else:
        weight += {"lift": 1, "lower": -1}[change.what]
    return graph | {
        node.name: Node(node.name, standard, weight, tuple(arguments), tuple(rebutted), tuple(undercut))
    }


# The burden of proof


def test_an_undecided_step_goes_against_who_bears_the_burden():
    graph = framework("ab", ["ab", "ba"]) | {"c": Node("c", DIALECTICAL, 1, (("a",),))}
    assert states(graph)["c"] == UNDECIDED
    assert settle(graph, {}).standing == states(graph)
    failed = settle(graph, {"a": ALLEGERS})
    assert failed.standing == {"a": FALLS, "b": STANDS, "c": FALLS} and failed.unmet == {"a"}
    presumed = settle(graph, {"a": STATE})
    assert presumed.standing == {"a": STANDS, "b": FALLS, "c": STANDS} and presumed.presumed == {"a"}


@pytest.mark.parametrize("bearer", [ALLEGERS, STATE])
def test_a_burden_does_not_touch_what_is_decided(bearer):
    graph = small()
    assert settle(graph, dict.fromkeys(graph, bearer)).standing == states(graph)


def test_what_is_presumed_still_needs_its_own_grounds():
    graph = framework("abx", ["ab", "ba"]) | {
        "c": Node("c", DIALECTICAL, 1, (("x",),), rebutted_by=("a",)),
    }
    assert settle(graph, {"c": STATE}, rejected=["x"]).standing["c"] == FALLS
    assert settle(graph, {"c": STATE}).standing["c"] == STANDS


@settings(max_examples=100)
@given(graphs(), st.data())
def test_no_step_with_a_burden_is_left_undecided_for_want_of_proof(graph, data):
    steps = data.draw(st.lists(st.sampled_from(list(graph)), unique=True))
    found = settle(graph, dict.fromkeys(steps, ALLEGERS))
    assert not [name for name in steps if found.standing[name] == UNDECIDED]
    assert not found.presumed


# In the book


def test_the_links_of_the_book_hold_when_tried():
    """What is said to move a conclusion does, and everything else does not."""
    replies = printed_replies()
    every = {c for changes in by_claim(book_graph(), replies).values() for c in changes}
    for target in conclusions():
        found = moving(book_graph(), target, replies)
        for change in every:
            after = states(changed(book_graph(), [change]))[target]
            assert after == found.get(change, book_states()[target]), (target, change)


def test_every_sort_of_change_has_its_words():
    assert sorted(itertools.chain(*SORTS.values())) == sorted(WORDS)


def test_every_printed_reply_could_be_drawn():
    for reply in printed_replies():
        assert reply.by not in book_graph()[reply.claim].attackers, reply


def test_the_burden_makes_a_difference_in_the_book():
    """The presets are of use only while the steps they decide are open."""
    open_steps = [step for step in burdens() if book_states()[step] == UNDECIDED]
    assert open_steps
    on = {where: under(where=where).standing for where in ("allegers", "state")}
    for step in open_steps:
        assert (on["allegers"][step], on["state"][step]) == (FALLS, STANDS)
    assert any(on["allegers"][name] != on["state"][name] for name in conclusions())
    assert {"allegers", "state"} <= {preset["burden"] for preset in presets().values()}
