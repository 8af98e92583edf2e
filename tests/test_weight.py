"""What a reader downloads to see a path: little, however many services there are."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from commands import SMALL, succeed
from conftest import DAY
from palvelupolku.build import build
from palvelupolku.folder import read_folder
from palvelupolku.published import Site
from palvelupolku.resources import ASSETS as ASSETS_FOLDER
from synthetic import project_of, with_copies

LIMIT = 130_000
"""Bytes that the first view of a path may take, compressed."""
GROWTH = 1_000
"""Bytes that a page may grow when the services of its region become many."""
PATH = "helsinki/laatukriteeri-tyohonvalmennus/"
SCRIPTS = sorted(
    script.name
    for script in ASSETS_FOLDER.glob("*.js")
    if not script.name.startswith(("form", "embed"))
)
ASSETS = ("palvelupolku.css", "favicon.svg", *SCRIPTS)
OWN = 12_000
"""Bytes of our own script, and of our own style, on one page."""


def weight(name: str, content: bytes) -> int:
    """Return the bytes a server sends: text compressed, fonts as they are."""
    return len(content) if name.endswith(".woff2") else len(gzip.compress(content, 9, mtime=0))


def first_view(
    context: BrowserContext, published: Path, address: str, place: str
) -> dict[str, int]:
    """Open a page in the browser; return the weight of every file that its first view asks for."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(address + place)
    page.locator("[data-pp-code] svg").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    icon = page.locator("link[rel=icon]").evaluate("icon => icon.href")
    page.close()
    strange = [url for url in asked if not url.startswith(address)]
    assert strange == [], "a request leaves the site"
    names = {url.removeprefix(address).partition("?")[0] for url in (*asked, icon)}
    files = {n: published / (f"{n}index.html" if n.endswith("/") else n) for n in names}
    return {name: weight(name, path.read_bytes()) for name, path in files.items()}


@pytest.mark.parametrize(
    "place",
    [
        "keski-suomi/kuntouttava-tyotoiminta/",
        "keski-suomi/kehitysvammaisten-tyotoiminta-ja-tyohonvalmennus/",
        PATH,
    ],
)
def test_the_first_view_of_a_path_is_light(context, published, address, place):
    """Everything that the browser asks for, compressed, is at most 130 kB, with two fonts."""
    weights = first_view(context, published, address, place)
    others = {name for name in weights if name != place and not name.endswith(".woff2")}
    assert others == {f"assets/{name}" for name in (*ASSETS, "vendor/lean-qr.js")}
    assert sum(name.endswith(".woff2") for name in weights) == 2
    assert sum(weights.values()) <= LIMIT, weights
    for kind in (".js", ".css"):
        own = {n: w for n, w in weights.items() if n.endswith(kind) and "/vendor/" not in n}
        assert sum(own.values()) <= OWN, own


def test_a_heavy_page_is_seen_to_be_heavy(context, published, address):
    """Control: what does not belong to a first view is counted when a page asks for it."""
    heavy = sorted((published / "pagefind").glob("wasm.*"))
    html = (published / PATH / "index.html").read_text("utf-8")
    images = "".join(f'<img alt="" src="/pagefind/{path.name}">' for path in heavy)
    body = html.replace("<h1", f"{images}<h1")
    context.route(address + PATH, lambda route: route.fulfill(body=body, content_type="text/html"))
    assert sum(first_view(context, published, address, PATH).values()) > LIMIT


def page_weight(site: Site, place: str) -> int:
    """Return the weight of a page and of the assets that a page loads."""
    assets = [(name, site.files[f"assets/{name}"]) for name in ASSETS]
    return sum(weight(*file) for file in [("page", site.pages[place].body.encode()), *assets])


def test_a_page_weighs_the_same_among_a_thousand_services():
    """A path's page, style and script grow by less than 1 kB; the region's own page does grow."""
    files, original = read_folder(SMALL), "koivula/polku.yml"
    few, many = (build(with_copies(files, original, count), DAY) for count in (3, 1_000))
    assert len(many.pages) == len(few.pages) + 2 * 997
    assert abs(page_weight(many, "koivula/polku/") - page_weight(few, "koivula/polku/")) <= GROWTH
    assert page_weight(many, "koivula/") - page_weight(few, "koivula/") > GROWTH


def test_a_hundred_services_are_built_by_mkdocs_into_pages_of_the_same_weight(tmp_path):
    """The whole page with its menu, as MkDocs writes it, grows by less than 1 kB."""
    weights = {}
    for count in (3, 100):
        project = project_of(tmp_path / str(count), count)
        said = succeed("build", cwd=project)
        assert int(re.findall(r"(\d+) sivua", said)[0]) > count
        html = (project / "site/koivula/polku/index.html").read_bytes()
        assets = [(name, (project / "site/assets" / name).read_bytes()) for name in ASSETS]
        weights[count] = sum(weight(*file) for file in [("page", html), *assets])
    assert abs(weights[100] - weights[3]) <= GROWTH
