"""Fixtures: the real descriptions, one real published site, and Debian's Chromium to read it."""

import fcntl
import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browsing import DRAWINGS, reader, show
from commands import EPOCH
from palvelupolku.build import build
from palvelupolku.folder import read_folder
from palvelupolku.published import Site

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 21)
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """The descriptions of this repository, by name."""
    return read_folder(ROOT / "paths")


@pytest.fixture(scope="session")
def site(files: dict[str, bytes]) -> Site:
    """Everything the build gives for the descriptions, without MkDocs."""
    return build(files, DAY)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first process to need it makes and the others wait for.

    Nobody may write into it: tests that run beside each other read the same files.
    """
    base = factory.getbasetemp()
    together = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = together / f"shared-{name}"
    with (together / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = factory.mktemp(name)
            make(unfinished)
            unfinished.rename(folder)
    return folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as a reader gets it: built by the command line with the real MkDocs."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "palvelupolku", "build", "--site", str(folder / "site")]
        # The day that the tests show: what is said of a page does not hang on today.
        day = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=day)

    return made_once(tmp_path_factory, "published", make) / "site"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a municipality gets it: one file."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    (file,) = made_once(tmp_path_factory, "wheel", make).glob("*.whl")
    return file


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of a reader who leaves before the answer."""


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on 127.0.0.1 and yield its address, which ends in a slash."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(published: Path) -> Iterator[str]:
    """The address of the published site, which ends in a slash."""
    yield from serve(published)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    executable = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh reader: no cookies, a projector's screen."""
    opened = browser.new_context(viewport={"width": 1280, "height": 720})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One window in which a module's tests look at pages in turn."""
    context = reader(browser)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=DRAWINGS)
def place(request: pytest.FixtureRequest) -> str:
    """A page with a drawing; tests of the same one stand together and share its visit."""
    return request.param


@pytest.fixture(scope="module")
def drawing(window: Page, address: str, place: str) -> Page:
    """That page, open on a projector's screen; whoever alters it puts it back."""
    show(window, address + place)
    return window
