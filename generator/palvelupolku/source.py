"""Files of YAML → the library of models, with every problem on the way collected."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from palvelupolku.catalogue import Actor, Catalogue, Law, Outcome, Question, Source, Term
from palvelupolku.errors import Mark, PathError, Problem
from palvelupolku.library import Library
from palvelupolku.messages import validate
from palvelupolku.model import Service
from palvelupolku.overlay import FOLDER as SHARED
from palvelupolku.overlay import lay_over
from palvelupolku.region import Region
from palvelupolku.statement import Statement
from palvelupolku.supplement import Supplement
from palvelupolku.yamltext import Document, parse

CATALOGUE: dict[str, type[BaseModel]] = {
    "actors": Actor,
    "laws": Law,
    "sources": Source,
    "terms": Term,
    "outcomes": Outcome,
    "questions": Question,
}
"""Catalogue files by name, and what their entries are."""

STATEMENT = "seloste.yml"
"""The publisher's accessibility statement, beside the folders of regions."""
TOWNS = "/kunnat"
"""What ends the folder of a region's municipalities."""

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MAX_ID = 64
RESERVED = {"assets", "data", "haku", "index", "itsearviointi", "kunnat", "pagefind", "region"}
RESERVED |= {"selkea", "search", "sv", "en"}
RESERVED |= {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in "123456789"}
_ID_HINT = "Käytä pieniä kirjaimia a–z, numeroita ja yhdysviivoja, esimerkiksi ”tyokokeilu.yml”."
_PLACE_HINT = (
    "Paikkoja ovat catalogue/<luettelo>.yml, <alue>/region.yml, <alue>/<palvelu>.yml, "
    f"<alue>/kunnat/<kunta>.yml ja {STATEMENT}."
)


@dataclass
class Reading:
    """What was read: the models that hold, their files, and all problems so far."""

    library: Library
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    known: dict[str, set[str]] = field(default_factory=dict)
    """Ids that somebody has tried to define, by kind; a broken entry counts as known."""
    broken: set[str] = field(default_factory=set)
    """Kinds whose whole file could not be read, so that nobody knows its ids."""

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build."""
        return [p for p in self.problems if p.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that do not."""
        return [p for p in self.problems if p.severity == "warning"]

    def supplement_files(self) -> Iterator[tuple[str, Supplement, Document]]:
        """Yield `region/municipality`, the supplement and the file of each, in that order."""
        for town, supplement in sorted(self.library.supplements.items()):
            region, _, name = town.partition("/")
            yield town, supplement, self.documents[f"{region}{TOWNS}/{name}.yml"]

    def service_files(self) -> Iterator[tuple[str, Service, Document]]:
        """Yield the address, the model and the file of each service, in order of address."""
        for address, service in sorted(self.library.services.items()):
            yield address, service, self.documents[f"{address}.yml"]


def read(files: Mapping[str, bytes]) -> Reading:
    """Return the library of the files, whose names are relative to the folder `paths/`."""
    reading = Reading(Library(catalogue=Catalogue(), regions={}, services={}))
    read_documents = {name: _document(reading, name, files[name]) for name in sorted(files)}
    shared = _shared(reading, read_documents)
    catalogue: dict[str, Any] = {stem: {} for stem in CATALOGUE}
    regions: dict[str, Region] = {}
    services: dict[str, Service] = {}
    statement: Statement | None = None
    supplements: dict[str, Supplement] = {}
    for name, document in read_documents.items():
        folder, _, stem = name.removesuffix(".yml").rpartition("/")
        if folder == SHARED:
            continue
        if name == STATEMENT:
            statement, problems = validate(Statement, document) if document else (None, [])
            reading.problems += problems
        elif document is None:
            _note_known(reading, folder, stem, ())
            reading.broken |= {stem.removesuffix("s")} if folder == "catalogue" else set()
        elif folder == "catalogue" and stem in CATALOGUE:
            catalogue[stem] = _entries(reading, document, CATALOGUE[stem])
            _note_known(reading, folder, stem, document.data)
        elif folder.endswith(TOWNS):
            supplement, problems = validate(Supplement, document)
            reading.problems += problems
            town = f"{folder.removesuffix(TOWNS)}/{stem}"
            supplements |= {town: supplement} if supplement else {}
        elif stem == "region":
            region, problems = validate(Region, document)
            reading.problems += problems
            regions |= {folder: region} if region else {}
        else:
            service = _service(reading, document, shared)
            services |= {f"{folder}/{stem}": service} if service else {}
            _note_known(reading, folder, stem, ())
    reading.library = Library.model_construct(
        catalogue=Catalogue.model_construct(None, **catalogue),
        regions=regions,
        services=services,
        statement=statement,
        supplements=supplements,
    )
    reading.problems += _missing_regions(files)
    return reading


def _shared(
    reading: Reading, documents: Mapping[str, Document | None]
) -> dict[str, Document | None]:
    """Return the shared descriptions by id, each looked at by itself, though it may lack much.

    One that could not be read is `None`.
    """
    shared = {
        name.removesuffix(".yml").rpartition("/")[2]: document
        for name, document in documents.items()
        if name.startswith(f"{SHARED}/")
    }
    for document in filter(None, shared.values()):
        whole, problems = lay_over(document, shared)
        reading.problems += problems
        _, problems = validate(Service, whole) if whole else (None, [])
        reading.problems += [p for p in problems if p.rule != "missing-key"]
    return shared


def _service(
    reading: Reading, own: Document, shared: Mapping[str, Document | None]
) -> Service | None:
    document, problems = lay_over(own, shared)
    reading.problems += problems
    if document is None:
        return None
    reading.documents[own.file] = document
    service, problems = validate(Service, document)
    reading.problems += problems
    return service


def _document(reading: Reading, name: str, content: bytes) -> Document | None:
    problem = None if name == STATEMENT else _misplaced(name)
    if problem:
        reading.problems.append(problem)
        return None
    try:
        document = parse(name, content)
    except PathError as error:
        reading.problems += error.problems
        return None
    reading.documents[name] = document
    reading.problems += document.warnings
    return document


def _misplaced(name: str) -> Problem | None:
    folder, _, stem = name.removesuffix(".yml").rpartition("/")
    if not folder.startswith(("catalogue/", f"{SHARED}/")):
        folder = folder.removesuffix(TOWNS)
    if not name.endswith(".yml") or folder.count("/") or not folder:
        message, hint = "Tiedosto on väärässä paikassa.", _PLACE_HINT
        if name.endswith(".yaml"):
            message, hint = "Tiedoston nimi päättyy .yaml.", "Vaihda nimen loppuun .yml."
        return Problem(name, Mark(), message, "place", hint)
    if folder == "catalogue":
        if stem in CATALOGUE:
            return None
        hint = f"Luettelot ovat {', '.join(f'{c}.yml' for c in CATALOGUE)}."
        return Problem(name, Mark(), "Tätä luetteloa ei ole.", "place", hint)
    for part in (folder, stem):
        if not _ID.fullmatch(part) or len(part) > _MAX_ID:
            return Problem(name, Mark(), f"”{part}” ei käy tunnukseksi.", "file-name", _ID_HINT)
        if part in RESERVED - {"region"} or (part == "region" and part == folder):
            hint = "Anna toinen nimi."
            return Problem(name, Mark(), f"Tunnus ”{part}” on varattu.", "file-name", hint)
    return None


def _entries(reading: Reading, document: Document, model: type[BaseModel]) -> dict[str, BaseModel]:
    entries: dict[str, BaseModel] = {}
    for name, data in document.data.items():
        if not _ID.fullmatch(name) or len(name) > _MAX_ID:
            message = f"”{name}” ei käy tunnukseksi."
            hint = "Tunnuksessa on vain pieniä kirjaimia a–z, numeroita ja yhdysviivoja."
            problem = document.problem((name,), message, "pattern", hint, at_key=True)
            reading.problems.append(problem)
            continue
        entry, problems = validate(model, document, data, (name,))
        reading.problems += problems
        if entry:
            entries[name] = entry
    return entries


def _note_known(reading: Reading, folder: str, stem: str, entries: object) -> None:
    if folder == "catalogue":
        names = reading.known.setdefault(stem.removesuffix("s"), set())
        names.update(entries if isinstance(entries, dict) else ())
    else:
        reading.known.setdefault("service", set()).add(f"{folder}/{stem}")


def _missing_regions(files: Mapping[str, bytes]) -> Iterator[Problem]:
    folders = {name.partition("/")[0] for name in files if "/" in name} - {"catalogue", SHARED}
    for folder in sorted(folders):
        if f"{folder}/region.yml" not in files and _ID.fullmatch(folder):
            message = f"Alueelta ”{folder}” puuttuu tiedosto region.yml."
            hint = "Kopioi toisen alueen region.yml ja vaihda sen tekstit."
            yield Problem(f"{folder}/region.yml", Mark(), message, "missing-file", hint)
