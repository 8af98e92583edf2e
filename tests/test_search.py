"""The search: loaded when opened, knows Finnish words in their cases, and leads to the step."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from browsing import WORK, reader, visit
from palvelupolku.published import Site

FIRST = 8
"""How many results fit on a projector's screen."""

QUERIES = {
    "työtoiminta": r"/(kuntouttava|vammaisten)-tyotoiminta/(#vaihe-(jakso|tyotoiminta))?$",
    "työtoiminnan": r"/(kuntouttava|vammaisten)-tyotoiminta/(#vaihe-(jakso|tyotoiminta))?$",
    "suunnitelma": r"#vaihe-suunnitelma$",
    "aktivointisuunnitelman": r"kuntouttava-tyotoiminta/#(vaihe-(suunnitelma|konsultaatio)|miten)$",
    "päätös": r"#vaihe-paatos$",
    "päätöksen": r"#vaihe-paatos$",
    "tuki": r"#vaihe-(tuki|tuettu-tyo)",
    "tuen": r"#vaihe-(tuki|tyokyvyn-tuen)",
    "työhönvalmentaja": r"^toimijat/tyohonvalmentaja/$",
    "PAIKKO": r"^keski-suomi/paikko/$",
    "oikaisuvaatimus": r"#oikeudet$|^sanasto/#oikaisuvaatimus$",
    "kulukorvaus": r"kuntouttava-tyotoiminta/#raha$",
}
"""What a reader types, and where it should lead: a step, a section or a page."""


def open_search(page: Page) -> None:
    """Open the search and wait until one can type."""
    page.get_by_role("button", name="Hae sivustolta").click()
    expect(page.locator(".pp-search__input")).to_be_focused()


def results(page: Page, words: str) -> list[str]:
    """Type words into the open search; return the addresses it offers, relative to the site."""
    status = page.locator("dialog.pp-search [role=status]")
    page.locator(".pp-search__input").fill("")
    expect(status).to_be_empty()
    page.locator(".pp-search__input").fill(words)
    expect(status).not_to_be_empty()
    found = page.locator(".pp-search__results a")
    return found.evaluate_all("(links) => links.map((a) => (a.pathname + a.hash).slice(1))")


def test_nothing_of_the_search_is_loaded_before_it_is_opened(context: BrowserContext, address: str):
    """A visit asks for nothing of the index until the search is opened."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + WORK, wait_until="networkidle")
    assert asked
    assert [url for url in asked if "pagefind" in url] == []
    open_search(page)
    assert results(page, "tuki")
    assert [url for url in asked if "pagefind" in url]


@pytest.fixture(scope="module")
def searching(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which the search is open."""
    context = reader(browser)
    page = visit(context, address)
    open_search(page)
    yield page
    context.close()


@pytest.mark.parametrize("words", QUERIES)
def test_the_search_finds_the_step(searching: Page, words: str):
    """What is meant is among the first results, in any case of the word."""
    found = results(searching, words)[:FIRST]
    assert any(re.search(QUERIES[words], place) for place in found), found


@pytest.mark.parametrize("words", ["tuki", "päätöksen", "kulukorvaus"])
def test_a_result_leads_where_it_says(context: BrowserContext, address: str, words: str):
    """A chosen result opens its page at the step or the section, and the search closes."""
    page = visit(context, address)
    open_search(page)
    place = next(p for p in results(page, words) if re.search(QUERIES[words], p) and "#" in p)
    page.locator(f'.pp-search__results a[href$="{place}"]').click()
    expect(page).to_have_url(address + place)
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator("dialog.pp-search")).not_to_be_visible()


def test_words_that_are_nowhere_find_nothing(searching: Page):
    """A word the site does not have gives no results, and the search says so."""
    assert results(searching, "xylofoni") == []
    expect(searching.locator("dialog.pp-search [role=status]")).to_have_text(
        "Haku ei löytänyt mitään."
    )


def test_words_typed_before_the_index_is_there_are_searched(context: BrowserContext, address: str):
    """Words that a reader types while the index is still on its way find what they mean."""
    held: list[Route] = []
    context.route("**/pagefind.js", lambda route: held.append(route))  # noqa: PLW0108 - needs a function
    page = visit(context, address)
    with page.expect_request("**/pagefind.js"):
        open_search(page)
    page.locator(".pp-search__input").fill("tuki")
    held.pop().continue_()
    expect(page.locator(".pp-search__results a").first).to_be_visible()


def test_a_step_of_the_same_page_opens_too(context: BrowserContext, address: str):
    """On the path's own page a result moves to the step, and the search closes."""
    page = visit(context, address + WORK)
    open_search(page)
    place = f"{WORK}#vaihe-suunnitelma"
    found = results(page, "suunnitelma")
    page.locator(".pp-search__results a").nth(found.index(place)).click()
    expect(page.locator("#vaihe-suunnitelma:target")).to_be_in_viewport()
    expect(page.locator("dialog.pp-search")).not_to_be_visible()


@pytest.mark.parametrize("typed", ["", "tuki"])
def test_escape_closes_and_focus_returns(context: BrowserContext, address: str, typed: str):
    """The search opens from the keyboard, keeps the focus inside, and Escape gives it back."""
    page = visit(context, address)
    button = page.get_by_role("button", name="Hae sivustolta")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pp-search__input")).to_be_focused()
    if typed:
        assert results(page, typed)
    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('body, dialog, dialog *')")
    page.locator(".pp-search__input").focus()
    page.keyboard.press("Escape")
    if page.locator("dialog.pp-search").is_visible():
        page.keyboard.press("Escape")
    expect(page.locator("dialog.pp-search")).not_to_be_visible()
    expect(button).to_be_focused()


def test_everything_in_the_index_is_published(site: Site, published: Path):
    """Each place the search may offer is a published page, with that anchor if it names one."""
    assert len(site.records) > 100
    for record in site.records:
        place, _, anchor = record.address.partition("#")
        html = (published / place / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html, record.address
