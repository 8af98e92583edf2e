"""How a day is written → what an author is told of a text that is no day, in Finnish."""

import re
from calendar import monthrange
from datetime import date

_HINT = "Kirjoita päivä näin: 2026-01-31."
_MONTHS = 12


def day_hint(value: str) -> str:
    """Return how a day is written: the very day, or the last one of its month."""
    finnish = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", value.strip())
    match = finnish or re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value.strip())
    if match is None:
        return _HINT
    year, month, day = map(int, match.groups()[:: -1 if finnish else 1])
    try:
        return f"Kirjoita: {date(year, month, day)}"
    except ValueError:
        none = "Tätä päivää ei ole kalenterissa."
    if not (date.min.year <= year and 1 <= month <= _MONTHS and day):
        return f"{none} {_HINT}"
    return f"{none} Kuukauden viimeinen päivä on {date(year, month, monthrange(year, month)[1])}."
