"""Checks of what a claim rests on, and of who may act where and when."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from palvelupolku.catalogue import Actor, Source, certainty_rank, source_rank
from palvelupolku.errors import Problem
from palvelupolku.fields import Claim, Location, Sourced, Timed, walk
from palvelupolku.model import Arranger, Service, Step
from palvelupolku.references import documents, region_of
from palvelupolku.region import EmploymentArea, Presence, Region, Role
from palvelupolku.source import Reading
from palvelupolku.supplement import Difference, Supplement
from palvelupolku.yamltext import Document

_MUST_BE_GROUNDED = Claim | Step | Arranger | Role | Presence | EmploymentArea | Difference
_OWN_GROUNDS = (
    "Lisää rivi ”sources:” ja sen alle rivi ”- tunnus”, jossa on lähteen tunnus. "
    "Jos lähdettä ei ole, lisää rivi ”certainty: unknown”."
)
_OF_CHOICE = (
    "Tämä on vaihtoehdon lähde. Jos se on vaiheen, siirrä ”sources” ja sen viivat samaan kohtaan "
    f"kuin ”choices”. Muuten vaihe tarvitsee oman: {_OWN_GROUNDS[0].lower()}{_OWN_GROUNDS[1:]}"
)
_WHAT = {"Step": "Vaiheelta", "Claim": "Väitteeltä", "Arranger": "Järjestäjältä"}
_LISTED = (
    "Lisää rivi ”sources:” ja sen alle rivi ”- tunnus”. "
    "Jos lähdettä ei ole, kirjoita certainty: unknown."
)


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for every claim without grounds and every actor out of place or time."""
    sources, actors = reading.library.catalogue.sources, reading.library.catalogue.actors
    for document, model in documents(reading):
        for at, part in walk(model):
            if isinstance(part, Timed):
                yield from _time(part, at, document)
            if isinstance(part, Sourced):
                yield from _grounds(part, at, document, sources)
        folder = region_of(document)
        if isinstance(model, Service | Region | Supplement):
            region = reading.library.regions.get(folder)
            yield from _actors(model, document, actors, region.roles if region else ())


def _time(part: Timed, at: Location, document: Document) -> Iterator[Problem]:
    if (part.valid_from or date.min) > (part.valid_to or date.max):
        message = "Voimassaolo päättyy ennen kuin se alkaa."
        hint = "Vaihda päivien paikkaa tai korjaa toinen."
        yield document.problem((*at, "valid_to"), message, "validity", hint)


def _grounds(
    part: Sourced, at: Location, document: Document, sources: dict[str, Source]
) -> Iterator[Problem]:
    """Check that certainty is only lowered, and that only the unknown stands without sources."""
    rank = source_rank(part, sources)
    if part.certainty and rank is not None and certainty_rank(part.certainty) < rank:
        message = f"Varmuus ”{part.certainty}” on korkeampi kuin lähteiden."
        hint = "Varmuutta voi vain laskea. Lisää vahvempi lähde tai poista rivi."
        yield document.problem((*at, "certainty"), message, "certainty", hint)
    if not part.sources and part.certainty not in (None, "unknown"):
        message = f"Varmuus ”{part.certainty}” tarvitsee lähteen."
        yield document.problem((*at, "certainty"), message, "certainty", _LISTED)
    if not part.grounded and isinstance(part, _MUST_BE_GROUNDED):
        name = f" ”{part.id}”" if isinstance(part, Step | Difference) else ""
        what = "Vaiheelta" if name else _WHAT.get(type(part).__name__, "Tältä")
        message, choices = f"{what}{name} puuttuu lähde.", getattr(part, "choices", ())
        if choices and choices[-1].sources:
            place = (*at, "choices", len(choices) - 1, "sources")
            yield document.problem(place, message, "grounds", _OF_CHOICE, at_key=True)
        else:
            yield document.problem(at, message, "grounds", _OWN_GROUNDS)


def _actors(
    model: Service | Region | Supplement,
    document: Document,
    actors: dict[str, Actor],
    roles: tuple[Role, ...],
) -> Iterator[Problem]:
    """Check that no actor of another region, or of another time, acts on the path."""
    folder = region_of(document)
    played = {role.role: _span([r for r in roles if r.role == role.role]) for role in roles}
    for at, part in walk(model):
        name = getattr(part, "actor", None)
        actor = actors.get(name) if isinstance(name, str) else None
        if actor is None:
            continue
        holder = _holder(model, at, part)
        if isinstance(part, Role) and (actor.role or name in played):
            message = f"”{name}” on itse rooli."
            hint = "Nimeä se, joka tehtävää hoitaa."
            yield document.problem((*at, "actor"), message, "role", hint)
        elif name in played and not _lasts(played[str(name)], holder):
            message = f"Alue ei kerro, kuka on ”{name}” koko sinä aikana, kun kohta on voimassa."
            hint = f"Jatka roolin aikaa tiedostossa {folder}/region.yml, tai lyhennä tätä."
            yield document.problem((*at, "actor"), message, "role", hint)
        elif name not in played:
            yield from _actor(str(name), actor, holder, document, (*at, "actor"))


def _actor(
    name: str, actor: Actor, holder: Timed, document: Document, at: Location
) -> Iterator[Problem]:
    folder = region_of(document)
    if actor.role:
        message = f"Alue ei kerro, kuka on ”{name}”."
        hint = f"Lisää tiedostoon {folder}/region.yml kohtaan roles, kuka se on."
        yield document.problem(at, message, "role", hint)
    if actor.regions and folder not in actor.regions:
        message = f"Toimija ”{name}” ei toimi alueella {folder}."
        hint = f"Vaihda toimija. Tämä kuuluu alueille: {', '.join(actor.regions)}."
        yield document.problem(at, message, "actor-region", hint)
    if not _lasts(actor, holder):
        message = f"Toimija ”{name}” ei ole olemassa koko sitä aikaa, kun kohta on voimassa."
        hint = "Erota ajat: valid_from ja valid_to."
        if actor.replaced_by:
            hint = f"Nyt tehtävää hoitaa ”{actor.replaced_by}”."
        yield document.problem(at, message, "actor-time", hint)


def _span(roles: list[Role]) -> Timed:
    """Return the time from the first actor of a role to the last; gaps are told elsewhere."""
    begins = [role.valid_from for role in roles if role.valid_from]
    ends = [role.valid_to for role in roles if role.valid_to]
    return Timed(
        valid_from=min(begins) if len(begins) == len(roles) else None,
        valid_to=max(ends) if len(ends) == len(roles) else None,
    )


def _holder(model: BaseModel, at: Location, part: BaseModel) -> Timed:
    """Return what says when the part holds: itself, its step, or nothing for the whole."""
    if isinstance(part, Timed):
        return part
    inside_step = isinstance(model, Service) and at[0] == "steps"
    return model.steps[int(at[1])] if inside_step and isinstance(model, Service) else Timed()


def _lasts(actor: Timed, holder: Timed) -> bool:
    """Return whether the actor exists as long as the part it acts in.

    A part without a first day may be older than its actor: the actor took the task over.
    """
    ends = holder.valid_to or date.max
    begins = holder.valid_from or ends
    return (actor.valid_from or date.min) <= begins and ends <= (actor.valid_to or date.max)
