"""Inline Markdown of the descriptions: emphasis, lists and links by id. Nothing else is markup.

Rendered by markdown-it-py (CommonMark) with HTML and images off, which its authors name as the
safe mode; raw HTML, images, headings, code and tables stay literal text.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from palvelupolku.fields import WEB_ADDRESS

LINK_KINDS = ("term", "service", "step", "law", "actor", "source")
_ID_LINK = re.compile(rf"^({'|'.join(LINK_KINDS)}):([a-z0-9/-]+)$")

GAP = re.compile(r"\]\s+\(\s*")
_TORN = re.compile(rf"\[[^\[\]]+{GAP.pattern}(?:{'|'.join(LINK_KINDS)}|https?):[^()\s]*\)")
_ENDS = {"paragraph_close", "list_item_close"}
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_SENTENCE_END = re.compile(r"(?<=[.!?])[)”]*\s+(?=[^\sa-zåäö])")

Resolver = Callable[[str, str], Mapping[str, str]]
"""Turns a link's kind and id into the attributes of a link that leads there."""


def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": False, "typographer": False, "maxNesting": 100}
    parser = MarkdownIt("zero", options)
    parser.enable(["emphasis", "list", "link", "escape", "balance_pairs"])
    parser.validateLink = lambda _: True  # type: ignore[method-assign,assignment]
    return parser


_PARSER = _parser()


def links(text: str) -> Iterator[tuple[str, str]]:
    """Yield the target of each link as (kind, id); kind is `web` or, for a bad one, empty."""
    if "](" not in text:
        return
    for token in _tokens(_PARSER.parse(text)):
        if token.type == "link_open":
            yield target(str(token.attrs["href"]))


def torn_links(text: str) -> Iterator[str]:
    """Yield what would be a link if no space stood between its words and its target."""
    yield from (match.group() for match in _TORN.finditer(text))


def target(href: str) -> tuple[str, str]:
    """Return a link's kind and id; kind is `web` for an address and empty for a bad link."""
    if match := _ID_LINK.match(href):
        return match[1], match[2]
    return ("web", href) if WEB_ADDRESS.fullmatch(href) else ("", href)


def render(text: str, resolve: Resolver, kinds: Collection[str] | None = None) -> str:
    """Return the text as HTML paragraphs and lists; `resolve` gives the links of ids.

    Where `kinds` are given, only links of those kinds stay links; of others the words stay.
    """
    tokens = _PARSER.parse(text)
    if kinds is not None:
        _unlink(tokens, kinds)
    _point(tokens, resolve)
    return _html(tokens)


def render_inline(text: str, resolve: Resolver) -> str:
    """Return the text as HTML without a block around it."""
    tokens = _PARSER.parseInline(text)
    _point(tokens, resolve)
    return _html(tokens)


def _html(tokens: list[Token]) -> str:
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {})).strip()


def paragraphs(text: str) -> list[str]:
    """Return the words of the text without its markup; an item of a list is a paragraph."""
    words = "".join(
        "\n" if token.type in _ENDS else token.content.replace("\n", " ")
        for token in _tokens(_PARSER.parse(text))
        if token.type == "text" or token.type in _ENDS
    )
    return [" ".join(part.split()) for part in words.split("\n") if part.strip()]


def sentences(text: str) -> list[str]:
    """Return the sentences of the text without its markup; a paragraph's end ends one."""
    return [found for part in paragraphs(text) for found in _SENTENCE_END.split(part)]


def plain(text: str) -> str:
    """Return the words of the text without its markup, on one line."""
    return " ".join(paragraphs(text))


def begins_with_list(text: str) -> bool:
    """Return whether a text begins with a list, which stands in no line with other words."""
    return any(token.type.endswith("_list_open") for token in _PARSER.parse(text)[:1])


def literal(words: str) -> str:
    """Return plain words so that nothing in them is markup where they stand in a prose text.

    CommonMark 0.31, 2.4: a backslash makes any ASCII punctuation mean itself.
    """
    return _PUNCTUATION.sub(r"\\\g<0>", words)


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _unlink(tokens: list[Token], kinds: Collection[str]) -> None:
    for block in tokens:
        if not block.children:
            continue
        kept: list[Token] = []
        dropped = False
        for token in block.children:
            if token.type == "link_open":
                dropped = target(str(token.attrs["href"]))[0] not in kinds
            if not (dropped and token.type in {"link_open", "link_close"}):
                kept.append(token)
        block.children = kept


def _point(tokens: list[Token], resolve: Resolver) -> None:
    for token in _tokens(tokens):
        if token.type != "link_open":
            continue
        kind, name = target(str(token.attrs["href"]))
        token.attrs |= {"href": name} if kind == "web" else resolve(kind, name)
        token.attrs.pop("title", None)
        token.attrSet("class", f"pp-link pp-link--{kind}")
        if kind == "web":
            token.attrSet("rel", "noreferrer")
