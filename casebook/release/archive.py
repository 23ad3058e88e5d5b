"""The archives: the site, and the project with its notebooks; equal inputs give equal bytes."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from casebook.build.book import HTML
from casebook.execution.chapters import as_executed, present
from casebook.project import ROOT, TIMES, digest_of_text, files_in

ROOMS = ("book", "casebook", "data", "tests")
# Of what is hidden at the top, that which belongs to the project
HIDDEN = (".gitattributes", ".gitignore", ".pre-commit-config.yaml", ".zenodo.json")
WORKFLOWS = ".github"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold
SUMS = "SHA256SUMS"

NOTEBOOKS = """\
# The chapters as notebooks, with their outputs

Each file is a chapter of `book/` as it was executed for this version: code, and what came of it.
To read one, open it with anything that shows Jupyter notebooks.
To run it again, `make lab` in the folder above opens the chapters themselves;
`make book` builds the whole book. Both need Linux or macOS, Python 3.11 or newer with its venv
module, `make`, and the network the first time.
"""


def sources() -> Iterator[tuple[str, bytes, bool]]:
    """Every file that the project is made of: its path, its bytes, and whether it is a program."""
    top = [path for path in ROOT.iterdir() if path.is_file()]
    paths = [path for path in top if not path.name.startswith(".") or path.name in HIDDEN]
    paths += [path for room in (*ROOMS, WORKFLOWS) for path in files_in(ROOT / room)]
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        if path.suffix != ".ipynb" and "/." not in name:
            yield name, path.read_bytes(), bool(path.stat().st_mode & 0o100)


def notebooks() -> Iterator[tuple[str, bytes, bool]]:
    """The executed chapters in Jupyter's format, without the random names of cells."""
    import nbformat

    yield "notebooks/README.md", NOTEBOOKS.encode(), False
    for output in present():
        notebook = as_executed(output)
        for number, cell in enumerate(notebook.cells, start=1):
            cell["id"] = f"cell-{number}"
        name = Path(output.chapter).relative_to("book").with_suffix(".ipynb").as_posix()
        yield f"notebooks/{name}", nbformat.writes(notebook).encode(), False


# Not part of the book: Sphinx's notes to itself, and the times of one build
LEFT_OUT = (".buildinfo", TIMES)


def site(folder: Path = HTML) -> Iterator[tuple[str, bytes, bool]]:
    """Every file of the built site that two builds of the same sources share."""
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in LEFT_OUT:
            yield path.relative_to(folder).as_posix(), path.read_bytes(), False


def site_digest(folder: Path = HTML) -> str:
    """A short digest of every file of the built site that two builds of the same sources share."""
    files = sorted(site(folder))
    return digest_of_text(*(f"{name} {hashlib.sha256(content).hexdigest()}" for name, content, _ in files))


def write_zip(path: Path, files: Iterable[tuple[str, bytes, bool]]) -> None:
    """Write files into a zip, in a folder of the zip's own name: sorted, without times or owners."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, content, program in sorted(files):
            entry = zipfile.ZipInfo(f"{path.stem}/{name}", LONG_AGO)
            entry.create_system = 3  # so that the permissions count, whatever made it
            entry.external_attr = (0o100755 if program else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)


def write_sums(folder: Path) -> None:
    """Write the checksum of every file of a folder, as sha256sum does."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name != SUMS
    ]
    (folder / SUMS).write_text("".join(lines), encoding="ascii")
