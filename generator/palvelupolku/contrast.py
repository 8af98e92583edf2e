"""Own colours: whether they stand out from each other, and the style painted with them.

The formula is that of WCAG 2.2 (relative luminance and contrast ratio), its limits those of
success criteria 1.4.3 (text, 4.5) and 1.4.11 (lines and shapes, 3).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from palvelupolku.colours import Colours, Palette
from palvelupolku.errors import Problem
from palvelupolku.places import COLOURS
from palvelupolku.resources import ASSETS
from palvelupolku.source import Reading
from palvelupolku.yamltext import Document

TEXT, SHAPE = 4.5, 3.0
_WORDS = ("ink", "quiet", "link")
_TONES = tuple(range(11))
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((word, under, TEXT) for word, under in product(_WORDS, ("paper", "surface", "now", "warn"))),
    ("ink", "here", TEXT),
    ("link", "here", TEXT),
    ("on_accent", "accent", TEXT),
    ("on_filled", "filled", TEXT),
    ("back", "paper", TEXT),
    *((line, "paper", SHAPE) for line in ("edge", "focus", "accent", "filled")),
    *((line, "paper", SHAPE) for line in ("here_line", "now_line", "warn_line")),
    ("focus", "surface", SHAPE),
    ("here_line", "here", SHAPE),
    *(("paper", f"tone-{n}", TEXT) for n in _TONES),
    *(("ink", f"tint-{n}", TEXT) for n in _TONES),
)
"""What is seen on what, and the least contrast; `line` only adorns."""
_SCHEMES = {"light": "vaalealla", "dark": "tummalla"}
_ROOT = re.compile(r":root\{(.*?)\}", re.DOTALL)
_TOKEN = re.compile(r"--pp-([a-z-]+):(#[0-9a-f]+)")
_TONE = re.compile(r"\.pp-tone-(\d+)\{--pp-tone:(#[0-9a-f]{6});--pp-tint:(#[0-9a-f]{6})\}")
_STEPS = 64


def ratio(one: str, two: str) -> float:
    """Return the contrast of two colours given as `#rrggbb`: from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (part / 255 for part in _parts(colour))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004 - the formula's own
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def nearest(colour: str, others: Sequence[tuple[str, float]]) -> str:
    """Return the nearest shade, towards black or white, that stands out from each other colour.

    `others` are colours and the contrast each needs. Empty when there is no such shade.
    """
    for step, end in product(range(_STEPS + 1), (0, 255)):
        share = step / _STEPS
        mixed = (round(part + (end - part) * share) for part in _parts(colour))
        shade = "#" + "".join(f"{part:02x}" for part in mixed)
        if all(ratio(shade, other) >= least for other, least in others):
            return shade
    return ""


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each own colour that does not stand out, with its worst pair."""
    colours, document = reading.library.colours, reading.documents.get(COLOURS)
    if colours is None or document is None:
        return
    for scheme in _SCHEMES:
        own = _own(colours, scheme)
        seen, told = ours()[scheme] | own, set[object]()
        for name in own:
            faint = min(_faint(name, seen), default=None)
            if faint and not told & {*faint}:
                told.add(name)
                yield _problem(document, scheme, name, seen)


def _faint(name: str, seen: Mapping[str, str]) -> Iterator[tuple[float, str, str, float]]:
    """Yield the pairs of a colour that do not stand out: what is lacking, the two, the least."""
    for upper, under, least in PAIRS:
        lack = ratio(seen[upper], seen[under]) / least
        if name in (upper, under) and lack < 1:
            yield lack, upper, under, least


def _problem(document: Document, scheme: str, name: str, seen: Mapping[str, str]) -> Problem:
    _, upper, under, least = min(_faint(name, seen))
    found = ratio(seen[upper], seen[under])
    message = (
        f"Väri {_named(upper, seen)} erottuu huonosti väristä {_named(under, seen)} "
        f"{_SCHEMES[scheme]} näytöllä: suhde on {_number(found)}, tarvitaan {_number(least)}."
    )
    pairs = [pair for pair in PAIRS if name in pair]
    better = nearest(seen[name], [(seen[u if o == name else o], m) for o, u, m in pairs])
    hint = f"Kokeile: {name}: '{better}'." if better else "Vaihda myös toista väriä."
    return document.problem((scheme, name), message, "contrast", hint)


def _named(token: str, seen: Mapping[str, str]) -> str:
    kind, _, number = token.partition("-")
    name = f"toimijan sävy {number}" if number else f"”{kind}”"
    return f"{name} ({seen[token]})"


def _number(value: float) -> str:
    """Return a ratio as Finns write it, never rounded up to what it does not reach."""
    return f"{int(value * 100) / 100:g}".replace(".", ",")


def _own(colours: Colours, scheme: str) -> dict[str, str]:
    palette: Palette = getattr(colours, scheme)
    return {name: value.lower() for name, value in palette if value}


@cache
def ours() -> dict[str, dict[str, str]]:
    """Return the site's own colours by scheme and token, as its style sheet gives them."""
    style = (ASSETS / "palvelupolku.css").read_text("utf-8")
    roots, tones = _ROOT.findall(style), _TONE.findall(style)
    return {
        scheme: {name.replace("-", "_"): _long(value) for name, value in _TOKEN.findall(root)}
        | {f"tone-{n}": tone for n, tone, _ in part}
        | {f"tint-{n}": tint for n, _, tint in part}
        for scheme, root, part in zip(
            _SCHEMES, roots, (tones[: len(_TONES)], tones[len(_TONES) :]), strict=False
        )
    }


def _long(colour: str) -> str:
    return colour if len(colour) > 4 else "#" + "".join(part * 2 for part in colour[1:])  # noqa: PLR2004 - #rgb


def painted(style: str, colours: Colours | None) -> str:
    """Return the style sheet with own colours in the places of its own."""
    own = iter([_own(colours, scheme) for scheme in _SCHEMES] if colours else [])

    def paint(root: re.Match[str]) -> str:
        scheme = next(own, {})
        return _TOKEN.sub(
            lambda t: f"--pp-{t[1]}:{scheme.get(t[1].replace('-', '_'), t[2])}", root.group()
        )

    return _ROOT.sub(paint, style)
