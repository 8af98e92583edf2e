"""What changed in a path and when, found by comparing the day before with the day itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from palvelupolku.catalogue import Catalogue
from palvelupolku.dated import service_on
from palvelupolku.finnish import upper_first
from palvelupolku.library import Library
from palvelupolku.model import Choice, LegalBasis, Service, Step
from palvelupolku.validity import turning_days


@dataclass(frozen=True)
class Turn:
    """A day on which a path changed, and what changed, each in one sentence."""

    day: date
    changes: tuple[str, ...]


def turns(library: Library, address: str, until: date) -> tuple[Turn, ...]:
    """Return the days up to one on which the path of a service changed, the newest first.

    The library is the declared one, with every version of everything.
    """
    service, region = library.services[address], library.regions[address.partition("/")[0]]
    turning = {*turning_days(service, until), *turning_days(region, until)}
    days = sorted(day for day in turning if day <= until)
    states = [(day, service_on(library, address, day)) for day in days]
    found = [
        Turn(day, tuple(_changes(before, after, library.catalogue)))
        for (_, before), (day, after) in pairwise(states)
    ]
    return tuple(turn for turn in reversed(found) if turn.changes)


def _changes(before: Service, after: Service, catalogue: Catalogue) -> Iterator[str]:
    old, new = (
        [_name(a.actor, catalogue) for a in service.arrangers if not catalogue.actors[a.actor].role]
        for service in (before, after)
    )
    if new and old != new:
        was = f" Ennen järjestäjä oli {old[0]}." if old else ""
        yield f"{upper_first(new[0])} järjestää palvelun.{was}"
    yield from _law_changes(before.laws, after.laws, catalogue)
    steps = {step.id: step for step in before.steps}, {step.id: step for step in after.steps}
    yield from _step_changes(*steps)
    yield from _actor_changes(*steps, catalogue)


def _name(actor: str, catalogue: Catalogue) -> str:
    """Return an actor's name without the years that history adds to it."""
    return catalogue.actors[actor].name.fi.partition(" (")[0]


def _law_changes(
    before: tuple[LegalBasis, ...], after: tuple[LegalBasis, ...], catalogue: Catalogue
) -> Iterator[str]:
    old, new = ({(b.law, b.section or "") for b in laws} for laws in (before, after))
    for found, told in ((new - old, "Uusi säädös:"), (old - new, "Säädös ei enää koske palvelua:")):
        for law, section in sorted(found):
            act = catalogue.laws[law]
            yield f"{told} {act.name.fi} {act.number} {section}".rstrip() + "."


def _step_changes(before: dict[str, Step], after: dict[str, Step]) -> Iterator[str]:
    if not before:
        return
    for name in (n for n in after if n not in before):
        yield f"Uusi vaihe: ”{after[name].name.fi}”."
    for name in (n for n in before if n not in after):
        yield f"Vaihe ”{before[name].name.fi}” päättyi."
    for name in (n for n in after if n in before):
        old, new = before[name], after[name]
        if old.name.fi != new.name.fi:
            yield f"Vaihe ”{old.name.fi}” on nyt ”{new.name.fi}”."
        elif _ways(old) != _ways(new):
            yield f"Vaiheen ”{new.name.fi}” vaihtoehdot muuttuivat."
        elif old.plain.fi != new.plain.fi:
            yield f"Vaiheen ”{new.name.fi}” sisältö muuttui."


def _ways(step: Step) -> set[tuple[str, str]]:
    def way(choice: Choice) -> tuple[str, str]:
        target = choice.step or choice.service or choice.outcome
        return str(target), choice.condition.fi if choice.condition else ""

    return {way(choice) for choice in step.choices}


def _actor_changes(
    before: dict[str, Step], after: dict[str, Step], catalogue: Catalogue
) -> Iterator[str]:
    """Tell who acts now instead of whom, once for all the steps where it happened."""
    pairs = {(before[n].actor, after[n].actor) for n in after if n in before}
    for old, new in sorted((old, new) for old, new in pairs if old != new):
        if not (catalogue.actors[old].role or catalogue.actors[new].role):
            now, then = _name(new, catalogue), _name(old, catalogue)
            yield f"{upper_first(now)} vastaa vaiheesta tai vaiheista. Ennen vastasi {then}."
