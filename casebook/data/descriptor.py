"""The data package as described in ``data/datapackage.json``.

This reads the descriptor only; it is light, so that every chapter may import it.
Whether the data obey the descriptor is the business of :mod:`casebook.checks.package`.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from casebook.project import DATA


@dataclass(frozen=True)
class Resource:
    """One resource of the package: a table, or a file such as the border line."""

    descriptor: dict
    folder: Path = DATA

    @property
    def name(self) -> str:
        return self.descriptor["name"]

    @property
    def title(self) -> str:
        return self.descriptor["title"]

    @property
    def path(self) -> Path:
        return self.folder / self.descriptor["path"]

    @property
    def is_table(self) -> bool:
        return "schema" in self.descriptor

    @property
    def fields(self) -> list[dict]:
        return self.descriptor["schema"]["fields"] if self.is_table else []

    @property
    def key(self) -> list[str]:
        key = self.descriptor["schema"].get("primaryKey", [])
        return [key] if isinstance(key, str) else key

    @property
    def foreign_keys(self) -> list[tuple[str, str]]:
        """Single-column references: (column here, table referred to)."""
        keys = self.descriptor["schema"].get("foreignKeys", [])
        return [(_one(key["fields"]), key["reference"]["resource"] or self.name) for key in keys]

    @property
    def kind(self) -> str:
        """What the book calls a row: evidence, provision, authority or source."""
        return self.descriptor.get("register", {}).get("type", "evidence")

    @property
    def caveat(self) -> str:
        return self.descriptor.get("register", {}).get("caveat", "")

    @property
    def display(self) -> dict:
        return self.descriptor.get("display", {})

    @property
    def links(self) -> dict:
        """Of a table that gives the rows of another their sources: which table, and by which column."""
        return self.descriptor.get("links", {})

    @property
    def rules(self) -> list[dict]:
        return self.descriptor.get("rules", [])

    def field(self, name: str) -> dict:
        return next(field for field in self.fields if field["name"] == name)

    def could_name(self, identifier: str) -> bool:
        """Whether a permanent name has the form of this table's names, as far as one is described."""
        if prefix := self.descriptor.get("register", {}).get("prefix"):
            return identifier.startswith(f"{prefix}-")
        pattern = self.field(self.key[0]).get("constraints", {}).get("pattern")
        return bool(pattern and len(self.key) == 1 and re.fullmatch(pattern, identifier))

    def identifier(self, record) -> str:
        """The permanent name of a row: its key, or prefix and key parts joined."""
        prefix = self.descriptor.get("register", {}).get("prefix")
        parts = [str(record[column]) for column in self.key]
        if prefix and (len(parts) > 1 or not parts[0].upper().startswith(prefix.upper())):
            parts.insert(0, prefix)
        return "-".join(parts).replace(" ", "-")


def looked_through(described: Resource) -> date:
    """The day up to which a table was looked through for what is new."""
    return date.fromisoformat(described.descriptor["looked_through"])


def _one(value) -> str:
    return value if isinstance(value, str) else value[0]


@cache
def declared(folder: Path = DATA) -> dict:
    """What the descriptor says of the package as a whole."""
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


@cache
def resources(folder: Path = DATA) -> dict[str, Resource]:
    """Every resource by name, in reading order."""
    return {entry["name"]: Resource(entry, folder) for entry in declared(folder)["resources"]}


def tables(folder: Path = DATA) -> list[Resource]:
    """The resources that are tables."""
    return [resource for resource in resources(folder).values() if resource.is_table]


@cache
def links_to(name: str, folder: Path = DATA) -> list[Resource]:
    """The tables that give the rows of a table their sources."""
    return [described for described in tables(folder) if described.links.get("table") == name]


def resource(name: str) -> Resource:
    """One resource.

    Raises:
        KeyError: no resource has that name.
    """
    if name not in resources():
        raise KeyError(f"no table named {name!r}; there are: {', '.join(resources())}")
    return resources()[name]


def anchor(identifier: str) -> str:
    """The address of a row, claim or value within its page: lower case, letters, digits, hyphens."""
    simple = identifier.lower().replace("<=", "to-").replace("≤", "to-")
    return re.sub(r"[^a-z0-9]+", "-", simple).strip("-")
