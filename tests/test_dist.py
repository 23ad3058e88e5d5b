"""What can be taken away: archives that are equal when made twice, that hold, and that run again."""

import copy
import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from casebook.build.book import BuildError
from casebook.execution.chapters import as_executed, as_written, chapters, code_cells, present
from casebook.project import BOOK, ROOT
from casebook.release import archive, dist

FILES = [("b/run", b"program", True), ("a.txt", b"one", False), ("b/\u96e3.txt", b"two", False)]


def test_a_zip_depends_on_its_files_alone(tmp_path):
    first, second = tmp_path / "1" / "x.zip", tmp_path / "2" / "x.zip"
    for path, files in (first, FILES), (second, reversed(FILES)):
        path.parent.mkdir()
        archive.write_zip(path, files)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as made:
        assert made.namelist() == ["x/a.txt", "x/b/run", "x/b/\u96e3.txt"]
        assert {entry.date_time for entry in made.infolist()} == {archive.LONG_AGO}
        assert [oct(entry.external_attr >> 16) for entry in made.infolist()] == [
            "0o100644",
            "0o100755",
            "0o100644",
        ]


def test_the_sums_are_those_of_the_files(tmp_path):
    (tmp_path / "one").write_bytes(b"1")
    (tmp_path / "two").write_bytes(b"2")
    archive.write_sums(tmp_path)
    lines = (tmp_path / archive.SUMS).read_text().splitlines()
    assert lines == [
        f"{hashlib.sha256(text).hexdigest()}  {name}" for name, text in (("one", b"1"), ("two", b"2"))
    ]


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum on this machine")
def test_the_line_for_linux_finds_a_changed_file(tmp_path):
    page = (BOOK / "reference" / "verify.md").read_text(encoding="utf-8")
    command = next(line for line in page.splitlines() if line.startswith("sha256sum"))
    for name in "abc":
        (tmp_path / name).write_text(name)
    archive.write_sums(tmp_path)
    assert subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / "b").write_text("changed")
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode and "b: FAILED" in done.stdout


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory) -> Path:
    """The archive of the project as somebody finds it who unpacks it."""
    folder = tmp_path_factory.mktemp("archive")
    archive.write_zip(folder / "book.zip", [*archive.sources(), *archive.notebooks()])
    with zipfile.ZipFile(folder / "book.zip") as packed:
        packed.extractall(folder)
    return folder / "book"


def test_the_unpacked_archive_checks_its_data_by_itself(unpacked, run):
    done = run(unpacked, "-m", "casebook", "check")
    assert done.returncode == 0, done.stderr
    assert "The data are sound" in done.stdout
    assert (unpacked / "_build" / "checked").is_dir(), "it checked the data of another folder"


def test_the_archive_holds_all_that_the_project_keeps(unpacked):
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list to compare with")
    kept = [
        name for name in listed.stdout.splitlines() if not name.startswith(".ci/") and (ROOT / name).exists()
    ]
    assert [name for name in kept if not (unpacked / name).is_file()] == []


def test_the_archive_holds_nothing_that_was_built_or_hidden(unpacked):
    with zipfile.ZipFile(unpacked.with_suffix(".zip")) as packed:
        names = [Path(name).relative_to("book") for name in packed.namelist()]
    hidden = {part for name in names for part in name.parts if part.startswith(".")}
    assert hidden <= {*archive.HIDDEN, archive.WORKFLOWS}
    assert not {"_build", "dist", "__pycache__"} & {part for name in names for part in name.parts}


def test_every_chapter_is_there_as_a_notebook_with_its_outputs(unpacked):
    for chapter in chapters():
        path = unpacked / "notebooks" / chapter.relative_to(BOOK).with_suffix(".ipynb")
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert [cell["id"] for cell in cells] == [f"cell-{number}" for number in range(1, len(cells) + 1)]
        assert any(cell.get("outputs") for cell in cells), path


def test_notebooks_are_the_same_when_made_twice(unpacked):
    for name, content, _ in archive.notebooks():
        assert (unpacked / name).read_bytes() == content, name


def test_a_notebook_says_what_its_chapter_says_now(site):
    """Outputs are kept by the code alone: new prose must not wait until the code changes."""
    output = present()[0]
    older = copy.deepcopy(output)
    for cell in older.notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = "What stood here before."
    now = as_executed(older)
    assert [cell.source for cell in now.cells] == [
        cell.source for cell in as_written(ROOT / output.chapter).cells
    ]
    assert [cell.outputs for cell in code_cells(now)] == [
        cell["outputs"] for cell in output.notebook["cells"] if cell["cell_type"] == "code"
    ]


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """A dist of an earlier run, and a project that builds in no time."""
    monkeypatch.setattr(dist, "DIST", tmp_path / "dist")
    monkeypatch.setattr(dist, "ROOT", tmp_path)
    monkeypatch.setattr(dist, "BUILD", tmp_path / "_build")
    monkeypatch.setattr(dist, "build", lambda: None)
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "earlier.zip").write_text("whole")
    return tmp_path / "dist"


def test_a_run_that_fails_leaves_the_last_one_whole(place, monkeypatch):
    def fails(folder):
        (folder / "half.zip").write_text("half")
        raise BuildError("no more")

    monkeypatch.setattr(dist, "fill", fails)
    with pytest.raises(BuildError):
        dist.dist()
    assert [path.name for path in place.iterdir()] == ["earlier.zip"]


def test_a_run_that_ends_well_leaves_nothing_of_the_last_one(place, monkeypatch):
    monkeypatch.setattr(dist, "fill", lambda folder: (folder / "new.zip").write_text("new"))
    dist.dist()
    assert [path.name for path in place.iterdir()] == ["new.zip"]


def test_without_pango_it_says_what_to_install_and_begins_nothing(tmp_path, run):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library pango')")
    done = run(ROOT, "-m", "casebook", "dist", env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 1
    assert "apt install libpango" in done.stderr and "brew install pango" in done.stderr
    assert "Checking" not in done.stdout
