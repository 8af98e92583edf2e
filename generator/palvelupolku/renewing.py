"""Descriptions in their one layout, and comparisons marked as up to date. Pure: files → files."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from palvelupolku.canonical import canonical, unchanged
from palvelupolku.fields import full_address
from palvelupolku.mirror import fingerprint
from palvelupolku.source import Reading
from palvelupolku.validity import valid_on
from palvelupolku.yamltext import parse


def in_layout(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that are not in the one layout, as they are in it.

    Raises `PathError` for the first file that cannot be read.
    """
    laid = {name: canonical(name, content) for name, content in files.items()}
    return {name: content for name, content in laid.items() if content != files[name]}


def mirrored(
    reading: Reading, files: Mapping[str, bytes], day: date, town: str | None
) -> dict[str, bytes]:
    """Return the supplements whose comparisons are now marked with the steps of the day.

    Without a municipality (`region/id`) only comparisons without a mark get one; with it, all of
    that municipality's are renewed: somebody has read them again. Shared files, which are not
    among `files`, stay as they are.
    """
    renewed: dict[str, bytes] = {}
    for place, supplement, document in reading.supplement_files():
        if town not in (None, place) or document.file not in files:
            continue
        region = place.partition("/")[0]
        marks = {
            (i, j): fingerprint(steps[difference.id])
            for i, supply in enumerate(supplement.services)
            if document.written_at(("services", i))[0].file == document.file
            if (steps := _steps(reading, full_address(supply.service, region), day))
            for j, difference in enumerate(supply.steps)
            if difference.id in steps and (town or not difference.mirrored)
        }
        if marks:
            renewed[document.file] = _marked(document.file, files[document.file], marks)
    return {name: content for name, content in renewed.items() if content != files[name]}


def _steps(reading: Reading, address: str, day: date) -> dict[str, Any]:
    service = reading.library.services.get(address)
    return {step.id: step for step in valid_on(service, day).steps} if service else {}


def _marked(name: str, content: bytes, marks: Mapping[tuple[int, int], str]) -> bytes:
    """Return a supplement with each mark on a line of its own under the step's id.

    The lines are written, not the data: a round trip would leave a comment under the wrong step.
    """
    document = parse(name, canonical(name, content))
    lines = list(document.lines)
    for (supply, step), words in sorted(marks.items(), reverse=True):
        at = ("services", supply, "steps", step)
        said = document.data["services"][supply]["steps"][step]
        if old := said.get("mirrored"):
            line = document.values[(*at, "mirrored")].line - 1
            lines[line] = lines[line].replace(old, words)
        else:
            key = document.keys[(*at, "id")]
            lines.insert(key.line, f"{' ' * (key.column - 1)}mirrored: {words}")
        said["mirrored"] = words
    return unchanged(name, "\n".join([*lines, ""]).encode(), document.data)
