"""Many services and outcomes that hang on one step: two columns of cards beside a trunk."""

from collections.abc import Mapping

from palvelupolku.cards import Card
from palvelupolku.geometry import ARROW_LENGTH, Box, Line, Point, Stroke, arrow_head
from palvelupolku.graph import Edge, PathGraph

_MANY_TARGETS = 3
_LANE, _GAP, _DROP = 52.0, 18.0, 22.0


def fans(
    graph: PathGraph,
    cards: Mapping[str, Card],
    labels: Mapping[Edge, Card],
) -> dict[str, "Fan"]:
    """Return a fan for each step that leads to several services or outcomes.

    Where the path goes on beside them, they stand at its sides instead.
    """
    targets = {node.id for node in graph.nodes if node.target}
    found = {}
    for node in graph.steps:
        edges = graph.edges_from(node.id)
        hanging = tuple(e for e in edges if e.target in targets)
        goes_on = any(e.target not in targets and e.kind != "return" for e in edges)
        if len(hanging) >= _MANY_TARGETS and not goes_on:
            found[node.id] = Fan(hanging, cards, labels)
    return found


class Fan:
    """Targets of one step along a trunk; `dot` sees them as one box."""

    def __init__(
        self,
        edges: tuple[Edge, ...],
        cards: Mapping[str, Card],
        labels: Mapping[Edge, Card],
    ) -> None:
        self.edges, self._cards, self._labels = edges, cards, labels
        pills = [labels[e] for e in edges if e in labels]
        self._column = max(card.width for card in (*(cards[e.target] for e in edges), *pills))
        self.width = 2 * self._column + _LANE
        rows = [edges[i : i + 2] for i in range(0, len(edges), 2)]
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
            row, column = divmod(index, 2)
            card = self._cards[edge.target]
            x = left + self.width - self._column
            if column == 0:
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
            return Line(edge, (*start, branch), arrow_head(branch.points[-1], (tip, level)))
        middle, low = box.center[0], box.y - 1 - ARROW_LENGTH
        side = (trunk, level), (middle - inward * pill.width / 2, level)
        drop = (middle, level + pill.height / 2), (middle, low)
        strokes = (*start, Stroke(side, curved=False), Stroke(drop, curved=False))
        corner = middle - pill.width / 2, level - pill.height / 2
        pill_box = Box(f"label {edge.source} {edge.target}", *corner, pill)
        return Line(edge, strokes, arrow_head((middle, low), (middle, box.y - 1)), pill_box)
