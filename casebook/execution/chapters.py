"""Execute the chapters before the pages are made, several at a time.

Only chapters whose own code changed, or something that they read, are executed;
see :mod:`casebook.execution.outputs`. A chapter that fails, or that writes to stderr, is
reported with its cell, and nothing of it is kept.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casebook.project import BUILD, ROOT, read_digest

OFFERED = "offered"  # the folder in which MyST-NB finds outputs during one build
READ, SECONDS = "read.json", "seconds.json"  # beside the outputs: what each chapter read, how long it took
TIMEOUT = 120  # seconds a cell may take
# One more than cores: a kernel that starts or ends waits a third of a second without computing
WORKERS = (os.cpu_count() or 1) + 1
# Nothing of the machine or its user may reach a result
HOME = BUILD / "home"
SETTINGS = {
    "MPLCONFIGDIR": str(HOME / "matplotlib"),
    "IPYTHONDIR": str(HOME / "ipython"),
    "JUPYTER_RUNTIME_DIR": str(HOME / "runtime"),
    "JUPYTER_CONFIG_DIR": str(HOME / "jupyter"),
    "JUPYTER_DATA_DIR": str(HOME / "jupyter"),
    "JUPYTER_NO_CONFIG": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # no notice about a debugger that nobody asked for
    "OPENBLAS_NUM_THREADS": "1",  # sums in the same order on every machine
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "COLUMNS": "80",  # tables in words, as wide everywhere
    "LINES": "24",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}


@dataclass(frozen=True)
class Failure:
    """A cell that stopped its chapter."""

    chapter: str
    cell: int
    reason: str

    def __str__(self) -> str:
        return f"{self.chapter}, code cell {self.cell}: {self.reason}"


def prepare_environment() -> None:
    """Make the programs that the build starts the same everywhere."""
    os.environ.update(SETTINGS)
    os.environ.pop("SOURCE_DATE_EPOCH", None)  # Sphinx would put its year into the pages
    time.tzset()


def chapters() -> list[Path]:
    """The chapters with code, in the order of the table of contents."""
    from myst_nb.core.read import is_myst_markdown_notebook
    from sphinx_external_toc.parsing import parse_toc_yaml

    paths = [ROOT / f"{name}.md" for name in parse_toc_yaml(str(ROOT / "_toc.yml"))]
    return [
        path
        for path in paths
        if path.is_file() and is_myst_markdown_notebook(path.read_text(encoding="utf-8"))
    ]


def as_written(path: Path):
    """The notebook of a chapter, without outputs."""
    from myst_nb.core.read import myst_nb_reader_plugin

    return myst_nb_reader_plugin(str(path))


def places() -> dict[Path, Path]:
    """Where the output of each chapter is kept."""
    from casebook.execution.outputs import place_of

    return {path: place_of(path, code_of(path, path.read_text(encoding="utf-8"))) for path in chapters()}


def code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@cache
def code_of(path: Path, text: str) -> tuple[str, ...]:
    """The code of each cell. One build asks several times; the text tells whether it is still the same."""
    return tuple(cell.source for cell in code_cells(as_written(path)))


def as_executed(output):
    """The chapter as it is written now, with what came of its code.

    An output is kept by the code alone, so the prose kept with it may be older.
    """
    from casebook.execution.outputs import as_notebook

    notebook, ran = as_written(ROOT / output.chapter), as_notebook(output)
    for cell, done in zip(code_cells(notebook), code_cells(ran), strict=True):
        cell.outputs, cell.execution_count = done.outputs, done.execution_count
    notebook.metadata["language_info"] = ran.metadata.get("language_info", {})
    return notebook


def failure_in(chapter: str, notebook, error: Exception | None) -> Failure | None:
    """The first fault of an executed chapter: an exception, or words on stderr."""
    for number, cell in enumerate(code_cells(notebook), start=1):
        for output in cell.outputs:
            if output.output_type == "error":
                return Failure(chapter, number, f"{output.ename}: {output.evalue}")
            if output.output_type == "stream" and output.name == "stderr":
                return Failure(chapter, number, f"text on stderr: {output.text.strip()[:300]}")
    return Failure(chapter, 0, str(error)) if error else None


def run_cells(notebook, folder: Path) -> tuple[list[str], Exception | None]:
    """Run a notebook in a kernel of its own; returns what it read and what stopped it."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from casebook.execution.kernel import Manager

    where = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=TIMEOUT, resources=where, record_timing=False)
    stopped = None
    with tempfile.TemporaryDirectory(prefix="casebook-") as name:
        client.km = Manager(Path(name))
        try:
            client.execute()
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            stopped = error
        notes = Path(name, "notes")
        read = notes.read_bytes().splitlines() if notes.is_file() else []
    return sorted(map(os.fsdecode, read)), stopped


def execute_one(path: Path) -> tuple:
    """Run one chapter; returns (output, failure), of which one is nothing."""
    from casebook.execution.outputs import Output, chapter_name

    notebook, name = as_written(path), chapter_name(path)
    started = time.monotonic()
    read, error = run_cells(notebook, path.parent)
    seconds = time.monotonic() - started
    if failure := failure_in(name, notebook, error):
        return None, failure
    return Output(name, {each: read_digest(each) for each in read}, seconds, notebook), None


def execute(report: Callable[[str], None], workers: int | None = None) -> list[Failure]:
    """Execute the chapters whose outputs are not at hand.

    Args:
        report: called with a line for each chapter that is done.
        workers: how many at a time.

    Returns:
        The failures; empty when every chapter ran.
    """
    from casebook.execution.kernel import warm_up
    from casebook.execution.outputs import keep, kept

    prepare_environment()
    missing = {path: place for path, place in places().items() if kept(place) is None}
    if missing:
        warm_up()
    failures = []
    with ThreadPoolExecutor(workers or WORKERS) as pool:
        running = {pool.submit(execute_one, path): place for path, place in missing.items()}
        for done in as_completed(running):
            output, failure = done.result()
            if failure:
                failures.append(failure)
                continue
            keep(running[done], output)
            report(f"{output.chapter} executed in {output.seconds:.1f} s")
    return failures


def present() -> list:
    """The outputs at hand that hold, in reading order; nothing in the place of one that does not."""
    from casebook.execution.outputs import kept

    return [kept(place) for place in places().values()]


def drop_others() -> None:
    """Remove what is kept for other code or another environment."""
    from casebook.execution.outputs import FOLDER

    wanted = set(places().values())
    for path in FOLDER.iterdir() if FOLDER.is_dir() else ():
        if path not in wanted:
            path.unlink()


def offer(outputs: list, folder: Path) -> None:
    """Lay outputs into a cache of jupyter-cache, in which MyST-NB looks for them."""
    from jupyter_cache import get_cache
    from jupyter_cache.base import CacheBundleIn

    from casebook.execution.outputs import as_notebook

    cache = get_cache(str(folder))
    for output in outputs:
        bundle = CacheBundleIn(as_notebook(output), str(ROOT / output.chapter))
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def note_runs(outputs: list, folder: Path) -> Path:
    """Make the folder of that cache anew, with what each chapter read and how long it took."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    read = {output.chapter: list(output.read) for output in outputs}
    seconds = {output.chapter: f"{output.seconds:.1f}" for output in outputs}
    for name, noted in ((READ, read), (SECONDS, seconds)):
        (folder / name).write_text(json.dumps(noted, indent=1), encoding="utf-8")
    return folder
