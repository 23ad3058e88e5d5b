"""What a chapter hands to the book: values, figures and tables.

Each is stored in the cell's output with the metadata of MyST-NB's ``glue``, so it
lives in the execution cache with the cell that made it and cannot outlive it.
"""

import base64
from collections.abc import Callable, Iterable

import pandas as pd
from IPython import get_ipython
from IPython.display import display
from matplotlib.figure import Figure

from casebook.argument.claims import claims
from casebook.data.tables import located, sources_of
from casebook.project import digest_of_text, version
from casebook.publishing.drawing import Words, carded, written
from casebook.publishing.values import EDITION, MIME, Value, write

MOST_NAMED = 3  # publishers at the foot of a figure
HIDDEN = "application/papermill.record/"  # glue's prefix for what the cell does not show


class TextDiffers(Exception):
    """A sentence of a chapter that its rows no longer bear out."""


def says(sentence: str, holds: bool, found: object = None) -> None:
    """Stop the chapter when a sentence of its text is no longer true.

    Args:
        sentence: what the text says, so that whoever changed a row finds it.
        holds: whether the data still bear it out.
        found: what the data give instead.

    Raises:
        TextDiffers: with the sentence, what was found, and what to do.
    """
    if not holds:
        seen = "" if found is None else f"; the data now give {found}"
        raise TextDiffers(f"the text says: {sentence}{seen}. Write the sentence again, or mend the row")


def _glue(key: str, content: dict, preview: dict) -> None:
    """Emit one output under a key.

    The hidden prefix makes MyST-NB take the whole output off the page; whoever runs
    the notebook sees the preview.
    """
    # By its number a page finds the cell again; IPython counts on before it runs a cell
    cell = getattr(get_ipython(), "execution_count", 1) - 1
    name = {"scrapbook": {"name": key, "mime_prefix": HIDDEN, "cell": cell}}
    display({HIDDEN + MIME: content, **preview}, raw=True, metadata=name)


def value(
    key: str,
    number,
    *,
    high=None,
    unit: str,
    meaning: str,
    rests_on: Iterable[str],
    as_of: str = "",
) -> None:
    """Register a computed number, or a range when ``high`` is given.

    Args:
        key: dotted name, unique in the book.
        number: the number, or the low end of the range.
        unit: "people", "share", "year", "rows" ...
        meaning: one line that says what it is; shown to whoever follows the number.
        rests_on: identifiers of the rows used; a frame's ``.index`` is just that. For a number
            about the argument, the claims.
        as_of: the date or period the number speaks of.

    Raises:
        KeyError: a row it is said to rest on does not exist.
        ValueError: nothing is named to rest on, or the number is missing or not finite.
    """
    named = list(dict.fromkeys(rests_on))
    rows = [name for name in named if _is_row(name)]
    if not named:
        raise ValueError(f"{key}: a value must rest on at least one row, or claim")
    if pd.isna(number):
        raise ValueError(f"{key}: the number is missing")
    low = float(number)
    made = Value(
        key, low, low if high is None else float(high), unit, meaning, as_of, named, sources_of(rows)
    )
    _glue(f"value:{key}", made.as_dict(), {"text/plain": f"{key} = {write(made)} {unit}"})


def batch(prefix: str, *, unit: str = "people", as_of: str = "") -> Callable[..., None]:
    """What registers the values of one chapter or section, a line each.

    Args:
        prefix: the first part of their keys, without the dot.
        unit, as_of: theirs, where a value names no other.

    Returns:
        A function that takes the second part of the key, the number, its meaning and what it rests on,
        and by name ``high``, ``unit`` and ``as_of``, all as :func:`value` does.
    """

    def register(name: str, number, meaning: str, rests_on: Iterable[str], **other) -> None:
        value(
            f"{prefix}.{name}", number, meaning=meaning, rests_on=rests_on,
            **{"unit": unit, "as_of": as_of, **other},
        )  # fmt: skip

    return register


def _is_row(name: str) -> bool:
    """Whether a name is that of a row; the claims are looked at only if it is not."""
    try:
        return bool(located(name))
    except KeyError:
        if name not in claims():
            raise
        return False


def figure(
    key: str,
    draw: Callable[..., Figure],
    *,
    headline: str,
    subtitle: str,
    data: pd.DataFrame,
    alt: str,
    rests_on: Iterable[str],
    card: bool = False,
) -> None:
    """Hand a figure to the book with its words, its data, its alternative text and its sources.

    Args:
        key: name of the figure; its address and the names of its files.
        draw: makes the matplotlib Figure; called with ``narrow=False``, for a page, and with
            ``narrow=True``, for a phone.
        headline: what the figure shows, as a sentence; numbers in it are computed.
        subtitle: unit, scope and dates.
        data: what was drawn, as a table; offered to readers as CSV.
        alt: what the figure shows, for those who do not see it.
        rests_on: identifiers of the rows used; none for a drawing of the claims themselves.
        card: whether there shall be a picture for sharing, of 1200 by 630 pixels.
    """
    if len(alt) < 40:
        raise ValueError(f"{key}: the alternative text must say what the figure shows")
    sources = sources_of(dict.fromkeys(rests_on))
    csv = _csv(data)
    words = Words(headline, subtitle, foot(sources, csv))
    drawn = written(draw, key, words)
    png = base64.b64encode(drawn["png"]).decode()
    content = {
        **drawn,
        "png": png,
        "card": base64.b64encode(carded(draw, words)).decode() if card else "",
        "headline": headline,
        "subtitle": subtitle,
        "alt": " ".join(alt.split()),
        "csv": csv,
        "sources": sources,
    }
    _glue(f"figure:{key}", content, {"image/png": png, "text/plain": f"{headline} {alt}"})


def foot(sources: list[str], csv: str) -> str:
    """The last line of a figure, which travels with it: whose data it shows, in which edition, and a mark.

    The mark is that of its data, by which a figure of a changed copy can be told.
    """
    names = list(dict.fromkeys(located(name)[1]["publisher"] for name in sources))
    first = "; ".join(names[:MOST_NAMED]) or "computed by this book"
    more = f"; and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"Source: {first}{more}.\nReturned, {EDITION} {version()}, data {digest_of_text(csv)[:6]}."


def listing(key: str, data: pd.DataFrame, *, rests_on: Iterable[str]) -> None:
    """Hand a table to the book; column names are the headings, cells may hold Markdown.

    Args:
        key: name of the table; its address and the name of its file.
        data: the table as readers should see it, index left out.
        rests_on: identifiers of the rows used.
    """
    content = {"csv": _csv(data), "sources": sources_of(dict.fromkeys(rests_on))}
    _glue(f"table:{key}", content, {"text/html": data.to_html(index=False)})


def _csv(data: pd.DataFrame) -> str:
    return data.to_csv(index=False, lineterminator="\n")
