"""The port to Graphviz: boxes and links in, coordinates out.

`dot` (Gansner, Koutsofios, North and Vo, 1993) sees generated names and box sizes only: no text of
an author ever reaches it. The graphviz package writes the DOT, pygraphviz lays it out in-process.
"""

import json
from collections.abc import Iterable
from typing import Any

import graphviz
import pygraphviz

from palvelupolku.cards import Card
from palvelupolku.geometry import Box, Point, arrow_head

_INCH = 72.0
_MARGIN = 14.0


class Drawing:
    """Collects boxes and links under generated names, then asks `dot` for coordinates."""

    def __init__(self, rankdir: str, nodesep: float, ranksep: float, *, keep_order: bool) -> None:
        self._dot = graphviz.Digraph(
            graph_attr={
                "rankdir": rankdir, "nodesep": str(nodesep), "ranksep": str(ranksep),
                "splines": "spline", "newrank": "true",
            },
            node_attr={
                "ordering": "out" if keep_order else "",
                "shape": "box", "fixedsize": "true", "label": "",
            },
            edge_attr={"arrowsize": "0.7"},
        )  # fmt: skip
        self._names: dict[object, str] = {}
        self._links: dict[tuple[object, object], str] = {}

    def _name(self, key: object) -> str:
        return self._names.setdefault(key, f"n{len(self._names)}")

    def box(self, key: object, width: float, height: float, group: str = "") -> None:
        """Add a box; `dot` keeps the links inside a group straight."""
        self._dot.node(
            self._name(key),
            width=f"{width / _INCH:.4f}",
            height=f"{height / _INCH:.4f}",
            group=group,
        )

    def rank(self, keys: Iterable[str]) -> None:
        """Put boxes in one column."""
        with self._dot.subgraph() as same:
            same.attr(rank="same")
            for key in keys:
                same.node(self._name(key))

    def left_of(self, left: object, right: object) -> None:
        """Put a box at the height of another, somewhere on its left."""
        with self._dot.subgraph() as same:
            same.attr(rank="same")
            same.edge(self._name(left), self._name(right), weight="1", style="invis")

    def order(self, left: object, right: object) -> None:
        """Put the box on the right in a later column than the one on the left."""
        self._dot.edge(self._name(left), self._name(right), weight="0", style="invis")

    def link(  # noqa: PLR0913 - the attributes that dot reads
        self,
        source: object,
        target: object,
        *,
        weight: int = 1,
        arrow: bool = False,
        constraint: bool = True,
        invisible: bool = False,
        back: bool = False,
        both: bool = False,
        port: str = "",
    ) -> None:
        """Add a link; with `back` it is laid out from target to source, but drawn as it is."""
        tail, head = (target, source) if back else (source, target)
        name = f"e{len(self._links)}"
        self._links[source, target] = name
        direction = "both" if both else "none" if not arrow else "back" if back else "forward"
        self._dot.edge(
            self._name(tail), self._name(head), id=name, weight=str(weight), dir=direction,
            constraint=str(constraint).lower(), style="invis" if invisible else "solid",
            headport=port or "_",
        )  # fmt: skip

    def run(self) -> "Placed":
        """Lay the drawing out; Graphviz has nothing to refuse in generated names and sizes."""
        drawn = pygraphviz.AGraph(string=self._dot.source).draw(format="json0", prog="dot")
        return Placed(json.loads(drawn), self._names, self._links)


class Placed:
    """What `dot` answered, in pixels from the top left corner."""

    def __init__(
        self,
        answer: dict[str, Any],
        names: dict[object, str],
        links: dict[tuple[object, object], str],
    ) -> None:
        _, _, right, top = map(float, answer["bb"].split(","))
        self._top, self._names, self._link_names = top, names, links
        self.width, self.height = right + 2 * _MARGIN, top + 2 * _MARGIN
        self._objects = {o["name"]: o for o in answer["objects"] if "pos" in o}
        self._name_of = {o["_gvid"]: name for name, o in self._objects.items()}
        self._edges = {e["id"]: e for e in answer.get("edges", ()) if "id" in e}

    def _point(self, text: str) -> Point:
        x, y = map(float, text.split(","))
        return x + _MARGIN, self._top - y + _MARGIN

    def corner(self, key: object) -> Point:
        """Return the top left corner of a box."""
        found = self._objects[self._names[key]]
        x, y = self._point(found["pos"])
        return x - float(found["width"]) * _INCH / 2, y - float(found["height"]) * _INCH / 2

    def box(self, name: str, card: Card, key: object = None) -> Box:
        """Return a placed card."""
        x, y = self.corner(key or name)
        return Box(name, x, y, card)

    def curve(self, link: tuple[object, object]) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
        """Return the control points from source to target, and the arrow at the target."""
        points, ahead, behind = self.two_way(link)
        return points, ahead or behind

    def two_way(
        self, link: tuple[object, object]
    ) -> tuple[tuple[Point, ...], tuple[Point, ...], tuple[Point, ...]]:
        """Return the control points from source to target, and the arrows at both ends."""
        found = self._edges[self._link_names[link]]
        tips: dict[str, Point] = {}
        points: list[Point] = []
        for part in found["pos"].split():
            if part[0] in "es":
                tips[part[0]] = self._point(part[2:])
            else:
                points.append(self._point(part))
        arrows = {
            end: arrow_head(points[-1] if end == "e" else points[0], tip)
            for end, tip in tips.items()
        }
        if self._names[link[0]] != self._name_of[found["tail"]]:
            points.reverse()
            arrows = {"se"[end == "s"]: arrow for end, arrow in arrows.items()}
        return tuple(points), arrows.get("e", ()), arrows.get("s", ())
