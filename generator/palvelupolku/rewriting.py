"""New data put into a description: what has not changed stays as its author wrote it. Pure.

A new text is folded into short lines, and one that another reader of YAML would take for a number
gets quotes.
"""

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import (
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from palvelupolku.canonical import canonical, laid_out, unchanged
from palvelupolku.cells import as_filled
from palvelupolku.schemas import Schema, entries, resolved, schemas
from palvelupolku.splicing import spliced

_WIDTH = 76
"""Letters on a line of a folded text, and the longest that is not folded."""
_LONE_SPACE = re.compile(r"(?<=\S) (?=\S)")
_NO_TEXT = re.compile(
    r"[-+.]?\d[\d.eE+_]*|0[xo][\da-fA-F]+|true|false|null|~|[-+]?\.(inf|nan)", re.IGNORECASE
)
"""What YAML 1.2 (10.3.2, core schema) takes for something else than text."""


def rewritten(name: str, kind: str, data: dict[str, Any], before: bytes | None) -> bytes:
    """Return a file with new data in its one layout; `before` is the file as it was, if any.

    Raises `PathError` when the file as it was cannot be read, or when what is written would not
    say what the data does.
    """
    root = schemas()[kind]
    new = _written(root, root, data)
    if before is None:
        laid = laid_out(new)
    else:
        laid = spliced(canonical(name, before).decode(), new).encode()
    return unchanged(name, laid, data, as_filled)


def _written(root: Schema, schema: Schema, value: Any) -> Any:  # noqa: ANN401 - plain YAML data
    """Return data with its keys in the schema's order and its texts in their styles."""
    inside = entries(schema)
    if isinstance(value, list):
        item = resolved(root, inside)
        return CommentedSeq(_written(root, item, part) for part in value)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        order = [
            *(key for key in known if key in value),
            *(key for key in value if key not in known),
        ]
        parts = {key: resolved(root, known.get(key, inside)) for key in order}
        return CommentedMap((key, _written(root, parts[key], value[key])) for key in order)
    return _styled(value, schema)


def _styled(text: str, schema: Schema) -> Any:  # noqa: ANN401 - the round trip's own texts
    if "\n" in text:
        return LiteralScalarString(text)
    if len(text) > _WIDTH:
        folded = FoldedScalarString(text)
        folded.fold_pos = list(_folds(text))
        return folded
    kinds = schema.get("type", "string")
    only_text = kinds in ("string", ["string", "object"])
    return SingleQuotedScalarString(text) if only_text and _NO_TEXT.fullmatch(text) else text


def _folds(text: str) -> Iterator[int]:
    """Yield where the lines of a text end: each at a lone space between two words."""
    at = length = 0
    for word in _LONE_SPACE.split(text):
        if length and length + 1 + len(word) > _WIDTH:
            yield at - 1
            length = 0
        length += len(word) + bool(length)
        at += len(word) + 1
