"""Check the data package before anything is built.

A file is first read as the table that the descriptor says it is. Then Frictionless
checks its cells (types, allowed values, keys, references, number of rows);
:mod:`casebook.checks.rules` checks what lies between cells; :mod:`casebook.argument.claims` checks the
claims. All faults are reported at once, each with file, row, column, value and rule,
and one cause is reported once.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path

from casebook.checks.rules import Fault, Row, faults
from casebook.checks.text import damage_of, text_faults
from casebook.data.descriptor import Resource, anchor, resources, tables
from casebook.data.sources import is_relayed
from casebook.project import BOOK, BUILD, DATA, PACKAGE, digest, digest_of_text, environment_digest, files_in

DESCRIPTOR = "datapackage.json"
# How many rows each table has; apart, because chapters depend on the descriptor and a new row is no new form
COUNTS = "rows.json"
# What the judgement depends on besides the data; a test compares this with what is imported.
JUDGES = [PACKAGE / name for name in ("analysis", "argument", "checks", "data", "project.py")]

# How a number is written: Python would also read 1_000, 1e3, nan or full-width digits.
WRITTEN = {
    "integer": (re.compile(r"-?[0-9]+"), "a whole number in digits only"),
    "number": (re.compile(r"-?[0-9]+(\.[0-9]+)?"), "a number in digits, with a point for decimals"),
    "year": (re.compile(r"[0-9]{4}"), "a year of four digits"),
}


# How a cell begins that a spreadsheet takes for a formula
FORMULA = ("=", "+", "-", "@")


def place(resource: Resource) -> str:
    """The file as messages name it."""
    return f"data/{resource.descriptor['path']}"


def shown(where: str, fault: Fault) -> str:
    """One line for one fault."""
    return f"{where}, row {fault.row}, column {fault.column}, value {fault.value!r}: {fault.rule}"


def descriptor_faults(folder: Path) -> list[str]:
    """What makes the descriptor itself unusable."""
    from frictionless import Package

    from casebook.checks.read_with import faults_in_rules

    path, where = folder / DESCRIPTOR, f"data/{DESCRIPTOR}"
    try:
        declaration = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [f"{where}: the file is missing"]
    except ValueError as error:
        return [f"{where}: not readable as JSON: {error}"]
    report = Package.validate_descriptor(str(path))
    found = [error.note for error in report.errors] or faults_in_rules(declaration)
    found = found or undated(declaration) + unknown_columns(declaration)
    return [f"{where}: {fault}" for fault in found]


def undated(declaration: dict) -> list[str]:
    """Tables whose day of looking through is no day of the calendar."""
    found = []
    for entry in declaration["resources"]:
        given = entry.get("looked_through", "2000-01-01")
        try:
            date.fromisoformat(given)
        except (TypeError, ValueError):
            found.append(f"{entry['name']}: looked_through must be a day (YYYY-MM-DD), not {given!r}")
    return found


def unknown_columns(declaration: dict) -> list[str]:
    """Columns that a table is to show, or to set on the timeline, and does not have."""
    found = []
    for entry in declaration["resources"]:
        held = {field["name"] for field in entry.get("schema", {}).get("fields", [])}
        display, timeline = entry.get("display", {}), entry.get("timeline", {})
        asked = {*display.get("label", []), *display.get("columns", []), *timeline.get("only", {})}
        asked |= (
            {timeline["date"], *re.findall(r"\{(\w+)\}", "".join(timeline["says"]))} if timeline else set()
        )
        found += [f"{entry['name']}: there is no column {name} to show" for name in sorted(asked - held)]
    return found


def file_faults(resource: Resource) -> list[str]:
    """Why a file cannot be read as text; one cause."""
    where = place(resource)
    if not resource.path.is_file():
        return [f"{where}: the file is missing"]
    content = resource.path.read_bytes()
    if not content:
        return [f"{where}: the file is empty"]
    if content.startswith(b"\xef\xbb\xbf"):
        return [f"{where}, row 1: the file begins with a byte order mark; save it as UTF-8 without BOM"]
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        byte = f"0x{content[error.start]:02x}"
        return [f"{where}, line {line}: byte {byte} is not UTF-8; save the file as UTF-8"]
    if not content.endswith(b"\n"):
        line = content.count(b"\n") + 1
        return [f"{where}, line {line}: the file does not end with a line end; was it cut off?"]
    if resource.descriptor["format"] == "geojson":
        try:
            json.loads(content)
        except ValueError as error:
            return [f"{where}: not readable as JSON: {error}"]
    return []


def read_cells(resource: Resource) -> list[list[str]]:
    """Header and rows as lists of text.

    Raises:
        csv.Error: a quotation mark is not closed where its cell ends; the message names the row.
    """
    rows = []
    with resource.path.open(encoding="utf-8", newline="") as file:
        try:
            for cells in csv.reader(file, strict=True):
                rows.append(cells)
        except csv.Error as error:
            raise csv.Error(f"row {len(rows) + 1}: {error}") from None
    return rows


def rows_of(resource: Resource) -> list[Row]:
    """The rows of a well-shaped table as text, numbered from 2: the header is row 1."""
    header, *rows = read_cells(resource)
    return [(number, dict(zip(header, cells, strict=True))) for number, cells in enumerate(rows, start=2)]


def shape_faults(resource: Resource) -> list[str]:
    """Why a file cannot be read as the table of the descriptor; its cells are not judged then."""
    if (found := file_faults(resource)) or not resource.is_table:
        return found
    where, columns = place(resource), [field["name"] for field in resource.fields]
    try:
        header, *rows = read_cells(resource)
    except csv.Error as error:
        return [f"{where}, {error}; is a quotation mark not closed?"]
    if header != columns:
        return [shown(where, header_fault(header, columns))]
    return [
        shown(where, width_fault(number, cells, columns))
        for number, cells in enumerate(rows, start=2)
        if len(cells) != len(columns) or not any(cells)
    ]


def header_fault(header: list[str], columns: list[str]) -> Fault:
    """What is wrong with the first row: the first column that is not the expected one."""
    pairs = enumerate(zip_longest(header, columns, fillvalue=""), start=1)
    number, found, wanted = next((n, *pair) for n, pair in pairs if pair[0] != pair[1])
    if len(header) == 1:
        rule = "the row is one cell; cells must be separated by commas"
    elif sorted(header) == sorted(columns):
        rule = f"the columns must stand in the order of the descriptor; column {number} is {wanted}"
    elif not wanted:
        rule = f"the descriptor has no such column; the last is {columns[-1]}"
    else:
        rule = f"column {number} must be {wanted}"
    return Fault(1, wanted or found, found, rule)


def width_fault(number: int, cells: list[str], columns: list[str]) -> Fault:
    """A row with more or fewer cells than the table has columns."""
    if len(cells) == len(columns):
        return Fault(number, columns[0], "", "every cell of the row is blank")
    rule = f"the row has {len(cells)} cells, the table has {len(columns)} columns"
    if len(cells) > len(columns):
        return Fault(number, columns[-1], ",".join(cells[len(columns) - 1 :]), rule)
    return Fault(number, columns[len(cells)], "", rule)


def counts(folder: Path = DATA) -> dict[str, int]:
    """The number of rows that each table must have."""
    return json.loads((folder / COUNTS).read_text(encoding="utf-8"))


def counts_faults(folder: Path) -> list[str]:
    """What makes the numbers of rows unusable."""
    try:
        declared = counts(folder)
    except FileNotFoundError:
        return [f"data/{COUNTS}: the file is missing"]
    except ValueError as error:
        return [f"data/{COUNTS}: not readable as JSON: {error}"]
    if not isinstance(declared, dict):
        return [f"data/{COUNTS}: expected an object with a number of rows for each table"]
    known = {resource.name for resource in tables(folder)}
    return [f"data/{COUNTS}, {name}: there is no such table" for name in declared if name not in known]


def count_faults(resource: Resource) -> list[str]:
    """A table that lost or gained whole rows; the file alone does not show that."""
    declared, found = counts(resource.folder).get(resource.name, "no number"), len(rows_of(resource))
    if declared == found:
        return []
    return [
        f"{place(resource)}: the table has {found} rows, but data/{COUNTS} declares {declared}; "
        f"if rows were added or removed on purpose, change {resource.name} to {found} there"
    ]


def writing_faults(resource: Resource) -> list[Fault]:
    """Cells that a program may read in spite of how they are written."""
    found = []
    for number, record in rows_of(resource):
        for field in resource.fields:
            name, text = field["name"], record[field["name"]]
            pattern, words = WRITTEN.get(field["type"], (None, ""))
            if damage := damage_of(text):
                found.append(Fault(number, name, text, damage))
            elif field["type"] == "string" and text.startswith(FORMULA):
                found.append(Fault(number, name, text, "a spreadsheet would run a cell that begins so"))
            elif text != text.strip():
                found.append(Fault(number, name, text, "has white space around it"))
            elif text and pattern and not pattern.fullmatch(text):
                found.append(Fault(number, name, text, f"must be {words}"))
    return found


def schema_faults(resource: Resource, unsound: frozenset[str] = frozenset()) -> list[Fault]:
    """What Frictionless finds; references into tables that are not whole are not followed."""
    from frictionless import Package

    keys = resource.descriptor["schema"].get("foreignKeys", [])
    followed = [key for key in keys if key["reference"]["resource"] not in unsound]
    schema = {**resource.descriptor["schema"], "foreignKeys": followed}
    targets = {name: resources(resource.folder)[name] for _, name in resource.foreign_keys}
    described = [target.descriptor for name, target in targets.items() if name != resource.name]
    described.append({**resource.descriptor, "schema": schema})
    files = {target.path for target in (*targets.values(), resource)}
    sound = stamp(json.dumps(described), *sorted(map(digest, files)))
    if sound.is_file():
        return []
    package = Package({"resources": described}, basepath=str(resource.folder))
    records = dict(rows_of(resource))
    found = [
        _fault(error, resource, records[error.row_number])  # type: ignore[attr-defined]  # errors of a row have one
        for error in package.get_resource(resource.name).validate().tasks[0].errors
    ]
    if not found:
        set_stamp(sound)
    return found


@cache
def judges() -> str:
    """What a judgement depends on besides what is judged."""
    return digest_of_text(digest(*JUDGES), environment_digest())


def stamp(*judged: str) -> Path:
    """The file whose presence says that something, named by its contents, was found sound before."""
    return BUILD / "checked" / digest_of_text(judges(), *judged)


def set_stamp(sound: Path) -> None:
    sound.parent.mkdir(parents=True, exist_ok=True)
    sound.touch()


def _fault(error, resource: Resource, record: dict[str, str]) -> Fault:
    """A Frictionless error in our terms; a key has several columns, or none that it names."""
    if error.type == "primary-key":
        columns = resource.key
    else:
        columns = getattr(error, "field_names", None) or [error.field_name]
    cells = ", ".join(record[column] for column in columns)
    return Fault(error.row_number, ", ".join(columns), cells[:80], error.note)


def rule_faults(resource: Resource) -> list[Fault]:
    """What the rules of the table find."""
    rows = rows_of(resource)
    return [fault for rule in resource.rules for fault in faults(rows, rule)]


def cell_faults(resource: Resource, unsound: frozenset[str] = frozenset()) -> list[str]:
    """Everything wrong with the cells of a well-shaped table: the first fault of each cell."""
    found = writing_faults(resource) + schema_faults(resource, unsound)
    try:
        found += rule_faults(resource)
    except (KeyError, TypeError) as error:
        return [f"data/{DESCRIPTOR}: a rule of {resource.name} cannot be understood: {error}"]
    first: dict[tuple[int, str], Fault] = {}
    for fault in found:
        first.setdefault((fault.row, fault.column), fault)
    return [shown(place(resource), fault) for fault in sorted(first.values(), key=lambda fault: fault.row)]


def faults_of(resource: Resource, unsound: frozenset[str] = frozenset()) -> list[str]:
    """Everything wrong with one resource.

    Args:
        unsound: tables whose rows cannot be relied on, so that references into them
            are not followed.
    """
    found = shape_faults(resource)
    if found or not resource.is_table:
        return found
    return count_faults(resource) + cell_faults(resource, unsound)


def kinds_of_rows(folder: Path) -> dict[str, str]:
    """What kind of row each permanent name stands for."""
    return {
        resource.identifier(record): resource.kind
        for resource in tables(folder)
        for _, record in rows_of(resource)
    }


def identity_faults(sound: list[Resource]) -> list[str]:
    """Two rows under one permanent address, in one table or in two."""
    found: list[str] = []
    seen: dict[str, tuple[str, str]] = {}
    for resource in sound:
        for number, record in rows_of(resource):
            name = resource.identifier(record)
            holder = seen.setdefault(anchor(name), (resource.name, name))
            if holder not in [(resource.name, name)]:
                rule = f"this name is taken by row {holder[1]} of {holder[0]}"
                found.append(shown(place(resource), Fault(number, ", ".join(resource.key), name, rule)))
    return found


def linked_sources(whole: list[Resource]) -> Iterator[tuple[Resource, Resource, Counter]]:
    """Tables whose sources stand in a table of links: both, and how many sources each row has."""
    held = {resource.name: resource for resource in whole}
    for linking in whole:
        if linking.links and linking.links["table"] in held:
            by = linking.links["by"]
            cited = {(record[by], record["source_id"]) for _, record in rows_of(linking)}
            yield held[linking.links["table"]], linking, Counter(name for name, _ in cited)


def sourceless_faults(whole: list[Resource]) -> list[str]:
    """A row whose sources, which stand in a table of their own, are none."""
    return [
        shown(place(linked), Fault(number, key, record[key], f"no row of {linking.name} gives it a source"))
        for linked, linking, sources in linked_sources(whole)
        for key in linked.key
        for number, record in rows_of(linked)
        if not sources[record[key]]
    ]


def prose_faults(folder: Path) -> list[str]:
    """Damaged characters in what is no table: the claims and the descriptor, or the chapters."""
    return [
        fault
        for path in files_in(folder)
        if path.suffix in (".yaml", ".json", ".md")
        for fault in text_faults(f"{folder.name}/{path.relative_to(folder).as_posix()}", path)
    ]


def unlisted_faults(folder: Path) -> list[str]:
    """A data file that the descriptor does not describe."""
    listed = {resource.path for resource in resources(folder).values()}
    listed |= {folder / DESCRIPTOR, folder / COUNTS}
    return [
        f"data/{path.relative_to(folder).as_posix()}: no resource of data/{DESCRIPTOR} describes this file"
        for path in files_in(folder)
        if path not in listed
    ]


def all_faults(folder: Path = DATA) -> list[str]:
    """Everything wrong with the data, in reading order; empty when all is well."""
    if found := descriptor_faults(folder) or counts_faults(folder):
        return found
    torn = {resource.name for resource in tables(folder) if shape_faults(resource)}
    sound = [resource for resource in tables(folder) if resource.name not in torn]
    unsound = frozenset(torn | {resource.name for resource in sound if count_faults(resource)})
    for resource in resources(folder).values():
        found += faults_of(resource, unsound)
    found += identity_faults(sound) + unlisted_faults(folder) + prose_faults(folder)
    whole = [resource for resource in sound if resource.name not in unsound]
    found += sourceless_faults(whole) + overstated_faults(whole) + alias_faults(whole)
    found += corroboration_faults(whole)
    return found + argument_faults(folder, bool(unsound))


def argument_faults(folder: Path, unsound: bool) -> list[str]:
    """What is wrong with the claims; then, if each is sound, with the graph that they make."""
    from casebook.analysis import screening
    from casebook.argument import claims, questions
    from casebook.checks import read_with

    entries, asked, screened = (resources(folder)[name].path for name in ("claims", "argument", "screening"))
    # Claims name rows: whether the rows exist can be said only when every table is whole.
    kinds = {} if unsound else kinds_of_rows(folder)
    if (found := claims.errors_in(entries, kinds or None)) or unsound:
        return found
    authorities = [name for name, kind in kinds.items() if kind == "authority"]
    found = questions.errors_in(asked, entries, read_at_source(folder), authorities)
    found += screening.errors_in(screened, entries, kinds)
    return found + read_with.faults_in_claims(entries, folder)


# The word of a table that says more than a relayed source can carry
AT_SOURCE = {"reading": "source", "text_status": "official"}


def overstated_faults(whole: list[Resource]) -> list[str]:
    """Rows said to be read at the source, or official, whose source relays, translates or quotes."""
    held = {resource.name: resource for resource in whole}
    if "sources" not in held:
        return []
    relayed = {row["source_id"] for _, row in rows_of(held["sources"]) if is_relayed(row)}
    rule = (
        "a source that is press or reference, or read in translation or quotation, does not carry this word"
    )
    return [
        shown(place(resource), Fault(number, column, record[column], f"{rule} ({record['source_id']})"))
        for resource in whole
        for number, record in rows_of(resource)
        for column, word in AT_SOURCE.items()
        if resource.name != "sources" and record.get(column) == word and record["source_id"] in relayed
    ]


def alias_faults(whole: list[Resource]) -> list[str]:
    """A former name of a source that is the name of another, or stands twice."""
    held = {resource.name: resource for resource in whole}
    rows = rows_of(held["sources"]) if "sources" in held else []
    taken = {record["source_id"] for _, record in rows}
    found = []
    for number, record in rows:
        for old in record["aliases"].split():
            if old in taken:
                found.append(
                    Fault(number, "aliases", old, "is the name of another source, or its former name")
                )
            taken.add(old)
    return [shown(place(held["sources"]), fault) for fault in found]


def corroboration_faults(whole: list[Resource]) -> list[str]:
    """Rows said to rest on more independent chains of reporting than they have sources."""
    return [
        shown(
            place(linked), Fault(number, chains, record[chains], f"{name} has only {sources[name]} sources")
        )
        for linked, linking, sources in linked_sources(whole)
        for chains in [linking.links["chains"]]
        for number, record in rows_of(linked)
        if record[chains].isdecimal()  # what is no number is refused with its own rule
        for name in [linked.identifier(record)]
        if 0 < sources[name] < int(record[chains])
    ]


def read_at_source(folder: Path = DATA) -> set[str]:
    """The authorities and provisions read in their own words: not translated, quoted or summed up."""

    def records(name: str) -> list[dict[str, str]]:
        return [record for _, record in rows_of(resources(folder)[name])]

    own = {record["source_id"] for record in records("sources") if not is_relayed(record)}
    return {row["authority_id"] for row in records("authorities") if row["reading"] == "source"} | {
        row["provision_id"]
        for row in records("provisions")
        if row["verified"] == "y" and not row["translation_by"] and row["source_id"] in own
    }


def ensure_valid() -> list[str]:
    """Check the chapters' characters, and the data unless these very data were found sound before."""
    return data_faults() + prose_faults(BOOK)


def data_faults() -> list[str]:
    """Everything wrong with the data; what was found sound is not judged again."""
    sound = stamp(digest(DATA))
    if sound.is_file():
        return []
    found = all_faults()
    if not found:
        set_stamp(sound)
    return found
