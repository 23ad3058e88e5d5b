"""What several tests need: copies of the data and of the project, free to be damaged."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.build import SITE
from casebook.project import BUILD, DATA, ROOT

NOT_COPIED = shutil.ignore_patterns(".*", "_build", "dist", "__pycache__")


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the data; every check takes the folder that it is to look at."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the whole project without what was built and without its environment."""
    return Path(shutil.copytree(ROOT, tmp_path / "project", ignore=NOT_COPIED))


@pytest.fixture
def run():
    """Run Python on a module or a script of a copied project, in that project's folder."""

    def python(folder: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, **options)

    return python


@pytest.fixture(scope="session")
def book(testrun_uid) -> Path:
    """The site, built once in a run of the tests, however many workers ask for it."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "tests.lock").open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.seek(0)
        if held.read() != testrun_uid:
            command = [sys.executable, "-m", "casebook", "build"]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            held.truncate(0)
            held.write(testrun_uid)
    return SITE
