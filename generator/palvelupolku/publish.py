"""The rim that publishes: build beside the old site, check, then swap the whole site in at once.

A failure at any moment leaves the earlier site as it was. What an interrupted build left behind is
cleared by the next one.
"""

import ctypes
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from palvelupolku.links import broken_links

_PREFIX = ".site-build-"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class PublishError(Exception):
    """The new site could not be made; the earlier one stands."""


def publish(config: Path, site: Path) -> int:
    """Build the site of a `mkdocs.yml` and swap it in; return the number of pages.

    Raises `PublishError` with the words for the author when anything is wrong.
    """
    with _alone(site.parent):
        new = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=site.parent))
        new.chmod(0o755)
        try:
            _run_mkdocs(config, new)
            broken = broken_links(new)
            if broken:
                raise PublishError("Nämä linkit eivät johda mihinkään:\n  " + "\n  ".join(broken))
            _sync(new)
            _swap(new, site)
        except OSError as error:
            message = f"Sivustoa ei voi kirjoittaa ({error.strerror}). Aiempi sivusto on ennallaan."
            raise PublishError(message) from error
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return sum(1 for _ in site.rglob("index.html"))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder against another build, and clear what an interrupted one left."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for leftover in folder.glob(f"{_PREFIX}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield
    finally:
        os.close(handle)


def _run_mkdocs(config: Path, target: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["-f", str(config), "-d", str(target)]
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(  # noqa: S603 - our own interpreter and paths
        command, capture_output=True, text=True, check=False, env=os.environ | quiet
    )
    if done.returncode:
        raise PublishError(f"{done.stdout}{done.stderr}".strip())


def _sync(folder: Path) -> None:
    """Make sure the files are on the disk before they take the old ones' place."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _swap(new: Path, site: Path) -> None:
    """Put the new folder in the site's place; the old one is left under the new one's name."""
    if not site.exists():
        new.rename(site)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    exchange = getattr(libc, "renameat2", None)
    names = os.fsencode(new), os.fsencode(site)
    if exchange and exchange(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return
    old = new.with_name(f"{new.name}-old")
    site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)
