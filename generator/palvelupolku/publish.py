"""The rim that publishes: build beside the old site, check, then swap the whole site in at once.

A failure at any moment leaves the earlier site as it was. What an interrupted build left behind is
cleared by the next one.
"""

import ctypes
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from palvelupolku.errors import reason
from palvelupolku.hearing import unfit
from palvelupolku.links import lost_links
from palvelupolku.settings_words import said

_PREFIX = ".site-build-"
_PLAIN = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "COLUMNS": "0"}
"""What keeps MkDocs to what an author needs."""
_OTHER_PORTS = range(8001, 8100)
"""Where a preview may be shown besides."""
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class PublishError(Exception):
    """The new site could not be made; the earlier one stands."""


def publish(config: Path, site: Path, settings: Mapping[str, str] | None = None) -> int:
    """Build the site of a `mkdocs.yml` and swap it in; return the number of pages.

    `settings` are environment variables for MkDocs. Raises `PublishError` with the words for the
    author when anything is wrong.
    """
    try:
        with _alone(site.parent) as lock:
            if site.exists():
                shutil.rmtree(_aside(site), ignore_errors=True)
            elif _aside(site).exists():
                _aside(site).rename(site)
            _refuse_another(site)
            new = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=site.parent))
            try:
                new.chmod(0o755)
                fault = _run_mkdocs(config, new, lock, settings or {}) or lost_links(new)
                if fault:
                    told = "\n\n".join(map(str, unfit(config))) or fault
                    raise PublishError(f"Sivusto ei valmistunut.{_as_it_was(site)}\n\n{told}")
                _sync(new)
                _swap(new, site)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        message = f"Sivustoa ei voi kirjoittaa ({reason(error)}).{_as_it_was(site)}"
        raise PublishError(message) from error
    return sum(1 for _ in site.rglob("index.html"))


def _refuse_another(site: Path) -> None:
    """Stop before a folder or a file that no build of ours has made is replaced."""
    if site.exists() and not (site / "data/index.json").is_file() and not _is_empty(site):
        raise PublishError(f"{site} ei ole palvelupolkujen sivusto. Anna tyhjä tai uusi kansio.")


def _as_it_was(site: Path) -> str:
    """Return what is told of the earlier site, if there is one."""
    return " Aiempi sivusto on ennallaan." if site.exists() else ""


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


@contextmanager
def _alone(folder: Path) -> Iterator[int]:
    """Hold the folder against another build, and clear what an interrupted one left.

    The lock is yielded for MkDocs to hold as well: it may outlive us when we are killed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for leftover in folder.glob(f"{_PREFIX}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield handle
    finally:
        os.close(handle)


def preview(config: Path, port: int, settings: Mapping[str, str]) -> NoReturn:
    """Show the site of a `mkdocs.yml` on 127.0.0.1 until interrupted; MkDocs takes this place.

    Raises `PublishError` in Finnish when MkDocs does not take the settings.
    """
    if found := unfit(config):
        raise PublishError("\n\n".join(map(str, found)))
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload"]
    command += ["-f", str(config), "--dev-addr", f"127.0.0.1:{port}"]
    os.execve(sys.executable, command, {**os.environ, **_PLAIN, **settings})  # noqa: S606 - the same


def refuse_taken(port: int) -> None:
    """Stop before a preview begins at a port where another already shows something."""
    if why := _taken(port):
        free = next((other for other in _OTHER_PORTS if not _taken(other)), _OTHER_PORTS[0])
        way = f"Sulje toinen pääte, tai kirjoita näin: palvelupolku serve --port {free}"
        raise PublishError(f"Portti {port} ei ole vapaa ({why}). {way}")


def _taken(port: int) -> str:
    """Return why nothing can be shown at a port; nothing when it is free."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        return reason(error)
    return ""


def _run_mkdocs(config: Path, target: Path, lock: int, settings: Mapping[str, str]) -> str:
    """Build the site; return what MkDocs laments, in Finnish, and nothing when all is well."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["-f", str(config), "-d", str(target)]
    done = subprocess.run(  # noqa: S603 - our own interpreter and paths
        command, capture_output=True, text=True, check=False, pass_fds=(lock,),
        env={**os.environ, **_PLAIN, **settings},
    )  # fmt: skip
    if not done.returncode:
        return ""
    return "\n\n".join(said(f"{done.stdout}{done.stderr}".strip(), config))


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
    old = _aside(site)
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _aside(site: Path) -> Path:
    """Return where the old site waits for a moment, where two folders cannot change places."""
    return site.with_name(f".{site.name}-before-swap")
