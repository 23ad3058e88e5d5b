"""Where things are, and what state they are in.

Digests are how a stale result is made impossible: whatever a result depends on is
hashed by content, never judged by its date, and the result is kept with the digests.
"""

import hashlib
import os
import platform
import re
import site
import sys
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
DATA = ROOT / "data"
BUILD = ROOT / "_build"
CITATION = ROOT / "CITATION.cff"
LOCK = ROOT / "requirements.lock"
TIMES = "times.js"  # the one file of the book that differs between two builds of the same sources
PACKAGE = Path(__file__).resolve().parent
RUNNERS = [PACKAGE / "execution", PACKAGE / "project.py"]


@cache
def version() -> str:
    """The version of the book: that of pyproject.toml, where alone it is set."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def edition() -> str:
    """The edition at hand, in words; of a copy that differs from what was published, that it does."""
    return f"{'changed copy of ' if is_changed() else ''}version {version()}"


def is_changed() -> bool:
    """Whether text, data or code differ from the edition as it was published."""
    return content_digest() != published()


def published(what: str = "content") -> str:
    """The digest of the edition as it was published, from CITATION.cff; "" if that names none.

    Args:
        what: "content", which is text, data and code, or "site", which was built of them.
    """
    found = seal_of(what).search(CITATION.read_text(encoding="utf-8")) if CITATION.is_file() else None
    return found[1] if found else ""


def seal_of(what: str) -> re.Pattern[str]:
    """How CITATION.cff names a digest of the edition."""
    return re.compile(rf'value: "{what} ([0-9a-f]*)"')


@cache
def content_digest() -> str:
    """Everything that an edition is made of: text, data, code, and how the book is put together."""
    return digest(DATA, PACKAGE, BOOK, ROOT / "_config.yml", ROOT / "_toc.yml", LOCK)


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


def digest_of_text(*texts: str) -> str:
    """The same for texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def read_digest(name: str) -> str:
    """The digest of what a chapter read, by its path from the project's folder; "" if it is gone."""
    place = ROOT / name
    return digest(place) if place.exists() else ""


def installed() -> list[str]:
    """What is installed, as name and version; the lock says only what should be."""
    return sorted(
        entry.name.removesuffix(".dist-info")
        for place in filter(os.path.isdir, site.getsitepackages())  # Debian names some that do not exist
        for entry in os.scandir(place)
        if entry.name.endswith(".dist-info")
    )


def importable() -> list[str]:
    """Names that could come before a module of the same name elsewhere."""
    top = [path.relative_to(ROOT) for path in chain(ROOT.glob("*.py"), ROOT.glob("*/__init__.py"))]
    inside = chain(PACKAGE.rglob("__init__.py"), PACKAGE.rglob("*.so"))
    return sorted(
        {path.as_posix() for path in [*top, *(path.relative_to(PACKAGE.parent) for path in inside)]}
    )


def environment_digest() -> str:
    """What every result depends on: the lock, what is installed, the interpreter, the way of running."""
    machine = [sys.version, platform.system(), platform.machine()]
    return digest_of_text(digest(LOCK, *RUNNERS), *machine, *installed(), *importable())


def execution_digest() -> str:
    """Everything that a result can depend on besides the book's own text."""
    return digest_of_text(digest(DATA, PACKAGE), environment_digest())


def top_files() -> list[Path]:
    """The settings, licences and descriptions in the project's own folder."""
    return [path for path in sorted(ROOT.iterdir()) if path.is_file() and not path.name.startswith(".")]


def input_digest() -> str:
    """Everything that the book is made of."""
    return digest_of_text(digest(DATA, PACKAGE, BOOK, *top_files()), environment_digest())


def setting_digest() -> str:
    """Everything that the book is made of but the text of its pages."""
    rest = [path for path in files_in(BOOK) if path.suffix != ".md"]
    return digest_of_text(execution_digest(), *(digest(path) for path in [*rest, *top_files()]))
