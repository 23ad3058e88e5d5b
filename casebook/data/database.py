"""All tables of the data package in SQLite, for those who would rather ask in SQL."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

import pandas as pd

from casebook.data.descriptor import Resource, tables
from casebook.data.tables import table

KINDS = {"integer": "INTEGER", "number": "REAL", "year": "INTEGER"}


def declaration(described: Resource) -> str:
    """The table with its types, its key, and its references to other tables."""
    columns = ["row TEXT PRIMARY KEY"]
    columns += [f'"{field["name"]}" {KINDS.get(field["type"], "TEXT")}' for field in described.fields]
    columns += [
        f'FOREIGN KEY ("{column}") REFERENCES "{target}"' for column, target in described.foreign_keys
    ]
    return f'CREATE TABLE "{described.name}" ({", ".join(columns)})'


def rows(described: Resource) -> list[tuple]:
    """The rows with their permanent names; blank cells are NULL."""
    frame = table(described.name)
    columns = [frame[field["name"]].tolist() for field in described.fields]  # numbers of Python's own
    held = [[None if cell is pd.NA else cell for cell in column] for column in columns]
    return list(zip(frame.index, *held, strict=True))


def fill(database: sqlite3.Connection) -> None:
    """Write every table into an empty database; the same data give the same rows in the same order."""
    with database:
        for described in tables():
            database.execute(declaration(described))
            marks = ", ".join("?" * (len(described.fields) + 1))
            database.executemany(f'INSERT INTO "{described.name}" VALUES ({marks})', rows(described))


def write_database(path: Path) -> None:
    """Write the file anew."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as file:
        fill(file)


@cache
def _filled() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    fill(database)
    database.execute("PRAGMA query_only = ON")
    return database


def answer(question: str) -> tuple[list[str], list[tuple]]:
    """The columns and lines with which the data answer a question in SQL.

    Raises:
        sqlite3.Error: SQLite does not understand it, or it would change the data.
    """
    found = _filled().execute(question)
    return [column for column, *_ in found.description or ()], found.fetchall()
