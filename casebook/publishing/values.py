"""A computed number that any page can quote.

A value is registered once, in the chapter that computes it, with its unit, its
date and the rows it rests on. How it is written is decided here and nowhere else.
"""

import math
from dataclasses import asdict, dataclass, field

MIME = "application/vnd.casebook+json"  # as what a cell's output carries what is published
EDITION = "edition"  # the word before the version at the foot of a figure
EN_DASH = "\N{EN DASH}"
SMALL = "none one two three four five six seven eight nine ten eleven twelve".split()


class BadValue(ValueError):
    """A value that cannot be registered or written as asked."""


@dataclass(frozen=True)
class Value:
    """A number or a range with what it means and what it rests on.

    Attributes:
        key: the name under which pages quote it, such as ``arrivals.total``.
        low, high: the ends; equal for a single number.
        unit: what is counted ("people"), or "share" for a proportion, or "year".
        meaning: one line that says what the number is.
        as_of: the date or period it speaks of.
        rests_on: identifiers of the rows it was computed from, or of claims.
        sources: identifiers of the sources of those rows.
    """

    key: str
    low: float
    high: float
    unit: str
    meaning: str
    as_of: str = ""
    rests_on: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)

    def __post_init__(self):
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise BadValue(f"{self.key}: not a finite number: {self.low}, {self.high}")
        if self.low > self.high:
            raise BadValue(f"{self.key}: low {self.low} is above high {self.high}")

    def as_dict(self) -> dict:
        return asdict(self)


def _plain(number: float, unit: str) -> str:
    """A number with thousands separators; a year has none; a decimal keeps one place."""
    if unit == "year":
        return f"{number:.0f}"
    if float(number).is_integer():
        return f"{number:,.0f}"
    return f"{number:,.1f}"


def _percent(share: float, places: int) -> str:
    """A proportion in per cent, never rounded up to certainty or down to nothing."""
    text = f"{100 * share:.{places}f}"
    if float(text) in (0.0, 100.0) and share not in (0, 1):
        return _percent(share, places + 1)
    return text


def _about(number: float) -> float:
    """Round to two significant figures."""
    if number == 0:
        return 0
    return round(number, 1 - int(math.floor(math.log10(abs(number)))))


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low}{EN_DASH}{high}"


def write(value: Value, form: str = "") -> str:
    """The value as prose shows it.

    Args:
        form: "" for the number or range as it is; "about" for two significant
            figures; "word" for a small whole number in letters; "percent1" for a
            proportion with one decimal; "low" or "high" for one end of a range.

    Raises:
        ValueError: the form does not exist or does not fit the value.
    """
    low, high, unit = value.low, value.high, value.unit
    if form in ("low", "high"):
        low = high = getattr(value, form)
        form = ""
    if unit == "share":
        places = {"": 0, "percent1": 1}.get(form)
        if places is None:
            raise BadValue(f"{value.key}: form {form!r} does not fit a share")
        return _range(_percent(low, places), _percent(high, places)) + " per cent"
    if form == "about":
        return "about " + _range(_plain(_about(low), unit), _plain(_about(high), unit))
    if form == "word":
        if low != high or low not in range(len(SMALL)):
            raise BadValue(f"{value.key}: only zero to twelve are written as words")
        return SMALL[int(low)]
    if form:
        raise BadValue(f"{value.key}: there is no form {form!r}")
    return _range(_plain(low, unit), _plain(high, unit))


def describe(value: Value) -> str:
    """The short title that a quoted number carries: meaning and date."""
    return value.meaning + (f" ({value.as_of})" if value.as_of else "")
