"""Kill and damage builds at random, and see that nothing comes of it.

``.venv/bin/python tests/kill.py --rounds 100``: in each round the small book is changed, its
build is killed once or more at a random moment (the whole process group, SIGKILL), now and
then a file that it left is cut short or altered, and the book that readers have is compared:
it must be the old one or the new one, whole. Then a build runs to its end, and the book
must be, byte for byte, the one that a build from nothing makes.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import small

STATES = {  # sentence in a page, number in a row
    "one": ("Returned: ", "day,repatriation,500,"),
    "two": ("People returned: ", "day,repatriation,503,"),
}

# The steps that a build announces, and within how many seconds of each it is killed
STEPS = {"start": 1.0, "1/4": 2.0, "2/4": 6.0, "3/4": 8.0, "4/4": 0.3}


def change(project: Path, state: str) -> None:
    """Put the book's sources into one of two states."""
    for other, (sentence, cell) in STATES.items():
        for path, old, new in (
            (project / "book" / "small.md", f"\n{sentence}{{value}}", f"\n{STATES[state][0]}{{value}}"),
            (project / "data" / "evidence" / "repatriation_events.csv", cell, STATES[state][1]),
        ):
            if other != state and old in path.read_text(encoding="utf-8"):
                small.replace(path, old, new)


def start(project: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "casebook", "build"], cwd=project, env=small.settings(project),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def killed(project: Path, step: str, after: float) -> str:
    """Start a build and kill it so many seconds into a step; says so, or that it had ended by then."""
    build = start(project)
    while step != "start" and (line := build.stdout.readline()) and not line.startswith(step):
        pass
    time.sleep(after)
    if build.poll() is None:
        os.killpg(build.pid, signal.SIGKILL)
    build.communicate()
    return f"killed in step {step}" if build.returncode == -signal.SIGKILL else "ended before it was killed"


def damage(project: Path, chance: random.Random) -> str:
    """Cut short, alter or remove one file of those that builds leave, the book itself aside."""
    kept = [
        place for place in (project / "_build").iterdir() if place.name not in ("html", "html.old", "lock")
    ]
    left = [path for place in kept for path in (place.rglob("*") if place.is_dir() else [place])]
    path = chance.choice(sorted(path for path in left if path.is_file()))
    whole, way = path.read_bytes(), chance.choice(["cut", "altered", "removed"])
    if way == "removed":
        path.unlink()
    elif way == "cut" or not whole:
        path.write_bytes(whole[: len(whole) // 2])
    else:
        place = chance.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
    return f"{path.relative_to(project / '_build').parts[0]} {way}"


def built(project: Path) -> dict[str, bytes]:
    """The book after a build that must succeed."""
    build = start(project)
    said = build.communicate()[0]
    assert build.returncode == 0, said
    return small.contents(project / "_build" / "html")


def rounds(folder: Path, number: int, seed: int) -> Counter:
    """Run the rounds; returns how often a build was killed in which step, and what was damaged."""
    chance, tally = random.Random(seed), Counter()
    project = small.make(folder / "killed")
    clean = {}
    for state in STATES:
        change(project, state)
        shutil.rmtree(project / "_build", ignore_errors=True)
        clean[state] = built(project)
    last = "two"
    for _ in range(number):
        state = "one" if last == "two" else "two"
        change(project, state)
        for step in chance.sample(sorted(STEPS), chance.choice([1, 2])):
            tally[killed(project, step, chance.uniform(0, STEPS[step]))] += 1
            assert small.contents(project / "_build" / "html") in (clean[last], clean[state])
        if chance.random() < 0.4:
            tally[damage(project, chance)] += 1
        assert built(project) == clean[state]
        last = state
    return tally


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for what, count in sorted(rounds(Path(place), asked.rounds, asked.seed).items()):
            print(f"{count:5}  {what}")
