"""Execute the chapters before the pages are made, several at a time.

Outputs go into jupyter-cache, in a folder named by the digest of everything that a
cell can read; MyST-NB then finds them there. A chapter that fails, or that writes to
stderr, is reported with its cell, and nothing of it is kept.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from casebook.project import BUILD, ROOT, execution_digest

TIMEOUT = 120  # seconds a cell may take
QUIET = ["--IPKernelApp.log_level=ERROR"]  # no notice about transport for each kernel


@dataclass(frozen=True)
class Failure:
    """A cell that stopped its chapter."""

    chapter: str
    cell: int
    reason: str

    def __str__(self) -> str:
        return f"{self.chapter}, code cell {self.cell}: {self.reason}"


def prepare_environment() -> None:
    """Keep the kernels' own files inside the build folder and silence first-run notices.

    Matplotlib builds a list of fonts on its first import and may say so on stderr,
    which the strict build would take for a fault of a chapter.
    """
    fonts = BUILD / "home" / "matplotlib"
    first_time = not fonts.is_dir()
    os.environ["MPLCONFIGDIR"] = str(fonts)
    os.environ["IPYTHONDIR"] = str(BUILD / "home" / "ipython")
    os.environ["JUPYTER_RUNTIME_DIR"] = str(BUILD / "home" / "runtime")
    os.environ["PYTHONHASHSEED"] = "0"
    if first_time:
        fonts.mkdir(parents=True)
        subprocess.run([sys.executable, "-c", "import matplotlib.pyplot"], capture_output=True)


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


def code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def failure_in(chapter: str, notebook, error: Exception | None) -> Failure | None:
    """The first fault of an executed chapter: an exception, or words on stderr."""
    for number, cell in enumerate(code_cells(notebook), start=1):
        for output in cell.outputs:
            if output.output_type == "error":
                return Failure(chapter, number, f"{output.ename}: {output.evalue}")
            if output.output_type == "stream" and output.name == "stderr":
                return Failure(chapter, number, f"text on stderr: {output.text.strip()[:300]}")
    return Failure(chapter, 0, str(error)) if error else None


def execute_one(path: Path) -> tuple:
    """Run one chapter in a kernel of its own; returns (notebook, failure, seconds)."""
    from jupyter_cache.executors.utils import single_nb_execution
    from myst_nb.core.read import myst_nb_reader_plugin

    notebook = myst_nb_reader_plugin(str(path))
    started = time.monotonic()
    result = single_nb_execution(
        notebook, cwd=str(path.parent), timeout=TIMEOUT, allow_errors=False, extra_arguments=QUIET
    )
    name = path.relative_to(ROOT).as_posix()
    return notebook, failure_in(name, notebook, result.err), time.monotonic() - started


def missing(cache) -> Iterator[Path]:
    """Chapters whose outputs for the present data, package and lock are not at hand."""
    from myst_nb.core.read import myst_nb_reader_plugin

    for path in chapters():
        try:
            cache.match_cache_notebook(myst_nb_reader_plugin(str(path)))
        except KeyError:
            yield path


def execute(report: Callable[[str], None], workers: int | None = None) -> list[Failure]:
    """Execute what is missing from the cache.

    Args:
        report: called with a line for each chapter that is done.
        workers: how many at a time; as many as there are cores by default.

    Returns:
        The failures; empty when every chapter ran.
    """
    from jupyter_cache import get_cache
    from jupyter_cache.base import CacheBundleIn

    prepare_environment()
    cache = get_cache(str(BUILD / "cache" / execution_digest()))
    wanted, failures = list(missing(cache)), []
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        running = {pool.submit(execute_one, path): path for path in wanted}
        for done in as_completed(running):
            path = running[done]
            notebook, failure, seconds = done.result()
            if failure:
                failures.append(failure)
                continue
            bundle = CacheBundleIn(notebook, str(path), data={"execution_seconds": seconds})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            report(f"{path.relative_to(ROOT)} executed in {seconds:.1f} s")
    return failures
