"""Descriptions as they stand on one day: what is not valid then is left out."""

import operator
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from pydantic import BaseModel

from palvelupolku.errors import Problem
from palvelupolku.fields import Location, Timed, walk
from palvelupolku.model import Service
from palvelupolku.region import Region
from palvelupolku.yamltext import Document

Model = TypeVar("Model", bound=BaseModel)
_MOST_DAYS = 60
_REMEDIES = {
    False: "Erota ne päivän tarkkuudella: valid_from ja valid_to.",
    True: "Jatka edellisen valid_to-päivää tai aikaista seuraavan valid_from-päivää.",
}
_TWICE = (
    "Poista toinen, tai anna toiselle oma tunnus. Jos vaihe muuttuu tiettynä päivänä, anna "
    "vanhalle valid_to ja uudelle seuraava päivä valid_from."
)


def valid_on(model: Model, day: date) -> Model:
    """Return the model with only those dated parts that hold on the day.

    A model in which everything holds is returned itself: most of a description has no dates.
    """
    kept = {name: _kept(getattr(model, name), day) for name in type(model).model_fields}
    changes = {name: value for name, value in kept.items() if value is not getattr(model, name)}
    return model.model_copy(update=changes) if changes else model


def _kept(value: object, day: date) -> object:
    """Return a field's value with what holds on the day; the same value if all of it does."""
    if isinstance(value, BaseModel):
        return valid_on(value, day) if _holds(value, day) else None
    if isinstance(value, tuple):
        items = tuple(_kept(item, day) for item in value if _holds(item, day))
        return value if _same(items, value) else items
    if isinstance(value, dict):
        entries = {key: _kept(item, day) for key, item in value.items() if _holds(item, day)}
        return value if _same(entries.values(), value.values()) else entries
    return value


def _holds(item: object, day: date) -> bool:
    return not isinstance(item, Timed) or item.valid_on(day)


def _same(new: Collection[object], old: Collection[object]) -> bool:
    return len(new) == len(old) and all(map(operator.is_, new, old))


def turning_days(model: BaseModel, today: date) -> list[date]:
    """Return today, each day on which the description changes, and the day before."""
    days = {today}
    for _, part in walk(model):
        if isinstance(part, Timed) and part.valid_from:
            days |= {part.valid_from, _shifted(part.valid_from, -1)}
        if isinstance(part, Timed) and part.valid_to:
            days |= {part.valid_to, _shifted(part.valid_to, 1)}
    return sorted(days)


def days_to_check(
    model: BaseModel, today: date, document: Document
) -> tuple[list[date], list[Problem]]:
    """Return the turning days of a description, and a problem when they are too many to check."""
    days = turning_days(model, today)
    if len(days) <= _MOST_DAYS:
        return days, []
    message = f"Kuvaus muuttuu {len(days)} päivänä. Enintään {_MOST_DAYS} sopii."
    hint = "Käytä samoja voimassaolopäiviä useammassa kohdassa."
    return days[:_MOST_DAYS], [document.problem((), message, "too-many-days", hint)]


def _shifted(day: date, count: int) -> date:
    """Return a day later or earlier, or the same day at the end of the calendar."""
    return day + timedelta(days=count) if date.min < day < date.max else day


def check(service: Service, document: Document) -> Iterator[Problem]:
    """Yield a problem where versions of one step, or arrangers, overlap in time or leave a gap."""
    for name, found in versions((step.id, step) for step in service.steps).items():
        for index, other, gap in clashes(found):
            place = ("steps", index, "id")
            if gap:
                message = f"Vaiheelle ”{name}” jää aika ilman versiota."
                yield document.problem(place, message, "gap", _REMEDIES[gap])
                continue
            where = where_of(document, ("steps", other, "id"), place)
            message = f"Vaihe ”{name}” on jo {where}."
            yield document.problem(place, message, "duplicate-id", _TWICE)
    for index, other, gap in clashes(list(enumerate(service.arrangers))):
        place = ("arrangers", index, "actor")
        where = where_of(document, ("arrangers", other, "actor"), place)
        message = f"Palvelulla on samaksi ajaksi järjestäjä jo {where}."
        if gap:
            message = "Palvelulle jää aika ilman järjestäjää."
        yield document.problem(place, message, "gap" if gap else "overlap", _REMEDIES[gap])


def where_of(document: Document, first: Location, second: Location) -> str:
    """Return where a part stands, told beside another: its row, or its file when that differs."""
    (there, at), (here, _) = document.written_at(first), document.written_at(second)
    same = there.file == here.file
    return f"rivillä {there.mark(at, at_key=False).line}" if same else f"tiedostossa {there.file}"


def check_roles(region: Region, document: Document) -> Iterator[Problem]:
    """Yield a problem where two actors have one role at a time, or nobody has it for a while."""
    for name, found in versions((role.role, role) for role in region.roles).items():
        for index, other, gap in clashes(found):
            place = ("roles", index, "actor")
            where = where_of(document, ("roles", other, "actor"), place)
            message = f"Toimijalla ”{name}” on samaksi ajaksi tekijä jo {where}."
            if gap:
                message = f"Toimijalle ”{name}” jää aika ilman tekijää."
            yield document.problem(place, message, "gap" if gap else "overlap", _REMEDIES[gap])


def versions(parts: Iterable[tuple[str, Timed]]) -> dict[str, list[tuple[int, Timed]]]:
    """Return the parts of each name with their places in the list."""
    versions: dict[str, list[tuple[int, Timed]]] = {}
    for index, (name, part) in enumerate(parts):
        versions.setdefault(name, []).append((index, part))
    return versions


def clashes(parts: list[tuple[int, Timed]]) -> Iterator[tuple[int, int, bool]]:
    """Yield each part that overlaps an earlier one, or leaves a gap (true): both indices.

    The earlier one is that of all before it which lasts the longest.
    """
    ordered = sorted(parts, key=lambda part: (part[1].valid_from or date.min, part[0]))
    longest = ordered[:1]
    for part in ordered[1:]:
        ((other, before),), (index, after) = longest, part
        end, start = before.valid_to or date.max, after.valid_from or date.min
        if start <= end:
            yield index, other, False
        elif start > end + timedelta(days=1):
            yield index, other, True
        if (after.valid_to or date.max) >= end:
            longest = [part]
