"""Law in time: what stood on a given day.

Dates in the tables may be a year, a month or a day ("1998", "2012-06",
"1982-12-23"). A day is compared on the precision that the table has, so an
article in force "from 1998" counts for the whole of 1998 and no answer is more
exact than its source.
"""

import pandas as pd


def on_or_before(date: str, day: str) -> bool:
    """Whether a partial date is not later than a day, on their common precision."""
    length = min(len(date), len(day))
    return date[:length] <= day[:length]


def in_force(rows: pd.DataFrame, day: str, start="in_force_from", end="in_force_to") -> pd.DataFrame:
    """The rows in force on a day.

    A row without a start date is left out: what is not known to have begun is not
    shown as law. A row without an end is still in force. On the day on which one
    text ends and the next begins, the next one stands.

    Args:
        rows: a table with a start and, if it has one, an end column.
        day: the day asked about, as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``.
    """

    def stands(record) -> bool:
        began = pd.notna(record[start]) and on_or_before(record[start], day)
        ended = end in record and pd.notna(record[end]) and on_or_before(record[end], day)
        return began and not ended

    return rows[[stands(record) for record in rows.to_dict("records")]]
