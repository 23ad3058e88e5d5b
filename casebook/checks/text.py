"""Characters that no text of the book may hold, because nobody can see them or they were lost."""

import unicodedata
from pathlib import Path

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LINE_ENDS = "\r\n"


def is_damaged(character: str) -> bool:
    """Whether a character is invisible, a space other than the plain one, or stands for a lost one."""
    return character == REPLACEMENT or not (character.isprintable() or character in LINE_ENDS)


def damage_of(text: str) -> str:
    """What is wrong with the characters of a text; "" when nothing is."""
    if text.isascii() and text.isprintable():  # nearly every line
        return ""
    for character in text:
        if is_damaged(character):
            name = unicodedata.name(character, "a character without a name")
            return f"holds U+{ord(character):04X} ({name}), which is not seen or stands for a lost character"
    if (composed := unicodedata.normalize("NFC", text)) != text:
        at = next(n for n, pair in enumerate(zip(text, composed + " ", strict=False)) if pair[0] != pair[1])
        return f"is not composed (NFC) from U+{ord(text[at]):04X} on; the same words would not be found"
    return ""


def text_faults(where: str, path: Path) -> list[str]:
    """The damaged lines of a file that is no table."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        return [f"{where}: byte 0x{error.object[error.start]:02x} at {error.start} is not UTF-8"]
    found = [(number, damage_of(line)) for number, line in enumerate(lines, start=1)]
    return [f"{where}, line {number}: {damage}" for number, damage in found if damage]
