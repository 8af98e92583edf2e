"""Own colours take effect where they can be read, and stop the build where they cannot."""

import re

import pytest

from commands import SMALL
from conftest import DAY
from palvelupolku.build import build, check
from palvelupolku.colours import Palette
from palvelupolku.contrast import PAIRS, nearest, ours, ratio
from palvelupolku.folder import read_folder

FILES = read_folder(SMALL)
STYLE = "assets/palvelupolku.css"


def told(colours: str) -> list[str]:
    """What the check says of a file of colours: line, rule, message and hint."""
    reading = check({**FILES, "varit.yml": colours.encode()}, DAY)
    return [f"{p.mark.line} [{p.rule}] {p.message} {p.hint}" for p in reading.problems]


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#000000", 2.44),
    ],
)
def test_the_ratio_is_the_one_of_the_guideline(one, two, wanted):
    """Known pairs, in either order."""
    assert ratio(one, two) == ratio(two, one)
    assert int(ratio(one, two) * 100) / 100 == pytest.approx(wanted, abs=0.011)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_own_colours_pass_what_others_must(scheme):
    """Each pair that is asked of a publisher holds here; each token is in one, but the ornament."""
    colours = ours()[scheme]
    faint = [(u, o) for u, o, least in PAIRS if ratio(colours[u], colours[o]) < least]
    assert faint == []
    named = {token for upper, under, _ in PAIRS for token in (upper, under)}
    assert {*Palette.model_fields} - named == {"line"}
    assert {*Palette.model_fields} <= colours.keys()


def test_own_colours_are_in_the_style_light_and_dark():
    """The first palette is the light one, the second the dark one; nothing else has changed."""
    own = b"light: {accent: '#00573f', paper: '#fffdf8'}\ndark: {accent: '#7FD3AE'}\n"
    plain = build(FILES, DAY).files[STYLE].decode()
    style = build({**FILES, "varit.yml": own}, DAY).files[STYLE].decode()
    assert re.findall(r"--pp-accent:(#\w+)", style) == ["#00573f", "#7fd3ae"]
    assert re.findall(r"--pp-paper:(#\w+)", style)[0] == "#fffdf8"
    assert (
        re.findall(r"--pp-paper:(#\w+)", style)[1:] == re.findall(r"--pp-paper:(#\w+)", plain)[1:]
    )
    back = style.replace("#00573f", "#0b4f94", 1).replace("#fffdf8", "#fff", 1)
    assert back.replace("#7fd3ae", "#8cc4ff", 1) == plain


def test_a_faint_colour_is_named_with_its_pair_the_ratio_and_a_better_one():
    """Where, what, how much is needed, and a shade that is enough."""
    assert told("light:\n  link: '#88aacc'\n") == [
        (
            "2 [contrast] Väri ”link” (#88aacc) erottuu huonosti väristä ”now” (#eaf3fb) vaalealla "
            "näytöllä: suhde on 2,15, tarvitaan 4,5. Kokeile: link: '#597086'."
        )
    ]
    assert told("light:\n  link: '#597086'\n") == []


def test_a_dark_screen_is_checked_by_itself():
    """A colour that is fine on white is not so on black; a background answers for what is on it."""
    (fault,) = told("light:\n  link: '#0b4f94'\ndark:\n  link: '#0b4f94'\n")
    assert fault.startswith("4 [contrast] Väri ”link” (#0b4f94)")
    assert "tummalla näytöllä" in fault
    (fault,) = told("light:\n  paper: '#777777'\n")
    assert fault.startswith("2 [contrast] Väri ”")
    assert "väristä ”paper” (#777777)" in fault or "Väri ”paper” (#777777)" in fault


def test_two_colours_that_cannot_be_read_together_are_one_error():
    """Text and background of a button: one error, and it says that both may change."""
    found = told("light:\n  accent: '#808080'\n  on_accent: '#808080'\n")
    assert len(found) == 1
    assert "suhde on 1, tarvitaan 4,5." in found[0]


@pytest.mark.parametrize("wrong", ["#0b4f94", "'0b4f94'", "sininen", "'#fff'", ""])
def test_a_colour_that_is_none_is_told_how_to_write(wrong):
    """Without quotes the rest is a comment; names and short codes are not taken."""
    found = told(f"light:\n  link: {wrong}\n")
    assert any(
        "Kirjoita merkki # ja kuusi merkkiä, lainausmerkkeihin näin: '#0b4f94'." in line
        for line in found
    )


def test_an_unknown_colour_gets_a_suggestion():
    """A slip in a token's name."""
    (fault,) = told("light:\n  acent: '#0b4f94'\n")
    assert "Tarkoititko ”accent”?" in fault


def test_the_nearest_shade_is_enough_and_near():
    """It passes every pair, a colour that passes stays, and what cannot be is not promised."""
    assert nearest("#0b4f94", [("#ffffff", 4.5)]) == "#0b4f94"
    for colour, under in (("#88aacc", "#ffffff"), ("#223344", "#101010"), ("#808080", "#7f7f7f")):
        assert ratio(nearest(colour, [(under, 4.5)]), under) >= 4.5
    assert nearest("#808080", [("#ffffff", 8), ("#000000", 8)]) == ""
