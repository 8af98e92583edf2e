"""What is wrong in somebody's text: where it stands, what it is and how to mend it.

`PathError` is the only exception the package raises for a fault in the content; it carries every
problem of every file at once.
"""

import errno
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from palvelupolku.rows import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Severity = Literal["error", "warning"]

_SHOWN_WIDTH = 120
_ROOTS, _CAUSES = {"shared-file", "place", "file-name"}, {"duplicate-id"}
_CONSEQUENCES = {"unreachable", "closed-loop", "no-end"}
"""Rules whose fault often brings others about, in other files and in its own, and the others."""
_SEVERITY_NAMES = {"error": "virhe", "warning": "huomautus"}


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file; both numbers start from 1 and count characters."""

    line: int = 1
    column: int = 1


NOWHERE = Mark(0, 0)
"""The place of what is wrong in a word of a command, which is in no file: no place for machines."""


@dataclass(frozen=True)
class Problem:
    """One fault or remark, told in Finnish to the author of the file."""

    file: str
    mark: Mark
    message: str
    rule: str
    """ASCII kebab-case name of the check, stable for machines."""
    hint: str = ""
    """How to mend it, or a suggestion; may be empty."""
    severity: Severity = "error"
    source_line: str = ""
    at: tuple[str | int, ...] = field(default=(), compare=False)
    """The keys and list positions from the root of the file to what it is told of.

    That need not be there: the mark is then of the nearest thing that is.
    """

    @property
    def rank(self) -> int:
        """Where the problem is told: a cause before what it brings, also to other files."""
        if self.rule in _ROOTS:
            return -1
        return 0 if self.rule in _CAUSES else 2 if self.rule in _CONSEQUENCES else 1

    def __str__(self) -> str:
        """Return `file:line:column: …` with the source line, a caret and the hint."""
        place = self.file
        if self.mark != NOWHERE:
            place += f":{self.mark.line}:{self.mark.column}"
        parts = [f"{place}: {_SEVERITY_NAMES[self.severity]}: {self.message} [{self.rule}]"]
        if self.source_line.strip():
            start = max(0, self.mark.column - _SHOWN_WIDTH // 2)
            shown = self.source_line[start : start + _SHOWN_WIDTH]
            parts += [f"  {shown}", f"  {' ' * (self.mark.column - 1 - start)}^"]
        if self.hint:
            parts.append(f"  → {self.hint}")
        return "\n".join(printable(part) for part in parts)


class PathError(Exception):
    """The content cannot be published; `problems` holds every error found."""

    def __init__(self, problems: "Iterable[Problem]") -> None:
        self.problems = tuple(problems)
        super().__init__("\n\n".join(map(str, self.problems)))


def at_once(problems: "Iterable[Problem]", slip: str) -> list[Problem]:
    """Return the problems; those of one list whose hints begin with a slip are told as one."""
    found: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        alike = problem.hint.startswith(slip) and (problem.at[:-1], problem.hint)
        found.setdefault(alike or number, []).append(problem)
    firsts = []
    for first, *others in found.values():
        also = f" Samoin {listed(problem.mark.line for problem in others)}." if others else ""
        firsts.append(replace(first, message=f"{first.message}{also}"))
    return firsts


_REASONS = {
    errno.EACCES: "oikeudet eivät riitä",
    errno.EPERM: "oikeudet eivät riitä",
    errno.ENOSPC: "levy on täynnä",
    errno.EDQUOT: "levytila on käytetty",
    errno.EFBIG: "tiedosto on liian suuri",
    errno.EROFS: "levylle ei voi kirjoittaa",
    errno.EADDRINUSE: "se on jo käytössä",
    errno.ENOENT: "paikkaa ei ole",
    errno.ENOTDIR: "paikka ei ole kansio",
    errno.EISDIR: "paikka on kansio",
    errno.ELOOP: "paikka on linkki",
}


def reason(error: OSError) -> str:
    """Return in Finnish why the disk refused."""
    return _REASONS.get(error.errno or 0) or f"virhe {error.errno}: {error.strerror}"


def printable(text: str) -> str:
    """Return text safe for a terminal: control and format characters become `·`."""
    return "".join(c if c.isprintable() else "·" for c in text)


def nearest(word: str, known: "Iterable[str]", likeness: float = 0.6) -> str:
    """Return the known word that a misspelt one is most like, or an empty string.

    `likeness` is how much two words must have in common: the ratio of `difflib`, from 0 to 1.
    """
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=likeness)), "")


def suggestion(word: str, known: "Iterable[str]", likeness: float = 0.6) -> str:
    """Return a Finnish “did you mean” for a misspelt word, or an empty string."""
    near = nearest(word, known, likeness)
    return did_you_mean([near] if near else [])


def did_you_mean(found: "Sequence[str]") -> str:
    """Return a Finnish question of which of some words was meant, or an empty string."""
    *others, last = [f"”{word}”" for word in found] or [""]
    named = f"{', '.join(others)} tai {last}" if others else last
    return f"Tarkoititko {named}?" if named else ""
