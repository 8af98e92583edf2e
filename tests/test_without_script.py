"""With scripts off everything is there to read, and nothing is there that does not work."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsing import CARD, HELSINKI, PATHS, STEPS, WORK, ask, break_page, reader, visit


@pytest.fixture(params=[360, 1280])
def plain(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose browser runs no script."""
    opened = reader(browser, request.param, java_script_enabled=False)
    yield opened
    opened.close()


def unreachable(page: Page) -> list[str]:
    """Go to each step by the links of the page; return the steps that are not shown then."""
    lost = []
    for step in page.locator("li.pp-step").all():
        name = step.get_attribute("id")
        links = page.locator(f'a[href="#{name}"]:visible')
        if links.count():
            links.first.click()
        body = step.locator(".pp-now")
        if not page.url.endswith(f"#{name}") or not body.is_visible():
            lost.append(str(name))
    return lost


@pytest.mark.parametrize("place", PATHS)
def test_each_step_is_reached_and_read(plain: BrowserContext, address: str, place: str):
    """Each step has a link that leads to it, and its words are shown."""
    page = visit(plain, address + place)
    assert page.locator("li.pp-step").count() == STEPS[place]
    drawing = page.locator("svg.pp-diagram__svg")
    if not drawing.is_visible():
        page.locator(".pp-diagram__fold > summary").click()
    expect(drawing).to_be_visible()
    assert unreachable(page) == []


def test_a_step_out_of_reach_is_noticed(plain: BrowserContext, published: Path, address: str):
    """A path whose steps are hidden until a script shows them is reported."""
    break_page(
        plain, published, address + HELSINKI,
        lambda html: html.replace('class="pp-step ', 'hidden class="pp-step '),
    )  # fmt: skip
    page = visit(plain, address + HELSINKI)
    page.locator(".pp-diagram__fold").evaluate("(fold) => fold.open = true")
    assert len(unreachable(page)) == page.locator("li.pp-step").count()


@pytest.mark.parametrize("place", ["", "keski-suomi/", CARD, WORK, "kirjoita/", "404.html"])
def test_no_control_is_dead(plain: BrowserContext, address: str, place: str):
    """What can be pressed can be seen only if it does something without a script."""
    assert ask(visit(plain, address + place), "deadControls") == []


def test_a_dead_control_is_noticed(plain: BrowserContext, published: Path, address: str):
    """A button that only a script would serve is reported."""
    break_page(plain, published, address, lambda html: html.replace(" hidden ", " "))
    assert ask(visit(plain, address), "deadControls") == ["Hae sivustolta"]
