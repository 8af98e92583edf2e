"""Lines of YAML that stand too deep or too shallow → what an author is told, in Finnish.

Told from the lines themselves: the parser notices such a slip late and names something else.
"""

import re
from collections.abc import Sequence

from palvelupolku.mending import mend
from palvelupolku.rows import (
    ITEM,
    KEY,
    TEXT_KEY,
    Told,
    begins,
    beside,
    column_of,
    lead,
    levels_above,
    listed,
    named,
    said_above,
    says,
    spaces,
    without_texts,
)

_GLUED = re.compile(r" *(?:- +)*([^\W\d][\w-]*):(?!//)[^\s:]")
_UNDASHED = re.compile(r" *(?:-(?=[^\s-])|([–—−]) *)(.+)")
"""An item of a list without the space after its dash, or with a dash of print."""
_WORD = re.compile(r"[^A-ZÅÄÖ\s]\S*(?:\s+#.*)?\s*")
"""A value that is an id, a day or a chosen word: no text that could go on."""
_SHOWN = 40
"""How many characters of a line a hint repeats."""
_LONGEST = 40
"""How many rows a text is taken to have at the most."""
LONG_DASH = "Viiva on liian pitkä"
_LIST_OF = {"service": "services", "id": "steps", "step": "choices", "outcome": "choices"}
"""The list whose items begin with a key: at the edge, if it is of services."""


def glued(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a line or the one above lacks the space after its dash or colon."""
    for at in (number, said_above(lines, number)):
        if at is None or lead(lines[at]) > lead(lines[number]):
            break
        if (found := undashed(lines, at)) and (at == number or ": " in lines[at]):
            return at, *found
        if match := _GLUED.match(lines[at]):
            hint = f"Kirjoita kohdan ”{match[1]}:” perään väli ja sitten arvo."
            return at, "Kaksoispisteen jälkeen puuttuu väli.", hint
    return None


def undashed(lines: Sequence[str], number: int) -> tuple[str, str] | None:
    """Return what is told of an item of a list that does not begin with a dash and a space.

    The rows of the next long dashes are told along with the first.
    """
    match = _UNDASHED.match(lines[number])
    if match is None:
        return None
    told = match[2] if len(match[2]) <= _SHOWN else f"{match[2][:_SHOWN].rstrip()}…"
    mend = f"Kirjoita: - {told}"
    if not match[1]:
        return "Viivan jälkeen puuttuu väli.", mend
    found = ((at, _UNDASHED.match(lines[at])) for at in range(number + 1, len(lines)))
    also = listed(at + 1 for at, other in found if other and other[1])
    also = f", samoin {also}" if also else ""
    return f"{LONG_DASH} ({match[1]}){also}. Luettelon viiva on lyhyt (-).", mend


def goes_on(lines: tuple[str, ...], number: int) -> str:
    """Return what to do where the text of a line above seems to go on, or nothing."""
    line, key = lines[number], KEY.match(lines[number])
    above, rows = said_above(lines, number), without_texts(lines)
    start = said_above(rows, number)
    for _ in range(_LONGEST):
        if start is not None and not begins(rows[start]):
            start = said_above(rows, start)
    if above is None or start is None or (key and not TEXT_KEY.fullmatch(key[2])):
        return ""
    opened, column = KEY.match(lines[start]), column_of(lines[start])
    text = (opened[3] if opened else lines[start].lstrip(" -")) or ""
    block = text[:1] in ("|", ">")
    dash = _UNDASHED.match(rows[number]) and not (block and opened and column == lead(line))
    if dash or ITEM.match(line) or _GLUED.match(line) or text[:1] in "\"'[{":
        return ""
    if not block and _WORD.fullmatch(text):
        return ""
    if key and not block:
        whole = f"kirjoita koko teksti riville {start + 1}, suoriin lainausmerkkeihin"
        return f'Jos rivin {start + 1} teksti jatkuu tässä, {whole}: "teksti: jatkuu".'
    deep = column + 2 if above == start else max(lead(lines[above]), column + 2)
    return f"Jos rivin {start + 1} teksti jatkuu tässä, siirrä tämä rivi: {spaces(deep)}."


def shallow(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a list begins to the left of the empty key above it."""
    item, above = ITEM.match(lines[number]), said_above(lines, number)
    while item and above is not None and _text_item(lines[above]) == lead(lines[number]):
        number, above = above, said_above(lines, above)
    key = KEY.match(lines[above]) if above is not None else None
    if above is None or not item or not key or key[3] or len(item[1]) >= len(key[1]):
        return None
    level = len(item[1]) in {column for _, column in levels_above(lines, above)}
    if level and (item[1] or KEY.match(lines[number])):
        message = f"Rivi on sisennetty syvemmälle kuin sen luettelo rivillä {number + 1}."
        move = f"Siirrä se samaan kohtaan kuin rivin {number + 1} viiva: {spaces(len(item[1]))}."
        other = f"Jos se on oikein, siirrä luettelon viivat kohdan ”{key[2]}” kohdalle."
        return above, message, f"{move} {other}"
    message = f"Viiva on sisennetty vähemmän kuin kohta ”{key[2]}” rivillä {above + 1}."
    return number, message, f"Siirrä viiva sen kohdalle: {spaces(len(key[1]))}."


def _text_item(line: str) -> int | None:
    """Return where the dash of a text in a list stands."""
    return lead(line) if ITEM.match(line) and not KEY.match(line) else None


def in_place_of_rows(lines: tuple[str, ...], number: int) -> Told | None:
    """Return what is told where a line is read as a text, and a list or rows belong there."""
    rows = without_texts(lines)
    if (found := mend(lines, rows, number)) and found[0] == number:
        return found
    return glued(rows, number)


def astray(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told of the line of a key that YAML reads, and its author meant otherwise."""
    if slip := undashed(lines, number):
        return number, *slip
    below = range(number + 1, len(lines))
    after = next((at for at in below if says(lines[at])), number)
    found = None if KEY.match(lines[after]) else shallow(lines, after)
    return found and (mend(lines, lines, after) or found)


def too_deep(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a line with a key stands deeper than a line that has its value."""
    before = said_above(lines, number)
    while before is not None and not KEY.match(lines[before]) and not ITEM.match(lines[before]):
        before = said_above(lines, before)
    if before is None or not KEY.match(lines[number]):
        return None
    column, deep = column_of(lines[before]), column_of(lines[number])
    above = KEY.match(lines[before])
    if deep <= column or (above and not above[3]):
        return None
    if not above and (found := shallow(lines, before)):
        return found
    if (at := _fellow(lines, before, number)) is not None:
        dash = bool(ITEM.match(lines[before]))
        shallower = f"vähemmän kuin {f'rivillä {at + 1}' if dash else named(lines, at)}."
        message = f"{'Viiva' if dash else 'Rivi'} on sisennetty {shallower}"
        other = f" Jos se on oikein, siirrä rivi {number + 1}: {spaces(column)}."
        other = f" {_missing_row(lines, number)}" if ITEM.match(lines[number]) else other
        move = beside(lines, at, "viiva" if dash else "se")
        return before, message, f"{move}{other if at != number else ''}"
    if ITEM.match(lines[number]):
        return misses(lines, number)
    owner = before if above else _owner(lines, before)
    hint = f"Rivillä {owner + 1} on jo arvo. {beside(lines, owner, 'tämä rivi')}"
    return number, f"Rivi on sisennetty syvemmälle kuin {named(lines, owner)}.", hint


def _fellow(lines: Sequence[str], before: int, number: int) -> int | None:
    """Return the line with which a shallower one belongs: one before it, or the one after it."""
    deep, fellow = column_of(lines[number]), None
    after = ITEM.match(lines[number])
    above = said_above(lines, before)
    opened = KEY.match(lines[above]) if above is not None else None
    first = opened and not opened[3] and len(opened[1]) == column_of(lines[before])
    listed, own = ITEM.match(lines[before]), lead(lines[before])
    if first and not after and not listed:
        return number
    for at in range(before - 1, -1, -1):
        item = ITEM.match(lines[at])
        key = KEY.match(lines[at])
        if not (item and key if listed else item or key):
            continue
        if (column := column_of(lines[at])) < deep or (listed and lead(lines[at]) == own):
            return None
        fellow = at if fellow is None and column == deep else fellow
        # An item that follows tells of the same list only when one of its items stands above.
        if fellow is not None and (not after or (item and item[1] == after[1])):
            return fellow
    return None


def _owner(lines: Sequence[str], item: int) -> int:
    """Return the line whose list an item is of, or the item where none can be told."""
    for at in range(item - 1, -1, -1):
        key = KEY.match(lines[at])
        if key and not key[3] and len(key[1]) <= lead(lines[item]):
            return at
    return item


def misses(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told of a line that stands at no level of those above it, if it does not."""
    if found := shallow(lines, number):
        return found
    message, levels = "Sisennys ei osu kohdalleen.", levels_above(lines, number)
    if ITEM.match(lines[number]):
        move = _same_list(lines, number)
        missing = _missing_row(lines, number)
        move = f"{missing} Muuten {move[0].lower()}{move[1:]}" if move else missing
        return number, message, move
    own = lead(lines[number])
    told = " tai ".join(f"{column} (kuten rivillä {at + 1})" for at, column in levels)
    here = f"Rivin alussa on {own} {'väli' if own == 1 else 'väliä'}."
    if any(column == own for _, column in levels):
        return None
    return number, message, f"{here} Oikea määrä on {told}." if told else here


def _missing_row(lines: Sequence[str], number: int) -> str:
    """Return what may be missing above the item of a list, by the key that it begins with."""
    key = KEY.match(lines[number])
    name = _LIST_OF.get(key[2], "") if key else ""
    name = "choices" if name == "services" and lead(lines[number]) else name
    opened = (KEY.match(lines[at]) for at, _ in levels_above(lines, number))
    name = "" if any(above and above[2] == name for above in opened) else name
    told = f"rivi ”{name}:”" if name else "rivi, esimerkiksi ”steps:” tai ”services:”"
    return f"Jos yläpuolelta puuttuu {told}, lisää se."


def uneven(lines: Sequence[str], number: int) -> str:
    """Return how to mend a list whose items do not stand at one level."""
    return _same_list(lines, number) or "Siirrä viivat samaan kohtaan."


def _same_list(lines: Sequence[str], number: int) -> str:
    """Return where an item is to be moved, or nothing when the one above stands as deep."""
    for at in range(number - 1, -1, -1):
        if (item := ITEM.match(lines[at])) and len(item[1]) <= lead(lines[number]):
            same = len(item[1]) == lead(lines[number])
            return "" if same else beside(lines, at, "viiva")
    return ""
