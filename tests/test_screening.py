"""The screening: its steps in Python, the same in the browser, and what it says of decided cases."""

import itertools
import json
import random
import re
from dataclasses import replace
from datetime import date, timedelta

import entries
import pandas as pd
import pytest
from test_browser import AXE, KEPT, SIDEWAYS, barriers

from casebook.analysis import screening
from casebook.analysis.decided import OPEN, expected, tried
from casebook.analysis.lots import set_aside
from casebook.analysis.screening import Profile, open_points, profile, screened
from casebook.argument.claims import PATH as CLAIMS
from casebook.argument.graph import FALLS, STANDS, UNDECIDED, states
from casebook.checks.package import kinds_of_rows
from casebook.data.tables import table
from casebook.project import DATA
from casebook.sphinx.argument.screening import hangs_on

PAGE = "book/argument/screening.html"
CASES = 10_000
ROUTES = list(screening.routes())
TORTURE, REFUGEES, CHINESE, CHILD, LOOK, SOUTH = ROUTES


def routes_of(asked: Profile) -> dict[str, str]:
    found = screened(asked)
    return {route: found[route] for route in ROUTES}


def with_answers(name: str, **answers) -> Profile:
    asked = profile(name)
    return replace(asked, answers={**asked.answers, **answers})


def without(name: str, *questions) -> Profile:
    asked = profile(name)
    return replace(asked, answers={key: said for key, said in asked.answers.items() if key not in questions})


# What a careful examiner would say


def test_for_a_person_of_whom_only_crossing_is_held_neither_is_shown_and_a_look_is_needed():
    found = routes_of(profile("food"))
    assert (found[TORTURE], found[REFUGEES], found[LOOK]) == (UNDECIDED, UNDECIDED, STANDS)


def test_the_nationality_of_the_south_moves_the_refugee_route_and_no_other():
    before = routes_of(profile("church"))
    assert before[REFUGEES] == UNDECIDED and before[TORTURE] == STANDS
    in_reach, out_of_reach = {"southern": True, "reach": True}, {"southern": True, "reach": False}
    for answers, state in (
        ({"refused": True}, STANDS), ({"southern": False}, UNDECIDED), (in_reach, FALLS),
        (out_of_reach, UNDECIDED), ({**in_reach, "fears_south": True}, STANDS),
    ):  # fmt: skip
        after = routes_of(with_answers("church", **answers))
        assert after[REFUGEES] == state
        assert {**after, REFUGEES: "", SOUTH: ""} == {**before, REFUGEES: "", SOUTH: ""}


@pytest.mark.parametrize("bar", ["crime", "back", "as_national", "danger", "other_national"])
def test_what_takes_the_refugee_route_leaves_the_torture_route(bar):
    asked = with_answers("church", refused=True)
    assert routes_of(asked)[REFUGEES] == STANDS
    barred = routes_of(replace(asked, answers={**asked.answers, bar: True}))
    assert barred[REFUGEES] == FALLS and barred[TORTURE] == STANDS


def test_a_national_of_china_is_no_refugee_there():
    found = routes_of(with_answers("church", refused=True, born_here=True, chinese_parent=True))
    assert found[CHINESE] == STANDS and found[REFUGEES] == FALLS


def test_a_contact_that_nobody_would_find_out_counts_as_crossing_alone():
    assert routes_of(with_answers("church", found_out=False)) == routes_of(profile("food"))
    assert routes_of(without("church", "found_out"))[TORTURE] == UNDECIDED


def test_what_the_accounts_hardly_speak_of_opens_nothing():
    """Opinion, family, office: for these the book has few accounts of people sent back."""
    found = routes_of(with_answers("church", church=False, opinion=True, refused=True))
    assert found[TORTURE] == UNDECIDED and found[REFUGEES] == UNDECIDED


def test_somebody_who_left_with_permission_is_no_traitor_for_leaving():
    found = routes_of(with_answers("church", church=False, south=True, refused=True, unpermitted=False))
    assert found[REFUGEES] == FALLS and found[TORTURE] == STANDS
    pregnant = routes_of(with_answers("pregnant", unpermitted=False))
    assert pregnant[TORTURE] == UNDECIDED and pregnant[REFUGEES] == FALLS


def test_somebody_from_elsewhere_has_no_route_at_all():
    assert set(routes_of(with_answers("church", dprk=False)).values()) == {FALLS}


def test_an_assurance_that_can_be_checked_leaves_both_routes_undecided():
    found = routes_of(with_answers("church", assurance=True, refused=True))
    assert found[TORTURE] == UNDECIDED and found[REFUGEES] == UNDECIDED


def test_a_parent_of_a_child_here_needs_its_interests_weighed():
    assert routes_of(with_answers("church", child_here=True))[CHILD] == STANDS
    assert routes_of(with_answers("church", child_here=True, weighed=True))[CHILD] == FALLS


def test_a_rule_counts_from_its_first_day_and_a_text_to_its_last():
    asked = profile("church")
    for day, state in (("1988-11-02", FALLS), ("1988-11-03", STANDS)):
        assert routes_of(replace(asked, day=day))[TORTURE] == state
    code = {
        left: screened(replace(asked, left=left))["SC-2"]
        for left in ("1973", "1980", "1990", "2004-04-28", "2004-04-29", "2015", "2023", "2027", "")
    }
    unread = UNDECIDED  # the article of 2004 was not read, nor that of 2023; nobody leaves after the day
    assert list(code.values()) == [FALLS, *[STANDS] * 3, unread, STANDS, unread, unread, unread]


def test_every_answer_moves_a_route_somewhere():
    """A question is asked only if some person's routes turn on it."""
    chance = random.Random(16)
    moved = set()
    for _ in range(400):
        asked = drawn(chance, known=1)
        for question in screening.questions().keys() - moved:
            flipped = {**asked.answers, question: not asked.answers[question]}
            if routes_of(replace(asked, answers=flipped)) != routes_of(asked):
                moved.add(question)
    assert screening.questions().keys() - moved == UNMOVING


# Hunger moves nothing because the motive for leaving does not decide (DF-7); it stands for what the
# other side says. Opinion, family and office move steps, and no route as long as the accounts are few.
UNMOVING = {"hunger", "opinion"}


def drawn(chance: random.Random, known: float | None = None) -> Profile:
    """A person made up at random."""
    part = chance.random() if known is None else known
    answers = {name: chance.random() < 0.5 for name in screening.questions() if chance.random() < part}
    day = date(1975, 1, 1) + timedelta(days=chance.randrange(19_000))
    left = date(1970, 1, 1) + timedelta(days=chance.randrange(20_000))
    return Profile(day.isoformat(), left.isoformat()[: chance.choice([0, 4, 7, 10])], answers)


def test_what_is_decided_holds_whatever_the_missing_answers_are():
    chance = random.Random(27)
    for _ in range(150):
        asked = drawn(chance, known=0.85)
        before = routes_of(asked)
        missing = [name for name in screening.questions() if name not in asked.answers]
        for said in itertools.islice(itertools.product([True, False], repeat=len(missing)), 64):
            after = routes_of(
                replace(asked, answers={**asked.answers, **dict(zip(missing, said, strict=True))})
            )
            assert all(after[route] == state for route, state in before.items() if state != UNDECIDED)


def test_what_is_to_be_asked_settles_a_route_unless_the_law_is_open():
    chance = random.Random(28)
    seen = 0
    for _ in range(600):
        asked = drawn(chance)
        graph = screening.graph(asked)
        standing = states(graph)
        for route in ROUTES:
            ask, law = open_points(graph, standing, route)
            assert bool(ask or law) == (standing[route] == UNDECIDED)
            full = replace(asked, answers={**asked.answers, **{name: chance.random() < 0.5 for name in ask}})
            if standing[route] == UNDECIDED:
                seen += 1
                left, still = open_points(screening.graph(full), screened(full), route)
                # What was to be asked is answered; new questions come up only where a step is open by itself
                assert set(left).isdisjoint(ask) and (left == [] or law or still)
    assert seen > 100


# The decided cases


def test_the_lot_does_not_depend_on_order_and_takes_half():
    names = [f"CD{number:02}" for number in range(1, 48)]
    drawn_once = set_aside(names)
    assert drawn_once == set_aside(reversed(names)) and len(drawn_once) == 23
    assert len(set_aside([*names, "CD48"]) ^ drawn_once) <= 2
    assert set_aside(names, "another day") != drawn_once


def test_outcomes_are_recomputed_from_the_table_by_hand():
    found = tried(table("decision_codes"), table("court_decisions"))
    raw = pd.read_csv(DATA / "law" / "decision_codes.csv")
    outcomes = raw[raw.issue.eq("outcome") & raw.code.isin(["refugee", "other_protection", "refused"])]
    assert set(found.index) == set(outcomes.decision_id)
    for name, row in found.iterrows():
        verdict = OPEN if row.screening == OPEN else "same" if row.screening == row.court else "contrary"
        assert row.verdict == verdict, name
    assert set(found.index[found.aside]) <= set_aside(
        raw.decision_id[raw.issue.eq("outcome") & raw.code.notna()]
    )


def test_findings_of_a_court_lead_where_they_must():
    day = "2016-05-06"
    southern = {"rok_nationality": "automatic", "protection": "available"}
    assert expected(southern, day) == "refused"
    assert expected({**southern, "risk": "found", "exit_penalty": "persecution"}, day) == "refused"
    assert expected({"rok_nationality": "not_automatic", "exit_penalty": "persecution"}, day) == "refugee"
    assert expected({"risk": "not_found", "rok_nationality": "not_automatic"}, day) == "refused"
    harm = {
        "exit_penalty": "other_harm",
        "imputed": "no",
        "rok_nationality": "not_automatic",
        "motive": "economic",
    }
    assert expected(harm, day) == "other_protection"
    assert expected({}, day) == OPEN


# What the check refuses


def faults(tmp_path, change) -> list[str]:
    said = entries.read(screening.PATH)
    change(said)
    path = tmp_path / "screening.yaml"
    entries.write(path, said)
    return list(screening.errors_in(path, CLAIMS, kinds_of_rows(DATA)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s: s["steps"][0]["support"][0].append("yes nobody"), "steps, entry SC-1, value 'yes nobody'"),
        (
            lambda s: s["steps"][0]["support"][0].append("XX-9"),
            "value 'XX-9': there is no such step or claim",
        ),
        (
            lambda s: s["steps"][0]["support"][0].append("now CAT-99"),
            "value 'now CAT-99': there is no such prov",
        ),
        (lambda s: s["steps"][0]["authorities"].append("A-NOBODY"), "field authorities, value 'A-NOBODY'"),
        (lambda s: s["steps"][0]["support"][0].append("SC-17"), "steps support each other in a circle"),
        (lambda s: s["steps"].append(s["steps"][0]), "steps, entry SC-1: this name is taken"),
        (lambda s: s["routes"][0].update(step="SC-99"), "routes, value 'SC-99': there is no such step"),
        (lambda s: s["profiles"][0]["answers"].update(nobody=True), "profiles, entry food, value 'nobody'"),
        (lambda s: s["findings"][0].update(holds=["SC-99"]), "value 'SC-99': there is no such step"),
        (lambda s: s["in_court"].update(nobody=True), "in_court, value 'nobody'"),
        (lambda s: s["profiles"][0].update(day="2026-13-01"), "field profiles/0/day"),
        (
            lambda s: s["questions"].append({"id": "x", "group": "Leaving", "asks": "Why?"}),
            "no step stands on",
        ),
        (lambda s: s.pop("routes"), "'routes' is a required property"),
    ],
)
def test_a_fault_is_told_with_entry_and_value(tmp_path, change, told):
    assert any(told in fault for fault in faults(tmp_path, change)), faults(tmp_path, change)


def test_the_file_of_the_book_is_sound(tmp_path):
    assert faults(tmp_path, lambda said: None) == []


def test_findings_name_answers_that_a_reader_could_give():
    issues = table("decision_issues")
    known = set(zip(issues.issue, issues.code, strict=True))
    assert {(entry["issue"], entry["code"]) for entry in screening.findings()} <= known


# In the browser

COMPARE = """text => {
    const cases = JSON.parse(text);
    const data = JSON.parse(document.getElementById("screening-data").textContent);
    return JSON.stringify(cases.map(([day, left, answers]) => {
        const {standing, open} = Screening.screened(data, {day, left, answers});
        return [Object.values(standing), open];
    }));
}"""  # in one string each way: Playwright takes long over thousands of parts


@pytest.fixture
def page(browser, site):
    opened = browser.new_page()
    errors = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto((site / PAGE).as_uri())
    yield opened
    opened.close()
    assert errors == []


def holds(page, asked: Profile) -> None:
    """Every state on the page is what Python computes, and every route says what it hangs on."""
    graph = screening.graph(asked)
    standing = states(graph)
    told = page.locator("[data-n]").evaluate_all(
        "all => all.map(b => [b.dataset.n, b.textContent, b.className])"
    )
    assert told and all(words == name == standing[of] for of, words, name in told)
    for route in ROUTES:
        chips = page.locator(f"[data-route='{route}']").all_text_contents()
        assert chips == [screening.STATES[standing[route]]] * 2, "in the bar and in the list"
        assert page.locator(f"[data-open='{route}']").text_content() == hangs_on(graph, standing, route)


def test_the_script_agrees_with_python_on_ten_thousand_people(page):
    chance = random.Random(20261127)
    people = [profile(name) for name in screening.profiles()]
    people += [drawn(chance) for _ in range(CASES - len(people))]
    asked = [[one.day, one.left, dict(one.answers)] for one in people]
    found = json.loads(page.evaluate(COMPARE, json.dumps(asked)))
    for one, (standing, points) in zip(people, found, strict=True):
        graph = screening.graph(one)
        wanted = states(graph)
        assert list(wanted.values()) == standing, one
        assert {route: list(open_points(graph, wanted, route)) for route in ROUTES} == points, one


def test_the_page_without_script_is_the_page_with_it(page, browser, site):
    holds(page, profile("church"))
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((site / PAGE).as_uri())
    holds(plain, profile("church"))
    assert not plain.locator("select").first.is_visible()
    assert screening.profiles()["church"]["name"] in plain.locator(".screening-without-script").inner_text()
    context.close()


@pytest.mark.parametrize("name", screening.profiles())
def test_a_made_up_profile_fills_the_answers(page, name):
    page.get_by_role("button", name=screening.profiles()[name]["name"], exact=True).click()
    holds(page, profile(name))


def test_the_keyboard_answers_and_the_result_is_told(page):
    page.locator("select[name=refused]").focus()
    page.keyboard.press("y")
    holds(page, with_answers("church", refused=True))
    said = page.locator(".screening [role=status]").text_content()
    assert re.search(r"open: Danger of torture, Refugees, A look first\.", said)


def test_nothing_is_kept_and_the_address_holds_answers_only_when_asked(page, browser, site):
    before = page.evaluate(KEPT)
    page.locator("select[name=refused]").select_option("yes")
    assert "#" not in page.url
    assert page.evaluate(KEPT) == before, "what a reader answers is kept"
    page.get_by_role("button", name="Make an address of these answers").click()
    other = browser.new_page()
    other.goto(page.url)
    holds(other, with_answers("church", refused=True))
    other.close()
    page.get_by_role("button", name="Back to the first profile").click()
    holds(page, profile("church"))


def test_a_time_of_leaving_that_is_no_date_counts_as_not_known(page):
    page.locator("input[name=left]").fill("long ago")
    holds(page, replace(profile("church"), left=""))


@pytest.mark.parametrize("look", [{"width": 360, "height": 740}, {"width": 1280, "height": 900}])
def test_the_page_has_no_barrier_and_does_not_run_over(page, look):
    page.set_viewport_size(look)
    page.reload()
    page.evaluate("document.querySelectorAll('.screening details').forEach(fold => { fold.open = true; })")
    assert page.evaluate(SIDEWAYS) == 0
    page.add_script_tag(path=AXE)
    assert barriers(page) == []


def test_the_data_of_the_page_names_nothing_that_it_does_not_hold(page):
    data = json.loads(page.locator("#screening-data").text_content())
    named = {
        name
        for step in data["steps"].values()
        for name in [*itertools.chain(*step["arguments"]), *step["rebutted"], *step["undercut"]]
    }
    assert named == (named & {*data["steps"], *data["premises"]})
