"""Checks between files: every id that is named exists, and fits where it is named."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args
from urllib.parse import unquote

from pydantic import BaseModel

from palvelupolku.called import KIND_NAMES, SLIP, Names, as_id, meant, remedy, with_steps
from palvelupolku.errors import Mark, Problem, did_you_mean, nearest, suggestion
from palvelupolku.fields import (
    SHARED_STEP,
    Location,
    Prose,
    Reference,
    full_address,
    walk,
    whole_address,
)
from palvelupolku.model import Service
from palvelupolku.places import CATALOGUE, RESERVED
from palvelupolku.prose import GAP, LINK_KINDS, links, torn_links
from palvelupolku.region import Region
from palvelupolku.source import Reading
from palvelupolku.supplement import Supplement
from palvelupolku.yamltext import Document

_KIND_OWNERS = {
    "actor": "toimijan",
    "law": "säädöksen",
    "source": "lähteen",
    "term": "termin",
    "outcome": "lopputuloksen",
    "service": "palvelun",
    "step": "vaiheen",
}
_CLOSE, _ALIKE = 0.9, 0.7
"""How near an id is to one that comes before any name, and to another its own part or its kind."""
_GONE = " Jos vaihe on poistettu, poista myös vaihtoehto."
Use = tuple[Location, str, str]
"""Where an id is named, the kind of thing it names, and the id."""


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for every id, link, source and actor that does not fit."""
    for document, model in documents(reading):
        folder = region_of(document)
        steps = {step.id for step in model.steps} if isinstance(model, Service) else set()
        known = reading.known | {"step": steps}
        for location, kind, name in _uses(model):
            if isinstance(model, Supplement) and kind == "step":
                known["step"] = _steps_of(reading, model, folder, location)
            inside = kind == "service" and folder != "catalogue"
            full = full_address(name, folder) if inside else name
            if kind not in reading.broken:
                names: Names = reading.names
                if kind == "step":
                    names = with_steps(names, document.file, document.data, location)
                yield from _unknown(document, location, kind, full, known, names)
        for at, piece in _gaps(model):
            message = f"Linkin sanan ja kohteen välissä on väli: ”{piece}”."
            hint = f"Poista väli: {re.sub(GAP, '](', piece)}"
            yield document.problem(at, message, "bad-link", hint)
        if isinstance(model, Service):
            yield from _old_ids(document, model, folder, known)
        if isinstance(model, Region):
            yield from _areas(document, model)


def _areas(document: Document, region: Region) -> Iterator[Problem]:
    for name, town in region.municipalities.items():
        if town.area not in region.areas:
            message = f"Työllisyysaluetta ”{town.area}” ei ole kohdassa areas."
            hint = suggestion(town.area, region.areas) or "Lisää se kohtaan areas."
            place = ("municipalities", name, "area")
            yield document.problem(place, message, "unknown-area", hint)


def region_of(document: Document) -> str:
    """Return the region whose file this is, or the folder of what belongs to all."""
    return document.file.partition("/")[0]


def _steps_of(reading: Reading, supplement: Supplement, region: str, at: Location) -> set[str]:
    """Return the steps that a supplement may name at a place: those of that service there."""
    supply = supplement.services[int(at[1])]
    service = reading.library.services.get(full_address(supply.service, region))
    shared = {step.id for step in service.steps} if service else set()
    return shared | {step.id for step in supply.added}


def documents(reading: Reading) -> Iterator[tuple[Document, BaseModel]]:
    """Yield every model that was read, with its file as the model sees it."""
    library = reading.library
    for stem in CATALOGUE:
        entries = getattr(library.catalogue, stem)
        for document in reading.lists(stem):
            within = _entries(document)
            yield from ((within[name], entries[name]) for name in within if name in entries)
    for folder, region in library.regions.items():
        yield reading.documents[f"{folder}/region.yml"], region
    for _, service, document in reading.service_files():
        yield document, service
    for _, supplement, document in reading.supplement_files():
        yield document, supplement


def _entries(document: Document) -> dict[str, Document]:
    """Return the document as each of its entries sees it: locations start below that key."""
    values, keys = _below(document.values), _below(document.keys)
    return {
        name: Document(document.file, data, document.lines, values[name], keys[name], above=(name,))
        for name, data in document.data.items()
    }


def _below(marks: dict[Location, Mark]) -> dict[str | int, dict[Location, Mark]]:
    found: dict[str | int, dict[Location, Mark]] = {}
    for place, mark in marks.items():
        if place:
            found.setdefault(place[0], {})[place[1:]] = mark
    return found


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
    """Return the kind of thing that is named, but for the steps that `comparing` looks at."""
    kinds = (m.kind for m in metadata if isinstance(m, Reference))
    return next((kind for kind in kinds if kind != SHARED_STEP), None)


def _inner_metadata(annotation: Any) -> list[Any]:  # noqa: ANN401 - a type expression
    """Return the metadata of `X | None` and `tuple[X, ...]`."""
    return [m for arg in get_args(annotation) for m in getattr(arg, "__metadata__", ())]


def _unknown(  # noqa: PLR0913 - where an id stands and what is known
    document: Document,
    at: Location,
    kind: str,
    name: str,
    known: dict[str, set[str]],
    names: Names,
) -> Iterator[Problem]:
    if kind == "web" or name in known.get(kind, ()):
        return
    if not kind:
        message = f"Linkin kohde ”{unquote(name)}” ei kelpaa."
        listed = f"Linkki alkaa https:// tai {', '.join(f'{k}:' for k in LINK_KINDS)}."
        hint = whole_address(unquote(name)) or _mended(unquote(name)) or listed
        yield document.problem(at, message, "bad-link", hint)
        return
    tail = name.rpartition("/")[2]
    others = [k for k, names in known.items() if tail in {n.rpartition("/")[2] for n in names}]
    ids = {i for i in known.get(kind, ()) if kind != "service" or _alike(i, tail)}
    close = nearest(name, ids, _CLOSE)
    found = [close] if close else meant(names, kind, tail, region_of(document))
    near = did_you_mean(found) or suggestion(name, ids, _ALIKE if kind == "service" else SLIP)
    hint = near or remedy(kind, known.get(kind, ()), names)
    hint += _GONE if ids and at[-1] == "step" else ""
    if others and kind not in others:
        other, wanted = _KIND_OWNERS[others[0]], _KIND_OWNERS[kind]
        hint = f"Tämä on {other} tunnus. Tähän kuuluu {wanted} tunnus."
    message = f"Tunnukselle ”{name}” ei löydy {KIND_NAMES[kind]}."
    yield document.problem(at, message, f"unknown-{kind}", hint)


def _alike(address: str, tail: str) -> bool:
    """Return whether a service's id is like another one, whatever their regions are."""
    return bool(nearest(tail, [address.rpartition("/")[2]], _ALIKE))


def _mended(link: str) -> str:
    """Return how a link with a slip in its kind or in its id is written, where that can be told."""
    kind, colon, name = link.partition(":")
    if colon and kind in LINK_KINDS:
        spelt = "/".join(filter(None, map(as_id, name.split("/"))))
        return f"Kirjoita: {kind}:{spelt}" if spelt else ""
    near = nearest(f"{kind}:", [f"{known}:" for known in LINK_KINDS], _ALIKE)
    return did_you_mean([near]) if near and colon and not name.startswith("//") else ""


def _gaps(model: BaseModel) -> Iterator[tuple[Location, str]]:
    """Yield each piece of a text that would be a link but for the space within."""
    for at, part in walk(model):
        if isinstance(part, Prose):
            for text in filter(None, (part.fi, part.sv, part.en, part.fi_simple)):
                yield from ((at, piece) for piece in torn_links(text))


def check_links_on(service: Service, day: date, document: Document) -> Iterator[Problem]:
    """Yield a problem for a link that leads to a step which is not there on the day."""
    declared = {step.id for step in service.steps}
    there = {step.id for step in service.steps if step.valid_on(day)}
    for at, part in walk(service, day=day):
        found = links(part.fi) if isinstance(part, Prose) else ()
        for name in (name for kind, name in found if kind == "step"):
            if name in declared - there:
                message = f"Linkin vaihe ”{name}” ei ole voimassa silloin, kun tämä teksti on."
                hint = "Anna tekstille sama valid_from tai valid_to kuin vaiheella."
                yield document.problem(at, message, "not-valid-then", hint)


def _old_ids(
    document: Document,
    service: Service,
    folder: str,
    known: dict[str, set[str]],
) -> Iterator[Problem]:
    """Check that an old id is free and said once: an address leads to one place."""
    hint = "Poista tämä rivi. Vanha tunnus mainitaan kerran, eikä se voi olla enää käytössä."
    for index, old in enumerate(service.replaces):
        if f"{folder}/{old}" in known["service"] or old in RESERVED | {*service.replaces[:index]}:
            yield document.problem(
                ("replaces", index), f"Tunnus ”{old}” on käytössä.", "old-id", hint
            )
    seen: set[str] = set()
    for number, step in enumerate(service.steps):
        for index, old in enumerate(step.replaces):
            if old in known["step"] | seen:
                place = ("steps", number, "replaces", index)
                yield document.problem(place, f"Tunnus ”{old}” on käytössä.", "old-id", hint)
            seen.add(old)
