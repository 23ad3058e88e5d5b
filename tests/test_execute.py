"""Chapters are executed strictly, and an output is used only while all that was read is the same."""

import os
import subprocess
import sys

import nbformat
import pytest
import small
from notebook import HEADER

from casebook import project as project_module
from casebook.checks import package
from casebook.checks.package import JUDGES
from casebook.execution.chapters import (
    SETTINGS,
    Failure,
    chapters,
    execute_one,
    failure_in,
    prepare_environment,
)
from casebook.execution.outputs import Output, keep, kept
from casebook.project import ROOT, digest, read_digest

CHAPTER = (
    HEADER
    + """
# A chapter

```{code-cell} ipython3
number = 1
```

```{code-cell} ipython3
{second}
```
"""
)


def notebook(*outputs: list) -> nbformat.NotebookNode:
    """A notebook with a paragraph before each code cell."""
    book = nbformat.v4.new_notebook()
    for held in outputs:
        book.cells.append(nbformat.v4.new_markdown_cell("Words."))
        book.cells.append(nbformat.v4.new_code_cell("1", outputs=held))
    return book


STREAM = nbformat.v4.new_output("stream", name="stderr", text="FutureWarning: soon\n")
PRINTED = nbformat.v4.new_output("stream", name="stdout", text="fine")
RAISED = nbformat.v4.new_output("error", ename="KeyError", evalue="'EV999'", traceback=[])


def test_a_quiet_chapter_has_no_failure():
    assert failure_in("book/a.md", notebook([], [PRINTED]), None) is None


def test_an_exception_names_chapter_and_code_cell():
    failure = failure_in("book/a.md", notebook([PRINTED], [], [RAISED]), ValueError("whatever"))
    assert str(failure) == "book/a.md, code cell 3: KeyError: 'EV999'"


def test_words_on_stderr_are_a_failure():
    failure = failure_in("book/a.md", notebook([], [PRINTED, STREAM]), None)
    assert failure == Failure("book/a.md", 2, "text on stderr: FutureWarning: soon")


def test_a_kernel_that_dies_is_a_failure():
    failure = failure_in("book/a.md", notebook([]), RuntimeError("Kernel died"))
    assert failure == Failure("book/a.md", 0, "Kernel died")


def execute(second: str, folder, monkeypatch) -> tuple:
    """A chapter of two cells; its kernel watches over the real project."""
    for name in SETTINGS:
        monkeypatch.setenv(name, os.environ.get(name, ""))
    prepare_environment()
    monkeypatch.setattr("casebook.execution.outputs.ROOT", folder)
    path = folder / "chapter.md"
    path.write_text(CHAPTER.replace("{second}", second), "utf-8")
    return execute_one(path)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("number / 0", "ZeroDivisionError"),
        ("import sys; print('soon', file=sys.stderr)", "text on stderr: soon"),
    ],
)
def test_a_faulty_cell_stops_its_chapter(tmp_path, monkeypatch, second, reason):
    output, failure = execute(second, tmp_path, monkeypatch)
    assert output is None
    assert (failure.chapter, failure.cell) == ("chapter.md", 2)
    assert failure.reason.startswith(reason)


def test_only_chapters_with_code_are_executed():
    found = [path.relative_to(ROOT).as_posix() for path in chapters()]
    assert "book/law/non-refoulement.md" in found
    assert not any(path.startswith("book/reference/") for path in found)


# What an output depends on


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data"
    (folder / "law").mkdir(parents=True)
    (folder / "a.csv").write_text("a\n")
    (folder / "law" / "b.csv").write_text("b\n")
    return folder


def rename(folder):
    (folder / "a.csv").rename(folder / "c.csv")


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "law" / "b.csv").write_text("c\n"),
        lambda folder: (folder / "new.csv").write_text(""),
        lambda folder: (folder / "a.csv").unlink(),
        rename,
    ],
    ids=["changed", "added", "removed", "renamed"],
)
def test_the_digest_follows_every_file(folder, change):
    before = digest(folder)
    change(folder)
    assert digest(folder) != before


def test_the_digest_passes_over_what_cannot_change_a_result(folder):
    before = digest(folder)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_bytes(b"1")
    (folder / ".DS_Store").write_bytes(b"1")
    assert digest(folder) == before


def test_the_digest_does_not_depend_on_where_the_folder_lies(folder, tmp_path):
    before = digest(folder)
    (tmp_path / "elsewhere").mkdir()
    assert digest(folder.rename(tmp_path / "elsewhere" / "data")) == before


@pytest.mark.parametrize("place", ["DATA", "PACKAGE", "LOCK"])
def test_the_book_depends_on_data_package_and_lock(project, monkeypatch, place):
    before = project_module.execution_digest()
    copy = project / getattr(project_module, place).relative_to(ROOT)
    monkeypatch.setattr(project_module, place, copy)
    assert project_module.execution_digest() == before
    changed = copy if copy.is_file() else next(path for path in copy.rglob("*.*") if path.is_file())
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert project_module.execution_digest() != before


@pytest.mark.parametrize(
    ("name", "other"),
    [("installed", ["pandas-0.1"]), ("importable", ["casebook/values.so"])],
)
def test_every_output_depends_on_what_is_installed(monkeypatch, name, other):
    before = project_module.environment_digest()
    monkeypatch.setattr(project_module, name, lambda: other)
    assert project_module.environment_digest() != before


def test_a_place_for_packages_need_not_exist(monkeypatch):
    """Debian's Python names some that it does not make."""
    before, places = project_module.installed(), project_module.site.getsitepackages()
    monkeypatch.setattr(project_module.site, "getsitepackages", lambda: [*places, "/nowhere/dist-packages"])
    assert project_module.installed() == before != []


# What a chapter read

WAYS = f"""
import io, os, pathlib, pandas
os.chdir({str(ROOT)!r})
open("data/law/statuses.csv").close()
io.open_code(os.path.abspath("casebook/analysis/bounds.py")).close()
pathlib.Path("data/map/places.csv").read_bytes()
pandas.read_csv("data/law/penalties.csv")
os.close(os.open(b"data/law/positions.csv", os.O_RDONLY))
os.listdir("data/record")
from casebook.analysis.rounding import *
"""
READ = {
    "data/law/statuses.csv", "casebook/analysis/bounds.py", "data/map/places.csv", "data/law/penalties.csv",
    "data/law/positions.csv", "data/record", "casebook/analysis/rounding.py", "casebook/analysis/__init__.py",
    "casebook/__init__.py",
}  # fmt: skip


def test_whatever_way_a_file_is_read_it_is_noted(tmp_path, monkeypatch):
    output, failure = execute(WAYS.strip(), tmp_path, monkeypatch)
    assert failure is None
    assert set(output.read) == READ
    assert output.read["data/law/statuses.csv"] == digest(ROOT / "data" / "law" / "statuses.csv")


def test_a_chapter_depends_on_no_more_than_it_uses(tmp_path, monkeypatch):
    output, failure = execute("from casebook import row; row('ST01')", tmp_path, monkeypatch)
    assert failure is None
    assert {"data/law/statuses.csv", "casebook/data/tables.py"} <= set(output.read)
    assert not {
        "data/evidence/unhcr_prk.csv",
        "casebook/analysis/law.py",
        "casebook/checks/package.py",
    } & set(output.read)


@pytest.mark.parametrize(
    "second",
    [
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        f"open({str(ROOT / 'data' / 'new.csv')!r}, 'w')",
        "open('chapter.md')",
    ],
    ids=["program", "shell", "network", "write", "elsewhere"],
)
def test_what_could_not_be_followed_is_refused(tmp_path, monkeypatch, second):
    _, failure = execute(second, tmp_path, monkeypatch)
    assert failure.reason.startswith("NotFollowed: a chapter may ")
    assert not (ROOT / "data" / "new.csv").exists()


# Kept outputs


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """An output that is kept, with the file and the folder that it rests on."""
    monkeypatch.setattr("casebook.project.ROOT", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("a\n")
    read = {name: read_digest(name) for name in ("data", "data/a.csv")}
    keep(tmp_path / "kept", Output("book/a.md", read, 1.0, {"cells": ["é"]}))
    return tmp_path / "kept"


def test_an_output_is_found_while_nothing_changed(stored):
    assert kept(stored).notebook == {"cells": ["é"]}


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "data" / "a.csv").write_text("b\n"),
        lambda folder: (folder / "data" / "a.csv").unlink(),
        lambda folder: (folder / "data" / "b.csv").touch(),
        lambda folder: (folder / "kept").unlink(),
    ],
    ids=["changed", "removed", "added to a listed folder", "lost"],
)
def test_an_output_is_not_used_when_something_changed(stored, change):
    change(stored.parent)
    assert kept(stored) is None


def test_a_damaged_output_is_not_used(stored):
    whole = stored.read_bytes()
    for end in range(0, len(whole), 7):
        stored.write_bytes(whole[:end])
        assert kept(stored) is None
    for place in range(0, len(whole), 5):
        stored.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert kept(stored) is None


def test_a_sound_table_is_judged_again_when_one_that_it_names_has_changed(data):
    """Each table has a stamp of its own, so that a new row costs the check of its table alone."""
    assert package.all_faults(data) == []
    small.replace(data / "sources.csv", "untc_v2,", "untc_v2x,")
    found = package.all_faults(data)
    assert any("statuses.csv" in fault and "'untc_v2'" in fault for fault in found), found


def test_the_stamp_of_sound_data_follows_all_that_judges_them():
    """What is imported while the data are checked is what the stamp depends on."""
    code = "import sys; from casebook.checks import package; package.all_faults(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    loaded = {name.split(".")[1] for name in done.stdout.split() if name.startswith("casebook.")}
    assert loaded == {path.stem for path in JUDGES}
