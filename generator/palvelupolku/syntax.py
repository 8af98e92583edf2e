"""What libyaml complains of → what an author is told, in Finnish and where the slip was made."""

from collections.abc import Sequence

import yaml

from palvelupolku.errors import Mark

QUOTE_HINT = "Laita koko teksti lainausmerkkeihin."
_SYNTAX = (
    (
        "mapping values are not allowed",
        "Kaksoispiste tekstin sisällä sekoittaa.",
        "Laita koko teksti lainausmerkkeihin, tai tarkista sisennys.",
    ),
    (
        "found character that cannot start any token",
        "Teksti ei voi alkaa tällä merkillä (sarkain, @, ` tai %).",
        "Sisennä välilyönneillä, ja laita erikoismerkillä alkava teksti lainausmerkkeihin.",
    ),
    ("could not find expected ':'", "Riviltä puuttuu kaksoispiste.", "Muoto on ”avain: arvo”."),
    ("unexpected end of stream", "Lainausmerkki jää sulkematta.", "Lisää loppuun lainausmerkki."),
    ("directive", "Rivi ei voi alkaa merkillä %.", "Poista rivi."),
    ("incompatible YAML", "Rivi ei voi alkaa merkillä %.", "Poista rivi."),
    ("tab character", "Rivi alkaa sarkaimella.", "Sisennä välilyönneillä."),
    ("comment or line break", "Teksti ei voi alkaa merkillä | tai >.", QUOTE_HINT),
    ("expected node content", "Teksti ei voi alkaa tällä merkillä.", QUOTE_HINT),
    ("mapping keys are not allowed", "Teksti ei voi alkaa merkillä ?.", QUOTE_HINT),
    ("did not find expected key", "Sisennys ei osu kohdalleen.", "Samalla tasolla sama sisennys."),
    ("did not find expected '-'", "Luettelon kohdat eivät ole samalla tasolla.", ""),
    ("escape character", "Kenoviiva on lainausmerkeissä ohjausmerkki.", "Kirjoita \\\\."),
    ("escape code", "Kenoviiva on lainausmerkeissä ohjausmerkki.", "Kirjoita \\\\."),
    ("hexdecimal", "Kenoviiva on lainausmerkeissä ohjausmerkki.", "Kirjoita \\\\."),
    ("document indicator", "Lainausmerkki jää sulkematta.", "Lisää loppuun lainausmerkki."),
    ("did not find expected ',' or", "Sulku tai pilkku puuttuu.", QUOTE_HINT),
    ("block sequence entries", "Luettelo alkaa väärässä kohdassa.", "Aloita se uudelta riviltä."),
    ("did not find expected alphabetic", "Teksti ei voi alkaa merkillä & tai *.", QUOTE_HINT),
    ("found unexpected ':'", "Kaksoispiste on väärässä kohdassa.", QUOTE_HINT),
    ("expected <document start>", "Kuvaus on jo päättynyt.", "Poista ”...” ja loput."),
)  # fmt: skip
_TOLD_AT_START = (
    "end of stream", "document indicator",
    "could not find expected ':'", "',' or", "comment or line", "alphabetic or",
)  # fmt: skip
"""Faults that libyaml notices late; the author's slip is where the text began."""


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[Mark, str, str]:
    """Return the place of a syntax error, what is wrong there and how to mend it."""
    told_of = f"{error.context} {error.problem}"
    place = error.problem_mark or error.context_mark
    if error.context_mark and any(key in told_of for key in _TOLD_AT_START):
        place = error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else Mark()
    before = lines[mark.line - 1][: mark.column - 1].rstrip() if mark.line <= len(lines) else ""
    if "did not find expected key" in told_of and before.endswith(('"', "'")):
        return mark, "Lainausmerkin jälkeen on vielä tekstiä.", QUOTE_HINT
    for key, message, hint in _SYNTAX:
        if key in told_of:
            return mark, message, hint
    return mark, "Rivi ei ole oikeaa YAML-tekstiä.", QUOTE_HINT
