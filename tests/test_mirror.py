"""A municipality says only what differs; it is told in words, and a change of the core is seen."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from commands import SMALL, copy_project, run, succeed
from conftest import DAY
from facts import parsed
from palvelupolku.build import build, check
from palvelupolku.canonical import canonical
from palvelupolku.errors import PathError
from palvelupolku.fields import Text
from palvelupolku.folder import read_folder
from palvelupolku.mirror import STATES, changed, fingerprint
from palvelupolku.published import Site
from palvelupolku.renewing import mirrored
from palvelupolku.yamltext import parse
from test_ready_paper import poppler

TOWNS = """
areas:
  alue:
    name: Koivulan työllisyysalue
    sources:
    - sivu
municipalities:
  lahela:
    code: '901'
    name: Lahela
    area: alue
  makela:
    code: '902'
    name: Mäkelä
    area: alue
"""
LAHELA = """
review:
  sources_seen: 2026-11-01
services:
- service: polku
  state: partner
  text: Palvelua on kahtena päivänä viikossa.
  provider: Lahelan pajayhdistys
  contact: Kysy kunnan neuvonnasta.
  name: Pajatyö
  sources:
  - sivu
  steps:
  - id: tapaaminen
    state: extended
    text: Tapaaminen on kirjastossa.
    client: Tule kirjastoon.
    sources:
    - sivu
  - id: arvio
    state: different
    text: Arvion tekee työpari.
    reason: Kunnassa ei ole omaa arviointia.
    client: Sano se työparille.
    contact: Kysy työparilta.
    sources:
    - sivu
  added:
  - id: tutustuminen
    after: tapaaminen
    phase: in
    name: Tutustuminen pajaan
    actor: kaupunki
    client: Käy katsomassa pajaa.
    plain: Työntekijä näyttää paikan.
    sources:
    - sivu
"""
FILE = "koivula/kunnat/lahela.yml"
MEETING = """\
    state: extended
    text: Tapaaminen on kirjastossa.
    client: Tule kirjastoon.
"""
OTHER = """\
- service: tyokokeilu
  state: available
  text: Kokeilu alkaa [tapaamisesta](step:tapaaminen).
  certainty: unknown
"""
MISSING = LAHELA.replace("state: different", "state: missing").replace(
    "    client: Sano se työparille.\n", ""
)
PATH = "koivula/kunnat/lahela/polku/"
SHARED = "Sano, mikä sopii sinulle."
ABSENT = "Lahela: tätä vaihetta ei ole. Syy: Kunnassa ei ole omaa arviointia."


def project(supplement: str = LAHELA, **changed: tuple[str, str]) -> dict[str, bytes]:
    """The small project with two municipalities and a supplement of one of them."""
    files = read_folder(SMALL)
    files["koivula/region.yml"] += TOWNS.lstrip("\n").encode()
    files[FILE] = supplement.lstrip("\n").encode()
    for name, (old, new) in changed.items():
        file = f"koivula/{name}.yml"
        assert old.encode() in files[file]
        files[file] = files[file].replace(old.encode(), new.encode())
    return files


def found(files: Mapping[str, bytes], rule: str) -> list[str]:
    """What is told of one rule: `file:line message`."""
    problems = check(files, DAY).problems
    return [f"{p.file}:{p.mark.line} {p.message}" for p in problems if p.rule == rule]


def test_the_mirror_counts_what_the_page_shows():
    """Each step of the shared path and of the town's own is there once, with its state."""
    page = parsed(build(project(), DAY).pages["koivula/kunnat/lahela/"].body)
    table = page.section("peili-polku")
    states = [row.all("strong")[0].text for row in table.one("tbody").all("tr")]
    assert states == ["Täydennetty", "Oma vaihe", "Poikkeaa"]
    shown = {dt.text: int(dd.text) for dt, dd in zip(table.all("dt"), table.all("dd"), strict=True)}
    assert {name: number for name, number in shown.items() if number} == Counter(states)
    assert set(shown) == set(STATES.values())
    assert "Asiakkaalle: Tule kirjastoon." in table.text
    assert "Keneltä kysytään: Kysy työparilta." in table.text
    assert "Arvion tekee työpari." in table.text
    assert "Syy: Kunnassa ei ole omaa arviointia." in table.text


def test_the_local_page_tells_what_is_the_towns_own():
    """The name, who provides and answers, whom to ask; differences in the list and the picture."""
    owned = LAHELA.replace("review:\n", "review:\n  owner: Neuvonta\n")
    body = build(project(owned), DAY).pages["koivula/kunnat/lahela/polku/"].body
    page = parsed(body)
    assert "Pajatyö, Lahela" in page.one("h1").text
    for words in ("Lahelan pajayhdistys", "Kysy kunnan neuvonnasta.", "kumppani tuottaa"):
        assert words in page.section("kunnassa").text
    assert "Kunnan tiedoista vastaa Neuvonta." in page.section("kunnassa").text
    meeting, judged = (page.one(f"#vaihe-{name}") for name in ("tapaaminen", "arvio"))
    assert "Tapaaminen on kirjastossa." in meeting.text
    assert "Työntekijä kuuntelee" in meeting.text, "the shared text stays"
    assert [p.text for p in meeting.one(".pp-now").all("p")] == [
        "Kerro, mitä haluat tehdä.", "Lahela: Tule kirjastoon.",
        "Keneltä kysyt? Kysy kunnan neuvonnasta.",
    ]  # fmt: skip
    assert "Kysy työparilta." in judged.one(".pp-now__ask").text, "the nearest to ask"
    cards = dict(re.findall(r'data-node="(\w+)"[^>]*aria-label="([^"]*)"', body))
    assert {name: words.rpartition(", ")[2] for name, words in cards.items()} == {
        "tapaaminen": "Täydennetty", "tutustuminen": "Oma vaihe", "arvio": "Poikkeaa",
    }  # fmt: skip
    assert re.search(r'data-from="tapaaminen" data-to="tutustuminen"', body)
    assert re.search(r'data-from="tutustuminen" data-to="arvio"', body)
    assert not re.search(r'data-from="tapaaminen" data-to="arvio"', body)


def test_the_shared_page_is_not_changed_by_a_supplement():
    """What a municipality says stands on its own pages alone."""
    with_town, files = build(project(), DAY), project()
    del files[FILE]
    without = build(files, DAY)
    for address in ("koivula/polku/", "koivula/polku/selkea/"):
        assert with_town.pages[address].body == without.pages[address].body
    assert with_town.files["data/koivula/polku.json"] == without.files["data/koivula/polku.json"]


def test_silence_is_not_agreement():
    """A step that nobody has compared, and a town that says nothing, are not known."""
    quiet = LAHELA.partition("  steps:")[0]
    site = build(project(quiet), DAY)
    page = parsed(site.pages["koivula/kunnat/lahela/"].body)
    rows = page.section("peili-polku").one("tbody").all("tr")
    assert [row.all("strong")[0].text for row in rows] == ["Ei tietoa", "Ei tietoa"]
    towns = parsed(site.pages["koivula/kunnat/"].body)
    assert "Ei tietoa" in towns.one("#makela").text
    assert "koivula/kunnat/makela/" not in site.pages


def test_a_change_of_the_core_is_told_at_the_line_that_needs_another_look(tmp_path: Path):
    """Once compared, nothing is said; then the file, the line and what has changed."""
    folder = copy_project(tmp_path / "own") / "paths"
    for name in folder.rglob("*.yml"):
        name.unlink()
    for name, content in project().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    assert [line.split()[0] for line in found(read_folder(folder), "not-mirrored")] == [
        f"{FILE}:13", f"{FILE}:19",
    ]  # fmt: skip
    assert succeed("mirror", cwd=tmp_path / "own") == f"Merkitty: {FILE}\n"
    files = read_folder(folder)
    assert found(files, "not-mirrored") == found(files, "core-changed") == []
    path = folder / "koivula/polku.yml"
    path.write_text(path.read_text("utf-8").replace("Kerro, mitä haluat tehdä.", "Kerro toiveesi."))
    line = 1 + (folder / FILE).read_text("utf-8").splitlines().index(
        next(t for t in (folder / FILE).read_text("utf-8").splitlines() if "mirrored:" in t)
    )
    assert found(read_folder(folder), "core-changed") == [
        f"{FILE}:{line} Yhteinen vaihe ”tapaaminen” on muuttunut: asiakkaan teksti."
    ]
    assert succeed("mirror", cwd=tmp_path / "own") == (
        "Yhteinen vaihe on muuttunut 1 vertailussa: koivula/lahela. "
        "Lue ne uudelleen ja aja sitten: palvelupolku mirror koivula/lahela\n"
    ), "a change is not accepted unasked"
    faulty = folder / "varit.yml"
    faulty.write_text("light: {accent: sininen}\n", "utf-8")
    stopped = run("mirror", "koivula/lahela", cwd=tmp_path / "own")
    assert stopped.returncode == 1
    assert "paths/varit.yml:1:" in stopped.stderr
    assert stopped.stderr.endswith("Virheitä 1. Mitään ei merkitty.\n")
    faulty.unlink()
    named = "koivula/kunnat/lahela"
    assert succeed("mirror", named, cwd=tmp_path / "own") == f"Merkitty: {FILE}\n"
    assert found(read_folder(folder), "core-changed") == []
    assert succeed("mirror", cwd=tmp_path / "own") == "Kaikki vertailut on jo merkitty.\n"
    refused = run("mirror", "koivula/laheda", cwd=tmp_path / "own")
    assert refused.returncode == 1
    assert "Tarkoititko ”koivula/lahela”?" in refused.stderr


def test_every_description_is_in_its_one_layout(files: dict[str, bytes], tmp_path: Path):
    """`fmt` changes nothing here, and what it writes reads the same and is not changed again."""
    assert {name: canonical(name, content) for name, content in files.items()} == files
    project_folder = copy_project(tmp_path / "own", SMALL)
    file = project_folder / "paths/koivula/polku.yml"
    before = read_folder(project_folder / "paths")
    odd = file.read_text("utf-8").replace(
        "review:\n  reviewed_on: 2026-06-01\n  sources_seen: 2026-11-01\n",
        "review: {reviewed_on: 2026-06-01, sources_seen: 2026-11-01}   # katsottu\n\n",
    )
    file.write_text(odd, "utf-8")
    assert run("fmt", "--check", cwd=project_folder).returncode == 1
    assert file.read_text("utf-8") == odd
    assert succeed("fmt", cwd=project_folder) == "koivula/polku.yml\n"
    assert "\nreview:  # katsottu\n" in file.read_text("utf-8"), "not where it stood"
    now = read_folder(project_folder / "paths")
    assert check(now, DAY).library == check(before, DAY).library
    assert "jo samassa muodossa" in succeed("fmt", "--check", cwd=project_folder)
    assert run("fmt", "--as-of", "2026-01-31", cwd=project_folder).returncode == 2, (
        "no day changes the layout"
    )


@pytest.mark.parametrize(
    "text",
    [
        "|\n  rivi  \n  toinen",
        "|\n  rivi\u00a0\n  toinen",
        "yksi\u00a0",
        "'kaksi\n  riviä'",
        "|\n  rivi:     # ei kommentti",
        ">-\n  a\n\n  b",
    ],
)
def test_the_layout_does_not_change_a_text(text: str):
    """A line break of Markdown and a no-break space at a line's end stay; the rest is trimmed."""
    content = f"name: {text}\nabout: x   \n".encode()
    laid = canonical("oma.yml", content)
    assert parse("oma.yml", laid).data == parse("oma.yml", content).data
    assert laid.endswith(b"\nabout: x\n")


@pytest.mark.parametrize("text", ["\t", " # kommentti\n  teksti\n"])
def test_a_file_that_cannot_be_laid_out_is_refused(text: str):
    """What the round trip cannot write is told to the author, and not guessed."""
    with pytest.raises(PathError, match="samaan muotoon"):
        canonical("oma.yml", f"name: Oma\nabout: {text}\n".encode())


def test_a_mark_leaves_the_comments_where_they_were():
    """A comment between two comparisons stays above the second; only the marks are new lines."""
    spoken = LAHELA.replace("  - id: arvio\n", "  # Sovittu keväällä.\n  - id: arvio # tärkeä\n")
    files = project(spoken)
    (marked,) = mirrored(check(files, DAY), files, DAY, None).values()
    lines = marked.decode().splitlines()
    added = [i for i, line in enumerate(lines) if line.startswith("    mirrored: ")]
    assert [lines[i - 1] for i in added] == ["  - id: tapaaminen", "  - id: arvio # tärkeä"]
    rest = [line for i, line in enumerate(lines) if i not in added]
    assert rest == spoken.strip().splitlines()


def test_a_supplement_without_new_marks_is_left_alone():
    """Another layout is the business of `fmt`."""
    files = project(LAHELA.partition("  steps:")[0].replace("text: P", "text:   P"))
    assert mirrored(check(files, DAY), files, DAY, None) == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("id: arvio", "id: arvoi"), "Yhteisessä kuvauksessa ei ole vaihetta ”arvoi”."),
        (("after: tapaaminen", "after: tapaminen"), "Yhteisessä kuvauksessa ei ole vaihetta"),
        (("after: tapaaminen", "after: arvio"), "Vaiheesta ”arvio” ei pääse suoraan"),
        (("id: tutustuminen", "id: arvio"), "Vaihe ”arvio” on jo polulla."),
        (("state: partner", "state: elsewhere"), "Tästä puuttuu, mistä apua saa"),
        (("    reason: Kunnassa ei ole omaa arviointia.\n", ""), "Vaiheesta ei kerrota, miksi"),
        (("    client: Sano se työparille.\n", ""), "Vaiheesta ei kerrota, mitä asiakas"),
        (("state: different", "state: missing"), "Puuttuvassa vaiheessa asiakas ei tee"),
        ((MEETING, "    state: same\n    contact: Neuvonta.\n"), "Tila same ei sovi"),
        ((MEETING, "    state: same\n    documents:\n    - Lomake\n"), "Tila same ei sovi"),
        (("    phase: in", "    kind: end\n    phase: in"), "Oma vaihe on tavallinen vaihe."),
        (("    phase: in", "    kind: task\n    phase: in"), "Oma vaihe on tavallinen vaihe."),
        (
            ("    phase: in", "    choices:\n    - step: arvio\n    phase: in"),
            "Omasta vaiheesta pääsee vain",
        ),
        (("services:\n", f"services:\n{OTHER}"), "Tunnukselle ”tapaaminen” ei löydy vaihetta."),
        (("    text: Tapaaminen on kirjastossa.\n", ""), "Vaiheesta ei kerrota, mitä kunnassa"),
        (("service: polku", "service: puolku"), "Tunnukselle ”koivula/puolku” ei löydy palvelua."),
    ],
)
def test_what_does_not_fit_is_told(change: tuple[str, str], told: str):
    """A slip in a supplement is an error in the author's words, at the author's file."""
    old, new = change
    assert old in LAHELA
    errors = check(project(LAHELA.replace(old, new, 1)), DAY).errors
    assert any(p.file == FILE and p.message.startswith(told) for p in errors), errors


SECOND = """
  - id: sopiminen
    after: tutustuminen
    phase: in
    name: Sopiminen
    actor: kaupunki
    client: Sano, sopiiko paja.
    plain: Sovitte jatkosta.
    sources:
    - sivu
"""


def test_own_steps_may_follow_each_other():
    """A second own step takes its place on the way from the first, and none is lost."""
    files = project(LAHELA + SECOND.lstrip("\n"))
    assert check(files, DAY).errors == []
    page = parsed(build(files, DAY).pages["koivula/kunnat/lahela/"].body)
    rows = page.section("peili-polku").one("tbody").all("tr")
    names = [row.one("th").text for row in rows]
    assert names == [
        "1. Ensimmäinen tapaaminen", "2. Tutustuminen pajaan", "3. Sopiminen",
        "4. Mikä sopii sinulle?",
    ]  # fmt: skip


PLACE = "  added:\n  - id: tutustuminen\n    after: tapaaminen"
LATER = "  valid_from: 2027-06-01\n" + PLACE.replace("tapaaminen", "arvio")
TWICE = """\
  - id: arvio
    state: extended
    valid_from: 2027-06-01
    text: Arvion tekee kunta.
    sources:
    - sivu
  added:"""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((PLACE, LATER), ["Vaiheesta ”arvio” ei pääse suoraan toiseen vaiheeseen."]),
        (("    after: tapaaminen", "    valid_from: 2027-06-01\n    after: olematon"), [
            "Yhteisessä kuvauksessa ei ole vaihetta ”olematon”."
        ]),
        (("    after: tapaaminen", "    valid_from: 2027-06-01\n    after: arvio"), [
            "Vaiheesta ”arvio” ei pääse suoraan toiseen vaiheeseen."
        ]),
        (("    state: different", "    valid_to: 2027-05-31\n    state: different"), []),
        (("    state: different", "    valid_to: 2027-06-01\n    state: different"), [
            "Vaihetta ”arvio” on verrattu jo rivillä 19."
        ]),
    ],
)  # fmt: skip
def test_what_a_town_says_of_a_later_day_is_checked_now(change: tuple[str, str], told: list[str]):
    """A slip that would show next summer is told today; versions may follow each other."""
    text = LAHELA.replace("  added:", TWICE) if "state:" in change[0] else LAHELA
    assert change[0] in text
    assert [p.message for p in check(project(text.replace(*change, 1)), DAY).errors] == told


def test_an_own_step_whose_place_ends_is_told():
    """The step before it is there today and not next summer: the own one would be lost."""
    ending = LAHELA.replace("    phase: in\n", "    valid_to: 2027-06-01\n    phase: in\n")
    told = [p.message for p in check(project(ending + SECOND.lstrip("\n")), DAY).errors]
    assert told == ["Vaihe ”tutustuminen” ei ole voimassa silloin, kun oma vaihe on."]


def test_two_own_steps_do_not_share_one_place():
    """What the first has taken is not there for the second, and the author is told."""
    files = project(
        LAHELA
        + SECOND.replace("after: tutustuminen", "after: tapaaminen\n    before: arvio").lstrip("\n")
    )
    (problem,) = check(files, DAY).errors
    assert problem.rule == "own-step-place"
    assert problem.hint == "Anna before: tutustuminen."


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("valid_to: 2026-06-30", "valid_from: 2026-07-01", False),
        ("valid_to: 2026-07-01", "valid_from: 2026-07-01", True),
        ("valid_to: 2026-07-01", "certainty: press", True),
    ],
)
def test_a_service_is_told_of_once_at_a_time(first: str, second: str, clash: bool):  # noqa: FBT001 - a case
    """The same service may follow itself in time, and not stand beside itself."""
    head, _, told = LAHELA.partition("  steps:")[0].partition("services:\n")
    twice = f"{head}services:\n{told}  {first}\n{told}  {second}\n"
    rules = [p.rule for p in check(project(twice), DAY).errors]
    assert rules == (["duplicate-id"] if clash else [])


def test_the_clear_version_and_the_paper_are_the_towns_too():
    """What a client reads or takes home in a town is what holds there."""
    site = build(project(), DAY)
    clear = parsed(site.pages["koivula/kunnat/lahela/polku/selkea/"].body)
    assert "Pajatyö, Lahela" in clear.one("h1").text
    assert "Lahela: Tule kirjastoon." in clear.one("#vaihe-tapaaminen").text
    assert "Käy katsomassa pajaa." in clear.one("#vaihe-tutustuminen").text
    assert site.files["koivula/kunnat/lahela/polku/polku.pdf"].startswith(b"%PDF")


@pytest.mark.parametrize(
    ("supplement", "said"),
    [(MISSING, ABSENT), (LAHELA, "Lahela toimii toisin: Sano se työparille.")],
)
def test_a_client_is_not_told_to_do_what_is_not_there(supplement: str, said: str, tmp_path: Path):
    """The whole page, the clear version and the paper say the state of a step in words.

    What is done otherwise takes the place of the shared order: one box gives one order.
    """
    site = build(project(supplement), DAY)
    words = poppler("pdftotext", site.files[f"{PATH}polku.pdf"], tmp_path)
    told = [" ".join(words.split())]
    for version in ("", "selkea/"):
        page = parsed(site.pages[f"{PATH}{version}"].body)
        told.append(page.one("#vaihe-arvio").one(".pp-now").text)
    for one in told:
        assert said in one
        assert SHARED not in one


def test_what_is_done_elsewhere_stays_within_reach():
    """The shared order is on the whole page under its own words, and beside the town's own."""
    pages = build(project(), DAY).pages
    elsewhere = parsed(pages[PATH].body).one("#vaihe-arvio").one(".pp-local__elsewhere").text
    assert elsewhere == f"Muualla näin: {SHARED}"
    assert SHARED not in pages[f"{PATH}selkea/"].body
    mirror = parsed(pages["koivula/kunnat/lahela/"].body).section("peili-polku")
    row = next(row for row in mirror.all("tr") if "Poikkeaa" in row.text)
    shared, own = (cell.text for cell in row.all("td"))
    assert f"Asiakkaalle: {SHARED}" in shared
    assert "Asiakkaalle: Sano se työparille." in own


def test_a_list_that_is_the_shared_order_is_a_list_beside_the_towns():
    """What has many parts keeps them where it is told in a table."""
    shared = (
        "client: Sano, mikä sopii sinulle.",
        "client: |\n    Ota mukaan:\n\n    - kortti\n    - lupa",
    )
    pages = build(project(polku=shared), DAY).pages
    mirror = parsed(pages["koivula/kunnat/lahela/"].body).section("peili-polku")
    row = next(row for row in mirror.all("tr") if "Poikkeaa" in row.text)
    elsewhere = parsed(pages[PATH].body).one("#vaihe-arvio").one(".pp-local__elsewhere")
    for place in (row.all("td")[0], elsewhere):
        assert [item.text for item in place.all("li")] == ["kortti", "lupa"]


LISTED = "{fi: '- Soita.', fi-simple: '1. Soita.'}"


@pytest.mark.parametrize(
    ("supplement", "said", "step", "words"),
    [
        (LAHELA, "Sano se työparille.", "arvio", "Lahela toimii toisin:"),
        (LAHELA, "Tule kirjastoon.", "tapaaminen", "Lahela:"),
        (MISSING, "Kunnassa ei ole omaa arviointia.", "arvio", ABSENT.partition(" Kunnassa")[0]),
    ],
)
def test_a_list_of_a_town_begins_on_a_line_of_its_own(
    supplement: str, said: str, step: str, words: str
):
    """What the client does there may be a list: it stands below the words that tell whose it is."""
    assert said in supplement
    pages = build(project(supplement.replace(said, LISTED)), DAY).pages
    for version in ("", "selkea/"):
        now = parsed(pages[PATH + version].body).one(f"#vaihe-{step}").one(".pp-now")
        assert [item.text for item in now.all("li")] == ["Soita."]
        assert words in [p.text for p in now.all("p")]
    mirror = parsed(pages["koivula/kunnat/lahela/"].body).section("peili-polku")
    assert "Soita." in [item.text for item in mirror.all("li")]


def leads_unsaid(body: str, gone: str) -> list[str]:
    """The choices that lead to a step that is not there and do not say so."""
    ways = (a for a in parsed(body).all("a") if a.attributes.get("data-to") == gone)
    return [way.text for way in ways if "Lahela: tätä vaihetta ei ole" not in way.text]


@pytest.mark.parametrize("version", ["", "selkea/"])
def test_a_choice_says_that_its_step_is_not_there(version: str):
    """Nobody is led to a missing step unawares; the step itself names nobody who would help."""
    body = build(project(MISSING), DAY).pages[PATH + version].body
    assert [a for a in parsed(body).all("a") if a.attributes.get("data-to") == "arvio"]
    assert leads_unsaid(body, "arvio") == []
    step = parsed(body).one("#vaihe-arvio")
    assert not step.all(".pp-step__who")
    assert step.one(".pp-ways__name").text == "Yhteisen kuvauksen mukaan"
    assert "Löydät työpaikan" in step.one(".pp-ways").text
    other = parsed(body).one("#vaihe-tapaaminen")
    assert other.all(".pp-step__who")
    assert other.one(".pp-ways__name").text == "Mitä seuraavaksi"


def test_a_choice_that_is_silent_of_it_is_noticed():
    """Control: without the words, the way to the missing step is found."""
    body = build(project(MISSING), DAY).pages[PATH].body
    silent = body.replace(" (Lahela: tätä vaihetta ei ole)", "")
    assert leads_unsaid(silent, "arvio") == ["Vaihe 3: Mikä sopii sinulle?"]


def test_the_paper_and_the_text_say_that_a_step_is_not_there(tmp_path: Path):
    """What one takes home or puts on another page leads nowhere unawares either."""
    site = build(project(MISSING), DAY)
    words = poppler("pdftotext", site.files[f"{PATH}polku.pdf"], tmp_path)
    paper = " ".join(words.split())
    text = parsed(site.files[f"{PATH}upota/teksti.html"].decode()).text
    for told in (paper, text):
        assert "Vaihe 3: Mikä sopii sinulle? (Lahela: tätä vaihetta ei ole)" in told
        assert "Yhteisen kuvauksen mukaan:" in told
    assert paper.count("Kuka auttaa:") == 2
    assert text.count("Vastuussa:") == 4, "as words and as lines of HTML"


def test_the_only_way_on_from_a_missing_step_needs_no_condition():
    """What would have been done there is not asked of the reader; the way itself stays."""
    missing = MEETING.replace("extended", "missing").replace("    client: Tule kirjastoon.\n", "")
    missing = missing.replace("    text: Tapaaminen", "    reason: Tapaaminen")
    files = project(
        LAHELA.partition("  added:")[0].replace(MEETING, missing),
        polku=("  - step: arvio\n", "  - step: arvio\n    condition: olet tavannut työntekijän\n"),
    )
    body = build(files, DAY).pages[PATH].body
    (way,) = parsed(body).one("#vaihe-tapaaminen").all(".pp-way")
    assert way.text == "Siirry tästä eteenpäin, Vaihe 2: Mikä sopii sinulle?"
    assert way.attributes["data-to"] == "arvio"
    assert "olet tavannut" not in body.lower()


BESIDE = """\
  - step: arvio
    condition: olet tavannut työntekijän
  - service: tyokokeilu
    kind: parallel
    condition: haluat kokeilla työtä
"""


def test_what_goes_on_beside_the_only_way_leaves_nothing_to_choose(tmp_path: Path):
    """From a missing step one goes on; the shared order is told only where one has to choose."""
    missing = MEETING.replace("extended", "missing").replace("    client: Tule kirjastoon.\n", "")
    missing = missing.replace("    text: Tapaaminen", "    reason: Tapaaminen")
    told = LAHELA.partition("  added:")[0].replace(MEETING, missing)
    site = build(project(told, polku=("  - step: arvio\n", BESIDE)), DAY)
    words = " ".join(poppler("pdftotext", site.files[f"{PATH}polku.pdf"], tmp_path).split())
    for text in (words, parsed(site.files[f"{PATH}upota/teksti.html"].decode()).text):
        assert "Yhteisen kuvauksen mukaan" not in text
        assert "Siirry tästä eteenpäin" in text
    for version in ("", "selkea/"):
        ways = parsed(site.pages[PATH + version].body).one("#vaihe-tapaaminen").one(".pp-ways")
        assert ways.one(".pp-ways__name").text == "Mitä seuraavaksi"
        assert [way.text.partition(",")[0] for way in ways.all(".pp-way")] == [
            "Siirry tästä eteenpäin", "Samaan aikaan",
        ]  # fmt: skip


def test_in_the_picture_nobody_acts_in_a_step_that_is_not_there():
    """Its card has its name and its state; the cards of the others say who acts."""
    body = build(project(MISSING), DAY).pages[PATH].body
    cards = dict(re.findall(r'data-node="(\w+)"[^>]*aria-label="([^"]*)"', body))
    assert cards["arvio"] == "3. Mikä sopii sinulle?, Puuttuu"
    assert "Koivulan kaupunki" in cards["tapaaminen"]
    drawn = parsed(body).one("#kaavio-arvio")
    assert not drawn.all(".pp-node__above")
    assert "pp-tone-0" in drawn.attributes["class"]


SERVICE_ASKS = "    contact: Kysy työparilta.\n"


def asked(files: Mapping[str, bytes], step: str) -> str:
    """Whom the client asks in a step of the town's path."""
    page = parsed(build(files, DAY).pages[PATH].body)
    words = page.one(f"#vaihe-{step}").one(".pp-now__ask").text
    return words.removeprefix("Keneltä kysyt? ")


def test_whom_to_ask_is_what_is_said_of_the_step():
    """In the town, then in the shared description; the service's own word comes last."""
    both = ("client: Sano, mikä", "contact: Soita kaupungille.\n  client: Sano, mikä")
    files = project(polku=both)
    assert asked(files, "arvio") == "Kysy työparilta."
    assert asked(files, "tapaaminen") == "Kysy kunnan neuvonnasta."
    assert asked(files, "tutustuminen") == "Kysy kunnan neuvonnasta."
    silent = project(LAHELA.replace(SERVICE_ASKS, ""), polku=both)
    assert asked(silent, "arvio") == "Soita kaupungille."
    gone = project(MISSING.replace(SERVICE_ASKS, ""), polku=both)
    assert asked(gone, "arvio") == "Kysy kunnan neuvonnasta.", "the step's own is elsewhere"


def test_an_own_step_tells_whose_it_is_and_what_the_client_does():
    """In the mirror as on the path; and the actor's own page lists it."""
    pages = build(project(), DAY).pages
    mirror = parsed(pages["koivula/kunnat/lahela/"].body).section("peili-polku")
    row = next(row for row in mirror.all("tr") if "Oma vaihe" in row.text)
    assert "Vastuussa: Koivulan kaupunki" in row.text
    assert "Asiakkaalle: Käy katsomassa pajaa." in row.text
    actor = parsed(pages["toimijat/kaupunki/"].body)
    own = [a.attributes["href"] for a in actor.all("a") if "lahela" in a.attributes["href"]]
    assert own == ["../../koivula/kunnat/lahela/polku/",
                   "../../koivula/kunnat/lahela/polku/#vaihe-tutustuminen"]  # fmt: skip


OWN_SERVICE = """\
- service: oma
  state: available
  text: Kunnan paja on auki joka päivä.
  certainty: unknown
"""


def with_own_service(supplement: str) -> Site:
    """The site of a town whose own folder describes a service."""
    files = project()
    del files[FILE]
    own = {
        "koivula/oma.yml": files["koivula/polku.yml"].replace(b"Ty\xc3\xb6toiminta", b"Oma paja"),
        FILE: supplement.lstrip("\n").encode(),
    }
    return build(own, DAY, below=files)


def own_service(supplement: str) -> str:
    """The town's page when it tells of a service that its own folder describes."""
    site = with_own_service(supplement)
    page = site.pages["koivula/kunnat/lahela/oma/"].body
    for version in ("", "selkea/"):
        shown = site.pages[f"koivula/kunnat/lahela/oma/{version}"].body
        assert "yhteistä kuvausta" not in shown
        assert "Yhteisen kuvauksen" not in shown
    assert "Palvelu on kunnan oma." in page
    return site.pages["koivula/kunnat/lahela/"].body


def test_an_own_service_is_not_compared_with_itself():
    """It stands in the table and leads to its path; the shared one beside it has its mirror."""
    body = own_service(LAHELA + OWN_SERVICE)
    assert "Oma paja" in parsed(body).section("palvelut").text
    assert "peili-oma" not in body
    assert "peili-polku" in body


def test_an_own_service_that_is_not_there_is_no_shared_description():
    """Its page leads to the service's description, and calls it nobody else's."""
    ended = OWN_SERVICE.replace(
        "state: available", "state: ended\n  instead:\n    text: Kysy työkokeilusta."
    )
    site = with_own_service(LAHELA + ended)
    for version in ("", "selkea/"):
        told = parsed(site.pages[f"koivula/kunnat/lahela/oma/{version}"].body).section("kunnassa")
        assert "Yhteinen kuvaus" not in told.text
        (link,) = (a for a in told.all("a") if a.text == "Palvelun kuvaus")
        assert link.attributes["href"].endswith(f"../oma/{version}")


def test_nothing_compared_is_told_before_a_folded_table():
    """The counts stay in sight; the steps wait, and once one is compared they do not."""
    quiet = LAHELA.partition("  steps:")[0]
    mirror, other = (
        parsed(build(project(text), DAY).pages["koivula/kunnat/lahela/"].body).section(
            "peili-polku"
        )
        for text in (quiet, LAHELA)
    )
    folded = mirror.one(".pp-more--paper")
    assert folded.one("summary").text == "Näytä vaiheet: Pajatyö"
    assert len(folded.one("tbody").all("tr")) == 2
    assert "Mitään vaihetta ei ole vielä verrattu." in mirror.text
    assert not folded.all(".pp-counts")
    numbers = [int(dd.text) for dd in mirror.one(".pp-counts").all("dd")]
    assert numbers == [0, 0, 0, 0, 2]
    assert not other.all(".pp-more--paper")


def test_whether_a_service_is_there_is_told_in_a_clause():
    """The same words on the town's own page and in the region's table."""
    pages = build(project(), DAY).pages
    for address in ("koivula/kunnat/lahela/", "koivula/kunnat/"):
        told = parsed(pages[address].body).one(".pp-table__state").text
        assert told == "Kumppani tuottaa"


@pytest.mark.parametrize(
    ("title", "told"), [("Sivu.", "Sivu. Koivulan"), ("Sivu", "Sivu, Koivulan")]
)
def test_a_source_that_is_a_sentence_ends_once(title: str, told: str):
    """After a title that ends with a full stop comes no comma."""
    files = project()
    name = "catalogue/sources.yml"
    files[name] = re.sub(rb"(sivu:\n  title: )[^\n]*", rb"\g<1>" + title.encode(), files[name])
    page = parsed(build(files, DAY).pages[PATH].body)
    assert told in page.one("#vaihe-arvio").text


def test_words_that_hide_who_acts_are_remarked_in_a_supplement():
    """A town's words to the client are looked at as the region's are."""
    hidden = LAHELA.replace("Tule kirjastoon.", "Tapaaminen järjestetään kirjastossa.")
    assert found(project(hidden), "passive") == [
        f"{FILE}:16 Asiakkaan teksti ei kerro, kuka tekee: rivi 16 (”järjestetään”)."
    ]
    long = LAHELA.replace("Tule kirjastoon.", "Tule. " * 70)
    assert [words.split()[0] for words in found(project(long), "long-client-text")] == [
        f"{FILE}:16"
    ]


def test_a_town_of_another_region_is_told():
    """A file whose name is no municipality of the region is an error with a suggestion."""
    files = project()
    files["koivula/kunnat/laheli.yml"] = files.pop(FILE)
    (problem,) = [p for p in check(files, DAY).errors if p.rule == "unknown-municipality"]
    assert problem.hint == "Tarkoititko ”lahela”?"


def test_the_sheet_has_a_row_for_every_step(files: dict[str, bytes]):
    """The empty sheet lists each path of the region with all its steps and the boxes to tick."""
    site = build(files, DAY)
    page = parsed(site.pages["keski-suomi/kunnat/itsearviointi/"].body)
    told = Counter(len(body.all("tr")) - 1 for body in page.all("tbody"))
    library = check(files, DAY).library
    paths = [s for a, s in library.services.items() if a.startswith("keski-suomi/") and s.steps]
    assert told == Counter(sum(step.valid_on(DAY) for step in s.steps) for s in paths)
    assert {
        len(row.all(".pp-box")) for body in page.all("tbody") for row in body.all("tr")[:-1]
    } == {4}


ENDED = LAHELA.partition("  steps:")[0].replace(
    "  state: partner",
    "  state: ended\n  instead:\n    text: Kysy työkokeilusta.\n    service: tyokokeilu",
)


def test_a_service_that_is_not_there_is_not_walked(tmp_path: Path):
    """Its page tells what one gets instead and leads to the shared path; nothing is compared."""
    site = build(project(ENDED), DAY)
    place = "koivula/kunnat/lahela/polku/"
    for version, shared in (("", "../../../polku/"), ("selkea/", "../../../../polku/selkea/")):
        page = parsed(site.pages[place + version].body)
        assert not page.all("#vaihe-tapaaminen")
        assert "Kysy työkokeilusta." in page.section("kunnassa").text
        links = [a.attributes["href"] for a in page.section("kunnassa").all("a")]
        assert shared in links
        (way,) = page.all(".pp-way")
        assert way.text == "Palvelu on päättynyt täällä, Työkokeilu"
        assert "Kysy kunnan neuvonnasta." in page.one(".pp-now").text
    words = poppler("pdftotext", site.files[f"{place}polku.pdf"], tmp_path)
    assert "Ensimmäinen tapaaminen" not in words
    assert "Kysy työkokeilusta." in " ".join(words.split())
    assert "peili-polku" not in site.pages["koivula/kunnat/lahela/"].body


def test_the_plain_words_of_a_town_are_its_clients(tmp_path: Path):
    """The clear version and the paper take them; what one gets instead comes before the rest."""
    plain = ENDED.replace(
        "text: Palvelua on kahtena päivänä viikossa.", "text: {fi: A, fi-simple: B}"
    )
    plain = plain.replace("contact: Kysy kunnan neuvonnasta.", "contact: {fi: C, fi-simple: D}")
    site = build(
        project(plain.replace("text: Kysy työkokeilusta.", "text: {fi: E, fi-simple: F}")), DAY
    )
    words = poppler("pdftotext", site.files["koivula/kunnat/lahela/polku/polku.pdf"], tmp_path)
    assert "Lahela: palvelu on päättynyt. B F D Kunta ei ole vielä" in " ".join(words.split())
    clear = parsed(site.pages["koivula/kunnat/lahela/polku/selkea/"].body).section("kunnassa")
    assert [p.text for p in clear.all("p")][:3] == ["B", "F", "D"]
    whole = parsed(site.pages["koivula/kunnat/lahela/polku/"].body).section("kunnassa").text
    assert "A" in whole
    assert "fi-simple" not in whole


ELSEWHERE = """
review:
  sources_seen: 2026-11-01
services:
- service: mantyla/valmennus
  state: elsewhere
  text: Kunta ei järjestä valmennusta.
  certainty: unknown
  instead:
    text: Kysy työllisyyspalveluista.
"""


@pytest.mark.parametrize("version", ["", "selkea/"])
def test_a_service_that_is_not_there_says_whom_to_ask_and_no_more(version: str):
    """What to do instead stands where one looks for a way on; nothing is asked of nobody."""
    site = build(project(ELSEWHERE), DAY)
    page = parsed(site.pages[f"koivula/kunnat/lahela/mantyla-valmennus/{version}"].body)
    assert page.one(".pp-step__end").text == "Kysy työllisyyspalveluista."
    told = page.section("kunnassa").text
    assert "Kysy työllisyyspalveluista." in told
    assert [word for word in ("Tuottaja", "Kysy omalta työntekijältäsi.") if word in told] == []
    trail = page.one(".pp-trail").one("ol").all("a")
    assert [a.text for a in trail] == ["Etusivu", "Koivula", "Lahela"], "where the town is"


def test_an_address_does_not_lean_on_the_authors_spelling():
    """A service spelt with its own region has the same page; a neighbour's old id is a town's."""
    text = LAHELA.replace("service: polku", "service: koivula/polku")
    neighbour = OTHER.replace("service: tyokokeilu", "service: mantyla/valmennus")
    neighbour = neighbour.replace("[tapaamisesta](step:tapaaminen)", "keväällä")
    files = project(text.replace("services:\n", f"services:\n{neighbour}"))
    files["mantyla/valmennus.yml"] += b"replaces:\n- vanha\n"
    town = "koivula/kunnat/lahela/"
    pages = set(build(files, DAY).pages)
    assert {f"{town}polku/", f"{town}mantyla-valmennus/", f"{town}mantyla-vanha/"} <= pages
    assert not {f"{town}koivula-polku/", f"{town}vanha/"} & pages


def test_a_translation_is_no_change_of_a_step():
    """What a Finnish reader is told is compared: not the other languages, nor the grounds."""
    (step, *_), (other, *_) = (
        check(project(polku=change), DAY).library.services["koivula/polku"].steps
        for change in (
            ("choices:\n  - step: arvio", "choices:\n  - step: arvio"),
            ("choices:\n  - step: arvio", "choices:\n  - step: arvio\n    certainty: unknown"),
        )
    )
    assert changed(other, fingerprint(step)) == []
    named = other.model_copy(update={"name": other.name.model_copy(update={"sv": "Möte"})})
    assert changed(named, fingerprint(step)) == []
    renamed = other.model_copy(update={"name": Text(fi="Toinen tapaaminen")})
    assert changed(renamed, fingerprint(step)) == ["nimi"]


def test_a_town_without_a_supplement_is_told_so(tmp_path: Path):
    """The municipality is there; what is missing is its own file."""
    own = copy_project(tmp_path / "own", SMALL)
    refused = run("mirror", "koivula/lahela", cwd=own)
    assert refused.returncode == 1
    assert refused.stderr.strip() == "Kunnalla ”koivula/lahela” ei ole täydennystä."


def test_what_is_the_towns_own_is_counted_in_words():
    """One or many, after the number; and who has looked at it."""
    reviewed = LAHELA.replace("review:\n", "review:\n  reviewed_on: 2026-02-01\n")
    second = SECOND.lstrip("\n")
    page = parsed(build(project(reviewed + second), DAY).pages["koivula/kunnat/lahela/polku/"].body)
    told = page.section("kunnassa").text
    assert "Kunta on tarkistanut tiedot 1.2.2026." in told
    assert "näkyvät vaiheissa ja kuvassa: 1 täydennetty, 1 poikkeava, 2 omaa vaihetta." in told
