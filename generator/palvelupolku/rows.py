"""What a line of YAML is seen to be, and how an author is told where to move it."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

KEY = re.compile(r"( *(?:- +)*)([^\s#:'\"\-][^:]*):(?:\s+(?:#.*|(.*)))?$")
ITEM = re.compile(r"( *)- ")
_MOST = 8
"""How many rows are told by their numbers."""
Told = tuple[int, str, str]
"""The index of the line, what is wrong there and how to mend it."""


def spaces(count: int) -> str:
    """Return how many spaces a line is to begin with."""
    told = {0: "ei yhtään väliä", 1: "1 väli"}.get(count, f"{count} väliä")
    return f"rivin alkuun {told}"


def listed(rows: Iterable[int]) -> str:
    """Return rows by their numbers, the first of many; nothing where there are none."""
    *shown, last = [*map(str, islice(rows, _MOST + 1))] or [""]
    last = "muilla" if len(shown) == _MOST else last
    return f"riveillä {', '.join(shown)} ja {last}" if shown else last and f"rivillä {last}"


def named(lines: Sequence[str], at: int) -> str:
    """Return a line by its number, or by its key where a dash stands before that."""
    key = KEY.match(lines[at])
    return f"”{key[2]}” rivillä {at + 1}" if key and ITEM.match(lines[at]) else f"rivi {at + 1}"


def beside(lines: Sequence[str], at: int, what: str = "se") -> str:
    """Return how to move a line below another, or a dash to the dash of another."""
    if what == "viiva":
        return f"Siirrä viiva samaan kohtaan kuin rivillä {at + 1}: {spaces(lead(lines[at]))}."
    here = f"{named(lines, at)}: {spaces(column_of(lines[at]))}"
    return f"Siirrä {what} samaan kohtaan kuin {here}."


def lead(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def levels_above(lines: Sequence[str], number: int) -> list[tuple[int, int]]:
    """Return the nearest line above at each level that is still open, with its column."""
    found: list[tuple[int, int]] = []
    for at in range(number - 1, -1, -1):
        if KEY.match(lines[at]) or ITEM.match(lines[at]):
            column = column_of(lines[at])
            if not found or column < found[-1][1]:
                found.append((at, column))
            if column == 0:
                break
    return found


def column_of(line: str) -> int:
    """Return where the key of a line stands, or else its first letter."""
    match = KEY.match(line)
    return len(match[1]) if match else len(line) - len(line.lstrip())


def said_above(lines: Sequence[str], number: int) -> int | None:
    """Return the nearest line above that says something."""
    for at in range(number - 1, -1, -1):
        if says(lines[at]):
            return at
    return None


def says(line: str) -> bool:
    """Return whether a line is more than a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")
