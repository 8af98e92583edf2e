"""The pages around the paths: the front page, its doors, the catalogue and old addresses."""

import re
from collections.abc import Sequence
from dataclasses import replace

from palvelupolku.adopting import place
from palvelupolku.errors import Problem
from palvelupolku.finnish import sort_key
from palvelupolku.graph import Node
from palvelupolku.model import LegalBasis, Service
from palvelupolku.pages import Press, by_name
from palvelupolku.published import Heading, Page
from palvelupolku.records import SearchRecord
from palvelupolku.region import Region
from palvelupolku.schemas import KINDS
from palvelupolku.statement import Statement
from palvelupolku.writing import Desk

_PLACES = {"umbrella": 0, "project-model": 2}
"""A region's own path leads to the others; what nobody knows to be there comes last."""
_LISTS = {"actors": "actor", "outcomes": "outcome", "laws": "law", "terms": "term"}
"""The lists of the catalogue whose ids an author writes, and the key they go to."""


def front(press: Press) -> Page:
    """Return the front page, which asks who the reader is."""
    desk = Desk("", press.library)
    name = press.settings.name
    body = press.render("front.html.j2", desk, name=name, paths=paths_by_region(press))
    summary = "Työllistymistä tukevat sosiaalipalvelut vaihe vaiheelta."
    return Page("", name, summary, "front", body, (Heading(2, "kuka", "Kuka olet?"),))


def audience(press: Press, address: str, title: str, summary: str) -> Page:
    """Return the page that leads one kind of reader on."""
    desk = Desk(address, press.library)
    body = press.render(
        f"{address.strip('/')}.html.j2", desk, title=title, summary=summary,
        paths=paths_by_region(press), pages=press.settings.pages,
    )  # fmt: skip
    record = SearchRecord(address, title, "Ohje", summary)
    return Page(address, title, summary, "audience", body, records=(record,))


def remarks(
    press: Press, address: str, title: str, summary: str, warnings: Sequence[Problem]
) -> Page:
    """Return the page for authors: every remark that stops no build."""
    desk = Desk(address, press.library)
    told = [replace(warning, file=place(warning.file)) for warning in warnings]
    body = press.render("huomautukset.html.j2", desk, title=title, summary=summary, warnings=told)
    return Page(address, title, summary, "reference", body)


def statement(press: Press, address: str, title: str, summary: str) -> Page:
    """Return the accessibility statement, or what is still missing from one."""
    desk = Desk(address, press.library)
    body = press.render(
        "saavutettavuusseloste.html.j2", desk, title=title, summary=summary,
        statement=press.library.statement or Statement(),
    )  # fmt: skip
    record = SearchRecord(address, title, "Ohje", summary)
    return Page(address, title, summary, "reference", body, records=(record,))


def identifiers(press: Press, address: str, title: str, summary: str) -> Page:
    """Return the page for authors with the id of all that a description may name.

    On a municipality's own site the region that it tells of comes first.
    """
    regions, own = press.library.regions, press.library.own_regions
    found = [
        (id_, regions[id_], sorted(_services(press, id_), key=lambda one: sort_key(one[1].name.fi)))
        for id_ in sorted(regions, key=lambda id_: (id_ not in own, id_))
    ]
    body = press.render(
        "tunnukset.html.j2", Desk(address, press.library), title=title, summary=summary,
        found=found, lists=_LISTS, called=KINDS,
    )  # fmt: skip
    headings = (
        *(Heading(2, f"alue-{name}", region.name.fi) for name, region, _ in found),
        Heading(2, "luettelot", "Luettelot"),
    )
    record = SearchRecord(address, title, "Ohje", summary)
    return Page(address, title, summary, "reference", body, headings, (record,))


def _services(press: Press, region: str) -> list[tuple[str, Service]]:
    return [(a, s) for a, s in press.library.services.items() if a.partition("/")[0] == region]


def moved(press: Press, old: str, address: str, service: Service) -> Page:
    """Return the page at an old address of a service, which leads to the new one."""
    desk = Desk(old, press.library)
    title, summary = service.name.fi, "Tämä sivu on siirtynyt uuteen osoitteeseen."
    body = press.render("siirtynyt.html.j2", desk, title=title, summary=summary, target=address)
    return Page(old, title, summary, "reference", body)


def paths_by_region(press: Press) -> list[tuple[str, Region, list[tuple[str, Service]]]]:
    """Return each region by id with its paths, those that lead to the others first."""

    def order(pair: tuple[str, Service]) -> tuple[int, str]:
        return _PLACES.get(pair[1].nature, 1), sort_key(pair[1].name.fi)

    return [
        (
            name,
            region,
            sorted(press.paths_of(name), key=order),
        )
        for name, region in sorted(press.library.regions.items())
        if not region.neighbours
    ]  # fmt: skip


def reference(press: Press, address: str, title: str, summary: str) -> Page:
    """Return a page of the catalogue: terms, laws, sources or actors."""
    desk = Desk(address, press.library)
    template = f"{address.strip('/')}.html.j2"
    body = press.render(
        template, desk, title=title, summary=summary, rests=_rests(press),
        arrivals=lambda outcome: _arrivals(press, outcome),
    )  # fmt: skip
    return Page(
        address, title, summary, "reference", body, records=_reference_records(press, address)
    )


def _rests(press: Press) -> dict[str, list[tuple[str, list[tuple[str, str, list[Node]]]]]]:
    """Return, for each act, its sections and what rests on each: name, address and steps."""
    found: dict[str, dict[str, dict[str, list[Node]]]] = {}
    for address, service in press.library.services.items():
        steps = [(node, basis) for node in press.graphs[address].steps for basis in _laws(node)]
        for node, basis in [(None, basis) for basis in service.laws] + steps:
            sections = found.setdefault(basis.law, {})
            nodes = sections.setdefault(basis.section or "", {}).setdefault(address, [])
            nodes += [node] if node else []
    return {
        law: [
            (section, sorted(_named(press, places), key=lambda place: by_name(place[:2])))
            for section, places in sorted(sections.items(), key=_by_section)
        ]
        for law, sections in found.items()
    }


def _laws(node: Node) -> tuple[LegalBasis, ...]:
    return node.step.laws if node.step else ()


def _named(press: Press, places: dict[str, list[Node]]) -> list[tuple[str, str, list[Node]]]:
    return [(press.library.services[a].name.fi, a, nodes) for a, nodes in places.items()]


def _by_section(entry: tuple[str, object]) -> tuple[int, str]:
    number = re.match(r"\d+", entry[0])
    return int(number.group()) if number else 0, entry[0]


def _arrivals(press: Press, outcome: str) -> list[tuple[str, str]]:
    places = press.arrivals.get(outcome, ())
    return sorted(((press.library.services[a].name.fi, a) for a in places), key=by_name)


def _reference_records(press: Press, address: str) -> tuple[SearchRecord, ...]:
    if address != "sanasto/":
        return ()
    return tuple(
        SearchRecord(
            f"sanasto/#{name}",
            term.name.fi,
            "Sanasto",
            " ".join([term.meaning.fi, term.name.sv or "", term.name.en or "", *term.forms]),
        )
        for name, term in sorted(press.library.catalogue.terms.items())
    )
