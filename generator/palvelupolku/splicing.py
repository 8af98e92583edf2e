"""New data put into the lines of a description: what has not changed stays line by line. Pure.

A comment belongs to what stands below it and goes where that goes; one that is deeper than what
follows ends the part above it. The round trip of ruamel.yaml hangs each comment on the part
before it instead, so that a part could not be moved or deleted with its own.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import yaml
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from palvelupolku.canonical import laid_out
from palvelupolku.cells import as_filled
from palvelupolku.pairing import paired

_AT_END = re.compile(r"\s+#.*")
_COMMENT = re.compile(r"\s*(#.*)?")
"""A line that is a comment, or blank."""


class _Part(NamedTuple):
    """A key with its value, or an item of a list: where its lines are, the end not included."""

    lead: list[str]
    """Its comments, and the blank lines above it."""
    first: int
    last: int
    node: yaml.Node
    """The value."""


def spliced(text: str, new: CommentedMap) -> str:
    """Return a file in the one layout with new data in it, and the comments in their places."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert isinstance(root, yaml.MappingNode)
    lines = text.removesuffix("\n").split("\n")
    if not root.value:
        above = [line for line in lines if _COMMENT.fullmatch(line)]
        return "\n".join([*above, *_fresh(new, 0)]) + "\n"
    return "\n".join(_Lines(lines).of_map(root, new, 0, len(lines))) + "\n"


class _Lines:
    """The lines of a file as it was; each method returns those of a part as it is to be."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def of_map(self, node: yaml.MappingNode, new: CommentedMap, first: int, last: int) -> list[str]:
        column = node.start_mark.column
        starts = [key.start_mark.line for key, _ in node.value]
        parts, tail = self._parts(starts, [value for _, value in node.value], first, last, column)
        old = dict(zip((key.value for key, _ in node.value), parts, strict=True))
        written = []
        for key in _order({name: _data(part.node) for name, part in old.items()}, list(new)):
            part, fresh = old.get(key), CommentedMap({key: new.get(key)})
            if part is None:
                written += _fresh(fresh, column)
                continue
            own = [self._key(part, column), *self._lines[part.first + 1 : part.last]]
            if key in new and _data(part.node) != as_filled(new[key]):
                inside = self._inside(part, new[key], part.first + 1)
                own = [own[0], *inside] if inside else self._anew(part, fresh, column)
            written += [*part.lead, *own]
        return written + tail

    def _of_list(
        self, node: yaml.SequenceNode, new: CommentedSeq, first: int, last: int
    ) -> list[str]:
        column = node.start_mark.column
        starts = [self._dash(item, column) for item in node.value]
        parts, tail = self._parts(starts, node.value, first, last, column)
        pairs = paired([_data(item) for item in node.value], [as_filled(item) for item in new])
        written = []
        for item, place in zip(new, pairs, strict=True):
            fresh = CommentedSeq([item])
            if place is None:
                written += _fresh(fresh, column)
                continue
            part = parts[place]
            own = self._lines[part.first : part.last]
            if _data(part.node) != as_filled(item):
                inside = self._inside(part, item, part.first)
                own = _dashed(inside, column) if inside else self._anew(part, fresh, column)
            written += [*part.lead, *own]
        return written + tail

    def _inside(self, part: _Part, new: Any, first: int) -> list[str]:  # noqa: ANN401 - YAML data
        """Return the lines of a map or a list that stays one; none for anything else."""
        match part.node, new:
            case yaml.MappingNode(flow_style=False) as node, CommentedMap():
                return self.of_map(node, new, first, part.last)
            case yaml.MappingNode(flow_style=False) as node, str() if "fi" in _plain(node):
                return self.of_map(node, CommentedMap({"fi": new}), first, part.last)
            case yaml.SequenceNode(flow_style=False) as node, CommentedSeq():
                return self._of_list(node, new, first, part.last)
        return []

    def _anew(self, part: _Part, fresh: CommentedMap | CommentedSeq, column: int) -> list[str]:
        """Return new lines, with the comments that stand beside and below the old ones."""
        first, *rest = _fresh(fresh, column)
        if not isinstance(part.node, yaml.ScalarNode):
            return [first, *rest]
        block = part.node.style in ("|", ">")
        mark = part.node.start_mark if block else part.node.end_mark
        beside = _AT_END.search(self._lines[mark.line], mark.column)
        end = self._end(part.node)
        return [first + (beside[0] if beside else ""), *rest, *self._lines[end : part.last]]

    def _key(self, part: _Part, column: int) -> str:
        """Return the line of a key without the dash of the item that it begins."""
        return " " * column + self._lines[part.first][column:]

    def _dash(self, node: yaml.Node, column: int) -> int:
        """Return the line of the dash of an item: its value may begin below it."""
        dash = " " * column + "-"
        return next(
            n for n in range(node.start_mark.line, -1, -1) if self._lines[n].startswith(dash)
        )

    def _parts(
        self, starts: Sequence[int], nodes: Sequence[yaml.Node], first: int, last: int, column: int
    ) -> tuple[list[_Part], list[str]]:
        """Return the parts of a map or a list on some lines, and the comments that end it."""
        ends = [self._end(node) for node in nodes]
        leads = [
            first,
            *(self._lead(end, start, column) for end, start in zip(ends, starts[1:], strict=False)),
            self._lead(ends[-1], last, column),
        ]
        parts = [
            _Part([_bare(line) for line in self._lines[lead:start]], start, until, node)
            for (lead, until), start, node in zip(pairwise(leads), starts, nodes, strict=True)
        ]
        return parts, self._lines[leads[-1] : last]

    def _lead(self, end: int, start: int, column: int) -> int:
        """Return where the comments above a line begin, those below the part before it left out."""
        while start > end:
            line = self._lines[start - 1]
            if line.strip() and len(line) - len(line.lstrip()) > column:
                break
            start -= 1
        return start

    def _end(self, node: yaml.Node) -> int:
        """Return the first line after a value, without the comments and blank lines below it."""
        while not isinstance(node, yaml.ScalarNode) and node.value:
            inner = node.value[-1]
            node = inner[1] if isinstance(node, yaml.MappingNode) else inner
        end: int = node.end_mark.line
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
            return end + 1
        keeps = "+" in self._lines[node.start_mark.line][node.start_mark.column :].split("#")[0]
        while not keeps and not self._lines[end - 1].strip():
            end -= 1
        return end


def _order(old: Mapping[str, Any], new: Sequence[str]) -> list[str]:
    """Return the keys in the author's order, each new one before those that follow it.

    A key that holds nothing stays: a workbook has no cell for it.
    """
    order = [key for key, value in old.items() if key in new or value in ([], "")]
    for number, key in enumerate(new):
        if key not in old:
            later = new[number + 1 :]
            place = next((n for n, known in enumerate(order) if known in later), len(order))
            order.insert(place, key)
    return order


def _data(node: yaml.Node) -> Any:  # noqa: ANN401 - plain YAML data
    """Return what a part of the file says."""
    return as_filled(_plain(node))


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401 - plain YAML data
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value


def _fresh(data: CommentedMap | CommentedSeq, column: int) -> list[str]:
    """Return the lines of something new at a column."""
    lines = laid_out(data).decode().removesuffix("\n").split("\n")
    return [" " * column + line if line else line for line in lines]


def _dashed(lines: Sequence[str], column: int) -> list[str]:
    """Return the lines of an item with its dash; comments above its first key stand above it."""
    first = next(n for n, line in enumerate(lines) if not _COMMENT.fullmatch(line))
    above = [" " * column + line.lstrip() if line.strip() else "" for line in lines[:first]]
    return [*above, f"{' ' * column}-{lines[first][column + 1 :]}", *lines[first + 1 :]]


def _bare(line: str) -> str:
    """Return a line without a dash that has no value beside it."""
    return re.sub("^( *)-", r"\1 ", line)
