"""The rim for authors: `palvelupolku new | fmt | mirror`."""

import argparse
import os
from collections.abc import Collection, Iterator, Mapping
from itertools import count
from pathlib import Path
from shlex import quote

from palvelupolku.asked import town_of
from palvelupolku.build import check
from palvelupolku.errors import suggestion
from palvelupolku.folder import (
    day_of_build,
    is_site,
    read_folder,
    report,
    shared_below,
    typed,
    write_files,
)
from palvelupolku.publish import PublishError
from palvelupolku.renewing import in_layout, mirrored
from palvelupolku.resources import SHARED_PATHS
from palvelupolku.source import Reading
from palvelupolku.starting import choose, start, starter

NEW = "tee kunnalle oman sivuston alku"
_LIKE = 0.85
"""How near a municipality is to the one that was meant, the region with it (`difflib`'s ratio)."""


def describe_new(parser: argparse.ArgumentParser) -> None:
    """Say what the start of an own site takes."""
    parser.add_argument("folder", type=Path, metavar="kansio", help="uusi kansio sivustolle")
    town = "kunta, esim. laukaa (kansion nimi, jos se on kunta)"
    parser.add_argument("--kunta", metavar="KUNTA", help=town)
    region = "kunnan alue, esim. keski-suomi (alue, jolla kunta on)"
    parser.add_argument("--alue", metavar="ALUE", help=region)
    parser.add_argument("--nimi", metavar="NIMI", help="sivuston nimi")
    parser.set_defaults(run=_new)


def _new(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    day = day_of_build()
    if site := next(filter(is_site, folder.resolve().parents), None):
        beside = typed(Path(os.path.relpath(site.parent / folder.resolve().name)))
        way = f"Tee uusi sen viereen: palvelupolku new {beside}"
        raise PublishError(f"Kansio {site.name} on jo sivusto. {way}")
    reading = check(read_folder(SHARED_PATHS), day)
    place = choose(reading.library.regions, folder.resolve().name, options.kunta, options.alue)
    if not _is_free(folder):
        near = folder if folder.name.strip(".") else Path(place[1])
        other = next(filter(_is_free, (Path(f"{near}-{number}") for number in count(2))))
        given = {"kunta": place[1], "alue": options.alue, "nimi": options.nimi}
        rest = [f"--{key}{_joined(word)}" for key, word in given.items() if word]
        again = " ".join(["palvelupolku new", typed(other), *rest])
        raise PublishError(f"{folder} ei ole tyhjä. Anna uusi kansio, esimerkiksi näin: {again}")
    chosen = start(reading, *place, options.nimi)
    files = starter(reading, chosen, day)
    write_files(folder, files)
    print(f"Valmis: {chosen.title}, {len(files)} tiedostoa kansiossa {folder}.")  # noqa: T201 - the answer
    print(f"Tiedosto {folder / 'README.md'} kertoo, mitä muutat.")  # noqa: T201 - the same
    return 0


def _joined(word: str) -> str:
    """Return a word as one types it after its option: one that looks like an option goes with =."""
    return f"{'=' if word.startswith('-') else ' '}{quote(word)}"


def _is_free(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _describe_fmt(parser: argparse.ArgumentParser) -> None:
    only = "älä kirjoita, kerro vain, mitkä tiedostot eivät ole siinä"
    parser.add_argument("--check", action="store_true", help=only)


def _describe_mirror(parser: argparse.ArgumentParser) -> None:
    town = "alue/kunta, jonka kaikki vertailut on luettu uudelleen"
    parser.add_argument("town", nargs="?", metavar="kunta", help=town)


def _fmt(options: argparse.Namespace, folder: Path) -> int:
    changed = in_layout(read_folder(folder))
    if not options.check:
        write_files(folder, changed)
    print("\n".join(changed) or "Kaikki kuvaukset ovat jo samassa muodossa.")  # noqa: T201 - the answer
    return 1 if options.check and changed else 0


def _mirror(options: argparse.Namespace, folder: Path) -> int:
    files, day = read_folder(folder), day_of_build(options.as_of)
    reading = check(files, day, shared_below(folder))
    if reading.errors:
        count = f"Virheitä {len(reading.errors)}. Mitään ei merkitty."
        raise PublishError(f"{report(reading.errors, folder)}\n\n{count}")
    own = {town: doc.file for town, _, doc in reading.supplement_files() if doc.file in files}
    town = town_of(options.town) if options.town else None
    if town and town not in own:
        raise PublishError(_not_own(town, own, shared=town in reading.library.supplements))
    changed = mirrored(reading, files, day, town)
    write_files(folder, changed)
    told = [f"Merkitty: {name}" for name in changed]
    told += [] if town else _outdated(reading, own)
    print("\n".join(told) or "Kaikki vertailut on jo merkitty.")  # noqa: T201 - the answer
    return 0


def _not_own(town: str, own: Collection[str], *, shared: bool) -> str:
    """Return what is said of a municipality of which nothing is compared here."""
    told = f"Omat täydennykset: {', '.join(sorted(own))}." if own else ""
    if shared:
        return f"Kunnan ”{town}” täydennys on yhteinen. Sitä ei merkitä täällä. {told}".strip()
    return f"Kunnalla ”{town}” ei ole täydennystä. {suggestion(town, own, _LIKE) or told}".strip()


def _outdated(reading: Reading, own: Mapping[str, str]) -> Iterator[str]:
    """Yield for each municipality how many comparisons are to be read again, and what then."""
    files = [problem.file for problem in reading.warnings if problem.rule == "core-changed"]
    for town, file in own.items():
        if count := files.count(file):
            told = f"Yhteinen vaihe on muuttunut {count} vertailussa: {town}."
            yield f"{told} Lue ne uudelleen ja aja sitten: palvelupolku mirror {town}"


LAYOUT = "fmt"
"""The command to which it is all the same what day it is."""
_LAY = "kirjoita kuvaukset samaan muotoon, kommentit säilyvät"
_COMPARE = "merkitse, millaisiin vaiheisiin kuntien vertailut on tehty"
WAYS = (
    (LAYOUT, _LAY, _describe_fmt, _fmt),
    ("mirror", _COMPARE, _describe_mirror, _mirror),
)
"""The commands: the name, what it does, what it takes, and what runs it on a folder."""
