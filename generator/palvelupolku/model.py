"""The path model: what a description of a service may say. Frozen pydantic models, no I/O.

The field names are the YAML keys, and their descriptions are the Finnish help that the published
JSON Schema shows an author.
"""

from typing import Literal

from pydantic import Field, field_validator, model_validator

from palvelupolku.fields import (
    ActorId,
    Claim,
    Day,
    Frozen,
    Identifier,
    LawId,
    OutcomeId,
    Prose,
    ServiceId,
    Sourced,
    StepId,
    Text,
    Timed,
    Url,
    Words,
)
from palvelupolku.reviewing import Review

Nature = Literal[
    "statutory-service", "working-method", "project-model", "programme", "umbrella", "neighbour"
]
Stage = Literal["guidance", "planning", "activity", "employment", "outcome"]
Phase = Literal["into", "in", "onward"]
StepKind = Literal["start", "task", "decision", "parallel", "end"]
ChoiceKind = Literal["onward", "return", "parallel"]
LONGEST_SUMMARY = 150
"""Characters in a language: the national service register's limit."""
_TOO_FEW = "Jos tämä kuuluu edelliseen vaihtoehtoon, kirjoita viivan tilalle väli."
_TOO_MANY = "Jos tässä on kaksi vaihtoehtoa, aloita toinenkin viivalla ”- ”."


class Arranger(Sourced):
    """Who arranges the service, and when."""

    actor: ActorId = Field(description="Järjestäjä.")


class LegalBasis(Timed):
    """A section of an act that the service rests on."""

    law: LawId = Field(description="Säädöksen tunnus.")
    section: Words | None = Field(None, description="Pykälä, esimerkiksi ”27 d §”.")
    about: Text | None = Field(None, description="Mitä kohta säätää, muutamalla sanalla.")


class Participant(Frozen):
    """One who takes part in a step beside the one who acts."""

    actor: ActorId = Field(description="Osallistujan tunnus toimijoiden luettelosta.")
    role: Text = Field(description="Mitä osallistuja tekee tässä vaiheessa.")


class Choice(Sourced):
    """A way on from a step: to a step, to another service or to an outcome."""

    step: StepId | None = Field(None, description="Seuraavan vaiheen tunnus.")
    service: ServiceId | None = Field(None, description="Palvelu, johon siirrytään.")
    outcome: OutcomeId | None = Field(None, description="Lopputulos, johon polku päättyy.")
    condition: Text | None = Field(
        None,
        description="Milloin näin mennään, asiakkaan ymmärtämin sanoin.",
    )
    kind: ChoiceKind = Field(
        "onward",
        description="Mihin suuntaan mennään. onward = eteenpäin, return = paluu, "
        "parallel = samaan aikaan.",
    )

    @model_validator(mode="after")
    def _one_target(self) -> "Choice":
        given = [t for t in (self.step, self.service, self.outcome) if t is not None]
        if len(given) != 1:
            message = "Vaihtoehdolla ei ole täsmälleen yhtä kohdetta."
            also = _TOO_MANY if given else _TOO_FEW
            raise ValueError(message, f"Anna yksi kohde: step, service tai outcome. {also}")
        return self


class Step(Sourced):
    """One step of a path. Two steps may share an id if they are valid at different times."""

    id: Identifier = Field(description="Tunnus, esim. arvio. Siitä tulee osoite: älä muuta sitä.")
    kind: StepKind = Field(
        "task",
        description="Mitä vaihe polulla on. start = alku, task = tehtävä, decision = päätös, "
        "parallel = samaan aikaan, end = loppu.",
    )
    phase: Phase = Field(
        description="Mihin polun osaan vaihe kuuluu. into = palveluun, in = palvelussa, "
        "onward = eteenpäin."
    )
    name: Text = Field(description="Nimi, joka mahtuu kortille.")
    actor: ActorId = Field(description="Kuka toimii tässä vaiheessa.")
    participants: tuple[Participant, ...] = Field((), description="Ketkä muut ovat mukana.")
    client: Prose = Field(
        description="Mitä asiakas tekee nyt: verbi ensin, enintään kaksi virkettä selkeää suomea.",
    )
    plain: Prose = Field(description="Mitä vaiheessa tapahtuu.")
    professional: Prose | None = Field(None, description="Laki, perusteet, lomakkeet, siirto.")
    documents: tuple[Text, ...] = Field((), description="Asiakirjat, jotka vaiheessa syntyvät.")
    duration: Claim | None = Field(None, description="Kesto. Jätä pois, jos lähde ei kerro.")
    failure: Prose | None = Field(None, description="Mikä voi mennä vikaan ja mitä sitten.")
    contact: Text | None = Field(None, description="Keneltä asiakas kysyy tässä vaiheessa.")
    laws: tuple[LegalBasis, ...] = Field((), description="Pykälät, joihin vaihe perustuu.")
    choices: tuple[Choice, ...] = Field((), description="Mihin vaiheesta mennään.")
    replaces: tuple[Identifier, ...] = Field((), description="Tunnukset, joilla vaihe oli ennen.")


class Change(Frozen):
    """One entry of the change history."""

    date: Day = Field(description="Muutoksen päivä.")
    text: Text = Field(description="Mikä kuvauksessa muuttui.")


class Link(Timed):
    """A page elsewhere."""

    name: Text = Field(description="Linkin teksti.")
    url: Url = Field(description="Koko osoite, joka alkaa https://.")


class Part(Frozen):
    """A part of a programme: a whole of its own, with its goals."""

    name: Text = Field(description="Osan nimi.")
    goals: tuple[Claim, ...] = Field((), description="Osan tavoitteet.")
    services: tuple[ServiceId, ...] = Field(
        (), description="Palvelut ja mallit, jotka kuuluvat osaan."
    )


class Service(Frozen):
    """A service and its path; without steps it is a card for a neighbour of the paths."""

    builds_on: tuple[Identifier, ...] = Field(
        (), description="Yhteiset kuvaukset (kansiossa yhteiset), joita tämä täydentää."
    )

    name: Text = Field(description="Palvelun nimi.")
    nature: Nature = Field(description="Millainen palvelu on.")
    stage: Stage = Field(description="Sarake alueen kartalla.")
    summary: Text = Field(
        description=f"Yksi virke, enintään {LONGEST_SUMMARY} merkkiä.",
        json_schema_extra={"maxLength": LONGEST_SUMMARY},
    )
    status: Claim | None = Field(None, description="Nykytila ja sen lähde.")
    notices: tuple[Claim, ...] = Field((), description="Ilmoitus sivun alkuun, esim. uudistus.")
    about: tuple[Claim, ...] = Field((), description="Mitä palvelu on.")
    boundaries: tuple[Claim, ...] = Field((), description="Mitä palvelu ei ole.")
    audience: tuple[Claim, ...] = Field((), description="Kenelle palvelu on tarkoitettu.")
    entry: tuple[Claim, ...] = Field((), description="Miten palveluun pääsee.")
    arrangers: tuple[Arranger, ...] = Field((), description="Kuka järjestää ja milloin.")
    money: tuple[Claim, ...] = Field((), description="Mitä maksaa, mitä asiakas saa.")
    duration: tuple[Claim, ...] = Field((), description="Kesto ja määrä.")
    rights: tuple[Claim, ...] = Field((), description="Päätös, muutoksenhaku, tukihenkilö.")
    competence: tuple[Claim, ...] = Field((), description="Osaamisen tunnistaminen.")
    quality: tuple[Claim, ...] = Field((), description="Laatukriteerit, jos lähde kertoo.")
    changes: tuple[Claim, ...] = Field((), description="Mitä on muuttunut ja milloin.")
    laws: tuple[LegalBasis, ...] = Field((), description="Säädöspohja.")
    goals: tuple[Claim, ...] = Field((), description="Tavoitteet, jos lähde kertoo.")
    participants: tuple[Participant, ...] = Field(
        (), description="Ketkä ovat mukana kokonaisuudessa."
    )
    parts: tuple[Part, ...] = Field((), description="Kokonaisuuden osat.")
    steps: tuple[Step, ...] = Field((), description="Polun vaiheet järjestyksessä.")
    onward: tuple[Choice, ...] = Field(
        (), description="Mihin palvelusta voi siirtyä, kun vaiheita ei ole kuvattu."
    )
    links: tuple[Link, ...] = Field((), description="Lisää tietoa muualla.")
    keywords: tuple[Words, ...] = Field((), description="Hakusanoja, joita teksti ei sisällä.")
    review: Review = Field(description="Tarkistustiedot.")
    history: tuple[Change, ...] = Field((), description="Kuvauksen muutoshistoria.")
    replaces: tuple[Identifier, ...] = Field((), description="Tunnukset, joilla sivu oli ennen.")

    @model_validator(mode="after")
    def _one_way_onward(self) -> "Service":
        if self.steps and self.onward:
            message = "Polussa vaihtoehdot kuuluvat vaiheisiin."
            hint = "Poista kohta onward. Kirjoita vaihtoehdot vaiheiden kohtaan choices."
            raise ValueError(message, hint, "onward")
        return self

    @field_validator("summary")
    @classmethod
    def _short_summary(cls, summary: Text) -> Text:
        for words in (summary.fi, summary.sv, summary.en):
            if words and len(words) > LONGEST_SUMMARY:
                count = f"{len(words)} merkkiä, enintään {LONGEST_SUMMARY} sopii"
                message = f"Tiivistelmässä on {count}."
                raise ValueError(message, "Lyhennä yhdeksi virkkeeksi.")
        return summary


def old_addresses(address: str, service: Service) -> list[str]:
    """Return the addresses at which a service was before, in the same folder."""
    folder = address.rpartition("/")[0]
    return [f"{folder}/{old}" for old in service.replaces]
