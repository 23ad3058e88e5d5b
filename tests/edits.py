"""Edit one cell of the data after another: ``make edits``, or ``EDITS=40 SEED=7 make edits``.

An edit is drawn by a seed from all tables and columns. What comes of it is one of three: the check
refuses it with the place of the cell; the chapters follow; or a chapter names the sentence of its text
that is no longer true. A chapter that stops in any other way fails the test.
"""

import csv
import io
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import NOT_COPIED

from casebook.data.descriptor import resources
from casebook.project import DATA, ROOT

SEED, EDITS = int(os.environ.get("SEED", "1")), int(os.environ.get("EDITS", "20"))
DATE_LENGTHS = (4, 7, 10)  # a year, a month, a day


@dataclass(frozen=True)
class Edit:
    """One cell, what stands in it, and what shall."""

    path: str
    line: int
    column: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.path}, row {self.line + 2}, {self.column}: {self.was[:30]!r} to {self.now[:30]!r}"


def another(field: dict, was: str, chance: random.Random) -> str:
    """Another content of the same kind, such as somebody who corrects a row would write."""
    if others := [each for each in field.get("constraints", {}).get("enum", []) if each != was]:
        return chance.choice(others)
    if field["type"] in ("integer", "year"):
        return str(int(was) + 1)
    if field["type"] == "number":
        return f"{float(was) * 1.01:.4f}"
    if was[:4].isdigit() and len(was) in DATE_LENGTHS:
        return f"{int(was[:4]) - 1}{was[4:]}"
    return f"{was} and more"


def rows_of(path: Path) -> list[dict]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def drawn(seed: int, number: int) -> list[Edit]:
    """So many edits, each in another column."""
    chance, found = random.Random(seed), []
    columns = [
        (described, field)
        for described in resources().values()
        if described.path.suffix == ".csv"
        for field in described.fields
    ]
    chance.shuffle(columns)
    for described, field in columns:
        rows = rows_of(described.path)
        filled = [line for line, row in enumerate(rows) if row[field["name"]]]
        if filled and len(found) < number:
            line = chance.choice(filled)
            was = rows[line][field["name"]]
            place = described.path.relative_to(DATA.parent).as_posix()
            found.append(Edit(place, line, field["name"], was, another(field, was, chance)))
    return found


def make(edit: Edit, project: Path) -> None:
    """Write the edit into a copy of the project."""
    path = project / edit.path
    rows = rows_of(path)
    rows[edit.line][edit.column] = edit.now
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("edit", drawn(SEED, EDITS), ids=str)
def test_an_edit_is_refused_or_followed_and_stops_no_chapter(edit, executed, run):
    before = (executed / edit.path).read_bytes()
    try:
        make(edit, executed)
        checked = run(executed, "-m", "casebook", "check")
        if checked.returncode:
            assert "Traceback" not in checked.stderr and edit.path.split("/")[-1] in checked.stderr, (
                checked.stderr
            )
            return
        ran = run(executed, "-m", "casebook", "execute")
        stopped = [line for line in ran.stderr.splitlines() if "code cell" in line]
        assert ran.returncode == 0 or stopped, ran.stderr
        assert [line for line in stopped if "the text says" not in line] == []
    finally:
        (executed / edit.path).write_bytes(before)


@pytest.fixture(scope="session")
def executed(tmp_path_factory) -> Path:
    """A copy of the project in which each chapter has run once."""
    copy = Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("edits") / "project", ignore=NOT_COPIED))
    subprocess.run([sys.executable, "-m", "casebook", "execute"], cwd=copy, check=True, capture_output=True)
    return copy
