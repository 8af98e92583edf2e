"""What the browser tests share: which pages there are, and how a page is opened and asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Page, Route

PATHS = (
    "helsinki/laatukriteeri-tyohonvalmennus/",
    "keski-suomi/kehitysvammaisten-tyotoiminta-ja-tyohonvalmennus/",
    "keski-suomi/kuntouttava-tyotoiminta/",
)
MAPS = ("helsinki/", "keski-suomi/")
DRAWINGS = (*PATHS, *MAPS)
PATH, CARD = PATHS[2], "keski-suomi/paikko/"
PAGES = (
    *("", "asiakkaalle/", "ammattilaiselle/", "kunnalle/", "sanasto/", "toimijat/", "lait/", "lahteet/"),
    *("404.html", "valtakunnalliset/", CARD, *DRAWINGS),
)  # fmt: skip
"""Every kind of page, and all that hold a drawing."""

WIDTHS = (320, 360, 768, 1280)
TEXT_SPACING = (
    "*{letter-spacing:.12em!important;word-spacing:.16em!important;line-height:1.5!important}"
    "p{margin-bottom:2em!important}"
)
"""The widest spacing that WCAG 2.2, success criterion 1.4.12, lets a reader ask for."""

_QUESTIONS = (Path(__file__).parent / "questions.js").read_text("utf-8")

Alter = Callable[[str], str]
"""Turns the HTML of a built page into a broken one, which a check must notice."""


def ask(page: Page, question: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever it answers
    """Return the page's answer to one of the questions in `questions.js`."""
    script = f"(given) => {{ {_QUESTIONS}\nreturn questions.{question}(...given) }}"
    return page.evaluate(script, list(arguments))


def visit(context: BrowserContext, url: str, style: str = "") -> Page:
    """Return the page at an address, with its fonts there, and with a style added if one is given."""
    page = context.new_page()
    page.goto(url)
    page.evaluate("document.fonts.ready")
    if style:
        add_style(page, style)
    return page


def add_style(page: Page, style: str) -> None:
    """Add a style as a reader's own tool does, past the page's policy."""
    page.evaluate(
        "(style) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);"
        " document.adoptedStyleSheets = [sheet] }",
        style,
    )


def break_page(context: BrowserContext, published: Path, url: str, place: str, alter: Alter) -> None:
    """Let an address of the site answer with its built page altered."""
    html = (published / place / "index.html").read_text("utf-8")
    broken = alter(html)
    assert broken != html, "the page was not altered"

    def answer(route: Route) -> None:
        route.fulfill(body=broken, content_type="text/html; charset=utf-8")

    context.route(urljoin(url, place), answer)


def reader(browser: Browser, width: int = 1280, height: int = 720, **wishes: Any) -> BrowserContext:  # noqa: ANN401
    """Return a fresh reader with a screen of the given size and other wishes."""
    return browser.new_context(viewport={"width": width, "height": height}, **wishes)
