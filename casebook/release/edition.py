"""``make edition``: write down what this edition is made of, and what was built of that.

By the first a changed copy knows that it is one; by the second whoever builds the same sources
can tell that the book came out the same.
"""

import csv
import json
import subprocess
import sys

from casebook.argument.claims import claims
from casebook.argument.history import COLUMNS, lines
from casebook.build.book import BuildError, say
from casebook.checks.package import COUNTS
from casebook.data.descriptor import resource
from casebook.project import CITATION, DATA, ROOT, content_digest, seal_of, version
from casebook.release.archive import site_digest


def seal() -> None:
    """Enter what the claims are now, then put the digests of content and of site into CITATION.cff.

    Raises:
        BuildError: the book cannot be built; the content is named all the same.
    """
    record_claims()
    name_in_citation("content", content_digest())
    # In a process of its own: this one has read the tables as they were
    if subprocess.run([sys.executable, "-m", "casebook", "build"], cwd=ROOT).returncode:
        raise BuildError("The edition has no site: see above, put it right, and run 'make edition' again.")
    name_in_citation("site", site_digest())
    say(f"CITATION.cff names edition {version()} by its content, {content_digest()}, and its site.")


def name_in_citation(what: str, digest: str) -> None:
    """Put a digest into CITATION.cff."""
    fresh = seal_of(what).sub(f'value: "{what} {digest}"', CITATION.read_text(encoding="utf-8"))
    CITATION.write_text(fresh, encoding="utf-8", newline="\n")


def record_claims() -> None:
    """Write the claims of this edition beside those of the editions before, and how many rows that makes."""
    path = resource("claim_editions").path
    with path.open(encoding="utf-8", newline="") as file:
        before = [line for line in csv.DictReader(file) if line["edition"] != version()]
    rows = before + lines(version(), claims().values())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    counts = json.loads((DATA / COUNTS).read_text(encoding="utf-8")) | {"claim_editions": len(rows)}
    (DATA / COUNTS).write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8", newline="\n")
