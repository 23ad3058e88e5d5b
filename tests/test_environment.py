"""The environment: one lock, one conda file that agrees with it, no address of a registry or a machine."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml

from casebook.build.environment import environment, holds

ROOT = Path(__file__).resolve().parent.parent
BUILT = {".git", ".venv", ".venv-lab", "_build", "dist"}
BUILT |= {"__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}


def files() -> list[Path]:
    """Every text file of the project."""
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not BUILT & set(path.relative_to(ROOT).parts) and b"\0" not in path.read_bytes()
    ]


def found(pattern: str) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files()
        for match in re.finditer(pattern, path.read_text("utf-8", errors="replace"))
    ]


@pytest.fixture(scope="module")
def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def wanted(pyproject) -> dict[str, str]:
    """What pyproject.toml asks for: name to condition."""
    asked = [*pyproject["project"]["dependencies"]]
    for name, group in pyproject["dependency-groups"].items():
        asked += group if name != "exit" else []
    return dict(re.fullmatch(r"([\w-]+)(.*)", one).groups() for one in asked)


LOCKS = ["requirements.lock", "requirements-lab.lock"]


def versions(lock: str) -> dict[str, set[str]]:
    """Name to versions of every package of a lock; a version may depend on the Python."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if line[0] not in " #":
            name, version = line.split()[0].split("==")
            found.setdefault(name, set()).add(version)
    return found


@pytest.fixture(scope="module")
def locked() -> dict[str, str]:
    """Name to version of every package of the locks."""
    return {name: max(found) for lock in LOCKS for name, found in versions(lock).items()}


def test_the_two_locks_agree():
    book, lab = (versions(lock) for lock in LOCKS)
    shared = book.keys() & lab.keys()
    assert len(shared) > 50
    assert {name: book[name] for name in shared} == {name: lab[name] for name in shared}


@pytest.fixture(scope="module")
def conda() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))


def test_the_conda_file_is_the_one_that_make_lock_writes():
    assert (ROOT / "environment.yml").read_text("utf-8") == environment()


def test_the_conda_file_has_the_pins_of_the_lock(conda, wanted):
    *_, pip = conda["dependencies"]
    own, *pins = pip["pip"]
    assert own == "-e .", "the chapters import casebook"
    named = dict(pin.split("==") for pin in pins)
    assert named.keys() == wanted.keys()
    held = {lock: versions(lock) for lock in LOCKS}
    assert all(any(version in held[lock].get(name, ()) for lock in LOCKS) for name, version in named.items())


def test_the_conda_file_can_be_installed_on_the_python_that_it_names(conda):
    """What the installer chose from the lock, with its markers, is what the file pins."""
    python, _, pip = conda["dependencies"]
    if python != f"python={sys.version_info.major}.{sys.version_info.minor}":
        pytest.skip("the environment of this run has another Python than the file names")
    pins = dict(pin.split("==") for pin in pip["pip"][1:])
    chosen = {entry.metadata["Name"].lower().replace("_", "-"): entry.version for entry in distributions()}
    both = pins.keys() & chosen.keys()
    assert {"scipy", "pandas", "matplotlib"} <= both
    assert {name: pins[name] for name in both} == {name: chosen[name] for name in both}


def test_a_resolver_finds_an_environment_for_the_python_that_the_conda_file_names(conda):
    python, _, pip = conda["dependencies"]
    command = [
        Path(sys.executable).with_name("uv"),
        "pip",
        "compile",
        "--quiet",
        "--no-annotate",
        "--no-header",
    ]
    done = subprocess.run(
        [*command, "--python-version", python.partition("=")[2], "-"],
        input="\n".join(pip["pip"]), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if "error sending request" in done.stderr or "Could not connect" in done.stderr:
        pytest.skip("a resolver asks the registry of packages, which cannot be reached")
    assert done.returncode == 0, done.stderr
    assert set(pip["pip"][1:]) <= {line.split(" ;")[0] for line in done.stdout.splitlines()}


@pytest.mark.parametrize(
    ("marker", "meant"),
    [("", True), ("python_full_version < '3.12'", True), ("python_full_version >= '3.12' ", False)],
)
def test_a_pin_is_taken_for_the_python_that_the_file_names(marker, meant):
    assert holds(marker) is meant


def test_the_conda_file_has_the_python_of_the_project(conda, pyproject):
    assert conda["name"] == "returned"
    assert conda["channels"] == ["conda-forge", "nodefaults"]
    assert conda["dependencies"][0] == "python=3.11"
    assert pyproject["project"]["requires-python"] == ">=3.11"


def test_jupyter_book_stays_below_two(wanted, locked):
    assert wanted["jupyter-book"].endswith("<2")
    assert locked["jupyter-book"].startswith("1.")


def test_the_way_out_has_no_jupyter_book():
    out = versions("requirements-exit.lock")
    assert "jupyter-book" not in out
    assert all(int(version.split(".")[0]) >= 9 for version in out["sphinx"])


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-exit.lock"])
def test_every_package_of_the_lock_has_hashes(lock):
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
    assert len(entries) > 100
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert [entry.split()[0] for entry in entries if not re.match(r"[\w.-]+==\S+ ", entry)] == []


def test_the_lock_meets_what_the_project_asks_for(wanted, locked):
    """Compared number by number; no condition here needs more."""

    def numbers(version: str) -> list[int]:
        return [int(part) for part in re.findall(r"\d+", version)]

    for name, condition in wanted.items():
        least = re.search(r">=([^,]+)", condition).group(1)
        assert numbers(locked[name]) >= numbers(least), name


def test_no_file_names_a_registry():
    assert found(r"--(extra-)?index" + "-url") == []
    assert found(r"https?://[\w.-]*(pypi|pythonhosted|anaconda|npmjs|jsdelivr|unpkg)[\w.-]*") == []


def test_no_file_names_a_path_of_a_machine():
    own = [told for told in found(r"(?<![\w/.:-])/(root|home|Users|work)/\w+") if "/vendor/" not in told]
    assert own == []
    assert found(re.escape(str(ROOT))) == []


def test_no_setting_of_matplotlib_reaches_a_figure(tmp_path):
    """Neither a matplotlibrc of the machine nor one in the folder where the build starts."""
    (tmp_path / "matplotlibrc").write_text("image.cmap: gray\nlines.dash_capstyle: round\n", "utf-8")
    code = "from casebook.publishing import style; print(sorted(map(str, style.plt.rcParams.items())))"

    def settings(**more: str) -> str:
        environment = os.environ | {"PYTHONPATH": str(ROOT)} | more
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path if more else ROOT, env=environment,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    assert settings(MATPLOTLIBRC=str(tmp_path)) == settings()
