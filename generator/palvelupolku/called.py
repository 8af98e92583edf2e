"""What an author calls things by: their Finnish names in place of ids, ids in Finnish spelling."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from palvelupolku.errors import nearest
from palvelupolku.fields import SHARED_STEP, Location, full_address
from palvelupolku.values import ALSO, VALUES

Names = Mapping[str, Mapping[str, str]]
"""The id of each thing by its Finnish name in small letters, by kind."""
KIND_NAMES = {
    "actor": "toimijaa",
    "law": "säädöstä",
    "source": "lähdettä",
    "term": "termiä",
    "outcome": "lopputulosta",
    "service": "palvelua",
    "step": "vaihetta",
    SHARED_STEP: "vaihetta",
}
"""What is missed where an id names nothing of its kind (partitive)."""
_REMEDIES = {
    "service": "Tunnus on palvelun tiedoston nimi ilman loppua .yml. "
    "Toisen alueen palvelulla on edessä alue, esimerkiksi ”helsinki/jobcenter-malli”.",
    "step": "Anna tunnus, joka jollakin saman polun vaiheella on.",
}
_LISTS = {"actors": "actor", "laws": "law", "sources": "source", "outcomes": "outcome"}
_NOBODYS = "yhteiset"
"""Descriptions that others build on have no pages: nobody leads to them."""
OWN = "own service"
"""Among names: the services that stand in own files, each by its address."""
_LIKE = 0.85
"""How near a name is to the one that was meant (`difflib`'s ratio)."""
SLIP = 0.82
"""How near a misspelt id or word is to the right one: less is another one."""
_MOST, _SHORTEST = 3, 3
"""How many things a word may stand for, and how long a word is that begins a name."""


def names_in(files: Iterable[tuple[str, Any]]) -> dict[str, dict[str, str]]:
    """Return the names that files give, each file as its place and its data, sound or not."""
    found: dict[str, dict[str, str]] = {}
    paths: dict[str, dict[str, Any]] = {}
    for place, data in files:
        folder, _, stem = place.removesuffix(".yml").rpartition("/")
        if not isinstance(data, dict):
            continue
        if folder == "catalogue" and stem in _LISTS:
            kind = found.setdefault(_LISTS[stem], {})
            ids = {as_id(str(thing)): told for thing, told in data.items() if as_id(str(thing))}
            kind |= {name: thing for thing, told in ids.items() for name in _names(told)}
        elif folder.count("/") == 0 and stem != "region":
            paths[f"{folder}/{stem}"] = data
    for place in paths:
        folder = place.partition("/")[0]
        for listed in () if folder == _NOBODYS else ("service", _of("service", folder)):
            services = found.setdefault(listed, {})
            services |= dict.fromkeys(_service_names(place, paths), place)
    steps = {_of("step", place): _step_names(_steps(place, paths, set())) for place in paths}
    return found | steps


def _service_names(place: str, paths: Mapping[str, Any]) -> list[str]:
    """Return the names of a path, or of what it builds on."""
    data = paths.get(place, {})
    bases = (f"{_NOBODYS}/{base}" for base in _list(data.get("builds_on")))
    return _names(data) or [name for base in bases for name in _names(paths.get(base))]


def _steps(place: str, paths: Mapping[str, Any], seen: set[str]) -> Iterator[Any]:
    """Yield the steps of a path, each path once, after those of what it builds on."""
    data = paths.get(place, {}) if place not in seen else {}
    seen.add(place)
    for base in _list(data.get("builds_on")):
        yield from _steps(f"{_NOBODYS}/{base}", paths, seen)
    yield from _list(data.get("steps"))


def _step_names(steps: Iterable[Any]) -> dict[str, str]:
    """Return the id of each step by its name, also spelt as an id, and by the id itself.

    A name that steps of several ids bear stands for none of them.
    """
    ids: dict[str, set[str]] = {}
    for step in steps:
        own = step.get("id") if isinstance(step, dict) else None
        for name in _names(step) if isinstance(own, str) and as_id(own) else ():
            for known in (name, as_id(name)):
                ids.setdefault(known, set()).add(as_id(str(own)))
    sure = {name: min(those) for name, those in ids.items() if len(those) == 1}
    return sure | {step: step for those in ids.values() for step in those}


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - plain YAML data
    return value if isinstance(value, list) else []


def with_steps(names: Names, file: str, data: Any, at: Location) -> Names:  # noqa: ANN401 - the same
    """Return the names with the steps that may be named at a place of a file: its service's.

    A municipality may also name the steps it has itself added before.
    """
    region, _, service = file.removesuffix(".yml").partition("/")
    added: list[Any] = []
    if at[:1] == ("services",) and len(at) > 1 and isinstance(data.get("services"), list):
        supply = data["services"][at[1]]
        service = str(supply.get("service"))
        added = supply["added"][: at[3]] if at[2:3] == ("added",) and at[-1] == "after" else []
    steps = {**names.get(_of("step", full_address(service, region)), {}), **_step_names(added)}
    return {**names, "step": steps, SHARED_STEP: steps}


def _of(kind: str, region: str) -> str:
    return f"{kind} of {region}"


def _names(told: Any) -> list[str]:  # noqa: ANN401 - plain YAML data
    """Return the names of one thing as a person may type them."""
    if not isinstance(told, dict):
        return []
    given = [told.get("name"), told.get("title")]
    texts = [text.get("fi") if isinstance(text, dict) else text for text in given]
    return [_plain(text) for text in texts if isinstance(text, str)]


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def meant(names: Names, kind: str, word: str, region: str = "") -> list[str]:
    """Return the ids of what a word names, a few at most: the region's own first, by its id alone.

    A name that holds the word is nearer than one that merely looks like it.
    """
    plain = _plain(word)
    for known in (names.get(_of(kind, region), {}), names.get(kind, {})):
        held = [plain] if plain in known else _holding(known, word)
        if near := held or get_close_matches(plain, known, n=1, cutoff=_LIKE):
            ids = (known[name].removeprefix(f"{region}/") for name in near)
            return [*dict.fromkeys(ids)][:_MOST]
    return []


def _holding(known: Iterable[str], word: str) -> list[str]:
    """Return the names in which all of a word's parts stand, then those that begin with it."""
    said = as_id(word)
    spelt = {name: as_id(name) for name in known if said}
    whole = [name for name, own in spelt.items() if {*said.split("-")} <= {*own.split("-")}]
    begun = [name for name, own in spelt.items() if own.startswith(said)]
    return [*whole, *(begun if len(said) >= _SHORTEST else ())]


def partly_meant(names: Names, kind: str, word: str) -> list[str]:
    """Return the ids of the few things whose whole name is within a word."""
    said = {*as_id(word).split("-")}
    known = names.get(kind, {}).items()
    return [*dict.fromkeys(i for name, i in known if {*as_id(name).split("-")} <= said)][:_MOST]


def word_meant(given: str, known: Iterable[str]) -> str:
    """Return which of some words a Finnish or a misspelt one stands for, or an empty string."""
    told = [(as_id(said), word) for word in known for said in (word, VALUES.get(word, word))]
    named = dict([(as_id(said), word) for _, word in told for said in ALSO.get(word, ())] + told)
    said = as_id(given)
    return named.get(said) or named.get(nearest(said, named, SLIP), "")


def remedy(kind: str, ids: Collection[str], names: Names) -> str:
    """Return how to mend an id that names nothing of its kind, of which these are known."""
    if kind in ("step", SHARED_STEP) and ids:
        return f"Vaiheet: {', '.join(sorted(ids))}."
    if kind == "service" and (own := names.get(OWN)):
        return f"{_REMEDIES[kind]} Omat palvelut: {', '.join(sorted(own))}."
    return _REMEDIES.get(kind, f"Lisää se ensin tiedostoon paths/catalogue/{kind}s.yml.")


def as_id(word: str) -> str:
    """Return a word as an id is written: ”Äänekosken paja” → aanekosken-paja; may be empty."""
    plain = unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789").rstrip("-")
