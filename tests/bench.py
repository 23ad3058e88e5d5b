"""Measure the build beside a stock Jupyter Book and beside plain Python: ``make bench``.

Everything is measured in one go on copies of the project, in turns, so that whatever else
the machine does strikes all alike; the table shows medians, the spread, and ratios.

*ours* is ``make book``; *stock* is ``jupyter-book build`` of the same sources, with the same
extension (the pages need its directives) but executing chapters itself, one after another,
and reusing nothing of ours; *plain* is the code of all chapters in one Python process.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from string import ascii_uppercase

import small
import yaml
from notebook import HEADER

PLAIN = """
import os
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from casebook.execution.chapters import as_written, chapters, code_cells, prepare_environment
prepare_environment()
for path in chapters():
    shell = InteractiveShell()
    os.chdir(path.parent)
    with capture_output():
        for cell in code_cells(as_written(path)):
            shell.run_cell(cell.source).raise_error()
"""
OURS = ["-m", "casebook", "build"]
STOCK = [str(Path(sys.executable).with_name("jupyter-book")), "build", "."]
EVENTS = ("data", "evidence", "repatriation_events.csv")
CELL = "EV062,2023-10-09,2023-10-09,day,repatriation,{},"
# A cell of our own before the code of a copied chapter: its names must not meet the original's
APART = """
from casebook.publishing import publish as _publish
for _name in ("value", "figure", "listing"):
    def _apart(key, *given, _call=getattr(_publish, _name), **named):
        return _call(f"{key}.copy%d", *given, **named)
    setattr(_publish, _name, _apart)
"""


def run(project: Path, arguments: list[str]) -> tuple[float, float]:
    """Seconds, and the memory in MB of the largest process; the command must succeed."""
    with tempfile.TemporaryFile("w+") as said:
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=project, env=small.settings(project), stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        if os.waitstatus_to_exitcode(status):
            said.seek(0)
            sys.exit(said.read())
    return seconds, used.ru_maxrss / 1024


def cold(project: Path, turn: int) -> None:
    shutil.rmtree(project / "_build", ignore_errors=True)


def nothing(project: Path, turn: int) -> None:
    pass


def edit_sentence(project: Path, turn: int) -> None:
    path = project / "book" / "law" / "definition.md"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nOne more sentence{'.' * (turn + 1)}\n")


def edit_row(project: Path, turn: int) -> None:
    small.replace(project.joinpath(*EVENTS), CELL.format(500 + turn), CELL.format(501 + turn))


def copies(folder: Path) -> dict[str, Path]:
    """One copy of the project for us, one for stock Jupyter Book."""
    found = {}
    for name in ("ours", "stock"):
        ignored = shutil.ignore_patterns(".*", "_build", "dist", "__pycache__")
        found[name] = Path(shutil.copytree(small.ROOT, folder / name, ignore=ignored))
    small.replace(found["stock"] / "_config.yml", "execute_notebooks: cache", "execute_notebooks: force")
    return found


def side_by_side(folder: Path, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Seconds by task and by builder."""
    place, found = copies(folder), {}
    commands = {"ours": OURS, "stock": STOCK}
    tasks = {"cold": cold, "nothing changed": nothing, "one sentence": edit_sentence, "one row": edit_row}
    for turn in range(rounds):
        for task, change in tasks.items():
            for name, command in commands.items():
                change(place[name], turn)
                found.setdefault(task, {}).setdefault(name, []).append(run(place[name], command)[0])
            if task == "cold":
                found[task].setdefault("plain", []).append(run(place["ours"], ["-c", PLAIN])[0])
    return found


def more_chapters(project: Path, times: int) -> None:
    """Add copies of the code of every chapter, under other keys."""
    toc = yaml.safe_load((project / "_toc.yml").read_text(encoding="utf-8"))
    for number in range(1, times):
        for part in toc["parts"][:2]:
            for chapter in [each["file"] for each in part["chapters"] if "-copy" not in each["file"]]:
                text = (project / f"{chapter}.md").read_text(encoding="utf-8")
                cells = [cell.partition("```")[0] for cell in text.split("```{code-cell} ipython3")[1:]]
                cells.insert(0, APART % number)
                shown = [f"```{{code-cell}} ipython3{cell}```\n" for cell in cells]
                page = "\n".join([HEADER, "# A copy\n", *shown])
                (project / f"{chapter}-copy{number}.md").write_text(page, encoding="utf-8")
                part["chapters"].append({"file": f"{chapter}-copy{number}"})
    (project / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False), encoding="utf-8")


def more_rows(project: Path, times: int) -> None:
    """Repeat the rows of the largest table under countries of origin that do not exist."""
    folder = project / "data"
    rows = (folder / "evidence" / "unhcr_china_host.csv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [row.split(",", 2) for row in rows]
    origins = sorted({origin for _, origin, _ in cells})
    free = (code for code in map("".join, product(ascii_uppercase, repeat=3)) if code not in origins)
    with (folder / "evidence" / "unhcr_china_host.csv").open("a", encoding="utf-8") as file:
        for _ in range(times - 1):
            named = {origin: next(free) for origin in origins}
            file.writelines(f"{year},{named[origin]},{rest}\n" for year, origin, rest in cells)
    counts = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
    counts["unhcr_china_host"] = len(rows) * times
    (folder / "rows.json").write_text(json.dumps(counts), encoding="utf-8")


def shown(found: dict[str, dict[str, list[float]]]) -> str:
    """The comparison as a table in Markdown."""
    lines = ["| task | ours, s | stock, s | ours / stock | plain, s |", "|---|---|---|---|---|"]
    for task, held in found.items():
        cells = [spread(held[name]) if name in held else "" for name in ("ours", "stock", "plain")]
        ratios = [ours / stock for ours, stock in zip(held["ours"], held["stock"], strict=True)]
        lines.append(f"| {task} | {cells[0]} | {cells[1]} | {statistics.median(ratios):.3f} | {cells[2]} |")
    return "\n".join(lines)


def spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


def growth(folder: Path, grow, sizes: list[int]) -> str:
    """Cold time and memory with so many times as much."""
    lines = ["| times | cold, s | against one, per unit | largest process, MB |", "|---|---|---|---|"]
    first = None
    for times in sizes:
        project = copies(folder / f"{grow.__name__}-{times}")["ours"]
        grow(project, times)
        seconds, memory = run(project, OURS)
        first = first or seconds
        lines.append(f"| {times} | {seconds:.1f} | {seconds / first / times:.2f} | {memory:.0f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["compare", "chapters", "rows"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--chapters", type=int, nargs="*", default=[1, 2, 4, 8])
    parser.add_argument("--rows", type=int, nargs="*", default=[1, 10, 100])
    asked = parser.parse_args()
    print(f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "compare" in asked.parts:
            found = side_by_side(folder, asked.rounds)
            print(f"\nMedians of {asked.rounds} rounds (smallest to largest)\n\n{shown(found)}")
        if "chapters" in asked.parts:
            print(f"\nChapters\n\n{growth(folder, more_chapters, asked.chapters)}")
        if "rows" in asked.parts:
            print(f"\nRows of evidence\n\n{growth(folder, more_rows, asked.rows)}")


if __name__ == "__main__":
    main()
