"""How regular the rows of a file are: how many kinds there are of them, whatever the kinds mean."""

from collections import Counter
from collections.abc import Sequence

import yaml
from yaml.events import CollectionEndEvent, MappingStartEvent, NodeEvent, ScalarEvent

from palvelupolku.rows import begins

_MIXED = 10
"""How many kinds of rows a list of both texts and rows is worth."""
_TOP = 2
"""How long the path of a key at the edge is."""


class Regularity:
    """How rows are read: whether they are sound, and how many kinds there are of them."""

    def __init__(self, lines: Sequence[str], rows: Sequence[str], empty: int) -> None:
        self._paths: dict[int, tuple[str, ...]] = {}
        self._counts = Counter[tuple[str, ...]]()
        self._empty = 0
        try:
            self.sound = self._take("\n".join(lines), rows) and self._empty <= empty
        except yaml.YAMLError:
            self.sound = False
        texts = {path[:-1] for path in self._counts if path[-2:] == ("-", "=")}
        mixed = sum(
            any(path[:-1] == text for path in self._counts if path[-1] != "=") for text in texts
        )
        self.kinds = len(self._counts) + _MIXED * mixed
        self.pairs = len({(path[-2:], len(path) == _TOP) for path in self._counts})

    def alike(self, first: int, last: int, *, moved: bool) -> bool:
        """Return whether most of the keys from the first row to the last stand elsewhere, too.

        Of rows that are moved it is enough that all do that stand below others.
        """
        paths = [path for at, path in self._paths.items() if first <= at <= last]
        short = min(map(len, paths), default=0)
        deeper = [path for path in paths if len(path) > short]
        paths = [path for path in paths if len(path) == short]
        others = {path for at, path in self._paths.items() if not first <= at <= last}
        below = moved and bool(deeper) and all(path in others for path in deeper)
        return below or 2 * sum(path in others for path in paths) > len(paths)

    def _take(self, text: str, rows: Sequence[str]) -> bool:
        """Take a text in; return whether it has no key twice and no row of a text begins one."""
        stack: list[tuple[tuple[str, ...], set[str] | None]] = []
        key = None
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, CollectionEndEvent):
                stack.pop()
            if not isinstance(event, NodeEvent):
                continue
            assert event.start_mark
            assert event.end_mark
            path, seen = stack[-1] if stack else ((), None)
            value = event.value if isinstance(event, ScalarEvent) else None
            if seen is not None and key is None:
                if value is None or value in seen:
                    return False
                key = value
                seen.add(key)
                if len(seen) == 1 and path[-1:] == ("-",):
                    self._counts.update(((*path, key, "first"), (*path, key, "first", "")))
                self._paths[event.start_mark.line] = (*path, key)
                continue
            path, key = (*path, "-" if key is None else key), None
            self._counts[path] += 1
            self._empty += value == "" and not getattr(event, "style", "")
            if value is None:
                stack.append((path, set() if isinstance(event, MappingStartEvent) else None))
            else:
                self._counts[(*path, "=")] += 1
                end = event.end_mark.line + bool(event.end_mark.column)
                if any(map(begins, rows[event.start_mark.line + 1 : end])) and value:
                    return False
        return True
