"""The page of a region: its clickable map and its services by stage."""

from markupsafe import Markup

from palvelupolku.diagram import draw_map
from palvelupolku.graph import leads
from palvelupolku.model import Service, Stage
from palvelupolku.network import FRAMES
from palvelupolku.pages import Press, by_name
from palvelupolku.published import Heading, Page
from palvelupolku.records import SearchRecord
from palvelupolku.region import Region
from palvelupolku.writing import Desk

STAGES: dict[Stage, str] = {
    "guidance": "Ohjaus ja selvitys",
    "planning": "Suunnitelma",
    "activity": "Toiminta ja osallisuus",
    "employment": "Työllistymisen tuki",
    "outcome": "Työ ja opiskelu",
}
_SERVICES_HEADING = Heading(2, "palvelut", "Palvelut")


def region(press: Press, name: str, region: Region) -> Page:
    """Return the page of a region: its clickable map and its services by stage."""
    desk = Desk(f"{name}/", press.library, name)
    every = {a: s for a, s in press.library.services.items() if a.startswith(f"{name}/")}
    own = {a: s for a, s in every.items() if s.nature not in FRAMES}
    stages = [
        (
            heading,
            sorted(((s.name.fi, a) for a, s in own.items() if s.stage == stage), key=by_name),
        )
        for stage, heading in STAGES.items()
    ]
    drawing = "" if region.neighbours else _map(press, desk, name, own)
    body = press.render(
        "region.html.j2", desk, region=region, name=name,
        stages=[(heading, found) for heading, found in stages if found],
        has_towns=any(
            town.services or f"{name}/{town_id}" in press.library.supplements
            for town_id, town in region.municipalities.items()
        ),
        frames=[(a, s) for a, s in sorted(every.items()) if s.nature in FRAMES],
        drawing=drawing,
        graphs=press.graphs,
    )  # fmt: skip
    record = SearchRecord(f"{name}/", region.name.fi, "Alue", region.summary.fi)
    return Page(
        f"{name}/", region.name.fi, region.summary.fi, "region", body,
        (*([Heading(2, "kartta", "Palvelut kartalla")] if drawing else []), _SERVICES_HEADING),
        (record,),
    )  # fmt: skip


def _map(press: Press, desk: Desk, name: str, own: dict[str, Service]) -> Markup:
    links = sorted(
        {(a, t) for a, s in own.items() for *_, t in leads(s, name) if _on_map(press, t)}
    )
    if not links:
        return Markup()
    shown = sorted({place for link in links for place in link} | set(own))
    columns = [
        (heading, [p for p in shown if _stage(press, p) == stage])
        for stage, heading in STAGES.items()
    ]
    drawing = draw_map(
        [(heading, places) for heading, places in columns if places],
        links,
        press.library,
        region=name,
        names=("kartta", "kartta-selitys"),
    )

    def link(place: str) -> dict[str, str]:
        return desk.link(desk.find("service" if "/" in place else "outcome", place))

    return drawing.svg(press.environment, link)


def _on_map(press: Press, target: str) -> bool:
    service = press.library.services.get(target)
    if service:
        return service.nature not in FRAMES
    return press.library.catalogue.outcomes[target].on_map


def _stage(press: Press, place: str) -> Stage:
    service = press.library.services.get(place)
    return service.stage if service else "outcome"
