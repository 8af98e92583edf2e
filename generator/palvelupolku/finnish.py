"""Finnish words: where a long compound may break, and in which forms a reader may look for it.

Syllables come from the `fi-x-school` patterns (MIT, Teemu Likonen and Arthur Rosendahl) through
pyphen; the seams of compounds and the inflected forms from the vocabulary beside this file.
"""

import re
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path

import pyphen

_DATA = Path(__file__).parent / "data"
_LONG_WORD = 9
_SHORTEST_PART = 3
_SEAM_COST, _SYLLABLE_COST = 0, 1
SOFT_HYPHEN = "\u00ad"
_LAST_LETTERS = str.maketrans("åäö", "{|}")


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(
        filename=str(_DATA / "hyph_fi.dic"), left=_SHORTEST_PART, right=_SHORTEST_PART
    )


@cache
def _vocabulary() -> dict[str, tuple[str, ...]]:
    """Return the forms of each word of the field by what gives the word away inside a compound.

    That is their common beginning, or each whole form where the beginning is too short to tell.
    """
    lines = (_DATA / "sanat.txt").read_text("utf-8").splitlines()
    groups = [tuple(line.split()) for line in lines if line and not line.startswith("#")]
    return {sign: forms for forms in groups for sign in _signs(forms)}


def _signs(forms: tuple[str, ...]) -> tuple[str, ...]:
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*forms, strict=False))
    beginning = "".join(letters[0] for letters in same)
    return (beginning,) if len(beginning) > _SHORTEST_PART else forms


@cache
def break_points(word: str) -> dict[int, int]:
    """Return where a word may be cut and at what cost: 0 at a compound's seam, 1 in a syllable.

    A soft hyphen written by the author is the only place where its word may break.
    """
    if "-" in word.strip("-"):
        return _hyphen_points(word)
    if len(word) <= _LONG_WORD or word.isupper() or not re.fullmatch(r"[\w()”’.,:;?!-]+", word):
        return {}
    low = word.lower()
    last = len(low) - _SHORTEST_PART
    seams = {
        match.start()
        for sign in _vocabulary()
        for match in re.finditer(re.escape(sign), low)
        if _SHORTEST_PART <= match.start() <= last
    }
    apart = {
        position
        for position in _patterns().positions(word)
        if all(abs(position - seam) >= _SHORTEST_PART for seam in seams)
    }
    return dict.fromkeys(apart, _SYLLABLE_COST) | dict.fromkeys(seams, _SEAM_COST)


def _hyphen_points(word: str) -> dict[int, int]:
    """Return the places after a word's own hyphens, and the places inside its long parts."""
    points: dict[int, int] = {}
    for part in re.finditer(r"[^-]+", word):
        points |= {part.start() + at: cost for at, cost in break_points(part.group()).items()}
        points |= {part.start(): _SEAM_COST} if part.start() else {}
    return points


def hyphenate(text: str) -> str:
    """Return the text with soft hyphens in its long words, for headings and buttons."""
    return " ".join(_hyphenated(word) for word in text.split(" "))


def _hyphenated(word: str) -> str:
    if SOFT_HYPHEN in word:
        return word
    cuts = [0, *sorted(break_points(word)), len(word)]
    return SOFT_HYPHEN.join(word[a:b] for a, b in pairwise(cuts)).replace(f"-{SOFT_HYPHEN}", "-")


def search_forms(text: str) -> list[str]:
    """Return the other forms of the words in a text, so that a search finds inflected words."""
    low = text.lower().replace(SOFT_HYPHEN, "")
    words = set(re.findall(r"\w+", low))
    forms = {
        form
        for sign, group in _vocabulary().items()
        if any(word.startswith(sign) or word.find(sign) >= _SHORTEST_PART for word in words)
        for form in group
    }
    return sorted(forms.union(*map(_inflected, words)) - words)


def title_forms(text: str) -> list[str]:
    """Return the other cases of the words in a title, and all cases of what a compound is.

    A palvelupäätös is a päätös: the last part names the thing.
    """
    words = set(re.findall(r"\w+", text.lower().replace(SOFT_HYPHEN, "")))
    heads = {form for word in words for form in _head(word)[1]}
    return sorted(heads.union(*map(_inflected, words)) - words)


def _inflected(word: str) -> set[str]:
    """Return the cases of a word by the last part of it that is known."""
    before, forms = _head(word)
    return {before + form for form in forms}


@cache
def _head(word: str) -> tuple[str, frozenset[str]]:
    """Return what stands before the last part that is known, and that part in every case."""
    ends = [(word.rfind(sign), group) for sign, group in _vocabulary().items()]
    last = max((at for at, _ in ends if at == 0 or at >= _SHORTEST_PART), default=-1)
    known = (group for at, group in ends if at == last >= 0)
    return word[: max(last, 0)], frozenset(form for group in known for form in group)


def sort_key(text: str) -> str:
    """Return a key that puts names in Finnish order: å, ä and ö come last."""
    return text.casefold().translate(_LAST_LETTERS)


def upper_first(text: str) -> str:
    """Return the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return the text with a small first letter."""
    return text[:1].lower() + text[1:]
