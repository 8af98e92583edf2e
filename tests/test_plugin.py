"""The MkDocs plugin: one line of settings gives every path, and an author's own pages win."""

import re
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from commands import ROOT, SMALL, digest, run, start, succeed
from palvelupolku.folder import credit

SETTINGS = """\
site_name: Koivulan palvelut
theme:
  name: material
plugins:
  - palvelupolku
"""
ENGLISH = re.compile(r"\b(error|aborted|the|an|happened|rebuild|server)\b", re.IGNORECASE)
POLICY = 'http-equiv="Content-Security-Policy"'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """All that a municipality needs: settings, descriptions and a folder of pages of its own."""
    shutil.copytree(SMALL, tmp_path / "paths")
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    return tmp_path


def html(project: Path, place: str = "") -> str:
    """The built page at an address."""
    return (project / "site" / place / "index.html").read_text("utf-8")


def test_mkdocs_builds_this_repository_without_a_remark(tmp_path):
    """`mkdocs build --strict` ends well and warns of nothing."""
    done = run("build", "--strict", "-d", tmp_path / "site", cwd=ROOT, module="mkdocs")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    page = tmp_path / "site/keski-suomi/kuntouttava-tyotoiminta/index.html"
    assert "<p>Tekstit: Palvelupolku, CC BY 4.0. Sivusto" in page.read_text("utf-8")


def test_three_things_make_a_site(project):
    """Settings of one plugin, descriptions and an empty folder of pages: every path is there."""
    said = run("build", "--strict", cwd=project, module="mkdocs")
    assert said.returncode == 0, said.stderr
    assert "WARNING" not in said.stderr
    assert "<title>Koivulan palvelut</title>" in html(project)
    assert "CC BY" not in html(project), "all texts are the author's own, who says nothing"
    for name in ("koivula", "koivula/polku", "mantyla/valmennus", "sanasto"):
        assert POLICY in html(project, name)
    assert "Ensimmäinen tapaaminen" in html(project, "koivula/polku")
    assert "<svg" in html(project, "koivula/polku")
    assert '<a href="../ota-kayttoon/">Ota käyttöön kunnassasi</a>' in html(project, "kunnalle")
    assert '<h1 id="kirjoita-palvelukuvaus">' in html(project, "kirjoita")
    menu = html(project).partition("</nav>")[0]
    assert "Koivula" in menu
    assert "kirjoita" not in menu, "the guide is for those who write"


def test_a_page_of_one_s_own_is_in_the_menu(project):
    """A Markdown file in `docs/` becomes a page that every page's menu leads to."""
    (project / "docs/yhteys.md").write_text("# Ota yhteyttä\n\nSoita **meille**.\n", "utf-8")
    succeed("build", "--strict", cwd=project, module="mkdocs")
    assert "Soita <strong>meille</strong>." in html(project, "yhteys")
    assert '<a href="../../yhteys/">Ota yhteyttä</a>' in html(project, "koivula/polku")


def test_a_site_with_a_page_where_the_guide_would_be_goes_without(project):
    """Nobody finds half a guide, whose parts lead to pages that tell of something else."""
    (project / "docs/viestit.md").write_text("# Viestit kunnalle\n", "utf-8")
    succeed("build", "--strict", cwd=project, module="mkdocs")
    assert "Viestit kunnalle" in html(project, "viestit")
    assert not (project / "site/ota-kayttoon").exists()
    assert "Ohjeen saat siltä" in html(project, "kunnalle")


@pytest.mark.parametrize(
    ("own", "place"), [("index.md", ""), ("koivula/polku/index.md", "koivula/polku")]
)
def test_a_page_of_one_s_own_wins_over_the_generated_one(project, own, place):
    """A hand-written front page, or page of a path, stands where the generated one would."""
    page = project / "docs" / own
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# Tervetuloa Koivulaan\n", "utf-8")
    succeed("build", "--strict", cwd=project, module="mkdocs")
    assert ">Tervetuloa Koivulaan</h1>" in html(project, place)
    assert "pp-path" not in html(project, place)
    assert 'id="kuka"' not in html(project, place)


def test_settings_name_folders_and_a_day(project):
    """The options: descriptions, templates, the day shown, the readers' form, the licence."""
    (project / "paths").rename(project / "kuvaukset")
    (project / "omat").mkdir()
    (project / "omat/sanasto.html.j2").write_text("<h1>Oma sanasto {{ day }}</h1>", "utf-8")
    form = "https://palaute.example/lomake"
    options = f"paths: kuvaukset, templates: omat, as_of: 2027-02-03, feedback_url: '{form}'"
    options = f"{{{options}, licence: CC BY-SA 4.0}}"
    settings = SETTINGS.replace("- palvelupolku", f"- palvelupolku: {options}")
    (project / "mkdocs.yml").write_text(settings, "utf-8")
    succeed("build", "--strict", cwd=project, module="mkdocs")
    assert "<h1>Oma sanasto 2027-02-03</h1>" in html(project, "sanasto")
    assert "Ensimmäinen tapaaminen" in html(project, "koivula/polku")
    assert "näyttää palvelut päivänä 3.2.2027." in html(project, "koivula/polku")
    assert f'href="{form}?kohta=koivula%2Fpolku' in html(project, "koivula/polku")
    told = "Omat tekstit: CC BY-SA 4.0. "
    for place in ("koivula/polku", "koivula/polku/upota"):
        assert told in html(project, place)
    assert told in (project / "site/koivula/polku/upota/teksti.html").read_text("utf-8")


@pytest.mark.parametrize(("licence", "told"), [(None, ""), ("CC0 1.0.", " Omat tekstit: CC0 1.0.")])
def test_the_shared_texts_are_credited_and_own_ones_as_their_owner_says(tmp_path, licence, told):
    """Beside the shared descriptions, alone, and in the project itself."""
    assert credit(tmp_path, licence) == f"Yhteiset tekstit: Palvelupolku, CC BY 4.0.{told}"
    assert credit(ROOT / "paths") == "Tekstit: Palvelupolku, CC BY 4.0."
    assert credit(SMALL, licence) == told.strip()


def test_an_own_logo_stands_beside_the_name(project):
    """From every page; one that is not there stops the build with where to put it."""
    settings = SETTINGS.replace("name: material", "name: material\n  logo: kuvat/merkki.png")
    (project / "mkdocs.yml").write_text(settings, "utf-8")
    for command in ("build", "check"):
        done = run(command, cwd=project)
        assert done.returncode == 1
        assert "mkdocs.yml:4:9: virhe: Logoa kuvat/merkki.png ei löydy. [logo]" in done.stderr
        assert "  → Tallenna kuva nimellä docs/kuvat/merkki.png, tai poista" in done.stderr
        assert "Aiempi sivusto" not in done.stderr, "there is none"
    (project / "docs/kuvat").mkdir()
    (project / "docs/kuvat/merkki.png").write_bytes(b"\x89PNG")
    succeed("build", cwd=project)
    logo = '<img class="pp-header__logo" src="../../kuvat/merkki.png" alt="">Koivulan palvelut</a>'
    assert logo in html(project, "koivula/polku")
    assert (project / "site/kuvat/merkki.png").read_bytes() == b"\x89PNG"


def test_an_error_in_a_description_stops_mkdocs_before_it_touches_the_site(project):
    """MkDocs ends with 1 and our words, and an earlier site stays as it was."""
    succeed("build", cwd=project, module="mkdocs")
    earlier = digest(project / "site")
    path = project / "paths/koivula/polku.yml"
    path.write_text(path.read_text("utf-8").replace("step: arvio", "step: ei-ole"), "utf-8")
    done = run("build", cwd=project, module="mkdocs")
    assert done.returncode == 1
    assert "paths/koivula/polku.yml:" in done.stderr
    assert "Tunnukselle ”ei-ole” ei löydy vaihetta." in done.stderr
    assert "Traceback" not in done.stderr
    assert digest(project / "site") == earlier


@contextmanager
def preview(project: Path) -> Iterator[tuple[str, TextIO]]:
    """Run `palvelupolku serve`; give its address and what it says. It ends in a minute at most."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    serving = start("serve", "--port", port, cwd=project)
    stopping = threading.Timer(60, serving.kill)
    stopping.start()
    try:
        yield f"http://127.0.0.1:{port}/", serving.stderr
    finally:
        stopping.cancel()
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=20)


def shown(address: str, words: str, seconds: float = 20) -> str:
    """Return the page as soon as it shows the words."""
    end = time.monotonic() + seconds
    page = ""
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=seconds) as answer:  # noqa: S310 - our own preview
                page = answer.read().decode()
        except URLError:
            page = ""
        if words in page:
            return page
        time.sleep(0.05)
    raise AssertionError(f"”{words}” did not appear on {address}: {page[:500]}")


def until(words: str, log: TextIO) -> Iterator[str]:
    """The lines that the preview says, to the one with the words."""
    for line in log:
        yield line
        if words in line:
            return
    raise AssertionError(f"”{words}” was not said")


SLIPS = {
    "tuntematon: 1": ":4:1: virhe: Kohtaa ”tuntematon” ei ole. [setting]",
    "site_url: www.koivula.fi": ":4:1: virhe: Kohdan ”site_url” arvo ei ole koko osoite. [setting]",
    "hooks: [oma.py]": ":4:1: virhe: Kohdan ”hooks” tiedostoa tai kansiota oma.py ei ole.",
    "INHERIT: muu.yml": ":4:1: virhe: Kohdan ”INHERIT” tiedostoa muu.yml ei ole.",
    "copyright: !oma a": ": virhe: Rivin 4 merkintää ”!oma” ei tunneta.",
    "  logo: 5": "Logoa 5 ei löydy.",
}
"""What is added to settings, and what is told of it."""


def test_a_preview_of_what_is_broken_says_what_to_do(project):
    """It does not begin: the fault and the mend in Finnish, and no other words."""
    front = project / "docs/index.md"
    front.write_text("# Alku\n\n[Palvelu](koivula/polkku/index.md)\n", "utf-8")
    done = run("serve", "--port", "1", cwd=project)
    assert done.returncode == 1
    assert "docs/index.md:3: linkki ”koivula/polkku/index.md” ei johda mihinkään." in done.stderr
    assert ENGLISH.findall(done.stdout + done.stderr) == []
    front.write_text('# Alku\n\n<a href="puuttuu/">Linkki</a>\n', "utf-8")
    done = run("serve", "--port", "1", cwd=project)
    assert "Nämä linkit eivät johda mihinkään. Korjaa ne:\n  index.html: puuttuu/" in done.stderr
    front.unlink()
    path = project / "paths/koivula/polku.yml"
    path.write_text(path.read_text("utf-8").replace("step: arvio", "step: ei-ole"), "utf-8")
    done = run("serve", "--port", "1", cwd=project)
    assert done.returncode == 1
    assert "Tunnukselle ”ei-ole” ei löydy vaihetta." in done.stderr
    assert "anna komento uudelleen" in done.stdout
    assert ENGLISH.findall(done.stdout + done.stderr) == []


def test_a_preview_at_a_port_that_is_taken_names_another(project):
    """One line in Finnish before anything is built: what to close, or what to type."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", f"{port}", cwd=project)
    assert (done.returncode, done.stdout) == (1, "")
    told = rf"Portti {port} ei ole vapaa \(se on jo käytössä\). Sulje toinen pääte, tai kirjoita "
    assert re.fullmatch(rf"{told}näin: palvelupolku serve --port 80\d\d\n", done.stderr)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_settings_is_told_in_finnish(project, slip):
    """By the build and by a preview, before either begins."""
    content = SETTINGS.replace("plugins", f"{slip}\nplugins")
    (project / "mkdocs.yml").write_text(content, "utf-8")
    for command in (("build",), ("serve", "--port", "1")):
        done = run(*command, cwd=project)
        assert done.returncode == 1
        assert SLIPS[slip] in done.stderr
        assert ENGLISH.findall(done.stdout + done.stderr) == []


def test_a_preview_follows_the_descriptions(project):
    """`palvelupolku serve` shows a changed description, also after an error in it was mended."""
    path = project / "paths/koivula/polku.yml"
    text = path.read_text("utf-8")
    with preview(project) as (address, log):
        page = f"{address}koivula/polku/"
        first = shown(page, "Ensimmäinen tapaaminen")
        path.write_text(text.replace("Ensimmäinen tapaaminen", "Toinen tapaaminen"), "utf-8")
        shown(page, "Toinen tapaaminen")
        path.write_text(text.replace("step: arvio", "step: ei-ole"), "utf-8")
        told = list(until("Selain odottaa. Korjaa virhe ja tallenna.", log))
        assert any("Tunnukselle ”ei-ole” ei löydy vaihetta." in line for line in told)
        settings = project / "mkdocs.yml"
        settings.write_text('site_name: "Kesken\n', "utf-8")
        path.write_text(text.replace("Ensimmäinen tapaaminen", "Kolmas tapaaminen"), "utf-8")
        told += until("Selain odottaa. Korjaa virhe ja tallenna.", log)
        assert any(line.startswith("mkdocs.yml:1:") for line in told)
        settings.write_text(SETTINGS, "utf-8")
        told += until("Korjattu.", log)
        shown(page, "Kolmas tapaaminen")
        front = project / "docs/index.md"
        front.write_text("# Alku\n\n[Palvelu](koivula/polkku/index.md)\n", "utf-8")
        told += until("Selain odottaa. Korjaa virhe ja tallenna.", log)
        assert "docs/index.md:3: linkki ”koivula/polkku/index.md” ei johda mihinkään." in told[-2]
        front.write_text("# Alku\n\n[Palvelu](koivula/polku/index.md)\n", "utf-8")
        told += until("Korjattu.", log)
        shown(address, 'href="koivula/polku/"')
    assert ENGLISH.findall("".join(told)) == []
    assert POLICY not in first, "the preview's own script would be stopped"
    assert "livereload" in first
    assert not (project / "site").exists()
