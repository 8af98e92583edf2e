"""WCAG 2.2 AA on the published pages: by our own measure, where axe-core cannot tell."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browsing import (
    MAPS,
    PATHS,
    SCHEMES,
    WORK,
    add_style,
    ask,
    places,
    reader,
    visit,
)


def test_words_in_drawings_stand_out(drawing: Page):
    """Each word in a drawing has a contrast of 4.5 with what lies under it, and each line of 3."""
    assert drawing.locator("svg.pp-diagram__svg text").count() > 10
    for scheme in SCHEMES:
        drawing.emulate_media(forced_colors="none", color_scheme=scheme)
        assert ask(drawing, "faint") == [], scheme


def test_pale_words_in_drawings_are_noticed(context: BrowserContext, address: str):
    """Pale text, a pale line and see-through text are each reported."""
    page = visit(context, address + WORK)
    for style in (
        ".pp-node text{fill:#8f8f8f!important}",
        ".pp-line{stroke:#ddd!important}",
        ".pp-label text{fill-opacity:.5}",
        "@media (min-width:1px){.pp-node__box{fill:#17202e!important}}",
    ):
        add_style(page, style)
        assert ask(page, "faint"), style


def test_drawings_follow_the_readers_own_colours(drawing: Page):
    """With forced colours every card, pill and line takes the reader's palette."""
    drawing.emulate_media(forced_colors="none", color_scheme="light")
    assert ask(drawing, "ownColours")
    for scheme in SCHEMES:
        drawing.emulate_media(forced_colors="active", color_scheme=scheme)
        assert ask(drawing, "ownColours") == [], scheme


def test_the_step_one_is_at_stands_out_in_forced_colours(browser: Browser, address: str):
    """With forced colours the card of the step in the address has a thicker outline than others."""
    context = reader(browser, forced_colors="active")
    page = visit(context, f"{address}{WORK}#vaihe-paatos")
    here = page.locator("#kaavio-paatos .pp-node__box").evaluate(_OUTLINE)
    other = page.locator("#kaavio-aloitus .pp-node__box").evaluate(_OUTLINE)
    assert here >= 5 > other
    context.close()


_OUTLINE = "(box) => parseFloat(getComputedStyle(box).strokeWidth)"


def test_colours_of_our_own_are_noticed(browser: Browser, address: str):
    """A rule that keeps our colour on cards or lines is reported."""
    context = reader(browser, forced_colors="active")
    page = visit(context, address + WORK)
    for style in (
        ".pp-node--decision .pp-node__box{fill:#eef!important}",
        ".pp-line{stroke:red!important}",
    ):
        add_style(page, style)
        assert ask(page, "ownColours"), style
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_controls_are_large_enough_to_hit(
    browser: Browser, published: Path, address: str, width: int
):
    """Buttons, choices and menu links are 44 px high, and everything else to press is 24."""
    context = reader(browser, width)
    page = context.new_page()
    found = {}
    for place in places(published):
        page.goto(address + place)
        page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        found[place] = ask(page, "smallTargets")
    assert {place: faults for place, faults in found.items() if faults} == {}
    context.close()


def test_results_of_the_search_are_large_enough_to_hit(context: BrowserContext, address: str):
    """Each result of the search, and what is in its dialog, is large enough."""
    page = visit(context, address)
    page.get_by_role("button", name="Hae sivustolta").click()
    page.locator(".pp-search__input").fill("tuki")
    page.locator(".pp-search__results li").first.wait_for()
    assert ask(page, "smallTargets") == []


LOW = "display:block!important;min-height:0!important;height:20px!important;padding:0!important"


def test_small_controls_are_noticed(context: BrowserContext, address: str):
    """A low button, choice, menu link, footer link or folded part is reported."""
    page = visit(context, address + WORK)
    for selector in (
        ".pp-search-open",
        ".pp-way",
        ".pp-menu a",
        ".pp-footer a",
        ".pp-grounds summary",
    ):
        add_style(page, f"{selector}{{{LOW}}}")
        assert ask(page, "smallTargets"), selector


def picture(published: Path, place: str) -> str:
    """The drawing of a page, without where and how its links lead."""
    html = (published / place / "index.html").read_text("utf-8")
    found = re.search(r"<svg[^>]*pp-diagram__svg.*?</svg>", html, re.DOTALL)
    return re.sub(r' (?:href|target)="[^"]*"', "", found[0]) if found else ""


def test_every_drawing_is_checked(published: Path):
    """The paths and maps that these tests go through are all, but for what looks just the same."""
    drawn = {place for place in places(published) if picture(published, place)}
    assert drawn >= {*PATHS, *MAPS}
    for place in drawn - {*PATHS, *MAPS}:
        shared = re.sub(r"/kunnat/[^/]+/", "/", place).removesuffix("upota/")
        assert picture(published, place) == picture(published, shared), place
    assert len({picture(published, place) for place in PATHS}) == len(PATHS)
