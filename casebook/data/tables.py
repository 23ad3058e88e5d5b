"""Read a table of the data package with the types its descriptor gives."""

from collections.abc import Iterator
from functools import cache
from itertools import chain

import pandas as pd

from casebook.data.descriptor import Resource, links_to, resource, tables

# Nullable types, so that a blank count stays blank and never becomes zero or a float.
DTYPES = {"integer": "Int64", "year": "Int64", "number": "Float64"}


def read(described: Resource) -> pd.DataFrame:
    """Read one table; the index is each row's permanent identifier."""
    types = {f["name"]: DTYPES.get(f["type"], "string") for f in described.fields}
    # keep_default_na is off because NA is a code of UNHCR, not a missing value
    frame = pd.read_csv(described.path, dtype=types, keep_default_na=False, na_values=[""], encoding="utf-8")
    keys = frame[described.key].to_dict("records")
    frame.index = pd.Index([described.identifier(key) for key in keys], name="id")
    frame.attrs["table"] = described.name
    return frame


_read: dict[str, pd.DataFrame] = {}  # tables that were read, in that order


def _cached(name: str) -> pd.DataFrame:
    if name not in _read:
        _read[name] = read(resource(name))
    return _read[name]


@cache
def _records(name: str) -> dict[str, dict]:
    return _cached(name).to_dict("index")


def table(name: str) -> pd.DataFrame:
    """One table of the data package.

    Text is text, counts are nullable integers, blank is ``<NA>``. The index holds
    the row identifiers under which the registers list the rows, so whatever is
    computed from a selection can say what it rests on.

    Raises:
        KeyError: the package has no table of that name.
    """
    return _cached(name).copy()


@cache
def _all_rows() -> dict[str, tuple[Resource, dict]]:
    return {
        identifier: (described, record)
        for described in tables()
        for identifier, record in _records(described.name).items()
    }


def _unread(identifier: str) -> Iterator[str]:
    """Tables that were not read yet, the likely ones first."""
    for described in sorted(tables(), key=lambda described: not described.could_name(identifier)):
        if described.name not in _read:
            yield described.name


def row(identifier: str) -> dict:
    """One row of any table by its permanent identifier; blanks are ``pd.NA``.

    Raises:
        KeyError: no table has a row of that name.
    """
    return located(identifier)[1]


def located(identifier: str) -> tuple[Resource, dict]:
    """A row together with the resource it stands in.

    No name stands in two tables, so the order of the search is free. Tables that were read
    before come first, then those whose names look like this one: a chapter then reads, and
    is executed again for, hardly more tables than it needs.

    Raises:
        KeyError: no table has a row of that name.
    """
    for name in chain(list(_read), _unread(identifier)):
        if identifier in _cached(name).index:
            return resource(name), _records(name)[identifier]
    raise KeyError(f"no row of the data package is called {identifier!r}")


def sources_of(identifiers) -> list[str]:
    """The sources that rows rest on, each once, in order of appearance."""
    found: dict[str, None] = {}
    for identifier in identifiers:
        described, record = located(identifier)
        if described.kind == "source":
            found[identifier] = None
        for column, target in described.foreign_keys:
            if resource(target).kind == "source" and pd.notna(record[column]):
                found[record[column]] = None
        for linking in links_to(described.name):
            found |= dict.fromkeys(_linked_sources(linking.name).get(identifier, ()))
    return list(found)


@cache
def rows_citing() -> dict[str, list[str]]:
    """For each source: the rows of all tables that name it, in reading order."""
    found: dict[str, list[str]] = {}
    for identifier, (described, _) in _all_rows().items():
        if described.kind != "source" and not described.links:
            for source in sources_of([identifier]):
                found.setdefault(source, []).append(identifier)
    return found


@cache
def _linked_sources(name: str) -> dict[str, list[str]]:
    """Sources of rows that have several, from a table of links."""
    links = _cached(name)
    return links.groupby(resource(name).links["by"], sort=False)["source_id"].apply(list).to_dict()
