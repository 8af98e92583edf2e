"""What is known to differ between browsers works in Firefox too: focus, arrows, own colours."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from playwright.sync_api import Browser

from browsing import WORK, asking, reader, settle, visit
from commands import ROOT
from conftest import serve

FIREFOX = [str(Path(sys.executable).parent / "node"), str(ROOT / "tests/firefox.js")]
DEEP = f"{WORK}#vaihe-suunnitelma;p=tunnistaminen.ensisijaiset-palvelut;n=k"
SEEN = """(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const words = (found) => found.map((one) => one.textContent.replace(/\\s+/g, " ").trim());
  const active = document.activeElement;
  return {
    title: document.title,
    hash: location.hash,
    shown: all("li.pp-step").filter((step) => step.checkVisibility()).map((step) => step.id),
    focus: [active.id || active.closest("li[id]")?.id, active.localName],
    list: all(".pp-steps__list [aria-current]").map((step) => step.id),
    picture: all("svg [aria-current]").map((card) => card.id),
    name: document.querySelector("#kaavio-suunnitelma").getAttribute("aria-label"),
    progress: words(all("[data-pp-progress]")),
    status: words(all("[role=status]")),
  };
})()"""
PRESSES: list[dict[str, str]] = [
    {"run": "document.querySelector('#kaavio-suunnitelma').focus()"},
    *({"press": key} for key in ("ArrowDown", "ArrowUp", "Home", "ArrowUp", "Escape")),
]
PLAIN = f"{WORK}#vaihe-suunnitelma"
"""A link whose step the browser itself looks for, too."""
OWN_COLOURS = f"({asking('ownColours')})([])"
OUTLINES = """["suunnitelma", "aloitus"].map((name) => parseFloat(
  getComputedStyle(document.querySelector(`#kaavio-${name} .pp-node__box`)).strokeWidth))"""
RED_LINES = """(() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync(".pp-line{stroke:red!important}"); document.adoptedStyleSheets = [sheet] })()"""
FORCED = {"browser.display.document_color_use": 2}
"""The setting by which a reader of Firefox puts their own colours over those of every page."""


def in_firefox(question: str, *visits: tuple[str, list[dict[str, str]]], **prefs: Any) -> Any:
    """Return the answers found in Debian's Firefox: for each visit at first and after each act."""
    asked = {
        "executable": shutil.which("firefox-esr"),
        "prefs": prefs,
        "question": question,
        "visits": [{"url": url, "acts": acts} for url, acts in visits],
    }
    # A home of its own: Firefox makes folders in whatever home it is given.
    with TemporaryDirectory() as home:
        done = subprocess.run(
            FIREFOX, input=json.dumps(asked), capture_output=True, text=True, check=False,
            env=os.environ | {"HOME": home},
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def forgetful(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with a script that leaves the focus where it was."""
    folder = tmp_path_factory.mktemp("forgetful")
    for part in published.iterdir():
        (folder / part.name).symlink_to(part)
    (folder / "assets").unlink()
    shutil.copytree(published / "assets", folder / "assets")
    script = folder / "assets/path.js"
    text = script.read_text("utf-8")
    focused = "this.#one(name)?.focus({preventScroll:true})"
    assert focused in text
    script.write_text(text.replace(focused, "this.#one(name)"), "utf-8")
    yield from serve(folder)


@pytest.fixture(scope="module")
def seen(address: str, forgetful: str) -> list[list[dict[str, Any]]]:
    """What Firefox shows of three links; it starts once."""
    return in_firefox(
        SEEN, (address + DEEP, PRESSES), (address + PLAIN, []), (forgetful + DEEP, [])
    )


def in_chromium(browser: Browser, url: str, acts: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Return the same answers as Chromium gives them."""
    context = reader(browser)
    page = visit(context, url)
    settle(page)
    answers = [page.evaluate(SEEN)]
    for act in acts:
        if "run" in act:
            page.evaluate(act["run"])
        else:
            page.keyboard.press(act["press"])
        answers.append(page.evaluate(SEEN))
    context.close()
    return answers


def test_a_link_into_a_walk_opens_the_same(browser: Browser, address: str, seen):
    """The step, the focus after loading, title, marks and words; then the arrows, ends and Esc."""
    walk, plain, _ = seen
    assert walk == in_chromium(browser, address + DEEP, PRESSES)
    assert plain == in_chromium(browser, address + PLAIN, [])
    first = walk[0]
    assert first["shown"] == first["list"] == ["vaihe-suunnitelma"]
    assert first["picture"] == ["kaavio-suunnitelma"]
    assert first["focus"] == plain[0]["focus"] == ["vaihe-suunnitelma", "h3"]
    assert first["title"].startswith("Vaihe 4: Suunnitelma tehdään yhdessä – ")
    assert first["name"].endswith(", Olet tässä")
    assert first["progress"][0].startswith("Takana 2 vaihetta.")
    assert [answer["focus"][0] for answer in walk[1:]] == [
        "kaavio-suunnitelma", "kaavio-tutustuminen", "kaavio-suunnitelma",
        "kaavio-tunnistaminen", "kaavio-tunnistaminen", "vaiheet",
    ]  # fmt: skip
    assert walk[5]["status"][0] == "Ei edellistä vaihetta."


def test_lost_focus_is_noticed(browser: Browser, address: str, seen):
    """Control: a script that leaves the focus where it was differs in that alone."""
    (lost,) = seen[2]
    (right,) = in_chromium(browser, address + DEEP, [])
    assert {name for name in right if right[name] != lost[name]} == {"focus"}


def test_drawings_follow_the_readers_own_colours(address: str):
    """Colours forced on every page reach the drawing; the card one is at keeps its thick line."""
    (answers,) = in_firefox(
        f"[matchMedia('(forced-colors: active)').matches, {OWN_COLOURS}, {OUTLINES}]",
        (address + DEEP, [{"run": RED_LINES}]),
        **FORCED,
    )
    forced, own, (here, other) = answers[0]
    assert forced
    assert own == []
    assert here >= 5 > other
    assert answers[1][1], "lines in a colour of our own are not noticed"
