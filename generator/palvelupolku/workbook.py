"""Tables as an Excel workbook and back: sheets, headings, drop-downs. Pure: bytes in, bytes out.

Every cell is text, so that nothing a person types becomes a day or a number of another shape.
"""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from palvelupolku.cells import Rows, choices
from palvelupolku.fields import SHARED_STEP
from palvelupolku.tables import ENTRY, LIST, Column, Table
from palvelupolku.titles import TITLES

HELP, LISTS = "Ohje", "Luettelot"
STACKED = ("Kohta", "Arvo", "Ohje")
"""The first row of a table whose headings stand below each other."""
FILE_CELL, STAMP_CELL = "B3", "B4"
LAST_ROW = 2_000
"""The last row that has drop-downs, and the last that is read."""
NEEDED = " *"
_NUMBERED = re.compile("_x[0-9A-Fa-f]{4}_|x005F_")
"""What a workbook takes for the number of a character (ECMA-376, `ST_Xstring`)."""
_WIDE, _MIDDLE, _NARROW = 48, 32, 24
_LANGUAGES = ("fi", "sv", "en", "fi-simple")
_HEAD = PatternFill("solid", fgColor="FF1F3A5F")
_TOP = Alignment(vertical="top", wrap_text=True)

_KINDS = {
    "actor": "toimijat",
    "law": "lait",
    "source": "lähteet",
    "outcome": "lopputulokset",
    "service": "palvelut",
    SHARED_STEP: "yhteiset vaiheet",
}

_PATH = (("steps", TITLES["steps"]),)

Names = Mapping[str, Sequence[tuple[str, str]]]
"""What ids there are of each kind, with their names."""


class Origin(NamedTuple):
    """What a workbook was made from."""

    file: str
    """The description, relative to the folder `paths/`."""
    stamp: str = ""
    """A digest of what it said then; nothing for a new one."""


def written(
    origin: Origin, tables: Sequence[Table], rows: Rows, names: Names, help_lines: Sequence[str]
) -> bytes:
    """Return a workbook with a help sheet, a sheet for each table and the lists to choose from.

    Raises `ValueError` for a text that a workbook would change.
    """
    book = Workbook()
    book.properties.creator = "Palvelupolku"
    _help(book, origin, help_lines)
    sheets = {table.name: book.create_sheet(table.name) for table in tables}
    lists = _Lists(book.create_sheet(LISTS))
    for table in tables:
        sheet = sheets[table.name]
        (_fill if table.lists else _stack)(sheet, table, rows[table.name])
        _offer(sheet, table, lists, names)
        _offer_steps(sheet, table, tables)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _help(book: Workbook, origin: Origin, lines: Sequence[str]) -> None:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = HELP
    _write(sheet, 1, 1, "Näin täytät työkirjan").font = Font(bold=True, size=16)
    _write(sheet, 3, 1, "Tiedosto").font = Font(bold=True)
    for place, text in zip((FILE_CELL, STAMP_CELL), origin, strict=True):
        cell = sheet[place]
        _write(sheet, cell.row, cell.column, text)
    sheet.row_dimensions[sheet[STAMP_CELL].row].hidden = True
    for row, line in enumerate(lines, 5):
        _write(sheet, row, 1, line)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        sheet.row_dimensions[row].height = 15 * (1 + len(line) // 85)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 70


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text as text, also when it looks like a formula, a number or a day."""
    if number := _NUMBERED.search(text):
        message = f"Excel muuttaisi tekstin ”{number[0]}” merkiksi. Muokkaa kuvausta tekstinä."
        raise ValueError(message)
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.number_format, cell.alignment = "@", _TOP
    if text:
        cell.value, cell.data_type = text, "s"
    return cell


def _heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = _write(sheet, row, column, text)
    cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), _HEAD


def _fill(sheet: Worksheet, table: Table, rows: Sequence[tuple[str, ...]]) -> None:
    """Write the headings, what each is for, and the rows."""
    for number, title in enumerate(table.headings, 1):
        column = table.columns[number - 1 - len(table.heads)] if number > len(table.heads) else None
        needed = NEEDED if column is None or column.required else ""
        _heading(sheet, 1, number, title + needed)
        _write(sheet, 2, number, table.tolds[number - 1]).font = Font(italic=True)
        place = sheet.column_dimensions[get_column_letter(number)]
        place.width = _width(column)
        place.number_format = "@"
        used = any(row[number - 1] for row in rows)
        if column and column.other_language and not used:
            sheet.column_dimensions.group(get_column_letter(number), hidden=True)
    for number, cells in enumerate(rows, table.first_row):
        for column_number, text in enumerate(cells, 1):
            if text:  # the column itself keeps an empty cell as text
                _write(sheet, number, column_number, text)
    sheet.freeze_panes = f"{get_column_letter(1 + table.pinned)}{table.first_row}"


def _width(column: Column | None) -> int:
    if column and column.path[-1] in _LANGUAGES:
        return _WIDE
    return _MIDDLE if column and column.refers else _NARROW


def _stack(sheet: Worksheet, table: Table, rows: Sequence[tuple[str, ...]]) -> None:
    """Write what stands once: a heading, its value and what it is for on each row."""
    for number, title in enumerate(STACKED, 1):
        _heading(sheet, 1, number, title)
    for row, (column, text) in enumerate(zip(table.columns, rows[0], strict=True), table.first_row):
        _write(sheet, row, 1, column.title + (NEEDED if column.required else "")).font = Font(
            bold=True
        )
        _write(sheet, row, 2, text)
        _write(sheet, row, 3, column.told).font = Font(italic=True)
        if column.other_language and not text:
            sheet.row_dimensions.group(row, hidden=True)
    for letter, width in (("A", 34), ("B", 80), ("C", 60)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "B2"


class _Lists:
    """The sheet of what cells may say; each list is written once."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        sheet.freeze_panes = "A2"
        self._ranges: dict[str, str] = {}
        self._next = 1

    def range(self, title: str, values: Sequence[tuple[str, str]]) -> str:
        """Return the cells where a list of (value, name) stands."""
        if title not in self._ranges:
            first = self._next
            _heading(self._sheet, 1, first, title)
            named = any(name for _, name in values)
            if named:
                _heading(self._sheet, 1, first + 1, "Nimi")
            for row, (value, name) in enumerate(values, 2):
                _write(self._sheet, row, first, value)
                _write(self._sheet, row, first + 1, name) if named else None
            for number in range(first, first + 1 + named):
                self._sheet.column_dimensions[get_column_letter(number)].width = 40
            self._next += 1 + named
            self._ranges[title] = _span(self._sheet.title, first, 2, 1 + len(values))
        return self._ranges[title]


def _span(sheet: str, column: int, first: int, last: int) -> str:
    letter = get_column_letter(column)
    return f"'{sheet}'!${letter}${first}:${letter}${max(first, last)}"


def _offer(sheet: Worksheet, table: Table, lists: _Lists, names: Names) -> None:
    """Give the cells of a table their drop-downs."""
    for number, head in enumerate(table.heads, 1):
        if head == LIST:
            told = [(title, "") for _, title in table.lists]
            _drop(sheet, table, number, lists.range(f"{LIST}: {table.name}", told), strict=True)
        elif head != ENTRY:
            above = table.ancestors[number - 1]
            _drop(sheet, table, number, _keys(above), strict=False)
    for number, column in enumerate(table.columns, 1 + len(table.heads)):
        words = choices(column)
        if words:
            span = lists.range(_list_name(column, words), [(word, "") for word in words])
            _drop(sheet, table, number, span, strict=True)
        elif (kind := column.refers) in names:
            span = lists.range(f"Tunnukset: {_KINDS[kind]}", names[kind])
            if not column.many:
                _drop(sheet, table, number, span, strict=False)


def _offer_steps(sheet: Worksheet, table: Table, tables: Sequence[Table]) -> None:
    """Offer the steps of the workbook's own path where a step is named."""
    path = next((t for t in tables if t.lists == _PATH), None)
    for number, column in enumerate(table.columns, 1 + len(table.heads)):
        if path and column.refers == "step":
            _drop(sheet, table, number, _keys(path), strict=False)


def _list_name(column: Column, words: Sequence[str]) -> str:
    last = column.title.rpartition(": ")[2].capitalize()
    return f"{last}: {', '.join(words[:2])} …"


def _keys(table: Table) -> str:
    """Return the cells that name the rows of a table."""
    paths = [column.path for column in table.columns]
    number = len(table.heads) if table.by_id else 1 + len(table.heads) + paths.index(table.key)
    return _span(table.name, number, table.first_row, LAST_ROW)


def _drop(sheet: Worksheet, table: Table, number: int, span: str, *, strict: bool) -> None:
    """Offer a list in a column; without `strict` other values are warned of and let stand."""
    offered = DataValidation(type="list", formula1=span, allow_blank=True)
    offered.errorStyle = "stop" if strict else "warning"
    offered.errorTitle, offered.error = "Tarkista arvo", "Valitse arvo luettelosta."
    offered.showErrorMessage = True
    letter = get_column_letter(number)
    if table.lists:
        offered.add(f"{letter}{table.first_row}:{letter}{LAST_ROW}")
    else:
        offered.add(f"B{number + table.first_row - 1}")
    sheet.add_data_validation(offered)
