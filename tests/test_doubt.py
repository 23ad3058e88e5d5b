"""What would bring a conclusion down: against brute force, and in the book."""

import itertools
from dataclasses import replace

import pytest
from graphs import DIALECTICAL, framework, graphs, whole
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.argument import questions
from casebook.argument.burden import Settled
from casebook.argument.graph import FALLS, STANDS, UNDECIDED, Node, states
from casebook.argument.questions import (
    book_graph,
    book_states,
    conclusions,
    is_relayed,
    laid_down,
    premises_without,
    presets,
    rests_on_testimony,
)
from casebook.argument.whatif import WORDS, Step, explain, minimal_sets, premises_of


def defeating_by_force(graph, target):
    """Every smallest set of rejected premises with which the target does not stand."""
    found = []
    premises = premises_of(graph, target)
    for size in range(len(premises) + 1):
        for names in map(frozenset, itertools.combinations(premises, size)):
            if not any(less <= names for less in found) and states(graph, rejected=names)[target] != STANDS:
                found.append(names)
    return found


def sufficient_by_force(graph, target):
    """Every smallest set of premises that is enough when all others are rejected."""
    found = []
    premises = premises_of(graph, target)
    for size in range(len(premises) + 1):
        for names in map(frozenset, itertools.combinations(premises, size)):
            spared = [name for name in premises if name not in names]
            if not any(less <= names for less in found) and states(graph, rejected=spared)[target] == STANDS:
                found.append(names)
    return found


@settings(max_examples=80)
@given(graphs(most=8), st.data())
def test_smallest_sets_against_brute_force(graph, data):
    target = whole(data, graph)
    defeating, sufficient = minimal_sets(graph, target)
    assert set(defeating) == set(defeating_by_force(graph, target))
    assert set(sufficient) == set(sufficient_by_force(graph, target))
    assert len(defeating) == len(set(defeating))


def test_two_ways_fall_with_one_premise_of_each():
    graph = {name: Node(name, "dialectical validity", 1) for name in "bcd"}
    graph["a"] = Node("a", "dialectical validity", 1, (("b", "c"), ("d",)))
    defeating, sufficient = minimal_sets(graph, "a")
    assert defeating == [{"b", "d"}, {"c", "d"}]
    assert sufficient == [{"d"}, {"b", "c"}]


def test_the_shortest_sets_come_first_whatever_was_found_first():
    graph = {name: Node(name, DIALECTICAL, 1) for name in "byz"}
    graph["a"] = Node("a", DIALECTICAL, 1, (("b",), ("y", "z")))
    assert minimal_sets(graph, "a") == ([{"b", "y"}, {"b", "z"}], [{"b"}, {"y", "z"}])


def test_of_several_failing_arguments_the_one_that_lacks_least_is_named():
    graph = {name: Node(name, DIALECTICAL, 1) for name in "bcde"}
    graph["a"] = Node("a", DIALECTICAL, 1, (("b", "c"), ("d", "e")))
    doubted = ["b", "c", "e"]
    assert explain(graph, states(graph, doubted), "a", dict.fromkeys(doubted, "rejected"))[0] == Step(
        "a", FALLS, "wanting", ("e",)
    )


# Which premises are left when grounds of a sort are set aside: "-" marks what is set aside
@pytest.mark.parametrize(
    ("claim", "falls"),
    [
        ({"kind": "law", "provisions": ["P"], "authorities": ["-A"]}, False),  # the text is enough
        ({"kind": "law", "provisions": ["P", "-Q"]}, True),  # every text counts
        ({"kind": "law", "authorities": ["-A", "-B"]}, True),  # no text, so it stands on authorities
        ({"kind": "law", "authorities": ["-A", "B"]}, False),  # of which one is enough
        ({"kind": "law", "provisions": ["P"], "evidence": ["-E"]}, False),
        ({"kind": "fact", "evidence": ["-E", "F"]}, False),
        ({"kind": "fact", "evidence": ["-E", "-F"]}, True),
        ({"kind": "fact", "provisions": ["P"], "evidence": ["-E"]}, True),
        ({"kind": "fact", "provisions": ["P"], "evidence": ["E"], "authorities": ["-A"]}, False),
        ({"kind": "fact", "evidence": ["E"], "authorities": ["-A"]}, True),
        ({"kind": "inference", "provisions": ["P"], "authorities": ["-A"]}, True),
        ({"kind": "inference", "provisions": ["P"], "evidence": ["-E"]}, True),
        ({"kind": "inference", "provisions": ["P"]}, False),
        ({"kind": "fact", "evidence": ["-E"], "support": [["B"]]}, False),  # no premise
    ],
)
def test_what_falls_without_its_grounds(monkeypatch, claim, falls):
    monkeypatch.setattr(questions, "claims", lambda: {"A": claim})
    monkeypatch.setitem(questions.SET_ASIDE, "testimony", lambda name: name.startswith("-"))
    assert premises_without("testimony") == (["A"] if falls else [])


def test_an_answer_to_an_attack_is_a_premise_too():
    assert minimal_sets(framework("abc", ["ba", "cb"]), "a")[0] == [{"a"}, {"c"}]


def test_a_claim_that_pulls_both_ways_is_refused():
    graph = framework("abc", ["ba", "ca", "cb"])
    with pytest.raises(ValueError, match="a: counts both ways: c"):
        minimal_sets(graph, "a")


@settings(max_examples=100)
@given(graphs(), st.data())
def test_an_explanation_leads_to_a_ground(graph, data):
    name = data.draw(st.sampled_from(list(graph)))
    rejected = data.draw(st.lists(st.sampled_from(list(graph)), max_size=2))
    standing = states(graph, rejected)
    path = explain(graph, standing, name, dict.fromkeys(rejected, "rejected"))
    assert path[0].name == name
    for step, following in itertools.pairwise(path):
        assert step.links[0] == following.name
    last = path[-1]
    seen = {step.name for step in path}
    assert last.how in ("rejected", "grounds", "carried") or last.links[0] in seen
    assert all(step.links or step.how in ("rejected", "grounds") for step in path)


def claim(name: str, arguments: str = "", rebutted: str = "", undercut: str = "") -> Node:
    """A claim in short: ``"bc d"`` are two arguments, from b with c and from d."""
    return Node(name, DIALECTICAL, 1, tuple(map(tuple, arguments.split())), tuple(rebutted), tuple(undercut))


TOLD = [
    ([claim("a")], "", "a:grounds"),
    ([claim("a", "bc d"), *map(claim, "bcd")], "c-", "a:carried:d"),
    ([claim("a", "b", rebutted="c"), claim("b"), claim("c")], "c-", "a:carried:b"),
    ([claim("a", undercut="b", rebutted="c"), claim("b"), claim("c")], "a-", "a:undercut:b b:grounds"),
    ([claim("a", undercut="bc"), claim("b", "d", undercut="c"), *map(claim, "cd")], "a- c-",
     "a:undercut:b b:unanswered:c c:rebutted:"),
    ([claim("a", rebutted="b"), claim("b", "d", "c"), claim("c", rebutted="d"), claim("d")], "a- c-",
     "a:rebutted:b b:unanswered:c c:rebutted:d d:grounds"),
    ([claim("a", "b c", "d"), *map(claim, "bcd")], "a- b- c?", "a:rebutted:d d:grounds"),
    ([claim("a", "b c", "d"), *map(claim, "bcd")], "a- b- c-", "a:wanting:b b:rebutted:"),
    ([claim("a", "bc d"), claim("b", undercut="a"), *map(claim, "cd")], "a? b? d-",
     "a:wanting:b b:undercut:a"),
    ([claim("a", "b c", "d"), claim("b"), claim("c"), claim("d", rebutted="a")], "a? c? d?",
     "a:rebutted:d d:rebutted:a"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "states_", "path"), TOLD)
def test_each_link_says_what_decides(told, states_, path):
    """What is not named as falling (-) or undecided (?) stands."""
    standing = {node.name: STANDS for node in told}
    standing |= {mark[0]: {"-": FALLS, "?": UNDECIDED}[mark[1]] for mark in states_.split()}
    steps = explain({node.name: node for node in told}, standing, "a", {})
    shown = [f"{step.name}:{step.how}:{''.join(step.links)}" for step in steps]
    assert " ".join(shown).replace("grounds:", "grounds") == path
    assert all(step.state == standing[step.name] for step in steps)


def test_what_is_rejected_or_granted_needs_no_other_reason():
    graph = {"a": claim("a", "b"), "b": claim("b")}
    for how in ("rejected", "granted", "unmet", "presumed"):
        assert explain(graph, {"a": FALLS, "b": STANDS}, "a", {"a": how}) == [Step("a", FALLS, how)]


def test_a_claim_without_its_last_argument_says_so():
    graph = {"a": replace(claim("a"), bare=True)}
    assert explain(graph, states(graph), "a", {}) == [Step("a", FALLS, "bare")]


def test_what_was_laid_down_is_told_apart():
    settled = Settled({}, unmet=frozenset("u"), presumed=frozenset("p"))
    assert laid_down(["r"], ["g"], settled) == {
        "p": "presumed",
        "u": "unmet",
        "g": "granted",
        "r": "rejected",
    }


def test_several_links_are_named_with_commas_between():
    assert Step("A", STANDS, "carried", ("B", "C")).words() == "it is carried by B, C"


def test_explanations_of_the_book_in_words():
    standing = states(book_graph(), rejected=["CA-14"])
    path = explain(book_graph(), standing, "AG-7", {"CA-14": "rejected"})
    assert [(step.name, step.state) for step in path] == [
        ("AG-7", "falls"), ("DF-13", "falls"), ("CA-9", "stands"), ("CA-14", "falls"),
    ]  # fmt: skip
    assert path[1].words() == "it is denied by CA-9"
    assert path[-1].words() == WORDS["rejected"]


@pytest.mark.parametrize("target", conclusions())
def test_the_sets_of_the_book_hold_when_tried(target):
    """Each smallest set defeats, each with one premise fewer does not, and each sufficient set is enough."""
    defeating, sufficient = minimal_sets(book_graph(), target)
    premises = premises_of(book_graph(), target)
    if book_states()[target] != STANDS:
        assert (defeating, sufficient) == ([frozenset()], [])
        return
    assert defeating and sufficient
    for members in defeating:
        assert states(book_graph(), rejected=members)[target] != STANDS
        for spared in members:
            assert states(book_graph(), rejected=members - {spared})[target] == STANDS
        assert all(members & enough for enough in sufficient)
    for enough in sufficient:
        assert states(book_graph(), rejected=set(premises) - enough)[target] == STANDS


def test_the_first_conclusion_falls_with_the_rule_against_torture():
    """While the routes through refugee status are undecided it stands on one route alone."""
    assert frozenset(["NR-6"]) in minimal_sets(book_graph(), "AG-1")[0]
    assert frozenset(["AP-9"]) not in minimal_sets(book_graph(), "AG-1")[0]


def test_what_is_testimony_and_what_is_relayed_is_read_from_the_rows():
    assert rests_on_testimony("RT013") and rests_on_testimony("A-COI42")
    assert not rests_on_testimony("RC51-33-1") and not rests_on_testimony("A-GP")
    assert is_relayed("DCL04-233") and not is_relayed("RC51-33-1")


def test_presets_set_aside_premises_on_both_sides():
    without = premises_without("testimony")
    assert {"TR-2", "DF-5", "TR-7"} <= set(without)
    assert not {"NR-1", "AP-9", "DF-1"} & set(without)
    assert all(not book_graph()[name].arguments for name in without)
    assert presets()["no-testimony"]["rejected"] == without
    assert all(preset["name"] and preset["meaning"] for preset in presets().values())


def test_the_rule_against_return_is_read_at_the_source():
    assert not {"NR-1", "NR-2", "NR-6"} & set(premises_without("relayed"))


def test_states_of_the_book_are_computed_once_and_whole():
    assert book_states() == states(book_graph())
