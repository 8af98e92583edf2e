"""The smallest parts of the model: ids, texts, validity, grounds. No input or output.

Every scalar arrives as the text the author typed (`yamltext`), so a field says itself what it is.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from palvelupolku.days import day_hint
from palvelupolku.errors import printable

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
WEB_ADDRESS = re.compile(
    r"https?://(?![^/?#]*xn--)[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(:[0-9]+)?"
    r"([/?#][^\s<>\"\u00ad\u200c\u200d]*)?",
    re.IGNORECASE,
)
"""An address on the web without a user, a foreign letter in its host (`xn--`) or a space."""


_SITE = re.compile(r"www\.|[a-z0-9.-]+\.(com|eu|fi|info|net|org)(?![a-z0-9.-])", re.IGNORECASE)
"""How an address begins that lacks only its scheme, and is no name of a file."""


def whole_address(value: str) -> str:
    """Return how to write an address that lacks its scheme, or nothing for anything else."""
    whole = f"https://{value}"
    return f"Kirjoita: {whole}" if _SITE.match(value) and WEB_ADDRESS.fullmatch(whole) else ""


def _web_address(value: str) -> str:
    if not WEB_ADDRESS.fullmatch(value):
        shown = printable(value[:60])
        message = f"”{shown}” ei kelpaa osoitteeksi."
        raise ValueError(message, whole_address(value) or "Anna koko osoite, joka alkaa https://.")
    return value


Url = Annotated[str, AfterValidator(_web_address), Field(json_schema_extra={"format": "uri"})]
PartialDate = Annotated[
    str,
    Field(
        pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
        json_schema_extra={"type": ["string", "integer"]},  # an editor takes a year for a number
    ),
]

Certainty = Literal["law", "official", "project", "press", "general", "inferred", "unknown"]
"""From the firmest to the weakest; the order is the one `certainty_of` compares by."""
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
SourceKind = Literal["law", "official", "project", "press", "general"]


REFERS = "x-refers"
"""The key of a schema that says what kind of thing an id names."""
SHARED_STEP = "shared-step"
"""The kind of thing that is a step of a shared description, where a municipality names it."""


class Reference:
    """Marks a field that names a thing of the given kind by its id."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell the tools of authors what the id is of."""
        return handler(core_schema) | {REFERS: self.kind}


ActorId = Annotated[Identifier, Reference("actor")]
LawId = Annotated[Identifier, Reference("law")]
SourceId = Annotated[Identifier, Reference("source")]
OutcomeId = Annotated[Identifier, Reference("outcome")]
StepId = Annotated[Identifier, Reference("step")]
SharedStepId = Annotated[Identifier, Reference(SHARED_STEP)]
ServiceId = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9-]{0,63}(/[a-z][a-z0-9-]{0,63})?$"),
    Reference("service"),
]


def iso_day(value: object) -> object:
    """Return a text as a day, and anything else as it is.

    Raises `ValueError` with a message and a hint for a text that is no day as `2026-01-31`.
    """
    if isinstance(value, str):
        try:
            return date.fromisoformat(value if value[4:5] == value[7:8] == "-" else "")
        except ValueError:
            message = f"”{value[:60]}” ei ole päivä."
            raise ValueError(message, day_hint(value)) from None
    return value


Day = Annotated[date, BeforeValidator(iso_day)]


def over_a_year(past: date, day: date) -> bool:
    """Return whether more than a year lies between two days; to the day it is not more."""
    return (past.year + 1, past.month, past.day) < (day.year, day.month, day.day)


def _yes_or_no(value: object) -> object:
    words = {"true": True, "false": False}
    if isinstance(value, str) and value not in words:
        message = f"”{value[:60]}” ei käy tähän."
        raise ValueError(message, "Kirjoita true (kyllä) tai false (ei).")
    return words.get(value, value) if isinstance(value, str) else value


YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]


Words = Annotated[str, AfterValidator(str.strip), Field(min_length=1, max_length=4000)]


class Frozen(BaseModel):
    """The base of every model: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Leave the docstring out of the published schema: its readers are not programmers."""
        schema = handler(core_schema)
        handler.resolve_ref_schema(schema).pop("description", None)
        return schema


class Text(Frozen):
    """A plain text: a string in Finnish, or a map of language to string."""

    model_config = ConfigDict(json_schema_extra={"type": ["string", "object"], "minLength": 1})

    fi: Words = Field(description="Sama suomeksi.")
    sv: Words | None = Field(None, description="Sama ruotsiksi.")
    en: Words | None = Field(None, description="Sama englanniksi.")
    fi_simple: Words | None = Field(
        None, alias="fi-simple", description="Sama selkeään versioon, helpommin."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the YAML held
        return {"fi": value} if isinstance(value, str) else value

    @property
    def plainest(self) -> str:
        """The plainest Finnish there is of it."""
        return self.fi_simple or self.fi

    def __str__(self) -> str:
        """Return the Finnish text."""
        return self.fi


class Prose(Text):
    """A text in which emphasis, lists and links to ids may stand (inline Markdown)."""


class Timed(Frozen):
    """Something that holds between two days, both included; open where a day is missing."""

    valid_from: Day | None = Field(None, description="Ensimmäinen voimassaolopäivä.")
    valid_to: Day | None = Field(None, description="Viimeinen voimassaolopäivä.")

    def valid_on(self, day: date) -> bool:
        """Return whether this holds on the day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class Sourced(Timed):
    """Something a reader may ask the grounds of."""

    sources: tuple[SourceId, ...] = Field((), description="Lähteiden tunnukset.")
    certainty: Certainty | None = Field(
        None,
        description="Varmuus. Se päätellään lähteistä; tällä sitä voi laskea, ei nostaa.",
    )

    @property
    def grounded(self) -> bool:
        """Whether it names its own grounds."""
        return bool(self.sources or self.certainty)


class Claim(Sourced):
    """A statement with its grounds."""

    text: Prose = Field(description="Teksti selkeällä suomella.")


Location = tuple[str | int, ...]
"""The way from the root of a file to a value: keys and list positions."""


def walk(
    model: BaseModel, at: Location = (), day: date | None = None
) -> Iterator[tuple[Location, BaseModel]]:
    """Yield the model and every model inside it, with the location of each.

    With a day, a part that is not valid then is left out with all that it holds.
    """
    if day and isinstance(model, Timed) and not model.valid_on(day):
        return
    yield at, model
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        here = (*at, info.alias or name)
        if isinstance(value, BaseModel):
            yield from walk(value, here, day)
        elif isinstance(value, tuple | dict):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                if isinstance(item, BaseModel):
                    yield from walk(item, (*here, key), day)


def full_address(service: str, region: str) -> str:
    """Return `region/id` for a service named from a file of the region."""
    return service if "/" in service else f"{region}/{service}"


def id_within(address: str, region: str) -> str:
    """Return a service's id as a part of an address in a region, however its author spelt it.

    A service of another region is named with its region.
    """
    return address.removeprefix(f"{region}/").replace("/", "-")
