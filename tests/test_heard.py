"""What one hears who does not see the page: its parts and names, and every phrase in turn."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accepting import assert_accepted
from browsing import WORK, add_style, reader, settle, show
from commands import ROOT

LISTEN = [str(Path(sys.executable).parent / "node"), str(ROOT / "tests/listen.js")]
GOLDEN = ROOT / "tests/golden"
PAGES = {
    "path": WORK,
    "clear": f"{WORK}selkea/",
    "walk": f"{WORK}#vaihe-suunnitelma;p=tunnistaminen.ensisijaiset-palvelut;n=k",
}
UNSEEN = """() => {
  const all = [...document.body.querySelectorAll("*")];
  const unseen = all.filter((one) => !one.checkVisibility({ visibilityProperty: true }));
  for (const one of unseen) one.setAttribute("aria-hidden", "true");
  return document.documentElement.outerHTML;
}"""
"""The page as HTML that needs no style to tell what is shown."""
FAULTS: dict[str, Callable[[str], str]] = {
    "no place": lambda html: html.replace('<span class="pp-step__place">Olet tässä</span>', ""),
    "no name": lambda html: html.replace(' aria-label="Polulla kulkeminen"', ""),
    "heard twice": lambda html: html.replace('__title" aria-hidden="true"', '__title"'),
}
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
ORNAMENT = re.compile(r"[←-⇿■-➿•›«»]")


def listen(pages: list[str]) -> list[str]:
    """Return what a screen reader says of each page, a phrase on a line."""
    done = subprocess.run(
        LISTEN, input=json.dumps(pages), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    return ["\n".join(phrases).replace(SOFT_HYPHEN, "") + "\n" for phrases in said]


def tree_of(page: Page) -> str:
    """Return the parts and names of a page's main part, as the browser tells them.

    Addresses are left out: nobody hears them, and where links lead is tested elsewhere.
    """
    tree = page.locator("main").aria_snapshot()
    return re.sub(r":\n *- /url: .*", "", tree).replace(SOFT_HYPHEN, "") + "\n"


@pytest.fixture(scope="module")
def heard(browser: Browser, address: str) -> dict[str, dict[str, str]]:
    """Each page's tree and HTML, and what is said of it, and of the walk with faults."""
    context = reader(browser)
    page = context.new_page()
    trees, pages = {}, {}
    for name, place in PAGES.items():
        show(page, address + place)
        expect(page.locator("html")).to_have_attribute("data-pp-view", re.compile("."))
        settle(page)
        trees[name] = tree_of(page)
        pages[name] = page.evaluate(UNSEEN)
    add_style(page, '.pp-step a.pp-way::after{content:"→"}')
    trees["loud"] = tree_of(page)
    context.close()
    pages |= {name: alter(pages["walk"]) for name, alter in FAULTS.items()}
    return {"tree": trees, "heard": dict(zip(pages, listen([*pages.values()]), strict=True))}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kind", ["tree", "heard"])
def test_a_page_is_heard_as_accepted(heard, kind: str, name: str):
    """A person has read what is said; whatever alters it is read again."""
    assert_accepted(GOLDEN / kind / f"{name}.txt", heard[kind][name])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_heard(heard, monkeypatch: pytest.MonkeyPatch, fault: str):
    """Control: a mark, a name or a silence that is gone differs, and it is told how to accept."""
    monkeypatch.delenv("ACCEPT", raising=False)
    with pytest.raises(AssertionError, match=r"run with ACCEPT=1 \(walk\.txt\):\n--- accepted"):
        assert_accepted(GOLDEN / "heard/walk.txt", heard["heard"][fault])


@pytest.mark.parametrize(("name", "ornaments"), [*((name, 0) for name in PAGES), ("loud", 2)])
def test_ornaments_are_silent(heard, name: str, ornaments: int):
    """Arrows and marks of a style are for the eye; the control lets two of them be heard."""
    assert len(ORNAMENT.findall(heard["tree"][name])) == ornaments
