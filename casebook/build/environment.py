"""The conda door: ``environment.yml``, written from pyproject.toml and the locks by 'make lock'."""

import re
import tomllib
from itertools import chain

from packaging.markers import Marker

from casebook.project import ROOT

LOCKS = [ROOT / "requirements-lab.lock", ROOT / "requirements.lock"]

PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]+))?", re.MULTILINE)  # name, version, marker
PYTHON = "3.11"  # a lock may pin one package differently for each version
HEAD = f"""\
# Written by 'make lock' from pyproject.toml and the locks.
name: returned
channels: [conda-forge, nodefaults]
dependencies:
  - python={PYTHON}
  - pip
  - pip:
      - -e .
"""


def direct_dependencies(groups: bool = True) -> list[str]:
    """What the project asks for itself, with or without its groups; never that of the way out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    more = [asked for name, asked in project["dependency-groups"].items() if groups and name != "exit"]
    wanted = chain(project["project"]["dependencies"], *more)
    return sorted(re.split(r"[^\w.-]", requirement)[0] for requirement in wanted)


def holds(marker: str) -> bool:
    """Whether a pin is meant for the Python that the file names; most are for all."""
    return not marker or Marker(marker.strip()).evaluate(
        {"python_version": PYTHON, "python_full_version": f"{PYTHON}.0"}
    )


def environment() -> str:
    """The file's text: every direct dependency at the version of the locks, which agree."""
    locked = "\n".join(lock.read_text(encoding="utf-8") for lock in LOCKS)
    pins = {name: version for name, version, marker in PIN.findall(locked) if holds(marker)}
    return HEAD + "".join(f"      - {name}=={pins[name]}\n" for name in direct_dependencies())


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment(), encoding="utf-8")
