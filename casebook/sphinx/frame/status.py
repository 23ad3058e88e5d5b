"""The page that says with what the book was made, and what each chapter read.

How long a chapter took differs from build to build, so it stands in a file of its own
(``times.js``), the only one of the book that two builds do not share; it fills the
column of the page when the page is opened.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

from docutils import nodes
from sphinx.application import Sphinx

from casebook.build.environment import direct_dependencies
from casebook.execution.chapters import READ, SECONDS
from casebook.project import TIMES
from casebook.sphinx.blocks import FactDirective

FILL = """\
// How long each chapter took to execute, in seconds, when it was last executed. Written by
// each build; no other file of the book differs between two builds of the same sources.
for (const [chapter, seconds] of Object.entries(%s)) {
  const cell = document.querySelector(`[data-chapter="${chapter}"]`);
  if (cell) cell.textContent = seconds;
}
"""


class StatusDirective(FactDirective):
    """``{status}``: software with versions; chapters with what they read and how long they took."""

    def run(self) -> list[nodes.Node]:
        noted = Path(self.config.nb_execution_cache_path, READ)
        self.env.note_dependency(str(noted))
        read = json.loads(noted.read_text(encoding="utf-8")) if noted.is_file() else {}
        software = {"python": python_version()}
        software |= versions(direct_dependencies(groups=False))
        up = "../" * self.env.docname.count("/")
        html = table_of(["Software", "Version"], [row(name, text) for name, text in software.items()])
        chapters = [chapter_row(*each) for each in read.items()]
        html += table_of(["Chapter", "Data", "Modules", "Seconds"], chapters)
        html += f'<script defer src="{up}{TIMES}"></script>\n'
        return [nodes.raw("", html, format="html")]


def versions(names: Iterable[str]) -> dict[str, str]:
    """The versions of packages that are installed; plain Sphinx does without some."""
    found = {}
    for name in names:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def row(head: str, *cells: str, last: str = "") -> str:
    shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(head)}</th>{shown}{last}</tr>\n'


def chapter_row(chapter: str, read: list[str]) -> str:
    """A chapter with the names of the data and modules that it read; the time is filled in later."""
    data = [Path(name).stem for name in read if name.startswith("data/")]
    modules = [name.removesuffix("/__init__.py") for name in read if name.endswith(".py")]
    modules = [Path(name).stem for name in modules]
    seconds = f'<td data-chapter="{escape(chapter)}">\N{EM DASH}</td>'
    return row(chapter, ", ".join(data), ", ".join(modules), last=seconds)


def table_of(heads: list[str], rows: list[str]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    opening = '<div class="register-table" tabindex="0" role="region"'
    return (
        f'{opening} aria-label="{heads[0]}"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{''.join(rows)}</tbody></table></div>\n"
    )


def write_times(app: Sphinx, error: Exception | None) -> None:
    noted = Path(app.config.nb_execution_cache_path, SECONDS)
    if not error and app.builder.format == "html" and noted.is_file():
        Path(app.outdir, TIMES).write_text(FILL % noted.read_text(encoding="utf-8"), encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "status", StatusDirective)
    app.connect("build-finished", write_times)
