"""The pages around the paths: the front page, its doors, the catalogue and old addresses."""

from collections.abc import Sequence

from palvelupolku.errors import Problem
from palvelupolku.finnish import sort_key
from palvelupolku.model import Region, Service
from palvelupolku.pages import Press, by_name
from palvelupolku.published import Heading, Page
from palvelupolku.records import SearchRecord
from palvelupolku.writing import Desk


def front(press: Press) -> Page:
    """Return the front page, which asks who the reader is."""
    desk = Desk("", press.library)
    body = press.render("front.html.j2", desk, paths=_paths_by_region(press))
    summary = "Työllistymistä tukevat sosiaalipalvelut vaihe vaiheelta."
    return Page("", "Palvelupolku", summary, "front", body, (Heading(2, "kuka", "Kuka olet?"),))


def audience(press: Press, address: str, title: str, summary: str) -> Page:
    """Return the page that leads one kind of reader on."""
    desk = Desk(address, press.library)
    body = press.render(
        f"{address.strip('/')}.html.j2", desk, title=title, summary=summary,
        paths=_paths_by_region(press),
    )  # fmt: skip
    record = SearchRecord(address, title, "Ohje", summary)
    return Page(address, title, summary, "audience", body, records=(record,))


def remarks(
    press: Press, address: str, title: str, summary: str, warnings: Sequence[Problem]
) -> Page:
    """Return the page for authors: every remark that stops no build."""
    desk = Desk(address, press.library)
    body = press.render(
        "huomautukset.html.j2", desk, title=title, summary=summary, warnings=warnings
    )
    return Page(address, title, summary, "reference", body)


def moved(press: Press, old: str, address: str, service: Service) -> Page:
    """Return the page at a service's old address, which leads to the new one."""
    desk = Desk(f"{old}/", press.library)
    title, summary = service.name.fi, "Tämä sivu on siirtynyt uuteen osoitteeseen."
    body = press.render("siirtynyt.html.j2", desk, title=title, summary=summary, target=address)
    return Page(f"{old}/", title, summary, "reference", body)


def _paths_by_region(press: Press) -> list[tuple[str, Region, list[tuple[str, Service]]]]:
    return [
        (
            name,
            region,
            sorted(press.paths_of(name), key=lambda pair: sort_key(pair[1].name.fi)),
        )
        for name, region in sorted(press.library.regions.items())
        if not region.neighbours
    ]  # fmt: skip


def reference(press: Press, address: str, title: str, summary: str) -> Page:
    """Return a page of the catalogue: terms, laws, sources or actors."""
    desk = Desk(address, press.library)
    template = f"{address.strip('/')}.html.j2"
    body = press.render(template, desk, title=title, summary=summary, uses=_uses(press))
    return Page(
        address, title, summary, "reference", body, records=_reference_records(press, address)
    )


def _uses(press: Press) -> dict[str, list[tuple[str, str]]]:
    """Return the services on whose path an actor acts, and which rest on a law."""
    uses: dict[str, set[tuple[str, str]]] = {}
    for address, service in press.library.services.items():
        names = {s.actor for s in service.steps} | {basis.law for basis in service.laws}
        for name in names:
            uses.setdefault(name, set()).add((service.name.fi, address))
    return {name: sorted(found, key=by_name) for name, found in uses.items()}


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
