"""Fixtures: the real descriptions, one real published site, and Debian's Chromium to read it."""

import functools
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

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


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as a reader gets it: built by the command line with the real MkDocs."""
    folder = tmp_path_factory.mktemp("published") / "site"
    command = [sys.executable, "-m", "palvelupolku", "build", "--site", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return folder


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
