"""The data of a file as rows of tables. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from palvelupolku.schemas import NAMES
from palvelupolku.tables import Column, Table

YES_OR_NO = {"true": "kyllä", "false": "ei"}

Rows = dict[str, list[tuple[str, ...]]]
"""The cells of each table by its name, from left to right."""


def rows(tables: Sequence[Table], data: dict[str, Any]) -> Rows:
    """Return the rows of every table for the data of a file that has no errors.

    Raises `ValueError` for a list whose item would not stay one line, or has several languages.
    """
    return {table.name: list(_rows(table, data)) for table in tables}


def _rows(table: Table, data: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for heads, entry in _entries(table, data):
        yield (*heads, *(_cell(column, value_at(entry, column.path)) for column in table.columns))


def _entries(table: Table, data: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each entry of a table with the cells before its columns."""
    if not table.lists:
        yield (), data
        return
    above = table.above
    outermost: list[tuple[tuple[str, ...], Any]] = [((), data)]
    parents = list(_entries(above, data)) if above else outermost
    names = _names(above, parents) if table.ancestors else [()] * len(parents)
    for (heads, parent), name in zip(parents, names, strict=True):
        belongs = (*heads[: len(above.ancestors)], *name) if above else ()
        for key, title in table.lists:
            of = (title,) if len(table.lists) > 1 else ()
            held = (parent.get(key) or {}) if key else parent
            for number, entry in held.items() if table.by_id else enumerate(held):
                yield (*belongs, *of, *((number,) if table.by_id else ())), entry


def _names(
    table: Table | None, entries: list[tuple[tuple[str, ...], Any]]
) -> list[tuple[str, ...]]:
    """Return how a row that belongs to each entry names it; the second of a name is `name (2)`."""
    assert table
    seen: Counter[tuple[str, ...]] = Counter()
    names: list[tuple[str, ...]] = []
    for heads, entry in entries:
        name = heads[-1] if table.by_id else str(value_at(entry, table.key) or "")
        among = (*heads[: len(table.ancestors)], name)
        seen[among] += 1
        names.append(numbered((name,), seen[among]))
    return names


def value_at(entry: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - plain YAML data
    """Return the value at a path; a text without languages is Finnish."""
    for key in path:
        if isinstance(entry, str):
            return entry if key == "fi" else None
        entry = entry.get(key) if isinstance(entry, dict) else None
    return entry


def _cell(column: Column, value: Any) -> str:  # noqa: ANN401 - plain YAML data
    if value is None:
        return ""
    if not column.many:
        return _shown(column, value)
    if any(not isinstance(item, str) or "\n" in item for item in value):
        message = f"Kohdan ”{column.title}” luettelo ei mahdu soluun. Muokkaa sitä tekstinä."
        raise ValueError(message)
    return "\n".join(value)


def _shown(column: Column, value: str) -> str:
    return words_of(column).get(value, value)


def words_of(column: Column) -> dict[str, str]:
    """Return the Finnish names of the words a column chooses from, by the words."""
    if column.schema.get("type") == "boolean":
        return YES_OR_NO
    return dict(zip(column.schema.get("enum", ()), column.schema.get(NAMES, ()), strict=True))


def choices(column: Column) -> list[str]:
    """Return what a cell of the column may say, or nothing when that is free."""
    return list(words_of(column).values())


def numbered(name: tuple[str, ...], number: int) -> tuple[str, ...]:
    """Return how the row is named that is the given one of its name."""
    return name if number == 1 else (*name[:-1], f"{name[-1]} ({number})")


def as_filled(data: Any) -> Any:  # noqa: ANN401 - plain YAML data
    """Return the data as cells tell it, for they hold no more.

    A text in Finnish alone is that text, a text has no blanks at its ends, and a key that holds
    nothing is not there.
    """
    if isinstance(data, str):
        return data.strip()
    if isinstance(data, list):
        return [as_filled(item) for item in data]
    if isinstance(data, dict):
        inside = {key: as_filled(value) for key, value in data.items()}
        told = {key: value for key, value in inside.items() if value not in ("", [])}
        return told["fi"] if list(told) == ["fi"] else told
    return data
