"""The form of doubt in a real browser: the script against Python, and the form as readers use it."""

import random

import pytest

from casebook.argument import bearing_on, states
from casebook.doubt import explain
from casebook.questions import book_graph, conclusions, presets

PAGE = "book/argument/doubt.html"
CASES = 4000

COMPARE = """cases => {
    const {claims, conclusions} = JSON.parse(document.getElementById("doubt-data").textContent);
    return cases.map(([rejected, granted]) => {
        const [no, yes] = [new Set(rejected), new Set(granted)];
        const standing = Doubt.states(claims, no, yes);
        const paths = Object.keys(conclusions).map(name => Doubt.explain(claims, standing, name, no, yes)
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
    """Sets of rejected and granted claims: each alone, the presets, and many at random."""
    inside = {name for target in conclusions() for name in bearing_on(book_graph(), target)}
    names = [name for name in book_graph() if name in inside]
    chance = random.Random(20261122)
    cases = [([], []), *(([name], []) for name in names), *(([], [name]) for name in names)]
    cases += [(preset["rejected"], preset["granted"]) for preset in presets().values()]
    while len(cases) < CASES:
        few = chance.choice([2, 3, 5, 8, 20])
        cases.append((chance.sample(names, few), chance.sample(names, chance.choice([0, 0, 1, 3]))))
    return names, cases


def test_the_script_agrees_with_python_on_thousands_of_cases(page):
    names, cases = drawn_cases()
    found = page.evaluate(COMPARE, cases)
    for (rejected, granted), (standing, paths) in zip(cases, found, strict=True):
        expected = states(book_graph(), rejected, granted)
        assert standing == {name: expected[name] for name in names}, (rejected, granted)
        for target, path in zip(conclusions(), paths, strict=True):
            steps = explain(book_graph(), expected, target, rejected, granted)
            assert path == [[step.name, step.state, step.how, list(step.links)] for step in steps]


def shown(page) -> dict[str, str]:
    rows = page.locator("[data-conclusion]")
    return {
        rows.nth(n).get_attribute("data-conclusion"): rows.nth(n).locator(".doubt-state").inner_text()
        for n in range(rows.count())
    }


def expected(rejected=(), granted=()) -> dict[str, str]:
    found = states(book_graph(), rejected, granted)
    return {name: found[name] for name in conclusions()}


def test_nothing_is_doubted_at_first(page):
    assert shown(page) == expected()
    assert page.locator(".doubt-without-script").count() == 0
    assert page.get_by_role("button", name="Nothing doubted").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("key", presets())
def test_presets(page, key):
    preset = presets()[key]
    page.get_by_role("button", name=preset["name"]).click()
    assert shown(page) == expected(preset["rejected"], preset["granted"])
    assert page.get_by_role("button", name=preset["name"]).get_attribute("aria-pressed") == "true"


def test_a_premise_is_rejected_with_the_keyboard_and_announced(page):
    box = page.locator('input[name="CA-14"]')
    box.focus()
    page.keyboard.press("Space")
    assert shown(page) == expected(["CA-14"])
    summary = page.locator(".doubt-summary")
    assert summary.get_attribute("role") == "status"
    assert "6 of 8 conclusions stand" in summary.inner_text()
    why = page.locator('[data-conclusion="AG-2"] .doubt-why').inner_text()
    assert "DF-13" in why and "CA-14 falls: it is rejected" in why


def test_every_control_can_be_reached_with_the_keyboard(page):
    page.locator("form.doubt button").first.focus()
    wanted = page.locator("form.doubt button, form.doubt input").count()
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
    page.goto(f"{address}#reject=XX-1,NR-3&grant=%3Cscript%3E")
    page.reload()
    assert shown(page) == expected(["NR-3"])


def test_a_preset_that_sets_aside_a_premise_of_the_other_side_says_so(page):
    page.get_by_role("button", name="No use of testimony").click()
    line = page.locator('li:has(input[name="DF-16"])')
    assert "set aside" in line.inner_text()
    page.locator('input[name="DF-16"]').check()
    assert "set aside" not in line.inner_text()


def test_without_script_the_page_leads_to_the_tables(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".doubt-without-script").is_visible()
    assert not page.locator("form.doubt").is_visible()
    assert page.locator("#table-presets").is_visible()
    context.close()
