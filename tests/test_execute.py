"""Chapters are executed strictly, and their outputs are kept under what they depend on."""

import nbformat
import pytest
from notebook import HEADER

from casebook import project as project_module
from casebook.execute import Failure, chapters, execute_one, failure_in
from casebook.project import ROOT, digest

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


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("number / 0", "ZeroDivisionError"),
        ("import sys; print('soon', file=sys.stderr)", "text on stderr: soon"),
    ],
)
def test_a_faulty_cell_stops_its_chapter(tmp_path, monkeypatch, second, reason):
    monkeypatch.setattr("casebook.execute.ROOT", tmp_path)
    path = tmp_path / "chapter.md"
    path.write_text(CHAPTER.replace("{second}", second), "utf-8")
    _, failure, _ = execute_one(path)
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
def test_outputs_depend_on_data_package_and_lock(project, monkeypatch, place):
    before = project_module.execution_digest()
    copy = project / getattr(project_module, place).relative_to(ROOT)
    monkeypatch.setattr(project_module, place, copy)
    assert project_module.execution_digest() == before
    changed = copy if copy.is_file() else next(path for path in copy.rglob("*.*") if path.is_file())
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert project_module.execution_digest() != before
