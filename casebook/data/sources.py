"""What a source is, how it was read, and how it stands in a footnote: all from its own row."""

import re
from collections.abc import Mapping
from typing import Any

# A newspaper or an encyclopaedia passes on what others said; so does whoever translates or quotes
RELAYS = {"press", "reference"}
AT_SECOND_HAND = {"translation", "quotation"}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

# The nearest type of the Citation Style Language
CSL_TYPES = {
    "instrument": "treaty",
    "official document": "report",
    "judgment": "legal_case",
    "testimony collection": "report",
    "statement": "document",
    "scholarship": "article-journal",
    "press": "article-newspaper",
    "reference": "webpage",
}


def is_relayed(record: Mapping[str, Any]) -> bool:
    """Whether a source is not the body itself in its own words: it relays, translates or quotes."""
    return record["kind"] in RELAYS or record["reading"] in AT_SECOND_HAND


def text_of(record: Mapping[str, Any], column: str) -> str:
    """A cell as text; blank is empty."""
    content = record[column]
    return content if isinstance(content, str) else ""


def footnote(record: Mapping[str, Any]) -> str:
    """A source as it stands in a footnote: the official citation first, where it was read last."""
    who = text_of(record, "author") or text_of(record, "publisher")
    title = (
        f"{who}, {record['title']}" if record["kind"] not in ("instrument", "judgment") else record["title"]
    )
    parts = [title, text_of(record, "citation"), text_of(record, "date_published"), read_in(record)]
    return ", ".join(part for part in parts if part)


def read_in(record: Mapping[str, Any]) -> str:
    """Where and how it was read, when that was not at the address of the body itself."""
    where = text_of(record, "read_in")
    if record["reading"] in ("official text", "original"):
        return ""
    return f"read in {where} ({record['reading']})" if where else f"read as a {record['reading']}"


def bibtex(records: Mapping[str, Mapping[str, Any]]) -> str:
    """The sources as BibTeX, one entry each under its name."""
    return "\n".join(_entry(name, record) for name, record in records.items())


def _entry(name: str, record: Mapping[str, Any]) -> str:
    year, month, *_ = [*text_of(record, "date_published").split("-"), "", ""]
    fields = {
        "author": f"{{{escaped(text_of(record, 'author') or text_of(record, 'publisher'))}}}",
        "title": f"{{{escaped(text_of(record, 'title'))}}}",
        "howpublished": escaped(text_of(record, "publisher")),
        "number": escaped(text_of(record, "citation")),
        "year": year,
        "month": MONTHS[int(month) - 1] if month else "",
        "note": escaped(read_in(record)),
        "keywords": record["kind"],
        "url": text_of(record, "url"),
    }
    lines = [f"  {key} = {{{text}}}" for key, text in fields.items() if text and key != "month"]
    lines += [f"  month = {fields['month']}"] if month else []
    return f"@misc{{{name},\n" + ",\n".join(lines) + "\n}\n"


def escaped(text: str) -> str:
    """Text that BibTeX takes as it stands."""
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def csl(records: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sources as items of the Citation Style Language, which reference managers read."""
    return [_item(name, record) for name, record in records.items()]


def _item(name: str, record: Mapping[str, Any]) -> dict[str, Any]:
    item = {
        "id": name,
        "type": CSL_TYPES[record["kind"]],
        "title": record["title"],
        "author": [{"literal": text_of(record, "author") or text_of(record, "publisher")}],
        "publisher": text_of(record, "publisher"),
        "number": text_of(record, "citation"),
        "note": read_in(record),
        "URL": text_of(record, "url"),
    }
    if date := text_of(record, "date_published"):
        item["issued"] = {"date-parts": [[int(part) for part in date.split("-")]]}
    return {key: content for key, content in item.items() if content}


def former_names(records: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """For each name of an earlier edition, the name under which the document stands now."""
    return {old: name for name, record in records.items() for old in text_of(record, "aliases").split()}
