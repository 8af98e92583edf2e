"""The same pages as files for another site engine: Markdown files that hold our finished HTML."""

import json
import re
from pathlib import Path

from palvelupolku.errors import Mark, PathError, Problem
from palvelupolku.published import Page, Site


def export(site: Site, folder: Path) -> int:
    """Write every page and file of the site below a folder; return how many.

    Each page is one line of HTML under its front matter, so that no engine's Markdown extension
    finds a line of its own in it. Raises `PathError` when the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "data/index.json").is_file():
        hint = "Anna tyhjä tai uusi kansio."
        raise PathError([Problem(str(folder), Mark(), "Kansiossa on muuta.", "export", hint)])
    contents = {f"{a}index.md": _markdown(page).encode() for a, page in site.pages.items()}
    for name, content in (contents | site.files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    return len(contents) + len(site.files)


def _markdown(page: Page) -> str:
    matter = {"title": page.title, "description": page.description, "hide": ["navigation", "toc"]}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items()]
    body = re.sub(r"\s*\n\s*", " ", page.body)
    return "\n".join(["---", *lines, "---", "", body, ""])
