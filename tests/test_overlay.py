"""Shared descriptions: what is common is said once; a region says what differs and who is who."""

from datetime import date

import pytest

from palvelupolku.build import build, check
from palvelupolku.catalogue import certainty_of
from palvelupolku.dated import service_on
from palvelupolku.errors import PathError
from palvelupolku.history import turns
from palvelupolku.library import Library
from palvelupolku.model import Service
from palvelupolku.network import Findings, arrivals, findings
from palvelupolku.pages import graphs_of
from palvelupolku.source import Reading

DAY = date(2026, 11, 21)
STEP = """\
- id: {id}
  kind: {kind}
  phase: in
  name: {name}
  actor: {actor}
  client: Kerro tilanteestasi.
  plain: {name}.
  certainty: unknown
"""


def step(name: str, kind: str = "task", actor: str = "asiakas", choices: str = "") -> str:
    """A step as YAML; `choices` are lines of its list."""
    text = STEP.format(id=name.lower(), kind=kind, name=name, actor=actor)
    return text + (f"  choices:\n{choices}" if choices else "")


def to(target: str, condition: str = "", kind: str = "step") -> str:
    """A choice as YAML."""
    return f"  - {kind}: {target}\n" + (f"    condition: {condition}\n" if condition else "")


SHARED = (
    """\
nature: statutory-service
stage: activity
summary: Yhteinen virke.
about:
- text: Yhteinen väite.
  certainty: unknown
arrangers:
- actor: jarjestaja
  certainty: unknown
steps:
"""
    + step("Alku", "start", "jarjestaja", to("loppu"))
    + step("Loppu", "end")
)
OWN = """\
builds_on:
- perusta
name: Palvelu
about:
- text: Oma väite.
  certainty: unknown
review:
  sources_seen: 2026-03-05
"""
ACTORS = """\
asiakas:
  name: asiakas
  about: Päättää itse.
jarjestaja:
  name: järjestäjä
  about: Järjestää.
  role: true
kunta:
  name: kunta
  about: Järjesti ennen.
  valid_to: 2022-12-31
alue:
  name: hyvinvointialue
  about: Järjestää nyt.
  valid_from: 2023-01-01
kaupunki:
  name: kaupunki
  about: Järjestää itse.
"""
REGION = "name: {name}\ngenitive: {name}n\nsummary: Alue.\nroles:\n"
BY_DATE = """\
- role: jarjestaja
  actor: kunta
  valid_to: 2022-12-31
  certainty: unknown
- role: jarjestaja
  actor: alue
  valid_from: 2023-01-01
  certainty: unknown
"""
CITY = "- role: jarjestaja\n  actor: kaupunki\n  certainty: unknown\n"
WORK = "avoin-tyo:\n  name: Palkkatyö\n  about: Työ.\n  on_map: true\n  kind: work\n"
BASE = {
    "catalogue/actors.yml": ACTORS,
    "catalogue/outcomes.yml": WORK,
    "yhteiset/perusta.yml": SHARED,
    "maa/region.yml": REGION.format(name="Maa") + BY_DATE,
    "maa/palvelu.yml": OWN,
    "stadi/region.yml": REGION.format(name="Stadi") + CITY,
    "stadi/palvelu.yml": OWN.replace("Oma väite", "Stadin väite"),
}


def read(**changes: str) -> Reading:
    """The library with some files changed; `maa__palvelu` stands for `maa/palvelu.yml`."""
    named = {f"{name.replace('__', '/').replace('_', '-')}.yml": t for name, t in changes.items()}
    return check({name: text.encode() for name, text in {**BASE, **named}.items()}, DAY)


def service(reading: Reading, address: str = "maa/palvelu") -> Service:
    """One service of the library, which must be without an error."""
    assert [str(error) for error in reading.errors] == []
    return reading.library.services[address]


def test_a_region_says_only_what_differs():
    """What is not said comes from the shared description; a list grows, a value is replaced."""
    found = service(read(maa__palvelu=OWN + "summary: Oma virke.\n"))
    assert found.summary.fi == "Oma virke."
    assert [claim.text.fi for claim in found.about] == ["Yhteinen väite.", "Oma väite."]
    assert [s.id for s in found.steps] == ["alku", "loppu"]
    other = service(read(), "stadi/palvelu")
    assert other.summary.fi == "Yhteinen virke."


def test_a_step_of_the_same_id_is_merged():
    """Its own words replace the shared ones; its documents are added; a choice keeps one target."""
    own = """\
steps:
- id: alku
  name: Tapaaminen
  certainty: unknown
  documents:
  - suunnitelma
  choices:
  - outcome: avoin-tyo
    condition: saat työtä
  - step: loppu
    condition: näin sovitaan
    valid_from: 2025-01-01
  - step: loppu
    condition: ennen sovittiin
    valid_to: 2024-12-31
"""
    shared = SHARED.replace(to("loppu"), to("loppu", "on") + to("avoin-tyo", "ei", "outcome"))
    first = service(read(yhteiset__perusta=shared, maa__palvelu=OWN + own)).steps[0]
    assert first.name.fi == "Tapaaminen"
    assert first.plain.fi == "Alku."
    assert [str(d) for d in first.documents] == ["suunnitelma"]
    targets = [(c.step or c.outcome, str(c.condition)) for c in first.choices]
    assert targets == [
        ("loppu", "näin sovitaan"), ("loppu", "ennen sovittiin"), ("avoin-tyo", "saat työtä"),
    ]  # fmt: skip


def test_a_new_step_stands_where_it_was_put():
    """`after` names the step before it; two new steps keep their order; without it, the end."""
    own = (
        "steps:\n"
        + step("Keski", choices=to("toinen")).replace("  kind", "  after: alku\n  kind")
        + step("Toinen", choices=to("loppu")).replace("  kind", "  after: keski\n  kind")
        + "- id: alku\n  choices:\n"
        + to("keski", "halutaan")
        + to("loppu", "ei haluta")
    )
    assert [s.id for s in service(read(maa__palvelu=OWN + own)).steps] == [
        "alku", "keski", "toinen", "loppu",
    ]  # fmt: skip


def test_shared_descriptions_build_on_one_another():
    """A chain of three: the nearest says the last word, and a fault is told in its own file."""
    middle = "builds_on:\n- perusta\nsummary: Keskimmäinen virke.\n"
    own = OWN.replace("perusta", "keski")
    found = service(read(yhteiset__keski=middle, maa__palvelu=own))
    assert found.summary.fi == "Keskimmäinen virke."
    broken = read(yhteiset__keski=middle + "stage: activty\n", maa__palvelu=own)
    assert [(p.file, p.mark.line) for p in broken.errors] == [("yhteiset/keski.yml", 4)]


def test_an_own_version_goes_to_the_version_of_the_same_time():
    """Two dated versions of a shared step: own words with the same days change just that one."""
    old = step("Loppu", "end").replace("  kind", "  valid_to: 2024-12-31\n  kind")
    new = step("Loppu", "end").replace("  kind", "  valid_from: 2025-01-01\n  kind")
    shared = SHARED.replace(step("Loppu", "end"), old + new)
    own = (
        "steps:\n- id: loppu\n  valid_from: 2025-01-01\n  name: Uusi loppu\n  certainty: unknown\n"
    )
    steps = service(read(yhteiset__perusta=shared, maa__palvelu=OWN + own)).steps
    assert [s.name.fi for s in steps] == ["Alku", "Loppu", "Uusi loppu"]
    everywhere = "steps:\n- id: loppu\n  name: Kaikkien loppu\n  certainty: unknown\n"
    steps = service(read(yhteiset__perusta=shared, maa__palvelu=OWN + everywhere)).steps
    assert [s.name.fi for s in steps] == ["Alku", "Kaikkien loppu", "Kaikkien loppu"]


@pytest.mark.parametrize(
    ("day", "county"),
    [
        (date(2022, 12, 31), "Kunta"),
        (date(2023, 1, 1), "Hyvinvointialue"),
        (DAY, "Hyvinvointialue"),
    ],
)
def test_who_acts_depends_on_the_region_and_the_day(day, county):
    """One shared step, and each page names its own region's actor of that day."""
    site = build({name: text.encode() for name, text in BASE.items()}, day)
    own, city = (site.pages[f"{region}/palvelu/"].body for region in ("maa", "stadi"))
    assert f">{county}</a>" in own
    assert ">Kaupunki</a>" in city
    assert "yvinvointialue" not in city
    assert "ärjestäjä</a>" not in own + city


def test_what_changed_is_told_with_its_day():
    """The arranger's change comes from the roles; what lies ahead is not told."""
    library = read().library
    (turn,) = turns(library, "maa/palvelu", DAY)
    assert turn.day == date(2023, 1, 1)
    assert turn.changes[0] == "Hyvinvointialue järjestää palvelun. Ennen järjestäjä oli kunta."
    assert turns(library, "maa/palvelu", date(2022, 6, 1)) == ()
    assert turns(library, "stadi/palvelu", DAY) == ()


OLD, NEW = "  valid_to: 2024-12-31\n", "  valid_from: 2025-01-01\n"


@pytest.mark.parametrize(
    ("shared", "sentence"),
    [
        ("steps:\n" + step("Alku", "start") + step("Uusi", "end") + NEW, "Uusi vaihe: ”Uusi”."),
        ("steps:\n" + step("Vanha", "end") + OLD, "Vaihe ”Vanha” päättyi."),
        (
            "steps:\n" + step("Vanha", "end") + OLD
            + step("Uusi", "end").replace("id: uusi", "id: vanha") + NEW,
            "Vaihe ”Vanha” on nyt ”Uusi”.",
        ),
        (
            "steps:\n" + step("Vanha", "end") + OLD
            + step("Vanha", "end").replace("plain: Vanha", "plain: Toisin") + NEW,
            "Vaiheen ”Vanha” sisältö muuttui.",
        ),
        (
            "steps:\n" + step("Vanha", "end") + step("Toinen", choices=to("vanha", "on"))
            + "  - outcome: avoin-tyo\n    condition: uusi tie\n    valid_from: 2025-01-01\n",
            "Vaiheen ”Toinen” vaihtoehdot muuttuivat.",
        ),
        ("laws:\n- law: laki\n  section: 3 §\n" + NEW, "Uusi säädös: Laki 1/2000 3 §."),
        ("laws:\n- law: laki\n" + OLD, "Säädös ei enää koske palvelua: Laki 1/2000."),
        (
            "steps:\n" + step("Alkaa", "start", "kunta") + OLD
            + step("Alkaa", "start", "asiakas") + NEW,
            "Asiakas vastaa vaiheesta tai vaiheista. Ennen vastasi kunta.",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_told_in_a_sentence(shared, sentence):
    """A step, its name, text and choices, a section of an act, and who acts."""
    law = "laki:\n  name: Laki\n  number: 1/2000\n  url: https://esimerkki.fi/laki\n"
    other = card("Toinen") + shared
    library = read(catalogue__laws=law, maa__toinen=other).library
    (turn,) = turns(library, "maa/toinen", DAY)
    assert (turn.day, turn.changes) == (date(2025, 1, 1), (sentence,))


def test_who_arranges_rests_on_the_role_too():
    """A region that only knows its own arranger by hearsay says so beside the arranger's name."""
    entry = "{}:\n  title: L\n  publisher: J\n  kind: {}\n  seen: 2026\n"
    sources = entry.format("laki", "law") + entry.format("kuulo", "general")
    grounded = SHARED.replace("jarjestaja\n  certainty: unknown", "jarjestaja\n  sources: [laki]")
    heard = BY_DATE.replace("certainty: unknown", "sources: [kuulo]")
    library = read(
        catalogue__sources=sources, yhteiset__perusta=grounded,
        maa__region=REGION.format(name="Maa") + heard,
    ).library  # fmt: skip
    (arranger,) = service_on(library, "maa/palvelu", DAY).arrangers
    assert (arranger.actor, arranger.sources) == ("alue", ("laki", "kuulo"))
    assert certainty_of(arranger, library.catalogue.sources) == "general"


def test_staying_where_one_is_leads_nowhere():
    """An outcome that keeps the client in place is no way out of a loop."""
    stay = WORK + "jaat:\n  name: Jäät\n  about: Mikään ei muutu.\n  kind: stays\n"
    there = "- service: toinen\n  condition: sinne\n- outcome: jaat\n  condition: jäät\n"
    back = "- service: naapuri\n  condition: takaisin\n"
    cards = {"maa__naapuri": card("N", there), "maa__toinen": card("T", back)}
    found = told(read(catalogue__outcomes=stay, **cards).library)
    (circle,) = found.circles
    assert circle.exits == ()
    assert found.silent == ()


def test_a_shared_description_is_laid_below_once():
    """Named twice, or through another that builds on it, it gives its claims once."""
    middle = "builds_on:\n- perusta\nkeywords:\n- sana\n"
    for bases in ("- perusta\n- perusta\n", "- perusta\n- keski\n", "- keski\n- perusta\n"):
        own = OWN.replace("- perusta\n", bases)
        found = service(read(yhteiset__keski=middle, maa__palvelu=own))
        assert [claim.text.fi for claim in found.about] == ["Yhteinen väite.", "Oma väite."]


def test_without_a_base_a_description_is_itself():
    """An empty list builds on nothing, and hides nothing."""
    own = card("Naapuri").replace("name:", "builds_on: []\nname:")
    assert service(read(maa__naapuri=own), "maa/naapuri").name.fi == "Naapuri"


@pytest.mark.parametrize(
    "own",
    [
        "steps: alku\n", "steps:\n- alku\n", "steps:\n- id: [a]\n", "steps:\n- [a]\n- [a]\n",
        "steps:\n- id: alku\n  choices:\n  - step: [a]\n  - loppu\n", "steps:\n- name: Nimi\n",
        "steps:\n- id: uusi\n  after: [alku]\n", "about: alku\n", "choices:\n- a\n",
    ],
)  # fmt: skip
def test_an_odd_shape_is_an_error_and_no_crash(own):
    """What is no step, id or target is told as the model tells it, in its own file."""
    found = read(maa__palvelu=OWN.replace("about:", "boundaries:") + own).errors
    assert found
    assert {problem.file for problem in found} == {"maa/palvelu.yml"}


def test_own_choices_take_the_place_of_every_version_of_the_shared_one():
    """A region that says when to go on says it instead of all dated shared conditions."""
    dated = (
        "  - step: loppu\n    condition: ennen\n    valid_to: 2024-12-31\n"
        "  - step: loppu\n    condition: nyt\n    valid_from: 2025-01-01\n"
    )
    shared = SHARED.replace(to("loppu"), dated)
    own = "steps:\n- id: alku\n  choices:\n" + to("loppu", "aina")
    found = service(read(yhteiset__perusta=shared, maa__palvelu=OWN + own))
    assert [str(choice.condition) for choice in found.steps[0].choices] == ["aina"]


def test_an_own_step_may_have_versions():
    """Two versions of a new step, one until a day and one from it, both stand in their place."""
    text = step("Keski", choices=to("loppu")).replace("  kind", "  after: alku\n  kind")
    old = text.replace("  kind", "  valid_to: 2024-12-31\n  kind")
    new = text.replace("  kind", "  valid_from: 2025-01-01\n  kind")
    own = (
        "steps:\n" + old + new + "- id: alku\n  choices:\n" + to("keski", "on") + to("loppu", "ei")
    )
    found = service(read(maa__palvelu=OWN + own))
    assert [s.id for s in found.steps] == ["alku", "keski", "keski", "loppu"]


def card(name: str, onward: str = "") -> str:
    """A service without steps."""
    text = f"name: {name}\nnature: neighbour\nstage: activity\nsummary: Virke.\n"
    return text + (f"onward:\n{onward}" if onward else "") + "review:\n  sources_seen: 2026-03-05\n"


def told(library: Library) -> Findings:
    """What the network of `maa` tells."""
    return findings("maa", library, graphs_of(library))


def test_the_network_counts_steps_and_hand_overs_to_work():
    """One step here, a neighbour without described steps, then work: two steps, one move."""
    leads = to("naapuri", kind="service").replace("  -", "-").replace("\n  ", "\n")
    own = "steps:\n- id: alku\n  choices:\n" + to("loppu", "ei") + f"  {leads}    condition: on\n"
    work = "- outcome: avoin-tyo\n  condition: saat työtä\n"
    library = read(maa__palvelu=OWN + own, maa__naapuri=card("Naapuri", work)).library
    found = told(library)
    route = found.routes["maa/palvelu"]
    assert (route.places, route.steps, route.handovers) == (("maa/palvelu", "maa/naapuri"), 2, 1)
    assert found.routes["maa/naapuri"].handovers == 0
    assert arrivals(library)["avoin-tyo"] == ("maa/naapuri",)
    assert found.unled == ("maa/palvelu",)


def test_a_gap_in_the_sources_is_not_a_closed_way():
    """A service that no source follows is told apart from one that leads astray."""
    astray = "- service: palvelu\n  condition: on\n"
    found = told(read(maa__naapuri=card("Naapuri"), maa__toinen=card("Toinen", astray)).library)
    assert found.routes["maa/naapuri"] is None
    assert found.routes["maa/toinen"] is None
    assert "maa/naapuri" in found.silent
    assert "maa/toinen" not in found.silent


def test_loops_are_found_with_their_ways_out():
    """Inside a path and between services: each loop names the choices that end it."""
    own = (
        "steps:\n- id: alku\n  choices:\n" + to("keski", "aina") + to("loppu", "ei")
        + step("Keski", choices=to("alku", "vielä") + "    kind: return\n" + to("loppu", "riittää"))
        .replace("  kind: task", "  after: alku\n  kind: task")
    )  # fmt: skip
    there = "- service: toinen\n  condition: sinne\n"
    back = "- service: naapuri\n  condition: takaisin\n- outcome: avoin-tyo\n  condition: töihin\n"
    cards = {"maa__naapuri": card("N", there), "maa__toinen": card("T", back)}
    found = told(read(maa__palvelu=OWN + own, **cards).library)
    (loop,) = found.rounds["maa/palvelu"]
    assert loop.members == ("alku", "keski")
    assert [str(e.choice.condition) for e in loop.exits] == ["ei", "riittää"]
    (circle,) = found.circles
    assert circle.members == ("maa/naapuri", "maa/toinen")
    assert [str(e.choice.condition) for e in circle.exits] == ["töihin"]


def test_a_broken_shared_description_publishes_nothing():
    """The build stops, and the fault is told once though two regions build on it."""
    files = {**BASE, "yhteiset/perusta.yml": SHARED.replace("stage: activity", "stage: activty")}
    with pytest.raises(PathError) as caught:
        build({name: text.encode() for name, text in files.items()}, DAY)
    assert [p.file for p in caught.value.problems] == ["yhteiset/perusta.yml"]
