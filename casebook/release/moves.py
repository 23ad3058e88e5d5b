"""``make moves``: what a change of rows, claims or text moves, before and after.

The state to compare with is taken from git, by default the last commit, and executed in a folder of its
own; both are then compared by what their chapters published and by what stands in their arguments.
"""

import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from casebook.build.book import BuildError, execute_chapters, say
from casebook.execution.chapters import drop_others
from casebook.project import BUILD, ROOT

FOLDER = BUILD / "moves"
STATES = """
import json
from casebook.argument.questions import book_states, conclusions
from casebook.argument.claims import LISTS, claims
from casebook.data.descriptor import tables
from casebook.data.tables import sources_of, table
named = {name: [row for kind in LISTS for row in entry.get(kind, [])] for name, entry in claims().items()}
print(json.dumps({
    "rows": {
        name: json.dumps(record, default=str)
        for one in tables() for name, record in table(one.name).to_dict("index").items()
    },
    "rests_on": {name: [*rows, *sources_of(rows)] for name, rows in named.items()},
    "conclusions": {name: [words, book_states()[name]] for name, words in conclusions().items()},
    "claims": {name: [entry["title"], json.dumps(entry, sort_keys=True)] for name, entry in claims().items()},
    "states": book_states(),
}))
"""
QUOTED = re.compile(r"\{value\}`([\w.-]+)")


def git(*arguments: str) -> bytes:
    """What git answers.

    Raises:
        BuildError: there is no git, or it does not know what was asked for.
    """
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True)
    except FileNotFoundError:
        raise BuildError("To compare with an earlier state, git must be installed.") from None
    if done.returncode:
        raise BuildError(f"git cannot give that state: {done.stderr.decode().strip()}")
    return done.stdout


def earlier(since: str) -> Path:
    """The project as it was, with its chapters executed; kept under the name of its commit."""
    commit = git("rev-parse", "--verify", f"{since}^{{commit}}").decode().strip()
    place = FOLDER / commit[:12]
    if not (place / "done").is_file():
        with tarfile.open(fileobj=BytesIO(git("archive", commit))) as packed:
            packed.extractall(place, filter="data")
        asked(place, "-m", "casebook", "execute")
        (place / "done").touch()
    return place


def asked(project: Path, *arguments: str) -> str:
    """What Python answers with the package of that project."""
    environment = os.environ | {"PYTHONPATH": str(project)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BuildError(f"The earlier state cannot be executed here:\n{done.stderr.strip()[-2000:]}")
    return done.stdout


def published(project: Path) -> dict[str, dict]:
    """What the chapters of a project published, by kind and key: ``value:arrivals.total``."""
    found = {}
    for path in (project / "_build" / "outputs").iterdir():
        output = json.loads(path.read_text(encoding="utf-8").split("\n", 1)[1])
        for cell in output["notebook"]["cells"]:
            for each in cell.get("outputs", []):
                if name := each.get("metadata", {}).get("scrapbook", {}).get("name"):
                    found[name] = next(held for kind, held in each["data"].items() if "casebook" in kind)
    return found


def argued(project: Path) -> dict[str, dict]:
    """Conclusions, claims and their states in a project."""
    return json.loads(asked(project, "-c", STATES))


def changes(before: dict, after: dict) -> Iterator[tuple[str, Any, Any]]:
    """What is not the same in both, in order: name, before, after; None where there was nothing."""
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def as_written(value: dict | None) -> str:
    """A value as a line shows it."""
    if value is None:
        return "nothing"
    low, high = (
        f"{value[end]:,.4g}" if value["unit"] == "share" else f"{value[end]:,g}" for end in ("low", "high")
    )
    return f"{low if low == high else f'{low} to {high}'} {value['unit']}"


def quoting(key: str) -> str:
    """The chapters that quote a value, and whether a claim does."""
    paths = [*(ROOT / "book").rglob("*.md"), *(ROOT / "data" / "argument").glob("*.yaml")]
    found = [path for path in paths if key in QUOTED.findall(path.read_text(encoding="utf-8"))]
    names = ", ".join(sorted(path.relative_to(ROOT).as_posix() for path in found))
    return f" (quoted in {names})" if names else ""


def moved(before: Path, after: Path) -> list[str]:
    """Every move, a line each, under a heading for each sort of thing."""
    old, new = published(before), published(after)
    was, now = argued(before), argued(after)
    lines = ["Conclusions"]
    for name, one, other in changes(was["conclusions"], now["conclusions"]):
        lines.append(f"  {name}: {' '.join(one or ['nothing'])} -> {' '.join(other or ['nothing'])}")
    lines.append("Claims whose state moves")
    lines += [f"  {name}: {one} -> {other}" for name, one, other in changes(was["states"], now["states"])]
    lines.append("Claims that were written again, added or taken away")
    for name, one, other in changes(was["claims"], now["claims"]):
        lines.append(
            f"  {name}: {(other or one)[0]}" + ("" if one and other else " (new)" if other else " (gone)")
        )
    lines.append("Claims that rest on rows or sources that were changed")
    lines += [f"  {name}: {', '.join(rows)}" for name, rows in touched(was, now).items()]
    lines.append("Values")
    for name, *_ in changes(numbers(old), numbers(new)):
        key = name.removeprefix("value:")
        lines.append(f"  {key}: {as_written(old.get(name))} -> {as_written(new.get(name))}{quoting(key)}")
    for kind in ("figure", "table"):
        lines.append(f"{kind.capitalize()}s with other data")
        held = [
            {name: each["csv"] for name, each in state.items() if name.startswith(kind)}
            for state in (old, new)
        ]
        lines += [f"  {name.partition(':')[2]}" for name, *_ in changes(*held)]
    return lines


def touched(was: dict, now: dict) -> dict[str, list[str]]:
    """The claims that name a changed row, or one whose source was changed, with these rows."""
    moved_rows = {name for name, *_ in changes(was["rows"], now["rows"])}
    found = {
        name: [row for row in dict.fromkeys(rows) if row in moved_rows]
        for name, rows in (was["rests_on"] | now["rests_on"]).items()
    }
    return {name: rows for name, rows in found.items() if rows}


def numbers(state: dict[str, dict]) -> dict[str, tuple]:
    """The two ends of each value."""
    return {name: (each["low"], each["high"]) for name, each in state.items() if name.startswith("value:")}


def moves(since: str = "HEAD") -> None:
    """Say what moved since a commit, a tag or a branch.

    Raises:
        BuildError: that state is not known, or one of the two cannot be executed.
    """
    execute_chapters()
    drop_others()  # what is kept of other states would be taken for this one
    lines = moved(earlier(since), ROOT)
    say(f"What moves against {since}:")
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith(" ") or after.startswith(" "):
            say(line)
    if not any(line.startswith(" ") for line in lines):
        say("  nothing")
