"""Published estimates of a number of which no count was found: what may be said of them together.

An estimate has a low end, a high end or a single figure, in persons; a missing end is an
open end ("at least", "up to") and stays open. Nothing here averages, and nothing fills a gap.
"""

import math

import pandas as pd

ENDS = ["low", "high", "point"]


def bounds(rows: pd.DataFrame) -> pd.DataFrame:
    """Low and high end of each estimate, in persons; a single figure is both its ends.

    A blank end is open. An estimate in words only has two blank ends.
    """
    point = rows.point.where(rows.low.isna() & rows.high.isna() | rows.point.eq(rows.low))
    return pd.DataFrame({"low": rows.low.fillna(point), "high": rows.high.fillna(point)}).astype("Int64")


def repeats(rows: pd.DataFrame) -> pd.Series:
    """Whether a row only says again what its lineage had said before.

    Rows are taken in the order of their years, then of their names. A row repeats when every
    figure in it stood in an earlier row of the same lineage; a row without any figure repeats
    when its lineage has an earlier row. Undated rows come last.
    """
    ordered = rows.assign(name=rows.index).sort_values(["ref_year", "name"], na_position="last")
    said: dict[str, set[int]] = {}
    again = {}
    for name, row in ordered.iterrows():
        figures = {int(row[end]) for end in ENDS if pd.notna(row[end])}
        again[name] = row.lineage in said and figures <= said[row.lineage]
        said.setdefault(row.lineage, set()).update(figures)
    return pd.Series(again, dtype=bool).reindex(rows.index)


def spread(rows: pd.DataFrame) -> tuple[int, int]:
    """The least and the greatest figure that the rows name, in persons.

    Raises:
        ValueError: no row names a figure.
    """
    ends = bounds(rows)
    figures = pd.concat([ends.low, ends.high]).dropna()
    if figures.empty:
        raise ValueError("no row names a figure")
    return int(figures.min()), int(figures.max())


def direction(first: tuple, last: tuple) -> str:
    """How a later estimate lies to an earlier one of the same body, each as (low, high).

    "lower" or "higher" only where the two cannot overlap; an open end (missing) reaches as far
    as it can; otherwise "the same" or "overlapping". No middle is taken.
    """
    reach = [(0 if pd.isna(low) else low, math.inf if pd.isna(high) else high) for low, high in (first, last)]
    (low, high), (later_low, later_high) = reach
    if later_high < low:
        return "lower"
    if later_low > high:
        return "higher"
    return "the same" if reach[0] == reach[1] else "overlapping"
