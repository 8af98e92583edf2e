"""What an author meant by a key that may not stand where it does, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any

from pydantic import BaseModel

from palvelupolku.errors import nearest
from palvelupolku.fields import REFERS, Location, Text
from palvelupolku.hints import keys_at, schema_at
from palvelupolku.titles import TITLES
from palvelupolku.values import VALUES

_OWN = {"after": "Kohta after kuuluu vain kuvaukseen, jolla on builds_on."}
_TEXT, _OF_STEP = ("text", "teksti", "kuvaus"), ("plain", "client", "professional")
_STEP_TEXTS = "Vaiheen tekstit ovat kohdissa plain, client ja professional."
_MOST_HOMES, _MOST_LISTED = 2, 15
_ALSO = {
    "accent": ("väri",),
    "added": ("lisätyt", "lisätty"),
    "before": ("seuraava",),
    "choices": ("valinnat", "seuraava"),
    "client": ("asiakas",),
    "contact": ("yhteystieto", "yhteystiedot"),
    "laws": ("laki", "lait"),
    "next_review": ("seuraava",),
    "sources": ("lähde",),
    "step": ("seuraava",),
}
"""What else authors call a key than by its Finnish name."""
_ANYWHERE = {"text", *Text.model_fields}
"""Keys that stand below so many others that none of those is meant."""
_SLIP = 0.75
"""How much a misspelt key has in common with the right one: less is another word."""
_GUIDE = (
    "Poista rivi tai korjaa kohdan nimi. Nimet ovat kirjoittajan ohjeessa, luvussa ”Kaikki kohdat”."
)


def filled(model: type[BaseModel], at: Location, data: Any) -> set[Location]:  # noqa: ANN401 - plain YAML
    """Return the locations that the key at one, and its value, were meant to fill."""
    level, name = _level(model, at), str(at[-1])
    places = {(*at[:-1], home, name) for home in level.homes(name)}
    if beside := too_deep(model, at, data):
        places.add((*beside[:-1], name))
    if item := too_shallow(model, at, data):
        places.add((*item, name))
    found = level.meant(name, held_at(data, at[:-1]))
    return places | {(*at[:-1], found)} if found else places


def too_deep(model: type[BaseModel], at: Location, data: Any) -> Location:  # noqa: ANN401 - the same
    """Return the key beside which an unknown one belongs, when it stands too deep; or nothing."""
    name, level = str(at[-1]), _level(model, at)
    if name not in _ANYWHERE and name not in level.inside and not level.homes(name):
        for end in range(len(at) - 2, -1, -1):
            own = isinstance(at[end], str) and _level(model, at[: end + 1]).inside
            if own and name in own and name not in held_at(data, at[:end]):
                return at[: end + 1]
    return ()


def too_shallow(model: type[BaseModel], at: Location, data: Any) -> Location:  # noqa: ANN401 - the same
    """Return the item right above an unknown key that lacks it, or nothing."""
    name, beside = str(at[-1]), held_at(data, at[:-1])
    known = [key for key in _level(model, at).inside if key in beside]
    items = {key: _lacking(model, (*at[:-1], key), beside[key], name) for key in known}
    if not any(items.values()):
        return ()
    above = [key for key in takewhile(lambda key: key != name, beside) if key in items]
    return items[above[-1]] if above else ()


def _lacking(model: type[BaseModel], at: Location, value: Any, name: str) -> Location:  # noqa: ANN401 - the same
    """Return the last item of a list, or of one at its end, that may have a key and lacks it.

    Of many it is the innermost one beside which another item has the key, or the outermost.
    """
    found, alike = list[Location](), list[Location]()
    while isinstance(value, list) and value and isinstance(value[-1], dict) and value[-1]:
        at = (*at, len(value) - 1)
        if name in _level(model, (*at, name)).inside and name not in value[-1]:
            found.append(at)
            alike += [at for item in value[:-1] if isinstance(item, dict) and name in item]
        last = [*value[-1]][-1]
        at, value = (*at, last), value[-1][last]
    return (*alike[-1:], *found, ())[0]


def held_at(data: Any, at: Location) -> dict[str, Any]:  # noqa: ANN401 - the same
    """Return the keys and values of what stands at a location."""
    for part in at:
        data = data[part]
    return data if isinstance(data, dict) else {}


def of_unknown(model: type[BaseModel], at: Location, data: Any) -> str:  # noqa: ANN401 - the same
    """Return what to write in place of the last of a location, or where it belongs."""
    level, name = _level(model, at), str(at[-1])
    if found := level.meant(name, held_at(data, at[:-1])):
        return f"Tarkoititko ”{found}”?"
    if name.lower() in _TEXT and level.inside.keys() >= {*_OF_STEP}:
        return _STEP_TEXTS
    if homes := level.homes(name):
        return f"Se kuuluu kohdan ”{'” tai ”'.join(homes)}” alle. Siirrä se sinne ja sisennä."
    few = len(level.inside) <= _MOST_LISTED
    return _OWN.get(name) or (f"Mahdolliset kohdat: {', '.join(level.inside)}." if few else _GUIDE)


@dataclass(frozen=True)
class _Level:
    """The keys that may stand at one level of a file."""

    inside: dict[str, set[str]]
    """Each key, and the keys that may stand below it."""
    titles: dict[str, str]
    """The key of each Finnish name in small letters, and of a like word."""
    titled: dict[str, str]
    """The same, and the key of the last word of a name."""
    words: dict[str, set[str]]
    """What may be said of each key that takes one of some words: those, and their Finnish names."""
    texts: set[str]
    """The keys that take any text."""

    def meant(self, name: str, held: Mapping[str, object]) -> str:
        """Return the key of this level that a name stands for beside all that is held, or nothing.

        Where a like key cannot hold the value and another one chooses it, that is meant.
        """
        if name in _OWN or self.homes(name):
            return ""
        plain, value = name.lower(), held.get(name)
        if plain in self.titles:
            return self.titles[plain]
        near = self.titled.get(plain) or nearest(plain, self.inside, _SLIP)
        near = near or self.titled.get(nearest(plain, self.titled, _SLIP), "")
        said = value.lower() if isinstance(value, str) else ""
        fits = [key for key, words in self.words.items() if said in words and key not in held]
        return near if near in (*self.texts, *fits) or len(fits) != 1 else fits[0]

    def homes(self, name: str) -> list[str]:
        """Return the keys below which one may stand, when they are few."""
        if name in _ANYWHERE:
            return []
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
    titles = {word: key for key in known for word in _ALSO.get(key, ())}
    titles |= {name: key for key, name in names.items()}
    titled = {name.split()[-1]: key for key, name in names.items()} | titles
    shapes = {key: schema_at(model, (*level, key)) for key in known}
    enums = {key: shape["enum"] for key, shape in shapes.items() if "enum" in shape}
    words = {key: {*enum, *(VALUES[word] for word in enum)} for key, enum in enums.items()}
    texts = {k for k, s in shapes.items() if "string" in s.get("type", "") and REFERS not in s}
    return _Level(inside, titles, titled, words, texts - words.keys())
