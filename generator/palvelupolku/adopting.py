"""A municipality's own files beside the shared ones: they add to them and take nobody's place.

What the municipality says of itself comes before what is said of it: its supplement, word by
service, and the publisher's own statement and colours.
"""

from collections.abc import Mapping
from typing import Any

from palvelupolku.errors import Mark, Problem
from palvelupolku.fields import full_address
from palvelupolku.layers import Part, whole
from palvelupolku.overlay import FOLDER as SHARED
from palvelupolku.region import Region
from palvelupolku.supplement import Supplement
from palvelupolku.yamltext import Document

Files = Mapping[str, bytes]
"""Files by their names below `paths/`."""
CATALOGUE, TOWNS = "catalogue", "/kunnat"
"""The folder of lists, and what ends the folder of a region's municipalities."""
LOWER = "/shared/"
"""In the name of a shared file that lies below an own one of the same name."""
_HINTS = {
    "region": "Poista oma tiedosto. Alueen tiedot tulevat yhteisistä kuvauksista.",
    "shared": "Anna tiedostolle toinen nimi.",
    "service": "Anna omalle palvelulle toinen nimi. Oma tapa kerrotaan tiedostossa "
    "{folder}/kunnat/<kunta>.yml.",
}


def together(
    own: Files, shared: Files, single: frozenset[str]
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the own files among the shared ones, and a problem for each that is in the way.

    `single` are the names that only a publisher gives: the shared site's own are left out.
    """
    if not shared:
        return dict(own), []
    files = {name: content for name, content in shared.items() if name not in single}
    both = sorted(own.keys() & files.keys())
    lower = {_below(name): files[name] for name in both if _adds(name)}
    clashes = [_clash(name) for name in both if not _adds(name)]
    kept = {name: content for name, content in own.items() if name not in files or _adds(name)}
    return files | kept | lower, clashes


def lower_of(name: str) -> str:
    """Return the name under which a shared file lies below the own one of this name."""
    return _below(name)


def place(name: str) -> str:
    """Return the name that a file has in its own folder."""
    return name.replace(LOWER, "/")


def _below(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}{LOWER}{file}"


def _adds(name: str) -> bool:
    """Return whether an own file of this name adds to the shared one."""
    folder = name.rpartition("/")[0]
    return folder == CATALOGUE or folder.endswith(TOWNS)


def _clash(name: str) -> Problem:
    folder, _, stem = name.removesuffix(".yml").rpartition("/")
    kind = "region" if stem == "region" else "shared" if folder == SHARED else "service"
    message = "Yhteisissä kuvauksissa on jo tämä tiedosto. Oma ei voi tulla sen tilalle."
    return Problem(name, Mark(), message, "shared-file", _HINTS[kind].format(folder=folder))


def twice(own: Document, shared: Document) -> list[Problem]:
    """Return a problem for each entry of an own list whose id the shared list has."""
    message = "Tunnus ”{}” on jo yhteisessä luettelossa. Oma ei voi tulla sen tilalle."
    hint = "Poista tämä ja käytä yhteistä, tai anna omalle toinen tunnus."
    return [
        own.problem((name,), message.format(name), "shared-entry", hint, at_key=True)
        for name in own.data
        if name in shared.data
    ]


def own_word(own: Document, shared: Document | None) -> Document:
    """Return an own supplement, followed by what the shared one says of other services."""
    mine, theirs = (_services(document) for document in (own, shared))
    if not shared or mine is None or theirs is None:
        return own
    region = own.file.partition("/")[0]
    told = {full_address(str(part.get("service")), region) for part in mine.items()}
    others = [
        part
        for part in theirs.items()
        if full_address(str(part.get("service")), region) not in told
    ]
    plan: dict[str, Any] = {key: Part(own, (), own.data)[key] for key in own.data}
    return whole(plan | {"services": [*mine.items(), *others]}, own)


def _services(document: Document | None) -> Part | None:
    data = document.data.get("services") if document else None
    return Part(document, ("services",), data) if document and isinstance(data, list) else None


def unsaid(region: Region, name: str, towns: Mapping[str, Supplement]) -> Region:
    """Return a shared region without what it says of a service that the town itself tells of."""
    kept = {}
    for town, model in region.municipalities.items():
        own = towns.get(f"{name}/{town}")
        told = {full_address(supply.service, name) for supply in own.services} if own else set()
        left = tuple(p for p in model.services if full_address(p.service, name) not in told)
        kept[town] = model.model_copy(update={"services": left})
    return region.model_copy(update={"municipalities": kept})
