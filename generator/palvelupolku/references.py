"""Checks between files: every id that is named exists, and fits where it is named."""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args
from urllib.parse import unquote

from pydantic import BaseModel

from palvelupolku.catalogue import certainty_rank, source_rank
from palvelupolku.errors import Mark, Problem, suggestion
from palvelupolku.fields import Prose, Reference, Sourced, Timed
from palvelupolku.model import Service, Step
from palvelupolku.prose import LINK_KINDS, links
from palvelupolku.source import CATALOGUE, Reading
from palvelupolku.yamltext import Document, Location

_KIND_NAMES = {
    "actor": "toimijaa",
    "law": "säädöstä",
    "source": "lähdettä",
    "term": "termiä",
    "outcome": "lopputulosta",
    "service": "palvelua",
    "step": "vaihetta",
}
_REMEDIES = {
    "service": "Kirjoita alue ja tunnus, esimerkiksi ”helsinki/jobcenter-malli”.",
    "step": "Anna tunnus, joka jollakin saman polun vaiheella on.",
}
Use = tuple[Location, str, str]
"""Where an id is named, the kind of thing it names, and the id."""


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for every id, link, source and actor that does not fit."""
    for document, model in _documents(reading):
        folder = document.file.rpartition("/")[0]
        steps = {step.id for step in model.steps} if isinstance(model, Service) else set()
        known = reading.known | {"step": steps}
        for location, kind, name in _uses(model):
            yield from _unknown(document, location, kind, _full(kind, name, folder), known)
        yield from _grounds(reading, document, model)
        if isinstance(model, Service):
            yield from _actors(reading, document, model, folder)
            yield from _old_ids(document, model, folder, known)


def _documents(reading: Reading) -> Iterator[tuple[Document, BaseModel]]:
    library = reading.library
    for stem in CATALOGUE:
        document = reading.documents.get(f"catalogue/{stem}.yml")
        within = _entries(document) if document else {}
        for name, entry in getattr(library.catalogue, stem).items() if document else ():
            yield within[name], entry
    for folder, region in library.regions.items():
        yield reading.documents[f"{folder}/region.yml"], region
    for _, service, document in reading.service_files():
        yield document, service


def _entries(document: Document) -> dict[str, Document]:
    """Return the document as each of its entries sees it: locations start below that key."""
    values, keys = _below(document.values), _below(document.keys)
    return {
        name: Document(document.file, data, document.lines, values[name], keys[name])
        for name, data in document.data.items()
    }


def _below(marks: dict[Location, Mark]) -> dict[str | int, dict[Location, Mark]]:
    found: dict[str | int, dict[Location, Mark]] = {}
    for place, mark in marks.items():
        if place:
            found.setdefault(place[0], {})[place[1:]] = mark
    return found


def walk(model: BaseModel, at: Location = ()) -> Iterator[tuple[Location, BaseModel]]:
    """Yield the model and every model inside it, with the location of each."""
    yield at, model
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        here = (*at, info.alias or name)
        if isinstance(value, BaseModel):
            yield from walk(value, here)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from walk(item, (*here, index))


def _uses(model: BaseModel) -> Iterator[Use]:
    for at, part in walk(model):
        if isinstance(part, Prose):
            for text in filter(None, (part.fi, part.sv, part.en, part.fi_simple)):
                for kind, name in links(text):
                    yield at, kind, name
        for name, info in type(part).model_fields.items():
            names = _reference(info.metadata) or _reference(_inner_metadata(info.annotation))
            value = getattr(part, name)
            for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
                if names and item is not None:
                    here = (*at, name, index) if isinstance(value, tuple) else (*at, name)
                    yield here, names, item


def _reference(metadata: Any) -> str | None:  # noqa: ANN401 - pydantic's metadata is any
    return next((m.kind for m in metadata if isinstance(m, Reference)), None)


def _inner_metadata(annotation: Any) -> list[Any]:  # noqa: ANN401 - a type expression
    """Return the metadata of `X | None` and `tuple[X, ...]`."""
    return [m for arg in get_args(annotation) for m in getattr(arg, "__metadata__", ())]


def _full(kind: str, name: str, folder: str) -> str:
    """Return a service's whole address; without a region it lies in the same folder."""
    return f"{folder}/{name}" if kind == "service" and "/" not in name else name


def _unknown(
    document: Document,
    at: Location,
    kind: str,
    name: str,
    known: dict[str, set[str]],
) -> Iterator[Problem]:
    if kind == "web" or name in known.get(kind, ()):
        return
    if not kind:
        message = f"Linkin kohde ”{unquote(name)}” ei kelpaa."
        hint = f"Linkki alkaa https:// tai {', '.join(f'{k}:' for k in LINK_KINDS)}."
        yield document.problem(at, message, "bad-link", hint)
        return
    tail = name.rpartition("/")[2]
    others = [k for k, names in known.items() if tail in {n.rpartition("/")[2] for n in names}]
    hint = suggestion(name, known.get(kind, ()))
    if others and kind not in others:
        hint = f"Samanniminen on kohdassa {others[0]}, mutta tähän kuuluu {kind}."
    hint = hint or _REMEDIES.get(kind, f"Lisää se ensin tiedostoon catalogue/{kind}s.yml.")
    message = f"Tunnukselle ”{name}” ei löydy {_KIND_NAMES[kind]}."
    yield document.problem(at, message, f"unknown-{kind}", hint)


def _grounds(reading: Reading, document: Document, model: BaseModel) -> Iterator[Problem]:
    """Check that certainty is only lowered, and that nothing is said without grounds."""
    sources = reading.library.catalogue.sources
    for at, part in walk(model):
        if isinstance(part, Timed) and (part.valid_from or date.min) > (part.valid_to or date.max):
            message = "Voimassaolo päättyy ennen kuin se alkaa."
            hint = "Vaihda päivien paikkaa tai korjaa toinen."
            yield document.problem((*at, "valid_to"), message, "validity", hint)
        if not isinstance(part, Sourced):
            continue
        rank = source_rank(part, sources)
        if part.certainty and rank is not None and certainty_rank(part.certainty) < rank:
            message = f"Varmuus ”{part.certainty}” on korkeampi kuin lähteiden."
            hint = "Varmuutta voi vain laskea. Lisää vahvempi lähde tai poista rivi."
            yield document.problem((*at, "certainty"), message, "certainty", hint)
        needs_grounds = not part.sources and not part.certainty
        if needs_grounds and type(part).__name__ in {"Claim", "Step", "Arranger"}:
            message = "Tältä puuttuu peruste."
            hint = "Lisää sources, tai certainty: general, inferred tai unknown."
            yield document.problem(at, message, "grounds", hint)


def _actors(
    reading: Reading,
    document: Document,
    service: Service,
    folder: str,
) -> Iterator[Problem]:
    """Check that no actor of another region, or of another time, acts on the path."""
    actors = reading.library.catalogue.actors
    for at, part in walk(service):
        name = getattr(part, "actor", None)
        actor = actors.get(name) if isinstance(name, str) else None
        if actor is None:
            continue
        if actor.regions and folder not in actor.regions:
            message = f"Toimija ”{name}” ei toimi alueella {folder}."
            hint = f"Se kuuluu alueille: {', '.join(actor.regions)}."
            yield document.problem((*at, "actor"), message, "actor-region", hint)
        holder = part if isinstance(part, Timed) else _step_at(service, at)
        ends = holder.valid_to or date.max
        if ends > (actor.valid_to or date.max) or ends < (actor.valid_from or date.min):
            message = f"Toimija ”{name}” ei ole olemassa koko sitä aikaa, kun kohta on voimassa."
            hint = f"Nyt tehtävää hoitaa ”{actor.replaced_by}”." if actor.replaced_by else ""
            yield document.problem((*at, "actor"), message, "actor-time", hint)


def _old_ids(
    document: Document,
    service: Service,
    folder: str,
    known: dict[str, set[str]],
) -> Iterator[Problem]:
    """Check that an old id is not in use: its address would lead to two places."""
    hint = "Käytössä oleva tunnus ei voi olla vanha tunnus."
    for index, old in enumerate(service.replaces):
        if f"{folder}/{old}" in known["service"]:
            message = f"Palvelu ”{old}” on olemassa."
            yield document.problem(("replaces", index), message, "old-id", hint)
    for number, step in enumerate(service.steps):
        for index, old in enumerate(step.replaces):
            if old in known["step"]:
                place = ("steps", number, "replaces", index)
                yield document.problem(place, f"Vaihe ”{old}” on olemassa.", "old-id", hint)


def _step_at(service: Service, at: Location) -> Step:
    return service.steps[int(at[1])]
