"""What every template needs: texts as HTML, addresses as links, days and certainties in words."""

import posixpath
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from palvelupolku import prose
from palvelupolku.catalogue import certainty_of
from palvelupolku.fields import CERTAINTIES, Certainty, Prose, Sourced, full_address
from palvelupolku.finnish import hyphenate, sort_key, upper_first
from palvelupolku.library import Library
from palvelupolku.mirror import AS_SHARED
from palvelupolku.readiness import STATES
from palvelupolku.resources import TEMPLATES
from palvelupolku.reviewing import Review
from palvelupolku.roles import roles_of
from palvelupolku.values import VALUES

CERTAINTY_NAMES: dict[Certainty, str] = {certainty: VALUES[certainty] for certainty in CERTAINTIES}
CERTAINTY_MEANINGS: dict[Certainty, str] = {
    "law": "Tieto perustuu lakitekstiin.",
    "official": "Tieto perustuu viranomaisen sivuun tai asiakirjaan.",
    "project": "Tieto perustuu hankkeen kuvaukseen. Nykyinen käytäntö voi olla toinen.",
    "press": "Tieto on esimerkiksi lehden, järjestön tai palvelun tuottajan julkisesta tekstistä.",
    "general": "Alalla yleisesti tiedetty asia. Sitä ei ole vielä tarkistettu lähteestä.",
    "inferred": "Tekijöiden oma päätelmä muista tiedoista.",
    "unknown": "Lähteet eivät kerro tästä.",
}
WEAK_CERTAINTIES: tuple[Certainty, ...] = ("inferred", "general", "unknown")
"""What a reader must see at once: nobody has checked it against a source."""
_FOLDERS = {
    "term": "sanasto/", "law": "lait/", "source": "lahteet/", "outcome": "sanasto/",
}  # fmt: skip
_OUTCOME_PREFIX = "loppu-"
_SECTION = re.compile(r"(\d+)(?: ([a-z]))? §")


def environment(own_templates: str | None = None) -> Environment:
    """Return the Jinja2 environment: escaping always on, an unknown name an error."""
    folders = [own_templates] if own_templates else []
    created = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_tied,
    )
    created.policies["json.dumps_kwargs"] = {"sort_keys": False}  # keys stand in a meant order
    created.filters |= {
        "day": day_name,
        "reviewed": reviewed,
        "town_reviewed": town_reviewed,
        "hyphenate": hyphenate,
        "upper_first": upper_first,
        "by_name": _by_name,
    }
    created.tests["beginning_with_list"] = prose.begins_with_list
    created.globals |= {
        "certainty_names": CERTAINTY_NAMES,
        "certainty_meanings": CERTAINTY_MEANINGS,
        "weak": WEAK_CERTAINTIES,
        "review_states": STATES,
        "as_shared": AS_SHARED,
    }
    return created


def _tied(value: Any) -> Any:  # noqa: ANN401 - whatever a template writes out
    """Return a text in which a section's number and its sign stay on one line."""
    if not isinstance(value, str):
        return value
    parts = lambda found: "\u00a0".join(filter(None, (*found.groups(), "§")))  # noqa: E731
    return type(value)(_SECTION.sub(parts, value))


def _by_name(entries: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the entries of a catalogue in the order of the names a reader sees."""
    return sorted(entries.items(), key=lambda item: sort_key(_name(item[1])))


def _name(entry: Any) -> str:  # noqa: ANN401 - any entry of the catalogue
    return str(entry.name.fi if hasattr(entry, "name") else entry.title)


def day_name(day: date | str) -> str:
    """Return a day, a month or a year as Finns write it: 31.1.2026, 1/2026, 2026."""
    parts = [str(int(part)) for part in str(day).split("-")]
    return f"{parts[1]}/{parts[0]}" if len(parts) == 2 else ".".join(reversed(parts))  # noqa: PLR2004


_OLD = "Tarkistuksesta on yli vuosi. Tiedot voivat olla vanhoja."


def reviewed(review: Review, day: date, shared: object = None) -> str:
    """Return in words whether a professional has looked at a description.

    With `shared` it is told on a municipality's page, of what the page shares with others.
    """
    if review.reviewed_on is None:
        which = "yhteistä" if shared else "tätä"
        return f"Ammattilainen ei ole vielä tarkistanut {which} kuvausta."
    who = review.reviewed_by.fi if review.reviewed_by else "ammattilainen"
    told = f"on tarkistanut {who} {day_name(review.reviewed_on)}."
    if review.state == "draft":
        words = f"{'Yhteinen' if shared else 'Tämä'} kuvaus on luonnos. Viimeksi sen {told}"
    else:
        words = f"{'Yhteisen kuvauksen' if shared else 'Sisällön'} {told}"
    return f"{words} {_OLD}" if review.is_old(day) else words


def town_reviewed(review: Review, day: date) -> str:
    """Return in words whether a municipality has looked at what is told of it."""
    if review.reviewed_on is None:
        return "Kunta ei ole vielä tarkistanut näitä tietoja."
    words = f"Kunta on tarkistanut tiedot {day_name(review.reviewed_on)}."
    if review.reviewed_by:
        who = review.reviewed_by.fi
        words = f"Kunnan tiedot on tarkistanut {who} {day_name(review.reviewed_on)}."
    draft = "Nämä tiedot ovat luonnos. " if review.state == "draft" else ""
    return f"{draft}{words} {_OLD}" if review.is_old(day) else draft + words


class Desk:
    """One page's own view of the library: relative links and rendered texts."""

    def __init__(
        self,
        address: str,
        library: Library,
        region: str = "",
        nearer: Mapping[str, str] | None = None,
        *,
        frame: str = "",
    ) -> None:
        self.address, self.library, self.region = address, library, region
        self.frame = frame
        """What ends the addresses of pages for frames, on such a page."""
        self._nearer = nearer or {}
        found = library.regions.get(region)
        self._actors = {i: role.actor for i, role in roles_of(found).items()} if found else {}

    def to(self, target: str, fragment: str = "") -> str:
        """Return a relative link from this page to an address, always explicit."""
        fragment = f"#{fragment}" if fragment else ""
        if target == self.address and fragment:
            return fragment
        path = posixpath.relpath(target or ".", self.address or ".")
        return (f"{path}/" if target.endswith("/") or not target else path) + fragment

    def find(self, kind: str, name: str) -> str:
        """Return a relative link to the thing with an id."""
        if kind == "step":
            return f"#vaihe-{name}"
        if kind == "service":
            return self.to(f"{self.nearest(full_address(name, self.region))}/")
        if kind == "actor":
            return self.to(f"toimijat/{self._actors.get(name, name)}/")
        prefix = _OUTCOME_PREFIX if kind == "outcome" else ""
        return self.to(_FOLDERS[kind], f"{prefix}{name}")

    def nearest(self, service: str) -> str:
        """Return the address of a service's own page in this page's municipality, if it has one."""
        return self._nearer.get(service, service)

    def link(self, href: str) -> dict[str, str]:
        """Return the attributes of a link; in a frame also where it opens.

        A place on the page, or another page for frames, opens in the frame itself.
        """
        if not self.frame:
            return {"href": href}
        stays = href.startswith("#") or href.endswith(f"/{self.frame}")
        return {"href": href, "target": "_self" if stays else "_top"}

    def _link_to(self, kind: str, name: str) -> dict[str, str]:
        return self.link(self.find(kind, name))

    def prose(self, text: Prose) -> Markup:
        """Return a text as HTML paragraphs and lists."""
        return Markup(prose.render(text.fi, self._link_to))  # noqa: S704 - markdown-it, HTML off

    def simple(self, text: Prose) -> Markup:
        """Return a text in the plainest words there are, with links to the glossary alone."""
        return Markup(prose.render(text.plainest, self._link_to, ("term",)))  # noqa: S704 - as above

    def inline(self, text: Prose) -> Markup:
        """Return a text as HTML without a paragraph around it."""
        return Markup(prose.render_inline(text.fi, self._link_to))  # noqa: S704 - markdown-it, HTML off

    def certainty(self, claim: Sourced) -> Certainty:
        """Return how certain a claim is."""
        return certainty_of(claim, self.library.catalogue.sources)
