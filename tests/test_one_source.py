"""One description, four forms: YAML, drawing, list and published data hold the same path."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page

from browsing import CARD, HELSINKI, PATHS, WORK, break_page, visit
from palvelupolku.links import broken_links

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Form:
    """A path in one of its forms: ids of steps in order, and choices as (from, to)."""

    steps: list[str]
    choices: Choices


def _holds(part: dict[str, Any], day: date) -> bool:
    return part.get("valid_from", date.min) <= day <= part.get("valid_to", date.max)


def written(text: bytes, region: str, day: date) -> Form:
    """Return a path as its author wrote it, read without the generator."""
    steps = [step for step in yaml.safe_load(text)["steps"] if _holds(step, day)]
    choices: Choices = []
    for step in steps:
        for choice in (c for c in step.get("choices", ()) if _holds(c, day)):
            place = choice.get("service")
            if place and "/" not in place:
                place = f"{region}/{place}"
            elif "outcome" in choice:
                place = f"outcome/{choice['outcome']}"
            choices.append((step["id"], f"{step['id']}~{place}" if place else choice["step"]))
    return Form([step["id"] for step in steps], choices)


def published_data(text: str) -> Form:
    """Return a path as its JSON tells it."""
    data = json.loads(text)
    return Form([s["id"] for s in data["steps"]], [(c["from"], c["to"]) for c in data["choices"]])


def listed(page: Page) -> Form:
    """Return a path as the list on its page tells it."""
    steps = page.eval_on_selector_all("li.pp-step", "(all) => all.map((e) => e.id)")
    return Form(
        [name.removeprefix("vaihe-") for name in steps], _pairs(page, "li.pp-step a.pp-way")
    )


def drawn(page: Page) -> Form:
    """Return a path as its drawing tells it; the order of lines is the drawing's own."""
    nodes = page.eval_on_selector_all("a.pp-node[id]", "(all) => all.map((e) => e.id)")
    return Form([n.removeprefix("kaavio-") for n in nodes], sorted(_pairs(page, "path.pp-line")))


def _pairs(page: Page, selector: str) -> Choices:
    script = "(all) => all.map((e) => [e.dataset.from, e.dataset.to])"
    return [(source, target) for source, target in page.eval_on_selector_all(selector, script)]


def disagreements(page: Page, text: bytes, data: str, region: str) -> list[str]:
    """Return the forms of a path that do not say what its author wrote."""
    day = date.fromisoformat(json.loads(data)["as_of"])
    author = written(text, region, day)
    in_any_order = Form(author.steps, sorted(author.choices))
    found = []
    if published_data(data) != author:
        found.append("data")
    if listed(page) != author:
        found.append("list")
    if drawn(page) != in_any_order:
        found.append("drawing")
    return found


def _told(files: dict[str, bytes], published: Path, place: str) -> tuple[bytes, str, str]:
    name = place.strip("/")
    data = (published / "data" / f"{name}.json").read_text("utf-8")
    return files[f"{name}.yml"], data, name.partition("/")[0]


@pytest.mark.parametrize("place", PATHS)
def test_all_forms_of_a_path_agree(
    context: BrowserContext, files: dict[str, bytes], published: Path, address: str, place: str
):
    """YAML, data, list and drawing have the same steps in the same order and the same choices."""
    page = visit(context, address + place)
    told = _told(files, published, place)
    assert len(listed(page).steps) > 4
    assert disagreements(page, *told) == []


@pytest.mark.parametrize(
    ("alter", "form"),
    [
        (lambda html: html.replace('<path class="pp-line', '<path class="gone', 1), "drawing"),
        (lambda html: html.replace('id="kaavio-profilointi"', 'id="kaavio-profiili"'), "drawing"),
        (lambda html: html.replace('class="pp-way pp-way--onward"', 'class="gone"', 1), "list"),
        (lambda html: html.replace('id="vaihe-profilointi"', 'id="vaihe-profiili"'), "list"),
    ],
    ids=["line gone", "card renamed", "choice gone", "step renamed"],
)
def test_forms_that_differ_are_noticed(  # noqa: PLR0913 - the fixtures it needs
    context: BrowserContext,
    files: dict[str, bytes],
    published: Path,
    address: str,
    alter: Callable[[str], str],
    form: str,
):
    """A step or a choice that is missing or renamed in one form is reported."""
    break_page(context, published, address + HELSINKI, alter)
    page = visit(context, address + HELSINKI)
    assert disagreements(page, *_told(files, published, HELSINKI)) == [form]


def test_data_that_differs_is_noticed(
    context: BrowserContext, files: dict[str, bytes], published: Path, address: str
):
    """Data with its steps in another order is reported."""
    text, data, region = _told(files, published, HELSINKI)
    turned = json.loads(data)
    turned["steps"].reverse()
    page = visit(context, address + HELSINKI)
    assert disagreements(page, text, json.dumps(turned), region) == ["data"]


def test_no_published_link_is_broken(published: Path):
    """Every address and every anchor in the published pages leads somewhere, #vaihe-<id> too."""
    links = sum((published / p / "index.html").read_text("utf-8").count("#vaihe-") for p in PATHS)
    assert links > 50
    assert broken_links(published) == []


@pytest.mark.parametrize("place", PATHS)
def test_published_addresses_of_steps_exist(published: Path, place: str):
    """Every address that a path's data gives for a step is an anchor of the page."""
    data = json.loads((published / "data" / f"{place.strip('/')}.json").read_text("utf-8"))
    for step in data["steps"]:
        page, _, anchor = step["url"].partition("#")
        assert f'id="{anchor}"' in (published / page / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("place", "old", "new", "broken"),
    [
        (WORK, 'id="vaihe-paatos"', 'id="vaihe-toinen"', "#vaihe-paatos"),
        (CARD, 'href="../"', 'href="../puuttuu/"', "../puuttuu/"),
        ("", 'src="assets/palvelupolku.js"', 'src="assets/poissa.js"', "assets/poissa.js"),
    ],
)
def test_broken_links_are_noticed(  # noqa: PLR0913 - the case and two folders
    published: Path, tmp_path: Path, place: str, old: str, new: str, broken: str
):
    """A step that is gone, a page that is not there and a missing script are reported."""
    site = shutil.copytree(published, tmp_path / "site")
    page = site / place / "index.html"
    html = page.read_text("utf-8")
    assert old in html
    page.write_text(html.replace(old, new), "utf-8")
    assert f"{place}index.html: {broken}" in broken_links(site)
