"""Where a file of descriptions may stand, what it then is, and what its name may be."""

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from palvelupolku.adopting import TOWNS
from palvelupolku.called import as_id
from palvelupolku.catalogue import Actor, Law, Outcome, Question, Source, Term
from palvelupolku.colours import Colours
from palvelupolku.errors import Mark, Problem
from palvelupolku.overlay import FOLDER as SHARED
from palvelupolku.statement import Statement
from palvelupolku.yamltext import Document

CATALOGUE: dict[str, type[BaseModel]] = {
    "actors": Actor,
    "laws": Law,
    "sources": Source,
    "terms": Term,
    "outcomes": Outcome,
    "questions": Question,
}
"""Catalogue files by name, and what their entries are."""

STATEMENT, COLOURS = "seloste.yml", "varit.yml"
SINGLE: dict[str, type[BaseModel]] = {STATEMENT: Statement, COLOURS: Colours}
"""What a publisher gives beside the folders of regions: the statement and own colours."""

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_ID = 64
RESERVED = {"assets", "data", "haku", "index", "itsearviointi", "kunnat", "pagefind", "region"}
RESERVED |= {"selkea", "upota", "search", "sv", "en"}
RESERVED |= {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in "123456789"}
_ID_HINT = "Käytä pieniä kirjaimia a–z, numeroita ja yhdysviivoja."
_LONG_HINT = f"Anna lyhyempi nimi, enintään {MAX_ID} merkkiä."
_PLACE_HINT = (
    "Paikkoja ovat catalogue/<luettelo>.yml, <alue>/region.yml, <alue>/<palvelu>.yml, "
    f"<alue>/kunnat/<kunta>.yml, {STATEMENT} ja {COLOURS}."
)
_COPY = re.compile(r"([\s_-]*(\(\d+\)|\(?(varmuuskopio|kopio|copy|vanha)\)?\d*))+$")
"""What a computer or an author adds to the name of a copy."""
BACKUP = "Jos tämä on varakopio, siirrä se pois kansiosta paths."
_ENDING_HINT = " Muistiossa: Tallenna nimellä, Tallennusmuoto: Kaikki tiedostot."


def kind_of(name: str, data: Mapping[str, Any]) -> str:
    """Return the kind of a file, from its name below `paths/` and what it holds."""
    folder, _, stem = name.removesuffix(".yml").rpartition("/")
    if name in SINGLE or folder == "catalogue":
        return stem
    if folder.endswith(TOWNS):
        return "kunta"
    if stem == "region":
        return "alue"
    return "taydennys" if "builds_on" in data or folder == SHARED else "palvelu"


def original(name: str) -> str:
    """Return the file whose copy a file is by its name, or the file itself."""
    folder, slash, file = name.rpartition("/")
    return f"{folder}{slash}{as_id(_COPY.sub('', file.lower().partition('.')[0]))}.yml"


def unfit(name: str, beside: Container[str], own: Container[str]) -> Problem | None:
    """Return what is wrong with the place or the name of a file among others, if anything.

    The name that a copy would get may be its original's, or make it a description of its own. An
    original that is shared, not own, is not to be replaced.
    """
    problem, first = misplaced(name), original(name)
    if problem and first != name and first in beside:
        if first not in own and first.startswith("catalogue/"):
            return problem
        replaces = problem.rule == "place" and first in own
        newer = f"korvaa sillä {first}" if replaces else "anna sille toinen nimi"
        return replace(problem, hint=f"{BACKUP} Muuten {newer}.")
    return problem


def misplaced(name: str) -> Problem | None:
    """Return what is wrong with the place or the name of a file, if anything."""
    folder, _, stem = name.removesuffix(".yml").rpartition("/")
    file = name.rpartition("/")[2]
    if not folder.startswith(("catalogue/", f"{SHARED}/")):
        folder = folder.removesuffix(TOWNS)
    if not name.endswith(".yml") or folder.count("/") or not folder:
        message, hint = "Tiedosto on väärässä paikassa.", _home(folder, stem)
        wanted = f"{as_id(file.partition('.')[0])}.yml"
        there = name[: -len(file)] + wanted
        if not name.endswith(".yml") and (there in SINGLE or not misplaced(there)):
            message, hint = f"Tiedoston nimi ei pääty .yml: ”{file}”.", f"Anna nimeksi {wanted}."
            hint += _ENDING_HINT if name.endswith(".txt") else ""
        return Problem(name, Mark(), message, "place", hint)
    if folder == "catalogue":
        if stem in CATALOGUE:
            return None
        hint = f"Luettelot ovat {', '.join(f'{c}.yml' for c in CATALOGUE)}."
        return Problem(name, Mark(), "Tätä luetteloa ei ole.", "place", hint)
    for part, ending in ((folder, ""), (stem, ".yml")):
        if not ID.fullmatch(part) or len(part) > MAX_ID:
            message = f"”{part}” ei käy tunnukseksi."
            spelt = as_id(part)
            named = f"Anna nimeksi: {spelt}{ending}" if spelt else "Aloita kirjaimella."
            hint = _LONG_HINT if spelt == part else f"{_ID_HINT} {named}"
            return Problem(name, Mark(), message, "file-name", hint)
        if part in RESERVED - {"region"} or (part == "region" and part == folder):
            hint = "Anna toinen nimi."
            return Problem(name, Mark(), f"Tunnus ”{part}” on varattu.", "file-name", hint)
    return None


def _home(folder: str, stem: str) -> str:
    """Return where a file belongs that stands where none may."""
    if folder or stem == "region":
        return _PLACE_HINT
    if stem in CATALOGUE:
        return "Siirrä se kansioon catalogue."
    return f"Siirrä se alueen kansioon, esimerkiksi keski-suomi/{as_id(stem)}.yml."


def astray(name: str, document: Document) -> Problem | None:
    """Return a problem for a service among the municipalities, or the other way round."""
    folder, _, stem = name.removesuffix(".yml").rpartition("/")
    region, keys = folder.removesuffix(TOWNS), document.data.keys()
    if folder != region and keys & {"name", "steps"} and "services" not in keys:
        message = "Tämä on palvelun kuvaus, mutta kansio kunnat on kuntien täydennyksille."
        return document.problem((), message, "place", f"Siirrä tiedosto kansioon {region}.")
    named = folder in ("catalogue", SHARED) or stem == "region" or name in SINGLE
    if not named and folder == region and "services" in keys and not keys & {"name", "steps"}:
        message = "Tämä on kunnan täydennys, mutta se on palvelun kuvauksen paikalla."
        return document.problem((), message, "place", f"Siirrä tiedosto kansioon {region}{TOWNS}.")
    return None
