"""Keys and dashes left of the item they belong to, which the parser notices many lines below."""

from collections.abc import Sequence

from palvelupolku.rows import (
    ITEM,
    KEY,
    Told,
    beside,
    column_of,
    lead,
    named,
    said_above,
    says,
)


def at_edge(lines: Sequence[str], number: int | None) -> Told | None:
    """Return what is told of a key that stands left of the item above to which it may belong."""
    key = KEY.match(lines[number]) if number is not None else None
    if number is None or not key or ITEM.match(lines[number]):
        return None
    start, edge = number, len(key[1])
    while (above := said_above(lines, start)) is not None and _outmost(lines[above], edge):
        start = above
    deep = [column_of(lines[at]) for at in _same(lines, key[2], 0, len(lines))]
    for at in range(start - 1, -1, -1):
        if ITEM.match(lines[at]) and KEY.match(lines[at]) and column_of(lines[at]) in deep:
            own = {column_of(lines[row]) for row in _same(lines, key[2], at, start)}
            if column_of(lines[at]) in own:
                return None
            what = "se" if start == number else f"rivit {start + 1}–{number + 1}"
            message = f"Rivi on sisennetty vähemmän kuin {named(lines, at)}."
            return number, message, beside(lines, at, what)
        if says(lines[at]) and lead(lines[at]) <= edge:
            break
    return None


def _outmost(line: str, edge: int) -> bool:
    return KEY.match(line) is not None and lead(line) == edge and not ITEM.match(line)


def _same(lines: Sequence[str], name: str, first: int, after: int) -> list[int]:
    return [at for at in range(first, after) if (key := KEY.match(lines[at])) and key[2] == name]
