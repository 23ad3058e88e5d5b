"""What a change moves, against the state in git."""

import subprocess

import pytest
import small


@pytest.fixture
def project(tmp_path):
    """The small book, committed."""
    copy = small.make(tmp_path / "copy")
    (copy / ".gitignore").write_text("_build\n__pycache__\n", encoding="utf-8")
    who = ["-c", "user.name=x", "-c", "user.email=x@localhost"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "A state"]):
        subprocess.run(["git", *command], cwd=copy, check=True)
    return copy


def said(run, project, *since: str) -> list[str]:
    done = run(project, "-m", "casebook", "moves", *since, env=small.settings(project))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    return lines[next(number for number, line in enumerate(lines) if line.startswith("What moves")) :]


def test_a_change_is_followed_to_values_claims_and_conclusions(project, run):
    events = project / "data" / "evidence" / "repatriation_events.csv"
    small.replace(
        events,
        "EV062,2023-10-09,2023-10-09,day,repatriation,500,",
        "EV062,2023-10-09,2023-10-09,day,repatriation,501,",
    )
    claims = project / "data" / "argument" / "claims.yaml"
    start = claims.read_text(encoding="utf-8").index("- id: AR-1\n")
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text[:start] + text[start:].replace("title: ", "title: Indeed, ", 1), encoding="utf-8")
    lines = said(run, project)
    assert any(
        "small.returned: 500 to 600 people -> 501 to 600 people (quoted in book/small.md)" in line
        for line in lines
    )
    assert any("AR-1: Indeed, " in line for line in lines)
    assert "Conclusions" not in lines, "nothing of them moves"


def test_nothing_moves_where_nothing_changed_and_an_unknown_state_is_named(project, run):
    assert said(run, project, "HEAD")[1:] == ["  nothing"]
    done = run(project, "-m", "casebook", "moves", "no-such-edition", env=small.settings(project))
    assert done.returncode == 1 and "git cannot give that state" in done.stderr
