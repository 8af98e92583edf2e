"""Checks of what a municipality says beside the unified description: it fits, and is up to date."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from palvelupolku.adopting import TOWNS
from palvelupolku.called import as_id
from palvelupolku.errors import Problem, did_you_mean, nearest
from palvelupolku.fields import Location, full_address, id_within
from palvelupolku.mirror import changed, inserted, ways
from palvelupolku.model import Service, Step, old_addresses
from palvelupolku.places import BACKUP, original
from palvelupolku.source import Reading
from palvelupolku.supplement import AddedStep, Difference, Supplement, Supply
from palvelupolku.validity import clashes, days_to_check, valid_on, versions, where_of
from palvelupolku.yamltext import Document

_LIKE = 0.75
"""How near a word is to the step that was meant (`difflib`'s ratio)."""


def check(reading: Reading, day: date) -> Iterator[Problem]:
    """Yield what does not fit in a supplement, and what the unified description has changed."""
    for place, supplement, document in reading.supplement_files():
        region, _, town = place.partition("/")
        yield from _town(reading, region, town, supplement, document)
        yield from _twice(supplement, region, document)
        yield from _one_place(supplement, reading, region, document)
        for index, supply in enumerate(supplement.services):
            service = reading.library.services.get(full_address(supply.service, region))
            if service:
                yield from _supply(service, supply, day, ("services", index), document)


def _twice(supplement: Supplement, region: str, document: Document) -> Iterator[Problem]:
    """Check that a service is told of once at a time."""
    named = ((full_address(supply.service, region), supply) for supply in supplement.services)
    for found in versions(named).values():
        for index, other, gap in clashes(found):
            if not gap:
                place = ("services", index, "service")
                where = where_of(document, ("services", other, "service"), place)
                message = f"Palvelu ”{supplement.services[index].service}” on jo {where}."
                hint = "Yhdistä ne, tai erota ne päivillä valid_from ja valid_to."
                yield document.problem(place, message, "duplicate-id", hint)


def _one_place(
    supplement: Supplement, reading: Reading, region: str, document: Document
) -> Iterator[Problem]:
    """Check that no two services, by their old ids either, come to one address."""
    taken: dict[str, str] = {}
    for index, supply in enumerate(supplement.services):
        shared = full_address(supply.service, region)
        service = reading.library.services.get(shared)
        before = old_addresses(shared, service) if service else []
        for address in (shared, *before):
            other = taken.setdefault(id_within(address, region), shared)
            if other != shared:
                message = f"Palvelujen ”{other}” ja ”{shared}” sivut tulisivat samaan osoitteeseen."
                hint = "Anna alueen omalle palvelulle toinen tunnus."
                place = ("services", index, "service")
                yield document.problem(place, message, "same-address", hint)


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
        hint = _home(reading, region, name, document)
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


def _home(reading: Reading, region: str, name: str, document: Document) -> str:
    """Return what becomes of a file that is named as no municipality of its region."""
    towns, own = reading.library.regions[region].municipalities, reading.library.own
    if original(document.file) != document.file and original(document.file) in reading.documents:
        return f"{BACKUP} Muuten anna nimeksi kunnan tunnus."
    named = {as_id(town.name.fi): id_ for id_, town in towns.items()} | {id_: id_ for id_ in towns}
    for word in (name, name.partition("-")[0]):
        if near := nearest(word, named):
            return did_you_mean([named[near]])
    if towns and own and f"{region}/region" not in own:
        return f"Anna tiedoston nimeksi kunnan tunnus. Tunnukset: {', '.join(sorted(towns))}."
    return f"Lisää se tiedostoon {region}/region.yml."


def _supply(
    service: Service, supply: Supply, day: date, at: Location, document: Document
) -> Iterator[Problem]:
    """Check what is said of the steps of a service, on the day and on every later one."""
    yield from _compared(service, supply, day, at, document)
    yield from _named(service, supply, at, document)
    days, _ = days_to_check(service, day, document)
    own, too_many = days_to_check(supply, day, document)
    yield from too_many
    for turn in sorted({*days, *own}):
        if supply.added and turn >= day and supply.valid_on(turn):
            yield from _placed(service, supply, turn, at, document)


def _compared(
    service: Service, supply: Supply, day: date, at: Location, document: Document
) -> Iterator[Problem]:
    """Check that each comparison is of a step, said once at a time, and up to date on the day."""
    now = {step.id: step for step in valid_on(service, day).steps if supply.valid_on(day)}
    ever = {step.id for step in service.steps}
    twice = _said_twice(supply.steps)
    doubled = {supply.steps[index].id for index in twice}
    for index, other in twice.items():
        here = (*at, "steps", index, "id")
        where = where_of(document, (*at, "steps", other, "id"), here)
        message = f"Vaihetta ”{supply.steps[index].id}” on verrattu jo {where}."
        hint = "Yhdistä ne, tai erota ne päivillä valid_from ja valid_to."
        yield document.problem(here, message, "duplicate-id", hint)
    for index, difference in enumerate(supply.steps):
        here = (*at, "steps", index)
        if difference.id not in ever:
            hint = _meant(
                difference.id, service, ever, "Jos vaihe on oma, se kuuluu kohtaan added."
            )
            yield _no_step(difference.id, (*here, "id"), document, hint)
        elif difference.id in now and difference.valid_on(day) and difference.id not in doubled:
            yield from _freshness(now[difference.id], difference, here, document)


def _said_twice(parts: Sequence[Difference] | Sequence[AddedStep]) -> dict[int, int]:
    """Return the index of each part that stands beside another of its step at a time, and that."""
    told = versions((part.id, part) for part in parts).values()
    return {index: other for found in told for index, other, gap in clashes(found) if not gap}


def _meant(name: str, service: Service, ids: Collection[str], otherwise: str) -> str:
    """Return what to write for a step that is not there: its name may stand for it, or a slip."""
    named = {as_id(step.name.fi): step.id for step in service.steps}
    found = named.get(nearest(name, named, _LIKE)) or nearest(name, ids, _LIKE)
    return f"Tarkoititko ”{found}”?" if found else f"{otherwise} Vaiheet: {', '.join(sorted(ids))}."


def _no_step(name: str, at: Location, document: Document, hint: str) -> Problem:
    message = f"Yhteisessä kuvauksessa ei ole vaihetta ”{name}”."
    return document.problem(at, message, "unknown-step", hint)


def _freshness(
    step: Step, difference: Difference, at: Location, document: Document
) -> Iterator[Problem]:
    """Remark on a comparison with a step that is no longer what it was."""
    here = (*at, "mirrored")
    if difference.mirrored is None:
        message = f"Vertailusta vaiheeseen ”{step.id}” puuttuu vertailumerkki."
        hint = "Aja: palvelupolku mirror. Se kirjoittaa kohdan mirrored."
        yield document.problem(here, message, "not-mirrored", hint, at_key=True, severity="warning")
    elif what := changed(step, difference.mirrored):
        message = f"Yhteinen vaihe ”{step.id}” on muuttunut: {', '.join(what)}."
        town = document.file.removesuffix(".yml").replace(TOWNS, "")
        hint = "Lue vaihe uudelleen ja korjaa teksti tarvittaessa. "
        hint += f"Kun kunnan vertailut on luettu, aja: palvelupolku mirror {town}."
        yield document.problem(here, message, "core-changed", hint, severity="warning")


def _named(service: Service, supply: Supply, at: Location, document: Document) -> Iterator[Problem]:
    """Check that an own step has an id of its own, and follows a step that there is."""
    ever = {step.id for step in service.steps}
    twice = _said_twice(supply.added)
    for index, added in enumerate(supply.added):
        here = (*at, "added", index)
        if added.id in ever or index in twice:
            first = (*at, "added", twice.get(index, 0), "id")
            where = where_of(document, first, (*here, "id")) if index in twice else "polulla"
            message = f"Vaihe ”{added.id}” on jo {where}."
            hint = "Anna omalle vaiheelle toinen tunnus, tai kerro siitä kohdassa steps."
            yield document.problem((*here, "id"), message, "duplicate-id", hint)
        known = ever | {step.id for step in supply.added[:index]}
        if added.after not in known:
            hint = _meant(added.after, service, known, "Anna jonkin vaiheen tunnus.")
            yield _no_step(added.after, (*here, "after"), document, hint)


def _placed(
    service: Service, supply: Supply, day: date, at: Location, document: Document
) -> Iterator[Problem]:
    """Check each own step against the path into which the own steps before it are placed."""
    steps, lost = list(valid_on(service, day).steps), set[str]()
    known = {part.id for part in (*service.steps, *supply.added)}
    for index, added in enumerate(supply.added):
        if not added.valid_on(day):
            continue
        here, found = (*at, "added", index), ways(steps, added)
        if not any(step.id == added.after for step in steps):
            if added.after in known - lost:
                yield _not_then(added, here, document)
        elif len(found) != 1:
            yield _no_place(steps, added, len(found), here, document)
        lost |= {added.id} if len(found) != 1 else set()
        steps = inserted(steps, added)


def _not_then(added: AddedStep, at: Location, document: Document) -> Problem:
    message = f"Vaihe ”{added.after}” ei ole voimassa silloin, kun oma vaihe on."
    hint = "Anna omalle vaiheelle sama valid_from tai valid_to kuin vaiheella."
    return document.problem((*at, "after"), message, "not-valid-then", hint)


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
