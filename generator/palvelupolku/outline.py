"""A path as a numbered text: the same steps and choices in the same order, without a picture."""

from collections.abc import Mapping
from types import MappingProxyType

from palvelupolku.finnish import upper_first
from palvelupolku.graph import Edge, Node, PathGraph
from palvelupolku.library import Library
from palvelupolku.model import Service
from palvelupolku.network import FRAMES
from palvelupolku.prose import plain

PHASES = {"into": "Palveluun", "in": "Palvelussa", "onward": "Palvelusta eteenpäin"}
NONE_GONE: Mapping[str, str] = MappingProxyType({})
_KINDS = {"return": "Paluu", "parallel": "Samaan aikaan"}


def outline(service: Service, graph: PathGraph, library: Library) -> str:
    """Return the path as plain text, one step a paragraph, choices as indented lines."""
    lines = [service.name.fi, "=" * len(service.name.fi), "", service.summary.fi]
    phase = ""
    for node in graph.steps:
        step = node.step
        assert step is not None
        if step.phase != phase:
            phase = step.phase
            lines += ["", f"{PHASES[phase]}:"]
        actor = library.catalogue.actors[step.actor].name.fi
        lines += ["", f"{node.number}. {step.name.fi} ({actor})", f"   {plain(step.client.fi)}"]
        lines += [f"   - {way(edge, graph, library)}" for edge in graph.edges_from(node.id)]
    return "\n".join(lines) + "\n"


def gist(service: Service, graph: PathGraph) -> tuple[list[tuple[str, list[Node]]], list[str]]:
    """Return the steps of each phase under its name, and the ids of where the service leads.

    What one is led to before the service begins is left out, for the service did not lead there;
    but what gathers services leads to all of them.
    """
    phases = {
        name: [node for node in graph.steps if node.step and node.step.phase == phase]
        for phase, name in PHASES.items()
    }
    frame = service.nature in FRAMES
    before = set() if frame else {node.id for node in phases[PHASES["into"]]}
    left = {
        e.target.partition("~")[2]: e.target
        for e in graph.edges
        if e.source not in before and "~" in e.target
    }
    return [(name, nodes) for name, nodes in phases.items() if nodes], list(left.values())


def way(edge: Edge, graph: PathGraph, library: Library, gone: Mapping[str, str] = NONE_GONE) -> str:
    """Return one choice in words: the condition first, then where it leads."""
    condition = upper_first(edge.condition)
    kind = _KINDS.get(edge.kind, "")
    before = ": ".join(part for part in (kind, condition) if part)
    return f"{before} → {target_name(edge.target, graph, library, gone)}".removeprefix(" ")


def target_name(
    target: str, graph: PathGraph, library: Library, gone: Mapping[str, str] = NONE_GONE
) -> str:
    """Return the name of a node: a numbered step, a service or an outcome.

    `gone` holds what is told of the steps that are not there, by their ids.
    """
    node = node_of(target, graph)
    if node.step:
        absent = f" ({gone[target]})" if target in gone else ""
        return f"Vaihe {node.number}: {node.step.name.fi}{absent}"
    if node.kind == "service":
        return library.services[str(node.target)].name.fi
    return library.catalogue.outcomes[str(node.target)].name.fi


def node_of(name: str, graph: PathGraph) -> Node:
    """Return the node with the id."""
    return next(node for node in graph.nodes if node.id == name)
