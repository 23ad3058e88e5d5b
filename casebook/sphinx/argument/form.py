"""The form in which readers doubt premises and links, and the files that hold the whole argument.

The form is written when the page is, complete with labels; the script only computes
states and shows them. Without script the page says so and leaves the tables.
"""

import json
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook import __version__
from casebook.argument import formats
from casebook.argument.claims import LISTS, PATH, claims
from casebook.argument.graph import STANDARDS
from casebook.argument.links import Change, by_claim
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
from casebook.argument.whatif import WORDS
from casebook.data.tables import located
from casebook.sphinx.blocks import FactDirective
from casebook.sphinx.charts import FILES, skip
from casebook.sphinx.domain import CasebookDomain, default_label, domain_of

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
    "cut": "without argument {by}",
    "drop": "without the attack of {by}",
    "rebut": "rebutted by {by}",
    "undercut": "undercut by {by}",
    "raise": "higher standard of proof",
    "lower": "less sure",
    "lift": "surer",
}
WITHOUT_SCRIPT = (
    "The form needs the script of this page, which runs on your machine only. "
    "Without it, the tables below hold the presets and what each brings down."
)


class DoubtForm(nodes.General, nodes.Element):
    """The form; its links are written when every claim has its place."""


class DoubtDirective(FactDirective):
    """``{doubt}``: the form with every premise that bears on a conclusion."""

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


def graph_for_script(address) -> dict:
    """What the script needs: claims, conclusions, presets and the words of an explanation."""
    graph = book_graph()
    return {
        "claims": {
            name: {
                "title": claims()[name]["title"],
                "address": address(name),
                "standard": list(STANDARDS).index(graph[name].standard),
                "weight": graph[name].weight,
                "arguments": graph[name].arguments,
                "rebutted": graph[name].rebutted_by,
                "undercut": graph[name].undercut_by,
            }
            for name in bearing()
        },
        "conclusions": conclusions(),
        "remains": remains(),
        "burdens": {where: borne_by(where) for where in BURDENS},
        "presets": {
            key: {what: preset[what] for what in ("rejected", "granted", "burden")}
            for key, preset in presets().items()
        },
        "words": WORDS,
    }


def form(env: BuildEnvironment, docname: str) -> str:
    """The form as HTML."""
    domain = domain_of(env)

    def address(name: str) -> str:
        return domain.address("claim", name, docname)

    data = json.dumps(graph_for_script(address), ensure_ascii=False).replace("<", "\\u003c")
    return "\n".join([
        f'<p class="doubt-without-script">{WITHOUT_SCRIPT}</p>',
        '<form class="doubt" hidden>',
        _starts(),
        _burden(),
        '<p class="doubt-summary" role="status"></p>',
        '<p class="doubt-left"></p>',
        _results(address),
        _premises(env, domain, address),
        _arrows(address),
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
    return f'<fieldset class="doubt-starts"><legend>Start from</legend>{"".join(buttons)}</fieldset>'


def _burden() -> str:
    steps = ", ".join(burdens())
    choices = "".join(
        f'<label><input type="radio" name="burden" value="{where}"{"" if where else " checked"}> '
        f"{words}</label> "
        for where, words in BURDENS.items()
    )
    legend = f"The burden of proof, where a step is undecided ({steps})"
    return f'<fieldset class="doubt-burden"><legend>{legend}</legend>{choices}</fieldset>'


def _arrows(address) -> str:
    """One line for each claim, with a box for every single change of its links."""
    lines = "".join(
        f'<li><a href="{address(name)}">{name}</a> {escape(claims()[name]["title"])}: '
        f"{' '.join(map(_arrow, changes))}</li>"
        for name, changes in by_claim({n: book_graph()[n] for n in bearing()}, printed_replies()).items()
    )
    return (
        "<details><summary>Doubt the arrows: supports, attacks, standards of proof, confidence</summary>"
        '<fieldset><legend>Tick what to change</legend><ul class="doubt-boxes">'
        f"{lines}</ul></fieldset></details>"
    )


def _arrow(change: Change) -> str:
    short = SHORT[change.what].format(by=change.by)
    return (
        f'<label><input type="checkbox" name="{change.name}" data-what="change" '
        f'aria-label="{escape(change.words())}"> {short}</label>'
    )


def _results(address) -> str:
    rows = "".join(
        f'<tr data-conclusion="{name}"><th scope="row"><a href="{address(name)}">{escape(words)}</a></th>'
        f'<td class="doubt-state">{book_states()[name]}</td><td class="doubt-why"></td></tr>'
        for name, words in conclusions().items()
    )
    heads = "".join(f'<th scope="col">{words}</th>' for words in ("Conclusion", "State", "Why"))
    return (
        '<div class="register-table" tabindex="0" role="region" aria-label="States of the conclusions">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _premises(env: BuildEnvironment, domain: CasebookDomain, address) -> str:
    """The boxes: each chapter's premises, and then what the other side says."""
    groups: dict[str, list[str]] = {}
    for name in bearing():
        if claims()[name].get("side") == "other":
            continue
        if not book_graph()[name].arguments:
            place = domain.place_of("claim", name)
            groups.setdefault(env.titles[place[0]].astext() if place else "", []).append(name)
    parts = [_group(f"Premises of “{chapter}”", names, "keep", address) for chapter, names in groups.items()]
    other = [name for name in bearing() if claims()[name].get("side") == "other"]
    return "\n".join([*parts, _group("Grant what the other side says", other, "grant", address)])


def _group(legend: str, names: list[str], what: str, address) -> str:
    """Boxes of one sort: ``keep`` is ticked until the premise is rejected, ``grant`` is not."""
    ticked = " checked" if what == "keep" else ""
    boxes = "".join(
        f'<li><label><input type="checkbox" name="{name}" data-what="{what}"{ticked}> '
        f'{escape(claims()[name]["title"])}</label> <a href="{address(name)}">{name}</a>'
        '<span class="doubt-aside"></span></li>'
        for name in names
    )
    return f'<fieldset><legend>{escape(legend)}</legend><ul class="doubt-boxes">{boxes}</ul></fieldset>'


def visit_form(translator, node: DoubtForm) -> None:
    translator.body.append(form(translator.builder.env, translator.builder.current_docname))
    raise nodes.SkipNode


def add_script(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Only the page with the form loads its script."""
    if doctree is not None and next(doctree.findall(DoubtForm), None) is not None:
        app.add_js_file(SCRIPT)


def setup(app: Sphinx) -> None:
    app.add_node(DoubtForm, html=(visit_form, None), latex=(skip, None), text=(skip, None))
    app.add_directive_to_domain("case", "doubt", DoubtDirective)
    app.add_directive_to_domain("case", "argument-files", ArgumentFilesDirective)
    app.connect("html-page-context", add_script)
