"""Placed things: boxes, lines and arrows, in CSS pixels from the top left corner."""

from dataclasses import dataclass, replace
from typing import Literal

from palvelupolku.cards import BEVEL, RADII, Card
from palvelupolku.graph import EdgeKind

Point = tuple[float, float]
LineKind = EdgeKind | Literal["aside"]
"""What a line says; on a map, `aside` is a way inside a column or backwards."""

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

    source: str
    target: str
    kind: LineKind
    strokes: tuple[Stroke, ...]
    arrow: tuple[Point, ...]
    label: Box | None = None
    back_arrow: tuple[Point, ...] = ()
    """The arrow at the source, where one line stands for the ways there and back."""

    def reversed(self) -> "Line":
        """Return the same line drawn from its target to its source."""
        strokes = tuple(Stroke(s.points[::-1], s.curved) for s in reversed(self.strokes))
        return replace(self, strokes=strokes, arrow=self.back_arrow, back_arrow=self.arrow)


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


def on_outline(point: Point, box: Box) -> Point:
    """Return where the way from a point on a box's edge inward meets the shape in the box.

    Graphviz ends its lines at the box; at a slanted side or a round corner that is too early.
    """
    if box.card.shape == "hexagon":
        return _on_hexagon(point, box)
    radius = RADII[box.card.shape]
    left, right = box.x + radius, box.x + box.card.width - radius
    top, bottom = box.y + radius, box.y + box.card.height - radius
    near = min(max(point[0], left), right), min(max(point[1], top), bottom)
    dx, dy = point[0] - near[0], point[1] - near[1]
    if not dx or not dy:
        return point
    inward = min(1.0, radius / (dx * dx + dy * dy) ** 0.5)
    return near[0] + dx * inward, near[1] + dy * inward


def _on_hexagon(point: Point, box: Box) -> Point:
    middle_x, middle_y = box.center
    across = abs(point[0] - middle_x) / (box.card.width / 2)
    along = abs(point[1] - middle_y) / (box.card.height / 2)
    slant = BEVEL / (box.card.width / 2)
    inward = 1 / max(1.0, along, across + slant * along)
    return middle_x + (point[0] - middle_x) * inward, middle_y + (point[1] - middle_y) * inward


def touching(line: Line, source: Box, target: Box) -> Line:
    """Return the line lengthened to the outlines of the cards it joins."""
    return _ending(_ending(line, target).reversed(), source).reversed()


def _ending(line: Line, box: Box) -> Line:
    """Return the line with its last end, or its arrow, on the outline of a card."""
    base = line.strokes[-1].points[-1]
    end = line.arrow[0] if line.arrow else base
    tip = on_outline(end, box)
    if tip == end:
        return line
    if not line.arrow:
        return replace(line, strokes=(*line.strokes, Stroke((base, tip), curved=False)))
    arrow = arrow_head(base, tip)
    back = (arrow[1][0] + arrow[2][0]) / 2, (arrow[1][1] + arrow[2][1]) / 2
    return replace(line, strokes=(*line.strokes, Stroke((base, back), curved=False)), arrow=arrow)
