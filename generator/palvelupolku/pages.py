"""Models, drawings and outlines → finished pages. Composes only: every text comes from below."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode, urljoin, urlsplit

from jinja2 import Environment

from palvelupolku import outline, walking
from palvelupolku.diagram import STEP_ANCHOR, Drawing, draw_path
from palvelupolku.fields import Text, full_address
from palvelupolku.finnish import sort_key
from palvelupolku.graph import CARD, Node, PathGraph, to_graph, ways_on
from palvelupolku.history import turns
from palvelupolku.library import Library
from palvelupolku.mirror import HERE
from palvelupolku.model import Service
from palvelupolku.network import Findings
from palvelupolku.progress import ahead, in_words
from palvelupolku.prose import plain
from palvelupolku.published import Heading, Page, PageKind, Settings
from palvelupolku.records import path_records
from palvelupolku.towns import Local, Towns
from palvelupolku.writing import Desk

NATURES = {
    "statutory-service": "Lakisääteinen palvelu",
    "working-method": "Työmenetelmä",
    "project-model": "Hankkeen malli",
    "programme": "Hanke",
    "umbrella": "Palvelujen yhteinen polku",
    "neighbour": "Valtakunnallinen palvelu",
}
_MENU_LIMIT = 8
_DIAGRAM_IDS = ("kaavio", "kaavio-selitys")

# The groups of claims on a service's page: the key of the model, its anchor and its heading.
FACTS = (
    ("about", "mika", "Mitä tämä on"),
    ("boundaries", "ei-ole", "Mitä tämä ei ole"),
    ("audience", "kenelle", "Kenelle"),
    ("entry", "miten", "Miten palveluun pääsee"),
    ("goals", "tavoitteet", "Tavoitteet"),
)
GIST = ("mihin", "Mitä tapahtuu ja mihin tämä johtaa")
DETAILS = (
    ("money", "raha", "Raha ja maksut"),
    ("duration", "kesto", "Kesto ja määrä"),
    ("rights", "oikeudet", "Oikeutesi ja päätökset"),
    ("competence", "osaaminen", "Osaaminen näkyväksi"),
    ("quality", "laatu", "Laatu"),
)
CHANGES = ("changes", "muutokset", "Mitä on muuttunut ja milloin")
_SECTIONS = tuple(s for s in (*FACTS, *DETAILS, CHANGES) if s[0] not in ("about", "audience"))
"""What the search finds on its own; what a service is and for whom belongs to the service."""


@dataclass(frozen=True)
class Press:
    """What writes pages: the templates, the library on one day, and its path graphs."""

    environment: Environment
    library: Library
    declared: Library
    """The library with every version of everything, for what has changed."""
    graphs: dict[str, PathGraph]
    findings: dict[str, Findings]
    """What the whole of each region tells, by the region's id."""
    arrivals: dict[str, tuple[str, ...]]
    """What leads to a service or an outcome, by address or id."""
    day: date
    settings: Settings
    towns: Towns = field(default_factory=Towns)
    """The services that municipalities tell of."""

    def desk(self, address: str, version: str = "", frame: str = "") -> Desk:
        """Return the desk of a service's page; in a municipality links lead to its own pages."""
        region, nearer = self.towns.home(address), self.towns.nearer(address)
        return Desk(f"{address}/{version}", self.library, region, nearer, frame=frame)

    def render(self, template: str, desk: Desk, **context: object) -> str:
        """Return a template written out for the page whose desk this is."""
        words = {"desk": desk, "library": self.library, "day": self.day, "natures": NATURES}
        words |= {"feedback": self._feedback(desk), "credit": self.settings.credit}
        return self.environment.get_template(template).render(**words, **context)

    def _feedback(self, desk: Desk) -> Callable[[str], str]:
        """Return what gives the address at which to tell of an error in a part of a page."""

        def address(fragment: str) -> str:
            if not self.settings.feedback_url:
                return ""
            asked = urlsplit(self.settings.feedback_url)
            place = urlencode({"kohta": desk.address + fragment})
            return asked._replace(query="&".join(filter(None, (asked.query, place)))).geturl()

        return address

    def service(self, address: str, service: Service) -> Page:
        """Return the page of a service: with its path, or as a card when it has no steps."""
        desk, graph = self.desk(address), self.graphs[address]
        shared, local = self.towns.shared(address), self.towns.locals.get(address)
        drawing = self._drawing(graph, local) if service.steps else None
        body = self.render(
            "service.html.j2",
            desk,
            **self.path(desk, address, drawing),
            siblings=self._siblings(address),
            facts=FACTS,
            details=DETAILS,
            changes=CHANGES,
            turns=turns(self.declared, shared, self.day),
            arrivals=sorted(
                (self.place(desk, a) for a in self.arrivals.get(shared, ())), key=by_name
            ),
            gist=outline.gist(service, graph),
            gist_heading=GIST,
            data=desk.to(f"data/{shared}.json"),
            text=desk.to(f"data/{shared}.txt"),
        )
        kind: PageKind = "local" if local else "path" if service.steps else "card"
        found = path_records(address, service, graph, self.library, _SECTIONS) if not local else ()
        return Page(
            desk.address, self.towns.title(address, service), service.summary.fi, kind, body,
            self._headings(service, graph), tuple(found), drawing,
        )  # fmt: skip

    def path(
        self, desk: Desk, address: str, drawing: Drawing | None = None, *, version: str = ""
    ) -> dict[str, object]:
        """Return what the pages of a service share: its path, and the words of walking it.

        A choice leads to the same version of another service: `version` ends its address.
        """
        service, graph = self.library.services[address], self.graphs[address]
        region, gone = self.towns.home(address), self.towns.gone(address)

        def link(target: str) -> str:
            node = outline.node_of(target, graph)
            if node.kind != "service":
                return self._href(desk, node)
            return desk.to(f"{desk.nearest(str(node.target))}/{version}")

        def onward(place: str) -> tuple[str, str]:
            name, whole = self.place(desk, place)
            return name, desk.to(f"{desk.nearest(place)}/{version}") if "/" in place else whole

        return {
            "service": service,
            "service_address": address,
            "suffix": version,
            "region": self.library.regions[region],
            "region_id": region,
            "local": self.towns.locals.get(address),
            "here": HERE,
            "graph": graph,
            "drawing": drawing and drawing.svg(self.environment, lambda n: desk.link(link(n))),
            "pdf": desk.to(paper_of(address)),
            "phases": outline.PHASES,
            "place_name": lambda place: self.place(desk, full_address(place, desk.region))[0],
            "card": CARD,
            "onward": [(edge, *onward(target)) for edge, target in ways_on(service, region)],
            "name_of": lambda target: outline.target_name(target, graph, self.library, gone),
            "href_of": link,
            "ahead": in_words(ahead(graph)),
            "roles": walking.roles(graph, self.library),
            "walk_words": walking.WORDS,
            "simple": simple,
            **self._sheet(desk),
        }

    def _sheet(self, desk: Desk) -> dict[str, object]:
        """Return the page's whole address and its code to scan, where the site's place is known."""
        if not self.settings.site_url:
            return {"whole_address": "", "code": ""}
        whole = urljoin(self.settings.site_url, desk.address)
        return {"whole_address": whole, "code": walking.code(whole)}

    def place(self, desk: Desk, target: str) -> tuple[str, str]:
        """Return the name and the link of a service (by address) or an outcome (by id).

        A service of another region is named with its region.
        """
        if target in self.library.services:
            home, name = target.partition("/")[0], self.library.services[target].name.fi
            region = self.library.regions[home]
            if home != desk.region and not region.neighbours:
                name = f"{name} ({region.name.fi})"
            return name, desk.to(f"{desk.nearest(target)}/")
        name = self.library.catalogue.outcomes[target].name.fi
        return name, desk.find("outcome", target)

    def _drawing(self, graph: PathGraph, local: Local | None) -> Drawing:
        told = {"notes": local.notes, "gone": local.gone} if local else {}
        return draw_path(graph, self.library, names=_DIAGRAM_IDS, **told)

    def _href(self, desk: Desk, node: Node) -> str:
        if node.step:
            return f"#{STEP_ANCHOR}{node.id}"
        return desk.find(node.kind, str(node.target))

    def _siblings(self, address: str) -> list[tuple[str, str]]:
        """Return some other paths of the region: few, so that a page's weight stays bounded."""
        paths = self.paths_of(address.rpartition("/")[0])
        names = ((s.name.fi, a) for a, s in paths if a != address)
        return sorted(names, key=by_name)[:_MENU_LIMIT]

    def _headings(self, service: Service, graph: PathGraph) -> tuple[Heading, ...]:
        found = [Heading(2, i, n) for key, i, n in FACTS if getattr(service, key)]
        if service.steps:
            found += [Heading(2, *GIST)]
            found += [Heading(2, "kaavio", "Polku kuvana"), Heading(2, "vaiheet", "Vaiheet")]
            found += [
                Heading(3, f"{STEP_ANCHOR}{n.id}", f"{n.number}. {n.step.name.fi}")
                for n in graph.steps
                if n.step
            ]
        sections = (*DETAILS, CHANGES)
        return (*found, *(Heading(2, i, n) for key, i, n in sections if getattr(service, key)))

    def paths_of(self, folder: str) -> Iterator[tuple[str, Service]]:
        """Yield the services of a region or a municipality that have a path, with addresses."""
        for address, service in self.library.services.items():
            if address.rpartition("/")[0] == folder and service.steps:
                yield address, service


def simple(text: Text) -> str:
    """Return a text in the plainest words there are."""
    return plain(text.plainest)


def paper_of(address: str) -> str:
    """Return where the ready paper of a service lies, from the address of the service."""
    return f"{address}/{address.rpartition('/')[2]}.pdf"


def by_name(entry: tuple[str, str]) -> tuple[str, str]:
    """Return the key that sorts (name, address) by name in Finnish order."""
    return sort_key(entry[0]), entry[1]


def graphs_of(library: Library) -> dict[str, PathGraph]:
    """Return the path graph of every service, by address."""
    return {a: to_graph(s, a.partition("/")[0]) for a, s in sorted(library.services.items())}
