"""A reader's visit: nothing overflows, the picture waits where it should, and nothing is kept."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsing import (
    HELSINKI,
    PATHS,
    STEPS,
    TEXT_SPACING,
    WIDTHS,
    WORK,
    add_style,
    ask,
    break_page,
    places,
    reader,
    settle,
    show,
    visit,
    without_policy,
)

CANARY = "http://canary.invalid/"


# No page is wider than its screen


def too_wide(page: Page) -> list[str]:
    """Return how far the unfolded page overflows at each width, also with widely spaced text."""
    found: list[str] = []
    page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
    for spacing in ("", TEXT_SPACING):
        add_style(page, spacing)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 720})
            found += [f"{width}: {fault}" for fault in ask(page, "sideways")]
    return found


def test_no_page_scrolls_sideways(context: BrowserContext, published: Path, address: str):
    """No page is wider than the screen, also with all its parts open and its text widely spaced."""
    page = context.new_page()
    found = {}
    for place in [*places(published), "404.html"]:
        page.goto(address + place)
        found[place] = too_wide(page)
    assert len(found) > 25
    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_wider_than_its_screen_is_noticed(browser: Browser, address: str, width: int):
    """A drawing outside its scroll box, or a word that may not break, is reported."""
    context = reader(browser, width)
    page = visit(context, address + WORK)
    for style in (
        ".pp-diagram__box{overflow:visible!important;width:1600px}",
        "h1{white-space:nowrap!important;font-size:9rem!important}",
    ):
        add_style(page, f"{style}details{{display:block}}")
        page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        assert ask(page, "sideways"), style
    context.close()


# The picture and the list


@pytest.mark.parametrize("place", [*PATHS, "keski-suomi/"])
def test_on_a_narrow_screen_the_list_is_the_view(browser: Browser, address: str, place: str):
    """At 360 px the drawing waits folded, opens when asked, and scrolls inside its own box."""
    context = reader(browser, 360)
    page = visit(context, address + place)
    drawing = page.locator("svg.pp-diagram__svg")
    expect(drawing).not_to_be_visible()
    expect(page.locator(".pp-step, .pp-service").first).to_be_visible()
    page.locator(".pp-diagram__fold > summary").click()
    expect(drawing).to_be_visible()
    box = page.locator(".pp-diagram__box")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth && box.tabIndex === 0")
    assert drawing.evaluate(
        "(svg) => svg.getBoundingClientRect().width === svg.viewBox.baseVal.width"
    )
    assert ask(page, "sideways") == []
    context.close()


@pytest.mark.parametrize("place", PATHS, indirect=True)
def test_on_a_wide_screen_the_picture_stays_beside_the_list(drawing: Page):
    """At 1280 px the drawing stands left of the steps and stays in view while they scroll."""
    box = drawing.locator(".pp-diagram__box")
    for step in (drawing.locator(".pp-step").first, drawing.locator(".pp-step").last):
        step.scroll_into_view_if_needed()
        expect(box).to_be_in_viewport(ratio=0.95)
        picture, text = box.bounding_box(), step.bounding_box()
        assert picture
        assert text
        assert picture["x"] + picture["width"] <= text["x"]


_LOOK = (
    "(e) => { const s = getComputedStyle(e); return [s.boxShadow, s.borderColor, s.strokeWidth] }"
)


@pytest.mark.parametrize(("width", "place"), [(360, WORK), *((1280, place) for place in PATHS)])
def test_an_address_opens_its_step(browser: Browser, address: str, width: int, place: str):
    """A fresh visit to any #vaihe-<id> shows that step, marked in the list and in the drawing."""
    context = reader(browser, width)
    page = visit(context, address + place)
    ids = page.eval_on_selector_all(".pp-step", "(steps) => steps.map((s) => s.dataset.step)")
    for name in [ids[1], ids[len(ids) // 2], ids[-1]]:
        # Only what stands before # makes a browser load a page anew.
        show(page, f"{address}{place}?{name}#vaihe-{name}")
        step = page.locator(f"#vaihe-{name}")
        assert step.evaluate("(step) => step.matches(':target')")
        expect(step.locator("h3")).to_be_in_viewport(ratio=1)
        assert step.evaluate(_LOOK) != page.locator(".pp-step:not(:target)").first.evaluate(_LOOK)
        if width == 1280:
            card = page.locator(f"#kaavio-{name}")
            expect(card).to_be_in_viewport(ratio=0.9)
            kind = card.get_attribute("class").split()[1]
            width_here, *others = page.eval_on_selector_all(
                f"#kaavio-{name} .pp-node__box, .{kind}:not(#kaavio-{name}) .pp-node__box",
                "(boxes, id) => boxes.sort((a) => a.parentElement.id === id ? -1 : 1)"
                ".map((box) => parseFloat(getComputedStyle(box).strokeWidth))",
                f"kaavio-{name}",
            )
            assert width_here >= 5
            assert all(other < width_here for other in others)
    context.close()


def test_the_picture_follows_the_choices(context: BrowserContext, address: str):
    """When one goes on from a step, the drawing brings the next step's card into view."""
    page = visit(context, f"{address}{WORK}#vaihe-tunnistaminen")
    for _ in range(9):
        page.locator(
            ".pp-step[data-place=here] .pp-way:not(.pp-way--exit):not(.pp-way--return)"
        ).last.click()
        here = page.locator(".pp-step[data-place=here]")
        expect(here.locator("h3")).to_be_in_viewport()
        card = f"#kaavio-{here.get_attribute('data-step')}"
        expect(page.locator(card)).to_be_in_viewport(ratio=0.9)
        if not here.locator(".pp-way:not(.pp-way--exit):not(.pp-way--return)").count():
            break


# What a visit leaves behind


class Witness:
    """Notes what a visit asks from elsewhere and what the browser complains about."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.outside: list[str] = []
        self.asked: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self._request(request.url, origin))
        context.on("console", lambda said: self._said(said.type, said.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _request(self, url: str, origin: str) -> None:
        self.asked.append(url)
        if not url.startswith(origin):
            self.outside.append(url)

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)


def walk(page: Page) -> int:
    """Go through a path by its choices, use the drawing and the search; return the steps seen."""
    seen = 0
    page.locator(".pp-jump a").first.click()
    page.locator(".pp-node[id]").first.click()
    while seen < 20:
        seen += 1
        settle(page)
        onward = page.locator(
            ".pp-step[data-place=here] .pp-way:not(.pp-way--exit):not(.pp-way--return)"
        )
        if not onward.count():
            break
        page.locator(".pp-step[data-place=here] summary").first.click()
        onward.last.click()
    page.get_by_role("button", name="Hae sivustolta").click()
    page.locator(".pp-search__input").fill("päätös")
    page.locator(".pp-search__results a").first.click()
    page.wait_for_load_state("networkidle")
    return seen


@pytest.mark.parametrize("place", PATHS)
def test_a_visit_leaves_nothing_and_asks_nothing_elsewhere(
    context: BrowserContext, address: str, place: str
):
    """After a walk through a path and the search: no cookie, storage, other host or error."""
    witness = Witness(context, address)
    page = visit(context, address + place)
    assert walk(page) > min(3, STEPS[place] - 2)
    assert ask(page, "kept") == []
    assert context.cookies() == []
    assert witness.outside == []
    assert witness.complaints == []
    assert not [url for url in witness.asked if "vaihe-" in url.partition("#")[0]]


def test_a_page_that_tracks_is_noticed(context: BrowserContext, published: Path, address: str):
    """A script that stores, sets a cookie and asks another host is reported on all counts."""
    script = (
        "<script>localStorage.here = sessionStorage.here = document.cookie = 'seen=1';"
        f"new Image().src = '{CANARY}'; throw new Error('oho')</script>"
    )
    break_page(context, published, address, lambda html: without_policy(html) + script)
    witness = Witness(context, address)
    page = visit(context, address)
    kept = [line.partition(":")[0] for line in ask(page, "kept")]
    assert kept == ["cookie", "localStorage", "sessionStorage"]
    assert context.cookies()
    assert witness.outside == [CANARY]
    assert any("oho" in complaint for complaint in witness.complaints)


def test_the_policy_stops_a_script_in_the_page(
    context: BrowserContext, published: Path, address: str
):
    """The published policy lets no script of a page run and no other host be asked, and says so."""
    script = f"<script>document.cookie = 'seen=1'</script><img src='{CANARY}'>"
    break_page(context, published, address, lambda html: html + script)
    witness = Witness(context, address)
    blocked: list[str | None] = []
    context.on("requestfailed", lambda request: blocked.append(request.failure))
    page = visit(context, address)
    assert ask(page, "kept") == []
    assert blocked == ["csp"]
    assert len([c for c in witness.complaints if "Content Security Policy" in c]) == 2


def test_every_page_carries_the_policy(published: Path):
    """No published page is without a policy that allows our own files only."""
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\''
    pages = [path for path in published.rglob("*.html") if "pagefind" not in path.parts]
    assert len(pages) > 20
    assert [p for p in pages if policy not in p.read_text("utf-8").replace("&#39;", "'")] == []


# On paper


def paper(page: Page, tmp_path: Path) -> str:
    """Return the words of the page as it prints, on one line and without hyphens."""
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    command = ["pdftotext", "-layout", tmp_path / "page.pdf", "-"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return _words(printed)


def _words(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "").replace("-", "")


def lost_steps(names: list[str], printed: str) -> list[str]:
    """Return the steps whose heading, as `2 Name`, is not on paper after the one before it."""
    lost, here = [], 0
    for name in names:
        heading = _words(name.replace("Vaihe", "", 1).replace(":", "", 1))
        found = printed.find(heading, here)
        if found < 0:
            lost.append(name)
        here = max(here, found)
    return lost


MENU = ("Siirry sisältöön", "Hae sivustolta", "Polku kuvana", "Näytä kuvassa")


@pytest.mark.parametrize("place", PATHS, indirect=True)
def test_a_path_prints_as_its_steps(drawing: Page, tmp_path: Path, place: str):
    """On paper a path has the name of every step, in order, and no menus."""
    names = drawing.locator(".pp-step h3").all_text_contents()
    assert len(names) == STEPS[place]
    printed = paper(drawing, tmp_path)
    assert lost_steps(names, printed) == []
    assert [words for words in MENU if _words(words) in printed] == []


def test_menus_and_lost_steps_on_paper_are_noticed(
    context: BrowserContext, address: str, tmp_path: Path
):
    """Without its print rules the menus of a page are on paper, and a hidden step is not."""
    page = visit(context, address + HELSINKI, ".pp-header-band{display:block!important}")
    names = page.locator(".pp-step h3").all_text_contents()
    assert _words("Hae sivustolta") in paper(page, tmp_path)
    add_style(page, "@media print{#vaihe-profilointi{display:none}}")
    assert len(lost_steps(names, paper(page, tmp_path))) == 1
