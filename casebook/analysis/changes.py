"""When did the level of a series of counts change, and how sure is the year?

Counts of people vary more than a Poisson law allows, so each stretch between two
changes is taken as negative binomial with a mean of its own and one dispersion for
all (variance = mean + mean squared / dispersion). Every placing of the changes is
tried; those whose likelihood is not far below the best form the set of years that
the data do not exclude. Only SciPy's special functions are imported, because its
statistics take seconds to load; the tests compare with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
from scipy.special import chdtri, gammaln, ndtri, xlogy

SHORTEST = 2  # a level must last two years, or a single odd year would count as two changes
LEVEL = 0.95
SIZES = np.exp(np.linspace(-3, 14, 341))[:, None]  # dispersions tried, from wild to Poisson


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

    tried = log_likelihoods(series, level, SIZES)
    best = int(tried.argmax())
    return Fit(float(tried[best]), tuple(means), float(SIZES[best, 0]))


def log_likelihoods(series: np.ndarray, level: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Log-likelihood of the counts under the negative binomial law, for each dispersion."""
    whole = gammaln(series + sizes) - gammaln(sizes) - gammaln(series + 1)
    odds = xlogy(sizes, sizes / (sizes + level)) + xlogy(series, level / (sizes + level))
    return (whole + odds).sum(axis=1)


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
    distance = chdtri(max(number, 1), 1 - LEVEL) / 2
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
    z, share = ndtri((1 + LEVEL) / 2), part / whole
    centre = share + z**2 / (2 * whole)
    half = z * np.sqrt(share * (1 - share) / whole + z**2 / (4 * whole**2))
    scale = 1 + z**2 / whole
    return max(float((centre - half) / scale), 0.0), min(float((centre + half) / scale), 1.0)
