"""The same pages as files, so that any other site engine can publish them."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from browsing import PATHS
from commands import ROOT, SMALL, digest, run, succeed

PLAIN_SETTINGS = """\
site_name: Toinen moottori
docs_dir: sivut
theme:
  name: material
"""


class Words(HTMLParser):
    """Collects the texts, the ids and the element names of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[str] = []
        self.ids: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.texts += data.split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.ids |= {value for name, value in attrs if name == "id" and value}

    @classmethod
    def of(cls, html: str) -> "Words":
        words = cls()
        words.feed(html)
        return words


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of another engine, whose pages the command line has written."""
    folder = tmp_path_factory.mktemp("export")
    succeed("export", folder / "sivut", cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def rebuilt(exported: Path) -> Path:
    """The site that MkDocs makes of those files without our plugin."""
    (exported / "mkdocs.yml").write_text(PLAIN_SETTINGS, "utf-8")
    succeed("build", "--strict", cwd=exported, module="mkdocs")
    return exported / "site"


def test_every_page_and_file_is_exported(exported, site):
    """A Markdown file for each page, and each file of data and style as it is published."""
    written = {name for name in digest(exported / "sivut") if not name.startswith(".")}
    assert written == {f"{address}index.md" for address in site.pages} | set(site.files)
    for name in ("assets/palvelupolku.css", "assets/palvelupolku.js"):
        assert (exported / "sivut" / name).read_bytes() == site.files[name]


def test_an_exported_page_holds_the_finished_page(exported, site):
    """The words and elements of the page are in the file, in order, on one line."""
    for address, page in site.pages.items():
        text = (exported / "sivut" / address / "index.md").read_text("utf-8")
        matter, body = re.fullmatch(r"---\n(.*)\n---\n\n(.*)\n", text, re.DOTALL).groups()
        assert f"title: {json.dumps(page.title, ensure_ascii=False)}" in matter.splitlines()
        assert "\n" not in body
        ours, theirs = Words.of(page.body), Words.of(body)
        assert (theirs.texts, theirs.elements) == (ours.texts, ours.elements)


@pytest.mark.parametrize("address", sorted(PATHS))
def test_another_engine_shows_the_drawing_and_every_step(rebuilt, site, address):
    """MkDocs without our plugin: the SVG and each step, with all words and ids, are on the page."""
    ours = Words.of(site.pages[address].body)
    theirs = Words.of((rebuilt / address / "index.html").read_text("utf-8"))
    steps = {name for name in ours.ids if name.startswith("vaihe-")}
    assert steps
    assert ours.ids <= theirs.ids
    assert theirs.elements.count("svg") > ours.elements.count("svg") > 0
    drawing = [name for name in ours.elements if name in {"path", "rect", "text"}]
    assert all(theirs.elements.count(name) >= drawing.count(name) for name in set(drawing))
    assert " ".join(ours.texts) in " ".join(theirs.texts)


def test_the_paths_of_this_repository_are_the_ones_checked(site):
    """No path is left out of the test above."""
    assert {a for a, page in site.pages.items() if page.kind == "path"} == {*PATHS}


def test_the_data_stands_beside_the_pages_of_another_engine(rebuilt, site):
    """Data, style and fonts come through another engine byte for byte."""
    built = digest(rebuilt)
    assert set(site.files) <= set(built)
    for name in site.files:
        if not name.startswith("data/"):
            assert (rebuilt / name).read_bytes() == site.files[name], name


def test_exporting_again_touches_only_what_changed(tmp_path):
    """A second export writes nothing, so that a watching engine does not rebuild."""
    pages = tmp_path / "sivut"
    again = ("export", pages, "--paths", SMALL)
    succeed(*again, cwd=ROOT)
    before = {path: path.stat().st_mtime_ns for path in pages.rglob("*") if path.is_file()}
    succeed(*again, cwd=ROOT)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    changed = pages / "sanasto/index.md"
    whole = changed.read_bytes()
    changed.write_text("muutettu", "utf-8")
    succeed(*again, cwd=ROOT)
    assert changed.read_bytes() == whole
    assert [p for p in before if p.stat().st_mtime_ns != before[p]] == [changed]


def test_a_page_that_is_gone_is_gone_from_the_export(tmp_path):
    """A description that was removed leaves no stale page behind; files of others stay."""
    pages = tmp_path / "sivut"
    succeed("export", pages, "--paths", SMALL, cwd=tmp_path)
    (pages / "oma.md").write_text("# Oma", "utf-8")
    succeed("export", pages, cwd=ROOT)
    assert not (pages / "koivula/polku/index.md").exists()
    assert not (pages / "data/koivula/polku.json").exists()
    assert (pages / "oma.md").is_file()


def test_a_folder_of_other_files_is_not_written_into(tmp_path):
    """A slip in the folder's name spoils nobody's files."""
    (tmp_path / "index.md").write_text("# Oma", "utf-8")
    before = digest(tmp_path)
    done = run("export", tmp_path, "--paths", SMALL, cwd=ROOT)
    assert done.returncode == 1
    assert "Kansiossa on muuta." in done.stderr
    assert digest(tmp_path) == before


def test_an_error_in_a_description_exports_nothing(tmp_path):
    """The command fails before it writes a file."""
    broken = tmp_path / "paths/koivula"
    broken.mkdir(parents=True)
    (broken / "polku.yml").write_text("nimi: [x]", "utf-8")
    done = run("export", tmp_path / "sivut", cwd=tmp_path)
    assert done.returncode == 1
    assert "paths/koivula/polku.yml:1:" in done.stderr
    assert not (tmp_path / "sivut").exists()
