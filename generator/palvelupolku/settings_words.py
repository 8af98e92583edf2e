"""What is wrong in a site's settings and hand-written pages, told in Finnish before MkDocs does.

The sentences of MkDocs 1.6 that an author meets are known by their shape; others stay as they are.
"""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from palvelupolku.build import lost_regions
from palvelupolku.errors import Mark, PathError, Problem
from palvelupolku.library import Library
from palvelupolku.yamltext import parse

_NULL = "tag:yaml.org,2002:null"
_LINK = "Linkki palveluun kirjoitetaan näin: keski-suomi/paikko/index.md."
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
        r"(?:Error: )?Config value '(.+?)': (.*)",
        r"mkdocs.yml: kohta ”\1” ei kelpaa. Tarkista sen rivit ja sisennys. (\2)",
    ),
)
_SERVER, _RETOLD = "mkdocs.livereload", "error happened during the rebuild"
_LINK_TOLD = re.compile(r"docs/(.+?): link\w+ ”(.+?)”")
"""How the Finnish words on a link begin."""


def refuse_unreadable(config: Path) -> Any:  # noqa: ANN401 - whatever the settings hold
    """Return settings as typed, or stop at what is no YAML.

    Tags are let through: plugins of others may need them. Raises `PathError` with the place and
    the mend.
    """
    content = config.read_bytes()
    try:
        return _as_typed(yaml.compose(content, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        parse(str(config), content)
        return None


def _as_typed(node: yaml.Node | None) -> Any:  # noqa: ANN401 - the same
    """Return a part of settings as texts; nothing for what only a tag tells."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _as_typed(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_as_typed(part) for part in node.value]
    return node.value if node and node.tag != _NULL and not node.tag.startswith("!") else None


def faults(config: Path, library: Library) -> Iterator[Problem]:
    """Yield what can be seen to be wrong in settings without MkDocs: their YAML, logo and menu."""
    try:
        settings = refuse_unreadable(config) if config.is_file() else None
    except PathError as error:
        yield from error.problems
        return
    settings = settings if isinstance(settings, dict) else {}
    theme, plugins = settings.get("theme"), settings.get("plugins")
    if isinstance(theme, dict):
        docs = config.parent / (settings.get("docs_dir") or "docs")
        yield from lost_logo(config, docs, theme.get("logo"))
    for plugin in plugins if isinstance(plugins, list) else [plugins]:
        own = plugin.get("palvelupolku") if isinstance(plugin, dict) else None
        menu = own.get("menu") if isinstance(own, dict) else None
        yield from lost_regions(library, menu if isinstance(menu, list) else ())


def lost_logo(config: Path, docs: Path, logo: str | None) -> Iterator[Problem]:
    """Yield a problem for a logo that is not among a site's own files."""
    if logo and not (docs / logo).is_file():
        lines = config.read_text("utf-8", errors="replace").splitlines()
        row = next((n for n, line in enumerate(lines, 1) if line.lstrip().startswith("logo:")), 1)
        hint = f"Tallenna kuva nimellä {os.path.relpath(docs / logo)}, tai poista rivi logo."
        yield Problem(
            os.path.relpath(config), Mark(row), f"Logoa {logo} ei löydy.", "logo", hint,
            source_line=lines[row - 1],
        )  # fmt: skip


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


class Hearing(logging.Handler):
    """Keeps what MkDocs warns of while it serves, to be told in our words and not in its own."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def begin(self) -> None:
        """Listen; MkDocs itself says only what it takes for an error, but for what we tell."""
        theirs = logging.getLogger("mkdocs")
        for handler in theirs.handlers:
            handler.setLevel(logging.ERROR)
        theirs.setLevel(logging.WARNING)
        theirs.addHandler(self)
        logging.getLogger(_SERVER).addFilter(lambda record: _RETOLD not in record.getMessage())

    def told(self, docs: Path) -> str:
        """Return in Finnish what was warned of; nothing when all is well."""
        return "\n".join(said("\n".join(self.words), docs))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning of the build; the server's are of what a browser asks for."""
        if record.name != _SERVER:
            self.words.append(record.getMessage())


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
