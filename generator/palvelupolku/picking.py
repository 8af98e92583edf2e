"""Cells of a workbook held against what they may say, whether or not the rest of it holds. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from palvelupolku.called import KIND_NAMES, SLIP, as_id, meant, word_meant
from palvelupolku.cells import Rows, words_of
from palvelupolku.errors import did_you_mean, suggestion
from palvelupolku.fields import full_address
from palvelupolku.filling import FROM_LIST, Fault, lines
from palvelupolku.finnish import lower_first
from palvelupolku.source import Reading
from palvelupolku.tables import Column, Table

_FROM_SHEET = "Tunnukset ovat taulukossa Luettelot."


def picked(tables: Sequence[Table], given: Rows, reading: Reading, region: str) -> Iterator[Fault]:
    """Yield a fault for every word and every id in a cell that is none of those it may say.

    The names of things are known though the description itself does not hold.
    """
    known = {kind: ids for kind, ids in reading.known.items() if kind not in reading.broken}
    for table in tables:
        for number, cells in enumerate(given.get(table.name, ()), table.first_row):
            for place, (column, cell) in enumerate(
                zip(table.columns, cells[len(table.heads) :], strict=False)
            ):
                row = number if table.lists else number + place
                for item in lines(column, cell) if column.many else [cell] if cell else ():
                    told = _word(column, item) or _id(column, item, known, reading, region)
                    if told:
                        yield Fault(table.name, row, column.title, *told)


def _word(column: Column, cell: str) -> tuple[str, str] | None:
    """Return what is wrong in a word that is to be chosen, in the very words of the cell's list."""
    words = words_of(column)
    if not words or cell in words or cell.lower() in (told.lower() for told in words.values()):
        return None
    near = did_you_mean([words[word]] if (word := word_meant(cell, words)) else [])
    hint = f"{near} Vaihtoehdot: {', '.join(words.values())}."
    return f"Arvo ”{cell}” ei käy kohtaan ”{lower_first(column.title)}”.", hint.strip()


def _id(
    column: Column, cell: str, known: Mapping[str, set[str]], reading: Reading, region: str
) -> tuple[str, str] | None:
    """Return what is wrong in an id that names a thing of the library."""
    kind = column.refers
    if kind not in known or kind not in KIND_NAMES:
        return None
    if cell in known[kind] or (kind == "service" and full_address(cell, region) in known[kind]):
        return None
    spelt = as_id(cell)
    ids = sorted(name.removeprefix(f"{region}/") for name in known[kind])
    near = meant(reading.names, kind, cell, region) or ([spelt] if spelt in ids else [])
    hint = did_you_mean(near) or suggestion(spelt or cell, ids, SLIP)
    place = _FROM_SHEET if column.many else FROM_LIST
    return f"Tunnukselle ”{cell}” ei löydy {KIND_NAMES[kind]}.", f"{hint} {place}".strip()
