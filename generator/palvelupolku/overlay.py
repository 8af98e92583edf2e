"""A description laid over the shared ones it builds on, so that what is common is said once.

Works on plain YAML data, before the model: lists grow, steps of one id become one, anything else
of its own takes the place of the shared. Every value keeps the file and line it was written at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from palvelupolku.errors import Mark, Problem, Severity, suggestion
from palvelupolku.fields import Location
from palvelupolku.yamltext import Document

FOLDER = "yhteiset"
"""The folder of shared descriptions; it is no region, and they are no pages."""
_BASES, _AFTER = "builds_on", "after"
_TARGETS = ("step", "service", "outcome")
_CHOICES = ("choices", "onward")
_MAX_LAYERS = 8
_VALIDITY = ("valid_from", "valid_to")


@dataclass(frozen=True)
class Overlay(Document):
    """A document made of several; a problem in it is told where its author wrote the cause."""

    origins: dict[Location, tuple[Document, Location]] = field(default_factory=dict)

    def problem(  # noqa: PLR0913 - a problem has that many parts
        self,
        location: Location,
        message: str,
        rule: str,
        hint: str = "",
        *,
        at_key: bool = False,
        severity: Severity = "error",
    ) -> Problem:
        """Return a problem at a location, or at its nearest known parent."""
        while location not in self.origins:
            location = location[:-1]
        document, there = self.origins[location]
        return document.problem(there, message, rule, hint, at_key=at_key, severity=severity)


@dataclass(frozen=True)
class _Part:
    """A value of a document, where it stands."""

    document: Document
    at: Location
    data: Any

    def __getitem__(self, key: str | int) -> "_Part":
        return _Part(self.document, (*self.at, key), self.data[key])

    def items(self) -> "list[_Part]":
        """Return the parts of a list."""
        return [self[index] for index in range(len(self.data))]

    def get(self, key: str) -> object:
        """Return the value of a key of a map, or nothing."""
        return self.data.get(key) if isinstance(self.data, dict) else None


_Plan = _Part | dict[str, "_Plan"] | list["_Plan"]
"""What the whole is made of, before it has locations of its own."""


def lay_over(
    document: Document, shared: Mapping[str, Document | None]
) -> tuple[Document | None, list[Problem]]:
    """Return the document with all that it builds on, or nothing and what is wrong.

    `shared` are the shared descriptions by id; one that could not be read is `None`, and nothing
    is said of what builds on it. Each is laid below once, however often it is named.
    """
    below: dict[str, Document | None] = {}
    problems = list(_gathered(document, shared, below, ()))
    if problems or None in below.values():
        return None, problems
    layers = [*filter(None, below.values()), document]
    whole = layers[0]
    for layer in layers[1:]:
        merged, problems = _merged(whole, layer)
        if merged is None:
            return None, problems
        whole = merged
    return whole, []


def _gathered(
    document: Document,
    shared: Mapping[str, Document | None],
    below: dict[str, Document | None],
    within: tuple[str, ...],
) -> Iterator[Problem]:
    """Gather what a document builds on, the deepest first; yield what is wrong on the way."""
    bases = document.data.get(_BASES)
    for index, name in enumerate(bases if isinstance(bases, list) else ()):
        if not isinstance(name, str) or name in below:
            continue
        if name not in shared:
            message = f"Yhteistä kuvausta ”{name}” ei ole."
            hint = suggestion(name, shared) or f"Tee tiedosto {FOLDER}/{name}.yml."
            yield document.problem((_BASES, index), message, "unknown-base", hint)
        elif name in within:
            message = f"Yhteiset kuvaukset täydentävät toisiaan kehässä: ”{name}”."
            yield document.problem((_BASES, index), message, "base-loop", "Poista toinen viittaus.")
        elif len(within) >= _MAX_LAYERS:
            message = f"Yhteisiä kuvauksia on päällekkäin yli {_MAX_LAYERS}."
            yield document.problem((_BASES, index), message, "size", "Yhdistä kuvauksia.")
        else:
            base = shared[name]
            yield from _gathered(base, shared, below, (*within, name)) if base else ()
            below[name] = base


def _merged(below: Document, above: Document) -> tuple[Document | None, list[Problem]]:
    problems: list[Problem] = []
    one, two = _Part(below, (), below.data), _Part(above, (), above.data)
    plan = _service(one, two, problems)
    if problems:
        return None, problems
    origins: dict[Location, tuple[Document, Location]] = {(): (above, ())}
    data = _written(plan, (), origins)
    values = {at: _mark(origin) for at, origin in origins.items()}
    return Overlay(above.file, data, above.lines, values, origins=origins), []


def _mark(origin: tuple[Document, Location]) -> Mark:
    document, at = origin
    return document.values.get(at) or Mark()


def _service(below: _Part, above: _Part, problems: list[Problem]) -> _Plan:
    plan: dict[str, _Plan] = {k: below[k] for k in below.data if k != _BASES}
    for key in above.data:
        if key == "steps" and isinstance(below.get(key), list):
            plan[key] = _steps(below[key], above[key], problems)
        else:
            plan[key] = _joined(key, below[key], above[key]) if key in plan else above[key]
    return plan


def _joined(key: str, below: _Part, above: _Part) -> _Plan:
    """Return a list with what is added to it, or the value that takes the other's place."""
    if not (isinstance(below.data, list) and isinstance(above.data, list)):
        return above
    if key not in _CHOICES:
        return [*below.items(), *above.items()]
    own: dict[object, list[_Part]] = {}
    for choice in above.items():
        own.setdefault(_target(choice), []).append(choice)
    said: list[_Part] = []
    for choice in below.items():
        new = own.get(_target(choice), [choice])
        said += [part for part in new if part not in said]
    return [*said, *(part for part in above.items() if part not in said)]


def _target(choice: _Part) -> object:
    """Return the target of a choice; one whose target is no text is like no other."""
    found = ((key, choice.get(key)) for key in _TARGETS)
    return next((pair for pair in found if isinstance(pair[1], str)), choice.at)


def _steps(below: _Part, above: _Part, problems: list[Problem]) -> _Plan:
    """Return the shared steps with the own ones merged in or put in their places."""
    if not isinstance(above.data, list):
        return above
    steps: list[tuple[object, _Plan]] = [(_id(step), step) for step in below.items()]
    shared = {name for name, _ in steps}
    seen: set[tuple[object, ...]] = set()
    for own in above.items():
        name = _id(own)
        if not isinstance(own.data, dict):
            steps.append((name, own))
            continue
        version = (name, *(str(own.get(key)) for key in _VALIDITY))
        if version in seen:
            message, hint = f"Vaihe ”{name}” on jo tässä tiedostossa.", "Yhdistä ne yhdeksi."
            at = (*own.at, "id")
            problems.append(own.document.problem(at, message, "duplicate-id", hint))
        seen.add(version)
        versions = [i for i, (there, _) in enumerate(steps) if there == name and name in shared]
        meant = [index for index in versions if _same_time(steps[index][1], own)]
        for index in meant:
            steps[index] = (name, _step(steps[index][1], own))
        if versions and not meant:
            message = f"Yhteisellä vaiheella ”{name}” ei ole versiota näille päiville."
            hint = "Anna samat valid_from ja valid_to kuin yhteisellä, tai jätä ne pois."
            at = (*own.at, "id")
            problems.append(own.document.problem(at, message, "no-such-version", hint))
        if versions and own.get(_AFTER) is not None:
            message = "Yhteisen vaiheen paikkaa ei voi vaihtaa."
            at, hint = (*own.at, _AFTER), "Poista after. Se kuuluu vain uuteen vaiheeseen."
            problems.append(own.document.problem(at, message, "after", hint))
        if not versions:
            place = _place(own, [there for there, _ in steps], problems)
            steps.insert(place, (name, _step({}, own)))
    return [step for _, step in steps]


def _id(step: _Part) -> object:
    """Return the id of a step; one whose id is no text is like no other."""
    name = step.get("id")
    return name if isinstance(name, str) else step.at


def _same_time(shared: _Plan, own: _Part) -> bool:
    """Return whether an own step means this version: every one, unless it gives days itself."""
    if isinstance(shared, list) or not any(own.get(key) for key in _VALIDITY):
        return True
    there = {k: _plain(shared[k]) if k in _keys(shared) else None for k in _VALIDITY}
    return all(there[key] == own.get(key) for key in _VALIDITY)


def _plain(plan: _Plan) -> object:
    return plan.data if isinstance(plan, _Part) else None


def _keys(plan: _Part | dict[str, _Plan]) -> "list[str]":
    return list(plan.data if isinstance(plan, _Part) else plan)


def _step(shared: _Plan, own: _Part) -> _Plan:
    assert not isinstance(shared, list)
    plan: dict[str, _Plan] = {key: shared[key] for key in _keys(shared)}
    for key in own.data:
        there = plan.get(key)
        if key != _AFTER:
            plan[key] = _joined(key, there, own[key]) if isinstance(there, _Part) else own[key]
    return plan


def _place(own: _Part, names: list[object], problems: list[Problem]) -> int:
    after = own.get(_AFTER)
    if after is None:
        return len(names)
    if after not in names:
        message = f"Vaihetta ”{after}” ei ole ennen tätä, joten uuden vaiheen paikka jää auki."
        known = [name for name in names if isinstance(name, str)]
        hint = suggestion(str(after), known) or "Kirjoita se vaihe ensin."
        problem = own.document.problem((*own.at, _AFTER), message, "unknown-step", hint)
        problems.append(problem)
        return len(names)
    return len(names) - names[::-1].index(after)


def _written(plan: _Plan, at: Location, origins: dict[Location, tuple[Document, Location]]) -> Any:  # noqa: ANN401 - plain YAML data
    """Return the plan as plain data, and note where each of its parts came from."""
    if isinstance(plan, _Part):
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
