"""Terms of the glossary, marked where a chapter first uses them.

The definition shows when the term is pointed at or reached with the keyboard, without script.
"""

import re
from functools import cache
from html import escape

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from casebook.sphinx.blocks import Foreign, Verbatim
from casebook.sphinx.domain import domain_of, is_register
from casebook.sphinx.registers.lists import plain


class Hint(nodes.inline):
    """A term at its first use in a chapter: a link to the glossary that shows the definition."""


NOT_MARKED: tuple[type, ...] = (
    nodes.title,
    nodes.caption,
    nodes.reference,
    addnodes.pending_xref,
    nodes.literal,
)
NOT_MARKED += (nodes.table, nodes.literal_block, nodes.figure, nodes.raw, nodes.term, Verbatim, Foreign, Hint)


def note_terms(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the terms of a glossary with their definitions in plain words."""
    held = domain_of(app.env).data["terms"]
    for glossary in doctree.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            meaning = " ".join(shown(line, app.env) for line in item.children[-1].findall(nodes.paragraph))
            for term in item.findall(nodes.term):
                # "illegal entrant, illegal crosser" are two names of one thing
                for name in term.astext().split(", "):
                    held.setdefault(app.env.docname, {})[name] = (term["ids"][0], meaning)


def shown(node: nodes.Node, env: BuildEnvironment) -> str:
    """A definition as light HTML: words, each in its language, without links."""
    if isinstance(node, Foreign):
        return f'<span lang="{node["lang"]}">{escape(node.astext())}</span>'
    if isinstance(node, nodes.Text | addnodes.pending_xref):
        return escape(plain(node, env)).replace("\n", " ")
    return "".join(shown(child, env) for child in node.children)


class MarkTerms(SphinxPostTransform):
    """Mark the first use of each term in each chapter."""

    default_priority = 1  # while quotations and links can still be told from running text
    formats = ("html",)

    def run(self, **kwargs) -> None:
        here = self.env.docname
        if is_register(self.env, here) or here == self.env.config.root_doc:
            return
        texts = [text for text in self.document.findall(nodes.Text) if running(text)]
        for docname, terms in domain_of(self.env).data["terms"].items():
            target, marked = self.app.builder.get_relative_uri(here, docname), set()
            for name, (place, meaning) in terms.items():
                hint = Hint("", "", uri=f"{target}#{place}", place=place, meaning=meaning)
                if place not in marked and mark(texts, pattern_of(name), hint):
                    marked.add(place)


def mark(texts: list[nodes.Text], pattern: re.Pattern, hint: Hint) -> bool:
    """Mark a term where it is first used; the text gives way to what stands before and after it."""
    for number, text in enumerate(texts):
        if found := pattern.search(text):
            hint += nodes.Text(found.group())
            before, after = nodes.Text(text[: found.start()]), nodes.Text(text[found.end() :])
            text.parent.replace(text, [piece for piece in (before, hint, after) if piece.astext()])
            texts[number : number + 1] = [piece for piece in (before, after) if piece]
            return True
    return False


@cache
def pattern_of(name: str) -> re.Pattern:
    """The term or its plural as a word by itself; with a capital only where a sentence begins.

    So "refugee" is found in neither "Refugee Agency" nor "refugee-status".
    """
    first = re.escape(name[0])
    capital = rf"(?:(?<=[.?] )|(?<=[.?]\n)|^){first.upper()}"
    return re.compile(rf"(?<![\w-])(?:{first}|{capital}){re.escape(name[1:])}s?(?![\w-])")


def running(text: nodes.Text) -> bool:
    """Whether a text is the author's running text."""
    node, in_paragraph = text.parent, False
    while node is not None:
        if isinstance(node, NOT_MARKED) or "cell" in node.get("classes", ()):
            return False
        in_paragraph = in_paragraph or isinstance(node, nodes.paragraph)
        node = node.parent
    return in_paragraph


def visit_hint(translator, node: Hint) -> None:
    name = f"hint-{node['place']}"
    translator.body.append(f'<span class="hint"><a href="{escape(node["uri"])}" aria-describedby="{name}">')


def depart_hint(translator, node: Hint) -> None:
    name = f"hint-{node['place']}"
    translator.body.append(f'</a><span role="tooltip" id="{name}">{node["meaning"]}</span></span>')


def leave_words(translator, node: Hint) -> None:
    """Other builders set the bare words."""


def setup(app: Sphinx) -> None:
    none = (leave_words, leave_words)
    app.add_node(Hint, html=(visit_hint, depart_hint), latex=none, text=none)
    app.add_post_transform(MarkTerms)
    app.connect("doctree-read", note_terms)
