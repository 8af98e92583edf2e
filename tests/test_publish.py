"""Publishing is all or nothing: whatever goes wrong, the earlier site stays whole."""

import json
import logging
import os
import re
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from commands import EPOCH, SMALL, digest, run, start, succeed
from conftest import made_once, serve
from palvelupolku.hearing import unfit
from palvelupolku.links import broken_links
from palvelupolku.publish import publish
from palvelupolku.settings_words import said
from synthetic import project_of

MOMENTS = (None, 0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 0.95, 1.0)
"""When a build is killed: at its start, then by the share of the site's files written so far."""

MANY = 40
"""Paths of a project whose build can be met in the middle."""


def _built(factory: pytest.TempPathFactory, name: str, count: int) -> Path:
    def make(folder: Path) -> None:
        succeed("build", cwd=project_of(folder / "project", count))

    return made_once(factory, name, make) / "project"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project whose site is built."""
    return _built(tmp_path_factory, "small", 0)


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of that project, to be spoilt."""
    return shutil.copytree(built, tmp_path / "project")


@pytest.fixture
def slow(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A copy of a larger one: building it lasts long enough to be met at a moment."""
    return shutil.copytree(_built(tmp_path_factory, "many", MANY), tmp_path / "slow")


def start_and_wait(project: Path, moment: float | None, files: int) -> subprocess.Popen[str]:
    """Start a build and wait until it has written the share of that many files, or has ended."""
    earlier = set(litter(project))
    process = start("build", cwd=project)
    while moment is not None and process.poll() is None:
        own = next((project / name for name in litter(project) if name not in earlier), None)
        if own and sum(len(names) for _, _, names in os.walk(own)) >= moment * files:
            break
        time.sleep(0.002)
    return process


def litter(folder: Path) -> list[str]:
    """What stands beside the site that no author put there."""
    known = {"paths", "docs", "mkdocs.yml", "site"}
    return [path.name for path in folder.iterdir() if path.name not in known]


def assert_refused(
    done: subprocess.CompletedProcess[str], said: str = "Aiempi sivusto on ennallaan."
) -> None:
    """The command failed, and told it in Finnish without a program's own trace."""
    assert done.returncode not in (0, -signal.SIGKILL)
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def kill_group(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_a_build_killed_at_any_moment_leaves_the_earlier_site_whole(slow):
    """`kill -9` of everything at eleven moments: each time every file is the earlier site's."""
    site = slow / "site"
    earlier = digest(site)
    (slow / "docs/uusi.md").write_text("# Uusi sivu\n", "utf-8")
    succeed("build", "--site", "later/site", cwd=slow)
    later = digest(slow / "later/site")
    shutil.rmtree(slow / "later")
    interrupted = 0
    for moment in MOMENTS:
        process = start_and_wait(slow, moment, len(later))
        kill_group(process)
        was_killed = process.returncode == -signal.SIGKILL
        interrupted += was_killed and (moment is None or bool(litter(slow)))
        now = digest(site)
        assert now == earlier or (now == later and moment == MOMENTS[-1]), f"killed at {moment}"
    assert interrupted >= 8, "the builds must have been under way when they were killed"
    succeed("build", cwd=slow)
    assert digest(site) == later
    assert litter(slow) == []


def test_the_digest_sees_a_build_that_is_not_all_or_nothing(slow):
    """MkDocs on its own, killed while it builds into the site's folder, leaves another site."""
    site = slow / "site"
    earlier = digest(site)
    process = start("build", "-d", "site", cwd=slow, module="mkdocs")
    while process.poll() is None and (site / "index.html").exists():
        time.sleep(0.01)
    kill_group(process)
    assert digest(site) != earlier


def test_what_a_killed_command_left_running_does_not_spoil_the_next_build(slow):
    """Only the command itself is killed: the MkDocs it started is waited for, and cleared."""
    earlier = digest(slow / "site")
    killed = start_and_wait(slow, 0.1, len(earlier))
    killed.kill()
    os.killpg(killed.pid, signal.SIGSTOP)
    following = start("build", cwd=slow)
    with suppress(subprocess.TimeoutExpired):
        following.wait(timeout=4)
    os.killpg(killed.pid, signal.SIGCONT)
    _, complained = following.communicate(timeout=60)
    assert following.returncode == 0, complained
    killed.communicate(timeout=60)
    assert digest(slow / "site") == earlier
    assert litter(slow) == []


def test_an_interrupted_build_says_so_and_cleans_up(slow):
    """Ctrl-C is no crash: one Finnish sentence, and nothing is left beside the site."""
    earlier = digest(slow / "site")
    process = start_and_wait(slow, 0.1, len(earlier))
    os.killpg(process.pid, signal.SIGINT)
    _, complained = process.communicate(timeout=30)
    assert process.returncode == 130
    assert complained.strip() == "Keskeytetty. Aiempi sivusto on ennallaan."
    assert digest(slow / "site") == earlier
    assert litter(slow) == []


def test_two_builds_at_once_both_end_well(slow):
    """The second starts while the first writes, waits for it, and the site is whole."""
    earlier = digest(slow / "site")
    both = [start_and_wait(slow, 0.1, len(earlier)), start("build", cwd=slow)]
    for process in both:
        _, complained = process.communicate(timeout=60)
        assert process.returncode == 0, complained
    assert digest(slow / "site") == earlier
    assert litter(slow) == []


def test_where_folders_cannot_change_places_the_site_is_still_replaced(project, monkeypatch):
    """A system that cannot exchange two folders in one step renames them one after the other.

    What a build that was killed right after that left aside is in nobody's way.
    """
    earlier = digest(project / "site")
    (project / "site/vanha.html").write_text("<p>", "utf-8")
    shutil.copytree(project / "site", project / ".site-before-swap")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: object())
    publish(project / "mkdocs.yml", project / "site")
    assert digest(project / "site") == earlier
    assert litter(project) == []


def test_a_site_left_aside_between_two_names_is_brought_back(project):
    """Killed between the two renames: the next build begins by giving the site its name back."""
    earlier = digest(project / "site")
    (project / "site").rename(project / ".site-before-swap")
    (project / "paths/koivula/region.yml").unlink()
    assert_refused(run("build", cwd=project))
    assert digest(project / "site") == earlier
    assert litter(project) == []


@pytest.mark.parametrize("share", [0.99, 0.9])
def test_a_disk_that_takes_no_more_leaves_the_earlier_site_whole(project, share):
    """No file may grow past a size, so that writing fails in the middle of the build."""
    earlier = digest(project / "site")
    sizes = sorted(p.stat().st_size for p in (project / "site").rglob("*") if p.is_file())
    size = sizes[int(len(sizes) * share)] - 1
    (project / "docs/uusi.md").write_text("# Uusi sivu\n", "utf-8")
    done = run("build", cwd=project, limit=lambda: _let_files_grow_to(size))
    assert_refused(done)
    assert digest(project / "site") == earlier
    assert litter(project) == []


def _let_files_grow_to(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_leaves_the_earlier_site_whole(slow, tmp_path):
    """A small disk holds one site but not two; where none may be mounted, files stay small."""
    size = sum(path.stat().st_blocks * 512 for path in (slow / "site").rglob("*"))
    with small_disk(tmp_path / "disk", int(size * 1.5)) as (folder, is_small):
        shutil.copytree(slow / "site", folder / "site")
        earlier = digest(folder / "site")
        limit = None if is_small else lambda: _let_files_grow_to(100_000)
        assert_refused(run("build", "--site", folder / "site", cwd=slow, limit=limit))
        assert digest(folder / "site") == earlier
        assert [path.name for path in folder.iterdir()] == ["site"]


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[tuple[Path, bool]]:
    """Give a folder, and whether it is a disk of the size: only who may mount gets one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    mounted = os.geteuid() == 0 and subprocess.run(command, check=False).returncode == 0
    try:
        yield folder, mounted
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


def test_an_error_in_the_last_description_leaves_the_earlier_site_whole(project):
    """The last file in order ends in a broken line; its name and the line are told."""
    earlier = digest(project / "site")
    last = max((project / "paths").rglob("*.yml"))
    text = last.read_text("utf-8")
    last.write_text(text + "väärin: x\n", "utf-8")
    done = run("build", cwd=project)
    line = text.count("\n") + 1
    assert_refused(done)
    assert_refused(done, f"{last.relative_to(project).as_posix()}:{line}:1: virhe: ")
    assert digest(project / "site") == earlier
    assert litter(project) == []


def test_an_error_in_the_last_file_written_leaves_the_earlier_site_whole(project):
    """The search index is written last: here its folder's place is taken by a file."""
    earlier = digest(project / "site")
    (project / "docs/pagefind").write_text("Tämä on tiellä.", "utf-8")
    done = run("build", cwd=project)
    assert_refused(done, "Hakua ei voitu kirjoittaa")
    assert digest(project / "site") == earlier
    assert litter(project) == []


def test_broken_links_stop_publishing(project):
    """Every address, anchor and picture that leads nowhere is told, and nothing is published."""
    earlier = digest(project / "site")
    page, anchor, picture = broken = ("../ei-ole/", "../sanasto/#ei-sanaa", "ei.png")
    html = f'<a href="{page}">x</a><a href="{anchor}">x</a><img alt="" src="{picture}">'
    (project / "docs/oma.md").write_text(f"# Oma\n\n{html}\n", "utf-8")
    done = run("build", cwd=project)
    told = [f"  oma/index.html: {link}" for link in broken]
    assert_refused(done, "\n".join(["Nämä linkit eivät johda mihinkään. Korjaa ne:", *told]))
    assert digest(project / "site") == earlier
    assert litter(project) == []


LOST = (
    "Doc file 'pajat/oma.md' contains a link '{}', but the target 'x' is not found among "
    "documentation files."
)
OFF_MENU = (
    "A reference to '{}' is included in the 'nav' configuration, which is not found in the "
    "documentation files."
)


@pytest.mark.parametrize(
    ("line", "link", "told"),
    [
        (LOST, "pajan-esitely.md#alku", "Tarkoititko ”pajan-esittely.md”? Korjaa linkki."),
        (LOST, "../yhteytta.md", "Tarkoititko ”../yhteys.md”? Korjaa linkki."),
        (LOST, "muu.md", "vaihtunut? Kansion sivut: oma.md, pajan-esittely.md. Korjaa linkki."),
        (LOST, "keski-suomi/paja/index.md", "ei johda mihinkään. Onko tiedoston nimi vaihtunut? K"),
        (LOST, "../pajat/hinta.md", "vaihtunut? Korjaa linkki."),
        (OFF_MENU, "palvelut/index.md", "vaihtunut? Korjaa nimi"),
        (OFF_MENU, "pajat/omat.md", "→ Tarkoititko ”pajat/oma.md”? Korjaa nimi tai poista rivi."),
        (OFF_MENU, "muu.md", "Kansion sivut: index.md, yhteys.md. Korjaa nimi tai poista rivi."),
    ],
)
def test_a_page_with_another_name_is_told(tmp_path, line, link, told):
    """A lost page is told with the page that is like it, or with those that stand there."""
    pages = tmp_path / "docs"
    for page in ("index.md", "yhteys.md", "pajat/oma.md", "pajat/pajan-esittely.md"):
        (pages / page).parent.mkdir(parents=True, exist_ok=True)
        (pages / page).write_text("# Sivu\n", "utf-8")
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("site_name: P\nnav: []\n", "utf-8")
    (found,) = said(f"WARNING -  {line.format(link)}", settings, pages)
    assert told in found


@pytest.mark.parametrize("place", ["docs/oma.md", "mkdocs.yml"])
def test_a_page_that_is_not_there_stops_publishing(project, place):
    """A link of a hand-written page, or the menu, names a file that is not there."""
    earlier = digest(project / "site")
    if place == "docs/oma.md":
        with (project / place).open("a", encoding="utf-8") as file:
            file.write("\n[x](ei-ole.md)\n")
    else:
        settings = (project / place).read_text("utf-8")
        (project / place).write_text(settings.replace("\nnav:\n", "\nnav:\n  - ei-ole.md\n"))
    written = (project / place).read_text("utf-8").splitlines()
    done = run("build", cwd=project)
    assert_refused(done)
    told = (
        f"docs/oma.md:{len(written)}: linkki ”ei-ole.md” ei johda mihinkään."
        if "oma" in place
        else "sivua ”ei-ole.md”"
    )
    assert_refused(done, told)
    assert digest(project / "site") == earlier


def test_an_unknown_region_of_the_menu_is_told_at_its_row(project):
    """The build tells it where the check does: in the settings, at the name."""
    settings = project / "mkdocs.yml"
    written = settings.read_text("utf-8")
    settings.write_text(written.replace("- palvelupolku", "- palvelupolku: {menu: [koivu]}", 1))
    before = settings.read_text("utf-8").partition("koivu]")[0].split("\n")
    place = f"{len(before)}:{len(before[-1]) + 1}"
    done = run("build", cwd=project)
    assert_refused(done, f"mkdocs.yml:{place}: virhe: Valikon aluetta ”koivu” ei ole.")


def test_settings_that_cannot_be_read_are_told_with_their_line(project):
    """A quotation mark left open is told in Finnish before MkDocs looks."""
    earlier = digest(project / "site")
    settings = project / "mkdocs.yml"
    first = settings.read_text("utf-8").partition("\n")[0]
    settings.write_text(first.replace(": ", ': "', 1) + "\ntheme: {name: material}\n", "utf-8")
    done = run("build", cwd=project)
    assert done.returncode == 1
    assert re.match(r"mkdocs\.yml:\d+:\d+: virhe: ", done.stderr)
    assert "MkDocs" not in done.stderr
    assert digest(project / "site") == earlier


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("Doc file 'a/b.md' contains a link 'x.md#y', but the target 'a/x.md' is not found among "
         "documentation files."), "docs/a/b.md: linkki ”x.md#y” ei johda mihinkään."),
        (("Doc file 'a.md' contains a link 'b.md#y', but the doc 'b.md' does not contain an anchor "
         "'#y'."), "docs/a.md: linkin ”b.md#y” kohtaa ei ole sivulla."),
        ("Doc file 'a.md' contains a link '#y', but there is no such anchor on this page.",
         "docs/a.md: linkin ”#y” kohtaa ei ole sivulla."),
        (("Doc file 'a.md' contains an unrecognized relative link 'keski-suomi/paja', it was left "
         "as is. Did you mean 'x'?"), "docs/a.md: linkki ”keski-suomi/paja” ei johda mihinkään."),
        ("Error: Config value 'plugins': Invalid Plugins configuration.",
         ": virhe: Kohta ”plugins” ei kelpaa. [setting]\n  → Tarkista"),
        ("Jotain muuta.", "Jotain muuta."),
    ],
)  # fmt: skip
def test_what_mkdocs_says_is_told_in_finnish(tmp_path, line, told):
    """The sentences that an author meets; what is not known stays as it is."""
    (tmp_path / "mkdocs.yml").write_text("site_name: P\n", "utf-8")
    (found,) = said(
        f"INFO    -  Building\nWARNING -  {line}\nAborted with 1 warnings!", tmp_path / "mkdocs.yml"
    )
    assert told in found
    assert "Invalid" not in found


def test_reading_the_settings_again_leaves_nothing_behind(tmp_path, monkeypatch):
    """A preview does it at every change: its server's log keeps one filter."""
    monkeypatch.chdir(tmp_path)
    log = logging.getLogger("mkdocs.livereload")
    monkeypatch.setattr(log, "filters", [])
    Path("mkdocs.yml").write_text("site_name: P\nplugins: [palvelupolku]\n", "utf-8")
    Path("docs").mkdir()
    assert [unfit(Path("mkdocs.yml").absolute()) for _ in range(3)] == [[], [], []]
    assert len(log.filters) == 1


@pytest.mark.parametrize(
    ("link", "is_broken"),
    [
        ("", False), ("#alku", False), ("#ei", True), ("../b/", False), ("../b/#alku", True),
        ("../b", True), ("../b/?q=1#loppu", False), ("/b/#loppu", False), ("/c/", True),
        ("../../outside.html", True), ("https://example.org/", False), ("mailto:a@b.fi", False),
        ("../b/#%6coppu", False), ("../b/index.html", False),
    ],
)  # fmt: skip
def test_links_are_followed_as_a_browser_does(tmp_path, link, is_broken):
    """Addresses and anchors inside the site must exist, also in a drawing; others are let be."""
    (tmp_path / "outside.html").write_text("<p>", "utf-8")
    site = tmp_path / "site"
    for name, anchor in (("a", "alku"), ("b", "loppu")):
        (site / name).mkdir(parents=True)
        (site / name / "index.html").write_text(f"<h1 id={anchor}>", "utf-8")
    for element in (f'<a href="{link}">', f'<svg><a xlink:href="{link}"></a></svg>'):
        (site / "a/index.html").write_text(f"<h1 id=alku>{element}", "utf-8")
        assert bool(broken_links(site)) is is_broken


@pytest.mark.parametrize(
    ("link", "is_broken"), [("/p/a/", False), ("/p/.", False), ("/a/", True), ("/p/b/", True)]
)
def test_a_site_may_lie_under_a_path_of_its_host(tmp_path, link, is_broken):
    """The page for missing addresses has links from the root of the host."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("<p>", "utf-8")
    (tmp_path / "404.html").write_text(f'<a href="{link}">', "utf-8")
    front = '<link rel="canonical" href="https://example.org/p/">'
    (tmp_path / "index.html").write_text(front, "utf-8")
    assert bool(broken_links(tmp_path)) is is_broken


@pytest.mark.parametrize("name", ["muuta", "tiedosto"])
def test_a_folder_that_is_no_site_of_ours_is_not_replaced(project, name):
    """A slip in `--site` costs nobody their files."""
    (project / "muuta").mkdir()
    (project / "muuta/tärkeä.txt").write_text("Älä poista", "utf-8")
    (project / "tiedosto").write_text("Älä poista", "utf-8")
    before = digest(project)
    done = run("build", "--site", name, cwd=project)
    assert_refused(done, "ei ole palvelupolkujen sivusto")
    assert digest(project) == before


def test_a_site_behind_a_link_is_published_where_the_link_leads(project, built):
    """A server's own link to the site stays, and leads to the new site."""
    shutil.move(project / "site", project / "docs/../palvelin")
    (project / "site").symlink_to("palvelin")
    (project / "palvelin/index.html").unlink()
    succeed("build", cwd=project)
    assert (project / "site").is_symlink()
    assert digest(project / "palvelin") == digest(built / "site")


def test_a_site_is_built_into_folders_that_are_not_there_yet(project, built):
    """The first build makes the folders it needs, and lets everybody read the site."""
    succeed("build", "--site", "uusi/kansio", cwd=project)
    assert digest(project / "uusi/kansio") == digest(built / "site")
    assert (project / "uusi/kansio").stat().st_mode & 0o777 == 0o755


def test_a_place_where_no_folder_can_be_is_refused_in_finnish(project):
    """A file stands where the site's parent should."""
    done = run("build", "--site", "mkdocs.yml/site", cwd=project)
    assert_refused(done, "Sivustoa ei voi kirjoittaa")
    assert "Aiempi sivusto" not in done.stderr, "there is none"


def test_settings_that_are_not_there_are_told_in_finnish(tmp_path):
    """Run in a folder without `mkdocs.yml`."""
    assert_refused(run("build", cwd=tmp_path), "Asetustiedostoa mkdocs.yml ei ole.")


def test_the_command_line_outweighs_the_settings(slow):
    """`--paths` and `--as-of` hold for the built site as they do for a check."""
    succeed("build", "--paths", SMALL, "--as-of", "2030-01-02", cwd=slow)
    assert (slow / "site/koivula/index.html").is_file()
    assert not (slow / "site/koivula/polku-0001").exists()
    index = json.loads((slow / "site/data/index.json").read_text("utf-8"))
    assert index["as_of"] == "2030-01-02"


def test_an_old_address_leads_to_the_same_place_on_the_new_page(project, context):
    """A link to a step of a service that has a new name still leads to that step, both versions."""
    service = project / "paths/koivula/polku.yml"
    service.write_text(service.read_text("utf-8") + "replaces:\n- vanha\n", "utf-8")
    succeed("build", cwd=project)
    for address in serve(project / "site"):
        page = context.new_page()
        for version in ("", "selkea/"):
            page.goto(f"{address}koivula/vanha/{version}#vaihe-tapaaminen;n=k")
            page.get_by_role("link", name="Avaa uusi sivu").click()
            page.wait_for_url(f"{address}koivula/polku/{version}#vaihe-tapaaminen;n=k")
        names = json.loads((project / "site/data/names.json").read_text("utf-8"))
        assert names["koivula/vanha"] == names["koivula/polku"]
