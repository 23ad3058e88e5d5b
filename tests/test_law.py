"""Law in time: what stood on a day, for partial dates and in the real tables."""

import pandas as pd
import pytest

from casebook import in_force, table
from casebook.analysis.law import (
    IN_FORCE,
    UNCERTAIN,
    UNREAD,
    first_day,
    last_day,
    law_at,
    on_or_before,
    standing,
)


@pytest.mark.parametrize(
    ("date", "day", "expected"),
    [
        ("1998", "1998-01-01", True),
        ("1998", "1997-12-31", False),
        ("2012-06", "2012-06-01", True),
        ("2012-06", "2012-05-31", False),
        ("2012-06-30", "2012-06", True),
        ("2012-07-01", "2012-06", False),
        ("1982-12-23", "1982-12-23", True),
        ("1982-12-24", "1982-12-23", False),
        ("1982-12-24", "1982", True),
    ],
)  # fmt: skip
def test_a_partial_date_is_compared_on_the_common_precision(date, day, expected):
    assert on_or_before(date, day) is expected


def rules(*spans) -> pd.DataFrame:
    frame = pd.DataFrame(spans, columns=["in_force_from", "in_force_to"], dtype="string")
    return frame.set_index(pd.Index([str(number) for number in range(len(spans))]))


@pytest.mark.parametrize(
    ("span", "day", "stands"),
    [
        (("1987-02-05", "2004-04-29"), "1987-02-04", False),
        (("1987-02-05", "2004-04-29"), "1987-02-05", True),
        (("1987-02-05", "2004-04-29"), "2004-04-28", True),
        (("1987-02-05", "2004-04-29"), "2004-04-29", False),
        (("1987-02-05", pd.NA), "2026-01-01", True),
        ((pd.NA, pd.NA), "2026-01-01", False),
        ((pd.NA, "2004"), "2003-01-01", False),
        (("1998", "2012-06"), "1998-01-01", True),
        (("1998", "2012-06"), "2012-05-31", True),
        (("1998", "2012-06"), "2012-06-01", False),
    ],
)  # fmt: skip
def test_a_rule_stands_from_its_first_day_to_the_day_before_the_next(span, day, stands):
    assert (len(in_force(rules(span), day)) == 1) is stands


def test_a_table_without_an_end_column_is_read():
    frame = rules(("1982", pd.NA)).drop(columns="in_force_to")
    assert list(in_force(frame, "2000-01-01").index) == ["0"]


ARTICLE_47 = ["DCL87-47", "DCL87-47J"]


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2003-01-18", True),
        ("2004-04-28", True),
        ("2004-04-29", False),
        ("2005-01-01", False),
        ("1986-12-31", False),
    ],
)
def test_article_47_is_the_law_until_29_april_2004(day, standing):
    provisions = in_force(table("provisions"), day).index
    assert [name in provisions for name in ARTICLE_47] == [standing, standing]


def test_on_29_april_2004_the_next_text_stands():
    penalties = in_force(table("penalties"), "2004-04-29")
    assert not penalties.provision_id.str.startswith("DCL87").any()
    assert penalties.provision_id.str.startswith("DCL04").any()


def test_what_bound_china_on_9_october_2023():
    """Worked out by hand from the rows of China in data/law/statuses.csv."""
    statuses = table("statuses")
    bound = in_force(statuses[statuses.state.eq("CHN")], "2023-10-09")
    with_the_dprk = ["BDP1964", "BT1962", "RIV1964"]
    assert sorted(bound.instrument_id) == sorted(
        ["CAT", "CEDAW", "CRC", "P67", "RC51", "UNC", "UNHCR95", "VCLT", *with_the_dprk]
    )
    assert "ST12" not in bound.index, "a signature of the ICCPR does not bind"


# Events and the law of their time


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [("2012", "2012-01-01", "2012-12-31"), ("2012-02", "2012-02-01", "2012-02-29"), ("2012-02-03",) * 3],
)
def test_a_partial_date_has_a_first_and_a_last_day(partial, first, last):
    assert (first_day(partial).isoformat(), last_day(partial).isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("span", "event", "expected"),
    [
        (("1987-02-05", "2004-04-29"), ("2003-01-18", "2003-01-18"), IN_FORCE),
        (("1987-02-05", "2004-04-29"), ("2004-04-29", "2004-05-01"), None),
        (("1987-02-05", "2004-04-29"), ("2004-04-28", "2004-04-28"), IN_FORCE),
        (("1987-02-05", "2004-04-29"), ("2004", "2004"), UNCERTAIN),
        (("1987-02-05", "2004-04-29"), ("2004-04-01", "2004-05-01"), UNCERTAIN),
        (("1987-02-05", "2004-04-29"), ("1987-02-04", "1987-02-04"), None),
        (("1998", pd.NA), ("1998-06-01", "1998-06-01"), UNCERTAIN),
        (("1998", pd.NA), ("1999-01-01", "1999-01-01"), IN_FORCE),
        (("2004-04-29", "2012"), ("2012-06-01", "2012-06-01"), UNCERTAIN),
        (("2004-04-29", "2012"), ("2012-12-31", "2012-12-31"), None),
        ((pd.NA, pd.NA), ("1999-01-01", "1999-01-01"), None),
        (("2004-04-29", pd.NA), ("2004-04-29", "2004-04-29"), IN_FORCE),
        (("2004-04-29", pd.NA), ("2004-04-20", "2004-04-29"), UNCERTAIN),
        (("1987-02-05", "2004-04-29"), ("2004-04-28", "2004-04-29"), UNCERTAIN),
    ],
)  # fmt: skip
def test_how_a_rule_stood_during_an_event(span, event, expected):
    assert standing(dict(zip(["in_force_from", "in_force_to"], span, strict=True)), *event) == expected


def test_a_text_known_up_to_a_day_is_not_shown_as_law_after_it():
    rule = {"in_force_from": "2012", "in_force_to": pd.NA, "known_until": "2022-05"}
    assert standing(rule, "2022-05-31", "2022-05-31") == IN_FORCE
    assert standing(rule, "2023-10-09", "2023-10-09") == UNREAD


def test_each_event_meets_the_rules_of_its_time():
    events = pd.DataFrame(
        {"date_start": ["2003-01-18", "2005-03"], "date_end": ["2003-01-18", "2005-03"]}, ["a", "b"]
    )
    found = law_at(events, rules(("1987-02-05", "2004-04-29"), ("2004-04-29", "2012")))
    assert found.values.tolist() == [["a", "0", IN_FORCE], ["b", "1", IN_FORCE]]
    before_all = law_at(events, rules(("2020", pd.NA)))
    assert before_all.empty and list(before_all) == ["event", "rule", "standing"]
