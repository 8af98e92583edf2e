"""Bytes → text that a reader sees as it is: UTF-8, no control or bidirectional characters."""

import re
import unicodedata

from palvelupolku.errors import Mark, PathError, Problem

MAX_BYTES = 512_000


def decode(file: str, content: bytes) -> str:
    """Return the text of a file; a byte order mark and CRLF are taken off.

    Raises `PathError` when it is too large, not UTF-8, or holds a character that cannot be seen.
    """
    if len(content) > MAX_BYTES:
        message = f"Tiedosto on liian suuri: {len(content)} tavua, enintään {MAX_BYTES}."
        raise PathError([Problem(file, Mark(), message, "size")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"Tiedosto ei ole UTF-8-tekstiä (tavu {error.start + 1})."
        hint = "Tallenna tiedosto muodossa UTF-8."
        raise PathError([Problem(file, Mark(line, column), message, "encoding", hint)]) from None
    text = text.replace("\r\n", "\n")
    problems = [_character_problem(file, text, m) for m in re.finditer(r"[^\n\t -~]", text)]
    if found := [p for p in problems if p]:
        raise PathError(found)
    return text


def _character_problem(file: str, text: str, match: re.Match[str]) -> Problem | None:
    """Return a problem for a character that is invisible or turns the reading direction."""
    character = match.group()
    soft_hyphen, joiners = "\u00ad", "\u200c\u200d"
    category = unicodedata.category(character)
    if category not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return None
    if character == soft_hyphen or character in joiners:
        return None
    line_start = text.rfind("\n", 0, match.start()) + 1
    mark = Mark(text.count("\n", 0, match.start()) + 1, match.start() - line_start + 1)
    line = text[line_start:].partition("\n")[0]
    message = f"Tekstissä on näkymätön merkki U+{ord(character):04X}."
    hint = "Poista merkki tai kirjoita kohta uudelleen."
    return Problem(file, mark, message, "character", hint, source_line=line)
