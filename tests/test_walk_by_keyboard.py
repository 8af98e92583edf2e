"""Every choice of every path is taken, and every end reached, by keyboard alone."""

import json
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from browsing import HELSINKI, PATHS, WORK, break_page, show, visit
from conftest import DAY
from palvelupolku.dated import library_on
from palvelupolku.graph import CARD, Edge, PathGraph
from palvelupolku.library import Library
from palvelupolku.outline import target_name
from palvelupolku.pages import graphs_of
from palvelupolku.progress import ahead, in_words
from palvelupolku.source import read

SMALL = "keski-suomi/paikko/"
BEGIN = "[data-pp-begin]"
NOTICED = """
const all = (selector) => [...document.querySelectorAll(selector)];
const shown = (selector) => all(selector).filter((e) => e.checkVisibility());
const noticed = () => {
  const focus = document.activeElement;
  const { left, top } = focus.getBoundingClientRect();
  const seen = focus.contains(document.elementFromPoint(left + 4, top + 8));
  return {
    page: location.pathname.slice(1),
    steps: shown("li.pp-step").map((step) => step.dataset.step),
    focus: seen && focus.matches("h3")
      ? (focus.closest("li.pp-step")?.dataset.step ?? `end: ${focus.textContent}`)
      : `${focus.tagName}, seen: ${seen}`,
    list: all("li[aria-current=step]").map((step) => step.dataset.step),
    picture: all("svg [aria-current=step]").map((n) => n.dataset.node),
    title: document.title.split(" – ")[0],
    chosen: all("li.pp-step a.pp-way").filter((way) => way.textContent.includes("Valittu"))
      .map((way) => `${way.dataset.from} ${way.dataset.to}`).sort(),
    progress: shown("[data-pp-progress]")[0]?.textContent ?? "",
  };
};
"""
SETTLE = f"""async (wanted) => {{ {NOTICED}
  for (let frame = 0; frame < 30; frame++) {{
    if (JSON.stringify(noticed()) === wanted) break;
    await new Promise(requestAnimationFrame);
  }}
  return noticed();
}}"""
STOPS = """([selector, index, back]) => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  const target = [...document.querySelectorAll(selector)].filter(shown)[index];
  document.ppTarget = target;
  if (!target) return -1;
  if (target === document.activeElement) return 0;
  const kinds = "a[href],button,summary,input:not([type=radio]:not(:checked)),[tabindex]";
  const stops = [...document.querySelectorAll(kinds)].filter((e) => e.tabIndex >= 0 && shown(e));
  const [from, to] = back ? [target, document.activeElement] : [document.activeElement, target];
  const after = (one, two) => one.compareDocumentPosition(two) & Node.DOCUMENT_POSITION_FOLLOWING;
  return 1 + stops.filter((e) => after(from, e) && after(e, to)).length;
}"""
FOCUSED = """() => [document.activeElement === document.ppTarget,
  document.activeElement.textContent.replace(/\\u00ad/g, "").trim()]"""


@dataclass(frozen=True)
class Place:
    """Where a walk has come: a step, or the outcome reached from it, and what lies behind."""

    service: str
    step: str
    past: tuple[str, ...] = ()
    exit: str = ""
    before: int = 0
    """Steps walked on the paths of other services."""


@dataclass(frozen=True)
class Atlas:
    """The model of what is walked: every service and its path on the day shown."""

    library: Library
    graphs: dict[str, PathGraph]

    def noticed(self, place: Place) -> dict[str, Any]:
        """Return what a reader should notice at a place, in the form the page tells it."""
        graph = self.graphs[place.service]
        target = f"{place.step}~outcome/{place.exit}" if place.exit else ""
        chain = [*place.past, place.step, *([target] if target else [])]
        name = self.library.catalogue.outcomes[place.exit].name.fi if target else ""
        return {
            "page": f"{place.service}/",
            "steps": [] if target else [place.step],
            "focus": f"end: {name}" if target else place.step,
            "list": [place.step],
            "picture": [target or place.step] if graph.steps else [],
            "title": self._title(place, graph),
            "chosen": sorted({" ".join(pair) for pair in pairwise(chain)}),
            "progress": self._progress(place, graph),
        }

    def first(self, service: str, before: int = 0) -> Place:
        """Return where a walk of a service begins; one without steps is a single place."""
        steps = self.graphs[service].steps
        return Place(service, steps[0].id if steps else CARD, before=before)

    def _title(self, place: Place, graph: PathGraph) -> str:
        if place.exit:
            return self.library.catalogue.outcomes[place.exit].name.fi
        if not graph.steps:
            return self.library.services[place.service].name.fi
        node = next(n for n in graph.steps if n.id == place.step)
        return f"Vaihe {node.number}: {node.step.name.fi}"

    def _progress(self, place: Place, graph: PathGraph) -> str:
        count = place.before + len(place.past) + bool(place.exit)
        behind = "Takana 1 vaihe." if count == 1 else f"Takana {count} vaihetta."
        if not count:
            behind = "Olet polun alussa."
        words = "" if place.exit else in_words(ahead(graph)).get(place.step, "")
        return f"{behind} {words}".strip()


@pytest.fixture(scope="session")
def atlas(files: dict[str, bytes]) -> Atlas:
    """The services of this repository on the day the tests show."""
    library = library_on(read(files).library, DAY)
    return Atlas(library, graphs_of(library))


@dataclass
class Walker:
    """Someone who has a keyboard and nothing else."""

    page: Page
    atlas: Atlas
    patience: float = 20
    """Seconds until a page that has not come to where it should is given up."""
    taken: list[tuple[str, str]] = field(default_factory=list)

    def tab_to(self, selector: str, index: int = 0, *, back: bool = False) -> str:
        """Press Tab until a link or button is due to have focus; return its words."""
        stops = self.page.evaluate(STOPS, [selector, index, back])
        assert stops >= 0, f"there is no {selector} number {index + 1} on view"
        for _ in range(stops):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        there, words = self.page.evaluate(FOCUSED)
        assert there, f"Tab comes to “{words}”, not to {selector} number {index + 1}"
        return str(words)

    def see(self, place: Place) -> None:
        """Wait until the page shows a place in every way it has."""
        wanted = self.atlas.noticed(place)
        text = json.dumps(wanted, ensure_ascii=False, separators=(",", ":"))
        until = time.monotonic() + self.patience
        found = None
        while found != wanted and time.monotonic() < until:
            # While another page opens, the one asked may go away before it answers.
            with suppress(Error):
                found = self.page.evaluate(SETTLE, text)
        shown = found or {}
        wrong = {key: shown.get(key) for key in wanted if shown.get(key) != wanted[key]}
        assert not wrong, f"{wrong} at {place}"

    def begin(self, service: str, selector: str) -> Place:
        """Start the walk from the top of the page, past the menu; return its first place."""
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")
        self.tab_to(selector)
        self.page.keyboard.press("Enter")
        first = self.atlas.first(service)
        self.see(first)
        return first

    def walk(self, place: Place, seen: set[str]) -> None:
        """Take every choice of a step, walk on from steps not seen before, and come back."""
        graph = self.atlas.graphs[place.service]
        seen.add(place.step)
        for index, edge in enumerate(graph.edges_from(place.step)):
            words = self.tab_to("li.pp-step a.pp-way", index)
            name = target_name(edge.target, graph, self.atlas.library)
            assert edge.condition[1:] in words
            assert words.endswith(name), f"“{words}” does not say that it leads to {name}"
            self.page.keyboard.press("Enter")
            self.taken.append((edge.source, edge.target))
            there = self.follow(place, edge)
            if there.service == place.service and there.step not in seen:
                self.walk(there, seen)
            # After an end the way back stands before the heading that has focus.
            self.tab_to("[data-pp-back]", back=bool(there.exit))
            self.page.keyboard.press("Enter")
            self.see(place)

    def pass_on(self, place: Place, edge: Edge) -> Place:
        """Go on in a meeting with Page Down, and by the choices where there are several."""
        ways = self.atlas.graphs[place.service].edges_from(place.step)
        self.page.keyboard.press("PageDown")
        if len(ways) > 1:
            selector = f'#vaihe-{place.step} a.pp-way[data-to="{edge.target}"]'
            expect(self.page.locator("li.pp-step a.pp-way:visible").first).to_be_focused()
            for _ in ways:
                if self.page.locator(selector).is_visible():
                    break
                self.tab_to(".pp-ways__more")
                self.page.keyboard.press("Enter")
            self.tab_to(selector)
            self.page.keyboard.press("Enter")
        return self.follow(place, edge)

    def follow(self, place: Place, edge: Edge) -> Place:
        """Look at the place that a choice leads to, and return it."""
        _, _, target = edge.target.partition("~")
        if target.startswith("outcome/"):
            there = replace(place, exit=target.removeprefix("outcome/"))
        elif not target:
            there = replace(place, step=edge.target, past=(*place.past, place.step))
        else:
            there = self.atlas.first(target, before=len(place.past) + 1)
        self.see(there)
        return there


def walk_all(page: Page, atlas: Atlas, service: str, patience: float = 20) -> list[tuple[str, str]]:
    """Walk a path from the top of its page, which is open; return the choices taken."""
    walker = Walker(page, atlas, patience)
    walker.walk(walker.begin(service, BEGIN), set())
    return walker.taken


@pytest.mark.parametrize("place", PATHS)
def test_every_choice_is_taken_and_every_end_reached(
    window: Page, address: str, atlas: Atlas, place: str
):
    """Focus, marks, title and words of progress are right after each act, there and back."""
    show(window, address + place)
    taken = walk_all(window, atlas, place[:-1])
    graph = atlas.graphs[place[:-1]]
    assert sorted(taken) == sorted((edge.source, edge.target) for edge in graph.edges)
    ends = {target.partition("~outcome/")[2] for _, target in taken} - {""}
    assert ends == {node.target for node in graph.nodes if node.kind == "outcome"} != set()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'data-to="osaamistodistus"',
            'data-to="osaamistodistus" tabindex="-1"',
            "not to li.pp-step a.pp-way",
        ),
        ('data-to="osaamistodistus"', 'data-to="todistuksen-kaytto"', "'list': "),
        ('<h3 class="pp-step__name" tabindex="-1">', '<h3 class="pp-step__name">', "'focus': "),
        ("data-pp-back", "data-pp-hidden", r"no \[data-pp-back\]"),
        ('data-title="Vaihe 2', 'data-title="Kohta 2', "'title': "),
    ],
    ids=["out of reach", "wrong step", "focus lost", "no way back", "wrong title"],
)
def test_a_path_that_fails_a_keyboard_is_noticed(  # noqa: PLR0913 - the fixtures it needs
    context: BrowserContext, published: Path, address: str, atlas: Atlas, old, new, said
):
    """Control: a choice out of reach or wrongly led, and what is not as it should be there."""
    break_page(context, published, address + SMALL, lambda html: html.replace(old, new))
    with pytest.raises(AssertionError, match=said):
        walk_all(visit(context, address + SMALL), atlas, SMALL[:-1], patience=4)


def farthest_end(graph: PathGraph) -> list[Edge]:
    """Return the shortest way to the end that lies farthest from the first step."""
    ways = nx.single_source_shortest_path(graph.network, graph.steps[0].id)
    way = max((ways[n.id] for n in graph.nodes if n.kind == "outcome"), key=len)
    return [e for pair in pairwise(way) for e in graph.edges if (e.source, e.target) == pair]


@pytest.mark.parametrize("place", [WORK, HELSINKI])
def test_a_meeting_is_led_to_an_end_by_keyboard(
    window: Page, address: str, atlas: Atlas, place: str
):
    """Page Down goes on or to the choices, Page Up back, and Escape ends what Enter began."""
    show(window, address + place)
    graph, press = atlas.graphs[place[:-1]], window.keyboard.press
    walker = Walker(window, atlas)
    here = walker.begin(place[:-1], "[data-do=meeting]")
    expect(window.locator("[role=status]").first).to_have_text("Kokousnäkymä on päällä.")
    for edge in farthest_end(graph):
        there = walker.pass_on(here, edge)
        press("PageUp")
        walker.see(here)
        here = walker.pass_on(here, edge)
        assert here == there
    assert here.exit
    press("Escape")
    expect(window.get_by_role("button", name="Kokousnäkymä")).to_be_focused()
    expect(window.locator(".pp-header")).to_be_visible()
    expect(window.locator("[role=status]").first).to_have_text("Kokousnäkymä on pois päältä.")


def test_a_role_is_chosen_and_a_fold_opened_by_keyboard(window: Page, address: str, atlas: Atlas):
    """Focus stays where one acts, and Tab goes on into the steps that a fold has opened."""
    show(window, address + WORK)
    walker, press = Walker(window, atlas), window.keyboard.press
    walker.tab_to(".pp-roles summary")
    press("Enter")
    walker.tab_to("input[name=pp-role]")
    press("ArrowDown")
    chosen = window.locator("input[name=pp-role]").nth(1)
    expect(chosen).to_be_focused()
    expect(chosen).to_be_checked()
    expect(window.locator("[role=status]").first).to_contain_text("yhteensä 11.")
    few = window.locator("li.pp-step:visible").count()
    assert 0 < few < 11
    walker.tab_to(".pp-folded button")
    fold = window.locator(".pp-folded button").first
    press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(fold).to_be_focused()
    assert window.locator("li.pp-step:visible").count() > few
    press("Tab")
    opened = window.locator(".pp-folded").first.locator("xpath=following-sibling::li[1]")
    assert opened.evaluate("(step) => step.contains(document.activeElement)")
    press("Shift+Tab")
    press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(fold).to_be_focused()
    assert window.locator("li.pp-step:visible").count() == few
