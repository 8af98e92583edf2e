"""A placed path or map → one SVG, drawn by `templates/diagram.svg.j2`.

All geometry is decided here; the template only writes it down. Shapes say the kind: a rounded card
is a step, a hexagon a decision, a filled card another service, a thick round outline a start or an
end, a dashed line a way back.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from jinja2 import Environment
from markupsafe import Markup

from palvelupolku.cards import (
    BEVEL,
    LABEL_LINE,
    RADII,
    SMALL_LINE,
    TITLE_LINE,
    Card,
    Shape,
    card,
    label,
)
from palvelupolku.catalogue import certainty_of
from palvelupolku.finnish import upper_first
from palvelupolku.geometry import Layout, Line, Point, Stroke
from palvelupolku.graph import Node, PathGraph
from palvelupolku.layout import place, place_map
from palvelupolku.library import Library

STEP_ANCHOR, NODE_ANCHOR = "vaihe-", "kaavio-"
WEAK_CERTAINTIES = {"inferred": "päätelmä", "general": "yleistieto", "unknown": "ei tietoa"}
_LEFT = 14.0


@dataclass(frozen=True)
class Words:
    """One line of text in a card; x and y place its baseline relative to the card."""

    role: Literal["above", "title", "below", "label"]
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Shown:
    """How a node is shown, apart from its place."""

    kind: str
    tone: int
    name: str
    """What a screen reader says."""
    card: Card
    number: int | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Drawing:
    """A placed path or map, of which each page that shows it writes its own links."""

    layout: Layout
    shown: Mapping[str, Shown]
    names: tuple[str, str]
    """The ids of what names the drawing and of what describes it."""
    headings: tuple[str, ...] = ()
    """What stands over the columns of a map."""

    def svg(self, environment: Environment, link: Callable[[str], Mapping[str, str]]) -> Markup:
        """Return the drawing as SVG; `link` gives the attributes of each node's link, by its id."""
        nodes = [
            {
                "box": box,
                "shown": self.shown[box.id],
                "link": link(box.id),
                "outline": _hexagon(box.card),
                "radius": RADII[box.card.shape],
                "words": _words(box.card, centered=box.card.shape == "hexagon"),
            }
            for box in self.layout.boxes
        ]
        template = environment.get_template("diagram.svg.j2")
        head = 52 if self.headings else 0
        svg = template.render(
            width=self.layout.width, height=self.layout.height + head, head=head, nodes=nodes,
            lines=[_line(line) for line in self.layout.lines], columns=self._columns(),
            title_id=self.names[0], description_id=self.names[1],
        )  # fmt: skip
        return Markup(svg)  # noqa: S704 - our own template, escaped there

    def _columns(self) -> list[dict[str, object]]:
        """Return the bands of a map: one per column of boxes, from left to right."""
        boxes = self.layout.boxes
        lefts = sorted({round(box.x) for box in boxes}) if self.headings else []
        width = boxes[0].card.width if boxes else 0
        return [
            {"x": left - 10, "width": width + 20, "middle": left + width / 2, "name": heading}
            for left, heading in zip(lefts, self.headings, strict=False)
        ]


def draw_path(
    graph: PathGraph,
    library: Library,
    *,
    names: tuple[str, str],
    notes: Mapping[str, str] | None = None,
    gone: Collection[str] = (),
) -> Drawing:
    """Return a path as a drawing; `names` are the ids that name it.

    `notes` are words that a step's card shows beside its own, by the step's id; in a step that is
    `gone` nobody acts.
    """
    said = notes or {}
    shown = {
        n.id: _shown(n, library, said.get(n.id, ""), acts=n.id not in gone) for n in graph.nodes
    }
    labels = {edge: label(edge.condition) for edge in graph.edges if edge.condition}
    return Drawing(place(graph, {name: s.card for name, s in shown.items()}, labels), shown, names)


def draw_map(
    columns: list[tuple[str, list[str]]],
    links: list[tuple[str, str]],
    library: Library,
    *,
    region: str,
    names: tuple[str, str],
) -> Drawing:
    """Return the map of a region as a drawing: columns of (heading, addresses or outcome ids)."""
    shown = {n: _shown_place(n, library, region) for _, column in columns for n in column}
    layout = place_map([c for _, c in columns], links, {n: s.card for n, s in shown.items()})
    return Drawing(layout, shown, names, tuple(heading for heading, _ in columns))


def _shown(node: Node, library: Library, note: str, *, acts: bool) -> Shown:
    if node.step is None:
        return _shown_place(str(node.target), library, kind=node.kind)
    step, catalogue = node.step, library.catalogue
    actor = catalogue.actors[step.actor]
    who, tone = (actor.name.fi, actor.tone) if acts else ("", 0)
    weak = WEAK_CERTAINTIES.get(certainty_of(step, catalogue.sources), "")
    decision = node.kind == "decision"
    shape: Shape = "hexagon" if decision else "round" if node.kind in ("start", "end") else "card"
    below = [words for words in (note, weak) if words]
    drawn = card(step.name.fi, upper_first(who), ", ".join(below), shape=shape)
    name = ", ".join(filter(None, (f"{node.number}. {step.name.fi}", who, *below)))
    anchor = f"{NODE_ANCHOR}{node.id}"
    return Shown(node.kind, tone, name, drawn, node.number, anchor)


def _shown_place(
    target: str,
    library: Library,
    region: str = "",
    kind: str = "place",
) -> Shown:
    """Return how a service (by address) or an outcome (by id) is shown."""
    service = library.services.get(target)
    if service is None:
        name = library.catalogue.outcomes[target].name.fi
        drawn = card(name, "Polku päättyy" if kind == "outcome" else "", shape="round")
        return Shown("outcome", 0, f"Lopputulos: {name}", drawn)
    name = service.name.fi
    if kind == "service":
        drawn = card(name, "→ Toinen palvelu")
        return Shown("service", 0, f"Toinen palvelu: {name}", drawn)
    own, drawn_path = target.startswith(f"{region}/"), bool(service.steps)
    above = "Polku vaihe vaiheelta" if drawn_path else "" if own else "Valtakunnallinen"
    place_kind = "path" if drawn_path else "place"
    return Shown(place_kind, 1 if drawn_path else 0, name, card(name, above))


def _words(
    drawn: Card, *, centered: bool, role: Literal["title", "label"] = "title"
) -> list[Words]:
    x = drawn.width / 2 if centered else _LEFT
    if role == "label":
        top = 4 + LABEL_LINE - 4
        return [Words("label", t, x, top + i * LABEL_LINE) for i, t in enumerate(drawn.title)]
    words: list[Words] = []
    y = 13.0 + (4.0 if centered else 0.0)
    for text in drawn.above:
        words.append(Words("above", text, x, y + 11))
        y += SMALL_LINE
    for text in drawn.title:
        words.append(Words("title", text, x, y + 14))
        y += TITLE_LINE
    for text in drawn.below:
        words.append(Words("below", text, x, y + 12))
        y += SMALL_LINE
    return words


def _line(line: Line) -> dict[str, object]:
    pill = line.label
    return {
        "kind": line.kind,
        "source": line.source,
        "target": line.target,
        "d": " ".join(_stroke(stroke) for stroke in line.strokes),
        "arrow": _triangle(line.arrow) if line.arrow else "",
        "back_arrow": _triangle(line.back_arrow) if line.back_arrow else "",
        "pill": pill,
        "words": _words(pill.card, centered=True, role="label") if pill else [],
    }


def _triangle(corners: tuple[Point, ...]) -> str:
    return "M" + "L".join(_at(p) for p in corners) + "Z"


def _stroke(stroke: Stroke) -> str:
    first, *rest = stroke.points
    return f"M{_at(first)}" + ("C" if stroke.curved else "L") + " ".join(_at(p) for p in rest)


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _hexagon(drawn: Card) -> str:
    width, height = drawn.width, drawn.height
    corners = [
        (BEVEL, 0.0), (width - BEVEL, 0.0), (width, height / 2),
        (width - BEVEL, height), (BEVEL, height), (0.0, height / 2),
    ]  # fmt: skip
    return "M" + "L".join(_at(p) for p in corners) + "Z"
