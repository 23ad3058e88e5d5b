"""What a change moves, against the state in git."""

import csv
import json
import random
import subprocess
import sys

import pytest
import small

from casebook.argument.claims import LISTS, claims
from casebook.data.tables import table
from casebook.project import DATA, ROOT
from casebook.release.moves import STATES, touched


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


def cited_in() -> dict[str, set[str]]:
    """For each source, the rows that cite it, from the cells of the files."""
    found: dict[str, set[str]] = {}
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    for one in package["resources"]:
        keys = [
            key
            for key in one.get("schema", {}).get("foreignKeys", [])
            if key["reference"]["resource"] == "sources"
        ]
        if not keys:
            continue
        with (DATA / one["path"]).open(encoding="utf-8", newline="") as file:
            for name, line in zip(table(one["name"]).index, csv.DictReader(file), strict=True):
                row = line["event_id"] if one["name"] == "event_sources" else name
                for key in keys:
                    (column,) = [key["fields"]] if isinstance(key["fields"], str) else key["fields"]
                    found.setdefault(line[column], set()).add(row)
    return {source: rows | {source} for source, rows in found.items() if source}


def test_twenty_changed_sources_name_every_claim_that_rests_on_them_and_no_other():
    done = subprocess.run(
        [sys.executable, "-c", STATES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    state, cited = json.loads(done.stdout), cited_in()
    used = {row for entry in claims().values() for kind in LISTS for row in entry.get(kind, [])}
    sources = sorted(name for name, rows in cited.items() if rows & used)
    for source in random.Random(20).sample(sources, 20):
        after = state | {"rows": state["rows"] | {source: "read again"}}
        wanted = {
            name
            for name, entry in claims().items()
            if cited[source] & {row for kind in LISTS for row in entry.get(kind, [])}
        }
        found = touched(state, after)
        assert wanted and found.keys() == wanted, source
        assert set(map(tuple, found.values())) == {(source,)}
    assert touched(state, state) == {}
