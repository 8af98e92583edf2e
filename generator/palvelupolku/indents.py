"""Lines of YAML that stand too deep or too shallow → what an author is told, in Finnish.

Told from the lines themselves: the parser notices such a slip late and names something else.
"""

import re
from collections.abc import Sequence

_KEY = re.compile(r"( *(?:- +)*)([^\s#:'\"\-][^:]*):(?:\s+(.*))?$")
_GLUED = re.compile(r" *(?:- +)*([^\W\d][\w-]*):(?!//)[^\s:]")
_ITEM = re.compile(r"( *)- ")
_MISSING_ROW = "Jos yläpuolelta puuttuu rivi, esimerkiksi ”steps:” tai ”services:”, lisää se."

Told = tuple[int, str, str]
"""The index of the line, what is wrong there and how to mend it."""


def glued(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a line, or the one above it, lacks the space after its colon."""
    for at in (number, _above(lines, number)):
        match = _GLUED.match(lines[at]) if at is not None else None
        if match and at is not None:
            hint = f"Kirjoita kohdan ”{match[1]}:” perään väli ja sitten arvo."
            return at, "Kaksoispisteen jälkeen puuttuu väli.", hint
    return None


def too_deep(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a line with a key stands deeper than a line that has its value."""
    before = _above(lines, number)
    if before is None or not _KEY.match(lines[number]):
        return None
    while before is not None and not _KEY.match(lines[before]) and not _ITEM.match(lines[before]):
        before = _above(lines, before)
    if before is None:
        return None
    column, deep = _column(lines[before]), _column(lines[number])
    above = _KEY.match(lines[before])
    if deep <= column or (above and not above[3]):
        return None
    if (at := _fellow(lines, before, number)) is not None:
        message = f"Rivi on sisennetty vähemmän kuin rivi {at + 1}."
        other = f" Jos se on oikein, siirrä rivi {number + 1} sen kohdalle."
        other = f" {_MISSING_ROW}" if _ITEM.match(lines[number]) else other
        hint = f"Siirrä se samaan kohtaan kuin rivi {at + 1}.{other if at != number else ''}"
        return before, message, hint
    if _ITEM.match(lines[number]):
        return misses(lines, number)
    row = f"rivi {before + 1}"
    hint = f"Rivillä {before + 1} on jo arvo. Siirrä tämä rivi samaan kohtaan kuin {row}."
    return number, f"Rivi on sisennetty syvemmälle kuin {row}.", hint


def _fellow(lines: Sequence[str], before: int, number: int) -> int | None:
    """Return the line with which a shallower one belongs: one before it, or the one after it."""
    deep, fellow = _column(lines[number]), None
    after = _ITEM.match(lines[number])
    above = _above(lines, before)
    opened = _KEY.match(lines[above]) if above is not None else None
    if opened and not opened[3] and not after and len(opened[1]) == _column(lines[before]):
        return number
    for at in range(before - 1, -1, -1):
        item = _ITEM.match(lines[at])
        if not item and not _KEY.match(lines[at]):
            continue
        if (column := _column(lines[at])) < deep:
            return None
        fellow = at if fellow is None and column == deep else fellow
        # An item that follows tells of the same list only when one of its items stands above.
        if fellow is not None and (not after or (item and item[1] == after[1])):
            return fellow
    return None


def misses(lines: Sequence[str], number: int) -> Told:
    """Return what is told of a line that stands at no level of those above it."""
    message, levels = "Sisennys ei osu kohdalleen.", _levels(lines, number)
    if _ITEM.match(lines[number]):
        move = _same_list(lines, number)
        return number, message, f"{_MISSING_ROW} Muuten {move}" if move else _MISSING_ROW
    told = " tai ".join(f"{column} (kuten rivillä {at + 1})" for at, column in levels)
    spaces = _lead(lines[number])
    here = f"Rivin alussa on {spaces} {'väli' if spaces == 1 else 'väliä'}."
    return number, message, f"{here} Oikea määrä on {told}." if told else here


def uneven(lines: Sequence[str], number: int) -> str:
    """Return how to mend a list whose items do not stand at one level."""
    return _same_list(lines, number).capitalize() or "Siirrä viivat samaan kohtaan."


def _same_list(lines: Sequence[str], number: int) -> str:
    """Return where an item is to be moved, or nothing when the one above stands as deep."""
    for at in range(number - 1, -1, -1):
        if (item := _ITEM.match(lines[at])) and len(item[1]) <= _lead(lines[number]):
            same = len(item[1]) == _lead(lines[number])
            return "" if same else f"siirrä viiva samaan kohtaan kuin rivillä {at + 1}."
    return ""


def _lead(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _levels(lines: Sequence[str], number: int) -> list[tuple[int, int]]:
    """Return the nearest line above at each level that is still open, with its column."""
    found: list[tuple[int, int]] = []
    for at in range(number - 1, -1, -1):
        if _KEY.match(lines[at]) or _ITEM.match(lines[at]):
            column = _column(lines[at])
            if not found or column < found[-1][1]:
                found.append((at, column))
            if column == 0:
                break
    return found


def _column(line: str) -> int:
    """Return where the key of a line stands, or else its first letter."""
    match = _KEY.match(line)
    return len(match[1]) if match else len(line) - len(line.lstrip())


def _above(lines: Sequence[str], number: int) -> int | None:
    """Return the nearest line above that says something."""
    for at in range(number - 1, -1, -1):
        if lines[at].strip() and not lines[at].lstrip().startswith("#"):
            return at
    return None
