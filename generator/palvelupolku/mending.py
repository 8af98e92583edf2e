"""The one small mend after which the rows of a broken file are regular again, if there is one.

A slip shows late and in many ways. What was meant shows in how alike the rest of the file is: each
small mend near the fault is tried, and the one is told that leaves the fewest kinds of rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from palvelupolku.regularity import Regularity
from palvelupolku.rows import (
    ITEM,
    KEY,
    Told,
    begins,
    column_of,
    lacks_row,
    lead,
    named,
    said_above,
    says,
    spaces,
)

_ABOVE, _BELOW = 40, (60, 6)
"""How many rows above a fault its slip is looked for in, and how many below it have to hold."""
_MOST_ROWS = 2_000
"""How many rows are read again for each mend: more would take too long."""
_SHOWN = 40
"""How many characters of a row a hint repeats."""
_ADDED = 3
"""How many kinds of rows it is worth that a row is not missing."""
_MOVE, _WRITE, _DROP, _ADD = range(4)
"""What may be done to rows, the likeliest first."""
_COLONLESS = re.compile(r"( *(?:- +)?)([a-z_]+)(?: *[;,.=] *| +)([^\s:].*)")


@dataclass(frozen=True)
class _Mend:
    kind: int
    first: int
    after: int
    rows: tuple[str, ...]
    """What stands in place of the rows from the first on."""
    follows: bool = False
    """Whether they are rows that follow one with a dash: those belong to it likely enough."""

    def made(self, lines: Sequence[str]) -> list[str]:
        return [*lines[: self.first], *self.rows, *lines[self.after :]]

    def fills(self, rows: Sequence[str]) -> bool:
        """Return whether moved rows come beside the row below them and that above, or under it."""
        above, below = said_above(rows, self.first), rows[self.after : self.after + 1]
        own = lead(self.rows[0]) if self.kind == _MOVE else -1
        at = -1 if above is None else column_of(rows[above])
        beside = at == own or (at < own and above is not None and rows[above].endswith(":"))
        return beside and any(KEY.match(row) and lead(row) == own for row in below)

    def last(self, rows: Sequence[str]) -> int:
        """Return the last row whose place among the others the mend changes."""
        if self.kind != _ADD:
            return max(self.first, self.after - 1)
        made, edge = self.made(rows), lead(self.rows[0]) + (not ITEM.match(self.rows[0]))
        below = range(self.first + 1, len(made))
        return (
            next((at for at in below if says(made[at]) and lead(made[at]) <= edge), len(made)) - 1
        )


def mend(lines: Sequence[str], rows: Sequence[str], number: int, twice: int = -1) -> Told | None:
    """Return what is told of the best mend of a fault noticed at a row, if there is one.

    `rows` are the lines without texts that go on; `twice` is the row of the same key above.
    """
    above = [at for at in range(min(number + 2, len(rows))) if says(rows[at])][-_ABOVE:]
    for count in _BELOW:
        end = ([at for at in range(number, len(rows)) if begins(rows[at])][:count] or [number])[-1]
        if end > _MOST_ROWS:
            return None
        mends = [*_mends(lines, rows, above, end + 1)]
        if twice >= 0:
            mends += [_Mend(_DROP, at, at + 1, ()) for at in (number, twice)]
        empty, found = _empty(rows[: end + 1]), {}
        for one in mends:
            read = Regularity(one.made(lines[: end + 1]), one.made(rows[: end + 1]), empty)
            first, last = one.first + (one.kind == _ADD), one.last(rows)
            likely = last <= one.first or one.follows or one.fills(rows)
            if read.sound and (likely or read.alike(first, last, moved=one.kind == _MOVE)):
                by = abs(lead(lines[one.first]) - lead(one.rows[0])) if one.rows else 0
                kinds, size = read.kinds + _ADDED * (one.kind == _ADD), one.after - one.first
                found[one] = kinds, read.pairs, one.kind, size, by
        best = min(found, key=lambda one: (*found[one], -one.first), default=None)
        if best is not None:
            was = Regularity(lines[: end + 1], rows[: end + 1], empty)
            same = [one for one in found if found[one] == found[best] and one.first == best.first]
            better = len(same) == 1 and (not was.sound or found[best][0] < was.kinds)
            return _told(rows, best) if better and best.kind != _DROP else None
    return None


def _mends(
    lines: Sequence[str], rows: Sequence[str], near: Sequence[int], end: int
) -> Iterator[_Mend]:
    own = [(lead(row), KEY.match(row), row) for row in rows if begins(row)]
    names = {key[2] for _, key, _ in own if key}
    levels = {0, *(column for column, *_ in own), *(len(key[1]) for _, key, _ in own if key)}
    firsts = [key for _, key, row in own if key and ITEM.match(row)]
    dashed = {(len(key[1]), f"{key[1]}{key[2]}:") for key in firsts}
    first = {key[2] for key in firsts}
    pairs = pairwise(own)
    opened = {
        (column, f"{key[1]}{key[2]}:")
        for (column, key, _), (*_, below) in pairs
        if key and not key[3] and ITEM.match(below)
    }
    for at in near:
        if begins(rows[at]):
            yield from _moves(lines[:end], rows[:end], at, levels)
        if (text := _COLONLESS.fullmatch(lines[at])) and text[2] in names:
            yield _Mend(_WRITE, at, at + 1, (f"{text[1]}{text[2]}: {text[3]}",))
        item = bool(ITEM.match(rows[at]))
        key = KEY.match(rows[at])
        for column in {lead(rows[at]), lead(rows[at]) - 2} if key and key[2] in first else ():
            if not item and column >= 0:
                yield _Mend(_WRITE, at, at + 1, (f"{' ' * column}- {lines[at].lstrip()}",))
        if item and key and at == next(row for row, line in enumerate(rows) if says(line)):
            yield _Mend(_WRITE, at, at + 1, (lines[at].replace("- ", "", 1),))
        for column, row in opened if item else dashed:
            there = lead(rows[at]) in ((column, column + 2) if item else (column,))
            if there and (column or row not in rows):
                value = "" if item else " x"
                yield _Mend(_ADD, at, at, (f"{row}{value}",))


def _moves(lines: Sequence[str], rows: Sequence[str], at: int, levels: set[int]) -> Iterator[_Mend]:
    """Yield a row moved to each level, alone, with what is below it, or what is beside it.

    What follows the row of a dash may be its own rows up to any list or item beside them.
    """
    own, after = lead(rows[at]), range(at + 1, len(rows))
    left = [[row for row in after if says(rows[row]) and lead(rows[row]) < own + n] for n in (0, 1)]
    left.append([row for row in after if not ITEM.match(rows[row]) or KEY.match(rows[row])])
    left.append([row for row in after if says(rows[row]) and lead(rows[row]) > own])
    ends = {at + 1, *(next(iter(found), len(rows)) for found in left)}
    above = said_above(rows, at)
    dash = KEY.match(rows[above]) if above is not None and ITEM.match(rows[above]) else None
    follows = bool(dash and dash[3]) and not ITEM.match(rows[at])
    last = next(iter(left[0]), len(rows))
    if follows:
        beside = [row for row in range(at + 1, last) if says(rows[row]) and lead(rows[row]) == own]
        ends |= {row for row in beside if ITEM.match(rows[row]) or rows[row].endswith(":")}
        ends = {end for end in ends if end == at + 1 or not rows[end - 1].endswith(":")}
    for end in ends:
        for by in (level - own for level in levels - {own}):
            moved = [(" " * by + line) if by > 0 else line[-by:] for line in lines[at:end]]
            if by > 0 or all(not line[:-by].strip() for line in lines[at:end]):
                yield _Mend(_MOVE, at, end, tuple(moved), follows)


def _empty(rows: Sequence[str]) -> int:
    """Return how many keys have no value by the look of the row below them."""
    own = [row for row in rows if says(row)]
    pairs = zip(own, [*own[1:], ""], strict=True)
    opened = ((key, below) for row, below in pairs if (key := KEY.match(row)) and not key[3])
    return sum(lead(below) <= len(key[1]) and not ITEM.match(below) for key, below in opened)


def _told(rows: Sequence[str], best: _Mend) -> Told:
    """Return what is told of a mend: the row, what is wrong there and what to do."""
    at, row = best.first, best.rows[0]
    if best.kind == _WRITE:
        if not KEY.match(rows[at]):
            return at, "Riviltä puuttuu kaksoispiste.", f"Kirjoita: {_shown(row)}"
        where = f" ({spaces(lead(row))})"
        if not ITEM.match(row):
            return at, "Rivin alussa on viiva liikaa.", f"Kirjoita{where}: {_shown(row)}"
        return at, "Rivin alusta puuttuu viiva.", f"Kirjoita{where}: {_shown(row)}"
    if best.kind == _ADD:
        return lacks_row(at, row.strip().removesuffix(" x"), lead(row))
    dash, column = bool(ITEM.match(rows[at])), lead(row)
    place = lead if dash else column_of
    near = [n for n in range(at - 1, -1, -1) if says(rows[n]) and place(rows[n]) == column]
    fellow = next((n for n in near if not dash or ITEM.match(rows[n])), next(iter(near), None))
    deep = "syvemmälle" if lead(rows[at]) > column else "vähemmän"
    what = f"rivit {at + 1}–{best.after}" if best.after > at + 1 else "viiva" if dash else "se"
    if fellow is None:
        return at, "Sisennys ei osu kohdalleen.", f"Siirrä {what}: {spaces(column)}."
    like = f"rivillä {fellow + 1}" if dash else named(rows, fellow)
    message = f"{'Viiva' if dash else 'Rivi'} on sisennetty {deep} kuin {like}."
    return at, message, f"Siirrä {what} samaan kohtaan kuin {like}: {spaces(column)}."


def _shown(row: str) -> str:
    told = row.strip()
    return told if len(told) <= _SHOWN else f"{told[:_SHOWN].rstrip()}…"
