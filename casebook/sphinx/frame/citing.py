"""What lets a reader cite: the foot of every page, live examples, and the chapters as files."""

import hashlib
from html import escape
from pathlib import Path

import jupytext
from docutils import nodes
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from casebook.data.descriptor import resource, resources
from casebook.project import digest_of_text, is_changed, version
from casebook.publishing.citation import Work, data_date
from casebook.sphinx.blocks import FactDirective
from casebook.sphinx.charts import FILES
from casebook.sphinx.deferred import later, maker
from casebook.sphinx.domain import domain_of
from casebook.sphinx.languages import said as said_in
from casebook.sphinx.registers.lists import Numbered, numbered, plain

LOGGER = logging.getLogger(__name__)
NAMES = {"claim": "Claim", "value": "Value", "evidence": "Row", "provision": "Provision"}


def source_of(env: BuildEnvironment, docname: str) -> bytes:
    return Path(env.doc2path(docname)).read_bytes()


def mark(env: BuildEnvironment, docname: str) -> str:
    """What identifies the content of a page: its text, what it takes in or shows of others, data and code."""
    held = domain_of(env).data
    # Both were noted when all pages were read
    return digest_of_text(docname, env.config.casebook_digest, held["shown"][docname], held["read"][docname])


def work(app: Sphinx, docname: str, part: str = "", anchor: str = "") -> Work:
    """A page, or a thing on it, as something to cite."""
    return Work(
        book=app.config.html_title, author=app.config.author, part=part,
        place=app.builder.get_target_uri(docname) + (f"#{anchor}" if anchor else ""),
        mark=mark(app.env, docname), base=app.config.html_baseurl or "", doi=app.config.casebook_doi,
    )  # fmt: skip


def forms_html(forms: dict[str, str]) -> str:
    entries = (f"<dt>{name}</dt><dd><pre>{escape(text)}</pre></dd>" for name, text in forms.items())
    return f'<dl class="citations">{"".join(entries)}</dl>'


def link(app: Sphinx, here: str, there: str, words: str) -> str:
    """A link to a page of the book; nothing where the book has no such page."""
    if there not in app.env.found_docs:
        return ""
    return f' · <a href="{app.builder.get_relative_uri(here, there)}">{words}</a>'


def edition_line(env: BuildEnvironment, docname: str) -> str:
    """Version and date of the data, in the language of the page."""
    which = "Changed copy of version {}" if is_changed() else "Version {}"
    day = said_in(env, docname, "{0.day} {0:%B} {0.year}").format(data_date())
    dated = said_in(env, docname, "data of {}").format(day)
    return f"{said_in(env, docname, which).format(version())} · {dated}"


def page_foot(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Version, date of the data, downloads and citation, at the foot of every page."""
    said = edition_line(app.env, pagename)
    context["theme_extra_footer"] = f"<p>{said}</p>"  # also on pages without a text of their own
    if doctree is None or "body" not in context:
        return
    part = "" if pagename == app.config.root_doc else app.env.titles[pagename].astext()
    cited = work(app, pagename, part)
    named = app.config.casebook_pages
    links = "".join(
        link(app, pagename, named.get(words, ""), said_in(app.env, pagename, words))
        for words in ("how to cite", "editions")
    )
    told = f"{cited.book} ({cited.edition})"
    cite, this, content = (
        said_in(app.env, pagename, words) for words in ("Cite", "Cite this page", "content")
    )
    context["body"] = context["body"].replace(
        "</h1>", f' <a class="cite-link" href="#cite">{cite}</a></h1>', 1
    )
    context["body"] += (
        f'<div class="page-foot" data-base="{escape(cited.base)}" data-place="{escape(cited.place)}" '
        f'data-edition="{escape(told)}">'
        f"<p>{said} · {content} <code>{cited.mark}</code>{links}</p>{downloads(app, pagename)}"
        f'<details class="cite" id="cite"><summary>{this}</summary>'
        f"{forms_html(cited.forms())}</details>"
        "</div>\n"
    )


def downloads(app: Sphinx, docname: str) -> str:
    """The chapter as files."""
    held = domain_of(app.env).data["files"].get(docname, {})
    up = "../" * docname.count("/")
    words = {"ipynb": "notebook", "md": "text"}
    links = [
        f'<a href="{up}{FILES}/{docname}.{ending}" download>{name} (.{ending})</a>'
        for ending, name in words.items()
        if f"{docname}.{ending}" in held
    ]
    return f"<p>This chapter as a file: {', '.join(links)}</p>" if links else ""


def offer_chapter(app: Sphinx, doctree: nodes.document) -> None:
    """Offer a chapter with code as a notebook without outputs, and as the text it is written in."""
    docname = app.env.docname
    text = source_of(app.env, docname).decode("utf-8")
    if not is_myst_markdown_notebook(text):
        return
    domain = domain_of(app.env)
    domain.note_file(f"{docname}.md", text)
    domain.note_file(f"{docname}.ipynb", as_notebook(text))


def as_notebook(text: str) -> str:
    """A text notebook as ``.ipynb``; cells are named by what they hold, so that builds are equal."""
    notebook, seen = jupytext.reads(text, fmt="md:myst"), set()
    for number, cell in enumerate(notebook.cells):
        name = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
        cell["id"] = f"{name}-{number}" if name in seen else name
        seen.add(name)
    return jupytext.writes(notebook, fmt="ipynb") + "\n"


class CitationDirective(FactDirective):
    """``{citation} claim NR-4``: how a thing is cited, made in each build.

    First the kind (book, page, claim, figure, table, value, evidence, provision, data), then the name.
    """

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        kind, *name = self.arguments
        return [later(self, "citation", kind=kind, name="".join(name))]


class QuotableDirective(FactDirective):
    """``{quotable} answer.md``: a text of the book to copy together with how it is cited.

    The text stands in a file beside the page, so that several pages can show it.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(name)
        block = nodes.container(classes=["quotable"])
        block += self.parse(Path(path).read_text("utf-8"))
        block += later(self, "cited", classes=["cited"])
        return [block]


@maker("cited", cites=True)
def cited(app: Sphinx, docname: str, node: nodes.Element) -> list[nodes.Node]:
    """The page as a citation, in one line."""
    part = "" if docname == app.config.root_doc else app.env.titles[docname].astext()
    return [nodes.paragraph("", work(app, docname, part).plain(), classes=["cited"])]


@maker("citation", cites=True)
def citation(app: Sphinx, docname: str, node: nodes.Element) -> list[nodes.Node]:
    """A citation in full: the plain form at once, the others on request."""
    cited = cited_thing(app, node["kind"], node["name"])
    if cited is None:
        LOGGER.warning(
            "there is no %s %s to cite", node["kind"], node["name"],
            location=node, type="casebook", subtype="citation",
        )  # fmt: skip
        return []
    plain, *others = cited.forms().items()
    html = forms_html(dict([plain])) + (
        f'<details class="cite"><summary>Other forms</summary>{forms_html(dict(others))}</details>'
    )
    return [nodes.raw("", f'<div class="citation-block">{html}</div>', format="html")]


def cited_thing(app: Sphinx, kind: str, name: str) -> Work | None:
    """The work that a kind and a name stand for; None when the book has no such thing."""
    env, domain = app.env, domain_of(app.env)
    if kind == "book":
        return work(app, env.config.root_doc)
    if kind == "page":
        return work(app, name, env.titles[name].astext()) if name in env.titles else None
    if kind == "data":
        return cited_table(app, name) if name in resources() else None
    if kind in ("figure", "table"):
        return next((cited_figure(app, one) for one in numbered(env)[kind] if one.key == name), None)
    place = domain.place_of(kind, name)
    held = domain.object(kind, name)
    if place is None:
        return None
    words = held[2] if held else domain.values()[name][1].meaning
    return work(app, place[0], f"{NAMES[kind]} {name}: {words}", place[1])


def cited_table(app: Sphinx, name: str) -> Work:
    """A table of data, by its place in the data dictionary."""
    described = resource(name)
    title = f"{described.title} (data/{described.descriptor['path']})"
    return work(app, app.config.casebook_pages["data dictionary"], title, f"table-{name.replace('_', '-')}")


def cited_figure(app: Sphinx, one: Numbered) -> Work:
    """A figure or a listed table, by its number and the first sentence of its caption."""
    words = "".join(plain(node, app.env) for node in one.caption).strip().rstrip(".")
    return work(app, one.docname, f"{one.number}: {words}", one.anchor)


def setup(app: Sphinx) -> None:
    app.add_config_value("casebook_doi", "", "html")
    app.add_config_value("casebook_pages", {}, "env")
    app.connect("doctree-read", offer_chapter)
    app.connect("html-page-context", page_foot)
    app.add_directive_to_domain("case", "citation", CitationDirective)
    app.add_directive_to_domain("case", "quotable", QuotableDirective)
