"""The whole pipeline as one pure function: files of YAML → everything that is to be published."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rjsmin import jsmin

from palvelupolku import (
    advice,
    clarity,
    comparing,
    contrast,
    grounds,
    lists,
    meeting,
    outline,
    overviews,
    readiness,
    references,
    regions,
    soundness,
    validity,
)
from palvelupolku.clear import VERSION, clear, plainest
from palvelupolku.contrast import painted
from palvelupolku.dated import library_on
from palvelupolku.embed import GUIDE as EMBED
from palvelupolku.embed import embeds, guide
from palvelupolku.errors import Mark, PathError, Problem, suggestion
from palvelupolku.form import ADDRESS as FORM
from palvelupolku.form import form
from palvelupolku.library import Library
from palvelupolku.municipalities import municipalities, with_towns
from palvelupolku.network import arrivals, findings
from palvelupolku.pages import Press, graphs_of
from palvelupolku.places import STATEMENT
from palvelupolku.published import SETTINGS, Page, Settings, Site
from palvelupolku.records import index_data, service_data, step_names, to_json
from palvelupolku.resources import ASSETS
from palvelupolku.reviews import due
from palvelupolku.schemas import any_service, schemas
from palvelupolku.sheet import sheets
from palvelupolku.source import Reading, read
from palvelupolku.towns import towns
from palvelupolku.writing import environment

AUDIENCES = (
    ("ammattilaiselle/", "Ammattilaiselle", "Näin luet polkua ja opit palvelut nopeasti."),
    ("kunnalle/", "Kunnalle ja hyvinvointialueelle", "Ota yhteinen kuvaus käyttöön ja täydennä."),
    ("asiakkaalle/", "Asiakkaalle", "Valitse palvelu ja katso, mitä tapahtuu."),
    ("tietoa/", "Tietoa sivustosta", "Tiedon alkuperä, tietosuoja ja saavutettavuus."),
)
REFERENCES = (
    ("sanasto/", "Sanasto", "Sivuston sanat suomeksi, ruotsiksi ja englanniksi."),
    ("toimijat/", "Toimijat", "Ketkä toimivat poluilla ja mitä he tekevät."),
    ("lait/", "Lait", "Säädökset, joihin palvelut perustuvat."),
    ("lahteet/", "Lähteet", "Mistä sivuston tiedot ovat peräisin ja kuinka varmoja ne ovat."),
)
REMARKS = ("huomautukset/", "Huomautukset kirjoittajille", "Mitä kannattaa vielä katsoa.")
IDENTIFIERS = ("tunnukset/", "Tunnukset", "Palvelujen, vaiheiden ja luetteloiden tunnukset.")
NETWORK = (
    "verkkona/",
    "Palvelut verkkona",
    "Mihin palvelut johtavat, ja missä voi kiertää.",
)
REVIEWS = (
    "tarkistettavat/",
    "Tarkistettavat",
    "Missä tilassa kuvaukset ovat, ja mitä niistä puuttuu ennen julkaisua.",
)
UNKNOWN = ("mita-emme-tieda/", "Mitä emme tiedä", "Kysymykset, joihin lähteet eivät vastaa.")
ACCESSIBILITY = (
    "saavutettavuusseloste/",
    "Saavutettavuusseloste",
    "Miten sivustoa voi käyttää ja kenelle puutteista kerrotaan.",
)
_OWN = (
    *AUDIENCES, *REFERENCES, REMARKS, REVIEWS, IDENTIFIERS, NETWORK, UNKNOWN, ACCESSIBILITY,
    FORM, EMBED,
)  # fmt: skip
SITE_NAMES = {address.partition("/")[0] for address, _, _ in _OWN}
_DEFAULTS = Settings()


def check(
    files: Mapping[str, bytes],
    day: date,
    below: Mapping[str, bytes] | None = None,
    today: date | None = None,
) -> Reading:
    """Return everything read, with every problem of every file on every day that matters.

    `below` are the shared files that the own ones add to, when they do not stand alone. `today` is
    the day of the calendar, where another is shown.
    """
    reading = read(files, below)
    found = [*references.check(reading), *grounds.check(reading), *_taken(reading)]
    for document in reading.documents.values():
        found += [*advice.garbled(document), *advice.quoted(document), *advice.personal(document)]
    if not any(problem.file == STATEMENT for problem in reading.errors):
        found += advice.statement(reading.library, reading.documents.get(STATEMENT), day)
    found += [*comparing.check(reading, day), *meeting.check_towns(reading, day)]
    found += [*contrast.check(reading), *readiness.check(reading, day, today or day)]
    for name, region_model in reading.library.regions.items():
        found += validity.check_roles(region_model, reading.documents[f"{name}/region.yml"])
    for address, service, document in reading.service_files():
        region = address.partition("/")[0]
        found += validity.check(service, document)
        found += advice.check(service, document, reading.library, day)
        found += meeting.check(service, document, day)
        days, too_many = validity.days_to_check(service, day, document)
        found += too_many
        for turning_day in days:
            found += soundness.check(service, turning_day, region, document)
            found += references.check_links_on(service, turning_day, document)
    reading.problems += [*found, *clarity.check(reading, day)]
    unique = dict.fromkeys(reading.problems)
    reading.problems = sorted(unique, key=lambda p: (p.rank >= 0, p.file, p.rank, p.mark, p.rule))
    return reading


def _taken(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a region whose address belongs to a page of the site itself."""
    for name in sorted(SITE_NAMES & reading.library.regions.keys()):
        hint = "Anna alueen kansiolle toinen nimi."
        document = reading.documents[f"{name}/region.yml"]
        yield document.problem((), f"Tunnus ”{name}” on varattu.", "file-name", hint)


def build(
    files: Mapping[str, bytes],
    day: date,
    settings: Settings = _DEFAULTS,
    below: Mapping[str, bytes] | None = None,
    today: date | None = None,
) -> Site:
    """Return the site of the files as it stands on a day.

    `files` are YAML texts by name relative to `paths/`, `below` the shared ones that they add to,
    when they do not stand alone; `today` is the day of the calendar, where another is shown.
    Raises `PathError` with every error.
    """
    reading = check(files, day, below, today)
    reading.problems += lost_regions(reading.library, settings.menu)
    if reading.errors:
        raise PathError(reading.errors)
    library = library_on(reading.library, day)
    graphs = graphs_of(library)
    own = sorted(name for name, region in library.regions.items() if not region.neighbours)
    found = {name: findings(name, library, graphs) for name in own}
    press = Press(
        environment(settings.templates), library, reading.library, graphs, found,
        arrivals(library), day, settings, towns(library),
    )  # fmt: skip
    there = with_towns(press)
    simple = plainest(there)
    pages = {page.address: page for page in _pages(press, there, simple, reading.warnings)}
    waiting = due(press, *REVIEWS, readiness.waiting(reading, day))
    pages[waiting.address] = waiting
    shown = settings.menu or own
    return Site(
        pages,
        _data(press, there) | _assets(there) | sheets(simple) | embeds(there, pages),
        menu=(*_named(library, shown), ("Sanasto", "sanasto/")),
        more=_named(library, sorted(library.regions.keys() - set(shown))),
    )


def lost_regions(library: Library, menu: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for a region that the menu names and nobody describes."""
    for name in menu:
        if name not in library.regions:
            told = f"Valikon aluetta ”{name}” ei ole."
            known = f"Alueet ovat {', '.join(sorted(library.regions))}."
            hint = suggestion(name, library.regions) or known
            yield Problem(SETTINGS, Mark(), told, "menu", hint, at=("menu", name))


def _pages(press: Press, there: Press, simple: Press, warnings: list[Problem]) -> list[Page]:
    """Return every page of the site.

    `there` knows what services are in the municipalities, `simple` the same in plain words.
    """
    pages = [lists.front(press)]
    pages += [lists.audience(press, *words) for words in AUDIENCES]
    pages += [lists.reference(press, *words) for words in REFERENCES]
    pages += [lists.remarks(press, *REMARKS, warnings), lists.statement(press, *ACCESSIBILITY)]
    pages += [form(press), guide(there), lists.identifiers(press, *IDENTIFIERS)]
    pages += [overviews.network(press, *NETWORK), overviews.unknown(press, *UNKNOWN)]
    pages += [page for name in press.findings for page in municipalities(press, name)]
    actors = press.library.catalogue.actors.items()
    pages += [overviews.actor(press, name) for name, actor in actors if not actor.role]
    pages += [regions.region(press, *named) for named in sorted(press.library.regions.items())]
    pages += [press.service(a, s) for a, s in sorted(press.library.services.items())]
    pages += [there.service(a, local.service) for a, local in there.towns.locals.items()]
    pages += [clear(simple, a, s) for a, s in simple.library.services.items()]
    for address, service in sorted(there.library.services.items()):
        for old in there.towns.old(address, service):
            pages += [
                lists.moved(press, old + v, address + v, service) for v in ("/", f"/{VERSION}")
            ]
    return pages


def _named(library: Library, regions: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the name and the address of each region."""
    return tuple((library.regions[name].name.fi, f"{name}/") for name in regions)


def _data(press: Press, there: Press) -> dict[str, bytes]:
    texts = {"data/index.json": to_json(index_data(press.library, press.day))}
    texts["data/names.json"] = to_json(step_names(there.library, there.towns))
    shapes = schemas() | {"kuvaus": any_service()}
    texts |= {f"data/{n}.schema.json": to_json(schema) for n, schema in shapes.items()}
    for address, service in sorted(press.library.services.items()):
        path = press.graphs[address]
        data = service_data(address, service, path, press.library, press.day)
        texts[f"data/{address}.json"] = to_json(data)
        if service.steps:
            texts[f"data/{address}.txt"] = outline.outline(service, path, press.library)
    return {name: text.encode() for name, text in texts.items()}


def _assets(press: Press) -> dict[str, bytes]:
    """Return the styles, the scripts and the fonts; one marks as many steps as paths have."""
    longest = max((len(g.steps) for g in press.graphs.values()), default=0)
    marks = press.environment.get_template("marks.css.j2").render(longest=longest)
    files = {
        f"assets/{path.relative_to(ASSETS).as_posix()}": path.read_bytes()
        for path in sorted(ASSETS.rglob("*"))
        if path.is_file() and not path.name.endswith(".d.ts")
    }
    style = painted(files["assets/palvelupolku.css"].decode(), press.library.colours)
    styles = {
        "assets/palvelupolku.css": squeeze(style).encode(),
        "assets/marks.css": squeeze(marks).encode(),
    }
    scripts = {
        name: jsmin(content.decode()).encode()
        for name, content in files.items()
        if name.endswith(".js") and "/vendor/" not in name
    }
    return files | scripts | styles


def squeeze(style: str) -> str:
    """Return the style sheet without comments and indentation."""
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)).strip() + "\n"
