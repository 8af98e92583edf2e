"""Descriptions as they stand on one day: what is not valid then is left out."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

from pydantic import BaseModel

from palvelupolku.errors import Problem
from palvelupolku.fields import Timed
from palvelupolku.model import Service
from palvelupolku.yamltext import Document

Model = TypeVar("Model", bound=BaseModel)


def valid_on(model: Model, day: date) -> Model:
    """Return a copy of the model in which every dated part holds on the day."""
    changes: dict[str, object] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, tuple):
            changes[name] = tuple(_kept(item, day) for item in value if _holds(item, day))
        elif isinstance(value, BaseModel):
            changes[name] = _kept(value, day) if _holds(value, day) else None
    return model.model_copy(update=changes)


def _holds(item: object, day: date) -> bool:
    return not isinstance(item, Timed) or item.valid_on(day)


def _kept(item: object, day: date) -> object:
    return valid_on(item, day) if isinstance(item, BaseModel) else item


def turning_days(service: Service, today: date) -> list[date]:
    """Return today, each day on which the path changes and each day before such a day."""
    days = {today}
    for step in service.steps:
        for part in (step, *step.choices):
            if part.valid_from:
                days |= {part.valid_from, part.valid_from - timedelta(days=1)}
            if part.valid_to:
                days |= {part.valid_to, part.valid_to + timedelta(days=1)}
    return sorted(days)


def check(service: Service, document: Document) -> Iterator[Problem]:
    """Yield a problem where two versions of one step, or of its arranger, hold at the same time."""
    for index, step in enumerate(service.steps):
        for earlier in service.steps[:index]:
            if earlier.id == step.id and _overlap(earlier, step):
                message = f"Vaihe ”{step.id}” on jo olemassa samaan aikaan."
                hint = "Anna eri tunnus, tai erota versiot: valid_from ja valid_to."
                yield document.problem(("steps", index, "id"), message, "duplicate-id", hint)
    for index, arranger in enumerate(service.arrangers):
        for other in service.arrangers[:index]:
            if _overlap(other, arranger):
                message = "Palvelulla on samaan aikaan kaksi järjestäjää."
                hint = "Erota ne: valid_from ja valid_to."
                place = ("arrangers", index, "actor")
                yield document.problem(place, message, "overlap", hint)


def _overlap(one: Timed, other: Timed) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)
