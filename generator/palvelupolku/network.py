"""All services of a region as one graph, and what it tells: what leads to work, what goes round.

An edge that is not there means that no source names it, never that the way is closed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from palvelupolku.graph import Edge, PathGraph, leads
from palvelupolku.library import Library
from palvelupolku.model import Choice, Service, Step

_WORK = "#work"
"""Where every outcome that is paid work leads, so that one way to it can be asked for."""
_HANDOVER = 100_000
FRAMES = ("umbrella", "programme")
"""What gathers services instead of being one: it leads everywhere, so it proves nothing."""


@dataclass(frozen=True)
class Route:
    """The way with the fewest hand-overs, and then the fewest steps, from a service to an outcome.

    The fewest steps alone would often be the way of one who is turned away at the door.
    """

    places: tuple[str, ...]
    """Addresses of the services on the way, the first one included."""
    steps: int
    """How many steps are taken; a service whose steps nobody has described counts as one."""

    @property
    def handovers(self) -> int:
        """How many times the client moves from a service to another."""
        return len(self.places) - 1


@dataclass(frozen=True)
class Exit:
    """A choice by which one leaves a loop."""

    source: str
    """The address of the service."""
    step: Step | None
    choice: Choice
    target: str
    """The address of a service, or the id of an outcome or of a step of the same path."""


@dataclass(frozen=True)
class Loop:
    """Steps of one path, or services of a region, that lead round to one another."""

    members: tuple[str, ...]
    """Step ids in path order, or addresses in order."""
    exits: tuple[Exit, ...]


@dataclass(frozen=True)
class Findings:
    """What the graph of one region tells."""

    routes: dict[str, Route | None]
    """The way to paid work from each service; none where no described way leads there.

    Neither here nor in the other findings do umbrella paths and programmes count as services.
    """
    silent: tuple[str, ...]
    """Services of which no source tells where they lead."""
    unled: tuple[str, ...]
    """Services that no other service leads to."""
    rounds: dict[str, tuple[Loop, ...]]
    """Loops inside a path, by the service's address."""
    circles: tuple[Loop, ...]
    """Loops between services."""


def arrivals(library: Library) -> dict[str, tuple[str, ...]]:
    """Return what leads to each service or outcome, by address or id; umbrella paths too."""
    found: dict[str, set[str]] = {}
    for way in _every_exit(library):
        found.setdefault(way.target, set()).add(way.source)
    return {target: tuple(sorted(sources)) for target, sources in sorted(found.items())}


def findings(region: str, library: Library, graphs: Mapping[str, PathGraph]) -> Findings:
    """Return what the services of a region and their national neighbours tell as one graph.

    The library and the graphs are those of one day.
    """
    services = dict(_within(region, library))
    outcomes = library.catalogue.outcomes
    own = sorted(a for a in services if a.startswith(f"{region}/"))
    every = list(_every_exit(library))
    exits = [e for e in every if e.source in services
             and (e.target in services or e.target in outcomes)]  # fmt: skip
    told = {e.source for e in every} | {a for a, s in services.items() if _ends(s)}
    led = {e.target for e in every if e.source != e.target
           and library.services[e.source].nature not in FRAMES}  # fmt: skip
    bare = {a: s for a, s in services.items() if s.nature not in FRAMES}
    counted = [a for a in own if a in bare]
    moves = [e for e in exits if e.source in bare and e.choice.kind != "parallel"
             and not _stays(e.target, library)]  # fmt: skip
    walk = _steps(bare, graphs, moves)
    walk.add_edges_from(((i, _WORK) for i, o in outcomes.items() if o.kind == "work"), weight=0)
    return Findings(
        routes={a: _route(walk, a) for a in counted},
        silent=tuple(a for a in counted if a not in told),
        unled=tuple(a for a in counted if a not in led),
        rounds={a: loops for a in counted if (loops := tuple(_rounds(a, graphs[a], library)))},
        circles=tuple(_circles(bare, moves)),
    )  # fmt: skip


def _within(region: str, library: Library) -> Iterator[tuple[str, Service]]:
    """Yield the services of the region and those of every region of neighbours."""
    for address, service in sorted(library.services.items()):
        home = address.partition("/")[0]
        if home == region or library.regions[home].neighbours:
            yield address, service


def _stays(target: str, library: Library) -> bool:
    """Return whether a target is the outcome of going nowhere."""
    outcome = library.catalogue.outcomes.get(target)
    return outcome is not None and outcome.kind == "stays"


def _ends(service: Service) -> bool:
    return any(step.kind == "end" for step in service.steps)


def _every_exit(library: Library) -> Iterator[Exit]:
    for address, service in library.services.items():
        for step, choice, target in leads(service, address.partition("/")[0]):
            yield Exit(address, step, choice, target)


def _steps(
    services: Mapping[str, Service], graphs: Mapping[str, PathGraph], exits: list[Exit]
) -> "nx.DiGraph[str]":
    """Return every step of every service as one graph.

    An edge weighs the steps it enters, and a hand-over more than all steps together.
    """
    walk: nx.DiGraph[str] = nx.DiGraph()
    for address in services:
        path = graphs[address]
        if path.steps:
            walk.add_edge(address, f"{address}#{path.steps[0].id}", weight=1)
        for edge in path.edges:
            if "~" not in edge.target:
                walk.add_edge(f"{address}#{edge.source}", f"{address}#{edge.target}", weight=1)
    for found in exits:
        source = f"{found.source}#{found.step.id}" if found.step else found.source
        moved = found.target in services
        undescribed = moved and not graphs[found.target].steps
        walk.add_edge(source, found.target, weight=_HANDOVER * moved + undescribed)
    return walk


def _route(walk: "nx.DiGraph[str]", start: str) -> Route | None:
    if start not in walk or _WORK not in walk or not nx.has_path(walk, start, _WORK):
        return None
    way = nx.dijkstra_path(walk, start, _WORK)
    places = [node for node in way[:-2] if "#" not in node]
    weight = sum(walk.edges[pair]["weight"] for pair in nx.utils.pairwise(way))
    undescribed = "#" not in way[1]
    return Route(tuple(places), int(weight) % _HANDOVER + undescribed)


def _place(edge: Edge) -> str:
    return edge.choice.outcome or edge.target.rpartition("~")[2]


def _rounds(address: str, path: PathGraph, library: Library) -> Iterator[Loop]:
    """Yield the loops of one path, each with the choices that lead out of it."""
    steps = {node.id: node.step for node in path.steps}
    order = list(steps)
    for found in nx.strongly_connected_components(path.network):
        if len(found) > 1 or any(path.network.has_edge(n, n) for n in found):
            members = tuple(sorted(found, key=order.index))
            exits = tuple(
                Exit(address, steps[edge.source], edge.choice, _place(edge))
                for edge in path.edges
                if edge.source in found
                and edge.target not in found
                and edge.kind != "parallel"
                and not _stays(edge.choice.outcome or "", library)
            )
            yield Loop(members, exits)


def _circles(services: Mapping[str, Service], exits: list[Exit]) -> Iterator[Loop]:
    """Yield the loops between services, each with the choices that lead out of it."""
    moves: nx.DiGraph[str] = nx.DiGraph()
    moves.add_edges_from((e.source, e.target) for e in exits if e.target in services)
    for found in nx.strongly_connected_components(moves):
        if len(found) > 1:
            out = [e for e in exits if e.source in found and e.target not in found]
            yield Loop(tuple(sorted(found)), tuple(out))
