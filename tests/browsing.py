"""What the browser tests share: which pages there are, and how a page is opened and asked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route

from palvelupolku.folder import read_folder
from palvelupolku.source import read

HELSINKI = "helsinki/laatukriteeri-tyohonvalmennus/"
DISABILITY = "keski-suomi/kehitysvammaisten-tyotoiminta-ja-tyohonvalmennus/"
WORK = "keski-suomi/kuntouttava-tyotoiminta/"
_LIBRARY = read(read_folder(Path(__file__).parents[1] / "paths")).library
PATHS = tuple(f"{a}/" for a, service in sorted(_LIBRARY.services.items()) if service.steps)
CARDS = tuple(f"{a}/" for a, service in sorted(_LIBRARY.services.items()) if not service.steps)
STEPS = {
    place: sum(step.valid_on(date(2026, 11, 21)) for step in _LIBRARY.services[place[:-1]].steps)
    for place in PATHS
}
"""How many steps each path has on the day that the tests show."""
MAPS = tuple(f"{r}/" for r, region in sorted(_LIBRARY.regions.items()) if not region.neighbours)
DRAWINGS = (*PATHS, *MAPS)
CARD = "valtakunnalliset/tyokokeilu/"

WIDTHS = (320, 360, 768, 1280)
SCHEMES = ("light", "dark")
TEXT_SPACING = (
    "*{letter-spacing:.12em!important;word-spacing:.16em!important;line-height:1.5!important}"
    "p{margin-bottom:2em!important}"
)
"""The widest spacing that WCAG 2.2, success criterion 1.4.12, lets a reader ask for."""

_QUESTIONS = (Path(__file__).parent / "questions.js").read_text("utf-8")

Alter = Callable[[str], str]
"""Turns the HTML of a built page into a broken one, which a check must notice."""


def places(published: Path) -> list[str]:
    """Return the address of every published page."""
    folders = (page.parent.relative_to(published) for page in published.rglob("index.html"))
    return sorted("" if folder == Path() else f"{folder.as_posix()}/" for folder in folders)


def reader(browser: Browser, width: int = 1280, height: int = 720, **wishes: Any) -> BrowserContext:
    """Return a fresh reader with a screen of the given size and other wishes."""
    return browser.new_context(viewport={"width": width, "height": height}, **wishes)


def visit(context: BrowserContext, url: str, style: str = "") -> Page:
    """Return the page at an address, with its fonts there, and with a style added if given."""
    page = context.new_page()
    show(page, url)
    if style:
        add_style(page, style)
    return page


def show(page: Page, url: str) -> None:
    """Go on to another page in the same window, and wait for its fonts.

    A window of one's own costs more than the page in it; many pages in turn need just one.
    """
    page.goto(url)
    page.evaluate("document.fonts.ready.then(() => null)")


def settle(page: Page | Frame) -> None:
    """Wait until the page has followed its address: that comes in a task after the press."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def add_style(page: Page, style: str) -> None:
    """Add a style as a reader's own tool does, past the page's policy."""
    page.evaluate(
        "(style) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);"
        " document.adoptedStyleSheets = [sheet] }",
        style,
    )


def ask(page: Page, question: str, *arguments: object) -> Any:
    """Return the page's answer to one of the questions in `questions.js`."""
    return page.evaluate(asking(question), list(arguments))


def asking(question: str) -> str:
    """Return the script that answers one of the questions; it takes a list of arguments."""
    return f"(given) => {{ {_QUESTIONS}\nreturn questions.{question}(...given) }}"


def break_page(target: Page | BrowserContext, published: Path, url: str, alter: Alter) -> None:
    """Let an address of the site answer with its built page altered."""
    place = url.split("/", 3)[3].partition("#")[0]
    html = (published / place / "index.html").read_text("utf-8")
    broken = alter(html)
    assert broken != html, "the page was not altered"

    def answer(route: Route) -> None:
        route.fulfill(body=broken, content_type="text/html; charset=utf-8")

    target.route(urljoin(url, f"/{place}"), answer)


def without_policy(html: str) -> str:
    """Return a page without its Content-Security-Policy."""
    before, _, rest = html.partition('<meta http-equiv="Content-Security-Policy"')
    return before + rest.partition(">")[2]
