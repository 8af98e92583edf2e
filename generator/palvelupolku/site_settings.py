"""What can be seen to be wrong in the settings of a site before MkDocs reads them, at its row."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from palvelupolku.build import lost_regions
from palvelupolku.errors import NOWHERE, Mark, PathError, Problem, suggestion
from palvelupolku.library import Library
from palvelupolku.rows import spaces
from palvelupolku.yamltext import parse

OURS = ("paths", "templates", "as_of", "feedback_url", "licence", "menu")
"""What settings say below our own name."""
_US = "palvelupolku"
_THEME = (
    "name", "custom_dir", "static_templates", "locale", "language", "direction", "features",
    "font", "icon", "favicon", "logo", "palette",
)  # fmt: skip
"""What may stand below `theme`: of MkDocs, and of its theme material."""
_OUTSIDE = (
    "site_name", "site_url", "site_description", "docs_dir", "site_dir", "nav", "plugins",
    "extra", "extra_css", "extra_javascript", "validation", "markdown_extensions",
)  # fmt: skip
_OF_COLOUR = ("colo", "väri", "vari", "primary", "accent")
_COLOURS = "Poista rivi. Sivuston värit ovat tiedostossa paths/varit.yml."
_NULL = "tag:yaml.org,2002:null"
_JOIN = "Poista toinen tai yhdistä ne."
_Pair = tuple[yaml.Node, yaml.Node]


def read_settings(config: Path) -> yaml.Node | None:
    """Return settings as the nodes of their YAML, or stop at what is none.

    Tags are let through: plugins of others may need them. Raises `PathError` with the place and
    the mend.
    """
    content = config.read_bytes()
    try:
        settings = yaml.compose(content.decode("utf-8-sig"), Loader=yaml.CSafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError):
        parse(os.path.relpath(config), content)
        return None
    if twice := [*_twice(config, settings)]:
        raise PathError(twice)
    return settings


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
    yield from _of_theme(config, _below(settings, "theme"))
    names = [_word(node) for node in _menu(settings)]
    yield from in_menu(config, lost_regions(library, filter(None, names)))


def _of_theme(config: Path, theme: yaml.Node | None) -> Iterator[Problem]:
    """Yield a remark for each word below `theme` that changes nothing: MkDocs tells of none."""
    if _word(_below(theme, "name")) == "material" and not _below(theme, "custom_dir"):
        for key, _ in _pairs(theme):
            name = _word(key)
            if name and name not in (*_THEME, "<<"):
                message = f"Kohta ”{name}” ei muuta tässä mitään."
                hint = suggestion(name, _THEME, 0.75) or "Poista rivi tai korjaa nimi."
                hint = _COLOURS if any(part in name.lower() for part in _OF_COLOUR) else hint
                hint = "Siirrä se alariveineen reunaan." if name in _OUTSIDE else hint
                yield _at(config, key, Problem("", NOWHERE, message, "setting", hint, "warning"))


def in_menu(config: Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems, that of a region in the menu at its row of the settings."""
    nodes = list(filter(None, _menu(read_settings(config))))
    for problem in problems:
        named = next((node for node in nodes if problem.at == ("menu", _word(node))), None)
        if problem.rule == "menu" and named:
            nodes.remove(named)  # what is there twice is told twice
            yield _at(config, named, problem)
        else:
            yield problem


def lost_logo(config: Path, docs: Path, logo: object) -> Iterator[Problem]:
    """Yield a problem for a logo that is not among a site's own files."""
    if logo and not (docs / str(logo)).is_file():
        found = _below(_below(read_settings(config), "theme"), "logo")
        name = str(logo).replace("\\", "/").rpartition("/")[2].casefold()
        like = [path for path in docs.rglob("*") if path.name.casefold() == name]
        hint = f"Tallenna kuva nimellä {os.path.relpath(docs / str(logo))}, tai poista rivi logo."
        if "://" in str(logo):
            saved = f"Tallenna kuva kansioon {os.path.relpath(docs / 'kuvat')} ja kirjoita sen nimi"
            hint = f"{saved}, esimerkiksi kuvat/logo.svg, tai poista rivi logo."
        elif like:
            hint = f"Kirjoita: logo: {like[0].relative_to(docs).as_posix()}"
        message = f"Logoa {logo} ei löydy."
        yield _at(config, found, Problem("", NOWHERE, message, "logo", hint))


def in_setting(config: Path, name: str, message: str, hint: str, *, inside: bool) -> Problem:
    """Return a problem at a key of the settings, or of what stands inside our own part."""
    try:
        settings = read_settings(config)
    except PathError:
        settings = None
    own = next((own for _, own in _ours(settings)), None) if inside else settings
    found = next((key for key, _ in _pairs(own) if key.value == name), None)
    return _at(config, found, Problem("", NOWHERE, message, "setting", hint))


def misplaced(config: Path) -> Iterator[Problem]:
    """Yield a problem for each setting of ours that does not stand below our name."""
    settings = read_settings(config)
    plugins = _below(settings, "plugins")
    for home, value in _ours(settings):
        for node in (settings, plugins, *_items(plugins)):
            for key, held in _pairs(node):
                if key.value in OURS:
                    message = f"Kohta ”{key.value}” on väärällä tasolla."
                    moved = _moved(home, value, key, held)
                    hint = f"Se kuuluu kohdan {_US} alle.{moved and f' Siirrä {moved}.'}"
                    if home in _items(plugins):
                        hint += f" Lisää rivin {home.start_mark.line + 1} loppuun kaksoispiste."
                    yield _at(config, key, Problem("", NOWHERE, message, "setting", hint))


def _twice(config: Path, node: yaml.Node | None) -> Iterator[Problem]:
    """Yield a problem for each key that is there twice, at any level."""
    seen: dict[str, _Pair] = {}
    for key, value in _pairs(node):
        first = seen.setdefault(str(key.value), (key, value))
        if first[0] is not key:
            message = f"Kohta ”{key.value}” on jo rivillä {first[0].start_mark.line + 1}."
            hint = _joined(first, (key, value), key.start_mark.line)
            yield _at(config, key, Problem("", NOWHERE, message, "duplicate-key", hint))
        yield from _twice(config, value)
    for item in _items(node):
        yield from _twice(config, item)


def _joined(first: _Pair, second: _Pair, top: int) -> str:
    """Return how the rows of a key that is there again are moved below the one above."""
    known, added = ([*_pairs(node), *_in_items(node)] for _, node in (first, second))
    if len(added) != 1:
        return _JOIN
    key, value = added[0]
    if again := next((pair for pair in known if pair[0].value == key.value), None):
        return _joined(again, added[0], top)
    moved = _moved(first[0], _told(first[1]), key, value)
    end = key.start_mark.line - 1
    return f"Siirrä {moved}, ja poista {_rows(top, end)}." if moved and end >= top else _JOIN


def _moved(home: yaml.Node, value: yaml.Node | None, key: yaml.Node, held: yaml.Node) -> str:
    """Return which rows go where, or nothing when that cannot be said row by row."""
    if value and (_flows(value) or not isinstance(value, yaml.MappingNode)):
        return ""
    here = key.start_mark.column
    there = value.start_mark.column if value else home.start_mark.column + 2
    first, last = key.start_mark.line, _last(held)
    where = f"{_rows(first, last)} rivin {home.start_mark.line + 1} alle"
    if here == there:
        return where
    if first == last:
        return f"{where}: {spaces(there)}"
    change = "lisää jokaisen alkuun" if there > here else "poista jokaisen alusta"
    return f"{where}, ja {change} {abs(there - here)} väliä"


def _last(node: yaml.Node) -> int:
    """Return the last row of what a node holds, without what is blank below it."""
    held = [value for _, value in _pairs(node)] or [*filter(None, _items(node))]
    if held and not _flows(node):
        return _last(held[-1])
    end: int = node.end_mark.line
    return end - 1 if end > node.start_mark.line and not node.end_mark.column else end


def _flows(node: yaml.Node | None) -> bool:
    """Return whether it is written in braces or brackets."""
    return bool(isinstance(node, yaml.CollectionNode) and node.flow_style)


def _rows(first: int, last: int) -> str:
    return f"rivi {first + 1}" if first == last else f"rivit {first + 1}–{last + 1}"


def _ours(settings: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node | None]]:
    """Yield where our name stands among the plugins, and what is told below it."""
    plugins = _below(settings, "plugins")
    for item in _items(plugins) or [plugins]:
        if _word(item) == _US and item and not _flows(plugins):
            yield item, None
        yield from ((key, _told(value)) for key, value in _pairs(item) if key.value == _US)


def _menu(settings: yaml.Node | None) -> list[yaml.Node | None]:
    return [node for _, own in _ours(settings) for node in _items(_below(own, "menu"))]


def _at(config: Path, node: yaml.Node | None, problem: Problem) -> Problem:
    """Return a problem at its row of the settings, or at none when no node is told."""
    file = os.path.relpath(config)
    if not node:
        return replace(problem, file=file, mark=NOWHERE)
    mark = Mark(node.start_mark.line + 1, node.start_mark.column + 1)
    lines = config.read_text("utf-8-sig").splitlines()
    return replace(problem, file=file, mark=mark, source_line=lines[mark.line - 1])


def _plain(node: yaml.Node | None, kind: type[yaml.Node]) -> Any:  # noqa: ANN401 - as PyYAML has it
    """Return what a node holds, or nothing for another kind and for what only a tag tells."""
    return node.value if isinstance(node, kind) and not node.tag.startswith("!") else ()


def _pairs(node: yaml.Node | None) -> list[_Pair]:
    return list(_plain(node, yaml.MappingNode))


def _in_items(node: yaml.Node | None) -> list[_Pair]:
    return [pair for item in _items(node) for pair in _pairs(item)]


def _below(node: yaml.Node | None, key: str) -> yaml.Node | None:
    return next((value for name, value in _pairs(node) if name.value == key), None)


def _items(node: yaml.Node | None) -> list[yaml.Node | None]:
    return list(_plain(node, yaml.SequenceNode))


def _told(node: yaml.Node | None) -> yaml.Node | None:
    return node if node and node.tag != _NULL else None


def _word(node: yaml.Node | None) -> str:
    return str(_plain(_told(node), yaml.ScalarNode) or "")
