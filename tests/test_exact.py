"""The same sources give the same book: elsewhere, in another locale and zone, on another day."""

import os
import shutil
from pathlib import Path

import pytest
import small
from conftest import NOT_COPIED

from casebook.project import ROOT

# Python loads this in every process of the build: it is a year later, and the clock is another
LATER = """
import time
_time, _local, _universal = time.time, time.localtime, time.gmtime
time.time = lambda: _time() + 400 * 86400
time.localtime = lambda seconds=None: _local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _universal(time.time() if seconds is None else seconds)
"""


@pytest.fixture
def elsewhere(tmp_path) -> tuple[Path, dict[str, str]]:
    """A copy of the project in an odd place, and an environment unlike that of other builds."""
    folder = Path(shutil.copytree(ROOT, tmp_path / "ein Ort mit Löchern 本" / "kopie", ignore=NOT_COPIED))
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    (tmp_path / "home").mkdir(mode=0o500)
    return folder, {
        "PYTHONPATH": os.pathsep.join([str(folder), str(tmp_path / "later")]),
        "HOME": str(tmp_path / "home"), "USER": "xyzzyuser", "LOGNAME": "xyzzyuser",
        "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "de",
        "PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "86400", "COLUMNS": "40",
    }  # fmt: skip


def test_two_builds_give_the_same_bytes(elsewhere):
    folder, environment = elsewhere
    here, there = small.build(ROOT), small.build(folder, **environment)
    assert here.returncode == 0, here.stderr
    assert there.returncode == 0, there.stderr
    one, other = small.contents(ROOT / "_build" / "html"), small.contents(folder / "_build" / "html")
    assert len(one) > 100
    assert [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)] == []
    private = [os.fsencode(folder), b"xyzzyuser", os.fsencode(ROOT)]
    assert [(name, word) for name, text in other.items() for word in private if word in text] == []
