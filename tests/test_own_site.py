"""A municipality's own site: its files beside the shared ones, and the starter they begin from."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import get_args

import pytest
import yaml

from commands import EPOCH, ROOT, SMALL, digest, run, succeed
from conftest import DAY
from palvelupolku import __version__, cli
from palvelupolku.build import build, check
from palvelupolku.canonical import canonical
from palvelupolku.colours import Palette
from palvelupolku.dated import library_on
from palvelupolku.embed import UNKNOWN_SITE
from palvelupolku.errors import Mark, PathError, Problem
from palvelupolku.fields import SourceKind
from palvelupolku.folder import read_folder, report
from palvelupolku.model import Nature, Phase, Stage, StepKind
from palvelupolku.published import Settings
from palvelupolku.region import Availability
from palvelupolku.source import Reading
from palvelupolku.starting import StartError, choose, start, starter
from palvelupolku.towns import towns

GUIDE = (ROOT / "docs/ota-kayttoon.md").read_text("utf-8")
BLOCK = re.compile(
    r"(?:iedosto(?:ssa)? `([^`]+)`:\n\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
OWN, TOWN = "keski-suomi/oma-palvelu.yml", "keski-suomi/kunnat/laukaa.yml"


@pytest.fixture(scope="module")
def shared(files: dict[str, bytes]) -> Reading:
    """The shared descriptions, read."""
    return check(files, DAY)


def began(shared: Reading, town: str = "laukaa", region: str = "keski-suomi") -> dict[str, bytes]:
    """The files of a starter."""
    return starter(shared, start(shared, region, town, None), DAY)


def described(given: dict[str, bytes]) -> dict[str, bytes]:
    """Those of a starter's files that lie in `paths/`."""
    return {
        name.removeprefix("paths/"): text
        for name, text in given.items()
        if name.startswith("paths/")
    }


def errors(own: dict[str, bytes], files: dict[str, bytes]) -> list[tuple[str, str, int]]:
    """The rule and the place of each error in own files over the shared ones."""
    return [(p.rule, p.file, p.mark.line) for p in check(own, DAY, files).errors]


@pytest.mark.parametrize(
    ("region", "town"),
    [("keski-suomi", "laukaa"), ("helsinki", "helsinki")],
)
def test_a_starter_holds_over_the_shared_descriptions(shared, files, region, town):
    """No error, and no remark but that its words are an example's and all is still to be done."""
    own = described(began(shared, town, region))
    reading = check(own, DAY, files)
    assert reading.errors == []
    remarks = {(p.rule, p.file) for p in reading.warnings if p.file in own}
    service, supplement = f"{region}/oma-palvelu.yml", f"{region}/kunnat/{town}.yml"
    assert remarks == {
        ("example-left", service), ("not-reviewed", service), ("not-reviewed", supplement),
        ("statement", "seloste.yml"),
    }  # fmt: skip
    assert {*reading.library.services} == {*shared.library.services, f"{region}/oma-palvelu"}
    assert "kunnan-oma-tieto" in reading.library.catalogue.sources
    assert {name: canonical(name, text) for name, text in own.items()} == own


@pytest.fixture(scope="module")
def laukaa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A starter on the disk, made by the command."""
    folder = tmp_path_factory.mktemp("own")
    assert "Valmis: Palvelupolut – Laukaa" in succeed("new", "laukaa", cwd=folder)
    return folder / "laukaa"


@pytest.fixture
def own(laukaa: Path, tmp_path: Path) -> Path:
    """A copy of it to alter."""
    return Path(shutil.copytree(laukaa, tmp_path / "laukaa"))


def test_a_file_in_the_place_of_a_shared_one_is_told_first(own):
    """The cause comes before what it brings about, and no remark is on rows that are not there."""
    path = own / "paths" / OWN
    path.rename(path.with_name("kuntouttava-tyotoiminta.yml"))
    (own / "paths/oma.yml").write_text("name: Oma\n", "utf-8")
    done = run("check", cwd=own)
    told = re.findall(r"^(\S+): virhe: .* \[([a-z-]+)\]$", done.stderr, re.MULTILINE)
    assert [rule for _, rule in told][:2] == ["shared-file", "place"]
    assert "→ Siirrä se alueen kansioon, esimerkiksi keski-suomi/oma.yml." in done.stderr
    assert "kuntouttava-tyotoiminta.yml:1:1: huomautus" not in done.stderr


def test_a_site_inside_a_site_is_not_made(laukaa, monkeypatch, capsys):
    """It would be built with the one around it; a place beside it is named."""
    monkeypatch.chdir(laukaa / "docs")
    before = digest(laukaa)
    assert cli.main(["new", "muurame"]) == 1
    told = capsys.readouterr().err
    assert "on jo sivusto. Tee uusi sen viereen: palvelupolku new ../../muurame\n" in told
    assert digest(laukaa) == before


def test_an_author_is_told_of_own_files_only(own):
    """`check` lists what one can mend here, and counts what the shared ones lack."""
    path = own / "paths" / OWN
    path.write_text(path.read_text("utf-8").replace("- step: arvio", "- step: arvoi"), "utf-8")
    (own / "paths/keski-suomi/region.yml").write_text("name: Meidän\n", "utf-8")
    done = run("check", cwd=own)
    assert done.returncode == 1
    places = {line.split(":")[0] for line in done.stderr.splitlines() if ": huomautus:" in line}
    assert places == {f"paths/{OWN}", f"paths/{TOWN}", "paths/seloste.yml"}
    assert re.search(rf"^paths/{OWN}:\d+:\d+: virhe: ", done.stderr, re.MULTILINE)
    assert "paths/keski-suomi/region.yml:1:1: virhe: Yhteisissä kuvauksissa on jo" in done.stderr
    assert re.search(r"Lisäksi yhteisissä kuvauksissa on \d+ huomautusta", done.stdout)
    (own / "paths/.alone").touch()
    assert "Tunnukselle ”asiakas” ei löydy toimijaa." in run("check", cwd=own).stderr


def test_a_shared_supplement_is_not_marked_here(own):
    """It was not said that all of it is marked already: what can be marked is named."""
    refused = run("mirror", "keski-suomi/jyvaskyla", cwd=own)
    assert refused.returncode == 1
    assert refused.stderr.endswith("on yhteinen. Sitä ei merkitä täällä. "
                                   "Omat täydennykset: keski-suomi/laukaa.\n")  # fmt: skip


@pytest.mark.parametrize("command", ["check", "export sivut", "fmt", "mirror", "build", "serve"])
@pytest.mark.parametrize(("place", "way"), [(".", "cd laukaa"), ("laukaa/paths", "cd ..")])
def test_a_command_in_the_wrong_folder_says_where_to_go(  # noqa: PLR0913 - a case and its room
    laukaa, monkeypatch, capsys, place, way, command
):
    """Beside a site, or inside its descriptions: nothing else is looked at in their place."""
    monkeypatch.chdir(laukaa.parent / place)
    assert cli.main(command.split()) == 1
    told = capsys.readouterr()
    assert f"Siirry sivuston kansioon ({way}), tai anna --" in told.err
    assert told.out == ""


def test_only_a_site_is_a_place_to_go(tmp_path, monkeypatch, capsys):
    """Somebody else's settings are none of ours, and of two sites both are named."""
    (tmp_path / "muu").mkdir()
    (tmp_path / "muu/mkdocs.yml").write_text("site_name: Muu\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    for name, told in (
        ("", ", tai"), ("b", " (cd b), tai"), ("b c", " (cd b tai cd 'b c'), tai"),
        ("-x", " (cd ./-x tai cd b tai cd 'b c'), tai"),
    ):  # fmt: skip
        if name:
            shutil.copytree(tmp_path / "muu", tmp_path / name)
            (tmp_path / name / "mkdocs.yml").write_text("plugins: [palvelupolku]\n", "utf-8")
        assert cli.main(["check"]) == 1
        assert f"Siirry sivuston kansioon{told} anna" in capsys.readouterr().err


def test_a_site_without_descriptions_of_its_own_is_checked(tmp_path, monkeypatch):
    """Its settings tell that one has not lost one's way: it shows the shared descriptions."""
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check"]) == 1
    (tmp_path / "mkdocs.yml").write_text("site_name: P\n", "utf-8")
    (tmp_path / "docs").mkdir()
    assert cli.main(["check"]) == 0


SLIPS = {
    "theme: {name: material, logo: !ENV LOGO}": "",
    "theme: {name: material, logo: !ENV [LOGO, a.svg]}": "",
    "docs_dir: !ENV [DOCS, omat]\ntheme: {name: material, logo: a.svg}": "",
    "INHERIT: muu.yml\ntheme: {name: material, logo: a.svg}": "",
    "plugins:\n- palvelupolku: {menu: !ENV [MENU, [helsinki]]}": "",
    "theme:\n  icon:\n    logo: a\n  'logo': a.svg": "5:11: virhe: Logoa a.svg ei löydy. [logo]",
    "theme: material\nplugins: {palvelupolku: {menu: [helsinki]}}": "",
    "plugins:\n- search\n- palvelupolku: {menu: [helsingi]}": "4:25: virhe: Valikon aluetta",
    "docs_dir: omat\ntheme:\n  logo: a.svg": "4:9: virhe: Logoa a.svg ei löydy. [logo]",
    "plugins:\n- palvelupolku:\n    menu:\n    - oma\n    - oma": "6:7: virhe: Valikon aluetta",
    "theme:\n\tname: material": "3:1: virhe: ",
    "theme:\n  logo: https://k.fi/a.svg": "3:9: virhe: Logoa https://k.fi/a.svg ei löydy. [logo]\n"
    "    logo: https://k.fi/a.svg\n          ^\n  → Tallenna kuva kansioon docs/kuvat ja kirjoita "
    "sen nimi, esimerkiksi kuvat/logo.svg, tai poista rivi logo.\n",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_what_can_be_seen_in_the_settings_is_checked(slip, tmp_path, monkeypatch, capsys):
    """Before anything is built; when all is well, it is told what only a build looks at."""
    monkeypatch.chdir(tmp_path)
    for name in ("docs", "omat"):
        (tmp_path / name).mkdir()
    (tmp_path / "muu.yml").write_text("docs_dir: omat\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: P\n{slip}\n", "utf-8")
    code, told = cli.main(["check"]), capsys.readouterr()
    assert code == bool(SLIPS[slip])
    assert (f"\nmkdocs.yml:{SLIPS[slip]}" in told.err) == bool(SLIPS[slip])
    assert told.out.endswith("linkit tarkistaa build.\n") == (not SLIPS[slip])


MENDS = {
    "menu:\n- helsinki\n": (
        "2:1: virhe: Kohta ”menu” on väärällä tasolla. [setting]",
        "Siirrä rivit 2–3 rivin 5 alle, ja lisää jokaisen alkuun 4 väliä.",
    ),
    "plugins:\n- palvelupolku:\n    licence: CC0\n": (
        "5:1: virhe: Kohta ”plugins” on jo rivillä 2. [duplicate-key]",
        "Siirrä rivi 7 rivin 3 alle, ja poista rivit 5–6.",
    ),
}


def followed(rows: list[str], hint: str) -> list[str]:
    """The rows after what the hint says is done to the letter."""
    first, last, home = map(int, re.search(r"Siirrä rivit? (\d+)(?:–(\d+))? rivin (\d+)", hint)
                            .groups(default="0"))  # fmt: skip
    column = re.search(r"alkuun (\d+) väliä", hint)
    indent = " " * int(column[1]) if column else ""
    numbered = dict(enumerate(rows, 1))
    moved = [indent + numbered.pop(number) for number in range(first, max(first, last) + 1)]
    if gone := re.search(r"poista rivit (\d+)–(\d+)", hint):
        for number in range(int(gone[1]), int(gone[2]) + 1):
            numbered.pop(number)
    kept = [[row, *moved] if number == home else [row] for number, row in numbered.items()]
    return [row for part in kept for row in part]


@pytest.mark.parametrize("slip", MENDS)
def test_a_setting_of_ours_elsewhere_is_told_where_it_goes(slip, tmp_path, monkeypatch, capsys):
    """At the top level, or below a key written again: the hint, followed, mends it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    own = "plugins:\n- palvelupolku:\n    feedback_url: https://k.fi/\n"
    parts = (own, slip) if "plugins" in slip else (slip, own)
    rows = "".join(("site_name: P\n", *parts)).splitlines()
    place, hint = MENDS[slip]
    (tmp_path / "mkdocs.yml").write_text("\n".join(rows), "utf-8")
    for command in ("check", "build"):
        assert cli.main([command]) == 1
        told = capsys.readouterr().err
        assert f"mkdocs.yml:{place}" in told
        assert hint in told
    (tmp_path / "mkdocs.yml").write_text("\n".join(followed(rows, hint)), "utf-8")
    assert cli.main(["check"]) == 0


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ("sivuston_kuvaus: S", "2:1: virhe: Kohtaa ”sivuston_kuvaus” ei ole. [setting]"),
        ("sivuston_kuvaus: S", "→ Tarkoititko ”site_description”?"),
        ("valikko: S", "→ Tarkoititko ”menu”? Se kuuluu kohdan palvelupolku alle."),
        ("plugins:\n- palvelupolku:\n    valikko: [helsinki]", "→ Tarkoititko ”menu”?\n"),
        ("plugins:\n- palvelupolku:\n  menu: [helsinki]",
         "Siirrä rivi 4 rivin 3 alle: rivin alkuun 4 väliä.\n"),
        ("menu: [helsinki]\nplugins:\n- palvelupolku",
         "rivin 4 alle: rivin alkuun 4 väliä. Lisää rivin 4 loppuun kaksoispiste."),
        ("theme:\n  logo: docs/kuvat/merkki.svg", "→ Kirjoita: logo: kuvat/Merkki.svg"),
        ("theme:\n  logo: kuvat/merkki.SVG", "→ Kirjoita: logo: kuvat/Merkki.svg"),
        ("plugins: 5", "2:1: virhe: Kohta ”plugins” ei kelpaa. [setting]"),
        ("? [a, b]\n: c", "mkdocs.yml: virhe: "),
    ],
)  # fmt: skip
def test_a_slip_in_a_setting_is_told_at_its_row(slip, told, tmp_path, monkeypatch, capsys):
    """By the check already, with the setting that was meant."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs/kuvat").mkdir(parents=True)
    (tmp_path / "docs/kuvat/Merkki.svg").write_text("<svg/>", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: P\n{slip}\n", "utf-8")
    assert cli.main(["check"]) == 1
    assert told in capsys.readouterr().err


def test_a_word_of_the_theme_that_changes_nothing_is_told(tmp_path, monkeypatch, capsys):
    """MkDocs passes it over in silence: an author would take the colour for changed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    for theme, told in (
        ("name: material\n  language: fi\n  logos: a.svg", ("5:3", "Tarkoititko ”logo”?")),
        ("name: material\n  site_url: https://k.fi/", ("4:3", "Siirrä se alariveineen reunaan.")),
        ("name: material\n  oma: a", ("4:3", "Poista rivi tai korjaa nimi.")),
        ("<<: {language: fi}\n  name: material", ()),
        ("name: material\n  väri: green", ("4:3", "Poista rivi. Sivuston värit ovat tiedostossa")),
        ("name: material\n  palette: {}\n  font: false", ()),
        ("name: mkdocs\n  väri: green", ()),
        ("name: material\n  custom_dir: docs\n  väri: green", ()),
    ):
        (tmp_path / "mkdocs.yml").write_text(f"site_name: P\ntheme:\n  {theme}\n", "utf-8")
        assert cli.main(["check"]) == 0
        found = capsys.readouterr().err
        assert bool(told) == ("ei muuta tässä mitään. [setting]" in found), found
        assert all(part in found for part in told), found


def test_a_torn_link_of_an_own_page_is_told_at_its_place(tmp_path, monkeypatch, capsys):
    """MkDocs shows it as it is typed and says nothing; in code it is meant."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "omat/ala").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: P\ndocs_dir: omat\n", "utf-8")
    page = tmp_path / "omat/ala/index.md"
    (tmp_path / "omat/.luonnos.md").write_text("[a] (b.md)\n", "utf-8")
    fine = "# P\n\n[a](b.md) [x] (katso myös) `[a] (b.md)`\n\n```\n[a] (b.md)\n```\n\n"
    for text, told in (
        (fine, ()),
        (f"{fine}<!-- [a] (b.md) -->\n", ()),
        (f"{fine}Näin: \\[a] (b.md)\n", ()),
        (f"{fine}Ei `[a] (b.md)` vaan [a] (b.md).\n", ("9:22",)),
        (f"{fine}- Ensin\n- Katso [Oma paja] (x/index.md#osa).\n", ("10:9",)),
        (f"{fine}Katso [Oma\npaja]  (https://k.fi/) ja [a] (../).\n", ("9:7", "10:27")),
    ):
        page.write_text(text, "utf-8")
        assert cli.main(["check"]) == 0
        found = re.findall(r"^omat/ala/index.md:(\S+): huomautus: .* \[bad-link\]$",
                           capsys.readouterr().err, re.MULTILINE)  # fmt: skip
        assert tuple(found) == told, text


def test_settings_in_another_encoding_are_refused(tmp_path, monkeypatch, capsys):
    """As the descriptions are, with the same words."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("theme: {logo: a.svg}", "utf-16")
    assert cli.main(["check"]) == 1
    assert "mkdocs.yml:1:1: virhe: Tiedosto ei ole UTF-8-tekstiä." in capsys.readouterr().err


def test_a_fault_in_a_shared_file_is_told_with_its_own_place(own):
    """The path leads to the package, where the file is."""
    folder = own / "paths"
    fault = Problem("yhteiset/oikeudet.yml", Mark(3, 1), "Vika.", "vika")
    place = report([fault], folder).partition(":")[0]
    assert Path(place).resolve() == ROOT / "paths/yhteiset/oikeudet.yml"
    (folder / ".alone").touch()
    assert (folder / "yhteiset/oikeudet.yml").resolve() == Path(
        report([fault], folder).partition(":")[0]
    ).resolve()


# The starter


def named(shared: Reading, folder: str, town: str | None = None, region: str | None = None) -> str:
    """What `new` takes a request for, or what it says."""
    try:
        found = choose(shared.library.regions, folder, town, region)
    except StartError as error:
        return str(error)
    return "/".join(found)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (("laukaa",), "keski-suomi/laukaa"),
        (("oma", "Äänekoski"), "keski-suomi/aanekoski"),
        (("oma", "laukaa", "Keski-Suomi"), "keski-suomi/laukaa"),
        (("oma", None, "helsinki"), "helsinki/helsinki"),
        (("oma", "lauka"), "Kuntaa ”lauka” ei ole yhteisissä kuvauksissa. Tarkoititko ”laukaa”?"),
        (("oma", "laukaa", "keski"), "Aluetta ”keski” ei ole yhteisissä kuvauksissa. Tarkoititko"),
        (("oma", "laukaa", "helsinki"), "Kuntaa ”laukaa” ei ole yhteisissä kuvauksissa. Kuntia"),
        (
            ("oma",),
            "Mikä kunta? Kerro se näin: --kunta aanekoski. Kuntia ovat aanekoski, hankasalmi",
        ),
    ],
)
def test_the_municipality_is_found_or_suggested(shared, asked, wanted):
    """By id or by name, from the option or the folder; a slip gets a suggestion."""
    told = named(shared, *asked)
    assert told.startswith(wanted)
    assert wanted == told or "ohjeen kohta ”Kunta muulla alueella”" in told


def test_a_folder_that_holds_something_is_refused(laukaa):
    """Nothing is written over, and the words say what to give."""
    before = sorted(laukaa.rglob("*"))
    note = laukaa.with_name("muistio.txt")
    note.write_text("Oma muistio", "utf-8")
    for place in (laukaa, note):
        other = place.with_name(f"{place.name}-2")
        done = run("new", place, "--kunta", "laukaa", cwd=laukaa)
        assert done.returncode == 1
        told = f"esimerkiksi näin: palvelupolku new {other} --kunta laukaa\n"
        assert done.stderr == f"{place} ei ole tyhjä. Anna uusi kansio, {told}"
    assert sorted(laukaa.rglob("*")) == before
    assert note.read_text("utf-8") == "Oma muistio"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("'Oma työ' --kunta laukaa", "'Oma työ-2' --kunta laukaa"),
        (".. --kunta laukaa", "laukaa-2 --kunta laukaa"),
        (
            "oma --nimi 'Laukaan polut' --alue keski-suomi --kunta Laukaa",
            "oma-2 --kunta laukaa --alue keski-suomi --nimi 'Laukaan polut'",
        ),
        ("--kunta laukaa -- -x", "./-x-2 --kunta laukaa"),
        ("oma --kunta laukaa --nimi='-L -'", "oma-2 --kunta laukaa --nimi='-L -'"),
    ],
)
def test_the_command_to_give_instead_can_be_typed(given, told, tmp_path, monkeypatch, capsys):
    """It is quoted, names a folder of its own, and keeps what was asked for."""
    for name in ("Oma työ", "oma", "-x", "tassa"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").touch()
    monkeypatch.chdir(tmp_path / "tassa" if given.startswith("..") else tmp_path)
    assert cli.main(["new", *shlex.split(given)]) == 1
    assert f"esimerkiksi näin: palvelupolku new {told}\n" in capsys.readouterr().err
    assert cli.main(["new", *shlex.split(told)]) == 0


def test_the_name_may_hold_any_letters(shared):
    """Quotes in a name do not break the settings."""
    chosen = start(shared, "keski-suomi", "laukaa", 'Laukaan "polut": #1 \\')
    settings = yaml.safe_load(starter(shared, chosen, DAY)["mkdocs.yml"])
    assert settings["site_name"] == 'Laukaan "polut": #1 \\'


def test_the_menu_holds_the_own_region(laukaa):
    """The other regions are one press away at the foot of the page; a slip is told."""
    settings = yaml.safe_load((laukaa / "mkdocs.yml").read_text("utf-8"))
    assert settings["plugins"] == [{"palvelupolku": {"menu": ["keski-suomi"]}}]
    small = read_folder(SMALL)
    assert build(small, DAY).menu == (
        ("Koivula", "koivula/"), ("Mäntylä", "mantyla/"), ("Sanasto", "sanasto/"),
    )  # fmt: skip
    own = build(small, DAY, Settings(menu=("mantyla",)))
    assert own.menu == (("Mäntylä", "mantyla/"), ("Sanasto", "sanasto/"))
    assert own.more == (("Koivula", "koivula/"),)
    with pytest.raises(PathError, match="Tarkoititko ”mantyla”"):
        build(small, DAY, Settings(menu=("mantyl",)))


@pytest.mark.parametrize(
    ("town", "words"),
    [
        ("laukaa", ("sources_seen: 2026-03-05", "unit: Taitojen talo", "- hyvaks-laukaa-2026")),
        ("petajavesi", ("sources_seen: 2026-03-05", "state: ended", "valid_from: 2026-03-05")),
        ("toivakka", (f"sources_seen: {DAY}", "state: unknown", "certainty: unknown")),
    ],
)
def test_a_starter_begins_with_what_is_known(shared, town, words):
    """The shared words on the municipality, as old as they are; else that nobody knows."""
    text = began(shared, town)[f"paths/keski-suomi/kunnat/{town}.yml"].decode()
    assert [word for word in words if word not in text] == []


def test_every_file_of_a_starter_is_explained(shared):
    """In the guide and in its own README; each file to be edited tells itself what to change."""
    files = began(shared)
    for name, text in files.items():
        place = name.replace("/keski-suomi/", "/<alue>/").replace("/laukaa.yml", "/<kunta>.yml")
        assert f"| `{place}` |" in GUIDE
        if name.endswith((".yml", ".txt")):
            assert text.startswith(b"# "), name
    (other,) = re.findall(
        r"build --as-of \S+ --site (\S+)", (ROOT / "docs/kirjoita.md").read_text("utf-8")
    )
    ignored = files[".gitignore"].decode().splitlines()
    assert any(fnmatch(f"{other}/", pattern) for pattern in ignored), "another day's site"
    listed = {*re.findall(r"^\| `([^`]+)` \|", files["README.md"].decode(), re.MULTILINE)}
    assert listed == {*files} - {"README.md"}


def test_the_workflow_does_what_the_guide_does(shared):
    """It installs what the starter pins, does as one does by hand and publishes that folder."""
    files = began(shared)
    job = yaml.safe_load(files[".github/workflows/julkaise.yml"])["jobs"]["julkaise"]
    lines = [step["run"] for step in job["steps"] if "run" in step]
    libraries = next(line for line in GUIDE.splitlines() if line.startswith("sudo apt-get install"))
    assert {*lines[0].split()} ^ {*libraries.split()} == {
        "update", "-q", "&&", "python3-venv", "git",
    }  # fmt: skip
    assert lines[1] == "pip install -r requirements.txt"
    publishing = GUIDE.partition("\n## 8. ")[2].partition("```\n")[2].partition("```")[0]
    assert publishing == "".join(f"{line}\n" for line in lines[2:])
    assert lines[2:] == ["palvelupolku check --publish", "palvelupolku build"]
    assert f"`{lines[2]}`" in files["README.md"].decode()
    used = {step["uses"]: step.get("with") for step in job["steps"] if "uses" in step}
    assert used["actions/upload-pages-artifact@v4"] == {"path": "site"}
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)
    assert f"palvelupolku=={__version__}\n".encode() in files["requirements.txt"]
    setup = (ROOT / "requirements/setup.sh").read_text("utf-8")
    assert {*libraries.split()[4:]} - {"python3-venv", "git"} <= {*setup.split()}


def test_publishing_waits_for_what_is_published_not_for_a_draft(own):
    """The check before publishing lets a starter through, and stops one that claims too much."""
    done = run("check", "--publish", cwd=own)
    assert done.returncode == 0
    assert "Ennen julkaisua keski-suomi/oma-palvelu (luonnos), " in done.stdout
    path = own / "paths" / OWN
    path.write_text(path.read_text("utf-8").replace("state: draft", "state: published"), "utf-8")
    done = run("check", "--publish", cwd=own)
    assert done.returncode == 1
    lacks = re.findall(rf"^paths/{OWN}\S+ virhe: .* \[(\S+)\]$", done.stderr, re.MULTILINE)
    assert {"example-left", "no-author", "no-owner"} <= {*lacks}


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        (OWN, "nature", Nature), (OWN, "stage", Stage), (OWN, "kind", StepKind),
        (OWN, "phase", Phase), (TOWN, "services", Availability),
        ("catalogue/sources.yml", "kind", SourceKind),
    ],
)  # fmt: skip
def test_a_starter_tells_every_word_that_one_may_choose(shared, name, key, words):
    """The comment above a key gives each of them in Finnish, none left out."""
    text = described(began(shared))[name].decode()
    above = re.search(rf"((?:^ *# .*\n)+) *{key}:", text, re.MULTILINE)
    assert re.findall(r"([a-z-]+) = ", above[1]) == [*get_args(words)]


def test_a_starter_has_a_place_for_whom_to_ask(shared, files):
    """The mark taken away, each service that is known of tells it."""
    own = described(began(shared))
    told = own[TOWN].replace(b"  # contact: ", b"  contact: ")
    reading = check(own | {TOWN: told}, DAY, files)
    assert reading.errors == []
    supplied = reading.library.supplements["keski-suomi/laukaa"].services
    assert [str(one.contact) for one in supplied] == ["Kysy kunnan neuvonnasta."] * 2


def test_the_own_region_leads_the_page_of_ids(shared, files):
    """Whoever describes Keski-Suomi need not pass the others; the shared pages go by the id."""
    for own, first in ((described(began(shared)), "keski-suomi"), ({}, "helsinki")):
        page = build(own or files, DAY, below=files if own else {}).pages["tunnukset/"]
        assert page.headings[0].id == f"alue-{first}"


# The guide


def test_the_guide_updates_as_it_installs():
    """A new package is put where the old one was, by its own name."""
    before, _, after = GUIDE.partition("\n## 10. ")
    update = after.partition("\n## ")[0].replace("0.2.0", __version__)
    (package,) = re.findall(r"^pip install \./(.+)$", before, re.MULTILINE)
    (kept,) = re.findall(rf"^cp \.\./{package} .+$", before, re.MULTILINE)
    for line in (f"pip install ../{package}", kept):
        assert f"\n{line}\n" in update
    assert f"`palvelupolku=={__version__}`" in update


def blocks() -> Iterator[tuple[str, str, str]]:
    """What the guide shows: the file it is, if any, the language and the text."""
    yield from BLOCK.findall(GUIDE)


def test_the_files_that_the_guide_shows_hold(shared, files):
    """Each over a starter, all together; and no other YAML is shown but the plugin's settings."""
    own = described(began(shared))
    shown = {name.removeprefix("paths/"): text.encode() for name, _, text in blocks() if name}
    assert {TOWN, "varit.yml"} <= shown.keys()
    # What is told to a municipality elsewhere: the own service in a region of its own.
    shown["esimerkkiala/oma-palvelu.yml"] = own[OWN]
    rest = [text for name, language, text in blocks() if language == "yaml" and not name]
    (supply,) = (text for text in rest if text.startswith("- service"))
    shown[TOWN] += supply.encode()
    reading = check(own | shown, DAY, files)
    assert reading.errors == []
    told = towns(library_on(reading.library, DAY)).locals
    compared = {local.id: local.compared for local in told.values() if local.town == "laukaa"}
    assert compared["oma-palvelu"] is False, "there is nothing to compare with"
    assert all(local.supply.provider for local in told.values() if local.id == "oma-palvelu")
    assert compared["kuntouttava-tyotoiminta"] is True
    rest.remove(supply)
    assert [list(yaml.safe_load(text)) for text in rest] == [["plugins"]]


def test_the_steps_of_the_trial_may_be_copied_to_the_file_that_was_there(shared, files):
    """Below a service's sources, as the guide says: the other service and the contact stay."""
    assert "alkaen rivistä `steps:`. Liitä ne sen palvelun loppuun" in GUIDE
    own = described(began(shared))
    (trial,) = (text for name, _, text in blocks() if name == f"paths/{TOWN}")
    first, gap, rest = own[TOWN].decode().replace("# contact:", "contact:").rpartition("- service:")
    steps = trial[trial.index("  steps:\n") :]
    reading = check(own | {TOWN: f"{first}{steps}{gap}{rest}".encode()}, DAY, files)
    assert reading.errors == []
    one, other = reading.library.supplements["keski-suomi/laukaa"].services
    assert one.contact
    assert ([len(s.steps) for s in (one, other)], len(one.added)) == ([2, 0], 1)


def test_a_front_page_elsewhere_leads_to_pages_that_are_there(shared, files):
    """The guide tells of each row of the starter's list; what it leaves stands, in its words."""
    telling = GUIDE.partition("## Kunta muulla alueella")[2]
    given = began(shared)
    rows = given["docs/index.md"].decode().partition("## Palvelut\n\n")[2].splitlines()
    assert re.findall(r"”(.+?)”", telling) == ["palvelut kunnassa"]
    kept = [row for row in rows if "palvelut kunnassa" not in row]
    assert len(kept) == len(rows) - 1
    wanted = "".join(f"{row}\n" for row in kept)
    wanted = wanted.replace("Keski-Suomen", "Esimerkkialan").replace("keski-suomi", "esimerkkiala")
    assert f"```text\n{wanted}```" in telling
    own = {
        name.replace("keski-suomi", "esimerkkiala"): text
        for name, text in described(given).items() if name != TOWN
    }  # fmt: skip
    own |= {n.removeprefix("paths/"): t.encode() for n, _, t in blocks() if "esimerkkiala" in n}
    pages = build(own, DAY, Settings(menu=("esimerkkiala",)), files).pages
    for link in re.findall(r"\((.+?)index\.md\)", wanted):
        assert link in pages


def test_the_guide_names_the_colours_the_errors_and_the_choices():
    """Each colour, each new error and each option of `new` can be looked up."""
    for word in (*Palette.model_fields, "shared-file", "shared-entry", "contrast", "core-changed"):
        assert f"`{word}`" in GUIDE
    assert f"`{UNKNOWN_SITE}`" in GUIDE
    for option in ("--kunta", "--alue", "--nimi"):
        assert f" {option} " in GUIDE


def dependencies(folder: Path) -> str:
    """All that the package leans on, without the package: what pip would bring from the net."""
    folder.mkdir()
    here = Path(next(path for path in sys.path if path.endswith("site-packages")))
    for part in here.iterdir():
        if "palvelupolku" not in part.name:
            (folder / part.name).symlink_to(part)
    return f"{folder}\n"


def follow(folder: Path) -> None:
    """Do what the guide says, line by line, in a folder that holds the wheel alone."""
    target = folder / "github.git"
    subprocess.run(["git", "init", "-q", "--bare", target], check=True)
    settings = {
        "HOME": str(folder), "PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": EPOCH,
        "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "GIT_CONFIG_COUNT": "3",
        "GIT_CONFIG_KEY_0": f"url.{target}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/esimerkkikunta/palvelupolut.git",
        "GIT_CONFIG_KEY_1": "user.name", "GIT_CONFIG_VALUE_1": "Viestintä",
        "GIT_CONFIG_KEY_2": "user.email", "GIT_CONFIG_VALUE_2": "viestinta@example.org",
    }  # fmt: skip
    where = folder
    lines = [(name, line) for name, kind, text in blocks() for line in _steps(name, kind, text)]
    for number, (name, line) in enumerate(lines):
        if name:
            (where / name).parent.mkdir(parents=True, exist_ok=True)
            (where / name).write_text(line, "utf-8")
        elif ("", line) not in lines[number + 1 :]:
            # The preview runs until it is stopped: it has a test of its own.
            script = f"set -e; {line}{' --help' if line.endswith(' serve') else ''}\n"
            script += 'pwd; echo "$PATH"'
            done = subprocess.run(
                ["bash", "-c", script], cwd=where, env=settings, check=False,
                capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0, (line, done.stdout, done.stderr)
            *said, here, settings["PATH"] = done.stdout.splitlines()
            where = Path(here)
            if line == "palvelupolku --version":
                assert f"vastaa `{said[-1]}`" in GUIDE
        if line.startswith("python3 -m venv"):
            (packages,) = folder.glob("ohjelma/lib/*/site-packages")
            (packages / "net.pth").write_text(dependencies(folder / "net"))


def _steps(name: str, kind: str, text: str) -> list[str]:
    """The commands of a block, but those for the system; a file whole; nothing of an aside."""
    if name:
        return [text] if "esimerkkiala" not in name else []
    return [line for line in text.splitlines() if not kind and not line.startswith("sudo ")]


def test_the_guide_leads_from_a_wheel_to_a_published_site(wheel, tmp_path):
    """Own pages, shared ones, the own name, logo and colours are there; the host has all."""
    shutil.copy(wheel, tmp_path)
    follow(tmp_path)
    site = tmp_path / "laukaa/site"
    front = (site / "index.html").read_text("utf-8")
    assert "<title>Palvelupolut – Laukaa</title>" in front
    assert '<img class="pp-header__logo" src="kuvat/logo.svg" alt="">' in front
    for place in ("oma-palvelu", "kuntouttava-tyotoiminta", "kunnat/laukaa"):
        page = (site / "keski-suomi" / place / "index.html").read_text("utf-8")
        assert "Palvelupolut – Laukaa" in page
    assert "Kunnan työntekijä soittaa asiakkaalle ensin." in page
    assert "--pp-accent:#00573f" in (site / "assets/palvelupolku.css").read_text("utf-8")
    own = (site / "keski-suomi/oma-palvelu/index.html").read_text("utf-8")
    assert "Järjestäjä: ei tietoa" not in own
    words = ("Raha, oikeudet ja laki", "Laki tarkistettu")
    for place, has in (("oma-palvelu", False), ("kuntouttava-tyotoiminta", True)):
        page = (site / "keski-suomi" / place / "index.html").read_text("utf-8")
        assert [word in page for word in words] == [has, has], "an own service names no law"
    assert "<p>Yhteiset tekstit: Palvelupolku, CC BY 4.0. Sivusto" in page
    lines = (site / "upota/index.html").read_text("utf-8")
    assert re.findall(r"<h3>(.*?)</h3>", lines) == ["Keski-Suomi", "Helsinki"]
    names = re.findall(r"<summary>(.*?)</summary>", lines)
    assert names[0] == "Esimerkkipalvelu"
    assert names[1].endswith(", Laukaa")
    both = re.search(r"kaksi polkua, esimerkiksi \*(.+?)\* ja \*(.+?)\*", GUIDE)
    assert {*both.groups()} <= {*names}
    assert re.search(r'<iframe src="../keski-suomi/kunnat/laukaa/[a-z-]+/upota/"', lines)
    for page in ("ota-kayttoon", "kirjoita", "viestit", "komennot"):
        assert "Palvelupolut – Laukaa" in (site / page / "index.html").read_text("utf-8")
    assert (site / "kuvat/oma-peili.png").is_file()
    assert "mirrored:" in (tmp_path / "laukaa/paths" / TOWN).read_text("utf-8")
    assert '"Laukaan palvelupolut"' in (tmp_path / "oma-sivusto/mkdocs.yml").read_text("utf-8")
    can_be_installed_from_the_host(tmp_path)


def can_be_installed_from_the_host(folder: Path) -> None:
    """What was pushed holds the package that it pins; the built site is not among it."""
    clone, got = folder / "clone", folder / "got"
    subprocess.run(["git", "clone", "-q", "-b", "main", folder / "github.git", clone], check=True)
    assert {".github", "docs", "mkdocs.yml", "paketti", "paths"} <= {
        p.name for p in clone.iterdir()
    }
    assert not (clone / "site").exists()
    command = [folder / "ohjelma/bin/pip", "download", "-q", "--no-deps", "--no-index"]
    command += ["--disable-pip-version-check", "-r", "requirements.txt", "-d", got]
    subprocess.run(command, cwd=clone, check=True)
    assert [f.name for f in got.iterdir()] == [f"palvelupolku-{__version__}-py3-none-any.whl"]
