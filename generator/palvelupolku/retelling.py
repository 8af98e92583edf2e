"""What `check` says of YAML, told to one who fills a workbook: its cells, its words. Pure."""

import re
from collections.abc import Sequence

from palvelupolku.errors import Problem
from palvelupolku.fields import Location
from palvelupolku.filling import Fault, Filled
from palvelupolku.finnish import lower_first
from palvelupolku.tables import Table
from palvelupolku.titles import TITLES
from palvelupolku.values import VALUES

_MISSING = re.compile(r"Pakollinen kohta ”([\w-]+)” puuttuu\.")
_KEY = re.compile(rf"\b({'|'.join(sorted((*TITLES, *VALUES), key=len, reverse=True))})\b")
_ADD = re.compile(r"Lisää (?:vaiheeseen )?rivi ”([\w-]+):(?: ([\w-]+))?”[^.]*\.")
"""What an author of YAML adds: a key, and maybe its word."""
_UNKNOWN = "valitse kohtaan ”Varmuus” arvo ”ei tietoa”"
_ROW_OF_FILE = re.compile(r"on jo rivillä \d+")
_FINNISH = {"in", "en", "id"}
"""Keys and words that a Finnish sentence may hold by itself."""


def retold(laid: Sequence[Table], found: Filled, at: Location, problem: Problem) -> Fault:
    """Return a problem at the place of the workbook that its text came from, in its words."""
    missing = _MISSING.match(problem.message)
    while at not in found.places and at:
        at = at[:-1]
    name, row, heading = found.places.get(at, (laid[0].name, 0, ""))
    table = next(table for table in laid if table.name == name)
    if not missing:
        return Fault(name, row, heading, in_words(problem.message), _hint(problem.hint))
    key = missing[1]
    column = next((c for c in table.columns if key in c.path[:2]), None)
    if column is None:
        below = next((t for t in laid if any(key == k for k, _ in t.lists)), table)
        message = f"Taulukossa ”{below.name}” ei ole yhtään riviä."
        return Fault(below.name, below.first_row, "", message, "Täytä ainakin yksi rivi.")
    if not table.lists:
        row = table.first_row + table.columns.index(column)
    return Fault(name, row, column.title, "Pakollinen kohta on tyhjä.", "Täytä tämä solu.")


def in_words(text: str) -> str:
    """Return what is said of keys and words of YAML with their Finnish names."""

    def named(match: re.Match[str]) -> str:
        word = match[1]
        return word if word in _FINNISH else lower_first(TITLES.get(word) or VALUES[word])

    return _KEY.sub(named, _ROW_OF_FILE.sub("on jo toisella rivillä", text))


def _hint(text: str) -> str:
    """Return how to mend it in a workbook, where a row of YAML is a cell."""

    def cell(match: re.Match[str]) -> str:
        title, word = TITLES[match[1]], VALUES.get(match[2] or "")
        return f"Valitse kohtaan ”{title}” arvo ”{word}”." if word else f"Täytä kohta ”{title}”."

    told = text.replace("lisää rivi ”certainty: unknown”", _UNKNOWN)
    return in_words(_ADD.sub(cell, told, count=1))
