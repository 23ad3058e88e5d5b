"""Worst-case bounds and the favour a sample would need: laws, and known results."""

import re
from math import inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.analysis.bounds import (
    Bounds,
    favour_needed,
    fraction_needed,
    odds,
    share_behind,
    worst_case,
)

SHARE = st.floats(0, 1)
INNER = st.floats(0.001, 0.999)
FAVOUR = st.floats(0.001, 1000)


def test_known_results():
    assert worst_case(0.9, 0.5) == Bounds(0.45, 0.95)
    assert isclose(fraction_needed(0.8, 0.1), 0.125)
    assert isclose(favour_needed(0.5, 0.1), 9)
    assert isclose(favour_needed(0.9, 0.1), 81)
    assert isclose(share_behind(0.5, 9), 0.1)


@given(SHARE)
def test_observing_all_leaves_nothing_open_and_observing_none_leaves_all(share):
    assert worst_case(share, 1) == Bounds(share, share)
    assert worst_case(share, 0) == Bounds(0, 1)


@given(SHARE, SHARE, SHARE)
def test_bounds_hold_whatever_the_others_are(share, observed, others):
    bounds = worst_case(share, observed)
    truth = observed * share + (1 - observed) * others
    assert bounds.low - 1e-12 <= truth <= bounds.high + 1e-12


@given(SHARE, SHARE)
def test_the_width_is_the_part_not_observed(share, observed):
    bounds = worst_case(share, observed)
    assert 0 <= bounds.low <= bounds.high <= 1
    assert isclose(bounds.width, 1 - observed, abs_tol=1e-9)


@given(SHARE, SHARE, SHARE)
def test_seeing_more_never_widens_the_bounds(share, one, other):
    less, more = worst_case(share, min(one, other)), worst_case(share, max(one, other))
    assert less.low <= more.low + 1e-12 and more.high <= less.high + 1e-12


@given(INNER, INNER)
def test_the_fraction_needed_puts_the_lower_bound_on_the_mark(share, mark):
    needed = fraction_needed(share, mark)
    if share < mark:
        assert needed == inf
    else:
        assert isclose(worst_case(share, needed).low, mark, rel_tol=1e-9)


@given(INNER, FAVOUR)
def test_favour_can_be_taken_back(share, favour):
    assert isclose(share_behind(share_behind(share, favour), 1 / favour), share, rel_tol=1e-6)


@given(INNER)
def test_a_fair_sample_shows_the_truth(share):
    assert isclose(share_behind(share, 1), share, rel_tol=1e-9)


@given(INNER, FAVOUR, FAVOUR)
def test_more_favour_means_less_behind_it(share, one, other):
    assert share_behind(share, max(one, other)) <= share_behind(share, min(one, other)) + 1e-12


@given(INNER, INNER)
def test_the_favour_needed_leads_to_the_mark(share, mark):
    assert isclose(share_behind(share, favour_needed(share, mark)), mark, rel_tol=1e-6)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 500), st.integers(1, 500))
def test_favour_is_what_counting_gives(seen_with, seen_without, unseen_with, unseen_without):
    """Count people: the odds ratio is the ratio of the chances of being seen."""
    with_, without = seen_with + unseen_with, seen_without + unseen_without
    favour = (seen_with / with_) / (seen_without / without)
    sample = seen_with / (seen_with + seen_without)
    assert isclose(share_behind(sample, favour), with_ / (with_ + without), rel_tol=1e-9)
    everybody = with_ + without
    bounds = worst_case(sample, (seen_with + seen_without) / everybody)
    assert bounds.low - 1e-9 <= with_ / everybody <= bounds.high + 1e-9


def test_a_share_of_one_has_no_finite_favour():
    assert odds(1) == inf and favour_needed(1, 0.1) == inf
    assert share_behind(1, 1000) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: worst_case(1.2, 0.5), "share must lie between 0 and 1, not 1.2"),
        (lambda: worst_case(0.5, -0.1), "observed must lie between 0 and 1, not -0.1"),
        (lambda: fraction_needed(1.2, 0.5), "share must lie between 0 and 1, not 1.2"),
        (lambda: fraction_needed(0.5, 1.2), "mark must lie between 0 and 1, not 1.2"),
        (lambda: fraction_needed(0.5, 0), "mark must be above 0: no share lies below it"),
        (lambda: favour_needed(0.5, 1.2), "mark must lie between 0 and 1, not 1.2"),
        (lambda: favour_needed(0.5, 0), "mark must lie strictly between 0 and 1, not 0"),
        (lambda: favour_needed(0.5, 1), "mark must lie strictly between 0 and 1, not 1"),
        (lambda: share_behind(1.2, 1), "share must lie between 0 and 1, not 1.2"),
        (lambda: share_behind(0.5, 0), "favour must be positive and finite, not 0"),
        (lambda: share_behind(0.5, inf), "favour must be positive and finite, not inf"),
    ],
)
def test_what_is_no_proportion_is_refused(wrong, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        wrong()
