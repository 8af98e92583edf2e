"""A reader who finds an error can tell of it from the very step."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

from commands import ROOT
from palvelupolku.build import build
from palvelupolku.folder import read_folder
from palvelupolku.published import Settings

FILES = read_folder(ROOT / "tests/project")
DAY = date(2026, 11, 21)
PAGE, STEP = "koivula/polku/", "vaihe-tapaaminen"
ASKS = "https://palaute.example/lomake?sivusto=1"


def hrefs(body: str) -> list[str]:
    """The links of a page that lead to the form."""
    found = [part.partition('"')[0].replace("&amp;", "&") for part in body.split('href="')[1:]]
    return [link for link in found if link.startswith("https://palaute.example")]


def test_each_step_leads_to_the_form_with_its_own_address():
    """The form is told the page and the step; what the publisher had in the address stays."""
    body = build(FILES, DAY, Settings(feedback_url=ASKS)).pages[PAGE].body
    asked = [parse_qs(urlsplit(link).query) for link in hrefs(body)]
    assert {"sivusto": ["1"], "kohta": [f"{PAGE}#{STEP}"]} in asked
    assert {"sivusto": ["1"], "kohta": [PAGE]} in asked
    assert len(asked) == body.count('class="pp-step ') + 1


def test_without_a_form_the_page_says_whom_to_tell():
    """No dead link, and one sentence that says what to do."""
    body = build(FILES, DAY).pages[PAGE].body
    assert hrefs(body) == []
    assert "Ilmoita virheestä" not in body
    assert "Kerro siitä sille, joka julkaisee tämän sivuston" in body
