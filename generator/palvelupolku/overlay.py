"""A description laid over the shared ones it builds on, so that what is common is said once.

Works on plain YAML data, before the model: lists grow, steps of one id become one, anything else
of its own takes the place of the shared. Every value keeps the file and line it was written at.
"""

from collections.abc import Iterator, Mapping

from palvelupolku.errors import Problem, suggestion
from palvelupolku.fields import iso_day
from palvelupolku.layers import Part, Plan, whole
from palvelupolku.yamltext import Document

FOLDER = "yhteiset"
"""The folder of shared descriptions; it is no region, and they are no pages."""
_BASES, _AFTER = "builds_on", "after"
_TARGETS = ("step", "service", "outcome")
_CHOICES = ("choices", "onward")
_MAX_LAYERS = 8
_VALIDITY = ("valid_from", "valid_to")
_GROUNDS, _UNGROUNDED = ("sources", "certainty"), "grounds"
_STATED = ("name", "actor", "client", "plain", "professional", "failure")
"""What of a step its grounds answer for."""


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
    laid = layers[0]
    for layer in layers[1:]:
        merged, found = _merged(laid, layer)
        problems += found
        if merged is None:
            return None, problems
        laid = merged
    return laid, problems


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
    one, two = Part(below, (), below.data), Part(above, (), above.data)
    plan = _service(one, two, problems)
    torn = any(problem.rule != _UNGROUNDED for problem in problems)
    return None if torn else whole(plan, above), problems


def _service(below: Part, above: Part, problems: list[Problem]) -> Plan:
    plan: dict[str, Plan] = {k: below[k] for k in below.data if k != _BASES}
    for key in above.data:
        if key == "steps" and isinstance(below.get(key), list):
            plan[key] = _steps(below[key], above[key], problems)
        else:
            plan[key] = _joined(key, below[key], above[key]) if key in plan else above[key]
    return plan


def _joined(key: str, below: Part, above: Part) -> Plan:
    """Return a list with what is added to it, or the value that takes the other's place."""
    if not (isinstance(below.data, list) and isinstance(above.data, list)):
        return above
    if key not in _CHOICES:
        there = [part.data for part in below.items()]
        return [*below.items(), *(part for part in above.items() if part.data not in there)]
    own: dict[object, list[Part]] = {}
    for choice in above.items():
        own.setdefault(_target(choice), []).append(choice)
    said: list[Part] = []
    for choice in below.items():
        new = own.get(_target(choice), [choice])
        said += [part for part in new if part not in said]
    return [*said, *(part for part in above.items() if part not in said)]


def _target(choice: Part) -> object:
    """Return the target of a choice; one whose target is no text is like no other."""
    found = ((key, choice.get(key)) for key in _TARGETS)
    return next((pair for pair in found if isinstance(pair[1], str)), choice.at)


def _steps(below: Part, above: Part, problems: list[Problem]) -> Plan:
    """Return the shared steps with the own ones merged in or put in their places."""
    if not isinstance(above.data, list):
        return above
    steps: list[tuple[object, Plan]] = [(_id(step), step) for step in below.items()]
    shared = {name for name, _ in steps}
    seen: dict[tuple[object, ...], int] = {}
    for own in above.items():
        name = _id(own)
        if not isinstance(own.data, dict):
            steps.append((name, own))
            continue
        versions = [i for i, (there, _) in enumerate(steps) if there == name and name in shared]
        meant = [index for index in versions if _same_time(steps[index][1], own)]
        problems += _faults(
            own, name, changes=bool(meant), version_missing=bool(versions) > bool(meant)
        )
        version = (name, *(str(own.get(key)) for key in _VALIDITY))
        if version in seen:
            message, hint = f"Vaihe ”{name}” on jo rivillä {seen[version]}.", "Yhdistä ne yhdeksi."
            problems.append(own.document.problem((*own.at, "id"), message, "duplicate-id", hint))
        seen.setdefault(version, own.document.mark((*own.at, "id"), at_key=False).line)
        for index in meant:
            steps[index] = (name, _step(steps[index][1], own))
        if not versions and own.get("name") is None and isinstance(name, str):
            problems.append(_no_such_step(own, name, shared))
        elif not versions:
            place = _place(own, [there for there, _ in steps], problems)
            steps.insert(place, (name, _step({}, own)))
    return [step for _, step in steps]


def _no_such_step(own: Part, name: str, shared: set[object]) -> Problem:
    message = f"Yhteisessä kuvauksessa ei ole vaihetta ”{name}”."
    known = [there for there in shared if isinstance(there, str)]
    hint = suggestion(name, known) or "Jos vaihe on uusi, anna sille name ja kaikki muu."
    return own.document.problem((*own.at, "id"), message, "unknown-step", hint)


def _faults(own: Part, name: object, *, changes: bool, version_missing: bool) -> Iterator[Problem]:
    """Yield what is wrong in how an own step changes a shared one."""
    not_days = list(_not_days(own)) if version_missing else []
    yield from not_days
    if version_missing and not not_days:
        message = f"Yhteisellä vaiheella ”{name}” ei ole versiota näille päiville."
        hint = "Anna samat valid_from ja valid_to kuin yhteisellä, tai jätä ne pois."
        yield own.document.problem((*own.at, "id"), message, "no-such-version", hint)
    if (changes or version_missing) and own.get(_AFTER) is not None:
        message = "Yhteisen vaiheen paikkaa ei voi vaihtaa."
        hint = "Poista after. Se kuuluu vain uuteen vaiheeseen."
        yield own.document.problem((*own.at, _AFTER), message, "after", hint)
    stated = [key for key in _STATED if own.get(key) is not None]
    if changes and stated and not any(own.get(key) for key in _GROUNDS):
        message = f"Vaihe ”{name}” sanoo jotakin toisin, mutta ei kerro, mihin se perustuu."
        hint = (
            "Lisää vaiheeseen rivi ”sources:” ja sen alle rivi ”- tunnus”, jossa on lähteen "
            "tunnus. "
            "Jos lähdettä ei ole, lisää rivi ”certainty: unknown”."
        )
        yield own.document.problem((*own.at, stated[0]), message, _UNGROUNDED, hint)


def _not_days(own: Part) -> Iterator[Problem]:
    """Yield what a step gives for a day and is none: no version can be told by it."""
    for key in _VALIDITY:
        try:
            iso_day(own.get(key))
        except ValueError as error:
            message, hint = error.args
            yield own.document.problem((*own.at, key), message, "value", hint)


def _id(step: Part) -> object:
    """Return the id of a step; one whose id is no text is like no other."""
    name = step.get("id")
    return name if isinstance(name, str) else step.at


def _same_time(shared: Plan, own: Part) -> bool:
    """Return whether an own step means this version: every one, unless it gives days itself."""
    if isinstance(shared, list) or not any(own.get(key) for key in _VALIDITY):
        return True
    there = {k: _plain(shared[k]) if k in _keys(shared) else None for k in _VALIDITY}
    return all(there[key] == own.get(key) for key in _VALIDITY)


def _plain(plan: Plan) -> object:
    return plan.data if isinstance(plan, Part) else None


def _keys(plan: Part | dict[str, Plan]) -> "list[str]":
    return list(plan.data if isinstance(plan, Part) else plan)


def _step(shared: Plan, own: Part) -> Plan:
    assert not isinstance(shared, list)
    plan: dict[str, Plan] = {key: shared[key] for key in _keys(shared)}
    for key in own.data:
        there = plan.get(key)
        if key != _AFTER:
            plan[key] = _joined(key, there, own[key]) if isinstance(there, Part) else own[key]
    return plan


def _place(own: Part, names: list[object], problems: list[Problem]) -> int:
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
