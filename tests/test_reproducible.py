"""The same descriptions on the same day give the same bytes, wherever and whenever built."""

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import EPOCH, ROOT, SMALL, copy_project, digest, succeed

HERE = {
    "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
    "HOME": "/",
}  # fmt: skip
THERE = {
    "PYTHONHASHSEED": "4242", "TZ": "America/Anchorage", "LANG": "C", "LC_ALL": "POSIX",
    "LANGUAGE": "sv:en",
}  # fmt: skip


def clock(moment: str) -> dict[str, str]:
    """The environment of a machine whose clock says the moment."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    assert library, "the Debian package libfaketime is needed"
    return {"LD_PRELOAD": str(library), "FAKETIME": f"@{moment}", "DONT_FAKE_MONOTONIC": "1"}


def project(folder: Path, *, backwards: bool = False) -> Path:
    """A project with an address, so that its site map has dates, and several pages of its own."""
    copied = copy_project(folder)
    settings = (copied / "mkdocs.yml").read_text("utf-8")
    (copied / "mkdocs.yml").write_text(f"{settings}\nsite_url: https://example.org/p/\n", "utf-8")
    for name in sorted(("b", "a", "c/b", "c/a"), reverse=backwards):
        page = copied / f"docs/omat/{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# Sivu {name}\n", "utf-8")
    if backwards:
        shutil.copytree(copied / "paths", copied / "toinen")
        shutil.rmtree(copied / "paths")
        for path in sorted(filter(Path.is_file, (copied / "toinen").rglob("*")), reverse=True):
            target = copied / "paths" / path.relative_to(copied / "toinen")
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
    return copied


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as one machine builds it."""
    here = project(tmp_path_factory.mktemp("yksi") / "projekti")
    succeed("build", cwd=here, **HERE, **clock("2026-11-22 10:11:12"))
    return here / "site"


def test_two_machines_build_the_same_bytes(one, tmp_path):
    """Another hash seed, time zone, language, folder, file order, mask and clock: equal files."""
    there = project(tmp_path / "aivan toinen" / "päikkä", backwards=True)
    site = tmp_path / "muualla/site"
    earlier_mask = os.umask(0o077)
    arguments = ("build", "--config", there / "mkdocs.yml", "--site", site)
    try:
        succeed(*arguments, cwd=tmp_path, **THERE, **clock("2031-05-06 23:59:50"))
    finally:
        os.umask(earlier_mask)
    theirs, ours = digest(site), digest(one)
    assert {name for name in theirs | ours if theirs.get(name) != ours.get(name)} == set()
    kinds = {name.rpartition(".")[2] for name in ours}
    assert kinds >= {"html", "css", "js", "json", "txt", "xml", "gz", "pf_fragment", "pf_index"}
    assert "<lastmod>2026-11-21</lastmod>" in (one / "sitemap.xml").read_text("utf-8")


def test_another_day_builds_other_bytes(one, tmp_path):
    """The comparison does see a difference: the day that a site is built for is in its files."""
    there = project(tmp_path / "projekti")
    later = {"SOURCE_DATE_EPOCH": str(int(EPOCH) + 86_400)}
    succeed("build", cwd=there, **HERE | later)
    theirs, ours = digest(there / "site"), digest(one)
    changed = {name for name in theirs | ours if theirs.get(name) != ours.get(name)}
    assert {"sitemap.xml", "sitemap.xml.gz", "data/index.json"} <= changed


@pytest.mark.parametrize(
    ("epoch", "day"),
    [(EPOCH, "2026-11-21"), (None, "2031-05-06"), ("1893455999", "2029-12-31")],
)
def test_without_a_day_of_its_own_a_site_is_today_s(tmp_path, epoch, day):
    """SOURCE_DATE_EPOCH says the day; when it says nothing, the clock does."""
    settings = clock("2031-05-06 12:00:00") | {"SOURCE_DATE_EPOCH": epoch, "TZ": "UTC"}
    succeed("export", tmp_path / "sivut", "--paths", SMALL, cwd=ROOT, **settings)
    index = json.loads((tmp_path / "sivut/data/index.json").read_text("utf-8"))
    assert index["as_of"] == day
    if epoch:
        assert day == datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
