"""The outline in which readers walk the argument and doubt it, and the files that hold all of it.

The outline is written when the page is, with the states of the book, and needs no script to be read.
The script sets a box beside each claim that can be rejected or granted, and renews the states.
"""

import json
from collections import Counter
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook import __version__
from casebook.argument import formats
from casebook.argument.claims import LISTS, PATH, claims
from casebook.argument.graph import FALLS, STANDARDS, STANDS, UNDECIDED, Node
from casebook.argument.links import Change, by_claim
from casebook.argument.outline import NOTES, outlines, routes_left, sides
from casebook.argument.questions import PATH as ASKED
from casebook.argument.questions import (
    bearing,
    book_graph,
    book_states,
    borne_by,
    burdens,
    conclusions,
    presets,
    printed_replies,
    remains,
)
from casebook.argument.whatif import WORDS, Step, explain
from casebook.data.tables import located
from casebook.sphinx.argument.outline import STYLE, Writer, counted, is_theirs, mark, place
from casebook.sphinx.blocks import FactDirective, load_with
from casebook.sphinx.charts import FILES, skip
from casebook.sphinx.domain import default_label, domain_of

SCRIPT = "doubt.js"
# On whom the burden of proof is laid, by the word that stands in the address of the form
BURDENS = {
    "": "on nobody: what is undecided stays so",
    "allegers": "on those who allege a breach",
    "state": "on the State that holds the facts",
    "placed": "step by step, as the authorities place it",
}
# What a box for one change says beside the claim whose links it alters
SHORT = {
    "cut": "without route {by}",
    "drop": "without the attack of {by}",
    "rebut": "denied by {by}",
    "undercut": "step denied by {by}",
    "raise": "higher standard of proof",
    "lower": "less sure",
    "lift": "surer",
}
IS = {STANDS: "stands", FALLS: "falls", UNDECIDED: "is undecided"}  # states as predicates
WITHOUT_SCRIPT = (
    "Without script this page shows the argument as the book has it, to be unfolded line by line. "
    "To doubt it, let the script of the page run, which works on your machine only. "
    "The tables below the outline hold the presets and what each brings down."
)
LEGEND = (
    '<p class="legend"><i class="u">A filled square:</i> the book says it. '
    '<i class="t">A hollow triangle:</i> the other side says it. '
    "Who <em>denies it</em> says that the claim is wrong; "
    "who <em>denies the step</em> says that it does not follow from what is offered for it. "
    "What falls was answered; what is undecided is denied with equal force, or rests on what is.</p>"
)


class DoubtForm(nodes.General, nodes.Element):
    """The outline with its form; it is written when every claim has its place."""


class DoubtDirective(FactDirective):
    """``{doubt}``: the outline with every claim that bears on a conclusion."""

    def run(self) -> list[nodes.Node]:
        for path in (PATH, ASKED):
            self.env.note_dependency(str(path))
        domain_of(self.env).note_mentions("claim", bearing())
        return [DoubtForm()]


class ArgumentFilesDirective(FactDirective):
    """``{argument-files}``: links to the argument as Argdown and as AIF."""

    def run(self) -> list[nodes.Node]:
        for path in (PATH, ASKED):
            self.env.note_dependency(str(path))
        domain = domain_of(self.env)
        rows = {row for claim in claims().values() for listed in LISTS for row in claim.get(listed, [])}
        labels = {row: default_label(located(row)[0].kind, row) for row in sorted(rows)}
        beside = {
            "contested": [{"change": reply.name, "words": reply.words()} for reply in printed_replies()],
            "burdens": list(burdens().values()),
            "links": formats.links(book_graph(), conclusions(), printed_replies()),
        }
        graph = formats.aif(claims(), labels, beside)
        domain.note_file("argument.argdown", formats.argdown(claims(), self.config.project, __version__))
        domain.note_file("argument.aif.json", json.dumps(graph, ensure_ascii=False, indent=1) + "\n")
        up = "../" * self.env.docname.count("/")
        line = nodes.paragraph(classes=["chart-files"])
        for name, words in (("argument.argdown", "Argdown"), ("argument.aif.json", "AIF (JSON)")):
            line += nodes.reference("", words, refuri=f"{up}{FILES}/{name}", classes=["download"])
            line += nodes.Text(" ")
        return [line]


def graph_for_script() -> dict:
    """What the script needs: claims, conclusions, presets and the words of an explanation."""
    graph = book_graph()
    changes = by_claim({name: graph[name] for name in bearing()}, printed_replies())
    return {
        "claims": {name: _claim(graph[name], changes.get(name, [])) for name in bearing()},
        "conclusions": conclusions(),
        "remains": remains(),
        "burdens": {where: borne_by(where) for where in BURDENS},
        "presets": {
            key: {what: preset[what] for what in ("rejected", "granted", "burden")}
            for key, preset in presets().items()
        },
        "words": WORDS,
        "notes": NOTES,
        "short": SHORT,
        "is": IS,
    }


def _claim(node: Node, changes: list[Change]) -> dict:
    """A claim as the script evaluates it, with the names of the single changes of its links."""
    return {
        "title": claims()[node.name]["title"],
        "theirs": is_theirs(node.name),
        "standard": list(STANDARDS).index(node.standard),
        "weight": node.weight,
        "arguments": node.arguments,
        "rebutted": node.rebutted_by,
        "undercut": node.undercut_by,
        "changes": [change.name for change in changes],
    }


def form(env: BuildEnvironment, docname: str) -> str:
    """The outline of every conclusion, with what a reader chooses and what follows from it."""
    domain = domain_of(env)

    def address(name: str) -> str:
        return domain.address("claim", name, docname)

    roots = list(conclusions())
    writer = Writer(address, opened=(roots[0],), below=_reasons)
    lines = "".join(map(writer.outline, outlines(book_graph(), roots)))
    data = json.dumps(graph_for_script(), ensure_ascii=False).replace("<", "\\u003c")
    return "\n".join([
        f'<p class="doubt-without-script">{WITHOUT_SCRIPT}</p>',
        '<form class="doubt">',
        _starts(),
        _burden(),
        _bar(),
        f"<details><summary>What remains, in words</summary><p class='doubt-left'>{_left()}</p></details>",
        LEGEND,
        '<p hidden><button type="button" data-open="all">Open everything</button>'
        '<button type="button" data-open="none">Close everything</button></p>',
        f'<div class="outline"><ul>{lines}</ul></div>',
        "</form>",
        f'<script type="application/json" id="doubt-data">{data}</script>',
    ])  # fmt: skip


def _starts() -> str:
    buttons = ['<button type="button" data-preset="" aria-pressed="true">Nothing doubted</button>']
    buttons += [
        f'<button type="button" data-preset="{key}" aria-pressed="false" title="{escape(preset["meaning"])}">'
        f"{escape(preset['name'])}</button>"
        for key, preset in presets().items()
    ]
    return f'<fieldset class="doubt-starts" hidden><legend>Start from</legend>{"".join(buttons)}</fieldset>'


def _burden() -> str:
    steps = ", ".join(burdens())
    choices = "".join(
        f'<label><input type="radio" name="burden" value="{where}"{"" if where else " checked"}> '
        f"{words}</label> "
        for where, words in BURDENS.items()
    )
    legend = f"The burden of proof, where a step is undecided ({steps})"
    return f'<fieldset class="doubt-burden" hidden><legend>{legend}</legend>{choices}</fieldset>'


def _bar() -> str:
    """The result, which stays in sight: a chip for each conclusion, and the same in a sentence."""
    chips = "".join(
        f'<li><a href="#{place(name)}" title="{escape(words)}" data-k="{name}">{mark(name)} {name} '
        f'<b class="{book_states()[name]}">{book_states()[name]}</b></a></li>'
        for name, words in conclusions().items()
    )
    return (
        f'<div class="doubt-bar"><ul>{chips}</ul><p role="status">{_counts()} {_main_route()}</p>'
        '<p hidden><button type="button" data-open="changed">Open all that changed</button></p></div>'
    )


def _left() -> str:
    """What remains, in words: a sentence made of the conclusions that stand."""
    standing = [name for name in conclusions() if book_states()[name] == STANDS]
    return f"What remains: {'; '.join(f'{remains()[name]} ({name})' for name in standing) or 'nothing'}."


def _counts() -> str:
    """How many conclusions are in each state."""
    found = Counter(book_states()[name] for name in conclusions())
    stand = counted(found[STANDS], "stands", "stand")
    undecided = counted(found[UNDECIDED], "is undecided", "are undecided")
    fall = counted(found[FALLS], "falls", "fall")
    return f"Of {len(conclusions())} conclusions {stand}, {undecided}, {fall}."


def _main_route() -> str:
    """On which routes the first conclusion stands; alone on one, which that is."""
    main = next(iter(conclusions()))
    left = routes_left(book_graph(), book_states(), main)
    if not left:
        return f"No route to {main} stands."
    if len(left) > 1:
        return f"{main} stands on {len(left)} routes."
    named = " and ".join(f"“{short(name)}” ({name})" for name in sides(book_graph(), main, left[0]))
    return f"{main} stands on one route alone: {named}."


def short(name: str) -> str:
    """What a claim is called where there is little room."""
    return conclusions().get(name, claims()[name]["title"])


def _reasons(name: str) -> str:
    """Under a conclusion: why it stands, falls or is undecided, in sentences."""
    if name not in conclusions():
        return ""
    steps = "".join(f"<li>{_sentence(step)}</li>" for step in explain(book_graph(), book_states(), name, {}))
    summary = f"Why it {IS[book_states()[name]]}"
    return f'<details class="why"><summary>{summary}</summary><ol>{steps}</ol></details>'


def _sentence(step: Step) -> str:
    """One link of an explanation, with titles: the same as the script writes."""
    before, _, after = WORDS[step.how].partition("{names}")
    return f"{_titled(step.name)} {IS[step.state]}: {before}{', '.join(map(_titled, step.links))}{after}."


def _titled(name: str) -> str:
    return f'“{escape(claims()[name]["title"])}” (<a href="#{place(name)}">{name}</a>)'


def visit_form(translator, node: DoubtForm) -> None:
    translator.body.append(form(translator.builder.env, translator.builder.current_docname))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(DoubtForm, html=(visit_form, None), latex=(skip, None), text=(skip, None))
    app.add_directive_to_domain("case", "doubt", DoubtDirective)
    app.add_directive_to_domain("case", "argument-files", ArgumentFilesDirective)
    app.connect("html-page-context", load_with(DoubtForm, SCRIPT, STYLE))
