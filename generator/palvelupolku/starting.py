"""A starter: the few files with which a municipality begins a site of its own. Pure: → files."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from palvelupolku import __version__
from palvelupolku.called import as_id
from palvelupolku.canonical import canonical
from palvelupolku.errors import nearest, suggestion
from palvelupolku.fields import SourceKind
from palvelupolku.model import Nature, Phase, Stage, StepKind
from palvelupolku.region import Availability, Region
from palvelupolku.resources import TEMPLATES
from palvelupolku.sample import EXAMPLE
from palvelupolku.source import Reading
from palvelupolku.values import VALUES

_FOLDER = TEMPLATES / "starter"
_FILES = {
    "README.md": "README.md.j2",
    ".gitignore": "gitignore",
    "requirements.txt": "requirements.txt.j2",
    "mkdocs.yml": "mkdocs.yml.j2",
    "docs/index.md": "index.md.j2",
    "docs/kuvat/logo.svg": "logo.svg",
    "paths/varit.yml": "varit.yml",
    "paths/seloste.yml": "seloste.yml.j2",
    "paths/catalogue/sources.yml": "sources.yml.j2",
    "paths/{region}/oma-palvelu.yml": "oma-palvelu.yml.j2",
    "paths/{region}/kunnat/{town}.yml": "kunta.yml.j2",
    ".github/workflows/julkaise.yml": "julkaise.yml",
    ".vscode/settings.json": "vscode.json",
}
"""The files of a starter, and what each is made of; a name that ends in `.j2` is filled in."""
_WORDS = {
    "nature": Nature, "stage": Stage, "kind": StepKind, "phase": Phase,
    "availability": Availability, "source": SourceKind,
}  # fmt: skip
"""What an author chooses from, of which a comment tells every word."""
_WIDTH = 96
"""Characters of a comment's line, at most."""
_TIED = "\u00a0"
_ELSEWHERE = "Muu kunta: katso ohjeen kohta ”Kunta muulla alueella”."


class StartError(Exception):
    """Nobody knows which municipality is meant; the words are for the one who asked."""


@dataclass(frozen=True)
class Start:
    """Whose starter is made."""

    region: str
    town: str
    name: str
    """The municipality's name."""
    title: str
    """The name of the site."""


def choose(
    regions: Mapping[str, Region], folder: str, town: str | None, region: str | None
) -> tuple[str, str]:
    """Return the region and the municipality that are meant, or else the folder is named after.

    Raises `StartError` with what there is to choose from.
    """
    own = {name: model for name, model in regions.items() if not model.neighbours}
    chosen = as_id(region) if region else None
    if chosen and chosen not in own:
        raise StartError(_unknown("Aluetta", region, own, "Alueita ovat"))
    towns = {t: name for name in own if chosen in (None, name) for t in own[name].municipalities}
    wanted = next(iter(towns)) if len(towns) == 1 and not town else as_id(town or folder)
    if wanted in towns:
        return towns[wanted], wanted
    if town:
        raise StartError(_unknown("Kuntaa", town, towns, "Kuntia ovat"))
    near = nearest(wanted, towns)
    message = f"Mikä kunta? Kerro se näin: --kunta {near or min(towns)}."
    raise StartError(f"{message} Kuntia ovat {', '.join(sorted(towns))}. {_ELSEWHERE}")


def _unknown(what: str, name: str | None, known: Iterable[str], listed: str) -> str:
    hint = suggestion(as_id(name or ""), known) or f"{listed} {', '.join(sorted(known))}."
    return f"{what} ”{name}” ei ole yhteisissä kuvauksissa. {hint} {_ELSEWHERE}"


def start(reading: Reading, region: str, town: str, title: str | None) -> Start:
    """Return the start of a municipality, with the name its site is given."""
    name = reading.library.regions[region].municipalities[town].name.fi
    return Start(region, town, name, title or f"Palvelupolut – {name}")


def starter(reading: Reading, chosen: Start, day: date) -> dict[str, bytes]:
    """Return the files of a starter by name.

    The supplement begins with all that the shared descriptions know of the municipality.
    """
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined, keep_trailing_newline=True,
        trim_blocks=True, lstrip_blocks=True, autoescape=False,  # noqa: S701 - YAML and Markdown
    )  # fmt: skip
    genitive = reading.library.regions[chosen.region].genitive
    quoted = json.dumps(chosen.title, ensure_ascii=False)
    words = {"start": chosen, "quoted": quoted, "day": day, "genitive": genitive}
    words |= {"version": __version__, "example": EXAMPLE, "choices": _choices}
    words |= _told(reading, chosen, day)
    return {
        name.format(region=chosen.region, town=chosen.town): (
            environment.get_template(template).render(words).encode()
            if template.endswith(".j2")
            else (_FOLDER / template).read_bytes()
        )
        for name, template in _FILES.items()
    }


def _choices(told: str, name: str, indent: int = 0) -> str:
    """Return the lines of a comment that tells every word one may choose, with its meaning.

    The first line stands where the template has it, the others are indented as deep. A word and
    its meaning stay on one line.
    """
    named = [f"{word} = {VALUES[word]}".replace(" ", _TIED) for word in get_args(_WORDS[name])]
    words = f"{told}: {', '.join(named)}."
    lines = textwrap.wrap(words, _WIDTH - indent, break_on_hyphens=False)
    return f"\n{' ' * indent}".join(f"# {line}" for line in lines).replace(_TIED, " ")


def _known(reading: Reading, chosen: Start) -> tuple[list[Any], str | None]:
    """Return what is known of the municipality's services, and the day its sources go to."""
    supplement = reading.documents.get(f"{chosen.region}/kunnat/{chosen.town}.yml")
    if supplement:
        return supplement.data["services"], supplement.data["review"]["sources_seen"]
    towns = reading.documents[f"{chosen.region}/region.yml"].data["municipalities"]
    known: list[Any] = towns[chosen.town].get("services", [])
    return known, max((day for p in known if (day := p.get("valid_from"))), default=None)


def _told(reading: Reading, chosen: Start, day: date) -> dict[str, str]:
    """Return the services of a supplement, as its lines, and the day its sources go to."""
    known, seen = _known(reading, chosen)
    unknown = {
        "service": _example(reading, chosen), "state": "unknown",
        "text": "Ei tietoa: kunta ei ole vielä kertonut tästä palvelusta.", "certainty": "unknown",
    }  # fmt: skip
    told = {"services": known or [unknown]}
    lines = canonical("services.yml", b"services:", lambda data: data.update(told))
    return {"supplies": lines.decode().strip(), "seen": seen or f"{day}"}


def _example(reading: Reading, chosen: Start) -> str:
    """Return the service of the region's own that the most municipalities are known to have."""
    own = {
        address.partition("/")[2]
        for address, service in reading.library.services.items()
        if service.steps and address.startswith(f"{chosen.region}/")
    }
    towns = reading.library.regions[chosen.region].municipalities.values()
    counts = Counter(p.service for town in towns for p in town.services if p.service in own)
    return next((name for name, _ in counts.most_common(1)), min(own))
