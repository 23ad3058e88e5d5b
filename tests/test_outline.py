"""The argument as an outline: each claim unfolded once, and what stands beside it."""

import re
from collections import Counter

import pytest
from graphs import DIALECTICAL, graphs
from hypothesis import given
from hypothesis import strategies as st

from casebook.argument.graph import FALLS, STANDS, UNDECIDED, Node, bearing_on, states
from casebook.argument.outline import NOTES, note, outlines, route_state, routes_left, sides
from casebook.argument.questions import bearing, book_graph, book_states, conclusions
from casebook.figures.argument import broken, roles, routes
from casebook.sphinx.argument.outline import Writer, summary


def lines(graph, roots):
    return [line for root in outlines(graph, roots) for line in root.lines()]


def node(name, *arguments, rebutted="", undercut=""):
    return Node(name, DIALECTICAL, 1, tuple(map(tuple, arguments)), tuple(rebutted), tuple(undercut))


@given(graphs(), st.data())
def test_every_claim_that_bears_on_a_root_is_unfolded_once(graph, data):
    roots = data.draw(st.lists(st.sampled_from(list(graph)), min_size=1, unique=True))
    found = Counter(line.name for line in lines(graph, roots) if line.first)
    assert found == dict.fromkeys({name for root in roots for name in bearing_on(graph, root)}, 1)


@given(graphs(), st.data())
def test_a_line_says_whether_its_place_was_before(graph, data):
    roots = data.draw(st.lists(st.sampled_from(list(graph)), min_size=1, unique=True))
    seen = set()
    for line in lines(graph, roots):
        holds = bool(graph[line.name].arguments or graph[line.name].attackers)
        where = "here" if line.first else "above" if line.name in seen else "below"
        assert line.place == (where if holds else "")
        if line.first:
            seen.add(line.name)


def test_a_root_has_its_place_at_the_top_even_if_an_earlier_outline_meets_it():
    graph = {"a": node("a", "b"), "b": node("b", "c"), "c": node("c")}
    first, second = outlines(graph, ["a", "b"])
    assert [line.name for line in first.lines()] == ["a", "b"]
    assert [(line.name, line.place) for line in second.lines()] == [("b", "here"), ("c", "")]


def test_the_step_is_denied_before_the_claim():
    graph = {"a": node("a", rebutted="b", undercut="c"), "b": node("b"), "c": node("c")}
    assert [(line.name, line.how) for line in lines(graph, "a")] == [
        ("a", ""), ("c", "undercuts"), ("b", "rebuts"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("held", "state"),
    [("ss", STANDS), ("su", UNDECIDED), ("uf", FALLS), ("sf", FALLS)],
)
def test_a_route_is_no_better_than_its_worst_claim(held, state):
    words = {"s": STANDS, "u": UNDECIDED, "f": FALLS}
    standing = dict(enumerate(words[letter] for letter in held))
    assert route_state(standing, standing) == state


def test_the_routes_that_are_left_and_what_is_their_own():
    graph = {"a": node("a", "bx", "cx", "dx"), **{name: node(name) for name in "bcdx"}}
    standing = dict.fromkeys("abcx", STANDS) | {"d": FALLS}
    assert routes_left(graph, standing, "a") == [1, 2]
    assert [sides(graph, "a", number) for number in (1, 2, 3)] == [["b"], ["c"], ["d"]]


def test_what_stands_beside_a_claim():
    graph = {"a": node("a", "b", rebutted="c"), "b": node("b"), "c": node("c")}
    standing = {"a": FALLS, "b": STANDS, "c": STANDS}
    assert note(graph, standing, "a", True) == ("answered", ("c",))
    assert note(graph, standing, "a", False) == ("denied", ("c",))
    assert note(graph, standing | {"a": UNDECIDED, "c": UNDECIDED}, "a", True) == ("because", ("c",))
    assert note(graph, standing | {"b": FALLS, "c": FALLS}, "a", False) == ("because", ("b",))
    assert note(graph, standing, "b", False) == ("", ())
    assert note(graph, standing | {"c": FALLS}, "c", False) == ("", ())  # nothing in the graph says why
    assert set(NOTES) >= {"answered", "denied", "because"}


def test_a_counter_argument_of_the_book_names_its_answer():
    assert note(book_graph(), book_states(), "CA-3", True) == ("answered", ("CA-4",))


def test_the_fold_says_in_words_what_it_holds():
    roots = {root.name: root for root in outlines(book_graph(), conclusions())}
    found = {line.name: summary(line) for root in roots.values() for line in root.lines() if line.first}
    assert found["AG-1"] == "3 routes lead to it"
    assert found["CA-6"] == "1 claim carries it, 1 speaks against it"
    assert found["CA-9"] == "1 claim answers it"
    assert found["CA-5"] == "2 claims answer it"
    assert found["CA-14"] == "1 claim speaks against it"


def test_the_lines_are_written_with_words_for_who_says_it():
    root = outlines(book_graph(), ["CA-6"])[0]
    written = Writer(lambda name: f"#{name}", opened=("CA-6",)).outline(root)
    assert written.startswith(
        '<li id="o-CA-6" data-c="CA-6"><div><i class="u">ours</i> <a href="#CA-6">CA-6</a>'
    )
    assert '<em>Denies it:</em> <i class="t">theirs</i> <a href="#CA-5">CA-5</a>' in written
    assert 'answered by <a href="#o-BP-7">BP-7</a>' in written
    assert written.count("<details open>") == 1
    assert written.count("<details") == written.count("</details>")
    assert re.findall(r"Route \d of \d: [a-z ]+", written)[0] == "Route 1 of 2: all of these together "


def test_the_conclusions_unfold_all_that_bears_on_them():
    assert {line.name for line in lines(book_graph(), conclusions()) if line.first} == set(bearing())


def drawn(narrow):
    graph = {"a": node("a", "bx", "cx"), "b": node("b", "d"), "x": node("x", "d", "e"), "c": node("c")}
    graph |= {name: node(name) for name in "de"}
    return graph, routes(
        graph, states(graph, ["c"]), {name: f"The claim {name}" for name in graph}, "a", "e", narrow=narrow
    )


@pytest.mark.parametrize("narrow", [False, True])
def test_the_overview_names_every_claim_once_and_links_it(narrow):
    graph, figure = drawn(narrow)
    words = " ".join(text.get_text() for text in figure.axes[0].texts)
    linked = {patch.get_url() for patch in figure.axes[0].patches if patch.get_url()}
    assert {f"row:{name}|Claim {name}: The claim {name}" for name in graph} == linked
    assert "falls" in words and ("as above" in words) == narrow
    wide, high = figure.get_size_inches()
    assert wide == (3.4 if narrow else 6.8) and 1 < high < 9
    assert all(text.get_fontsize() >= 7.5 for text in figure.axes[0].texts)


def test_no_box_lies_over_another():
    _, figure = drawn(False)
    frames = [patch.get_bbox() for patch in figure.axes[0].patches if patch.get_url()]
    for number, one in enumerate(frames):
        assert not any(one.overlaps(other) for other in frames[number + 1 :])


def test_a_claim_needed_on_every_route_is_told_from_those_of_one():
    graph, _ = drawn(False)
    assert roles(graph, "a") == {"b": ", route 1 of 2", "x": ", on every route", "c": ", route 2 of 2"}


def test_words_are_broken_where_the_room_ends():
    lines = broken("There are people whom China may not send back", 1.0)
    assert len(lines) > 2 and " ".join(lines) == "There are people whom China may not send back"
