"""Many services and outcomes that hang on one step: two columns of cards beside a trunk."""

from collections.abc import Mapping

from palvelupolku.cards import Card
from palvelupolku.geometry import ARROW_LENGTH, Box, Line, Point, Stroke, arrow_head
from palvelupolku.graph import Edge, PathGraph

MANY_TARGETS = 3
_FAN_LANE, _FAN_GAP, _FAN_DROP = 52.0, 18.0, 22.0


def fans(
    graph: PathGraph,
    cards: Mapping[str, Card],
    labels: Mapping[Edge, Card],
) -> dict[str, "Fan"]:
    """Return a fan for each step that leads to at least `MANY_TARGETS` services or outcomes."""
    targets = {node.id for node in graph.nodes if node.target}
    found = {}
    for node in graph.steps:
        edges = tuple(e for e in graph.edges_from(node.id) if e.target in targets)
        if len(edges) >= MANY_TARGETS:
            found[node.id] = Fan(edges, cards, labels)
    return found


class Fan:
    """Many targets of one step: cards in two columns on both sides of a trunk."""

    def __init__(
        self,
        edges: tuple[Edge, ...],
        cards: Mapping[str, Card],
        labels: Mapping[Edge, Card],
    ) -> None:
        self.edges, self._cards, self._labels = edges, cards, labels
        widths = [cards[e.target].width for e in edges]
        self._column = max(*widths, *(labels[e].width for e in edges if e in labels), 0)
        self.width = 2 * self._column + _FAN_LANE
        rows = [edges[i : i + 2] for i in range(0, len(edges), 2)]
        heights = [max(self._item_height(e) for e in row) for row in rows]
        self._tops = [sum(heights[:i]) + _FAN_GAP * (i + 1) for i in range(len(rows))]
        self.height = sum(heights) + _FAN_GAP * len(rows)

    def _item_height(self, edge: Edge) -> float:
        pill = self._labels.get(edge)
        return self._cards[edge.target].height + (pill.height + _FAN_DROP if pill else 0)

    def place(
        self,
        corner: Point,
        entry: tuple[tuple[Point, ...], tuple[Point, ...]],
    ) -> tuple[dict[str, Box], list[Line]]:
        """Return the boxes and lines, with the fan's corner and the curve that enters it."""
        left, top = corner
        trunk = left + self.width / 2
        boxes: dict[str, Box] = {}
        lines: list[Line] = []
        for index, edge in enumerate(self.edges):
            card, pill = self._cards[edge.target], self._labels.get(edge)
            right = index % 2
            x = left + (self._column + _FAN_LANE if right else self._column - card.width)
            y = top + self._tops[index // 2]
            side = x if right else x + card.width
            boxes[edge.target] = Box(edge.target, x, y + (pill.height + _FAN_DROP if pill else 0), card)
            lines.append(self._branch(edge, entry[0], (trunk, side), boxes[edge.target], pill, y))
        return boxes, lines

    def _branch(  # noqa: PLR0913 - a branch is drawn from that many measures
        self,
        edge: Edge,
        entry: tuple[Point, ...],
        lane: tuple[float, float],
        box: Box,
        pill: Card | None,
        y: float,
    ) -> Line:
        trunk, side = lane
        end_x, end_y = entry[-1]
        inward = 1 if side > trunk else -1
        joint = ((end_x, end_y), (end_x, end_y + 6), (trunk, end_y + 6))
        level = y + pill.height / 2 if pill else box.center[1]
        start = (Stroke(entry, curved=True), Stroke((*joint, (trunk, level)), curved=False))
        if pill is None:
            base = (side - inward * (ARROW_LENGTH + 1), level)
            branch = Stroke(((trunk, level), base), curved=False)
            return Line(edge, (*start, branch), arrow_head(base, (side - inward, level)))
        middle = (side if inward > 0 else side - pill.width) + pill.width / 2
        base = (middle, box.y - 1 - ARROW_LENGTH)
        branch = Stroke(((trunk, level), (side, level)), curved=False)
        drop = Stroke(((middle, y + pill.height), base), curved=False)
        pill_box = Box(f"label {edge.source} {edge.target}", middle - pill.width / 2, y, pill)
        return Line(edge, (*start, branch, drop), arrow_head(base, (middle, box.y - 1)), pill_box)
