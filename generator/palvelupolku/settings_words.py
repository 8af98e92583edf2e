"""What is wrong in a site's settings and hand-written pages, told in Finnish before MkDocs does.

The sentences of MkDocs 1.6 that an author meets are known by their shape; others stay as they are.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from palvelupolku.build import lost_regions
from palvelupolku.errors import Mark, PathError, Problem
from palvelupolku.library import Library
from palvelupolku.yamltext import parse

_NULL = "tag:yaml.org,2002:null"
_LINK = "Linkki palveluun kirjoitetaan näin: keski-suomi/paikko/index.md."
_AT = r"(?:Error: )?Config value '(?:plugins': Plugin '[^']*' option ')?([^']+)': "
_SENTENCES = (
    (
        r"Doc file '(.+?)' contains a link '(.+?)', but the target.* is not found.*",
        r"docs/\1: linkki ”\2” ei johda mihinkään. Onko tiedoston nimi vaihtunut? Korjaa linkki.",
    ),
    (
        r"Doc file '(.+?)' contains a link '(.+?)', but (?:the doc|there is) .*anchor.*",
        r"docs/\1: linkin ”\2” kohtaa ei ole sivulla. Korjaa linkin loppu merkistä # alkaen.",
    ),
    (
        r"Doc file '(.+?)' contains an (?:absolute|unrecognized relative) link '(.+?)'.*",
        rf"docs/\1: linkki ”\2” ei johda mihinkään. {_LINK}",
    ),
    (
        r"A reference to '(.+?)' is included in the 'nav' configuration.*",
        r"mkdocs.yml: valikon (nav) sivua ”\1” ei ole kansiossa docs.",
    ),
    (
        r"Inherited config file '(.+?)' does not exist.*",
        r"mkdocs.yml: kohdan ”INHERIT” tiedostoa \1 ei ole.",
    ),
    (
        r"MkDocs encountered an error .* for the tag '(.+?)'.* line (\d+).*",
        r"mkdocs.yml:\2: merkintää ”\1” ei tunneta. Poista se.",
    ),
    (
        r"The configuration is invalid\..*",
        r"mkdocs.yml: kirjoita asetukset riveinä, esimerkiksi site_name: Kunnan palvelut.",
    ),
    (
        rf"{_AT}Unrecognised configuration name.*",
        r"mkdocs.yml: kohtaa ”\1” ei ole. Onko nimessä kirjoitusvirhe?",
    ),
    (
        rf"{_AT}Unrecognised theme name: '(.+?)'.*",
        r"mkdocs.yml: teemaa ”\2” ei ole. Kirjoita: material.",
    ),
    (
        rf"{_AT}The URL isn't valid.*",
        r"mkdocs.yml: kohtaan ”\1” kuuluu koko osoite, joka alkaa https://.",
    ),
    (
        rf"{_AT}The path '(.+?)' isn't an existing .*",
        r"mkdocs.yml: kohdassa ”\1” on nimi, jota ei löydy: \2",
    ),
    (
        rf"{_AT}Required configuration not provided.*",
        r"mkdocs.yml: kohta ”\1” puuttuu. Lisää se.",
    ),
    (
        rf"{_AT}The \"(.+?)\" plugin is not installed.*",
        r"mkdocs.yml: liitännäistä ”\2” ei ole asennettu. Onko nimessä kirjoitusvirhe?",
    ),
    (
        rf"{_AT}(.*)",
        r"mkdocs.yml: kohta ”\1” ei kelpaa. Tarkista sen rivit ja sisennys. (\2)",
    ),
)
_LINK_TOLD = re.compile(r"docs/(.+?): link\w+ ”(.+?)”")
"""How the Finnish words on a link begin."""


def read_settings(config: Path) -> yaml.Node | None:
    """Return settings as the nodes of their YAML, or stop at what is none.

    Tags are let through: plugins of others may need them. Raises `PathError` with the place and
    the mend.
    """
    content = config.read_bytes()
    try:
        return yaml.compose(content.decode("utf-8-sig"), Loader=yaml.CSafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError):
        parse(str(config), content)
        return None


def faults(config: Path, library: Library) -> Iterator[Problem]:
    """Yield what can be seen to be wrong in settings without MkDocs: their YAML, logo and menu.

    What a tag or another file tells is left to the build.
    """
    try:
        settings = read_settings(config)
    except PathError as error:
        yield from error.problems
        return
    docs = _below(settings, "docs_dir")
    if not _below(settings, "INHERIT") and bool(docs) == bool(_word(docs)):
        logo = _word(_below(_below(settings, "theme"), "logo"))
        yield from lost_logo(config, config.parent / (_word(docs) or "docs"), logo)
    names = [_word(node) for node in _menu(settings)]
    yield from in_menu(config, lost_regions(library, filter(None, names)))


def in_menu(config: Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems, that of a region in the menu at its row of the settings."""
    nodes = list(filter(None, _menu(read_settings(config))))
    for problem in problems:
        named = next((node for node in nodes if problem.at == ("menu", _word(node))), None)
        if problem.rule == "menu" and named:
            nodes.remove(named)  # what is there twice is told twice
            place = named.start_mark
            line = config.read_text("utf-8").splitlines()[place.line]
            mark = Mark(place.line + 1, place.column + 1)
            yield replace(problem, mark=mark, source_line=line)
        else:
            yield problem


def _menu(settings: yaml.Node | None) -> list[yaml.Node | None]:
    plugins = _below(settings, "plugins")
    found = (_below(plugin, "palvelupolku") for plugin in _items(plugins) or [plugins])
    return [node for own in found for node in _items(_below(own, "menu"))]


def lost_logo(config: Path, docs: Path, logo: object) -> Iterator[Problem]:
    """Yield a problem for a logo that is not among a site's own files."""
    if logo and not (docs / str(logo)).is_file():
        found = _below(_below(read_settings(config), "theme"), "logo")
        row = found.start_mark.line if found else 0
        hint = f"Tallenna kuva nimellä {os.path.relpath(docs / str(logo))}, tai poista rivi logo."
        if "://" in str(logo):
            saved = f"Tallenna kuva kansioon {os.path.relpath(docs / 'kuvat')} ja kirjoita sen nimi"
            hint = f"{saved}, esimerkiksi kuvat/logo.svg, tai poista rivi logo."
        yield Problem(
            os.path.relpath(config), Mark(row + 1), f"Logoa {logo} ei löydy.", "logo", hint,
            source_line=config.read_text("utf-8").splitlines()[row],
        )  # fmt: skip


def _plain(node: yaml.Node | None, kind: type[yaml.Node]) -> Any:  # noqa: ANN401 - as PyYAML has it
    """Return what a node holds, or nothing for another kind and for what only a tag tells."""
    return node.value if isinstance(node, kind) and not node.tag.startswith("!") else ()


def _below(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = _plain(node, yaml.MappingNode)
    return next((value for name, value in pairs if name.value == key), None)


def _items(node: yaml.Node | None) -> list[yaml.Node | None]:
    return list(_plain(node, yaml.SequenceNode))


def _word(node: yaml.Node | None) -> str:
    return str(_plain(node, yaml.ScalarNode) or "") if node and node.tag != _NULL else ""


def said(output: str, docs: Path) -> Iterator[str]:
    """Yield what MkDocs told an author: not its notes on progress, of a traceback the last line.

    A link of a hand-written page in `docs` is told with its line.
    """
    told, traceback, trace = output.partition("Traceback (most recent call last)")
    for line in told.splitlines():
        if not line.startswith(("INFO ", "Aborted ")):
            plain = line.removeprefix("ERROR   -  ").removeprefix("WARNING -  ")
            yield _with_line(_in_finnish(plain), docs)
    if traceback:
        yield trace.rpartition("\n")[2]


def _in_finnish(line: str) -> str:
    found = ((re.fullmatch(shape, line), words) for shape, words in _SENTENCES)
    return next((match.expand(words) for match, words in found if match), line)


def _with_line(words: str, docs: Path) -> str:
    """Return what is told of a link, with the first line of the page that holds it."""
    found = _LINK_TOLD.match(words)
    if not found or not (docs / found[1]).is_file():
        return words
    lines = (docs / found[1]).read_text("utf-8", errors="replace").splitlines()
    number = next((n for n, line in enumerate(lines, 1) if found[2] in line), None)
    return words.replace(":", f":{number}:", 1) if number else words
