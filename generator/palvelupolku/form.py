"""The schemas as the form page takes them, and that page: every kind of file filled in a browser.

A text in several languages becomes a field for each language, and a map by ids a list whose items
tell their ids: so a form stays a list of fields. `form-data.js` turns data this way and back.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from palvelupolku.cells import YES_OR_NO
from palvelupolku.fields import REFERS, SHARED_STEP, Identifier
from palvelupolku.finnish import lower_first
from palvelupolku.hints import IDENTIFIER_HINT, PATTERN_HINTS
from palvelupolku.library import Library
from palvelupolku.offered import names_of
from palvelupolku.overlay import FOLDER as SHARED
from palvelupolku.pages import Press
from palvelupolku.places import CATALOGUE, SINGLE
from palvelupolku.published import Page
from palvelupolku.records import SearchRecord
from palvelupolku.schemas import KINDS, NAMES, Schema, entries, resolved, said, schemas
from palvelupolku.titles import ITEMS, TITLES
from palvelupolku.writing import Desk

ADDRESS = ("kirjoita/lomake/", "Kirjoita kuvaus lomakkeella", "Täytä kuvaus selaimessa.")
ID, BETWEEN = "__id", "__"
"""The key of an item's id, and what stands between a key and its language."""
SCRIPTS = (
    "vendor/yaml.js", "vendor/json-editor.js",
    "form-words.js", "form-data.js", "form-yaml.js", "form-pairing.js", "form-merge.js",
    "form-checks.js", "form-flow.js", "form-versions.js", "form-steps.js", "form-more.js",
    "form-path.js", "form-name.js", "form-files.js", "form.js",
)  # fmt: skip
"""What only this page loads, in order: the scripts share one scope."""
_FILES = (
    {"region.yml": "alue"}
    | {name: name.removesuffix(".yml") for name in SINGLE}
    | {f"{name}.yml": name for name in CATALOGUE}
)
"""Files whose name tells their kind."""
_NAMED = {"taydennys": "Yhteinen kuvaus tai sitä täydentävä palvelu"}
"""What a kind is called where it is chosen, if more is to be said there than in a workbook."""
_GUESSES = {
    "palvelu": "Palvelu: alueen kansiossa",
    "taydennys": f"Yhteinen kuvaus: kansiossa {SHARED}",
    "kunta": "Kunnan täydennys: kansiossa kunnat",
}
"""The kinds that neither the name of a file nor what it holds may tell, by where each stands."""
_DAY = {"x-day": True, "pattern": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"}
_DAY_HINT = "Kirjoita päivä näin: 31.1.2026."
_NAMED_BY = ("name", ID, "id", "service", "step", "outcome", "actor", "law", "text")
"""What of an item its heading shows: the first of these that is filled in."""
_ID_FIELD = TypeAdapter(Identifier).json_schema() | {
    "title": "Tunnus",
    "description": "Pieniä kirjaimia a–z, numeroita ja yhdysviivoja. Älä muuta vanhaa tunnusta.",
    "options": {"error_messages": {"fi": {"error_pattern": IDENTIFIER_HINT}}},
}
_MOSTLY = ("kind", "sources", "choices", "step", "service", "outcome", "condition", "state")
"""What a new item shows though it may do without."""


def form(press: Press) -> Page:
    """Return the page with the form, which needs nothing but itself once it is loaded."""
    address, title, summary = ADDRESS
    body = press.render(
        "lomake.html.j2", Desk(address, press.library), title=title, summary=summary,
        kinds=KINDS | _NAMED, guesses=_GUESSES, ids=ids_for_fields(press.declared),
        schemas=form_schemas(), files=_FILES, scripts=SCRIPTS, places=_places(press.declared),
    )  # fmt: skip
    record = SearchRecord(address, title, "Ohje", summary)
    return Page(address, title, summary, "reference", body, records=(record,))


def ids_for_fields(library: Library) -> dict[str, list[tuple[str, str]]]:
    """Return the ids that the fields offer, with their names.

    A service is named from its own region by its id alone.
    """
    names = names_of(library, "")
    services = dict(names["service"])
    own = {address.partition("/")[2]: name for address, name in services.items()}
    return names | {"service": [*services.items(), *own.items()]}


def _places(library: Library) -> Schema:
    """Return the regions whose services one may describe, and the region of each municipality.

    On a municipality's own site these are the regions that it has described itself.
    """
    towns = {
        town: name for name, region in library.regions.items() for town in region.municipalities
    }
    return {"regions": sorted(library.own_regions or set(towns.values())), "towns": towns}


def form_schemas() -> dict[str, Schema]:
    """Return the shape of the form for every kind of file, by the kind's name."""
    open_always = {"options": {"disable_collapse": True}}
    return {
        kind: _part(root, root) | {"title": KINDS[kind]} | open_always
        for kind, root in schemas().items()
    }


def _part(root: Schema, told: Schema, key: str = "") -> Schema:
    """Return the form's shape of one value."""
    part = resolved(root, told)
    words = {"title": part.get("title", ""), "description": said(part)}
    if "properties" in part:
        fields = {
            name: field | {"propertyOrder": place}
            for place, (name, field) in enumerate(_fields(root, part))
        }
        needed = [key for key in part.get("required", ()) if key in fields]
        return words | {
            "type": "object",
            "properties": fields,
            "required": needed,
            "additionalProperties": False,
        }
    if part.get("type") in ("array", "object"):
        return words | {"type": "array", "items": _item(root, part, key)}
    if part.get("format") == "date":
        words["description"] += " Esimerkiksi 31.1.2026."
    return words | _leaf(part, key)


def _item(root: Schema, part: Schema, key: str) -> Schema:
    inside = resolved(root, entries(part))
    item: Schema = (
        {"type": "string"} if "fi" in inside.get("properties", {}) else _part(root, inside)
    )
    item = {key: value for key, value in item.items() if key != "description"}
    item["title"] = item.get("title") or ITEMS.get(key, part["title"])
    if part["type"] == "object":
        item["properties"] = {ID: _ID_FIELD | {"propertyOrder": -1}, **item["properties"]}
        item["required"] = [ID, *item["required"]]
    if "properties" in item:
        named = [key for key in _NAMED_BY if key in item["properties"]]
        item["headerTemplate"] = "|".join((item["title"], *named))
        item["x-shown"] = [key for key in _MOSTLY if key in item["properties"]]
        item["options"] = {"collapsed": True}
    return item


def _fields(root: Schema, part: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield the fields of an object in order; a text has one for each language."""
    for key, whole in part["properties"].items():
        field = resolved(root, whole)
        if "fi" not in field.get("properties", {}):
            yield key, _part(root, whole, key)
            continue
        for language, said_in in field["properties"].items():
            text = _leaf(resolved(root, said_in), key) | {"format": "textarea"}
            if language != "fi-simple":
                text["maxLength"] = field.get("maxLength", text["maxLength"])
            if language == "fi":
                names = {"title": field["title"], "description": field["description"]}
                yield key, text | names
            else:
                title = f"{field['title']} {lower_first(TITLES[language])}"
                told = said_in["description"]
                yield f"{key}{BETWEEN}{language}", text | {"title": title, "description": told}


def _leaf(part: Schema, key: str) -> Schema:
    """Return the form's shape of one text, number, day or choice."""
    kind = part.get("type", "string")
    limits = ("pattern", "minLength", "maxLength", "minimum", "maximum")
    field: dict[str, Any] = {"type": kind if isinstance(kind, str) else "string"}
    field |= {limit: part[limit] for limit in limits if limit in part}
    options: dict[str, Any] = {}
    told = PATTERN_HINTS.get(key, IDENTIFIER_HINT)
    if part.get("format") == "date":
        field, told = field | _DAY, _DAY_HINT
    if "pattern" in field:
        options["error_messages"] = {"fi": {"error_pattern": told}}
    if "enum" in part:
        field["enum"], options["enum_titles"] = part["enum"], part[NAMES]
        options |= {"has_placeholder_option": True, "placeholder_option_text": "Valitse"}
    if kind == "boolean":
        options["enum_titles"] = list(YES_OR_NO.values())
    if kind == ["string", "integer"]:
        field["x-plain"] = True
    refers = part.get(REFERS)
    if refers and refers != SHARED_STEP:
        field[REFERS] = refers
        options["inputAttributes"] = {"list": f"lomake-{refers}"}
    return field | ({"options": options} if options else {})
