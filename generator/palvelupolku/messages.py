"""What pydantic found wrong, told in Finnish at the author's own line."""

from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from palvelupolku.colours import Palette
from palvelupolku.errors import Problem, suggestion
from palvelupolku.fields import Location
from palvelupolku.yamltext import Document

Model = TypeVar("Model", bound=BaseModel)

_MESSAGES = {
    "missing": ("Pakollinen kohta ”{name}” puuttuu.", "missing-key"),
    "extra_forbidden": ("Kohtaa ”{name}” ei ole olemassa.", "unknown-key"),
    "string_type": ("Kohtaan ”{name}” kuuluu teksti.", "type"),
    "string_too_short": ("Kohta ”{name}” on tyhjä.", "empty"),
    "too_short": ("Kohta ”{name}” on tyhjä.", "empty"),
    "too_long": ("Kohta ”{name}” on liian pitkä, enintään {max_length} merkkiä.", "length"),
    "date_type": ("Kohtaan ”{name}” kuuluu päivä.", "type"),
    "string_too_long": ("Kohta ”{name}” on liian pitkä, enintään {max_length} merkkiä.", "length"),
    "string_pattern_mismatch": ("Arvo ”{input}” ei käy kohtaan ”{name}”.", "pattern"),
    "literal_error": ("Arvo ”{input}” ei käy kohtaan ”{name}”.", "value"),
    "tuple_type": ("Kohtaan ”{name}” kuuluu luettelo.", "type"),
    "dict_type": ("Kohtaan ”{name}” kuuluu avaimia ja arvoja.", "type"),
    "model_type": ("Kohtaan ”{name}” kuuluu avaimia ja arvoja.", "type"),
    "int_parsing": ("Kohtaan ”{name}” kuuluu kokonaisluku, ei ”{input}”.", "type"),
    "bool_parsing": ("Kohtaan ”{name}” kuuluu true tai false, ei ”{input}”.", "type"),
    "greater_than_equal": ("Luku ”{input}” on liian pieni, vähintään {ge} sopii.", "value"),
    "less_than_equal": ("Luku ”{input}” on liian suuri, enintään {le} sopii.", "value"),
}
PATTERN_HINTS = {
    "number": "Säädöksen numero on muotoa 710/1982.",
    "modified": "Muoto on 2022, 2022-11 tai 2022-11-30.",
    "seen": "Muoto on 2022, 2022-11 tai 2022-11-30.",
    "code": "Kuntanumerossa on kolme numeroa, esimerkiksi 091.",
}
_COLOUR_HINT = "Kirjoita väri lainausmerkkeihin näin: '#0b4f94'."
PATTERN_HINTS |= dict.fromkeys(Palette.model_fields, _COLOUR_HINT)
_KEY_HINTS = {"after": "Kohta after kuuluu vain kuvaukseen, jolla on builds_on."}
IDENTIFIER_HINT = "Tunnuksessa on vain pieniä kirjaimia a–z, numeroita ja yhdysviivoja."
_HINTS = {
    "tuple_type": "Aloita luettelon jokainen kohta rivillä ”- ”.",
    "model_type": "Muoto on ”avain: arvo”.",
    "date_type": "Päivän muoto on 2026-01-31.",
    "missing": "Lisää ”{name}:” ja sen arvo.",
    "string_type": "Kirjoita tähän pelkkä teksti.",
    "too_short": "Kirjoita teksti, tai poista koko rivi.",
}


def validate(
    model: type[Model],
    document: Document,
    data: Any = None,  # noqa: ANN401 - plain YAML data
    at: Location = (),
) -> tuple[Model | None, list[Problem]]:
    """Return the model, or nothing and every problem pydantic found in the data."""
    try:
        return model.model_validate(document.data if data is None else data), []
    except ValidationError as error:
        return None, [_problem(model, document, at, detail) for detail in error.errors()]


def _problem(
    model: type[BaseModel],
    document: Document,
    at: Location,
    detail: ErrorDetails,
) -> Problem:
    location = (*at, *(part for part in detail["loc"] if part != "[key]"))
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "literal_error" and not isinstance(detail["input"], str):
        kind = "string_type"
    if location[-1:] == ("fi",) and location not in document.values and kind != "missing":
        location = location[:-1]
    name = next((str(part) for part in reversed(location) if isinstance(part, str)), "tiedosto")
    if kind == "value_error":
        return document.problem(location, str(context["error"]), "value")
    template, rule = _MESSAGES.get(kind, ("Kohta ”{name}” ei ole kunnossa.", "value"))
    given = str(detail["input"])[:60]
    message = template.format(name=name, input=given, **context)
    hint = _hint(model, kind, name, given, context, detail["loc"])
    return document.problem(location, message, rule, hint, at_key=kind == "extra_forbidden")


def _hint(  # noqa: PLR0913 - what pydantic tells of one error
    model: type[BaseModel],
    kind: str,
    name: str,
    given: str,
    context: dict[str, Any],
    location: tuple[int | str, ...],
) -> str:
    if kind == "extra_forbidden":
        known = _keys_at(model, location[:-1])
        return (
            _KEY_HINTS.get(name)
            or suggestion(name, known)
            or f"Mahdolliset kohdat: {', '.join(known)}."
        )
    if kind == "literal_error":
        known = [part.strip("' ") for part in context["expected"].replace(" or ", ",").split(",")]
        return suggestion(given, known) or f"Vaihtoehdot: {', '.join(known)}."
    if kind == "string_pattern_mismatch":
        return PATTERN_HINTS.get(name, IDENTIFIER_HINT)
    return _HINTS.get(kind, "").format(name=name)


def _keys_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Return the keys the schema knows at a location, in the model's order."""
    schema = _schema(model)
    here: dict[str, Any] = schema
    for part in location:
        here = _resolve(schema, here)
        here = here.get("items", {}) if isinstance(part, int) else _child(here, part)
    return list(_resolve(schema, here).get("properties", {}))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _child(schema: dict[str, Any], key: str) -> dict[str, Any]:
    properties = schema.get("properties", {})
    found: dict[str, Any] = properties.get(key, schema.get("additionalProperties", {}))
    return found


def _resolve(root: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    for option in schema.get("anyOf", []):
        if "$ref" in option:
            schema = option
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    return schema
