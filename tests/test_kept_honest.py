"""What keeps the code and its tools honest: style, types, the workflow, the hooks, the audit."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jupytext
import pytest
import yaml
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "book.yml"
CHAPTERS = [
    path for path in sorted((ROOT / "book").rglob("*.md")) if "kernelspec:" in path.read_text("utf-8")
]
LONGEST_CELL = 25  # lines
TOOLS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_code_is_clean(tool):
    done = subprocess.run([sys.executable, "-m", *TOOLS[tool]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_stands_as_jupyterlab_would_save_it_in_short_cells(chapter):
    text = chapter.read_text("utf-8")
    notebook = jupytext.reads(text, fmt="md:myst")
    assert jupytext.writes(notebook, fmt="md:myst") == text, "run 'make format'"
    lines = {cell.source.count("\n") + 1 for cell in notebook.cells if cell.cell_type == "code"}
    assert max(lines) <= LONGEST_CELL


def test_the_code_of_the_chapters_is_clean(tmp_path):
    for chapter in CHAPTERS:
        notebook = jupytext.reads(chapter.read_text("utf-8"), fmt="md:myst")
        (tmp_path / f"{chapter.stem}.ipynb").write_text(jupytext.writes(notebook, fmt="ipynb"), "utf-8")
    shown = ["--ignore", "B018"]  # the last line of a cell may be there to be seen
    for command in (["check", *shown], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--config", ROOT / "pyproject.toml", tmp_path],
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_is_sound():
    actionlint = shutil.which("actionlint")
    if not actionlint:
        pytest.skip("no actionlint here; its program is fetched from its own site, which no test may do")
    done = subprocess.run([actionlint, WORKFLOW], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_mutation_testing_finds_what_it_is_told_to_use():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    profile = asked["pytest_add_cli_args"][-1].removeprefix("--hypothesis-profile=")
    assert settings.get_profile(profile).deadline is None
    named = asked["only_mutate"] + asked["also_copy"] + asked["pytest_add_cli_args_test_selection"]
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.fixture(scope="module")
def jobs() -> dict:
    return yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]


def test_every_action_of_others_is_pinned_by_commit(jobs):
    used = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert len(used) > 3
    assert [one for one in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", one)] == []


def test_only_the_publishing_job_may_write(jobs):
    whole = yaml.safe_load(WORKFLOW.read_text("utf-8"))["permissions"]
    assert whole == {"contents": "read"}
    assert [name for name, job in jobs.items() if "permissions" in job] == ["publish"]
    assert jobs["publish"]["needs"] == "book" and "refs/heads/main" in jobs["publish"]["if"]


def test_what_the_workflow_and_the_hooks_run_exists(jobs):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    commands += [hook["entry"] for repository in hooks for hook in repository["hooks"]]
    made = {command.split()[1] for command in commands if command.startswith("make ")}
    assert made == {"test", "book", "exit", "audit", "check"} and made <= targets
    assert [repository["repo"] for repository in hooks] == ["local"], "others need the network"


@pytest.mark.slow
def test_an_audit_that_could_not_ask_says_so_and_fails():
    unreachable = os.environ | {"HTTPS_PROXY": "http://127.0.0.1:9"}
    done = subprocess.run(["make", "audit"], cwd=ROOT, env=unreachable, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Nothing was audited" in done.stderr and "Traceback" not in done.stderr


def test_every_module_that_is_mutated_exists():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    named = settings["only_mutate"] + settings["pytest_add_cli_args_test_selection"]
    assert [name for name in named if not (ROOT / name).is_file()] == []
