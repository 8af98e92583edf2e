"""The ids that an author may choose from, with their names."""

from palvelupolku.fields import SHARED_STEP
from palvelupolku.library import Library


def names_of(library: Library, region: str) -> dict[str, list[tuple[str, str]]]:
    """Return the ids that a description of a region may name, with their names."""
    catalogue, services = library.catalogue, sorted(library.services.items())
    near = [(a.partition("/")[2], s.name.fi) for a, s in services if a.startswith(f"{region}/")]
    far = [(a, s.name.fi) for a, s in services if not a.startswith(f"{region}/")]
    return {
        "actor": [(name, actor.name.fi) for name, actor in sorted(catalogue.actors.items())],
        "law": [(name, law.name.fi) for name, law in sorted(catalogue.laws.items())],
        "source": [(name, source.title) for name, source in sorted(catalogue.sources.items())],
        "outcome": [(name, end.name.fi) for name, end in sorted(catalogue.outcomes.items())],
        "service": [*near, *far],
    }


def steps_of(library: Library, region: str) -> dict[str, list[tuple[str, str]]]:
    """Return the steps of a region's services that its municipalities may name, with their names.

    Steps that share an id stand together: the service of a row tells which is meant.
    """
    found: dict[str, dict[str, None]] = {}
    for address, service in sorted(library.services.items()):
        for step in service.steps if address.startswith(f"{region}/") else ():
            found.setdefault(step.id, {})[f"{service.name.fi}: {step.name.fi}"] = None
    return {SHARED_STEP: [(name, "; ".join(told)) for name, told in found.items()]}
