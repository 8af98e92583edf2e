"""The accessibility statement that the publisher of a site makes (Act 306/2019, section 9)."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from palvelupolku.fields import WEB_ADDRESS, Day, Frozen, Text, Url, over_a_year

State = Literal["full", "partial", "none"]
_MAIL = re.compile(r"[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)
_NAMES = {
    "publisher": "julkaisija",
    "state": "tila",
    "gaps": "puutteet",
    "made_on": "laatimispäivä",
    "reviewed_on": "tarkistuspäivä",
    "method": "arviointitapa",
    "feedback": "palauteosoite",
    "unit": "vastuuyksikkö",
    "supervisor": "valvoja",
    "supervisor_checked": "valvojan tarkistuspäivä",
}
"""What the statement must tell, in Finnish, by the key of the field."""


def _web_or_mail(value: str) -> str:
    if not (WEB_ADDRESS.fullmatch(value) or _MAIL.fullmatch(value)):
        message = "Tämä ei kelpaa osoitteeksi."
        hint = "Anna sivun koko osoite, joka alkaa https://, tai yhteinen sähköpostiosoite."
        raise ValueError(message, hint)
    return value


class Gap(Frozen):
    """Something on the site that is not accessible, or that nobody has been able to try."""

    what: Text = Field(description="Mikä ei ole saavutettavaa tai on kokeilematta.")
    why: Text = Field(description="Miksi näin on ja milloin se korjataan.")


class Statement(Frozen):
    """What the law asks a publisher to tell; a field that is empty is told to be so."""

    publisher: Text | None = Field(None, description="Kuka julkaisee sivuston ja vastaa siitä.")
    state: State | None = Field(
        None,
        description="Täyttääkö sivusto vaatimukset. full = täyttää vaatimukset, "
        "partial = osittain, none = ei täytä.",
    )
    gaps: tuple[Gap, ...] = Field((), description="Mikä ei ole saavutettavaa ja miksi.")
    made_on: Day | None = Field(None, description="Milloin seloste laadittiin.")
    reviewed_on: Day | None = Field(None, description="Milloin seloste viimeksi tarkistettiin.")
    method: Text | None = Field(None, description="Miten saavutettavuus arvioitiin ja kuka arvioi.")
    feedback: Annotated[str, AfterValidator(_web_or_mail)] | None = Field(
        None, description="Palautesivun osoite tai yhteinen sähköpostiosoite."
    )
    unit: Text | None = Field(None, description="Yksikkö, joka vastaa palautteeseen.")
    supervisor: Text | None = Field(None, description="Viranomainen, joka valvoo.")
    supervisor_url: Url | None = Field(None, description="Valvojan sivu, jolla voi tehdä kantelun.")
    supervisor_checked: Day | None = Field(
        None, description="Milloin tarkistit, että valvoja on oikea."
    )

    @model_validator(mode="after")
    def _full_without_gaps(self) -> "Statement":
        if self.state == "full" and self.gaps:
            message = "Tila on ”full”, mutta puutteita on lueteltu."
            hint = "Vaihda tilaksi ”partial”. Jos puutteita ei enää ole, poista ne."
            raise ValueError(message, hint, "state")
        return self

    @property
    def missing(self) -> tuple[str, ...]:
        """The Finnish names of what the law asks and nobody has told."""
        return tuple(_NAMES[key] for key in self._lacking())

    @property
    def missing_keys(self) -> tuple[str, ...]:
        """The same for the author, each with the key under which it is told."""
        return tuple(f"{_NAMES[key]} ({key})" for key in self._lacking())

    def _lacking(self) -> list[str]:
        told = {name for name in _NAMES if getattr(self, name)}
        told |= {"gaps"} if self.state == "full" else set()
        return [name for name in _NAMES if name not in told]

    def is_old(self, day: date) -> bool:
        """Return whether over a year has passed since the review: it is due yearly.

        The term is that of Commission Implementing Decision (EU) 2018/1523, article 5.
        """
        return bool(self.reviewed_on and over_a_year(self.reviewed_on, day))
