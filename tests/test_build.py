"""The whole build on a small book in a copy of the project: strict, never stale, never half-replaced."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import parsed
import pytest
import small
from small import CHAPTER, build, contents, replace

from casebook.build import book as build_module


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """The small book in a path with a space and an accent."""
    return small.make(tmp_path_factory.mktemp("build") / "a cöpy")


def page(project: Path, name: str = "small") -> str:
    return (project / "_build" / "html" / "book" / f"{name}.html").read_text(encoding="utf-8")


def executed(done: subprocess.CompletedProcess) -> list[str]:
    """The chapters that a build executed."""
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines() if " executed in " in line]
    return sorted(words[0] for words in lines)


BOTH = ["book/other.md", "book/small.md"]


def test_what_changed_is_executed_again_and_nothing_else(project):
    done = build(project)
    assert executed(done) == BOTH
    assert done.stdout.rstrip().splitlines()[-1].startswith("The book is in ")
    assert (project / "_build" / "html" / "index.html").is_file()
    assert "500–600" in page(project)

    done = build(project)
    assert done.stdout.startswith("Nothing has changed since the last build")
    assert len(done.stdout.splitlines()) == 1

    events = project / "data" / "evidence" / "repatriation_events.csv"
    row = "EV062,2023-10-09,2023-10-09,day,repatriation,"
    replace(events, f"{row}500,", f"{row}501,")
    assert executed(build(project)) == ["book/small.md"]
    assert "501–600" in page(project)

    # As long as before, so that neither size nor a date within the same second tells
    replace(project / "casebook" / "publishing" / "values.py", "EN DASH}", "EM DASH}")
    assert executed(build(project)) == BOTH
    assert "501—600" in page(project)

    # Modules that neither chapter uses
    replace(project / "casebook" / "analysis" / "bounds.py", '"""', '"""A remark. ')
    replace(project / "casebook" / "sphinx" / "prose.py", '"""', '"""A remark. ')
    assert executed(build(project)) == []


def test_a_renewed_book_is_the_same_as_a_new_one(project):
    """Edit a sentence, a heading and a cell, one after another; then make the same book from nothing."""
    before = contents(project / "_build" / "html")
    other = project / "book" / "other.md"
    first, untouched = other.stat(), project / "_build" / "html" / "book" / "reference" / "own-rows.html"
    written = untouched.stat().st_mtime_ns
    replace(other, "The mandate began in", "It was wordzyx that the mandate began in")
    os.utime(other, ns=(first.st_atime_ns, first.st_mtime_ns))  # the date does not tell
    assert executed(build(project)) == []
    now = contents(project / "_build" / "html")
    assert "wordzyx" in page(project, "other")
    assert untouched.stat().st_mtime_ns == written, "a page was made again that nothing changed"
    changed = {name for name in now if now[name] != before.get(name)}
    taken = {"files/book/other.ipynb", "files/book/other.md", "files/pages.js"}
    # The page that cites the chapter gives its mark; the list of figures says nothing of its sentences
    assert changed == {"book/other.html", "book/reference/own-values.html", "searchindex.js", *taken}

    replace(other, "# Another chapter", "# A chapter with a new name")
    replace(other, "## A part of it", "## A section")
    replace(other, '"the year of the mandate"', '"the year in which it began"')
    replace(other, "It was wordzyx that the", "The")
    replace(other, "\nA line.\n", "\nA line that rises.\n")
    assert executed(build(project)) == ["book/other.md"]
    assert "A chapter with a new name" in page(project)
    assert "A line that rises" in page(project, "reference/own-rows")
    renewed = contents(project / "_build" / "html")
    for name in ("state", "outputs", "book.json"):
        place = project / "_build" / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    assert executed(build(project)) == BOTH
    new = contents(project / "_build" / "html")
    assert [name for name in new.keys() | renewed.keys() if new.get(name) != renewed.get(name)] == []


def test_a_register_that_is_taken_away_is_missed_as_in_a_new_book(project):
    """Links to what a directive listed fail at once, and hold again when it is back."""
    assert build(project).returncode == 0
    before = contents(project / "_build" / "html")
    taken = {
        "reference/own-values.md": ("```{values} book/\n```\n", "not found: small.returned"),
        "reference/own-rows.md": ("```{register} special_rapporteurs\n```\n", "not found: SR1"),
    }
    for name, (directive, missed) in taken.items():
        page = project / "book" / name
        replace(page, directive, "Nothing.\n")
        done = build(project)
        assert done.returncode == 1 and missed in done.stderr + done.stdout
        replace(page, "Nothing.\n", directive)
    assert build(project).returncode == 0
    assert contents(project / "_build" / "html") == before


def test_a_changed_style_reaches_every_page(project):
    """Sphinx copies styles only when it writes a page, and names each by what it holds."""
    before = page(project)
    style = project / "book" / "_static" / "casebook.css"
    style.write_text(style.read_text(encoding="utf-8") + "/* changed */\n", encoding="utf-8")
    assert build(project).returncode == 0
    built = project / "_build" / "html" / "_static" / "casebook.css"
    assert built.read_text(encoding="utf-8").endswith("/* changed */\n")
    assert page(project) != before


def faulty_build(project: Path, old: str, new: str) -> subprocess.CompletedProcess:
    """Build with a fault in the chapter; the published book must stay as it was."""
    before = contents(project / "_build" / "html")
    replace(project / "book" / "small.md", old, new)
    try:
        done = build(project)
    finally:
        (project / "book" / "small.md").write_text(CHAPTER, encoding="utf-8")
    assert done.returncode == 1
    assert contents(project / "_build" / "html") == before
    return done


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("1 / 0", ["ZeroDivisionError"]),
        ("import sys; sys.stderr.write('oops')", ["text on stderr", "oops"]),
    ],
)
def test_a_faulty_cell_is_named(project, fault, words):
    done = faulty_build(project, "print(", f"{fault}; print(")
    for word in ["book/small.md, code cell 1", *words]:
        assert word in done.stderr


def test_every_fault_of_the_prose_is_named_at_once(project):
    faults = "{value}`small.retruned` {evidence}`EV999` 4711 people {value}`small.returned word`"
    done = faulty_build(project, "{value}`small.returned`", faults)
    again = faulty_build(project, "{value}`small.returned`", faults)
    assert again.stderr == done.stderr, "a fault does not go away by itself"
    for words in ["small.retruned", "EV999", "the number 4711 is typed in prose", "are written as words"]:
        assert any("book/small.md" in line and words in line for line in done.stderr.splitlines())


def test_damaged_data_build_nothing(project):
    table = project / "data" / "law" / "statuses.csv"
    good = table.read_text(encoding="utf-8")
    replace(table, "ST01,CHN,RC51,accession,1982-09-24", "ST01,CHN,RC51,accession,1982-09-31")
    try:
        done = build(project)
    finally:
        table.write_text(good, encoding="utf-8")
    assert done.returncode == 1
    assert "data/law/statuses.csv, row 2, column date, value '1982-09-31'" in done.stderr
    assert "Executing" not in done.stdout


# What may happen to a build


def test_a_second_build_waits_for_the_first(project):
    with (project / "_build" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [sys.executable, "-m", "casebook", "build"],
            cwd=project, env=small.settings(project), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert second.stdout.readline().startswith("Another build of this folder is running")
    assert second.wait() == 0


def test_a_touched_book_is_put_right(project):
    site = project / "_build" / "html"
    before = contents(site)
    (site / "book" / "small.html").write_text("something else", encoding="utf-8")
    (site / "book" / "more.html").write_text("something more", encoding="utf-8")
    assert executed(build(project)) == []
    assert contents(site) == before


def test_a_book_lost_in_the_moment_of_replacing_comes_back(project):
    site = project / "_build" / "html"
    site.rename(site.with_name("html.old"))
    assert build(project).stdout.startswith("Nothing has changed")
    assert site.is_dir()


def words(project: Path) -> str:
    """The text of a page, without the marks of what it was made of."""
    return re.sub(r"[0-9a-f]{16}", "", parsed.parse(page(project)).article.get_text())


def test_without_fork_as_on_windows_and_macos_the_book_is_the_same(project):
    build(project)
    before = contents(project / "_build" / "html")
    shutil.rmtree(project / "_build" / "outputs")
    (project / "_build" / "book.json").unlink()
    assert executed(build(project, CASEBOOK_KERNELS="spawn")) == BOTH
    assert contents(project / "_build" / "html") == before


def test_line_ends_of_windows_are_read(project):
    before = words(project)
    written = [*project.glob("data/**/*.*"), *project.glob("book/**/*.md"), *project.glob("_*.yml")]
    for path in (path for path in written if path.is_file()):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert executed(build(project)) == BOTH
    assert words(project) == before


def test_a_changed_copy_says_so_on_its_pages_in_its_figures_and_citations(tmp_path, run):
    project = small.make(tmp_path / "copy")
    shutil.copy(small.ROOT / "CITATION.cff", project)
    settings = small.settings(project)
    assert executed(run(project, "-m", "casebook", "edition", env=settings)) == BOTH
    assert "Version 20" in page(project) and "hanged copy" not in page(project)
    assert "is byte for byte that of edition" in run(project, "-m", "casebook", "status", env=settings).stdout
    replace(project / "book" / "small.md", "Returned: ", "Sent back: ")
    assert executed(build(project)) == []
    for name in ("small", "other"):
        foot = parsed.parse(page(project, name)).select_one(".page-foot")
        assert foot.p.text.startswith("Changed copy of version"), "also on a page that is as it was"
        assert all("hanged copy of version" in form.text for form in foot.select("pre"))
    drawing = project / "_build" / "html" / "files" / "small-figure.svg"
    assert "changed copy of edition" in drawing.read_text(encoding="utf-8")
    assert "differs from that of edition" in run(project, "-m", "casebook", "status", env=settings).stdout


@pytest.mark.parametrize(("free", "words"), [(10**6, "too little space"), (10**10, "a fault")])
def test_a_full_disk_is_named_whatever_a_library_says(monkeypatch, free, words):
    monkeypatch.setattr(build_module.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    with pytest.raises(build_module.BuildError, match=words), build_module.one_error():
        raise build_module.BuildError("a fault")


def test_what_the_machine_refuses_is_one_sentence(project):
    replace(project / "book" / "small.md", "# A small book", "# A small book again")
    before = contents(project / "_build" / "html")
    limit = "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); "
    done = subprocess.run(
        [sys.executable, "-c", limit + "import sys; sys.argv = ['x', 'build']; "
         "runpy.run_module('casebook', run_name='__main__')"],
        cwd=project, env=small.settings(project), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert contents(project / "_build" / "html") == before
    (project / "book" / "small.md").write_text(CHAPTER, encoding="utf-8")
