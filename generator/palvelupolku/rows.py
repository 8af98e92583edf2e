"""What a line of YAML is seen to be, and how an author is told where to move it."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from math import inf

KEY = re.compile(r"( *(?:- +)*)([^\s#:'\"\-][^:]*):(?:\s+(?:#.*|(.*)))?$")
ITEM = re.compile(r"( *)- ")
TEXT_KEY = re.compile(r"[A-ZÅÄÖ].*|.*\s.*")
"""What stands before a colon in a text: a key has no space and no capital."""
_DASHES = re.compile(r" *(?:- +)*")
_BLOCK = re.compile(r" *(?:- +)*(?:[^\s#].*:\s+)?[|>]([-+\d]*)\s*(?:#.*)?")
"""A line below which a text begins, however its rows look."""
_MOST = 8
"""How many rows are told by their numbers."""
Told = tuple[int, str, str]
"""The index of the line, what is wrong there and how to mend it."""


@lru_cache(maxsize=2)
def without_texts(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return lines, empty where a text goes on: what looks like a key or a dash there is none."""
    found, edge, block, first = [*lines], inf, False, False
    for at, line in enumerate(lines):
        if line.strip() and lead(line) > edge and (block or not begins(line)):
            found[at] = ""
            edge, first = (lead(line) - 1 if first else edge), False
        elif says(line):
            opened = _BLOCK.fullmatch(line)
            edge, block = _edge(line), bool(opened)
            first = bool(opened and not opened[1].strip("-+"))
    return tuple(found)


def _edge(line: str) -> float:
    """Return the column right of which the next rows go on the text of a line."""
    if key := KEY.match(line):
        return len(key[1]) if key[3] else inf
    dashes = _DASHES.match(line)
    assert dashes
    is_text = line.lstrip()[0].isalpha()
    return len(dashes[0].rstrip()) - 1 if dashes[0].strip() else lead(line) - is_text


def begins(line: str) -> bool:
    """Return whether a line begins with a key or is an item: not a row of a text."""
    key = KEY.match(line)
    return bool(ITEM.match(line)) or (key is not None and not TEXT_KEY.fullmatch(key[2]))


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


def lacks_row(at: int, name: str, column: int) -> Told:
    """Return what is told where a row is missing above another one."""
    hint = f"Lisää rivin {at + 1} yläpuolelle rivi ”{name}”: {spaces(column)}."
    return at, f"Yläpuolelta puuttuu rivi ”{name}”.", hint


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
