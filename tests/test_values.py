"""How a computed number is registered and written."""

import math
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.publishing import publish
from casebook.publishing.values import EN_DASH, BadValue, Value, describe, write

COUNTS = st.integers(0, 10**9)


def number(low, high=None, unit="people") -> Value:
    return Value("a.key", low, low if high is None else high, unit, "what it means")


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [
        (number(26), "", "26"),
        (number(1282), "", "1,282"),
        (number(1234567), "", "1,234,567"),
        (number(1282, 1419), "", "1,282–1,419"),
        (number(1282, 1419), "low", "1,282"),
        (number(1282, 1419), "high", "1,419"),
        (number(7, 7), "", "7"),
        (number(2.5), "", "2.5"),
        (number(2.0), "", "2"),
        (number(2006, unit="year"), "", "2006"),
        (number(1998, 2025, "year"), "", "1998–2025"),
        (number(34351), "about", "about 34,000"),
        (number(1282, 1419), "about", "about 1,300–1,400"),
        (number(1310, 1320), "about", "about 1,300"),
        (number(0), "about", "about 0"),
        (number(1949, 2016, "year"), "about", "about 1900–2000"),
        (number(3), "word", "three"),
        (number(0), "word", "none"),
        (number(12), "word", "twelve"),
        (number(0.72, unit="share"), "", "72 per cent"),
        (number(0.125, unit="share"), "percent1", "12.5 per cent"),
        (number(0.1, 0.25, "share"), "", "10–25 per cent"),
        (number(0.1, 0.25, "share"), "high", "25 per cent"),
        (number(0, unit="share"), "", "0 per cent"),
        (number(1, unit="share"), "", "100 per cent"),
        (number(0.999, unit="share"), "", "99.9 per cent"),
        (number(0.9999, unit="share"), "", "99.99 per cent"),
        (number(0.0004, unit="share"), "", "0.04 per cent"),
    ],
)  # fmt: skip
def test_written(value, form, written):
    assert write(value, form) == written


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (number(13), "word"),
        (number(2.5), "word"),
        (number(-1), "word"),
        (number(1, 2), "word"),
        (number(5), "roughly"),
        (number(5), "percent1"),
        (number(0.5, unit="share"), "word"),
        (number(0.5, unit="share"), "about"),
    ],
)  # fmt: skip
def test_a_form_that_does_not_fit_is_refused(value, form):
    with pytest.raises(BadValue, match="a.key"):
        write(value, form)


@pytest.mark.parametrize(
    ("low", "high"), [(math.nan, 1), (1, math.nan), (-math.inf, 0), (0, math.inf), (2, 1)]
)
def test_no_value_without_a_finite_ordered_range(low, high):
    with pytest.raises(BadValue, match="a.key"):
        number(low, high)


@given(COUNTS)
def test_a_written_count_reads_back(count):
    assert int(write(number(count)).replace(",", "")) == count


@given(COUNTS, COUNTS)
def test_a_written_range_reads_back(one, other):
    low, high = sorted((one, other))
    ends = write(number(low, high)).replace(",", "").split(EN_DASH)
    assert [int(end) for end in ends] == sorted({low, high})


@given(
    st.floats(0, 1, exclude_min=True, exclude_max=True, allow_subnormal=False).filter(
        lambda s: 1e-9 < s < 1 - 1e-9
    )
)
def test_only_none_is_0_and_only_all_is_100_per_cent(share):
    shown = float(write(number(share, unit="share")).removesuffix(" per cent"))
    assert 0 < shown < 100
    assert abs(shown - 100 * share) <= 0.5


@given(st.integers(1, 10**9))
def test_about_stays_within_five_per_cent(count):
    """Two significant figures are never further away than half of the second figure."""
    shown = int(write(number(count), "about").removeprefix("about ").replace(",", ""))
    assert abs(shown - count) <= 0.05 * count


@given(st.integers(1000, 9999))
def test_a_year_has_no_separator(year):
    assert write(number(year, unit="year")) == str(year)


def test_a_description_has_meaning_and_date():
    assert describe(Value("k", 1, 1, "people", "arrivals", "2025")) == "arrivals (2025)"
    assert describe(number(1)) == "what it means"


# Registering


@pytest.fixture
def published(monkeypatch) -> list[dict]:
    """What cells hand over, caught before it reaches a notebook."""
    caught = []
    monkeypatch.setattr(
        publish, "display", lambda output, **options: caught.append({**options, "output": output})
    )
    return caught


def register(key="a.key", what=7, **changes):
    publish.value(
        key, what, **{"unit": "people", "meaning": "what it means", "rests_on": ["EV002"], **changes}
    )


def test_a_value_carries_its_rows_and_their_sources(published):
    register(what=7, high=9, rests_on=["EV005", "EV002", "EV005"])
    (content,) = [held for held in published[0]["output"].values() if isinstance(held, dict)]
    assert (content["low"], content["high"], content["rests_on"]) == (7, 9, ["EV005", "EV002"])
    assert content["sources"][0] == "unhcr_20010626"
    assert published[0]["metadata"]["scrapbook"]["name"] == "value:a.key"


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"rests_on": ["EV999"]}, KeyError, "EV999"),
        ({"rests_on": ["EV002", "EV999"]}, KeyError, "EV999"),
        ({"rests_on": []}, ValueError, "a.key.*at least one row"),
        ({"what": float("nan")}, ValueError, "a.key.*missing"),
        ({"what": pd.NA}, ValueError, "a.key.*missing"),
        ({"what": None}, ValueError, "a.key.*missing"),
        ({"what": float("inf")}, BadValue, "a.key.*not a finite"),
        ({"what": 9, "high": 7}, BadValue, "a.key.*above high"),
        ({"what": 9, "high": float("nan")}, BadValue, "a.key.*not a finite"),
    ],
)  # fmt: skip
def test_a_value_without_ground_is_refused(published, changes, error, words):
    with pytest.raises(error, match=words):
        register(**changes)
    assert published == []


def test_a_figure_without_words_for_those_who_do_not_see_it_is_refused(published):
    with pytest.raises(ValueError, match="alternative text"):
        publish.figure(
            "a-figure",
            None,
            headline="",
            subtitle="",
            data=pd.DataFrame(),
            alt="A chart.",
            rests_on=["EV002"],
        )
    assert published == []


# What a text says of its rows


def test_a_sentence_that_no_longer_holds_stops_the_chapter_with_its_words():
    publish.says("two and two are four", True)
    with pytest.raises(publish.TextDiffers, match="the text says: all are old; the data now give 3") as stop:
        publish.says("all are old", False, 3)
    assert "Write the sentence again" in str(stop.value)


def test_no_chapter_stops_without_words():
    chapters = (Path(__file__).parent.parent / "book").rglob("*.md")
    bare = re.compile(r"^ *assert ", re.MULTILINE)
    assert [path.name for path in chapters if bare.search(path.read_text("utf-8"))] == []
