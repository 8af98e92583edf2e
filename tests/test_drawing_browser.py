"""The drawings as Chromium shows them: words in their boxes, nothing on top of anything else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from browsing import (
    HELSINKI,
    MAPS,
    PATHS,
    TEXT_SPACING,
    WORK,
    add_style,
    ask,
    break_page,
    visit,
)
from palvelupolku.published import Site

HYPHENS = str.maketrans("", "", "\u00ad- ")


def conditions(published: Path, place: str) -> dict[str, str]:
    """Return the condition of each choice of a path that has one, by `from to`."""
    if place in MAPS:
        return {}
    data = json.loads((published / "data" / f"{place.strip('/')}.json").read_text("utf-8"))
    return {f"{c['from']} {c['to']}": c["condition"] for c in data["choices"] if c["condition"]}


@pytest.mark.parametrize("style", ["", TEXT_SPACING], ids=["plain", "widest text spacing"])
def test_words_stay_in_their_boxes(drawing: Page, style: str):
    """Each line of text lies inside its card, pill or badge, also when spaced widely."""
    add_style(drawing, style)
    outside = ask(drawing, "textsOutside")
    add_style(drawing, "")
    assert outside == []
    assert drawing.locator(".pp-node text").count() > 8


def test_nothing_lies_on_anything_else(drawing: Page):
    """No card or pill lies on another or leaves the drawing."""
    assert ask(drawing, "overlaps") == []


def test_lines_run_clear(drawing: Page, published: Path, place: str):
    """A line joins two cards and runs through no other card and no other line's pill."""
    assert drawing.locator(".pp-line").count() > 5
    assert ask(drawing, "linesThrough", conditions(published, place)) == []


@pytest.mark.parametrize("place", PATHS, indirect=True)
def test_pills_say_their_conditions(drawing: Page, published: Path, place: str):
    """Each choice that has a condition shows it in a pill of its own."""
    drawn = sorted(words.translate(HYPHENS).casefold() for words in ask(drawing, "pills"))
    told = [words.translate(HYPHENS).casefold() for words in conditions(published, place).values()]
    assert drawn == sorted(told)


@pytest.mark.parametrize("place", MAPS)
def test_a_map_joins_what_leads_onward(
    context: BrowserContext, site: Site, address: str, place: str
):
    """A region's map draws the ways from its paths to the services and outcomes on it."""
    page = visit(context, address + place)
    joined = [tuple(pair) for pair in ask(page, "joined")]
    shown = set(
        page.eval_on_selector_all(".pp-node", "(nodes) => nodes.map((n) => n.href.baseVal)")
    )
    own = [f for f in site.files if f.startswith(f"data/{place}") and f.endswith(".json")]
    data = {name.removeprefix("data/")[:-5]: json.loads(site.files[name]) for name in own}
    told = {
        (f"{path.removeprefix(place)}/", _from_map(way, place))
        for path, told in data.items() for way in told["onward"]
    }  # fmt: skip
    told = {pair for pair in told if {*pair} <= shown}
    assert len(joined) == len(set(joined))
    assert set(joined) == told


def _from_map(way: dict[str, str], region: str) -> str:
    """Return the link from a region's map to where a way leads."""
    if "outcome" in way:
        return f"../sanasto/#loppu-{way['outcome']}"
    return way["url"].removeprefix(region) if way["url"].startswith(region) else f"../{way['url']}"


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("overlaps", ("#kaavio-paatos", 0, -90)),
        ("overlaps", (".pp-label", 0, 60)),
        ("overlaps", ("#kaavio-paatos", -900, 0)),
        ("linesThrough", ("#kaavio-paatos", 0, 60)),
        ("linesThrough", ("#kaavio-paatos", 120, 0)),
    ],
)
def test_moved_parts_are_noticed(
    context: BrowserContext,
    published: Path,
    address: str,
    question: str,
    change: tuple[str, int, int],
):
    """A card or a pill that has slipped is reported."""
    page = visit(context, address + WORK)
    given = [conditions(published, WORK)] if question == "linesThrough" else []
    page.evaluate(
        "([selector, x, y]) => { const part = document.querySelector(selector);"
        " const [a, b] = part.getAttribute('transform').match(/[-\\d.]+/g).map(Number);"
        " part.setAttribute('transform', `translate(${a + x} ${b + y})`) }",
        list(change),
    )
    assert ask(page, question, *given)


@pytest.mark.parametrize("struck", ["#kaavio-aloitus", ".pp-label:last-of-type"])
def test_a_line_through_others_is_noticed(
    context: BrowserContext, published: Path, address: str, struck: str
):
    """A line that makes a detour over another card, or another line's pill, is reported."""
    page = visit(context, address + WORK)
    page.evaluate(
        "(struck) => { const line = document.querySelector('.pp-line');"
        " const box = document.querySelector(struck).getBoundingClientRect();"
        " const frame = line.closest('svg').getBoundingClientRect();"
        " const [x, y] = [box.x + box.width / 2 - frame.x, box.y + box.height / 2 - frame.y];"
        " line.setAttribute('d', `${line.getAttribute('d')} L ${x} ${y}`) }",
        struck,
    )
    assert ask(page, "linesThrough", conditions(published, WORK))


@pytest.mark.parametrize(
    "alter",
    [
        lambda html: html.replace('class="pp-node__title"', 'class="pp-node__title" dx="90"'),
        lambda html: html.replace('class="pp-label__text"', 'class="pp-label__text" dy="9"'),
        lambda html: html.replace('class="pp-node__number"', 'class="pp-node__number" dx="9"'),
    ],
    ids=["card", "pill", "badge"],
)  # fmt: skip
def test_words_outside_are_noticed(
    context: BrowserContext, published: Path, address: str, alter: Callable[[str], str]
):
    """Words that leave their card, pill or badge are reported."""
    break_page(context, published, address + HELSINKI, alter)
    assert ask(visit(context, address + HELSINKI), "textsOutside")


def test_narrow_boxes_are_noticed(context: BrowserContext, address: str):
    """Cards that only just hold their words are reported once a reader spaces the text."""
    page = visit(context, address + WORK)
    page.evaluate(
        "for (const box of document.querySelectorAll('.pp-node rect')) {"
        " const words = [...box.parentElement.querySelectorAll('text')].map((t) => t.getBBox());"
        " box.setAttribute('width', Math.max(...words.map((b) => b.x + b.width)) + 8) }"
    )
    assert ask(page, "textsOutside") == []
    add_style(page, TEXT_SPACING)
    assert ask(page, "textsOutside")


def test_a_pointed_place_on_a_map_shows_its_ways(context: BrowserContext, address: str):
    """Pointed at or reached by keyboard, a service's lines stand out and the others step back."""
    page = visit(context, address + "keski-suomi/")
    node = page.locator('[data-node="keski-suomi/kuntouttava-tyotoiminta"]')
    near = "(lines) => lines.map((l) => [l.dataset.from, l.dataset.to].includes('{}'))"
    for point in (node.hover, node.focus):
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        point()
        lines = page.locator(".pp-diagram--map .pp-line")
        shown = lines.evaluate_all("(lines) => lines.map((l) => l.hasAttribute('data-near'))")
        assert shown == lines.evaluate_all(near.format("keski-suomi/kuntouttava-tyotoiminta"))
        assert any(shown)
        assert not all(shown)
        faded = page.locator(".pp-line:not([data-near])").first
        assert float(faded.evaluate("(line) => getComputedStyle(line).opacity")) < 0.5
    page.locator("h1").hover()
    assert page.locator("[data-near]").count() == 0
