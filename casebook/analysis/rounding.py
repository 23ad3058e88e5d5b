"""What a printed figure of UNHCR may stand for, and what a sum of such figures may be.

Since its recent vintages UNHCR hides small cells: 1 and 2 are printed as 0 or lose their row,
3 and 4 are printed as 5, and 5 and more stay as they are. No official text on this was found;
the rule was established by matching the unrounded export of 2016 with the package of 2026,
1951-2013, all countries, where about 5 per cent of rows did not match because names of
countries had changed. It holds for refugees; asylum-seekers follow it less strictly.

A cell therefore is an interval in persons, and so is every sum. Interval arithmetic adds ends
to ends: it gives the widest sum, not a likely one, and claims no probability.
"""

from collections.abc import Iterable

import pandas as pd

HIDDEN = {0: (0, 2), 5: (3, 5)}  # printed: the numbers it may stand for
MISSING = (0, 2)  # a row that is not there


def cell(printed: int) -> tuple[int, int]:
    """The least and greatest number of persons that one printed figure may stand for.

    Raises:
        ValueError: the figure is negative or one of 1 to 4, which a rounded vintage never prints.
    """
    number = int(printed)
    if number < 0 or number in (1, 2, 3, 4):
        raise ValueError(f"{printed} does not occur in a rounded vintage")
    return HIDDEN.get(number, (number, number))


def total(printed: Iterable[int], missing: int = 0) -> tuple[int, int]:
    """The least and greatest sum of printed figures, in persons.

    Args:
        printed: the figures of the rows that exist.
        missing: how many rows that could exist do not; each may hide up to two persons.
    """
    cells = [cell(number) for number in printed] + [MISSING] * missing
    return sum(low for low, _ in cells), sum(high for _, high in cells)


def share(part: tuple[int, int], rest: tuple[int, int]) -> tuple[float, float]:
    """The least and greatest share of a part in a whole, where the whole is part and rest.

    Both ends are reached: the least share has the smallest part and the largest rest.

    Raises:
        ValueError: the whole may be empty.
    """
    if part[0] + rest[1] == 0 or part[1] + rest[0] == 0:
        raise ValueError("a share of nothing")
    return part[0] / (part[0] + rest[1]), part[1] / (part[1] + rest[0])


def totals(rows: pd.DataFrame, by: str, value: str, place: str) -> pd.DataFrame:
    """Printed sum and interval of each group, without and with rows that may be missing.

    A place counts as missing in a group if it has a row in another group but none in this one.
    Places that never have a row cannot be bounded and are left out.

    Returns:
        Columns printed, low, high (of the rows that exist) and high_missing, by group.
    """
    places = rows[place].nunique()
    found = {}
    for group, cells in rows.groupby(by):
        low, high = total(cells[value])
        absent = places - cells[place].nunique()
        found[group] = {
            "printed": int(cells[value].sum()),
            "low": low,
            "high": high,
            "high_missing": high + MISSING[1] * absent,
        }
    return pd.DataFrame.from_dict(found, orient="index").rename_axis(by)
