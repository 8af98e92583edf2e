"""States of a walk, as they stand in the address, and the longest walk there is on a path."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from browsing import show

STATES = ("list", "walk", "meeting", "filter", "end", "meeting end")


@dataclass(frozen=True)
class Walk:
    """A way through a path: its steps, the outcome it ends in, and who act in each step."""

    steps: tuple[str, ...]
    outcome: str
    roles: dict[str, list[str]]

    def state(self, name: str) -> tuple[str, str]:
        """Return the fragment of a state by name, and what is on the page only when it holds."""
        half = len(self.steps) // 2
        middle = self.steps[half]
        here = f"#vaihe-{middle};p={'.'.join(self.steps[:half])}"
        end = f"#vaihe-{self.steps[-1]};p={'.'.join(self.steps[:-1])};x={self.outcome}"
        path, step = ".pp-path:not([data-ended])", f"#vaihe-{middle}[data-place=here]"
        own, role = self._folding()
        mine = f"#vaihe-{self.steps[own]};p={'.'.join(self.steps[:own])};r={role}"
        return {
            "list": ("#", f"list] {path}:not([data-walked]) .pp-step"),
            "walk": (f"{here};n=k", f"walk] {path} {step}"),
            "meeting": (f"{here};n=m", f"meeting] {path} {step}"),
            "filter": (mine, f"list] {path}:has(.pp-folded) #vaihe-{self.steps[own]}"),
            "end": (f"{end};n=k", "walk] .pp-path[data-ended] .pp-end"),
            "meeting end": (f"{end};n=m", "meeting] .pp-path[data-ended] .pp-end"),
        }[name]

    def _folding(self) -> tuple[int, str]:
        """Return the last step with a role that not all steps have, and that role."""
        return max(
            (index, role)
            for index, step in enumerate(self.steps)
            for role in self.roles[step]
            if any(role not in others for others in self.roles.values())
        )


def longest_walk(published: Path, place: str) -> Walk:
    """Return the walk of most steps from the start of a path to an end, none of them twice."""
    data = json.loads((published / "data" / f"{place.strip('/')}.json").read_text("utf-8"))
    ways: dict[str, list[str]] = {}
    for choice in data["choices"]:
        ways.setdefault(choice["from"], []).append(choice["to"])
    html = (published / place / "index.html").read_text("utf-8")
    told = re.findall(r'data-step="([^"]+)".*? data-roles="([^"]*)"', html)
    roles = {step: names.split() for step, names in told}
    walks = _walks(ways, (data["steps"][0]["id"],))
    steps, outcome = max(walks, key=lambda walk: len(walk[0]))
    return Walk(steps, outcome, roles)


def _walks(
    ways: dict[str, list[str]], chain: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for target in ways.get(chain[-1], []):
        _, _, place = target.partition("~")
        if place.startswith("outcome/"):
            yield chain, place.removeprefix("outcome/")
        elif not place and target not in chain:
            yield from _walks(ways, (*chain, target))


def enter(page: Page, url: str, walk: Walk, name: str) -> None:
    """Open a page in a state, and wait until it is the state that is seen."""
    fragment, sign = walk.state(name)
    show(page, url + fragment)
    page.locator(f"html[data-pp-view={sign}").first.wait_for()
    page.evaluate(
        "document.querySelectorAll('.pp-diagram__fold, .pp-roles').forEach((d) => d.open = true)"
    )
