"""A service on one day → its path as a graph.

The direction of a choice comes from the declared order of the steps: one that leads to an earlier
step is a return, so the graph without returns has no cycles and the declared order is topological.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import networkx as nx

from palvelupolku.fields import full_address
from palvelupolku.model import Choice, Service, Step

CARD = "palvelu"
"""The node that a service without steps is in a walk: one comes to it and goes on from it."""

NodeKind = Literal["start", "task", "decision", "parallel", "end", "service", "outcome"]
EdgeKind = Literal["onward", "return", "parallel"]


@dataclass(frozen=True)
class Node:
    """A step, or a service or an outcome that one choice leads to."""

    id: str
    """The step's id; for a target `step~service/address` or `step~outcome/id`."""
    kind: NodeKind
    number: int | None = None
    """The step's number from 1; targets have none."""
    step: Step | None = None
    target: str | None = None
    """The address of the service, or the id of the outcome."""


@dataclass(frozen=True)
class Edge:
    """A choice: the way from a step to a node."""

    source: str
    target: str
    kind: EdgeKind
    choice: Choice

    @property
    def condition(self) -> str:
        """The words on the line, or an empty string."""
        return self.choice.condition.fi if self.choice.condition else ""


@dataclass(frozen=True)
class PathGraph:
    """A path: nodes in reading order, targets right after the step they hang on."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    network: "nx.DiGraph[str]" = field(compare=False)

    @property
    def steps(self) -> tuple[Node, ...]:
        """The nodes that are steps, in order of number."""
        return tuple(n for n in self.nodes if n.step)

    def edges_from(self, node: str) -> tuple[Edge, ...]:
        """Return the choices of a step in their declared order."""
        return tuple(e for e in self.edges if e.source == node)


def to_graph(service: Service, region: str) -> PathGraph:
    """Return the path of a service that is already valid on one day."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    for number, step in enumerate(service.steps, 1):
        nodes.append(Node(step.id, step.kind, number, step))
        for choice in step.choices:
            target = target_of(step.id, choice, region)
            nodes += [target] if target.step is None and target.target else []
            edges.append(Edge(step.id, target.id, choice.kind, choice))
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(node.id for node in nodes)
    network.add_edges_from((e.source, e.target) for e in edges)
    return PathGraph(tuple(nodes), tuple(edges), network)


def leads(service: Service, region: str) -> Iterator[tuple[Step | None, Choice, str]]:
    """Yield every choice that leaves the service: its step, the choice and the target.

    The target is the address of a service or the id of an outcome. A choice of a service without
    steps has no step.
    """
    steps: list[Step | None] = [*service.steps]
    for step in (*steps, None):
        for choice in step.choices if step else service.onward:
            if choice.service:
                yield step, choice, full_address(choice.service, region)
            elif choice.outcome:
                yield step, choice, choice.outcome


def target_of(source: str, choice: Choice, region: str) -> Node:
    """Return the node that a choice leads to from a node; a step's node here is its id alone."""
    if choice.service:
        address = full_address(choice.service, region)
        return Node(f"{source}~{address}", "service", target=address)
    if choice.outcome:
        return Node(f"{source}~outcome/{choice.outcome}", "outcome", target=choice.outcome)
    return Node(str(choice.step), "task")


def ways_on(service: Service, region: str) -> tuple[tuple[Edge, str], ...]:
    """Return the choices of a service without steps, each with the address or the id it leads to.

    They leave from the one node that such a service is in a walk.
    """
    return tuple(
        (Edge(CARD, target_of(CARD, choice, region).id, choice.kind, choice), target)
        for step, choice, target in leads(service, region)
        if step is None
    )
