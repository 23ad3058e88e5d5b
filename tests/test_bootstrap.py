"""Setting up on a fresh machine: each way to fail ends in one sentence with the remedy."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.build import bootstrap

ROOT = Path(__file__).resolve().parent.parent
START = "import runpy; runpy.run_path('casebook/build/bootstrap.py', run_name='__main__')"


@pytest.fixture
def fresh(tmp_path) -> Path:
    """What setting up needs, in a path with a space."""
    folder = tmp_path / "a fresh copy"
    (folder / "casebook" / "build").mkdir(parents=True)
    shutil.copy(ROOT / "casebook" / "build" / "bootstrap.py", folder / "casebook" / "build")
    shutil.copy(ROOT / "requirements.lock", folder)
    return folder


def set_up(folder: Path, before: str = "", **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", f"{before}\n{START}"],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )


def stopped_with(done: subprocess.CompletedProcess, *words: str) -> bool:
    """One sentence at the end, no traceback, and a failing exit code."""
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert last.startswith("Setup stopped. ") and last.endswith(".")
    return all(word in last for word in words)


def test_a_python_that_is_too_old(fresh):
    done = set_up(fresh, "import sys; sys.version_info = (3, 9, 2, 'final', 0)")
    assert stopped_with(done, "Python 3.9 is too old", "3.11", "make PYTHON=")
    assert not (fresh / ".venv").exists()


def test_an_old_python_can_read_the_script_that_refuses_it():
    source = (ROOT / "casebook" / "build" / "bootstrap.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 7))


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv(fresh, module):
    done = set_up(fresh, f"import sys; sys.modules[{module!r}] = None")
    assert stopped_with(done, "no venv module", "sudo apt install python3-venv")
    assert not (fresh / ".venv").exists()


def test_no_network(fresh):
    """The installer finds no package; what is left is not taken for an environment."""
    done = set_up(fresh, PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    assert stopped_with(done, "failed", "network connection", "run the same command again")
    assert not (fresh / ".venv" / "lock.sha256").exists()


def test_a_folder_where_nothing_can_be_made(fresh):
    (fresh / ".venv").write_text("a file in the way")
    assert stopped_with(set_up(fresh), "Creating the environment failed")


def test_a_home_that_cannot_be_written_to(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    assert bootstrap.can_hold(tmp_path) and bootstrap.can_hold(tmp_path / "made" / "on demand")
    assert not bootstrap.can_hold(tmp_path / "file" / "cache")
    monkeypatch.setattr(bootstrap.os, "access", lambda place, way: False)
    assert not bootstrap.can_hold(tmp_path / "cache")


# Without making an environment


@pytest.fixture
def venv(fresh, monkeypatch) -> Path:
    """A place for an environment, with every installer command caught."""
    monkeypatch.setattr(bootstrap, "run", lambda command, doing: commands.append(doing))
    monkeypatch.setattr(bootstrap, "downloads", lambda venv: fresh)
    commands.clear()
    (fresh / ".venv" / "lib" / "python3" / "site-packages").mkdir(parents=True)
    return fresh / ".venv"


commands: list[str] = []


def lock_of(venv: Path) -> Path:
    return venv.parent / "requirements.lock"


def test_a_second_run_does_nothing(venv):
    assert bootstrap.make(venv, lock_of(venv)) is True
    assert len(commands) == 3
    assert bootstrap.make(venv, lock_of(venv)) is False
    assert len(commands) == 3


def test_another_lock_renews_the_environment(venv):
    bootstrap.make(venv, lock_of(venv))
    with lock_of(venv).open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert bootstrap.make(venv, lock_of(venv)) is True


def test_another_python_renews_the_environment(venv, monkeypatch):
    bootstrap.make(venv, lock_of(venv))
    monkeypatch.setattr(bootstrap.sys, "version", "3.99.0")
    assert bootstrap.make(venv, lock_of(venv)) is True


def test_a_damaged_stamp_renews_the_environment(venv):
    bootstrap.make(venv, lock_of(venv))
    (venv / "lock.sha256").write_bytes(b"\xff\x00")
    assert bootstrap.make(venv, lock_of(venv)) is True


@pytest.mark.parametrize("failing", ["Creating", "Installing the installer", "Installing the locked"])
def test_a_half_made_environment_is_not_trusted(venv, monkeypatch, failing):
    def run(command, doing):
        commands.append(doing)
        if doing.startswith(failing):
            raise bootstrap.SetupError(doing)

    monkeypatch.setattr(bootstrap, "run", run)
    for _ in range(2):
        with pytest.raises(bootstrap.SetupError):
            bootstrap.make(venv, lock_of(venv))
    assert commands[: len(commands) // 2] * 2 == commands, "the second run begins again"


def test_the_package_is_found_wherever_the_folder_is_moved(venv):
    bootstrap.make(venv, lock_of(venv))
    (line,) = (venv / "lib" / "python3" / "site-packages" / "casebook.pth").read_text("utf-8").splitlines()
    assert not os.path.isabs(line)


def test_the_installer_is_locked_with_its_hashes():
    first, *rest = bootstrap.lock_entry(ROOT / "requirements.lock", "uv").splitlines()
    assert first.startswith("uv==")
    assert len([line for line in rest if "--hash=sha256:" in line]) > 5
    assert all(line.startswith(" ") for line in rest)
