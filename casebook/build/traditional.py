"""The Chinese pages in traditional characters, made from the simplified ones: ``make traditional``.

The pages are kept in the project, so that a build needs no converter; a test sees that they agree.
"""

import re

from opencc import OpenCC

from casebook.project import BOOK

FROM, INTO = BOOK / "zh", BOOK / "zh-hant"
# Names of things and places in the book, which are not words
KEPT = re.compile(r"(<[^>]*>|\]\([^)]*\)|^```.*$|`[\w.-]+`)", re.MULTILINE)

OTHER = ("[繁體中文](../zh-hant/index)", "[简体中文](../zh/index)")  # each leads to the other


def converted(text: str) -> str:
    """A page in the characters and words used in Taiwan; links stay."""
    convert = OpenCC("s2twp").convert
    parts = (part if number % 2 else convert(part) for number, part in enumerate(KEPT.split(text)))
    return "".join(parts).replace(*OTHER)


def write_all() -> None:
    """Write every page of the folder anew."""
    INTO.mkdir(exist_ok=True)
    for path in sorted(FROM.iterdir()):
        (INTO / path.name).write_text(converted(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write_all()
