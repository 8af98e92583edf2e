"""Mutated descriptions: whatever a file holds, the checker answers with problems, not a crash."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from palvelupolku.build import build, check
from palvelupolku.folder import read_folder
from palvelupolku.source import Reading

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 21)
REAL = read_folder(ROOT / "paths")
SMALL = read_folder(ROOT / "tests" / "project")
_PARTS = ("catalogue/", "region.yml", "yhteiset/")
SHARED = {name: text for name, text in REAL.items() if any(part in name for part in _PARTS)}
CALM = settings(
    derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
"""The same examples on every run, no clock in them, and no minutes of shrinking a failure."""

TOKENS = [
    b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\r", b"\t", b"\n", b"\n\n", b"  ", b"- ",
    b": ", b":", b" #", b"&a ", b"*a", b"!!int ", b"!", b"@", b"%", b"`", b"|", b">-", b"{", b"}",
    b"[", b"]", b",", b"?", b"'", b'"', b'"\\e"', b'"\\ud800"', b'"\\0"', b"---\n", b"...\n",
    b"<<: ", b"~", b"null", b"no", b"0x1F", b"1e999", b"-1", b"9" * 400, b"a" * 70, b"2026-02-30",
    b"0001-01-01", b"9999-12-31", b"valid_to: 0001-01-01\n", b"kind: return\n", b"kind: end\n",
    b"id: arvio\n", b"step: arvio\n", b"[x](javascript:y)", b"[x](term:y)", b"[x](", b"[" * 40,
    b"{{ x }}", b"{0}", b"%s", b"../", b"/", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xef\xbb\xbf",
    b"\xc2\xa0", b"\xc2\xad", b"\xf0\x9f\xa7\xa9",
]  # fmt: skip
LINES = [
    b"valid_from: 0001-01-01", b"valid_to: 9999-12-31", b"valid_to: 0001-01-01", b"null: x",
    b"kind: return", b"kind: decision", b"step: arvio", b"service: polku", b"outcome: opiskelu",
    b"condition: jos haluat", b"certainty: unknown", b"tone: " + b"9" * 5_000, b"choices: []",
    b"sources: []", b"steps: []", b"fi-simple: " + b"a " * 20, b"replaces:\n- tapaaminen",
]  # fmt: skip

KINDS = ["value", "line", "insert", "replace", "delete", "repeat", "reverse", "cut", "flip"]
place = st.floats(0, 1, exclude_max=True)
edits = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        place,
        place,
        st.sampled_from(TOKENS) | st.binary(min_size=1, max_size=4),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


def mutated(content: bytes, changes: list[tuple[str, float, float, bytes, bool]]) -> bytes:
    """Return the content after the changes, each of which works on bytes or on whole lines."""
    for kind, start, span, token, by_line in changes:
        parts = content.splitlines(keepends=True) if by_line else [bytes([b]) for b in content]
        at, other = int(start * len(parts)), int(span * len(parts))
        end = len(parts) if kind == "cut" else at + 1 + int(span * min(8, len(parts)))
        line = LINES[int(span * len(LINES))] + b"\n"
        parts[at:end] = _changed(
            kind, parts[at:end], token, line, b"".join(parts[other : other + 1])
        )
        content = b"".join(parts)
    return content


def _changed(kind: str, piece: list[bytes], token: bytes, line: bytes, other: bytes) -> list[bytes]:
    """Return what stands in the place of the piece."""
    first = piece[0] if piece else b"-"
    indent = b" " * (len(first) - len(first.lstrip(b" -")))
    return {
        "insert": [token, *piece],
        "line": [indent + line, *piece],
        "replace": [token],
        "value": [first.partition(b": ")[0] + b": " + other.rpartition(b": ")[2], *piece[1:]],
        "flip": [bytes([first[0] ^ (1 << len(token) % 8)]) + first[1:], *piece[1:]],
        "repeat": piece * 2,
        "reverse": piece[::-1],
        "delete": [],
        "cut": [],
    }[kind]


def assert_answered(reading: Reading, files: Mapping[str, bytes]) -> None:
    """Every problem has a place in its file, Finnish words, a rule and nothing raw to print."""
    for problem in reading.problems:
        lines = files.get(problem.file, b"").count(b"\n") + 1
        assert 1 <= problem.mark.line <= lines + 1
        assert problem.mark.column >= 1
        assert problem.message.endswith((".", "?"))
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", problem.rule)
        shown = str(problem).replace("\n", "")
        assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs"}]


@settings(CALM, max_examples=120)
@given(name=st.sampled_from(sorted(REAL)), changes=edits)
def test_a_damaged_real_file_ends_in_problems(
    name: str, changes: list[tuple[str, float, float, bytes, bool]]
) -> None:
    """No damage to a description of this repository raises anything."""
    files = {**SHARED, name: mutated(REAL[name], changes)}
    assert_answered(check(files, DAY), files)


@settings(CALM, max_examples=500)
@given(name=st.sampled_from(sorted(SMALL)) | st.just("koivula/polku.yml"), changes=edits)
def test_what_the_checker_lets_through_can_be_built(
    name: str, changes: list[tuple[str, float, float, bytes, bool]]
) -> None:
    """A changed project either has errors or becomes a whole site."""
    files = {**SMALL, name: mutated(SMALL[name], changes)}
    reading = check(files, DAY)
    assert_answered(reading, files)
    if not reading.errors:
        assert build(files, DAY).pages


def test_the_damage_is_real() -> None:
    """The mutations change what they say, and a place outside its file would be noticed."""
    assert mutated(b"a: b\nc: d\n", [("delete", 0.0, 0.0, b"", True)]) == b"c: d\n"
    assert mutated(b"a: b\n", [("insert", 0.9, 0.0, b"#", False)]) == b"a: b#\n"
    assert mutated(b"a: b\n", [("flip", 0.0, 0.0, b"xx", False)]) == b"e: b\n"
    assert mutated(b"a: b\nc: d\n", [("value", 0.0, 0.5, b"", True)]) == b"a: d\nc: d\n"
    added = mutated(b"- a: b\n  c: d\n", [("line", 0.5, 0.0, b"", True)])
    assert added == b"- a: b\n  " + LINES[0] + b"\n  c: d\n"
    reading = check({**SMALL, "koivula/polku.yml": b"\n\n\nname: x\nstage: y\n"}, DAY)
    with pytest.raises(AssertionError):
        assert_answered(reading, {"koivula/polku.yml": b"name: x"})
