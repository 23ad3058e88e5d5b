"""Build the book: check the data, execute the chapters, make the pages, replace the book.

The pages are made in a working folder. Only a build without any fault replaces
``_build/html``, so the last good book stays readable until then.
"""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import contextmanager

from casebook.checks import ensure_valid
from casebook.execute import execute, prepare_environment
from casebook.project import BUILD, ROOT

WORK = BUILD / "work"
SITE = BUILD / "html"


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


def check() -> None:
    """Refuse damaged data, naming every fault."""
    found = ensure_valid()
    if found:
        raise BuildError("\n".join([*found, f"{len(found)} faults in the data; nothing was built."]))


def make_pages() -> None:
    """The strict Sphinx pass, with Jupyter Book's own settings."""
    # Imported late: Sphinx takes a second, and damaged data should be refused at once.
    from jupyter_book.sphinx import build_sphinx

    result = build_sphinx(
        str(ROOT),
        str(WORK / "html"),
        path_config=str(ROOT / "_config.yml"),
        quiet=True,
        confoverrides={"latex_individualpages": False},  # jupyter-book asks for this key
        noconfig=True,
        warningiserror=True,
        keep_going=True,
    )
    if result:
        raise BuildError("The pages could not be made; every warning above is an error.")


def replace_book() -> None:
    """Put the new book in the place of the old one, whole."""
    fresh, old = BUILD / "html.new", BUILD / "html.old"
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(WORK / "html", fresh)
    shutil.rmtree(fresh / ".doctrees", ignore_errors=True)
    if SITE.exists():
        os.rename(SITE, old)
    os.rename(fresh, SITE)
    shutil.rmtree(old, ignore_errors=True)


def build(report: Callable[[str], None] = say) -> None:
    """Build the book.

    Raises:
        BuildError: with every fault, when anything at all is wrong.
    """
    with step("1/4 Checking the data"):
        check()
    prepare_environment()
    with step("2/4 Executing the chapters"):
        failures = execute(lambda line: report(f"    {line}"))
    if failures:
        raise BuildError("\n".join(map(str, failures)))
    with step("3/4 Making the pages"):
        make_pages()
    with step("4/4 Replacing the book"):
        replace_book()
    report(f"The book is in {SITE / 'index.html'}: open that file, or run 'make serve'.")
