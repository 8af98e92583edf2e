"""Descriptions in their one layout, and comparisons marked as up to date. Pure: files → files."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from palvelupolku.canonical import canonical
from palvelupolku.fields import full_address
from palvelupolku.mirror import fingerprint
from palvelupolku.source import Reading
from palvelupolku.validity import valid_on


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
        new = canonical(document.file, files[document.file], _marking(marks))
        if new != files[document.file]:
            renewed[document.file] = new
    return renewed


def _steps(reading: Reading, address: str, day: date) -> dict[str, Any]:
    service = reading.library.services.get(address)
    return {step.id: step for step in valid_on(service, day).steps} if service else {}


def _marking(marks: Mapping[tuple[int, int], str]) -> Callable[[Any], None]:
    def mark(data: Any) -> None:  # noqa: ANN401 - the round trip's own map
        for (supply, step), words in marks.items():
            data["services"][supply]["steps"][step]["mirrored"] = words

    return mark
