"""The one layout of a description, so that a change in a form or a tool is a change of one line.

Comments are kept, and so are the line breaks of `|` and `>` texts (ruamel.yaml's round trip); a
plain or quoted text over two lines comes on one. Every scalar stays the text it was: nothing is
taken for a number, a date or a truth value, and a file that would read otherwise is refused.
"""

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver

from palvelupolku.errors import Mark, PathError, Problem
from palvelupolku.yamltext import parse

_NEVER = 1_000_000
"""No line is long enough to be broken: the author decides where lines end."""
_BESIDE = re.compile(r"^((?: *- )* *(?:[^\s#'\"][^#'\"]*:|-)) {3,}#")
"""A comment beside a key or a dash, at the place where it stood when a list was on that line."""


class _AsText(VersionedResolver):
    """Takes every plain scalar for text, as `yamltext` does."""

    @property
    def versioned_resolver(self) -> dict[str, Any]:
        return {}


def canonical(name: str, content: bytes, change: Callable[[Any], None] | None = None) -> bytes:
    """Return a file in its one layout: block style, an indent of two, no blanks at line ends.

    `change` may alter the data, which keeps its comments. Raises `PathError` for a file that
    cannot be read (`parse` is the gate, for the round trip itself knows no limits), and for one
    whose texts the layout would change.
    """
    before = parse(name, content).data
    try:
        data = _round_trip().load(content.decode("utf-8-sig").replace("\r\n", "\n"))
        _in_blocks(data)
        if change:
            change(data)
        laid = laid_out(data)
    except (YAMLError, NotImplementedError) as error:
        raise _refused(name) from error
    return laid if change else unchanged(name, laid, before)


def laid_out(data: Any) -> bytes:  # noqa: ANN401 - plain data, or the round trip's own
    """Return data as a file in the one layout."""
    text = StringIO()
    _round_trip().dump(data, text)
    return (_trimmed(text.getvalue()).strip("\n") + "\n").encode()


def _round_trip() -> YAML:
    trip = YAML(typ="rt", pure=True)
    trip.Resolver = _AsText
    trip.preserve_quotes = True
    trip.width = _NEVER
    return trip


def unchanged(
    name: str, laid: bytes, data: object, said: Callable[[Any], object] = lambda data: data
) -> bytes:
    """Return a file that was written anew; raise `PathError` where it does not read as `data`.

    `said` is what of the data is compared.
    """
    if said(parse(name, laid).data) != said(data):
        raise _refused(name)
    return laid


def _refused(name: str) -> PathError:
    message = "Tiedostoa ei voi kirjoittaa samaan muotoon kuin muut: jokin teksti voisi muuttua."
    hint = "Poista sarkaimet. Siirrä kommentti omalle rivilleen ja aloita pitkä teksti merkillä |."
    return PathError([Problem(name, Mark(), message, "layout", hint)])


def _trimmed(text: str) -> str:
    """Return the lines without blanks that say nothing, but inside a text as they are."""
    inside = {
        line
        for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark
        for line in range(event.start_mark.line + 1, event.end_mark.line)
    }
    lines = enumerate(text.split("\n"))
    return "\n".join(
        line if i in inside else _BESIDE.sub(r"\1  #", line.rstrip(" \t"), count=1)
        for i, line in lines
    )


def _in_blocks(data: Any) -> None:  # noqa: ANN401 - the round trip's own maps and lists
    """Turn `{a: b}` and `[a, b]` into lines of their own, in which an edit touches one line."""
    inside = data.values() if isinstance(data, CommentedMap) else data
    if isinstance(data, CommentedMap | CommentedSeq):
        data.fa.set_block_style()
        for part in inside:
            _in_blocks(part)
