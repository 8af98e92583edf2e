"""The shared catalogue: what is said once and referred to by id everywhere."""

from typing import Annotated, Literal

from pydantic import Field

from palvelupolku.fields import (
    CERTAINTIES,
    ActorId,
    Certainty,
    Day,
    Frozen,
    Identifier,
    PartialDate,
    ServiceId,
    Sourced,
    SourceKind,
    Text,
    Timed,
    Url,
    Words,
    YesOrNo,
)


class Actor(Timed):
    """Somebody who acts or takes part on a path."""

    name: Text = Field(description="Toimijan nimi.")
    about: Text = Field(description="Rooli poluilla, yksi virke.")
    tone: Annotated[int, Field(ge=0, le=10)] = Field(0, description="Väri 1-10, 0 = muu toimija.")
    regions: tuple[Identifier, ...] = Field((), description="Vain näiden alueiden poluilla.")
    replaced_by: ActorId | None = Field(None, description="Kuka hoitaa tehtävän nyt.")
    role: YesOrNo = Field(
        default=False, description="Yhteisten kuvausten toimija, jonka jokainen alue nimeää."
    )


class Law(Frozen):
    """An act or a decree."""

    name: Text = Field(description="Säädöksen nimi.")
    number: Annotated[str, Field(pattern=r"^\d{1,4}/\d{4}$")] = Field(
        description="Säädöksen numero, esimerkiksi 710/1982."
    )
    url: Url = Field(description="Säädöksen osoite, mieluiten Finlexissä.")
    changed: Day | None = Field(None, description="Viimeisin muutos, joka tunnetaan.")


class Source(Frozen):
    """Where a claim comes from."""

    title: Words = Field(description="Lähteen nimi.")
    publisher: Words = Field(description="Kuka on julkaissut lähteen.")
    kind: SourceKind = Field(
        description="Kenen teksti lähde on. law, official, project tai press; general = yleistieto "
        "ilman lähdettä."
    )
    url: Url | None = Field(None, description="Lähteen osoite; pois, jos sitä ei ole.")
    modified: PartialDate | None = Field(None, description="Päiväys, jos se tiedetään.")
    seen: PartialDate = Field(description="Milloin lähde luettiin.")


class Term(Frozen):
    """A word of the field and its one-sentence meaning."""

    name: Text = Field(description="Sana perusmuodossa.")
    meaning: Text = Field(description="Selkeä lause.")
    forms: tuple[Words, ...] = Field((), description="Taivutusmuotoja hakua varten.")


OutcomeKind = Literal["work", "stays", "leaves"]


class Outcome(Frozen):
    """A named end that paths share, so that a whole region is one graph."""

    name: Text = Field(description="Lopputuloksen nimi.")
    about: Text = Field(description="Mitä se asiakkaalle tarkoittaa, yksi virke.")
    on_map: YesOrNo = Field(default=False, description="Näytetäänkö alueen kartalla.")
    kind: OutcomeKind = Field(
        "leaves",
        description="Mitä polulle käy. work = palkkatyö, stays = jää siihen, missä on, "
        "leaves = jokin muu.",
    )


class Question(Frozen):
    """Something nobody has been able to check: what the site does not know."""

    name: Text = Field(description="Kysymys yhdellä virkkeellä.")
    about: Text = Field(description="Miksi vastausta ei ole ja mistä sen voisi saada.")
    services: tuple[ServiceId, ...] = Field((), description="Palvelut, joita kysymys koskee.")


class Catalogue(Frozen):
    """What is said once and referred to by id everywhere."""

    actors: dict[Identifier, Actor] = Field(default_factory=dict)
    laws: dict[Identifier, Law] = Field(default_factory=dict)
    sources: dict[Identifier, Source] = Field(default_factory=dict)
    terms: dict[Identifier, Term] = Field(default_factory=dict)
    outcomes: dict[Identifier, Outcome] = Field(default_factory=dict)
    questions: dict[Identifier, Question] = Field(default_factory=dict)


def certainty_rank(certainty: Certainty) -> int:
    """Return 0 for the firmest certainty and more for weaker ones."""
    return CERTAINTIES.index(certainty)


def source_rank(claim: Sourced, sources: dict[str, Source]) -> int | None:
    """Return the rank of the claim's weakest source, or nothing without known sources."""
    ranks = [certainty_rank(sources[s].kind) for s in claim.sources if s in sources]
    return max(ranks, default=None)


def certainty_of(claim: Sourced, sources: dict[str, Source]) -> Certainty:
    """Return how certain a claim is: as weak as its weakest source, lowered where it says so.

    Without sources the claim's own word counts, and silence means `unknown`.
    """
    if claim.certainty:
        return claim.certainty
    rank = source_rank(claim, sources)
    return "unknown" if rank is None else CERTAINTIES[rank]
