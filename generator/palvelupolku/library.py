"""Everything that was read, as models: the pure core's one input."""

from pydantic import Field

from palvelupolku.catalogue import Catalogue
from palvelupolku.colours import Colours
from palvelupolku.fields import Frozen
from palvelupolku.model import Service
from palvelupolku.region import Region
from palvelupolku.statement import Statement
from palvelupolku.supplement import Supplement


class Library(Frozen):
    """The catalogue, the regions, their services by address and what municipalities say of them."""

    catalogue: Catalogue
    regions: dict[str, Region]
    services: dict[str, Service]
    """By address `region/id`."""
    own: frozenset[str] = frozenset()
    """The addresses of the services, municipalities and regions (`region/region`) that an own
    folder beside the shared descriptions tells of."""
    supplements: dict[str, Supplement] = Field(default_factory=dict)
    """By `region/municipality`."""
    statement: Statement | None = None
    """What the publisher of the site tells of its accessibility, if anything."""
    colours: Colours | None = None
    """The publisher's own colours, if any."""

    @property
    def own_regions(self) -> set[str]:
        """The regions of which an own folder tells something."""
        return {address.partition("/")[0] for address in self.own}
