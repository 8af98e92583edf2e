"""Built pages → links that lead nowhere: addresses and anchors inside the site's own folder."""

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Page(HTMLParser):
    """Collects the anchors and the links of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.address = ""
        """Where the page says that it is published."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element's id and the address it points to."""
        if tag == "link" and ("rel", "canonical") in attrs:
            self.address = dict(attrs).get("href") or ""
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif name in ("href", "src", "xlink:href") and value and tag != "base":
                self.links.add(value)


def broken_links(site: Path) -> list[str]:
    """Return `page: link` for every internal link of the built pages that leads nowhere."""
    pages = {
        path.relative_to(site).as_posix(): _read(path) for path in sorted(site.rglob("*.html"))
    }
    front = pages.get("index.html")
    root = (urlsplit(front.address).path if front else "") or "/"
    found = []
    for name, page in pages.items():
        for link in sorted(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = _target(name, unquote(parts.path), root)
            anchor = unquote(parts.fragment)
            is_there = not target.startswith("../") and (site / target).is_file()
            if not is_there or (anchor and target in pages and anchor not in pages[target].anchors):
                found.append(f"{name}: {link}")
    return found


def lost_links(site: Path) -> str:
    """Return what an author is told of links that lead nowhere; nothing when all is well."""
    places = "\n  ".join(broken_links(site))
    return places and f"Nämä linkit eivät johda mihinkään. Korjaa ne:\n  {places}"


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8", errors="replace"))
    return page


def _target(page: str, path: str, root: str) -> str:
    """Return the file a link leads to; an address that ends in `/` means its index page.

    `root` is the path on its host under which the site lies.
    """
    if not path:
        return page
    joined = (
        posixpath.relpath(path, root)
        if path.startswith("/")
        else posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    )
    return (
        posixpath.join(joined, "index.html").removeprefix("./")
        if path.endswith("/") or joined == "."
        else joined
    )
