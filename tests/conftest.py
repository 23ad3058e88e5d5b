"""What several tests need: copies of the data and of the project, free to be damaged."""

import fcntl
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import small
import strange
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from casebook.build.book import HTML
from casebook.data import tables
from casebook.project import DATA, ROOT

# How long a test takes depends on the machine
settings.register_profile("book", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("book")
# A mutant is tried in a moment, and the same cases tell the same of it each time
settings.register_profile("mutation", deadline=None, max_examples=20, derandomize=True, database=None)

# For a look between two edits: the same properties, tried on fewer cases
CALM = [HealthCheck.too_slow]
settings.register_profile("quick", deadline=None, max_examples=10, suppress_health_check=CALM)

# What builds or opens the book, runs a chapter, or copies the project; 'make test-quick' leaves it out
SLOW_FIXTURES = {"site", "project", "browser", "unpacked", "fresh"}
SLOW_MODULES = {"book", "moves", "figures", "build", "dist", "domain", "exact", "execute", "kill", "paper"}

# The pages that tests parse stay; looking through them for garbage takes a tenth of the time
gc.set_threshold(200_000, 20, 100)

# Begun first, the longest at the head: else one of two workers has them left when the other is done
LONG = [
    "browser",
    "build",
    "exact",
    "damage",
    "paper",
    "doubt_page",
    "kill",
    "screening",
    "figures",
    "moves",
    "kept_honest",
]

NOT_COPIED = shutil.ignore_patterns(".*", "_build", "dist", "__pycache__")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long, by what it needs and where it stands, so that no test has to say it."""
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if needs & SLOW_FIXTURES or module_of(item) in SLOW_MODULES:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: LONG.index(module_of(item)) if module_of(item) in LONG else len(LONG))


def module_of(item: pytest.Item) -> str:
    return item.path.stem.removeprefix("test_")


@pytest.fixture(autouse="MUTANT_UNDER_TEST" in os.environ)
def forget() -> None:
    """Let each test read the tables for itself: what an earlier one had read would hide a mutant."""
    for name, module in list(sys.modules.items()):
        if name.startswith("casebook"):
            for kept in [thing for thing in vars(module).values() if hasattr(thing, "cache_clear")]:
                kept.cache_clear()
    tables._read.clear()


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the data; every check takes the folder that it is to look at."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the whole project without what was built and without its environment."""
    copy = Path(shutil.copytree(ROOT, tmp_path / "project", ignore=NOT_COPIED))
    small.take_stamps(copy)
    return copy


@pytest.fixture
def run():
    """Run Python on a module or a script of a copied project, in that project's folder."""

    def python(folder: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, **options)

    return python


@pytest.fixture(scope="session")
def site(tmp_path_factory, testrun_uid) -> Path:
    """The built book. Whichever worker asks first builds it; the others wait for it.

    What is not built yet is built in a strange environment; ``test_exact`` sees that nothing shows of it.
    """
    with (tmp_path_factory.getbasetemp().parent / f"built-{testrun_uid}").open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        mark.seek(0)
        if not mark.read():
            settings = os.environ | strange.environment(ROOT, tmp_path_factory.mktemp("strange"))
            done = subprocess.run(
                [sys.executable, "-m", "casebook", "build"],
                cwd=ROOT, env=settings, capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            mark.write("done")
    return HTML


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync""".split()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser. Without one the tests that need it are skipped, except where CI is set."""
    if not CHROMIUM and not os.environ.get("CI"):
        pytest.skip("no chromium here; Debian's package 'chromium' is what the browser suite needs")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter) -> None:
    """Print the weights of the pages below the results, whichever worker measured them."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, words in report.user_properties:
            if name == "budget" and report.when == "call":
                terminalreporter.section("weights of the pages")
                terminalreporter.write_line(words)
