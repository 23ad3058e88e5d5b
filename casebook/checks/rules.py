"""Rules between the cells of a row, or the rows of a table.

The descriptor names them (``"rules"`` of a resource); this module knows how each is
checked. Every rule takes rows as text and passes over what it cannot read, because
a wrong type is reported by the schema already. Every row holds every column, blank
where nothing is given; a rule that names another column is a mistake (``KeyError``).
"""

import calendar
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One broken rule: row number (the header is row 1), column, value, and the rule."""

    row: int
    column: str
    value: str
    rule: str


Row = tuple[int, dict[str, str]]
Faults = Iterator[Fault]


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _numbers(texts: list[str]) -> list[float]:
    """The numbers of some cells; none when one of them is blank or no number."""
    found = [number for text in texts if (number := _number(text)) is not None]
    return found if len(found) == len(texts) else []


def _holds(record: dict, when: dict) -> bool:
    return record[when["field"]] in when["in"]


def ordered(rows: list[Row], fields: list[str]) -> Faults:
    """Low is not above high; for partial dates, start is not after end."""
    for number, record in rows:
        low, high = (record[name] for name in fields)
        if _above(low, high):
            yield Fault(number, fields[0], low, f"must not be above {fields[1]}, which is {high}")


def _above(low: str, high: str) -> bool:
    numbers = _numbers([low, high])
    if numbers:
        return numbers[0] > numbers[1]
    if _exists(low) and _exists(high):
        length = min(len(low), len(high))
        return low[:length] > high[:length]
    return False


def partial_date(rows: list[Row], fields: list[str]) -> Faults:
    """A year, a month of a year, or a day that exists."""
    for number, record in rows:
        for name in fields:
            text = record[name]
            if text and not _exists(text):
                yield Fault(number, name, text, "is not a year, month or day that exists")


def _exists(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    parts = [int(part) for part in text.split("-")]
    year, month, day = parts + [1] * (3 - len(parts))
    return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def sums(rows: list[Row], parts: list[str], total: str) -> Faults:
    """The parts of a row add up to its total."""
    for number, record in rows:
        numbers = _numbers([record[name] for name in [*parts, total]])
        if numbers and sum(numbers[:-1]) != numbers[-1]:
            rule = f"must equal {' + '.join(parts)}, which is {sum(numbers[:-1]):g}"
            yield Fault(number, total, record[total], rule)


def group_sum(rows: list[Row], by: list[str], label: str, parts: list[str], total: str, value: str) -> Faults:
    """Within a group the rows of the parts add up to the row of the total."""
    groups: dict[tuple, dict[str, Row]] = {}
    for number, record in rows:
        group = tuple(record[name] for name in by)
        groups.setdefault(group, {})[record[label]] = (number, record)
    for group, members in groups.items():
        if not {*parts, total} <= set(members):
            continue
        numbers = _numbers([members[name][1][value] for name in [*parts, total]])
        if numbers and sum(numbers[:-1]) != numbers[-1]:
            number, record = members[total]
            rule = f"must equal {' + '.join(parts)} of {', '.join(map(str, group))}: {sum(numbers[:-1]):g}"
            yield Fault(number, value, record[value], rule)


def requires(rows: list[Row], when: dict, fields: list[str]) -> Faults:
    """Where the condition holds, the columns must be filled."""
    for number, record in rows:
        for name in fields:
            if _holds(record, when) and not record[name]:
                rule = f"must be filled where {when['field']} is {record[when['field']]}"
                yield Fault(number, name, "", rule)


def only_when(rows: list[Row], when: dict, fields: list[str]) -> Faults:
    """Where the condition does not hold, the columns must be blank."""
    for number, record in rows:
        for name in fields:
            if record[name] and not _holds(record, when):
                rule = f"must be blank unless {when['field']} is {' or '.join(when['in'])}"
                yield Fault(number, name, record[name], rule)


def implies(rows: list[Row], when: dict, field: str, allowed: list[str]) -> Faults:
    """Where the condition holds, the column has one of some values."""
    for number, record in rows:
        if _holds(record, when) and record[field] not in allowed:
            rule = f"must be {' or '.join(allowed)} where {when['field']} is {record[when['field']]}"
            yield Fault(number, field, record[field], rule)


def ratio(rows: list[Row], numerator: str, denominator: str, share: str, tolerance: float) -> Faults:
    """A share is its numerator over its denominator."""
    for number, record in rows:
        numbers = _numbers([record[name] for name in (numerator, denominator, share)])
        if not numbers or not numbers[1]:
            continue
        top, bottom, given = numbers
        if abs(top / bottom - given) > tolerance:
            rule = f"must be {numerator} / {denominator}, which is {top / bottom:.3f}"
            yield Fault(number, share, record[share], rule)


KINDS: dict[str, Callable[..., Faults]] = {
    "ordered": ordered,
    "partial-date": partial_date,
    "sum": sums,
    "group-sum": group_sum,
    "requires": requires,
    "only-when": only_when,
    "implies": implies,
    "ratio": ratio,
}


def faults(rows: list[Row], rule: dict) -> Faults:
    """Check one declared rule.

    Raises:
        KeyError: the rule names a kind of rule, or a column, that does not exist.
        TypeError: the rule lacks an argument or has one too many.
    """
    arguments = {name: given for name, given in rule.items() if name != "rule"}
    if "in" in arguments:
        arguments["allowed"] = arguments.pop("in")
    return KINDS[rule["rule"]](rows, **arguments)
