"""An environment unlike that of other builds: another day, zone, language, home and order of hashes."""

import os
from pathlib import Path

# Python loads this in every process of the build: it is years later, and the clock is another
LATER = """
import time
_time, _local, _universal, _words = time.time, time.localtime, time.gmtime, time.strftime
time.time = lambda: _time() + {days} * 86400
time.localtime = lambda seconds=None: _local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _universal(time.time() if seconds is None else seconds)
time.strftime = lambda form, moment=None: _words(form, time.localtime() if moment is None else moment)
"""
# Between the two it is another day always: so what tells the day without asking the clock of Python is found
WEST, EAST = "Etc/GMT+12", "Pacific/Kiritimati"
USER = "xyzzyuser"


def environment(project: Path, folder: Path, days: int = 400, zone: str = EAST) -> dict[str, str]:
    """The settings for a build of a project.

    Args:
        project: the project's folder.
        folder: an empty folder, for what the settings name.
        days: how many days later it is.
        zone: where it is.
    """
    (folder / "later").mkdir()
    (folder / "later" / "sitecustomize.py").write_text(LATER.format(days=days), encoding="utf-8")
    (folder / "home").mkdir(mode=0o500)
    return {
        "PYTHONPATH": os.pathsep.join([str(project), str(folder / "later")]),
        "HOME": str(folder / "home"), "USER": USER, "LOGNAME": USER,
        "TZ": zone, "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "de",
        "PYTHONHASHSEED": str(4711 + days), "SOURCE_DATE_EPOCH": "86400", "COLUMNS": "40",
    }  # fmt: skip
