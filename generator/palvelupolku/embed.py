"""A path for somebody else's page: in a frame, as text to copy, and the page that tells how.

A frame's page stands alone, without the site's header, search and foot. What a choice leads to on
another path stays in the frame; every other link leads the whole window on, so that the browser's
own way back works and nobody meets a site inside a site.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from palvelupolku import outline
from palvelupolku.diagram import Drawing
from palvelupolku.lists import paths_by_region
from palvelupolku.model import Service
from palvelupolku.pages import Press, by_name
from palvelupolku.prose import paragraphs
from palvelupolku.published import POLICY, Heading, Page
from palvelupolku.records import SearchRecord
from palvelupolku.writing import Desk

GUIDE = ("upota/", "Upota polku omalle sivullesi", "Näytä polku kunnan omilla sivuilla.")
VERSION = "upota/"
"""What ends the address of a path's page for a frame."""
TEXT = "teksti.html"
"""The path as text to copy, beside the page for a frame."""
UNKNOWN_SITE = "https://OSOITTEESI/"
"""What stands in lines to paste for the site's address, where that is not known."""
HEIGHT = 900
"""Pixels of a frame whose page lets no script fit it to its content."""


def embeds(press: Press, pages: Mapping[str, Page]) -> dict[str, bytes]:
    """Return, by address, what stands on other people's pages; `pages` hold the drawings.

    At an old address of a service the same frame stands as at its new one: nobody tells those who
    have it on their pages that it has moved. The text to copy is at the new address alone.
    """
    found: dict[str, str] = {}
    for address, service in sorted(press.library.services.items()):
        drawing = pages[f"{address}/"].drawing
        for place in (address, *press.towns.old(address, service)):
            found[f"{place}/{VERSION}index.html"] = _frame(press, address, place, drawing)
        if service.steps:
            found[f"{address}/{VERSION}{TEXT}"] = _text(press, address)
    return {name: text.encode() for name, text in found.items()}


def _frame(press: Press, address: str, place: str, drawing: Drawing | None) -> str:
    """Return the page for a frame: the service's drawing and steps, at one of its addresses."""
    desk = press.desk(place, VERSION, frame=VERSION)
    words = press.path(desk, address, drawing, version=VERSION) | {"roles": []}
    return press.render("upotus.html.j2", desk, **words, **_shell(press, desk, address))


def _shell(press: Press, desk: Desk, address: str) -> dict[str, object]:
    """Return what a page without the site's own frame around it needs in its head."""
    return {
        "title": press.towns.title(address, press.library.services[address]),
        "policy": POLICY,
        "canonical": _whole(press, f"{address}/") or desk.to(f"{address}/"),
    }


def _whole(press: Press, address: str) -> str:
    """Return the whole address of a page, or nothing where the site's place is not known."""
    return urljoin(press.settings.site_url, address) if press.settings.site_url else ""


def _text(press: Press, address: str) -> str:
    """Return the page from which a path can be copied as words or as HTML."""
    graph, desk = press.graphs[address], press.desk(address, VERSION)
    library, gone = press.library, press.towns.gone(address)
    return press.render(
        "teksti.html.j2", desk, **press.path(desk, address), **_shell(press, desk, address),
        link=_whole(press, f"{address}/"), unknown=urljoin(UNKNOWN_SITE, f"{address}/"),
        paragraphs=lambda text: paragraphs(text.fi),
        ways_of=lambda n: [outline.way(e, graph, library, gone) for e in graph.edges_from(n.id)],
    )  # fmt: skip


def guide(press: Press) -> Page:
    """Return the page with the lines to paste for every path, and one path in a frame."""
    address, title, summary = GUIDE
    found = [
        (region.name.fi, sorted(_paths(press, name, paths), key=lambda p: _place(press, p)))
        for name, region, paths in paths_by_region(press)
    ]
    found.sort(key=lambda group: not any(_is_own(press, a) for _, a in group[1]))
    every = [path for _, paths in found for path in paths]
    services = press.library.services
    body = press.render(
        "upota.html.j2", Desk(address, press.library), title=title, summary=summary,
        found=[(name, paths) for name, paths in found if paths], height=HEIGHT,
        whole=lambda place: urljoin(press.settings.site_url or UNKNOWN_SITE, place),
        example=min(
            every, default=None,
            key=lambda p: (not _is_own(press, p[1]), services[p[1]].nature != "statutory-service"),
        ), shared=press.towns.shared,
        in_town=next((title for title, place in every if place in press.towns.locals), ""),
        site_url=press.settings.site_url, unknown=UNKNOWN_SITE,
    )  # fmt: skip
    record = SearchRecord(address, title, "Ohje", summary)
    headings = (Heading(2, "nain", "Näin teet"), Heading(2, "valitse", "Valitse palvelu"))
    return Page(address, title, summary, "reference", body, headings, (record,), frames=True)


def _is_own(press: Press, address: str) -> bool:
    """Return whether a path is told of in an own folder, beside the shared descriptions."""
    return bool({address, address.rpartition("/")[0]} & press.library.own)


def _place(press: Press, path: tuple[str, str]) -> tuple[bool, tuple[str, str]]:
    """Return the key that sorts (name, address): an own site's own paths come first."""
    return not _is_own(press, path[1]), by_name(path)


def _paths(
    press: Press, region: str, paths: list[tuple[str, Service]]
) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each path of a region and of its municipalities."""
    own = ((a, x.service) for a, x in press.towns.locals.items() if x.region == region)
    for address, service in (*paths, *own):
        if service.steps:
            yield press.towns.title(address, service), address
