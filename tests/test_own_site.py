"""A municipality's own site: its files beside the shared ones, and the starter they begin from."""

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from commands import EPOCH, ROOT, run, succeed
from conftest import DAY, made_once
from palvelupolku import __version__
from palvelupolku.build import build, check
from palvelupolku.canonical import canonical
from palvelupolku.colours import Palette
from palvelupolku.folder import read_folder
from palvelupolku.published import Settings
from palvelupolku.renewing import mirrored
from palvelupolku.source import Reading
from palvelupolku.starting import StartError, choose, start, starter

GUIDE = (ROOT / "docs/ota-kayttoon.md").read_text("utf-8")
BLOCK = re.compile(r"(?:iedosto `([^`]+)`:\n\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OWN, TOWN = "keski-suomi/oma-palvelu.yml", "keski-suomi/kunnat/laukaa.yml"
SOURCES = "catalogue/sources.yml"


@pytest.fixture(scope="module")
def shared(files: dict[str, bytes]) -> Reading:
    """The shared descriptions, read."""
    return check(files, DAY)


def began(shared: Reading, town: str | None = "laukaa", region: str = "keski-suomi") -> dict:
    """The files of a starter."""
    return starter(shared, start(shared, region, town, None), DAY)


def described(given: dict[str, bytes]) -> dict[str, bytes]:
    """Those of a starter's files that lie in `paths/`."""
    return {
        name.removeprefix("paths/"): text
        for name, text in given.items()
        if name.startswith("paths/")
    }


def errors(own: dict[str, bytes], files: dict[str, bytes]) -> list[tuple[str, str, int]]:
    """The rule and the place of each error in own files over the shared ones."""
    return [(p.rule, p.file, p.mark.line) for p in check(own, DAY, files).errors]


# Own files beside the shared ones


@pytest.mark.parametrize(
    ("region", "town"), [("keski-suomi", "laukaa"), ("keski-suomi", "multia"), ("helsinki", None)]
)
def test_a_starter_holds_over_the_shared_descriptions(shared, files, region, town):
    """No error, and no remark but that nobody has reviewed it and the statement is not full."""
    own = described(began(shared, town, region))
    reading = check(own, DAY, files)
    assert reading.errors == []
    assert {p.rule for p in reading.warnings if p.file in own} == {"not-reviewed", "statement"}
    assert {*reading.library.services} == {*shared.library.services, f"{region}/oma-palvelu"}
    assert "kunnan-oma-tieto" in reading.library.catalogue.sources
    assert {name: canonical(name, text) for name, text in own.items()} == own


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("keski-suomi/region.yml", b"name: Meid\xc3\xa4n\n", ("shared-file", 1)),
        ("keski-suomi/paikko.yml", b"name: Meid\xc3\xa4n\n", ("shared-file", 1)),
        ("yhteiset/oikeudet.yml", b"name: Meid\xc3\xa4n\n", ("shared-file", 1)),
        (
            "catalogue/actors.yml",
            "oma-tiimi:\n  name: Tiimi\n  about: Auttaa.\n  tone: 1\n"
            "asiakas:\n  name: Oma asiakas\n  about: On.\n  tone: 1\n".encode(),
            ("shared-entry", 5),
        ),
    ],
)
def test_nothing_shared_is_replaced(shared, files, name, text, wanted):
    """A file or an entry that is there already is an error at the own one, and the shared stays."""
    own = described(began(shared)) | {name: text}
    assert errors(own, files) == [(wanted[0], name, wanted[1])]
    reading = check(own, DAY, files)
    assert reading.library.regions["keski-suomi"].name.fi == "Keski-Suomi"
    fault = next(p for p in reading.errors if p.rule == wanted[0])
    assert "Oma ei voi tulla sen tilalle." in fault.message
    assert fault.hint


def test_own_entries_join_each_list(shared, files):
    """An own actor, term and law can be used by an own service, and are on the shared pages."""
    own = described(began(shared))
    own["catalogue/actors.yml"] = b"oma-tiimi:\n  name: Oma tiimi\n  about: Auttaa.\n  tone: 3\n"
    own[OWN] = own[OWN].replace(b"actor: sosiaalityontekija", b"actor: oma-tiimi")
    assert errors(own, files) == []
    site = build(own, DAY, below=files)
    assert "Oma tiimi" in site.pages["toimijat/"].body
    assert "Oma tiimi" in site.pages["keski-suomi/oma-palvelu/"].body
    assert "Kunnan oma tieto palvelusta" in site.pages["lahteet/"].body
    own["catalogue/actors.yml"] = own["catalogue/actors.yml"].replace(b"tone: 3", b"tone: kolme")
    assert ("type", "catalogue/actors.yml", 4) in errors(own, files)


def test_the_town_s_own_word_comes_before_what_is_said_of_it(shared, files):
    """Service by service: what it does not mention stays as the shared descriptions tell it."""
    own = described(began(shared))
    own[TOWN] = (
        b"review:\n  sources_seen: 2026-11-21\nservices:\n"
        b"- service: kuntouttava-tyotoiminta\n  state: partner\n  text: Kumppani tuottaa.\n"
        b"  certainty: unknown\n"
    )
    reading = check(own, DAY, files)
    assert reading.errors == []
    told = {s.service: s.state for s in reading.library.supplements["keski-suomi/laukaa"].services}
    assert told["kuntouttava-tyotoiminta"] == "partner"
    assert told["kehitysvammaisten-tyotoiminta-ja-tyohonvalmennus"] == "available"
    joutsa = {TOWN.replace("laukaa", "joutsa"): own[TOWN]}
    reading = check(own | joutsa, DAY, files)
    assert reading.errors == []
    assert reading.library.regions["keski-suomi"].municipalities["joutsa"].services == ()
    whole = check({**files, **joutsa}, DAY)
    assert [p.rule for p in whole.errors] == ["said-twice"], "in one folder it is said once"


def test_a_new_core_is_told_at_the_line_that_was_compared(shared, files):
    """The next package's change of a step is a remark in the own file, with what has changed."""
    own = described(began(shared))
    own[TOWN] = own[TOWN].partition(b"services:")[0] + (
        "services:\n- service: kuntouttava-tyotoiminta\n  state: available\n  text: On.\n"
        "  certainty: unknown\n  steps:\n  - id: tunnistaminen\n    state: extended\n"
        "    text: Soitamme.\n    certainty: unknown\n"
    ).encode()
    marked = mirrored(check(own, DAY, files), own, DAY, None)
    assert [*marked] == [TOWN], "shared supplements are not written to"
    own |= marked
    assert own[TOWN].count(b"mirrored:") == 1
    assert remarks(own, files) == []
    base = "yhteiset/kuntouttava-tyotoiminta.yml"
    old = b"- id: tunnistaminen\n  kind: start\n  phase: into\n  name: "
    assert old in files[base]
    found = remarks(own, files | {base: files[base].replace(old, old + b"Uusi ")})
    line = 1 + [b"mirrored:" in row for row in own[TOWN].splitlines()].index(True)
    assert found == [f"{TOWN}:{line} Yhteinen vaihe ”tunnistaminen” on muuttunut: nimi."]
    assert mirrored(check(own, DAY, files), own, DAY, "keski-suomi/laukaa") == {}


def remarks(own: dict[str, bytes], files: dict[str, bytes]) -> list[str]:
    """What is told of the comparisons of own files with the shared steps."""
    told = check(own, DAY, files).warnings
    return [f"{p.file}:{p.mark.line} {p.message}" for p in told if p.rule == "core-changed"]
