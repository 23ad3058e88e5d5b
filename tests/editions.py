"""What the headline values were in each edition, so that nobody's quotation changes in silence.

``data/record/editions.csv`` holds one row for each edition and headline value. The rows of
the version at hand must equal what the build computes; the tests see to that.
"""

import pandas as pd

from casebook import __version__
from casebook.data.tables import table
from casebook.publishing.values import Value

PLACES = 4  # decimals that an edition records


def editions() -> list[str]:
    """The editions, the oldest first, in the order of the table."""
    return list(table("editions").edition.unique())


def recorded(edition: str = __version__) -> dict[str, tuple[float, float]]:
    """The headline values of an edition: key to (low, high)."""
    rows = table("editions")
    rows = rows[rows.edition.eq(edition)]
    return dict(zip(rows.key, zip(rows.low, rows.high, strict=True), strict=True))


def rounded(value: Value) -> tuple[float, float]:
    """A computed value as an edition records it."""
    return round(value.low, PLACES), round(value.high, PLACES)


def unrecorded(values: dict[str, Value], quoted: set[str]) -> list[str]:
    """Headline values of this build without a true entry in the edition at hand.

    Args:
        values: what the build computed, by key.
        quoted: keys that must be headline values, because the front page quotes them.
    """
    known = recorded()
    missing = sorted(quoted - set(known))
    found = [f"{key}: the front page quotes it, and editions.csv has no row" for key in missing]
    for key, ends in known.items():
        if key not in values:
            found.append(f"{key}: recorded, but nothing computes it")
        elif rounded(values[key]) != ends:
            now = " to ".join(f"{end:g}" for end in dict.fromkeys(rounded(values[key])))
            was = " to ".join(f"{end:g}" for end in dict.fromkeys(ends))
            found.append(f"{key}: {now}, but edition {__version__} records {was}")
    return found


def unexplained(rows: pd.DataFrame) -> list[str]:
    """Rows that differ from the edition before and give no reason."""
    found: list[str] = []
    before: dict[str, tuple[float, float]] = {}
    for row in rows.itertuples():
        ends = (row.low, row.high)
        if before.get(row.key, ends) != ends and pd.isna(row.reason):
            found.append(f"{row.edition} {row.key}")
        before[row.key] = ends
    return found
