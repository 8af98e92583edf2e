"""`make test` reads the page's own scripts as strictly as it reads Python."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands import ROOT

BIN = Path(sys.executable).parent
CHECKS = {
    tool: line.strip().replace("$(BIN)", str(BIN))
    for tool in ("tsc", "biome")
    for line in (ROOT / "Makefile").read_text("utf-8").splitlines()
    if f"/.bin/{tool} " in line
}
"""The commands by which `make test` checks the scripts."""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the scripts and of the settings they are checked by."""
    shutil.copytree(ROOT / "templates/assets", tmp_path / "templates/assets")
    (tmp_path / "tests").mkdir()
    for name in ("tsconfig.json", "code-style.json", "package.json"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests")
    (tmp_path / "tests/node_modules").symlink_to(ROOT / "tests/node_modules")
    return tmp_path


@pytest.mark.parametrize(
    ("tool", "right", "wrong", "said"),
    [
        ("tsc", "state.past.length &&", "state.past.size &&", "'size' does not exist"),
        ("tsc", 'chain[index] ?? ""', "chain[index]", "'undefined' is not assignable"),
        ("biome", "id === state.step);", "id == state.step);", "noDoubleEquals"),
        ("biome", "const MOST_VISITS = 12;", "const MOST_VISITS = 12, X = 1;", "noUnusedVariables"),
        ("biome", "const MOST_VISITS = 12;", "const MOST_VISITS  =  12", "formatting"),
    ],
)
def test_a_fault_in_a_script_stops_the_command(copied, tool, right, wrong, said):
    """A wrong type, a likely mistake or another style ends the command with what is wrong."""
    script = copied / "templates/assets/path-state.js"
    text = script.read_text("utf-8")
    assert right in text
    script.write_text(text.replace(right, wrong, 1), "utf-8")
    done = subprocess.run(
        CHECKS[tool].split(), cwd=copied, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert said in done.stdout + done.stderr


def test_types_are_not_published(published: Path):
    """What only the checker of types reads is no part of the site."""
    assert list((ROOT / "templates").rglob("*.d.ts"))
    assert not list(published.rglob("*.ts"))
