"""Models, drawings and outlines → finished pages. Composes only: every text comes from below."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from jinja2 import Environment
from markupsafe import Markup

from palvelupolku import outline
from palvelupolku.diagram import STEP_ANCHOR, draw_map, draw_path
from palvelupolku.finnish import sort_key
from palvelupolku.graph import Node, PathGraph, to_graph
from palvelupolku.model import Library, Region, Service, Stage
from palvelupolku.published import Heading, Page
from palvelupolku.records import SearchRecord, path_records
from palvelupolku.writing import Desk

STAGES: dict[Stage, str] = {
    "guidance": "Ohjaus ja selvitys",
    "planning": "Suunnitelma",
    "activity": "Toiminta ja osallisuus",
    "employment": "Työllistymisen tuki",
    "outcome": "Työ ja opiskelu",
}
NATURES = {
    "statutory-service": "Lakisääteinen palvelu",
    "working-method": "Työmenetelmä",
    "project-model": "Hankkeen malli",
    "neighbour": "Naapuripalvelu",
}
_SERVICES_HEADING = Heading(2, "palvelut", "Palvelut")
_MENU_LIMIT = 8
_DIAGRAM_IDS = ("kaavio", "kaavio-selitys")

# The groups of claims on a service's page: the key of the model, its anchor and its heading.
FACTS = (
    ("about", "mika", "Mitä tämä on"),
    ("boundaries", "ei-ole", "Mitä tämä ei ole"),
    ("audience", "kenelle", "Kenelle"),
    ("entry", "miten", "Miten palveluun pääsee"),
)
DETAILS = (
    ("money", "raha", "Raha ja maksut"),
    ("duration", "kesto", "Kesto ja määrä"),
    ("rights", "oikeudet", "Oikeutesi ja päätökset"),
    ("competence", "osaaminen", "Osaaminen näkyväksi"),
    ("quality", "laatu", "Laatu"),
    ("changes", "muutokset", "Mitä on muuttunut ja milloin"),
)
_SECTIONS = tuple(s for s in (*FACTS, *DETAILS) if s[0] not in ("about", "audience"))
"""What the search finds on its own; what a service is and for whom belongs to the service."""


@dataclass(frozen=True)
class Press:
    """What writes pages: the templates, the library on one day, and its path graphs."""

    environment: Environment
    library: Library
    graphs: dict[str, PathGraph]
    day: date

    def render(self, template: str, desk: Desk, **context: object) -> str:
        """Return a template written out for the page whose desk this is."""
        words = {"desk": desk, "library": self.library, "day": self.day, "natures": NATURES}
        return self.environment.get_template(template).render(**words, **context)

    def service(self, address: str, service: Service) -> Page:
        """Return the page of a service: with its path, or as a card when it has no steps."""
        region = address.partition("/")[0]
        desk = Desk(f"{address}/", self.library, region)
        graph = self.graphs[address]
        body = self.render(
            "service.html.j2",
            desk,
            service=service,
            region=self.library.regions[region],
            region_id=region,
            siblings=self._siblings(address),
            graph=graph,
            drawing=self._drawing(desk, graph) if service.steps else "",
            facts=FACTS,
            details=DETAILS,
            has_details=bool(
                service.laws or service.links or any(getattr(service, key) for key, *_ in DETAILS)
            ),
            phases=outline.PHASES,
            ways={e: outline.way(e, graph, self.library) for e in graph.edges},
            name_of=lambda target: outline.target_name(target, graph, self.library),
            href_of=lambda target: self._href(desk, outline.node_of(target, graph)),
            data=desk.to(f"data/{address}.json"),
            text=desk.to(f"data/{address}.txt"),
        )
        return Page(
            f"{address}/", service.name.fi, service.summary.fi,
            "path" if service.steps else "card", body, self._headings(service, graph),
            tuple(path_records(address, service, graph, self.library, _SECTIONS)),
        )  # fmt: skip

    def _drawing(self, desk: Desk, graph: PathGraph) -> Markup:
        svg = draw_path(
            self.environment, graph, self.library,
            lambda node: self._href(desk, node), names=_DIAGRAM_IDS,
        )  # fmt: skip
        return Markup(svg)  # noqa: S704 - our own template, escaped there

    def _href(self, desk: Desk, node: Node) -> str:
        if node.step:
            return f"#{STEP_ANCHOR}{node.id}"
        return desk.find(node.kind, str(node.target))

    def _siblings(self, address: str) -> list[tuple[str, str]]:
        """Return some other paths of the region: few, so that a page's weight stays bounded."""
        paths = self.paths_of(address.partition("/")[0])
        names = ((s.name.fi, a) for a, s in paths if a != address)
        return sorted(names, key=by_name)[:_MENU_LIMIT]

    def _headings(self, service: Service, graph: PathGraph) -> tuple[Heading, ...]:
        found = [Heading(2, i, n) for key, i, n in FACTS if getattr(service, key)]
        if service.steps:
            found += [Heading(2, "kaavio", "Polku kuvana"), Heading(2, "vaiheet", "Vaiheet")]
            found += [
                Heading(3, f"{STEP_ANCHOR}{n.id}", f"{n.number}. {n.step.name.fi}")
                for n in graph.steps
                if n.step
            ]
        return (*found, *(Heading(2, i, n) for key, i, n in DETAILS if getattr(service, key)))

    def region(self, name: str, region: Region) -> Page:
        """Return the page of a region: its clickable map and its services by stage."""
        desk = Desk(f"{name}/", self.library, name)
        own = {a: s for a, s in self.library.services.items() if a.startswith(f"{name}/")}
        stages = [
            (
                heading,
                sorted(((s.name.fi, a) for a, s in own.items() if s.stage == stage), key=by_name),
            )
            for stage, heading in STAGES.items()
        ]
        drawing = Markup(self._map(desk, name, own))  # noqa: S704 - our own template
        body = self.render(
            "region.html.j2", desk, region=region, name=name,
            stages=[(heading, found) for heading, found in stages if found],
            drawing=drawing,
            graphs=self.graphs,
        )  # fmt: skip
        record = SearchRecord(f"{name}/", region.name.fi, "Alue", region.summary.fi)
        return Page(
            f"{name}/", region.name.fi, region.summary.fi, "region", body,
            (*([Heading(2, "kartta", "Palvelut kartalla")] if drawing else []), _SERVICES_HEADING),
            (record,),
        )  # fmt: skip

    def _map(self, desk: Desk, name: str, own: dict[str, Service]) -> str:
        links = sorted(
            {(a, n.target) for a in own for n in self.graphs[a].nodes if self._on_map(n.target)}
        )
        if not links:
            return ""
        shown = sorted({place for link in links for place in link} | set(own))
        columns = [
            (heading, [p for p in shown if self._stage(p) == stage])
            for stage, heading in STAGES.items()
        ]
        return draw_map(
            self.environment,
            [(heading, places) for heading, places in columns if places],
            links,
            self.library,
            lambda place: desk.find("service" if "/" in place else "outcome", place),
            region=name,
            names=("kartta", "kartta-selitys"),
        )

    def _on_map(self, target: str | None) -> TypeGuard[str]:
        outcome = self.library.catalogue.outcomes.get(target or "")
        return target is not None and (outcome is None or outcome.on_map)

    def _stage(self, place: str) -> Stage:
        service = self.library.services.get(place)
        return service.stage if service else "outcome"

    def paths_of(self, region: str) -> Iterator[tuple[str, Service]]:
        """Yield the services of a region that have a path, with their addresses."""
        for address, service in self.library.services.items():
            if address.startswith(f"{region}/") and service.steps:
                yield address, service


def by_name(entry: tuple[str, str]) -> tuple[str, str]:
    """Return the key that sorts (name, address) by name in Finnish order."""
    return sort_key(entry[0]), entry[1]


def graphs_of(library: Library) -> dict[str, PathGraph]:
    """Return the path graph of every service, by address."""
    return {a: to_graph(s, a.partition("/")[0]) for a, s in sorted(library.services.items())}
