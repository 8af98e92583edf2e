"""A node of a path or a map → its card: wrapped words and a size, all in CSS pixels.

A card holds its text with WCAG 1.4.12's text spacing, so no letter leaves its box when a reader
widens the text.
"""

from dataclasses import dataclass
from typing import Literal

from palvelupolku.measure import spaced_width, text_width, wrap

Shape = Literal["card", "round", "hexagon"]
RADII: dict[Shape, float] = {"card": 10.0, "round": 24.0, "hexagon": 0.0}
"""How round the corners of a shape are."""

CARD_WIDTH = 196.0
TITLE_SIZE, TITLE_LINE, TITLE_WEIGHT = 15.0, 19.0, 600
SMALL_SIZE, SMALL_LINE, SMALL_WEIGHT = 12.5, 16.0, 600
LABEL_SIZE, LABEL_LINE, LABEL_WEIGHT = 13.0, 16.5, 600
BEVEL = 16.0
"""How far the points of a hexagon reach beyond its flat edges."""
LABEL_WIDTH = 138.0
_PADDING, _SPARE, _HEXAGON_PADDING = 14.0, 8.0, 22.0
_TOP, _BOTTOM = 13.0, 12.0


@dataclass(frozen=True)
class Card:
    """The words and the size of one card."""

    width: float
    height: float
    above: tuple[str, ...]
    """Small lines over the title: who acts, or where the line leads."""
    title: tuple[str, ...]
    below: tuple[str, ...]
    """Small lines under the title."""
    shape: Shape = "card"


def card(
    title: str,
    above: str = "",
    below: str = "",
    *,
    shape: Shape = "card",
    width: float = CARD_WIDTH,
) -> Card:
    """Return a card of the given width, as high as its words need."""
    hexagon = shape == "hexagon"
    padding = _HEXAGON_PADDING if hexagon else _PADDING
    room = width - padding - (padding if hexagon else _SPARE)
    lines = wrap(title, room, TITLE_SIZE, TITLE_WEIGHT)
    upper = wrap(above, room, SMALL_SIZE, SMALL_WEIGHT) if above else ()
    lower = wrap(below, room, SMALL_SIZE, SMALL_WEIGHT) if below else ()
    height = _TOP + _BOTTOM + len(lines) * TITLE_LINE + (len(upper) + len(lower)) * SMALL_LINE
    return Card(width, height + (8 if hexagon else 0), upper, lines, lower, shape)


def label(text: str, width: float = LABEL_WIDTH) -> Card:
    """Return the pill with a condition, as wide as its words need."""
    lines = wrap(text, width - 2 * _SPARE, LABEL_SIZE, LABEL_WEIGHT)
    longest = max(text_width(line, LABEL_SIZE, LABEL_WEIGHT) + 2 * _SPARE for line in lines)
    spaced = max(spaced_width(line, LABEL_SIZE, LABEL_WEIGHT) + _SPARE for line in lines)
    return Card(max(longest, spaced), len(lines) * LABEL_LINE + 8, (), lines, ())
