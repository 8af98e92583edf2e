"""Lines of YAML that stand too deep or too shallow → what an author is told, in Finnish.

Told from the lines themselves: the parser notices such a slip late and names something else.
"""

import re
from collections.abc import Sequence

_KEY = re.compile(r"( *(?:- +)*)([^\s#:'\"\-][^:]*):(?:\s+(?:#.*|(.*)))?$")
_GLUED = re.compile(r" *(?:- +)*([^\W\d][\w-]*):(?!//)[^\s:]")
_ITEM = re.compile(r"( *)- ")
_UNDASHED = re.compile(r" *(?:- +)*-([^\s-].*)")
_SHOWN = 40
"""How many characters of a line a hint repeats."""
_MISSING_ROW = "Jos yläpuolelta puuttuu rivi, esimerkiksi ”steps:” tai ”services:”, lisää se."

Told = tuple[int, str, str]
"""The index of the line, what is wrong there and how to mend it."""


def glued(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a line or the one above lacks the space after its dash or colon."""
    for at in (number, said_above(lines, number)):
        if at is None or _lead(lines[at]) > _lead(lines[number]):
            break
        if (found := undashed(lines[at])) and (at == number or ": " in lines[at]):
            return at, *found
        if match := _GLUED.match(lines[at]):
            hint = f"Kirjoita kohdan ”{match[1]}:” perään väli ja sitten arvo."
            return at, "Kaksoispisteen jälkeen puuttuu väli.", hint
    return None


def undashed(line: str) -> tuple[str, str] | None:
    """Return what is told of an item of a list that does not begin with a dash and a space."""
    match = _UNDASHED.match(line)
    if match is None:
        return None
    told = match[1] if len(match[1]) <= _SHOWN else f"{match[1][:_SHOWN].rstrip()}…"
    return "Viivan jälkeen puuttuu väli.", f"Kirjoita: - {told}"


def shallow(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a list begins to the left of the empty key above it."""
    above = said_above(lines, number)
    item, key = _ITEM.match(lines[number]), _KEY.match(lines[above]) if above is not None else None
    if above is None or not item or not key or key[3] or len(item[1]) >= len(key[1]):
        return None
    level = len(item[1]) in {column for _, column in _levels(lines, above)}
    if level and (item[1] or _KEY.match(lines[number])):
        message = f"Rivi on sisennetty syvemmälle kuin sen luettelo rivillä {number + 1}."
        move = f"Siirrä se samaan kohtaan kuin rivin {number + 1} viiva."
        other = f"Jos se on oikein, siirrä luettelon viivat kohdan ”{key[2]}” kohdalle."
        return above, message, f"{move} {other}"
    message = f"Viiva on sisennetty vähemmän kuin kohta ”{key[2]}” rivillä {above + 1}."
    return number, message, f"Siirrä viiva sen kohdalle: rivin alkuun {len(key[1])} väliä."


def in_place_of_rows(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a line is read as a text, and a list or rows belong there."""
    move = joined(lines, number)
    return (number, "Sisennys ei osu kohdalleen.", move) if move else glued(lines, number)


def astray(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told of the line of a key that YAML reads, and its author meant otherwise."""
    if found := undashed(lines[number]):
        return number, *found
    below = range(number + 1, len(lines))
    after = next((at for at in below if _says(lines[at])), number)
    return None if _KEY.match(lines[after]) else shallow(lines, after)


def joined(lines: Sequence[str], number: int) -> str:
    """Return how to mend an item that may belong with the deeper one right above it, if any."""
    above = said_above(lines, number)
    item = _ITEM.match(lines[number])
    other = _ITEM.match(lines[above]) if above is not None else None
    if above is None or not item or not other or len(other[1]) <= len(item[1]):
        return ""
    return f"Siirrä viiva samaan kohtaan kuin rivillä {above + 1}."


def too_deep(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a line with a key stands deeper than a line that has its value."""
    before = said_above(lines, number)
    if before is None or not _KEY.match(lines[number]):
        return None
    while before is not None and not _KEY.match(lines[before]) and not _ITEM.match(lines[before]):
        before = said_above(lines, before)
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
    owner = (before if above else _owner(lines, before)) + 1
    hint = f"Rivillä {owner} on jo arvo. Siirrä tämä rivi samaan kohtaan kuin rivi {owner}."
    return number, f"Rivi on sisennetty syvemmälle kuin rivi {owner}.", hint


def _fellow(lines: Sequence[str], before: int, number: int) -> int | None:
    """Return the line with which a shallower one belongs: one before it, or the one after it."""
    deep, fellow = _column(lines[number]), None
    after = _ITEM.match(lines[number])
    above = said_above(lines, before)
    opened = _KEY.match(lines[above]) if above is not None else None
    first = opened and not opened[3] and len(opened[1]) == _column(lines[before])
    if first and not after and not _ITEM.match(lines[before]):
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


def _owner(lines: Sequence[str], item: int) -> int:
    """Return the line whose list an item is of, or the item where none can be told."""
    for at in range(item - 1, -1, -1):
        key = _KEY.match(lines[at])
        if key and not key[3] and len(key[1]) <= _lead(lines[item]):
            return at
    return item


def misses(lines: Sequence[str], number: int) -> Told:
    """Return what is told of a line that stands at no level of those above it."""
    if found := shallow(lines, number):
        return found
    if move := joined(lines, number):
        return number, "Sisennys ei osu kohdalleen.", move
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


def said_above(lines: Sequence[str], number: int) -> int | None:
    """Return the nearest line above that says something."""
    for at in range(number - 1, -1, -1):
        if _says(lines[at]):
            return at
    return None


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
