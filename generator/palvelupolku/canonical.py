"""The one layout of a description, so that a change in a form or a tool is a change of one line.

Comments and the author's own line breaks are kept (ruamel.yaml's round trip). Every scalar stays
the text it was: nothing is taken for a number, a date or a truth value.
"""

from collections.abc import Callable
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.resolver import VersionedResolver

from palvelupolku.yamltext import parse

_NEVER = 1_000_000
"""No line is long enough to be broken: the author decides where lines end."""


class _AsText(VersionedResolver):
    """Takes every plain scalar for text, as `yamltext` does."""

    @property
    def versioned_resolver(self) -> dict[str, Any]:
        return {}


def canonical(name: str, content: bytes, change: Callable[[Any], None] | None = None) -> bytes:
    """Return a file in its one layout: block style, an indent of two, no blanks at line ends.

    `change` may alter the data, which keeps its comments. Raises `PathError` for a file that
    cannot be read: `parse` is the gate, for the round trip itself knows no limits.
    """
    parse(name, content)
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _AsText
    yaml.preserve_quotes = True
    yaml.width = _NEVER
    data = yaml.load(content.decode("utf-8-sig"))
    _in_blocks(data)
    if change:
        change(data)
    text = StringIO()
    yaml.dump(data, text)
    lines = (line.rstrip() for line in text.getvalue().splitlines())
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _in_blocks(data: Any) -> None:  # noqa: ANN401 - the round trip's own maps and lists
    """Turn `{a: b}` and `[a, b]` into lines of their own, in which an edit touches one line."""
    inside = data.values() if isinstance(data, CommentedMap) else data
    if isinstance(data, CommentedMap | CommentedSeq):
        data.fa.set_block_style()
        for part in inside:
            _in_blocks(part)
