"""``make dist``: the book to take away, as site, as PDF, and as an archive that re-runs by itself.

Everything is made in a working folder. Only when all of it is there does it replace
``dist``, so that a run that fails leaves the last one whole.
"""

import os
import shutil
from pathlib import Path

from casebook import __version__
from casebook.build.book import HTML, BuildError, build, say, step
from casebook.project import BUILD, ROOT, is_changed

DIST = ROOT / "dist"
NAME = f"returned-{__version__}{'-changed' if is_changed() else ''}"


def dist() -> None:
    """Build the book and write everything that can be taken away.

    Raises:
        BuildError: something is wrong with the book, or the machine lacks what sets the PDF.
    """
    from casebook.paper.setting import typesetter

    typesetter()  # what is lacking is said before minutes are spent
    build()
    fresh = BUILD / "dist.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    fill(fresh)
    replace(fresh, DIST)
    for path in sorted(DIST.iterdir()):
        say(f"    {path.stat().st_size / 1e6:8.1f} MB  {path.relative_to(ROOT)}")


def fill(folder: Path) -> None:
    """Write the files and their checksums into a folder."""
    from casebook.data.database import write_database
    from casebook.paper.pdf import write_pdf
    from casebook.release.archive import notebooks, site, sources, write_sums, write_zip

    with step("1/3 Packing the site and the archive"):
        write_zip(folder / f"{NAME}-site.zip", site())
        write_zip(folder / f"{NAME}.zip", [*sources(), *notebooks()])
        write_database(folder / f"{NAME}-data.sqlite")
    with step("2/3 Setting the PDF (some minutes)"):
        write_pdf(folder / f"{NAME}.pdf")
        briefs(folder)
    with step("3/3 Writing the checksums"):
        write_sums(folder)


def briefs(folder: Path) -> list[Path]:
    """Set the two-page brief in each language that has one; the files written.

    Raises:
        BuildError: there is no built book, or the machine lacks what sets a PDF.
    """
    from casebook.paper.pdf import write_brief

    pages = sorted(HTML.glob("book/**/brief.html"))
    if not pages:
        raise BuildError("There is no built book to set the brief from: run 'make book' first.")
    written = []
    for page in pages:
        name = page.relative_to(HTML).with_suffix("").as_posix()
        language = name.removeprefix("book").removesuffix("brief").replace("/", "-").rstrip("-")
        written.append(folder / f"{NAME}-brief{language}.pdf")
        write_brief(written[-1], name)
    return written


def replace(fresh: Path, place: Path) -> None:
    """Put a finished folder in the place of the one before, whole."""
    old = fresh.with_name("dist.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        os.rename(place, old)
    os.rename(fresh, place)
    shutil.rmtree(old, ignore_errors=True)
