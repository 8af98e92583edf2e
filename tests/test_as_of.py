"""Every path as it stands today and as it stood on four earlier days, and who arranged it then."""

import json
import re
from datetime import date
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path

import pytest

from accepting import assert_accepted
from browsing import PATHS
from facts import DAY, DAYS, PAST, Pages, built
from palvelupolku.dated import service_on
from palvelupolku.graph import to_graph
from palvelupolku.library import Library
from palvelupolku.outline import outline
from palvelupolku.source import read

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden" / "as-of"
WORK = "kuntouttava-tyotoiminta"


@pytest.fixture(scope="session")
def library(files) -> Library:
    """The descriptions as models, with every version of everything."""
    return read(files).library


def text_on(library: Library, address: str, day: date) -> str:
    """A path as text on a day."""
    service = service_on(library, address, day)
    return outline(service, to_graph(service, address.partition("/")[0]), library)


def through_time(library: Library, address: str) -> str:
    """A path on the first day, and then what each later day changed in it."""
    texts = [(day, text_on(library, address, day)) for day in DAYS]
    parts = [f"{texts[0][0]}\n\n{texts[0][1]}"]
    for (_, before), (day, after) in pairwise(texts):
        found = changes(before, after)
        parts.append("\n".join((str(day), "", *found, "")) if found else f"{day}: no change\n")
    return "\n".join(parts)


def changes(before: str, after: str) -> list[str]:
    """The lines that differ, each with a line around it; a step's number is no change."""
    old, new = (
        re.sub(r"^\d+\. |(?<=→ )Vaihe \d+: ", "Vaihe: ", text, flags=re.MULTILINE).splitlines()
        for text in (before, after)
    )
    lines = [line.rstrip() for line in unified_diff(old, new, n=1, lineterm="")][3:]
    return ["…" if line.startswith("@@") else line for line in lines]


@pytest.mark.parametrize("address", [path.rstrip("/") for path in PATHS])
def test_a_path_reads_as_accepted_on_every_day(library, address):
    """What a person has read: the whole path in 2022, then each change on the days after it."""
    assert_accepted(GOLDEN / f"{address.replace('/', '-')}.txt", through_time(library, address))


def test_every_accepted_text_is_of_a_path_that_is_there():
    """No text is left behind by a path that was renamed or taken away."""
    names = {f"{path.rstrip('/').replace('/', '-')}.txt" for path in PATHS}
    assert {file.name for file in GOLDEN.iterdir()} == names


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("name: Aktivointisuunnitelma tehdään yhdessä", "name: Suunnitelma", (True, False)),
        ("name: Suunnitelma tehdään yhdessä", "name: Suunnitelma", (False, True)),
        ("condition: päätös on kielteinen", "condition: et saa palvelua", (True, True)),
        ("Toiminta alkaa sovitussa paikassa.", "Toiminta alkaa.", (False, False)),
    ],
)
def test_a_change_on_any_day_is_noticed(files, library, old, new, differs):
    """Control: a step of 2022, one of 2026, a choice of all days; a text beside the outline."""
    shared, address = f"yhteiset/{WORK}.yml", f"keski-suomi/{WORK}"
    assert old.encode() in files[shared]
    broken = {**files, shared: files[shared].replace(old.encode(), new.encode())}
    changed = read(broken).library
    for day, differ in zip((DAYS[0], DAYS[-1]), differs, strict=True):
        assert (text_on(changed, address, day) != text_on(library, address, day)) is differ
    differ = through_time(changed, address) != through_time(library, address)
    assert differ is any(differs)


def test_the_published_text_is_the_accepted_one(site, library):
    """What a reader can fetch as text today is the text that is compared here."""
    for address in (path.rstrip("/") for path in PATHS):
        assert site.files[f"data/{address}.txt"].decode() == text_on(library, address, DAY)


# What the pages show


@pytest.fixture(scope="session")
def days(site) -> dict[date, Pages]:
    """The pages as they stand today and as they stood on four earlier days."""
    return {**{day: Pages(built(day)) for day in PAST}, DAY: Pages(site)}


def test_only_the_shown_day_reaches_the_site(days):
    """The page, the data and the text of a day hold what is valid then and nothing else."""
    pages = {}
    for day in (date(2025, 6, 1), date(2026, 6, 1)):
        data = json.loads(days[day].site.files[f"data/keski-suomi/{WORK}.json"])
        assert data["as_of"] == day.isoformat()
        pages[day.year] = days[day].html[f"keski-suomi/{WORK}/"], [s["id"] for s in data["steps"]]
    for year, there in ((2025, False), (2026, True)):
        body, ids = pages[year]
        assert ("vaihe-konsultaatio" in body) is there
        assert ("konsultaatio" in ids) is there


# Who arranges


def arrangers(pages: Pages, region: str) -> list[str]:
    """Who is shown to arrange rehabilitative work."""
    intro = pages[f"{region}/{WORK}/"].one(".pp-intro")
    shown = [e.text for e in intro.all(".pp-intro__arranger")]
    return [text.removeprefix("Järjestää nyt: ") for text in shown]


@pytest.mark.parametrize(
    ("day", "own", "city"),
    [
        (date(2022, 6, 1), "kunta", "Helsingin kaupunki"),
        (date(2024, 6, 1), "Keski-Suomen hyvinvointialue", "Helsingin kaupunki"),
        (date(2025, 6, 1), "Keski-Suomen hyvinvointialue", "Helsingin kaupunki"),
        (date(2026, 6, 1), "Keski-Suomen hyvinvointialue", "Helsingin kaupunki"),
        (DAY, "Keski-Suomen hyvinvointialue", "Helsingin kaupunki"),
    ],
    ids=str,
)
def test_the_arranger_shown_is_the_one_of_the_day(days, day, own, city):
    """Keski-Suomi: the municipality, then the county. Helsinki: the City on every day."""
    assert arrangers(days[day], "keski-suomi") == [own]
    assert arrangers(days[day], "helsinki") == [city]


def test_another_arranger_is_noticed(days):
    """Control: the county on a page of 2022, and nobody at all."""
    page = f"keski-suomi/{WORK}/"
    first = DAYS[0]
    broken = days[first].altered(page, ">kunta</a>", ">Keski-Suomen hyvinvointialue</a>")
    assert arrangers(broken, "keski-suomi") != ["kunta"]
    broken = days[first].altered(page, 'class="pp-intro__arranger"', 'class="gone"')
    assert arrangers(broken, "keski-suomi") == []
