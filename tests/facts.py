"""What the tests of the content read: the texts of the descriptions, and pages as elements."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

from palvelupolku.build import build
from palvelupolku.fields import Location
from palvelupolku.folder import read_folder
from palvelupolku.published import Site
from palvelupolku.yamltext import parse

DAY = date(2026, 11, 21)
PAST = (date(2022, 6, 1), date(2024, 6, 1), date(2025, 6, 1), date(2026, 6, 1))
"""Days on which the paths are looked at as they stood then."""
DAYS = (*PAST, DAY)

SECTION = re.compile(r"\b27(?:\s*|-)[de]\b")
"""Section 27 d or 27 e in any spelling."""
NOT_OFFERED = re.compile(
    r"\b(?:ei|eikä|eivät)\b(?:\s(?:enää|nyt|ole|ollut|olla|siellä|palvelua|kunnassa))*"
    r"\s(?:tarjo\w+|järjestet\w+|saatavi\w+|saatavana|tarjolla)",
    re.IGNORECASE,
)
"""Words that deny a service."""
SALT = b"palvelupolku: "
PEOPLE = {
    "6f4fedf9c6d7ef17a8b17cefe4960bdafedcce2f55a7e53fd28108c6ae9e8938",
    "6d69a35c23fe0bbf8ee720b2800acffb1a319a404117b5baf74b3ba6b149fd78",
}
"""Hashes of the people that the projects' pages name: they are known here without being named."""

_PATHS = Path(__file__).parents[1] / "paths"
_TEXTS = {"p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "td", "th", "summary", "text"}
"""Elements that a reader takes in as one text."""
_INLINE = {"a", "b", "em", "i", "span", "strong"}
_EMPTY = {"br", "hr", "img", "input", "link", "meta"}


@cache
def built(day: date) -> Site:
    """Return what the build gives for the descriptions on a day; built once for all tests."""
    return build(read_folder(_PATHS), day)


@dataclass(frozen=True)
class Field:
    """One value of a description as its author wrote it, and where."""

    file: str
    line: int
    keys: Location
    text: str
    holders: tuple[Mapping[str, Any], ...]
    """The maps that the value stands in, from the whole file to the nearest."""

    def __str__(self) -> str:
        """Return the place and the text, as a fault is told."""
        return f"{self.file}:{self.line}: {' '.join(self.text.split())}"

    @property
    def key(self) -> str:
        """The name of the value; an item of a list has the name of the list."""
        return next(str(key) for key in reversed(self.keys) if isinstance(key, str))

    @property
    def beside(self) -> Mapping[str, Any]:
        """The map that the value stands in."""
        return self.holders[-1]

    @property
    def is_prose(self) -> bool:
        """Whether it is words to read, not an id or an address."""
        return " " in self.text.strip()


def fields(files: Mapping[str, bytes]) -> list[Field]:
    """Return every value of every file."""
    return [found for name in sorted(files) for found in _fields(name, files[name])]


def _fields(name: str, content: bytes) -> Iterator[Field]:
    document = parse(name, content)
    for keys, mark in document.values.items():
        value: Any = document.data
        holders = []
        for key in keys:
            holders += [value] if isinstance(value, dict) else []
            value = value[key]
        if isinstance(value, str):
            yield Field(name, mark.line, keys, value, tuple(holders))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a link's words, without its target, are in one of them."""
    links = re.compile(r"(\[[^]]*\])\([^)]*\)")
    shown = links.sub(lambda m: re.sub(r"[.!?]", "", m[1]), " ".join(text.split()))
    return re.split(r"(?<=[.!?])[\])”*]*\s+(?=[^a-zåäö])", shown)


def hashed(words: Iterable[str]) -> str:
    """Return the salted hash of words in either order, without case and diacritics."""
    folded = (unicodedata.normalize("NFKD", word.lower()) for word in words)
    letters = sorted("".join(c for c in word if not unicodedata.combining(c)) for word in folded)
    return hashlib.sha256(SALT + " ".join(letters).encode()).hexdigest()


def pairs(text: str) -> set[tuple[str, str]]:
    """Return every two words that stand side by side."""
    return set(pairwise(re.findall(r"[^\W\d_]+", text)))


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words inside, without soft hyphens and with single spaces."""
        return " ".join("".join(self._pieces()).replace("\u00ad", "").split())

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                around = "" if child.tag in _INLINE else " "
                yield from (around, *child._pieces(), around)  # noqa: SLF001 - its own kind

    def walk(self) -> Iterator["Element"]:
        """Yield the element and every element inside it."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, wanted: str) -> list["Element"]:
        """Return the elements of a tag (`p`), of a class (`.pp-step`) or with an id (`#raha`)."""
        name = wanted.lstrip(".#")
        if wanted[0] == ".":
            return [e for e in self.walk() if name in e.attributes.get("class", "").split()]
        if wanted[0] == "#":
            return [e for e in self.walk() if e.attributes.get("id") == name]
        return [e for e in self.walk() if e.tag == name]

    def one(self, wanted: str) -> "Element":
        """Return the only such element."""
        (found,) = self.all(wanted)
        return found

    def section(self, heading: str) -> "Element":
        """Return the section whose heading has the id; an empty element where there is none."""
        labelled = [e for e in self.walk() if e.attributes.get("aria-labelledby") == heading]
        return labelled[0] if labelled else Element("", {})

    def without(self, *unwanted: "Element") -> "Element":
        """Return the element without some of those inside it."""
        return self._without({id(element) for element in unwanted})

    def _without(self, gone: set[int]) -> "Element":
        kept = [
            child if isinstance(child, str) else child._without(gone)  # noqa: SLF001 - its own kind
            for child in self.children
            if isinstance(child, str) or id(child) not in gone
        ]
        return Element(self.tag, self.attributes, kept)

    def texts(self) -> list[str]:
        """Return what a reader takes in one by one: paragraphs, items, cells, headings."""
        return [element.text for element in self.walk() if element.tag in _TEXTS]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _EMPTY:
            self.open.append(self.open[-1].children[-1])  # type: ignore[arg-type]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"<{self.open[-1].tag}> is closed by </{tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parsed(html: str) -> Element:
    """Return a page as elements; every element must be closed where it should."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    (root,) = builder.open
    return root


class Pages:
    """The pages of a site by address, read when they are asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.html = {address: page.body for address, page in site.pages.items()}
        self._read: dict[str, Element] = {}

    def __getitem__(self, address: str) -> Element:
        """Return a page as elements."""
        if address not in self._read:
            self._read[address] = parsed(self.html[address])
        return self._read[address]

    def __iter__(self) -> Iterator[str]:
        """Yield every address."""
        return iter(self.html)

    def altered(self, address: str, old: str, new: str) -> "Pages":
        """Return the same pages with one thing in one of them replaced, which must be there."""
        assert old in self.html[address], f"{address}: {old}"
        changed = Pages(self.site)
        changed.html[address] = self.html[address].replace(old, new)
        changed._read = {known: page for known, page in self._read.items() if known != address}
        return changed
