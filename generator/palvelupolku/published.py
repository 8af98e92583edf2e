"""What a build gives: pages and files by address, and what the rims need to publish them."""

from dataclasses import dataclass
from typing import Literal

from palvelupolku.diagram import Drawing
from palvelupolku.records import SearchRecord

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; object-src 'none'"
)  # fmt: skip
"""What a page of ours lets the browser load and run (Content Security Policy Level 3)."""
SETTINGS = "mkdocs.yml"
"""The file of a site's settings."""

PageKind = Literal["front", "audience", "region", "path", "card", "clear", "local", "reference"]


@dataclass(frozen=True)
class Settings:
    """What the publisher chooses beside the descriptions."""

    name: str = "Palvelupolku"
    """The name of the site, at the top of its front page."""
    templates: str | None = None
    """A folder of own templates that come before ours."""
    feedback_url: str | None = None
    """Where a reader may tell of an error, if the publisher has such a page."""
    site_url: str | None = None
    """Where the site will be, if that is known: paper needs whole addresses."""
    menu: tuple[str, ...] = ()
    """The regions of the main menu, if not all; the others stand at the foot of each page."""
    pages: frozenset[str] = frozenset()
    """Addresses of hand-written pages, which ours may lead to."""
    credit: str = "Tekstit: Palvelupolku, CC BY 4.0."
    """Whose the texts are and on what terms others may use them."""


@dataclass(frozen=True)
class Heading:
    """An entry of a page's table of contents."""

    level: int
    id: str
    name: str


@dataclass(frozen=True)
class Page:
    """A finished page: the address ends in `/` or is empty, the body is HTML of ours."""

    address: str
    title: str
    description: str
    kind: PageKind
    body: str
    headings: tuple[Heading, ...] = ()
    records: tuple[SearchRecord, ...] = ()
    drawing: Drawing | None = None
    """The drawing of a path by itself."""
    frames: bool = False
    """Whether the page shows pages of this site in frames."""


@dataclass(frozen=True)
class Site:
    """Everything that is to be published."""

    pages: dict[str, Page]
    files: dict[str, bytes]
    """Data and assets by address."""
    menu: tuple[tuple[str, str], ...]
    """The site's main menu: (name, address)."""
    more: tuple[tuple[str, str], ...] = ()
    """Links for the foot of every page: (name, address)."""

    @property
    def records(self) -> tuple[SearchRecord, ...]:
        """Everything the search may find, in order of address."""
        return tuple(r for _, page in sorted(self.pages.items()) for r in page.records)
