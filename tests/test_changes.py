"""Changes of level: what must hold for any series, and a series whose answer is known."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import binomtest, chi2, nbinom, poisson

from casebook.analysis.changes import akaike_small, fit, placings, share_interval

YEARS = list(range(2001, 2013))
STEP = [100, 104, 97, 101, 99, 103, 20, 22, 19, 21, 18, 23]  # the level falls in 2007
counts = st.lists(st.integers(1, 5000), min_size=6, max_size=10)


def test_a_plain_step_is_found_and_no_other_year_supported():
    found = placings(STEP, YEARS, 1)
    assert found.changes[0] == (2007,)
    assert found[found.supported].changes.tolist() == [(2007,)]


def test_a_steady_series_asks_for_no_change():
    steady = [100, 96, 104, 99, 102, 101, 97, 103, 100, 98, 105, 95]
    criteria = [akaike_small(steady, placings(steady, YEARS, number)) for number in (0, 1, 2)]
    assert criteria[0] == min(criteria)


@pytest.mark.parametrize(("changes", "expected"), [((), 204 + 12 / 7), ((2007,), 208 + 40 / 5)])
def test_the_criterion_is_the_one_of_the_textbook(changes, expected):
    """Two or four parameters, ten counts, log-likelihood -100: 2k + 200 + 2k(k + 1) / (10 - k - 1)."""
    placed = pd.DataFrame({"changes": [changes], "log_likelihood": [-100.0]})
    assert akaike_small(range(10), placed) == pytest.approx(expected)


def test_without_overdispersion_the_law_is_that_of_poisson():
    steady = [100] * 8
    assert fit(steady, []).log_likelihood == pytest.approx(poisson.logpmf(steady, 100).sum(), abs=0.01)


@given(counts)
def test_levels_are_means_and_more_changes_never_fit_worse(series):
    middle = len(series) // 2
    one = fit(series, [middle])
    assert one.means == pytest.approx((np.mean(series[:middle]), np.mean(series[middle:])))
    assert one.log_likelihood >= fit(series, []).log_likelihood - 1e-3


@given(counts)
def test_order_of_placings_and_support(series):
    found = placings(series, list(range(len(series))), 1)
    assert found.log_likelihood.is_monotonic_decreasing
    assert found.supported[0]
    assert found.supported.is_monotonic_decreasing


def test_every_level_lasts_two_years():
    assert placings([9, 8, 2, 1], [1, 2, 3, 4], 1).changes.tolist() == [(3,)]
    assert set(placings([9, 8, 5, 2, 1], [1, 2, 3, 4, 5], 1).changes) == {(3,), (4,)}


@pytest.mark.parametrize("number", [1, 2])
def test_supported_is_what_lies_within_half_the_point_of_chi_squared(number):
    falling = [100, 90, 80, 72, 66, 60, 50, 45, 40, 35, 30, 28]
    found = placings(falling, YEARS, number)
    lack = found.log_likelihood.max() - found.log_likelihood
    assert found.supported.tolist() == (lack <= chi2.ppf(0.95, number) / 2).tolist()
    assert found.supported.sum() < (lack <= chi2.ppf(0.95, number + 1) / 2).sum(), (
        "the series tells them apart"
    )


def test_nobody_is_a_count_and_fewer_than_nobody_is_none():
    assert fit([0, 0, 3, 4], [2]).means == (0, 3.5)
    assert fit([100] * 8, []).dispersion > 1000 > fit([1, 500, 3, 900], []).dispersion
    with pytest.raises(ValueError, match="no count negative"):
        fit([-1, 2], [])


@pytest.mark.parametrize("changes", [[0], [12], [5, 5]])
def test_an_empty_stretch_is_refused(changes):
    with pytest.raises(ValueError, match="stretch"):
        fit(STEP, changes)


@given(st.integers(1, 3000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_is_that_of_scipy_and_holds_the_share(pair):
    part, whole = pair
    low, high = share_interval(part, whole)
    assert 0 <= low <= part / whole + 1e-12 and part / whole - 1e-12 <= high <= 1
    expected = binomtest(part, whole).proportion_ci(0.95, method="wilson")
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(counts)
def test_the_likelihood_is_the_best_that_scipy_finds(series):
    level = np.mean(series)

    def lack(log_size: float) -> float:
        size = np.exp(log_size)
        return -nbinom.logpmf(series, size, size / (size + level)).sum()

    best = -minimize_scalar(lack, bounds=(-3, 14), method="bounded").fun
    assert fit(series, []).log_likelihood == pytest.approx(best, abs=0.02)
