"""A description tells its state: what it claims must hold, and time alone stops no site."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from commands import EPOCH, SMALL
from conftest import DAY
from facts import Element, Pages
from palvelupolku import cli
from palvelupolku.build import build, check
from palvelupolku.errors import Problem
from palvelupolku.folder import read_folder
from palvelupolku.readiness import STATES, Waiting, strict, waiting
from palvelupolku.sample import EXAMPLE
from test_errors import lay_out
from test_mirror import LAHELA, TOWNS
from test_ready_paper import poppler
from test_statement import statement

PLACE = "tarkistettavat/"
PATH, CARD, OTHER = "koivula/polku", "koivula/tyokokeilu", "mantyla/valmennus"
TOWN = "koivula/kunnat/lahela"
BEFORE = "  reviewed_on: 2026-06-01\n  sources_seen: 2026-11-01\n"
"""What the small project says of the review of each description."""
PUBLISHED = {
    "state": "published", "owner": "Aikuissosiaalityö", "author": "palvelusuunnittelija",
    "reviewed_on": "2026-10-02", "reviewed_by": "sosiaalityöntekijä",
    "next_review": "2027-05-01", "sources_seen": "2026-11-01", "law_checked": "2026-10-01",
}  # fmt: skip
LASTS = {
    "reviewed_on": (365, "old-review"),
    "next_review": (0, "late-review"),
    "sources_seen": (365, "old-sources"),
    "law_checked": (365, "old-law-check"),
}
"""The days a review tells: for how many days each is good, and what is remarked then."""
READY = (
    ("palvelupaatos).\n", "palvelupaatos).\n  professional: Kirjaa tapaaminen.\n"),
    ("seuraavaksi.\n", "seuraavaksi.\n  professional: Kirjaa arvio.\n"),
    ("review:\n", "laws:\n- law: sosiaalihuoltolaki\nreview:\n"),
)
"""What makes the small path ready: words for a worker at each step. And it names an act."""


def reviewed(text: bytes, **said: str | None) -> bytes:
    """A description of the small project that says this of its review."""
    lines = "".join(f"  {key}: {words}\n" for key, words in said.items() if words)
    assert BEFORE in text.decode()
    return text.decode().replace(BEFORE, lines).encode()


def project(**changed: str | None) -> dict[str, bytes]:
    """The small project, whose path is published and ready but for what is changed."""
    files = read_folder(SMALL) | {"seloste.yml": statement()}
    text = files[f"{PATH}.yml"].decode()
    for old, new in READY:
        assert text.count(old) == 1
        text = text.replace(old, new)
    files[f"{PATH}.yml"] = reviewed(text.encode(), **(PUBLISHED | changed))
    return files


def many() -> dict[str, bytes]:
    """A late path, a reviewed card, a draft never reviewed, and a town's supplement."""
    files = project(reviewed_on="2025-11-20")
    seen = {"sources_seen": "2026-11-01"}
    who = {key: PUBLISHED[key] for key in ("reviewed_on", "reviewed_by")}
    files[f"{CARD}.yml"] = reviewed(files[f"{CARD}.yml"], state="reviewed", **who, **seen)
    files[f"{OTHER}.yml"] = reviewed(files[f"{OTHER}.yml"], **seen)
    files["koivula/region.yml"] += TOWNS.lstrip("\n").encode()
    files[f"{TOWN}.yml"] = LAHELA.lstrip("\n").encode()
    return files


def told(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """The rule and the severity of each problem of the path."""
    return [(p.rule, p.severity) for p in problems if p.file == f"{PATH}.yml"]


def before(days: int) -> str:
    """The day so many days before the one that is shown."""
    return (DAY - timedelta(days=days)).isoformat()


def test_a_description_that_says_no_state_is_a_draft():
    """Files from before the states go on as they were, and nothing is claimed for them."""
    reading = check(read_folder(SMALL), DAY)
    assert reading.problems == []
    assert {s.review.state for s in reading.library.services.values()} == {"draft"}


@pytest.mark.parametrize(
    "key", ["owner", "author", "reviewed_on", "reviewed_by", "next_review", "law_checked"]
)
def test_what_is_published_lacks_nothing(key):
    """Ready it is without a remark; without one field it is an error, and no site is made."""
    assert check(project(), DAY).problems == []
    ((_, severity),) = told(check(project(**{key: None}), DAY).problems)
    assert severity == "error"


def test_what_is_published_speaks_to_workers_at_every_step():
    """The error names the steps, at the first of them; what is only reviewed may lack them."""
    text = read_folder(SMALL)[f"{PATH}.yml"]
    for state, rules in (("published", ["no-professional"]), ("reviewed", [])):
        said = PUBLISHED | {"state": state, "law_checked": None}
        found = check({**project(), f"{PATH}.yml": reviewed(text, **said)}, DAY).errors
        assert [problem.rule for problem in found] == rules
        for problem in found:
            assert "”Ensimmäinen tapaaminen”, ”Mikä sopii sinulle?”" in problem.message
            assert problem.source_line == "- id: tapaaminen"


@pytest.mark.parametrize(("count", "more"), [(6, ""), (7, " ja 2 muuta")])
def test_a_step_alone_is_named_and_not_counted(count, more):
    """To say that there is one more takes as many words as its name."""
    text = reviewed(read_folder(SMALL)[f"{PATH}.yml"], **PUBLISHED | {"law_checked": None}).decode()
    last = text[text.index("- id: arvio") :]
    text += "".join(last.replace("id: arvio", f"id: arvio-{n}") for n in range(count - 2))
    (found,) = (
        p
        for p in check({**project(), f"{PATH}.yml": text.encode()}, DAY).problems
        if p.rule == "no-professional"
    )
    assert found.message.count("”Mikä sopii sinulle?”") == (5 if not more else 4)
    assert found.message.endswith(f"”{more}.")


SUMMARY = "Teet työtä omaan tahtiin ja saat ohjausta."


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        (EXAMPLE["summary"], ["example-left"]),
        (f"{SUMMARY} {EXAMPLE['summary'].partition('.')[0]}.", ["example-left"]),
        (SUMMARY, []),
    ],
)
def test_the_words_of_an_example_are_not_published(words, rules):
    """One sentence of it is enough; in a draft it is a remark, in what is published an error."""
    for state, worth in (("draft", "warning"), ("published", "error")):
        files = project(state=state)
        text = files[f"{PATH}.yml"].decode().replace(SUMMARY, words)
        found = check({**files, f"{PATH}.yml": text.encode()}, DAY).problems
        assert [told([p]) for p in found if p.rule == "example-left"] == [
            [(rule, worth)] for rule in rules
        ]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("reviewer", "same"),
    [("palvelusuunnittelija", True), ("' PALVELUSUUNNITTELIJA '", True), ("esihenkilö", False)],
)
def test_nobody_reviews_what_they_wrote(state, reviewer, same):
    """Capitals and spaces make no other role, and no state lets a review be claimed that way."""
    found = told(check(project(state=state, reviewed_by=reviewer), DAY).problems)
    assert found == ([("own-review", "error")] if same else [])


def test_a_review_is_not_of_a_day_to_come():
    """Counted from today: a site shown as it stood before is no reason to doubt a review."""
    later = [("future-review", "error")]
    assert told(check(project(reviewed_on=before(-1)), DAY).problems) == later
    shown = date(2026, 9, 1)
    assert told(check(project(), shown).problems) == later
    assert told(check(project(), shown, today=DAY).problems) == []


@pytest.mark.parametrize("key", LASTS)
def test_what_only_time_has_aged_is_an_error_for_one_who_asks(key):
    """The last day is fine; then a remark, and of what is published an error when asked."""
    days, rule = LASTS[key]
    assert told(check(project(**{key: before(days)}), DAY).problems) == []
    reading = check(project(**{key: before(days + 1)}), DAY)
    assert told(reading.problems) == [(rule, "warning")]
    assert told(strict(reading.problems, waiting(reading, DAY))) == [(rule, "error")]
    reading = check(project(**{key: before(days + 1), "state": "reviewed"}), DAY)
    assert all(s == "warning" for _, s in told(strict(reading.problems, waiting(reading, DAY))))


def test_a_comparison_with_what_has_changed_is_an_error_for_one_who_asks():
    """A published supplement that has not been compared is one; a draft of it is a draft."""
    files = many()
    said = "".join(f"  {key}: {words}\n" for key, words in PUBLISHED.items())
    seen = b"  sources_seen: 2026-11-01\n"
    published = files[f"{TOWN}.yml"].replace(seen, said.encode(), 1)
    published = published.replace(b"paikan.\n", b"paikan.\n    professional: Sovi aika.\n")
    draft = {("not-mirrored", "warning"), ("not-reviewed", "warning")}
    for text, rules in ((files[f"{TOWN}.yml"], draft), (published, {("not-mirrored", "error")})):
        reading = check({**files, f"{TOWN}.yml": text}, DAY)
        found = strict(reading.problems, waiting(reading, DAY))
        assert {(p.rule, p.severity) for p in found if p.file == f"{TOWN}.yml"} == rules


@pytest.fixture(scope="module")
def pages() -> Pages:
    """The site of descriptions in every state; one that is late stops nothing."""
    return Pages(build(many(), DAY))


NEVER = "Ammattilainen ei ole vielä tarkistanut tätä kuvausta."
FRESH = "Sisällön on tarkistanut sosiaalityöntekijä 2.10.2026."
AGED = (
    "Sisällön on tarkistanut sosiaalityöntekijä 20.11.2025. "
    "Tarkistuksesta on yli vuosi. Tiedot voivat olla vanhoja."
)


@pytest.mark.parametrize(("place", "words"), [(PATH, AGED), (CARD, FRESH), (OTHER, NEVER)])
def test_every_form_of_a_description_tells_of_its_review(pages, tmp_path, place, words):
    """The page and the clear version, at the top unless all is well; their paper; the PDF."""
    for address in (f"{place}/", f"{place}/selkea/"):
        page = pages[address]
        assert words in page.one(".pp-sheet").text
        assert (words in page.one(".pp-notice").text) == (words != FRESH or address == f"{place}/")
        assert (words in page.one(".pp-trust").text) == (words == FRESH and "selkea" in address)
    pdf = pages.site.files[f"{place}/{place.rpartition('/')[2]}.pdf"]
    assert words in " ".join(poppler("pdftotext", pdf, tmp_path).split())


def test_a_draft_that_was_reviewed_before_is_still_a_draft():
    """Its page says both, and its list asks for a new review: the earlier one saw another text."""
    files = project(state="draft")
    (own,) = (w for w in waiting(check(files, DAY), DAY) if w.address == PATH)
    assert "Luonnosta ei ole tarkistettu uudelleen (state)." in str(own)
    notice = Pages(build(files, DAY))[f"{PATH}/"].one(".pp-notice").text
    assert "Tämä kuvaus on luonnos. Viimeksi sen on tarkistanut sosiaalityöntekijä" in notice


def test_the_data_tell_the_state(pages):
    """The list of services gives it, and each service's own data the whole review."""
    index = json.loads(pages.site.files["data/index.json"])
    states = {service["id"]: service["state"] for service in index["services"]}
    assert states == {PATH: "published", CARD: "reviewed", OTHER: "draft"}
    told_of = json.loads(pages.site.files[f"data/{PATH}.json"])["review"]
    assert told_of["reviewed_by"] == {"fi": "sosiaalityöntekijä"}
    assert told_of["reviewed_on"] == "2025-11-20"


def listed(page: Element) -> dict[str, tuple[str, list[str]]]:
    """What the page tells of each description by its link: its state and what it lacks."""
    rows = [row for body in page.all("tbody") for row in body.all("tr")]
    return {
        row.one("a").attributes["href"].strip("./"): (
            row.all("td")[0].text,
            [item.text for item in row.all("li")],
        )
        for row in rows
    }


def expected(lists: list[Waiting]) -> dict[str, tuple[str, list[str]]]:
    """What the model says that the page should tell."""
    return {
        one.address: (STATES[one.review.state], [p.message for p in one.lacks]) for one in lists
    }


def test_the_page_lists_what_the_model_knows(pages):
    """Every description with its state and its lacks, the late first, and the counts above."""
    page, lists = pages[PLACE], waiting(check(many(), DAY), DAY)
    assert listed(page) == expected(lists)
    assert next(iter(listed(page))) == PATH
    assert [h.text for h in page.all("h2")] == [
        "Tarkistus on myöhässä", "Luonnokset", "Tarkistetut ja julkaistut",
    ]  # fmt: skip
    counts = page.one(".pp-counts")
    assert [dd.text for dd in counts.all("dd")] == ["2", "1", "1", "1"]
    assert f'href="../{PLACE}"' in pages.html["kunnalle/"]
    assert PLACE in {record.address for record in pages.site.records}


def test_a_list_that_differs_is_noticed(pages):
    """Control: a state or a lack that the model does not have."""
    for key, words in (("state", "reviewed"), ("owner", None)):
        other = project(**{"reviewed_on": "2025-11-20", key: words})
        found = check(many() | {f"{PATH}.yml": other[f"{PATH}.yml"]}, DAY)
        assert listed(pages[PLACE]) != expected(waiting(found, DAY))


def test_an_own_site_tells_first_what_is_the_municipalitys_own():
    """Its own files are counted and listed by themselves; the shared ones come last, apart."""
    shared = many()
    own = {
        "koivula/kunnat/makela.yml": shared.pop(f"{TOWN}.yml"),
        "koivula/oma.yml": shared[f"{CARD}.yml"].replace(b"name: ", b"name: Oma ", 1),
    }
    page = Pages(build(own, DAY, below=shared))[PLACE]
    assert [h.text for h in page.all("h2")] == [
        "Luonnokset", "Tarkistetut ja julkaistut", "Yhteiset kuvaukset",
    ]  # fmt: skip
    ours = {**listed(page.section("luonnokset")), **listed(page.section("tarkistetut"))}
    assert set(ours) == {"koivula/kunnat/makela", "koivula/oma"}
    assert set(listed(page.section("yhteiset"))) == {PATH, CARD, OTHER}
    assert [dd.text for dd in page.one(".pp-counts").all("dd")] == ["1", "1", "0", "0"]
    assert "Niitä ei korjata eikä tarkisteta täällä." in page.section("yhteiset").text


def asked(capsys, monkeypatch, files: Mapping[str, bytes], folder: Path) -> tuple[int, str, str]:
    """How `check --publish` ends, what it tells and what it laments."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    code = cli.main(["check", "--publish", "--paths", str(lay_out(files, folder / "paths"))])
    return (code, *capsys.readouterr())


def test_drafts_are_listed_and_fail_nothing(capsys, monkeypatch, tmp_path):
    """One line for each, with the first of what it lacks; what is published and ready is silent."""
    code, said, _ = asked(capsys, monkeypatch, project(), tmp_path)
    lines = [line for line in said.splitlines() if line.startswith("Ennen julkaisua ")]
    assert code == 0
    assert [line.split()[2:4] for line in lines] == [[CARD, "(luonnos),"], [OTHER, "(luonnos),"]]
    assert "Kirjoittajaa ei ole kerrottu (author). Vastuuyksikkö puuttuu (owner)." in lines[0]


def test_what_is_lacking_is_counted_and_told_with_its_key():
    """One thing is one; each names the key to fill once, also where two are lacking."""

    def said(address: str, files: Mapping[str, bytes], rule: str) -> str:
        (one,) = (w for w in waiting(check(files, DAY), DAY) if w.address == address)
        found = replace(one, lacks=tuple(p for p in one.lacks if p.rule == rule))
        return str(found).partition("), ")[2]

    alone = project(state="reviewed", reviewed_by=None)
    assert (
        said(PATH, alone, "no-review") == "1 asia: Tarkistuksesta puuttuu tarkistaja (reviewed_by)."
    )
    both = project(state="reviewed", reviewed_on=None, reviewed_by=None)
    assert said(PATH, both, "no-review") == (
        "2 asiaa: Tarkistuksesta puuttuu päivä (reviewed_on). "
        "Tarkistuksesta puuttuu tarkistaja (reviewed_by)."
    )
    assert said(TOWN, many(), "not-mirrored").endswith("puuttuu vertailumerkki (mirrored).")
    both[f"{PATH}.yml"] = both[f"{PATH}.yml"].replace(SUMMARY.encode(), EXAMPLE["summary"].encode())
    assert said(PATH, both, "example-left") == "1 asia: Esimerkin teksti on jäljellä: summary."


@pytest.mark.parametrize("fault", ["late", "statement"])
def test_what_is_published_fails_when_it_is_late(capsys, monkeypatch, tmp_path, fault):
    """The error has its place and its mend; the statement that the law asks is asked as well."""
    files = project(next_review="2026-11-20") if fault == "late" else project()
    if fault == "statement":
        files["seloste.yml"] = statement("unit")
    code, _, lamented = asked(capsys, monkeypatch, files, tmp_path)
    assert code == 1
    assert lamented.endswith("Virheitä 1, huomautuksia 0.\n")
    late = "polku.yml:17:16: virhe: Kuvaus piti tarkistaa viimeistään 20.11.2026. [late-review]"
    assert (late if fault == "late" else "virhe: Saavutettavuusselosteesta puuttuu") in lamented
    assert "  → " in lamented


def test_this_repository_claims_no_review(files):
    """No professional has looked at anything yet: every description is a draft, and says so."""
    found = waiting(check(files, DAY), DAY)
    assert len(found) > 25
    assert {one.review.state for one in found} == {"draft"}
    assert all(any(p.rule == "not-reviewed" for p in one.lacks) for one in found)
