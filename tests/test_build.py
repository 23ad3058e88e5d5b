"""The whole build on a small book in a copy of the project: strict, never stale, never half-replaced."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from notebook import HEADER

ROOT = Path(__file__).resolve().parent.parent
CHAPTER = (
    HEADER
    + """
# A small book

```{code-cell} ipython3
from casebook import publish, row, style
from casebook.project import execution_digest

event = row("EV062")
publish.value(
    "small.returned", event["persons_low"], high=event["persons_high"],
    unit="people", meaning="people in one event", rests_on=["EV062"],
)
print("digest", execution_digest())
```

Returned: {value}`small.returned`.
"""
)
VALUES = "# Values\n\n```{values} book/small\n```\n"
TOC = """format: jb-book
root: book/small
chapters:
  - file: book/reference/own-values
  - file: book/reference/evidence/events
  - file: book/reference/sources-0-d
  - file: book/reference/sources-e-k
  - file: book/reference/sources-l-r
  - file: book/reference/sources-s-t
  - file: book/reference/sources-u-z
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project with a book of one chapter, in a path with a space and an accent."""
    copy = tmp_path_factory.mktemp("build") / "a cöpy"
    for name in ("casebook", "data", "book"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_config.yml", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, copy / name)
    (copy / "_toc.yml").write_text(TOC, encoding="utf-8")
    (copy / "book" / "reference" / "own-values.md").write_text(VALUES, encoding="utf-8")
    (copy / "book" / "small.md").write_text(CHAPTER, encoding="utf-8")
    return copy


def build(project: Path) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "casebook", "build"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
    )


def page(project: Path) -> str:
    return (project / "_build" / "html" / "book" / "small.html").read_text(encoding="utf-8")


def digest_shown(project: Path) -> str:
    return page(project).split("digest ")[1].split()[0].split("<")[0]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_output_follows_data_package_and_lock(project):
    done = build(project)
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().splitlines()[-1].startswith("The book is in ")
    assert (project / "_build" / "html" / "index.html").is_file()
    assert "500–600" in page(project)
    seen = [digest_shown(project)]

    events = project / "data" / "evidence" / "repatriation_events.csv"
    row = "EV062,2023-10-09,2023-10-09,day,repatriation,"
    replace(events, f"{row}500,", f"{row}501,")
    assert build(project).returncode == 0
    assert "501–600" in page(project)
    seen.append(digest_shown(project))

    replace(project / "casebook" / "values.py", "EN DASH}", "EM DASH}")
    assert build(project).returncode == 0
    assert "501—600" in page(project)
    seen.append(digest_shown(project))

    with (project / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# another lock\n")
    assert build(project).returncode == 0
    seen.append(digest_shown(project))
    assert len(set(seen)) == len(seen)


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
    before = page(project)
    replace(project / "book" / "small.md", old, new)
    try:
        done = build(project)
    finally:
        (project / "book" / "small.md").write_text(CHAPTER, encoding="utf-8")
    assert done.returncode == 1
    assert page(project) == before
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
