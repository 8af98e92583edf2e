"""What MkDocs laments of a site's settings and hand-written pages, told in Finnish.

The sentences of MkDocs 1.6 that an author meets are known by their shape; others stay as they are.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from palvelupolku.errors import Problem, did_you_mean, nearest
from palvelupolku.own_pages import own_pages
from palvelupolku.site_settings import OURS, in_setting

_RENAMED = "Onko tiedoston nimi vaihtunut?"
_LINK = "Linkki palveluun kirjoitetaan näin: keski-suomi/paikko/index.md."
_SENTENCES = (
    (
        r"Doc file '(.+?)' contains a link '(.+?)', but the target.* is not found.*",
        rf"docs/\1: linkki ”\2” ei johda mihinkään. {_RENAMED} Korjaa linkki.",
    ),
    (
        r"Doc file '(.+?)' contains a link '(.+?)', but (?:the doc|there is) .*anchor.*",
        r"docs/\1: linkin ”\2” kohtaa ei ole sivulla. Korjaa linkin loppu merkistä # alkaen.",
    ),
    (
        r"Doc file '(.+?)' contains an (?:absolute|unrecognized relative) link '(.+?)'.*",
        rf"docs/\1: linkki ”\2” ei johda mihinkään. {_LINK}",
    ),
)
_KEY = r"(?:Error: )?Config value '(?P<own>plugins': Plugin '[^']*' option ')?(?P<key>[^']+)': "
_SETTINGS = (
    (
        r"A reference to '(?P<value>.+?)' is included in the '(?P<key>nav)' configuration.*",
        "Valikon (nav) sivua ”{value}” ei ole kansiossa docs.",
        f"{_RENAMED} Korjaa nimi tai poista rivi.",
    ),
    (
        r"(?P<key>I)nherited config file '(?P<value>.+?)' does not exist.*",
        "Kohdan ”INHERIT” tiedostoa {value} ei ole.",
        "Korjaa nimi tai poista rivi.",
    ),
    (
        r"MkDocs encountered an error .* for the tag '(?P<value>.+?)'.* line (?P<key>\d+).*",
        "Rivin {key} merkintää ”{value}” ei tunneta.",
        "Poista se.",
    ),
    (
        r"(?P<key>T)he configuration is invalid\..*",
        "Tässä ei ole asetuksia.",
        "Kirjoita asetukset riveinä, esimerkiksi site_name: Kunnan palvelut.",
    ),
    (
        rf"{_KEY}Unrecognised configuration name.*",
        "Kohtaa ”{key}” ei ole.",
        "Poista rivi tai korjaa kohdan nimi.",
    ),
    (
        rf"{_KEY}Unrecognised theme name: '(?P<value>.+?)'.*",
        "Teemaa ”{value}” ei ole.",
        "Kirjoita: name: material",
    ),
    (
        rf"{_KEY}The URL isn't valid.*",
        "Kohdan ”{key}” arvo ei ole koko osoite.",
        "Kirjoita osoite, joka alkaa https://.",
    ),
    (
        rf"{_KEY}The path '(?P<value>.+?)' isn't an existing .*",
        "Kohdan ”{key}” tiedostoa tai kansiota {value} ei ole.",
        "Korjaa nimi, tee kansio tai poista rivi.",
    ),
    (
        rf"{_KEY}Required configuration not provided.*",
        "Kohdan ”{key}” arvo puuttuu.",
        "Kirjoita se riville, esimerkiksi site_name: Kunnan palvelut.",
    ),
    (
        rf"{_KEY}The \"(?P<value>.+?)\" plugin is not installed.*",
        "Liitännäistä ”{value}” ei ole asennettu.",
        "Onko nimessä kirjoitusvirhe? Korjaa se tai poista rivi.",
    ),
    (rf"{_KEY}.*", "Kohta ”{key}” ei kelpaa.", "Tarkista sen rivit ja sisennys."),
)
"""What MkDocs says of a setting: what is told of it, and how it is mended."""
_INSIDE = {
    "valikko": "menu", "lisenssi": "licence", "license": "licence", "palaute": "feedback_url",
    "palauteosoite": "feedback_url", "pohjat": "templates",
} | {key: key for key in OURS}  # fmt: skip
_OUTSIDE = {
    "sivuston_nimi": "site_name", "nimi": "site_name", "sivuston_kuvaus": "site_description",
    "kuvaus": "site_description", "sivuston_osoite": "site_url", "osoite": "site_url",
    "teema": "theme", "liitännäiset": "plugins",
}  # fmt: skip
_OUTSIDE |= {key: key for key in (*_OUTSIDE.values(), "nav", "extra_css")}
"""What authors call a setting, of ours and of MkDocs, and its name."""
_FEW = 8
"""How many pages are told at the most where none is like the lost one."""
_LINK_TOLD = re.compile(r"docs/(.+?): link\w+ ”(.+?)”")
"""How the Finnish words on a link begin."""


def said(output: str, config: Path, docs: Path | None = None) -> Iterator[str]:
    """Yield what MkDocs told an author: not its notes on progress, of a traceback the last line.

    A setting is told with its row, a link of a hand-written page in `docs` with its line.
    """
    docs = docs or config.parent / "docs"
    told, traceback, trace = output.partition("Traceback (most recent call last)")
    for line in told.splitlines():
        if not line.startswith(("INFO ", "Aborted ")):
            plain = line.removeprefix("ERROR   -  ").removeprefix("WARNING -  ")
            setting = of_setting(plain, config, docs)
            yield str(setting) if setting else _with_line(_in_finnish(plain), docs)
    if traceback:
        yield trace.rpartition("\n")[2]


def of_setting(line: str, config: Path, docs: Path | None = None) -> Problem | None:
    """Return the problem of a setting that MkDocs laments, or nothing when it laments another.

    A page that is not in `docs`, the folder of the pages, is told with the one that is like it.
    """
    for shape, message, hint in _SETTINGS:
        if found := re.fullmatch(shape, line):
            parts = found.groupdict()
            key, inside = parts["key"], bool(parts.get("own"))
            value = (parts.get("value") or "").removeprefix(f"{config.parent}/")
            mend = _meant(key, inside=inside) if "Unrecognised configuration" in shape else ""
            if key == "nav" and docs:
                mend = _renamed(hint, value, docs, docs)
            name = "INHERIT" if key == "I" else key
            told = message.format(key=key, value=value)
            return in_setting(config, name, told, mend or hint, inside=inside)
    return None


def _meant(key: str, *, inside: bool) -> str:
    """Return which setting is meant by one that is not known, and where it belongs."""
    known = _INSIDE if inside else _OUTSIDE
    near = nearest(key.lower(), known) or nearest(key.lower(), _INSIDE)
    if near:
        below = "" if inside or near in known else " Se kuuluu kohdan palvelupolku alle."
        return f"Tarkoititko ”{(known | _INSIDE)[near]}”?{below}"
    return f"Poista rivi tai korjaa nimi. Nimiä ovat {', '.join(OURS)}." if inside else ""


def _in_finnish(line: str) -> str:
    found = ((re.fullmatch(shape, line), words) for shape, words in _SENTENCES)
    return next((match.expand(words) for match, words in found if match), line)


def _with_line(words: str, docs: Path) -> str:
    """Return what is told of a link, with the first line of the page that holds it."""
    found = _LINK_TOLD.match(words)
    if not found or not (docs / found[1]).is_file():
        return words
    words = _renamed(words, found[2], (docs / found[1]).parent, docs)
    lines = (docs / found[1]).read_text("utf-8", errors="replace").splitlines()
    number = next((n for n, line in enumerate(lines, 1) if found[2] in line), None)
    return words.replace(":", f":{number}:", 1) if number else words


def _stem(page: str) -> str:
    """Return a page's name; that of a folder's first page is the folder's."""
    return page.removesuffix(".md").removesuffix("/index")


def _renamed(words: str, lost: str, folder: Path, docs: Path) -> str:
    """Return the words on a page lost from a folder, with which page may be meant.

    It is the page with a name like it, or one of those where it would be.
    """
    pages = {Path(os.path.relpath(page, folder)).as_posix() for page in own_pages(docs)}
    page = lost.partition("#")[0]
    last = _stem(page).rpartition("/")[2]
    alike = [each for each in pages if nearest(last, [_stem(each).rpartition("/")[2]])]
    if near := nearest(page, alike, 0):
        return words.replace(_RENAMED, did_you_mean([near]))
    beside = sorted(each for each in pages if each.rpartition("/")[0] == page.rpartition("/")[0])
    there = f"{_RENAMED} Kansion sivut: {', '.join(beside)}."
    return words.replace(_RENAMED, there) if 0 < len(beside) <= _FEW else words
