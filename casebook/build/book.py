"""Build the book: check the data, execute the chapters, make the pages, replace the book.

``_build/html`` is the book that readers have. It is replaced in one step, by a build
without any fault. The pages are made in ``_build/work``: from nothing, or, when only
pages of text were edited, from a copy of the last book and of what Sphinx knew of it
(``_build/state``). ``_build/book.json`` says of what the book was made and what came of
it; when the files say otherwise, nothing of them is used. So a build may be killed at any
moment, and whatever lies in ``_build`` may be damaged.
"""

import ctypes
import fcntl
import gc
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from casebook.checks.package import ensure_valid
from casebook.execution.chapters import OFFERED, drop_others, execute, prepare_environment
from casebook.execution.outputs import write_whole
from casebook.project import BUILD, ROOT, digest, input_digest, setting_digest

HTML, WORK, STATE = BUILD / "html", BUILD / "work", BUILD / "state"
OLD = BUILD / "html.old"  # for a moment, where two folders cannot be exchanged in one step
SEAL = BUILD / "book.json"
NEEDED = 150  # MB of free space: what a build writes beside the last book and its outputs


class BuildError(Exception):
    """The build stopped; the message holds every fault that was found."""


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(name: str):
    """Announce a step and say how long it took."""
    say(f"{name} ...")
    started = time.monotonic()
    yield
    say(f"    done in {time.monotonic() - started:.1f} s")


@contextmanager
def alone(report: Callable[[str], None] = say):
    """Hold the build folder; a second build waits. The lock ends with its holder, however that ends."""
    BUILD.mkdir(exist_ok=True)
    with open(BUILD / "lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("Another build of this folder is running; waiting for it to end ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def lack_of_space() -> str:
    """A sentence if the disk is too full to build; libraries say it in many other ways, or not at all."""
    free = shutil.disk_usage(BUILD).free // 10**6
    if free >= NEEDED:
        return ""
    return f"There is too little space in {BUILD}: a build needs some {NEEDED} MB, and {free} MB are free."


@contextmanager
def one_error():
    """What the machine refuses ends in one sentence."""
    try:
        yield
    except BuildError as error:
        raise BuildError(lack_of_space() or str(error)) from error
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise BuildError(
            f"The build stopped: {error.strerror or error}{where}. "
            "The last good book is as it was; put this right and run the command again."
        ) from error


def check() -> None:
    """Refuse damaged data, naming every fault."""
    found = ensure_valid()
    if found:
        raise BuildError("\n".join([*found, f"{len(found)} faults in the data; nothing was built."]))


def get_ready() -> None:
    """Begin to import in the background what chapters use; the check of the data leaves a core free.

    Where only pages of text were edited, hardly ever a chapter is executed.
    """
    from casebook.execution.kernel import warm_up

    prepare_environment()
    if sealed().get("setting") != setting_digest():
        warm_up()


def execute_chapters(report: Callable[[str], None] = say) -> None:
    """Execute what must be executed.

    Raises:
        BuildError: a chapter failed; the message names each with its cell.
    """
    failures = execute(lambda line: report(f"    {line}"))
    if failures:
        raise BuildError("\n".join(map(str, failures)))


def sealed() -> dict[str, str]:
    """What the last build left, as it says itself; nothing if that cannot be read."""
    try:
        return {**json.loads(SEAL.read_text(encoding="utf-8"))}
    except (OSError, ValueError, TypeError):
        return {}


def is_current(inputs: str) -> bool:
    """Whether the book was made of exactly this, and is as it was left."""
    held = sealed()
    return held.get("inputs") == inputs and HTML.is_dir() and held.get("html") == digest(HTML)


def begin() -> None:
    """Go on from the last book if only pages of text changed and nothing was touched; else from nothing."""
    shutil.rmtree(WORK, ignore_errors=True)
    held, now = sealed(), {"setting": setting_digest()}
    for name, folder in (("html", HTML), ("state", STATE)):
        now[name] = digest(folder) if folder.is_dir() else "missing"
    if all(held.get(name) == found for name, found in now.items()):
        shutil.copytree(STATE, WORK)
        # Made anew by each build; what lies there would show in the pages
        shutil.copytree(HTML, WORK / "html", ignore=shutil.ignore_patterns("_static"))


def make_pages() -> None:
    """The strict Sphinx pass, with Jupyter Book's own settings."""
    # Imported late: Sphinx takes a second, and damaged data should be refused at once.
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    # Looking for garbage among the nodes of the pages, which are many and stay, took a quarter of the time
    gc.set_threshold(200_000, 20, 100)
    asked = {"latex_individualpages": False}  # a key that Jupyter Book wants to find
    settings, _ = get_final_config(user_yaml=ROOT / "_config.yml", sourcedir=ROOT, cli_config=asked)
    try:
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                ROOT, None, WORK / "html", WORK / "doctrees", "html", settings,
                status=None, warning=sys.stderr, warningiserror=True, keep_going=True,
                parallel=2 * (os.cpu_count() or 1),  # more shares than cores, so that the last is short
            )  # fmt: skip
            app.build()
    except SphinxError as error:
        raise BuildError(f"The pages could not be made: {error}") from error
    gc.freeze()  # nor look when the program ends
    if app.statuscode:
        raise BuildError("The pages could not be made; every warning above is an error.")


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can (Linux)."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), swap) == 0


def replace_book(inputs: str) -> None:
    """Put the new book in the place of the old one, whole; then write down what it is."""
    seal = {"inputs": inputs, "setting": setting_digest(), "html": digest(WORK / "html")}
    if not HTML.exists():
        os.rename(WORK / "html", HTML)
    elif not exchange(WORK / "html", HTML):
        shutil.rmtree(OLD, ignore_errors=True)
        os.rename(HTML, OLD)
        os.rename(WORK / "html", HTML)
    for folder in (OLD, STATE, WORK / "html", WORK / OFFERED):
        shutil.rmtree(folder, ignore_errors=True)
    os.rename(WORK, STATE)
    write_whole(SEAL, json.dumps(seal | {"state": digest(STATE)}))


def restore_book() -> None:
    """Bring back the book if a build was killed in the moment of replacing it."""
    if OLD.is_dir() and not HTML.exists():
        os.rename(OLD, HTML)


def build(report: Callable[[str], None] = say) -> None:
    """Build the book.

    Raises:
        BuildError: with every fault, when anything at all is wrong.
    """
    with one_error(), alone(report):
        restore_book()
        inputs = input_digest()
        if is_current(inputs):
            report(f"Nothing has changed since the last build: {HTML / 'index.html'}")
            return
        if lacking := lack_of_space():
            raise BuildError(lacking)
        with step("1/4 Checking the data"):
            get_ready()
            check()
        with step("2/4 Executing the chapters"):
            execute_chapters(report)
        with step("3/4 Making the pages"):
            begin()
            make_pages()
        if input_digest() != inputs:
            raise BuildError("Files were changed while the book was built: run the command again.")
        with step("4/4 Replacing the book"):
            replace_book(inputs)
            drop_others()
        report(f"The book is in {HTML / 'index.html'}: open that file, or run 'make serve'.")
