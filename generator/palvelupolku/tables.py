"""A kind of file laid out as tables of a workbook: which tables, which columns. Pure.

What stands once in a file has a row of its own in the first table. Each list of entries is a table
with a row for each entry, and entries within entries name the row that they belong to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from palvelupolku.fields import REFERS
from palvelupolku.finnish import lower_first
from palvelupolku.schemas import KINDS, TEXTS, Schema, entries, resolved, said, schemas
from palvelupolku.titles import TITLES

_KEYS = ("id", "service", "name")
"""By which of its keys an entry is named where another table points to it."""
_BELONGS = {
    "Municipality": ("Kuuluu kuntaan", "Sen kunnan tunnus, johon rivi kuuluu."),
    "Part": ("Kuuluu osaan", "Sen osan nimi, johon rivi kuuluu."),
    "Step": ("Kuuluu vaiheeseen", "Sen vaiheen tunnus, johon rivi kuuluu."),
    "AddedStep": ("Kuuluu omaan vaiheeseen", "Sen oman vaiheen tunnus, johon rivi kuuluu."),
    "Supply": ("Kuuluu palveluun", "Sen palvelun tunnus, johon rivi kuuluu."),
}
"""The heading of the column that says what a row belongs to, and what is written there."""
ENTRY, LIST = "Tunnus", "Kohta"
"""The headings of the column of ids, and of the column that says which list a row is of."""
_ENTRY_TOLD = "Pieniä kirjaimia a–z, numeroita ja yhdysviivoja. Älä muuta sitä myöhemmin."
_LIST_TOLD = "Mistä rivi kertoo. Valitse luettelosta."
_MANY_TOLD = "Kukin omalle rivilleen (Alt ja Enter)."
_DAY_TOLD = "Esimerkiksi 31.1.2026."
_CLAIMS = ("Claim", "Väitteet")
"""Claims of every kind stand in one table of this name."""
_WITHIN = " – "
_MOST_LETTERS = 31
"""In the name of a table (a limit of Excel)."""


@dataclass(frozen=True)
class Column:
    """A value that a row may hold."""

    path: tuple[str, ...]
    """The keys from the entry to the value."""
    title: str
    told: str
    """What the value is for."""
    schema: Schema
    """Of the value, or of each of its lines."""
    required: bool = False
    many: bool = False
    """Whether it holds a list, one item on each line."""
    other_language: bool = False

    @property
    def refers(self) -> str:
        """What kind of thing it names by its id, or nothing."""
        return str(self.schema.get(REFERS, ""))


@dataclass(frozen=True)
class Table:
    """Entries of a file, one on each row; without lists it is of what stands once in a file."""

    name: str
    model: str
    lists: tuple[tuple[str, str], ...]
    """The key and the name of each list in its parent that the table holds."""
    above: "Table | None"
    columns: tuple[Column, ...]
    by_id: bool = False
    """Whether its entries are kept by their ids."""

    @property
    def first_row(self) -> int:
        """Which row of the sheet is the first to fill: the headings come before it.

        A table of what stands once has its values below each other, one column of headings.
        """
        return 3 if self.lists else 2

    @property
    def key(self) -> tuple[str, ...]:
        """The path of what names a row, where the table has one."""
        paths = {column.path[0]: column.path for column in reversed(self.columns)}
        return next((paths[name] for name in _KEYS if name in paths), ())

    @property
    def ancestors(self) -> "tuple[Table, ...]":
        """The tables whose rows its rows belong to, the outermost first."""
        above = self.above
        return (*above.ancestors, above) if above and above.lists else ()

    @property
    def heads(self) -> tuple[str, ...]:
        """The headings before the columns: what a row belongs to and what it is."""
        return tuple(heading for heading, _ in self._heads)

    @property
    def pinned(self) -> int:
        """How many of the first columns tell which row it is."""
        return len(self.heads) + (self.columns[0].path == self.key)

    @property
    def tolds(self) -> tuple[str, ...]:
        """What each column is for, those before its own first."""
        return (*(told for _, told in self._heads), *(column.told for column in self.columns))

    @property
    def _heads(self) -> tuple[tuple[str, str], ...]:
        belongs = tuple(_BELONGS[table.model] for table in self.ancestors)
        of = ((LIST, _LIST_TOLD),) if len(self.lists) > 1 else ()
        return (*belongs, *of, *(((ENTRY, _ENTRY_TOLD),) if self.by_id else ()))

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading, from left to right."""
        return (*self.heads, *(column.title for column in self.columns))


@cache
def tables(kind: str) -> tuple[Table, ...]:
    """Return the tables of a kind of file, each after the one that its rows belong to."""
    root = schemas()[kind]
    if "properties" in root:
        return tuple(_tables(root, root, Table(root["title"][:_MOST_LETTERS], "", (), None, ())))
    bare = Table(KINDS[kind], "", (("", KINDS[kind]),), None, (), by_id=True)
    return tuple(_tables(root, resolved(root, entries(root)), bare))


def _tables(root: Schema, schema: Schema, bare: Table) -> Iterator[Table]:
    """Yield a table with its columns, and those of the lists in its entries."""
    table = replace(bare, columns=tuple(_columns(root, schema)))
    yield table
    for lists, model in _lists(root, schema):
        names = tuple((key, schema["properties"][key]["title"]) for key in lists)
        title = names[0][1] if len(lists) == 1 else _CLAIMS[1]
        above = "" if not table.lists else f"{table.name.rpartition(_WITHIN)[2]}{_WITHIN}"
        by_id = resolved(root, schema["properties"][lists[0]])["type"] == "object"
        below = Table(f"{above}{title}"[:_MOST_LETTERS], model, names, table, (), by_id)
        yield from _tables(root, root["$defs"][model], below)


def _lists(root: Schema, schema: Schema) -> list[tuple[tuple[str, ...], str]]:
    """Return the keys of each list of entries with their model; lists of claims stand together."""
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for key, told in schema["properties"].items():
        model = _model(root, told)
        if model:
            together = model if model == _CLAIMS[0] else key
            found[together] = ((*found.get(together, ((), ""))[0], key), model)
    return list(found.values())


def _model(root: Schema, told: Schema) -> str:
    """Return the model of the entries that a key holds, or nothing when it holds no such list."""
    model = str(entries(resolved(root, told)).get("$ref", "")).rpartition("/")[2]
    return "" if model in TEXTS else model


def _columns(
    root: Schema, schema: Schema, at: tuple[str, ...] = (), before: str = "", *, must: bool = True
) -> Iterator[Column]:
    """Yield the columns of an object; what stands once in it is laid out beside the rest."""
    for key, told in schema["properties"].items():
        if _model(root, told):
            continue
        part, path = resolved(root, told), (*at, key)
        title = f"{before}: {lower_first(part['title'])}" if before else part["title"]
        needed = must and key in schema.get("required", ())
        words = said(part)
        if "fi" in part.get("properties", {}):
            yield from _languages(part, path, title, words, needed=needed)
        elif "properties" in part:
            yield from _columns(root, part, path, title, must=needed)
        elif part["type"] == "array":
            items = resolved(root, part["items"])
            yield Column(path, title, f"{words} {_MANY_TOLD}", items, needed, many=True)
        elif part.get("format") == "date":
            yield Column(path, title, f"{words} {_DAY_TOLD}", part, needed)
        else:
            yield Column(path, title, words, part, needed)


def _languages(
    text: Schema, path: tuple[str, ...], title: str, words: str, *, needed: bool
) -> Iterator[Column]:
    """Yield a column for a text in Finnish and one for each other language."""
    for language, told in text["properties"].items():
        if language == "fi":
            yield Column((*path, language), title, words, {"type": "string"}, needed)
        else:
            name = f"{title} {lower_first(TITLES[language])}"
            yield Column((*path, language), name, told["description"], {}, other_language=True)
