"""Bytes → text that a reader sees as it is: UTF-8, no control or bidirectional characters."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from palvelupolku.errors import Mark, PathError, Problem

MAX_BYTES = 512_000

SIZE_HINT = "Jaa kuvaus kahdeksi tiedostoksi."
HINT = "Poista merkki tai kirjoita kohta uudelleen."
ENCODING_HINT = "Tallenna tiedosto muodossa UTF-8. Muistiossa: Tallenna nimellä, Koodaus: UTF-8."
_MOST_TOLD = 20
_SEEN_OR_HARMLESS = "\u00ad\u200c\u200d"
"""The soft hyphen and the joiners may stand in words."""


def decode(file: str, content: bytes) -> str:
    """Return the text of a file; a byte order mark and CRLF are taken off.

    Raises `PathError` when it is too large, not UTF-8, or holds a character that cannot be seen.
    """
    if len(content) > MAX_BYTES:
        message = f"Tiedosto on liian suuri: {len(content)} tavua, enintään {MAX_BYTES}."
        raise PathError([Problem(file, Mark(), message, "size", SIZE_HINT)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        message, mark = "Tiedosto ei ole UTF-8-tekstiä.", Mark(line, column)
        raise PathError([Problem(file, mark, message, "encoding", ENCODING_HINT)]) from None
    text = text.replace("\r\n", "\n")
    if found := list(islice(hidden(text), _MOST_TOLD)):
        raise PathError(_character_problem(file, text, match) for match in found)
    return text


def hidden(text: str) -> Iterator[re.Match[str]]:
    """Yield the characters that are invisible, turn the reading direction or fake an indent."""
    for match in re.finditer(r"[^\n\t -~]", text):
        category = unicodedata.category(match.group())
        if category == "Zs":
            if not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" "):
                yield match
        elif category[0] in "CZ" and match.group() not in _SEEN_OR_HARMLESS:
            yield match


def _character_problem(file: str, text: str, match: re.Match[str]) -> Problem:
    line_start = text.rfind("\n", 0, match.start()) + 1
    mark = Mark(text.count("\n", 0, match.start()) + 1, match.start() - line_start + 1)
    line = text[line_start:].partition("\n")[0]
    return Problem(file, mark, told(match.group()), "character", HINT, source_line=line)


def told(character: str) -> str:
    """Return what is said of a hidden character."""
    return f"Tekstissä on näkymätön merkki U+{ord(character):04X}."
