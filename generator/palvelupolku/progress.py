"""How much of a path lies ahead of each step, told in words: a branching path has no "3 of 7".

Ways back are left out, so the graph has no cycles and every end is reached; where one may still be
sent back, only the least can be promised.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from palvelupolku.graph import Edge, PathGraph


@dataclass(frozen=True)
class Ahead:
    """Steps after this one until the path ends."""

    least: int
    most: int
    back: bool
    """Whether one may be sent back on the way, and so walk more steps than the most."""


def ahead(graph: PathGraph) -> dict[str, Ahead]:
    """Return what lies ahead of each step, by its id."""
    found: dict[str, Ahead] = {}
    for node in reversed(graph.steps):
        ways = graph.edges_from(node.id)
        nexts = [found[e.target] for e in ways if e.kind != "return" and e.target in found]
        ends = [Ahead(0, 0, back=False)] if _ends_here(ways, leads_on=bool(nexts)) else []
        least = min([a.least + 1 for a in nexts] + [a.least for a in ends], default=0)
        most = max((a.most + 1 for a in nexts), default=0)
        back = any(e.kind == "return" for e in ways) or any(a.back for a in nexts)
        found[node.id] = Ahead(least, most, back)
    return found


def _ends_here(ways: Iterable[Edge], *, leads_on: bool) -> bool:
    """Return whether the path may end with one of the choices; what goes beside it does not count.

    To move to another service is an end only where this path has no step to go on to.
    """
    out = [e.target for e in ways if "~" in e.target and e.kind != "parallel"]
    return any("~outcome/" in target or not leads_on for target in out)


def in_words(ahead: Mapping[str, Ahead]) -> dict[str, str]:
    """Return the same as a sentence for each step."""
    return {step: _sentence(found) for step, found in ahead.items()}


def _sentence(ahead: Ahead) -> str:
    least, most = ahead.least, ahead.most
    if most == 0 and not ahead.back:
        return "Tämä on polun viimeinen vaihe."
    if least == 0:
        return "Polku voi päättyä tähän tai jatkua."
    if ahead.back:
        return f"Edessä vähintään {_steps(least)}."
    count = _steps(least) if least == most else f"{least}–{most} vaihetta"
    return f"Edessä vielä {count}."


def _steps(count: int) -> str:
    return "1 vaihe" if count == 1 else f"{count} vaihetta"
