"""Partial dates as the figures write them."""

from casebook.analysis.law import first_day


def said(partial: str, short: bool = False) -> str:
    """A date in words, no more exact than it is: "29 April 2004", "May 2022" or "2012"."""
    day = first_day(partial)
    month = f"{day:%b}" if short else f"{day:%B}"
    return " ".join(["", f"{month} ", f"{day.day} {month} "][partial.count("-")].split() + [str(day.year)])
