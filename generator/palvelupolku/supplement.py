"""What one municipality says of the services of its region: only how it differs from them.

The unified description stays as it is. Each difference names the step it differs from and may hold
a fingerprint of that step as it was when the two were compared, so that a later change is noticed.
"""

from typing import Annotated, Literal

from pydantic import Field, GetJsonSchemaHandler, field_validator, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from palvelupolku.fields import Frozen, Prose, ServiceId, SharedStepId, Sourced, Text
from palvelupolku.model import Link, Step, StepKind
from palvelupolku.region import Presence
from palvelupolku.reviewing import Review

Agreement = Literal["same", "extended", "different", "missing"]
Fingerprint = Annotated[str, Field(pattern=r"^[a-z]+:[0-9a-f]{6}( [a-z]+:[0-9a-f]{6})*$")]
"""Names of a step's fields, each with what its content was, as `mirror.fingerprint` gives it."""


class Difference(Sourced):
    """How one step of the unified description is done in this municipality."""

    id: SharedStepId = Field(description="Yhteisen kuvauksen vaihe, johon tätä verrataan.")
    state: Agreement = Field(
        description="Miten vaihe tehdään täällä. same = sama, extended = täydennetty, "
        "different = poikkeaa, missing = puuttuu."
    )
    text: Prose | None = Field(None, description="Mitä täällä tehdään lisäksi tai toisin.")
    reason: Prose | None = Field(None, description="Miksi täällä tehdään toisin.")
    client: Prose | None = Field(None, description="Mitä asiakas tekee täällä lisäksi tai toisin.")
    contact: Text | None = Field(None, description="Keneltä täällä kysytään: tehtävä, ei nimeä.")
    documents: tuple[Text, ...] = Field((), description="Omat asiakirjat tässä vaiheessa.")
    mirrored: Fingerprint | None = Field(
        None,
        description="Komento mirror kirjoittaa tähän, millaiseen vaiheeseen verrattiin. "
        "Älä muuta sitä.",
    )

    @model_validator(mode="after")
    def _says_enough(self) -> "Difference":
        if self.state in ("extended", "different") and self.text is None:
            message = "Vaiheesta ei kerrota, mitä kunnassa tehdään."
            raise ValueError(message, "Lisää rivi ”text:” ja sen perään, mitä kunnassa tehdään.")
        if self.state == "different" and self.reason is None:
            message = "Vaiheesta ei kerrota, miksi kunnassa tehdään toisin."
            raise ValueError(message, "Lisää rivi ”reason:” ja sen perään syy.")
        if self.state == "different" and self.client is None:
            message = "Vaiheesta ei kerrota, mitä asiakas tekee."
            raise ValueError(message, "Lisää rivi ”client:” ja sen perään, mitä asiakas tekee.")
        if self.state == "missing" and self.reason is None:
            message = "Vaiheesta ei kerrota, miksi sitä ei ole."
            raise ValueError(message, "Lisää rivi ”reason:” ja sen perään syy.")
        return self

    @model_validator(mode="after")
    def _says_no_more(self) -> "Difference":
        said = self.text or self.reason or self.client or self.contact or self.documents
        if self.state == "same" and said:
            message = "Tila same ei sovi yhteen vaiheen muiden tekstien kanssa."
            raise ValueError(message, "Vaihda tilaksi state: extended tai different.")
        if self.state == "missing" and self.client:
            message = "Puuttuvassa vaiheessa asiakas ei tee mitään."
            raise ValueError(message, "Poista kohta client.")
        return self


class AddedStep(Step):
    """A step of this municipality's own, on the way from one shared step to the next."""

    after: SharedStepId = Field(description="Vaihe, jonka jälkeen oma vaihe tulee.")
    before: SharedStepId | None = Field(
        None, description="Vaihe, johon siitä mennään. Anna, jos edellisestä on monta tietä."
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Leave out what an own step may not have, so that no tool of authors offers it."""
        schema = super().__get_pydantic_json_schema__(core_schema, handler)
        properties = handler.resolve_ref_schema(schema)["properties"]
        for key in ("kind", "choices"):
            properties.pop(key, None)
        return schema

    @field_validator("kind")
    @classmethod
    def _of_no_kind(cls, _: StepKind) -> StepKind:
        message = "Oma vaihe on tavallinen vaihe."
        raise ValueError(message, "Poista kohta kind.")

    @model_validator(mode="after")
    def _on_one_way(self) -> "AddedStep":
        if self.choices:
            message = "Omasta vaiheesta pääsee vain yhteen vaiheeseen."
            raise ValueError(message, "Poista kohta choices. Anna after ja before.")
        return self


class Instead(Frozen):
    """Where one finds help when the service is not here."""

    text: Prose = Field(description="Mistä apua saa.")
    service: ServiceId | None = Field(None, description="Palvelu, jonka saa tilalle.")


class Supply(Presence):
    """One service of the region in this municipality."""

    name: Text | None = Field(None, description="Millä nimellä palvelu täällä tunnetaan.")
    provider: Text | None = Field(None, description="Kuka palvelun täällä tuottaa.")
    unit: Text | None = Field(None, description="Yksikkö tai toimintapaikka, ei katuosoitetta.")
    contact: Text | None = Field(None, description="Keneltä kysytään: tehtävä tai yksikkö.")
    instead: Instead | None = Field(None, description="Mitä tilalla, jos palvelua ei ole.")
    documents: tuple[Text, ...] = Field((), description="Omat lomakkeet ja ohjeet.")
    links: tuple[Link, ...] = Field((), description="Omia sivuja.")
    steps: tuple[Difference, ...] = Field((), description="Vaiheet, joita on verrattu.")
    added: tuple[AddedStep, ...] = Field((), description="Omat vaiheet, joita yhteisessä ei ole.")

    @model_validator(mode="after")
    def _says_where_else(self) -> "Supply":
        if self.state == "elsewhere" and self.instead is None:
            message = "Tästä puuttuu, mistä apua saa, kun palvelua ei ole täällä."
            hint = "Lisää rivi ”instead:” ja sen alle sisennettynä ”text: mistä apua saa”."
            raise ValueError(message, hint)
        return self


class Supplement(Frozen):
    """What one municipality says of the services of its region. The file's name is its id."""

    review: Review = Field(description="Tarkistustiedot.")
    services: tuple[Supply, ...] = Field(description="Palvelut, joista kunta kertoo.")
