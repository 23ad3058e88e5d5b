"""The timeline: each dated row once, in the order of time; lanes go out of sight without script."""

import csv
import re

import parsed
import pytest

from casebook.data.descriptor import anchor
from casebook.project import DATA
from casebook.publishing.dates import said
from casebook.sphinx.registers.timeline import dated, entries

PAGE = "book/evidence/timeline.html"


def test_a_date_is_said_as_exactly_as_it_is_known():
    assert [said(date) for date in ("2023-10-09", "2023-10", "2023")] == [
        "9 October 2023",
        "October 2023",
        "2023",
    ]


def test_every_dated_row_of_its_tables_stands_on_it_once():
    with (DATA / "evidence" / "repatriation_events.csv").open(encoding="utf-8", newline="") as file:
        events = [
            row["event_id"]
            for row in csv.DictReader(file)
            if row["role"] in ("flow", "stock") and row["date_start"]
        ]
    found = [entry.name for entry in entries() if entry.name.startswith("EV")]
    assert sorted(found) == sorted(events) and len(events) > 50
    names = [entry.name for entry in entries()]
    assert len(names) == len(set(names))


def test_it_is_in_the_order_of_time_and_says_something_on_each_line():
    dates = [entry.date for entry in entries()]
    assert dates == sorted(dates)
    assert [entry for entry in entries() if not entry.words or re.search(r"<NA>|\bnan\b", entry.words)] == []


def test_each_line_leads_to_its_row(site):
    page = parsed.page(site / PAGE)
    links = [line.select_one("a")["href"].partition("#")[2] for line in page.select(".timeline li")]
    assert links == [anchor(entry.name) for entry in entries()]


@pytest.mark.parametrize("script", [True, False])
def test_a_lane_goes_out_of_sight_and_comes_back(browser, site, script):
    page = browser.new_page(java_script_enabled=script)
    page.goto((site / PAGE).as_uri())
    boxes = page.get_by_role("checkbox")
    assert boxes.count() == len(dated())
    lines = page.locator(".timeline li")
    visible = lines.locator("visible=true").count()
    assert visible == len(entries())
    boxes.first.uncheck()
    lane = dated()[0].descriptor["timeline"]["lane"]
    assert lines.locator("visible=true").count() == sum(entry.lane != lane for entry in entries())
    boxes.first.check()
    assert lines.locator("visible=true").count() == visible
    page.close()
