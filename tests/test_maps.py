"""The map draws, and links of events to places say only what the text of the event says."""

import re

import pytest

from casebook import table
from casebook.publishing import maps, style

PLACES = table("places")
LINKS = table("event_places")
EVENTS = table("repatriation_events")
COLUMN = {"at": "place", "from": "from_place", "to": "to_place"}
# Words of the text for places whose own name is longer or otherwise written
WORDS = {
    "changchun_tiebei": "Tiebei",
    "jilin_city": "Jilin railway station",
    "oudomxay": "Oudomxay",
    "pingxiang_guangxi": "Pingxiang",
    "rok_consulate_beijing": "ROK consulate",
    "spain_embassy_beijing": "Spanish embassy",
    "unhcr_beijing": "UNHCR office",
}


def word_for(place: str) -> str:
    return WORDS.get(place) or place.removesuffix("_detention").replace("_", " ").title()


@pytest.mark.parametrize("link", LINKS.to_dict("records"), ids=lambda link: "-".join(link.values()))
def test_the_text_of_the_event_names_the_place(link):
    text = EVENTS.loc[link["event_id"], COLUMN[link["role"]]]
    assert re.search(rf"\b{word_for(link['place_id'])}\b", text), text


def test_no_town_of_a_return_is_left_out():
    """Whatever town of the gazetteer the text of a return names is linked."""
    towns = PLACES[PLACES.point_of.eq("place") & ~PLACES.place_id.eq("jilin_city")]
    for name, event in EVENTS[EVENTS.kind.eq("repatriation")].iterrows():
        for role, column in COLUMN.items():
            text = re.sub(r"Tumen River|road from Yanji", "", str(event[column]))
            linked = LINKS[LINKS.event_id.eq(name) & LINKS.role.eq(role)].place_id
            known = {word_for(place) for place in linked}
            for town in towns.place_id:
                if re.search(rf"\b{word_for(town)}\b", text):
                    assert (
                        word_for(town) in known
                        or f"{town}_detention" in set(linked)
                        or (town == "changchun" and "changchun_tiebei" in set(linked))
                    ), (name, role, town)


def test_the_file_holds_what_the_descriptor_says():
    kinds = ("land", "boundary", "line of control", "river", "coast")
    assert sum(len(maps.features(kind)) for kind in kinds) == 11
    assert maps.frame() == (123, 38.5, 132, 44)


@pytest.mark.parametrize("kind", ["land", "boundary", "river", "coast"])
def test_every_line_lies_in_the_frame(kind):
    west, south, east, north = maps.frame()
    for feature in maps.features(kind):
        for line in maps.outlines(feature):
            assert len(line) >= 2
            assert all(west <= x <= east and south <= y <= north for x, y in line)


def test_areas_are_closed():
    for feature in maps.features("land"):
        assert all(line[0] == line[-1] for line in maps.outlines(feature))


def test_the_ground_has_the_proportion_of_its_middle_latitude():
    _, axes = style.canvas()
    maps.ground(axes)
    assert 1.3 < axes.get_aspect() < 1.4
    assert axes.get_xlim() == (123, 132)
