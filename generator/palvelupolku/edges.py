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
    spaces,
)


def unheld(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where a line is right, and the key of the list above it is too shallow.

    The line is the next key of the item that should hold the list, or the item after that.
    """
    item, key = ITEM.match(lines[number]), KEY.match(lines[number])
    edge = lead(lines[number]) - (not item)
    above = (at for at in range(number - 1, -1, -1) if says(lines[at]))
    owner = next((at for at in above if lead(lines[at]) <= edge), 0)
    opened = KEY.match(lines[owner])
    listed = ITEM.match(next(filter(says, lines[owner + 1 :]), ""))
    if not key or not opened or opened[3] or ITEM.match(lines[owner]) or not listed:
        return None
    for at in above:
        other = KEY.match(lines[at])
        if other and ITEM.match(lines[at]):
            same = other[2] == key[2] and lead(lines[at]) == edge
            if same if item else len(other[1]) == len(key[1]):
                message = f"Rivi on sisennetty vähemmän kuin {named(lines, at)}."
                return owner, message, beside(lines, at)
        if lead(lines[at]) <= edge:
            break
    return None


def first_dash(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where the first dash of a list stands as deep as the keys of its item."""
    above, key = said_above(lines, number), KEY.match(lines[number])
    item = KEY.match(lines[above]) if above is not None and ITEM.match(lines[above]) else None
    if above is None or not key or not item or lead(lines[above]) != len(key[1]):
        return None
    if any(lines[at].startswith(item[1] + item[2] + ":") for at in range(number, len(lines))):
        return (
            number,
            f"Rivi on sisennetty vähemmän kuin {named(lines, above)}.",
            beside(lines, above),
        )
    deep = max(0, len(key[1]) - (len(item[1]) - lead(lines[above])))
    return (
        above,
        f"Viiva on sisennetty yhtä syvälle kuin rivi {number + 1}.",
        f"Siirrä viiva: {spaces(deep)}.",
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
