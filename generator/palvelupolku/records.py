"""Data beside the pages: the published JSON of services, and what the search may find."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from palvelupolku.fields import Sourced, walk
from palvelupolku.finnish import search_forms, title_forms
from palvelupolku.graph import PathGraph, leads
from palvelupolku.library import Library
from palvelupolku.model import Choice, Service, Step
from palvelupolku.prose import plain
from palvelupolku.towns import Towns


@dataclass(frozen=True)
class SearchRecord:
    """One thing a reader may look for: a page, or a step of a path."""

    address: str
    """The page's address with the step's fragment."""
    title: str
    place: str
    """The page it stands on, shown beside the title."""
    content: str
    """Its words; the other forms of those words follow when it is indexed."""
    named: bool = True
    """Whether its title is its own name, not a heading that many pages share."""

    @property
    def indexed(self) -> str:
        """The text the index takes in: title, words and inflected forms."""
        text = f"{self.title}. {self.content}"
        return f"{text} {' '.join(search_forms(text))}"

    @property
    def names(self) -> str:
        """Its name in every case, which weighs more than its words."""
        return " ".join([self.title, *title_forms(self.title)]) if self.named else ""


def service_data(
    address: str,
    service: Service,
    graph: PathGraph,
    library: Library,
    day: date,
) -> dict[str, Any]:
    """Return the published data of a service, with the ids of its diagram and its step list."""
    region, _, name = address.partition("/")
    actors = library.catalogue.actors
    used = sorted({node.step.actor for node in graph.steps if node.step})
    sources = {s for _, p in walk(service) if isinstance(p, Sourced) for s in p.sources}
    return {
        "id": name,
        "region": region,
        "name": service.name.model_dump(exclude_none=True, by_alias=True),
        "url": f"{address}/",
        "as_of": day.isoformat(),
        "nature": service.nature,
        "review": service.review.model_dump(mode="json", exclude_none=True, by_alias=True),
        "actors": [{"id": a, "name": actors[a].name.fi} for a in used],
        "steps": [
            {
                "id": node.id, "number": node.number, "kind": node.kind, "phase": node.step.phase,
                "name": node.step.name.fi, "actor": node.step.actor,
                "url": f"{address}/#vaihe-{node.id}",
            }
            for node in graph.steps if node.step
        ],
        "choices": [
            {"from": e.source, "to": e.target, "kind": e.kind, "condition": e.condition}
            for e in graph.edges
        ],
        "onward": [_onward(*way) for way in leads(service, region)],
        "sources": sorted(sources),
    }  # fmt: skip


def _onward(step: Step | None, choice: Choice, target: str) -> dict[str, str | None]:
    """Return a way out of the service; one of a service without steps comes from no step."""
    place = {"service": target, "url": f"{target}/"} if choice.service else {"outcome": target}
    condition = choice.condition.fi if choice.condition else ""
    return {"from": step.id if step else None, **place, "condition": condition}


def index_data(library: Library, day: date) -> dict[str, Any]:
    """Return the list of everything that is published: regions, services and actors."""
    regions = sorted(library.regions.items())
    return {
        "as_of": day.isoformat(),
        "regions": [{"id": i, "name": r.name.fi, "url": f"{i}/"} for i, r in regions],
        "services": [
            {
                "id": address, "name": service.name.fi, "url": f"{address}/",
                "nature": service.nature, "state": service.review.state,
                "steps": len(service.steps),
                "data": f"data/{address}.json",
            }
            for address, service in sorted(library.services.items())
        ],
        "actors": [
            {"id": name, "name": actor.name.fi}
            for name, actor in sorted(library.catalogue.actors.items())
            if actor.valid_on(day) and not actor.role
        ],
    }  # fmt: skip


def step_names(library: Library, towns: Towns) -> dict[str, Any]:
    """Return the names of every path's steps, so that a walk can name what lies behind it.

    A service stands at its old addresses as well: links to a walk outlive them.
    """
    return {
        place: {
            "name": service.name.fi,
            "steps": {
                name: f"Vaihe {n}: {step.name.fi}"
                for n, step in enumerate(service.steps, 1)
                for name in (step.id, *step.replaces)
            },
        }
        for address, service in sorted(library.services.items())
        for place in (address, *towns.old(address, service))
    }


def to_json(data: dict[str, Any]) -> str:
    """Return the data as JSON text, readable and the same every time."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def path_records(
    address: str,
    service: Service,
    graph: PathGraph,
    library: Library,
    sections: Iterable[tuple[str, str, str]],
) -> list[SearchRecord]:
    """Return a record for the service, its steps and its sections of (field, anchor, heading)."""
    name, actors = service.name, library.catalogue.actors
    region = library.regions[address.partition("/")[0]].name.fi
    place_name = f"{name.fi}, {region}"
    words = [name.sv or "", name.en or "", service.summary.fi, *service.keywords]
    words += [plain(claim.text.fi) for claim in (*service.about, *service.audience)]
    records = [SearchRecord(f"{address}/", name.fi, f"Palvelu, {region}", " ".join(words))]
    for field, anchor, heading in sections:
        content = " ".join(plain(claim.text.fi) for claim in getattr(service, field))
        if content:
            place = f"{address}/#{anchor}"
            records.append(SearchRecord(place, heading, place_name, content, named=False))
    for node in graph.steps:
        step = node.step
        assert step is not None
        texts = (step.client, step.plain, step.professional, step.failure)
        who = [actors[a].name.fi for a in (step.actor, *(p.actor for p in step.participants))]
        words = [plain(t.fi) for t in texts if t] + [d.fi for d in step.documents] + who
        words += [step.contact.fi] if step.contact else []
        title = f"Vaihe {node.number}: {step.name.fi}"
        place = f"{address}/#vaihe-{step.id}"
        records.append(SearchRecord(place, title, place_name, " ".join(words)))
    return records
