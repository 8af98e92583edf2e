"""Remarks that stop no build: what is hard to read on a path, and what nobody has checked."""

import re
from collections.abc import Iterator
from datetime import date

from palvelupolku.errors import Mark, Problem
from palvelupolku.fields import Location, Text, walk
from palvelupolku.model import Review, Service, Step
from palvelupolku.prose import plain
from palvelupolku.yamltext import Document

_MOST_CHOICES = 5
_LONGEST_CLIENT_TEXT = 450
_LONGEST_SIMPLE_SENTENCE = 12
_GARBLED = re.compile(r"Ã[¤¶¥…„–]|â€[\w™œ“”]?|Â[§°]")
"""What Finnish letters and marks become when UTF-8 is read as something else."""


def check(service: Service, document: Document, day: date) -> Iterator[Problem]:
    """Yield a warning for every remark on a service as it stands on the day."""
    yield from _garbled(document)
    yield from _review(service.review, document, day)
    for index, step in enumerate(service.steps):
        if step.valid_on(day):
            yield from _step(step, index, document, day)
    for at, part in walk(service, day=day):
        if isinstance(part, Text) and part.fi_simple:
            yield from _sentences(part.fi_simple, (*at, "fi-simple"), document)


def _garbled(document: Document) -> Iterator[Problem]:
    for number, line in enumerate(document.lines, 1):
        if match := _GARBLED.search(line):
            message = f"”{match.group()}” näyttää rikkoutuneelta kirjaimelta."
            mark = Mark(number, match.start() + 1)
            hint = "Kirjoita kohta uudelleen ja tallenna muodossa UTF-8."
            yield Problem(document.file, mark, message, "garbled", hint, "warning", line)


def _review(review: Review, document: Document, day: date) -> Iterator[Problem]:
    last = review.reviewed_on
    if last is None:
        message = "Ammattilainen ei ole vielä tarkistanut kuvausta."
        hint = "Kun joku on tarkistanut sen, kirjoita päivä kohtaan reviewed_on."
        yield _remark(document, ("review",), message, "not-reviewed", hint)
    elif (last.year + 1, last.month, last.day) < (day.year, day.month, day.day):
        message = f"Kuvaus on tarkistettu {last.day}.{last.month}.{last.year}, yli vuosi sitten."
        hint = "Tarkista kuvaus uudelleen ja päivitä päivä."
        yield _remark(document, ("review", "reviewed_on"), message, "old-review", hint)


def _step(step: Step, index: int, document: Document, day: date) -> Iterator[Problem]:
    choices = sum(choice.valid_on(day) for choice in step.choices)
    if choices > _MOST_CHOICES:
        message = f"Vaiheessa on {choices} vaihtoehtoa. Yli viidestä on vaikea valita."
        hint = "Yhdistä vaihtoehtoja, tai jaa vaihe kahdeksi."
        yield _remark(document, ("steps", index, "choices"), message, "many-choices", hint)
    length = len(plain(step.client.fi))
    if length > _LONGEST_CLIENT_TEXT:
        message = f"Asiakkaan tekstissä on {length} merkkiä. Enintään 450 on helppo lukea."
        hint = "Jätä asiakkaalle se, mitä hän nyt tekee. Muu sopii kohtaan plain."
        yield _remark(document, ("steps", index, "client"), message, "long-client-text", hint)


def _sentences(text: str, at: Location, document: Document) -> Iterator[Problem]:
    longest = max(len(sentence.split()) for sentence in re.split(r"[.!?]\s", plain(text)))
    if longest > _LONGEST_SIMPLE_SENTENCE:
        message = f"Selkeässä tekstissä on virke, jossa on {longest} sanaa."
        hint = "Jaa virke. Enintään 12 sanaa on helppo lukea."
        yield _remark(document, at, message, "long-sentence", hint)


def _remark(document: Document, at: Location, message: str, rule: str, hint: str) -> Problem:
    return document.problem(at, message, rule, hint, at_key=True, severity="warning")
