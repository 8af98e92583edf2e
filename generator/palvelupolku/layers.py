"""A document made of several, in which every value keeps the file and line it was written at."""

from dataclasses import dataclass, field
from typing import Any

from palvelupolku.errors import Mark
from palvelupolku.fields import Location
from palvelupolku.yamltext import Document


@dataclass(frozen=True)
class Overlay(Document):
    """A document made of several; a problem in it is told where its author wrote the cause."""

    origins: dict[Location, tuple[Document, Location]] = field(default_factory=dict)

    def written_at(self, location: Location) -> tuple[Document, Location]:
        """Return where the author of the layer wrote it; below its nearest known parent, if not."""
        known = location
        while known not in self.origins:
            known = known[:-1]
        document, there = self.origins[known]
        return document.written_at((*there, *location[len(known) :]))


@dataclass(frozen=True)
class Part:
    """A value of a document, where it stands."""

    document: Document
    at: Location
    data: Any

    def __getitem__(self, key: str | int) -> "Part":
        return Part(self.document, (*self.at, key), self.data[key])

    def items(self) -> "list[Part]":
        """Return the parts of a list."""
        return [self[index] for index in range(len(self.data))]

    def get(self, key: str) -> object:
        """Return the value of a key of a map, or nothing."""
        return self.data.get(key) if isinstance(self.data, dict) else None


Plan = Part | dict[str, "Plan"] | list["Plan"]
"""What the whole is made of, before it has locations of its own."""


def whole(plan: Plan, file: Document) -> Overlay:
    """Return the document that a plan makes, named after the file laid on top."""
    origins: dict[Location, tuple[Document, Location]] = {(): (file, ())}
    data = _written(plan, (), origins)
    values = {at: _mark(origin) for at, origin in origins.items()}
    return Overlay(file.file, data, file.lines, values, origins=origins)


def _mark(origin: tuple[Document, Location]) -> Mark:
    document, at = origin
    return document.values.get(at) or Mark()


def _written(plan: Plan, at: Location, origins: dict[Location, tuple[Document, Location]]) -> Any:  # noqa: ANN401 - plain YAML data
    """Return the plan as plain data, and note where each of its parts came from."""
    if isinstance(plan, Part):
        document, there = plan.document, plan.at
        origins[at] = (
            document.origins[there] if isinstance(document, Overlay) else (document, there)
        )
        if isinstance(plan.data, dict):
            return {key: _written(plan[key], (*at, key), origins) for key in plan.data}
        if isinstance(plan.data, list):
            return [_written(part, (*at, i), origins) for i, part in enumerate(plan.items())]
        return plan.data
    if isinstance(plan, dict):
        found: Any = {key: _written(part, (*at, key), origins) for key, part in plan.items()}
    else:
        found = [_written(part, (*at, i), origins) for i, part in enumerate(plan)]
    first: str | int = next(iter(found), "") if isinstance(found, dict) else 0
    origins.setdefault(at, origins.get((*at, first), origins[()]))
    return found
