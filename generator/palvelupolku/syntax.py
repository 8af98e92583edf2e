"""What libyaml complains of → what an author is told, in Finnish and where the slip was made."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import yaml

from palvelupolku.edges import at_edge
from palvelupolku.errors import Mark, Problem
from palvelupolku.indents import LONG_DASH, astray, glued, goes_on, misses, too_deep, uneven
from palvelupolku.mending import mend
from palvelupolku.row_slips import QUOTE_HINT, bare, extra_colon, of_print, two_in_one
from palvelupolku.rows import (
    ITEM,
    KEY,
    Told,
    column_of,
    lacks_row,
    lead,
    listed,
    said_above,
    says,
    without_texts,
)

TWICE, _MANY_TWICE, _MOST_SLIPS = "duplicate-key", 3, 20
"""The rule of a key that is there twice, and from how many on they have one cause."""
_DASH_MISSING = "Jos välissä alkaa luettelon uusi kohta, siltä puuttuu viiva ”- ”."
_OTHER_QUOTE = {
    '"': "Laita koko teksti heittomerkkeihin: 'teksti'.",
    "'": QUOTE_HINT,
}
"""How a text is quoted in which the mark itself stands."""
_CURLY_HINT = 'Merkki {} ei käy. Laita koko teksti suoriin lainausmerkkeihin: "teksti".'
_CURLY = re.compile(r" *(?:- +)*(?:[^\s#:][^:]*: +)?([”“„»’‘])")
"""A text that begins with a quotation mark of print, which YAML does not know."""
_CUT = "Kaksoispiste katkaisee tekstin."
_NOT_FIRST = "Poista välit rivin alusta. Jos yläpuolelta puuttuu rivi, lisää se."
_OF_REVIEW = ("state", "owner", "author", "reviewed_on", "reviewed_by", "sources_seen")
"""Keys below `review`, with which many a file begins."""
_NO_NAME = "Tiedosto on tyhjä tai ei ala kohdan nimellä."
_NO_TAB = "Poista sarkain, ja kirjoita tilalle välejä: yhtä monta kuin viereisillä riveillä."
_NO_COLON = "Riviltä puuttuu kaksoispiste."
_WRITTEN = "kirjoita rivi näin: nimi, kaksoispiste, väli ja arvo."
_GOES_ON = ("could not find expected ':'", "mapping values", "did not find expected key")
"""Faults that a text brings about, too, that goes on on the next row."""
_UNEVEN = (
    "mapping values",
    "did not find expected key",
    "did not find expected '-'",
    "could not find expected ':'",
)
"""Faults of rows that stand at a wrong level, or where a row is missing."""
_SYNTAX = (
    ("mapping values are not allowed", _CUT, QUOTE_HINT),
    (
        "found character that cannot start any token",
        "Teksti ei voi alkaa tällä merkillä (sarkain, @, ` tai %).",
        "Sisennä välilyönneillä, ja laita erikoismerkillä alkava teksti lainausmerkkeihin.",
    ),
    ("could not find expected ':'", _NO_COLON, _WRITTEN.capitalize()),
    ("unexpected end of stream", "Lainausmerkki jää sulkematta.", "Lisää loppuun lainausmerkki."),
    ("directive", "Rivi ei voi alkaa merkillä %.", "Poista rivi."),
    ("incompatible YAML", "Rivi ei voi alkaa merkillä %.", "Poista rivi."),
    ("tab character", "Rivi alkaa sarkaimella.", _NO_TAB),
    ("comment or line break", "Teksti ei voi alkaa merkillä | tai >.", QUOTE_HINT),
    ("expected node content", "Teksti ei voi alkaa tällä merkillä.", QUOTE_HINT),
    ("mapping keys are not allowed", "Teksti ei voi alkaa merkillä ?.", QUOTE_HINT),
    ("escape character", "Kenoviiva on lainausmerkeissä ohjausmerkki.", "Kirjoita \\\\."),
    ("escape code", "Kenoviiva on lainausmerkeissä ohjausmerkki.", "Kirjoita \\\\."),
    ("hexdecimal", "Kenoviiva on lainausmerkeissä ohjausmerkki.", "Kirjoita \\\\."),
    ("document indicator", "Lainausmerkki jää sulkematta.", "Lisää loppuun lainausmerkki."),
    ("did not find expected ',' or", "Sulku tai pilkku puuttuu.", QUOTE_HINT),
    (
        "block sequence entries",
        "Arvo alkaa viivalla, kuten luettelon kohta.",
        'Aloita luettelo uudelta riviltä. Jos tämä on tekstiä, kirjoita se näin: "- teksti".',
    ),
    ("did not find expected alphabetic", "Teksti ei voi alkaa merkillä & tai *.", QUOTE_HINT),
    ("found unexpected ':'", "Kaksoispiste on väärässä kohdassa.", QUOTE_HINT),
    ("expected <document start>", "Kuvaus on jo päättynyt.", "Poista ”...” ja loput."),
)  # fmt: skip
_TOLD_AT_START = (
    "end of stream", "document indicator",
    "could not find expected ':'", "',' or", "comment or line", "alphabetic or",
)  # fmt: skip
"""Faults that libyaml notices late; the author's slip is where the text began."""


def explain(error: yaml.MarkedYAMLError, lines: tuple[str, ...]) -> tuple[Mark, str, str]:
    """Return the place of a syntax error, what is wrong there and how to mend it."""
    told_of = f"{error.context} {error.problem}"
    place = error.problem_mark or error.context_mark
    if error.context_mark and any(key in told_of for key in _TOLD_AT_START):
        place = error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else Mark()
    before = lines[mark.line - 1][: mark.column - 1].rstrip() if mark.line <= len(lines) else ""
    if "did not find expected" in told_of and before.endswith(('"', "'")):
        return mark, "Lainausmerkin jälkeen on vielä tekstiä.", _OTHER_QUOTE[before[-1]]
    if "did not find expected" in told_of and before.endswith(("]", "}")):
        return mark, "Sulun jälkeen on vielä tekstiä.", QUOTE_HINT
    inside = 0 < mark.line <= len(lines)
    rows = without_texts(lines)
    uneven = inside and any(key in told_of for key in _UNEVEN) and not glued(rows, mark.line - 1)
    best = mend(lines, rows, mark.line - 1) if uneven else None
    lookup = inside and rows[mark.line - 1] and not best
    found = _of_lines(told_of, rows, mark.line - 1) if lookup else best
    at = found[0] if found else mark.line - 1
    sure = best or (found and found == bare(rows, found[0]))
    may_go_on = inside and not sure and any(key in told_of for key in _GOES_ON)
    if may_go_on and (on := goes_on(lines, at)):
        text = KEY.match(lines[at])
        told = (_CUT, on) if text else (_NO_COLON, f"{on} Muuten {_WRITTEN}")
        return _marked(lines, at, *told)
    if found:
        return _marked(lines, *found)
    curly = _CURLY.match(lines[mark.line - 1]) if mark.line <= len(lines) else None
    for key, message, hint in _SYNTAX:
        if key in told_of:
            mended = _CURLY_HINT.format(curly[1]) if curly and hint == QUOTE_HINT else hint
            return mark, message, mended
    return mark, "Rivi ei ole oikeaa YAML-tekstiä.", QUOTE_HINT


def slips(keys: Iterable[Mark], lines: tuple[str, ...]) -> Iterator[tuple[Mark, str, str]]:
    """Yield what `explain` does of the first keys that are sound YAML but cannot be meant."""
    first = {mark.line - 1: mark.column for mark in reversed([*keys])}
    own = (n for n, column in first.items() if not lines[n][: column - 1].strip(" -"))
    rows = without_texts(lines)
    found = (astray(rows, number) for number in sorted(own))
    yield from (_marked(lines, *told) for told in islice(filter(None, found), _MOST_SLIPS))


def _marked(lines: Sequence[str], number: int, message: str, hint: str) -> tuple[Mark, str, str]:
    column = len(lines[number]) - len(lines[number].lstrip()) + 1
    return Mark(number + 1, column), message, hint


def _of_lines(told_of: str, lines: Sequence[str], number: int) -> Told | None:
    """Return what the lines themselves show, where they tell more than libyaml does."""
    if found := of_print(lines, number):
        return found
    if "could not find expected ':'" in told_of:
        return glued(lines, number) or bare(lines, number)
    if "mapping values are not allowed" in told_of:
        above = said_above(lines, number)
        edge = above is not None and not lead(lines[above])
        slip = glued(lines, number) or two_in_one(lines, number) or extra_colon(lines, number)
        slip = slip or (at_edge(lines, above) if edge else None)
        return slip or too_deep(lines, number)
    if "did not find expected key" in told_of:
        return too_deep(lines, number) or misses(lines, number)
    if "expected <document start>" in told_of:
        return _first_row(lines, number)
    told = number, "Luettelon kohdat eivät ole samalla tasolla.", uneven(lines, number)
    return told if "did not find expected '-'" in told_of else None


def _first_row(lines: Sequence[str], number: int) -> Told | None:
    """Return what is told where the first row of a file is deeper than the one that follows."""
    first = next((at for at in range(number) if says(lines[at])), number)
    if "..." in lines[:number]:
        return None
    key = KEY.match(lines[first])
    if lines[first].startswith(" ") and key and key[2] in _OF_REVIEW:
        return lacks_row(first, "review:", 0)
    if lines[first].startswith(" "):
        return first, "Ensimmäinen rivi on sisennetty.", _NOT_FIRST
    return None if KEY.match(lines[first]) else (first, _NO_NAME, f"Poista rivi, tai {_WRITTEN}")


def headless(lines: Sequence[str]) -> tuple[Mark, str, str]:
    """Return what is told of a file that is not made of keys: it is a list, a text or empty."""
    first = next((at for at, line in enumerate(lines) if says(line)), 0)
    if lines and ITEM.match(lines[first]):
        rows = (at for at, line in enumerate(lines, 1) if line.startswith("- "))
        hint = f"Poista alusta viiva ja väli {listed(rows)}."
        return _marked(lines, first, "Tiedosto ei voi alkaa viivalla.", hint)
    return Mark(), _NO_NAME, "Aloita kohdan nimellä, esimerkiksi näin: ”name: Työpaja”."


def gathered(problems: list[Problem], lines: tuple[str, ...]) -> list[Problem]:
    """Return the problems; many keys in a row that are there twice are one slip above them.

    A key is not told to be there twice where its row is told to stand at a wrong level.
    """
    problems = list(dict.fromkeys(problems))
    dashes = sorted(p.mark for p in problems if p.message.startswith(LONG_DASH))[1:]
    problems = [p for p in problems if p.mark not in dashes]
    moved = {problem.mark.line: problem for problem in reversed(problems) if problem.rule == "yaml"}
    problems = [p for p in problems if p.rule != "yaml" or p is moved[p.mark.line]]
    problems = [p for p in problems if p.rule != TWICE or p.mark.line not in moved]
    rows = without_texts(lines)
    problems = [_perhaps_items(p, rows) if p.rule == TWICE else p for p in problems]
    twice = [problem for problem in problems if problem.rule == TWICE]
    if twice and (best := _untwice(twice, lines, rows)):
        return [*(p for p in problems if p.rule != TWICE), best]
    if len(twice) < _MANY_TWICE:
        return problems
    hint = "Puuttuuko tämän yläpuolelta viivalla ”- ” alkava rivi, tai onko se väärällä tasolla?"
    message = f"{twice[0].message} Samoin {len(twice) - 1} kohtaa sen jälkeen."
    kept = [problem for problem in problems if problem.rule != TWICE]
    return [*kept, replace(twice[0], message=message, hint=hint)]


def _perhaps_items(problem: Problem, rows: Sequence[str]) -> Problem:
    """Return what is told of a key twice in an item of a list: a dash may be missing between."""
    column = problem.mark.column - 1
    above = (at for at in range(problem.mark.line - 2, -1, -1) if says(rows[at]))
    item = next((at for at in above if lead(rows[at]) < column), None)
    inside = item is not None and ITEM.match(rows[item]) and column_of(rows[item]) == column
    return replace(problem, hint=f"{problem.hint} {_DASH_MISSING}") if inside else problem


def _untwice(twice: Sequence[Problem], lines: Sequence[str], rows: Sequence[str]) -> Problem | None:
    """Return the slip because of which keys seem to be there twice, if one can be told."""
    first = min(twice, key=lambda problem: problem.mark)
    other = int(first.message.rsplit(maxsplit=1)[-1].rstrip("."))
    found = mend(lines, rows, first.mark.line - 1, other - 1)
    if not found:
        return None
    mark, message, hint = _marked(lines, *found)
    return replace(
        first, mark=mark, message=message, rule="yaml", hint=hint, source_line=lines[found[0]]
    )
