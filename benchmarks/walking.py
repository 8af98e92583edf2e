"""Time a choice on a short and on a long path, from the key or the button to what is then painted.

A choice is timed inside the page: from the time stamp of the input event, through the change of the
address that it makes, to a task queued in the next animation frame, which runs after that frame has
been painted. Event Timing is not used: it ends at the first paint after the event, which may come
before the address has changed, and rounds to 8 ms. Both paths are open beside each other and are
walked in turn, so that a ratio compares times of the same minute.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import Page, sync_playwright  # noqa: E402 - as in the other benchmark

from commands import SMALL, copy_project  # noqa: E402 - after its folder is known
from conftest import CHROMIUM_FLAGS, serve  # noqa: E402
from palvelupolku import soundness  # noqa: E402
from synthetic import long_path  # noqa: E402

SHORT, LONG = 15, 500
STEPS_IN_A_ROW = 12
MOST_BEHIND = 200
"""Steps that an address holds of those walked."""
VIEWS = {"walk": "n=k", "meeting": "n=m", "list": ""}
INPUTS = ("key", "button")
PROBE = """
  let began = 0;
  for (const kind of ["keydown", "pointerup"]) {
    addEventListener(kind, (event) => { began = event.timeStamp; }, true);
  }
  addEventListener("hashchange", () => requestAnimationFrame(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => { window.took = performance.now() - began; };
    painted.port2.postMessage(null);
  }));
"""
READY = """() => {
  const way = document.querySelector("[data-place=here] a.pp-way");
  way.scrollIntoView({ block: "center" });
  way.focus();
  window.took = undefined;
  const { left, top, width, height } = way.getBoundingClientRect();
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() =>
    done([left + width / 2, top + height / 2]))));
}"""
TOOK = "() => new Promise((done) => { const look = () => window.took ? done(window.took)"
TOOK += " : setTimeout(look, 4); look(); })"


def build(project: Path) -> None:
    """Build a project with MkDocs; a path may be longer than the generator lets one be."""
    soundness._MAX_STEPS = soundness._MAX_REACH = 100 * LONG  # noqa: SLF001 - lifted here alone
    from mkdocs.__main__ import cli  # noqa: PLC0415 - in a process of its own

    cli(["build", "--quiet", "--config-file", str(project / "mkdocs.yml")])


def start(count: int, done: float, view: str) -> str:
    """Return the address of a place on a path, with the way there behind it."""
    here = 1 + round((count - STEPS_IN_A_ROW - 1) * done)
    past = ".".join(f"vaihe-{number}" for number in range(max(1, here - MOST_BEHIND), here))
    parts = [f"#vaihe-vaihe-{here}", past and f"p={past}", VIEWS[view]]
    return ";".join(filter(None, parts))


def choose(page: Page, how: str) -> float:
    """Take the first choice of the step one is at; return the milliseconds until it is painted."""
    across, down = page.evaluate(READY)
    if how == "key":
        page.keyboard.press("Enter")
    else:
        page.mouse.click(across, down)
    return float(page.evaluate(TOOK))


def walk(pages: dict[int, Page], view: str, rounds: int) -> Iterator[tuple[int, str, float]]:
    """Walk a stretch of every path in turn in each round; yield steps, input and milliseconds."""
    for number in range(rounds):
        for count, page in pages.items():
            state = start(count, number / max(1, rounds - 1), view)
            page.evaluate("(state) => { location.hash = state }", state)
            page.wait_for_selector("[data-place=here]", state="attached")
        for turn in range(STEPS_IN_A_ROW):
            how = INPUTS[turn % 2]
            for count, page in pages.items():
                yield count, how, choose(page, how)


def measure(address: str, rounds: int) -> None:
    """Print the median and the 95th percentile of both paths, and the ratio of the latter."""
    with sync_playwright() as playwright:
        executable = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        pages = {}
        for count in (SHORT, LONG):
            pages[count] = browser.new_page(viewport={"width": 1280, "height": 720})
            pages[count].add_init_script(PROBE)
            pages[count].goto(f"{address}koivula/pitka-{count}/#n=k")
        for view in VIEWS:
            report(view, list(walk(pages, view, rounds)))
        browser.close()


def report(view: str, found: list[tuple[int, str, float]]) -> None:
    """Print the figures of one view."""
    print(f"\n{f'from a choice to the next paint: {view}':40} median    p95   ratio of p95")
    for how in INPUTS:
        times = {n: [t for c, h, t in found if (c, h) == (n, how)] for n in (SHORT, LONG)}
        worst = {count: quantiles(own, n=20)[-1] for count, own in times.items()}
        for count, own in times.items():
            ratio = f"{worst[LONG] / worst[SHORT]:15.1f}" if count == LONG else ""
            name = f"  {how}, {count} steps, {len(own)} choices"
            print(f"{name:40}{median(own):4.0f} ms{worst[count]:4.0f} ms{ratio}")


def main() -> None:
    """Build both paths and walk them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="stretches of each path (10)")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(options.build)
        return
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project", SMALL)
        for count in (SHORT, LONG):
            (project / f"paths/koivula/pitka-{count}.yml").write_bytes(long_path(count))
        subprocess.run([sys.executable, __file__, "--build", project], cwd=project, check=True)
        served = serve(project / "site")
        measure(next(served), options.rounds)
        next(served, None)


if __name__ == "__main__":
    main()
