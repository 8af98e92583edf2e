"""Time the stages of a build, and print what share of the whole MkDocs build each of them takes.

Every round runs each command once in a process of its own, so that a share compares times of the
same minute; the medians of the rounds are printed. Shares hold from machine to machine, seconds do
not.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from types import ModuleType

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from commands import copy_project  # noqa: E402 - after its folder is known
from palvelupolku import build, diagram  # noqa: E402
from palvelupolku.folder import read_folder  # noqa: E402
from synthetic import with_copies  # noqa: E402

ORIGINAL = "helsinki/laatukriteeri-tyohonvalmennus.yml"
CHECK, LAYOUT, PAGES = "read and check", "graph and layout", "pages and data"
OURS, ALONE, WHOLE = "all of ours", "check alone (command)", "whole mkdocs build"
TIMED = (
    (build, "check", CHECK),
    (build, "graphs_of", LAYOUT),
    (diagram, "place", LAYOUT),
    (diagram, "place_map", LAYOUT),
)
"""Functions of the pipeline by where they are called from, and the stage that each belongs to."""


def stages(paths: Path) -> dict[str, float]:
    """Build the pages of a folder in this process; return the seconds of each stage."""
    seconds: dict[str, float] = {}
    for module, name, stage in TIMED:
        _time(module, name, stage, seconds)
    with _clock(seconds, OURS):
        with _clock(seconds, CHECK):
            files = read_folder(paths)
        build.build(files, datetime.now(UTC).date())
    return {**seconds, PAGES: seconds[OURS] - seconds[CHECK] - seconds[LAYOUT]}


def _time(module: ModuleType, name: str, stage: str, seconds: dict[str, float]) -> None:
    """Let a function of a module add the time it takes to a stage."""
    function = getattr(module, name)

    def timed(*arguments: object) -> object:
        with _clock(seconds, stage):
            return function(*arguments)

    setattr(module, name, timed)


@contextmanager
def _clock(seconds: dict[str, float], stage: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - began


def one_round(project: Path) -> dict[str, float]:
    """Run everything once on a project; return seconds by stage."""
    own = [sys.executable, __file__, "--stages", project / "paths"]
    found: dict[str, float] = json.loads(_run(own, project))
    for name, module, *arguments in (
        (ALONE, "palvelupolku", "check"),
        (WHOLE, "mkdocs", "build", "--quiet"),
    ):
        with _clock(found, name):
            _run([sys.executable, "-m", module, *arguments], project)
    return found


def _run(command: list[str | Path], folder: Path) -> str:
    quiet = {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=folder, check=True, text=True, capture_output=True, env=os.environ | quiet
    )
    return done.stdout


def measure(copies: int, rounds: int) -> None:
    """Print the medians for the real paths and a number of synthetic services."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project")
        files = with_copies(read_folder(project / "paths"), ORIGINAL, copies)
        for name, content in files.items():
            (project / "paths" / name).write_bytes(content)
        found = [one_round(project) for _ in range(rounds)]
    services = sum("catalogue/" not in n and "/region." not in n for n in files)
    print(f"\n{f'{services} services, {rounds} rounds':40}   seconds  of the whole build")
    for stage in (CHECK, LAYOUT, PAGES, OURS, ALONE, WHOLE):
        seconds = median(times[stage] for times in found)
        share = median(times[stage] / times[WHOLE] for times in found)
        print(f"  {stage:38}{seconds:10.2f}  {share:18.0%}")


def main() -> None:
    """Measure the real paths, then the real paths with synthetic services."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=100, help="synthetic services (100)")
    parser.add_argument("--rounds", type=int, default=5, help="times that each command is run (5)")
    parser.add_argument("--stages", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stages:
        print(json.dumps(stages(options.stages)))
        return
    for copies in sorted({0, options.copies}):
        measure(copies, options.rounds)


if __name__ == "__main__":
    main()
