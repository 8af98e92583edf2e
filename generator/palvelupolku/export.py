"""The same pages as files for another site engine: Markdown files that hold our finished HTML."""

import json
import re
from pathlib import Path

from palvelupolku.errors import Mark, PathError, Problem
from palvelupolku.published import Page, Site

_LISTING = ".palvelupolku"
"""Names what an export wrote, for the next one."""


def export(site: Site, folder: Path) -> int:
    """Write every page and file of the site below a folder; return how many.

    Each page is one line of HTML under its front matter, so that no engine's Markdown extension
    finds a line of its own in it. What an earlier export wrote and this one does not is removed.
    Raises `PathError` when the folder holds something else.
    """
    listing = folder / _LISTING
    if folder.exists() and any(folder.iterdir()) and not listing.is_file():
        hint = "Anna tyhjä tai uusi kansio."
        raise PathError([Problem(str(folder), Mark(), "Kansiossa on muuta.", "export", hint)])
    pages = {f"{a}index.md": _markdown(page).encode() for a, page in site.pages.items()}
    files = pages | site.files
    earlier = listing.read_text("utf-8").splitlines() if listing.is_file() else []
    for name in set(earlier) - set(files):
        if (folder / name).resolve().is_relative_to(folder.resolve()):
            (folder / name).unlink(missing_ok=True)
    for name, content in {_LISTING: "\n".join(sorted(files)).encode(), **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    return len(files)


def _markdown(page: Page) -> str:
    matter = {"title": page.title, "description": page.description, "hide": ["navigation", "toc"]}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items()]
    body = re.sub(r"\s*\n\s*", " ", page.body)
    return "\n".join(["---", *lines, "---", "", body, ""])
