"""Which description is meant by a name typed on the command line, and what to type instead. Pure.

A name is a place below `paths/` without `.yml`, such as `keski-suomi/paikko`.
"""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from palvelupolku.adopting import CATALOGUE as LISTS
from palvelupolku.adopting import TOWNS, together
from palvelupolku.called import as_id
from palvelupolku.errors import suggestion
from palvelupolku.overlay import FOLDER as SHARED
from palvelupolku.places import CATALOGUE, SINGLE, misplaced

_LIKE = 0.8
"""How near the last part of a name is to that which was meant (`difflib`'s ratio)."""
_NEW = "Uudelle kuvaukselle anna --new."


class NoDescriptionError(Exception):
    """There is no such description, or a workbook of it cannot be made; told in Finnish."""


def asked(
    name: str, files: Collection[str], below: Mapping[str, bytes] | None = None, *, new: bool
) -> str:
    """Return the file that a name means: one of those there are, or a `new` one.

    `files` are the own ones, `below` those that come with the program. Raises
    `NoDescriptionError`, which says what to type.
    """
    file, below = _file(name, files), below or {}
    if file not in SINGLE and (wrong := misplaced(file)):
        whole = f"{wrong.message} {wrong.hint}"
        if "/" not in file:
            raise NoDescriptionError(_placed(stem_of(file), files, below, new=new) or whole)
        right = _spelt(file, files)
        raise NoDescriptionError(f"{wrong.message} Kirjoita: {right}." if right else whole)
    place = file.removesuffix(".yml")
    if new and file in files:
        raise NoDescriptionError(f"Kuvaus ”{place}” on jo olemassa. Jätä pois --new.")
    if file in files:
        return file
    for clash in together({file: b""}, below, frozenset(SINGLE))[1]:
        hint = "" if place.endswith("/region") else f" {clash.hint}"
        message = f"Kuvaus ”{place}” on yhteinen. Sitä ei muuteta tällä sivustolla."
        raise NoDescriptionError(message + hint)
    if not new:
        near = _near(place, files)
        hint = f"Tarkoititko ”{near}”? {_NEW}" if near else _NEW
        raise NoDescriptionError(f"Kuvausta ”{place}” ei ole. {hint}")
    _check_region(place, {*files, *below})
    return file


def town_of(name: str) -> str:
    """Return `region/municipality` of a name, which may lead to the municipality's file."""
    return _file(name).removesuffix(".yml").replace(f"{TOWNS}/", "/")


def stem_of(name: str) -> str:
    """Return the last part of a name."""
    return _file(name).removesuffix(".yml").rpartition("/")[2]


def _file(name: str, files: Collection[str] = ()) -> str:
    """Return the file of a name, which may be typed with `.yml` and from `paths/` on.

    A municipality's may be typed without its folder, where no service has that name.
    """
    file = f"{name.strip().removesuffix('.yml').rstrip('/')}.yml"
    inside = file.removeprefix("./").removeprefix("paths/")
    file = inside if inside in SINGLE or not misplaced(inside) else file
    of_town = file.replace("/", f"{TOWNS}/", 1)
    return of_town if file not in files and of_town in files else file


def _spelt(file: str, files: Collection[str]) -> str:
    """Return a name that is no place as it is to be typed: in the letters of an id; or nothing."""
    spelt = "/".join(map(as_id, file.removesuffix(".yml").split("/")))
    return _near(spelt, _listed(files)) or ("" if misplaced(f"{spelt}.yml") else spelt)


def _placed(stem: str, files: Collection[str], below: Collection[str], *, new: bool) -> str:
    """Return what to type before a name that has no folder, or nothing."""
    spelt = as_id(stem)
    near = "" if new and spelt not in CATALOGUE else _near(spelt, _listed(files))
    if near:
        part = "kansio" if near.startswith(f"{LISTS}/") or f"{TOWNS}/" in near else "alue"
        return f"Anna myös {part}: {near}."
    regions = _regions(files) or _regions(below)
    if not spelt or not regions:
        return ""
    if spelt in {*regions, *_regions(below)}:
        return f"Anna myös palvelu: {spelt}/<palvelu>."
    sure = ":" if len(regions) == 1 else ", esim."
    hint = f"Anna myös alue{sure} {regions[0]}/{spelt}."
    return hint if new else f"{hint} {_NEW}"


def _listed(files: Collection[str]) -> set[str]:
    """Return the files there are, and the lists that may be."""
    return {*files, *(f"{LISTS}/{each}.yml" for each in CATALOGUE)}


def _near(place: str, files: Collection[str]) -> str:
    """Return the description whose own name is nearly this, in the folder most like; or nothing."""
    folder, _, stem = place.rpartition("/")
    known = [file.removesuffix(".yml") for file in sorted(files)]
    stems = {each.rpartition("/")[2] for each in known}
    like = get_close_matches(stem, stems, n=1, cutoff=_LIKE)
    found = [each for each in known if like and each.rpartition("/")[2] == like[0]]
    folders = [each.rpartition("/")[0] for each in found]
    best = get_close_matches(folder, folders, n=1, cutoff=0)
    return found[folders.index(best[0])] if best else ""


def _check_region(place: str, files: Collection[str]) -> None:
    """Raise `NoDescriptionError` for a new description of a region that is not there."""
    region, _, rest = place.partition("/")
    known = _regions(files)
    if not rest or rest == "region" or region in {LISTS, SHARED, *known}:
        return
    first = f"Tee ensin alueen kuvaus: palvelupolku excel export {region}/region --new."
    hint = suggestion(region, known) or first
    raise NoDescriptionError(f"Aluetta ”{region}” ei ole. {hint}")


def _regions(files: Collection[str]) -> list[str]:
    """Return the regions that have descriptions, in the order of the alphabet."""
    return sorted({file.partition("/")[0] for file in files if "/" in file} - {LISTS, SHARED})
