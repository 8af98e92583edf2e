"""The library as it stands on one day: what is not valid is gone, every role has its actor."""

from datetime import date

from palvelupolku.library import Library
from palvelupolku.model import Service
from palvelupolku.roles import cast, roles_of
from palvelupolku.validity import valid_on


def library_on(library: Library, day: date) -> Library:
    """Return the regions and the services of a declared library on a day.

    The catalogue stays whole: what has changed is told with the names of its time.
    """
    regions = {name: valid_on(region, day) for name, region in library.regions.items()}
    services = {address: service_on(library, address, day) for address in library.services}
    supplements = {
        town: cast(valid_on(supplement, day), roles_of(regions[town.partition("/")[0]]))
        for town, supplement in library.supplements.items()
    }
    kept = {"services": services, "regions": regions, "supplements": supplements}
    return library.model_copy(update=kept)


def service_on(library: Library, address: str, day: date) -> Service:
    """Return a service of a declared library as it stands on a day."""
    region = valid_on(library.regions[address.partition("/")[0]], day)
    return cast(valid_on(library.services[address], day), roles_of(region))
