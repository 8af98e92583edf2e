"""A municipality's pages as a reader meets them: the walk, the mirror and the paper."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browsing import add_style, settle, show
from commands import SMALL, copy_project, succeed
from conftest import made_once, serve
from palvelupolku.mirror import STATES
from test_axe import everywhere
from test_mirror import ABSENT, LAHELA, MISSING, project

TOWN = "koivula/kunnat/lahela/"
PATH = f"{TOWN}polku/"
HERE = "li.pp-step[data-place=here]"
MATRIX = "keski-suomi/kunnat/"
SECOND = "koivula/kunnat/makela.yml"
"""A municipality in which a step of the path is missing."""
THIRD = "koivula/kunnat/rantala"
"""A municipality that has compared nothing yet."""
RANTALA = b"""\
  rantala:
    code: '903'
    name: Rantala
    area: alue
"""


@pytest.fixture(scope="module")
def town_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site in which a municipality does things its own way."""

    def make(folder: Path) -> None:
        own = copy_project(folder / "own", SMALL)
        files = {**project(), SECOND: MISSING.lstrip().encode()}
        files["koivula/region.yml"] += RANTALA
        files[f"{THIRD}.yml"] = LAHELA.partition("  steps:")[0].lstrip().encode()
        for name, content in files.items():
            file = own / "paths" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        succeed("build", cwd=own)
        shutil.move(own / "site", folder / "site")

    yield from serve(made_once(tmp_path_factory, "towns", make) / "site")


@pytest.fixture
def walking(window: Page, town_site: str) -> Page:
    """The municipality's own path, begun step by step."""
    window.set_viewport_size({"width": 1280, "height": 720})
    window.emulate_media(color_scheme="light", media="screen")
    show(window, town_site + PATH)
    window.get_by_role("link", name="Kulje polku vaihe vaiheelta").click()
    expect(window.locator(HERE)).to_be_visible()
    return window


def choose(page: Page, words: str) -> None:
    """Press a choice of the step one is at."""
    page.locator(f"{HERE} a.pp-way", has_text=words).click()
    settle(page)


def test_a_towns_path_is_walked_through_its_own_step(walking: Page):
    """The own step stands on the way, in the list and in the picture, told in words in both."""
    expect(walking.locator(f"{HERE} .pp-now")).to_contain_text("Lahela: Tule kirjastoon.")
    expect(walking.locator(f"{HERE} .pp-local")).to_contain_text("Täydennetty")
    choose(walking, "Tutustuminen pajaan")
    assert walking.evaluate("location.hash") == "#vaihe-tutustuminen;p=tapaaminen;n=k"
    assert walking.title() == "Vaihe 2: Tutustuminen pajaan – Pajatyö, Lahela – Palvelupolku"
    card = walking.locator("#kaavio-tutustuminen")
    assert re.search(r"Oma vaihe, Olet tässä$", card.get_attribute("aria-label") or "")
    choose(walking, "Mikä sopii sinulle?")
    expect(walking.locator("[data-pp-progress]")).to_contain_text("Takana 2 vaihetta.")
    expect(walking.locator(f"{HERE} .pp-now__ask")).to_contain_text("Kysy työparilta.")


def test_what_was_walked_in_a_town_goes_along_and_comes_back(walking: Page, town_site: str):
    """Another service knows the municipality's steps by name, and leads back to its page."""
    choose(walking, "Tutustuminen pajaan")
    choose(walking, "Mikä sopii sinulle?")
    choose(walking, "Haluat kokeilla työtä")
    walking.wait_for_url("**/koivula/tyokokeilu/**")
    assert f"e={PATH[:-1]}:tapaaminen.tutustuminen.arvio" in walking.url
    trail = walking.locator("[data-pp-trail] li")
    expect(trail.nth(0)).to_have_text("Pajatyö:", use_inner_text=False)
    expect(trail.nth(2)).to_have_text("Vaihe 2: Tutustuminen pajaan", use_inner_text=False)
    walking.get_by_role("link", name="Takaisin").click()
    walking.wait_for_url(f"{town_site}{PATH}**")
    expect(walking.locator(HERE)).to_have_id("vaihe-arvio")


def test_the_clear_version_of_a_town_goes_on_where_one_is(walking: Page, town_site: str):
    """The same walk in the same municipality, and from there to another service and back."""
    choose(walking, "Tutustuminen pajaan")
    walking.get_by_role("link", name="Selkeä versio").click()
    walking.wait_for_url(f"{town_site}{PATH}selkea/#vaihe-tutustuminen;p=tapaaminen;n=k")
    expect(walking.locator(HERE)).to_contain_text("Käy katsomassa pajaa.")
    choose(walking, "Mikä sopii sinulle?")
    choose(walking, "Haluat kokeilla työtä")
    walking.wait_for_url("**/koivula/tyokokeilu/selkea/**")
    walking.get_by_role("link", name="Takaisin").click()
    walking.wait_for_url(f"{town_site}{PATH}selkea/**")
    expect(walking.locator(HERE)).to_have_id("vaihe-arvio")


def test_a_meeting_in_a_town_says_what_holds_there(walking: Page):
    """The municipality's own words to the client are on view, and nothing scrolls."""
    walking.get_by_role("button", name="Kokousnäkymä").click()
    settle(walking)
    expect(walking.locator(f"{HERE} .pp-now")).to_contain_text("Lahela: Tule kirjastoon.")
    expect(walking.get_by_text("Lahela: Tule kirjastoon.")).to_be_in_viewport(ratio=1)
    assert walking.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_missing_step_is_told_in_the_meeting_and_on_the_walked_paper(
    window: Page, town_site: str, tmp_path: Path
):
    """Nobody is told there to do what the municipality does not have."""
    window.set_viewport_size({"width": 1280, "height": 720})
    window.emulate_media(color_scheme="light", media="screen")
    show(window, f"{town_site}koivula/kunnat/makela/polku/#vaihe-arvio;p=tapaaminen.tutustuminen")
    said, shared = ABSENT.replace("Lahela", "Mäkelä"), "Sano, mikä sopii sinulle."
    window.get_by_role("button", name="Kokousnäkymä").click()
    settle(window)
    expect(window.locator(f"{HERE} .pp-step__who")).to_have_count(0)
    expect(window.get_by_text("Yhteisen kuvauksen mukaan").first).to_be_in_viewport(ratio=1)
    now = window.locator(f"{HERE} .pp-now")
    expect(now.get_by_text(said)).to_be_in_viewport(ratio=1)
    expect(now).not_to_contain_text(shared)
    window.get_by_role("button", name="Sulje kokousnäkymä").click()
    window.emulate_media(media="print")
    window.pdf(path=tmp_path / "walked.pdf", tagged=True, prefer_css_page_size=True)
    window.emulate_media(media="screen")
    command = ["pdftotext", str(tmp_path / "walked.pdf"), "-"]
    words = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    paper = " ".join(words.split())
    assert said in paper
    assert shared not in paper


@pytest.mark.parametrize("place", [TOWN, PATH, f"{PATH}selkea/"])
def test_axe_finds_nothing_where_a_town_differs(window: Page, town_site: str, place: str):
    """Differences in every look pass axe-core, wide and narrow, light and dark."""
    show(window, town_site + place)
    window.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
    assert everywhere(window, (1280, 360)) == {}


def looks_of_states(page: Page) -> list[str]:
    """Return the words, the sign and the edge of each state among the counts."""
    return page.locator(".pp-counts dt").evaluate_all(
        "(all) => all.map((e) => [e.textContent, getComputedStyle(e, '::before').content,"
        " getComputedStyle(e).borderTopStyle + getComputedStyle(e).borderTopWidth].join('|'))"
    )


def test_a_state_is_told_by_a_word_and_a_shape(window: Page, town_site: str):
    """Without any colour each state still looks different; with its sign taken, that is seen."""
    show(window, town_site + TOWN)
    looks = [look.split("|") for look in looks_of_states(window)]
    assert [words for words, _, _ in looks] == list(STATES.values())
    for part in (1, 2):
        assert len({look[part] for look in looks}) == len(STATES), looks
    add_style(window, ".pp-state::before{content:'='!important}")
    assert len({look.split("|")[1] for look in looks_of_states(window)}) == 1


def test_a_way_to_a_missing_step_says_so_in_a_meeting(window: Page, town_site: str):
    """The words stand whole on the one screen, beside what to do."""
    window.set_viewport_size({"width": 1280, "height": 720})
    window.emulate_media(color_scheme="light", media="screen")
    show(window, f"{town_site}koivula/kunnat/makela/polku/#vaihe-tutustuminen;p=tapaaminen;n=k")
    window.get_by_role("button", name="Kokousnäkymä").click()
    settle(window)
    said = window.locator(f"{HERE} a.pp-way", has_text="(Mäkelä: tätä vaihetta ei ole)")
    expect(said).to_be_in_viewport(ratio=1)
    assert window.evaluate("document.documentElement.scrollHeight <= innerHeight")


def pdf_of(page: Page, url: str, file: Path, style: str = "") -> tuple[dict[str, str], str]:
    """Print a page; return what `pdfinfo` tells of it, and its words as they lie."""
    page.emulate_media(media="print")
    show(page, url)
    add_style(page, style)
    page.pdf(path=file, tagged=True, prefer_css_page_size=True)
    page.emulate_media(media="screen")
    told, words = (
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for command in (["pdfinfo", file], ["pdftotext", "-layout", file, "-"])
    )
    return dict(re.findall(r"(?m)^([^:]+): +(.*)$", told)), words


def test_the_matrix_of_a_region_is_one_sheet(window: Page, address: str, tmp_path: Path):
    """Services × municipalities lie on one A4 turned on its side, and nothing is folded there."""
    told, words = pdf_of(window, address + MATRIX, tmp_path / "matrix.pdf")
    width, height = map(float, re.findall(r"[\d.]+", told["Page size"])[:2])
    assert width == pytest.approx(842, abs=1)
    assert height == pytest.approx(595, abs=1)
    first = words.split("\f")[0]
    for town in ("Hankasalmi", "Laukaa", "Äänekoski"):
        assert town in first
    assert "Työllisyysalueet" not in first, "what follows the table has a sheet of its own"


def test_the_mirror_has_both_texts_on_paper(window: Page, town_site: str, tmp_path: Path):
    """Counts, words of each state, the shared text and the municipality's own are all printed."""
    _, words = pdf_of(window, town_site + TOWN, tmp_path / "mirror.pdf")
    for said in ("Täydennetty", "Poikkeaa", "Oma vaihe", "kirjastossa", "kuuntelee"):
        assert said in words


def test_a_folded_mirror_waits_on_screen_and_lies_open_on_paper(
    window: Page, town_site: str, tmp_path: Path
):
    """Nobody scrolls past steps that say nothing; on paper they are all there."""
    place, told = f"{town_site}{THIRD}/", "Mietitte yhdessä"
    _, words = pdf_of(window, place, tmp_path / "open.pdf")
    assert told in words
    closed = ".pp-more--paper::details-content{content-visibility:hidden!important}"
    _, words = pdf_of(window, place, tmp_path / "closed.pdf", closed)
    assert told not in words
    show(window, place)
    row = window.get_by_text(told)
    expect(row).to_be_hidden()
    window.get_by_text("Näytä vaiheet").click()
    expect(row).to_be_visible()
