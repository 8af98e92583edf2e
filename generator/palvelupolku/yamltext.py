"""YAML as strict text: every scalar stays the string the author typed, with its place.

Reads libyaml's event stream (YAML 1.1 syntax, no implicit types). Duplicate keys, anchors,
aliases, tags, merge keys and several documents are errors. libyaml's C parser is required: the
pure one reads a slightly different language, so there is no silent fallback.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from palvelupolku.characters import HINT, SIZE_HINT, decode, hidden, told
from palvelupolku.errors import Mark, PathError, Problem, Severity
from palvelupolku.fields import Location
from palvelupolku.row_slips import QUOTE_HINT
from palvelupolku.syntax import TWICE, explain, gathered, headless, slips

MAX_DEPTH = 24
MAX_NODES = 50_000


@dataclass(frozen=True)
class Document:
    """One file as strings, lists and dicts, and the place of every value and key."""

    file: str
    data: Any
    lines: tuple[str, ...]
    values: dict[Location, Mark] = field(default_factory=dict)
    keys: dict[Location, Mark] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    above: Location = ()
    """Where in the file it begins, when it is a part of one: its locations are below that."""

    def problem(  # noqa: PLR0913 - a problem has that many parts
        self,
        location: Location,
        message: str,
        rule: str,
        hint: str = "",
        *,
        at_key: bool = False,
        severity: Severity = "error",
    ) -> Problem:
        """Return a problem at a location, or at its nearest known parent."""
        document, there = self.written_at(location)
        mark = document.mark(there, at_key=at_key)
        told = _problem(document.file, document.lines, mark, message, rule, hint, severity)
        return replace(told, at=(*document.above, *there))

    def written_at(self, location: Location) -> "tuple[Document, Location]":
        """Return the document whose author wrote what stands at a location, and its place there."""
        return self, location

    def mark(self, location: Location, *, at_key: bool) -> Mark:
        """Return the place of a value, or of its key, or of its nearest known parent."""
        first, second = (self.keys, self.values) if at_key else (self.values, self.keys)
        while location:
            mark = first.get(location) or second.get(location)
            if mark:
                return mark
            location = location[:-1]
        return Mark()


def parse(file: str, content: bytes) -> Document:
    """Return the file as plain text values with their places.

    Raises `PathError` when the file is not UTF-8, too large, not YAML, or uses a part of YAML that
    could change its meaning silently.
    """
    text = decode(file, content)
    lines = tuple(text.splitlines())
    reader = _Reader(file, lines)
    try:
        reader.read(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark, message, hint = explain(error, lines)
        reader.problems.append(_problem(file, lines, mark, message, "yaml", hint))
    except yaml.YAMLError:
        reader.problems.append(
            _problem(file, lines, Mark(), "Tiedostoa ei voi lukea YAML-tekstinä.", "yaml"),
        )
    found = slips(reader.keys.values(), lines)
    reader.problems += [_problem(file, lines, at, told, "yaml", hint) for at, told, hint in found]
    reader.problems = gathered(reader.problems, lines)
    errors = [p for p in reader.problems if p.severity == "error"]
    if errors:
        raise PathError(errors)
    if not isinstance(reader.root, dict):
        mark, message, hint = headless(lines)
        raise PathError([_problem(file, lines, mark, message, "yaml", hint)])
    remarks = tuple(p for p in reader.problems if p.severity == "warning")
    return Document(file, reader.root, lines, reader.values, reader.keys, remarks)


def _problem(  # noqa: PLR0913 - a problem has that many parts
    file: str,
    lines: tuple[str, ...],
    mark: Mark,
    message: str,
    rule: str,
    hint: str = "",
    severity: Severity = "error",
) -> Problem:
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    return Problem(file, mark, message, rule, hint, severity, line)


class _Reader:
    """Builds plain values from YAML events without recursion into Python's stack limit."""

    def __init__(self, file: str, lines: tuple[str, ...]) -> None:
        self.file, self.lines = file, lines
        self.root: Any = None
        self.values: dict[Location, Mark] = {}
        self.keys: dict[Location, Mark] = {}
        self.problems: list[Problem] = []
        self._nodes = self._documents = 0
        self._stack: list[tuple[Location, dict[str, Any] | list[Any]]] = []
        self._key: str | None = None

    def read(self, events: Any) -> None:  # noqa: ANN401 - PyYAML's stubs have no event iterator
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self._documents += 1
                if event.version or event.tags:
                    self._add(event, "Rivi ei voi alkaa merkillä %.", "Poista rivi.")
                    return
                if self._documents > 1:
                    self._add(event, "Tiedostossa saa olla vain yksi asiakirja.", "Poista ”---”.")
                    return
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                self._stack.pop()
            elif isinstance(event, NodeEvent) and not self._node(event):
                return

    def _add(self, event: Event, message: str, hint: str = "", rule: str = "yaml") -> None:
        self.problems.append(_problem(self.file, self.lines, _mark(event), message, rule, hint))

    def _node(self, event: NodeEvent) -> bool:
        """Take one node in; return whether reading can go on."""
        self._nodes += 1
        if isinstance(event, AliasEvent) or event.anchor:
            self._add(event, "Teksti ei voi alkaa merkillä & tai *.", QUOTE_HINT)
            return False
        if getattr(event, "tag", None):
            self._add(event, "Teksti ei voi alkaa merkillä !.", QUOTE_HINT)
            return False
        if self._nodes > MAX_NODES or len(self._stack) > MAX_DEPTH:
            self._add(event, "Tiedostossa on liikaa kohtia tai tasoja.", SIZE_HINT, "size")
            return False
        if isinstance(event, ScalarEvent):
            for match in islice(hidden(event.value), 1 if event.style == '"' else 0):
                self._add(event, told(match.group()), HINT, "character")
            return self._scalar(event)
        location = self._place(event, {} if isinstance(event, MappingStartEvent) else [])
        if location is None:
            return False
        assert isinstance(event, MappingStartEvent | SequenceStartEvent)
        return True

    def _scalar(self, event: ScalarEvent) -> bool:
        in_mapping = self._stack and isinstance(self._stack[-1][1], dict)
        if in_mapping and self._key is None:
            return self._take_key(event)
        self._warn_of_comment(event)
        self._warn_of_dash(event)
        return self._place(event, event.value) is not None

    def _take_key(self, event: ScalarEvent) -> bool:
        location, container = self._stack[-1]
        here = (*location, event.value)
        if event.value in container or here in self.keys:
            first = self.keys[here]
            message = f"Kohta ”{event.value}” on jo rivillä {first.line}."
            self._add(event, message, "Poista toinen tai yhdistä ne.", TWICE)
            here = (*location, f"{event.value}\0{self._nodes}")
        self.keys[here] = _mark(event)
        self._key = str(here[-1])
        return True

    def _place(self, event: Event, value: Any) -> Location | None:  # noqa: ANN401 - any value
        if not self._stack:
            location: Location = ()
            self.root = value
        else:
            parent, container = self._stack[-1]
            if isinstance(container, dict):
                if self._key is None:
                    self._add(event, "Kohdan nimen paikalla on luettelo tai sulku.", QUOTE_HINT)
                    return None
                location = (*parent, self._key)
                container[self._key] = value
                self._key = None
            else:
                location = (*parent, len(container))
                container.append(value)
        mark = _mark(event)
        key = self.keys.get(location, mark)  # a key without a colon: its value is the next line's
        self.values[location] = key if value == "" and key.line < mark.line else mark
        if isinstance(value, dict | list):
            self._stack.append((location, value))
        return location

    def _warn_of_comment(self, event: ScalarEvent) -> None:
        """Warn where ` #` cuts a plain text: the rest would be lost in silence."""
        assert event.end_mark
        if event.style or event.end_mark.line >= len(self.lines):
            return
        rest = self.lines[event.end_mark.line][event.end_mark.column :]
        if match := re.match(r"\s+#", rest):
            mark = Mark(event.end_mark.line + 1, event.end_mark.column + match.end())
            message = "Merkki # aloittaa kommentin: loppurivi ei kuulu tekstiin."
            self.problems.append(
                _problem(self.file, self.lines, mark, message, "comment", QUOTE_HINT, "warning"),
            )

    def _warn_of_dash(self, event: ScalarEvent) -> None:
        """Warn where a line that looks like an item of a list goes on the text before it."""
        last = event.end_mark.line if event.end_mark and not event.style else 0
        for number in range(_mark(event).line, last + 1):
            line = self.lines[number] if number < len(self.lines) else ""
            if line.lstrip().startswith("- "):
                mark = Mark(number + 1, len(line) - len(line.lstrip()) + 1)
                message = "Viivalla alkava rivi jatkaa edellistä tekstiä, eikä ole luettelon kohta."
                hint = "Sisennä luettelon kohdat samalle tasolle."
                self.problems.append(
                    _problem(self.file, self.lines, mark, message, "list", hint, "warning"),
                )
                return


def _mark(event: Event) -> Mark:
    assert event.start_mark
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
