"""Accepted texts: what a test expects, in a file of its own that a person has read."""

import difflib
import os
from pathlib import Path


def assert_accepted(file: Path, text: str) -> None:
    """Compare a text with its file; `ACCEPT=1` writes the file, and the diff is then reviewed."""
    if os.environ.get("ACCEPT"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    assert file.is_file(), f"{file.name} is missing: run with ACCEPT=1 and read what it says"
    accepted = file.read_text("utf-8")
    lines = (one.splitlines(keepends=True) for one in (accepted, text))
    changes = "".join(difflib.unified_diff(*lines, "accepted", "now"))
    assert accepted == text, f"if this is right, run with ACCEPT=1 ({file.name}):\n{changes}"
