"""The package a municipality installs holds all that a site needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from commands import ROOT, digest, succeed
from palvelupolku.folder import guide_beside


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files, in a folder that Python can import from."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("folder", ["templates", "paths"])
def test_the_wheel_holds_every_file(unpacked, folder):
    """Templates, fonts and shared descriptions go along byte for byte."""
    assert digest(unpacked / "palvelupolku" / folder) == digest(ROOT / folder)


def test_the_wheel_holds_the_guide(unpacked):
    """Its pages and pictures, and nothing else of the hand-written pages."""
    guide = guide_beside(unpacked / "nowhere")
    assert {"ota-kayttoon.md", "kirjoita.md", "kuvat/lomake.png"} <= guide.keys()
    found = digest(unpacked / "palvelupolku/docs")
    assert found.keys() == guide.keys()
    assert found.items() <= digest(ROOT / "docs").items()


def test_the_wheel_holds_the_package_and_its_licences(unpacked):
    """Every module and data file, the plugin's entry and both licences."""
    package = digest(ROOT / "generator/palvelupolku")
    package = {name: value for name, value in package.items() if "__pycache__" not in name}
    assert package.items() <= digest(unpacked / "palvelupolku").items()
    (notes,) = unpacked.glob("*.dist-info")
    assert "palvelupolku.plugin:PalvelupolkuPlugin" in (notes / "entry_points.txt").read_text()
    assert {path.name for path in (notes / "licenses").iterdir()} == {
        "LICENSE",
        "LICENSE-descriptions",
    }


def test_the_wheel_makes_every_page_without_the_checkout(unpacked, tmp_path):
    """Where nothing is described yet, all comes from the wheel: the same pages and files."""
    pages = {}
    for name, place in (("wheel", unpacked), ("checkout", ROOT / "generator")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mkdocs.yml").write_text("site_name: Koe\n", "utf-8")
        succeed("export", "sivut", cwd=tmp_path / name, PYTHONPATH=str(place))
        pages[name] = digest(tmp_path / name / "sivut")
    assert "keski-suomi/kuntouttava-tyotoiminta/index.md" in pages["wheel"]
    assert pages["wheel"] == pages["checkout"]


def test_the_wheel_is_what_was_run(unpacked, tmp_path):
    """Control: with the wheel's folder first, Python takes the package from there."""
    told = "import palvelupolku.resources as r; print(r.__file__, r.TEMPLATES, r.SHARED_PATHS)"
    done = subprocess.run(
        [sys.executable, "-c", told],
        cwd=tmp_path, env={"PYTHONPATH": str(unpacked)}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert all(part.startswith(str(unpacked)) for part in done.stdout.split())
