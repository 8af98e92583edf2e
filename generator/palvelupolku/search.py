"""The rim to Pagefind: what a reader may look for → an index that is loaded in small parts.

Each record becomes a small page that only Pagefind reads, so that its documented command line does
the work. Its Python client would take ten records a second.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path

from palvelupolku.records import SearchRecord

_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")


def write_index(records: Iterable[SearchRecord], site: Path) -> None:
    """Write the index of the records to `pagefind/` in the site's folder.

    Raises `OSError` when Pagefind cannot do it.
    """
    target = site / "pagefind"
    with tempfile.TemporaryDirectory(dir=site) as folder:
        for number, record in enumerate(records):
            Path(folder, f"{number:06}.html").write_text(_page(record), "utf-8")
        command = [sys.executable, "-m", "pagefind", "--silent"]
        command += ["--site", folder, "--output-path", str(target)]
        done = subprocess.run(  # noqa: S603 - our own interpreter
            command, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise OSError(done.returncode, f"Pagefind: {done.stderr.strip() or done.stdout.strip()}")
    for unused in target.glob("pagefind*"):
        if unused.suffix in (".js", ".css") and unused.name not in _NEEDED:
            unused.unlink()


def _page(record: SearchRecord) -> str:
    told = {
        "title": record.title, "place": record.place, "address": record.address,
        "names": record.names,
    }  # fmt: skip
    metas = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{escape(value)}">'
        for key, value in told.items()
    )
    return (
        f'<!doctype html><html lang="fi"><head><meta charset="utf-8">{metas}</head>'
        f"<body data-pagefind-body><p>{escape(record.indexed)}</p></body></html>"
    )
