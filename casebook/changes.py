"""When did the level of a series of counts change, and how sure is the year?

Counts of people vary more than a Poisson law allows, so each stretch between two
changes is taken as negative binomial with a mean of its own and one dispersion for
all (variance = mean + mean squared / dispersion). Every placing of the changes is
tried; those whose likelihood is not far below the best form the set of years that
the data do not exclude. SciPy gives the law and the search for the dispersion.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.stats import binomtest, chi2, nbinom

SHORTEST = 2  # a level must last two years, or a single odd year would count as two changes
LEVEL = 0.95


@dataclass(frozen=True)
class Fit:
    """Levels between given changes.

    Attributes:
        log_likelihood: of the counts, natural logarithm.
        means: the level of each stretch, in the unit of the counts.
        dispersion: large when the counts vary like Poisson counts.
    """

    log_likelihood: float
    means: tuple[float, ...]
    dispersion: float


def fit(counts: Sequence[int], changes: Sequence[int]) -> Fit:
    """The best levels for changes at given positions (the first count of each new level).

    Raises:
        ValueError: a stretch is empty, or the counts are negative.
    """
    series = np.asarray(counts, dtype=float)
    edges = [0, *changes, len(series)]
    if any(start >= end for start, end in pairwise(edges)) or (series < 0).any():
        raise ValueError(f"no stretch may be empty and no count negative: changes {list(changes)}")
    # With one dispersion for all, the best level of a stretch is its mean.
    means = [series[start:end].mean() for start, end in pairwise(edges)]
    level = np.repeat(means, [end - start for start, end in pairwise(edges)])

    def lack(log_size: float) -> float:
        size = np.exp(log_size)
        return -nbinom.logpmf(series, size, size / (size + level)).sum()

    best = minimize_scalar(lack, bounds=(-3, 14), method="bounded")
    return Fit(-best.fun, tuple(means), float(np.exp(best.x)))


def placings(counts: Sequence[int], years: Sequence[int], number: int) -> pd.DataFrame:
    """Every way to place a number of changes, best first.

    Returns:
        One row for each placing: ``changes`` (the first year of each new level),
        ``log_likelihood``, and ``supported``: whether it lies within the usual distance of
        the best (half the 95 per cent point of chi-squared). Years are discrete, so the
        95 per cent are a rule of thumb and not an exact coverage.
    """
    rows = []
    for places in combinations(range(len(counts)), number):
        edges = [0, *places, len(counts)]
        if all(end - start >= SHORTEST for start, end in pairwise(edges)):
            rows.append((tuple(years[place] for place in places), fit(counts, places).log_likelihood))
    found = pd.DataFrame(rows, columns=["changes", "log_likelihood"])
    found = found.sort_values("log_likelihood", ascending=False, ignore_index=True)
    distance = chi2.ppf(LEVEL, max(number, 1)) / 2
    return found.assign(supported=found.log_likelihood >= found.log_likelihood.max() - distance)


def akaike_small(counts: Sequence[int], placed: pd.DataFrame) -> float:
    """Akaike's criterion for small samples of the best placing: lower is better.

    Levels, dispersion and each year placed count as parameters (with the correction for few counts).
    """
    parameters = 2 * len(placed.changes[0]) + 2
    penalty = 2 * parameters * (parameters + 1) / (len(counts) - parameters - 1)
    return 2 * parameters - 2 * placed.log_likelihood[0] + penalty


def share_interval(part: int, whole: int) -> tuple[float, float]:
    """Wilson's 95 per cent interval of a proportion, between 0 and 1.

    It says how far a proportion of so many would vary by chance alone. Where everybody
    was counted, as in a register, it is no error of counting.
    """
    interval = binomtest(int(part), int(whole)).proportion_ci(LEVEL, method="wilson")
    return float(interval.low), float(interval.high)
