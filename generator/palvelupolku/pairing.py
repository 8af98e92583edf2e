"""Which item of a new list continues which of the old one. Pure."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

_NAMES = ("id", "service", "step", "outcome", "law", "actor")
"""The keys that name an item: its own id, or what it leads to or is of."""
_DAYS = ("valid_from", "valid_to")
_ALIKE = 0.6
"""How much two texts have in common that are one before and after a change (`difflib`)."""


def paired(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """Return for each new item the place of the old one that it continues, or nothing.

    The same item comes first, then one of the same name and days, then one of the same name, then
    one that only has another name. What has no name is paired by its words, or by its place when
    as many are left.
    """
    found: list[int | None] = [None] * len(new)
    for sign in (_whole, _version, _name, _rest):
        free = _left(old, found)
        for place in _waiting(found):
            meant = [at for at in free if sign(new[place]) and sign(old[at]) == sign(new[place])]
            if meant:
                found[place] = meant[0]
                free.remove(meant[0])
    _by_words(old, new, found)
    return found


def _whole(item: Any) -> object:  # noqa: ANN401 - plain YAML data
    return [item]


def _version(item: Any) -> object:  # noqa: ANN401 - plain YAML data
    name = _name(item)
    return (name, *(item.get(key) for key in _DAYS)) if name else None


def _name(item: Any) -> object:  # noqa: ANN401 - plain YAML data
    named = ((key, item[key]) for key in _NAMES if key in item) if isinstance(item, dict) else ()
    return next(iter(named), None)


def _rest(item: Any) -> object:  # noqa: ANN401 - plain YAML data
    name = _name(item)
    return {key: item[key] for key in item if key != name[0]} if isinstance(name, tuple) else None


def _waiting(found: Sequence[int | None]) -> list[int]:
    return [place for place, at in enumerate(found) if at is None]


def _left(old: Sequence[Any], found: Sequence[int | None]) -> list[int]:
    return [at for at in range(len(old)) if at not in found]


def _by_words(old: Sequence[Any], new: Sequence[Any], found: list[int | None]) -> None:
    """Pair what has no name: the texts that are most alike, then those that are left in order."""
    free = {at: _words(old[at]) for at in _left(old, found) if not _name(old[at])}
    waiting = {place: _words(new[place]) for place in _waiting(found) if not _name(new[place])}
    for _, place, at in sorted(_alike(free, waiting)):
        if place in waiting and at in free:
            found[place] = at
            del waiting[place], free[at]
    if len(waiting) == len(free):
        for place, at in zip(waiting, free, strict=True):
            found[place] = at


def _alike(free: dict[int, str], waiting: dict[int, str]) -> Iterator[tuple[float, int, int]]:
    """Yield how little two texts that are much alike differ, and where the new and the old are."""
    for place, words in waiting.items():
        matcher = SequenceMatcher(None, b=words)
        for at, before in free.items():
            matcher.set_seq1(before)
            bounds = matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio
            if all(bound() >= _ALIKE for bound in bounds):
                yield -matcher.ratio(), place, at


def _words(item: Any) -> str:  # noqa: ANN401 - plain YAML data
    """Return all that an item says, its keys left out: those are alike in every item."""
    return " ".join(_texts(item))


def _texts(item: Any) -> Iterator[str]:  # noqa: ANN401 - plain YAML data
    if isinstance(item, str):
        yield item
    for part in item.values() if isinstance(item, dict) else item if isinstance(item, list) else ():
        yield from _texts(part)
