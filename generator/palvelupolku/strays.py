"""Rows that stand where they do not belong: told as the one slip that brought them there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from palvelupolku import hints, keys
from palvelupolku.errors import Problem
from palvelupolku.fields import Location
from palvelupolku.rows import ITEM, KEY, column_of, lacks_row, lead, said_above, says, spaces
from palvelupolku.yamltext import Document

_MANY, _FEW = 3, 2
"""How many missing keys tell of an item that belongs elsewhere, and how many strange ones of rows
whose own key is missing above them."""
_MOST = 50
"""Of how many strange keys it is asked what they stand for."""


@dataclass(frozen=True)
class Strays:
    """Data that did not hold, with what was asked of it and where it stands."""

    model: type[BaseModel]
    document: Document
    at: Location
    data: Any

    def taken(self, details: Sequence[ErrorDetails]) -> tuple[list[Problem], list[ErrorDetails]]:
        """Return a problem for each slip that brought strange rows, and what is left to be told.

        A key that is there under another name is not missing.
        """
        strange = [d for d in details if d["type"] == "extra_forbidden"][:_MOST]
        torn = [d["loc"] for d in strange if not d["input"] and self._too_deep(d["loc"])]
        lost = {place: (key, first) for place, key, first in self._headless(strange)}
        found = self._strays(details)
        strays = {at: told for at, told in found if not any(_follows(at, key) for key in torn)}
        opened = {self._above(place) for place in strays}
        named = {p for d in strange for p in keys.filled(self.model, d["loc"], self.data)}
        named |= {key for key, _ in lost.values()}
        left, inside = [], {*strays, *lost}
        for detail in details:
            place = detail["loc"]
            told = detail["type"] == "missing" and place in named
            told |= any(_follows(place, key) for key in torn)
            told |= detail["input"] == "" and self._row(place) in opened
            if not told and not any(place[:end] in inside for end in range(len(place))):
                left.append(detail)
        return [
            *dict.fromkeys(strays.values()),
            *(self._lost(*slip) for slip in lost.values()),
        ], left

    def _strays(
        self, details: Sequence[ErrorDetails]
    ) -> Iterator[tuple[tuple[int | str, ...], Problem]]:
        """Yield the items with what they may not hold that lack much, or fit another list.

        Of items side by side that are moved at once each has the problem of the first.
        """
        covered, told = 0, None
        for place in dict.fromkeys(detail["loc"][:-1] for detail in details):
            found = [detail for detail in details if detail["loc"][:-1] == place]
            held = [detail["input"] for detail in found if detail["type"] == "missing"]
            strange = {str(d["loc"][-1]) for d in found if d["type"] == "extra_forbidden"}
            inside = bool(place) and isinstance(place[-1], int) and bool(strange)
            other = len(held) >= _MANY and 2 * len(strange) >= len(held[0])
            fits = len(strange) >= _MANY and bool(self._lists_beside(place, strange))
            move = self._move(place, strange) if inside and len(strange) >= _FEW else None
            if not inside or not (other or fits or move):
                continue
            if told is None or self._row(place) > covered:
                covered, hint = move or (0, self._home(place, strange))
                told = self._stray(place, hint)
            yield place, told

    def _headless(
        self, strange: Sequence[ErrorDetails]
    ) -> Iterator[tuple[Location, Location, Location]]:
        """Yield where rows stand whose own key, which has to be there, is missing above them.

        With that key, and the first of the rows.
        """
        for place in dict.fromkeys(detail["loc"][:-1] for detail in strange):
            own = [detail["loc"] for detail in strange if detail["loc"][:-1] == place]
            names = {str(key[-1]) for key in own}
            for end in range(len(place) if len(own) >= _FEW else 0):
                there = place[:end]
                beside = keys.held_at(self.data, there)
                needed = {*hints.schema_at(self.model, there).get("required", ())} - {*beside}
                homes = hints.homes(self.model, there, names, listed=False) if beside else []
                if lacking := [name for name in homes if name in needed]:
                    yield place, (*there, lacking[0]), own[0]
                    break

    def _lost(self, key: Location, first: Location) -> Problem:
        """Return what is told of a key that is missing above its first row."""
        document, there = self.document.written_at((*self.at, *first))
        beside = next(iter(keys.held_at(self.data, key[:-1])))
        column = document.mark((*self.at, *key[:-1], beside), at_key=True).column - 1
        row = document.mark(there, at_key=True).line - 1
        _, message, hint = lacks_row(row, f"{key[-1]}:", column)
        return self.document.problem((*self.at, *first), message, "missing-key", hint, at_key=True)

    def _lists_beside(self, place: Location, held: set[str]) -> list[str]:
        """Return the lists beside an item's own whose items may have all the given keys."""
        return hints.homes(self.model, place[:-2], held)

    def _too_deep(self, place: Location) -> Location:
        return keys.too_deep(self.model, place, self.data)

    def _row(self, place: Location) -> int:
        return self.document.problem((*self.at, *place), "", "type").mark.line

    def _above(self, place: Location) -> int:
        """Return the row right above an item of a list."""
        document, there = self.document.written_at((*self.at, *place))
        mark = document.mark(there, at_key=False)
        return (said_above(document.lines, mark.line - 1) or 0) + 1

    def _move(self, place: Location, strange: set[str]) -> tuple[int, str] | None:
        """Return the last row of those that belong elsewhere, and where they are to be moved."""
        document, there = self.document.written_at((*self.at, *place))
        lines, at = document.lines, document.mark(there, at_key=False).line - 1
        home = self._deeper(place, strange, lines, at) or self._shallower(place, document)
        if not home or not ITEM.match(lines[at]):
            return None
        name, column, known = home
        edge, own, last = lead(lines[at]), column_of(lines[at]), at
        for row in (row for row in range(at + 1, len(lines)) if says(lines[row])):
            key = KEY.match(lines[row])
            beside = key and len(key[1]) in (edge, own)
            first = column != edge and lead(lines[row]) == column and _first_key(lines[row])
            if lead(lines[row]) < edge or (beside and key and key[2] not in known):
                break
            if first and first == _first_key(lines[at]):
                break
            last = row
        rows = f"rivit {at + 1}–{last + 1}" if last > at else f"rivi {at + 1}"
        return last + 1, f"Siirrä {rows} kohdan ”{name}” luetteloon: {spaces(column)}."

    def _deeper(
        self, place: Location, strange: set[str], lines: Sequence[str], at: int
    ) -> tuple[str, int, list[str]] | None:
        """Return the list above in whose items the keys may stand, its column and its keys."""
        lists = hints.homes(self.model, place, strange)
        for row in range(at - 1, -1, -1):
            key = KEY.match(lines[row]) if says(lines[row]) else None
            if key and not key[3] and key[2] in lists and len(key[1]) >= lead(lines[at]):
                return key[2], len(key[1]), hints.keys_at(self.model, (*place, key[2], 0))
        return None

    def _shallower(self, place: Location, document: Document) -> tuple[str, int, list[str]] | None:
        """Return the list around an item's own one whose items may hold the same, likewise."""
        held = keys.held_at(self.data, place).keys()
        for end in (n for n in range(len(place) - 2, 0, -1) if isinstance(place[n], int)):
            known = hints.keys_at(self.model, place[: end + 1])
            if held <= {*known}:
                around, there = self.document.written_at((*self.at, *place[: end + 1]))
                if around.file == document.file:
                    row = around.mark(there, at_key=False).line - 1
                    return str(place[end - 1]), lead(document.lines[row]), known
        return None

    def _home(self, place: Location, held: set[str]) -> str:
        """Return below which key an item belongs, as far as that can be told."""
        lists = hints.homes(self.model, place, held)
        hint = "Siirrä se sen kohdan alle, johon se kuuluu, ja sisennä samoin kuin muut kohdat."
        if lists:
            hint = f"Sisennä se syvemmälle, kohdan ”{' tai '.join(lists)}” alle."
        elif beside := self._lists_beside(place, held):
            rows = " tai ".join(f"”{key}:”" for key in beside)
            hint = f"Se kuuluu kohdan {rows} alle. Jos se rivi puuttuu yläpuolelta, lisää se."
        return hint

    def _stray(self, place: Location, hint: str) -> Problem:
        name = next(str(part) for part in reversed(place) if isinstance(part, str))
        message = f"Tämä ei kuulu luetteloon ”{name}”, vaan on väärällä tasolla."
        return self.document.problem((*self.at, *place), message, "stray-item", hint)


def _first_key(line: str) -> str:
    """Return the key right behind a dash, or nothing."""
    key = KEY.match(line) if ITEM.match(line) else None
    return key[2] if key else ""


def _follows(place: Location, torn: Location) -> bool:
    """Return whether a place is in the list that holds another one, and in a later item of it."""
    at = max((index for index, part in enumerate(torn) if isinstance(part, int)), default=-1)
    if at < 0 or len(place) <= at or place[:at] != torn[:at]:
        return False
    here, there = place[at], torn[at]
    return isinstance(here, int) and isinstance(there, int) and here > there
