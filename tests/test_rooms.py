"""The rooms of the package: arrows go down only, and the map in CONTRIBUTING names each."""

import ast
from pathlib import Path

import pytest

from casebook.project import PACKAGE, ROOT

# From the lowest: a room imports from rooms before it, never from one after it.
ROOMS = ["project", "data", "argument", "analysis", "publishing", "figures", "checks", "execution", "build"]
ROOMS += ["sphinx", "sphinx.registers", "sphinx.argument", "sphinx.frame", "paper", "release"]
# They put the rooms together: the commands, the names for chapters, and the list of what Sphinx loads.
DOORS = {"__init__", "__main__", "sphinx.__init__"}


def room_of(path: Path) -> str:
    """The room of a module: its folder, or its own name where it lies in none."""
    inside = path.relative_to(PACKAGE)
    return ".".join(inside.parent.parts) or inside.stem


def imported(path: Path) -> set[str]:
    """Every module of the package that a module imports, wherever in it that is done."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("casebook"):
            found |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.startswith("casebook.")}
    return found


def room_named(module: str) -> str:
    """The room in which an imported name lives."""
    parts = module.split(".")[1:]
    while parts:
        whole = PACKAGE.joinpath(*parts)
        if whole.with_suffix(".py").is_file():
            return room_of(whole.with_suffix(".py"))
        if (whole / "__init__.py").is_file():
            return ".".join(parts)
        parts.pop()
    return ""


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_from_no_higher_room(path):
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    if name in DOORS:
        return
    allowed = {*ROOMS[: ROOMS.index(room_of(path)) + 1], ""}
    assert {room_named(module) for module in imported(path)} <= allowed


def test_every_room_says_what_it_is_and_stands_on_the_map():
    rooms = {room_of(path) for path in MODULES} - {"__init__", "__main__", "project"}
    assert rooms == set(ROOMS) - {"project"}
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for room in rooms:
        folder = PACKAGE.joinpath(*room.split("."))
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
        assert f"{folder.relative_to(ROOT).as_posix()}/ " in guide, room


def test_no_module_lies_between_the_rooms():
    assert sorted(path.name for path in PACKAGE.glob("*.py")) == ["__init__.py", "__main__.py", "project.py"]
