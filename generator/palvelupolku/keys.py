"""What an author meant by a key that may not stand where it does, and how to mend it."""

from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from palvelupolku.errors import nearest
from palvelupolku.fields import Location
from palvelupolku.hints import keys_at
from palvelupolku.titles import TITLES

_OWN = {"after": "Kohta after kuuluu vain kuvaukseen, jolla on builds_on."}
_MOST_HOMES, _MOST_LISTED = 2, 15
_ALSO = {"laki": "laws", "lait": "laws", "lähde": "sources"}
"""What else authors call a key than by its Finnish name."""
_SLIP = 0.75
"""How much a misspelt key has in common with the right one: less is another word."""
_GUIDE = (
    "Poista rivi tai korjaa kohdan nimi. Nimet ovat kirjoittajan ohjeessa, luvussa ”Kaikki kohdat”."
)


def filled(model: type[BaseModel], at: Location) -> set[Location]:
    """Return the locations that the key at one was meant to fill."""
    level = _level(model, at)
    places = {(*at[:-1], home, at[-1]) for home in level.homes(str(at[-1]))}
    found = level.meant(str(at[-1]))
    return places | {(*at[:-1], found)} if found else places


def of_unknown(model: type[BaseModel], at: Location) -> str:
    """Return what to write in place of the last of a location, or where it belongs."""
    level, name = _level(model, at), str(at[-1])
    if found := level.meant(name):
        return f"Tarkoititko ”{found}”?"
    if homes := level.homes(name):
        return f"Se kuuluu kohdan ”{'” tai ”'.join(homes)}” alle. Siirrä se sinne ja sisennä."
    few = len(level.inside) <= _MOST_LISTED
    return _OWN.get(name) or (f"Mahdolliset kohdat: {', '.join(level.inside)}." if few else _GUIDE)


@dataclass(frozen=True)
class _Level:
    """The keys that may stand at one level of a file."""

    inside: dict[str, set[str]]
    """Each key, and the keys that may stand below it."""
    titled: dict[str, str]
    """The key of each Finnish name in small letters, of its last word and of a like word."""

    def meant(self, name: str) -> str:
        """Return the key of this level that a name stands for, or nothing."""
        if name in _OWN or self.homes(name):
            return ""
        plain = name.lower()
        near = self.titled.get(plain) or nearest(plain, self.inside, _SLIP)
        return near or self.titled.get(nearest(plain, self.titled, _SLIP), "")

    def homes(self, name: str) -> list[str]:
        """Return the keys below which one may stand, when they are few."""
        found = [key for key, below in self.inside.items() if name in below]
        return found if name not in self.inside and len(found) <= _MOST_HOMES else []


def _level(model: type[BaseModel], at: Location) -> _Level:
    """Return the level at which the last of a location stands."""
    return _known(model, tuple(0 if isinstance(part, int) else part for part in at[:-1]))


@lru_cache(maxsize=512)
def _known(model: type[BaseModel], level: Location) -> _Level:
    known = keys_at(model, level)
    inside = {k: {*keys_at(model, (*level, k)), *keys_at(model, (*level, k, 0))} for k in known}
    names = {key: TITLES[key].lower() for key in known if key in TITLES}
    titled = {name.split()[-1]: key for key, name in names.items()}
    also = {word: key for word, key in _ALSO.items() if key in known}
    return _Level(inside, also | titled | {name: key for key, name in names.items()})
