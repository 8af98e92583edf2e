"""Rows of tables as the data of a file, with the place of every value and every fault. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from palvelupolku.called import SLIP
from palvelupolku.cells import Rows, as_filled, numbered, value_at, words_of
from palvelupolku.characters import HINT, hidden, told
from palvelupolku.errors import printable, suggestion
from palvelupolku.fields import Location
from palvelupolku.tables import ENTRY, LIST, Column, Table

FROM_LIST = "Valitse tunnus solun luettelosta."
_FINNISH_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in a workbook, told where its author filled it."""

    table: str
    row: int
    """Counted from 1 as the table shows it; 0 is the table itself."""
    heading: str
    message: str
    hint: str = ""
    stacked: bool = field(default=False, compare=False)
    """Whether the headings of its table stand below each other, and are no columns."""

    def __str__(self) -> str:
        """Return where it is, what is wrong and how to mend it, in Finnish."""
        row = f", rivi {self.row}" if self.row else ""
        named = "kohta" if self.stacked else "sarake"
        column = f", {named} ”{self.heading}”" if self.heading else ""
        told = [f"Taulukko ”{self.table}”{row}{column}: {self.message}"]
        told += [f"  → {self.hint}"] if self.hint else []
        return "\n".join(map(printable, told))


@dataclass
class Filled:
    """What a workbook says: data, where each part of it was written, and what is wrong."""

    data: dict[str, Any]
    places: dict[Location, tuple[str, int, str]] = field(default_factory=dict)
    """Table, row and heading of a value; of an entry, with no heading."""
    faults: list[Fault] = field(default_factory=list)


def filled(tables: Sequence[Table], given: Rows) -> Filled:
    """Return the data that rows of tables say, with every fault found on the way."""
    filler = _Filler()
    for table in tables:
        for row, cells in enumerate(given.get(table.name, ()), table.first_row):
            if any(cells) or not table.lists:
                filler.take(table, row, cells)
    filler.found.data = as_filled(filler.found.data)
    return filler.found


class _Filler:
    """Puts rows in their places, those of outer tables first."""

    def __init__(self) -> None:
        self.found = Filled({})
        self._named: dict[str, dict[tuple[str, ...], tuple[Location, dict[str, Any]]]] = {}
        self._seen: Counter[tuple[str, ...]] = Counter()

    def take(self, table: Table, row: int, cells: tuple[str, ...]) -> None:
        """Put one row in its place, or note why it has none."""
        heads = dict(zip(table.heads, cells, strict=False))
        entry: dict[str, Any] = {} if table.lists else self.found.data
        at = self._put(table, row, heads, entry) if table.lists else ()
        if at is None:
            return
        self.found.places[at] = (table.name, row if table.lists else 0, "")
        for number, (column, cell) in enumerate(
            zip(table.columns, cells[len(table.heads) :], strict=False)
        ):
            here = row if table.lists else row + number
            if match := next(hidden(cell), None):
                self._fault(table, here, column.title, told(match.group()), HINT)
            elif cell:
                self._value(column, cell, entry)
                self.found.places[(*at, *column.path)] = (table.name, here, column.title)
        name = heads.get(ENTRY) or str(value_at(entry, table.key) or "")
        among = (table.name, *cells[: len(table.ancestors)], name)
        self._seen[among] += 1
        named = self._named.setdefault(table.name, {})
        named[numbered(among[1:], self._seen[among])] = (at, entry)

    def _put(
        self, table: Table, row: int, heads: dict[str, str], entry: dict[str, Any]
    ) -> Location | None:
        parent = self._parent(table, row, heads)
        key = self._list(table, row, heads)
        if parent is None or key is None:
            return None
        above, holder = parent
        at = (*above, key) if key else above
        if table.by_id:
            held = holder.setdefault(key, {}) if key else holder
            name = heads[ENTRY]
            if not name or name in held:
                told = f"Tunnus ”{name}” on jo toisella rivillä." if name else "Tunnus puuttuu."
                self._fault(table, row, ENTRY, told, "Anna riville oma tunnus.")
                return None
            held[name] = entry
            return (*at, name)
        held = holder.setdefault(key, [])
        held.append(entry)
        return (*at, len(held) - 1)

    def _parent(
        self, table: Table, row: int, heads: dict[str, str]
    ) -> tuple[Location, dict[str, Any]] | None:
        """Return the entry that a row belongs to."""
        if not table.ancestors:
            return (), self.found.data
        belongs = tuple(heads.values())[: len(table.ancestors)]
        known = self._named.get(table.ancestors[-1].name, {})
        if belongs in known:
            return known[belongs]
        near = [names[-1] for names in known if names[:-1] == belongs[:-1]]
        above = table.ancestors[-1].name
        told, hint = "Solu on tyhjä.", f"Valitse rivi, johon tämä kuuluu: {', '.join(near)}."
        if belongs[-1]:
            told = f"Taulukossa ”{above}” ei ole riviä ”{belongs[-1]}”."
            hint = suggestion(belongs[-1], near, SLIP) or f"Rivejä ovat: {', '.join(near)}."
            hint += " Jos se on poistettu, poista myös tämä rivi."
        hint = hint if near else f"Täytä ensin taulukko ”{above}”."
        self._fault(table, row, table.heads[len(belongs) - 1], told, hint)
        return None

    def _list(self, table: Table, row: int, heads: dict[str, str]) -> str | None:
        """Return the key of the list that a row is of."""
        if len(table.lists) == 1:
            return table.lists[0][0]
        names = {title.lower(): key for key, title in table.lists}
        if heads[LIST].lower() in names:
            return names[heads[LIST].lower()]
        titles = [title for _, title in table.lists]
        told = f"Kohtaa ”{heads[LIST]}” ei ole." if heads[LIST] else "Solu on tyhjä."
        hint = suggestion(heads[LIST], titles) or f"Valitse luettelosta: {', '.join(titles)}."
        self._fault(table, row, LIST, told, hint)
        return None

    @staticmethod
    def _value(column: Column, cell: str, entry: dict[str, Any]) -> None:
        for key in column.path[:-1]:
            entry = entry.setdefault(key, {})
        entry[column.path[-1]] = lines(column, cell) if column.many else _meant(column, cell)

    def _fault(self, table: Table, row: int, heading: str, message: str, hint: str) -> None:
        self.found.faults.append(Fault(table.name, row, heading, message, hint))


def lines(column: Column, cell: str) -> list[str]:
    """Return the items of a cell: one on each line; ids may stand between commas as well."""
    between = r"[\n,;]" if "pattern" in column.schema else r"\n"
    return [item.strip() for item in re.split(between, cell) if item.strip()]


def _meant(column: Column, cell: str) -> str:
    """Return the text that the YAML keeps: a word, a day as 2026-01-31, or the cell as it is."""
    words = {told.lower(): word for word, told in words_of(column).items()}
    day = _FINNISH_DAY.fullmatch(cell)
    if column.schema.get("format") == "date" and day:
        date, month, year = day.groups()
        return f"{year}-{month:0>2}-{date:0>2}"
    return words.get(cell.lower(), cell)
