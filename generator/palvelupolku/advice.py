"""Remarks that stop no build: what is hard to read on a path, and what may be out of date."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from palvelupolku.catalogue import Catalogue
from palvelupolku.characters import ENCODING_HINT
from palvelupolku.errors import Mark, Problem
from palvelupolku.fields import Location, Sourced, Text, walk
from palvelupolku.library import Library
from palvelupolku.model import Service, Step
from palvelupolku.places import BACKUP, STATEMENT, original
from palvelupolku.prose import links, plain
from palvelupolku.yamltext import Document

_MOST_CHOICES = 5
_ABBREVIATION = re.compile(r"\b[A-ZÅÄÖ]{2,6}\b")
_GARBLED = re.compile(r"Ã[¤¶¥…„–]|â€[\w™œ“”]?|Â[§°]")
"""What Finnish letters and marks become when UTF-8 is read as something else."""
_PERSONAL = re.compile(r"\S@\S+\.\w|\d(?:[ -]?\d){6}")
_HALF = re.compile(r'[^"”“„]*[^"”“„\d]["”]')
"""A text with the second of two quotation marks alone; after a number it is inches."""
_QUOTED = re.compile("[”“„»«][^”“„»«]+[”“„»«]|[’‘][^’‘]+[’‘]")
"""A text wholly in quotation marks of print, which YAML takes for letters of it."""


def check(service: Service, document: Document, library: Library, day: date) -> Iterator[Problem]:
    """Yield a warning for every remark on a service as it stands on the day."""
    texts = [part for _, part in walk(service, day=day) if isinstance(part, Text)]
    every = [words for text in texts for words in (text.fi, text.fi_simple) if words]
    yield from _abbreviations(every, document, library.catalogue)
    yield from _unlinked([text.fi for text in texts], document, library)
    yield from _old_sources(service, document, library.catalogue, day)
    yield from _copied(service, document, library)
    for index, step in enumerate(service.steps):
        if step.valid_on(day):
            yield from _step(step, index, document, day)


def statement(library: Library, document: Document | None, day: date) -> Iterator[Problem]:
    """Yield a warning for what the accessibility statement lacks, and for one not kept up."""
    if document is None:
        message = "Saavutettavuusseloste puuttuu. Sivu kertoo lukijalle, että sitä ei ole."
        hint = "Laki vaatii selosteen siltä, joka julkaisee sivuston. Tee tiedosto. Malli on "
        hint += "kirjoittajan ohjeessa, luvussa ”Saavutettavuusseloste”."
        yield Problem(STATEMENT, Mark(), message, "statement", hint, "warning")
        return
    if (told := library.statement) is None:
        return
    if told.missing:
        message = f"Saavutettavuusselosteesta puuttuu: {', '.join(told.missing_keys)}."
        hint = "Täydennä ennen julkaisua. Seloste on virallinen vasta sitten."
        yield _remark(document, (), message, "statement", hint)
    if told.is_old(day):
        message = "Saavutettavuusselosteen tarkistuksesta on yli vuosi."
        hint = "Tarkista seloste ja päivitä reviewed_on."
        yield _remark(document, ("reviewed_on",), message, "old-statement", hint)


def garbled(document: Document) -> Iterator[Problem]:
    """Yield a warning for letters that were broken on their way into the file."""
    for number, line in enumerate(document.lines, 1):
        if match := _GARBLED.search(line):
            message = f"”{match.group()}” näyttää rikkoutuneelta kirjaimelta."
            mark = Mark(number, match.start() + 1)
            hint = f"Kirjoita kohta uudelleen. {ENCODING_HINT}"
            yield Problem(document.file, mark, message, "garbled", hint, "warning", line)


def personal(document: Document) -> Iterator[Problem]:
    """Remark on whom to ask where it may be one person's address or number."""
    for at, value in _values(document):
        if "contact" in at[-2:] and isinstance(value, str) and _PERSONAL.search(value):
            message = "Yhteystiedossa on sähköposti tai puhelinnumero."
            hint = "Jos se on yhden ihmisen oma, kirjoita tilalle tehtävä tai yksikkö."
            yield document.problem(at, message, "personal-contact", hint, severity="warning")


def _values(document: Document) -> Iterator[tuple[Location, Any]]:
    for at in document.values:
        value: Any = document.data
        for part in at:
            value = value[part]
        yield at, value


def quoted(document: Document) -> Iterator[Problem]:
    """Yield a warning for each value whose quotation marks its author may think YAML takes off.

    Within straight ones they are meant.
    """
    for at, value in _values(document):
        if isinstance(value, str) and _HALF.fullmatch(value):
            message = f"Lainausmerkki jää tekstiin: {value[:60]}"
            hint = "Poista se, tai lisää sen pari tekstin alkuun."
            yield document.problem(at, message, "quotes", hint, severity="warning")
        if isinstance(value, str) and _QUOTED.fullmatch(value):
            message = f"Lainausmerkit jäävät tekstiin: {value[:60]}"
            hint = "Poista ne. Jos ne kuuluvat tekstiin, lisää ympärille suorat: '”teksti”'."
            found = document.problem(at, message, "quotes", hint, severity="warning")
            if found.source_line[found.mark.column - 1 :].startswith(value[0]):
                yield found


def _step(step: Step, index: int, document: Document, day: date) -> Iterator[Problem]:
    choices = sum(choice.valid_on(day) for choice in step.choices)
    if choices > _MOST_CHOICES:
        message = f"Vaiheessa on {choices} vaihtoehtoa. Yli viidestä on vaikea valita."
        hint = "Yhdistä vaihtoehtoja, tai jaa vaihe kahdeksi."
        yield _remark(document, ("steps", index, "choices"), message, "many-choices", hint)


def _abbreviations(texts: list[str], document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    """Remark on abbreviations that neither the glossary nor an actor's name explains."""
    names = [actor.name.fi for actor in catalogue.actors.values()]
    names += [name for term in catalogue.terms.values() for name in (term.name.fi, *term.forms)]
    known = set(_ABBREVIATION.findall(" ".join(names)))
    unknown = sorted({*_ABBREVIATION.findall(" ".join(map(plain, texts)))} - known)
    if unknown:
        message = f"Lyhenteitä ei selitetä: {', '.join(unknown)}."
        hint = "Kirjoita ne auki, tai lisää ne sanastoon."
        yield _remark(document, (), message, "abbreviation", hint)


def _unlinked(texts: list[str], document: Document, library: Library) -> Iterator[Problem]:
    """Remark on words of the glossary that the page uses but never links to it.

    A word that is also a service's name is better linked to the service.
    """
    words = " ".join(map(plain, texts)).lower()
    linked = {name for text in texts for kind, name in links(text) if kind == "term"}
    services = {service.name.fi.lower() for service in library.services.values()}
    missing = [
        term.name.fi
        for name, term in library.catalogue.terms.items()
        if name not in linked
        and term.name.fi.lower() not in services
        and re.search(rf"\b{re.escape(term.name.fi.lower())}\b", words)
    ]
    if missing:
        message = f"Sanaston sanoja ilman linkkiä: {', '.join(missing)}."
        hint = "Linkitä sana kerran: [sana](term:tunnus)."
        yield _remark(document, (), message, "unlinked-term", hint)


def _copied(service: Service, document: Document, library: Library) -> Iterator[Problem]:
    """Remark on a copy beside its original: both would be published under one name."""
    first = library.services.get(original(document.file).removesuffix(".yml"))
    if first and first is not service and first.name == service.name:
        message = f"Tiedosto on nimeltään kuin tiedoston {original(document.file)} kopio."
        hint = f"{BACKUP} Muuten anna palvelulle oma nimi."
        yield _remark(document, ("name",), message, "file-name", hint)


def _old_sources(
    service: Service, document: Document, catalogue: Catalogue, day: date
) -> Iterator[Problem]:
    """Remark on acts that changed after what is said of the service was written."""
    used = {
        s for _, part in walk(service, day=day) if isinstance(part, Sourced) for s in part.sources
    }
    dated = [s.modified for name in used if (s := catalogue.sources.get(name)) and s.modified]
    for law in dict.fromkeys(basis.law for basis in service.laws if basis.valid_on(day)):
        act = catalogue.laws.get(law)
        if act is None or act.changed is None or act.changed > day:
            continue
        older = sum(modified < act.changed.isoformat()[: len(modified)] for modified in dated)
        if older:
            changed = f"{act.changed.day}.{act.changed.month}.{act.changed.year}"
            message = f"{older} lähdettä on vanhempi kuin lain {act.number} muutos {changed}."
            hint = "Tarkista, pitävätkö niiden tiedot yhä paikkansa."
            yield _remark(document, (), message, "older-than-law", hint)


def _remark(document: Document, at: Location, message: str, rule: str, hint: str) -> Problem:
    return document.problem(at, message, rule, hint, at_key=True, severity="warning")
