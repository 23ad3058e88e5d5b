"""What a share in a sample says about everybody, when it is not known who was sampled.

Two questions, both of arithmetic and not of statistics. If a known part of everybody
was observed and nothing is assumed about the rest, between which shares can the truth
lie? These are the worst-case bounds associated with the work of Charles Manski. And if
the sample may favour the people with the outcome, how strongly would it have to favour
them before the share among everybody fell below a mark?

All shares, fractions and marks are proportions from 0 to 1. Nothing here knows a
sample: there is no sampling error in it, and the truth of the observed share is taken
for granted. A sample chosen *for* the outcome must not be put in, since its share is
true by design.
"""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Bounds:
    """The lowest and the highest share that cannot be excluded."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How much is left open; it depends on the fraction observed alone."""
        return self.high - self.low


def _proportion(**given: float) -> None:
    for name, number in given.items():
        if not 0 <= number <= 1:
            raise ValueError(f"{name} must lie between 0 and 1, not {number}")


def worst_case(share: float, observed: float) -> Bounds:
    """The share among everybody when nothing is known of those not observed.

    Low if none of the others had the outcome, high if all of them had.

    Args:
        share: share with the outcome among the people observed.
        observed: the observed people as a fraction of everybody.

    Raises:
        ValueError: an argument is no proportion.
    """
    _proportion(share=share, observed=observed)
    low = share * observed
    return Bounds(low, min(1.0, low + (1 - observed)))


def fraction_needed(share: float, mark: float) -> float:
    """The smallest observed fraction at which the truth cannot lie below a mark.

    Returns:
        The fraction, or infinity where even observing everybody would not do,
        because the share itself lies below the mark.

    Raises:
        ValueError: an argument is no proportion, or the mark is zero.
    """
    _proportion(share=share, mark=mark)
    if mark == 0:
        raise ValueError("mark must be above 0: no share lies below it")
    return mark / share if share >= mark else inf


def odds(share: float) -> float:
    """A share as odds: with the outcome over without it; infinite for a share of 1."""
    _proportion(share=share)
    return share / (1 - share) if share < 1 else inf


def share_behind(share: float, favour: float) -> float:
    """The share among everybody behind a share in a sample that favours one side.

    By Bayes' rule the odds in the sample are the odds among everybody, times the favour.

    Args:
        share: share with the outcome in the sample.
        favour: how many times likelier people with the outcome are to enter the sample
            than people without it; 1 is a fair sample, below 1 favours those without.
            It is the odds ratio between the sample and everybody.

    Raises:
        ValueError: the share is no proportion, the favour is not positive and finite.
    """
    _proportion(share=share)
    if not 0 < favour < inf:
        raise ValueError(f"favour must be positive and finite, not {favour}")
    if share == 1:
        return 1.0  # a finite favour cannot hide people without the outcome
    behind = odds(share) / favour
    return behind / (1 + behind)


def favour_needed(share: float, mark: float) -> float:
    """How strongly a sample must favour the outcome for the truth to be at a mark.

    With more favour than this the share among everybody is below the mark, with less it
    is above.

    Returns:
        The odds ratio; below 1 where the share already lies below the mark, infinite
        for a share of 1.

    Raises:
        ValueError: an argument is no proportion, or the mark is 0 or 1.
    """
    _proportion(share=share, mark=mark)
    if mark in (0, 1):
        raise ValueError(f"mark must lie strictly between 0 and 1, not {mark}")
    return odds(share) / odds(mark)
