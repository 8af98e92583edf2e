"""A path graph → where everything stands.

Conditions are nodes of their own, so lines never cross their words, and a return is laid out as
if it ran forward, so it bends no rank.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from palvelupolku.cards import Card
from palvelupolku.dot import Drawing, Placed
from palvelupolku.fan import Fan, fans
from palvelupolku.geometry import Layout, Line, LineKind, Stroke, touching
from palvelupolku.graph import Edge, PathGraph

_SPINE = 12
"""How hard `dot` pulls the way to the next step, and a target under its pill, into one line."""

_SPINE_GROUP = "spine"


def place(graph: PathGraph, cards: Mapping[str, Card], labels: Mapping[Edge, Card]) -> Layout:
    """Return the flow of a path, top to bottom.

    `cards` has one entry per node, `labels` one per edge with a condition. Three or more services
    or outcomes of one step hang together on a trunk below it.
    """
    hanging = fans(graph, cards, labels)
    in_fan = {edge for fan in hanging.values() for edge in fan.edges}
    single = [edge for edge in graph.edges if edge not in in_fan]
    hung = frozenset(edge.target for edge in in_fan)
    whole = _Whole(graph, cards, labels, hanging, single, hung)
    placed = whole.draw(())
    astray = whole.astray(placed)
    again = whole.draw(astray) if astray else placed
    if len(whole.astray(again)) < len(astray):
        placed = again
    boxes = {n.id: placed.box(n.id, cards[n.id]) for n in graph.nodes if n.id not in hung}
    lines = [_line(edge, placed, labels.get(edge)) for edge in single]
    for source, fan in hanging.items():
        fan_boxes, fan_lines = fan.place(placed.corner(fan), placed.curve((source, fan))[0])
        boxes |= fan_boxes
        lines += fan_lines
    lines = [touching(line, boxes[line.source], boxes[line.target]) for line in lines]
    ordered = tuple(boxes[node.id] for node in graph.nodes)
    return Layout(placed.width, placed.height, ordered, tuple(lines))


@dataclass(frozen=True)
class _Whole:
    """What is drawn of a path, before `dot` has placed it."""

    graph: PathGraph
    cards: Mapping[str, Card]
    labels: Mapping[Edge, Card]
    hanging: Mapping[str, Fan]
    single: Sequence[Edge]
    """The choices outside the fans."""
    hung: frozenset[str]
    """The nodes in the fans."""

    def draw(self, pinned: Sequence[Edge]) -> Placed:
        """Return the drawing; the conditions of pinned returns are held on the spine's left."""
        graph, labels = self.graph, self.labels
        drawing = Drawing(rankdir="TB", nodesep=0.2, ranksep=0.32, keep_order=True)
        for node in graph.nodes:
            if node.id not in self.hung:
                card, group = self.cards[node.id], _SPINE_GROUP if node.step else ""
                drawing.box(node.id, card.width, card.height, group)
        order = self._order()
        for edge in sorted(self.single, key=lambda edge: _side(edge, graph, order)):
            _link(drawing, edge, labels.get(edge), order)
        for edge in pinned:
            middle = graph.steps[(order[edge.source] + order[edge.target]) // 2]
            drawing.left_of(edge, middle.id)
        for above, edge in _stacked(graph, self.single, order):
            drawing.link(
                above.target, edge if edge in labels else edge.target, weight=_SPINE, invisible=True
            )
        for source, fan in self.hanging.items():
            drawing.box(fan, fan.width, fan.height)
            drawing.link(source, fan, weight=fan.weight, port=fan.port)
        return drawing.run()

    def astray(self, placed: Placed) -> list[Edge]:
        """Return the returns past a step whose conditions ended on the right of the spine."""
        order = self._order()
        return [
            edge for edge in self.single
            if edge.kind == "return" and edge in self.labels
            and order[edge.source] - order[edge.target] > 1
            and placed.corner(edge)[0] > placed.corner(edge.target)[0] + self._half(edge.target)
        ]  # fmt: skip

    def _half(self, name: str) -> float:
        return self.cards[name].width / 2

    def _order(self) -> dict[str, int]:
        return {node.id: index for index, node in enumerate(self.graph.steps)}


def place_map(
    columns: Sequence[Sequence[str]],
    links: Iterable[tuple[str, str]],
    cards: Mapping[str, Card],
) -> Layout:
    """Return the map of a region, left to right: one column of services per stage.

    Links inside a column or backwards do not move the columns. Two places that lead to each other
    are joined by one line with two arrows.
    """
    column_of = {name: index for index, column in enumerate(columns) for name in column}
    drawing = Drawing(rankdir="LR", nodesep=0.2, ranksep=0.95, keep_order=False)
    for column in columns:
        for name in column:
            drawing.box(name, cards[name].width, cards[name].height)
        drawing.rank(column)
    for one, two in pairwise(columns):
        drawing.order(one[0], two[0])
    every = set(links)
    drawn = sorted(
        (source, target) for source, target in every
        if (target, source) not in every
        or (column_of[source], source) < (column_of[target], target)
    )  # fmt: skip
    for source, target in drawn:
        onward = column_of[source] < column_of[target]
        both = (target, source) in every
        drawing.link(source, target, arrow=True, constraint=onward, both=both)
    placed = drawing.run()
    boxes = {name: placed.box(name, cards[name]) for column in columns for name in column}
    lines = []
    for source, target in drawn:
        points, arrow, back_arrow = placed.two_way((source, target))
        kind: LineKind = "onward" if column_of[source] < column_of[target] else "aside"
        line = Line(
            source, target, kind, (Stroke(points, curved=True),), arrow, back_arrow=back_arrow
        )
        lines.append(touching(line, boxes[source], boxes[target]))
    return Layout(placed.width, placed.height, tuple(boxes.values()), tuple(lines))


def _side(edge: Edge, graph: PathGraph, order: Mapping[str, int]) -> tuple[int, int]:
    """Return where a line leaves its card: returns and skips left, the next below, the rest right.

    Of several services or outcomes every second one stands left, so that the drawing stays narrow.
    """
    source, target = order[edge.source], order.get(edge.target)
    if edge.kind == "return":
        return 1, source
    if target is not None:
        return (2 if target == source + 1 else 1), target
    aside = [e for e in graph.edges_from(edge.source) if e.target not in order]
    return (0 if aside.index(edge) % 2 else 3), source


def _stacked(
    graph: PathGraph,
    edges: Sequence[Edge],
    order: Mapping[str, int],
) -> Iterator[tuple[Edge, Edge]]:
    """Yield the third and later services or outcomes of a step under the one two before it."""
    for node in graph.steps:
        aside = [e for e in edges if e.source == node.id and e.target not in order]
        yield from zip(aside, aside[2:], strict=False)


def _link(drawing: Drawing, edge: Edge, pill: Card | None, order: Mapping[str, int]) -> None:
    back = edge.kind == "return"
    is_next = order.get(edge.target) == order[edge.source] + 1
    weight = 0 if back else _SPINE if is_next else 2
    if pill is None:
        drawing.link(edge.source, edge.target, weight=weight, arrow=True, back=back)
        return
    drawing.box(edge, pill.width, pill.height, _SPINE_GROUP if is_next else "")
    drawing.link(edge.source, edge, weight=weight, back=back)
    below = weight if edge.target in order else _SPINE
    drawing.link(edge, edge.target, weight=below, arrow=True, back=back)


def _line(edge: Edge, placed: Placed, pill: Card | None) -> Line:
    if pill is None:
        points, arrow = placed.curve((edge.source, edge.target))
        return Line(edge.source, edge.target, edge.kind, (Stroke(points, curved=True),), arrow)
    first, _ = placed.curve((edge.source, edge))
    last, arrow = placed.curve((edge, edge.target))
    strokes = (Stroke(first, curved=True), Stroke(last, curved=True))
    label = placed.box(f"label {edge.source} {edge.target}", pill, edge)
    return Line(edge.source, edge.target, edge.kind, strokes, arrow, label)
