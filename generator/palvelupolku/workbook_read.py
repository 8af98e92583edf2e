"""An Excel workbook that somebody has filled → the rows of its tables, and what is wrong in it."""

import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from palvelupolku.cells import Rows
from palvelupolku.errors import suggestion
from palvelupolku.filling import Fault
from palvelupolku.tables import Table
from palvelupolku.workbook import (
    FILE_CELL,
    HELP,
    LAST_ROW,
    LISTS,
    NEEDED,
    STACKED,
    STAMP_CELL,
    Origin,
)

_DAMAGED = (
    InvalidFileException, zipfile.BadZipFile, ParseError, zlib.error, KeyError, ValueError,
    TypeError, OSError, EOFError,
)  # fmt: skip

_LAST_STACKED = 500
"""The last row that is read of a table whose headings stand below each other."""
_OWNED = {"A1", "A3", FILE_CELL, STAMP_CELL}
"""The cells of the help sheet where we write, but for its lines: they are merged cells."""
_STACKED = (1, 2, 3)
"""The columns of such a table: heading, value and guide."""
_BELOW = "Siirrä teksti riville 2 tai alemmas, tai poista se."
_TITLE = "Siirrä teksti otsikon kohdalle, tai poista se."


class NotAWorkbookError(Exception):
    """The file is no workbook that `written` has made."""


@dataclass(frozen=True)
class Read:
    """What stands in a workbook."""

    file: str
    """The description it is of, relative to the folder `paths/`."""
    rows: Rows
    faults: tuple[Fault, ...]


def origin_of(content: bytes) -> tuple[Any, Origin]:
    """Return an opened workbook and what it was made from.

    Raises `NotAWorkbookError` when it is none of ours.
    """
    try:
        book = load_workbook(BytesIO(content))
        file, stamp = (book[HELP][place].value for place in (FILE_CELL, STAMP_CELL))
    except _DAMAGED as error:
        raise NotAWorkbookError from error
    if not isinstance(file, str):
        raise NotAWorkbookError
    return book, Origin(file.strip(), str(stamp or "").strip())


def read(
    book: Any,  # noqa: ANN401 - openpyxl's own
    file: str,
    tables: Sequence[Table],
    help_lines: Collection[str] = (),
) -> Read:
    """Return the rows of an opened workbook, and what is wrong in its shape.

    `help_lines` are known for ours on the help sheet also where somebody has moved them.
    """
    sheets = {sheet.title: sheet for sheet in book.worksheets}  # a chart has no cells
    faults: list[Fault] = []
    rows: Rows = {}
    for table in tables:
        if table.name not in sheets:
            hint = "Palauta sen nimi, tai tee työkirja uudelleen."
            faults.append(Fault(table.name, 0, "", "Taulukkoa ei ole.", hint))
        else:
            read_as = _filled if table.lists else _stacked
            rows[table.name] = read_as(sheets[table.name], table, faults)
    if len(rows) == len(tables):  # else it may be a table that lost its name
        faults += _foreign(book, {HELP, LISTS, *rows})
    for name in (HELP, LISTS):
        faults += _beside(sheets[name], help_lines) if name in sheets else ()
    return Read(file, rows, tuple(faults))


def _foreign(book: Any, known: Collection[str]) -> Iterator[Fault]:  # noqa: ANN401 - openpyxl's own
    """Yield the sheets of somebody's own that say something, at their first text."""
    for sheet in book.worksheets:
        for cell in [] if sheet.title in known else _texts(sheet)[:1]:
            hint = "Siirrä tekstit työkirjan omiin taulukoihin, tai poista taulukko."
            yield Fault(sheet.title, cell.row, "", "Taulukkoa ei lueta.", hint)


def _beside(sheet: Worksheet, help_lines: Collection[str]) -> Iterator[Fault]:
    """Yield the first text of somebody's own on a sheet that only tells: where we never write."""
    ours = {f"A{span.min_row}" for span in sheet.merged_cells.ranges} | _OWNED
    texts = _texts(sheet)
    titled = {cell.column for cell in texts if cell.row == 1}
    for cell in texts:
        known = cell.coordinate in ours or _said(cell) in help_lines
        if not (known if sheet.title == HELP else cell.column in titled):
            hint = "Siirrä se työkirjan muihin taulukoihin, tai poista se."
            yield Fault(sheet.title, cell.row, "", "Tämän taulukon omia tekstejä ei lueta.", hint)
            return


def _filled(sheet: Worksheet, table: Table, faults: list[Fault]) -> list[tuple[str, ...]]:
    titles = [_title(cell) for cell in sheet[1]]
    places = _places(titles, table, faults, 1)
    headed = [number for number, title in enumerate(titles, 1) if title]
    _note_unread(sheet, table, LAST_ROW, headed, faults)
    told = {title: sheet.cell(table.first_row - 1, place + 1) for title, place in places.items()}
    _note_guides(table, told, faults)
    found = []
    for row in sheet.iter_rows(table.first_row, min(sheet.max_row, LAST_ROW)):
        cells = {title: row[place] for title, place in places.items() if place < len(row)}
        found.append(tuple(_text(cells.get(t), table, t, faults) for t in table.headings))
    return found


def _stacked(sheet: Worksheet, table: Table, faults: list[Fault]) -> list[tuple[str, ...]]:
    last = max(2, min(sheet.max_row, _LAST_STACKED))
    titles = ["", *(_title(row[0]) for row in sheet.iter_rows(2, last))]
    places = _places(titles, table, faults, 0)
    _note_unread(sheet, table, _LAST_STACKED, _STACKED, faults)
    told = {title: sheet.cell(place + 1, _STACKED[-1]) for title, place in places.items()}
    _note_guides(table, told, faults)
    for cell, title in zip(sheet[1], STACKED, strict=False):
        if _said(cell) not in ("", title):
            faults.append(Fault(table.name, 1, title, "Otsikkoriviä ei lueta.", _BELOW))
    values = {cell.row for cell in _texts(sheet) if cell.column in _STACKED}
    faults += (
        Fault(table.name, row, "", "Rivillä ei ole otsikkoa.", _TITLE)
        for row in sorted(values)
        if table.first_row <= row <= last and not titles[row - 1]
    )
    cells = {title: sheet.cell(place + 1, 2) for title, place in places.items()}
    return [tuple(_text(cells.get(t), table, t, faults) for t in table.headings)]


def _note_unread(
    sheet: Worksheet, table: Table, last: int, headed: Sequence[int], faults: list[Fault]
) -> None:
    """Note the first text below the last row that is read, and of each column without a heading."""
    below = [cell for cell in _texts(sheet) if cell.row > last]
    for cell in below[:1]:
        told = f"Rivillä on tekstiä, mutta vain rivit {table.first_row}–{last} luetaan."
        faults.append(Fault(table.name, cell.row, "", told, "Siirrä se ylemmäs, tai poista se."))
    beside = {
        c.column: c for c in reversed(_texts(sheet)) if c.row <= last and c.column not in headed
    }
    for _, cell in sorted(beside.items()):
        told = f"Sarakkeen {cell.column_letter} tekstiä ei lueta."
        faults.append(Fault(table.name, cell.row, "", told, _TITLE))


def _note_guides(table: Table, cells: Mapping[str, Any], faults: list[Fault]) -> None:
    """Note the first guide in whose place somebody has written, or moved a row."""
    for title, told in zip(table.headings, table.tolds, strict=True):
        cell = cells.get(title)
        text = _said(cell)
        if cell and text not in ("", told.strip()):
            hint = "Siirrä teksti "
            hint += f"riville {table.first_row} tai alemmas" if table.lists else "sarakkeeseen B"
            message = "Tässä on ohjeen paikka, eikä sen tekstiä lueta."
            faults.append(Fault(table.name, cell.row, title, message, f"{hint}, tai poista se."))
            return


def _said(cell: Any) -> str:  # noqa: ANN401 - a cell of any kind, or none
    value = getattr(cell, "value", None)
    return "" if value is None else str(value).strip()


def _texts(sheet: Worksheet) -> list[Cell]:
    """Return the cells that say something, row by row.

    openpyxl's own ways make every cell that they pass, and a sheet may have a million rows.
    """
    cells = (cell for _, cell in sorted(sheet._cells.items()))  # noqa: SLF001 - as above
    return [c for c in cells if isinstance(c, Cell) and _said(c)]


def _title(cell: Cell | MergedCell) -> str:
    return str(cell.value or "").removesuffix(NEEDED.strip()).strip()


def _places(titles: Sequence[str], table: Table, faults: list[Fault], row: int) -> dict[str, int]:
    """Return where each heading stands; note those that are missing and those of nobody's."""
    places = {title: number for number, title in enumerate(titles) if title}
    for title in {t for t in places if titles.count(t) > 1}:
        hint = "Poista toinen, tai tee työkirja uudelleen."
        faults.append(
            Fault(table.name, row or places[title] + 1, title, "Otsikko on kahdesti.", hint)
        )
    for title in table.headings:
        if title not in places:
            hint = "Palauta otsikko, tai tee työkirja uudelleen."
            faults.append(Fault(table.name, row, title, "Otsikko puuttuu.", hint))
    for title, number in places.items():
        if title not in table.headings:
            near = [known for known in table.headings if known not in places]
            hint = suggestion(title, near) or "Poista se."
            at = row or number + 1
            faults.append(Fault(table.name, at, title, "Tällaista otsikkoa ei ole.", hint))
    return {title: number for title, number in places.items() if title in table.headings}


def _text(cell: Any, table: Table, heading: str, faults: list[Fault]) -> str:  # noqa: ANN401 - any
    """Return what a cell says, as a text."""
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") in ("f", "e"):
        told = "Solussa on kaava." if cell.data_type == "f" else "Solussa on kaavan virhe."
        hint = "Kirjoita soluun teksti. Jos teksti alkaa merkillä =, muotoile solu ensin tekstiksi."
        faults.append(Fault(table.name, cell.row, heading, told, hint))
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
