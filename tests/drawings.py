"""A drawn path read back from its SVG, and what would be wrong with it for a reader."""

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from palvelupolku.graph import PathGraph

SVG = "{http://www.w3.org/2000/svg}"
NEAR = 3.0
"""Pixels between a line's end and the card it belongs to."""


@dataclass(frozen=True)
class Rectangle:
    """A card or a pill by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Rectangle") -> bool:
        """Return whether the two share more than a hair's breadth of paper."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5

    def distance(self, x: float, y: float) -> float:
        """Return how far a point is from the rectangle; 0 inside it."""
        across = max(self.left - x, 0.0, x - self.right)
        down = max(self.top - y, 0.0, y - self.bottom)
        return max(across, down)


@dataclass(frozen=True)
class Drawn:
    """The cards by address, the lines and their arrows, the pills by words, and the paper."""

    cards: dict[str, list[Rectangle]]
    words: dict[str, str]
    lines: list[tuple[str, str, str, str]]
    """From, to, the line's commands and its arrow's commands."""
    pills: list[tuple[str, Rectangle]]
    paper: Rectangle


def read(svg: str) -> Drawn:
    """Return what the SVG shows; raises `ParseError` when it is not well-formed XML."""
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    cards: dict[str, list[Rectangle]] = {}
    words: dict[str, str] = {}
    for link in root.iter(f"{SVG}a"):
        node = link.attrib["href"].removeprefix("#")
        cards.setdefault(node, []).append(_rectangle(link))
        words[node] = _text(link, "pp-node__title")
    lines: list[tuple[str, str, str, str]] = []
    for path in root.iter(f"{SVG}path"):
        kind = path.attrib["class"].split()[0]
        if kind == "pp-line":
            lines.append((path.attrib["data-from"], path.attrib["data-to"], path.attrib["d"], ""))
        elif kind == "pp-arrow":
            lines[-1] = (*lines[-1][:3], path.attrib["d"])
    pills = [
        (_text(group, "pp-label__text"), _rectangle(group))
        for group in root.iter(f"{SVG}g")
        if group.attrib.get("class", "").startswith("pp-label ")
    ]
    paper = Rectangle(0, 0, float(root.attrib["width"]), float(root.attrib["height"]))
    return Drawn(cards, words, lines, pills, paper)


def faults(svg: str, graph: PathGraph) -> list[str]:
    """Return what a reader would miss or misread in the drawing of a path."""
    drawn = read(svg)
    cards = [(name, box) for name, boxes in drawn.cards.items() for box in boxes]
    everything = [*cards, *drawn.pills]
    found = [f"cards: {sorted(n for n, _ in cards)}"] if not _same_nodes(cards, graph) else []
    found += [f"off the paper: {n}" for n, box in everything if not _holds(drawn.paper, box)]
    found += [
        f"overlap: {one} and {other}"
        for (one, first), (other, second) in combinations(everything, 2)
        if first.meets(second)
    ]
    choices = sorted((e.source, e.target) for e in graph.edges)
    if sorted((source, target) for source, target, _, _ in drawn.lines) != choices:
        found.append("a choice has no line, or a line no choice")
    for source, target, line, arrow in drawn.lines:
        if not arrow or not _touches(drawn.cards.get(target), arrow):
            found.append(f"no arrow at the end: {source} → {target}")
        if not _touches(drawn.cards.get(source), line):
            found.append(f"the line begins elsewhere: {source} → {target}")
    conditions = sorted(_letters(e.condition) for e in graph.edges if e.condition)
    if sorted(_letters(text) for text, _ in drawn.pills) != conditions:
        found.append("a condition is not on the drawing as it was written")
    found += [
        f"cut name: {drawn.words.get(node.id)}"
        for node in graph.steps
        if node.step and _letters(drawn.words.get(node.id, "")) != _letters(node.step.name.fi)
    ]
    return found


def _same_nodes(cards: list[tuple[str, Rectangle]], graph: PathGraph) -> bool:
    return sorted(name for name, _ in cards) == sorted(node.id for node in graph.nodes)


def _touches(cards: list[Rectangle] | None, commands: str) -> bool:
    """Return whether the first point of the commands is at the card."""
    return bool(cards) and cards[0].distance(*_points(commands)[0]) <= NEAR


def _holds(paper: Rectangle, box: Rectangle) -> bool:
    across = paper.left <= box.left and box.right <= paper.right
    return across and paper.top <= box.top and box.bottom <= paper.bottom


def _rectangle(element: ET.Element) -> Rectangle:
    left, top = _points(element.attrib["transform"])[0]
    shape = element.find(f"{SVG}rect")
    if shape is not None:
        width, height = float(shape.attrib["width"]), float(shape.attrib["height"])
    else:
        corners = _points(element.findall(f"{SVG}path")[0].attrib["d"])
        width, height = (max(c[axis] for c in corners) for axis in (0, 1))
    return Rectangle(left, top, left + width, top + height)


def _points(commands: str) -> list[tuple[float, float]]:
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", commands)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _text(element: ET.Element, role: str) -> str:
    texts = element.iter(f"{SVG}text")
    return " ".join(t.text or "" for t in texts if role in t.attrib["class"].split())


def _letters(text: str) -> str:
    """Return the text without what wrapping may add or take: spaces, hyphens, soft hyphens."""
    return re.sub(r"[\s\u00ad-]", "", text)
