"""What pydantic found wrong, told in Finnish at the author's own line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from palvelupolku import hints, keys
from palvelupolku.called import Names, with_steps
from palvelupolku.errors import Problem, at_once
from palvelupolku.fields import Location
from palvelupolku.indents import goes_on, in_place_of_rows
from palvelupolku.rows import KEY, beside, said_above, spaces
from palvelupolku.yamltext import Document

Model = TypeVar("Model", bound=BaseModel)

_MESSAGES = {
    "missing": ("Pakollinen kohta ”{name}” puuttuu.", "missing-key"),
    "extra_forbidden": ("Kohtaa ”{name}” ei ole olemassa.", "unknown-key"),
    "string_type": ("Kohtaan ”{name}” kuuluu teksti.", "type"),
    "string_too_short": ("Kohta ”{name}” on tyhjä.", "empty"),
    "too_short": ("Kohta ”{name}” on tyhjä.", "empty"),
    "date_type": ("Kohtaan ”{name}” kuuluu päivä.", "type"),
    "string_too_long": ("Kohta ”{name}” on liian pitkä, enintään {max_length} merkkiä.", "length"),
    "string_pattern_mismatch": ("Arvo ”{input}” ei käy kohtaan ”{name}”.", "pattern"),
    "literal_error": ("Arvo ”{input}” ei käy kohtaan ”{name}”.", "value"),
    "tuple_type": ("Kohtaan ”{name}” kuuluu luettelo.", "type"),
    "dict_type": ("Kohdan ”{name}” alle kuuluu omia rivejä.", "type"),
    "model_type": ("Kohdan ”{name}” alle kuuluu omia rivejä.", "type"),
    "int_parsing": ("Kohtaan ”{name}” kuuluu kokonaisluku, ei ”{input}”.", "type"),
    "bool_parsing": ("Kohtaan ”{name}” kuuluu true tai false, ei ”{input}”.", "type"),
    "greater_than_equal": ("Luku ”{input}” on liian pieni, vähintään {ge} sopii.", "value"),
    "less_than_equal": ("Luku ”{input}” on liian suuri, enintään {le} sopii.", "value"),
}
_HINTS = {
    "date_type": "Kirjoita päivä näin: 2026-01-31.",
    "string_too_long": "Lyhennä.",
    "int_parsing": "Kirjoita pelkkä numero.",
    "bool_parsing": "Kirjoita true (kyllä) tai false (ei).",
    "greater_than_equal": "Kirjoita suurempi luku.",
    "less_than_equal": "Kirjoita pienempi luku.",
    "string_type": "Kirjoita tähän pelkkä teksti.",
    "rows": 'Kirjoita tähän pelkkä teksti, suoriin lainausmerkkeihin: "teksti: jatkuu".',
    "too_short": "Kirjoita teksti, tai poista koko rivi.",
    "string_too_short": "Kirjoita teksti, tai poista koko rivi.",
}
_FROM_SCHEMA = {
    "tuple_type": hints.of_list,
    "model_type": hints.of_map,
    "dict_type": hints.of_map,
    "missing": hints.of_missing,
}
_ROWS = {"tuple_type", "model_type", "dict_type"}
"""Where a list or rows belong."""
_SHALLOW = "Kuuluuko se kohtaan, joka alkaa riviltä"
_ROW_MISSING = "Jos yläpuolelta puuttuu rivi"
_MANY = 3
"""From how many missing keys on, an item of a list is taken for one that belongs elsewhere."""
_MOST = 50
"""Of how many strange keys it is asked what they stand for."""


def validate(
    model: type[Model],
    document: Document,
    data: Any = None,  # noqa: ANN401 - plain YAML data
    at: Location = (),
    names: Names = MappingProxyType({}),
) -> tuple[Model | None, list[Problem]]:
    """Return the model, or nothing and every problem pydantic found in the data.

    `names` are the Finnish names of things, which an author may have written in place of ids.
    """
    try:
        return model.model_validate(document.data if data is None else data), []
    except ValidationError as error:
        checked = _Checked(model, document, at, names, document.data if data is None else data)
        return None, at_once(checked.problems(error.errors()), _ROW_MISSING)


@dataclass(frozen=True)
class _Checked:
    """Data that did not hold: what was asked of it, and where it stands."""

    model: type[BaseModel]
    document: Document
    at: Location
    names: Names
    data: Any

    def problems(self, details: Sequence[ErrorDetails]) -> Iterator[Problem]:
        """Yield each problem once.

        An item that belongs elsewhere is one and not many, and a key that is there under another
        name is not missing.
        """
        strange = [d for d in details if d["type"] == "extra_forbidden"][:_MOST]
        torn = [d["loc"] for d in strange if not d["input"] and self._beside(d["loc"])]
        found = self._strays(details)
        strays = {at: told for at, told in found if not any(_follows(at, key) for key in torn)}
        yield from strays.values()
        opened = {self._above(place) for place in strays}
        named = {p for d in strange for p in keys.filled(self.model, d["loc"], self.data)}
        for detail in details:
            told = detail["type"] == "missing" and detail["loc"] in named
            told |= any(_follows(detail["loc"], place) for place in torn)
            told |= detail["input"] == "" and self._row(detail["loc"]) in opened
            if detail["loc"][:-1] not in strays and not told:
                yield self._problem(detail)

    def _strays(
        self, details: Sequence[ErrorDetails]
    ) -> Iterator[tuple[tuple[int | str, ...], Problem]]:
        """Yield the items with what they may not hold that lack much, or fit a list beside."""
        for place in dict.fromkeys(detail["loc"][:-1] for detail in details):
            found = [detail for detail in details if detail["loc"][:-1] == place]
            held = [detail["input"] for detail in found if detail["type"] == "missing"]
            strange = {str(d["loc"][-1]) for d in found if d["type"] == "extra_forbidden"}
            inside = bool(place) and isinstance(place[-1], int)
            other = len(held) >= _MANY and 2 * len(strange) >= len(held[0])
            fits = len(strange) >= _MANY and bool(self._lists_beside(place, strange))
            if inside and strange and (other or fits):
                yield place, self._stray(place, strange)

    def _lists_beside(self, place: Location, held: set[str]) -> list[str]:
        """Return the lists beside an item's own whose items may have all the given keys."""
        return hints.homes(self.model, place[:-2], held)

    def _beside(self, place: Location) -> Location:
        return keys.too_deep(self.model, place, self.data)

    def _row(self, place: Location) -> int:
        return self.document.problem((*self.at, *place), "", "type").mark.line

    def _above(self, place: Location) -> int:
        """Return the row right above an item of a list."""
        document, there = self.document.written_at((*self.at, *place))
        mark = document.mark(there, at_key=False)
        return (said_above(document.lines, mark.line - 1) or 0) + 1

    def _stray(self, place: tuple[int | str, ...], held: set[str]) -> Problem:
        name = next(str(part) for part in reversed(place) if isinstance(part, str))
        lists = hints.homes(self.model, place, held)
        hint = "Siirrä se sen kohdan alle, johon se kuuluu, ja sisennä samoin kuin muut kohdat."
        if lists:
            hint = f"Sisennä se syvemmälle, kohdan ”{' tai '.join(lists)}” alle."
        elif beside := self._lists_beside(place, held):
            rows = " tai ".join(f"”{key}:”" for key in beside)
            hint = f"Se kuuluu kohdan {rows} alle. Jos se rivi puuttuu yläpuolelta, lisää se."
        message = f"Tämä ei kuulu luetteloon ”{name}”, vaan on väärällä tasolla."
        return self.document.problem((*self.at, *place), message, "stray-item", hint)

    def _problem(self, detail: ErrorDetails) -> Problem:
        location = (*self.at, *(part for part in detail["loc"] if part != "[key]"))
        kind, context = detail["type"], detail.get("ctx", {})
        if kind == "literal_error" and not isinstance(detail["input"], str):
            kind = "string_type"
        if location[-1:] == ("fi",) and location not in self.document.values and kind != "missing":
            location = location[:-1]
        name = next((str(part) for part in reversed(location) if isinstance(part, str)), "tiedosto")
        if kind == "value_error":
            message, hint, *key = context["error"].args  # the key of a model, when one is to blame
            at = (*location, *key)
            return self.document.problem(at, message, "value", hint, at_key=bool(key))
        template, rule = _MESSAGES.get(kind, ("Kohta ”{name}” ei ole kunnossa.", "value"))
        given = str(detail["input"])[:60]
        message = template.format(name=name, input=given, **context)
        at_key = kind == "extra_forbidden"
        if kind == "string_type" and isinstance(detail["input"], dict):
            kind = "rows"
        hint = self._hint(kind, name, detail, context)
        problem = self.document.problem(location, message, rule, hint, at_key=at_key)
        if hint.startswith(_SHALLOW):
            problem = replace(problem, message=f"Kohtaa ”{name}” ei ole tällä tasolla.")
        elif at_key and not hint.startswith("Tarkoititko"):
            document, _ = self.document.written_at(location)
            if on := goes_on(document.lines, problem.mark.line - 1):
                hint = on if " " in name else f"{on} Muuten {hint[0].lower()}{hint[1:]}"
                problem = replace(problem, hint=hint)
        if hint == _HINTS["rows"] or (kind in _ROWS and isinstance(detail["input"], str)):
            document, _ = self.document.written_at(location)
            if found := in_place_of_rows(document.lines, problem.mark.line - 1):
                problem = replace(problem, message=found[1], hint=found[2])
        return problem

    def _hint(
        self,
        kind: str,
        name: str,
        detail: ErrorDetails,
        context: dict[str, Any],
    ) -> str:
        location, given = detail["loc"], str(detail["input"])[:60]
        if kind == "extra_forbidden":
            if beside := self._beside(location):
                document, there = self.document.written_at((*self.at, *location))
                key = there[: len(beside) - len(location)]
                mark = document.mark(key, at_key=True)
                other = f"”{beside[-1]}” rivillä {mark.line}: {spaces(mark.column - 1)}"
                return f"Se on liian syvällä. Siirrä se samaan kohtaan kuin {other}."
            return self._shallow(location) or keys.of_unknown(self.model, location, self.data)
        if kind == "literal_error":
            told = context["expected"].replace(" or ", ",").split(",")
            return hints.of_words(given, [part.strip("' ") for part in told])
        if kind == "string_pattern_mismatch":
            file, data = self.document.file, self.document.data
            own = hints.PATTERN_HINTS.get(name)
            names = with_steps(self.names, file, data, location)
            return own or hints.of_id(self.model, location, given, names, file.partition("/")[0])
        if kind in _FROM_SCHEMA:
            return _FROM_SCHEMA[kind](self.model, location)
        told = _HINTS.get(kind, "")
        if kind == "rows" and (lists := self._lists(detail)):
            missing = f"{_ROW_MISSING} ”{lists[0]}:”, lisää se."
            told = f"{missing} Muuten {told[0].lower()}{told[1:]}"
        return told

    def _shallow(self, location: Location) -> str:
        """Return where to move a key that an item right above it lacks, or nothing."""
        item = keys.too_shallow(self.model, location, self.data)
        if not item:
            return ""
        above, own = ((*self.at, *place) for place in (item, location))
        (document, there), (other, here) = map(self.document.written_at, (above, own))
        row, mark = document.mark(there, at_key=False).line, other.mark(here, at_key=True)
        key = KEY.match(document.lines[row - 1])
        deeper = key and key[2][0] not in "{[" and mark.column <= len(key[1])
        if document.file != other.file or row >= mark.line or not deeper:
            return ""
        move = beside(document.lines, row - 1, "se ja mitä sen alla on")
        return f"{_SHALLOW} {row}? {move} Muuten poista se."

    def _lists(self, detail: ErrorDetails) -> list[str]:
        """Return the lists beside one of texts in which the rows of an item would be right."""
        at = detail["loc"]
        beside = len(at) > 1 and isinstance(at[-1], int)
        return hints.homes(self.model, at[:-2], set(detail["input"])) if beside else []


def _follows(place: Location, torn: Location) -> bool:
    """Return whether a place is in the list that holds another one, and in a later item of it."""
    at = max((index for index, part in enumerate(torn) if isinstance(part, int)), default=-1)
    if at < 0 or len(place) <= at or place[:at] != torn[:at]:
        return False
    here, there = place[at], torn[at]
    return isinstance(here, int) and isinstance(there, int) and here > there
