"""The guide to messages shows what authors are told, made from the cases that tests accept.

`docs/viestit.md` is written by running this with `ACCEPT=1`; a message that changes, or a rule
without an example, is seen here first.
"""

import ast
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from accepting import assert_accepted
from commands import SMALL
from palvelupolku import errors, folder
from palvelupolku.build import build, check
from palvelupolku.canonical import canonical
from palvelupolku.errors import PathError, Problem
from palvelupolku.export import export
from palvelupolku.published import Settings
from palvelupolku.site_settings import lost_logo, misplaced
from synthetic import long_path
from test_errors import BROKEN, DAY, LARGE, PATH, UNREADABLE, with_path

GUIDE = Path(__file__).parents[1] / "docs/viestit.md"
PROGRAM = Path(errors.__file__).parent
FIRST = re.compile(r"^(\S+): (virhe|huomautus): (.*) \[([a-z-]+)\]$")
DATED = b"- text: Oikeus.\n  valid_from: %d-%02d-01\n  certainty: unknown\n"
MOST = 2
"""Examples of a rule that always says the same; of another, each of its messages has one."""
NAMED = re.compile(r"”[^”]*”|\d[\d-]*|U\+\w+")
"""What differs in one and the same message from file to file."""
MOST_LETTERS = 700
HEAD = """# Viestit ja mitä niille tehdään

Tältä sivulta löydät jokaisen viestin, jonka tarkistus voi antaa. Viestin lopussa on hakasuluissa
sen nimi. Etsi nimi tältä sivulta. Näin luet viestin:

```text
{example}
```

- Ensimmäinen rivi kertoo tiedoston, rivin ja sarakkeen, ja sitten sen, mikä on vialla.
- Merkki `^` näyttää kohdan rivillä.
- Rivi, joka alkaa nuolella `→`, neuvoo, miten korjaat.

Esimerkit on tehty pienestä koealueesta, jonka nimi on Koivula.
"""
KINDS = {
    "virhe": """## Virheet

Virhe estää julkaisun. Aiempi sivusto pysyy ennallaan. Yksi vika voi näkyä monena viestinä.
Tiedoston ylin viesti kertoo useimmin syyn: korjaa se ensin ja aja tarkistus uudelleen.

Kun kuvauksen tila on julkaistu, siinä pitää olla tarkistus, kirjoittaja, vastuuyksikkö ja seuraavan
tarkistuksen päivä. Jos jokin niistä puuttuu etkä tiedä sitä vielä, vaihda tilaksi luonnos. Kuvaus
pysyy silloin sivustolla, ja sivu kertoo lukijalle, ettei ammattilainen ole tarkistanut sitä.
""",
    "huomautus": """## Huomautukset

Huomautus ei estä julkaisua. Lue se ja päätä itse.

Ajan kuluminen ei pysäytä sivustoa. Siksi vanha tarkistus on huomautus. Kun ajat tarkistuksen
valitsimella `--publish`, julkaistun kuvauksen vanha tarkistus on virhe.
""",
}


def reports(tmp_path: Path) -> Iterator[str]:
    """Yield every report: those of the cases, and of what no file in a folder can show."""
    for report in sorted(BROKEN.glob("*.txt")):
        yield from report.read_text("utf-8").rstrip("\n").split("\n\n")
    small = folder.read_folder(SMALL)
    days = b"".join(DATED % (year, month) for year in range(2020, 2026) for month in range(1, 12))
    changing = small[PATH] + b"rights:\n" + days
    for content in (UNREADABLE["latin-1"][0], LARGE["bytes"][0], long_path(250), changing):
        yield from map(str, with_path(small, content).problems)
    own = {"koivula/polku.yml": b"name: Oma", "catalogue/terms.yml": small["catalogue/terms.yml"]}
    yield from map(str, check(own, DAY, small).problems)
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("theme:\n  logo: kuvat/logo.svg\n", "utf-8")
    for problem in lost_logo(settings, Path("docs"), "kuvat/logo.svg"):
        yield str(problem).replace(os.path.relpath(settings), settings.name)
    for slip in ("licence: CC0\nplugins:\n- palvelupolku:\n", "site_name: Kunnan palvelut\n" * 2):
        settings.write_text(slip, "utf-8")
        try:
            found = [*misplaced(settings)]
        except PathError as error:
            found = [*error.problems]
        yield from (str(p).replace(os.path.relpath(settings), settings.name) for p in found)
    settings.unlink()
    os.mkfifo(tmp_path / "putki.yml")
    for ask in (
        lambda: folder.day_of_build("31.1.2026"),
        lambda: folder.read_folder(tmp_path),
        lambda: export(build(small, DAY), tmp_path),
        lambda: build(small, DAY, Settings(menu=("koivu",))),
        lambda: canonical(PATH, b"name: Oma\nabout: \t\n"),
    ):
        try:
            ask()
        except PathError as error:
            yield from (str(p).replace(str(tmp_path), "kansio") for p in error.problems)


def examples(found: Iterator[str]) -> dict[tuple[str, str], list[str]]:
    """Return the shortest examples of each rule, by kind of message and rule.

    A rule that says many things has an example of each.
    """
    told = defaultdict(list)
    for report in found:
        first = FIRST.match(report.partition("\n")[0])
        assert first, report
        if len(report) <= MOST_LETTERS:
            told[first[2], first[4]].append(report)
    return {key: voices(reports) for key, reports in told.items()}


def voices(reports: list[str]) -> list[str]:
    """Return the shortest report of each message, or a few of the only one."""
    ordered = sorted(dict.fromkeys(reports), key=lambda text: (len(text), text))
    found: dict[str, str] = {}
    for report in ordered:
        found.setdefault(NAMED.sub("…", FIRST.match(report.partition("\n")[0])[3]), report)
    return list(found.values()) if len(found) >= MOST else ordered[:MOST]


def guide(told: dict[tuple[str, str], list[str]]) -> str:
    """Return the page: errors first, each rule with its examples, in the order of the alphabet."""
    parts = [HEAD.format(example=told["virhe", "unknown-step"][0])]
    for kind, words in KINDS.items():
        parts.append(words)
        for rule in sorted(rule for name, rule in told if name == kind):
            blocks = (f"```text\n{text}\n```\n" for text in told[kind, rule])
            parts.append(f"### {rule}\n\n" + "\n".join(blocks))
    return "\n".join(parts)


def rules_named() -> set[str]:
    """Return the rules that the program gives to a problem by name."""
    places = {"problem": 2, "Problem": 3, "remark": 2}
    found = set()
    for file in PROGRAM.glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            given = call.args[places[name] :][:1] if name in places else []
            found |= {a.value for a in given if isinstance(a, ast.Constant)}
    return {rule for rule in found if re.fullmatch("[a-z]+(-[a-z]+)*", str(rule))}


def test_the_guide_shows_the_messages_as_they_are(tmp_path):
    """The page is made of today's messages; a changed one changes the page."""
    assert_accepted(GUIDE, guide(examples(reports(tmp_path))))


def test_no_rule_lacks_an_example():
    """Whatever rule the program names, its author finds on the page."""
    shown = set(re.findall(r"^### ([a-z-]+)$", GUIDE.read_text("utf-8"), re.MULTILINE))
    assert len(rules_named()) > 40
    assert rules_named() - shown == set()


def test_every_message_of_a_rule_has_its_example(tmp_path):
    """The page shows each thing that a rule may say: what the reader of YAML says first of all."""
    shown = GUIDE.read_text("utf-8")
    for message in (
        "Kaksoispiste katkaisee tekstin", "Sisennys ei osu", "Riviltä puuttuu kaksoispiste",
        "Kaksoispisteen jälkeen puuttuu väli", "on sisennetty syvemmälle", "kuuluu luettelo",
        "ei ole päivä", "alle kuuluu omia rivejä", "Vaiheesta ei kerrota, miksi",
        "ei ole täsmälleen yhtä",
    ):  # fmt: skip
        assert message in shown, message
    told = examples(iter([*reports(tmp_path), str(Problem("a", errors.Mark(), "Uusi.", "value"))]))
    assert "a:1:1: virhe: Uusi. [value]" in told["virhe", "value"]


def unmended(told: dict[tuple[str, str], list[str]]) -> list[str]:
    """Return the examples that do not say how the fault is mended."""
    return [text for reports in told.values() for text in reports if "\n  → " not in text]


def test_every_message_says_how_to_mend_it(tmp_path):
    """What is wrong is half of it. Control: a message without a hint is found."""
    told = examples(reports(tmp_path))
    assert unmended(told) == []
    bare = str(Problem("a", errors.Mark(), "Uusi.", "value"))
    assert unmended({**told, ("virhe", "value"): [bare]}) == [bare]


def test_a_report_that_is_no_message_is_noticed(tmp_path):
    """Control: a text without a rule stops the page, and an unknown rule is missed on it."""
    problem = Problem("a.yml", errors.Mark(), "Vika.", "uusi-vika")
    told = examples(iter([*reports(tmp_path), str(problem)]))
    assert "### uusi-vika" in guide(told)
    assert "### uusi-vika" not in GUIDE.read_text("utf-8")
