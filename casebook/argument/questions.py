"""What is asked of the claims: conclusions, presets and open questions, read from one file.

Here too is checked whether the claims make a graph that answers: :mod:`casebook.argument.graph`
says what a sound graph is, and the conclusions say what it is for.
"""

from collections import Counter
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

from casebook.argument import consistency
from casebook.argument.burden import Settled, settle
from casebook.argument.claims import PATH as CLAIMS
from casebook.argument.claims import claims, read_against, read_yaml, starts_of
from casebook.argument.graph import (
    UNDECIDED,
    WEIGHTS,
    Node,
    bearing_on,
    confidences,
    faults,
    graph_of,
    states,
)
from casebook.argument.links import Change, changed, contested
from casebook.data import sources
from casebook.data.tables import located, sources_of
from casebook.project import DATA, PACKAGE

PATH = DATA / "argument" / "argument.yaml"
SCHEMA = PACKAGE / "argument" / "argument.schema.json"


@cache
def _asked() -> dict[str, list[dict]]:
    return read_yaml(PATH.read_text(encoding="utf-8"))


def conclusions() -> dict[str, str]:
    """The conclusions of the book, by claim, with the name that figures and tables use."""
    return {entry["claim"]: entry["name"] for entry in _asked()["conclusions"]}


def sorts() -> dict[str, str]:
    """What sort each conclusion is of: ``rule``, ``risk`` or ``breach``."""
    return {entry["claim"]: entry["sort"] for entry in _asked()["conclusions"]}


def remains() -> dict[str, str]:
    """What remains while a conclusion stands, in words, by claim."""
    return {entry["claim"]: entry["leaves"] for entry in _asked()["conclusions"]}


def burdens() -> dict[str, dict]:
    """The steps whose burden of proof is placed: who bears it, with the authorities and the reason."""
    return {entry["step"]: entry for entry in _asked()["burdens"]}


def borne_by(where: str) -> dict[str, str]:
    """Who bears the burden of each step: the same for all, ``placed`` one by one, or ``""`` for nobody."""
    if not where:
        return {}
    return {step: entry["borne_by"] if where == "placed" else where for step, entry in burdens().items()}


def presets() -> dict[str, dict]:
    """The presets by identifier.

    Each has ``name`` and ``meaning``, what it rejects and grants, and on whom it lays the burden.
    """
    return {
        entry["id"]: {
            "name": entry["name"],
            "meaning": entry["meaning"],
            "rejected": premises_without(entry["without"]) if "without" in entry else [],
            "granted": entry.get("grant", []),
            "burden": entry.get("burden", ""),
        }
        for entry in _asked()["presets"]
    }


def under(
    rejected: Collection[str] = (),
    granted: Collection[str] = (),
    where: str = "",
    changes: Collection[Change] = (),
) -> Settled:
    """What stands in the book under doubts of every sort.

    Args:
        rejected: premises that are rejected.
        granted: claims of the other side that are granted.
        where: on whom the burden of proof lies; see :func:`borne_by`.
        changes: links that are drawn otherwise.
    """
    return settle(changed(book_graph(), changes), borne_by(where), rejected, granted)


def laid_down(rejected: Collection[str], granted: Collection[str], settled: Settled) -> dict[str, str]:
    """What was laid down and not computed, by claim, as an explanation names it."""
    return (
        dict.fromkeys(settled.presumed, "presumed")
        | dict.fromkeys(settled.unmet, "unmet")
        | dict.fromkeys(granted, "granted")
        | dict.fromkeys(rejected, "rejected")
    )


def printed_replies() -> list[Change]:
    """The attacks that the book prints as replies and does not draw."""
    return contested(claims().values())


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
    if "granted" in claims()[name]:
        return "is granted"
    if book_states()[name] == UNDECIDED:
        return "is undecided"
    sure = confidences(book_graph(), book_states()).get(name)
    words = {weight: word for word, weight in WEIGHTS.items()}
    return book_states()[name] + (f", with {words[sure]} confidence" if sure else "")


def rests_on_testimony(identifier: str) -> bool:
    """Whether a row reports what witnesses or victims told somebody."""
    described, record = located(identifier)
    return bool(described.descriptor.get("testimony")) or record.get("testimony", "n") == "y"


def is_relayed(identifier: str) -> bool:
    """Whether no source of a row is the body itself in its own words."""
    return all(sources.is_relayed(located(source)[1]) for source in sources_of([identifier]))


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


def errors_in(
    path: Path, claims_path: Path, read: Collection[str], authorities: Collection[str]
) -> list[str]:
    """Everything wrong with the file, and with the graph that the claims make for its conclusions.

    Args:
        path: the file of conclusions, presets and open questions.
        claims_path: a sound file of claims.
        read: the authorities and provisions that were read at the source.
        authorities: all authorities.
    """
    where = f"data/{PATH.relative_to(DATA).as_posix()}"
    asked, wrong = read_against(path, SCHEMA, where)
    if asked is None:
        return wrong
    text = claims_path.read_text(encoding="utf-8")
    entries = read_yaml(text)
    unknown = _unknown(asked, {claim["id"] for claim in entries}, authorities) + _repeated(asked)
    if unknown:
        return [f"{where}, {message}" for message in unknown]
    lines = dict(zip((claim["id"] for claim in entries), starts_of(text), strict=True))
    found = _graph_errors(asked, entries) or _inconsistent(asked, entries, read)
    where = f"data/{CLAIMS.relative_to(DATA).as_posix()}"
    return [f"{where}, line {lines[name]}, claim {name}: {message}" for name, message in found]


def _unknown(asked: dict, names: set[str], authorities: Collection[str]) -> list[str]:
    named = [("conclusions", entry["claim"], [entry["claim"]]) for entry in asked["conclusions"]]
    named += [("presets", entry["id"], entry.get("grant", [])) for entry in asked["presets"]]
    named += [("open_questions", entry["id"], entry["moves"]) for entry in asked["open_questions"]]
    named += [("past_practice", "-", asked["past_practice"])]
    named += [("burdens", entry["step"], [entry["step"]]) for entry in asked["burdens"]]
    return [
        f"{field}, entry {entry}, value {name!r}: there is no such claim"
        for field, entry, listed in named
        for name in listed
        if name not in names
    ] + [
        f"burdens, entry {entry['step']}, value {name!r}: there is no such authority"
        for entry in asked["burdens"]
        for name in entry["authorities"]
        if name not in authorities
    ]


# What names an entry of each list
NAMED_BY = {"conclusions": "claim", "burdens": "step", "presets": "id", "open_questions": "id"}


def _repeated(asked: dict) -> list[str]:
    return [
        f"{field}, entry {name}: this name is taken by an earlier entry"
        for field, key in NAMED_BY.items()
        for name, times in Counter(entry[key] for entry in asked[field]).items()
        if times > 1
    ]


def _graph_errors(asked: dict, entries: list[dict]) -> list[tuple[str, str]]:
    targets = [entry["claim"] for entry in asked["conclusions"]]
    apart = [claim["id"] for claim in entries if "outside" in claim or "granted" in claim]
    found = faults(graph_of(entries), targets, apart)
    # The replies that are not drawn have to make a sound graph too, or they could not be tried
    return list((found or faults(changed(graph_of(entries), contested(entries)), targets, apart)).items())


def _inconsistent(asked: dict, entries: list[dict], read: Collection[str]) -> list[tuple[str, str]]:
    by_name = {claim["id"]: claim for claim in entries}
    targets = {entry["claim"]: entry for entry in asked["conclusions"]}
    return [
        *consistency.replies_not_encoded(by_name),
        *consistency.wider_than_support(by_name, targets),
        *consistency.high_without_reading(by_name, lambda row: row in read),
        *consistency.sorts_mixed(by_name, targets, asked["past_practice"]),
    ]
