"""Files of YAML → the library of models, with every problem on the way collected."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from palvelupolku import adopting, places
from palvelupolku.adopting import TOWNS, Files, lower_of, place
from palvelupolku.called import OWN, as_id, names_in
from palvelupolku.catalogue import Catalogue
from palvelupolku.errors import Mark, PathError, Problem
from palvelupolku.hints import IDENTIFIER_HINT
from palvelupolku.library import Library
from palvelupolku.messages import Model, validate
from palvelupolku.model import Service
from palvelupolku.overlay import FOLDER as SHARED
from palvelupolku.overlay import lay_over
from palvelupolku.places import CATALOGUE, COLOURS, ID, MAX_ID, SINGLE, STATEMENT
from palvelupolku.region import Region
from palvelupolku.supplement import Supplement
from palvelupolku.yamltext import Document, parse


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
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    """The id of each thing by its Finnish name, by kind."""

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build."""
        return [p for p in self.problems if p.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that do not."""
        return [p for p in self.problems if p.severity == "warning"]

    def lists(self, stem: str) -> Iterator[Document]:
        """Yield the files of a list: the shared one, and the own one that adds to it."""
        name = f"catalogue/{stem}.yml"
        return (self.documents[n] for n in (lower_of(name), name) if n in self.documents)

    def supplement_files(self) -> Iterator[tuple[str, Supplement, Document]]:
        """Yield `region/municipality`, the supplement and the file of each, in that order."""
        for town, supplement in sorted(self.library.supplements.items()):
            yield town, supplement, self.documents[_file_of(town)]

    def service_files(self) -> Iterator[tuple[str, Service, Document]]:
        """Yield the address, the model and the file of each service, in order of address."""
        for address, service in sorted(self.library.services.items()):
            yield address, service, self.documents[f"{address}.yml"]


def read(own: Files, below: Files | None = None) -> Reading:
    """Return the library of the files, whose names are relative to the folder `paths/`.

    `below` are the shared files that the own ones add to, when they do not stand alone.
    """
    files, clashes = adopting.together(own, below or {}, frozenset(SINGLE))
    reading = Reading(Library(catalogue=Catalogue(), regions={}, services={}), problems=clashes)
    documents = {name: _document(reading, name, files, own) for name in sorted(files)}
    reading.names = names_in((place(n), d.data) for n, d in documents.items() if d)
    mine = (n for n, d in documents.items() if d and below and places.kind_of(n, {}) == "palvelu")
    reading.names[OWN] = {n.removesuffix(".yml"): n for n in mine if n in own}
    shared = _shared(reading, documents)
    found = _Found()
    for name, document in documents.items():
        _take(reading, found, name, document, shared)
    reading.problems += _twice(reading)
    ours = [name for name in found.regions if f"{name}/region.yml" not in own]
    told = {town: s for town, s in found.supplements.items() if _file_of(town) in own}
    found.regions |= {name: adopting.unsaid(found.regions[name], name, told) for name in ours}
    held = {*found.services, *(f"{name}/region" for name in found.regions)}
    held |= {_file_of(town).removesuffix(".yml") for town in found.supplements}
    found.own = frozenset(name for name in held if below and f"{name}.yml" in own)
    reading.library = found.library()
    reading.problems += _missing_regions(files)
    return reading


@dataclass
class _Found:
    """The models that hold, by where they belong."""

    lists: dict[str, dict[str, Any]] = field(default_factory=lambda: {c: {} for c in CATALOGUE})
    regions: dict[str, Region] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    supplements: dict[str, Supplement] = field(default_factory=dict)
    single: dict[str, Any] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    """The addresses of what stands in an own folder beside the shared descriptions."""

    def library(self) -> Library:
        return Library.model_construct(
            catalogue=Catalogue.model_construct(None, **self.lists),
            regions=self.regions,
            services=self.services,
            own=self.own,
            statement=self.single.get(STATEMENT),
            colours=self.single.get(COLOURS),
            supplements=self.supplements,
        )


def _take(
    reading: Reading,
    found: _Found,
    name: str,
    document: Document | None,
    shared: Mapping[str, Document | None],
) -> None:
    """Read one file into the model that its place calls for."""
    folder, _, stem = place(name).removesuffix(".yml").rpartition("/")
    if document is None:
        stem = as_id(stem.partition(".")[0])
        if name not in SINGLE and folder != SHARED:
            _note_known(reading, folder, stem, ())
            reading.broken |= {stem.removesuffix("s")} if folder == "catalogue" else set()
    elif stray := places.astray(place(name), document):
        reading.problems.append(stray)
        _note_known(reading, folder.removesuffix(TOWNS), stem, ())
    elif name in SINGLE:
        found.single |= _kept(reading, name, SINGLE[name], document)
    elif folder == "catalogue":
        found.lists[stem] |= _entries(reading, document, CATALOGUE[stem])
        _note_known(reading, folder, stem, document.data)
    elif folder.endswith(TOWNS) and name == place(name):
        whole = adopting.own_word(document, reading.documents.get(lower_of(name)))
        reading.documents[name] = whole
        town = f"{folder.removesuffix(TOWNS)}/{stem}"
        found.supplements |= _kept(reading, town, Supplement, whole)
    elif stem == "region":
        found.regions |= _kept(reading, folder, Region, document)
    elif folder != SHARED and not folder.endswith(TOWNS):
        service = _service(reading, document, shared)
        found.services |= {f"{folder}/{stem}": service} if service else {}
        _note_known(reading, folder, stem, ())


def _kept(reading: Reading, name: str, model: type[Model], document: Document) -> dict[str, Model]:
    """Return the model of a document by a name, or nothing when it does not hold."""
    found, problems = validate(model, document, names=reading.names)
    reading.problems += problems
    return {name: found} if found else {}


def _twice(reading: Reading) -> list[Problem]:
    """Return a problem for each id that an own list and the shared one both give."""
    pairs = [tuple(reading.lists(stem)) for stem in CATALOGUE]
    return [p for pair in pairs if len(pair) > 1 for p in adopting.twice(pair[1], pair[0])]


def _file_of(town: str) -> str:
    """Return the name of the supplement of `region/municipality`."""
    region, _, name = town.partition("/")
    return f"{region}{TOWNS}/{name}.yml"


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
        _, problems = validate(Service, whole, names=reading.names) if whole else (None, [])
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
    service, problems = validate(Service, document, names=reading.names)
    reading.problems += problems
    return service


def _document(reading: Reading, name: str, files: Files, own: Files) -> Document | None:
    if problem := None if name in SINGLE else places.unfit(place(name), files, own):
        reading.problems.append(problem)
        return None
    try:
        document = parse(name, files[name])
    except PathError as error:
        reading.problems += error.problems
        return None
    reading.documents[name] = document
    reading.problems += document.warnings
    return document


def _entries(reading: Reading, document: Document, model: type[BaseModel]) -> dict[str, BaseModel]:
    entries: dict[str, BaseModel] = {}
    for name, data in document.data.items():
        if not ID.fullmatch(name) or len(name) > MAX_ID:
            message = f"”{name}” ei käy tunnukseksi."
            spelt = as_id(name)
            hint = f"{IDENTIFIER_HINT} Kirjoita: {spelt}" if spelt else IDENTIFIER_HINT
            problem = document.problem((name,), message, "pattern", hint, at_key=True)
            reading.problems.append(problem)
            continue
        entry, problems = validate(model, document, data, (name,), reading.names)
        reading.problems += problems
        if entry:
            entries[name] = entry
    return entries


def _note_known(reading: Reading, folder: str, stem: str, entries: object) -> None:
    """Note the ids that a file means to define, each as it is to be spelt."""
    if folder == "catalogue":
        names = reading.known.setdefault(stem.removesuffix("s"), set())
        names.update(as_id(str(name)) for name in (entries if isinstance(entries, dict) else ()))
    elif folder:
        reading.known.setdefault("service", set()).add(f"{folder}/{stem}")


def _missing_regions(files: Files) -> Iterator[Problem]:
    folders = {name.partition("/")[0] for name in files if "/" in name} - {"catalogue", SHARED}
    for folder in sorted(folders):
        if f"{folder}/region.yml" not in files and ID.fullmatch(folder):
            message = f"Alueelta ”{folder}” puuttuu tiedosto region.yml."
            hint = "Kopioi toisen alueen region.yml ja vaihda sen tekstit."
            yield Problem(f"{folder}/region.yml", Mark(), message, "missing-file", hint)
