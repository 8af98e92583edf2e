"""What is wrong with a path as it stands on one day: dead ends, unmarked loops, choices unsaid."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import networkx as nx

from palvelupolku.errors import Problem
from palvelupolku.fields import Location, full_address
from palvelupolku.graph import PathGraph, target_of, to_graph
from palvelupolku.model import Choice, Service, Step
from palvelupolku.validity import valid_on
from palvelupolku.yamltext import Document

_MAX_STEPS, _MAX_REACH = 200, 1500
"""What Graphviz still draws in seconds."""
_CONDITION = "Lisää rivi ”condition:”. Kirjoita siihen, milloin näin mennään."


def check(declared: Service, day: date, region: str, document: Document) -> Iterator[Problem]:
    """Yield what is wrong with the path of a service as it stands on the day."""
    if _reach(declared) > _MAX_REACH or len(declared.steps) > _MAX_STEPS:
        message = "Polussa on liikaa vaiheita tai vaihtoehtoja: kaaviota ei voi piirtää."
        hint = "Jaa polku kahdeksi palveluksi, tai poista kauas hyppääviä vaihtoehtoja."
        yield document.problem(("steps",), message, "too-many-choices", hint, at_key=True)
        return
    service = valid_on(declared, day)
    yield from _check_onward(service, region, document)
    if service.steps:
        places = _Places(document, declared, region)
        graph = to_graph(service, region)
        yield from _check_steps(service, places)
        yield from _check_choices(service, places)
        ids = {step.id for step in declared.steps}
        led = (c.step in ids for step in service.steps for c in step.choices if c.step)
        if all(led) and not _said_twice(service):
            yield from _check_whole(graph, places)


def _said_twice(service: Service) -> set[str]:
    """Return the ids that two steps have on one day: nobody knows which of them is meant."""
    counts = Counter(step.id for step in service.steps)
    return {name for name, count in counts.items() if count > 1}


def _check_onward(service: Service, region: str, document: Document) -> Iterator[Problem]:
    """Check where a service leads that has no step to lead from."""
    seen: set[str] = set()
    for index, choice in enumerate(service.onward):
        target = full_address(choice.service, region) if choice.service else choice.outcome
        place = ("onward", index)
        if target is None:
            message, hint = "Palvelun kohta onward vie vaiheeseen.", "Anna service tai outcome."
            yield document.problem((*place, "step"), message, "onward-step", hint)
        if choice.condition is None:
            message = "Vaihtoehdolta puuttuu ehto."
            yield document.problem(place, message, "no-condition", _CONDITION)
        if target in seen:
            message, hint = "Samaan kohteeseen vie jo toinen vaihtoehto.", "Poista toinen."
            yield document.problem(place, message, "same-target", hint)
        if f"{target}.yml" == document.file:
            message, hint = "Palvelu johtaa itseensä.", "Anna toinen palvelu."
            yield document.problem(place, message, "own-service", hint)
        seen.add(str(target))


def _reach(service: Service) -> int:
    """Return over how many ranks the choices of a path leap in all: what a drawing costs."""
    order = {step.id: number for number, step in enumerate(service.steps)}
    return sum(
        abs(order[choice.step] - number) if choice.step in order else 1 + place // 2
        for number, step in enumerate(service.steps)
        for place, choice in enumerate(step.choices)
    )


@dataclass
class _Places:
    """Where a step or a choice of one day stands in the file."""

    document: Document
    declared: Service
    region: str

    @property
    def address(self) -> str:
        """The service's own address."""
        return self.document.file.removesuffix(".yml")

    def problem(  # noqa: PLR0913 - a problem has that many parts
        self,
        step: Step,
        rule: str,
        message: str,
        hint: str = "",
        key: str = "id",
        choice: Choice | None = None,
    ) -> Problem:
        index = next(
            i for i, s in enumerate(self.declared.steps)
            if s.id == step.id and s.valid_from == step.valid_from and s.valid_to == step.valid_to
            and (choice is None or choice in s.choices)
        )  # fmt: skip
        location: Location = ("steps", index, key)
        if choice:
            number = self.declared.steps[index].choices.index(choice)
            location = ("steps", index, "choices", number, *((key,) if key != "id" else ()))
        return self.document.problem(location, message, rule, hint)


def _check_steps(service: Service, places: _Places) -> Iterator[Problem]:
    starts = [step for step in service.steps if step.kind == "start"]
    if not starts:
        hint = "Anna ensimmäiselle vaiheelle kind: start."
        yield places.problem(service.steps[0], "no-start", "Polulta puuttuu alku.", hint)
    for step in starts[1:]:
        message = f"Polulla on jo alku: ”{starts[0].id}”."
        hint = "Alkuja on yksi. Vaihda tähän kind: task."
        yield places.problem(step, "two-starts", message, hint, "kind")
    for step in service.steps:
        name, count = step.name.fi, len(step.choices)
        if step.kind == "decision" and count < 2:  # noqa: PLR2004 - a decision is between two
            message = f"Päätöksessä ”{name}” on alle kaksi vaihtoehtoa."
            yield places.problem(step, "few-choices", message, "Lisää toinen kohtaan choices.")
        if step.kind == "end" and any(c.kind != "return" for c in step.choices):
            message = f"Loppu ”{name}” jatkuu eteenpäin."
            yield places.problem(step, "end-goes-on", message, "Vaihda kind: task.", "kind")
        if step.kind != "end" and not count:
            message = f"Vaiheesta ”{name}” ei pääse mihinkään."
            hint = "Lisää choices tai merkitse vaihe lopuksi: kind: end."
            yield places.problem(step, "dead-end", message, hint)


def _check_choices(service: Service, places: _Places) -> Iterator[Problem]:
    order = {step.id: number for number, step in enumerate(service.steps)}
    declared, twice = {step.id for step in places.declared.steps}, _said_twice(service)
    for number, step in enumerate(service.steps):
        seen: set[str] = set()
        for choice in step.choices:
            if len(step.choices) > 1 and choice.condition is None:
                message = "Vaihtoehdolta puuttuu ehto."
                yield places.problem(step, "no-condition", message, _CONDITION, choice=choice)
            target = target_of(step.id, choice, places.region).id
            if choice.service and target == f"{step.id}~{places.address}":
                message = "Vaihtoehto vie samaan palveluun, jossa jo ollaan."
                hint = "Anna kohteeksi vaihe: step."
                yield places.problem(step, "own-service", message, hint, "service", choice)
            if target in seen:
                message = "Samaan kohteeseen vie jo toinen vaihtoehto."
                hint = "Yhdistä ehdot yhteen vaihtoehtoon."
                yield places.problem(step, "same-target", message, hint, choice=choice)
            seen.add(target)
            if choice.step in declared and choice.step not in order:
                message = f"Vaihe ”{choice.step}” ei ole voimassa silloin, kun tämä vaihtoehto on."
                hint = "Anna vaihtoehdolle sama valid_from tai valid_to kuin vaiheella."
                yield places.problem(step, "not-valid-then", message, hint, "step", choice)
            if choice.step is None or choice.step in order.keys() - twice:
                back = choice.step is not None and order[choice.step] <= number
                yield from _check_direction(step, choice, places, back=back)


def _check_direction(
    step: Step, choice: Choice, places: _Places, *, back: bool
) -> Iterator[Problem]:
    if back and choice.kind != "return":
        message = f"Vaihtoehto palaa aiempaan vaiheeseen ”{choice.step}”."
        hint = "Lisää rivi ”kind: return” tämän alle. Muuten siirrä kohdevaihe myöhemmäksi."
        yield places.problem(step, "unmarked-loop", message, hint, "step", choice)
    if not back and choice.kind == "return":
        message = "Paluu ei johda aiempaan vaiheeseen."
        yield places.problem(step, "not-a-return", message, "Poista kind: return.", "kind", choice)


def _check_whole(graph: PathGraph, places: _Places) -> Iterator[Problem]:
    network = graph.network
    steps = {n.id: n.step for n in graph.nodes if n.step}
    first, last = next(iter(steps.values())), list(steps.values())[-1]
    ends = {n.id for n in graph.nodes if n.kind in ("service", "outcome", "end")}
    if not ends:
        hint = "Lisää vaihe kind: end, tai vaihtoehto, jossa on service tai outcome."
        yield places.problem(last, "no-end", "Polulta puuttuu loppu.", hint)
    reached = {first.id} | nx.descendants(network, first.id)
    for step in (s for s in steps.values() if s.id not in reached):
        message = f"Vaiheeseen ”{step.name.fi}” ei pääse mistään."
        hint = "Lisää johonkin aiempaan vaiheeseen vaihtoehto, joka vie tänne."
        yield places.problem(step, "unreachable", message, hint)
    for loop in nx.strongly_connected_components(network):
        closed = not any(target not in loop for node in loop for target in network[node])
        looping = len(loop) > 1 or any(network.has_edge(n, n) for n in loop)
        inside = [s for s in steps.values() if s.id in loop]
        if looping and closed and inside and not loop & ends:
            message = f"Silmukasta ei pääse pois: {', '.join(s.id for s in inside)}."
            hint = "Lisää johonkin niistä vaihtoehto, joka vie loppuun tai toiseen palveluun."
            yield places.problem(inside[0], "closed-loop", message, hint)
