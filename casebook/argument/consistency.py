"""What a hostile reader would strike out of the claims: checks of a claim against its own words.

A printed reply that is nowhere in the graph, a statement wider than its support, high
confidence in a text that nobody read, a duty that rests on past breaches: each is refused
with the claim and the rule, before anything is built.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import combinations, islice

from casebook.argument.claims import LISTS
from casebook.argument.graph import Graph, bearing_on, graph_of
from casebook.argument.links import changed, contested

Claims = Mapping[str, Mapping]
UNANSWERED = (
    "a claim of the other side must be attacked by what answers it, "
    "or say under granted why it changes nothing"
)
LOOSE = (
    "{what} is printed and not encoded; name its claims in {field}_in, "
    "or say in {field}_apart why it is no attack"
)
HARMLESS = "nothing drawn or contested lets it count against this claim"
NO_PARTS = "a conclusion, and a claim with several arguments, must say under parts what carries which words"
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z{])")


def replies_not_encoded(claims: Claims) -> Iterator[tuple[str, str]]:
    """Replies and weak points that are printed, and neither drawn nor set apart with a reason."""
    graph = changed(graph_of(claims.values()), contested(claims.values()))
    for name, claim in claims.items():
        if claim.get("side") == "other":
            yield from _unanswered(name, claim)
            continue
        if "granted" in claim:
            yield name, "only a claim of the other side is granted"
        fields = ["reply"] if claim["confidence"] == "high" else ["reply", "weak"]
        yield from _loose(name, claim, fields)
        yield from _not_against(name, claim, _against(graph, name))


def _unanswered(name: str, claim: Mapping) -> Iterator[tuple[str, str]]:
    """A claim of the other side is answered by an attack, or granted."""
    if "granted" not in claim and "attacked_by" not in claim:
        yield name, UNANSWERED


def _loose(name: str, claim: Mapping, fields: list[str]) -> Iterator[tuple[str, str]]:
    words = {"reply": "the reply", "weak": "a weak point of a claim below high confidence"}
    for field in fields:
        if f"{field}_in" not in claim and f"{field}_apart" not in claim:
            yield name, LOOSE.format(what=words[field], field=field)


def _not_against(name: str, claim: Mapping, against: Collection[str]) -> Iterator[tuple[str, str]]:
    """Claims named as making the reply that count against the claim neither directly nor through others."""
    for field in ("reply_in", "weak_in"):
        for given in claim.get(field, []):
            if given not in against:
                yield name, f"field {field}, value {given!r}: {HARMLESS}"


def _against(graph: Graph, name: str) -> set[str]:
    return {other for other, signs in bearing_on(graph, name).items() if -1 in signs}


def wider_than_support(claims: Claims, conclusions: Mapping) -> Iterator[tuple[str, str]]:
    """Statements that say more than every argument for them carries."""
    for name, claim in claims.items():
        ways = claim.get("support", [])
        if "parts" not in claim:
            if ways and (name in conclusions or len(ways) > 1):
                yield name, NO_PARTS
            continue
        yield from islice(_parts(name, claim, ways), 1)  # one cause, one message


def _parts(name: str, claim: Mapping, ways: list[list[str]]) -> Iterator[tuple[str, str]]:
    statement = " ".join(claim["statement"].split())
    pieces = {" ".join(part["says"].split()): part for part in claim["parts"]}
    if strange := [words for words in pieces if words not in statement]:
        yield name, f"parts, value {strange[0][:60]!r}: these are no words of the statement"
        return
    for words, part in pieces.items():
        for fault in _not_carried(part, claim, ways):
            yield name, f"parts, value {words[:60]!r}: {fault}"
    for sentence in SENTENCE.split(statement):
        if not any(words in sentence for words in pieces):
            yield name, f"the sentence {sentence[:60]!r} stands in no part; nothing shows what carries it"


def _not_carried(part: Mapping, claim: Mapping, ways: list[list[str]]) -> Iterator[str]:
    """Arguments that hold none of the claims that carry a part, and rows that the claim does not name."""
    for number, way in enumerate(ways, start=1):
        if "by" in part and not set(part["by"]) & set(way):
            yield f"argument {number} ({', '.join(way)}) does not carry these words"
    own = {row for listed in LISTS for row in claim.get(listed, [])}
    yield from (f"the claim does not name row {row}" for row in part.get("rows", []) if row not in own)


def high_without_reading(claims: Claims, read: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Claims held with high confidence of whose authorities, or texts, none was read at the source.

    Args:
        read: whether an authority or a provision was read in its own words, not in a
            translation, an abstract, a quotation or an encyclopaedia.
    """
    for name, claim in claims.items():
        listed = claim.get("authorities") or claim.get("provisions", [])
        if claim["confidence"] == "high" and listed and not any(map(read, listed)):
            yield name, f"confidence is high, but none of these was read at the source: {', '.join(listed)}"


def sorts_mixed(
    claims: Claims, conclusions: Mapping[str, Mapping], past_practice: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Rules and risks that rest on what was done, and conclusions on one people that rest on another's."""
    graph = graph_of(claims.values())
    helping = {
        name: {n for n, signs in bearing_on(graph, name).items() if 1 in signs} for name in conclusions
    }
    past = {*past_practice, *(name for name, entry in conclusions.items() if entry["sort"] == "breach")}
    for name, entry in conclusions.items():
        if entry["sort"] != "breach" and (found := sorted(helping[name] & past)):
            yield name, f"a {entry['sort']} may not rest on what was done in the past: {', '.join(found)}"
    for one, two in combinations(conclusions, 2):
        apart = conclusions[one]["people"] != conclusions[two]["people"]
        if apart and (shared := sorted(helping[one] & helping[two])):
            yield one, f"it is about other people than {two}, but both rest on {', '.join(shared)}"
