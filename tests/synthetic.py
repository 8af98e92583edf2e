"""Descriptions made in numbers: copies of a real path, and a path of as many steps as one likes."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from commands import SMALL, copy_project
from palvelupolku.folder import read_folder


def with_copies(files: Mapping[str, bytes], original: str, count: int) -> dict[str, bytes]:
    """Return the files with `count` more services, copied from `original` (`region/id.yml`).

    The copies differ by id and Finnish name only; what the original leads to stays as it is.
    """
    text = files[original].decode()
    stem = original.removesuffix(".yml")
    copies = {f"{stem}-{number:04}.yml": _renamed(text, number) for number in range(count)}
    return {**files, **copies}


def project_of(target: Path, count: int) -> Path:
    """Make a project of the small descriptions and `count` copies of one of their paths."""
    project = copy_project(target, SMALL)
    for name, content in with_copies(read_folder(SMALL), "koivula/polku.yml", count).items():
        (project / "paths" / name).write_bytes(content)
    return project


def _renamed(text: str, number: int) -> bytes:
    """Give a description a name of its own; one that builds on another may have had none."""
    renamed, times = re.subn(r"(?m)^(name:(?:\n  fi:)? .+)", rf"\g<1> {number:04}", text, count=1)
    return renamed.encode() if times else f"{text}name: Palvelu {number:04}\n".encode()


def long_path(count: int) -> bytes:
    """Return the description of a path of `count` steps, for the project in `tests/project`.

    Two steps in three lead on to the next one. The third is a decision: on, back, or to an end.
    From the last step there is no way on.
    """
    description = {
        "name": f"Polku, jossa on {count} vaihetta",
        "nature": "statutory-service",
        "stage": "activity",
        "summary": "Teet työtä omaan tahtiin ja saat ohjausta.",
        "review": {"sources_seen": "2026-11-01"},
        "steps": [_step(number, count) for number in range(1, count + 1)],
    }
    return yaml.safe_dump(description, allow_unicode=True, sort_keys=False).encode()


def _step(number: int, count: int) -> dict[str, Any]:
    on, back, end = (
        {"step": f"vaihe-{number + 1}", "condition": "työ ja ohjaus sopivat sinulle"},
        {"step": f"vaihe-{number - 2}", "kind": "return", "condition": "tarvitset aikaa"},
        {"outcome": "palkkatyo", "condition": "löydät työpaikan"},
    )
    ways = [on, back, end] if number % 3 == 0 else [on]
    if number == count:
        ways = [back, end]
    kind = "start" if number == 1 else "decision" if len(ways) > 1 else "task"
    return {
        "id": f"vaihe-{number}",
        "kind": kind,
        "phase": ("into", "in", "onward")[3 * (number - 1) // count],
        "name": f"Sovitte yhdessä työstä {number}",
        "actor": "kaupunki",
        "client": "Kerro, mitä haluat tehdä. Sano myös, mikä on sinulle vaikeaa.",
        "plain": "Työntekijä kuuntelee ja kirjaa suunnitelman. Mietitte yhdessä, mitä seuraa.",
        "choices": ways,
        "sources": ["sivu"],
    }
