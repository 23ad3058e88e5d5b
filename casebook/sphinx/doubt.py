"""The form in which readers doubt premises, and the files that hold the whole argument.

The form is written when the page is, complete with labels; the script only computes
states and shows them. Without script the page says so and leaves the tables.
"""

import json
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook import __version__, exports
from casebook.argument import STANDARDS
from casebook.claims import LISTS, PATH, claims
from casebook.doubt import WORDS
from casebook.questions import PATH as ASKED
from casebook.questions import bearing, book_graph, book_states, conclusions, presets
from casebook.sphinx.blocks import FactDirective
from casebook.sphinx.charts import FILES, skip
from casebook.sphinx.domain import CasebookDomain, default_label, domain_of
from casebook.tables import located

SCRIPT = "doubt.js"
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
        self.env.note_dependency(str(PATH))
        domain = domain_of(self.env)
        rows = {row for claim in claims().values() for listed in LISTS for row in claim.get(listed, [])}
        labels = {row: default_label(located(row)[0].kind, row) for row in sorted(rows)}
        graph = exports.aif(claims(), labels)
        domain.note_file("argument.argdown", exports.argdown(claims(), self.config.project, __version__))
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
        "presets": {
            key: {"rejected": p["rejected"], "granted": p["granted"]} for key, p in presets().items()
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
        '<p class="doubt-summary" role="status"></p>',
        _results(address),
        _premises(env, domain, address),
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
    CasebookDomain.directives |= {"doubt": DoubtDirective, "argument-files": ArgumentFilesDirective}
    app.connect("html-page-context", add_script)
