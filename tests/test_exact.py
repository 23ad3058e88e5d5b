"""The same sources give the same book: elsewhere, in another locale and zone, on another day."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import small

from casebook.build.book import BuildError
from casebook.paper import setting
from casebook.project import ROOT, TIMES, published
from casebook.release import archive

# Python loads this in every process of the build: it is a year later, and the clock is another
LATER = """
import time
_time, _local, _universal, _words = time.time, time.localtime, time.gmtime, time.strftime
time.time = lambda: _time() + 400 * 86400
time.localtime = lambda seconds=None: _local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _universal(time.time() if seconds is None else seconds)
time.strftime = lambda form, moment=None: _words(form, time.localtime() if moment is None else moment)
"""
# Between the two it is another day always: so what tells the day without asking the clock of Python is found
WEST, EAST = "Etc/GMT+12", "Pacific/Kiritimati"

# What can be taken away of a built book; of the PDF some chapters, to save time
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
def elsewhere(tmp_path) -> Path:
    """A folder in an odd place."""
    (tmp_path / "ein Ort mit Löchern 本").mkdir()
    return tmp_path / "ein Ort mit Löchern 本" / "kopie"


def strange(project: Path, folder: Path) -> dict[str, str]:
    """An environment unlike that of other builds."""
    (folder / "later").mkdir()
    (folder / "later" / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    (folder / "home").mkdir(mode=0o500)
    return {
        "PYTHONPATH": os.pathsep.join([str(project), str(folder / "later")]),
        "HOME": str(folder / "home"), "USER": "xyzzyuser", "LOGNAME": "xyzzyuser",
        "TZ": EAST, "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "de",
        "PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "86400", "COLUMNS": "40",
    }  # fmt: skip


def site_of(project: Path, **environment: str) -> dict[str, bytes]:
    """Every file of the site that a project is built to, by a Python that starts in that environment."""
    done = subprocess.run(
        [sys.executable, "-m", "casebook", "build"],
        cwd=project, env=small.settings(project) | environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return small.contents(project / "_build" / "html")


def taken(project: Path, folder: Path, **environment: str) -> dict[str, str]:
    """The digest of each file that can be taken away of the small book."""
    folder.mkdir()
    try:
        setting.typesetter()
        chapters = ["book/small", "book/other"]
    except BuildError:
        chapters = []  # nothing here sets a PDF
    done = subprocess.run(
        [sys.executable, "-c", TAKE_AWAY, str(folder), *chapters],
        cwd=project, env=small.settings(project) | environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def compare(one: dict[str, bytes], other: dict[str, bytes], *private: Path | str) -> None:
    """Two sites are the same, and say nothing of the machine."""
    assert [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)] == []
    words = [os.fsencode(word) for word in (*private, "xyzzyuser")]
    assert [(name, word) for name, text in other.items() for word in words if word in text] == []


def test_a_small_book_and_what_is_taken_of_it_are_the_same_elsewhere(elsewhere, tmp_path):
    here, there = small.make(tmp_path / "copy"), small.make(elsewhere)
    environment = strange(there, tmp_path)
    compare(site_of(here, TZ=WEST), site_of(there, **environment), here, there)
    one, other = taken(here, tmp_path / "here", TZ=WEST), taken(there, tmp_path / "there", **environment)
    assert len(one) >= 2 and one == other


def test_the_whole_book_is_the_same_as_elsewhere(site, elsewhere, tmp_path):
    """As that of the sealed edition; where a copy was changed or Python is another, as a second one."""
    if archive.site_digest() == published("site"):
        return
    archive.write_zip(tmp_path / "kopie.zip", archive.sources())
    with zipfile.ZipFile(tmp_path / "kopie.zip") as packed:
        packed.extractall(elsewhere.parent)
    one = small.contents(site)
    assert len(one) > 100
    compare(one, site_of(elsewhere, **strange(elsewhere, tmp_path)), ROOT, elsewhere)


def test_the_site_of_an_edition_is_told_from_any_other(tmp_path):
    """One letter, one name, one file more: each gives another digest; times and order do not count."""

    def digest_of(**files: str) -> str:
        shutil.rmtree(tmp_path / "site", ignore_errors=True)
        for name, text in files.items():
            (tmp_path / "site").mkdir(exist_ok=True)
            (tmp_path / "site" / f"{name}.html").write_text(text, encoding="utf-8")
        (tmp_path / "site" / TIMES).write_text(str(time.time_ns()), encoding="utf-8")
        return archive.site_digest(tmp_path / "site")

    assert digest_of(a="x", b="y") == digest_of(b="y", a="x")
    others = [
        digest_of(a="x"),
        digest_of(a="x", b="z"),
        digest_of(a="x", c="y"),
        digest_of(a="x", b="y", c=""),
    ]
    assert len({digest_of(a="x", b="y"), *others}) == 5
