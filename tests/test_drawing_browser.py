"""The drawings as Chromium shows them: words in their boxes, nothing on top of anything else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import DRAWINGS, HELSINKI, MAPS, PATHS, TEXT_SPACING, WORK, ask, break_page, visit
from playwright.sync_api import BrowserContext, Page

from palvelupolku.published import Site

HYPHENS = str.maketrans("", "", "\u00ad- ")


def conditions(published: Path, place: str) -> dict[str, str]:
    """Return the condition of each choice of a path that has one, by `from to`."""
    if place in MAPS:
        return {}
    data = json.loads((published / "data" / f"{place.strip('/')}.json").read_text("utf-8"))
    return {f"{c['from']} {c['to']}": c["condition"] for c in data["choices"] if c["condition"]}


@pytest.mark.parametrize("style", ["", TEXT_SPACING], ids=["plain", "widest text spacing"])
@pytest.mark.parametrize("place", DRAWINGS)
def test_words_stay_in_their_boxes(context: BrowserContext, address: str, place: str, style: str):
    """Each line of text lies inside its card, pill or badge, also when a reader spaces it widely."""
    page = visit(context, address + place, style)
    assert page.locator(".pp-node text").count() > 8
    assert ask(page, "textsOutside") == []


@pytest.mark.parametrize("place", DRAWINGS)
def test_nothing_lies_on_anything_else(context: BrowserContext, address: str, place: str):
    """No card or pill lies on another or leaves the drawing."""
    assert ask(visit(context, address + place), "overlaps") == []


@pytest.mark.parametrize("place", DRAWINGS)
def test_lines_run_clear(context: BrowserContext, published: Path, address: str, place: str):
    """A line joins two cards and runs through no other card and no other line's pill."""
    page = visit(context, address + place)
    assert page.locator(".pp-line").count() > 5
    assert ask(page, "linesThrough", conditions(published, place)) == []


@pytest.mark.parametrize("place", PATHS)
def test_pills_say_their_conditions(
    context: BrowserContext, published: Path, address: str, place: str
):
    """Each choice that has a condition shows it in a pill of its own."""
    page = visit(context, address + place)
    drawn = sorted(words.translate(HYPHENS).casefold() for words in ask(page, "pills"))
    told = [words.translate(HYPHENS).casefold() for words in conditions(published, place).values()]
    assert drawn == sorted(told)


@pytest.mark.parametrize("place", MAPS)
def test_a_map_joins_what_leads_onward(
    context: BrowserContext, site: Site, address: str, place: str
):
    """The lines of a region's map are the ways from its paths to services and outcomes on the map."""
    page = visit(context, address + place)
    joined = [tuple(pair) for pair in ask(page, "joined")]
    shown = set(page.eval_on_selector_all(".pp-node", "(nodes) => nodes.map((n) => n.href.baseVal)"))
    data = {p: json.loads(site.files[f"data/{p.strip('/')}.json"]) for p in PATHS if p.startswith(place)}
    told = {
        (f"{path.removeprefix(place)}", _from_map(choice["to"], place))
        for path, told in data.items() for choice in told["choices"] if "~" in choice["to"]
    }  # fmt: skip
    told = {pair for pair in told if pair[1] in shown}
    assert len(joined) == len(set(joined))
    assert set(joined) == told


def _from_map(target: str, region: str) -> str:
    """Return the link from a region's map to a choice's target."""
    name = target.partition("~")[2]
    if name.startswith("outcome/"):
        return f"../sanasto/#loppu-{name.removeprefix('outcome/')}"
    return f"{name.removeprefix(region)}/" if name.startswith(region) else f"../{name}/"


def moved(page: Page, change: str) -> None:
    """Move a part of the drawing: a translation of the first card whose id or class is given."""
    page.evaluate(
        "([selector, x, y]) => { const part = document.querySelector(selector);"
        " const [a, b] = part.getAttribute('transform').match(/[-\\d.]+/g).map(Number);"
        " part.setAttribute('transform', `translate(${a + x} ${b + y})`) }",
        json.loads(change),
    )


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("overlaps", '["#kaavio-paatos", 0, -90]'),
        ("overlaps", '[".pp-label", 0, 60]'),
        ("overlaps", '["#kaavio-paatos", -900, 0]'),
        ("linesThrough", '["#kaavio-paatos", 0, 60]'),
        ("linesThrough", '["#kaavio-paatos", 120, 0]'),
    ],
)
def test_moved_parts_are_noticed(
    context: BrowserContext, published: Path, address: str, question: str, change: str
):
    """A card or a pill that has slipped is reported."""
    page = visit(context, address + WORK)
    given = [conditions(published, WORK)] if question == "linesThrough" else []
    moved(page, change)
    assert ask(page, question, *given)


def test_a_line_through_cards_is_noticed(
    context: BrowserContext, published: Path, address: str
):
    """A line drawn straight over the cards between its ends is reported, and so is one over a pill."""
    page = visit(context, address + WORK)
    lines, labels = (
        page.evaluate(
            "(selector) => [...document.querySelectorAll(selector)].map((e) =>"
            " { const b = e.getBBox(); const t = e.transform.baseVal[0]?.matrix;"
            " return [b.x + (t?.e ?? 0), b.y + (t?.f ?? 0), b.width, b.height] })",
            selector,
        )
        for selector in (".pp-node", ".pp-label")
    )
    for target in (lines[5], labels[0]):
        x, y, width, height = target
        page.evaluate(
            "([x, y]) => { const line = document.querySelector('.pp-line');"
            " line.setAttribute('d', `${line.getAttribute('d')} L ${x} ${y}`) }",
            [x + width / 2, y + height / 2],
        )
        assert ask(page, "linesThrough", conditions(published, WORK))
        page.reload()


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


def test_narrow_boxes_are_noticed(context: BrowserContext, published: Path, address: str):
    """Cards that only just hold their words are reported once a reader spaces the text."""
    page = visit(context, address + WORK)
    page.evaluate(
        "for (const card of document.querySelectorAll('.pp-node:not(.pp-node--decision)'))"
        " { const longest = Math.max(...[...card.querySelectorAll('text')].map((t) =>"
        " t.getBBox().x + t.getBBox().width)); card.querySelector('rect').setAttribute('width', longest + 6) }"
    )
    assert ask(page, "textsOutside") == []
    ask_spaced = visit(context, address + WORK)
    ask_spaced.close()
    from browsing import add_style

    add_style(page, TEXT_SPACING)
    assert ask(page, "textsOutside")
