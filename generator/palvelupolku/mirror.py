"""A municipality's supplement held against the unified description, step by step.

Pure: a service and what one municipality says of it → the same service as it is done there, and
for each step whether it is the same, extended, different, missing, its own, or not known.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel

from palvelupolku.fields import Prose, Sourced, Text
from palvelupolku.model import Choice, Service, Step
from palvelupolku.prose import begins_with_list, literal
from palvelupolku.region import Availability
from palvelupolku.supplement import AddedStep, Difference, Supply
from palvelupolku.values import VALUES

State = Literal["same", "extended", "different", "missing", "own", "unknown"]
STATES: dict[State, str] = {state: VALUES[state].capitalize() for state in get_args(State)}
"""What a step in a municipality is beside the unified one, in the words of the page."""
AVAILABLE: dict[Availability, str] = {
    state: VALUES[state].capitalize() for state in get_args(Availability)
}
"""What is known of a service in a municipality, in the words of the page."""
HERE: dict[Availability, str] = {
    "available": "palvelua on",
    "partner": "kumppani tuottaa palvelun",
    "elsewhere": "palvelua ei ole täällä",
    "ended": "palvelu on päättynyt",
    "unknown": "palvelusta ei ole tietoa",
}
"""The same after the municipality's name."""
ABSENT: dict[Availability, str] = {
    "elsewhere": "palvelua ei ole täällä",
    "ended": "palvelu on päättynyt täällä",
}
"""When one goes elsewhere from a service that is not in the municipality."""
APART: tuple[State, ...] = ("extended", "different", "missing", "own")
"""The states of steps that are known not to be as they are elsewhere."""
COUNTED: dict[State, tuple[str, str]] = {
    "extended": ("täydennetty", "täydennettyä"),
    "different": ("poikkeava", "poikkeavaa"),
    "missing": ("puuttuva", "puuttuvaa"),
    "own": ("oma vaihe", "omaa vaihetta"),
}
"""What one such step is called after its number, and what many are."""
NO_STEP = "{}: tätä vaihetta ei ole"
"""What is told of a step that a municipality does not have, after the municipality's name."""
ONWARD = "siirry tästä eteenpäin"
"""When one takes the only way on from such a step."""
AS_SHARED = "Yhteisen kuvauksen mukaan"
"""What stands over the ways on from such a step, when there are many to choose from."""
_COMPARED = {
    "name": "nimi",
    "actor": "toimija",
    "participants": "osallistujat",
    "client": "asiakkaan teksti",
    "plain": "mitä tapahtuu",
    "professional": "ammattilaisen teksti",
    "documents": "asiakirjat",
    "duration": "kesto",
    "failure": "mikä voi mennä vikaan",
    "contact": "keneltä kysytään",
    "laws": "pykälät",
    "choices": "vaihtoehdot",
}
"""The fields of a step that a change of its description is noticed in, by their Finnish names."""
_UNTOLD = {"sv", "en", *Sourced.model_fields}
"""What may change without a Finnish reader being told anything else."""
_DIGITS = 6


@dataclass(frozen=True)
class Row:
    """One step of the unified description, or one of the municipality's own, and how it is done."""

    step: Step
    state: State
    difference: Difference | None = None
    shared: Step | None = None
    """The step of the unified description; nothing for the municipality's own."""

    @property
    def words(self) -> str:
        """The state in the words of the page."""
        return STATES[self.state]


def rows(service: Service, there: Service, supply: Supply) -> Iterator[Row]:
    """Yield each step of the path in the municipality, and what it is beside the unified one.

    A step that nobody has compared is unknown; nothing is taken for the same by silence.
    """
    said = {difference.id: difference for difference in supply.steps}
    shared = {step.id: step for step in service.steps}
    own = {step.id for step in supply.added}
    for step in there.steps:
        difference = said.get(step.id)
        state: State = difference.state if difference else "unknown"
        yield Row(step, "own" if step.id in own else state, difference, shared.get(step.id))


def effective(service: Service, supply: Supply, town: str) -> Service:
    """Return the service as it is done in the municipality: its own steps stand on their ways.

    What differs inside a step is told beside the unified text. What the client does there besides
    is said after it with the municipality's name; what the client does otherwise takes its place,
    for two orders would contradict each other. Of a step that is not there the client reads just
    that, for nobody can do it, and whom to ask of it elsewhere is of no help. Whom to ask is what
    is said of the step: first in the municipality, then in the unified description; the service's
    own word helps where neither says anything. A service that is not there has no steps, and leads
    to what one gets instead.
    """
    name = {"name": supply.name or service.name}
    if supply.state in ABSENT:
        onward = _onward(supply)
        return service.model_copy(update={**name, "steps": (), "entry": (), "onward": onward})
    steps = list(service.steps)
    for added in supply.added:
        steps = inserted(steps, added)
    said = {difference.id: difference for difference in supply.steps}
    own = {step.id for step in supply.added}
    there = tuple(
        step.model_copy(update={"contact": step.contact or supply.contact})
        if step.id in own
        else _there(step, said.get(step.id), supply, town)
        for step in steps
    )
    return service.model_copy(update={**name, "steps": there})


def _onward(supply: Supply) -> tuple[Choice, ...]:
    if supply.instead is None or supply.instead.service is None:
        return ()
    when = Text(fi=ABSENT[supply.state])
    grounds = {"sources": supply.sources, "certainty": supply.certainty}
    return (Choice(service=supply.instead.service, condition=when, **grounds),)


def _there(step: Step, difference: Difference | None, supply: Supply, town: str) -> Step:
    missing = difference is not None and difference.state == "missing"
    shared = None if missing else step.contact
    contact = (difference and difference.contact) or shared or supply.contact
    client = _client(step.client, difference, town) if difference else step.client
    choices = _past(step.choices) if missing else step.choices
    return step.model_copy(update={"contact": contact, "client": client, "choices": choices})


def _past(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the ways on from a step that is not there: an only one needs no condition."""
    ways = chosen(choices)
    if len(ways) != 1:
        return choices
    only = ways[0].model_copy(update={"condition": Text(fi=ONWARD)})
    return tuple(only if choice is ways[0] else choice for choice in choices)


def chosen(choices: tuple[Choice, ...]) -> list[Choice]:
    """Return the choices of which one takes just one; what goes on beside them is not chosen."""
    return [choice for choice in choices if choice.kind != "parallel"]


def _client(shared: Prose, difference: Difference, town: str) -> Prose:
    """Return what the client is told of a step in the municipality, with its state in words."""
    town = literal(town)
    if difference.state == "missing" and difference.reason:
        return _after(f"{NO_STEP.format(town)}. Syy:", difference.reason)
    if difference.client is None:
        return shared
    if difference.state == "different":
        return _after(f"{town} toimii toisin:", difference.client)
    own = _after(f"{town}:", difference.client)
    both = {"fi": f"{shared.fi}\n\n{own.fi}"}
    if shared.fi_simple or own.fi_simple:
        both["fi_simple"] = f"{shared.plainest}\n\n{own.plainest}"
    return shared.model_copy(update=both)


def _after(words: str, text: Prose) -> Prose:
    """Return a text after words that tell what it is; a list stands below them."""

    def joined(told: str) -> str:
        return words + ("\n\n" if begins_with_list(told) else " ") + told

    plain = text.fi_simple and joined(text.fi_simple)
    return Prose.model_construct(fi=joined(text.fi), fi_simple=plain)


def ways(steps: list[Step], added: AddedStep) -> list[Choice]:
    """Return the choices that an own step may stand on; just one lets it be placed."""
    source = next((step for step in steps if step.id == added.after), None)
    onward = [c for c in source.choices if c.step and c.kind == "onward"] if source else []
    return [c for c in onward if added.before in (None, c.step)]


def inserted(steps: list[Step], added: AddedStep) -> list[Step]:
    """Return the steps with an own one on its way; without it where it has no one place."""
    found = ways(steps, added)
    if len(found) != 1:
        return steps
    there = found[0]
    own = Step.model_construct(
        **{name: getattr(added, name) for name in Step.model_fields if name != "choices"},
        choices=(there.model_copy(update={"condition": None}),),
    )
    index = next(i for i, step in enumerate(steps) if step.id == added.after)
    source = steps[index]
    led = tuple(
        choice.model_copy(update={"step": added.id}) if choice is there else choice
        for choice in source.choices
    )
    changed = source.model_copy(update={"choices": led})
    return [*steps[:index], changed, own, *steps[index + 1 :]]


def fingerprint(step: Step) -> str:
    """Return what a step's description is now, in few letters: `name:3f2a9c client:81bc22 …`."""
    return " ".join(f"{name}:{digits}" for name, digits in _digests(step))


def _digests(step: Step) -> Iterator[tuple[str, str]]:
    for name in _COMPARED:
        if said := _said(getattr(step, name)):
            value = json.dumps(said, sort_keys=True)
            yield name, hashlib.sha256(value.encode()).hexdigest()[:_DIGITS]


def _said(value: Any) -> Any:  # noqa: ANN401 - any part of a step
    """Return what a Finnish reader is told: no translations, no grounds and no days."""
    if isinstance(value, tuple):
        return [_said(item) for item in value]
    if not isinstance(value, BaseModel):
        return value
    parts = {name: _said(getattr(value, name)) for name in type(value).model_fields}
    return {name: part for name, part in parts.items() if part and name not in _UNTOLD}


def changed(step: Step, mirrored: str) -> list[str]:
    """Return the Finnish names of the fields that are not as they were when they were compared."""
    then = dict(part.split(":") for part in mirrored.split())
    now = dict(_digests(step))
    return [words for name, words in _COMPARED.items() if then.get(name) != now.get(name)]
