"""Whether a step fits the meeting view: large words, and no scrolling on a screen of 1280 × 720.

The measures are those of the style sheet, in CSS pixels. A line is filled as a browser fills it,
but without kerning, so that the warning comes at or a little before the text meets the buttons.
"""

from collections.abc import Iterator
from datetime import date
from math import ceil

from palvelupolku.errors import Problem
from palvelupolku.fields import Location, full_address
from palvelupolku.measure import text_width
from palvelupolku.mirror import effective
from palvelupolku.model import Service, Step
from palvelupolku.prose import paragraphs
from palvelupolku.source import Reading
from palvelupolku.supplement import Supply
from palvelupolku.validity import valid_on
from palvelupolku.yamltext import Document

_SIZE, _LINE = 28.0, 37.8
_NAME_SIZE, _NAME_LINE, _NAME_WEIGHT = 33.6, 44.2, 600
_COLUMN, _INDENT = 525.0, 35.0
"""How wide the box of the client's text is inside, and how much of it an item of a list loses."""
_WHOLE, _NUMBER, _HERE = 1160.0, 66.0, 210.0
"""How wide the heading is, and a step's number and the words for being here beside the name."""
ROOM = 378.0
"""How high the client's text may be: from the box's own heading to the buttons."""
_BETWEEN = 5.6
ASK = "Kysy omalta työntekijältäsi."
"""What stands on the page where a step names nobody to ask."""


def check(service: Service, document: Document, day: date) -> Iterator[Problem]:
    """Yield a warning for each step, valid on the day, whose words a meeting has no room for."""
    for index, step in enumerate(service.steps):
        if step.valid_on(day):
            yield from _room(step, ("steps", index, "client"), document)


def check_towns(reading: Reading, day: date) -> Iterator[Problem]:
    """Yield the same warning for what municipalities say to the client beside the shared words."""
    for place, supplement, document in reading.supplement_files():
        region, _, name = place.partition("/")
        model = reading.library.regions.get(region)
        town = model.municipalities.get(name) if model else None
        for index, supply in enumerate(supplement.services):
            service = reading.library.services.get(full_address(supply.service, region))
            if town is None or service is None or not supply.valid_on(day):
                continue
            said = _said(supply, ("services", index))
            for step in effective(valid_on(service, day), supply, town.name.fi).steps:
                if step.id in said:
                    yield from _room(step, said[step.id], document)


def _said(supply: Supply, at: Location) -> dict[str, Location]:
    """Return where a municipality speaks to the client, by the id of the step."""
    said: dict[str, Location] = {}
    for index, difference in enumerate(supply.steps):
        for key in ("contact", "reason" if difference.state == "missing" else "client"):
            if getattr(difference, key):
                said[difference.id] = (*at, "steps", index, key)
    return said | {
        step.id: (*at, "added", index, "client") for index, step in enumerate(supply.added)
    }


def _room(step: Step, at: Location, document: Document) -> Iterator[Problem]:
    if (high := height(step)) > ROOM:
        lines, room = ceil(high / _LINE), int(ROOM / _LINE)
        message = f"Teksti ei mahdu kokousnäkymään: {lines} riviä, tilaa on {room}."
        hint = "Jätä asiakkaalle se, mitä hän nyt tekee. Muu sopii kohtaan plain."
        yield document.problem(
            at, message, "long-client-text", hint, at_key=True, severity="warning"
        )


def height(step: Step) -> float:
    """Return what the client's text takes in the view, with what a long name takes from it.

    The plain words count as well where there are some: each version of a page has its meeting.
    """
    return max(_height(step, simple=False), _height(step, simple=True))


def _height(step: Step, *, simple: bool) -> float:
    texts = (step.name, step.client, step.contact)
    name, client, ask = ((t.plainest if simple else t.fi) if t else ASK for t in texts)
    parts = paragraphs(client)
    width = _COLUMN - (_INDENT if len(parts) > 1 else 0)
    lines = sum(_lines(part, width) for part in [*parts, ask])
    return lines * _LINE + (len(parts) - 1) * _BETWEEN + _heading(name)


def _heading(name: str) -> float:
    """Return how much higher a heading is than one line: what does not fit beside goes below."""
    room = _WHOLE - _NUMBER - text_width(name, _NAME_SIZE, _NAME_WEIGHT)
    if room >= 0:
        return 0 if room >= _HERE else _NAME_LINE
    return _NAME_LINE * (1 + _lines(name, _WHOLE, _NAME_SIZE, _NAME_WEIGHT))


def _lines(text: str, width: float, size: float = _SIZE, weight: int = 400) -> int:
    """Return how many lines the text fills; a word wider than a line goes on to the next."""
    lines, used = 1, 0.0
    for word in text.split():
        wide, space = text_width(word, size, weight), text_width(" ", size, weight)
        if used and used + space + wide > width:
            lines, used = lines + 1, 0.0
        used += (space if used else 0) + wide
        lines, used = lines + int(used / width), used % width
    return lines
