"""Lots that anyone can draw again: which rows are set aside before rules are written."""

import hashlib
from collections.abc import Collection

SEED = "2026-11-27"  # the day of the draw


def set_aside(names: Collection[str], seed: str = SEED) -> set[str]:
    """Half of the names, drawn by the digest of seed and name; a later name moves few others.

    The draw does not depend on the order of the names, on Python or on the machine.
    """
    order = sorted(names, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).hexdigest())
    return set(order[: len(order) // 2])
