"""Make the project's own environment from the lock. Standard library only.

Run by the Makefile with the system's Python, before anything is installed:
``python3 casebook/build/bootstrap.py``, or with ``lab`` for the environment of
JupyterLab, ``exit`` for that of plain Sphinx.
Every way this can fail on a fresh machine ends in one sentence that names the remedy.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# JupyterLab has its own environment: what it brings along slows every import of the build.
ENVIRONMENTS = {
    "book": (ROOT / ".venv", ROOT / "requirements.lock"),
    "lab": (ROOT / ".venv-lab", ROOT / "requirements-lab.lock"),
    "exit": (ROOT / "_build" / "venv-exit", ROOT / "requirements-exit.lock"),
}
OLDEST = (3, 11)


class SetupError(Exception):
    """Setting up cannot go on; the message is one sentence with the remedy."""


def check_python(version: tuple = tuple(sys.version_info[:2])) -> None:
    """Refuse a Python that the locked packages do not support."""
    if version < OLDEST:
        found, wanted = (".".join(map(str, v)) for v in (version, OLDEST))
        raise SetupError(
            f"Python {found} is too old: install Python {wanted} or newer, "
            f"or name one with 'make PYTHON=python{wanted}'."
        )


def check_venv() -> None:
    """Refuse a Python whose venv module was split off, as Debian does."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise SetupError(
            "This Python has no venv module: on Debian or Ubuntu, install it with "
            "'sudo apt install python3-venv'."
        ) from None


def lock_digest(lock: Path) -> str:
    """The environment is current when its stamp holds this."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def lock_entry(lock: Path, name: str) -> str:
    """One package's lines of the lock, hashes included."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name}=="))
    rest = lines[start + 1 :]
    length = next((i for i, line in enumerate(rest) if not line.startswith(" ")), len(rest))
    return "\n".join([lines[start], *rest[:length]]) + "\n"


def run(command: list, doing: str) -> None:
    """Run one installer step; keep its noise unless it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SetupError(
            f"{doing} failed (last lines above): check that this machine has a network "
            "connection and free disk space, then run the same command again."
        )


def install(venv: Path, lock: Path) -> None:
    """Install the lock with hashes checked, through the locked uv (seconds, not minutes)."""
    python = venv / "bin" / "python"
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "uv.lock"
        first.write_text(lock_entry(lock, "uv"), encoding="utf-8")
        command = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", first]
        run(command, "Installing the installer (uv) from the lock")
    # Compiled once: where Python may not write beside its modules, each start would take seconds more
    command = [venv / "bin" / "uv", "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode"]
    command += ["--system-certs"]  # machines behind a proxy have their own
    command += [] if can_hold(downloads(venv)) else ["--no-cache"]  # a home may be read-only
    run([*command, "--python", python, lock], "Installing the locked packages")


def downloads(venv: Path) -> Path:
    """The folder in which uv keeps what it downloads, for the next environment."""
    done = subprocess.run([str(venv / "bin" / "uv"), "cache", "dir"], capture_output=True, text=True)
    return Path(done.stdout.strip())


def can_hold(folder: Path) -> bool:
    """Whether a folder can be written to, or be made."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return there.is_dir() and os.access(there, os.W_OK)


def is_current(venv: Path, lock: Path) -> bool:
    """Whether the environment was made, to its end, from this lock with this Python."""
    stamp = venv / "lock.sha256"
    return stamp.is_file() and stamp.read_bytes() == lock_digest(lock).encode()


@contextmanager
def alone(venv: Path):
    """Hold the place of an environment; a second run waits until the first has ended."""
    with open(venv.parent / f"{venv.name}.busy", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make(venv: Path, lock: Path) -> bool:
    """Make or renew the environment; say whether anything was done."""
    if is_current(venv, lock):
        return False
    with alone(venv):
        return not is_current(venv, lock) and renew(venv, lock)


def renew(venv: Path, lock: Path) -> bool:
    """Make the environment from nothing; the stamp comes last."""
    check_python()
    check_venv()
    print(f"Setting up the environment from {lock.name} (once) ...", flush=True)
    run([sys.executable, "-m", "venv", "--clear", venv], "Creating the environment")
    install(venv, lock)
    # A relative path: the folder may be moved, and its name may hold any letter.
    site = next((venv / "lib").glob("python*/site-packages"))
    (site / "casebook.pth").write_text(os.path.relpath(ROOT, site) + "\n", encoding="utf-8")
    (venv / "lock.sha256").write_text(lock_digest(lock))
    return True


if __name__ == "__main__":
    try:
        make(*ENVIRONMENTS[sys.argv[1] if len(sys.argv) > 1 else "book"])
    except SetupError as error:
        sys.exit(f"Setup stopped. {error}")
    except OSError as error:
        sys.exit(f"Setup stopped. {error.strerror}: {error.filename}: put this right and run it again.")
