"""Checks of what a municipality says beside the unified description: it fits, and is up to date."""

from collections.abc import Iterator
from datetime import date

from palvelupolku.adopting import TOWNS
from palvelupolku.errors import Problem, suggestion
from palvelupolku.fields import Location, full_address
from palvelupolku.mirror import changed, inserted, ways
from palvelupolku.model import Service, Step
from palvelupolku.source import Reading
from palvelupolku.supplement import AddedStep, Difference, Supplement, Supply
from palvelupolku.validity import clashes, valid_on, versions
from palvelupolku.yamltext import Document


def check(reading: Reading, day: date) -> Iterator[Problem]:
    """Yield what does not fit in a supplement, and what the unified description has changed."""
    for place, supplement, document in reading.supplement_files():
        region, _, town = place.partition("/")
        yield from _town(reading, region, town, supplement, document)
        yield from _twice(supplement, region, document)
        for index, supply in enumerate(supplement.services):
            service = reading.library.services.get(full_address(supply.service, region))
            if service and supply.valid_on(day):
                yield from _supply(service, supply, day, ("services", index), document)


def _twice(supplement: Supplement, region: str, document: Document) -> Iterator[Problem]:
    """Check that a service is told of once at a time."""
    named = ((full_address(supply.service, region), supply) for supply in supplement.services)
    for found in versions(named).values():
        for index, gap in clashes(found):
            if not gap:
                name = supplement.services[index].service
                message = f"Palvelu ”{name}” on tiedostossa kahdesti samaan aikaan."
                hint = "Yhdistä ne, tai erota ne päivillä valid_from ja valid_to."
                place = ("services", index, "service")
                yield document.problem(place, message, "duplicate-id", hint)


def _town(
    reading: Reading, region: str, name: str, supplement: Supplement, document: Document
) -> Iterator[Problem]:
    """Check that the municipality belongs to the region, and that nothing is said of it twice."""
    model = reading.library.regions.get(region)
    if model is None:
        return
    town = model.municipalities.get(name)
    if town is None:
        message = f"Alueella ”{region}” ei ole kuntaa ”{name}”."
        hint = suggestion(name, model.municipalities) or f"Lisää se tiedostoon {region}/region.yml."
        yield document.problem((), message, "unknown-municipality", hint)
        return
    own = {full_address(supply.service, region) for supply in supplement.services}
    file = reading.documents[f"{region}/region.yml"]
    for index, presence in enumerate(town.services):
        if full_address(presence.service, region) in own:
            place = ("municipalities", name, "services", index)
            message = f"Kunnasta ”{name}” kerrotaan sama palvelu kahdessa tiedostossa."
            hint = f"Poista tämä. Se on jo tiedostossa {document.file}."
            yield file.problem(place, message, "said-twice", hint)


def _supply(
    service: Service, supply: Supply, day: date, at: Location, document: Document
) -> Iterator[Problem]:
    now = {step.id: step for step in valid_on(service, day).steps}
    ever = {step.id for step in service.steps}
    seen: set[str] = set()
    for index, difference in enumerate(supply.steps):
        here = (*at, "steps", index)
        if difference.id in seen:
            message, hint = f"Vaihe ”{difference.id}” on jo verrattu.", "Yhdistä ne yhdeksi."
            yield document.problem((*here, "id"), message, "duplicate-id", hint)
        seen.add(difference.id)
        if difference.id not in ever:
            hint = suggestion(difference.id, ever) or "Jos vaihe on oma, se kuuluu kohtaan added."
            yield _no_step(difference.id, (*here, "id"), document, hint)
        elif difference.id in now and difference.valid_on(day):
            yield from _freshness(now[difference.id], difference, here, document)
    steps = list(now.values())
    for index, added in enumerate(supply.added):
        if added.valid_on(day):
            yield from _added(steps, ever, added, (*at, "added", index), document)
            steps = inserted(steps, added)


def _no_step(name: str, at: Location, document: Document, hint: str) -> Problem:
    message = f"Yhteisessä kuvauksessa ei ole vaihetta ”{name}”."
    return document.problem(at, message, "unknown-step", hint)


def _freshness(
    step: Step, difference: Difference, at: Location, document: Document
) -> Iterator[Problem]:
    """Remark on a comparison with a step that is no longer what it was."""
    if difference.mirrored is None:
        message = f"Ei tiedetä, millaiseen vaiheeseen ”{step.id}” tätä on verrattu."
        hint = "Aja: palvelupolku mirror. Se kirjoittaa kohdan mirrored."
        yield document.problem((*at, "id"), message, "not-mirrored", hint, severity="warning")
    elif what := changed(step, difference.mirrored):
        message = f"Yhteinen vaihe ”{step.id}” on muuttunut: {', '.join(what)}."
        town = document.file.removesuffix(".yml").replace(TOWNS, "")
        hint = "Lue vaihe uudelleen ja korjaa teksti tarvittaessa. "
        hint += f"Kun kunnan vertailut on luettu, aja: palvelupolku mirror {town}."
        place = (*at, "mirrored")
        yield document.problem(place, message, "core-changed", hint, severity="warning")


def _added(
    steps: list[Step], ever: set[str], added: AddedStep, at: Location, document: Document
) -> Iterator[Problem]:
    """Check an own step against the path into which the own steps before it are placed."""
    known = {step.id for step in steps} | ever
    if added.id in known:
        message = f"Vaihe ”{added.id}” on jo polulla."
        hint = "Anna omalle vaiheelle toinen tunnus, tai kerro siitä kohdassa steps."
        yield document.problem((*at, "id"), message, "duplicate-id", hint)
    if added.after not in known:
        hint = suggestion(added.after, known) or "Anna jonkin yhteisen vaiheen tunnus."
        yield _no_step(added.after, (*at, "after"), document, hint)
    elif any(step.id == added.after for step in steps) and len(found := ways(steps, added)) != 1:
        yield _no_place(steps, added, len(found), at, document)


def _no_place(
    steps: list[Step], added: AddedStep, number: int, at: Location, document: Document
) -> Problem:
    open_ways = ways(steps, added.model_copy(update={"before": None}))
    onward = [choice.step for choice in open_ways if choice.step]
    if not onward:
        message = f"Vaiheesta ”{added.after}” ei pääse suoraan toiseen vaiheeseen."
    elif number:
        message = f"Vaiheesta ”{added.after}” on monta tietä, joten oman vaiheen paikka jää auki."
    else:
        message = f"Vaiheesta ”{added.after}” ei pääse suoraan vaiheeseen ”{added.before}”."
    hint = f"Anna before: {' tai '.join(onward)}." if onward else "Valitse toinen vaihe."
    key = "before" if added.before else "after"
    return document.problem((*at, key), message, "own-step-place", hint)
