"""A text of a description is never more than text: in a page, a drawing, data or the search."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pydantic import BaseModel

from browsing import WORK, ask, break_page, places, reader, show, visit
from conftest import made_once, serve
from hostile import ATTACKS, CANARY, SHORT, Attacker, library
from palvelupolku.build import check
from palvelupolku.fields import Text
from palvelupolku.folder import ALONE

DAY = date(2026, 11, 21)
SETTINGS = """
site_name: Koe
theme: {name: material, language: fi, font: false}
plugins: [palvelupolku]
"""
NOT_SHOWN = {
    "keyword": "found by the search only",
    "form": "found by the search only",
}
"""Fields whose Finnish text stands on no page, and why."""
PATH, CARD = "alue/polku/", "alue/kortti/"


@pytest.fixture(scope="module")
def attacker() -> Attacker:
    """The one who wrote the hostile descriptions."""
    return Attacker()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, attacker: Attacker) -> Path:
    """A site of hostile descriptions, built by the command line with the real MkDocs."""
    files = library(attacker)

    def make(project: Path) -> None:
        (project / "mkdocs.yml").write_text(SETTINGS, "utf-8")
        (project / "docs").mkdir()
        for name, content in files.items():
            (project / "paths" / name).parent.mkdir(parents=True, exist_ok=True)
            (project / "paths" / name).write_bytes(content)
        (project / "paths" / ALONE).touch()
        command = [sys.executable, "-m", "palvelupolku", "build"]
        built = subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)
        assert built.returncode == 0, built.stderr[-3000:]

    return made_once(tmp_path_factory, "hostile", make) / "site"


@pytest.fixture(scope="module")
def origin(hostile: Path) -> Iterator[str]:
    """The address of the hostile site."""
    yield from serve(hostile)


@pytest.fixture
def undefended(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose browser does not heed the policy, so that nothing but escaping protects."""
    opened = reader(browser, bypass_csp=True)
    yield opened
    opened.close()


def struck(context: BrowserContext, *urls: str) -> list[str]:
    """Visit pages, open what is folded, and return all signs that a text was more than text."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.route(lambda address: CANARY in address, lambda route: route.fulfill(status=204))
    page = context.new_page()
    faults = []
    for url in urls:
        show(page, url)
        page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        page.mouse.move(0, 0)
        page.mouse.move(400, 300)
        faults += [f"{fault} on {url}" for fault in ask(page, "foreign")]
    return faults + [f"asks {address}" for address in asked if CANARY in address]


def text_of(page: Page) -> str:
    """Return the words of a page and of its drawings' names, on one line."""
    return flat(
        page.evaluate(
            "document.body.textContent + ' ' + [...document.querySelectorAll('[aria-label]')]"
            ".map((e) => e.getAttribute('aria-label')).join(' ')"
        )
    )


def flat(text: str) -> str:
    """Return a text on one line, without the hyphens that let long words break."""
    return " ".join(text.replace("\u00ad", "").split())


def test_every_field_of_the_model_attacks():
    """The hostile descriptions leave no text of the model without an attack."""
    reading = check(library(Attacker()), DAY)
    assert reading.errors == []
    filled: dict[type[BaseModel], set[str]] = {}
    for part in _parts(reading.library):
        fields = {name: getattr(part, name) for name in type(part).model_fields}
        filled.setdefault(type(part), set()).update(name for name, v in fields.items() if v)
        if isinstance(part, Text):
            assert all("__pwned" in words for words in fields.values() if words), part
    bare = {model.__name__: set(model.model_fields) - f - NO_TEXT for model, f in filled.items()}
    assert len(bare) > 15
    bare["AddedStep"].discard("choices")  # a town's own step stands on a way that is there
    assert {name: fields for name, fields in bare.items() if fields and name != "Prose"} == {}


NO_TEXT = {
    "valid_from", "valid_to", "certainty", "regions", "replaced_by", "replaces", "neighbours",
    "on_map", "tone", "role", "changed", "colours", "mirrored", "own",
}  # fmt: skip
"""Fields that hold an id, a day or a choice, some of which the hostile descriptions leave out."""


def _parts(part: object) -> Iterator[BaseModel]:
    if isinstance(part, BaseModel):
        yield part
        part = tuple(getattr(part, name) for name in type(part).model_fields)
    for inner in (
        part.values() if isinstance(part, dict) else part if isinstance(part, tuple) else ()
    ):
        yield from _parts(inner)


def test_nothing_of_a_hostile_site_runs(undefended: BrowserContext, hostile: Path, origin: str):
    """On no page does a text run, ask another host, or become an element, even without a policy."""
    everywhere = [origin + place for place in places(hostile)]
    assert len(everywhere) > 10
    assert struck(undefended, *everywhere) == []


def test_a_hostile_site_breaks_no_policy(context: BrowserContext, hostile: Path, origin: str):
    """No hostile text makes the browser complain of anything."""
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    page = context.new_page()
    for place in places(hostile):
        show(page, origin + place)
    assert said == []


@pytest.mark.parametrize("attack", ATTACKS[:9])
def test_a_text_that_is_not_escaped_is_noticed(
    undefended: BrowserContext, hostile: Path, origin: str, attack: str
):
    """Each attack, put into a built page as it is, is reported."""
    hole = f'<p title="{attack}">' if attack.startswith('"') else attack
    break_page(undefended, hostile, origin, lambda html: html.replace("<h1", f"{hole}<h1", 1))
    assert struck(undefended, origin)


def test_a_script_that_runs_is_noticed(undefended: BrowserContext, hostile: Path, origin: str):
    """The canary fires on a page that lets a script through, and its request is seen."""
    break_page(
        undefended, hostile, origin, lambda html: html.replace("<h1", f"{' '.join(ATTACKS)}<h1")
    )
    faults = struck(undefended, origin)
    assert f"the canary ran on {origin}" in faults
    assert any(fault.startswith("asks") for fault in faults)


def test_hostile_texts_are_shown_as_they_are(
    context: BrowserContext, attacker: Attacker, hostile: Path, origin: str
):
    """Every Finnish text of the hostile descriptions stands literally on some page."""
    page = context.new_page()
    pages = []
    for place in places(hostile):
        show(page, origin + place)
        pages.append(text_of(page))
    whole = " ".join(pages)
    foreign = ("Sv", "En", "Simple")
    lost = [
        word for word, text in attacker.texts.items()
        if flat(text) not in whole and not word.endswith(foreign) and word[4:] not in NOT_SHOWN
    ]  # fmt: skip
    assert lost == []
    names = [t for w, t in attacker.texts.items() if w.endswith(("servicenameSv", "servicenameEn"))]
    assert [name for name in names if flat(name) not in whole] == []


def test_a_lost_text_is_noticed(context: BrowserContext, attacker: Attacker, origin: str):
    """A text without its tags is not taken for the text itself."""
    text = next(text for word, text in attacker.texts.items() if word.endswith("servicename"))
    page = visit(context, origin + PATH)
    assert flat(text) in text_of(page)
    page.evaluate("document.querySelector('h1').textContent = 'Q'")
    assert text_of(page).count(flat(text)) < text_of(visit(context, origin + PATH)).count(
        flat(text)
    )


@pytest.mark.parametrize("place", [PATH, CARD, "alue/"])
def test_titles_and_descriptions_are_literal(
    context: BrowserContext, attacker: Attacker, origin: str, place: str
):
    """The title of a page and its description for search engines hold the text itself."""
    page = visit(context, origin + place)
    title = page.title().removesuffix(" – Koe")
    described = page.locator("meta[name=description]").get_attribute("content")
    known = {flat(text) for text in attacker.texts.values()}
    assert flat(title) in known
    assert flat(str(described)) in known


def unbroken(text: str) -> str:
    """Return a text without the spaces and hyphens at which a card may break it."""
    return "".join(text.split()).replace("-", "")


@pytest.mark.parametrize("place", [PATH, "alue/"])
def test_drawings_are_literal(context: BrowserContext, attacker: Attacker, origin: str, place: str):
    """The cards and pills of a drawing hold their texts to the letter, and name themselves so."""
    page = visit(context, origin + place)
    drawn = "".join(page.locator(".pp-node text, .pp-label text").all_text_contents())
    names = " ".join(page.eval_on_selector_all(".pp-node", "(a) => a.map((n) => n.ariaLabel)"))
    fields = ("stepname", "actorname", "condition") if place == PATH else ("servicename",)
    wanted = [t for w, t in attacker.texts.items() if w[4:] in (*fields, "outcomename")]
    assert len(wanted) > 2
    assert [text for text in wanted if unbroken(text) not in unbroken(drawn)] == []
    assert CANARY in names
    assert ask(page, "textsOutside") == []


def test_published_data_is_literal(attacker: Attacker, hostile: Path):
    """The data beside the pages are well-formed JSON that holds the names to the letter."""
    known = {flat(text) for text in attacker.texts.values()}
    data = json.loads((hostile / "data/alue/polku.json").read_text("utf-8"))
    names = [data["name"]["fi"], data["name"]["sv"], *(s["name"] for s in data["steps"])]
    names += [actor["name"] for actor in data["actors"]]
    names += [choice["condition"] for choice in data["choices"]]
    index = json.loads((hostile / "data/index.json").read_text("utf-8"))
    names += [entry["name"] for key in ("regions", "services", "actors") for entry in index[key]]
    assert len(names) > 12
    assert [name for name in names if flat(name) not in known] == []


def test_a_path_as_plain_text_is_literal(attacker: Attacker, hostile: Path):
    """The path as plain text holds its name, its steps and their conditions to the letter."""
    text = flat((hostile / "data/alue/polku.txt").read_text("utf-8"))
    fields = ("stepname", "condition", "actorname")
    wanted = [flat(t) for w, t in attacker.texts.items() if w[4:] in fields]
    data = json.loads((hostile / "data/alue/polku.json").read_text("utf-8"))
    wanted.append(flat(data["name"]["fi"]))
    assert len(wanted) > 6
    assert [words for words in wanted if words not in text] == []


@pytest.mark.parametrize(
    "fragment",
    [
        "vaihe-<img src=x onerror=window.__pwned=1>",
        "'\"><script>window.__pwned=1</script>",
        "javascript:window.__pwned=1",
        "__proto__",
        "%",
        "vaihe-" + "x" * 100_000,
    ],
    ids=["tag", "quotes", "script", "prototype", "percent", "long"],
)
def test_a_hostile_address_does_nothing(undefended: BrowserContext, address: str, fragment: str):
    """An address with anything after # shows the page as it is, and runs nothing."""
    broken: list[str] = []
    undefended.on("weberror", lambda error: broken.append(str(error.error)))
    page = visit(undefended, f"{address}{WORK}#{fragment}")
    page.evaluate("(fragment) => { location.hash = ''; location.hash = fragment }", fragment)
    expect(page.locator(".pp-step").first).to_be_visible()
    assert ask(page, "foreign") == []
    assert broken == []


def test_search_results_are_literal(undefended: BrowserContext, attacker: Attacker, origin: str):
    """A hostile name found by the search is shown to the letter, and still runs nothing."""
    page = visit(undefended, origin)
    page.get_by_role("button", name="Hae sivustolta").click()
    known = " ".join(flat(text) for text in attacker.texts.values())
    for word in [w for w in attacker.texts if w.endswith(("stepname", "termname", "servicename"))]:
        page.locator(".pp-search__input").fill("")
        expect(page.locator(".pp-search__results li")).to_have_count(0)
        page.locator(".pp-search__input").fill(word)
        page.locator(".pp-search__results li").first.wait_for()
        shown = page.locator(".pp-search__title").all_text_contents()
        assert any(word in title.casefold() for title in shown), word
        for title in shown:
            name = title.partition(": ")[2] if title.startswith("Vaihe ") else title
            assert flat(name) in known or not name.startswith("Q")
    assert ask(page, "foreign") == []


@pytest.mark.parametrize(
    "target",
    [
        "javascript:window.__pwned=1",
        "JaVaScRiPt:window.__pwned=1",
        "java&#115;cript:window.__pwned=1",
        "java&Tab;script:window.__pwned=1",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        f"//{CANARY}/x",
        f"https://user@{CANARY}/",
        "../../../etc/passwd",
        "#vaihe-alku",
    ],
)
@pytest.mark.parametrize("link", ["[x]({})", "[x](<{}>)", "![x]({})", "[x][y]\n\n[y]: {}"])
def test_a_link_that_is_no_web_address_stops_the_build(link: str, target: str):
    """A link in a text leads to an id or a web address; anything else is an error, or no link."""
    files = library(Attacker())
    service = json.loads(files["alue/polku.yml"])
    service["about"][0]["text"] = {"fi": link.format(target)}
    files["alue/polku.yml"] = json.dumps(service).encode()
    reading = check(files, DAY)
    if link.startswith("[x][y]"):
        assert reading.errors == []
    else:
        assert [problem.file for problem in reading.errors] == ["alue/polku.yml"]


@pytest.mark.parametrize("url", ["javascript:window.__pwned=1", f"//{CANARY}/", "data:text/html,x"])
def test_an_address_that_is_no_web_address_stops_the_build(url: str):
    """The address of a link, a law or a source is a web address."""
    for name, place in (("alue/polku.yml", ("links", 0)), ("catalogue/laws.yml", ("laki",))):
        files = library(Attacker())
        data = json.loads(files[name])
        part = data
        for key in place:
            part = part[key]
        part["url"] = url
        files[name] = json.dumps(data).encode()
        assert [problem.file for problem in check(files, DAY).errors] == [name]


def test_short_attacks_are_short():
    """The attacks on summaries fit where they stand."""
    assert all(len(attack) < 130 for attack in SHORT)
