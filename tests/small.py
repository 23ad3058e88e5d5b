"""A small book of two chapters in a copy of the project, for tests of the build."""

import os
import shutil
import subprocess
from pathlib import Path

import warm
from notebook import HEADER

from casebook.data.tables import sources_of, table

ROOT = Path(__file__).resolve().parent.parent
CHAPTER = (
    HEADER
    + """
# A small book

```{code-cell} ipython3
from casebook import row
from casebook.publishing import publish, style

event = row("EV062")
publish.value(
    "small.returned", event["persons_low"], high=event["persons_high"],
    unit="people", meaning="people in one event", rests_on=["EV062"],
)
print("done")
```

Returned: {value}`small.returned`.
"""
)
OTHER = (
    HEADER
    + """
# Another chapter

```{code-cell} ipython3
import pandas as pd

from casebook import row
from casebook.publishing import publish, style

def draw(narrow):
    axes = style.canvas(narrow=narrow)[1]
    axes.plot([1, 2, 3])
    return axes.figure


year = row("SR1")["start"]
publish.value("small.year", year, unit="year", meaning="the year of the mandate", rests_on=["SR1"])
publish.figure(
    "small-figure", draw, headline="It rises", subtitle="people", data=pd.DataFrame({"a": [1, 2, 3]}),
    alt="A line that rises from one to three, so that a picture is drawn.", rests_on=["SR1"],
)
```

## A part of it

The mandate began in {value}`small.year`.

```{chart} small-figure
A line.
```
"""
)
PAGES = {
    "small.md": CHAPTER,
    "other.md": OTHER,
    # With places that are filled when all pages are read
    "reference/own-rows.md": "# Rows\n\n```{register} special_rapporteurs\n```\n\n```{listed} figure\n```\n",
    "reference/own-events.md": "# Events\n\n```{register} repatriation_events\n:from: ev062\n:to: ev062\n```",
    "reference/own-values.md": "# Values\n\n```{values} book/\n```\n\n```{citation} page book/other\n```\n",
}
# Of the hundreds of sources those to which the pages above link; registers are most of a book's weight
SOURCES = sources_of(["EV062", *table("special_rapporteurs").index])
PAGES["reference/own-sources.md"] = "# Sources\n" + "".join(
    f"\n```{{register}} sources\n:from: {name}\n:to: {name}\n```\n" for name in SOURCES
)
TOC = """format: jb-book
root: book/small
defaults:
  titlesonly: true
parts:
  - caption: All of it
    chapters:
      - file: book/other
      - file: book/reference/own-values
      - file: book/reference/own-rows
      - file: book/reference/own-events
      - file: book/reference/own-sources
      - file: book/reference/status
"""


def make(copy: Path) -> Path:
    """Make the small book in a folder that does not exist yet."""
    for name in ("casebook", "data", "book"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_config.yml", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, copy / name)
    take_stamps(copy)
    (copy / "_toc.yml").write_text(TOC, encoding="utf-8")
    for name, text in PAGES.items():
        (copy / "book" / name).write_text(text, encoding="utf-8")
    return copy


def take_stamps(copy: Path) -> None:
    """Let a copy know that these data were checked; a stamp names their contents, so others are looked at."""
    if (checked := ROOT / "_build" / "checked").is_dir():
        shutil.copytree(checked, copy / "_build" / "checked")


def settings(project: Path) -> dict[str, str]:
    """The environment in which the copy's own package is used."""
    return os.environ | {"PYTHONPATH": str(project)}


def build(project: Path, **environment: str) -> subprocess.CompletedProcess:
    """Build it as ``python -m casebook build`` does, but for the time that takes to import its libraries.

    What counts when Python starts, such as PYTHONHASHSEED, is not heeded: it has started.
    """
    return warm.build(project, settings(project) | environment)


def replace(path: Path, old: str, new: str) -> None:
    """Change one place of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a built book but the one that holds times."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name != "times.js"
    }
