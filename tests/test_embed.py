"""A path on somebody else's page: in a frame of another site, as text, and the lines to paste."""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from browsing import HELSINKI, PATHS, STEPS, WORK, ask, break_page, reader, settle, show
from commands import SMALL
from conftest import DAY, serve
from palvelupolku.build import build
from palvelupolku.embed import GUIDE, HEIGHT, UNKNOWN_SITE
from palvelupolku.folder import read_folder
from palvelupolku.published import Settings, Site
from test_axe import everywhere
from test_export import Words
from test_reading import CANARY, Witness
from test_weight import OWN, weight

TOWN = "keski-suomi/kunnat/laukaa/kuntouttava-tyotoiminta/"
SCRIPT = "assets/embedded.js"
PLAIN = {"article", "h2", "h3", "p", "ol", "ul", "li", "a"}
"""The elements of a text to copy."""
HOST = """<!doctype html><html lang="fi"><meta charset="utf-8"><title>Kunta</title>
<link rel="icon" href="data:,">
<body style="margin:0"><h1>Kunnan sivu</h1><button autofocus>Kunnan nappi</button>
<div style="height:{before}px"></div>{lines}<p>Kunnan teksti jatkuu.</p>
<div style="height:2000px"></div></body></html>"""
KEEPS = (
    "() => { try { localStorage.setItem('a', 'b'); return 'kept' } catch (e) { return e.name } }"
)


def pasted(page: str) -> dict[str, str]:
    """Return the lines that the guide's page gives for each path, by the path's address."""
    found = re.findall(r'id="([^"]+)">\s*<textarea[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    return {f"{address}/": html.unescape(lines) for address, lines in found}


@pytest.fixture(scope="module")
def lines(published: Path) -> dict[str, str]:
    """What a municipality pastes, as the published page says it."""
    return pasted((published / GUIDE[0] / "index.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def origin(address: str) -> str:
    """The address of the published site as another site than the one that shows it in a frame."""
    return address.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def hosts(
    tmp_path_factory: pytest.TempPathFactory, lines: dict[str, str], origin: str
) -> Iterator[str]:
    """The address of a municipality's own pages, with the lines pasted as they are."""
    folder = tmp_path_factory.mktemp("kunta")
    own = {place: text.replace(UNKNOWN_SITE, origin) for place, text in lines.items()}
    written = {
        "polku": (0, own[WORK]),
        "alla": (400, own[WORK]),
        "kaksi": (0, own[WORK] + own[TOWN]),
        "ilman": (0, own[WORK].partition("<script")[0]),
    }
    for name, (before, text) in written.items():
        (folder / f"{name}.html").write_text(HOST.format(before=before, lines=text), "utf-8")
    yield from serve(folder)


def framed(page: Page, url: str, place: str = WORK) -> Frame:
    """Open a page of the municipality; return the frame with the path once it can be walked."""
    if page.url != url:
        show(page, url)
    inside = page.frame_locator(f'iframe[src*="/{place}upota/"]')
    inside.locator("[data-view=walk] .pp-step[data-place=here]").wait_for()
    return next(frame for frame in page.frames if f"/{place}upota/" in frame.url)


def fits(page: Page, frame: Frame) -> bool:
    """Wait until the frame is as high as its content; tell whether it came to be."""
    outer = frame.frame_element()
    for _ in range(20):
        settle(page)
        content = frame.evaluate("document.documentElement.getBoundingClientRect().height")
        if abs(outer.evaluate("(frame) => frame.clientHeight") - content) <= 1:
            return True
        page.wait_for_timeout(50)
    return False


def on(frame: Frame) -> str:
    """Make the first choice of the step one is at; return the id of the step one came to.

    The frame is brought into sight and drawn first, as a person waits to see what to press: a
    press on a frame of which nothing is drawn yet is the page's around it.
    """
    frame.frame_element().scroll_into_view_if_needed()
    settle(frame)
    here = frame.locator(".pp-step[data-place=here]")
    before = here.get_attribute("data-step")
    here.locator("a.pp-way:not(.pp-way--exit)").first.click()
    moved = frame.locator(f'.pp-step[data-place=here]:not([data-step="{before}"])')
    return moved.get_attribute("data-step") or ""


def back(frame: Frame) -> None:
    """Press the path's own way back."""
    frame.locator("[data-pp-back]:visible").first.click()


def at(frame: Frame, step: str) -> None:
    """Wait until the walk is at a step."""
    frame.locator(f"#vaihe-{step}[data-place=here]").wait_for()


# In a frame of another site


def test_a_path_is_walked_in_a_frame_that_can_store_nothing(
    context: BrowserContext, published: Path, hosts: str, origin: str
):
    """With third-party storage blocked: a choice, back, another path, and the height follows."""
    witness = Witness(context, origin)
    page = context.new_page()
    frame = framed(page, f"{hosts}polku.html")
    assert frame.evaluate(KEEPS) == "SecurityError", "the storage is not blocked"
    first = frame.locator(".pp-step[data-place=here]").get_attribute("data-step") or ""
    assert fits(page, frame)
    second = on(frame)
    assert frame.evaluate("document.activeElement.closest('[data-step]').dataset.step") == second
    assert fits(page, frame)
    back(frame)
    at(frame, first)
    on(frame)
    page.evaluate("history.back()")
    at(frame, first)
    frame.locator(".pp-step[data-place=here] a.pp-way--exit").first.click()
    frame.locator(".pp-path--card .pp-step[data-place=here]").wait_for()
    assert urlsplit(frame.url).path.endswith("/upota/")
    expect(frame.locator(".pp-step[data-place=here] h3")).to_be_focused()
    assert fits(page, frame)
    back(frame)
    at(frame, first)
    assert page.url == f"{hosts}polku.html"
    assert [url for url in witness.outside if not url.startswith(hosts)] == []
    assert witness.complaints == []
    assert not [url for url in witness.asked if "vaihe-" in url.partition("#")[0]]
    assert context.storage_state() == {"cookies": [], "origins": []}
    loaded = {url.removeprefix(origin) for url in witness.asked if "/assets/" in url}
    for kind in (".js", ".css"):
        own = [n for n in loaded if n.endswith(kind) and "/vendor/" not in n]
        assert 0 < sum(weight(n, (published / n).read_bytes()) for n in own) <= OWN, own


def test_a_page_of_its_own_site_may_store_and_a_request_elsewhere_is_noticed(
    context: BrowserContext, published: Path, hosts: str, origin: str
):
    """Control: what was blocked in the frame is not at the top.

    A stray request is seen, and so is a file of the site's own that is not there.
    """
    page = context.new_page()
    show(page, f"{origin}{WORK}upota/")
    assert page.evaluate(KEEPS) == "kept"
    stray = f"<script>new Image().src = '{CANARY}'</script><img alt='' src='lost.svg'></body>"
    break_page(
        context, published, f"{origin}{WORK}upota/",
        lambda text: re.sub("<meta http-equiv=.*?>", "", text).replace("</body>", stray),
    )  # fmt: skip
    witness = Witness(context, origin)
    framed(page, f"{hosts}polku.html")
    assert CANARY in witness.outside
    assert any("404" in said for said in witness.complaints)


def test_an_end_stays_in_the_frame_and_the_whole_page_takes_the_window(
    context: BrowserContext, hosts: str, origin: str
):
    """An outcome is told in the frame; the whole page opens in the window at the same step."""
    page = context.new_page()
    frame = framed(page, f"{hosts}polku.html")
    ending = frame.locator('.pp-way[data-to*="~outcome/"]').first.get_attribute("data-from")
    frame.evaluate("(step) => { location.hash = `#vaihe-${step};n=k` }", ending)
    at(frame, str(ending))
    frame.locator('.pp-step[data-place=here] .pp-way[data-to*="~outcome/"]').first.click()
    expect(frame.locator(".pp-end h3")).to_be_focused()
    assert page.url == f"{hosts}polku.html"
    frame.get_by_role("link", name="Avaa koko sivu").click()
    page.wait_for_url(f"{origin}{WORK}#vaihe-{ending};*")
    expect(page.locator(".pp-end")).to_be_visible()
    page.go_back()
    page.wait_for_url(f"{hosts}polku.html")


def without(part: str) -> Callable[[str], str]:
    """Return what takes a part of the script away; the part must be there."""

    def alter(script: str) -> str:
        assert part in script
        return script.replace(part, "")

    return alter


def altered(context: BrowserContext, published: Path, origin: str, part: str) -> None:
    """Let frames load their script without a part of it."""
    script = without(part)((published / SCRIPT).read_text("utf-8"))
    answer = {"body": script, "content_type": "text/javascript"}
    context.route(origin + SCRIPT, lambda route: route.fulfill(**answer))


def taken(page: Page, url: str) -> list[str]:
    """Open a page with a frame; return what of the page around it moved as the frame loaded."""
    frame = framed(page, url)
    assert fits(page, frame)
    focus, place = page.evaluate("[document.activeElement.tagName, scrollY]")
    return [*(["focus"] if focus != "BUTTON" else []), *(["place"] if place else [])]


def test_a_frame_nobody_has_touched_leaves_the_page_alone(
    context: BrowserContext, published: Path, hosts: str, origin: str
):
    """As it loads, neither the focus nor the page moves; without its guard both would."""
    assert taken(context.new_page(), f"{hosts}alla.html") == []
    altered(context, published, origin, 'path.dataset.still="yes"')
    assert taken(context.new_page(), f"{hosts}alla.html") == ["focus", "place"]


def two_walks(page: Page, url: str) -> list[str | None]:
    """Walk two steps in one of two frames, one in the other, and back in the first: where both are.

    The two show the same steps, the second those of a municipality. A frame that grows moves what
    is under it, so the page lies still before each press.
    """
    frames = [framed(page, url), framed(page, url, TOWN)]
    start = frames[0].locator(".pp-step[data-place=here]").get_attribute("data-step")
    came = []
    for frame in (frames[0], frames[0], frames[1]):
        assert all(fits(page, each) for each in frames)
        came.append(on(frame))
    once, twice, other = came
    assert other == once
    assert all(fits(page, each) for each in frames)
    back(frames[0])
    page.wait_for_timeout(300)
    steps = {start: "start", once: "once", twice: "twice"}
    here = [frame.locator(".pp-step[data-place=here]") for frame in frames]
    return [steps[step.get_attribute("data-step")] for step in here]


def test_back_in_one_frame_moves_no_other(
    context: BrowserContext, published: Path, hosts: str, origin: str
):
    """The way back belongs to its own path; by the window's history it would lead elsewhere."""
    assert two_walks(context.new_page(), f"{hosts}kaksi.html") == ["once", "once"]
    altered(context, published, origin, "event.stopPropagation()")
    assert two_walks(context.new_page(), f"{hosts}kaksi.html")[0] == "twice"


STRANGE = ("9000", 9000.5, -1, 5, 1e9, None, [700], {"height": 700})


def test_only_the_frame_itself_sets_its_height(context: BrowserContext, hosts: str):
    """Messages of others, and heights that are none, change nothing; its own height does."""
    page = context.new_page()
    frame = framed(page, f"{hosts}polku.html")
    assert fits(page, frame)
    height = "document.querySelector('iframe').style.height"
    fitted = page.evaluate(height)
    page.evaluate("postMessage({ palvelupolku: { height: 700 } }, '*')")
    page.evaluate("document.body.append(document.createElement('iframe'))")
    page.frames[-1].evaluate("parent.postMessage({ palvelupolku: { height: 700 } }, '*')")
    for wrong in STRANGE:
        frame.evaluate("(height) => parent.postMessage({ palvelupolku: { height } }, '*')", wrong)
    frame.evaluate("parent.postMessage('palvelupolku', '*')")
    settle(page)
    assert page.evaluate(height) == fitted
    frame.evaluate("parent.postMessage({ palvelupolku: { height: 700 } }, '*')")
    page.wait_for_function(f"{height} === '700px'")


def test_a_frame_tells_its_height_and_nothing_else(context: BrowserContext, hosts: str):
    """What the page around hears of a walk are whole numbers, however one walks."""
    page = context.new_page()
    page.add_init_script(
        "window.heard = []; addEventListener('message', (m) => heard.push(m.data))"
    )
    frame = framed(page, f"{hosts}polku.html")
    on(frame)
    assert fits(page, frame)
    heard = page.evaluate("heard")
    assert len(heard) > 1
    assert all(set(said) == {"palvelupolku"} for said in heard)
    assert all(set(said["palvelupolku"]) == {"height"} for said in heard)
    assert all(isinstance(said["palvelupolku"]["height"], int) for said in heard)


def test_a_frame_without_scripts_scrolls_inside(browser: Browser, hosts: str):
    """Where no script runs the frame keeps its height, and every step is read in it."""
    context = reader(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{hosts}ilman.html")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".pp-step")).to_have_count(STEPS[WORK])
    box = page.locator("iframe").bounding_box()
    assert box
    assert round(box["height"]) == HEIGHT
    last = frame.locator(".pp-step").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    context.close()


# What is published for others


LINK = re.compile(r"<a\b[^>]*>")


def straying(text: str) -> list[str]:
    """Return the links of a frame's page that do not open where they should.

    A link of HTML that names no window opens where `base` says; in Chromium one of SVG does not.
    """
    inside = re.compile(r'href="(#|[^"]*/upota/")')
    (window,) = re.findall(r'<base target="(\w+)">', text)
    lost = []
    for link in LINK.findall(text):
        named = re.search(r' target="(\w+)"', link)
        opens = named[1] if named else "_self" if "pp-node" in link else window
        if opens != ("_self" if inside.search(link) else "_top"):
            lost.append(link)
    return lost


def test_no_link_opens_the_site_inside_a_frame(site: Site):
    """A link leads on this page, to another path for frames, or takes the whole window."""
    frames = {n: f.decode() for n, f in site.files.items() if n.endswith("/upota/index.html")}
    assert {f"{p}upota/index.html" for p in (*PATHS, TOWN)} < set(frames)
    assert {name: straying(text) for name, text in frames.items() if straying(text)} == {}
    page = frames[f"{WORK}upota/index.html"]
    assert len(straying(page.replace(' target="_self"', "", 1))) == 1
    card = page.replace("pp-node--outcome", "x", 1)
    assert len(straying(re.sub(r'(data-node="[^"]*~outcome[^>]*) target="_top"', r"\1", card))) > 0
    assert len(straying(page.replace('<base target="_top">', '<base target="_self">'))) > 1


def test_what_is_for_frames_is_not_found_as_a_page(site: Site, published: Path):
    """Search engines are told of the whole page instead, and our own search knows only that."""
    pages = [*published.glob("*/*/upota/*.html"), *published.glob("*/kunnat/*/*/upota/*.html")]
    assert len(pages) > len(PATHS)
    for page in pages:
        text = page.read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in text
        assert '<link rel="canonical" href="../">' in text
    assert not [r.address for r in site.records if "/upota/" in r.address]
    assert not [address for address in site.pages if "/upota/" in address]


def test_only_the_page_that_shows_a_frame_may_have_one(published: Path):
    """The policy of no other page lets a frame in."""
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*frame-src')
    pages = (p for p in published.rglob("*.html") if policy.search(p.read_text("utf-8")))
    assert list(pages) == [published / GUIDE[0] / "index.html"]


def test_the_lines_name_what_is_there(lines: dict[str, str], site: Site, published: Path):
    """There are lines for every path, and each address in them is a published one."""
    local = {address for address, page in site.pages.items() if page.kind == "local"}
    assert set(lines) == {*PATHS, *local}
    for place, text in lines.items():
        asked = re.findall(r'src="([^"]+)"', text)
        assert asked == [f"{UNKNOWN_SITE}{place}upota/", f"{UNKNOWN_SITE}assets/embed.js"]
        for url in asked:
            path = published / url.removeprefix(UNKNOWN_SITE)
            assert (path / "index.html" if url.endswith("/") else path).is_file()
        title = html.escape(site.pages[place].title)
        assert f'title="{title}, polku vaihe vaiheelta"' in text


HOSTILE = 'Työ"></iframe></textarea><script>1</script>'


@pytest.fixture(scope="module")
def placed() -> Site:
    """A small site that knows its own address; a hostile name, and a service that has moved."""
    files, name = read_folder(SMALL), "koivula/polku.yml"
    files[name] += b"replaces:\n- vanha\n"
    files[name] = files[name].replace(b"name: Ty\xc3\xb6toiminta", f"name: '{HOSTILE}'".encode(), 1)
    return build(files, DAY, Settings(site_url="https://example.org/p/"))


def test_a_site_that_knows_its_address_gives_whole_addresses(placed: Site):
    """Nothing is left to replace: in the lines, in the text to copy, in the canonical address."""
    whole = "https://example.org/p/koivula/polku/"
    (lines,) = (text for text in pasted(placed.pages[GUIDE[0]].body).values() if whole in text)
    assert f'src="{whole}upota/"' in lines
    assert 'src="https://example.org/p/assets/embed.js"' in lines
    text = placed.files["koivula/polku/upota/teksti.html"].decode()
    assert f'<link rel="canonical" href="{whole}">' in text
    assert text.count(f'href="{whole}"') == 2
    assert "OSOITTEESI" not in text + placed.pages[GUIDE[0]].body


def test_the_guide_tells_two_paths_of_a_service_apart(site: Site, placed: Site):
    """An example of a municipality's own path among the others says which to choose."""
    told = re.findall(
        r"Jos nimessä on myös kunta, esimerkiksi ”([^”]+)”", site.pages[GUIDE[0]].body
    )
    assert len(told) == 1
    assert f"<summary>{told[0]}</summary>" in site.pages[GUIDE[0]].body
    assert told[0].partition(", ")[2] == "Jyväskylä"
    assert "kaksi polkua" not in placed.pages[GUIDE[0]].body


def test_a_name_is_no_markup_for_others(placed: Site):
    """Quotes and tags in a name are its letters: in the lines to paste and in the text to copy."""
    lines = next(t for t in pasted(placed.pages[GUIDE[0]].body).values() if "/polku/" in t)
    assert Words.of(lines).elements == ["iframe", "script"]
    assert (
        f'title="{html.escape(HOSTILE)}, polku vaihe vaiheelta"'.replace("&quot;", "&#34;") in lines
    )
    _, text = copied(placed, "koivula/polku/")
    assert HOSTILE in " ".join(Words.of(text).texts)
    assert set(Words.of(text).elements) <= PLAIN


def test_a_frame_outlives_the_name_of_its_service(placed: Site):
    """At an old address stands the same path, not a notice: nobody tells the page around it."""
    new, old = (
        placed.files[f"koivula/{name}/upota/index.html"].decode() for name in ("polku", "vanha")
    )
    assert Words.of(old).texts == Words.of(new).texts
    places = [
        {
            urljoin(f"https://x/koivula/{name}/upota/", link)
            for link in re.findall(r'href="([^#"]+)', t)
        }
        for name, t in (("polku", new), ("vanha", old))
    ]
    assert places[0] == places[1]


# As text


def told(place: str, site: Site) -> list[str]:
    """Return what a text to copy must say of a path, in order: each step, its words, its ways."""
    (outline,) = (site.files[f"data/{place.strip('/')}.txt"].decode(),)
    lines = [line.strip() for line in outline.splitlines()[4:] if line.strip()]
    steps = [re.fullmatch(r"\d+\. (.*) \((.*)\)", line) for line in lines]
    phases = ("Palveluun:", "Palvelussa:", "Palvelusta eteenpäin:")
    return [
        step[1] if step else line.removeprefix("- ")
        for line, step in zip(lines, steps, strict=True)
        if line not in phases
    ]


def untold(copied: str, place: str, site: Site) -> list[str]:
    """Return what of a path is not in a text, in its order."""
    words = " ".join(Words.of(copied).texts)
    lost, here = [], 0
    for part in told(place, site):
        found = words.find(" ".join(part.split()), here)
        if found < 0:
            lost.append(part)
        here = max(here, found)
    return lost


def copied(site: Site, place: str) -> tuple[str, str]:
    """Return a path's text as it is shown, and as the lines to copy."""
    page = site.files[f"{place}upota/teksti.html"].decode()
    shown = re.search(r"<article.*?</article>", page, re.DOTALL)
    lines = re.search(r"<textarea[^>]*>\n?(.*)</textarea>", page, re.DOTALL)
    assert shown
    assert lines
    return shown[0], html.unescape(lines[1])


@pytest.mark.parametrize("place", PATHS)
def test_the_text_to_copy_tells_the_whole_path(site: Site, place: str):
    """The same steps, words and ways as the path, in its order; nothing that could clash or run."""
    shown, lines = copied(site, place)
    assert lines.replace(f"{UNKNOWN_SITE}{place}", "../") == shown
    assert untold(lines, place, site) == []
    words = Words.of(lines)
    assert words.elements.count("h3") == STEPS[place]
    assert set(words.elements) <= PLAIN
    assert set(re.findall(r"\s([a-z-]+)=", "".join(re.findall(r"<[^>]*>", lines)))) == {
        "lang",
        "href",
    }


def test_a_text_that_lacks_a_step_or_turns_them_around_is_noticed(site: Site):
    """Control: a lost choice, and two steps in each other's places."""
    _, lines = copied(site, HELSINKI)
    parts = told(HELSINKI, site)
    assert untold(lines.replace(html.escape(parts[1]), ""), HELSINKI, site) == [parts[1]]
    first, second, *_ = re.findall(r"<h3>.*?</h3>", lines)
    turned = lines.replace(first, "<h3>x</h3>", 1).replace(second, first, 1)
    assert untold(turned, HELSINKI, site) != []


# The page that tells how


def test_the_guide_shows_a_path_in_a_frame(context: BrowserContext, address: str):
    """A service's page leads to its own lines; the example stands there, as high as it needs."""
    witness = Witness(context, address)
    page = context.new_page()
    show(page, address + WORK)
    page.get_by_role("link", name="Upota polku omalle sivullesi").click()
    page.wait_for_url(f"{address}upota/#{WORK[:-1]}")
    expect(
        page.get_by_role("textbox", name="Rivit: Kuntouttava työtoiminta", exact=True).last
    ).to_be_in_viewport()
    page.locator("iframe").scroll_into_view_if_needed()
    frame = next(frame for frame in page.frames if frame.url.endswith("/upota/#n=k"))
    assert fits(page, frame)
    assert (witness.outside, witness.complaints) == ([], [])
    assert ask(page, "kept") == []


@pytest.mark.parametrize("place", [f"{TOWN}upota/", f"{WORK}upota/teksti.html", GUIDE[0]])
def test_axe_finds_nothing_for_others(window: Page, address: str, place: str):
    """What stands on others' pages passes axe-core, wide and narrow, light and dark."""
    show(window, address + place)
    assert everywhere(window, (320, 1280)) == {}
