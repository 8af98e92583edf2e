"""Runs of the real commands on a project of their own, and what those leave on the disk."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests/project"
"""Descriptions of two regions: what does not lean on their number is built from these."""
EPOCH = "1795262400"
"""Noon of 21 November 2026: the day that builds to be compared are made for."""


def copy_project(target: Path, paths: Path = ROOT / "paths") -> Path:
    """Copy descriptions and this repository's hand-written pages and settings to a new folder."""
    target.mkdir(parents=True)
    shutil.copytree(paths, target / "paths")
    shutil.copytree(ROOT / "docs", target / "docs")
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def _hear_ctrl_c() -> None:
    """Let the command be interrupted even where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(
    *arguments: str | Path,
    cwd: Path,
    module: str = "palvelupolku",
    limit: Callable[[], None] | None = None,
    **environment: str | None,
) -> subprocess.Popen[str]:
    """Start a command in a process group of its own; a variable that is None is not set."""
    own = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", **environment}
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=limit or _hear_ctrl_c,  # noqa: PLW1509 - no threads are started here
        env={name: value for name, value in {**os.environ, **own}.items() if value is not None},
    )  # fmt: skip


def run(
    *arguments: str | Path,
    cwd: Path,
    module: str = "palvelupolku",
    limit: Callable[[], None] | None = None,
    **environment: str | None,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    process = start(*arguments, cwd=cwd, module=module, limit=limit, **environment)
    said, complained = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, said, complained)


def succeed(*arguments: str | Path, cwd: Path, **options: str | None) -> str:
    """Run a command that must end well; return what it said."""
    done = run(*arguments, cwd=cwd, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def digest(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
