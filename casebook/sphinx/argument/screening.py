"""The screening on the page: questions to answer, routes that follow, and the steps that lead to them.

It is written with one made-up profile, so that it can be read without script. The script renews the
states; nothing that is answered leaves the page or is kept.
"""

import json
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook.analysis.screening import (
    ANSWER,
    PATH,
    STATES,
    TEXT,
    drawn,
    graph,
    open_points,
    premises,
    profile,
    profiles,
    questions,
    routes,
    steps,
)
from casebook.argument.claims import PATH as CLAIMS
from casebook.argument.claims import claims
from casebook.argument.graph import STANDARDS, UNDECIDED, Graph, Node, states
from casebook.argument.outline import ATTACKS
from casebook.argument.questions import book_graph, book_states
from casebook.data.tables import row
from casebook.sphinx.argument.form import SCRIPT as EVALUATOR
from casebook.sphinx.argument.outline import STYLE as OUTLINE
from casebook.sphinx.blocks import FactDirective, load_with
from casebook.sphinx.charts import skip
from casebook.sphinx.domain import default_label, domain_of

SCRIPT, STYLE = "screening.js", "screening.css"
WHEN = {"now": "on the day of the decision", "then": "when the person left"}
WITHOUT_SCRIPT = (
    "Without script this page shows one made-up profile: {name}. "
    "To answer for yourself, let the script of the page run, which works on your machine only."
)
FIELDS = (
    '<p><label>Day of the decision <input type="date" name="day" value="{day}" required></label> '
    '<label>The person left the DPRK in <input name="left" value="{left}" size="10" '
    'pattern="[0-9]{{4}}(-[0-9]{{2}}(-[0-9]{{2}})?)?" '
    'title="A year, or a month as 2019-05; empty if not known"></label></p>'
)


class Screening(nodes.General, nodes.Element):
    """The questions with the routes and the steps; written when every claim has its place."""


class ScreeningDirective(FactDirective):
    """``{screening} church``: the screening, written with that made-up profile."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        if self.arguments[0] not in profiles():
            return self.refuse(f"there is no made-up profile {self.arguments[0]}")
        for path in (PATH, CLAIMS):
            self.env.note_dependency(str(path))
        domain_of(self.env).note_mentions("claim", [name for name in premises() if name in claims()])
        return [Screening(profile=self.arguments[0])]


class Writer:
    """Writes the screening into one page."""

    def __init__(self, env: BuildEnvironment, docname: str, name: str):
        self.domain, self.docname, self.name = domain_of(env), docname, name
        self.asked = profile(name)
        self.graph = graph(self.asked)
        self.standing = states(self.graph)

    def page(self) -> str:
        name = profiles()[self.name]["name"]
        data = json.dumps(for_script(), ensure_ascii=False).replace("<", "\\u003c")
        return "\n".join([
            f'<p class="screening-without-script">{escape(WITHOUT_SCRIPT.format(name=name))}</p>',
            '<form class="screening">',
            self.starts(),
            '<div class="doubt-bar"><p class="unseen" role="status"></p>'
            f"<ul>{''.join(map(self.chip, routes()))}</ul></div>",
            f'<div class="outline screening-routes"><ul>{"".join(map(self.route, routes()))}</ul></div>',
            f'<div class="screening-asked" hidden>{FIELDS.format(day=self.asked.day, left=self.asked.left)}',
            *(self.group(name, list(asked)) for name, asked in groupby(questions().values(), group_of)),
            '<p><button type="button" data-share>Make an address of these answers</button> '
            '<button type="reset">Back to the first profile</button></p></div>',
            f'<div class="outline screening-steps"><ul>{"".join(map(self.step, steps()))}</ul></div>',
            "</form>",
            f'<script type="application/json" id="screening-data">{data}</script>',
        ])  # fmt: skip

    def starts(self) -> str:
        """A button for each made-up profile."""
        buttons = "".join(
            f'<button type="button" data-profile="{name}" aria-pressed="{str(name == self.name).lower()}" '
            f'title="{escape(entry["shows"])}">{escape(entry["name"])}</button>'
            for name, entry in profiles().items()
        )
        return f"<fieldset hidden><legend>Start from a made-up profile</legend>{buttons}</fieldset>"

    def group(self, name: str, asked: list[dict]) -> str:
        choices = "".join(map(self.question, asked))
        return f"<fieldset><legend>{escape(name)}</legend>{choices}</fieldset>"

    def question(self, entry: dict) -> str:
        answer = {None: "", True: "yes", False: "no"}[self.asked.answers.get(entry["id"])]
        options = "".join(
            f'<option value="{value}"{" selected" if value == answer else ""}>{words}</option>'
            for value, words in (("", "not known"), ("yes", "yes"), ("no", "no"))
        )
        words = escape(entry["asks"])
        return f'<label><span>{words}</span> <select name="{entry["id"]}">{options}</select></label>'

    def chip(self, name: str) -> str:
        """A route in the bar that stays in sight."""
        words = escape(routes()[name]["name"])
        return f'<li><a href="#{place(name)}">{words} {self.outcome(name)}</a></li>'

    def outcome(self, name: str) -> str:
        state = self.standing[name]
        return f'<b class="{state}" data-route="{name}">{STATES[state]}</b>'

    def route(self, name: str) -> str:
        """A route: its question, whether it is open, and what it hangs on."""
        asks = f"{escape(routes()[name]['asks'])} {self.outcome(name)}"
        return (
            f'<li><div><a href="#{place(name)}">{name}</a> {asks}'
            f'<small data-open="{name}">{hangs_on(self.graph, self.standing, name)}</small></div></li>'
        )

    def step(self, name: str) -> str:
        """A step: what it says, what it stands on, its law, and what the others reply."""
        entry = steps()[name]
        theirs = entry.get("side") == "other"
        whose = '<i class="t">theirs</i>' if theirs else '<i class="u">ours</i>'
        reply = "We reply" if theirs else "They reply"
        law = self.law([*entry.get("provisions", []), *entry.get("authorities", [])])
        title = f'<a href="#{place(name)}">{name}</a> {escape(entry["title"])}'
        return (
            f'<li id="{place(name)}"><div>{whose} {title}'
            f"{self.state(name)}</div><p>{escape(entry['says'])}{law}</p>"
            f"<details><summary>What it stands on, and the reply</summary>{self.grounds(name)}"
            f"<p><strong>{reply}:</strong> {escape(entry['reply'])}</p></details></li>\n"
        )

    def grounds(self, name: str) -> str:
        """The arguments for a step, any one enough, and what is said against it."""
        node = drawn()[name]
        first = "Way {}" if len(node.arguments) > 1 else "It stands on"
        lists = [
            self.listed(first.format(number) + (" (all of these)" if len(argument) > 1 else ""), argument)
            for number, argument in enumerate(node.arguments, start=1)
        ]
        for how, attackers in (("undercuts", node.undercut_by), ("rebuts", node.rebutted_by)):
            if attackers:
                lists.append(self.listed(ATTACKS[how].capitalize(), attackers))
        return "".join(lists)

    def listed(self, words: str, names: Iterable[str]) -> str:
        return f"<p>{words}:</p><ul>{''.join(map(self.premise, names))}</ul>"

    def premise(self, name: str) -> str:
        """What a step stands on, in words, with its state."""
        if found := ANSWER.fullmatch(name):
            words = f"{escape(questions()[found[2]]['asks'])} <em>{found[1].capitalize()}.</em>"
        elif found := TEXT.fullmatch(name):
            words = f"{self.link('provision', found[2])} in force {WHEN[found[1]]}"
        elif name in steps():
            words = f'<a href="#{place(name)}">{name}</a> {escape(steps()[name]["title"])}'
        else:
            words = f"{self.link('claim', name)} {escape(claims()[name]['title'])}"
        return f"<li><div>{words}{self.state(name)}</div></li>"

    def law(self, names: list[str]) -> str:
        links = [self.link("authority" if name.startswith("A-") else "provision", name) for name in names]
        return f" <small>{'; '.join(links)}</small>" if links else ""

    def link(self, kind: str, name: str) -> str:
        words = name if kind == "claim" else default_label(kind, name)
        return f'<a href="{self.domain.address(kind, name, self.docname)}">{escape(words)}</a>'

    def state(self, name: str) -> str:
        state = self.standing[name]
        return f' <b class="{state}" data-n="{escape(name)}">{state}</b>'


def group_of(entry: dict) -> str:
    return entry["group"]


def place(name: str) -> str:
    """The anchor of a step."""
    return name.lower()


def hangs_on(drawn: Graph, standing: Mapping[str, str], route: str) -> str:
    """What an undecided route hangs on, in words: the same as the script writes."""
    if standing[route] != UNDECIDED:
        return ""
    ask, law = open_points(drawn, standing, route)
    asked = " ".join(questions()[name]["asks"] for name in ask)
    return (f" To ask: {asked}" if ask else "") + (f" Disputed: {', '.join(law)}." if law else "")


def for_script() -> dict:
    """What the script needs: questions, premises, steps, routes and profiles."""
    return {
        "questions": {name: entry["asks"] for name, entry in questions().items()},
        "premises": {name: _premise(name) for name in premises()},
        "steps": {name: _step(node) for name, node in drawn().items()},
        "routes": {name: entry["name"] for name, entry in routes().items()},
        "words": STATES,
        "profiles": {
            name: {key: entry[key] for key in ("day", "left", "answers")}
            for name, entry in profiles().items()
        },
    }


def _premise(name: str) -> dict:
    """How the script finds the state of a premise: from an answer, the dates of a text, or the book."""
    if found := ANSWER.fullmatch(name):
        return {"question": found[2], "answer": found[1]}
    if found := TEXT.fullmatch(name):
        dates = [row(found[2])[column] for column in ("in_force_from", "in_force_to", "known_until")]
        read = row(found[2])["verified"] == "y"
        return {"on": found[1], "dates": ["" if pd.isna(date) else date for date in dates], "read": read}
    return {"state": book_states()[name], "weight": book_graph()[name].weight}


def _step(node: Node) -> dict:
    return {
        "standard": list(STANDARDS).index(node.standard),
        "weight": node.weight,
        "arguments": node.arguments,
        "rebutted": node.rebutted_by,
        "undercut": node.undercut_by,
    }


def visit_screening(translator, node: Screening) -> None:
    builder = translator.builder
    translator.body.append(Writer(builder.env, builder.current_docname, node["profile"]).page())
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(Screening, html=(visit_screening, None), latex=(skip, None), text=(skip, None))
    app.add_directive_to_domain("case", "screening", ScreeningDirective)
    app.connect("html-page-context", load_with(Screening, EVALUATOR, SCRIPT, OUTLINE, STYLE))
