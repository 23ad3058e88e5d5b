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
import strange

from casebook.build.book import BuildError
from casebook.paper import setting
from casebook.project import ROOT, TIMES, published
from casebook.release import archive

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


def site_of(project: Path, **environment: str) -> dict[str, bytes]:
    """Every file of the site that a project is built to, by a Python that starts in that environment."""
    done = subprocess.run(
        [sys.executable, "-m", "casebook", "build"],
        cwd=project, env=small.settings(project) | environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return small.contents(project / "_build" / "html")


def taken(project: Path, folder: Path, chapters: list[str], **environment: str) -> dict[str, str]:
    """The digest of each file that can be taken away, the PDF of some chapters only."""
    folder.mkdir()
    try:
        setting.typesetter()
    except BuildError:
        chapters = []  # nothing here sets a PDF
    done = subprocess.run(
        [sys.executable, "-c", TAKE_AWAY, str(folder), *chapters],
        cwd=project, env=small.settings(project) | environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def tells(site: dict[str, bytes], *private: Path) -> list[tuple[str, bytes]]:
    """What a site says of the machine on which it was built."""
    words = [os.fsencode(word) for word in (*private, strange.USER)]
    return [(name, word) for name, text in site.items() for word in words if word in text]


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files in which two sites differ."""
    return [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]


def test_a_small_book_and_what_is_taken_of_it_are_the_same_elsewhere(elsewhere, tmp_path):
    here, there = small.make(tmp_path / "copy"), small.make(elsewhere)
    environment = strange.environment(there, tmp_path)
    one, other = site_of(here, TZ=strange.WEST), site_of(there, **environment)
    assert differing(one, other) == tells(other, here, there) == []
    chapters = ["book/small", "book/other"]
    here = taken(here, tmp_path / "here", chapters, TZ=strange.WEST)
    assert len(here) >= 2 and here == taken(there, tmp_path / "there", chapters, **environment)


def test_the_whole_book_is_the_same_as_elsewhere(site, elsewhere, tmp_path):
    """As that of the sealed edition; where a copy was changed or Python is another, as a second one."""
    one = small.contents(site)
    assert len(one) > 100 and tells(one, ROOT) == []
    if archive.site_digest() == published("site"):
        return
    archive.write_zip(tmp_path / "kopie.zip", archive.sources())
    with zipfile.ZipFile(tmp_path / "kopie.zip") as packed:
        packed.extractall(elsewhere.parent)
    environment = strange.environment(elsewhere, tmp_path, days=800, zone=strange.WEST)
    other = site_of(elsewhere, **environment)
    assert differing(one, other) == tells(other, ROOT, elsewhere) == []
    chapters = ["book/evidence/october-2023"]
    here = taken(ROOT, tmp_path / "here", chapters)
    assert len(here) >= 2 and here == taken(elsewhere, tmp_path / "there", chapters, **environment)


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
