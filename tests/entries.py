"""The YAML files of the data, read and written in a moment: tests do it hundreds of times."""

from pathlib import Path

import yaml

from casebook.argument.claims import read_yaml

WRITER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def read(path: Path):
    """What a file says."""
    return read_yaml(path.read_text(encoding="utf-8"))


def write(path: Path, said) -> None:
    """Let a file say something else."""
    path.write_text(yaml.dump(said, Dumper=WRITER, sort_keys=False, allow_unicode=True), encoding="utf-8")
