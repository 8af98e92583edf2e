"""What one takes home: the chosen path on paper, with a code to scan and room to write."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browsing import HELSINKI, PATHS, STEPS, WORK, add_style, ask, break_page, reader, settle, show
from commands import SMALL
from conftest import DAY
from palvelupolku.build import build
from palvelupolku.folder import read_folder
from palvelupolku.published import Settings
from walks import Walk, enter, longest_walk

DPI = 254
DOT = DPI * 10 // 254
"""Dots on a millimetre."""
FINNISH = re.compile(rb"/Type /Catalog\b.{0,900}?/Lang \(fi\)", re.DOTALL)
LINE = 60
"""Letters that a line of plain Finnish may have on paper."""


@dataclass(frozen=True)
class Sheet:
    """A page on paper: the file, and the words of each leaf, spaces and hyphens left out."""

    file: Path
    leaves: tuple[str, ...]

    @property
    def words(self) -> str:
        return "".join(self.leaves)

    def facts(self) -> dict[str, str]:
        """Return what the file says of itself."""
        told = _run("pdfinfo", self.file)
        facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
        return {name: fact.strip() for name, fact in facts.items()}

    def code(self) -> tuple[str, float]:
        """Return what the code on the first leaf says, and the side of its dark part in mm."""
        picture = self.file.with_suffix("")
        _run("pdftoppm", "-r", DPI, "-png", "-f", 1, "-l", 1, "-singlefile", self.file, picture)
        found = subprocess.run(
            ["zbarimg", "--quiet", "--raw", f"{picture}.png"], capture_output=True, check=False
        ).stdout.decode()
        corner = _run(
            "pdftoppm", "-r", DPI, "-mono", "-f", 1, "-l", 1, "-x", 154 * DOT, "-y", 0,
            "-W", 56 * DOT, "-H", 50 * DOT, self.file, raw=True,
        )  # fmt: skip
        return found.strip(), _dark_columns(corner) / DOT

    def small(self, least: float) -> list[str]:
        """Return the words below the head that are set in letters under a size in points."""
        html = _run("pdftohtml", "-xml", "-stdout", "-i", "-zoom", "1", "-noroundcoord", self.file)
        sizes = {f: float(s) for f, s in re.findall(r'<fontspec id="(\d+)" size="([\d.]+)"', html)}
        texts = re.findall(r'<text top="([\d.]+)".*? font="(\d+)">(.*?)</text>', html)
        first = next(i for i, (_, _, text) in enumerate(texts) if re.match(r"1(?!\d)", _bare(text)))
        return [t for _, font, t in texts[first:] if sizes[font] < least and _bare(t)]


def _bare(text: str) -> str:
    return "".join(re.sub("<[^>]*>", "", text).split()).replace("\u00ad", "").replace("-", "")


def _dark_columns(bitmap: bytes) -> int:
    """Return how many columns lie between the first and the last dark one of a PBM picture."""
    _, size, rows = bitmap.split(b"\n", 2)
    width, height = map(int, size.split())
    pace = (width + 7) // 8
    dark = 0
    for row in range(height):
        dark |= int.from_bytes(rows[row * pace : (row + 1) * pace], "big")
    return dark.bit_length() - (dark & -dark).bit_length() + 1


def _run(*command: object, raw: bool = False) -> Any:
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return done.stdout if raw else done.stdout.decode()


def print_out(page: Page, folder: Path, name: str = "page") -> Sheet:
    """Return the open page as it comes from a printer."""
    page.locator("[data-pp-code] svg path").first.wait_for(state="attached")
    file = folder / f"{name}.pdf"
    page.pdf(path=file, tagged=True, outline=True, prefer_css_page_size=True)
    leaves = _run("pdftotext", "-raw", file, "-").split("\f")[:-1]
    return Sheet(file, tuple(map(_bare, leaves)))


_PARTS = """(step) => [
  ".pp-step__name", ".pp-step__who > :nth-child(1)", ".pp-step__who > :nth-child(2)",
  ".pp-now > p:first-of-type", ".pp-now__ask", ".pp-paper__tick", ".pp-paper__note",
].map((name) => {
  const part = step.querySelector(name).cloneNode(true);
  const notPrinted = ".pp-visually-hidden, .pp-step__place, .pp-now__whom";
  for (const left of part.querySelectorAll(notPrinted)) left.remove();
  return part.textContent;
})"""


def steps_on(page: Page, walk: Walk) -> list[list[str]]:
    """Return the words that each step of a walk must have on paper, in their order."""
    return [page.locator(f"#vaihe-{step}").evaluate(_PARTS) for step in walk.steps]


def missing(sheet: Sheet, steps: list[list[str]]) -> list[str]:
    """Return the steps that are not whole on one leaf, below the step before them."""
    lost, leaf, place = [], 0, 0
    for parts in steps:
        whole = "".join(map(_bare, parts))
        while leaf < len(sheet.leaves) and (found := sheet.leaves[leaf].find(whole, place)) < 0:
            leaf, place = leaf + 1, 0
        if leaf == len(sheet.leaves):
            lost.append(whole)
            leaf = place = 0
        else:
            place = found + len(whole)
    return lost


def long_lines(sheet: Sheet, steps: list[list[str]]) -> list[str]:
    """Return the lines of what the client does that have too many letters."""
    told = "".join(_bare(parts[3] + parts[4]) for parts in steps)
    printed = _run("pdftotext", "-layout", sheet.file, "-").splitlines()
    lines = [" ".join(line.split()) for line in printed]
    return [line for line in lines if len(line) > LINE and _bare(line) in told]


@pytest.fixture
def desk(window: Page) -> Page:
    """The window, at a projector's size and without a style of one's own."""
    window.set_viewport_size({"width": 1280, "height": 720})
    return window


@pytest.mark.parametrize("version", ["", "selkea/"])
def test_the_longest_walk_goes_home_whole(desk, published, address, tmp_path, version):
    """Every step chosen, none cut, with its tick and its line; the code leads to the same page."""
    place = max(PATHS, key=lambda path: len(longest_walk(published, path).steps))
    walk = longest_walk(published, place)
    assert len(walk.steps) >= 10
    enter(desk, address + place + version, walk, "end")
    sheet, steps = print_out(desk, tmp_path), steps_on(desk, walk)
    facts = sheet.facts()
    assert facts["Tagged"] == "yes"
    assert facts["Title"] == desk.title()
    assert FINNISH.search(sheet.file.read_bytes())
    assert re.match(r"594\.\d+ x 841\.\d+ pts \(A4\)", facts["Page size"])
    assert missing(sheet, steps) == []
    for part in ("Tehty", "Omamuistiinpano"):
        assert sheet.words.count(part) == len(walk.steps)
    assert sheet.leaves[-1].count("Tehty") >= 1, "the end does not stand alone on a leaf"
    assert sheet.small(14) == []
    assert long_lines(sheet, steps) == []
    words, side = sheet.code()
    assert words == desk.url
    assert side >= 30
    assert _bare(desk.url) in sheet.leaves[0]
    assert re.search(r"Polkuonpäivältä[\d.]+Uusinlähde:[\d.]+", sheet.leaves[0])
    assert re.search("Ammattilaineneiolevielätarkistanut|Tarkistettuviimeksi", sheet.leaves[0])
    menus = ("Siirrysisältöön", "Haesivustolta", "Kopioilinkki")
    assert [words for words in menus if words in sheet.words] == []


def test_every_end_of_a_long_walk_is_whole_on_a_leaf(desk, published, address, tmp_path):
    """What the end is and what it means stand in one box, however full the leaves are."""
    walk = longest_walk(published, WORK)
    last = walk.steps[-1]
    enter(desk, address + WORK, walk, "end")
    ends = desk.locator(f'#vaihe-{last} [data-to^="{last}~outcome/"]').evaluate_all(
        "(ways) => ways.map((way) => way.dataset.to.split('/')[1])"
    )
    assert len(ends) >= 2
    for end in ends:
        at = f"#vaihe-{last};p={'.'.join(walk.steps[:-1])};x={end};n=k"
        desk.evaluate("(state) => { location.hash = state }", at)
        settle(desk)
        parts = desk.locator(".pp-end h3, [data-pp-end=about]").all_inner_texts()
        whole = _bare("".join(parts))
        sheet = print_out(desk, tmp_path)
        assert [leaf for leaf in sheet.leaves if whole in leaf], end


@pytest.mark.parametrize("place", PATHS)
def test_five_steps_go_on_one_leaf(desk, published, address, tmp_path, place):
    """The first five steps of a path's longest walk fit one A4, and the head covers nothing."""
    longest = longest_walk(published, place)
    walk = Walk(longest.steps[:5], "", longest.roles)
    here = f"#vaihe-{walk.steps[-1]};p={'.'.join(walk.steps[:-1])};n=k"
    show(desk, address + place + here)
    desk.locator(f"#vaihe-{walk.steps[-1]}[data-place=here]").wait_for()
    sheet = print_out(desk, tmp_path)
    assert missing(sheet, steps_on(desk, walk)) == []
    assert len(sheet.leaves) == 1
    assert sheet.code()[0] == desk.url
    assert covered(desk) == []


def covered(page: Page) -> list[str]:
    """Return the words that lie on others when the page is laid out for paper."""
    page.set_viewport_size({"width": 657, "height": 985})
    page.emulate_media(media="print")
    found = ask(page, "cut")
    page.emulate_media(media="null")
    return found


@pytest.mark.parametrize("state", ["", "selkea/", "#n=k", "#n=m"])
def test_without_a_walk_the_whole_list_is_printed(desk, address, tmp_path, state):
    """Also from a meeting, and from the first step of a walk; with a code that leads there."""
    desk.goto("about:blank")
    show(desk, f"{address}{WORK}{state}")
    sheet = print_out(desk, tmp_path)
    names = desk.locator(".pp-step").evaluate_all("(steps) => steps.map((s) => s.dataset.title)")
    assert len(names) == STEPS[WORK]
    told = [re.sub(r"^Vaihe (\d+): ", r"\1", name) for name in names]
    assert [name for name in told if _bare(name) not in sheet.words] == []
    words, side = sheet.code()
    assert words == desk.url
    assert side >= 30
    if state == "selkea/":
        assert sheet.words.count("Omamuistiinpano") == len(names)


def test_without_a_script_the_code_leads_to_the_page(
    browser: Browser, published: Path, address: str, tmp_path: Path
):
    """The code that the build makes for a site whose place is known says what is beside it."""
    whole = build(read_folder(SMALL), DAY, Settings(site_url="https://example.org/polku/"))
    paths = [one for one, page in whole.pages.items() if "data-pp-sheet" in page.body]
    assert len(paths) > 1
    context = reader(browser, java_script_enabled=False)
    page = context.new_page()
    for place in paths[:2]:
        sheet = re.search(r"<aside.*?</aside>", whole.pages[place].body, re.DOTALL)[0]

        def known(html: str, sheet: str = sheet) -> str:
            return re.sub(r"<aside.*?</aside>", lambda _: sheet, html, flags=re.DOTALL)

        break_page(page, published, address + HELSINKI, known)
        page.goto(address + HELSINKI)
        printed = print_out(page, tmp_path)
        words, side = printed.code()
        assert words == f"https://example.org/polku/{place}"
        assert side >= 30
        assert _bare(words) in printed.words
    context.close()


def test_a_sheet_that_fails_is_noticed(desk, published, address, tmp_path):
    """Cut and lost steps, small letters, long lines, a faint or small code, a covered head."""
    walk = longest_walk(published, WORK)
    enter(desk, address + WORK, walk, "end")
    steps = steps_on(desk, walk)
    last = walk.steps[-2]

    def broken(style: str) -> Sheet:
        add_style(desk, f"@media print{{{style}}}")
        return print_out(desk, tmp_path)

    cut = ".pp-path .pp-step{break-inside:auto!important}.pp-now{margin-bottom:17mm!important}"
    assert missing(broken(cut), steps)
    assert len(missing(broken(f"#vaihe-{last}{{display:none!important}}"), steps)) == 1
    assert broken(".pp-path .pp-now p{font-size:11pt!important}").small(14)
    assert long_lines(broken(".pp-path .pp-now{max-width:none!important}"), steps)
    assert broken(".pp-sheet__code{opacity:.03}").code()[0] == ""
    assert broken(".pp-sheet__code svg{width:30mm!important;height:30mm!important}").code()[1] < 30
    add_style(desk, "@media print{.pp-sheet__words{position:absolute;top:0;left:0}}")
    assert covered(desk)
    add_style(desk, "")
    untagged = tmp_path / "untagged.pdf"
    desk.pdf(path=untagged, tagged=False)
    assert Sheet(untagged, ()).facts()["Tagged"] == "no"
    assert not FINNISH.search(untagged.read_bytes())
