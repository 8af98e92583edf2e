"""What a walk adds to a page: its marks, tools and views, at every size and in every palette."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from browsing import HELSINKI, SCHEMES, TEXT_SPACING, WORK, add_style, ask
from walks import STATES, enter, longest_walk

SIZES = ((320, 256), (360, 740), (768, 1024), (1280, 720))
LARGE_TEXT = "html{font-size:200%!important}"
"""Letters twice as large, the drawing's too little: a reader's own tool scales what is relative."""
SEEN = [
    *((place, state) for place in (WORK, HELSINKI) for state in STATES),
    *((f"{WORK}selkea/", state) for state in ("list", "walk", "meeting", "end", "meeting end")),
]


def walk_of(published: Path, place: str):
    """Return the longest walk of a path, whose clear version has the same steps."""
    return longest_walk(published, place.removesuffix("selkea/"))


@pytest.fixture(scope="module", params=SEEN, ids=" ".join)
def seen(request, window: Page, published: Path, address: str) -> Page:
    """A state of a walk; whoever alters it puts it back."""
    place, state = request.param
    enter(window, address + place, walk_of(published, place), state)
    return window


def faults_at(page: Page, size: tuple[int, int]) -> list[str]:
    """Return what is wrong in a window of a size: as it is, widely spaced, and in large letters."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found = []
    drawn = page.locator(".pp-diagram__svg:visible").count()
    questions = ("sideways", "cut", *(("textsOutside", "pinsAstray") if drawn else ()))
    for style in ("", TEXT_SPACING, *([LARGE_TEXT] if size[0] >= 768 else [])):
        add_style(page, style)
        for question in questions:
            found += [f"{style[:10]} {fault}" for fault in ask(page, question)]
    add_style(page, "")
    return [*found, *ask(page, "smallTargets")]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_walk_fits_its_screen(seen: Page, size: tuple[int, int]):
    """Nothing is too wide, cut, covered or too small to hit, also spaced widely or enlarged."""
    assert faults_at(seen, size) == []


def test_marks_stand_out_in_every_palette(seen: Page):
    """Pins, chosen lines and others' cards are seen in both schemes, and by more than colour."""
    seen.set_viewport_size({"width": 1280, "height": 720})
    for scheme in SCHEMES:
        seen.emulate_media(forced_colors="none", color_scheme=scheme)
        assert ask(seen, "faint") == [], scheme
        assert ask(seen, "marksByColour") == [], scheme
        seen.emulate_media(forced_colors="active", color_scheme=scheme)
        assert ask(seen, "ownColours") == [], scheme
        assert ask(seen, "marksByColour") == [], scheme
    seen.emulate_media(forced_colors="none", color_scheme="light")


def test_pins_fit_their_words_after_a_meeting(
    context: BrowserContext, published: Path, address: str
):
    """A link into a meeting draws no picture; the one shown after it has its pins whole."""
    page = context.new_page()
    enter(page, address + WORK, walk_of(published, WORK), "meeting")
    page.keyboard.press("Escape")
    page.locator("html[data-pp-view=walk] .pp-pin").first.wait_for()
    assert ask(page, "textsOutside") == []
    assert ask(page, "pinsAstray") == []
    page.evaluate("document.querySelector('.pp-pin rect').setAttribute('width', 16)")
    assert ask(page, "textsOutside")


@pytest.mark.parametrize("state", ["meeting", "meeting end"])
def test_a_meetings_buttons_are_large_and_apart(window, published, address, state):
    """What is pressed in a meeting is 64 px high and 16 px from the next."""
    enter(window, address + WORK, walk_of(published, WORK), state)
    for width, height in SIZES:
        window.set_viewport_size({"width": width, "height": height})
        assert ask(window, "crowded", 64, 16) == [], width


BROKEN = (
    ("walk", 320, ".pp-tool{white-space:nowrap;min-width:340px}"),
    ("walk", 360, ".pp-step__name{white-space:nowrap;overflow:hidden;height:1em}"),
    ("meeting", 1280, ".pp-steps{height:300px!important;min-height:0!important}"),
    ("end", 1280, ".pp-tool{min-height:0!important;padding:0!important}"),
    ("filter", 360, ".pp-folded button{min-height:0!important;padding:0!important;height:30px}"),
    ("filter", 768, ".pp-roles label{min-height:0!important}"),
    ("walk", 1280, ".pp-pin text{font-size:22px}"),
    ("filter", 1280, ".pp-pin text{letter-spacing:4px}"),
    ("walk", 1280, ".pp-pin{translate:-150px 20px}"),
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken[2])
def test_a_walk_that_does_not_fit_is_noticed(
    context: BrowserContext, published: Path, address: str, broken: tuple[str, int, str]
):
    """What is too wide, cut, covered, too low or out of its box in one state is reported."""
    state, width, style = broken
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 720})
    enter(page, address + WORK, walk_of(published, WORK), state)
    add_style(page, style)
    questions = ("sideways", "cut", "textsOutside", "smallTargets", "pinsAstray")
    assert [fault for question in questions for fault in ask(page, question)]


def test_marks_by_colour_alone_are_noticed(context: BrowserContext, published, address):
    """Marks that differ in colour only, or are pale, or keep our colours, are reported."""
    page = context.new_page()
    enter(page, address + WORK, walk_of(published, WORK), "filter")
    for style in (
        ".pp-node__box{stroke-width:6px!important}",
        ".pp-line{stroke-width:5px!important}",
        ".pp-node[data-other] .pp-node__box{stroke-dasharray:none!important}",
        ".pp-node__box{stroke-dasharray:5 4!important}",
    ):
        add_style(page, style)
        assert ask(page, "marksByColour"), style
    for style in (".pp-pin text{fill:#bbb!important}", ".pp-pin rect{stroke:#ddd!important}"):
        add_style(page, style)
        assert ask(page, "faint"), style
    page.emulate_media(forced_colors="active")
    for style in (
        ".pp-pin rect{fill:#fff3d6!important}",
        ".pp-line{stroke:red!important}",
    ):
        add_style(page, style)
        assert ask(page, "ownColours"), style


def test_crowded_buttons_are_noticed(context: BrowserContext, published, address):
    """Low buttons, and buttons side by side, are reported."""
    page = context.new_page()
    enter(page, address + WORK, walk_of(published, WORK), "meeting")
    tools = "[data-pp-view=meeting] pp-path :is(.pp-walk,.pp-tools,.pp-tool)"
    for style in ("min-height:44px!important;padding:0!important", "gap:4px!important"):
        add_style(page, f"{tools}{{{style}}}")
        assert ask(page, "crowded", 64, 16), style
