"""Each rule between cells: what it refuses, what it accepts, what it passes over."""

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.checks.rules import Fault, faults


def broken(rule: dict, *records: dict) -> list[tuple]:
    """Row and column of each fault; the first record stands in row 2."""
    return [(fault.row, fault.column) for fault in faults(list(enumerate(records, start=2)), rule)]


ORDERED = {"rule": "ordered", "fields": ["low", "high"]}
DATE = {"rule": "partial-date", "fields": ["date"]}
SUM = {"rule": "sum", "parts": ["a", "b"], "total": "c"}
GROUP = {
    "rule": "group-sum",
    "by": ["year"],
    "label": "sex",
    "parts": ["male", "female"],
    "total": "total",
    "value": "persons",
}
WHEN = {"field": "role", "in": ["subset", "copy"]}
REQUIRES = {"rule": "requires", "when": WHEN, "fields": ["part_of"]}
ONLY_WHEN = {"rule": "only-when", "when": WHEN, "fields": ["part_of"]}
IMPLIES = {"rule": "implies", "when": WHEN, "field": "counted", "in": ["n", ""]}
RATIO = {"rule": "ratio", "numerator": "top", "denominator": "bottom", "share": "share", "tolerance": 0.01}


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("1", "1"), ("9", "10"), ("0.5", "0.51"), ("-2", "1"), ("", "1"), ("9", ""), ("", ""),
        ("1999", "2000-01-01"), ("2000", "2000-01"), ("2000-05", "2000"), ("2000-05-31", "2000-05"),
        ("many", "1"), ("9", "few"), ("nan", "1"), ("inf", "1"),
        ("2023-02-30", "2023-01-01"), ("30/12/2003", "2003-12-01"),
    ],
)  # fmt: skip
def test_ordered_accepts_or_passes_over(low, high):
    assert broken(ORDERED, {"low": low, "high": high}) == []


@pytest.mark.parametrize(
    ("low", "high"),
    [("2", "1"), ("10", "9"), ("2000-02", "2000-01-31"), ("2001", "2000-12"), ("2000-01-02", "2000-01-01")],
)
def test_ordered_refuses(low, high):
    assert broken(ORDERED, {"low": "1", "high": "1"}, {"low": low, "high": high}) == [(3, "low")]


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_partial_dates_are_compared_on_their_common_precision(start, end, first, second):
    """Cutting a date can hide a wrong order, and never makes one."""
    low, high = start.isoformat()[:first], end.isoformat()[:second]
    shorter = min(first, second)
    wrong = start.isoformat()[:shorter] > end.isoformat()[:shorter]
    assert bool(broken(ORDERED, {"low": low, "high": high})) == wrong
    assert not wrong or start > end


@given(st.integers(), st.integers())
def test_ordered_agrees_with_arithmetic(low, high):
    assert bool(broken(ORDERED, {"low": str(low), "high": str(high)})) == (low > high)


@pytest.mark.parametrize("text", ["", "1999", "1999-12", "2000-02-29", "2023-10-09"])
def test_dates_that_exist(text):
    assert broken(DATE, {"date": text}) == []


@pytest.mark.parametrize(
    "text",
    ["2023-02-30", "1900-02-29", "2023-13", "2023-00", "2023-10-00", "23", "2023-1", "2023-10-9",
     "2023-10-09-01", "2023/10/09", "9 October 2023", "0000", "２０２３", "202²", " 2023", "2023-"],
)  # fmt: skip
def test_dates_that_do_not_exist(text):
    assert broken(DATE, {"date": text}) == [(2, "date")]


@given(st.integers(1, 9999), st.integers(0, 13), st.integers(0, 32))
def test_a_day_exists_when_the_calendar_has_it(year, month, day):
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    assert broken(DATE, {"date": f"{year:04}-{month:02}-{day:02}"}) == ([] if exists else [(2, "date")])


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 2 * 10**6))
def test_sum_agrees_with_arithmetic(a, b, total):
    record = {"a": str(a), "b": str(b), "c": str(total)}
    assert broken(SUM, record) == ([] if a + b == total else [(2, "c")])


@pytest.mark.parametrize("record", [{"a": "1", "b": "", "c": "9"}, {"a": "1", "b": "2", "c": "nine"}])
def test_sum_passes_over_what_is_blank_or_unreadable(record):
    assert broken(SUM, record) == []


def people(**counts) -> list[dict]:
    return [{"year": "2002", "sex": sex, "persons": persons} for sex, persons in counts.items()]


def test_group_sum_names_the_row_of_the_total():
    assert broken(GROUP, *people(male="1", female="2", total="3")) == []
    assert broken(GROUP, *people(male="1", total="4", female="2")) == [(3, "persons")]


def test_group_sum_keeps_groups_apart():
    other = [{**record, "year": "2003"} for record in people(male="5", female="5", total="10")]
    assert broken(GROUP, *people(male="1", female="2", total="3"), *other) == []


@pytest.mark.parametrize(
    "counts", [{"total": "9"}, {"male": "1", "total": "9"}, {"male": "1", "female": "2"}]
)
def test_group_sum_passes_over_groups_without_all_parts(counts):
    assert broken(GROUP, *people(**counts)) == []


def test_group_sum_passes_over_blank_counts():
    assert broken(GROUP, *people(male="", female="2", total="9")) == []


def test_requires():
    assert broken(REQUIRES, {"role": "subset", "part_of": ""}) == [(2, "part_of")]
    assert broken(REQUIRES, {"role": "subset", "part_of": "EV1"}, {"role": "flow", "part_of": ""}) == []


def test_only_when():
    assert broken(ONLY_WHEN, {"role": "flow", "part_of": "EV1"}) == [(2, "part_of")]
    assert broken(ONLY_WHEN, {"role": "copy", "part_of": "EV1"}, {"role": "flow", "part_of": ""}) == []


def test_a_blank_condition_can_be_meant():
    rule = {"rule": "requires", "when": {"field": "role", "in": [""]}, "fields": ["part_of"]}
    assert broken(rule, {"role": "", "part_of": ""}) == [(2, "part_of")]


def test_implies():
    assert broken(IMPLIES, {"role": "subset", "counted": "y"}) == [(2, "counted")]
    assert broken(IMPLIES, {"role": "subset", "counted": "n"}, {"role": "copy", "counted": ""}) == []
    assert broken(IMPLIES, {"role": "flow", "counted": "y"}) == []


@pytest.mark.parametrize(
    ("top", "bottom", "share"),
    [
        ("1", "2", "0.5"),
        ("1", "3", "0.33"),
        ("", "2", "0.9"),
        ("1", "", "0.9"),
        ("1", "0", "0.9"),
        ("1", "2", ""),
    ],
)
def test_ratio_accepts_or_passes_over(top, bottom, share):
    assert broken(RATIO, {"top": top, "bottom": bottom, "share": share}) == []


def test_ratio_refuses_a_share_beyond_the_tolerance():
    assert broken(RATIO, {"top": "1", "bottom": "2", "share": "0.52"}) == [(2, "share")]


SAID = [
    (ORDERED, {"low": "2", "high": "1"}, "low", "2", "must not be above high, which is 1"),
    (DATE, {"date": "2023-13"}, "date", "2023-13", "is not a year, month or day that exists"),
    (SUM, {"a": "1", "b": "2", "c": "4"}, "c", "4", "must equal a + b, which is 3"),
    (REQUIRES, {"role": "copy", "part_of": ""}, "part_of", "", "must be filled where role is copy"),
    (
        ONLY_WHEN, {"role": "flow", "part_of": "E"},
        "part_of", "E", "must be blank unless role is subset or copy",
    ),
    (
        {**IMPLIES, "in": ["n", "x"]}, {"role": "copy", "counted": "y"},
        "counted", "y", "must be n or x where role is copy",
    ),
    (
        RATIO, {"top": "1", "bottom": "2", "share": "0.6"},
        "share", "0.6", "must be top / bottom, which is 0.500",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "record", "column", "value", "words"), SAID)
def test_a_fault_says_what_is_wrong(rule, record, column, value, words):
    assert list(faults([(7, record)], rule)) == [Fault(7, column, value, words)]


def test_a_fault_of_a_group_names_the_group():
    rows = [{**row, "place": "X"} for row in people(male="1", female="2", total="4")]
    (fault,) = faults(list(enumerate(rows)), {**GROUP, "by": ["year", "place"]})
    assert fault == Fault(2, "persons", "4", "must equal male + female of 2002, X: 3")


def test_a_row_that_is_passed_over_hides_no_later_fault():
    lone = [{"year": "2001", "sex": "total", "persons": "9"}]
    assert broken(GROUP, *lone, *people(male="1", female="2", total="4")) == [(5, "persons")]
    blank, wrong = {"top": "", "bottom": "2", "share": "0"}, {"top": "1", "bottom": "2", "share": "0.9"}
    assert broken(RATIO, blank, wrong) == [(3, "share")]


def test_a_sum_is_held_against_its_total_alone():
    assert broken(SUM, {"a": "1", "b": "2", "c": "3"}) == []
    assert broken(SUM, {"a": "0", "b": "2", "c": "3"}) == [(2, "c")]


def test_the_tolerance_itself_is_allowed():
    exact = {**RATIO, "tolerance": 0.25}
    assert broken(exact, {"top": "1", "bottom": "2", "share": "0.75"}) == []


@pytest.mark.parametrize("rule", [{"rule": "plausible"}, {**ORDERED, "fields": ["low", "top"]}])
def test_a_rule_that_names_what_does_not_exist_is_a_mistake(rule):
    with pytest.raises(KeyError):
        broken(rule, {"low": "1", "high": "2"})


@pytest.mark.parametrize("rule", [{"rule": "ordered"}, {**ORDERED, "unless": "x"}])
def test_a_rule_with_wrong_arguments_is_a_mistake(rule):
    with pytest.raises(TypeError):
        broken(rule, {"low": "1", "high": "2"})
