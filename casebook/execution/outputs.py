"""The outputs of chapters, each kept with everything that it depends on.

An output is found by the chapter's name, its code and the environment. It holds only
while every file that the chapter read then, data or module, is still the same.
A file that is damaged, cut short or of another making counts as not there.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from casebook.project import BUILD, ROOT, digest_of_text, environment_digest, read_digest

FOLDER = BUILD / "outputs"


@dataclass(frozen=True)
class Output:
    """What came of a chapter.

    Attributes:
        chapter: its path from the project's folder.
        read: the digest of each file that it read.
        seconds: how long it took when it was executed.
        notebook: the executed notebook, in the format of Jupyter.
    """

    chapter: str
    read: dict[str, str]
    seconds: float
    notebook: dict

    def holds(self) -> bool:
        """Whether all that it read is still the same."""
        return all(read_digest(name) == was for name, was in self.read.items())


def chapter_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def place_of(path: Path, code: Sequence[str]) -> Path:
    """The file for a chapter with its present code, cell by cell, in the present environment."""
    name = chapter_name(path)
    return FOLDER / f"{path.stem}-{digest_of_text(name, json.dumps(code), environment_digest())}"


def write_whole(path: Path, content: str) -> None:
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(content, encoding="utf-8")
    os.replace(fresh, path)


def keep(place: Path, output: Output) -> None:
    """Keep an output under its place, with a digest of itself in the first line."""
    content = json.dumps(asdict(output), ensure_ascii=False)
    write_whole(place, f"{hashlib.sha256(content.encode()).hexdigest()}\n{content}")


def kept(place: Path) -> Output | None:
    """The output kept at a place, if it is whole and still holds."""
    try:
        seal, content = place.read_text(encoding="utf-8").split("\n", 1)
    except (OSError, ValueError):
        return None
    if hashlib.sha256(content.encode()).hexdigest() != seal:
        return None
    output = Output(**json.loads(content))
    return output if output.holds() else None


def as_notebook(output: Output):
    """The notebook in the form that Jupyter's libraries expect."""
    import nbformat

    return nbformat.from_dict(output.notebook)
