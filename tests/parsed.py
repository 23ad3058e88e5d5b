"""The pages of the built book as trees of tags."""

from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup


def parse(text: str) -> BeautifulSoup:
    """A tree of one's own, free to be changed; the parser is the fastest of those that are locked."""
    return BeautifulSoup(text, "lxml")


@cache
def page(path: Path) -> BeautifulSoup:
    """A page of the site, parsed once by each worker. Nobody may change the tree."""
    return parse(path.read_text(encoding="utf-8"))


def pages(site: Path, under: str = "") -> dict[str, BeautifulSoup]:
    """Every page of the site, or of a folder of it, by its address within it."""
    found = sorted((site / under).rglob("*.html"))
    return {path.relative_to(site).as_posix(): page(path) for path in found}
