"""The page of what is due for review: every description, its state and what it still lacks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from palvelupolku.adopting import TOWNS, place
from palvelupolku.finnish import sort_key
from palvelupolku.pages import Press
from palvelupolku.published import Heading, Page
from palvelupolku.readiness import STATES, Waiting
from palvelupolku.records import SearchRecord
from palvelupolku.reviewing import ReviewState
from palvelupolku.supplement import Supplement
from palvelupolku.writing import Desk

_GROUPS = {
    "late": ("myohassa", "Tarkistus on myöhässä", "Tee nyt"),
    "drafts": ("luonnokset", "Luonnokset", "Ennen julkaisua"),
    "others": ("tarkistetut", "Tarkistetut ja julkaistut", "Ennen julkaisua"),
}
"""The anchor and the heading of each group, and of its lists, in the order of the page."""
_SHARED = ("yhteiset", "Yhteiset kuvaukset", "Ennen julkaisua")
"""The same of what a municipality's own site shows and does not mend; it comes last."""
_COUNTED: dict[ReviewState, str] = {
    "draft": "Luonnoksia",
    "reviewed": "Tarkistettuja",
    "published": "Julkaistuja",
}


def due(press: Press, address: str, title: str, summary: str, waiting: Sequence[Waiting]) -> Page:
    """Return the page that lists what waits for a review, the earliest day first.

    A municipality's own site lists its own descriptions by themselves, and counts only them.
    """
    ordered = sorted(
        waiting, key=lambda one: (one.review.due or date.max, *map(sort_key, _named(press, one)))
    )
    own = press.library.own
    mine = [one for one in ordered if not own or one.address in own]
    groups: dict[str, list[Waiting]] = {name: [] for name in _GROUPS}
    for one in mine:
        groups[_group(one, press.day)].append(_placed(one))
    told = [(*_GROUPS[name], found) for name, found in groups.items() if found]
    if own:
        told.append((*_SHARED, [_placed(one) for one in ordered if one.address not in own]))
    counts = {words: sum(one.review.state == s for one in mine) for s, words in _COUNTED.items()}
    body = press.render(
        "tarkistettavat.html.j2", Desk(address, press.library), title=title, summary=summary,
        groups=told, counts=counts | {"Myöhässä": len(groups["late"])}, states=STATES,
        name_of=lambda one: _named(press, one)[1], place_of=lambda one: _place(press, one),
        pages=press.settings.pages, shared=_SHARED[0] if own else "",
    )  # fmt: skip
    record = SearchRecord(address, title, "Ohje", f"{summary} {' '.join(STATES.values())}")
    headings = tuple(Heading(2, anchor, words) for anchor, words, *_ in told)
    return Page(address, title, summary, "reference", body, headings, (record,))


def _group(one: Waiting, day: date) -> str:
    if one.is_late(day):
        return "late"
    return "drafts" if one.review.state == "draft" else "others"


def _placed(one: Waiting) -> Waiting:
    """Return the description with its lacks at the names that files have in their own folders."""
    return replace(one, lacks=tuple(replace(p, file=place(p.file)) for p in one.lacks))


def _named(press: Press, one: Waiting) -> tuple[str, str]:
    """Return the region's name and the description's own, by which equals are put in order."""
    if not isinstance(one.model, Supplement):
        return _region(press, one), one.model.name.fi
    region, _, town = one.address.partition(f"{TOWNS}/")
    return _region(press, one), press.library.regions[region].municipalities[town].name.fi


def _place(press: Press, one: Waiting) -> str:
    """Return what stands below the name: the region, and whether a municipality tells it."""
    town = "Kunnan täydennys, " if isinstance(one.model, Supplement) else ""
    return town + _region(press, one)


def _region(press: Press, one: Waiting) -> str:
    return press.library.regions[one.address.partition("/")[0]].name.fi
