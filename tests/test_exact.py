"""The same sources give the same book: elsewhere, in another locale and zone, on another day."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import small

from casebook.build.book import BuildError
from casebook.paper import setting
from casebook.project import ROOT
from casebook.release import archive

# Python loads this in every process of the build: it is a year later, and the clock is another
LATER = """
import time
_time, _local, _universal = time.time, time.localtime, time.gmtime
time.time = lambda: _time() + 400 * 86400
time.localtime = lambda seconds=None: _local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _universal(time.time() if seconds is None else seconds)
"""

# What can be taken away of a built book; of the PDF one chapter, to save time
TAKE_AWAY = """
import sys
from pathlib import Path
from casebook.release import archive
from casebook.paper.pdf import write_pdf
folder, chapters = Path(sys.argv[1]), sys.argv[2:]
archive.write_zip(folder / "site.zip", archive.site())
archive.write_zip(folder / "book.zip", [*archive.sources(), *archive.notebooks()])
if chapters:
    write_pdf(folder / "book.pdf", only=chapters)
"""


@pytest.fixture
def elsewhere(tmp_path) -> tuple[Path, dict[str, str]]:
    """The project out of its archive in an odd place, and an environment unlike that of other builds."""
    archive.write_zip(tmp_path / "kopie.zip", archive.sources())
    with zipfile.ZipFile(tmp_path / "kopie.zip") as packed:
        packed.extractall(tmp_path / "ein Ort mit Löchern 本")
    folder = tmp_path / "ein Ort mit Löchern 本" / "kopie"
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    (tmp_path / "home").mkdir(mode=0o500)
    return folder, {
        "PYTHONPATH": os.pathsep.join([str(folder), str(tmp_path / "later")]),
        "HOME": str(tmp_path / "home"), "USER": "xyzzyuser", "LOGNAME": "xyzzyuser",
        "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "de",
        "PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "86400", "COLUMNS": "40",
    }  # fmt: skip


def taken(project: Path, folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """The digest of each file that can be taken away."""
    folder.mkdir()
    try:
        setting.typesetter()
        chapters = ["book/evidence/october-2023"]
    except BuildError:
        chapters = []  # nothing here sets a PDF
    done = subprocess.run(
        [sys.executable, "-c", TAKE_AWAY, str(folder), *chapters],
        cwd=project, env=small.settings(project) | environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_two_builds_give_the_same_bytes(elsewhere, tmp_path):
    folder, environment = elsewhere
    here, there = small.build(ROOT), small.build(folder, **environment)
    assert here.returncode == 0, here.stderr
    assert there.returncode == 0, there.stderr
    one, other = small.contents(ROOT / "_build" / "html"), small.contents(folder / "_build" / "html")
    assert len(one) > 100
    assert [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)] == []
    private = [os.fsencode(folder), b"xyzzyuser", os.fsencode(ROOT)]
    assert [(name, word) for name, text in other.items() for word in private if word in text] == []
    here, there = taken(ROOT, tmp_path / "here", {}), taken(folder, tmp_path / "there", environment)
    assert len(here) >= 2 and here == there
