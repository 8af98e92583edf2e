"""How to mend what pydantic found wrong: with the rows to write, from the model's own schema.

The words of an author's file: its keys as they are typed, each word with its Finnish name.
"""

from collections.abc import Sequence
from functools import cache

from pydantic import BaseModel

from palvelupolku.called import (
    KIND_NAMES,
    SLIP,
    Names,
    as_id,
    meant,
    partly_meant,
    remedy,
    word_meant,
)
from palvelupolku.colours import Palette
from palvelupolku.errors import did_you_mean, nearest
from palvelupolku.fields import REFERS, WEB_ADDRESS, Location, Sourced, whole_address
from palvelupolku.schemas import Schema, resolved
from palvelupolku.values import VALUES

PATTERN_HINTS = {
    "number": "Säädöksen numero on muotoa 710/1982.",
    "modified": "Muoto on 2022, 2022-11 tai 2022-11-30.",
    "seen": "Muoto on 2022, 2022-11 tai 2022-11-30.",
    "mirrored": "Poista rivi ja aja: palvelupolku mirror.",
    "code": "Kuntanumerossa on kolme numeroa, esimerkiksi 091.",
}
_COLOUR_HINT = "Kirjoita merkki # ja kuusi merkkiä, lainausmerkkeihin näin: '#0b4f94'."
PATTERN_HINTS |= dict.fromkeys(Palette.model_fields, _COLOUR_HINT)
IDENTIFIER_HINT = (
    "Tunnus alkaa kirjaimella, ja siinä on vain pieniä kirjaimia a–z, numeroita ja yhdysviivoja."
)
_ID_BELONGS = "Tähän kuuluu tunnus."
_ADDRESS_BELONGS = "Osoite kuuluu lähteen kohtaan url tiedostossa paths/catalogue/sources.yml."
NO_ID = (IDENTIFIER_HINT, _ID_BELONGS)
"""How a hint begins that knows of no id to suggest."""
_SAMPLES = {"number": "710/1982", "modified": "2026-01", "seen": "2026-01", "code": "091"}
ROW_MISSING = "Jos yläpuolelta puuttuu rivi"
"""How a hint begins that is told once of rows side by side."""
_DAY = "2026-01-31"
_MOSTLY_NEEDED = ("sources", "condition", "reason", "text")
"""Keys that another check asks for where they are missing."""
_DEEPEST = 2
"""How many levels of keys a sample shows."""


def of_words(given: str, known: Sequence[str]) -> str:
    """Return what to write where one of some words belongs; a Finnish name gives its word."""
    if found := word_meant(given, known):
        sure = given.lower() == VALUES.get(found)
        return f"Kirjoita: {found}" if sure else did_you_mean([found])
    named = [f"{word} = {VALUES[word]}" if word in VALUES else word for word in known]
    return f"Vaihtoehdot: {', '.join(named)}."


def of_id(model: type[BaseModel], at: Location, given: str, names: Names, region: str) -> str:
    """Return what to write where an id belongs: that of the thing named, or its right spelling."""
    kind = str(schema_at(model, at).get(REFERS, ""))
    spelt = "/".join(filter(None, map(as_id, given.split("/") if kind == "service" else [given])))
    ids = {name.removeprefix(f"{region}/") for name in names.get(kind, {}).values()}
    if kind == "source" and (whole_address(given) or WEB_ADDRESS.fullmatch(given)):
        return f"{_ID_BELONGS} {_ADDRESS_BELONGS}"
    near = [spelt] if spelt in ids else meant(names, kind, given, region)
    near = near or partly_meant(names, kind, given) or [*filter(None, [nearest(spelt, ids, SLIP)])]
    if near:
        return did_you_mean(near)
    if not ids:
        return f"{IDENTIFIER_HINT} Kirjoita: {spelt}" if spelt else IDENTIFIER_HINT
    missed = f"Tunnukselle ”{spelt}” ei löydy {KIND_NAMES[kind]}."
    begun = f"{_ID_BELONGS} {missed}" if spelt else IDENTIFIER_HINT
    return f"{begun} {remedy(kind, ids, names)}"


def of_missing(model: type[BaseModel], at: Location) -> str:
    """Return the row or rows to add for a key that is missing."""
    rows = sample(model, at)
    if words := schema_at(model, at).get("enum"):
        named = ", ".join(f"{word} = {VALUES[word]}" for word in words)
        return f"Lisää rivi ”{at[-1]}:” ja sen perään jokin näistä: {named}."
    return f"Lisää {'rivi' if len(rows) == 1 else 'rivit'}, esimerkiksi {_told(rows)}."


def of_map(model: type[BaseModel], at: Location) -> str:
    """Return what rows belong where the author wrote none, or something else."""
    key = str(at[-1]) if at and isinstance(at[-1], str) else ""
    if key in schema_at(model, at).get("properties", {}):
        return f"{ROW_MISSING}, jossa on tunnus, lisää se ja sisennä nämä sen alle."
    rows = _rows(_schema(model), schema_at(model, at), key, 0)
    if key:
        return f"Kirjoita esimerkiksi näin: {_told(rows)}."
    named = [f"”{row.strip()}”" for row in rows]
    if not at:
        return f"Kirjoita sen alle sisennettynä esimerkiksi {', '.join(named)}."
    first, *below = named
    rest = f" ja sen alle samaan kohtaan {', '.join(below)}" if below else ""
    return f"Kirjoita viivan perään esimerkiksi {first}{rest}."


def of_list(model: type[BaseModel], at: Location) -> str:
    """Return how a list is begun."""
    return f"Kirjoita esimerkiksi näin: {_told(sample(model, at))}."


def of_empty(model: type[BaseModel], at: Location) -> str:
    """Return what to write where nothing stands; the row may go where it need not be there."""
    schema = schema_at(model, at)
    if own := PATTERN_HINTS.get(str(at[-1]) if at else ""):
        return own
    row = sample(model, at)[1:2] if schema.get("type") == "array" else []
    told = f"Kirjoita {'tunnus' if schema.get(REFERS) or 'pattern' in schema else 'teksti'}"
    told = f"Lisää sen alle esimerkiksi ”{row[0].strip()}”" if row else told
    required = (*schema_at(model, at[:-1]).get("required", ()), *_MOSTLY_NEEDED)
    return f"{told}." if at[-1:] and at[-1] in required else f"{told}, tai poista koko rivi."


def is_text(model: type[BaseModel], at: Location) -> bool:
    """Return whether a plain text may stand at a location."""
    return "string" in schema_at(model, at).get("type", "")


def sample(model: type[BaseModel], at: Location) -> list[str]:
    """Return the rows of a key with what it must hold, each with its indent."""
    return _rows(_schema(model), schema_at(model, at), str(at[-1]), 0)


def keys_at(model: type[BaseModel], at: Location) -> list[str]:
    """Return the keys the schema knows at a location, in the model's order."""
    return list(schema_at(model, at).get("properties", {}))


def homes(
    model: type[BaseModel], at: Location, keys: set[str], *, listed: bool = True
) -> list[str]:
    """Return what stands inside a location that may have all the given keys: items of a list.

    Or, not `listed`, the rows of a key.
    """
    root, here = _schema(model), schema_at(model, at)
    found = []
    for name, part in here.get("properties", {}).items():
        own = resolved(root, part)
        item = resolved(root, own.get("items", {})) if listed else own
        if keys and keys <= item.get("properties", {}).keys():
            found.append(name)
    return found


def schema_at(model: type[BaseModel], at: Location) -> Schema:
    """Return the schema of what stands at a location, its reference followed."""
    root = _schema(model)
    here = root
    for part in at:
        here = resolved(root, here)
        here = here.get("items", {}) if isinstance(part, int) else _child(here, part)
    return resolved(root, here)


def _told(rows: Sequence[str]) -> str:
    """Return rows in one line of words: those below another are said to be deeper."""
    first, *below = [f"”{row.strip()}”" for row in rows]
    return f"{first} ja sen alle sisennettynä {', '.join(below)}" if below else first


def _rows(root: Schema, schema: Schema, key: str, depth: int) -> list[str]:
    lead = "  " * depth
    kind = schema.get("type", "string")
    if kind == "array":
        item = resolved(root, schema.get("items", {}))
        inside = _rows(root, item, "", depth)
        return [f"{lead}{key}:", f"{lead}- {inside[0].strip()}", *inside[1:]]
    if kind == "object" and "properties" in schema:
        others = [name for name in schema["properties"] if name not in Sourced.model_fields]
        needed = schema.get("required", []) or others[:1]
        named = ((name, resolved(root, schema["properties"][name])) for name in needed)
        deeper = depth + bool(key)
        inside = [row for name, part in named for row in _rows(root, part, name, deeper)]
        return [f"{lead}{key}:", *inside] if key and depth < _DEEPEST else inside
    value = _SAMPLES.get(key) or _value(schema)
    return [f"{lead}{key}: {value}" if key else f"{lead}{value}"]


def _value(schema: Schema) -> str:
    """Return a value of the right kind."""
    if schema.get("enum"):
        return str(schema["enum"][0])
    if schema.get("format") == "date":
        return _DAY
    if schema.get("format") == "uri":
        return "https://www.kunta.fi"
    if schema.get("type") in ("integer", "number"):
        return str(schema.get("minimum", 1))
    if schema.get("type") == "boolean":
        return "true"
    return "tunnus" if schema.get(REFERS) or "pattern" in schema else "teksti"


@cache
def _schema(model: type[BaseModel]) -> Schema:
    return model.model_json_schema()


def _child(schema: Schema, key: str) -> Schema:
    others = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
    found = schema.get("properties", {}).get(key, others[0])
    return found if isinstance(found, dict) else {}
