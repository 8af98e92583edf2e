"""Everything works by keyboard alone, and one always sees where one is."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsing import (
    DISABILITY,
    WIDTHS,
    WORK,
    add_style,
    ask,
    break_page,
    reader,
    visit,
    without_policy,
)
from walks import enter, longest_walk

SHORTCUTS = "fs/pn."


def tab_through(page: Page) -> tuple[list[str], list[str]]:
    """Return the name of each stop of the Tab key, and what is wrong with any of them."""
    stops: list[str] = []
    faults: list[str] = []
    while len(stops) < 500:
        page.keyboard.press("Tab")
        here = ask(page, "focused")
        if not here["name"]:
            break
        stops.append(here["name"])
        faults += [f"{here['name']} {fault}" for fault in here["faults"]]
    return stops, faults


@pytest.mark.parametrize("place", ["", "keski-suomi/", WORK, "sanasto/"])
@pytest.mark.parametrize("width", WIDTHS)
def test_focus_is_always_seen(browser: Browser, address: str, width: int, place: str):
    """From the top of a page to its end, each stop of Tab is visible and marked."""
    context = reader(browser, width)
    stops, faults = tab_through(visit(context, address + place))
    assert 12 < len(stops) < 400
    assert faults == []
    context.close()


@pytest.mark.parametrize("state", ["walk", "meeting", "filter", "end", "meeting end"])
@pytest.mark.parametrize("width", [360, 1280])
def test_focus_is_always_seen_on_a_walk(
    window: Page, published: Path, address: str, width: int, state: str
):
    """In each state of a walk each stop is seen and marked, and the walk's own are among them."""
    window.set_viewport_size({"width": width, "height": 720})
    enter(window, address + WORK, longest_walk(published, WORK), state)
    window.locator(".pp-skip").focus()
    stops, faults = tab_through(window)
    assert faults == []
    own = {"filter": "input", "end": "Kopioi linkki", "meeting end": "Aloita alusta"}
    assert any(own.get(state, "Takaisin") in stop for stop in stops)


@pytest.mark.parametrize(
    "style",
    [
        "[data-pp-view=meeting] .pp-header-band{display:block!important;height:0;overflow:hidden}",
        ".pp-path .pp-tool:focus-visible{outline-width:1px!important}",
        ".pp-walk{position:absolute;clip-path:inset(50%)}",
    ],
)
def test_hidden_or_unmarked_focus_on_a_walk_is_noticed(context, published, address, style):
    """A meeting whose tools mark no focus, or that keeps stops nobody sees, is reported."""
    page = context.new_page()
    enter(page, address + WORK, longest_walk(published, WORK), "meeting")
    add_style(page, style)
    page.locator(".pp-skip").focus()
    _, faults = tab_through(page)
    assert faults


@pytest.mark.parametrize(
    "style",
    [
        ":focus-visible{outline:none!important}",
        ".pp-menu a{opacity:0}",
        ".pp-door{clip-path:inset(50%)}",
        ".pp-footer-band{position:fixed!important;inset:0!important;z-index:9}",
    ],
)
def test_hidden_or_unmarked_focus_is_noticed(context: BrowserContext, address: str, style: str):
    """A page that marks no focus, or lets it rest on something unseen, is reported."""
    _, faults = tab_through(visit(context, address, style))
    assert faults


def test_unmarked_focus_in_a_drawing_is_noticed(context: BrowserContext, address: str):
    """A card that looks the same with focus as without is reported."""
    unmarked = ".pp-node .pp-node__box{stroke:#000!important;stroke-width:2px!important}"
    page = visit(context, f"{address}{DISABILITY}#kaavio", unmarked)
    _, faults = tab_through(page)
    assert any("shows no focus" in fault for fault in faults)


@pytest.mark.parametrize("place", ["", "keski-suomi/", WORK])
def test_the_first_stop_skips_to_the_content(context: BrowserContext, address: str, place: str):
    """From the address bar the first Tab shows the way past the menu, and Enter takes it."""
    page = visit(context, address + place)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Siirry sisältöön")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_enter_on_a_card_leads_to_its_step(context: BrowserContext, address: str):
    """A card of the drawing takes focus and Enter, and the step it names is the one one is at."""
    page = visit(context, address + WORK)
    page.locator("#kaavio-aloitus").focus()
    page.keyboard.press("Enter")
    expect(page.locator("li.pp-step[data-place=here]")).to_have_id("vaihe-aloitus")
    expect(page.locator("#vaihe-aloitus h3")).to_be_in_viewport()


def test_enter_on_a_choice_leads_to_the_next_step(context: BrowserContext, address: str):
    """From the step one is at, Tab reaches its choices, and Enter goes where they say."""
    page = visit(context, f"{address}{WORK}#vaihe-tunnistaminen")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#vaihe-tunnistaminen .pp-way')"):
            break
    target = page.evaluate("document.activeElement.dataset.to")
    page.keyboard.press("Enter")
    expect(page.locator("li.pp-step[data-place=here]")).to_have_id(f"vaihe-{target}")
    page.go_back()
    expect(page.locator("li.pp-step[data-place=here]")).to_have_id("vaihe-tunnistaminen")


def keys_that_act(page: Page) -> list[str]:
    """Return the single keys that move the focus, the page or the address, or open something."""
    state = (
        "[location.href, document.activeElement.tagName, scrollX, scrollY,"
        " document.querySelectorAll('[open]').length]"
    )
    found = []
    for key in SHORTCUTS:
        before = page.evaluate(state)
        page.keyboard.press(key)
        page.evaluate("new Promise((done) => requestAnimationFrame(done))")
        if page.evaluate(state) != before:
            found.append(key)
    return found


@pytest.mark.parametrize("place", ["", WORK, "kirjoita/"])
def test_single_keys_do_nothing(context: BrowserContext, address: str, place: str):
    """No letter or sign alone does anything, on our own pages or on hand-written ones."""
    page = visit(context, address + place)
    page.keyboard.press("Tab")
    assert keys_that_act(page) == []


def test_a_single_key_that_acts_is_noticed(context: BrowserContext, published: Path, address: str):
    """A page whose script takes the key for the search is reported."""
    script = (
        "<script>addEventListener('keydown', (e) =>"
        " e.key === 's' && document.querySelector('main').focus())</script>"
    )
    break_page(context, published, address, lambda html: without_policy(html) + script)
    assert keys_that_act(visit(context, address)) == ["s"]
