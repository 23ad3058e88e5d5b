"""A screening: from a made-up person and a day to the routes that are open, closed or undecided.

Answers to questions of fact, texts in force and claims of the book are premises; steps of law
are argued from them, and evaluated as the claims are (:mod:`casebook.argument.graph`). An answer
that is not known leaves its step undecided: what is decided holds whatever the answer will be.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from casebook.analysis.law import IN_FORCE, first_day
from casebook.analysis.law import standing as law_standing
from casebook.argument.claims import read_against, read_yaml
from casebook.argument.graph import (
    FALLS,
    STANDS,
    UNDECIDED,
    Graph,
    Node,
    graph_of,
    in_order,
    states,
)
from casebook.argument.questions import book_graph, book_states
from casebook.data.tables import row
from casebook.project import DATA, PACKAGE

PATH = DATA / "argument" / "screening.yaml"
SCHEMA = PACKAGE / "analysis" / "screening.schema.json"
STATES = {STANDS: "open", FALLS: "closed", UNDECIDED: "undecided"}  # what a state makes of a route
ANSWER = re.compile(r"(yes|no) (\w+)")
TEXT = re.compile(r"(now|then) (\S+)")


@dataclass(frozen=True)
class Profile:
    """A made-up person and a day.

    Attributes:
        day: the day of decision, ``YYYY-MM-DD``.
        left: when the person left the DPRK: a year, a month or a day.
        answers: what is known, by question; a question that is missing is not answered.
    """

    day: str
    left: str
    answers: Mapping[str, bool] = field(default_factory=dict)


@cache
def _file() -> dict:
    return read_yaml(PATH.read_text(encoding="utf-8"))


def questions() -> dict[str, dict]:
    """What an examiner asks, by identifier."""
    return {entry["id"]: entry for entry in _file()["questions"]}


def steps() -> dict[str, dict]:
    """The steps of law, by identifier, in their order."""
    return {entry["id"]: entry for entry in _file()["steps"]}


def routes() -> dict[str, dict]:
    """The routes, by the step to which each leads."""
    return {entry["step"]: entry for entry in _file()["routes"]}


def profiles() -> dict[str, dict]:
    """The made-up profiles of the book, by identifier, each with its name and what it shows."""
    return {entry["id"]: entry for entry in _file()["profiles"]}


def findings() -> list[dict]:
    """How a coded finding of a court is put to the screening: what it answers, holds or denies."""
    return _file()["findings"]


def in_court() -> dict[str, bool]:
    """Answers that are taken for granted in a decided case."""
    return _file()["in_court"]


def profile(name: str) -> Profile:
    """One of the profiles of the book."""
    entry = profiles()[name]
    return Profile(entry["day"], entry["left"], entry["answers"])


@cache
def drawn() -> dict[str, Node]:
    """The steps as a graph; what they stand on differs from profile to profile."""
    return graph_of(steps().values())


@cache
def premises() -> tuple[str, ...]:
    """What the steps stand on and is no step itself: answers, texts and claims, each once."""
    named = (name for node in drawn().values() for name in (*node.supporters, *node.attackers))
    return tuple(name for name in dict.fromkeys(named) if name not in drawn())


def graph(asked: Profile) -> dict[str, Node]:
    """The steps as they stand for a profile, with each premise in the state that the profile gives it."""
    found = {name: premise(name, *_given(name, asked)) for name in premises()}
    return found | drawn()


@cache
def premise(name: str, state: str, weight: int) -> Node:
    """A premise in a given state: it stands, it is bare, or it hangs, denied by itself."""
    denied = (name,) if state == UNDECIDED else ()
    return Node(name, "scintilla of evidence", weight, undercut_by=denied, bare=state == FALLS)


def _given(name: str, asked: Profile) -> tuple[str, int]:
    """The state of a premise and its weight, which counts only for claims of the book."""
    if found := ANSWER.fullmatch(name):
        answer = asked.answers.get(found[2])
        if answer is None:
            return UNDECIDED, 1
        return (STANDS if answer == (found[1] == "yes") else FALLS), 1
    if found := TEXT.fullmatch(name):
        return _in_force(found[2], asked.day if found[1] == "now" else _left(asked)), 1
    return book_states()[name], book_graph()[name].weight


def _left(asked: Profile) -> str:
    """When the person left; not known where it would be after the day of decision."""
    return asked.left if asked.left and asked.day and first_day(asked.left) <= first_day(asked.day) else ""


@cache
def _in_force(provision: str, when: str) -> str:
    """Whether a text stood at a time; where that is not known, or it was not read, it is undecided."""
    if not when:
        return UNDECIDED
    text = row(provision)
    how = law_standing(text, when, when)
    if how is None:
        return FALLS
    return STANDS if how == IN_FORCE and text["verified"] == "y" else UNDECIDED


def screened(asked: Profile) -> dict[str, str]:
    """The state of every step and premise for a profile."""
    return states(graph(asked))


def open_points(graph: Graph, standing: Mapping[str, str], route: str) -> tuple[list[str], list[str]]:
    """What an undecided route hangs on: questions to ask, and texts, claims or steps that are open.

    From the route down, only through what is undecided. Steps are open by themselves where
    two of them are made and deny each other with equal force.
    """
    seen: dict[str, None] = {}
    waiting = [route]
    while waiting:
        name = waiting.pop()
        if name not in seen and standing[name] == UNDECIDED:
            seen[name] = None
            waiting += [*_hoped_for(graph[name], standing), *graph[name].attackers]
    answers = [found[2] for name in seen if (found := ANSWER.fullmatch(name))]
    made = {name for name in seen if _is_made(graph[name], standing)}
    equals = {name for name in made if made.intersection(graph[name].attackers)}
    premises_left = {name for name in seen if name not in steps() and not ANSWER.fullmatch(name)}
    return [name for name in questions() if name in answers], sorted(premises_left | equals)


def _hoped_for(node: Node, standing: Mapping[str, str]) -> list[str]:
    """What stands under a step in the arguments that may still be made."""
    left = (argument for argument in node.arguments if all(standing[name] != FALLS for name in argument))
    return [name for argument in left for name in argument]


def _is_made(node: Node, standing: Mapping[str, str]) -> bool:
    """Whether some argument for a step is whole."""
    return any(all(standing[name] == STANDS for name in argument) for argument in node.arguments)


def errors_in(path: Path, claims_path: Path, kinds: Mapping[str, str]) -> Iterator[str]:
    """Everything wrong with a file of screening: entry, field and rule.

    Args:
        path: the file.
        claims_path: a sound file of claims.
        kinds: what kind of row each name stands for.
    """
    where = f"data/{PATH.relative_to(DATA).as_posix()}"
    said, faults = read_against(path, SCHEMA, where)
    yield from faults
    if said is not None:
        named = {claim["id"]: "claim" for claim in read_yaml(claims_path.read_text(encoding="utf-8"))}
        yield from (f"{where}, {message}" for message in _meaning(said, {**kinds, **named}))


def _meaning(said: Mapping, kinds: Mapping[str, str]) -> Iterator[str]:
    """What a schema cannot see: names of nothing, names given twice, circles, questions that nothing asks."""
    asked = {entry["id"] for entry in said["questions"]}
    for listed in ("questions", "steps", "profiles"):
        for name, times in Counter(entry["id"] for entry in said[listed]).items():
            if times > 1:
                yield f"{listed}, entry {name}: this name is taken by an earlier entry"
    yield from _names(said, asked, kinds)
    drawn = graph_of(said["steps"])
    whole = drawn | {name: premise(name, STANDS, 1) for name in _loose(drawn)}
    if circle := drawn.keys() - set(in_order(whole)):
        yield f"entry {min(circle)}: steps support each other in a circle: {', '.join(sorted(circle))}"
    used = {found[2] for name in _loose(drawn) if (found := ANSWER.fullmatch(name))}
    for name in sorted(asked - used):
        yield f"questions, entry {name}: no step stands on the answer"


def _loose(drawn: Graph) -> set[str]:
    return {name for node in drawn.values() for name in (*node.supporters, *node.attackers)} - set(drawn)


def _names(said: Mapping, asked: Collection[str], kinds: Mapping[str, str]) -> Iterator[str]:
    """Values that name no question, no text, no claim, no step or no row of the right kind."""
    drawn = graph_of(said["steps"])
    for step, node in drawn.items():
        for name in dict.fromkeys((*node.supporters, *node.attackers)):
            if name not in drawn and (fault := _no_premise(name, asked, kinds)):
                yield f"steps, entry {step}, value {name!r}: {fault}"
    for entry in said["steps"]:
        for listed, kind in (("provisions", "provision"), ("authorities", "authority")):
            for name in entry.get(listed, []):
                if kinds.get(name) != kind:
                    where = f"steps, entry {entry['id']}, field {listed}"
                    yield f"{where}, value {name!r}: there is no such {kind}"
    for entry in said["routes"]:
        if entry["step"] not in drawn:
            yield f"routes, value {entry['step']!r}: there is no such step"
    answered = [(f"profiles, entry {entry['id']}", entry["answers"]) for entry in said["profiles"]]
    answered += [(_finding(entry), entry.get("answers", {})) for entry in said["findings"]]
    for where, answers in [*answered, ("in_court", said["in_court"])]:
        for name in sorted(answers.keys() - asked):
            yield f"{where}, value {name!r}: there is no such question"
    for entry in said["findings"]:
        for name in [*entry.get("holds", []), *entry.get("denies", [])]:
            if name not in drawn:
                yield f"{_finding(entry)}, value {name!r}: there is no such step"


def _finding(entry: Mapping) -> str:
    return f"findings, entry {entry['issue']} {entry['code']}"


def _no_premise(name: str, asked: Collection[str], kinds: Mapping[str, str]) -> str:
    if found := ANSWER.fullmatch(name):
        return "" if found[2] in asked else "there is no such question"
    if found := TEXT.fullmatch(name):
        return "" if kinds.get(found[2]) == "provision" else "there is no such provision"
    return "" if kinds.get(name) == "claim" else "there is no such step or claim"
