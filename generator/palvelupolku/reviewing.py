"""The review of a description: how far it has come, by whom and when."""

from datetime import date
from typing import Literal

from pydantic import Field

from palvelupolku.fields import Day, Frozen, Text, over_a_year

ReviewState = Literal["draft", "reviewed", "published"]


class Review(Frozen):
    """Who answers for the description, and when it was last looked at."""

    state: ReviewState = Field(
        "draft",
        description="Kuinka pitkällä kuvaus on. draft = luonnos, reviewed = tarkistettu, "
        "published = julkaistu.",
    )
    owner: Text | None = Field(None, description="Yksikkö, joka vastaa kuvauksesta.")
    author: Text | None = Field(None, description="Kirjoittajan rooli, ei nimeä.")
    reviewed_on: Day | None = Field(None, description="Milloin ammattilainen tarkisti sisällön.")
    reviewed_by: Text | None = Field(None, description="Tarkistajan rooli, ei nimeä.")
    next_review: Day | None = Field(
        None, description="Milloin kuvaus tarkistetaan seuraavan kerran."
    )
    sources_seen: Day = Field(description="Mihin päivään asti lähteet tunnetaan.")
    law_checked: Day | None = Field(None, description="Milloin laki tarkistettiin.")

    @property
    def due(self) -> date | None:
        """The day by which the next review is to be done: the one agreed on, at most in a year.

        A draft waits for its review already, so that only an agreed day is told of it.
        """
        last = self.reviewed_on if self.state != "draft" else None
        days = [self.next_review, _in_a_year(last) if last else None]
        return min(filter(None, days), default=None)

    def is_old(self, day: date) -> bool:
        """Return whether the last review is more than a year old."""
        return bool(self.reviewed_on and over_a_year(self.reviewed_on, day))

    def stands(self, day: date) -> bool:
        """Return whether a reader may lean on the review: it is of this text, and no year old."""
        return self.state != "draft" and not self.is_old(day)


def _in_a_year(day: date) -> date:
    """Return the same day of the next year; after a leap day the last of February."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)
