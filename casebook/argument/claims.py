"""The claims of the book: read from one file, checked against a schema and the tables."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import jsonschema
import yaml

from casebook.project import DATA, PACKAGE

PATH = DATA / "argument" / "claims.yaml"
SCHEMA = PACKAGE / "argument" / "claims.schema.json"

# What a claim of each kind must name, one of these at least
GROUNDS = {
    "law": ["provisions", "authorities"],
    "fact": ["evidence", "provisions"],  # what a text says is shown by the text
    "inference": ["support", "provisions", "authorities", "evidence"],
}
# Which kind of row each list of a claim may name
LISTS = {"provisions": "provision", "authorities": "authority", "evidence": "evidence"}


# libyaml reads ten times faster; where PyYAML was made without it, its own parser says the same
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(PARSER):  # type: ignore[misc, valid-type]  # which of the two is known only here
    """Refuses a key that is given twice; YAML would keep the last and lose the rest."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if twice := [key for key, times in Counter(keys).items() if times > 1]:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {twice[0]!r} is given twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def read_yaml(text: str):
    """What a YAML text says.

    Raises:
        yaml.YAMLError: it cannot be read, or gives a key twice.
    """
    return yaml.load(text, _Loader)


def read_against(path: Path, schema: Path, where: str) -> tuple[dict | None, list[str]]:
    """What a file of YAML says, and what is wrong with it by its schema; nothing is said where a fault is.

    Args:
        path: the file; one that cannot be opened is reported with the data.
        schema: the JSON schema.
        where: what messages call the file.
    """
    try:
        said = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None, []
    except yaml.YAMLError as error:
        return None, [f"{where}: not readable as YAML: {' '.join(str(error).split())}"]
    faults = [
        f"{where}, field {'/'.join(map(str, fault.absolute_path)) or '-'}: {fault.message[:160]}"
        for fault in jsonschema.Draft202012Validator(json.loads(schema.read_text())).iter_errors(said)
    ]
    return (None if faults else said), faults


def starts_of(text: str) -> list[int]:
    """The line on which each claim begins.

    Raises:
        TypeError: the text is not a list, so there is no claim in it.
    """
    listed = yaml.compose(text, PARSER)
    if not isinstance(listed, yaml.SequenceNode):
        raise TypeError("expected a list of claims")
    return [node.start_mark.line + 1 for node in listed.value]


def errors_in(path: Path, kinds: dict[str, str] | None = None) -> list[str]:
    """Everything wrong with a file of claims: file, line, claim, field and rule.

    Args:
        path: the file.
        kinds: what kind of row each name stands for; without it, rows are not looked up.
    """
    where = f"data/{PATH.relative_to(DATA).as_posix()}"
    try:
        text = path.read_text(encoding="utf-8")
        claims, starts = read_yaml(text), starts_of(text)
    except (OSError, UnicodeDecodeError):
        return []  # reported with the file
    except (yaml.YAMLError, TypeError) as error:
        return [f"{where}: not readable as a YAML list: {' '.join(str(error).split())}"]
    found = []
    for fault in jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).iter_errors(claims):
        index, *inside = fault.absolute_path or [None]
        line = 1 if index is None else starts[index]
        name = "/".join(map(str, inside)) or "-"
        found.append(f"{where}, line {line}, field {name}: {fault.message[:160]}")
    return found or [f"{where}, {message}" for message in _meaning_errors(claims, starts, kinds)]


def _meaning_errors(claims: list[dict], starts: list[int], kinds: dict[str, str] | None) -> list[str]:
    """What a schema cannot see: repeated names, names of nothing, facts without evidence."""
    found, seen, everything = [], set(), {claim["id"] for claim in claims}
    for claim, line in zip(claims, starts, strict=True):
        name = f"line {line}, claim {claim['id']}"
        if claim["id"] in seen:
            found.append(f"{name}, field id: this name is taken by an earlier claim")
        seen.add(claim["id"])
        grounds = GROUNDS[claim["kind"]]
        if not any(claim.get(ground) for ground in grounds):
            wanted = " or ".join(grounds)
            found.append(f"{name}: a claim must name what it stands on; one of {claim['kind']}, {wanted}")
        if kinds is not None:
            found += [f"{name}, {message}" for message in _wrong_names(claim, kinds)]
        found += [f"{name}, {message}" for message in _unknown_claims(claim, everything)]
    return found


def related(claim: dict) -> dict[str, list[str]]:
    """The claims that a claim names, by the field that names them."""
    return {
        "support": [name for premises in claim.get("support", []) for name in premises],
        **{
            field: [attack["claim"] for attack in claim.get(field, [])]
            for field in ("attacked_by", "contested")
        },
        **{field: claim.get(field, []) for field in ("reply_in", "weak_in")},
    }


def _unknown_claims(claim: dict, everything: set[str]) -> list[str]:
    return [
        f"field {field}, value {name!r}: there is no such claim"
        for field, names in related(claim).items()
        for name in names
        if name not in everything
    ]


def _wrong_names(claim: dict, kinds: dict[str, str]) -> list[str]:
    found = []
    for listed, kind in LISTS.items():
        for identifier in claim.get(listed, []):
            actual = kinds.get(identifier)
            if actual is None:
                found.append(f"field {listed}, value {identifier!r}: there is no such row")
            elif actual != kind:
                found.append(f"field {listed}, value {identifier!r}: this is a row of kind {actual}")
    return found


@cache
def claims() -> dict[str, dict]:
    """Every claim by its identifier, in the order of the file."""
    return {claim["id"]: claim for claim in read_yaml(PATH.read_text(encoding="utf-8"))}
