"""From a description to its drawing and its text: nothing lost, nothing overlapping, in time."""

import json
import re
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from drawings import faults, read
from palvelupolku.build import check
from palvelupolku.dated import service_on
from palvelupolku.diagram import draw_path
from palvelupolku.finnish import hyphenate
from palvelupolku.folder import read_folder
from palvelupolku.graph import PathGraph, to_graph
from palvelupolku.library import Library
from palvelupolku.measure import spaced_width, wrap
from palvelupolku.model import Service
from palvelupolku.validity import turning_days, valid_on
from palvelupolku.writing import environment

TESTS = Path(__file__).parent
DAY = date(2026, 11, 21)
SMALL = read_folder(TESTS / "project")
PRESS = environment()
PATHS = (
    "keski-suomi/kuntouttava-tyotoiminta",
    "keski-suomi/kehitysvammaisten-tyotoiminta-ja-tyohonvalmennus",
    "helsinki/laatukriteeri-tyohonvalmennus",
)
WORDS = (
    "sinä", "työ", "et", "tuki", "ja", "päätös", "haluat", "tehdään", "yhdessä", "on", "arvio",
    "palvelu", "työtoiminta", "työvoimaviranomainen", "aktivointisuunnitelma", "kuntoutus",
    "lähialueyhteistyökumppanuus", "työllistymissuunnitelma", "<b>&", "”ei”", "27 e §:n",
)  # fmt: skip
CALM = settings(
    derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
"""The same examples on every run, no clock in them, and no minutes of shrinking a failure."""

Steps = list[dict[str, Any]]


def said(least: int, most: int) -> st.SearchStrategy[str]:
    """Give texts of real words, short and very long."""
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


@st.composite
def paths(draw: st.DrawFn) -> Steps:
    """Give the steps of a valid path: 6 to 25, with decisions, returns, skips and exits."""
    count = draw(st.integers(6, 25))
    steps = [step(f"s{number}", draw(said(1, 5))) for number in range(count)]
    steps[0]["kind"] = "start"
    entered = {0}
    exits = st.sampled_from([
        {"service": "tyokokeilu"}, {"service": "mantyla/valmennus"}, {"outcome": "palkkatyo"},
        {"outcome": "opiskelu"},
    ])  # fmt: skip
    for number, made in enumerate(steps[:-1]):
        onward = draw(st.sets(st.integers(number + 1, min(count - 1, number + 6)), max_size=3))
        if number + 1 not in entered or not onward:
            onward |= {number + 1}
        entered |= onward
        back = draw(st.sets(st.integers(0, number), max_size=1)) if draw(st.booleans()) else set()
        leaves = draw(st.lists(exits, max_size=4, unique_by=str))
        parallel = draw(st.booleans())
        made["choices"] = [
            *(
                {"step": f"s{n}"} | ({"kind": "parallel"} if parallel else {})
                for n in sorted(onward)
            ),
            *({"step": f"s{n}", "kind": "return"} for n in sorted(back)),
            *(dict(leave) for leave in leaves),
        ]
        if len(made["choices"]) > 1:
            made["kind"] = made.get("kind") or draw(st.sampled_from(["decision", "task"]))
            for choice in made["choices"]:
                choice["condition"] = draw(said(1, 7))
    steps[-1]["kind"] = "end"
    return steps


def step(name: str, title: str = "Vaihe", *choices: dict[str, str], **more: str) -> dict[str, Any]:
    """Return a step as an author writes it."""
    return {
        "id": name, "phase": "in", "name": title, "actor": "kaupunki", "client": "Tee.",
        "plain": "Se tehdään.", "certainty": "unknown", "choices": list(choices), **more,
    }  # fmt: skip


def with_steps(steps: Steps) -> dict[str, bytes]:
    """Return the small project with these steps in its path; JSON is YAML as well."""
    service = {
        "name": "Polku", "nature": "statutory-service", "stage": "activity", "summary": "Polku.",
        "review": {"reviewed_on": "2026-06-01", "sources_seen": "2026-11-01"}, "steps": steps,
    }  # fmt: skip
    return {**SMALL, "koivula/polku.yml": json.dumps(service).encode()}


def drawn(files: Mapping[str, bytes], address: str, day: date = DAY) -> tuple[str, PathGraph]:
    """Return a path's SVG, in which each node's address is its id, and its graph."""
    reading = check(files, day)
    assert reading.errors == []
    library = reading.library
    graph = to_graph(valid_on(library.services[address], day), address.partition("/")[0])
    drawing = draw_path(graph, library, names=("nimi", "selitys"))
    return str(drawing.svg(PRESS, lambda node: {"href": f"#{node}"})), graph


def shown_on(library: Library, address: str, day: date) -> tuple[Service, PathGraph]:
    """Return a service and its path as they stand on a day."""
    service = valid_on(library.services[address], day)
    return service, to_graph(service, address.partition("/")[0])


@settings(CALM, max_examples=60)
@given(steps=paths())
def test_any_path_is_drawn_whole(steps: Steps) -> None:
    """Every step, target, choice and condition is on the paper, and nothing covers another."""
    assert faults(*drawn(with_steps(steps), "koivula/polku")) == []


@pytest.mark.parametrize("address", PATHS)
@pytest.mark.parametrize("day", [DAY, date(2025, 6, 1)], ids=str)
def test_the_real_paths_are_drawn_whole(files: dict[str, bytes], address: str, day: date) -> None:
    """The three shipped paths keep the same promise on both sides of a change in the law."""
    assert faults(*drawn(files, address, day)) == []


def test_a_faulty_drawing_would_be_noticed() -> None:
    """Each promise of a drawing is broken once, and each time something is told."""
    end = step("z", kind="end")
    way, other = ({"step": t, "condition": f"ehto {t}"} for t in ("b", "z"))
    steps = [step("a", "Alku", way, other, kind="start"), step("b", "Väli", {"step": "z"}), end]
    svg, graph = drawn(with_steps(steps), "koivula/polku")
    assert faults(svg, graph) == []
    moved = {n: re.search(rf'href="#{n}".*?translate\((.*?)\)', svg)[1] for n in "ab"}  # type: ignore[index]
    pill = re.search(r'pp-label--onward" transform="translate\((.*?)\)', svg)[1]  # type: ignore[index]
    line = re.search(r'<path class="pp-line .*?/>', svg)[0]  # type: ignore[index]
    arrow = re.search(r'<path class="pp-arrow .*?/>', svg)[0]  # type: ignore[index]
    node = re.search(r'<a class="pp-node pp-node--task.*?</a>', svg, re.DOTALL)[0]  # type: ignore[index]
    for broken, words in (
        (svg.replace(moved["b"], moved["a"]), "overlap"),
        (svg.replace(pill, moved["a"]), "overlap"),
        (svg.replace(moved["b"], "-9 0"), "off the paper"),
        (svg.replace(arrow, ""), "no arrow"),
        (svg.replace(line + arrow, ""), "no line"),
        (svg.replace(node, ""), "cards"),
        (svg.replace(node, node + node), "cards"),
        (svg.replace("ehto b", "ehto"), "condition"),
        (svg.replace(">Väli<", ">Vä<"), "cut name"),
    ):
        assert any(words in fault for fault in faults(broken, graph)), words
    with pytest.raises(ParseError):
        read(svg.replace("Väli", "Väli &"))


def diamonds(count: int) -> Steps:
    """Return decisions in a row whose ways meet again: two to the power of `count` ways through."""
    made: Steps = []
    for n in range(count):
        left, right = ({"step": f"{way}{n}", "condition": way} for way in ("left", "right"))
        made.append(step(f"d{n}", f"Päätös {n}", left, right, kind="decision" if n else "start"))
        made += [step(f"{way}{n}", way, {"step": f"d{n + 1}"}) for way in ("left", "right")]
    return [*made, step(f"d{count}", kind="end")]


def clique(count: int) -> Steps:
    """Return steps that each lead to every other."""
    return [
        step(
            f"s{n}", f"Vaihe {n}",
            *(
                {"step": f"s{m}", "condition": f"ehto {m}"} | ({"kind": "return"} if m < n else {})
                for m in range(count) if m != n and n < count - 1
            ),
            kind="start" if not n else "end" if n == count - 1 else "task",
        )
        for n in range(count)
    ]  # fmt: skip


def chain(count: int) -> Steps:
    """Return steps in a row."""
    made = [step(f"s{n}", f"Vaihe {n}", {"step": f"s{n + 1}"}) for n in range(count - 1)]
    made[0]["kind"] = "start"
    return [*made, step(f"s{count - 1}", kind="end")]


@pytest.mark.parametrize(
    "steps", [diamonds(30), diamonds(60), clique(15), chain(200)],
    ids=["30-diamonds", "60-diamonds", "15-clique", "200-chain"],
)  # fmt: skip
def test_a_large_path_is_still_drawn_in_time(steps: Steps) -> None:
    """What the checker lets through is drawn whole in seconds; ways through are never counted."""
    start = time.process_time()
    svg, graph = drawn(with_steps(steps), "koivula/polku")
    assert time.process_time() - start < 15
    assert faults(svg, graph) == []


@pytest.mark.parametrize("steps", [clique(40), chain(201)], ids=["40-clique", "201-chain"])
def test_a_path_that_nobody_could_read_is_refused_at_once(steps: Steps) -> None:
    """Too many steps or choices is one error in Finnish at the path's place, not a long wait."""
    start = time.process_time()
    problems = check(with_steps(steps), DAY).errors
    assert time.process_time() - start < 3
    assert [problem.rule for problem in problems] == ["too-many-choices"]
    assert "liikaa vaiheita tai vaihtoehtoja" in problems[0].message
    assert "Jaa polku" in problems[0].hint


def test_many_days_of_change_are_checked_in_time() -> None:
    """A path in which every step has its own days is answered within seconds."""
    steps = chain(200)
    for number, made in enumerate(steps):
        made["valid_from"] = date.fromordinal(730_000 + 3 * number).isoformat()
        made["valid_to"] = date.fromordinal(740_000 + 3 * number).isoformat()
    start = time.process_time()
    assert check(with_steps(steps), DAY).errors
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Aktivointisuunnitelma", 120, ("Aktivointi-", "suunnitelma")),
        ("Työhönvalmennus", 100, ("Työhön-", "valmennus")),
        ("palvelupäätös", 100, ("palvelu-", "päätös")),
        ("Sopiiko työ tai työllisyyspalvelu?", 160, ("Sopiiko työ tai", "työllisyyspalvelu?")),
        ("Keski-Suomen hyvinvointialue", 160, ("Keski-Suomen", "hyvinvointialue")),
        ("jaksonvaihto\u00adkeskustelu", 120, ("jaksonvaihto-", "keskustelu")),
        ("laki 710/1982", 80, ("laki", "710/1982")),
    ],
)
def test_finnish_words_break_where_a_reader_would(
    text: str, width: float, lines: tuple[str, ...]
) -> None:
    """Lines end between words first, then at a compound's seam; a number is never cut."""
    assert wrap(text, width, 15, 600) == lines


@settings(CALM, max_examples=150)
@given(text=said(1, 8), width=st.integers(110, 260))
def test_wrapping_keeps_every_letter_inside_its_line(text: str, width: int) -> None:
    """No letter is lost, no line is too wide, and no stub of a word stands before a hyphen."""
    lines = wrap(text, width, 15, 600)
    rest = text.replace(" ", "")
    for line in lines:
        words = line.replace(" ", "")
        rest = rest.removeprefix(words if rest.startswith(words) else words.removesuffix("-"))
        assert spaced_width(line, 15, 600) <= width
        if line.endswith("-") and not text.endswith("-"):
            assert len(line.rpartition(" ")[2]) > 3
    assert rest == ""


def test_headings_get_soft_hyphens_in_long_words_only() -> None:
    """The letters stay as they are; an author's own soft hyphen is the only one in its word."""
    shown = hyphenate("Kuntouttava työtoiminta ja työllistymissuunnitelma, opinto\u00adpolku")
    assert (
        shown.replace("\u00ad", "")
        == "Kuntouttava työtoiminta ja työllistymissuunnitelma, opintopolku"
    )
    assert "työ\u00adtoi" in shown
    assert "lisä\u00ad" not in shown
    assert hyphenate("Tuki ja ohjaus") == "Tuki ja ohjaus"
    assert shown.endswith(" opinto\u00adpolku")


def test_a_change_in_the_law_changes_the_path_on_its_day(files: dict[str, bytes]) -> None:
    """Rehabilitative work has the plan of 2025 until New Year, and the new way from then on."""
    library = check(files, DAY).library
    days = [date(2025, 6, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 1)]
    shown = [shown_on(library, PATHS[0], day) for day in days]
    ids = [[node.id for node in graph.steps] for _, graph in shown]
    assert ids[0] == ids[1]
    assert ids[2] == ids[3]
    assert set(ids[3]) - set(ids[0]) == {"konsultaatio"}
    plans = [next(s for s in service.steps if s.id == "suunnitelma") for service, _ in shown]
    assert [plan.name.fi for plan in plans[:2]] == ["Aktivointisuunnitelma tehdään yhdessä"] * 2
    assert [plan.name.fi for plan in plans[2:]] == ["Suunnitelma tehdään yhdessä"] * 2
    ways = [
        {edge.target for edge in graph.edges_from("ensisijaiset-palvelut")} for _, graph in shown
    ]
    assert "konsultaatio" not in ways[1]
    assert "konsultaatio" in ways[2]
    for service, graph in shown:
        assert len({step.id for step in service.steps}) == len(service.steps)
        assert [node.number for node in graph.steps] == list(range(1, len(graph.steps) + 1))


def test_the_arranger_of_a_day_is_the_one_who_arranged_then(files: dict[str, bytes]) -> None:
    """The municipality arranged until the end of 2022, the wellbeing services county since then."""
    library = check(files, DAY).library
    for day, actor in (
        (date(2022, 12, 31), "kunta"),
        (date(2023, 1, 1), "keski-suomen-hyvinvointialue"),
        (DAY, "keski-suomen-hyvinvointialue"),
    ):
        service = service_on(library, PATHS[0], day)
        assert [arranger.actor for arranger in service.arrangers] == [actor]


def test_days_before_and_after_each_change_are_checked(files: dict[str, bytes]) -> None:
    """A fault that shows only after a change is found today, on the day it begins."""
    library = check(files, DAY).library
    days = turning_days(library.services[PATHS[0]], DAY)
    assert {date(2025, 12, 31), date(2026, 1, 1), DAY} <= set(days)
    later = step("b", "Väli", {"step": "z"}, valid_from="2027-01-01")
    start = step("a", "Alku", {"step": "z"}, kind="start")
    files = with_steps([start, later, step("z", kind="end")])
    assert [problem.rule for problem in check(files, DAY).errors] == ["unreachable"]
    assert check(with_steps([start, step("z", kind="end")]), DAY).errors == []


def test_the_ends_of_the_calendar_are_days_like_others() -> None:
    """The first and the last day that a date can be stand for always, and break nothing."""
    always = {"valid_from": "0001-01-01", "valid_to": "9999-12-31"}
    steps = [step("a", "Alku", {"step": "z"}, kind="start"), step("z", kind="end")]
    assert check(with_steps([made | always for made in steps]), DAY).errors == []
