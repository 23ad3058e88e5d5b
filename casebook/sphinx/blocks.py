"""Blocks and roles of the argument: claims, and the words of a legal text."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import pandas as pd
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from casebook.argument import history
from casebook.argument.claims import LISTS, PATH, claims
from casebook.argument.questions import bearing, state_in_words
from casebook.data.descriptor import resource
from casebook.data.tables import located
from casebook.sphinx import languages
from casebook.sphinx.domain import domain_of

LOGGER = logging.getLogger(__name__)
OPEN, CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
# Who speaks in the reply and in the answer, by who holds the claim
VOICES = {"book": ("The other side", "Answer"), "other": ("They add", "The book answers")}
MORE = "The other side, our answer, rule and facts"
LANGUAGES = {"en": "English", "fr": "French", "ja": "Japanese", "ko": "Korean", "zh": "Chinese"}


def reference_text(kind: str, identifier: str) -> str:
    """The Markdown that links to an object."""
    return f"{{case:{kind}}}`{identifier}`"


def permalink(words: str, place: str, what: str) -> nodes.reference:
    """The name of a thing as the link to its own place, which is permanent."""
    title = f"Permanent link to this {what}"
    return nodes.reference("", words, refuri=f"#{place}", classes=["permalink"], reftitle=title)


def cross_reference(kind: str, identifier: str, docname: str, words: str = "") -> nodes.Element:
    """A link to an object, resolved by Sphinx like any other; with words of its own if given."""
    return pending_xref(
        "",
        nodes.inline("", words or identifier),
        refdomain="case",
        reftype=kind,
        reftarget=identifier,
        refdoc=docname,
        refwarn=True,
        refexplicit=bool(words),
    )


def joined(links: list[nodes.Node], between: str = "; ") -> list[nodes.Node]:
    """Links with a separator between them."""
    pieces: list[nodes.Node] = []
    for link in links:
        pieces += [nodes.Text(between), link] if pieces else [link]
    return pieces


def merged(pieces: list[nodes.Node]) -> list[nodes.Node]:
    """The same with neighbouring texts made one: each node is visited by some fifty transforms."""
    found: list[nodes.Node] = []
    for piece in pieces:
        if found and isinstance(piece, nodes.Text) and isinstance(found[-1], nodes.Text):
            found[-1] = nodes.Text(found[-1] + piece)
        else:
            found.append(piece)
    return found


Cell: TypeAlias = nodes.Node | list[nodes.Node] | str


def grid(heads: Iterable[str], lines: Iterable[Iterable[Cell]], *classes: str) -> nodes.table:
    """A table with a line of heads; a cell is given as its text or as what stands in it."""
    rows = [[entry(cell) for cell in line] for line in (heads, *lines)]
    group = nodes.tgroup(cols=len(rows[0]))
    group += [nodes.colspec(colwidth=1) for _ in rows[0]]
    head, *body = [nodes.row("", *row) for row in rows]
    group += [nodes.thead("", head), nodes.tbody("", *body)]
    return nodes.table("", group, classes=["listing", *classes])


def entry(cell: Cell) -> nodes.entry:
    if isinstance(cell, str):
        return nodes.entry("", nodes.paragraph("", cell))
    return nodes.entry("", *(cell if isinstance(cell, list) else [cell]))


def load_with(kind: type[nodes.Node], *files: str) -> Callable[..., None]:
    """What gives its scripts and style sheets to pages that hold a node of a kind, and to no other page."""

    def loaded(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
        if doctree is not None and next(doctree.findall(kind), None) is not None:
            for name in files:
                (app.add_js_file if name.endswith(".js") else app.add_css_file)(name)

    return loaded


class FactDirective(SphinxDirective):
    """What the directives of the book share."""

    def parse(self, markdown: str) -> list[nodes.Node]:
        """Parse Markdown, so that text kept in a data file may use roles."""
        holder = nodes.Element()
        source, _ = self.get_source_info()
        self.state.nested_parse(StringList(markdown.splitlines(), source), self.content_offset, holder)
        return holder.children

    def labelled(self, label: str, markdown: str, name: str) -> nodes.container:
        """A paragraph that opens with a bold label."""
        block = nodes.container(classes=[name])
        block += self.parse(f"**{label}.** {markdown}")
        return block

    def refuse(self, message: str) -> list[nodes.Node]:
        LOGGER.warning("%s", message, location=self.get_location(), type="casebook", subtype="block")
        return []


class ClaimDirective(FactDirective):
    """``{claim} NR-1``: a numbered claim with its ground, its reply and our answer."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        identifier = self.arguments[0]
        if identifier not in claims():
            return self.refuse(f"there is no claim {identifier}")
        self.env.note_dependency(str(PATH))
        claim = claims()[identifier]
        domain = domain_of(self.env)
        place = domain.note_object("claim", identifier, claim["title"])
        block = nodes.container(ids=[place], classes=["claim", f"confidence-{claim['confidence']}"])
        block += self.heading(identifier, claim, place)
        block += self.parse(claim["statement"])
        block += self.parse(f"*{in_short(identifier, claim)}*")
        block += nodes.raw("", f"<details class='claim-more'><summary>{MORE}</summary>", format="html")
        block += self.more(identifier, claim)
        block += nodes.raw("", "</details>", format="html")
        return [block]

    def more(self, identifier: str, claim: dict) -> list[nodes.Node]:
        """What unfolds: the grounds, the place in the argument, the reply, the answer, and how sure."""
        replies, answers = VOICES[claim.get("side", "book")]
        confidence = f"{claim['confidence'].capitalize()}. {claim['reason']}" + self.encoded(claim, "weak")
        return [
            self.labelled(replies, claim["reply"] + self.encoded(claim, "reply"), "claim-reply"),
            self.labelled(answers, claim["answer"], "claim-answer"),
            *self.grounds(claim),
            *self.bearing(identifier, claim),
            self.labelled("Confidence", confidence, "claim-confidence"),
            *self.history(identifier),
            *self.doubt(identifier),
        ]

    def doubt(self, identifier: str) -> list[nodes.Node]:
        """The way to the place where the claim can be doubted, if it bears on a conclusion."""
        page = self.config.casebook_pages.get("doubt", "")
        if page not in self.env.found_docs or identifier not in bearing():
            return []
        up = "../" * self.env.docname.count("/")
        link = f'<p class="claim-doubt"><a href="{up}{page}.html#o-{identifier}">Doubt this claim</a></p>'
        return [nodes.raw("", link, format="html")]

    def history(self, identifier: str) -> list[nodes.Node]:
        """What became of the claim from edition to edition, and the corrections that say why."""
        for name in history.TABLES:
            self.env.note_dependency(str(resource(name).path))
        told, why = history.told(identifier), history.touching(identifier)
        words = [f"{told[0].upper()}{told[1:]}."] if told else []
        if why:
            words.append(f"Why: {', '.join(reference_text('evidence', name) for name in why)}.")
        return [self.labelled("History", " ".join(words), "claim-history")] if words else []

    def heading(self, identifier: str, claim: dict, place: str) -> nodes.paragraph:
        line = nodes.paragraph(classes=["claim-title"])
        line += permalink(f"Claim {identifier}", place, "claim")
        line += nodes.Text(f" · {claim['title']} ")
        side = ", argued by the other side" if claim.get("side") == "other" else ""
        line += nodes.inline("", f"({claim['kind']}{side})", classes=["claim-kind"])
        return line

    def grounds(self, claim: dict) -> list[nodes.Node]:
        """Rule and facts, each with its links."""
        labels = {"provisions": "Rule", "authorities": "Authority", "evidence": "Facts"}
        return [
            self.labelled(
                labels[listed],
                "; ".join(reference_text(kind, identifier) for identifier in claim[listed]) + ".",
                f"claim-{listed}",
            )
            for listed, kind in LISTS.items()
            if claim.get(listed)
        ]

    def encoded(self, claim: dict, field: str) -> str:
        """Where in the graph a printed reply or weak point counts, and why the rest does not."""
        named = ", ".join(reference_text("claim", name) for name in claim.get(f"{field}_in", []))
        found = f" *In the graph:* {named}." if named else ""
        if apart := claim.get(f"{field}_apart"):
            found += f" *Not an attack:* {apart}"
        return found

    def bearing(self, identifier: str, claim: dict) -> list[nodes.Node]:
        """What it is argued from, what is said against it, and what becomes of it."""
        found = []
        if "support" in claim:
            ways = [" and ".join(reference_text("claim", name) for name in way) for way in claim["support"]]
            found.append(self.labelled("Argued from", "; or from ".join(ways) + ".", "claim-support"))
        if "attacked_by" in claim:
            against = (
                f"{reference_text('claim', attack['claim'])} ({attack['how']})"
                for attack in claim["attacked_by"]
            )
            found.append(self.labelled("Attacked by", "; ".join(against) + ".", "claim-attacks"))
        if "contested" in claim:
            replies = " ".join(
                f"{reference_text('claim', reply['claim'])} ({reply['how']}): {reply['why']}"
                for reply in claim["contested"]
            )
            found.append(self.labelled("Printed, not drawn", replies, "claim-contested"))
        if "granted" in claim:
            words = f"It changes nothing: {claim['granted'][0].lower()}{claim['granted'][1:]}"
            found.append(self.labelled("In the argument", words, "claim-state"))
        if "outside" in claim:
            words = f"It bears on no conclusion: {claim['outside'][0].lower()}{claim['outside'][1:]}"
            found.append(self.labelled("In the argument", words, "claim-state"))
        return found


def in_short(identifier: str, claim: dict) -> str:
    """What becomes of a claim, and how sure we are of it where that is another thing."""
    state = state_in_words(identifier)
    own = claim["confidence"]
    if state.endswith(f"with {own} confidence"):
        return f"It {state}."
    return f"It {state}; confidence in the claim itself: {own}."


class ExcerptDirective(FactDirective):
    """``{excerpt} RC51-33-1``: the words of a provision as the register has them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        identifier = self.arguments[0]
        try:
            described, record = located(identifier)
        except KeyError:
            return self.refuse(f"there is no provision {identifier}")
        if described.kind != "provision" or pd.isna(record.get("verbatim_excerpt", pd.NA)):
            return self.refuse(f"{identifier} holds no words that were read")
        self.env.note_dependency(str(described.path))
        quote = nodes.block_quote(classes=["excerpt"])
        words = nodes.paragraph(classes=["verbatim"])
        words += verbatim(record["verbatim_excerpt"], record["language"])
        quote += words
        if pd.notna(record["gloss"]):
            quote += self.labelled("In our words", record["gloss"], "gloss")
        quote += self.attribution(identifier, record)
        return [quote]

    def attribution(self, identifier: str, record: dict) -> list[nodes.Node]:
        """Where the words stand, in which language, by which translator, and whether seen."""
        language = LANGUAGES[record["language"]]
        parts = [reference_text("provision", identifier), f"{language} text"]
        if pd.notna(record["translation_by"]):
            parts.append(f"translation: {record['translation_by']}")
        if record["verified"] == "n":
            parts.append("**not verified**")
        parts.append(reference_text("source", record["source_id"]))
        block = nodes.container(classes=["attribution"])
        block += self.parse(" · ".join(parts))
        return [block]


class Verbatim(nodes.inline):
    """Words of a source, in quotation marks and with their language; never our prose."""


def verbatim(words: str, language: str) -> Verbatim:
    """The words as the source has them, its own quotation marks included."""
    return Verbatim("", OPEN + words + CLOSE, lang=language, classes=["verbatim"], support_smartquotes=False)


class Foreign(nodes.inline):
    """Words in another language, marked as such for voices, fonts and hyphenation."""


def foreign_role(name, rawtext, text, lineno, inliner, options=None, content=None):
    """``{zh}`遣返```: a term in Chinese (``zh``), Korean (``ko``) or Japanese (``ja``)."""
    return [Foreign("", text, lang=name.rpartition(":")[2])], []


def visit_foreign(translator, node: Foreign) -> None:
    translator.body.append(f'<span lang="{node["lang"]}">')


def depart_foreign(translator, node: Foreign) -> None:
    translator.body.append("</span>")


def visit_verbatim(translator, node: Verbatim) -> None:
    translator.body.append(translator.starttag(node, "q", "", lang=node["lang"]))


def depart_verbatim(translator, node: Verbatim) -> None:
    translator.body.append("</q>")


class QuoteRole(XRefRole):
    """``{quote}`in any manner whatsoever <RC51-33-1>```: words that the register must hold."""

    def result_nodes(self, document, env, node, is_ref):
        words, identifier = node.astext(), node["reftarget"]
        node["reftype"] = "provision"
        try:
            excerpt = located(identifier)[1].get("verbatim_excerpt")
        except KeyError:
            return [node], []  # the broken link is reported when it is resolved
        if not isinstance(excerpt, str) or words not in excerpt:
            message = f"these words do not stand in the excerpt of {identifier}: {words}"
            LOGGER.warning("%s", message, location=node, type="casebook", subtype="quote")
            return [node], []
        domain = domain_of(env)
        node["ids"].append(domain.note_use("provision", identifier, env.docname))
        node.children = [verbatim(words, located(identifier)[1]["language"])]
        node["refquote"] = True
        return [node], []


def state_role(name, rawtext, text, lineno, inliner, options=None, content=None):
    """``{state}`AG-2```: what becomes of a claim in the argument, and how sure it is."""
    if text not in claims():
        return [], [inliner.reporter.error(f"there is no claim {text}", line=lineno)]
    env = inliner.document.settings.env
    state = state_in_words(text)
    try:
        words = languages.said(env, env.docname, state)
    except KeyError:
        folder = languages.folder_of(env, env.docname)
        message = f"{folder}/words.yml has no words for '{state}', which is what claim {text} does"
        return [], [inliner.reporter.error(message, line=lineno)]
    return [nodes.inline("", words, classes=["claim-state"])], []


def setup(app: Sphinx) -> None:
    app.add_node(Foreign, html=(visit_foreign, depart_foreign))
    app.add_node(Verbatim, html=(visit_verbatim, depart_verbatim))
    app.add_directive_to_domain("case", "claim", ClaimDirective)
    app.add_directive_to_domain("case", "excerpt", ExcerptDirective)
    app.add_role_to_domain("case", "quote", QuoteRole())
    app.add_role_to_domain("case", "zh", foreign_role)
    app.add_role_to_domain("case", "ko", foreign_role)
    app.add_role_to_domain("case", "ja", foreign_role)
    app.add_role_to_domain("case", "state", state_role)
