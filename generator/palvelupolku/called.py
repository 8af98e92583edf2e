"""What an author calls things by: their Finnish names in place of ids, ids in Finnish spelling."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from palvelupolku.fields import SHARED_STEP

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
    "service": "Kirjoita alue ja tunnus, esimerkiksi ”helsinki/jobcenter-malli”.",
    "step": "Anna tunnus, joka jollakin saman polun vaiheella on.",
    SHARED_STEP: "Vaiheiden tunnukset ovat sivuston sivulla Tunnukset.",
}
_LISTS = {"actors": "actor", "laws": "law", "sources": "source", "outcomes": "outcome"}
_NOBODYS = "yhteiset"
"""Descriptions that others build on have no pages: nobody leads to them."""
_LIKE = 0.85
"""How near a name is to the one that was meant (`difflib`'s ratio)."""


def names_in(files: Iterable[tuple[str, Any]]) -> dict[str, dict[str, str]]:
    """Return the names that files give, each file as its place and its data, sound or not.

    A name that steps of several ids bear stands for none of them.
    """
    found: dict[str, dict[str, str]] = {}
    ids: dict[str, set[str]] = {}
    for place, data in files:
        folder, _, stem = place.removesuffix(".yml").rpartition("/")
        if not isinstance(data, dict):
            continue
        if folder == "catalogue" and stem in _LISTS:
            kind = found.setdefault(_LISTS[stem], {})
            kind |= {name: str(thing) for thing, told in data.items() for name in _names(told)}
        elif folder.count("/") == 0 and stem != "region" and folder != _NOBODYS:
            for listed in ("service", _of("service", folder)):
                services = found.setdefault(listed, {})
                services |= dict.fromkeys(_names(data), f"{folder}/{stem}")
        for step in _steps(data):
            for name in _names(step):
                ids.setdefault(name, set()).add(str(step.get("id")))
    sure = {name: min(those) for name, those in ids.items() if len(those) == 1}
    found[SHARED_STEP] = sure | {step: step for those in ids.values() for step in those}
    return found


def _steps(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the steps of a path, and those that a municipality adds."""
    supplies = data.get("services")
    for holder in (data, *(supplies if isinstance(supplies, list) else ())):
        for key in ("steps", "added") if isinstance(holder, dict) else ():
            steps = holder.get(key)
            yield from (s for s in steps if isinstance(s, dict)) if isinstance(steps, list) else ()


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


def meant(names: Names, kind: str, word: str, region: str = "") -> str:
    """Return the id of what a word names, or nothing: the region's own first, by its id alone."""
    for known in (names.get(_of(kind, region), {}), names.get(kind, {})):
        near = get_close_matches(_plain(word), known, n=1, cutoff=_LIKE)
        if near:
            return known[near[0]].removeprefix(f"{region}/")
    return ""


def partly_meant(names: Names, kind: str, word: str) -> str:
    """Return the id of the one thing whose name is within a word, or the word within its name."""
    said = {*_plain(word).split()}
    near = {
        known
        for name, known in names.get(kind, {}).items()
        if said <= (own := {*name.split()}) or own <= said
    }
    return near.pop() if len(near) == 1 else ""


def remedy(kind: str) -> str:
    """Return how to mend an id that names nothing of its kind."""
    return _REMEDIES.get(kind, f"Lisää se ensin tiedostoon paths/catalogue/{kind}s.yml.")


def as_id(word: str) -> str:
    """Return a word as an id is written: ”Äänekosken paja” → aanekosken-paja; may be empty."""
    plain = unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789").rstrip("-")
