"""``make edition``: write down what this edition is made of, so that a changed copy says that it is one."""

from casebook.build.book import say
from casebook.project import CITATION, SEAL, content_digest, version


def seal() -> None:
    """Put the digest of text, data and code into CITATION.cff."""
    text = CITATION.read_text(encoding="utf-8")
    fresh = SEAL.sub(f'value: "content {content_digest()}"', text)
    CITATION.write_text(fresh, encoding="utf-8", newline="\n")
    say(f"CITATION.cff names edition {version()} by its content, {content_digest()}.")
