"""New data put into a description: what has not changed stays as its author wrote it. Pure.

Comments stay with what they stand beside. A new text is folded into short lines, and one that
another reader of YAML would take for a number gets quotes.
"""

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import (
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from palvelupolku.canonical import canonical, laid_out
from palvelupolku.cells import in_languages
from palvelupolku.schemas import Schema, entries, resolved, schemas

_WIDTH = 76
"""Letters on a line of a folded text, and the longest that is not folded."""
_LONE_SPACE = re.compile(r"(?<=\S) (?=\S)")
_NO_TEXT = re.compile(
    r"[-+.]?\d[\d.eE+_]*|0[xo][\da-fA-F]+|true|false|null|~|[-+]?\.(inf|nan)", re.IGNORECASE
)
"""What YAML 1.2 (10.3.2, core schema) takes for something else than text."""


def rewritten(name: str, kind: str, data: dict[str, Any], before: bytes | None) -> bytes:
    """Return a file with new data in its one layout; `before` is the file as it was, if any.

    Raises `PathError` when the file as it was cannot be read.
    """
    root = schemas()[kind]
    new = _written(root, root, data)
    if before is None:
        return laid_out(new)
    return canonical(name, before, lambda old: _change(old, new))


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


def _change(old: Any, new: Any) -> Any:  # noqa: ANN401 - the round trip's own data
    """Return the old with what is new in it: the same maps and texts, as far as they hold."""
    if in_languages(old) == in_languages(new):
        return old
    if isinstance(old, CommentedMap) and isinstance(new, CommentedMap):
        _change_map(old, new)
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, CommentedSeq):
        return _changed_list(old, new)
    return new


def _change_map(old: CommentedMap, new: CommentedMap) -> None:
    for key in [key for key in old if key not in new]:
        del old[key]
    order = list(new)
    for key, value in new.items():
        if key in old:
            old[key] = _change(old[key], value)
        else:
            later = order[order.index(key) + 1 :]
            place = next((n for n, known in enumerate(old) if known in later), len(old))
            old.insert(place, key, value)


def _changed_list(old: CommentedSeq, new: CommentedSeq) -> CommentedSeq:
    """Return the list with the old items that are still there, each with its comments."""
    kept = CommentedSeq()
    one, two = ([json.dumps(in_languages(item)) for item in part] for part in (old, new))
    for kind, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        for number in range(c, d):
            was = a + number - c
            if kind == "insert" or was >= b:
                kept.append(new[number])
                continue
            if was in old.ca.items:
                kept.ca.items[number] = old.ca.items[was]
            kept.append(_change(old[was], new[number]))
    return kept
