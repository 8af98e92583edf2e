"""How wide a text is in the page's own font, and how it wraps into the lines of a card.

Widths are sums of the font's advance widths (no kerning), in CSS pixels. A line leaves room for
WCAG 2.2's text spacing (1.4.12): letters 0.12 em and words 0.16 em wider than set.
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from fontTools.ttLib import TTFont

from palvelupolku.finnish import SOFT_HYPHEN, break_points
from palvelupolku.resources import FONTS

_LETTER_SPACING, _WORD_SPACING = 0.12, 0.16
_LINE_COST, _BREAK_COST, _OVERFLOW_COST = 1.2, 0.55, 50.0
_CUT_COST = 9.0


@cache
def _advances(weight: int) -> dict[str, float]:
    font = TTFont(FONTS / f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2")
    widths, units = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): widths[glyph][0] / units for code, glyph in font.getBestCmap().items()}


@cache
def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return the width in pixels; a letter the font lacks counts as an m."""
    advances = _advances(weight)
    return size * sum(advances.get(letter, advances["m"]) for letter in text)


def spaced_width(text: str, size: float, weight: int = 400) -> float:
    """Return the width in pixels under WCAG 1.4.12's text spacing."""
    spacing = len(text) * _LETTER_SPACING + text.count(" ") * _WORD_SPACING
    return text_width(text, size, weight) + size * spacing


class _Piece(NamedTuple):
    text: str
    starts_word: bool
    cost: float


def wrap(text: str, width: float, size: float, weight: int = 400) -> tuple[str, ...]:
    """Return the lines with the least ragged edge whose spaced width fits (Knuth and Plass, 1981).

    Words break at compound seams before syllables, and anywhere when nothing else fits.
    """
    whole = (piece for word in text.split() for piece in _pieces(word))
    pieces = [part for piece in whole for part in _fitting(piece, width, size, weight)]

    def line(start: int, end: int) -> str:
        words = "".join(
            (" " if p.starts_word and i else "") + p.text for i, p in enumerate(pieces[start:end])
        )
        broken = end < len(pieces) and not pieces[end].starts_word
        return words + ("-" if broken and not words.endswith("-") else "")

    best: dict[int, tuple[float, tuple[str, ...]]] = {len(pieces): (0.0, ())}
    for start in reversed(range(len(pieces))):
        options = []
        for end in range(start + 1, len(pieces) + 1):
            words = line(start, end)
            slack = width - spaced_width(words, size, weight)
            if slack < 0 and end > start + 1:
                break
            is_last = end == len(pieces)
            cost = (slack / width) ** 2 * (0.4 if is_last else 2.0) + _LINE_COST
            cost += 0 if is_last else pieces[end].cost * _BREAK_COST
            cost += -slack * _OVERFLOW_COST if slack < 0 else 0
            options.append((cost + best[end][0], (words, *best[end][1])))
        best[start] = min(options)
    return best[0][1]


def _fitting(piece: _Piece, width: float, size: float, weight: int) -> Iterator[_Piece]:
    """Yield the piece, cut where it has to be when it is wider than a line."""
    text, starts_word, cost = piece
    while spaced_width(text, size, weight) > width and len(text) > 1:
        end = 1
        while spaced_width(text[: end + 1] + "-", size, weight) <= width:
            end += 1
        yield _Piece(text[:end], starts_word, cost)
        text, starts_word, cost = text[end:], False, _CUT_COST
    yield _Piece(text, starts_word, cost)


def _pieces(word: str) -> list[_Piece]:
    if SOFT_HYPHEN in word:
        parts = word.split(SOFT_HYPHEN)
        return [_Piece(part, i == 0, 0.0 if i == 0 else 1.0) for i, part in enumerate(parts)]
    breaks = break_points(word)
    cuts = [0, *sorted(breaks), len(word)]
    return [
        _Piece(word[a:b], a == 0, 0.0 if a == 0 else 1.0 + 2.0 * breaks[a])
        for a, b in pairwise(cuts)
    ]
