"""A process that has imported what a build imports, so that each of a hundred small builds need not.

Each build is forked from it and runs in the folder, with the package and in the environment of its
own project, as if ``python -m casebook build`` had just been typed.
"""

import json
import os
import runpy
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

# Of others only: a project's own package must be its own
LIBRARIES = """frictionless jsonschema jupyter_book.config jupyter_cache jupyter_client jupytext lxml.html
    myst_nb.sphinx_ext nbclient pandas sphinx.application sphinx.builders.epub3 sphinx_book_theme
    sphinx.ext.mathjax sqlite3 yaml""".split()


def build(project: Path, environment: dict[str, str]) -> subprocess.CompletedProcess:
    """Build a project; what it said and how it ended."""
    with TemporaryDirectory() as folder:
        said, faults = Path(folder, "stdout"), Path(folder, "stderr")
        asked = {"folder": str(project), "environment": environment, "said": [str(said), str(faults)]}
        server().stdin.write(json.dumps(asked) + "\n")
        code = int(server().stdout.readline())
        texts = [path.read_text(encoding="utf-8") for path in (said, faults)]
        return subprocess.CompletedProcess(["build", project], code, *texts)


@cache
def server() -> subprocess.Popen:
    """The process, one for each worker of the suite; it ends when the worker does."""
    return subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )


def serve() -> None:
    """Fork a build for each line that comes in, and say how it ended."""
    for name in LIBRARIES:
        import_module(name)
    sys.path.pop(0)  # the folder of the tests
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            return run(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def run(folder: str, environment: dict[str, str], said: list[str]) -> None:
    """Become the command in a project's folder."""
    for number, path in enumerate([os.devnull, *said]):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path.insert(0, folder)
    sys.argv[1:] = ["build"]
    runpy.run_module("casebook", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    serve()
