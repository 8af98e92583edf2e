"""The shape of every kind of file as JSON Schema with Finnish names, for the tools of authors.

JSON Schema draft 2020-12. `enumDescriptions` is read by editors that use yaml-language-server.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter

from palvelupolku.catalogue import Catalogue
from palvelupolku.colours import Colours
from palvelupolku.model import Service
from palvelupolku.region import Region
from palvelupolku.statement import Statement
from palvelupolku.supplement import Supplement
from palvelupolku.titles import PARTS, TITLES, WITHIN
from palvelupolku.values import VALUES

Schema = dict[str, Any]
NAMES = "enumDescriptions"
"""The key of a schema that holds the Finnish names of the words it chooses from."""
TEXTS = ("Text", "Prose")
"""The models of a text that may stand in several languages."""
_LATER = ("valid_from", "valid_to", "sources", "certainty")
"""Keys that an author writes after the others, before the lists of entries."""
KINDS = {
    "palvelu": "Palvelu",
    "taydennys": "Täydentävä palvelu",
    "alue": "Alue",
    "kunta": "Kunnan täydennys",
    "seloste": "Saavutettavuusseloste",
    "varit": "Omat värit",
    "actors": "Toimijat",
    "laws": "Lait",
    "sources": "Lähteet",
    "terms": "Termit",
    "outcomes": "Lopputulokset",
    "questions": "Avoimet kysymykset",
}
"""What the kinds of files are called."""


@cache
def schemas() -> dict[str, Schema]:
    """Return the shape of every kind of file by the kind's name."""
    fields = Catalogue.model_fields.items()
    entry_of = {name: get_args(field.annotation)[1] for name, field in fields}
    lists = {name: TypeAdapter(dict[str, entry]) for name, entry in entry_of.items()}  # type: ignore[valid-type]
    kinds: dict[str, TypeAdapter[Any]]
    kinds = {"palvelu": TypeAdapter(Service), "alue": TypeAdapter(Region), **lists}
    kinds |= {"seloste": TypeAdapter(Statement), "kunta": TypeAdapter(Supplement)}
    kinds["varit"] = TypeAdapter(Colours)
    shapes = {name: kind.json_schema() for name, kind in kinds.items()} | {"taydennys": _overlay()}
    for name, shape in shapes.items():
        _name(shape)
        shape["title"] = KINDS[name]
    return shapes


def any_service() -> Schema:
    """Return the shape of a service's file for an editor, which sees only the file.

    One that builds on others may lack what they say.
    """
    return {
        "title": KINDS["palvelu"],
        "if": {"required": ["builds_on"]},
        "then": {"$ref": "taydennys.schema.json"},
        "else": {"$ref": "palvelu.schema.json"},
    }


def resolved(root: Schema, schema: Schema) -> Schema:
    """Return a part of a schema with its reference followed and its `null` left out.

    What stands beside a reference, such as a description, stays.
    """
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            schema = {k: v for k, v in schema.items() if k != "anyOf"} | option
    if "$ref" in schema:
        there: Schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
        return there | {k: v for k, v in schema.items() if k != "$ref"}
    return schema


def said(part: Schema) -> str:
    """Return what a field is for, without the words of YAML where it has Finnish ones to offer."""
    words = str(part.get("description", ""))
    named = (f"{word}{sign}" for word in part.get("enum", ()) for sign in (" =", ", "))
    first = min((place for sign in named if (place := words.find(sign)) >= 0), default=None)
    return words[:first].rstrip()


def entries(schema: Schema) -> Schema:
    """Return the schema of what a list, or a map by ids, holds; an empty one for anything else."""
    by_pattern = [*schema.get("patternProperties", {}).values(), None]
    found: Schema = schema.get("items") or schema.get("additionalProperties") or by_pattern[0] or {}
    return found


def _overlay() -> Schema:
    """Return the shape of a description that builds on others, so that it may lack anything."""
    schema = Service.model_json_schema()
    step = schema["$defs"]["Step"]
    schema["required"], step["required"] = [], ["id"]
    words = "Vaihe, jonka jälkeen tämä uusi vaihe tulee."
    step["properties"]["after"] = {"type": "string", "description": words}
    return schema


def _name(schema: Schema) -> None:
    """Give every key and every word to choose from its Finnish name."""
    for part in _parts(schema):
        if "valid_from" in part.get("properties", {}):
            part["properties"] = _as_written(schema, part["properties"])
        for key, told in part.get("properties", {}).items():
            told["title"] = TITLES[key]
        if "enum" in part:
            part[NAMES] = [VALUES[word] for word in part["enum"]]
    for name, part in schema.get("$defs", {}).items():
        part["title"] = PARTS[name]
        for key, told in part.get("properties", {}).items():
            told["title"] = WITHIN.get((name, key), told["title"])


def _as_written(root: Schema, properties: Schema) -> Schema:
    """Return the keys of something with grounds in the order in which an author writes them."""

    def place(key: str) -> int:
        inside = str(entries(resolved(root, properties[key])).get("$ref", "")).rpartition("/")[2]
        return 2 if inside and inside not in TEXTS else int(key in _LATER)

    return {key: properties[key] for key in sorted(properties, key=place)}


def _parts(schema: Any) -> Iterator[Schema]:  # noqa: ANN401 - any part of a schema
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    for part in schema if isinstance(schema, list) else ():
        yield from _parts(part)
