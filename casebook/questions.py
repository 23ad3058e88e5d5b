"""What is asked of the claims: conclusions, presets and open questions, read from one file.

Here too is checked whether the claims make a graph that answers: :mod:`casebook.argument`
says what a sound graph is, and the conclusions say what it is for.
"""

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import jsonschema
import yaml

from casebook.argument import WEIGHTS, Node, bearing_on, confidences, faults, graph_of, states
from casebook.claims import PATH as CLAIMS
from casebook.claims import claims, read_yaml, starts_of
from casebook.project import DATA, PACKAGE
from casebook.tables import located, sources_of

PATH = DATA / "argument" / "argument.yaml"
SCHEMA = PACKAGE / "argument.schema.json"


@cache
def _asked() -> dict[str, list[dict]]:
    return read_yaml(PATH.read_text(encoding="utf-8"))


def conclusions() -> dict[str, str]:
    """The conclusions of the book, by claim, with the name that figures and tables use."""
    return {entry["claim"]: entry["name"] for entry in _asked()["conclusions"]}


def presets() -> dict[str, dict]:
    """The presets by identifier; each with ``name``, ``meaning`` and what it rejects and grants."""
    return {
        entry["id"]: {
            "name": entry["name"],
            "meaning": entry["meaning"],
            "rejected": premises_without(entry["without"]) if "without" in entry else [],
            "granted": entry.get("grant", []),
        }
        for entry in _asked()["presets"]
    }


def open_questions() -> dict[str, dict]:
    """The open questions in order of use, by identifier."""
    return {entry["id"]: entry for entry in _asked()["open_questions"]}


@cache
def book_graph() -> dict[str, Node]:
    """The graph of all claims of the book."""
    return graph_of(claims().values())


@cache
def book_states() -> dict[str, str]:
    """What stands in the book when nothing is doubted."""
    return states(book_graph())


def bearing() -> list[str]:
    """The claims that bear on some conclusion, in the order of the file."""
    inside = {name for target in conclusions() for name in bearing_on(book_graph(), target)}
    return [name for name in book_graph() if name in inside]


def state_in_words(name: str) -> str:
    """The state of a claim and, where it stands, how sure it is: computed, not written."""
    sure = confidences(book_graph(), book_states()).get(name)
    words = {weight: word for word, weight in WEIGHTS.items()}
    return book_states()[name] + (f", with {words[sure]} confidence" if sure else "")


def rests_on_testimony(identifier: str) -> bool:
    """Whether a row reports what witnesses or victims told somebody."""
    described, record = located(identifier)
    return bool(described.descriptor.get("testimony")) or record.get("testimony", "n") == "y"


def is_relayed(identifier: str) -> bool:
    """Whether no source of a row is the body itself, or a faithful copy of its text or figure."""
    tiers = [located(source)[1]["tier"] for source in sources_of([identifier])]
    return "primary" not in tiers


def is_unread(identifier: str) -> bool:
    """Whether a row is marked as not read in its source."""
    return located(identifier)[1].get("verified", "y") == "n"


SET_ASIDE = {"testimony": rests_on_testimony, "relayed": is_relayed}


# Which lists of grounds, besides its texts, a premise of each kind cannot do without
NEEDED = {"law": [], "fact": ["evidence"], "inference": ["authorities", "evidence"]}


def premises_without(what: str) -> list[str]:
    """The premises that fall when grounds of a sort are set aside: ``testimony`` or ``relayed``."""
    aside = SET_ASIDE[what]
    return [name for name, claim in claims().items() if "support" not in claim and _fails(claim, aside)]


def _fails(claim: dict, aside: Callable[[str], bool]) -> bool:
    """Each text must be read where the claim reads it; of facts, and of authorities, one is enough.

    What the law is stands on its texts, and on authorities only where no text is named.
    """
    if any(aside(text) for text in claim.get("provisions", [])):
        return True
    needed = NEEDED[claim["kind"]] if claim.get("provisions") else [*NEEDED[claim["kind"]], "authorities"]
    return any(claim.get(listed) and all(map(aside, claim[listed])) for listed in needed)


def errors_in(path: Path, claims_path: Path) -> list[str]:
    """Everything wrong with the file, and with the graph that the claims make for its conclusions.

    Args:
        path: the file of conclusions, presets and open questions.
        claims_path: a sound file of claims.
    """
    where = f"data/{PATH.relative_to(DATA).as_posix()}"
    try:
        asked = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return []  # reported with the file
    except yaml.YAMLError as error:
        return [f"{where}: not readable as YAML: {' '.join(str(error).split())}"]
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    if wrong := list(validator.iter_errors(asked)):
        return [
            f"{where}, field {'/'.join(map(str, e.absolute_path)) or '-'}: {e.message[:160]}" for e in wrong
        ]
    text = claims_path.read_text(encoding="utf-8")
    entries = read_yaml(text)
    if unknown := _unknown(asked, {claim["id"] for claim in entries}) + _repeated(asked):
        return [f"{where}, {message}" for message in unknown]
    return _graph_errors(asked, entries, dict(zip((c["id"] for c in entries), starts_of(text), strict=True)))


def _unknown(asked: dict, names: set[str]) -> list[str]:
    named = [("conclusions", entry["claim"], [entry["claim"]]) for entry in asked["conclusions"]]
    named += [("presets", entry["id"], entry.get("grant", [])) for entry in asked["presets"]]
    named += [("open_questions", entry["id"], entry["moves"]) for entry in asked["open_questions"]]
    return [
        f"{field}, entry {entry}, value {name!r}: there is no such claim"
        for field, entry, listed in named
        for name in listed
        if name not in names
    ]


def _repeated(asked: dict) -> list[str]:
    return [
        f"{field}, entry {name}: this name is taken by an earlier entry"
        for field, key in (("conclusions", "claim"), ("presets", "id"), ("open_questions", "id"))
        for name, times in Counter(entry[key] for entry in asked[field]).items()
        if times > 1
    ]


def _graph_errors(asked: dict, entries: list[dict], lines: dict[str, int]) -> list[str]:
    where = f"data/{CLAIMS.relative_to(DATA).as_posix()}"
    outside = [claim["id"] for claim in entries if "outside" in claim]
    found = faults(graph_of(entries), [entry["claim"] for entry in asked["conclusions"]], outside)
    return [f"{where}, line {lines[name]}, claim {name}: {message}" for name, message in found.items()]
