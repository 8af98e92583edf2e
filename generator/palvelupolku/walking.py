"""What a path that one can walk carries beside its steps: the script's words, roles, the code."""

import segno
from markupsafe import Markup

from palvelupolku.finnish import sort_key
from palvelupolku.graph import PathGraph
from palvelupolku.library import Library

WORDS = {
    "here": "Olet tässä",
    "walked": "Kuljettu",
    "chosen": "Valittu",
    "you": "Sinä",
    "behind0": "Olet polun alussa.",
    "behind1": "Takana 1 vaihe.",
    "behindN": "Takana {n} vaihetta.",
    "more": "Muut vaihtoehdot ({n})",
    "firstWays": "Takaisin tekstiin",
    "folded1": "1 vaihe: {who}",
    "foldedN": "{n} vaihetta: {who}",
    "shown1": "{who}: näkyvissä 1 vaihe, yhteensä {all}.",
    "shownN": "{who}: näkyvissä {n} vaihetta, yhteensä {all}.",
    "shownAll": "Näkyvissä kaikki vaiheet.",
    "ArrowDown": "Ei seuraavaa vaihetta.",
    "ArrowUp": "Ei edellistä vaihetta.",
    "ArrowLeft": "Ei toista vaihtoehtoa.",
    "ArrowRight": "Ei toista vaihtoehtoa.",
    "meetingOn": "Kokousnäkymä on päällä.",
    "meetingOff": "Kokousnäkymä on pois päältä.",
    "copied": "Linkki kopioitu.",
    "copyFailed": "Kopiointi ei onnistunut. Kopioi osoite selaimen osoiteriviltä.",
    "cleared": "Polku tyhjennetty. Selaimen historia voi vielä näyttää vaiheet.",
    "gone": "Tätä vaihetta ei enää ole tällä polulla.",
    "nearest": "Tätä vaihetta ei enää ole tällä polulla. Näytetään lähin vaihe.",
    "role": "Linkin roolia ei ole tällä polulla. Näytetään kaikki vaiheet.",
    "past": "Polku on muuttunut. Osa kuljetuista vaiheista jäi pois.",
}
"""What the script says, by name; `{n}` stands for a number."""


def roles(graph: PathGraph, library: Library) -> list[str]:
    """Return everyone who has a part in the path, in the order of their names."""
    actors = {a for n in graph.steps if n.step
              for a in (n.step.actor, *(p.actor for p in n.step.participants))}  # fmt: skip
    return sorted(actors, key=lambda name: sort_key(library.catalogue.actors[name].name.fi))


def code(address: str) -> Markup:
    """Return an address as a code to scan (ISO/IEC 18004, about 15 % may be damaged), as SVG."""
    drawn = segno.make_qr(address, error="m").svg_inline(omitsize=True, border=4, svgclass=None)
    return Markup(drawn)  # noqa: S704 - segno's own drawing
