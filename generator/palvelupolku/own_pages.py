"""What can be seen to be wrong in the hand-written pages of a site before they are built."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from palvelupolku.errors import Mark, PathError, Problem
from palvelupolku.prose import GAP
from palvelupolku.site_settings import read_settings

_TARGET = r"(?:(?:https?:|mailto:|#|\.{0,2}/)[^()\s]*|[^()\s]+(?:\.md|\.html|/)(?:#[^()\s]*)?)"
_TORN = re.compile(rf"(?<!\\)\[[^\[\]]+{GAP.pattern}{_TARGET}\s*\)")
_STRING = "tag:yaml.org,2002:str"
_BREAKS = {"softbreak", "hardbreak"}


def torn_links(config: Path) -> Iterator[Problem]:
    """Yield a remark for each link of a page that a space between its parts leaves as it is typed.

    MkDocs tells of none. Where the pages are, only the settings themselves can tell here.
    """
    docs = _docs(config)
    for page in own_pages(docs) if docs else ():
        try:
            text = page.read_text("utf-8-sig", errors="replace")
        except OSError:
            continue  # the build tells of a page that cannot be read
        for match in _torn(text):
            line, start = text.count("\n", 0, match.start()) + 1, match.start()
            mark = Mark(line, start - text.rfind("\n", 0, start))
            piece, row = " ".join(match.group().split()), text.split("\n")[line - 1]
            message = f"Linkin sanan ja kohteen välissä on väli: ”{piece}”."
            hint = f"Poista väli: {GAP.sub('](', piece)}"
            file = Path(os.path.relpath(page)).as_posix()
            yield Problem(file, mark, message, "bad-link", hint, "warning", row)


def own_pages(docs: Path) -> Iterator[Path]:
    """Yield the pages of a folder in order; MkDocs takes nothing whose name begins with a dot."""
    for page in sorted(docs.rglob("*.md")):
        if not any(part.startswith(".") for part in page.relative_to(docs).parts):
            yield page


def _torn(text: str) -> Iterator[re.Match[str]]:
    """Yield each torn link of a page that is words to its reader: no code, and no comment."""
    starts = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
    for block in MarkdownIt("commonmark").parse(text):
        if block.type == "inline" and block.map:
            parts = block.children or ()
            words = "".join("\n" if p.type in _BREAKS else p.content * (p.type == "text")
                            for p in parts)  # fmt: skip
            first, end = (starts[min(row, len(starts) - 1)] for row in block.map)
            for match in _TORN.finditer(text, first, end):
                gap = GAP.search(match.group())
                code = text.count("`", first, match.start()) % 2
                if gap and not code and match.group()[gap.start() :] in words:
                    yield match


def _docs(config: Path) -> Path | None:
    """Return the folder of the pages, unless a tag or another file tells it."""
    try:
        settings = read_settings(config)
    except PathError:
        return None
    pairs = settings.value if isinstance(settings, yaml.MappingNode) else ()
    told = {str(key.value): value for key, value in pairs}
    docs = told.get("docs_dir")
    if "INHERIT" in told or (docs and docs.tag != _STRING):
        return None
    return config.parent / (docs.value if docs else "docs")
