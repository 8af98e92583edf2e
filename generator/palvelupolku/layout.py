"""A path graph → where everything stands.

Conditions are nodes of their own, so lines never cross their words, and a return is laid out as
if it ran forward, so it bends no rank.
"""

from collections.abc import Iterable, Mapping, Sequence

from palvelupolku.cards import Card
from palvelupolku.dot import Drawing, Placed
from palvelupolku.fan import fans
from palvelupolku.geometry import Layout, Line, Stroke
from palvelupolku.graph import Edge, PathGraph


def place(graph: PathGraph, cards: Mapping[str, Card], labels: Mapping[Edge, Card]) -> Layout:
    """Return the flow of a path, top to bottom.

    `cards` has one entry per node, `labels` one per edge with a condition. Three or more services
    or outcomes of one step hang together on a trunk below it.
    """
    hanging = fans(graph, cards, labels)
    in_fan = {edge for fan in hanging.values() for edge in fan.edges}
    single = [edge for edge in graph.edges if edge not in in_fan]
    hung = {edge.target for edge in in_fan}
    drawing = Drawing(rankdir="TB", nodesep=0.42, ranksep=0.36)
    for node in graph.nodes:
        if node.id not in hung:
            drawing.box(node.id, cards[node.id].width, cards[node.id].height)
    order = {node.id: index for index, node in enumerate(graph.steps)}
    for edge in single:
        pill = labels.get(edge)
        if pill:
            drawing.box(edge, pill.width, pill.height)
        is_next = order.get(edge.target, -2) == order[edge.source] + 1
        weight, back = _weight(edge, is_next=is_next), edge.kind == "return"
        if pill:
            drawing.link(edge.source, edge, weight=weight, back=back)
        last = edge if pill else edge.source
        drawing.link(last, edge.target, weight=weight, arrow=True, back=back)
    for source, fan in hanging.items():
        drawing.box(fan, fan.width, fan.height)
        drawing.link(source, fan, weight=12)
    placed = drawing.run()
    boxes = {n.id: placed.box(n.id, cards[n.id]) for n in graph.nodes if n.id not in hung}
    lines = [_line(edge, placed, labels.get(edge)) for edge in single]
    for source, fan in hanging.items():
        fan_boxes, fan_lines = fan.place(placed.corner(fan), placed.curve((source, fan)))
        boxes |= fan_boxes
        lines += fan_lines
    ordered = tuple(boxes[node.id] for node in graph.nodes)
    return Layout(placed.width, placed.height, ordered, tuple(lines))


def place_map(
    columns: Sequence[Sequence[str]],
    links: Iterable[tuple[str, str]],
    cards: Mapping[str, Card],
) -> Layout:
    """Return the map of a region, left to right: one column of services per stage.

    Links inside a column or backwards do not move the columns.
    """
    column_of = {name: index for index, column in enumerate(columns) for name in column}
    drawing = Drawing(rankdir="LR", nodesep=0.2, ranksep=0.8)
    heads = [("head", index) for index in range(len(columns))]
    for head, column in zip(heads, columns, strict=True):
        for name in column:
            drawing.box(name, cards[name].width, cards[name].height)
        drawing.rank(head, column)
    for one, two in zip(heads, heads[1:], strict=False):
        drawing.link(one, two, weight=100, invisible=True)
    drawn = list(links)
    for source, target in drawn:
        onward = column_of[source] < column_of[target]
        drawing.link(source, target, arrow=True, constraint=onward)
    placed = drawing.run()
    boxes = tuple(placed.box(name, cards[name]) for column in columns for name in column)
    lines = tuple(
        Line(None, (Stroke(points, curved=True),), arrow)
        for points, arrow in (placed.curve(link) for link in drawn)
    )
    return Layout(placed.width, placed.height, boxes, lines)


def _weight(edge: Edge, *, is_next: bool) -> int:
    if edge.kind == "return":
        return 0
    return 12 if is_next else 2


def _line(edge: Edge, placed: Placed, pill: Card | None) -> Line:
    if pill is None:
        points, arrow = placed.curve((edge.source, edge.target))
        return Line(edge, (Stroke(points, curved=True),), arrow)
    first, _ = placed.curve((edge.source, edge))
    last, arrow = placed.curve((edge, edge.target))
    strokes = (Stroke(first, curved=True), Stroke(last, curved=True))
    return Line(edge, strokes, arrow, placed.box(f"label {edge.source} {edge.target}", pill, edge))
