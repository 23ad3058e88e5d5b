"""Values that no text may quote alone: a disputed number is read with what disputes it.

The descriptor of the data says so under ``read_with``: the ``value``, the values that stand
``with`` it, ``why``, and perhaps a ``sentence`` that says it, for a page to print. Claims are
checked here, with the data; pages when they are read (:mod:`casebook.sphinx.argument.read_with`).
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from casebook.argument.claims import PATH, read_yaml, starts_of
from casebook.data.descriptor import declared
from casebook.project import DATA

QUOTED = re.compile(r"\{(?:case:)?value\}`(?:[^`<]*<)?([^\s`>]+)")
NEEDED, ALLOWED = {"value", "with", "why"}, {"value", "with", "why", "sentence"}


def rules(folder: Path = DATA) -> list[dict]:
    """What the descriptor says of values that are read together."""
    return declared(folder).get("read_with", [])


def quoted(text: str) -> set[str]:
    """The values that a Markdown text quotes, in whatever form."""
    return set(QUOTED.findall(text))


def alone(found: Collection[str], folder: Path = DATA) -> Iterator[tuple[str, str]]:
    """Of the values that a text quotes, those quoted without their companions; each with the rule."""
    for rule in rules(folder):
        missing = [name for name in rule["with"] if name not in found]
        if missing and rule["value"] in found:
            yield rule["value"], f"must be read with {' and '.join(missing)}: {rule['why']}"


def faults_in_claims(path: Path, folder: Path = DATA) -> list[str]:
    """Claims that quote a value alone: file, line, claim, value and rule."""
    text = path.read_text(encoding="utf-8")
    lines, starts = text.splitlines(), starts_of(text)
    found = []
    for claim, start, end in zip(read_yaml(text), starts, [*starts[1:], len(lines) + 1], strict=True):
        own = lines[start - 1 : end - 1]
        for value, rule in alone(quoted("\n".join(own)), folder):
            line = start + next(number for number, words in enumerate(own) if value in quoted(words))
            place = f"data/{PATH.relative_to(DATA).as_posix()}, line {line}, claim {claim['id']}"
            found.append(f"{place}, value {value!r}: {rule}")
    return found


def faults_in_rules(declaration: dict) -> list[str]:
    """Rules that cannot be understood, or whose own sentence breaks them."""
    found = []
    for number, rule in enumerate(declaration.get("read_with", [])):
        if not isinstance(rule, dict) or not NEEDED <= rule.keys() <= ALLOWED:
            found.append(f"read_with/{number}: must give value, with and why, and may give a sentence")
        elif lost := _left_out(rule):
            found.append(f"read_with/{number}: the sentence does not quote {' and '.join(lost)}")
    return found


def _left_out(rule: dict) -> list[str]:
    """Companions that the rule's own sentence forgets."""
    said = quoted(rule["sentence"]) if "sentence" in rule else rule["with"]
    return [name for name in rule["with"] if name not in said]
