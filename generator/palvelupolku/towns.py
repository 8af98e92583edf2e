"""The services that municipalities tell of, by the addresses of their own pages."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from palvelupolku.fields import full_address, id_within
from palvelupolku.library import Library
from palvelupolku.mirror import (
    ABSENT,
    APART,
    COUNTED,
    NO_STEP,
    STATES,
    Row,
    State,
    chosen,
    effective,
    rows,
)
from palvelupolku.model import Service, old_addresses
from palvelupolku.region import Municipality
from palvelupolku.reviewing import Review
from palvelupolku.supplement import Supply


@dataclass(frozen=True)
class Local:
    """A service as it is in one municipality."""

    region: str
    """The municipality's region, by its id."""
    town: str
    """The municipality's id."""
    municipality: Municipality
    review: Review
    """Who in the municipality answers for what it tells, and when it was last looked at."""
    supply: Supply
    shared: str
    """The address of the unified description."""
    service: Service
    """The service as it is done there: its own name, its own steps in their places."""
    rows: dict[str, Row]
    """Each step of the path there, by its id."""
    own: bool = False
    """Whether the description is the municipality's own, so that there is nothing to compare."""

    @property
    def address(self) -> str:
        """Where the service's own page in the municipality lies."""
        return f"{self.region}/kunnat/{self.town}/{self.id}"

    @property
    def id(self) -> str:
        """The service's id among those of the municipality."""
        return id_within(self.shared, self.region)

    @property
    def old(self) -> list[str]:
        """Where the service's own page lay before, when the service had another id."""
        folder = f"{self.region}/kunnat/{self.town}"
        before = old_addresses(self.shared, self.service)
        return [f"{folder}/{id_within(address, self.region)}" for address in before]

    @property
    def absent(self) -> bool:
        """Whether the service is not there, so that nobody can walk its path there."""
        return self.supply.state in ABSENT

    @property
    def elsewhere(self) -> str:
        """What leads from a service that is not there to its description."""
        return "Palvelun kuvaus" if self.own else "Yhteinen kuvaus: miten palvelu toimii muualla"

    @property
    def compared(self) -> bool:
        """Whether there is a path to hold against the unified description."""
        return bool(self.rows) and not self.own

    @property
    def gone(self) -> dict[str, str]:
        """What is told of each step that is not there, by its id."""
        told = NO_STEP.format(self.municipality.name.fi)
        return {name: told for name, row in self.rows.items() if row.state == "missing"}

    @property
    def undecided(self) -> set[str]:
        """The steps that are not there and from which there are many ways to choose."""
        gone = (row.step for row in self.rows.values() if row.state == "missing")
        return {step.id for step in gone if len(chosen(step.choices)) > 1}

    @property
    def counts(self) -> dict[State, int]:
        """How many steps there are of each state, in the order of `STATES`."""
        number = Counter(row.state for row in self.rows.values())
        return {state: number[state] for state in STATES}

    @property
    def apart(self) -> str:
        """In a few words, how many steps are not as they are elsewhere; empty when none is."""
        number = self.counts
        told = ((number[state], *COUNTED[state]) for state in APART if number[state])
        return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in told)

    @property
    def untold(self) -> bool:
        """Whether nobody has compared any step."""
        return all(row.state == "unknown" for row in self.rows.values())

    @property
    def notes(self) -> dict[str, str]:
        """What the picture says of the steps that are not as they are elsewhere."""
        return {name: row.words for name, row in self.rows.items() if row.state in APART}


@dataclass(frozen=True)
class Towns:
    """What municipalities tell of services, by the address of each service's page there."""

    locals: dict[str, Local] = field(default_factory=dict)

    def told(self, words: Callable[[Any], Any]) -> "Towns":
        """Return the same with what each municipality says put in other words."""
        return Towns({
            address: replace(local, supply=words(local.supply), review=words(local.review))
            for address, local in self.locals.items()
        })  # fmt: skip

    def of(self, region: str, town: str) -> Iterator[Local]:
        """Yield the services that a municipality tells of."""
        for local in self.locals.values():
            if (local.region, local.town) == (region, town):
                yield local

    def shared(self, address: str) -> str:
        """Return the address of the unified description of a service."""
        return self.locals[address].shared if address in self.locals else address

    def old(self, address: str, service: Service) -> list[str]:
        """Return the addresses at which a service was before, in a municipality or at home."""
        here = self.locals.get(address)
        return here.old if here else old_addresses(address, service)

    def gone(self, address: str) -> dict[str, str]:
        """Return what is told of the steps that a municipality does not have, by their ids."""
        return self.locals[address].gone if address in self.locals else {}

    def home(self, address: str) -> str:
        """Return the region in whose folder a service is described."""
        return self.shared(address).partition("/")[0]

    def nearer(self, address: str) -> dict[str, str]:
        """Return where a page's links to services lead: a municipality's own pages come first."""
        here = self.locals.get(address)
        return {i.shared: i.address for i in self.of(here.region, here.town)} if here else {}

    def title(self, address: str, service: Service) -> str:
        """Return the name of a service, with the municipality it is shown in."""
        here = self.locals.get(address)
        return f"{service.name.fi}, {here.municipality.name.fi}" if here else service.name.fi


def towns(library: Library) -> Towns:
    """Return what the municipalities of a library tell of its services."""
    found = [
        _local(library, place, supplement.review, supply)
        for place, supplement in sorted(library.supplements.items())
        for supply in supplement.services
    ]
    return Towns({local.address: local for local in found})


def _local(library: Library, place: str, review: Review, supply: Supply) -> Local:
    region, _, town = place.partition("/")
    municipality = library.regions[region].municipalities[town]
    shared = full_address(supply.service, region)
    if supply.instead and supply.instead.service:
        whole = full_address(supply.instead.service, region)
        instead = supply.instead.model_copy(update={"service": whole})
        supply = supply.model_copy(update={"instead": instead})
    service = library.services[shared]
    there = effective(service, supply, municipality.name.fi)
    by_step = {row.step.id: row for row in rows(service, there, supply)}
    own = shared in library.own and not (supply.steps or supply.added)
    return Local(region, town, municipality, review, supply, shared, there, by_step, own)
