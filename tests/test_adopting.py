"""Own files beside the shared ones: they add to them, and nothing shared is replaced in silence."""

import pytest

from conftest import DAY
from palvelupolku.build import build, check
from palvelupolku.renewing import mirrored
from test_mirror import FILE, project

SHARED = {name: text for name, text in project().items() if name != FILE}
OWN = {
    "koivula/oma.yml": SHARED["koivula/polku.yml"].replace(b"- sivu", b"- oma-sivu"),
    "catalogue/sources.yml": b"oma-sivu:\n  title: Oma sivu\n  publisher: Lahela\n"
    b"  kind: official\n  seen: 2026-11-01\n",
}


def errors(own: dict[str, bytes], shared: dict[str, bytes] = SHARED) -> list[str]:
    """The file, the line, the rule and the message of each error."""
    found = check(own, DAY, shared).errors
    return [f"{p.file}:{p.mark.line} [{p.rule}] {p.message}" for p in found]


def test_own_services_and_entries_join_the_shared_ones():
    """They are on the same pages, and the shared ones are as they were."""
    alone, site = build(SHARED, DAY), build(OWN, DAY, below=SHARED)
    assert {*site.pages} - {*alone.pages} == {"koivula/oma/", "koivula/oma/selkea/"}
    assert "Oma sivu" in site.pages["lahteet/"].body
    assert "Oma sivu" in site.pages["koivula/oma/"].body
    assert site.pages["mantyla/valmennus/"].body == alone.pages["mantyla/valmennus/"].body


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("koivula/region.yml", b"name: Meid\xc3\xa4n\n", "1 [shared-file] Yhteisissä kuvauksissa"),
        ("koivula/polku.yml", b"name: Meid\xc3\xa4n\n", "1 [shared-file] Yhteisissä kuvauksissa"),
        (
            "catalogue/sources.yml",
            OWN["catalogue/sources.yml"] + b"sivu:\n  title: Toinen\n  publisher: Me\n"
            b"  kind: official\n  seen: 2026-11-01\n",
            "6 [shared-entry] Tunnus ”sivu” on jo yhteisessä luettelossa.",
        ),
    ],
)
def test_a_clash_is_an_error_at_the_own_file(name, text, wanted):
    """It says what is in the way and how to mend it; the shared one is still what is read."""
    (told,) = errors(OWN | {name: text})
    assert told.startswith(f"{name}:{wanted}")
    reading = check(OWN | {name: text}, DAY, SHARED)
    (fault,) = reading.errors
    assert fault.hint
    assert "Oma ei voi tulla sen tilalle." in fault.message
    assert reading.library.regions["koivula"].name.fi == "Koivula"
    assert reading.library.services["koivula/polku"].name.fi == "Työtoiminta"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("koivula/polku.yml.txt", "Muuten anna sille toinen nimi."),
        ("koivula/oma.yml.txt", "Muuten korvaa sillä koivula/oma.yml."),
        ("catalogue/terms (1).yml", "Luettelot ovat actors.yml,"),
    ],
)
def test_a_copy_replaces_no_shared_file(name, wanted):
    """To obey would be the next error: only an own original is replaced by its copy."""
    (fault,) = check(OWN | {name: b"name: Kopio\n"}, DAY, SHARED).errors
    assert fault.hint
    assert wanted in fault.hint


def test_a_town_s_own_file_is_never_sent_to_the_shared_region():
    """An own region.yml would be told to be removed: the ids that the region has are named."""
    (fault,) = check({"koivula/kunnat/omamme.yml": project()[FILE]}, DAY, SHARED).errors
    assert fault.rule == "unknown-municipality"
    assert fault.hint == "Anna tiedoston nimeksi kunnan tunnus. Tunnukset: lahela, makela."
    region = {"vesala/region.yml": SHARED["koivula/region.yml"]}
    told = check(region | {"vesala/kunnat/omamme.yml": project()[FILE]}, DAY, SHARED).errors
    assert "Lisää se tiedostoon vesala/region.yml." in [problem.hint for problem in told]


@pytest.mark.parametrize("written", ["vanha-nimi", "Vanha nimi"])
def test_a_service_that_is_gone_is_told_beside_the_own_ones(written):
    """A file renamed or removed: what an id is, and which own services there are."""
    own = OWN | {FILE: WORD.format(service=written).encode()}
    (fault,) = check(own, DAY, SHARED).errors
    assert "Tunnus on palvelun tiedoston nimi ilman loppua .yml." in fault.hint
    assert fault.hint.endswith(" Omat palvelut: koivula/oma.")
    (fault,) = check({FILE: own[FILE]}, DAY, SHARED).errors
    assert fault.hint.endswith(" esimerkiksi ”helsinki/jobcenter-malli”.")


def test_a_shared_description_is_not_replaced_either():
    """An own file in `yhteiset/` may be new, but not of a shared one's name."""
    base = {"yhteiset/pohja.yml": b"name: Pohja\n"}
    assert errors(OWN | base) == []
    assert errors(OWN | base, SHARED | base)[0].startswith("yhteiset/pohja.yml:1 [shared-file]")


def test_a_fault_in_an_own_list_is_told_where_it_was_written():
    """The line is that of the own file, though a shared one has the same name."""
    wrong = OWN["catalogue/sources.yml"].replace(b"official", b"virallinen")
    assert errors(OWN | {"catalogue/sources.yml": wrong}) == [
        "catalogue/sources.yml:4 [value] Arvo ”virallinen” ei käy kohtaan ”kind”."
    ]


def test_the_statement_and_the_colours_are_the_publisher_s_own():
    """The shared site's are left out, and an own one takes no one's place."""
    shared = SHARED | {"varit.yml": b"light: {accent: '#00573f'}\n"}
    assert check(shared, DAY).library.colours
    library = check(OWN, DAY, shared).library
    assert (library.statement, library.colours) == (None, None)
    own = OWN | {"seloste.yml": b"publisher: Lahela\n"}
    reading = check(own, DAY, shared)
    assert reading.errors == []
    assert reading.library.statement.publisher.fi == "Lahela"


WORD = """\
review:
  sources_seen: 2026-11-01
services:
- service: {service}
  state: elsewhere
  text: Ei meillä.
  instead:
    text: Kysy naapurista.
  sources:
  - sivu
"""


def test_the_town_s_own_word_comes_before_what_is_said_of_it():
    """Service by service: what it does not mention stays as the shared files tell it."""
    for service, wanted in (
        ("polku", {"polku": "elsewhere"}),
        ("koivula/polku", {"koivula/polku": "elsewhere"}),
        ("tyokokeilu", {"tyokokeilu": "elsewhere", "polku": "partner"}),
    ):
        reading = check({FILE: WORD.format(service=service).encode()}, DAY, project())
        assert reading.errors == []
        said = reading.library.supplements["koivula/lahela"].services
        assert {supply.service: supply.state for supply in said} == wanted


def test_what_a_region_says_of_a_town_gives_way_too():
    """In one folder it would be said twice; over the shared ones the town's own word stands."""
    region = SHARED["koivula/region.yml"] + (
        b"    services:\n    - service: polku\n      state: available\n      text: On.\n"
        b"      sources:\n      - sivu\n"
    )
    own = {FILE.replace("lahela", "makela"): WORD.format(service="polku").encode()}
    shared = SHARED | {"koivula/region.yml": region}
    assert [line.split()[1] for line in errors(shared | own, {})] == ["[said-twice]"]
    reading = check(own, DAY, shared)
    assert reading.errors == []
    assert reading.library.regions["koivula"].municipalities["makela"].services == ()


def test_a_new_core_is_told_at_the_line_that_was_compared():
    """The next package's change of a step is a remark in the own file, with what has changed."""
    own = {FILE: project()[FILE]}
    assert [*mirrored(check(own, DAY, SHARED), own, DAY, None)] == [FILE]
    own |= mirrored(check(own, DAY, SHARED), own, DAY, None)
    assert changes(own, SHARED) == []
    step = "koivula/polku.yml"
    core = SHARED | {step: SHARED[step].replace(b"Kerro, mit\xc3\xa4 haluat", b"Sano, mit\xc3\xa4")}
    line = 1 + [b"mirrored:" in row for row in own[FILE].splitlines()].index(True)
    assert changes(own, core) == [
        f"{FILE}:{line} Yhteinen vaihe ”tapaaminen” on muuttunut: asiakkaan teksti."
    ]


def test_shared_supplements_are_not_written_to():
    """Only own comparisons are marked, also in a file that both have."""
    own = {FILE: WORD.format(service="tyokokeilu").encode()}
    for town in (None, "koivula/lahela"):
        assert mirrored(check(own, DAY, project()), own, DAY, town) == {}


def changes(own: dict[str, bytes], shared: dict[str, bytes]) -> list[str]:
    """What is told of the comparisons of own files with the shared steps."""
    told = check(own, DAY, shared).warnings
    return [f"{p.file}:{p.mark.line} {p.message}" for p in told if p.rule == "core-changed"]
