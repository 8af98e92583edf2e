"""Remarks on the words a client meets on a clear page: long sentences, verbs that hide who acts.

Many places of one file become one remark, and what several regions build on is told once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from palvelupolku.errors import Mark, Problem
from palvelupolku.fields import Location, Text, walk
from palvelupolku.model import Choice, Service, Step
from palvelupolku.passive import passives
from palvelupolku.prose import plain, sentences
from palvelupolku.source import Reading
from palvelupolku.supplement import AddedStep, Difference, Instead, Supplement, Supply
from palvelupolku.yamltext import Document

_LONGEST_SENTENCE = 12
_TO_CLIENT: dict[type, tuple[str, ...]] = {
    Step: ("client", "contact"),
    AddedStep: ("client", "contact"),
    Difference: ("client", "contact"),
    Supply: ("text", "contact"),
    Instead: ("text",),
}
"""What the clear page shows of each part of a path, or of what a municipality says of it."""
_MOST_NAMED = 8
_GUIDE = "Ohje on kirjoittajan ohjeen luvussa ”Tarkista”."
_SAID = {
    "long-sentence": (
        f"Asiakkaan tekstissä on yli {_LONGEST_SENTENCE} sanan virke",
        f"Jaa virke, tai kirjoita lyhyempi teksti kohtaan fi-simple. {_GUIDE}",
    ),
    "passive": (
        "Asiakkaan teksti ei kerro, kuka tekee",
        f"Sano, kuka tekee. Sen voi kirjoittaa myös kohtaan fi-simple. {_GUIDE}",
    ),
}
"""What is said of each rule before the places it was found in, and how to mend it."""


def check(reading: Reading, day: date) -> Iterator[Problem]:
    """Yield a warning for each rule and file whose client's words break it on the day."""
    found = [
        problem
        for _, service, document in reading.service_files()
        for at, text in shown(service, day)
        for problem in _found(at, text, document)
    ]
    found += [
        problem
        for _, supplement, document in reading.supplement_files()
        for at, text in _spoken(supplement, day)
        for problem in _found(at, text, document)
    ]
    outcomes = reading.library.catalogue.outcomes
    for document in reading.lists("outcomes"):
        for name in document.data.keys() & outcomes.keys():
            found += _found((name, "about"), outcomes[name].about, document)
    yield from _gathered(found)


def shown(service: Service, day: date) -> Iterator[tuple[Location, Text]]:
    """Yield the texts that the clear page of a service shows on a day, and their places.

    So are all others that have plain words of their own: those were written for a client.
    """
    yield ("summary",), service.summary
    for key in ("notices", "audience") if service.steps else ("notices", "audience", "entry"):
        valid = [(i, c) for i, c in enumerate(getattr(service, key)) if c.valid_on(day)]
        yield from (((key, index, "text"), claim.text) for index, claim in valid[:1])
    yield from _spoken(service, day)


def _spoken(model: Service | Supplement, day: date) -> Iterator[tuple[Location, Text]]:
    """Yield what is said to the client on the path, or of it in a municipality."""
    for at, part in walk(model, day=day):
        for key in _TO_CLIENT.get(type(part), ()):
            if text := getattr(part, key):
                yield (*at, key), text
        if isinstance(part, Choice) and part.condition:
            yield (*at, "condition"), part.condition
        elif isinstance(part, Text) and part.fi_simple:
            yield at, part


def _found(at: Location, text: Text, document: Document) -> Iterator[Problem]:
    """Yield what each rule finds in a text, where its author wrote it."""
    words = text.plainest
    counts = [len(sentence.split()) for sentence in sentences(words)]
    hits = {
        "long-sentence": [f"{count} sanaa" for count in counts if count > _LONGEST_SENTENCE],
        "passive": [f"”{verb}”" for verb in passives(plain(words))],
    }
    here = (*at, "fi-simple") if text.fi_simple else at
    for rule, hit in hits.items():
        if hit:
            yield document.problem(here, ", ".join(hit), rule, severity="warning")


def _gathered(found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield one remark for each rule and file, at its first place, naming the others."""
    places: dict[tuple[str, str], dict[Mark, Problem]] = {}
    for problem in found:
        places.setdefault((problem.file, problem.rule), {})[problem.mark] = problem
    for (_, rule), problems in places.items():
        said, hint = _SAID[rule]
        marks = sorted(problems)
        named = [f"rivi {m.line} ({problems[m].message})" for m in marks[:_MOST_NAMED]]
        named += [f"ja {len(marks) - _MOST_NAMED} muuta kohtaa"] if marks[_MOST_NAMED:] else []
        yield replace(problems[marks[0]], message=f"{said}: {', '.join(named)}.", hint=hint)
