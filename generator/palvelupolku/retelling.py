"""What `check` says of YAML, told to one who fills a workbook: its cells, its words. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from palvelupolku.cells import words_of
from palvelupolku.errors import Problem
from palvelupolku.fields import Location
from palvelupolku.filling import FROM_LIST, Fault, Filled
from palvelupolku.finnish import lower_first
from palvelupolku.hints import NO_ID
from palvelupolku.tables import Column, Table
from palvelupolku.titles import TITLES
from palvelupolku.values import VALUES

_AS_IT_IS = re.compile(r"(”[^”]*”|\[[^\]]*\]\s?\([^)]*\))")
"""What an author wrote, or is to write: in quotation marks, or a link."""
_AFTER = re.compile(r"\b[Kk]oh[dt]\w+ $")
"""What comes before a key in quotation marks."""
_KEY = re.compile(
    r"(?<![\w./:\[-])"
    rf"({'|'.join(sorted((*TITLES, *VALUES), key=len, reverse=True))})"
    r"(?![\w/\]-]|[.:]\S)"
)
"""A key or a word, and no part of an address, of a link or of the name of a file."""
_ADD = re.compile(r"Lisää (?:vaiheeseen )?rivi ”([\w-]+):(?: ([\w-]+))?”[^.]*\.")
"""What an author of YAML adds: a key, and maybe its word."""
_PUT = re.compile(r"\b([Ll])isää (?:vaiheeseen )?([a-z_]+)(?: ja ([a-z_]+))?(?=[.,:])")
"""The same without a word: one key, or two."""
_UNKNOWN = "valitse kohtaan ”Varmuus” arvo ”ei tietoa”"
_ROW_OF_FILE = re.compile(r"\bjo rivillä \d+")
_QUOTED_COLOUR = re.compile(r"(?:lainausmerkkeihin )?(.*)'(#\w+)'")
_OF_A_DASH = re.compile(r" Jos [^.]*\bviiva[^.]*\.")
"""What an author of YAML may have done with a dash, of which a workbook has none."""
_FINNISH = {"in", "en", "id"}
"""Keys and words that a Finnish sentence may hold by itself."""


class Cell(NamedTuple):
    """A place of a workbook; without a column it is of a row, without a row of a table."""

    table: Table
    row: int = 0
    column: Column | None = None

    @property
    def heading(self) -> str:
        """What the column is called."""
        return self.column.title if self.column else ""


def retold(laid: Sequence[Table], found: Filled, problem: Problem) -> Fault:
    """Return a problem at the place of the workbook that its text came from, in its words."""
    at = problem.at
    cell = cell_of(laid, found, at)
    message, hint = _in_words(problem.message, cell, at), _hint(problem.hint, cell, at)
    if problem.rule == "missing-key" and cell.column:
        message, hint = "Pakollinen kohta on tyhjä.", "Täytä tämä solu."
    elif problem.rule == "missing-key":
        message = f"Taulukossa ”{cell.table.name}” ei ole yhtään riviä."
        hint, cell = "Täytä ainakin yksi rivi.", cell._replace(row=cell.table.first_row)
    elif cell.column and cell.column.refers and problem.hint.startswith(NO_ID):
        hint = FROM_LIST
    return Fault(cell.table.name, cell.row, cell.heading, message, hint)


def cell_of(laid: Sequence[Table], found: Filled, at: Location) -> Cell:
    """Return where a value stands, or would: then at the first required cell of what it holds."""
    entry = at
    while entry and (entry not in found.places or found.places[entry][2]):
        entry = entry[:-1]
    name, row, _ = found.places.get(entry, (laid[0].name, 0, ""))
    table = next(table for table in laid if table.name == name)
    keys = tuple(key for key in at[len(entry) :] if isinstance(key, str))
    columns = _columns(table, keys) or _columns(table, keys[1:])
    if columns:
        column = next((column for column in columns if column.required), columns[0])
        first = 0 if table.lists else table.first_row + table.columns.index(column)
        return Cell(table, row or first, column)
    below = (t for t in laid if t.above is table and keys and keys[0] in dict(t.lists))
    return Cell(next(below, table), row)


def _columns(table: Table, keys: tuple[str, ...]) -> list[Column]:
    """Return the columns of a value, or of what is in it."""
    return [column for column in table.columns if keys and column.path[: len(keys)] == keys]


def _in_words(text: str, cell: Cell, at: Location) -> str:
    """Return what is said of keys and words of YAML with their Finnish names.

    What the author wrote stays, unless it is a word of the cell or the key that it is of.
    """
    words = words_of(cell.column) if cell.column else {}
    told = ""
    for part in _AS_IT_IS.split(_ROW_OF_FILE.sub("jo toisella rivillä", text)):
        quoted = part[1:-1]
        if not _AS_IT_IS.fullmatch(part):
            told += _KEY.sub(_named, part)
        elif _AFTER.search(told) and quoted in TITLES:
            own = cell.heading if quoted in at[-1:] else ""
            told += f"”{lower_first(own or TITLES[quoted])}”"
        else:
            told += f"”{words[quoted]}”" if quoted in words else part
    return told


def _named(match: re.Match[str]) -> str:
    word = match[1]
    return word if word in _FINNISH else lower_first(TITLES.get(word) or VALUES[word])


def _hint(text: str, cell: Cell, at: Location) -> str:
    """Return how to mend it in a workbook, where a row of YAML is a cell."""

    def filled(match: re.Match[str]) -> str:
        title, word = TITLES[match[1]], VALUES.get(match[2] or "")
        return f"Valitse kohtaan ”{title}” arvo ”{word}”." if word else f"Täytä kohta ”{title}”."

    columns = (column for column in cell.table.columns if not column.other_language)
    titles = {[key for key in c.path if key != "fi"][-1]: c.title for c in columns}

    def put(match: re.Match[str]) -> str:
        named = [titles.get(key) for key in match.groups()[1:] if key]
        verb, part = "Täytä" if match[1] == "L" else "täytä", "kohdat" if match[3] else "kohta"
        quoted = " ja ".join(f"”{title}”" for title in named)
        return f"{verb} {part} {quoted}" if all(named) else match[0]

    told = _OF_A_DASH.sub("", text).replace("lisää rivi ”certainty: unknown”", _UNKNOWN)
    told = _QUOTED_COLOUR.sub(r"\1\2", told)
    return _in_words(_PUT.sub(put, _ADD.sub(filled, told, count=1)), cell, at)
