"""The outline of doubt in a real browser: the script against Python, and the outline as readers use it."""

import json
import random

import pytest
from test_browser import AXE, SIDEWAYS, barriers

from casebook.argument.claims import claims
from casebook.argument.links import by_claim, changed
from casebook.argument.questions import (
    bearing,
    book_graph,
    book_states,
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

COMPARE = """text => {
    const cases = JSON.parse(text);
    const data = JSON.parse(document.getElementById("doubt-data").textContent);
    return JSON.stringify(cases.map(([rejected, granted, burden, changes]) => {
        const claims = Doubt.changed(data.claims, changes);
        const [no, yes] = [new Set(rejected), new Set(granted)];
        const {standing, given} = Doubt.settle(claims, data.burdens[burden], no, yes);
        const paths = Object.keys(data.conclusions).map(name => Doubt.explain(claims, standing, name, given)
            .map(step => [step.name, step.state, step.how, step.links]));
        return [standing, paths];
    }));
}"""  # in one string each way: Playwright takes long over thousands of parts


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
    found = json.loads(page.evaluate(COMPARE, json.dumps(named)))
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
    """The chips of the conclusions."""
    return dict(
        page.locator("[data-k]").evaluate_all("all => all.map(a => [a.dataset.k, a.lastChild.textContent])")
    )


def lines(page) -> dict[str, set[str]]:
    """Every line of the outline: the states that stand there for a claim."""
    found: dict[str, set[str]] = {}
    for name, state in page.locator("li[data-c]").evaluate_all(
        "all => all.map(line => [line.dataset.c, line.firstElementChild.querySelector('b').textContent])"
    ):
        found.setdefault(name, set()).add(state)
    return found


def expected(rejected=(), granted=(), burden="", changes=()) -> dict[str, str]:
    found = under(rejected, granted, burden, changes).standing
    return {name: found[name] for name in conclusions()}


def holds(page, *doubts, **more) -> None:
    """Every line and every chip shows what Python computes."""
    found = under(*doubts, **more).standing
    assert lines(page) == {name: {found[name]} for name in bearing()}
    assert shown(page) == {name: found[name] for name in conclusions()}


def open_all(page) -> None:
    page.evaluate("document.querySelectorAll('form.doubt details').forEach(fold => { fold.open = true; })")


def tab_to(page, selector: str, most: int = 400) -> None:
    """Press Tab until what is looked for has the focus."""
    for _ in range(most):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_nothing_is_doubted_at_first(page):
    holds(page)
    assert page.locator(".doubt-without-script").count() == 0
    assert page.get_by_role("button", name="Nothing doubted").get_attribute("aria-pressed") == "true"
    assert not page.get_by_role("button", name="Open all that changed").is_visible()


def test_all_is_folded_at_first_but_the_first_conclusion(page):
    opened = page.locator("form.doubt details[open]").evaluate_all(
        "all => all.map(one => one.parentElement.id)"
    )
    assert opened == [f"o-{next(iter(conclusions()))}"]


@pytest.mark.parametrize("key", presets())
def test_presets(page, key):
    preset = presets()[key]
    page.get_by_role("button", name=preset["name"]).click()
    holds(page, preset["rejected"], preset["granted"], preset["burden"])
    assert page.get_by_role("button", name=preset["name"]).get_attribute("aria-pressed") == "true"
    found = under(preset["rejected"], preset["granted"], preset["burden"]).standing
    left = [
        route for route in book_graph()["AG-1"].arguments if all(found[name] == "stands" for name in route)
    ]
    told = page.locator(".doubt-bar [role=status]").inner_text()
    assert ("AG-1 stands on one route alone" in told) == (len(left) == 1)
    if len(left) == 1:
        assert f"({left[0][0]})" in told


def test_a_route_is_in_the_state_of_its_worst_claim(page):
    page.get_by_role("button", name="South Korean nationality granted").click()
    found = under(granted=["CA-9"]).standing
    for name, node in book_graph().items():
        for number, route in enumerate(node.arguments, start=1):
            if (place := page.locator(f"[data-r='{name}:{number}']")).count():
                states = {found[link] for link in route}
                worst = next((state for state in ("falls", "undecided") if state in states), "stands")
                assert place.locator("b").text_content() == worst


def test_the_keyboard_alone_rejects_a_premise_and_reaches_the_reason(page):
    fold = "#o-AG-4 > details:not(.why) > summary"
    tab_to(page, fold)
    page.keyboard.press("Enter")
    tab_to(page, 'input[name="NR-12"]')
    page.keyboard.press("Space")
    holds(page, ["NR-12"])
    page.locator("form.doubt button").first.focus()  # up again; Shift and Tab would take as many steps
    tab_to(page, "[data-k='AG-4']")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('li').id") == "o-AG-4"
    why = page.locator("#o-AG-4 > .why")
    assert why.locator("ol").is_visible()
    title = claims()["NR-12"]["title"]
    assert f"“{title}” (NR-12) falls: it is rejected." in why.inner_text()


def test_a_change_is_announced_and_counted(page):
    open_all(page)
    page.locator('input[name="CA-14"]').first.uncheck()
    holds(page, ["CA-14"])
    status = page.locator(".doubt-bar [role=status]")
    states = list(expected(["CA-14"]).values())
    stand, undecided, fall = (states.count(state) for state in ("stands", "undecided", "falls"))
    assert f"{stand} stand" in status.inner_text() and f"{fall} fall" in status.inner_text()
    assert (
        f"{undecided} is undecided" in status.inner_text()
        or f"{undecided} are undecided" in status.inner_text()
    )
    assert f"keep “{claims()['CA-14']['title']}” (CA-14): not ticked" in status.text_content()
    standing = [name for name, state in expected(["CA-14"]).items() if state == "stands"]
    left = page.locator(".doubt-left").inner_text()
    assert all((f"{words} ({name})" in left) == (name in standing) for name, words in remains().items())


def test_reasons_are_sentences_with_titles_and_links_into_the_outline(page):
    page.get_by_role("button", name="South Korean nationality granted").click()
    why = page.locator("#o-AG-7 > .why")
    assert why.get_attribute("open") is not None, "it fell, so its reason is open"
    assert (
        f"“{claims()['DF-13']['title']}” (DF-13) falls: it is denied by “{claims()['CA-9']['title']}” (CA-9)."
        in why.inner_text()
    )
    why.get_by_role("link", name="CA-9").first.click()
    assert page.locator("#o-CA-9").is_visible()
    assert page.url.endswith("#grant=CA-9"), "the doubts stay in the address"


def test_what_changed_is_marked_and_opens_with_one_button(page):
    page.get_by_role("button", name="South Korean nationality granted").click()
    page.get_by_role("button", name="Open all that changed").click()
    changed = {
        name for name, state in under(granted=["CA-9"]).standing.items() if state != book_states()[name]
    }
    inside = changed & set(bearing())
    assert f"({len(inside)})" in page.get_by_role("button", name="Open all that changed").inner_text()
    for name in inside:
        line = page.locator(f"#o-{name}")
        assert line.is_visible() and "ch" in line.get_attribute("class")
        assert f"(was: {book_states()[name]})" in line.locator("> div small").inner_text()
    page.get_by_role("button", name="Close everything").click()
    assert page.locator("form.doubt details[open]").count() == 0


def test_the_burden_of_proof_is_laid_with_a_button_and_explained(page):
    page.locator('input[name="burden"][value="state"]').check()
    holds(page, where="state")
    page.locator('input[name="burden"][value="allegers"]').check()
    holds(page, where="allegers")
    why = page.locator("#o-AG-9 > .why").inner_text()
    assert "(AP-12) falls: those who allege it had to show it" in why
    assert page.url.endswith("#burden=allegers")


def test_an_arrow_is_doubted_and_the_address_holds_it(page, browser):
    page.get_by_role("button", name="Open everything").click()
    page.locator("#o-CA-12 .ar > summary").last.click()
    page.locator('input[name="undercut:CA-11:CA-12"]').check()
    change = next(reply for reply in printed_replies() if reply.name == "undercut:CA-11:CA-12")
    assert shown(page) == expected(changes=[change]) != expected()
    other = browser.new_page()
    other.goto(page.url)
    assert "#change=undercut:CA-11:CA-12" in page.url
    holds(other, changes=[change])
    other.close()


def test_there_is_a_box_for_every_change_that_can_be_made(page):
    every = by_claim({name: book_graph()[name] for name in bearing()}, printed_replies())
    boxes = page.locator('input[data-what="change"]').evaluate_all("found => found.map(box => box.name)")
    assert sorted(boxes) == sorted(change.name for changes in every.values() for change in changes)
    assert set(
        page.evaluate("Object.keys(JSON.parse(document.getElementById('doubt-data').textContent).burdens)")
    ) == set(BURDENS)
    assert borne_by("state") != borne_by("allegers")


def test_each_premise_of_ours_can_be_rejected_and_each_claim_of_theirs_granted(page):
    named = page.locator("form.doubt input[data-what]").evaluate_all(
        "all => all.map(box => [box.dataset.what, box.name, box.checked])"
    )
    theirs = {name for name in bearing() if claims()[name].get("side") == "other"}
    ours = {name for name in bearing() if not book_graph()[name].arguments} - theirs
    assert {name for what, name, _ in named if what == "keep"} == ours
    assert {name for what, name, _ in named if what == "grant"} == theirs
    assert all(checked == (what == "keep") for what, _, checked in named)


def test_the_boxes_of_one_claim_agree(page):
    open_all(page)
    boxes = page.locator('input[name="CA-3"]')
    assert boxes.count() > 1
    boxes.last.check()
    assert all(boxes.nth(number).is_checked() for number in range(boxes.count()))
    holds(page, [], ["CA-3"])


COUNT_REACHED = """() => {
    window.reached = [document.activeElement];
    document.querySelector("form.doubt").addEventListener(
        "focusin", event => { if (event.target.matches("button, input")) reached.push(event.target); });
}"""


def test_every_control_can_be_reached_with_the_keyboard(page):
    open_all(page)
    page.locator("form.doubt button").first.focus()
    wanted = page.locator("form.doubt button:enabled, form.doubt input:not([type=radio])").count()
    wanted += 1  # a set of radio buttons is one stop, reached at its chosen one
    page.evaluate(COUNT_REACHED)
    while page.evaluate("document.activeElement.closest('form.doubt') !== null"):
        for _ in range(20):
            page.keyboard.press("Tab")
    assert page.evaluate("reached.length") == wanted


def test_the_address_holds_the_doubts(page, browser):
    open_all(page)
    page.locator('input[name="NR-3"]').first.uncheck()
    page.locator('input[name="CA-9"]').first.check()
    other = browser.new_page()
    other.goto(page.url)
    assert "#reject=NR-3&grant=CA-9" in page.url
    holds(other, ["NR-3"], ["CA-9"])
    assert not other.locator('input[name="NR-3"]').first.is_checked()
    other.close()


def test_an_address_with_unknown_names_does_no_harm(page, address):
    page.goto(f"{address}#reject=XX-1,NR-3&grant=%3Cscript%3E&burden=nobody&change=cut:9:XX-1")
    page.reload()
    assert shown(page) == expected(["NR-3"])


def test_an_address_of_a_heading_or_a_claim_keeps_the_doubts(page, address):
    open_all(page)
    page.locator('input[name="NR-3"]').first.uncheck()
    page.evaluate("location.hash = '#what-to-make-of-them'")
    page.wait_for_timeout(50)
    assert shown(page) == expected(["NR-3"])
    page.goto(f"{address}#o-CA-15")
    page.reload()
    assert page.locator("#o-CA-15").is_visible()
    holds(page)


def test_a_preset_that_sets_aside_a_premise_of_the_other_side_says_so(page):
    open_all(page)
    page.get_by_role("button", name="Accounts of witnesses set aside").click()
    line = page.locator("#o-TR-7 > div")
    assert "set aside" in line.inner_text()
    line.locator('input[name="TR-7"]').check()
    assert "set aside" not in line.inner_text()


def test_each_claim_has_one_place_and_every_link_leads_to_it(page):
    places = page.locator("form.doubt [id^='o-']").evaluate_all("all => all.map(line => line.id.slice(2))")
    assert sorted(places) == sorted(bearing())
    links = page.locator("form.doubt a[href^='#o-']").evaluate_all("all => all.map(a => a.hash.slice(3))")
    assert set(links) <= set(places)
    holders = [name for name in bearing() if book_graph()[name].arguments or book_graph()[name].attackers]
    folds = page.locator("form.doubt [id] > details:not(.why):not(.ar)")
    unfolded = folds.evaluate_all("all => all.map(fold => fold.parentElement.id.slice(2))")
    assert sorted(unfolded) == sorted(holders)


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_nothing_scrolls_sideways_however_much_is_open(page, width):
    page.set_viewport_size({"width": width, "height": 740})
    open_all(page)
    page.get_by_role("button", name="What China is").click()
    assert page.evaluate(SIDEWAYS) <= 0
    page.locator("#o-CA-9").scroll_into_view_if_needed()
    bar = page.locator(".doubt-bar").bounding_box()
    assert bar["y"] >= 0 and bar["height"] < 740 / 3, "the result is in sight and leaves room"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opened", [False, True])
def test_no_barrier_however_much_is_open(page, scheme, opened):
    page.add_script_tag(path=AXE)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.wait_for_function(
        "dark => (document.documentElement.dataset.theme === 'dark') === dark", arg=scheme == "dark"
    )
    page.get_by_role("button", name="South Korean nationality granted").click()
    if opened:
        open_all(page)
    assert barriers(page) == []


def test_all_is_printed(page):
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("li[data-c] > div:visible").count() == page.locator("li[data-c]").count()
    assert page.locator("form.doubt :is(button, input, .ar):visible").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("form.doubt details[open]").count() == 1


@pytest.fixture
def plain(browser, address):
    """The page where no script runs."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_without_script_the_outline_is_there_and_opens(plain):
    holds(plain)
    assert plain.locator(".doubt-without-script").is_visible()
    assert plain.locator("form.doubt :is(button, input):visible").count() == 0
    assert not plain.locator("#o-TR-8").is_visible()
    plain.locator("#o-AG-4 > details > summary").last.click()
    assert plain.locator("#o-TR-8").is_visible()
    assert plain.locator("#table-presets").is_visible()


def test_what_stands_without_script_is_what_the_script_writes(plain, page):
    texts = "all => all.map(node => node.textContent.replace(/\\s+/g, ' ').trim())"
    for what in ("li > div > small", ".why", "[data-r]", "[data-k]", "[role=status]", ".doubt-left"):
        written = plain.locator(f"form.doubt {what}").evaluate_all(texts)
        assert written == page.locator(f"form.doubt {what}").evaluate_all(texts), what
        assert written
