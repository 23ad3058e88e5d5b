"""The way out: plain Sphinx 9, without Jupyter Book, makes the same book of the same sources.

Run by 'make exit' and not by 'make test', since it executes every chapter once more. It works on
a copy of the project, in an environment of its own (requirements-exit.lock).
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import NOT_COPIED
from sphinx.util.inventory import InventoryFile

from casebook.build.bootstrap import ENVIRONMENTS
from casebook.project import BUILD, ROOT

COPY = BUILD / "exit"
PYTHON = ENVIRONMENTS["exit"][0] / "bin" / "python"


def done(*command: str | Path) -> str:
    """Run a command in the copy, whose own package is then the one imported."""
    environment = os.environ | {"PYTHONPATH": str(COPY)}
    ran = subprocess.run(command, cwd=COPY, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def plain() -> Path:
    """The book as plain Sphinx makes it from the conf.py that Jupyter Book writes."""
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(ROOT, COPY, ignore=NOT_COPIED)
    done(ROOT / ".venv" / "bin" / "jupyter-book", "config", "sphinx", ".")
    settings = COPY / "conf.py"
    written = settings.read_text("utf-8")
    without = written.replace(" 'jupyter_book',", "")
    assert without != written
    settings.write_text(without, "utf-8")
    done(PYTHON, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q", ".", "_build/html")
    return COPY / "_build" / "html"


def pages(book: Path) -> dict[str, str]:
    """Address to text of every page: what a reader reads, without the frame of the theme.

    The mark at its foot stands for the software too, which is another here.
    """

    def text(page: Path) -> str:
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        words = " ".join((soup.article or soup.body).get_text(" ").split())
        return re.sub(r"\b[0-9a-f]{16}\b", "mark", words)

    return {page.relative_to(book).as_posix(): text(page) for page in sorted(book.rglob("*.html"))}


def objects(book: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """Kind to name to address and label of everything that can be linked to."""
    with (book / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", os.path.join)
    return {kind: {name: held[2:] for name, held in names.items()} for kind, names in found.items()}


def test_jupyter_book_is_not_there(plain):
    names = "import importlib.util as u, sphinx; print(u.find_spec('jupyter_book'), sphinx.version_info[0])"
    assert done(PYTHON, "-c", names).split() == ["None", "9"]


def test_claims_and_values_are_the_same(site, plain):
    ours, theirs = objects(site), objects(plain)
    assert len(ours["case:claim"]) > 50 and len(ours["case:value"]) > 200
    for kind in ours:
        assert theirs[kind] == ours[kind], kind


def test_pages_are_the_same_and_say_the_same(site, plain):
    ours, theirs = pages(site), pages(plain)
    assert len(ours) > 60 and theirs.keys() == ours.keys()
    differing = {name for name in ours if theirs[name] != ours[name]}
    assert differing == {"book/reference/status.html"}, "which names the software, and that alone"
