"""Slips that one row shows by itself, or with the rows right beside it."""

import re
from collections.abc import Sequence

from palvelupolku.rows import ITEM, KEY, Told, lead, said_above, says, spaces

QUOTE_HINT = 'Laita koko teksti suoriin lainausmerkkeihin: "teksti".'
_STAR = re.compile(r" *\* +(.{1,40})")
"""An item of a list that begins with a star."""
_FENCE = re.compile(r" *```")
"""A mark of a guide's example, which is copied along with it."""
_TWO = re.compile(r"( *(?:- +)*)[a-z_]+: +[^\s\"'](?:.*\S)?\s+([a-z_]+):(?: .*)?")
"""A row on which a second key stands behind the value of the first."""
_TAB = re.compile(r" *-\t\s*(.{1,40})")
"""A dash with a tab behind it in place of a space."""
_EXTRA = re.compile(r" *(?:- +)*[a-z_]+: +[^\s:\"'|>][^:]*:\s*")
"""A key and its value with a colon behind them."""


def of_print(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told of a star in place of a dash, of a tab, or of the mark of an example."""
    if star := _STAR.match(lines[number]):
        return number, "Luettelon viiva on -.", f"Kirjoita: - {star[1]}"
    if tab := _TAB.match(lines[number]):
        return number, "Viivan perässä on sarkain.", f"Kirjoita: - {tab[1]}"
    if not _FENCE.match(lines[number]):
        return None
    *others, last = (str(at) for at, line in enumerate(lines, 1) if _FENCE.match(line))
    hint = f"Poista rivit {', '.join(others)} ja {last}." if others else "Poista rivi."
    return number, "Tämä rivi ei kuulu tiedostoon.", hint


def two_in_one(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told of a row in whose text stands a key that other rows begin with."""
    found = _TWO.fullmatch(lines[number])
    names = (key[2] for key in map(KEY.match, lines) if key)
    if not found or found[2] not in names:
        return None
    move = f"siirrä se omalle rivilleen: {spaces(len(found[1]))}"
    hint = f"Jos ”{found[2]}” on oma kohtansa, {move}. Muuten {QUOTE_HINT[0].lower()}"
    return number, "Rivillä on kaksi kohtaa.", f"{hint}{QUOTE_HINT[1:]}"


def extra_colon(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told of a row that ends with a colon, though it has its value already."""
    if not _EXTRA.fullmatch(lines[number]):
        return None
    row = lines[number].strip().rstrip(":")
    return number, "Rivin lopussa on kaksoispiste liikaa.", f"Kirjoita: {row}"


def bare(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told of a word by itself: a key without its colon, or an item without a dash.

    It is a key where a list or deeper rows follow, an item below a key that has a list elsewhere.
    """
    own, word = lead(lines[number]), lines[number].strip()
    below = next((at for at in range(number + 1, len(lines)) if says(lines[at])), None)
    item = bool(below and ITEM.match(lines[below]))
    if re.fullmatch(r"[a-z_]+", word) and below and lead(lines[below]) >= own + (not item):
        return number, "Riviltä puuttuu kaksoispiste.", f"Kirjoita: {word}:"
    above = said_above(lines, number)
    key = KEY.match(lines[above]) if above is not None else None
    if not key or key[3] or ":" in word:
        return None
    lists = (at for at, line in enumerate(lines[:-1]) if line.strip(" -") == f"{key[2]}:")
    if any(ITEM.match(lines[at + 1]) for at in lists):
        return number, "Rivin alusta puuttuu viiva.", f"Kirjoita: - {word}"
    return None
