"""The form of doubt in a real browser: the script against Python, and the form as readers use it."""

import random

import pytest

from casebook.argument.links import by_claim, changed
from casebook.argument.questions import (
    bearing,
    book_graph,
    borne_by,
    conclusions,
    laid_down,
    presets,
    printed_replies,
    remains,
    under,
)
from casebook.argument.whatif import explain
from casebook.sphinx.argument.form import BURDENS

PAGE = "book/argument/doubt.html"
CASES = 4000

COMPARE = """cases => {
    const data = JSON.parse(document.getElementById("doubt-data").textContent);
    return cases.map(([rejected, granted, burden, changes]) => {
        const claims = Doubt.changed(data.claims, changes);
        const [no, yes] = [new Set(rejected), new Set(granted)];
        const {standing, given} = Doubt.settle(claims, data.burdens[burden], no, yes);
        const paths = Object.keys(data.conclusions).map(name => Doubt.explain(claims, standing, name, given)
            .map(step => [step.name, step.state, step.how, step.links]));
        return [standing, paths];
    });
}"""


@pytest.fixture
def address(site) -> str:
    return (site / PAGE).as_uri()


@pytest.fixture
def page(browser, address):
    opened = browser.new_page()
    errors = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    yield opened
    opened.close()
    assert errors == []


def drawn_cases():
    """Doubts of every sort: each claim and each changed link alone, the presets, and many at random."""
    names = bearing()
    every = [
        change
        for changes in by_claim({name: book_graph()[name] for name in names}, printed_replies()).values()
        for change in changes
    ]
    chance = random.Random(20261126)
    cases = [
        ([], [], "", []),
        *(([name], [], "", []) for name in names),
        *(([], [name], "", []) for name in names),
    ]
    cases += [([], [], "", [change]) for change in every]
    cases += [(preset["rejected"], preset["granted"], preset["burden"], []) for preset in presets().values()]
    while len(cases) < CASES:
        cases.append((
            chance.sample(names, chance.choice([0, 0, 2, 3, 5, 8, 20])),
            chance.sample(names, chance.choice([0, 0, 1, 3])),
            chance.choice(list(BURDENS)),
            chance.sample(every, chance.choice([0, 0, 1, 2, 5])),
        ))  # fmt: skip
    return names, cases


def test_the_script_agrees_with_python_on_thousands_of_cases(page):
    names, cases = drawn_cases()
    named = [(*case[:3], [change.name for change in case[3]]) for case in cases]
    found = page.evaluate(COMPARE, named)
    for (rejected, granted, burden, changes), (standing, paths) in zip(cases, found, strict=True):
        settled = under(rejected, granted, burden, changes)
        assert standing == {name: settled.standing[name] for name in names}, (
            rejected,
            granted,
            burden,
            changes,
        )
        told = laid_down(rejected, granted, settled)
        for target, path in zip(conclusions(), paths, strict=True):
            steps = explain(changed(book_graph(), changes), settled.standing, target, told)
            assert path == [[step.name, step.state, step.how, list(step.links)] for step in steps]


def shown(page) -> dict[str, str]:
    rows = page.locator("[data-conclusion]")
    return {
        rows.nth(n).get_attribute("data-conclusion"): rows.nth(n).locator(".doubt-state").inner_text()
        for n in range(rows.count())
    }


def expected(rejected=(), granted=(), burden="", changes=()) -> dict[str, str]:
    found = under(rejected, granted, burden, changes).standing
    return {name: found[name] for name in conclusions()}


def test_nothing_is_doubted_at_first(page):
    assert shown(page) == expected()
    assert page.locator(".doubt-without-script").count() == 0
    assert page.get_by_role("button", name="Nothing doubted").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("key", presets())
def test_presets(page, key):
    preset = presets()[key]
    page.get_by_role("button", name=preset["name"]).click()
    assert shown(page) == expected(preset["rejected"], preset["granted"], preset["burden"])
    assert page.get_by_role("button", name=preset["name"]).get_attribute("aria-pressed") == "true"


def test_a_premise_is_rejected_with_the_keyboard_and_announced(page):
    box = page.locator('input[name="CA-14"]')
    box.focus()
    page.keyboard.press("Space")
    assert shown(page) == expected(["CA-14"])
    summary = page.locator(".doubt-summary")
    assert summary.get_attribute("role") == "status"
    states = list(expected(["CA-14"]).values())
    told = [states.count(state) for state in ("stands", "undecided", "falls")]
    assert summary.inner_text() == "Of {} conclusions {} stand, {} are undecided, {} fall.".format(
        len(states), *told
    )
    standing = [name for name, state in expected(["CA-14"]).items() if state == "stands"]
    left = page.locator(".doubt-left").inner_text()
    assert all((f"{words} ({name})" in left) == (name in standing) for name, words in remains().items())
    why = page.locator('[data-conclusion="AG-7"] .doubt-why').inner_text()
    assert "DF-13" in why and "CA-14 falls: it is rejected" in why


def test_the_burden_of_proof_is_laid_with_a_button_and_explained(page):
    page.locator('input[name="burden"][value="state"]').check()
    assert shown(page) == expected(burden="state")
    page.locator('input[name="burden"][value="allegers"]').check()
    assert shown(page) == expected(burden="allegers")
    why = page.locator('[data-conclusion="AG-9"] .doubt-why').inner_text()
    assert "AP-12 falls: those who allege it had to show it" in why
    assert page.url.endswith("#burden=allegers")


def test_an_arrow_is_doubted_and_the_address_holds_it(page, browser):
    page.locator(".doubt summary").click()
    page.locator('input[name="undercut:CA-11:CA-12"]').check()
    change = next(reply for reply in printed_replies() if reply.name == "undercut:CA-11:CA-12")
    assert shown(page) == expected(changes=[change]) != expected()
    other = browser.new_page()
    other.goto(page.url)
    assert "#change=undercut:CA-11:CA-12" in page.url
    assert shown(other) == expected(changes=[change])
    other.close()


def test_there_is_a_box_for_every_change_that_can_be_made(page):
    every = by_claim({name: book_graph()[name] for name in bearing()}, printed_replies())
    boxes = page.locator('input[data-what="change"]').evaluate_all("found => found.map(box => box.name)")
    assert boxes == [change.name for changes in every.values() for change in changes]
    assert set(
        page.evaluate("Object.keys(JSON.parse(document.getElementById('doubt-data').textContent).burdens)")
    ) == set(BURDENS)
    assert borne_by("state") != borne_by("allegers")


def test_every_control_can_be_reached_with_the_keyboard(page):
    page.locator("form.doubt button").first.focus()
    page.locator(".doubt details").evaluate("found => { found.open = true; }")
    buttons = page.locator("form.doubt button, form.doubt input:not([type=radio])").count()
    wanted = buttons + 1  # a set of radio buttons is one stop, reached at its chosen one
    reached = set()
    while page.evaluate("document.activeElement.closest('form.doubt') !== null"):
        if page.evaluate("document.activeElement.matches('button, input')"):
            reached.add(page.evaluate("document.activeElement.name || document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert len(reached) == wanted


def test_the_address_holds_the_doubts(page, browser):
    page.locator('input[name="NR-3"]').uncheck()
    page.locator('input[name="CA-9"]').check()
    other = browser.new_page()
    other.goto(page.url)
    assert "#reject=NR-3&grant=CA-9" in page.url
    assert shown(other) == expected(["NR-3"], ["CA-9"])
    assert not other.locator('input[name="NR-3"]').is_checked()
    other.close()


def test_an_address_with_unknown_names_does_no_harm(page, address):
    page.goto(f"{address}#reject=XX-1,NR-3&grant=%3Cscript%3E&burden=nobody&change=cut:9:XX-1")
    page.reload()
    assert shown(page) == expected(["NR-3"])


def test_a_preset_that_sets_aside_a_premise_of_the_other_side_says_so(page):
    page.get_by_role("button", name="Accounts of witnesses set aside").click()
    line = page.locator('li:has(input[name="TR-7"])')
    assert "set aside" in line.inner_text()
    page.locator('input[name="TR-7"]').check()
    assert "set aside" not in line.inner_text()


def test_without_script_the_page_leads_to_the_tables(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".doubt-without-script").is_visible()
    assert not page.locator("form.doubt").is_visible()
    assert page.locator("#table-presets").is_visible()
    context.close()
