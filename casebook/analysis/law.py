"""Law in time: what stood on a given day, and under which text an event fell.

Dates in the tables may be a year, a month or a day ("1998", "2012-06",
"1982-12-23"), and no answer here is more exact than its source. On the day on
which one text ends and the next begins, the next one stands.
"""

import calendar
from datetime import date
from functools import cache

import pandas as pd

IN_FORCE, UNCERTAIN, UNREAD = "in force", "uncertain", "revised since, not read"


@cache
def first_day(partial: str) -> date:
    """The first day that a partial date can mean."""
    year, month, day = [int(part) for part in partial.split("-")] + [1] * (2 - partial.count("-"))
    return date(year, month, day)


@cache
def last_day(partial: str) -> date:
    """The last day that a partial date can mean."""
    parts = [int(part) for part in partial.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def on_or_before(partial: str, day: str) -> bool:
    """Whether a partial date is not later than a day, on their common precision."""
    length = min(len(partial), len(day))
    return partial[:length] <= day[:length]


def in_force(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """The rows in force on a day.

    A row without a start date is left out: what is not known to have begun is not
    shown as law. A row without an end is still in force.

    Args:
        rows: a table with ``in_force_from`` and, if it has one, ``in_force_to``.
        day: the day asked about, as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``.
    """

    def stands(record) -> bool:
        start, end = record["in_force_from"], record.get("in_force_to", pd.NA)
        began = pd.notna(start) and on_or_before(start, day)
        return began and not (pd.notna(end) and on_or_before(end, day))

    return rows[[stands(record) for record in rows.to_dict("records")]]


def standing(rule: dict, start: str, end: str) -> str | None:
    """How a rule stood during an event that lasted from one partial date to another.

    Returns:
        "in force" when it stood on every day that the dates allow; "uncertain" when it
        stood on some of them; "revised since, not read" when it is known only up to an
        earlier day; None when it did not stand.
    """
    if pd.isna(rule["in_force_from"]):
        return None
    opens, closes = first_day(start), last_day(end)
    begins, until, known = (rule.get(name, pd.NA) for name in ("in_force_from", "in_force_to", "known_until"))
    if first_day(begins) > closes or (pd.notna(until) and last_day(until) <= opens):
        return None
    if pd.notna(known) and last_day(known) < closes:
        return UNREAD
    sure = last_day(begins) <= opens and (pd.isna(until) or closes < first_day(until))
    return IN_FORCE if sure else UNCERTAIN


def law_at(events: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """The as-of join: each event with every rule that stood, or may have stood, at its time.

    Args:
        events: rows with ``date_start`` and ``date_end``, indexed by identifier.
        rules: rows with ``in_force_from`` and optionally ``in_force_to`` and ``known_until``.

    Returns:
        One row for each pair, with the columns event, rule and standing.
    """
    pairs = [
        {"event": event, "rule": rule, "standing": how}
        for event, when in events.to_dict("index").items()
        for rule, text in rules.to_dict("index").items()
        if (how := standing(text, when["date_start"], when["date_end"]))
    ]
    return pd.DataFrame(pairs, columns=["event", "rule", "standing"])
