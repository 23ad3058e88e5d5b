"""Every kind of damage to the data that we could think of is refused, and its place is named."""

import csv
import json
import shutil
from pathlib import Path
from typing import NamedTuple

import entries
import pytest

from casebook.__main__ import main
from casebook.argument.claims import errors_in
from casebook.checks.package import (
    all_faults,
    argument_faults,
    descriptor_faults,
    faults_of,
    identity_faults,
    kinds_of_rows,
    unlisted_faults,
)
from casebook.checks.text import text_faults
from casebook.data.descriptor import resources, tables
from casebook.project import DATA

EVENTS, DECISIONS, ARRIVALS = "repatriation_events", "unhcr_prk_decisions", "arrivals_rok"
DANDONG = {"place_id": "dandong"}
COUNTED = {"decision_id": "DC003"}
RETURN = {"event_id": "EV002"}
TREATY = {"status_id": "ST01"}
ARTICLE = {"provision_id": "RC51-33-1"}


class Cell(NamedTuple):
    """Other text in one cell of the first row that matches.

    The message must name the changed cell, or the column and value given beside it.
    """

    table: str
    where: dict
    change: dict
    rule: str
    column: str = ""
    value: str = ""

    def spoil(self, path: Path) -> int:
        """Damage the file; returns the number of the row."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        number = next(i for i, row in enumerate(rows) if self.where.items() <= row.items())
        assert self.change.keys() <= rows[number].keys()
        rows[number] |= self.change
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return number + 2

    def place(self, path: str, number: int) -> str:
        (column, value), *_ = self.change.items()
        return f"{path}, row {number}, column {self.column or column}, value {self.value or value!r}: "


CELLS = {
    # how a cell is written
    "a word for a count": Cell(DECISIONS, COUNTED, {"recognized": "many"}, "whole number in digits only"),
    "a fraction of a person": Cell(DECISIONS, COUNTED, {"recognized": "56.0"}, "whole number in digits only"),
    "a thousands separator": Cell(
        ARRIVALS, {"persons": "947"}, {"persons": "1,947"}, "whole number in digits"
    ),
    "an underscore in a number": Cell(DECISIONS, COUNTED, {"recognized": "5_6"}, "whole number in digits"),
    "full-width digits": Cell(DECISIONS, COUNTED, {"recognized": "\uff15\uff16"}, "whole number in digits"),
    "a decimal comma": Cell("places", DANDONG, {"lat": "40,13"}, "with a point for decimals"),
    "an exponent": Cell("places", DANDONG, {"lat": "4e1"}, "number in digits"),
    "NaN": Cell("places", DANDONG, {"lat": "NaN"}, "number in digits"),
    "infinity": Cell("places", DANDONG, {"lon": "inf"}, "number in digits"),
    "a year of five digits": Cell(DECISIONS, COUNTED, {"year": "20000"}, "a year of four digits"),
    "a year of two digits": Cell(DECISIONS, COUNTED, {"year": "00"}, "a year of four digits"),
    "a formula that a spreadsheet would run": Cell(
        "places", DANDONG, {"name_en": '=HYPERLINK("x")'}, "a spreadsheet would run a cell that begins so"
    ),
    "a command that a spreadsheet would run": Cell(
        "places", DANDONG, {"name_en": "@SUM(1)"}, "a spreadsheet would run a cell that begins so"
    ),
    "white space around a code": Cell("places", DANDONG, {"country_iso3": "CHN "}, "white space around it"),
    "white space around a number": Cell("places", DANDONG, {"lat": " 40.13"}, "white space around it"),
    "white space around a name": Cell(
        DECISIONS, COUNTED, {"source_id": "unhcr_rdf_2025_12_1\t"}, "holds U+0009"
    ),
    # what a cell may hold
    "a negative count": Cell("unhcr_prk", {"year": "1996"}, {"persons": "-5"}, '"minimum" is "0"'),
    "a share above one": Cell(
        "returnee_treatment", {"obs_id": "RT001"}, {"share": "1.2"}, '"maximum" is "1"'
    ),
    "a latitude beyond the pole": Cell("places", DANDONG, {"lat": "140.13"}, '"maximum" is "90"'),
    "a longitude beyond the date line": Cell("places", DANDONG, {"lon": "-190"}, '"minimum" is "-180"'),
    "a thirteenth month": Cell(
        ARRIVALS, {"period_kind": "part_year"}, {"end_month": "13"}, '"maximum" is "12"'
    ),
    "an unknown code": Cell("places", DANDONG, {"kind": "harbour"}, "['city', 'crossing', "),
    "a code in capitals": Cell("places", DANDONG, {"kind": "City"}, "['city', 'crossing', "),
    "verified: maybe": Cell("provisions", ARTICLE, {"verified": "maybe"}, "['y', 'n']"),
    "a blank in a required cell": Cell("places", DANDONG, {"lat": ""}, '"required" is "True"'),
    "a name out of pattern": Cell(DECISIONS, COUNTED, {"decision_id": "DC3"}, '"pattern" is'),
    "a date the European way": Cell(
        "positions", {"position_id": "PS01"}, {"date": "25.11.2003"}, '"pattern" is'
    ),
    "a date without its zero": Cell(
        "positions", {"position_id": "PS01"}, {"date": "2003-11-5"}, '"pattern" is'
    ),
    "a day that does not exist": Cell(EVENTS, RETURN, {"date_start": "2023-02-30"}, "day that exists"),
    "a month that does not exist": Cell(EVENTS, RETURN, {"date_end": "2000-13"}, "day that exists"),
    "in force on a day that does not exist": Cell(
        "instruments", {"instrument_id": "RC51"}, {"in_force": "1954-02-30"}, 'type is "date'
    ),
    # names of other rows
    "an unknown source": Cell(DECISIONS, COUNTED, {"source_id": "hearsay"}, '"hearsay" not found'),
    "an unknown instrument": Cell("statuses", TREATY, {"instrument_id": "RC52"}, 'table "instruments"'),
    "an unknown provision": Cell(
        "penalties", {"penalty_id": "PEN01"}, {"provision_id": "DCL74-X"}, 'table "provisions"'
    ),
    "an unknown event": Cell(
        "event_sources", {"event_id": "EV005"}, {"event_id": "EV999"}, f'table "{EVENTS}"'
    ),
    "part of an event that is not there": Cell(EVENTS, {"role": "subset"}, {"part_of": "EV999"}, "not found"),
    "superseded by nothing": Cell(
        "returnee_treatment", {"obs_id": "RT001"}, {"superseded_by": "RT999"}, '"RT999" not found'
    ),
    "a name used twice": Cell(DECISIONS, {"decision_id": "DC004"}, {"decision_id": "DC003"}, "the same as"),
    "a source registered twice": Cell(
        "sources", {"source_id": "abc_cnkr1999"}, {"source_id": "38north2021"}, "the same as"
    ),
    "a key of several columns used twice": Cell(
        "unhcr_prk",
        {"year": "1996", "asylum_iso3": "UZB"},
        {"asylum_iso3": "KHM"},
        "the same as",
        column="year, asylum_iso3, population_type",
        value="1996, KHM, refugees",
    ),
    # what lies between cells
    "a low end above the high end": Cell(
        EVENTS, RETURN, {"persons_low": "8"}, "above persons_high, which is 7"
    ),
    "an end before its start": Cell(
        EVENTS, RETURN, {"date_end": "2000-01-10"}, "above date_end", column="date_start", value="2000-01-11"
    ),
    "a law that ends before it begins": Cell(
        "provisions",
        {"provision_id": "DCL87-47"},
        {"in_force_to": "1986"},
        "above in_force_to",
        column="in_force_from",
        value="1987-02-05",
    ),
    "men and women who do not add up": Cell(
        ARRIVALS,
        {"period": "2002", "sex": "total"},
        {"persons": "1143"},
        "male + female of MOU-2025-12, 2002: 1142",
    ),
    "decisions that do not add up": Cell(
        DECISIONS, COUNTED, {"total": "110"}, "otherwise_closed, which is 109"
    ),
    "a share that is not its ratio": Cell(
        "returnee_treatment", {"obs_id": "RT002"}, {"share": "0.5"}, "numerator / denominator, which is 0.095"
    ),
    "a subset of nothing": Cell(EVENTS, {"role": "subset"}, {"part_of": ""}, "filled where role is subset"),
    "a whole that is part of something": Cell(
        EVENTS, {"role": "flow"}, {"part_of": "EV002"}, "blank unless role is"
    ),
    "a stock that would be counted": Cell(
        EVENTS, {"role": "stock"}, {"countable": "y"}, "must be flow where countable is y", "role", "stock"
    ),
    "a disputed return that would be counted": Cell(
        EVENTS,
        {"countable": "y", "kind": "repatriation"},
        {"established": "disputed"},
        "must be n where established is disputed",
        "countable",
        "y",
    ),
    "a verified row without a source": Cell(
        "provisions", ARTICLE, {"source_id": ""}, "filled where verified is y"
    ),
    "a sort of source that is not known": Cell(
        "sources", {"source_id": "abc_cnkr1999"}, {"kind": "primary"}, "['instrument', "
    ),
    "a recorded vote without its count": Cell(
        "un_resolutions", {"resolution_id": "UN01"}, {"yes": ""}, "filled where adopted_without_vote is n"
    ),
}


# What nobody sees
HIDDEN = {
    "a bell": ("a\x07b", "holds U+0007"),
    "a zero": ("a\x00b", "holds U+0000"),
    "a space of no width": ("a\u200bb", "holds U+200B (ZERO WIDTH SPACE)"),
    "a mark of direction": ("a\u202eb", "holds U+202E"),
    "a space that does not break": ("a\xa0b", "holds U+00A0 (NO-BREAK SPACE)"),
    "a byte order mark": ("a\ufeffb", "holds U+FEFF"),
    "a lost character": ("a\ufffdb", "holds U+FFFD (REPLACEMENT CHARACTER)"),
    "a letter in two pieces": ("Salmo\u0301n", "is not composed (NFC) from U+006F on"),
}
CELLS |= {name: Cell("places", DANDONG, {"name_en": text}, rule) for name, (text, rule) in HIDDEN.items()}


@pytest.mark.parametrize("damage", HIDDEN)
@pytest.mark.parametrize("name", ["claims.yaml", "chapter.md"])
def test_what_nobody_sees_is_refused_in_text_too(tmp_path, name, damage):
    text, rule = HIDDEN[damage]
    (tmp_path / name).write_text(f"a line\n{text}\n", "utf-8")
    (fault,) = text_faults(name, tmp_path / name)
    assert fault.startswith(f"{name}, line 2: ") and rule in fault


# What lies between tables
BETWEEN = {
    "read at the source, in a newspaper": Cell(
        "court_decisions",
        {"reading": "summary", "source_id": "donga_20250220"},
        {"reading": "source"},
        "does not carry this word",
    ),
    "an official text, in a translation": Cell(
        "instruments", {"text_status": "translation"}, {"text_status": "official"}, "does not carry this word"
    ),
    "a former name that is another source": Cell(
        "sources", {"source_id": "abc_cnkr1999"}, {"aliases": "38north2021"}, "is the name of another source"
    ),
    "a word for a number of chains": Cell(
        EVENTS, RETURN, {"corroboration": "many"}, "whole number in digits"
    ),
    "more chains than sources": Cell(EVENTS, RETURN, {"corroboration": "99"}, "has only"),
}


def replace(old: str, new: str, times: int = 1):
    """Other text where the old one first stands."""

    def damage(path: Path) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, times), "utf-8")

    return damage


def raw(change):
    """Other bytes."""
    return lambda path: path.write_bytes(change(path.read_bytes()))


def lines(change):
    """Other lines; each keeps its line end."""
    return lambda path: path.write_text("".join(change(path.read_text("utf-8").splitlines(True))), "utf-8")


def columns(change):
    """Other cells, in every row alike."""

    def damage(path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [change(row) for row in csv.reader(file)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    return damage


SWAPPED = columns(lambda row: [*row[:7], row[8], row[7], row[9]])
FILES = {
    "bytes that are not UTF-8": (
        raw(lambda b: b.replace("\u4e39".encode(), b"\xb5\xa4", 1)),
        ", line 2: byte 0xb5",
    ),
    "UTF-16": (raw(lambda b: b.decode().encode("utf-16")), ", line 1: byte 0xff is not UTF-8"),
    "a byte order mark": (
        raw(lambda b: b"\xef\xbb\xbf" + b),
        ", row 1: the file begins with a byte order mark",
    ),
    "a missing column": (
        columns(lambda row: row[:-1]),
        ", row 1, column source_id, value '': column 10 must be",
    ),
    "an extra column": (
        columns(lambda row: [*row, "x"]),
        ", row 1, column x, value 'x': the descriptor has no such",
    ),
    "a renamed column": (
        replace("lat,", "latitude,"),
        ", row 1, column lat, value 'latitude': column 8 must be lat",
    ),
    "two columns swapped": (SWAPPED, ", row 1, column lat, value 'lon': the columns must stand in the order"),
    "no header": (
        lines(lambda rows: rows[1:]),
        ", row 1, column place_id, value 'dandong': column 1 must be",
    ),
    "a stray comma": (
        replace("Dandong,", "Dandong,,"),
        ", row 2, column source_id, value '124.39,geonames_cities500'",
    ),
    "a missing cell": (
        replace(",geonames_cities500", ""),
        ", row 2, column source_id, value '': the row has 9 cells",
    ),
    "a row of commas only": (
        lines(lambda rows: [*rows[:1], "," * 9 + "\n", *rows[1:]]),
        ", row 2, column place_id, value '': every cell of the row is blank",
    ),
    "a blank line": (
        replace("sinuiju", "\nsinuiju"),
        ", row 3, column place_id, value '': the row has 0 cells",
    ),
    "semicolons for commas": (replace(",", ";", -1), "cells must be separated by commas"),
    "tabs for commas": (replace(",", "\t", -1), "cells must be separated by commas"),
    "a quotation mark not closed": (replace("Sinuiju", '"Sinuiju'), ", row 3: "),
    "a file cut in mid row": (raw(lambda b: b[:900]), ", line 12: the file does not end with a line end"),
    "a file cut at a row end": (
        lines(lambda rows: rows[:20]),
        ": the table has 19 rows, but data/rows.json",
    ),
    "one row lost in the middle": (lines(lambda rows: rows[:9] + rows[10:]), "change places to "),
    "a row more than declared": (
        lines(lambda rows: [*rows, rows[1].replace("dandong", "d_two")]),
        "change places to ",
    ),
    "a header and nothing else": (lines(lambda rows: rows[:1]), ": the table has 0 rows"),
    "an empty file": (raw(lambda b: b""), ": the file is empty"),
    "a missing file": (Path.unlink, ": the file is missing"),
}


def claim(**changes):
    """Other fields of the first claim; None takes a field away."""

    def damage(path: Path) -> None:
        claims = entries.read(path)
        claims[0] |= changes
        claims[0] = {name: given for name, given in claims[0].items() if given is not None}
        entries.write(path, claims)

    return damage


def last_claim(path: Path) -> str:
    return "- id: " + path.read_text("utf-8").rsplit("\n- id: ", 1)[1]


LINES = resources()["claims"].path.read_text("utf-8").splitlines()


def second_claim(old: str, new: str):
    """Other text in the second claim, where the file stands as it was written."""

    def damage(path: Path) -> None:
        mark = "- id: NR-2"
        before, after = path.read_text("utf-8").split(mark, 1)
        path.write_text(before + mark + after.replace(old, new, 1), "utf-8")

    return damage


CLAIMS = {
    "not YAML": (replace("- id: NR-1", "- id: [NR-1"), ": not readable as a YAML list"),
    "a field given twice": (
        replace("  kind: law\n", "  kind: law\n  kind: fact\n"),
        ": not readable as a YAML list: the key 'kind' is given twice",
    ),
    "no list": (
        lambda path: path.write_text("claims: none\n"),
        ": not readable as a YAML list: expected a list",
    ),
    "nothing but a comment": (
        lambda path: path.write_text("# later\n"),
        ": not readable as a YAML list: expected",
    ),
    "no claim at all": (lambda path: path.write_text("[]\n"), ", line 1, field -: "),
    "an unknown field": (
        claim(strength="high"),
        ", line 1, field -: Additional properties are not allowed ('strength'",
    ),
    "a missing reply": (claim(reply=None), ", line 1, field -: 'reply' is a required property"),
    "an empty answer": (claim(answer=""), ", line 1, field answer: '' "),
    "an unknown confidence": (
        claim(confidence="certain"),
        ", line 1, field confidence: 'certain' is not one of",
    ),
    "an unknown kind": (claim(kind="opinion"), ", line 1, field kind: 'opinion' is not one of"),
    "a name out of pattern": (claim(id="NR1"), ", line 1, field id: 'NR1' does not match"),
    "an unknown provision": (
        claim(provisions=["RC51-34"]),
        ", line 1, claim NR-1, field provisions, value 'RC51-34'",
    ),
    "an unknown row": (
        claim(evidence=["EV999"]),
        ", line 1, claim NR-1, field evidence, value 'EV999': there is no",
    ),
    "a row of the wrong kind": (claim(authorities=["ST01"]), "value 'ST01': this is a row of kind evidence"),
    "a name used twice": (
        lambda path: path.write_text(path.read_text("utf-8") + last_claim(path), "utf-8"),
        "field id: this name is taken by an earlier claim",
    ),
    "a fact that stands on nothing": (
        claim(kind="fact", provisions=None, evidence=None),
        ", line 1, claim NR-1: a claim must name what it stands on; one of fact, evidence or provisions",
    ),
    "a fault in a later claim": (
        second_claim("kind: law", "kind: opinion"),
        f", line {LINES.index('- id: NR-2') + 1}, field kind: 'opinion' is not one of",
    ),
    "a fault within a list": (
        claim(support=[["NR-2", 5]]),
        ", line 1, field support/0/1: 5 is not of type",
    ),
    "an unknown claim in support": (
        claim(support=[["NR-2", "ZZ-9"]]),
        ", line 1, claim NR-1, field support, value 'ZZ-9': there is no such claim",
    ),
    "an unknown claim as attacker": (
        claim(attacked_by=[{"claim": "ZZ-9", "how": "rebuts"}]),
        ", line 1, claim NR-1, field attacked_by, value 'ZZ-9': there is no such claim",
    ),
}


def asked(change):
    """Another file of conclusions, presets and open questions."""

    def damage(folder: Path) -> None:
        path = path_of(folder, "argument")
        said = entries.read(path)
        change(said)
        entries.write(path, said)

    return damage


def other_claim(name: str, **changes):
    """Other fields of one claim; None takes a field away."""

    def damage(folder: Path) -> None:
        path = path_of(folder, "claims")
        claims = {claim["id"]: claim for claim in entries.read(path)}
        claims[name] |= changes
        claims[name] = {field: given for field, given in claims[name].items() if given is not None}
        entries.write(path, list(claims.values()))

    return damage


def in_claims(old: str, new: str):
    """Other words at one place of the claims."""
    return lambda folder: replace(old, new)(path_of(folder, "claims"))


THE_SUM = next(number for number, line in enumerate(LINES, start=1) if "{value}`returns.people`" in line)
ARGUMENTS = {
    "not YAML": (
        lambda folder: path_of(folder, "argument").write_text("conclusions: [\n"),
        "argument.yaml: not readable as YAML",
    ),
    "a list given twice": (
        lambda folder: replace("\npresets:", "\nconclusions:")(path_of(folder, "argument")),
        "argument.yaml: not readable as YAML: the key 'conclusions' is given twice",
    ),
    "no conclusion": (
        asked(lambda entries: entries.update(conclusions=[])),
        "argument.yaml, field conclusions: [] should be non-empty",
    ),
    "an unknown claim as conclusion": (
        asked(lambda entries: entries["conclusions"].append({**entries["conclusions"][0], "claim": "AG-99"})),
        "argument.yaml, conclusions, entry AG-99, value 'AG-99': there is no such claim",
    ),
    "an unknown claim granted": (
        asked(lambda entries: entries["presets"][0]["grant"].append("CA-99")),
        "argument.yaml, presets, entry china, value 'CA-99': there is no such claim",
    ),
    "an unknown claim moved": (
        asked(lambda entries: entries["open_questions"][0]["moves"].append("UR-99")),
        "argument.yaml, open_questions, entry OQ-1, value 'UR-99': there is no such claim",
    ),
    "a preset that both grants and sets aside": (
        asked(lambda entries: entries["presets"][0].update(without="testimony")),
        "argument.yaml, field presets/0: ",
    ),
    "a name used twice": (
        asked(lambda entries: entries["presets"][1].update(id="china")),
        "argument.yaml, presets, entry china: this name is taken",
    ),
    "a circle of support": (
        other_claim("NR-1", support=[["NR-4"]]),
        "claim NR-1: claims support each other in a circle: NR-1, NR-4, ",
    ),
    "a conclusion surer than its argument": (
        other_claim("AG-4", confidence="high"),
        "claim AG-4: confidence is high, but the best argument for it is moderate",
    ),
    "a reply printed and not encoded": (
        other_claim("NR-9", reply_apart=None),
        "claim NR-9: the reply is printed and not encoded; name its claims in reply_in, or say in",
    ),
    "a reply encoded by a claim that attacks nothing here": (
        other_claim("AP-9", reply_in=["TR-9"]),
        "claim AP-9: field reply_in, value 'TR-9': nothing drawn or contested lets it count against",
    ),
    "a weak point owned and not encoded": (
        other_claim("AR-5", weak_apart=None),
        "claim AR-5: a weak point of a claim below high confidence is printed and not encoded",
    ),
    "a claim of the other side neither answered nor granted": (
        other_claim(
            "UR-7", granted=None, outside="It is about the resolutions only, on which nothing rests."
        ),
        "claim UR-7: a claim of the other side must be attacked by what answers it, or say under granted",
    ),
    "a claim that is granted and yet attacks": (
        other_claim("AG-6", attacked_by=[{"claim": "BW-7", "how": "undercuts"}]),
        "claim BW-7: is declared outside the argument, but bears on a conclusion",
    ),
    "a high claim on authorities that nobody read": (
        other_claim("AP-9", authorities=["A-HB61", "A-COI42"]),
        "claim AP-9: confidence is high, but none of these was read at the source: A-HB61, A-COI42",
    ),
    "a conjunction on either of two supports": (
        other_claim("AG-6", support=[["NR-1"], ["NR-2"]]),
        "claim AG-6: parts, value 'By the Convention': argument 2 (NR-2) does not carry these words",
    ),
    "a sentence that nothing carries": (
        other_claim(
            "CA-10",
            statement="It does not ask about nationality. He may not be returned there. China knows it.",
            parts=[
                {"says": "does not ask about nationality", "by": ["NR-6"]},
                {"says": "may not be returned there", "by": ["NR-6"]},
            ],
        ),
        "claim CA-10: the sentence 'China knows it.' stands in no part; nothing shows what carries it",
    ),
    "a conclusion that does not say what carries it": (
        other_claim("AG-5", parts=None),
        "claim AG-5: a conclusion, and a claim with several arguments, must say under parts",
    ),
    "a danger ahead that rests on the past": (
        other_claim(
            "CA-10",
            support=[["NR-6", "RN-2"]],
            confidence="moderate",
            weak_apart="It is made weaker for a test.",
        ),
        "claim CA-10: a rule may not rest on what was done in the past: RN-2",
    ),
    "people from the DPRK carried by nationals of China": (
        other_claim("AG-1", support=[["AG-4", "AP-7", "AG-5"], ["AG-7", "AP-7"], ["AG-3", "AP-7"]]),
        "claim AG-1: it is about other people than AG-5, but both rest on AG-5, AP-9",
    ),
    "a burden placed by nobody": (
        asked(lambda entries: entries["burdens"][0].update(authorities=["A-NOBODY"])),
        "argument.yaml, burdens, entry AP-12, value 'A-NOBODY': there is no such authority",
    ),
    "a burden of a step that is not there": (
        asked(lambda entries: entries["burdens"][0].update(step="AP-99")),
        "argument.yaml, burdens, entry AP-99, value 'AP-99': there is no such claim",
    ),
    "a claim that leads nowhere": (
        other_claim("NR-9", outside=None),
        "claim NR-9: bears on no conclusion; connect it, or say under outside",
    ),
    "a claim inside and declared outside": (
        other_claim("NR-3", outside="It is said to stand apart."),
        "claim NR-3: is declared outside the argument, but bears on a conclusion",
    ),
    "a claim that pulls both ways": (
        other_claim("CA-9", support=[["DF-12"]]),
        "claim DF-12: counts both for and against AG-",
    ),
    "a number quoted without its other reading": (
        in_claims("{value}`returns.low-with-dissent`", "lower"),
        f", line {THE_SUM}, claim RN-1, value 'returns.people': must be read with returns.low-with-dissent: ",
    ),
    "a number quoted with words in the place of its other reading": (
        in_claims("{value}`returns.oct-dissent`", "fewer"),
        "claim RN-3, value 'returns.largest': must be read with returns.oct-dissent: another chain",
    ),
    "an unknown standard": (
        other_claim("NR-3", standard="beyond all doubt"),
        "field standard: 'beyond all doubt' is not one of",
    ),
}


def descriptor(change):
    """Another descriptor; the change is made to the entry of the places."""

    def damage(path: Path) -> None:
        described = json.loads(path.read_text("utf-8"))
        change(next(entry for entry in described["resources"] if entry["name"] == "places"))
        path.write_text(json.dumps(described), "utf-8")

    return damage


def together(change):
    """Another descriptor; the change is made to the first rule on values that are read together."""

    def damage(path: Path) -> None:
        described = json.loads(path.read_text("utf-8"))
        change(described["read_with"][0])
        path.write_text(json.dumps(described), "utf-8")

    return damage


DESCRIPTORS = {
    "not JSON": (replace("{", "("), "data/datapackage.json: not readable as JSON"),
    "missing": (Path.unlink, "data/datapackage.json: the file is missing"),
    "an unknown type": (
        descriptor(lambda entry: entry["schema"]["fields"][0].update(type="text")),
        'data/datapackage.json: field type "text" is not supported',
    ),
    "an unknown rule": (
        descriptor(lambda entry: entry["rules"].append({"rule": "plausible"})),
        "data/datapackage.json: a rule of places cannot be understood: 'plausible'",
    ),
    "a rule on an unknown column": (
        descriptor(lambda entry: entry["rules"].append({"rule": "ordered", "fields": ["low", "high"]})),
        "data/datapackage.json: a rule of places cannot be understood: 'low'",
    ),
    "a rule without its columns": (
        descriptor(lambda entry: entry["rules"].append({"rule": "ordered"})),
        "data/datapackage.json: a rule of places cannot be understood: ordered() missing",
    ),
    "looked through on a day that does not exist": (
        descriptor(lambda entry: entry.update(looked_through="2026-02-30")),
        "data/datapackage.json: places: looked_through must be a day (YYYY-MM-DD), not '2026-02-30'",
    ),
    "a column on the timeline that does not exist": (
        descriptor(lambda entry: entry.update(timeline={"lane": "x", "date": "day", "says": ["{name_en}"]})),
        "data/datapackage.json: places: there is no column day to show",
    ),
    "values read together without a reason": (
        together(lambda rule: rule.pop("why")),
        "data/datapackage.json: read_with/0: must give value, with and why",
    ),
    "a sentence that forgets what it is there to say": (
        together(lambda rule: rule["with"].append("returns.events")),
        "data/datapackage.json: read_with/0: the sentence does not quote returns.events",
    ),
    "a column that is not described": (
        descriptor(lambda entry: entry["schema"]["fields"].pop(3)),
        "data/map/places.csv, row 1, column country_iso3, value 'name_ko': column 4 must be country_iso3",
    ),
}


def path_of(folder: Path, name: str) -> Path:
    return folder / resources()[name].descriptor["path"]


@pytest.mark.parametrize("damage", CELLS)
def test_a_damaged_cell_is_refused_where_it_stands(data, damage):
    cell = CELLS[damage]
    path = path_of(data, cell.table)
    number = cell.spoil(path)
    found = faults_of(resources(data)[cell.table])
    assert len(found) == 1, "one cause, one message"
    assert found[0].startswith(cell.place(f"data/{path.relative_to(data)}", number))
    assert cell.rule in found[0]


@pytest.mark.slow
@pytest.mark.parametrize("damage", BETWEEN)
def test_a_cell_that_another_table_contradicts_is_refused_where_it_stands(data, damage):
    cell = BETWEEN[damage]
    path = path_of(data, cell.table)
    place = cell.place(f"data/{path.relative_to(data)}", cell.spoil(path))
    found = all_faults(data)
    assert [cell.rule in fault for fault in found if fault.startswith(place)] == [True]
    assert len(found) == 1, "one cause, one message"


@pytest.mark.parametrize("damage", FILES)
def test_a_damaged_table_is_refused(data, damage):
    spoil, expected = FILES[damage]
    spoil(path_of(data, "places"))
    found = faults_of(resources(data)["places"])
    assert len(found) == 1, "one cause, one message"
    assert found[0].startswith("data/map/places.csv")
    assert expected in found[0]


@pytest.fixture(scope="module")
def kinds() -> dict[str, str]:
    return kinds_of_rows(DATA)


@pytest.fixture(scope="module")
def sound_claims(tmp_path_factory, kinds) -> Path:
    """The claims in which nothing is wrong before they are damaged."""
    path = Path(shutil.copy(path_of(DATA, "claims"), tmp_path_factory.mktemp("claims")))
    assert errors_in(path, kinds) == []
    return path


@pytest.fixture(scope="module")
def sound_argument(tmp_path_factory) -> Path:
    """The same of the whole argument, in a copy of the data."""
    copy = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("argument") / "data"))
    assert argument_faults(copy, unsound=False) == []
    return copy


@pytest.mark.parametrize("damage", CLAIMS)
def test_damaged_claims_are_refused(tmp_path, sound_claims, kinds, damage):
    spoil, expected = CLAIMS[damage]
    path = Path(shutil.copy(sound_claims, tmp_path))
    spoil(path)
    found = errors_in(path, kinds)
    assert len(found) == 1, "one cause, one message"
    assert found[0].startswith("data/argument/claims.yaml")
    assert expected in found[0]


@pytest.mark.slow
@pytest.mark.parametrize("damage", ARGUMENTS)
def test_a_damaged_argument_is_refused(tmp_path, sound_argument, damage):
    spoil, expected = ARGUMENTS[damage]
    data = Path(shutil.copytree(sound_argument, tmp_path / "data"))
    spoil(data)
    found = argument_faults(data, unsound=False)
    assert len(found) == 1, "one cause, one message"
    assert found[0].startswith("data/argument/")
    assert expected in found[0]


@pytest.mark.parametrize("damage", DESCRIPTORS)
def test_a_damaged_descriptor_is_refused(data, damage):
    spoil, expected = DESCRIPTORS[damage]
    spoil(data / "datapackage.json")
    found = descriptor_faults(data) or faults_of(resources(data)["places"])
    assert len(found) == 1, "one cause, one message"
    assert expected in found[0]


COUNTS = {
    "missing": (Path.unlink, "data/rows.json: the file is missing"),
    "not JSON": (replace("{", "("), "data/rows.json: not readable as JSON"),
    "a list": (raw(lambda b: b"[1]"), "data/rows.json: expected an object"),
    "a table forgotten": (replace('"places": ', '"the_law": '), "data/rows.json, the_law: there is no such"),
    "a table left out": (replace(',\n "places": 68', ""), "data/map/places.csv: the table has 68 rows, but"),
}


@pytest.mark.slow
def test_an_event_without_a_source_is_refused(data):
    path = path_of(data, "event_sources")
    rows = path.read_text("utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith("EV002,")]
    path.write_text("".join(kept), "utf-8")
    assert "event_sources to" in all_faults(data)[0], "rows were lost: one cause, one message"
    assert len(all_faults(data)) == 1
    replace(f'"event_sources": {len(rows) - 1}', f'"event_sources": {len(kept) - 1}')(data / "rows.json")
    assert all_faults(data) == [
        "data/evidence/repatriation_events.csv, row 3, column event_id, value 'EV002': "
        "no row of event_sources gives it a source"
    ]


@pytest.mark.parametrize("damage", COUNTS)
def test_damaged_numbers_of_rows_are_refused(data, damage):
    spoil, expected = COUNTS[damage]
    spoil(data / "rows.json")
    assert all_faults(data)[0].startswith(expected)


@pytest.mark.parametrize(
    "spoil", [raw(lambda b: b[:5000]), replace("[", "("), Path.unlink], ids=["cut", "JSON", "gone"]
)
def test_a_damaged_border_line_is_refused(data, spoil):
    spoil(path_of(data, "border_china_dprk"))
    found = faults_of(resources(data)["border_china_dprk"])
    assert len(found) == 1
    assert found[0].startswith("data/map/border_china_dprk.geojson")


def test_a_file_that_nobody_describes_is_refused(data):
    shutil.copy(path_of(data, "places"), data / "map" / "places copy.csv")
    assert unlisted_faults(data) == [
        "data/map/places copy.csv: no resource of data/datapackage.json describes this file"
    ]


def test_a_hidden_file_of_the_desktop_is_passed_over(data):
    (data / ".DS_Store").write_bytes(b"\x00")
    assert unlisted_faults(data) == []


def test_a_name_used_in_two_tables_is_refused(data):
    """The patterns of the names keep the tables apart; without its pattern one could take another's name."""
    described = data / "datapackage.json"
    described.write_text(described.read_text("utf-8").replace(r"^PS\\d{2}$", "^[A-Z0-9]+$"), "utf-8")
    taken = Cell("positions", {"position_id": "PS02"}, {"position_id": "AO02"}, "")
    taken.spoil(path_of(data, "positions"))
    assert identity_faults(tables(data)) == [
        "data/evidence/arrivals_other.csv, row 3, column arrival_id, value 'AO02': "
        "this name is taken by row AO02 of positions"
    ]


def test_line_ends_of_other_systems_are_accepted(data):
    """RFC 4180 ends lines with CRLF, and a spreadsheet writes it."""
    path = path_of(data, "places")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert faults_of(resources(data)["places"]) == []


def test_a_lost_register_of_sources_is_one_fault(data):
    """Every table names sources; the loss of their register is not repeated for each row."""
    lines(lambda rows: rows[:100])(path_of(data, "sources"))
    assert [line.split(":")[0] for line in all_faults(data)] == ["data/sources.csv"]


def test_two_faults_of_one_row_are_both_named(data):
    path = path_of(data, "places")
    number = Cell("places", DANDONG, {"lat": "140.13", "kind": "harbour"}, "").spoil(path)
    found = faults_of(resources(data)["places"])
    assert [line.split(", value")[0] for line in found] == [
        f"data/map/places.csv, row {number}, column kind",
        f"data/map/places.csv, row {number}, column lat",
    ]


# The same through the command


def test_all_faults_are_reported_at_once_and_nothing_is_built(project, run):
    Cell("places", DANDONG, {"lat": "140.13"}, "").spoil(path_of(project / "data", "places"))
    Cell(EVENTS, RETURN, {"persons_low": "8"}, "").spoil(path_of(project / "data", EVENTS))
    claim(confidence="certain")(path_of(project / "data", "claims"))
    done = run(project, "-m", "casebook", "build")
    assert done.returncode == 1
    *found, last = done.stderr.splitlines()
    assert [line.split(",")[0] for line in found] == [
        "data/evidence/repatriation_events.csv",
        "data/map/places.csv",
        "data/argument/claims.yaml",
    ]
    assert last == "3 faults in the data; nothing was built."
    assert not (project / "_build" / "html").exists()


def test_check_names_a_descriptor_that_is_not_json(project, run):
    replace("{", "(")(project / "data" / "datapackage.json")
    done = run(project, "-m", "casebook", "check")
    assert done.returncode == 1
    assert done.stderr.startswith("data/datapackage.json: not readable as JSON")
    assert "Traceback" not in done.stderr


def test_a_chapter_damaged_after_the_data_were_found_sound_is_refused(project, run):
    """What is remembered of sound data says nothing of the chapters."""
    assert run(project, "-m", "casebook", "check").returncode == 0
    chapter = project / "book" / "law" / "definition.md"
    chapter.write_text(chapter.read_text("utf-8") + "A bell\x07.\n", "utf-8")
    line = chapter.read_text("utf-8").count("\n")
    done = run(project, "-m", "casebook", "check")
    assert done.returncode == 1
    assert done.stderr.startswith(f"book/law/definition.md, line {line}: holds U+0007")


def test_check_says_that_sound_data_are_sound(capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("The data are sound: ")
