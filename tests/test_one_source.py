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

from browsing import CARD, HELSINKI, PATHS, STEPS, WORK, break_page, visit
from palvelupolku.links import broken_links

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Form:
    """A path in one of its forms: ids of steps in order, and choices as (from, to)."""

    steps: list[str]
    choices: Choices


def _holds(part: dict[str, Any], day: date) -> bool:
    return part.get("valid_from", date.min) <= day <= part.get("valid_to", date.max)


def _whole(files: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    """Return the steps of a description and of those it builds on, as its authors wrote them."""
    data = yaml.safe_load(files[f"{name}.yml"])
    steps: list[dict[str, Any]] = []
    for base in data.get("builds_on", ()):
        steps = _laid_over(steps, _whole(files, f"yhteiset/{base}"))
    return _laid_over(steps, data.get("steps", []))


def _laid_over(below: list[dict[str, Any]], above: list[dict[str, Any]]) -> list[dict[str, Any]]:
    steps = [dict(step) for step in below]
    shared = {step["id"] for step in below}
    for own in above:
        days = {key: own.get(key) for key in ("valid_from", "valid_to")}
        for step in (s for s in steps if s["id"] == own["id"] in shared):
            if not any(days.values()) or days == {key: step.get(key) for key in days}:
                step["choices"] = _joined(step.get("choices", []), own.get("choices", []))
        if own["id"] not in shared:
            names = [step["id"] for step in steps]
            after = own.get("after")
            place = len(names) - names[::-1].index(after) if after else len(names)
            steps.insert(place, own)
    return steps


def _joined(below: list[dict[str, Any]], above: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def target(choice: dict[str, Any]) -> tuple[str, str]:
        return next((key, choice[key]) for key in ("step", "service", "outcome") if key in choice)

    there = {target(choice) for choice in below}
    found = [
        new for old in below for new in [c for c in above if target(c) == target(old)] or [old]
    ]
    return found + [choice for choice in above if target(choice) not in there]


def written(files: dict[str, bytes], name: str, day: date) -> Form:
    """Return a path as its authors wrote it, read without the generator."""
    region = name.partition("/")[0]
    steps = [step for step in _whole(files, name) if _holds(step, day)]
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


def disagreements(page: Page, files: dict[str, bytes], data: str, name: str) -> list[str]:
    """Return the forms of a path that do not say what its author wrote."""
    day = date.fromisoformat(json.loads(data)["as_of"])
    author = written(files, name, day)
    in_any_order = Form(author.steps, sorted(author.choices))
    found = []
    if published_data(data) != author:
        found.append("data")
    if listed(page) != author:
        found.append("list")
    if drawn(page) != in_any_order:
        found.append("drawing")
    return found


def _told(
    files: dict[str, bytes], published: Path, place: str
) -> tuple[dict[str, bytes], str, str]:
    name = place.strip("/")
    return files, (published / "data" / f"{name}.json").read_text("utf-8"), name


@pytest.mark.parametrize("place", PATHS, indirect=True)
def test_all_forms_of_a_path_agree(
    drawing: Page, files: dict[str, bytes], published: Path, place: str
):
    """YAML, data, list and drawing have the same steps in the same order and the same choices."""
    told = _told(files, published, place)
    assert len(listed(drawing).steps) == STEPS[place]
    assert disagreements(drawing, *told) == []


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
