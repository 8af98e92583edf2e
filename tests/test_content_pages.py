"""What the built pages say: ten facts that are easily got wrong, and words only of their time."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest

from facts import (
    DAY,
    DAYS,
    NOT_OFFERED,
    PAST,
    PEOPLE,
    SECTION,
    Element,
    Pages,
    built,
    hashed,
    pairs,
)
from palvelupolku.build import check
from palvelupolku.catalogue import certainty_of
from palvelupolku.dated import service_on
from palvelupolku.fields import Claim, Sourced, walk
from palvelupolku.graph import to_graph
from palvelupolku.library import Library
from palvelupolku.model import Service
from palvelupolku.outline import target_name
from palvelupolku.prose import plain
from palvelupolku.region import EmploymentArea, Presence
from palvelupolku.validity import valid_on

REGIONS = ("helsinki/", "keski-suomi/", "valtakunnalliset/")
WORK = "kuntouttava-tyotoiminta/"
DISABLED = "kehitysvammaisten-tyotoiminta-ja-tyohonvalmennus/"
SUPPORTED = "vammaisten-tyollistymista-tukeva-toiminta/"
ACTIVITY = "vammaisten-tyotoiminta/"
COACHING = "laatukriteeri-tyohonvalmennus/"
KESKI_SUOMI, HELSINKI = "keski-suomi/", "helsinki/"
BOTH = (KESKI_SUOMI, HELSINKI)
PILOT, BASE = f"{HELSINKI}{COACHING}", f"{HELSINKI}tuetun-tyollistymisen-palvelu/"
KATEVA, JOBCENTER = f"{KESKI_SUOMI}{DISABLED}", f"{HELSINKI}jobcenter-malli/"
TOWNS = f"{KESKI_SUOMI}kunnat/"


@pytest.fixture(scope="session")
def library(files) -> Library:
    """The descriptions as models, with every version of everything."""
    return check(files, DAY).library


@pytest.fixture(scope="session")
def days(site) -> dict[date, Pages]:
    """The pages as they stand today and as they stood on four earlier days."""
    return {**{day: Pages(built(day)) for day in PAST}, DAY: Pages(site)}


@pytest.fixture(scope="session")
def pages(days) -> Pages:
    """Today's pages."""
    return days[DAY]


def present(page: Element) -> Element:
    """A page without what tells of changes and without the names of its sources."""
    return page.without(page.section("muutokset"), *page.all(".pp-grounds"))


# Helsinki has no wellbeing services county

COUNTY = re.compile(r"hyvinvointialue|wellbeing services count|välfärdsområde", re.IGNORECASE)


def counties_on_pages(pages: Pages) -> Iterator[str]:
    """The texts and data below helsinki/ that name a wellbeing services county."""
    for address in pages:
        if address.startswith(HELSINKI):
            page = pages.site.pages[address]
            records = " ".join(f"{r.title} {r.content}" for r in page.records)
            words = " ".join((pages.html[address], page.title, page.description, records))
            yield from (f"{address}: {m.group()}" for m in COUNTY.finditer(words))
    for name, content in pages.site.files.items():
        if name.startswith(f"data/{HELSINKI}"):
            yield from (f"{name}: {m.group()}" for m in COUNTY.finditer(content.decode()))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_page_of_helsinki_names_a_wellbeing_services_county(days, day):
    """In no language, on no day: not in a text, a link, a title, a source or the data."""
    assert list(counties_on_pages(days[day])) == []
    assert sum(address.startswith(HELSINKI) for address in days[day]) > 10


def test_a_county_on_a_page_of_helsinki_is_noticed(pages):
    """Control: the arranger of one page is named so."""
    name = "Helsingin kaupunki</a>"
    broken = pages.altered(f"{HELSINKI}{WORK}", name, "Länsi-Uudenmaan hyvinvointialue</a>")
    assert list(counties_on_pages(broken))


# The law by its number, nobody's name


def sections_on_pages(pages: Pages) -> Iterator[str]:
    """Texts of pages that name section 27 d or 27 e without the number of the act."""
    for address in pages:
        for text in pages[address].texts():
            if SECTION.search(text) and "710/1982" not in text:
                yield f"{address}: {text}"
    for name, content in pages.site.files.items():
        for line in content.decode().splitlines() if name.endswith(".txt") else ():
            if SECTION.search(line) and "710/1982" not in line:
                yield f"{name}: {line}"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_page_names_the_act_beside_27_d_and_27_e(days, day):
    """The same paragraph, item or cell says 710/1982; so does a line of a path as text."""
    assert list(sections_on_pages(days[day])) == []


def test_a_page_without_the_act_is_noticed(pages):
    """Control: the number is lost where a page lists its law."""
    address = f"{KESKI_SUOMI}{SUPPORTED}"
    broken = pages.altered(address, "osin voimassa) 710/1982</a>", "osin voimassa)</a>")
    assert len(list(sections_on_pages(broken))) > len(list(sections_on_pages(pages)))


def test_no_person_of_the_projects_is_on_a_page(pages):
    """Neither on a page nor in the published data."""
    texts = {address: pages[address].text for address in pages}
    texts |= {address: pages.html[address] for address in pages}
    data = {n: c.decode() for n, c in pages.site.files.items() if n.endswith((".json", ".txt"))}
    everything = {p for text in (*texts.values(), *data.values()) for p in pairs(text)}
    assert [p for p in everything if hashed(p) in PEOPLE] == []
    assert len(everything) > 5000


# Words of their time

IN_USE = {
    r"TE-(?:toimist|palvelu)": (None, date(2024, 12, 31)),
    r"kuntakokeilu": (date(2021, 3, 1), date(2024, 12, 31)),
    r"TYP\b": (None, date(2024, 12, 31)),
    r"sosiaaliasiamie": (None, date(2023, 12, 31)),
    r"työmarkkinatu[ek]": (None, date(2026, 4, 30)),
    r"peruspäivärah": (None, date(2026, 4, 30)),
    r"ylläpitokorvau": (None, date(2001, 1, 1)),
    r"hyvinvointialue": (date(2023, 1, 1), None),
    r"työvoimaviranomai": (date(2025, 1, 1), None),
    r"työllisyysalue": (date(2025, 1, 1), None),
    r"monialai(?:nen|sen|sta) tu[ek]": (date(2025, 1, 1), None),
    r"monialai(?:nen|sen|sta) työllistymissuunnitelma": (date(2026, 1, 1), None),
    r"yleistu[ek]": (date(2026, 5, 1), None),
    r"vammaispalvelulai?n? 675/2023": (date(2025, 1, 1), None),
}
"""Words and the days from which and until which a page may use them without telling of changes."""


def untimely(pages: Pages, day: date) -> Iterator[str]:
    """Texts of the regions' pages with a word that was not in use on the day.

    The head of a table may ask for what the cells below say is not there yet.
    """
    gone = [
        word
        for word, (first, last) in IN_USE.items()
        if (first and day < first) or (last and day > last)
    ]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(gone)})", re.IGNORECASE)
    for address in pages:
        if address.startswith(REGIONS):
            page = present(pages[address])
            for text in page.without(*page.all("thead")).texts():
                if found := pattern.search(text):
                    yield f"{address} {day}: {found.group()}: {text}"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_page_speaks_in_the_words_of_its_day(days, day):
    """Outside ”Mitä on muuttunut” no word of the past, and none of what was still to come."""
    assert list(untimely(days[day], day)) == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (DAY, "Kysy TE-toimistosta."), (DAY, "Kysy kuntakokeilusta."), (DAY, "TYP auttaa."),
        (DAY, "Saat työmarkkinatukea."), (DAY, "Saat ylläpitokorvausta."),
        (DAY, "Saat peruspäivärahaa."), (date(2024, 6, 1), "Kysy työvoimaviranomaiselta."),
        (date(2025, 6, 1), "Saat yleistukea."),
    ],
    ids=str,
)  # fmt: skip
def test_a_word_of_another_time_is_noticed(days, day, words):
    """Control: one sentence more in a step."""
    place = "<h4>Mitä tässä vaiheessa tapahtuu</h4><p>"
    broken = days[day].altered(f"{KESKI_SUOMI}{WORK}", place, f"{place}{words} ")
    assert set(untimely(broken, day)) - set(untimely(days[day], day))


def ended_actors(pages: Pages, library: Library) -> Iterator[str]:
    """Where today's steps and data name an actor who is no more."""
    ended = {i for i, a in library.catalogue.actors.items() if a.valid_to and a.valid_to < DAY}
    for address in pages:
        if address.startswith(REGIONS):
            for link in present(pages[address]).all("a"):
                actor = re.fullmatch(r"(?:\.\./)*toimijat/(.+)/", link.attributes.get("href", ""))
                yield from [f"{address}: {actor[1]}"] if actor and actor[1] in ended else []
    for name, content in pages.site.files.items():
        if name.endswith(".json") and not name.endswith((".schema.json", "names.json")):
            data = json.loads(content)
            named = {actor["id"] for actor in data["actors"]}
            named |= {step["actor"] for step in data.get("steps", ()) if isinstance(step, dict)}
            yield from (f"{name}: {actor}" for actor in sorted(named & ended))


def test_nobody_who_is_no_more_acts_today(pages, library):
    """The TE Office, the municipal pilot and TYP are on no step and in no data of today."""
    assert list(ended_actors(pages, library)) == []


def test_an_actor_who_is_no_more_is_noticed(pages, library):
    """Control: a step's link leads to the TE Office, and the data name it."""
    old, new = "toimijat/tyovoimaviranomainen/", "toimijat/te-toimisto/"
    broken = pages.altered(f"{KESKI_SUOMI}{WORK}", old, new)
    assert f"{KESKI_SUOMI}{WORK}: te-toimisto" in list(ended_actors(broken, library))
    name = f"data/{KESKI_SUOMI}{WORK}".rstrip("/") + ".json"
    content = pages.site.files[name].replace(b'"tyovoimaviranomainen"', b'"te-toimisto"')
    broken = Pages(replace(pages.site, files={**pages.site.files, name: content}))
    assert f"{name}: te-toimisto" in list(ended_actors(broken, library))


# How sure it is

GENERAL = "yleistieto, tarkistamatta"


def unmarked(pages: Pages, library: Library, day: date) -> Iterator[str]:
    """What is general knowledge and is not marked so on its page."""
    for address in library.services:
        page = pages[f"{address}/"]
        service = service_on(library, address, day)
        yield from unmarked_claims(f"{address}/", page, general(service, library, Claim))
        yield from unmarked_steps(f"{address}/", page, service, library)
        arrangers = [a for a in service.arrangers if sureness(a, library) == "general"]
        marks = [e.text for e in page.one(".pp-intro__nature").all(".pp-grounds--general")]
        if len(marks) != len(arrangers) or not all(GENERAL in mark for mark in marks):
            yield f"{address}/: the arranger"
    for name, region in library.regions.items():
        shown = valid_on(region, day)
        yield from unmarked_claims(f"{name}/", pages[f"{name}/"], general(shown, library, Claim))
        told = pages[f"{name}/kunnat/"].all("dd") if f"{name}/kunnat/" in pages else []
        for area in general(shown, library, EmploymentArea) if told else ():
            words = plain(area.about.fi)
            if not any(words in e.text and GENERAL in e.text for e in told):
                yield f"{name}/kunnat/: {words}"


def sureness(part: Sourced, library: Library) -> str:
    return certainty_of(part, library.catalogue.sources)


def general(model: object, library: Library, kind: type) -> list:
    """The parts of a kind that are general knowledge."""
    parts = [part for _, part in walk(model) if isinstance(part, kind)]
    return [part for part in parts if sureness(part, library) == "general"]


def unmarked_claims(address: str, page: Element, claims: Iterable[Claim]) -> Iterator[str]:
    shown = [e.text for e in (*page.all(".pp-claim"), *page.all("dd"))]
    for claim in claims:
        words = squeezed(plain(claim.text.fi))
        if not any(squeezed(text).startswith(f"{words}Tiedonvarmuus:yleist") for text in shown):
            yield f"{address}: {plain(claim.text.fi)}"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def unmarked_steps(
    address: str, page: Element, service: Service, library: Library
) -> Iterator[str]:
    graph = to_graph(service, address.partition("/")[0])
    for node in graph.steps:
        step = page.one(f"#vaihe-{node.id}")
        if sureness(node.step, library) == "general":
            mark = step.one(".pp-more__grounds").text
            yield from [] if GENERAL in mark else [f"{address}: step {node.id}"]
        for edge in graph.edges_from(node.id):
            if sureness(edge.choice, library) == "general":
                name = target_name(edge.target, graph, library)
                marks = [e.text for e in step.all("li") if e.all(".pp-grounds--general")]
                if not any(f"{name} Tiedon varmuus: {GENERAL}" in mark for mark in marks):
                    yield f"{address}: {node.id} → {edge.target}"
    lists = page.section("eteenpain").all(".pp-ways__list")
    ways = [way for ways in lists for way in ways.all("li")]
    marks = [e.text for e in ways if e.all(".pp-grounds--general")]
    found = [c for c in service.onward if sureness(c, library) == "general"]
    if len(found) != len([m for m in marks if GENERAL in m]):
        yield f"{address}: onward"


@pytest.mark.parametrize("day", [DAY, date(2024, 6, 1)], ids=str)
def test_what_is_only_generally_known_says_so(days, library, day):
    """Every claim, step, choice, arranger and area of that kind is marked on its page."""
    assert list(unmarked(days[day], library, day)) == []
    shown = [service_on(library, address, day) for address in library.services]
    assert sum(len(general(service, library, Sourced)) for service in shown) > 80


def test_an_unmarked_general_claim_is_noticed(pages, library):
    """Control: the mark of one kind is gone from one page, for a claim, a step, an arranger."""
    for address, text in (
        (f"{HELSINKI}{WORK}", "yrityksessä"),
        (f"{HELSINKI}{SUPPORTED}", "the arranger"),
        (f"{KESKI_SUOMI}{ACTIVITY}", "valinta → "),
        ("valtakunnalliset/tyollisyyspalvelut/", "onward"),
        (HELSINKI, "uudistus ei muuttanut"),
    ):
        broken = pages.altered(address, GENERAL, "viranomainen")
        found = [fault for fault in unmarked(broken, library, DAY) if fault.startswith(address)]
        assert any(text in fault for fault in found), (address, found)


WEAK = {"inferred": "päätelmä", "general": "yleistieto", "unknown": "ei tietoa"}


def unseen_doubts(pages: Pages, library: Library) -> Iterator[str]:
    """Steps that rest on no source and do not say so at once, in the list and on their card."""
    for address in library.services:
        service = service_on(library, address, DAY)
        page = pages[f"{address}/"]
        for node in to_graph(service, address.partition("/")[0]).steps:
            word = WEAK.get(sureness(node.step, library))
            head = page.one(f"#vaihe-{node.id}").one(".pp-step__who")
            in_list = any(word in e.text for e in head.all("summary")) if word else True
            on_card = word is None or word in page.one(f"#kaavio-{node.id}").text
            if not (in_list and on_card):
                yield f"{address}/: {node.id}"


def test_a_step_that_is_inferred_says_so_at_once(pages, library):
    """Nobody has to open anything to see that a step is an inference or unknown."""
    assert list(unseen_doubts(pages, library)) == []
    shown = [service_on(library, address, DAY) for address in library.services]
    weak = [s for service in shown for s in service.steps if sureness(s, library) in WEAK]
    assert len(weak) > 40


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</span> päätelmä</summary>", "</span> varmaa</summary>"),
        (">päätelmä</text>", "></text>"),
    ],
    ids=["list", "card"],
)
def test_a_doubt_out_of_sight_is_noticed(pages, library, old, new):
    """Control: the mark is gone from the list, or from the cards."""
    address = f"{KESKI_SUOMI}{ACTIVITY}"
    broken = pages.altered(address, old, new)
    assert [fault for fault in unseen_doubts(broken, library) if fault.startswith(address)]


# The municipalities

CODES = {
    "Hankasalmi": "077", "Joutsa": "172", "Jyväskylä": "179", "Jämsä": "182",
    "Kannonkoski": "216", "Karstula": "226", "Keuruu": "249", "Kinnula": "256",
    "Kivijärvi": "265", "Konnevesi": "275", "Kyyjärvi": "312", "Laukaa": "410", "Luhanka": "435",
    "Multia": "495", "Muurame": "500", "Petäjävesi": "592", "Pihtipudas": "601",
    "Saarijärvi": "729", "Toivakka": "850", "Uurainen": "892", "Viitasaari": "931",
    "Äänekoski": "992",
}  # fmt: skip
"""The 22 municipalities of Keski-Suomi by their national codes."""
AREAS = {
    "Pohjoisen Keski-Suomen työllisyysalue": {
        "Hankasalmi", "Kannonkoski", "Karstula", "Kinnula", "Kivijärvi", "Konnevesi", "Kyyjärvi",
        "Laukaa", "Pihtipudas", "Saarijärvi", "Uurainen", "Viitasaari", "Äänekoski",
    },
    "Eteläisen Keski-Suomen työllisyysalue": {
        "Joutsa", "Jämsä", "Keuruu", "Luhanka", "Multia", "Petäjävesi", "Toivakka",
    },
    "Jyväskylän ja Muuramen työllisyysalue": {"Jyväskylä", "Muurame"},
}  # fmt: skip
PILOTS = {"Hankasalmi", "Jyväskylä", "Keuruu", "Laukaa", "Viitasaari"}
PILOT_NOTE = "hankkeen pilottikunta"


@dataclass(frozen=True)
class Town:
    """A row of the table, wherever its columns stand."""

    name: str
    code: str
    area: str
    is_pilot: bool
    cells: dict[str, Element]
    """What is told of each service, by the service's link."""


def towns(pages: Pages) -> list[Town]:
    """The municipalities as the table shows them."""
    page = pages[TOWNS]
    links = [link.attributes["href"] for link in page.one("thead").all("a")]
    found = []
    for row in page.one("tbody").all("tr"):
        cells = [cell for cell in row.children if isinstance(cell, Element)]
        told, services = cells[: -len(links)], cells[-len(links) :]
        words = " ".join(cell.text for cell in told)
        area = next((cell.text for cell in told if cell.text in AREAS), "")
        code = " ".join(re.findall(r"\b\d{3}\b", words))
        by_link = dict(zip(links, services, strict=True))
        found.append(Town(words.split()[0], code, area, PILOT_NOTE in words, by_link))
    return found


def town_faults(pages: Pages) -> Iterator[str]:
    """What is wrong with the municipalities of today."""
    found = towns(pages)
    if {town.name: town.code for town in found} != CODES or len(found) != 22:
        yield "the municipalities or their codes"
    if {town.name for town in found if town.is_pilot} != PILOTS:
        yield "the pilots"
    if {a: {town.name for town in found if town.area == a} for a in AREAS} != AREAS:
        yield "the employment areas"


def test_the_municipalities_are_the_right_ones(pages):
    """22 with their national codes, in areas of 13, 7 and 2, and the five pilots marked."""
    assert list(town_faults(pages)) == []
    assert sorted(map(len, AREAS.values())) == [2, 7, 13]
    assert len(CODES) == 22
    assert "Mänttä-Vilppula on Pirkanmaalla" in pages[TOWNS].text
    assert "Kuntia on 22." in pages[KESKI_SUOMI].text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("077", "078"),
        (PILOT_NOTE, ""),
        ("Luhanka", "Kuhmoinen"),
        ("Eteläisen Keski-Suomen työllisyysalue", "Pohjoisen Keski-Suomen työllisyysalue"),
    ],
)
def test_a_wrong_municipality_is_noticed(pages, old, new):
    """Control: a code, the pilots, a name, an area."""
    assert list(town_faults(pages.altered(TOWNS, old, new)))


def own_words(library: Library, town: str, day: date) -> tuple[Presence, ...]:
    """What a municipality of Keski-Suomi itself tells of its services, where it does."""
    supplement = library.supplements.get(f"keski-suomi/{town}")
    return valid_on(supplement, day).services if supplement else ()


TOLD = {None: "Ei tietoa", "available": "Palvelua on", "ended": "Päättynyt"}
"""What a cell says of each state; of none, that nobody knows."""


def cell_faults(pages: Pages, library: Library, day: date) -> Iterator[str]:
    """Cells that say more or less than what a source tells of the municipality."""
    region = valid_on(library.regions["keski-suomi"], day)
    told = {
        town.code: (*town.services, *own_words(library, name, day))
        for name, town in region.municipalities.items()
    }
    for town in towns(pages):
        known = {f"../{s.service}/": s.state for s in told[town.code]}
        for link, cell in town.cells.items():
            state = known.pop(link, None)
            said = [strong.text for strong in cell.all("strong")[:1]] or [cell.text]
            if said != [TOLD[state]]:
                yield f"{town.name} {link}: {cell.text}"
        yield from (f"{town.name}: no column for {left}" for left in known)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_cell_without_a_source_says_that_nobody_knows(days, library, day):
    """Each of the other cells tells what its source tells, and none says ”not offered”."""
    pages = days[day]
    assert list(cell_faults(pages, library, day)) == []
    assert not NOT_OFFERED.search(pages[TOWNS].text)
    assert "Se ei tarkoita, ettei palvelua ole." in pages[TOWNS].text


@pytest.mark.parametrize(
    ("old", "new"), [("Ei tietoa</span>", "ei</span>"), (">Palvelua on</strong>", ">ei</strong>")]
)
def test_a_cell_that_says_otherwise_is_noticed(pages, library, old, new):
    """Control: unknown is printed as no, and known as unknown."""
    assert list(cell_faults(pages.altered(TOWNS, old, new), library, DAY))


# In Swedish


def untranslated(pages: Pages, library: Library) -> Iterator[str]:
    """The pages of Helsinki without their Swedish summary, and any page without its names."""
    for address, service in library.services.items():
        page = pages[f"{address}/"]
        yield from (f"{address}: name in {c}" for c in ("sv", "en") if not named(page, service, c))
        if address.startswith(HELSINKI):
            found = [e for e in page.all(".pp-translation") if e.attributes.get("lang") == "sv"]
            wanted = f"{service.summary.sv} Översättningen är inte granskad."
            yield from [] if [e.text for e in found] == [wanted] else [f"{address}: summary"]
    for name, region in library.regions.items():
        page = pages[f"{name}/"]
        yield from (f"{name}: name in {c}" for c in ("sv", "en") if not named(page, region, c))
    people = {name: actor for name, actor in library.catalogue.actors.items() if not actor.role}
    for name, actor in people.items():
        page = pages[f"toimijat/{name}/"]
        yield from (f"{name}: name in {c}" for c in ("sv", "en") if not named(page, actor, c))
    words = {**library.catalogue.terms}
    words |= {f"loppu-{name}": outcome for name, outcome in library.catalogue.outcomes.items()}
    for name, word in words.items():
        entry = pages["sanasto/"].one(f"#{name}")
        yield from (f"{name}: name in {c}" for c in ("sv", "en") if not named(entry, word, c))


def named(part: Element, thing: Service, language: str) -> bool:
    """Whether a part of a page shows a thing's name in a language, marked as that language."""
    shown = [e.text for e in part.all("span") if e.attributes.get("lang") == language]
    return " ".join(getattr(thing.name, language).split()) in shown


def test_pages_show_their_names_and_swedish_summaries(pages, library):
    """Each in its own language, and the Swedish sentence says that nobody has reviewed it."""
    assert list(untranslated(pages, library)) == []


@pytest.mark.parametrize(
    ("address", "old", "new"),
    [
        (JOBCENTER, 'class="pp-translation" lang="sv"', 'class="pp-translation"'),
        (JOBCENTER, "Översättningen är inte granskad.", ""),
        (JOBCENTER, '<span lang="sv">', "<span>"),
        (KESKI_SUOMI, '<span lang="en">', "<span>"),
        ("toimijat/kela/", '<span lang="sv">FPA', '<span lang="sv">Kela'),
        ("sanasto/", "trial week", ""),
    ],
)
def test_a_missing_translation_is_noticed(pages, library, address, old, new):
    """Control: a mark, a warning, a name."""
    assert list(untranslated(pages.altered(address, old, new), library))


# Ten facts that are easily got wrong. Each looks for what the pages should say and for what they
# must not say, and returns the faults; the control below breaks each of them.


class Reader:
    """Reads pages and notes what they leave unsaid, and what they should."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.faults: list[str] = []

    def part(self, address: str, within: str) -> Element:
        """A page, or its section by heading, its part by class or id, or all but its history."""
        page = self.pages[address]
        if within == "now":
            return present(page)
        if within[:1] in {".", "#"}:
            found = page.all(within)
            return found[0] if found else Element("", {})
        return page.section(within) if within else page

    def says(self, address: str, *wanted: str, within: str = "") -> None:
        """Note each regular expression that the part does not match."""
        text = self.part(address, within).text
        self.faults += [f"{address} does not say: {w}" for w in wanted if not re.search(w, text)]

    def avoids(self, address: str, *unwanted: str, within: str = "") -> None:
        """Note each regular expression that the part does match."""
        text = self.part(address, within).text
        found = [re.search(words, text) for words in unwanted]
        self.faults += [f"{address} says: {match.group()}" for match in found if match]


Days = dict[date, Pages]


def fact_01(days: Days) -> list[str]:
    """Keski-Suomi: the municipality, then the county. Helsinki: always the City."""
    own, city, faults = f"{KESKI_SUOMI}{WORK}", f"{HELSINKI}{WORK}", []
    town, county = "Järjestää nyt: kunta", "Järjestää nyt: Keski-Suomen hyvinvointialue"
    for day, pages in days.items():
        right, wrong = (county, town) if day >= date(2023, 1, 1) else (town, county)
        page = Reader(pages)
        page.says(own, right, within=".pp-intro")
        page.avoids(own, wrong, within=".pp-intro")
        page.says(city, "Järjestää nyt: Helsingin kaupunki", within=".pp-intro")
        page.avoids(city, COUNTY.pattern, "nyt: kunta")
        faults += page.faults
    page = Reader(days[DAY])
    change = r"kunta 31\.12\.2022 asti\. Vuoden 2023 alusta .*hyvinvointialue"
    page.says(own, change, within="muutokset")
    page.says(city, "Helsingissä järjestäjä ei vaihtunut", within="muutokset")
    page.says("toimijat/", "Helsingissä ne järjestää kaupunki")
    return faults + page.faults


def fact_02(days: Days) -> list[str]:
    """Sections 27 d and 27 e are in the act of 1982, not in that of 2014."""
    page = Reader(days[DAY])
    for region in BOTH:
        page.says(f"{region}{SUPPORTED}", "vanhan sosiaalihuoltolain 710/1982 27 d §")
        page.says(f"{region}{SUPPORTED}", "sosiaalihuoltolaissa 1301/2014 siitä ei säädetä")
        page.says(f"{region}{SUPPORTED}", "710/1982 27 d §: ", within="lait")
        page.says(f"{region}{ACTIVITY}", "vanhan sosiaalihuoltolain 710/1982 27 e §")
        page.says(f"{region}{ACTIVITY}", "710/1982 27 e §: ", within="lait")
    for address in page.pages:
        page.avoids(address, r"1301/2014[^.\d]{0,40}27(?:\s|-)?[de]\b")
    page.says("lait/", "710/1982 27 d §", "710/1982 27 e §", within="#sosiaalihuoltolaki-1982")
    page.avoids("lait/", r"\b27 [de]\b", within="#sosiaalihuoltolaki")
    return page.faults


def fact_03(days: Days) -> list[str]:
    """An employment relationship: possible in 27 d, never in 27 e or rehabilitative work."""
    page = Reader(days[DAY])
    for region in BOTH:
        supported, activity, work = (f"{region}{s}" for s in (SUPPORTED, ACTIVITY, WORK))
        page.says(supported, "voi kuulua työtä, jossa olet työsuhteessa", within="mika")
        page.says(supported, "Työsopimus", within="#vaihe-tuettu-tyo")
        page.avoids(supported, "[Tt]oiminta ei ole työsuhde")
        page.says(activity, "Työtoiminta ei ole työsuhde, eikä siitä saa palkkaa", within="ei-ole")
        page.says(work, r"Kuntouttava työtoiminta ei ole työsuhde\. Et saa siitä palkkaa")
        page.says(f"{region}{COACHING}", "Tavoite on tavallinen palkkatyö", within="ei-ole")
        for address in (activity, work):
            for step in page.pages[address].all(".pp-step"):
                step_id = f"#{step.attributes['id']}"
                page.avoids(address, "[Tt]yösopimu", "olet työsuhteessa", within=step_id)
    return page.faults


def fact_04(days: Days) -> list[str]:
    """500 and 180 days were thresholds of the activation plan until 2025, never a wait."""
    before, now = Reader(days[date(2025, 6, 1)]), Reader(days[DAY])
    threshold = r"Päivärajat koskevat suunnitelman tekemistä\. Ne eivät ole odotusaika palveluun"
    for address in (f"{region}{WORK}" for region in BOTH):
        before.says(address, "500 päivältä", "180 päivältä", threshold, within="miten")
        now.says(address, "asti myös päivärajoja, kuten 180 tai 500 päivää", within="muutokset")
        now.says(address, "eivät olleet koskaan odotusaika palveluun", within="muutokset")
        now.avoids(address, r"\b(?:500|180) päiv", within="now")
        for page in (before, now):
            page.avoids(address, r"\b(?:500|180) päiv\w+ (?:jälkeen|ennen|odot)")
            page.avoids(address, "vasta (?:500|180)", "(?<!eivät ole )(?<!koskaan )odotusaika")
    return before.faults + now.faults


def fact_05(days: Days) -> list[str]:
    """Since 2025 the employment authority is the municipality or an employment area."""
    page, services = Reader(days[DAY]), "valtakunnalliset/tyollisyyspalvelut/"
    page.says(services, "kuntien ja työllisyysalueiden tehtävä vuodesta 2025", within="now")
    page.says(services, r"vastaa työvoimaviranomainen\. Se on kunta tai työllisyysalue")
    authority = "työvoimaviranomainen"
    heirs = {"te-toimisto": authority, "kuntakokeilu": authority, "typ": "monialainen verkosto"}
    for actor, heir in heirs.items():
        address = f"toimijat/{actor}/"
        page.says(address, rf"Toimi 31\.12\.2024 asti\. Nyt tehtävää hoitaa {heir}")
        page.says(address, "Ei mukana yhdelläkään nyt voimassa olevalla polulla")
    for region, who in (
        (KESKI_SUOMI, "Työvoimaviranomainen"),
        (HELSINKI, "Helsingin työllisyyspalvelut"),
    ):
        step = page.part(f"{region}{WORK}", "#vaihe-ensisijaiset-palvelut")
        acting = next(a.text for a in step.all("a") if "toimijat/" in a.attributes["href"])
        page.faults += [] if acting == who else [f"{region}{WORK}: {acting} looks at the services"]
    page.says(HELSINKI, "Vuodesta 2025 kaupunki on myös alueensa työvoimaviranomainen")
    return page.faults + list(untimely(days[DAY], DAY))


def fact_06(days: Days) -> list[str]:
    """Expense allowance or activity allowance, 9 euros a day attended; never a wage."""
    page, past = Reader(days[DAY]), Reader(days[date(2025, 6, 1)])
    no_wage = "[Ss]e ei ole palkka, eikä sitä välttämättä makseta"
    for region in BOTH:
        address = f"{region}{WORK}"
        page.says(
            address,
            r"Jos sinulle maksetaan työttömyysetuutta, saat myös kulukorvausta\. Se on 9 euroa"
            r" niiltä päiviltä, joina olet mukana",
            "kulukorvausta ei koroteta",
            "toimintarahaa 9 euroa päivältä",
            r"Saat joko kulukorvausta tai toimintarahaa\. Molempia et voi saada",
            rf"Työosuusraha kuuluu vammaisten työtoimintaan\. {no_wage}",
            "Et saa palkkaa",
            within="raha",
        )
        page.avoids(address, "[Yy]lläpitokorvau", within="now")
        page.avoids(address, r"\b18 euroa", "kulukorvausta (?:ja|sekä) toimintarahaa")
        page.says(f"{region}{ACTIVITY}", no_wage, within="raha")
        past.says(address, r"saat toimintarahaa\. Se on 9 euroa", within="raha")
    page.says("sanasto/", "Vanha nimi on ylläpitokorvaus", within="#kulukorvaus")
    page.says("sanasto/", "Se ei ole palkka", within="#tyoosuusraha")
    return page.faults + past.faults


def fact_07(days: Days) -> list[str]:
    """Secondary; at least 4 hours a day, 1 to 4 days a week, 3 to 24 months at a time."""
    page = Reader(days[DAY])
    first = r"toissijainen\. Ensin selvitetään, sopiiko sinulle työ tai työllisyyspalvelu"
    bounds = ("3–24 kuukautta", "1–4 päivänä viikossa", "vähintään 4 tuntia päivässä")
    others = (r"\b1–5 päiv", "[5-7] päivänä", r"vähintään [^43\s]", r"\d–(?!24|4)\d+ (?:kuu|päiv)")
    for address in (f"{region}{WORK}" for region in BOTH):
        page.says(address, first, within="ei-ole")
        steps = [s.attributes["data-step"] for s in page.pages[address].all(".pp-step")]
        if steps.index("suunnitelma") < steps.index("ensisijaiset-palvelut"):
            page.faults.append(f"{address}: work and employment services are looked at too late")
        for part in ("kesto", "#vaihe-jakso"):
            page.says(address, *bounds, within=part)
            page.avoids(address, *others, within=part)
    return page.faults


def fact_08(days: Days) -> list[str]:
    """Three ways in that differ: the Helsinki pilot, Kätevä and Helsinki's base service."""
    page = Reader(days[DAY])
    page.says(PILOT, "riitti, että asiakas halusi työllistyä", within="miten")
    page.says(PILOT, "Pilotin sääntö ei koske muita palveluja", within="miten")
    page.avoids(PILOT, "diagnoosi", "koeviik", "vaadit", within="miten")
    page.says(BASE, "jonoa", "vammaissosiaalityön kautta", "suoraan palvelusta", within="miten")
    page.says(BASE, "Pelkkä halu työhön ei aina riitä", within="ei-ole")
    page.says(BASE, "Motivaatio vaikuttaa valintaan", "Sääntöjä ei voi yhdistää", within="ei-ole")
    page.avoids(BASE, r"\briitt(?:ää|i)\b", "koeviik", within="miten")
    page.says(KATEVA, "todettu kehitysvamma", "haluavat töihin", within="kenelle")
    page.says(KATEVA, "haluaako hakija töihin ja sopiiko palvelu", "koeviikko", within="miten")
    page.says(KATEVA, "Kätevään ei pääse pelkällä halulla työhön", within="ei-ole")
    page.says(KATEVA, "Helsingin säännöt ovat toiset", within="ei-ole")
    page.avoids(KATEVA, r"\briitt(?:ää|i)\b", r"\bjono", within="miten")
    return page.faults


def fact_09(days: Days) -> list[str]:
    """The Finnish criteria are adapted from IPS; its 25 items are not Helsinki's criteria."""
    page = Reader(days[DAY])
    for address in (f"{region}{COACHING}" for region in BOTH):
        page.says(
            address,
            "Suomalaiset laatukriteerit perustuvat IPS-menetelmään",
            "muokkasi ne laajemmalle joukolle",
            "Luetteloa ei löytynyt lähteistä",
            "IPS-arvioinnin 25 kohtaa eivät ole suomalaiset laatukriteerit",
            within="laatu",
        )
        page.avoids(address, r"(?:Helsingin|kaupungin) laatukriteer\w+", within="laatu")
        items = len(page.pages[address].section("laatu").all("li"))
        page.faults += [f"{address}: a list of {items} items"] if items > 15 else []
    for address in page.pages:
        for text in page.pages[address].texts() if address.startswith(REGIONS) else ():
            if re.search(r"\b25 (?:kohtaa|kriteer)", text) and "IPS" not in text:
                page.faults.append(f"{address}: {text}")
    return page.faults


def fact_10(days: Days) -> list[str]:
    """A project's model is not today's practice, and what it leaves open stays open."""
    page = Reader(days[DAY])
    model = ("Hankkeen malli 2021–22", "nykytilaa ei ole vahvistettu", "Kehitteillä")
    for address in (f"{HELSINKI}palvelupolku/", PILOT, JOBCENTER):
        page.says(address, *model, within=".pp-notice")
    for address in (PILOT, JOBCENTER):
        page.says(address, r"Hanke on päättynyt\..*Ei tietoa", within=".pp-notice")
        page.avoids(address, "Järjestää nyt", within=".pp-intro")
    page.says(KATEVA, r"kyselyn mukaan \(2021–2022\) palvelua ei tarjottu")
    nuotti, subsidy = "valtakunnalliset/nuotti-valmennus/", "valtakunnalliset/palkkatuki/"
    page.says(nuotti, "16–29-vuotiaalle", "ei ole ajankohtainen, jos olet jo toisessa")
    page.says(nuotti, "ei siksi yleensä aloiteta kuntouttavan työtoiminnan rinnalla")
    for address in (f"{region}{WORK}" for region in BOTH):
        ways = [way.attributes["href"] for way in page.pages[address].all(".pp-way")]
        page.faults += [f"{address}: leads to {way}" for way in ways if "nuotti" in way]
    page.says(subsidy, "Palkkatuki maksetaan työnantajalle, ei sinulle", "harkinnanvarainen")
    for address in page.pages:
        page.avoids(address, "(?:asiakas saa|[Ss]aat) palkkatukea")
        page.avoids(address, r"ei tarjottu(?![^.]*2021–2022)(?<!2021–2022\) palvelua ei tarjottu)")
    page.says(JOBCENTER, "Hän ei menetä mahdollisuutta jatkaa työtoiminnassa", within="mika")
    page.says(JOBCENTER, "et menetä mahdollisuutta jatkaa siellä", within="oikeudet")
    page.avoids(JOBCENTER, "[Mm]enetät (?:paikkasi|mahdollisuuden)", "paikkasi päättyy")
    return page.faults


def test_fact_01_who_arranges(days):
    """Keski-Suomi: the municipality until the end of 2022, then the county. Helsinki: the City."""
    assert fact_01(days) == []


def test_fact_02_the_act_of_27_d_and_27_e(days):
    """They are in the act 710/1982, and the pages say that they are not in 1301/2014."""
    assert fact_02(days) == []


def test_fact_03_where_there_is_an_employment_relationship(days):
    """27 d may include one; 27 e and rehabilitative work do not; coaching aims at a paid job."""
    assert fact_03(days) == []


def test_fact_04_500_and_180_days_were_no_waiting_time(days):
    """They were thresholds of the activation plan until the end of 2025."""
    assert fact_04(days) == []


def test_fact_05_the_employment_authority(days):
    """The municipality or an employment area since 2025; TE Office, pilot and TYP are history."""
    assert fact_05(days) == []


def test_fact_06_allowances_are_no_wage(days):
    """Expense allowance or activity allowance, 9 euros a day attended; the old word is old."""
    assert fact_06(days) == []


def test_fact_07_rehabilitative_work_is_secondary_and_bounded(days):
    """Work is looked at first; 4 hours a day at least, 1 to 4 days a week, 3 to 24 months."""
    assert fact_07(days) == []


def test_fact_08_three_ways_in_that_differ(days):
    """Wanting is enough in the pilot; Kätevä selects; the base service weighs and has a queue."""
    assert fact_08(days) == []


def test_fact_09_ips_items_are_not_the_finnish_criteria(days):
    """The Finnish criteria are adapted from IPS, and nobody has seen their list."""
    assert fact_09(days) == []


def test_fact_10_a_project_is_not_todays_practice(days):
    """Statuses, survey years, NUOTTI, pay subsidy and the place that Jobcenter keeps."""
    assert fact_10(days) == []


@pytest.fixture(scope="session")
def known(days) -> set[str]:
    """The faults that the pages have as they are, which prove nothing of a control."""
    facts = (fact_01, fact_02, fact_03, fact_04, fact_05)
    facts += (fact_06, fact_07, fact_08, fact_09, fact_10)
    return {fault for fact in facts for fault in fact(days)}


STEP = "<h4>Mitä tässä vaiheessa tapahtuu</h4><p>"
WAYS = '<h2 id="miten">Miten palveluun pääsee</h2>'
MONEY = '<h2 id="raha">Raha ja maksut</h2>'


@pytest.mark.parametrize(
    ("fact", "change"),
    [
        (fact_01, (f"{KESKI_SUOMI}{WORK}", ">Keski-Suomen hyvinvointialue<", ">kunta<")),
        (fact_01, (f"{HELSINKI}{WORK}", ">Helsingin kaupunki<", ">hyvinvointialue<")),
        (fact_01, (f"{HELSINKI}{WORK}", "ärjestäjä ei vaihtunut", "ärjestäjä vaihtui")),
        (fact_02, (f"{HELSINKI}{SUPPORTED}", "1301/2014 siitä ei säädetä", "1301/2014 27 d § on")),
        (fact_02, (f"{KESKI_SUOMI}{ACTIVITY}", "osin voimassa) 710/1982<", "2014) 1301/2014<")),
        (fact_03, (f"{KESKI_SUOMI}{ACTIVITY}", STEP, f"{STEP}Teet työsopimuksen. ")),
        (fact_03, (f"{HELSINKI}{WORK}", "ei ole työsuhde. Et saa", "on työsuhde. Saat")),
        (fact_03, (f"{HELSINKI}{SUPPORTED}", "olet työsuhteessa palvelun", "olet palvelun")),
        (fact_04, (f"{KESKI_SUOMI}{WORK}", WAYS, f"{WAYS}<p>Pääset 500 päivän jälkeen.</p>")),
        (fact_04, (f"{HELSINKI}{WORK}", "eivät olleet koskaan odotusaika", "olivat odotusaika")),
        (fact_05, (f"{KESKI_SUOMI}{WORK}", STEP, f"{STEP}TE-toimisto auttaa. ")),
        (fact_05, (f"{KESKI_SUOMI}{WORK}", ">Työvoimaviranomainen<", ">TE-palvelut<")),
        (fact_05, ("toimijat/typ/", "31.12.2024 asti", "yhä")),
        (fact_05, ("valtakunnalliset/tyollisyyspalvelut/", "ja työllisyysalueiden", "ja valtion")),
        (fact_06, (f"{HELSINKI}{WORK}", MONEY, f"{MONEY}<p>Kulukorvausta on 18 euroa.</p>")),
        (fact_06, (f"{KESKI_SUOMI}{WORK}", "Molempia et voi saada", "Voit saada molempia")),
        (fact_06, (f"{KESKI_SUOMI}{WORK}", MONEY, f"{MONEY}<p>Saat ylläpitokorvausta.</p>")),
        (fact_06, ("sanasto/", "Pieni raha työtoiminnasta. Se ei ole palkka.", "Pieni palkka.")),
        (fact_07, (f"{HELSINKI}{WORK}", "Palvelu on toissijainen", "Palvelu on ensisijainen")),
        (fact_07, (f"{KESKI_SUOMI}{WORK}", "3–24 kuukautta", "3–12 kuukautta")),
        (fact_07, (f"{KESKI_SUOMI}{WORK}", "vähintään 4 tuntia", "vähintään 2 tuntia")),
        (fact_07, (f"{KESKI_SUOMI}{WORK}", 'data-step="tunnistaminen"', 'data-step="suunnitelma"')),
        (fact_08, (BASE, WAYS, f"{WAYS}<p>Riittää, että haluat työhön. Se riittää.</p>")),
        (fact_08, (KATEVA, WAYS, f"{WAYS}<p>Kätevään riittää, että haluat työhön.</p>")),
        (fact_08, (PILOT, WAYS, f"{WAYS}<p>Siihen vaaditaan diagnoosi.</p>")),
        (fact_08, (KATEVA, "todettu", "mahdollinen")),
        (fact_09, (f"{HELSINKI}{COACHING}", "25 kohtaa eivät ole", "25 kohtaa ovat")),
        (fact_09, (f"{HELSINKI}{COACHING}", STEP, f"{STEP}Valmennusta arvioi 25 kohtaa. ")),
        (fact_09, (f"{KESKI_SUOMI}{COACHING}", "<li>kunnioitus</li>", "<li>kohta</li>" * 25)),
        (fact_10, (JOBCENTER, "Kehitteillä", "Käytössä")),
        (fact_10, (PILOT, "Hanke on päättynyt", "Hanke jatkuu")),
        (fact_10, (KATEVA, "kyselyn mukaan (2021–2022)", "kyselyn mukaan")),
        (
            fact_10,
            (
                JOBCENTER,
                "<strong>et menetä mahdollisuutta jatkaa siellä</strong>",
                "menetät paikkasi",
            ),
        ),
        (fact_10, ("valtakunnalliset/nuotti-valmennus/", "16–29-vuotiaalle", "kaikille")),
        (fact_10, (f"{HELSINKI}{WORK}", STEP, f"{STEP}Silloin asiakas saa palkkatukea. ")),
        (fact_10, (f"{HELSINKI}palvelupolku/", "nykytilaa ei ole vahvistettu", "näin toimitaan")),
    ],
)
def test_a_fact_got_wrong_is_noticed(days, known, fact, change):
    """Control: each of the ten is said wrongly once, or a wrong thing is added."""
    broken = fact({**days, DAY: days[DAY].altered(*change)})
    assert set(broken) - known
