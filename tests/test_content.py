"""What the descriptions say: the law by its number, every claim with its grounds, nobody's name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import networkx as nx
import pytest

from facts import DAY, DAYS, NOT_OFFERED, PEOPLE, SECTION, Field, fields, hashed, pairs, sentences
from palvelupolku.dated import service_on
from palvelupolku.fields import Prose, Sourced, walk
from palvelupolku.graph import PathGraph, leads, to_graph
from palvelupolku.library import Library
from palvelupolku.prose import plain
from palvelupolku.source import read
from palvelupolku.validity import turning_days

FIRST_DAY = date(2021, 1, 1)
"""From this day on every path must be whole."""
ACT = re.compile(r"\b\d{1,4}/(?:19|20)\d{2}\b")
OLD_ACT, NEW_ACT = "710/1982", "1301/2014"
NOT_SHOWN = {"keywords", "forms", "sources"}
"""Words for the search, and ids: no reader sees them."""

Files = Mapping[str, bytes]


@pytest.fixture(scope="session")
def texts(files) -> list[Field]:
    """Every value of the descriptions."""
    return fields(files)


@pytest.fixture(scope="session")
def library(files) -> Library:
    """The descriptions as models, with every version of everything."""
    return read(files).library


def with_text(files: Files, file: str, old: str, new: str) -> dict[str, bytes]:
    """The files with one text changed, which must be there."""
    text = files[file].decode()
    assert old in text, f"{file}: {old}"
    return {**files, file: text.replace(old, new, 1).encode()}


def told(found: Iterable[object]) -> list[str]:
    """Faults as text, so that a failure can be read."""
    return [str(fault) for fault in found]


# Who arranges


def days_of_change(library: Library, address: str) -> list[date]:
    """The first day of the time described, today, and the days around every change."""
    region = library.regions[address.partition("/")[0]]
    days = {FIRST_DAY, *DAYS}
    days |= {*turning_days(library.services[address], DAY), *turning_days(region, DAY)}
    return sorted(day for day in days if day >= FIRST_DAY)


def actors_on(library: Library, address: str, day: date) -> set[str]:
    """Everybody who arranges a service or has a part in it on a day."""
    service = service_on(library, address, day)
    parts = (part for _, part in walk(service))
    return {part.actor for part in parts if isinstance(getattr(part, "actor", None), str)}


def counties_in_helsinki(library: Library) -> Iterator[str]:
    """The wellbeing services counties that act or arrange on a path of Helsinki."""
    for address in library.services:
        if address.startswith("helsinki/"):
            for day in days_of_change(library, address):
                found = {a for a in actors_on(library, address, day) if "hyvinvointialue" in a}
                yield from (f"{address} {day}: {actor}" for actor in sorted(found))


def test_no_wellbeing_services_county_acts_in_helsinki(library):
    """On no day since 2021: Helsinki arranges the services itself."""
    assert list(counties_in_helsinki(library)) == []
    everybody = {a for name in library.services for a in actors_on(library, name, DAY)}
    assert "keski-suomen-hyvinvointialue" in everybody


def test_a_wellbeing_services_county_in_helsinki_is_noticed(files):
    """Control: the region's own role is given to a county."""
    name = "helsinki/region.yml"
    role = "actor: helsingin-kaupunki\n"
    broken = with_text(files, name, role, role.replace("helsingin-kaupunki", "hyvinvointialue"))
    found = list(counties_in_helsinki(read(broken).library))
    assert any("kuntouttava-tyotoiminta" in fault for fault in found)


def historical_on(library: Library, day: date) -> Iterator[str]:
    """The actors on the paths of a day who did not exist then."""
    for address in library.services:
        for name in sorted(actors_on(library, address, day)):
            if not library.catalogue.actors[name].valid_on(day):
                yield f"{address} {day}: {name}"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_everybody_on_a_path_exists_on_its_day(library, day):
    """No TE Office, TYP or municipal pilot today, and no employment authority before 2025."""
    assert list(historical_on(library, day)) == []


def test_an_actor_of_another_time_is_noticed(files):
    """Control: TYP without an end, and so on today's paths too."""
    roles = "  actor: typ\n  valid_to: 2024-12-31\n"
    broken = with_text(files, "keski-suomi/region.yml", roles, "  actor: typ\n")
    new = "- role: monialainen-tuki\n  actor: monialainen-verkosto\n  valid_from: 2025-01-01\n"
    broken = with_text(broken, "keski-suomi/region.yml", new, new.replace("2025", "2099"))
    used = "  - actor: kela\n    role: Voi huomata tarpeen, kun asiakas hakee etuutta.\n"
    more = used + "  - actor: monialainen-tuki\n    role: On mukana.\n"
    broken = with_text(broken, "yhteiset/kuntouttava-tyotoiminta.yml", used, more)
    found = list(historical_on(read(broken).library, DAY))
    assert found == [f"keski-suomi/kuntouttava-tyotoiminta {DAY}: typ"]


# The law by its number


def sections_without_number(texts: Iterable[Field]) -> Iterator[Field]:
    """Texts that name section 27 d or 27 e without the number of the act they stand in."""
    for text in texts:
        if text.key not in NOT_SHOWN and SECTION.search(text.text):
            of_law = text.beside.get("law") == "sosiaalihuoltolaki-1982"
            if OLD_ACT not in text.text and not of_law:
                yield text


def sections_of_another_act(texts: Iterable[Field]) -> Iterator[Field]:
    """Texts in which 27 d or 27 e follows the number of the act of 2014."""
    for text in texts:
        of_law = text.beside.get("law", "sosiaalihuoltolaki-1982")
        for match in SECTION.finditer(text.text if text.key not in NOT_SHOWN else ""):
            before = ACT.findall(text.text[: match.start()])
            if before[-1:] == [NEW_ACT] or of_law != "sosiaalihuoltolaki-1982":
                yield text


def test_27_d_and_27_e_stand_with_the_number_of_their_act(texts):
    """Wherever a text names them, the same text says 710/1982."""
    assert told(sections_without_number(texts)) == []
    assert sum(1 for t in texts if t.key not in NOT_SHOWN and SECTION.search(t.text)) > 40


def test_27_d_and_27_e_are_never_of_the_act_of_2014(texts):
    """The act of 2014 has a section 36, 39 and 42 here, but neither of these."""
    assert told(sections_of_another_act(texts)) == []
    number = {t.beside.get("number") for t in texts if t.keys[0] == "sosiaalihuoltolaki-1982"}
    assert OLD_ACT in number


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Katso 27 d §.", sections_without_number),
        ("Katso 27d §:ää.", sections_without_number),
        ("Katso 27\u00a0e §.", sections_without_number),
        ("Palvelut ovat 27 d ja 27 e §:ssä.", sections_without_number),
        ("Palvelut ovat 27 d- ja 27 e -pykälissä.", sections_without_number),
        ("Sosiaalihuoltolain 1301/2014 27 d §, ennen 710/1982.", sections_of_another_act),
        ("Laki 710/1982 ja laki 1301/2014 27 e §.", sections_of_another_act),
    ],
)
def test_a_section_without_its_act_is_noticed(text, wanted):
    """Control: each way of writing it."""
    service = {"koivula/a.yml": f"about:\n- text: {text}\n  certainty: unknown\n".encode()}
    assert told(wanted(fields(service)))
    law = f"laws:\n- law: sosiaalihuoltolaki\n  about: {text}\n".encode()
    assert told(wanted(fields({"koivula/a.yml": law})))


# Pay subsidy

PAID = re.compile(
    r"\b(?:makse\w*|saa|saat|saada|saavat|sai|hake\w*|hae\w*|myön\w*|anne\w*|anta\w*)\b",
    re.IGNORECASE,
)
SUBSIDY = re.compile(r"palkkatu[ek]", re.IGNORECASE)
TO_THE_CLIENT = re.compile(
    r"\b(?:asiakas|asiakkaalle|sinulle|työntekijälle|työntekijä)\b(?! työnantaja)"
    r"[^.]*\b(?:saa|maksetaan|myönnetään)\b|\bsaat\b",
    re.IGNORECASE,
)


def subsidies_without_an_employer(texts: Iterable[Field]) -> Iterator[str]:
    """Sentences in which a pay subsidy is paid, got or applied for by nobody or by a client."""
    for text in texts:
        of_employer = text.beside.get("actor") == "tyonantaja" or text.keys[0] == "tyonantaja"
        for sentence in sentences(text.text) if text.is_prose else ():
            if not SUBSIDY.search(sentence):
                continue
            nobody = PAID.search(sentence) and "työnantaj" not in sentence.lower()
            if (nobody and not of_employer) or TO_THE_CLIENT.search(sentence):
                yield f"{text.file}:{text.line}: {sentence}"


def test_a_pay_subsidy_goes_to_the_employer(texts):
    """Every sentence in which it is paid, got or applied for names the employer."""
    assert list(subsidies_without_an_employer(texts)) == []
    assert sum(1 for text in texts if text.is_prose and SUBSIDY.search(text.text)) > 12


@pytest.mark.parametrize(
    "text",
    [
        "Asiakas saa palkkatukea.", "Saat palkkatukea.", "Palkkatukea maksetaan 10 kuukautta.",
        "Palkkatuki myönnetään harkinnan mukaan.", "Palkkatuki maksetaan sinulle.",
        "Työnantaja ottaa sinut työhön, ja saat palkkatukea.",
    ],
)  # fmt: skip
def test_a_pay_subsidy_for_the_client_is_noticed(text):
    """Control: paid to nobody, or to the client."""
    files = {"koivula/a.yml": f"about:\n- text: {text}\n  certainty: unknown\n".encode()}
    assert list(subsidies_without_an_employer(fields(files)))


# Whole paths


def path_faults(graph: PathGraph) -> Iterator[str]:
    """What keeps somebody from walking a path from its start to an end."""
    steps = [node for node in graph.steps if node.step]
    if [node.kind for node in steps].count("start") != 1 or steps[0].kind != "start":
        yield "does not start with its one start"
    reached = {steps[0].id} | nx.descendants(graph.network, steps[0].id)
    yield from (f"{node.id} is never reached" for node in steps if node.id not in reached)
    ends = {node.id for node in graph.nodes if node.kind in ("end", "service", "outcome")}
    leading = ends | {a for end in ends for a in nx.ancestors(graph.network, end)}
    yield from (f"{node.id} leads to no end" for node in steps if node.id not in leading)
    for node in steps:
        ways = graph.edges_from(node.id)
        if node.kind == "decision" and len(ways) < 2:
            yield f"{node.id} decides between {len(ways)}"
        if len(ways) > 1:
            yield from (f"{node.id} → {w.target} has no condition" for w in ways if not w.condition)


def all_path_faults(library: Library) -> Iterator[str]:
    """The faults of every path on every day from 2021 on."""
    for address, declared in library.services.items():
        for day in days_of_change(library, address) if declared.steps else ():
            graph = to_graph(service_on(library, address, day), address.partition("/")[0])
            found = path_faults(graph) if graph.steps else ["has no steps"]
            yield from (f"{address} {day}: {fault}" for fault in found)


def test_every_path_is_whole_on_every_day(library):
    """One start, every step reached, an end ahead of each, and real choices in every decision."""
    assert list(all_path_faults(library)) == []
    paths = [address for address, service in library.services.items() if service.steps]
    assert len(paths) >= 17
    assert sum(len(days_of_change(library, address)) for address in paths) > 150


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("keski-suomi/palvelupolku.yml", "kind: start", "kind: task", "its one start"),
        ("keski-suomi/paikko.yml", "step: raportin-tarkistus", "step: osaamistodistus", "reached"),
        ("keski-suomi/paikko.yml", "    condition: et hae vielä muualle\n", "", "no condition"),
        (
            "yhteiset/kuntouttava-tyotoiminta.yml",
            "ne eivät sovi ja saat työttömyysetuutta\n    valid_from: 2026-01-01",
            "ne eivät sovi ja saat työttömyysetuutta\n    valid_from: 2026-07-01",
            "2026-01-01: konsultaatio is never reached",
        ),
        (
            "helsinki/jobcenter-malli.yml",
            "    condition: jatkat kokeilua, kun tulee uusi tilaus\n",
            "",
            "no condition",
        ),
    ],
    ids=["start", "reached", "condition", "only in 2026", "condition of a return"],
)
def test_a_broken_path_is_noticed(files, file, old, new, fault):
    """Control: one thing is broken, and it is told with its day."""
    found = list(all_path_faults(read(with_text(files, file, old, new)).library))
    assert any(fault in text for text in found), found


def test_a_decision_between_one_and_a_dead_end_are_noticed(library):
    """Control: the same path with fewer choices."""
    service = service_on(library, "keski-suomi/paikko", DAY)
    last = service.steps[-1]
    for choices, fault in ((last.choices[:1], "decides between 1"), ((), "leads to no end")):
        short = last.model_copy(update={"choices": choices})
        cut = service.model_copy(update={"steps": (*service.steps[:-1], short)})
        found = list(path_faults(to_graph(cut, "keski-suomi")))
        assert any(fault in text for text in found), found


# Grounds


def without_grounds(library: Library) -> Iterator[str]:
    """The claims, steps, choices and arrangers that name no source and do not say "ei tietoa"."""
    models = {**library.services, **{f"{n}/region": r for n, r in library.regions.items()}}
    for address, model in models.items():
        for at, part in walk(model):
            if isinstance(part, Sourced) and not part.sources and part.certainty != "unknown":
                yield f"{address}: {'.'.join(map(str, at))}"


def test_everything_said_has_its_grounds(library):
    """Each claim, step, choice, arranger, role and place has sources, or says that nobody knows."""
    assert list(without_grounds(library)) == []
    parts = [p for s in library.services.values() for _, p in walk(s) if isinstance(p, Sourced)]
    assert len(parts) > 1000


def test_a_choice_without_grounds_is_noticed(files):
    """Control: the last choice of a path loses its word."""
    old = "    condition: et hae vielä muualle\n"
    grounds = "    sources:\n    - intory-paikko\n    certainty: inferred\n"
    broken = with_text(files, "keski-suomi/paikko.yml", old + grounds, old)
    fault = "keski-suomi/paikko: steps.4.choices.2"
    assert fault in list(without_grounds(read(broken).library))
    assert fault not in list(without_grounds(read(files).library))


def test_general_knowledge_stands_on_a_short_list(library):
    """What nobody has checked is one list, short enough to be checked, and nothing idle on it."""
    listed = {i for i, s in library.catalogue.sources.items() if s.kind == "general"}
    models = (*library.services.values(), *library.regions.values())
    used = {s for m in models for _, p in walk(m) if isinstance(p, Sourced) for s in p.sources}
    assert 5 < len(listed) <= 25
    linked = {i for i in listed if any(f"source:{i})" in p.fi for m in models for _, p in walk(m)
                                       if isinstance(p, Prose))}  # fmt: skip
    assert listed - used - linked == set()


# Nobody's own data

EMAIL = r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\.\w+"
TELEPHONE = r"(?:\+358|\b00358)[\s\d()-]{6,}|(?<![\d/.,-])0\d{1,2}[\s-]\d{3,4}[\s-]?\d{2,4}\b"
MOBILE = r"(?<![\d/.,-])0[45]\d{7,8}\b"
STREET = (
    r"\b(?!(?i:palvelupolku|opintopolku|polku)\b)\w*"
    r"(?:katu|tie|kuja|polku|väylä|kaari|raitti|aukio|tori|penger|ranta|rinne|kulma|gatan|vägen)"
    r"\s+\d+"
)
POSTAL_CODE = r"(?<![\d/])\d{5}\s+[A-ZÅÄÖ]\w+"
OWN_DATA = re.compile(f"{EMAIL}|{TELEPHONE}|{MOBILE}|{STREET}|{POSTAL_CODE}")


def own_data(files: Files) -> Iterator[str]:
    """E-mail addresses, telephone numbers and street addresses, with their places."""
    for name, content in sorted(files.items()):
        for number, line in enumerate(content.decode().splitlines(), 1):
            yield from (f"{name}:{number}: {m.group()}" for m in OWN_DATA.finditer(line))


def test_nobody_can_be_rung_written_to_or_visited(files):
    """No e-mail address, telephone number or street address is anywhere in the descriptions."""
    assert list(own_data(files)) == []


@pytest.mark.parametrize(
    "text",
    [
        "etunimi.sukunimi@example.fi", "etunimi.sukunimi(at)example.fi", "+358 40 123 4567",
        "soita 040 123 4567", "0401234567", "014 266 0000", "Esimerkkikatu 5", "Mallintie 12 b",
        "Kokeilupolku 3", "Testikuja 7", "40100 Jyväskylä", "Exempelgatan 4",
    ],
)  # fmt: skip
def test_an_address_is_noticed(text):
    """Control: each kind of it, and none in words that only look alike."""
    assert list(own_data({"koivula/a.yml": f"summary: Tule {text}.\n".encode()}))
    alike = "Palvelupolku 2026, laki 710/1982, 0401/2020, vaihe 5, tieto 2 ja koodi '091'."
    assert list(own_data({"koivula/a.yml": alike.encode()})) == []


def test_no_person_of_the_projects_is_named(files):
    """No two words side by side are the name of an author or a contact of a project's page."""
    found = {name for name, content in files.items() for p in pairs(content.decode())
             if hashed(p) in PEOPLE}  # fmt: skip
    assert found == set()


def test_a_person_is_noticed_in_any_order():
    """Control: a made-up name as it is, turned, capitalised, and as part of an address."""
    wanted = hashed(("Äkälä", "Matti"))
    for text in ("Kirjoittaja: Matti Äkälä.", "äkälä, matti", "https://a.fi/matti-akala"):
        assert wanted in {hashed(pair) for pair in pairs(text)}, text
    assert all(re.fullmatch("[0-9a-f]{64}", person) for person in PEOPLE)


# Unknown is not the same as no

KNOWN = {
    "Toimintaa ei järjestetä yrityksessä.": "what the act says of where, not of whether",
    "Kaikille ei ollut tarjolla sopivaa palvelua.": "the project's own words on why it began",
    "Meijän kyvyt käyttöön -hankkeen kyselyn mukaan (2021–2022) palvelua ei tarjottu mainittavasti"
    " muualla kuin Jyväskylässä.": "what a survey found, with its years",
    "Hankkeen alkukartoituksen mukaan kehitysvammaisten työtoimintaa ja työhönvalmennusta ei"
    " tarjottu mainittavasti muualla kuin Jyväskylässä (kysely 2021–2022).": "the same survey",
}
"""Sentences in which a source does say so."""


def not_offered(texts: Iterable[Field]) -> Iterator[str]:
    """Sentences that deny a service, without a source that does."""
    for text in texts:
        for sentence in sentences(text.text) if text.is_prose else ():
            if NOT_OFFERED.search(sentence) and sentence not in KNOWN:
                yield f"{text.file}:{text.line}: {sentence}"


def test_what_nobody_knows_is_not_said_to_be_missing(texts):
    """No text says that a service is not offered, where the sources only are silent."""
    assert list(not_offered(texts)) == []
    said = {sentence for text in texts for sentence in sentences(text.text)}
    assert set(KNOWN) <= said, "a sentence of the list is no longer there: take it away"


@pytest.mark.parametrize(
    "text",
    [
        "Palvelua ei tarjota Luhangassa.", "Valmennusta ei ole tarjolla.",
        "Muissa kunnissa palvelua ei järjestetä.", "Sitä ei ole saatavilla nyt.",
        "Palvelua ei enää tarjota.",
    ],
)  # fmt: skip
def test_a_denied_service_is_noticed(text):
    """Control: each way of saying so; not knowing is fine."""
    for words, found in ((text, True), ("Ei ole tietoa, tarjotaanko sitä.", False)):
        files = {"koivula/a.yml": f"about:\n- text: {words}\n  certainty: unknown\n".encode()}
        assert bool(list(not_offered(fields(files)))) is found


# Said once

LONG = 60
NAMES = {"name", "title", "fi", "sv", "en", "url"}
"""Names recur: a thing, its translations, the pages and papers that are about it."""


def said_twice(texts: Iterable[Field]) -> list[str]:
    """Runs of words of sixty characters and more that stand in two places, with the places."""
    places: dict[str, dict[int, Field]] = defaultdict(dict)
    for number, text in enumerate(texts):
        is_name = text.key in NAMES and not {"summary", "text"} & set(text.keys)
        words = re.findall(r"\w+", plain(text.text).lower()) if text.is_prose else []
        for run in () if is_name else runs(words):
            places[run][number] = text
    again: dict[tuple[int, ...], str] = {}
    for run, found in places.items():
        if len(found) > 1:
            where = ", ".join(f"{t.file}:{t.line}" for t in found.values())
            again.setdefault(tuple(found), f"{where}: {run}")
    return list(again.values())


def runs(words: list[str]) -> Iterator[str]:
    """The shortest runs of words that are long enough, one from each word on."""
    for start in range(len(words)):
        length = -1
        for end in range(start, len(words)):
            length += len(words[end]) + 1
            if length >= LONG:
                yield " ".join(words[start : end + 1])
                break


def whole_twice(texts: Iterable[Field]) -> list[str]:
    """Whole values of sixty characters and more that are the same, names and titles included."""
    places: dict[str, list[Field]] = defaultdict(list)
    for text in texts:
        if text.is_prose and len(text.text) >= LONG:
            places[" ".join(re.findall(r"\w+", plain(text.text).lower()))].append(text)
    return [str(found[0]) for found in places.values() if len(found) > 1]


def test_no_whole_text_is_written_twice(texts):
    """What two places say is in a shared description: claims, steps, laws, titles, summaries."""
    assert whole_twice(texts) == []


def test_no_long_run_of_words_is_written_twice(texts):
    """Nor do two texts share sixty characters of prose in a row."""
    assert said_twice(texts) == []


def test_a_text_written_twice_is_noticed():
    """Control: a claim copied to another file with other spacing, case and links."""
    claim = (
        "Päätöksestä ja muutoksenhausta kerrotaan [kunkin](term:ips)\n    palvelun sivulla näin."
    )
    copy = f"about:\n- text: >-\n    {claim}\n  certainty: unknown\n"
    other = copy.replace("Päätöksestä", "PÄÄTÖKSESTÄ").replace("[kunkin](term:ips)\n   ", "kunkin")
    broken = {"a/a.yml": copy.encode(), "b/b.yml": other.encode()}
    assert len(whole_twice(fields(broken))) == 1
    assert len(said_twice(fields(broken))) == 1
    again = other.replace("PÄÄTÖKSESTÄ", "Uutta. Päätöksestä")
    broken["b/b.yml"] = again.encode()
    assert whole_twice(fields(broken)) == []
    assert len(said_twice(fields(broken))) == 1


# Three languages


def unnamed(library: Library) -> Iterator[str]:
    """What has no name in Swedish or English."""
    catalogue = library.catalogue
    lists = {
        "actors": catalogue.actors, "terms": catalogue.terms, "outcomes": catalogue.outcomes,
        "laws": catalogue.laws, "services": library.services, "regions": library.regions,
    }  # fmt: skip
    areas = {i: area for region in library.regions.values() for i, area in region.areas.items()}
    for kind, entries in {**lists, "areas": areas}.items():
        for name, entry in entries.items():
            yield from (f"{kind} {name}: {c}" for c in ("sv", "en") if not getattr(entry.name, c))


def test_everything_has_a_name_in_three_languages(library):
    """Services, actors, terms, outcomes, laws, regions and employment areas."""
    assert list(unnamed(library)) == []


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("catalogue/actors.yml", "    sv: klient\n"),
        ("catalogue/terms.yml", "    en: trial week\n"),
        ("catalogue/outcomes.yml", "    sv: Lönearbete\n"),
        ("helsinki/jobcenter-malli.yml", "  sv: Jobcentermodellen\n"),
        ("keski-suomi/region.yml", "  en: Central Finland\n"),
    ],
)
def test_a_missing_name_is_noticed(files, file, name):
    """Control: one name is taken away."""
    broken = read(with_text(files, file, name, "")).library
    assert len(list(unnamed(broken))) == 1


def without_summary(library: Library) -> Iterator[str]:
    """The services of Helsinki without a summary in Swedish or English."""
    for address, service in library.services.items():
        if address.startswith("helsinki/") and not (service.summary.sv and service.summary.en):
            yield address


def test_helsinki_has_swedish_and_english_summaries(library):
    """Every service of Helsinki says in one sentence what it is, in three languages."""
    assert list(without_summary(library)) == []
    assert sum(address.startswith("helsinki/") for address in library.services) >= 10


def test_a_missing_summary_is_noticed(library):
    """Control: one Swedish summary is taken away."""
    name = "helsinki/palvelupolku"
    service = library.services[name]
    summary = service.summary.model_copy(update={"sv": None})
    broken = {**library.services, name: service.model_copy(update={"summary": summary})}
    assert list(without_summary(library.model_copy(update={"services": broken}))) == [name]


# What the client does now

IMPERATIVES = {
    "Allekirjoita", "Etsi", "Hae", "Harkitse", "Ilmoita", "Jatka", "Katso", "Keskustele",
    "Kerro", "Kirjoita", "Kokeile", "Kysy", "Käy", "Lue", "Lähetä", "Mieti", "Näytä", "Opettele",
    "Osallistu", "Ota", "Pidä", "Pyydä", "Päätä", "Sano", "Sovi", "Tapaa", "Tarkista", "Tee",
    "Tule", "Tutustu", "Täytä", "Valitse", "Varaa", "Vastaa",
}  # fmt: skip
WHO_ACTS = {
    "Asiakasvastaava", "Kela", "Kätevän", "Ohjaaja", "PAIKKO-keskus", "Sosiaalityöntekijä",
    "Toimintapaikka", "Työllisyyspalvelut", "Työnantaja", "Työntekijä", "Valmentaja", "Verkosto",
    "Yritys",
}  # fmt: skip
"""Who may act in a step that asks nothing of the client."""
SANCTION = re.compile(
    r"€|\beuro|karenss|velvoit|\b(?:7|seitsemän) päiv|\b(?:6|kuusi|kuuden) viik|\bseuraamu",
    re.IGNORECASE,
)


def client_faults(text: str) -> Iterator[str]:
    """What is wrong with the words that tell a client what to do now."""
    words = plain(text)
    if len(sentences(text)) > 2:
        yield "more than two sentences"
    if words.split()[0].rstrip(",") not in IMPERATIVES | WHO_ACTS:
        yield "begins with neither an imperative nor the one who acts"
    if SANCTION.search(words):
        yield "an amount or a sanction"


def all_client_faults(library: Library) -> Iterator[str]:
    """The same for every version of every step."""
    for address, service in library.services.items():
        for step in service.steps:
            faults = client_faults(step.client.fi)
            yield from (f"{address} {step.id}: {f}: {step.client.fi}" for f in faults)


def test_a_client_is_told_one_or_two_things_to_do(library):
    """A verb first or the one who acts, two sentences at most, no amounts and no sanctions."""
    assert list(all_client_faults(library)) == []
    assert sum(len(service.steps) for service in library.services.values()) > 120


@pytest.mark.parametrize(
    "text",
    [
        "Kerro tilanteesi. Kysy neuvoa. Tule takaisin.", "Sinun pitää tulla tapaamiseen.",
        "Voit saada tukea.", "Saat 9 euroa päivältä.", "Tule. Muuten saat karenssin.",
        "Tule ajoissa. Muuten menetät 7 päivää.", "Tule. Velvoite kestää 6 viikkoa.",
    ],
)  # fmt: skip
def test_a_wrong_text_for_a_client_is_noticed(text):
    """Control: too long, no verb first, an amount, a sanction."""
    assert list(client_faults(text))
    assert list(client_faults("Kerro [tästä. Nyt](term:ips) hänelle. Kysy lisää.")) == []


# Where the umbrella paths lead

LED_TO = {
    "keski-suomi/palvelupolku": {
        "keski-suomi/kuntouttava-tyotoiminta",
        "keski-suomi/kehitysvammaisten-tyotoiminta-ja-tyohonvalmennus",
        "keski-suomi/vammaisten-tyollistymista-tukeva-toiminta",
        "keski-suomi/vammaisten-tyotoiminta",
        "keski-suomi/tyokyvyn-tuen-tiimi",
    },
    "helsinki/palvelupolku": {
        "helsinki/kuntouttava-tyotoiminta",
        "helsinki/tuetun-tyollistymisen-palvelu",
        "helsinki/kehitysvammaisten-tyotoiminta-ja-tyohonvalmennus",
        "helsinki/vammaisten-tyotoiminta",
        "helsinki/vammaisten-tyollistymista-tukeva-toiminta",
    },
}
"""What the projects' own pages name: three descriptions and the team; five groups of clients."""
JOBCENTER = "helsinki/jobcenter-malli"
RETURNS = {
    "helsinki/kuntouttava-tyotoiminta",
    "helsinki/vammaisten-tyotoiminta",
    "helsinki/vammaisten-tyollistymista-tukeva-toiminta",
    "helsinki/kehitysvammaisten-tyotoiminta-ja-tyohonvalmennus",
}


def missing_ways(library: Library) -> Iterator[str]:
    """The services that an umbrella path or Jobcenter should lead to on a day and does not."""
    for address, wanted in {**LED_TO, JOBCENTER: RETURNS}.items():
        for day in DAYS:
            service = service_on(library, address, day)
            led = {target for _, _, target in leads(service, address.partition("/")[0])}
            yield from (f"{address} {day}: {target}" for target in sorted(wanted - led))


def test_the_umbrella_paths_lead_to_everything_they_gather(library):
    """Every service that the project's page names is one choice away, on each of the days."""
    assert list(missing_ways(library)) == []
    for address in LED_TO:
        assert library.services[address].nature == "umbrella"


def test_one_may_return_from_jobcenter_to_the_service_one_came_from(library):
    """Too hard or over: back to each kind of work activity, by the words ”palaat …”."""
    service = service_on(library, JOBCENTER, DAY)
    ways = list(leads(service, "helsinki"))
    back = {t: choice.condition.fi for _, choice, t in ways if t in RETURNS and choice.condition}
    assert back.keys() == RETURNS
    assert all(words.startswith("palaat ") for words in back.values())
    hard = [
        (step.id, choice.condition.fi) for step, choice, t in ways if t == "paluu-tyotoimintaan"
    ]
    assert hard == [("palkkatyo-ryhmassa", "työ on liian raskasta")]


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("keski-suomi/palvelupolku.yml", "  - service: tyokyvyn-tuen-tiimi\n"),
        ("helsinki/palvelupolku.yml", "  - service: tuetun-tyollistymisen-palvelu\n"),
        ("helsinki/jobcenter-malli.yml", "  - service: vammaisten-tyotoiminta\n"),
    ],
)
def test_a_way_that_is_gone_is_noticed(files, file, target):
    """Control: a choice leads elsewhere."""
    broken = with_text(files, file, target, "  - outcome: muu-palvelu\n")
    assert len(list(missing_ways(read(broken).library))) == len(DAYS)
