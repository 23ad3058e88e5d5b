"""Where things are, and what state they are in.

The digest is how a stale result is made impossible: everything that a cell can
read (the data, this package, the lock) is hashed, and outputs are kept under it.
"""

import hashlib
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
DATA = ROOT / "data"
BUILD = ROOT / "_build"
LOCK = ROOT / "requirements.lock"
PACKAGE = Path(__file__).resolve().parent


def version() -> str:
    """The version of the book: that of pyproject.toml, where alone it is set."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def files_in(folder: Path) -> list[Path]:
    """Every file under a folder that can change a result, in a fixed order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    )


def digest(*places: Path) -> str:
    """A short SHA-256 over the names and bytes of files and folders."""
    summary = hashlib.sha256()
    for place in places:
        for path in files_in(place) if place.is_dir() else [place]:
            summary.update(path.relative_to(place.parent).as_posix().encode() + b"\0")
            summary.update(hashlib.sha256(path.read_bytes()).digest())
    return summary.hexdigest()[:16]


def data_digest() -> str:
    """What the validation result depends on: the data and the checks."""
    return digest(DATA, PACKAGE)


def execution_digest() -> str:
    """What a cell's output depends on besides the cell: data, package, lock."""
    return digest(DATA, PACKAGE, LOCK)
