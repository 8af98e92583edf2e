"""WCAG 2.2 AA on the published pages by axe-core, in every state of a walk."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from browsing import (
    CARD,
    HELSINKI,
    SCHEMES,
    WIDTHS,
    WORK,
    add_style,
    break_page,
    places,
    show,
    visit,
)
from walks import enter, longest_walk

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
"""What passes is not told, and nothing is loaded again: that takes longer than to check it."""

KINDS = (
    "", "keski-suomi/", CARD, "sanasto/", "verkkona/", "keski-suomi/kunnat/", "lait/",
    "mita-emme-tieda/", "tarkistettavat/", "toimijat/kela/", "helsinki/tyokykyisempi-stadi/",
    "keski-suomi/palvelupolku/", f"{WORK}selkea/", f"{CARD}selkea/",
    "keski-suomi/kunnat/laukaa/", "keski-suomi/kunnat/itsearviointi/",
)  # fmt: skip
"""A page of each kind but a path, which is looked at in each of its states."""
WALKED = (WORK, HELSINKI, "keski-suomi/vammaisten-tyotoiminta/")
SHARES = 6
"""The rest of the pages are looked at in so many tests, which run beside each other."""

COLOURS = RULES | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules of those that ask for colours: nothing else hangs on the scheme."""

_SCRIPT = Axe().axe_script


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """Return what axe-core finds wrong, with the element; one page is given the script once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(
        "(rules) => axe.run(document, rules).then((found) => found.violations)", rules
    )
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def everywhere(page: Page, widths: tuple[int, ...]) -> dict[str, list[str]]:
    """Return the violations at each width in each scheme, where there are any."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 720})
        for scheme, rules in zip(SCHEMES, (RULES, COLOURS), strict=True):
            page.emulate_media(color_scheme=scheme)
            found[f"{width} {scheme}"] = violations(page, rules)
    return {where: faults for where, faults in found.items() if faults}


@pytest.mark.parametrize("state", ["list", "walk", "meeting", "filter", "end"])
@pytest.mark.parametrize("place", WALKED)
def test_axe_finds_nothing_on_a_walk(
    window: Page, published: Path, address: str, place: str, state: str
):
    """Each state of a path passes axe-core at four widths, light and dark, with its picture."""
    enter(window, address + place, longest_walk(published, place), state)
    assert everywhere(window, WIDTHS) == {}


@pytest.mark.parametrize("place", KINDS)
def test_axe_finds_nothing(window: Page, address: str, place: str):
    """Every kind of page passes axe-core, wide and narrow, light and dark."""
    show(window, address + place)
    assert everywhere(window, (1280, 360)) == {}


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_nothing_on_any_page(window: Page, published: Path, address: str, share: int):
    """Every other published page passes axe-core too, each second one wide or narrow."""
    others = [place for place in places(published) if place not in {*KINDS, *WALKED}]
    found = {}
    window.emulate_media(color_scheme="light")
    for number, place in enumerate(others[share::SHARES]):
        window.set_viewport_size({"width": (1280, 360)[number % 2], "height": 720})
        show(window, address + place)
        found[place] = violations(window)
    assert len(found) > 10
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_axe_finds_nothing_when_everything_is_open(context: BrowserContext, address: str):
    """What waits folded on a path passes axe-core too, and so does the open search."""
    page = visit(context, address + WORK)
    page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
    assert violations(page) == []
    page.get_by_role("button", name="Hae sivustolta").click()
    page.locator(".pp-search__input").fill("tuki")
    page.locator(".pp-search__results li").first.wait_for()
    assert violations(page) == []


def test_axe_notices_broken_pages(context: BrowserContext, published: Path, address: str):
    """A page without a language, with a picture without words and pale text, does not pass."""
    break_page(
        context, published, address + WORK,
        lambda html: html.replace(' lang="fi"', "").replace("<h1", '<img src="x.png"><h1'),
    )  # fmt: skip
    page = visit(
        context, address + WORK, ".pp-lead{color:#aaa!important}.pp-way{padding:0!important}"
    )
    rules = {fault.partition(":")[0] for fault in violations(page)}
    assert rules >= {"html-has-lang", "image-alt", "color-contrast"}


PALE = "{color:#999!important;background:#fff!important}"
DARK = {"320 dark", "1280 dark"}
EVERYWHERE = DARK | {"320 light", "1280 light"}


BROKEN = (
    ("meeting", f".pp-tool--meeting{PALE}", EVERYWHERE),
    ("filter", f".pp-folded button{PALE}", EVERYWHERE),
    ("end", f".pp-end__trail li{PALE}", EVERYWHERE),
    ("walk", f"@media (max-width:400px){{.pp-step__place{PALE}}}", {"320 light", "320 dark"}),
    ("walk", f"@media (prefers-color-scheme:dark){{.pp-progress{PALE}}}", DARK),
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken[0])
def test_axe_notices_a_broken_state(
    context: BrowserContext, published: Path, address: str, broken: tuple[str, str, set[str]]
):
    """Pale words that only one state, width or scheme shows are reported there."""
    state, style, where = broken
    page = context.new_page()
    enter(page, address + HELSINKI, longest_walk(published, HELSINKI), state)
    add_style(page, style)
    assert {*everywhere(page, (320, 1280))} == where
