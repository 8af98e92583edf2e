"""Many services and outcomes that hang on one step: cards beside a trunk, in a column or two."""

from collections.abc import Mapping
from typing import Literal

from palvelupolku.cards import Card
from palvelupolku.geometry import ARROW_LENGTH, Box, Line, Point, Stroke, arrow_head
from palvelupolku.graph import Edge, PathGraph

_MANY_TARGETS = 3
_PULL = 12
"""How hard `dot` pulls a fan right below its step."""
_LANE, _GAP, _DROP = 52.0, 18.0, 22.0


def fans(
    graph: PathGraph,
    cards: Mapping[str, Card],
    labels: Mapping[Edge, Card],
) -> dict[str, "Fan"]:
    """Return a fan for each step that leads to several services or outcomes.

    They stand in one column at the side of the path; in two below it, if nothing else is there. A
    fan holds what follows or what goes on at the same time, never both.
    """
    targets = {node.id for node in graph.nodes if node.target}
    hanging = {node.id: _hanging(graph.edges_from(node.id), targets) for node in graph.steps}
    hanging = {name: edges for name, edges in hanging.items() if len(edges) >= _MANY_TARGETS}
    found: dict[str, Fan] = {}
    for name, edges in hanging.items():
        others = [e for e in graph.edges_from(name) if e not in edges and e.kind != "return"]
        alone = name == graph.steps[-1].id and not others and len(hanging) == 1
        found[name] = Fan(edges, cards, labels, columns=2 if alone else 1)
    return found


def _hanging(edges: tuple[Edge, ...], targets: set[str]) -> tuple[Edge, ...]:
    """Return the choices of the commonest kind that leave the path."""
    kinds = [
        tuple(edge for edge in edges if edge.target in targets and edge.kind == kind)
        for kind in ("onward", "parallel")
    ]
    return max(kinds, key=len)


class Fan:
    """Targets of one step along a trunk; `dot` sees them as one box."""

    def __init__(
        self,
        edges: tuple[Edge, ...],
        cards: Mapping[str, Card],
        labels: Mapping[Edge, Card],
        columns: Literal[1, 2],
    ) -> None:
        self.edges, self._cards, self._labels, self._columns = edges, cards, labels, columns
        pills = [labels[e] for e in edges if e in labels]
        self._column = max(card.width for card in (*(cards[e.target] for e in edges), *pills))
        self.width = columns * (self._column + _LANE / 2)
        self.port = "n" if columns == 2 else "nw"  # noqa: PLR2004 - the trunk is in the middle
        self.weight = _PULL if columns == 2 else 1  # noqa: PLR2004 - and hangs straight below
        rows = [edges[i : i + columns] for i in range(0, len(edges), columns)]
        heights = [max((labels[e].height for e in row if e in labels), default=0.0) for row in rows]
        self._pill_rooms = [height + _DROP if height else 0.0 for height in heights]
        self._tops = [_GAP]
        for room, row in zip(self._pill_rooms, rows, strict=True):
            bottom = self._tops[-1] + room + max(cards[e.target].height for e in row)
            self._tops.append(bottom + _GAP)
        self.height = self._tops[-1] - _GAP

    def place(self, corner: Point, entry: tuple[Point, ...]) -> tuple[dict[str, Box], list[Line]]:
        """Return the boxes and lines, with the fan's corner and the curve that enters it."""
        left, top = corner
        boxes: dict[str, Box] = {}
        lines: list[Line] = []
        for index, edge in enumerate(self.edges):
            row, column = divmod(index, self._columns)
            card = self._cards[edge.target]
            x = left + self.width - self._column
            if column == 0 and self._columns > 1:
                x = left + self._column - card.width
            y, room = top + self._tops[row], self._pill_rooms[row]
            boxes[edge.target] = Box(edge.target, x, y + room, card)
            middle = y + (room - _DROP) / 2
            lines.append(self._branch(edge, entry, boxes[edge.target], middle))
        return boxes, lines

    def _branch(self, edge: Edge, entry: tuple[Point, ...], box: Box, pill_level: float) -> Line:
        pill = self._labels.get(edge)
        trunk = entry[-1][0]
        inward = 1 if box.x > trunk else -1
        level = pill_level if pill else box.center[1]
        start = (Stroke(entry, curved=True), Stroke((entry[-1], (trunk, level)), curved=False))
        if pill is None:
            tip = (box.x if inward > 0 else box.x + box.card.width) - inward
            branch = Stroke(((trunk, level), (tip - inward * ARROW_LENGTH, level)), curved=False)
            arrow = arrow_head(branch.points[-1], (tip, level))
            return Line(edge.source, edge.target, edge.kind, (*start, branch), arrow)
        middle, low = box.center[0], box.y - 1 - ARROW_LENGTH
        side = (trunk, level), (middle - inward * pill.width / 2, level)
        drop = (middle, level + pill.height / 2), (middle, low)
        strokes = (*start, Stroke(side, curved=False), Stroke(drop, curved=False))
        corner = middle - pill.width / 2, level - pill.height / 2
        pill_box = Box(f"label {edge.source} {edge.target}", *corner, pill)
        arrow = arrow_head((middle, low), (middle, box.y - 1))
        return Line(edge.source, edge.target, edge.kind, strokes, arrow, pill_box)
