"""Placed things: boxes, lines and arrows, in CSS pixels from the top left corner."""

from dataclasses import dataclass

from palvelupolku.cards import Card
from palvelupolku.graph import Edge

Point = tuple[float, float]

ARROW_LENGTH, _ARROW_WIDTH = 10.0, 5.0


@dataclass(frozen=True)
class Box:
    """A placed card; `x` and `y` are its top left corner."""

    id: str
    x: float
    y: float
    card: Card

    @property
    def center(self) -> Point:
        """The middle of the box."""
        return self.x + self.card.width / 2, self.y + self.card.height / 2


@dataclass(frozen=True)
class Stroke:
    """One piece of a line: cubic Bézier control points, or the corners of a polyline."""

    points: tuple[Point, ...]
    curved: bool


@dataclass(frozen=True)
class Line:
    """A drawn choice: its strokes, the arrow's three corners, and the pill on it."""

    edge: Edge | None
    strokes: tuple[Stroke, ...]
    arrow: tuple[Point, ...]
    label: Box | None = None


@dataclass(frozen=True)
class Layout:
    """A placed drawing: its size, its boxes in reading order and its lines."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def arrow_head(base: Point, tip: Point) -> tuple[Point, ...]:
    """Return the tip and the two back corners of an arrow head that points from base to tip."""
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    dx, dy = dx / length, dy / length
    back = (tip[0] - dx * ARROW_LENGTH, tip[1] - dy * ARROW_LENGTH)
    across = (-dy * _ARROW_WIDTH, dx * _ARROW_WIDTH)
    return (
        tip,
        (back[0] + across[0], back[1] + across[1]),
        (back[0] - across[0], back[1] - across[1]),
    )
