"""The pages of municipalities: who offers what, and how it differs from the unified one."""

from collections.abc import Iterator
from dataclasses import replace

from palvelupolku.fields import full_address
from palvelupolku.finnish import sort_key
from palvelupolku.graph import to_graph
from palvelupolku.mirror import AVAILABLE, STATES
from palvelupolku.pages import Press, by_name
from palvelupolku.published import Heading, Page
from palvelupolku.records import SearchRecord
from palvelupolku.region import Municipality, Presence
from palvelupolku.towns import Local
from palvelupolku.writing import Desk

SHEET = "itsearviointi"
"""The address of the empty sheet among a region's municipalities; no municipality has that id."""


def with_towns(press: Press) -> Press:
    """Return the press to whose library the services of the municipalities belong as well."""
    services = {address: local.service for address, local in press.towns.locals.items()}
    graphs = {a: to_graph(service, press.towns.home(a)) for a, service in services.items()}
    kept = {"services": {**press.library.services, **services}}
    library = press.library.model_copy(update=kept)
    return replace(press, library=library, graphs={**press.graphs, **graphs})


def municipalities(press: Press, region_id: str) -> Iterator[Page]:
    """Yield the pages of a region's municipalities; none where nothing is known of any of them."""
    found = press.library.regions[region_id].municipalities
    told = {
        name: list(press.towns.of(region_id, name))
        for name in found
        if f"{region_id}/{name}" in press.library.supplements
    }
    if not told and not any(town.services for town in found.values()):
        return
    yield _table(press, region_id, told)
    yield _sheet(press, region_id)
    for name, locals_there in told.items():
        yield _town(press, region_id, name, locals_there)


def _table(press: Press, region_id: str, told: dict[str, list[Local]]) -> Page:
    """Return the page of all services and all municipalities of a region."""
    region = press.library.regions[region_id]
    address, heading = f"{region_id}/kunnat/", f"Missä kunnassa: {region.name.fi}"
    summary = "Mitä lähteet ja kunnat kertovat palveluista kunnittain."
    seen = {
        name: _presences(town, told.get(name, []), region_id)
        for name, town in region.municipalities.items()
    }
    places = {place for found in seen.values() for place in found}
    columns = sorted(((press.library.services[p].name.fi, p) for p in places), key=by_name)
    silent = ((s.name.fi, a) for a, s in press.paths_of(region_id) if a not in places)
    body = press.render(
        "kunnat.html.j2", Desk(address, press.library, region_id), title=heading, summary=summary,
        region=region, region_id=region_id, columns=columns, seen=seen, available=AVAILABLE,
        rows=sorted(region.municipalities.items(), key=_by_town), told=told,
        sheet=f"{address}{SHEET}/", silent=sorted(silent, key=by_name),
        own={(local.town, local.shared): local for local in press.towns.locals.values()},
    )  # fmt: skip
    names = " ".join(town.name.fi for town in region.municipalities.values())
    record = SearchRecord(address, heading, region.name.fi, names)
    return Page(address, heading, summary, "reference", body, records=(record,))


def _presences(town: Municipality, told: list[Local], region_id: str) -> dict[str, Presence]:
    """Return what is known of each service in a municipality; what it says itself comes first."""
    found = {full_address(p.service, region_id): p for p in town.services}
    return found | {local.shared: local.supply for local in told}


def _by_town(entry: tuple[str, Municipality]) -> str:
    return sort_key(entry[1].name.fi)


def _sheet(press: Press, region_id: str) -> Page:
    """Return the empty sheet on which a municipality compares its practice, to fill on paper."""
    region = press.library.regions[region_id]
    address = f"{region_id}/kunnat/{SHEET}/"
    heading = f"Itsearviointi: {region.name.fi}"
    summary = "Lomake, jolla kunta vertaa omaa käytäntöään yhteiseen kuvaukseen."
    paths = [(press.library.services[a], a, press.graphs[a]) for a, _ in press.paths_of(region_id)]
    body = press.render(
        "itsearviointi.html.j2", Desk(address, press.library, region_id), title=heading,
        summary=summary, region=region, region_id=region_id, states=STATES, available=AVAILABLE,
        paths=sorted(paths, key=lambda path: by_name((path[0].name.fi, path[1]))),
    )  # fmt: skip
    return Page(address, heading, summary, "reference", body)


def _town(press: Press, region_id: str, name: str, told: list[Local]) -> Page:
    """Return the page of a municipality: its services, and its mirror step by step."""
    region = press.library.regions[region_id]
    town = region.municipalities[name]
    address, heading = f"{region_id}/kunnat/{name}/", f"{town.name.fi}: palvelut ja peili"
    summary = f"{town.name.fi} ja yhteiset kuvaukset: mikä on samaa ja mikä toisin."
    nearer = {local.shared: local.address for local in told}
    desk = Desk(address, press.library, region_id, nearer)
    body = press.render(
        "kunta.html.j2", desk, title=heading, summary=summary,
        region=region, region_id=region_id, town=town, told=told, states=STATES,
        review=press.library.supplements[f"{region_id}/{name}"].review, available=AVAILABLE,
        place_name=lambda place: press.place(desk, full_address(place, region_id))[0],
        sheet=f"{region_id}/kunnat/{SHEET}/",
    )  # fmt: skip
    words = " ".join(local.service.name.fi for local in told)
    record = SearchRecord(address, heading, region.name.fi, words)
    headings = tuple(
        Heading(2, f"peili-{local.id}", local.service.name.fi) for local in told if local.compared
    )
    return Page(address, heading, summary, "reference", body, headings, (record,))
