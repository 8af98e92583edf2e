"""The pages that look over many services: the network, the municipalities, the actors, the gaps."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeGuard

from palvelupolku.diagram import STEP_ANCHOR
from palvelupolku.fields import Claim, walk
from palvelupolku.finnish import upper_first
from palvelupolku.graph import PathGraph
from palvelupolku.model import Step
from palvelupolku.network import Exit, Findings, Loop
from palvelupolku.pages import Press, by_name
from palvelupolku.prose import plain
from palvelupolku.published import Heading, Page
from palvelupolku.records import SearchRecord
from palvelupolku.writing import Desk


class Part(NamedTuple):
    """A step in which an actor has a part."""

    number: int
    step: str
    name: str
    role: str
    """What the actor does as a participant; empty for the one who acts."""


def network(press: Press, address: str, title: str, summary: str) -> Page:
    """Return the page that tells in words and numbers what the services make together."""
    desk = Desk(address, press.library)
    library = press.library
    regions = [
        (name, library.regions[name], found, _count(press, name))
        for name, found in sorted(press.findings.items())
    ]
    body = press.render(
        "verkkona.html.j2", desk, title=title, summary=summary, regions=regions,
        name_of=lambda place: _place_name(press, place),
        exits=lambda loop: _exits(press, desk, loop),
        rounds=lambda found: _rounds(press, found),
    )  # fmt: skip
    headings = tuple(Heading(2, f"alue-{name}", r.name.fi) for name, r, *_ in regions)
    record = SearchRecord(address, title, "Palvelut", summary)
    return Page(address, title, summary, "reference", body, headings, (record,))


def _count(press: Press, region: str) -> dict[str, int]:
    graphs = [press.graphs[address] for address in press.findings[region].routes]
    return {
        "services": len(graphs),
        "paths": sum(bool(g.steps) for g in graphs),
        "steps": sum(len(g.steps) for g in graphs),
        "choices": sum(len(g.edges) for g in graphs),
    }


def _place_name(press: Press, place: str) -> str:
    """Return the name of a service or an outcome; a project's model is told apart."""
    service = press.library.services.get(place)
    if service is None:
        return press.library.catalogue.outcomes[place].name.fi
    model = " (hankkeen malli)" if service.nature == "project-model" else ""
    return service.name.fi + model


def _rounds(press: Press, found: Findings) -> list[tuple[str, str, list[str], Loop]]:
    """Return each loop inside a path: the service, its address, the step names and the loop."""
    return [
        (
            press.library.services[address].name.fi,
            address,
            _names(press.graphs[address], loop),
            loop,
        )
        for address, loops in found.rounds.items()
        for loop in loops
    ]


def _names(graph: PathGraph, loop: Loop) -> list[str]:
    names = {node.id: f"{node.number} {node.step.name.fi}" for node in graph.steps if node.step}
    return [names[member] for member in loop.members]


def _exits(press: Press, desk: Desk, loop: Loop) -> Iterator[tuple[str, str, str, str]]:
    """Yield each way out of a loop: the service, its condition, the target and its link."""
    for found in loop.exits:
        condition = upper_first(found.choice.condition.fi) if found.choice.condition else ""
        target, link = _exit_target(press, desk, found)
        yield press.library.services[found.source].name.fi, condition, target, link


def _exit_target(press: Press, desk: Desk, found: Exit) -> tuple[str, str]:
    if found.target in press.library.services:
        return _place_name(press, found.target), desk.to(f"{found.target}/")
    if found.choice.outcome:
        return _place_name(press, found.target), desk.find("outcome", found.target)
    steps = {n.id: n for n in press.graphs[found.source].steps}
    node = steps[found.target]
    assert node.step
    link = desk.to(f"{found.source}/", f"{STEP_ANCHOR}{node.id}")
    return f"vaihe {node.number}, {node.step.name.fi}", link


def actor(press: Press, name: str) -> Page:
    """Return the page of an actor: who it is, and every step in which it has a part."""
    found = press.library.catalogue.actors[name]
    address, title = f"toimijat/{name}/", upper_first(found.name.fi)
    desk = Desk(address, press.library)
    body = press.render(
        "toimija.html.j2", desk, title=title, summary=found.about.fi, actor=found,
        parts=sorted(_parts(press, name), key=lambda part: by_name(part[:2])),
    )  # fmt: skip
    record = SearchRecord(address, title, "Toimija", f"{found.about.fi} {found.name.sv or ''}")
    return Page(address, title, found.about.fi, "reference", body, records=(record,))


def _parts(press: Press, actor: str) -> Iterator[tuple[str, str, list[Part]]]:
    """Yield (name, address, parts) of each service in whose steps the actor has a part.

    Of a municipality's path only its own steps are told: the others are those of the shared one.
    """
    for address, service in press.library.services.items():
        if parts := _parts_in(enumerate(service.steps, 1), actor):
            yield service.name.fi, address, parts
    for address, local in press.towns.locals.items():
        steps = enumerate(local.service.steps, 1)
        own = ((n, step) for n, step in steps if local.rows[step.id].state == "own")
        if parts := _parts_in(own, actor):
            yield press.towns.title(address, local.service), address, parts


def _parts_in(steps: Iterable[tuple[int, Step]], actor: str) -> list[Part]:
    """Return the parts of an actor in numbered steps."""
    found: list[Part] = []
    for number, step in steps:
        roles = [p.role.fi for p in step.participants if p.actor == actor]
        roles = ["", *roles] if step.actor == actor else roles
        found += [Part(number, step.id, step.name.fi, role) for role in roles]
    return found


def unknown(press: Press, address: str, title: str, summary: str) -> Page:
    """Return the page of what nobody has been able to check, and what each page leaves open."""
    desk = Desk(address, press.library)
    gaps = [
        (service.name.fi, place, texts)
        for place, service in press.library.services.items()
        if (texts := [plain(p.text.fi) for _, p in walk(service) if _open(p, desk)])
    ]
    body = press.render(
        "mita-emme-tieda.html.j2", desk, title=title, summary=summary,
        gaps=sorted(gaps, key=lambda gap: by_name(gap[:2])),
        questions=press.library.catalogue.questions,
    )  # fmt: skip
    record = SearchRecord(address, title, "Tietoa", summary)
    return Page(address, title, summary, "reference", body, records=(record,))


def _open(part: object, desk: Desk) -> TypeGuard[Claim]:
    return isinstance(part, Claim) and desk.certainty(part) == "unknown"
