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


@pytest.mark.parametrize(
    "place",
    [
        "",
        "keski-suomi/",
        CARD,
        WORK,
        "kirjoita/",
        "404.html",
        HELSINKI,
        f"{WORK}selkea/",
        f"{CARD}selkea/",
    ],
)
def test_no_control_is_dead(plain: BrowserContext, address: str, place: str):
    """What can be pressed can be seen only if it does something without a script."""
    assert ask(visit(plain, address + place), "deadControls") == []


def test_the_clear_version_is_reached_and_read(plain: BrowserContext, address: str):
    """There and back by plain links; its steps are all open, and its choices lead to them."""
    page = visit(plain, address + WORK)
    page.get_by_role("link", name="Selkeä versio").click()
    assert page.url == f"{address}{WORK}selkea/"
    assert page.locator("li.pp-step:visible").count() == STEPS[WORK]
    first = page.locator("li.pp-step").first.get_attribute("id")
    assert {*unreachable(page)} <= {first}, "nothing leads to the first but the page itself"
    page.get_by_role("link", name="Tavallinen versio").click()
    assert page.url.partition("#")[0] == f"{address}{WORK}"


@pytest.mark.parametrize("place", [WORK, f"{WORK}selkea/"])
def test_the_sheet_waits_for_paper(plain: BrowserContext, address: str, place: str):
    """On screen there is no sheet, no end and no mark of a walk; on paper the days are there."""
    page = visit(plain, address + place)
    walked = (
        ".pp-path :is([data-place], [aria-current=step], .pp-walk, .pp-end, .pp-tool, .pp-roles)"
    )
    assert page.locator(walked).count() == 0
    sheet = page.locator("[data-pp-sheet]")
    expect(sheet).not_to_be_visible()
    page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_text("Polku on päivältä")).to_be_visible()
    expect(sheet.get_by_text("Tämä polku verkossa")).not_to_be_visible()


def test_a_dead_control_is_noticed(plain: BrowserContext, published: Path, address: str):
    """A button that only a script would serve is reported."""
    break_page(plain, published, address, lambda html: html.replace(" hidden ", " "))
    assert ask(visit(plain, address), "deadControls") == ["Hae sivustolta"]


def test_dead_tools_of_a_walk_are_noticed(plain: BrowserContext, published: Path, address: str):
    """A path whose tools are in the page itself, and not in a template, is reported."""
    break_page(
        plain, published, address + WORK,
        lambda html: html.replace("<template", "<div").replace("</template", "</div"),
    )  # fmt: skip
    dead = ask(visit(plain, address + WORK), "deadControls")
    assert {"Kulje vaihe kerrallaan", "Kokousnäkymä", "Tulosta"} <= {*dead}
