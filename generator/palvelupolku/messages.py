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
from palvelupolku.rows import KEY, beside, lead, spaces
from palvelupolku.strays import Strays
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
    "int_type": ("Kohtaan ”{name}” kuuluu kokonaisluku.", "type"),
    "bool_type": ("Kohtaan ”{name}” kuuluu true tai false.", "type"),
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
    "int_type": "Kirjoita pelkkä numero.",
    "bool_type": "Kirjoita true (kyllä) tai false (ei).",
}
_FROM_SCHEMA = {
    "tuple_type": hints.of_list,
    "model_type": hints.of_map,
    "dict_type": hints.of_map,
    "missing": hints.of_missing,
    "string_too_short": hints.of_empty,
    "too_short": hints.of_empty,
}
_ROWS = {"tuple_type", "model_type", "dict_type"}
"""Where a list or rows belong."""
_EMPTY = {"tuple_type": "too_short", "string_pattern_mismatch": "string_too_short"}
"""What is wrong where nothing stands: that, and not its shape."""
_SHALLOW = "Kuuluuko se kohtaan, joka alkaa riviltä"


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
        return None, at_once(checked.problems(error.errors()), hints.ROW_MISSING)


@dataclass(frozen=True)
class _Checked:
    """Data that did not hold: what was asked of it, and where it stands."""

    model: type[BaseModel]
    document: Document
    at: Location
    names: Names
    data: Any

    def problems(self, details: Sequence[ErrorDetails]) -> Iterator[Problem]:
        """Yield each problem once: what belongs elsewhere as a whole is one and not many."""
        found, rest = Strays(self.model, self.document, self.at, self.data).taken(details)
        yield from found
        yield from map(self._problem, rest)

    def _kind(self, detail: ErrorDetails) -> str:
        """Return what is wrong by pydantic's name, or by that of what the author sees."""
        kind, given = detail["type"], detail["input"]
        text = kind == "model_type" and hints.is_text(self.model, detail["loc"])
        if text or (kind == "literal_error" and not isinstance(given, str)):
            return "string_type"
        if given == "" and kind in _EMPTY:
            return _EMPTY[kind]
        return kind

    def _problem(self, detail: ErrorDetails) -> Problem:
        location = (*self.at, *(part for part in detail["loc"] if part != "[key]"))
        kind, context = self._kind(detail), detail.get("ctx", {})
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
        hint = self._hint(kind, location[len(self.at) :], detail, context)
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
        return self._undashed(location, detail) or problem

    def _undashed(self, location: Location, detail: ErrorDetails) -> Problem | None:
        """Return what is told of the only item of a list without its dash, where this is one."""
        given = detail["input"]
        if detail["type"] != "tuple_type" or not isinstance(given, dict):
            return None
        item = (*detail["loc"], 0)
        needed = {*hints.schema_at(self.model, item).get("required", ())}
        if not given or not needed <= {*given} <= {*hints.keys_at(self.model, item)}:
            return None
        document, there = self.document.written_at(location)
        row, key = document.mark(there, at_key=False).line - 1, document.mark(there, at_key=True)
        if row < key.line:
            return None
        column = max(lead(document.lines[row]) - 2, key.column - 1)
        hint = f"Kirjoita ({spaces(column)}): - {document.lines[row].strip()}"
        return self.document.problem(location, "Rivin alusta puuttuu viiva.", "type", hint)

    def _hint(
        self,
        kind: str,
        location: Location,
        detail: ErrorDetails,
        context: dict[str, Any],
    ) -> str:
        given = str(detail["input"])[:60]
        if kind == "extra_forbidden":
            if beside := keys.too_deep(self.model, location, self.data):
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
            named = (str(part) for part in reversed(location) if isinstance(part, str))
            own = hints.PATTERN_HINTS.get(next(named, ""))
            names = with_steps(self.names, file, data, location)
            return own or hints.of_id(self.model, location, given, names, file.partition("/")[0])
        if kind in _FROM_SCHEMA:
            return _FROM_SCHEMA[kind](self.model, location)
        told = _HINTS.get(kind, "")
        if kind == "rows" and (lists := self._lists(detail)):
            missing = f"{hints.ROW_MISSING} ”{lists[0]}:”, lisää se."
            told = f"{missing} Muuten {told[0].lower()}{told[1:]}"
        return told

    def _shallow(self, location: Location) -> str:
        """Return where to move a key that an item right above it lacks, or nothing."""
        other, here = self.document.written_at((*self.at, *location))
        whole = other.data if here == location else self.data  # without what another file adds
        item = keys.too_shallow(self.model, location, whole)
        if not item:
            return ""
        above = (*self.at, *item)
        document, there = (other, item) if here == location else self.document.written_at(above)
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
