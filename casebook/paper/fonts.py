"""The fonts of the PDF, which it carries with it so that every machine sets the same pages.

The Latin faces are Noto Serif as published. Noto Serif CJK is far too large to keep;
``make fonts`` cuts from it what the book's own text needs, and the tests say when that
has to be done again. Licences stand beside the files.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from casebook.project import BOOK, DATA, PACKAGE, ROOT, files_in

FONTS = PACKAGE / "paper" / "fonts"
LATIN = "noto-serif-latin-*.woff2"
WHOLE = "NotoSerifCJK-Regular.ttc"  # as Debian's fonts-noto-cjk installs it
FACES = {"ja": 0, "ko": 1, "zh": 2}  # number of the language's face in that file
WRITTEN = {".csv", ".md", ".yaml", ".yml", ".json", ".py"}


@cache
def held_by(pattern: str) -> set[str]:
    """The characters that stand in any of the kept fonts whose name fits."""
    from fontTools.ttLib import TTFont

    return {chr(code) for path in sorted(FONTS.glob(pattern)) for code in TTFont(path).getBestCmap()}


def lacking(text: Iterable[str]) -> set[str]:
    """The characters of a text that no kept font can set."""
    return {letter for letter in set(text) - held_by("*.woff2") if letter.isprintable()}


def written() -> set[str]:
    """Every character that stands in the data, the chapters and the code."""
    paths = [path for room in (BOOK, DATA, PACKAGE) for path in files_in(room)]
    texts = [path.read_text(encoding="utf-8") for path in paths if path.suffix in WRITTEN]
    return set("".join(texts)) | set((ROOT / "_toc.yml").read_text(encoding="utf-8"))


def installed() -> Path:
    """The whole font on this machine.

    Raises:
        FileNotFoundError: it is not installed; the message names the remedy.
    """
    from matplotlib.font_manager import findSystemFonts

    for path in map(Path, findSystemFonts(fontext="ttf")):
        if path.name == WHOLE:
            return path
    raise FileNotFoundError(f"{WHOLE} is not installed: on Debian, 'apt install fonts-noto-cjk'.")


def cut(language: str, letters: set[str]) -> None:
    """Keep of one language's face what the letters need."""
    from fontTools import subset

    options = subset.Options(
        flavor="woff2", font_number=FACES[language], hinting=False, layout_features=[], recalc_timestamp=False
    )
    font = subset.load_font(str(installed()), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(letters | {" "})))  # spaces stand between their words
    cutter.subset(font)
    subset.save_font(font, str(FONTS / f"noto-serif-cjk-{language}.woff2"), options)


if __name__ == "__main__":
    for name in FACES:
        cut(name, {letter for letter in written() - held_by(LATIN) if letter.isprintable()})
