"""A description as an Excel workbook, and a filled one as a description, checked by every rule.

Pure: bytes in, bytes out. What `check` says of the YAML is told by sheet, row and heading.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from palvelupolku import workbook, workbook_read
from palvelupolku.asked import NoDescriptionError, asked
from palvelupolku.build import check
from palvelupolku.cells import as_filled, rows
from palvelupolku.errors import Problem
from palvelupolku.fields import Location
from palvelupolku.filling import Fault, filled
from palvelupolku.offered import names_of, steps_of
from palvelupolku.picking import picked
from palvelupolku.places import SINGLE, kind_of, misplaced
from palvelupolku.retelling import cell_of, retold
from palvelupolku.rewriting import rewritten
from palvelupolku.schemas import KINDS
from palvelupolku.source import Reading
from palvelupolku.tables import Table, tables
from palvelupolku.yamltext import parse

_HELP = (
    (
        "Jokainen taulukko on osa kuvausta. Täytä rivi kerrallaan. Järjestys säilyy. Jätä "
        "tyhjäksi taulukko, jota et tarvitse."
    ),
    (
        "Tähti * otsikon perässä kertoo, että kohta on pakollinen. Toinen rivi, tai sarake "
        "Ohje, kertoo, mitä kohtaan kirjoitetaan. Älä muuta otsikoita, ohjeita äläkä taulukoiden "
        "nimiä."
    ),
    (
        "Valitse arvo luettelosta, jos solu tarjoaa sellaisen. Tunnukset ja niiden nimet ovat "
        "taulukossa Luettelot."
    ),
    (
        "Jos kohtaan kuuluu monta arvoa, kirjoita kukin omalle rivilleen saman solun sisään "
        "(Alt ja Enter). Tunnukset voi erottaa myös pilkulla."
    ),
    (
        "Kuuluu vaiheeseen -sarakkeessa on sen vaiheen tunnus, johon rivi kuuluu. Jos samalla "
        "tunnuksella on kaksi vaihetta, jälkimmäisen nimi on ”tunnus (2)”."
    ),
    "Kirjoita päivä näin: 2026-01-31 tai 31.1.2026.",
    (
        "Ruotsin, englannin ja selkeän version sarakkeet ovat piilossa, jos ne ovat tyhjiä. Avaa "
        "ne plusmerkistä taulukon reunassa."
    ),
    "Poista rivi, jos kohta poistuu. Tyhjiä rivejä saa olla välissä.",
    (
        "Kun olet valmis, aja: palvelupolku excel import ja työkirjan nimi. Komento kertoo, missä "
        "soluissa on vikaa, ja kirjoittaa kuvauksen vasta, kun virheitä ei ole. Polun kulku "
        "tarkistetaan, kun pakolliset solut on täytetty ja muut solut ovat kunnossa."
    ),
    (
        "Tee uusi työkirja, kun haluat muuttaa kuvausta tuonnin jälkeen tai kun joku on muuttanut "
        "sitä muualla. Vanha työkirja ei kirjoita muiden muutosten päälle."
    ),
)
_CELL_RULES = {"missing-key", "unknown-key", "empty", "length", "type", "pattern", "value"}
"""Rules that tell of a value alone: they hold though a row beside it has lost its place."""


@dataclass(frozen=True)
class Imported:
    """What a workbook makes: a description, or what is wrong in the workbook."""

    file: str
    content: bytes
    faults: tuple[Fault, ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    """Errors that it would make in other files."""
    changes: bool = True
    """Whether the description becomes another."""


_CHANGED = (
    "Kuvaus ”{name}” on muuttunut sen jälkeen, kun työkirja tehtiin. Tuonti kirjoittaisi muutosten "
    "päälle, joten kuvausta ei muutettu. Tee työkirja uudelleen: palvelupolku excel export {name}. "
    "Siirrä omat muutoksesi siihen ja tuo se."
)
_GONE = (
    "Kuvausta ”{name}” ei enää ole. Se on poistettu, tai sen nimi on vaihtunut. Tuonti tekisi sen "
    "uudelleen, joten mitään ei kirjoitettu. Jos nimi on vaihtunut, tee uusi työkirja uudella "
    "nimellä. Jos haluat kuvauksen takaisin, tee tyhjä työkirja: palvelupolku excel export {name} "
    "--new. Siirrä omat tekstisi uuteen työkirjaan ja tuo se."
)
_LOST = "Teksti muuttuisi työkirjassa, joten työkirjaa ei tehty."
_BY_HAND = "Muokkaa kuvausta tekstieditorissa."


def exported(
    files: Mapping[str, bytes],
    name: str,
    day: date,
    below: Mapping[str, bytes] | None = None,
    *,
    new: bool = False,
) -> bytes:
    """Return a workbook of a description named as `region/service`, or an empty one of a new one.

    Raises `NoDescriptionError`, and `PathError` when the file cannot be read.
    """
    file = asked(name, files, below, new=new)
    data = parse(file, files[file]).data if file in files else {}
    kind = kind_of(file, data)
    reading = check(files, day, below)
    own = [problem for problem in reading.errors if problem.file == file]
    if own:
        raise NoDescriptionError(f"Kuvauksessa on virheitä. Korjaa ne ensin: {own[0].message}")
    laid = tables(kind)
    region = file.partition("/")[0]
    names = names_of(reading.library, region) | steps_of(reading.library, region)
    try:
        origin = workbook.Origin(file, _stamp(data) if file in files else "")
        content = workbook.written(origin, laid, rows(laid, data), names, _HELP)
    except ValueError as error:
        raise NoDescriptionError(str(error)) from error
    _check_held(content, file, laid, data)
    return content


def imported(
    files: Mapping[str, bytes], content: bytes, day: date, below: Mapping[str, bytes] | None = None
) -> Imported:
    """Return the description that a filled workbook makes, checked among the other files.

    Raises `NoDescriptionError` when it is no workbook of ours or the description has changed or
    gone since it was made, and `PathError` when the description that it changes cannot be read.
    """
    book, file, stamp = _opened(content)
    before = files.get(file)
    kind = _kind(file, book.sheetnames)
    laid = tables(kind)
    given = workbook_read.read(book, file, laid, _HELP)
    first = {table.name: table.first_row for table in laid}
    torn = [fault for fault in given.faults if fault.row < first.get(fault.table, 0)]
    found = filled(laid, given.rows)
    faults = [*given.faults, *found.faults]
    now = None if before is None else parse(file, before).data
    changes = bool(faults) or now is None or as_filled(now) != found.data
    if changes:
        _check_current(file, stamp, now)
    if torn:
        return Imported(file, b"", _laid(laid, torn))
    written = before if before and not changes else rewritten(file, kind, found.data, before)
    reading, elsewhere = _checked(files, file, written, day, below)
    in_cells = [*faults, *picked(laid, given.rows, reading, file.partition("/")[0])]
    own = [p for p in reading.errors if p.file == file and (not faults or p.rule in _CELL_RULES)]
    ruled = [retold(laid, found, problem) for problem in own]
    order = {table.name: number for number, table in enumerate(laid)}
    told = [*in_cells, *_elsewhere(ruled, in_cells)]
    told.sort(key=lambda fault: order.get(fault.table, -1))
    content = b"" if faults else written
    rest = () if faults else tuple(elsewhere)
    return Imported(file, content, _laid(laid, told), rest, changes)


def _opened(content: bytes) -> tuple[Any, str, str]:
    """Return a workbook, the file of its description and the stamp of what it was made of."""
    try:
        book, (file, stamp) = workbook_read.origin_of(content)
    except workbook_read.NotAWorkbookError as error:
        message = "Tämä ei ole työkirja, jonka excel export on tehnyt (.xlsx)."
        raise NoDescriptionError(message) from error
    wrong = None if file in SINGLE else misplaced(file)
    if wrong:
        raise NoDescriptionError(f"Taulukon ”Ohje” solu B3: {wrong.message} {wrong.hint}")
    return book, file, stamp


def _check_current(file: str, stamp: str, now: dict[str, Any] | None) -> None:
    """Raise `NoDescriptionError` where a workbook was made of another description than there is."""
    if stamp != ("" if now is None else _stamp(now)):
        told = _GONE if now is None else _CHANGED
        raise NoDescriptionError(told.format(name=file.removesuffix(".yml")))


def _laid(laid: Sequence[Table], faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return each fault once, told as the table of its place is laid out."""
    stacked = {table.name for table in laid if not table.lists}
    return tuple(replace(f, stacked=f.table in stacked) for f in dict.fromkeys(faults))


def _check_held(content: bytes, file: str, laid: Sequence[Table], data: dict[str, Any]) -> None:
    """Raise `NoDescriptionError` where a workbook would not give the description back."""
    book, _ = workbook_read.origin_of(content)
    given = workbook_read.read(book, file, laid, _HELP)
    found = filled(laid, given.rows)
    told = [*given.faults, *found.faults]
    for at in _differing(as_filled(data), found.data):
        cell = cell_of(laid, found, at)
        told.append(Fault(cell.table.name, cell.row, cell.heading, _LOST, _BY_HAND))
    if told:
        raise NoDescriptionError("\n".join(map(str, _laid(laid, told))))


def _differing(one: Any, two: Any, at: Location = ()) -> Iterator[Location]:  # noqa: ANN401 - plain YAML data
    """Yield the places where two data differ."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in {**one, **two}:
            yield from _differing(one.get(key), two.get(key), (*at, key))
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for number, pair in enumerate(zip(one, two, strict=True)):
            yield from _differing(*pair, (*at, number))
    elif one != two:
        yield at


def _elsewhere(ruled: Sequence[Fault], in_cells: Sequence[Fault]) -> list[Fault]:
    """Return what the rules tell of other cells than those that are told of already."""
    places = {(fault.table, fault.row, fault.heading) for fault in in_cells}
    return [fault for fault in ruled if (fault.table, fault.row, fault.heading) not in places]


def _stamp(data: dict[str, Any]) -> str:
    """Return a digest of what a description says, whatever its layout and its comments."""
    said = json.dumps(as_filled(data), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _kind(file: str, sheets: Sequence[str]) -> str:
    """Return the kind of file that a workbook was made for: a service has two shapes."""
    kind = kind_of(file, {})
    return "taydennys" if kind == "palvelu" and KINDS["taydennys"] in sheets else kind


def _checked(
    files: Mapping[str, bytes],
    file: str,
    written: bytes,
    day: date,
    below: Mapping[str, bytes] | None,
) -> tuple[Reading, list[Problem]]:
    """Return what is read with a file among the others, and the errors it newly makes in them."""
    reading = check({**files, file: written}, day, below)
    others = [problem for problem in reading.errors if problem.file != file]
    if others:
        known = {(p.file, p.message) for p in check(files, day, below).errors}
        others = [problem for problem in others if (problem.file, problem.message) not in known]
    return reading, others
