"""Check the data package before anything is built.

Frictionless checks each table against the descriptor (types, allowed values, keys,
references, encoding, missing and extra cells); :mod:`casebook.rules` checks what lies
between cells; :mod:`casebook.claims` checks the claims. All faults are reported at
once, each with file, row, column, value and rule.
"""

import csv
from pathlib import Path

from casebook.package import Resource, resources, tables
from casebook.project import BUILD, DATA, ROOT, data_digest
from casebook.rules import Fault, faults


def shown(path: Path, fault: Fault) -> str:
    """One line for one fault."""
    where = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{where}, row {fault.row}, column {fault.column}, value {fault.value!r}: {fault.rule}"


def schema_faults() -> list[str]:
    """What Frictionless finds, table by table."""
    from frictionless import Package

    report = Package(str(DATA / "datapackage.json")).validate()
    found = [f"data/datapackage.json: {error.note}" for error in report.errors]
    for task in report.tasks:
        path = DATA / task.place
        found += [shown(path, _fault(error)) for error in task.errors]
    return found


def _fault(error) -> Fault:
    """A Frictionless error in our terms; what concerns a whole file stands in row 1."""
    column = getattr(error, "field_name", None) or getattr(error, "label", None) or "-"
    value = getattr(error, "cell", None)
    if value is None:
        value = ",".join(map(str, getattr(error, "cells", None) or []))
    return Fault(getattr(error, "row_number", 1), column, str(value)[:80], error.note)


def rows_of(resource: Resource) -> list[tuple[int, dict]]:
    """Rows as text; whatever cannot be read is left to Frictionless to report."""
    try:
        with resource.path.open(encoding="utf-8", newline="") as file:
            return list(enumerate(csv.DictReader(file, restkey="+"), start=2))
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def rule_faults() -> list[str]:
    """What the rules of each table find."""
    return [
        shown(resource.path, fault)
        for resource in tables()
        for rule in resource.rules
        for fault in faults(rows_of(resource), rule)
    ]


def identity_faults() -> list[str]:
    """Two rows under one permanent name, in one table or in two."""
    found, seen = [], {}
    for resource in tables():
        for number, record in rows_of(resource):
            if any(record.get(column) in (None, "") for column in resource.key):
                continue
            name = resource.identifier(record).lower()
            if name in seen and seen[name] != resource.name:
                rule = f"this name is taken by a row of {seen[name]}"
                found.append(shown(resource.path, Fault(number, resource.key[0], name, rule)))
            seen.setdefault(name, resource.name)
    return found


def ending_faults() -> list[str]:
    """A text file that does not end with a line end was cut off."""
    return [
        f"{resource.path.relative_to(ROOT)}, last row: the file does not end with a line end; was it cut off?"
        for resource in tables()
        if resource.path.is_file()
        and resource.path.stat().st_size
        and not resource.path.read_bytes().endswith(b"\n")
    ]


def unlisted_faults() -> list[str]:
    """A data file that the descriptor does not describe."""
    listed = {resource.path for resource in resources().values()}
    return [
        f"{path.relative_to(ROOT)}: no resource of data/datapackage.json describes this file"
        for path in sorted(DATA.rglob("*"))
        if path.is_file() and path.name != "datapackage.json" and path not in listed
    ]


def all_faults() -> list[str]:
    """Everything wrong with the data, in reading order; empty when all is well."""
    found = schema_faults() + rule_faults() + identity_faults() + ending_faults() + unlisted_faults()
    if found:
        return found
    # The claims name rows, so they can be checked only against tables that are sound.
    from casebook.claims import errors_in

    return errors_in()


def ensure_valid() -> list[str]:
    """Check the data unless these very data were found sound before."""
    stamp = BUILD / "checked" / data_digest()
    if stamp.is_file():
        return []
    found = all_faults()
    if not found:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.touch()
    return found
