"""A region: who does what there and when, its municipalities, and what is known of each."""

from typing import Annotated, Literal

from pydantic import Field

from palvelupolku.fields import (
    ActorId,
    Claim,
    Frozen,
    Identifier,
    Prose,
    ServiceId,
    Sourced,
    Text,
    Words,
    YesOrNo,
)

Availability = Literal["available", "partner", "elsewhere", "ended", "unknown"]
"""What a source says of a service in a municipality; silence means that nobody knows."""


class Role(Sourced):
    """Who takes the place of an actor of the shared descriptions in this region, and when."""

    role: ActorId = Field(description="Toimija yhteisessä kuvauksessa.")
    actor: ActorId = Field(description="Kuka on tämä toimija tällä alueella.")


class EmploymentArea(Sourced):
    """Municipalities that arrange employment services together."""

    name: Text = Field(description="Työllisyysalueen nimi.")
    lead: Words | None = Field(None, description="Kunta, joka vastaa alueesta.")
    about: Prose | None = Field(None, description="Mitä alueesta on hyvä tietää.")


class Presence(Sourced):
    """What a source says of one service in one municipality."""

    service: ServiceId = Field(description="Palvelun tunnus.")
    state: Availability = Field(
        description="Onko palvelua täällä. available = on, partner = kumppani tuottaa, "
        "elsewhere = ei täällä, ended = päättynyt, unknown = ei tietoa."
    )
    text: Prose = Field(description="Mitä lähde kertoo ja milloin.")


class Municipality(Frozen):
    """A municipality by its national code."""

    code: Annotated[str, Field(pattern=r"^\d{3}$")] = Field(
        description="Kuntanumero, esimerkiksi 091."
    )
    name: Text = Field(description="Kunnan nimi.")
    area: Identifier = Field(description="Työllisyysalueen tunnus.")
    pilot: YesOrNo = Field(default=False, description="Oliko kunta hankkeen pilottikunta.")
    services: tuple[Presence, ...] = Field((), description="Palvelut, joista on tietoa.")


class Region(Frozen):
    """A folder of services: a wellbeing services county, a city, or the whole country."""

    name: Text = Field(description="Alueen nimi.")
    genitive: Words = Field(description="Nimi genetiivissä: ”Keski-Suomen”.")
    summary: Text = Field(description="Yksi virke alueesta.")
    about: tuple[Claim, ...] = Field((), description="Mitä alueesta on hyvä tietää.")
    neighbours: YesOrNo = Field(
        default=False, description="Onko kansiossa yhteisiä naapuripalveluja."
    )
    swedish: YesOrNo = Field(default=False, description="Näytetäänkö tiivistelmät myös ruotsiksi.")
    roles: tuple[Role, ...] = Field((), description="Kuka on kukin toimija tällä alueella.")
    areas: dict[Identifier, EmploymentArea] = Field(
        default_factory=dict, description="Työllisyysalueet tunnuksen mukaan."
    )
    municipalities: dict[Identifier, Municipality] = Field(
        default_factory=dict, description="Kunnat tunnuksen mukaan."
    )
