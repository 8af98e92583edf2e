"""The paper of a service as a ready PDF, for those who only print. The one port to Typst.

The file is tagged (PDF/UA-1, ISO 14289-1, which Typst checks as it writes), holds its own fonts,
and says what the clear version says. No text of an author is markup there: it goes in as data.
"""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from fontTools.ttLib import TTFont

from palvelupolku import outline
from palvelupolku.finnish import upper_first
from palvelupolku.graph import Node
from palvelupolku.meeting import ASK
from palvelupolku.mirror import AS_SHARED, HERE
from palvelupolku.model import Service
from palvelupolku.pages import Press, paper_of
from palvelupolku.prose import paragraphs, plain
from palvelupolku.resources import FONTS, TEMPLATES
from palvelupolku.towns import Local
from palvelupolku.writing import day_name, reviewed, town_reviewed

_CLIENT = "asiakas"


def sheets(press: Press) -> dict[str, bytes]:
    """Return the paper of every service by its address, from a press in its plainest words."""
    made = datetime.combine(press.day, time(), UTC)
    with TemporaryDirectory() as folder:
        _write_fonts(Path(folder))
        compiler = typst.Compiler(
            input=str(TEMPLATES / "sheet.typ"), font_paths=[folder], ignore_system_fonts=True
        )
        found: dict[str, bytes] = {}
        for address in sorted(press.library.services):
            pdf = compiler.compile(
                format="pdf", pdf_standards="ua-1", timestamp=made,
                sys_inputs={"sheet": json.dumps(_data(press, address))},
            )  # fmt: skip
            assert isinstance(pdf, bytes)
            found[paper_of(address)] = pdf
    return found


def _write_fonts(folder: Path) -> None:
    """Write the site's own fonts as Typst reads them: without the compression of the web."""
    for path in FONTS.glob("*.woff2"):
        font = TTFont(path, recalcTimestamp=False)
        font.flavor = None
        font.save(folder / f"{path.stem}.ttf")


def _data(press: Press, address: str) -> dict[str, object]:
    service, graph = press.library.services[address], press.graphs[address]
    words = press.path(press.desk(address), address)
    review, local = service.review, press.towns.locals.get(address)
    onward: Any = words["onward"]
    steps = [_step(press, address, node) for node in graph.steps]
    whole = str(words["whole_address"])
    return {
        "title": press.towns.title(address, service),
        "lead": service.summary.fi,
        "local": _local(local, press.day),
        "state": reviewed(review, press.day, local and not local.own),
        "day": [press.day.year, press.day.month, press.day.day],
        "steps": steps
        or [_card(service, local, [_way(edge.condition, name) for edge, name, _ in onward])],
        "code": str(words["code"]),
        "alt": "QR-koodi tälle sivulle",
        "address": f"Tämä polku verkossa: {whole}" if whole else "",
        "source": f"Polku on päivältä {day_name(press.day)}. "
        f"Uusin lähde: {day_name(review.sources_seen)}.",
    }


def _local(local: Local | None, day: date) -> str:
    """Return what a municipality tells of the service, in a few words."""
    if local is None:
        return ""
    supply = local.supply
    told = [f"{local.municipality.name.fi}: {HERE[supply.state]}.", plain(supply.text.fi)]
    told += [plain(supply.instead.text.fi)] if supply.instead else []
    told += [supply.contact.fi] if supply.contact else []
    return " ".join([*told, town_reviewed(local.review, day)])


def _step(press: Press, address: str, node: Node) -> dict[str, object]:
    step, graph = node.step, press.graphs[address]
    assert step is not None
    actors = [step.actor, *(p.actor for p in step.participants)]
    helper = next((name for name in actors if name != _CLIENT), None)
    own = ["Sinä teet tämän."] if step.actor == _CLIENT else []
    helped = press.library.catalogue.actors[helper].name.fi if helper else ""
    gone, local = press.towns.gone(address), press.towns.locals.get(address)
    ways = [outline.way(edge, graph, press.library, gone) for edge in graph.edges_from(node.id)]
    who = [*own, *([f"Kuka auttaa: {upper_first(helped)}"] if helped else [])]
    return {
        "name": f"{node.number}. {step.name.fi}",
        "who": "" if node.id in gone else " ".join(who),
        "before": f"{AS_SHARED}:" if local and node.id in local.undecided else "",
        "client": paragraphs(step.client.fi),
        "ask": step.contact.fi if step.contact else ASK,
        "ways": [way.removeprefix("→ ") for way in ways],
    }


def _card(service: Service, local: Local | None, ways: list[str]) -> dict[str, object]:
    """Return a service without steps as the one stop it is on a path."""
    entry = [f"Miten palveluun pääsee: {plain(service.entry[0].text.fi)}"] if service.entry else []
    ask = local.supply.contact.fi if local and local.supply.contact else ASK
    card = {"name": service.name.fi, "who": "", "before": "", "client": entry, "ask": ask}
    return {**card, "ways": ways}


def _way(condition: str, name: str) -> str:
    return f"{upper_first(condition)} → {name}" if condition else name
