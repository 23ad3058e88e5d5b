"""How this book and each part of it is cited, in four forms.

The version is that of ``pyproject.toml``, the date that of the data package. Where no
public address has been declared none is invented: a citation then names the page in the
book and a mark of its content, by which two copies can be compared.
"""

import re
from dataclasses import dataclass
from datetime import date

from casebook import __version__
from casebook.data.descriptor import declared
from casebook.data.sources import MONTHS
from casebook.data.sources import escaped as latex
from casebook.project import edition

ACCESSED = "accessed [day of access]"  # the citer's own day; no page may know it


def data_date() -> date:
    """The day on which the data were last changed for this version."""
    return date.fromisoformat(declared()["created"][:10])


def capital(text: str) -> str:
    """A text with a large first letter; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def dated_edition() -> str:
    """The edition at hand and the day of its data, in words."""
    return f"{edition()}, data of {in_words(data_date())}"


def in_words(day: date) -> str:
    """A date as a reader writes it, the same on every machine."""
    return f"{day.day} {day:%B} {day.year}"


@dataclass(frozen=True)
class Work:
    """What is cited: the book, or a part of it.

    Attributes:
        book: the title of the book.
        author: who answers for it; an entity, never split into first and last name.
        part: the title of the page, or the name of the claim, figure, value or row;
            empty for the book.
        place: the page within the book, with the anchor where there is one.
        mark: what identifies the content of that page.
        base: the public address of the book; empty while there is none.
        doi: of this version; empty while there is none.
    """

    book: str
    author: str
    part: str = ""
    place: str = ""
    mark: str = ""
    base: str = ""
    doi: str = ""

    @property
    def address(self) -> str:
        """Where the cited thing stands in public; empty while there is no such place."""
        return f"{self.base.rstrip('/')}/{self.place}" if self.base else ""

    @property
    def edition(self) -> str:
        return dated_edition()

    @property
    def note(self) -> str:
        """Edition, and without a public address the place: for forms that have no field for them."""
        said = self.edition if self.base else f"{self.edition}, {self.found}"
        return capital(said)

    @property
    def found(self) -> str:
        """What leads to it: its public address, or page and mark."""
        return self.address or ", ".join(filter(None, [self.place, f"content {self.mark}"]))

    def forms(self) -> dict[str, str]:
        """Every form by its name."""
        return {
            "Plain text": self.plain(),
            "OSCOLA style": self.oscola(),
            "BibTeX": self.bibtex(),
            "RIS": self.ris(),
        }

    def plain(self) -> str:
        part = f"“{self.part}”, in " if self.part else ""
        doi = f" https://doi.org/{self.doi}." if self.doi else ""
        return f"{self.author}, {part}{self.book} ({self.edition}), {self.found}.{doi}"

    def oscola(self) -> str:
        """After the form for web pages: author, title, date, address, day of access."""
        part = f"‘{self.part}’ in " if self.part else ""
        found = f"<{self.address}> {ACCESSED}" if self.base else self.found
        return f"{self.author}, {part}{self.book} ({self.edition}) {found}"

    def bibtex(self) -> str:
        year, month = __version__.split(".")[:2]
        key = re.sub(r"[^a-z0-9]+", "-", f"returned {__version__} {self.place}".lower()).strip("-")
        fields = {
            "author": f"{{{latex(self.author)}}}",  # a second pair of braces keeps an entity whole
            "title": f"{{{latex(self.part or self.book)}}}",
            "booktitle": f"{{{latex(self.book)}}}" if self.part else "",
            "year": year,
            "month": MONTHS[int(month) - 1],
            "note": latex(self.note),
            "doi": self.doi,
            "url": self.address,
        }
        lines = [
            f"  {name} = {text}" if name == "month" else f"  {name} = {{{text}}}"
            for name, text in fields.items()
            if text
        ]
        return f"@{'incollection' if self.part else 'misc'}{{{key},\n" + ",\n".join(lines) + "\n}"

    def ris(self) -> str:
        year, month = __version__.split(".")[:2]
        lines = [
            ("TY", "CHAP" if self.part else "BOOK"),
            ("AU", self.author),
            ("TI", self.part or self.book),
            ("T2", self.book if self.part else ""),
            ("PY", year),
            ("DA", f"{year}/{int(month):02}//"),
            ("ET", edition().removeprefix("version ")),
            ("N1", self.note),
            ("DO", self.doi),
            ("UR", self.address),
        ]
        return "".join(f"{tag}  - {text}\n" for tag, text in lines if text) + "ER  - "
