"""What a description lacks before it may be published, and whose review is due.

A description that claims a review, or to be published, must hold what that takes: that is an
error. What a day alone brings about is a remark, for a site must not stop because time passes;
`strict` makes an error of it for one who asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from palvelupolku.adopting import TOWNS
from palvelupolku.errors import Problem, Severity
from palvelupolku.fields import Text, over_a_year, walk
from palvelupolku.model import LegalBasis, Service, Step
from palvelupolku.places import STATEMENT
from palvelupolku.reviewing import Review, ReviewState
from palvelupolku.sample import left
from palvelupolku.source import Reading
from palvelupolku.supplement import Supplement
from palvelupolku.values import VALUES
from palvelupolku.yamltext import Document

STATES: dict[ReviewState, str] = {s: VALUES[s].capitalize() for s in get_args(ReviewState)}
_TOLD: dict[ReviewState, tuple[str, ...]] = {
    "draft": ("not-reviewed", "old-review", "example-left"),
    "reviewed": ("no-review", "old-review", "example-left"),
}
"""What is told of a description that claims no more than its state; the rest waits in a list."""
_COMPARED = ("not-mirrored", "core-changed")
"""Remarks on a supplement that it must not be published with."""
_REVIEW = {"reviewed_on": "päivä", "reviewed_by": "tarkistaja"}
_MOST = 5


@dataclass(frozen=True)
class Waiting:
    """A description, its state, and what it lacks before it may be published."""

    address: str
    """`region/service`, or `region/kunnat/municipality`."""
    model: Service | Supplement
    lacks: tuple[Problem, ...]

    @property
    def review(self) -> Review:
        """Who answers for the description, and when it was last looked at."""
        return self.model.review

    def __str__(self) -> str:
        """Return on one line what the description lacks, the first few with their keys."""
        start = f"Ennen julkaisua {self.address} ({STATES[self.review.state].lower()})"
        if not self.lacks:
            return f"{start}: mitään ei puutu."
        few = _shown(len(self.lacks), _MOST)
        words = [
            p.message if f"{p.at[-1]}" in p.message else f"{p.message[:-1]} ({p.at[-1]})."
            for p in self.lacks[:few]
        ]
        words += [f"Ja {len(self.lacks) - few} muuta."] if self.lacks[few:] else []
        count = "1 asia" if len(self.lacks) == 1 else f"{len(self.lacks)} asiaa"
        return f"{start}, {count}: {' '.join(words)}"

    def is_late(self, day: date) -> bool:
        """Return whether the day of the next review has passed."""
        return self.review.due is not None and self.review.due < day


def check(reading: Reading, day: date, today: date) -> Iterator[Problem]:
    """Yield what is wrong in what each description says of its review, and what it lacks.

    `day` is the one whose paths are shown, `today` the one of the calendar.
    """
    for _, model, document in _descriptions(reading):
        yield from _untrue(model.review, document, max(day, today))
        told = _TOLD.get(model.review.state)
        yield from (p for p in _lacks(model, document, day) if told is None or p.rule in told)


def waiting(reading: Reading, day: date) -> list[Waiting]:
    """Return every description of a reading that was checked, with all that it lacks."""
    return [
        Waiting(address, model, (*_lacks(model, document, day), *_stale(reading, document)))
        for address, model, document in _descriptions(reading)
    ]


def strict(problems: Iterable[Problem], waiting: Iterable[Waiting]) -> list[Problem]:
    """Return the problems, of which those that what is published lacks are errors.

    Where anything is published, so are those of the accessibility statement.
    """
    lacks = {p for w in waiting if w.review.state == "published" for p in w.lacks}
    published = any(w.review.state == "published" for w in waiting)
    return [
        replace(p, severity="error") if p in lacks or (published and p.file == STATEMENT) else p
        for p in problems
    ]


def _descriptions(reading: Reading) -> Iterator[tuple[str, Service | Supplement, Document]]:
    """Yield the address, the model and the file of everything that is reviewed."""
    yield from reading.service_files()
    for town, supplement, document in reading.supplement_files():
        region, _, name = town.partition("/")
        yield f"{region}{TOWNS}/{name}", supplement, document


def _untrue(review: Review, document: Document, today: date) -> Iterator[Problem]:
    """Yield what cannot be true of a review, in any state."""
    author, reviewer = review.author, review.reviewed_by
    if author and reviewer and _plain(author) == _plain(reviewer):
        message = f"Kirjoittajalla ja tarkistajalla on sama rooli: ”{reviewer.fi}”."
        hint = "Pyydä tarkistus toiselta. Jos tarkistaja on eri ihminen, kirjoita se rooliin, "
        hint += "esimerkiksi: toinen sosiaalityöntekijä."
        yield document.problem(("review", "reviewed_by"), message, "own-review", hint)
    if review.reviewed_on and review.reviewed_on > today:
        message = f"Tarkistuksen päivä {_words(review.reviewed_on)} on vasta tulossa."
        hint = "Korjaa päivä. Tuleva tarkistus kuuluu kohtaan next_review."
        yield document.problem(("review", "reviewed_on"), message, "future-review", hint)


def _plain(role: Text) -> str:
    """Return a role as it is compared: without capitals or extra spaces."""
    return " ".join(role.fi.split()).casefold()


def _lacks(model: Service | Supplement, document: Document, day: date) -> Iterator[Problem]:
    yield from _reviewed(model, document, day)
    yield from _answered(model.review, document)
    yield from _dated(model.review, document, day)
    if any(isinstance(part, LegalBasis) for _, part in walk(model, day=day)):
        yield from _lawful(model.review, document, day)
    yield from _professional(model, document, day)
    if isinstance(model, Service):
        yield from _example(model, document)


def _example(model: Service, document: Document) -> Iterator[Problem]:
    """Yield the keys that still hold the words of the example, at the first of them."""
    if keys := left(model):
        message = f"Esimerkin teksti on jäljellä: {', '.join(keys)}."
        hint = "Kirjoita tilalle oma teksti. Jos et tarvitse kuvausta, poista tiedosto."
        worth: Severity = "error" if model.review.state == "published" else "warning"
        at = tuple(keys[:1])
        yield document.problem(at, message, "example-left", hint, at_key=True, severity=worth)


def _reviewed(model: Service | Supplement, document: Document, day: date) -> Iterator[Problem]:
    """Yield what the last review lacks, or that there is none."""
    review, here = model.review, ("review", "reviewed_on")
    missing = {key: name for key, name in _REVIEW.items() if getattr(review, key) is None}
    if review.state == "draft" and review.reviewed_on:
        message = "Luonnosta ei ole tarkistettu uudelleen."
        hint = "Kun se on tarkistettu, kirjoita state: reviewed ja uusi reviewed_on."
        yield document.problem(("review", "state"), message, "no-review", hint)
    elif review.state == "draft":
        who = "Ammattilainen" if isinstance(model, Service) else "Kunta"
        message = f"{who} ei ole vielä tarkistanut kuvausta."
        hint = "Kun joku muu kuin kirjoittaja on tarkistanut sen, kirjoita "
        hint += "state: reviewed, reviewed_on ja reviewed_by."
        yield document.problem(
            ("review",), message, "not-reviewed", hint, at_key=True, severity="warning"
        )
    else:
        for key, name in missing.items():
            hint = f"Lisää {key}. Jos tarkistusta ei ole, kirjoita state: draft."
            yield _missing(document, key, f"Tarkistuksesta puuttuu {name}.", "no-review", hint)
    if review.reviewed_on and review.is_old(day):
        message = f"Kuvaus on tarkistettu {_words(review.reviewed_on)}, yli vuosi sitten."
        hint = "Tarkista kuvaus uudelleen ja päivitä reviewed_on."
        yield document.problem(here, message, "old-review", hint, at_key=True, severity="warning")


def _answered(review: Review, document: Document) -> Iterator[Problem]:
    """Yield who is not told to answer for the description."""
    if review.author is None:
        hint = "Lisää author: kirjoittajan rooli, ei nimeä."
        yield _missing(document, "author", "Kirjoittajaa ei ole kerrottu.", "no-author", hint)
    if review.owner is None:
        hint = "Lisää owner: yksikkö, joka vastaa kuvauksesta."
        yield _missing(document, "owner", "Vastuuyksikkö puuttuu.", "no-owner", hint)


def _missing(document: Document, key: str, message: str, rule: str, hint: str) -> Problem:
    """Return what is told where a key of the review would stand."""
    return document.problem(("review", key), message, rule, hint, at_key=True)


def _dated(review: Review, document: Document, day: date) -> Iterator[Problem]:
    """Yield what is told of the next review and of the sources too late, or not at all."""
    if review.next_review is None:
        message = "Seuraavan tarkistuksen päivä puuttuu."
        hint = "Lisää next_review, enintään vuosi tarkistuksesta."
        yield _missing(document, "next_review", message, "no-next-review", hint)
    elif review.next_review < day:
        message = f"Kuvaus piti tarkistaa viimeistään {_words(review.next_review)}."
        hint = "Tarkista kuvaus ja siirrä next_review eteenpäin."
        here = ("review", "next_review")
        yield document.problem(here, message, "late-review", hint, severity="warning")
    if over_a_year(review.sources_seen, day):
        message = f"Lähteet on luettu viimeksi {_words(review.sources_seen)}, yli vuosi sitten."
        hint = "Lue lähteet uudelleen ja päivitä sources_seen."
        here = ("review", "sources_seen")
        yield document.problem(here, message, "old-sources", hint, severity="warning")


def _lawful(review: Review, document: Document, day: date) -> Iterator[Problem]:
    """Yield when nobody has compared the sections that are named with the law of today."""
    if review.law_checked is None:
        message = "Ei kerrota, milloin laki on tarkistettu."
        hint = "Vertaa pykäliä voimassa olevaan lakiin ja lisää law_checked."
        yield _missing(document, "law_checked", message, "no-law-check", hint)
    elif over_a_year(review.law_checked, day):
        message = f"Laki on tarkistettu {_words(review.law_checked)}, yli vuosi sitten."
        hint = "Vertaa pykäliä voimassa olevaan lakiin ja päivitä law_checked."
        here = ("review", "law_checked")
        yield document.problem(here, message, "old-law-check", hint, severity="warning")


def _professional(model: Service | Supplement, document: Document, day: date) -> Iterator[Problem]:
    """Yield the steps that tell a professional nothing, at the first of them."""
    steps = [
        (at, step.name.fi)
        for at, step in walk(model, day=day)
        if isinstance(step, Step) and step.professional is None
    ]
    if steps:
        few = _shown(len(steps), _MOST)
        names = ", ".join(f"”{name}”" for _, name in steps[:few])
        more = f" ja {len(steps) - few} muuta" if steps[few:] else ""
        message = f"Ammattilaisen teksti puuttuu vaiheista: {names}{more}."
        hint = "Lisää vaiheeseen professional. Jos lähteet eivät kerro, sano niin."
        yield document.problem((*steps[0][0], "professional"), message, "no-professional", hint)


def _shown(count: int, most: int) -> int:
    """Return how many of a list are told in words: all, when only one would be left out."""
    return count if count <= most + 1 else most


def _stale(reading: Reading, document: Document) -> Iterator[Problem]:
    """Yield what has been remarked on a supplement's comparisons."""
    yield from (p for p in reading.warnings if p.file == document.file and p.rule in _COMPARED)


def _words(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
