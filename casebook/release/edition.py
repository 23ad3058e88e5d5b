"""``make edition``: write down what this edition is made of, so that a changed copy says that it is one."""

import csv
import json

from casebook.argument.claims import claims
from casebook.argument.history import COLUMNS, lines
from casebook.build.book import say
from casebook.checks.package import COUNTS
from casebook.data.descriptor import resource
from casebook.project import CITATION, DATA, SEAL, content_digest, version


def seal() -> None:
    """Enter what the claims are now, then put the digest of text, data and code into CITATION.cff."""
    record_claims()
    text = CITATION.read_text(encoding="utf-8")
    fresh = SEAL.sub(f'value: "content {content_digest()}"', text)
    CITATION.write_text(fresh, encoding="utf-8", newline="\n")
    say(f"CITATION.cff names edition {version()} by its content, {content_digest()}.")


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
