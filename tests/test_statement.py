"""The accessibility statement: what the law asks is shown, and what is empty is said to be so."""

import re
from datetime import timedelta

import pytest

from browsing import WORK, places
from commands import SMALL
from facts import DAY, Element, Pages
from palvelupolku.build import build, check
from palvelupolku.folder import read_folder
from palvelupolku.places import STATEMENT
from palvelupolku.statement import Statement

PLACE = "saavutettavuusseloste/"
UNTOLD = "ei tietoa: tämän sivuston julkaisija ei ole vielä täyttänyt tätä"
UNOFFICIAL = "Tämä ei ole vielä virallinen saavutettavuusseloste."
FILLED = {
    "publisher": ("Mäntylän kunta", "julkaisija"),
    "state": ("partial", "tila"),
    "gaps": ("", "puutteet"),
    "made_on": ("2026-10-01", "laatimispäivä"),
    "reviewed_on": ("2026-10-02", "tarkistuspäivä"),
    "method": ("Kunta arvioi sivut itse.", "arviointitapa"),
    "feedback": ("saavutettavuus@mantyla.example", "palauteosoite"),
    "unit": ("Mäntylän viestintä", "vastuuyksikkö"),
    "supervisor": ("Valvova virasto", "valvoja"),
    "supervisor_checked": ("2026-10-03", "valvojan tarkistuspäivä"),
}
"""What Act 306/2019 asks: an example of each field, and the name it is missed by."""
GAPS = "\n- what: Kartta ei toimi näppäimistöllä.\n  why: Kunta korjaa kartan keväällä."
SHOWN = {
    "state": "Sivusto täyttää vaatimukset osittain.", "made_on": "1.10.2026",
    "gaps": "Kartta ei toimi näppäimistöllä.", "reviewed_on": "2.10.2026",
    "supervisor_checked": "3.10.2026",
}  # fmt: skip


@pytest.fixture(scope="module")
def small() -> dict[str, bytes]:
    """A small project in which everything holds."""
    return read_folder(SMALL)


def statement(*empty: str) -> bytes:
    """A statement with every field but some."""
    filled = {key: words for key, (words, _) in FILLED.items() if key not in empty}
    lines = (f"{key}: {words or GAPS}" for key, words in filled.items())
    return ("\n".join(lines) or "{}").encode()


def page(files: dict[str, bytes], content: bytes | None) -> Element:
    """The page of a site whose statement reads so, or that has none."""
    given = {name: text for name, text in files.items() if name != STATEMENT}
    return Pages(build(given | ({STATEMENT: content} if content else {}), DAY))[PLACE]


def fields(found: Element) -> dict[str, str]:
    """What the page tells of each field."""
    told = (e for e in found.walk() if "data-field" in e.attributes)
    return {e.attributes["data-field"]: e.text for e in told}


def test_every_field_the_law_asks_is_shown(small):
    """A full statement shows each, is official, names its publisher and promises an answer."""
    found = page(small, statement())
    told = fields(found)
    assert set(told) == set(FILLED)
    for key, (words, _) in FILLED.items():
        assert SHOWN.get(key, words) in told[key]
    assert UNTOLD not in found.text
    assert UNOFFICIAL not in found.text
    assert "vastata 14 päivän kuluessa" in found.text
    (link,) = (a for a in found.all("a") if "mailto:" in a.attributes["href"])
    assert link.attributes["href"] == f"mailto:{FILLED['feedback'][0]}"


@pytest.mark.parametrize("key", FILLED)
def test_an_empty_field_is_named_on_the_page_and_to_the_author(small, key):
    """The page says so where the field is and at its top; the check warns, and nothing stops."""
    content = statement(key)
    found = page(small, content)
    assert UNTOLD in fields(found)[key]
    assert [k for k, told in fields(found).items() if UNTOLD in told] == [key]
    assert UNOFFICIAL in found.text
    assert f"Siitä puuttuu: {FILLED[key][1]}." in found.text
    (problem,) = check({**small, STATEMENT: content}, DAY).problems
    assert (problem.rule, problem.severity) == ("statement", "warning")
    assert problem.message.endswith(f"puuttuu: {FILLED[key][1]} ({key}).")


def test_a_site_without_a_statement_says_all_that_is_missing(small):
    """No file: the page stands all the same, every field is open, and the check tells once."""
    found = page(small, None)
    assert {*fields(found)} == {*FILLED}
    assert all(UNTOLD in told for told in fields(found).values())
    without = {name: text for name, text in small.items() if name != STATEMENT}
    (problem,) = check(without, DAY).problems
    assert (problem.file, problem.rule, problem.severity) == (STATEMENT, "statement", "warning")


def test_a_full_state_needs_no_gaps(small):
    """Where everything is accessible, an empty list of faults is no lack."""
    content = statement("gaps").replace(b"partial", b"full")
    assert "Puutteita ei ole löytynyt." in fields(page(small, content))["gaps"]
    assert check({**small, STATEMENT: content}, DAY).problems == []


@pytest.mark.parametrize(("age", "rules"), [(365, []), (366, ["old-statement"])])
def test_a_statement_is_reviewed_every_year(small, age, rules):
    """A year to the day is fine; a day more is told to the author and on the page."""
    day = (DAY - timedelta(days=age)).isoformat()
    content = statement().replace(b"2026-10-02", day.encode())
    assert [p.rule for p in check({**small, STATEMENT: content}, DAY).problems] == rules
    assert ("tarkistuksesta on yli vuosi" in page(small, content).text) == bool(rules)


def test_this_repository_claims_nothing_it_does_not_know(files):
    """Nobody publishes it yet: no publisher, no state, no address; but how it was tried."""
    told = Statement.model_validate(check(files, DAY).library.statement)
    assert told.missing == (
        "julkaisija", "tila", "palauteosoite", "vastuuyksikkö", "valvoja",
        "valvojan tarkistuspäivä",
    )  # fmt: skip
    found = page(files, files[STATEMENT])
    assert "ruudunlukijaa" in fields(found)["gaps"]
    assert "Valvojaa ei ole tarkistettu." in found.text


def unlinked(published, place: str) -> bool:
    """Whether a page's footer does not lead to the statement."""
    html = (published / place / "index.html").read_text("utf-8")
    footer = html.rpartition("<footer")[2]
    return not re.search(
        rf'href="(?:\.\./)*(?:\./)?(?:{PLACE}|\./)">Saavutettavuusseloste<', footer
    )


def test_every_footer_leads_to_the_statement(published):
    """Also on the statement's own page, on a page written by hand and in a frame."""
    found = places(published)
    assert {"", PLACE, "kirjoita/", f"{WORK}upota/"} <= {*found}
    assert [place for place in found if unlinked(published, place)] == []
    assert 'href="/saavutettavuusseloste/">' in (published / "404.html").read_text("utf-8")


def test_a_footer_without_the_statement_is_noticed(tmp_path):
    """Control: a footer with other links alone."""
    html = '<footer class="pp-footer"><a href="../tietoa/">Tietoa sivustosta</a></footer>'
    (tmp_path / "index.html").write_text(html)
    assert unlinked(tmp_path, "")


def test_a_field_that_the_page_does_not_show_is_noticed(small):
    """Control: a page without one of the fields is not what the first test asks."""
    broken = Pages(build(small, DAY)).altered(PLACE, 'data-field="unit"', "data-other")
    assert set(fields(broken[PLACE])) == set(FILLED) - {"unit"}
