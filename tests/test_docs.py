"""What is said about the project is there and true: help, the editor's schema and the README."""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from accepting import assert_accepted
from commands import ROOT, SMALL
from conftest import DAY
from facts import Element, parsed
from palvelupolku import __version__, author_commands, cli
from palvelupolku.build import (
    ACCESSIBILITY,
    EMBED,
    IDENTIFIERS,
    NETWORK,
    REFERENCES,
    REMARKS,
    REVIEWS,
    UNKNOWN,
    build,
    check,
)
from palvelupolku.canonical import canonical
from palvelupolku.errors import Problem
from palvelupolku.folder import read_folder
from palvelupolku.library import Library
from palvelupolku.model import Service
from palvelupolku.places import CATALOGUE, STATEMENT, kind_of
from palvelupolku.plugin import PalvelupolkuConfig
from palvelupolku.region import Region
from palvelupolku.schemas import entries, resolved
from palvelupolku.statement import Statement
from palvelupolku.supplement import Supplement
from palvelupolku.writing import CERTAINTY_NAMES
from palvelupolku.yamltext import parse

COMMANDS = ("new", "check", "build", "serve", "export", "fmt", "mirror")
EXCEL = ("excel export", "excel import")
"""Commands of a group, which the list of commands names once."""
REVIEW = "review:\n  sources_seen: 2026-03-05\n"
"""What the guide's shortest path says of its review."""
ENGLISH = re.compile(
    r"\b(usage|options?|positional|arguments?|show|this|help message|exit|error|required|default"
    r"|invalid|value|choose|expected|unrecognized|the|of|and|who|which|with|from|that|or)\b"
)


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that a file may have, at any depth, with what the schema says of it."""
    for name, part in {"": schema, **schema.get("$defs", {})}.items():
        for key, told in part.get("properties", {}).items():
            yield f"{name}.{key}", told


def undescribed(schema: dict[str, Any]) -> list[str]:
    """The keys that an author gets no Finnish sentence for."""
    return [
        key
        for key, told in properties(schema)
        if not re.fullmatch(r"\S.*\.", told.get("description", ""))
        or ENGLISH.search(told["description"])
    ]


@pytest.fixture(scope="session")
def schemas(site) -> dict[str, dict[str, Any]]:
    """The published schemas, by the kind of file they are for."""
    names = [name for name in site.files if name.endswith(".schema.json")]
    return {Path(n).name.removesuffix(".schema.json"): json.loads(site.files[n]) for n in names}


def test_each_kind_of_file_has_a_schema(schemas):
    """A service of either kind and of any, a region, a municipality, and the rest."""
    services = {"palvelu", "taydennys", "kuvaus"}
    assert set(schemas) == {*services, "alue", "kunta", "seloste", "varit", *CATALOGUE}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_every_key_has_a_finnish_description(schemas):
    """An author's editor can tell what any key of any file is for."""
    assert [key for schema in schemas.values() for key in undescribed(schema)] == []
    assert sum(1 for schema in schemas.values() for _ in properties(schema)) > 100


def test_no_word_for_programmers_is_published(schemas):
    """The docstrings of the models are English and stay out of the schemas."""
    for schema in schemas.values():
        for part in schema.get("$defs", {}).values():
            assert "description" not in part


def test_a_key_without_a_finnish_description_is_found():
    """Control: no words, English words, and no sentence."""

    class Sample(BaseModel):
        silent: str
        english: str = argparse.SUPPRESS

    schema = Sample.model_json_schema()
    schema["properties"]["english"]["description"] = "The name of it."
    schema["properties"]["short"] = {"description": "Nimi"}
    schema["properties"]["good"] = {"description": "Nimi suomeksi."}
    assert undescribed(schema) == [".silent", ".english", ".short"]


class AsAnEditor(yaml.SafeLoader):
    """Reads YAML as editors do (YAML 1.2): days stay text, only true and false are truth values."""


AsAnEditor.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in found
        if tag.rpartition(":")[2] not in {"timestamp", "bool"}
    ]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsAnEditor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def complaints(schemas: dict[str, dict[str, Any]], name: str, data: dict[str, Any]) -> list[str]:
    """What the schema of a file finds wrong with it."""
    kind = kind_of(name, data)
    found = Draft202012Validator(schemas[kind]).iter_errors(data)
    return [f"{name}: {list(error.path)}: {error.message}" for error in found]


def test_the_schemas_accept_every_description(schemas, files):
    """No file of this repository is underlined in an author's editor."""
    found = []
    for name, content in files.items():
        found += complaints(schemas, name, yaml.load(content, AsAnEditor))  # noqa: S506 - safe
    assert found == []
    assert len(files) > 25


def test_the_schemas_take_every_value_as_text(schemas, files):
    """Services and sources hold as the generator reads them: every value is text."""
    for name, content in files.items():
        if name.split("/")[-1] not in {"actors.yml", "outcomes.yml", "region.yml"}:
            assert complaints(schemas, name, parse(name, content).data) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nature:", "natur:"),
        ("nature: programme", "nature: jotain"),
        ("review:", "keywords: yksi\nreview:"),
        ("review:", "name: ''\nreview:"),
        ("  fi: Työ", "  suomi: Työ"),
        ("sources_seen:", "seen:"),
    ],
)
def test_the_schemas_find_slips(schemas, files, old, new):
    """Control: a misspelt key, an unknown value, a text for a list, an empty or a missing one."""
    name = "helsinki/tyokykyisempi-stadi.yml"
    text = files[name].decode()
    assert old in text
    assert complaints(schemas, name, yaml.load(text, AsAnEditor)) == []  # noqa: S506 - safe
    data = yaml.load(text.replace(old, new, 1), AsAnEditor)  # noqa: S506 - safe
    assert complaints(schemas, name, data)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Give the command line arguments; return how it ended, what it said and what it lamented."""
    with pytest.raises(SystemExit) as ending:
        cli.main(arguments)
    told = capsys.readouterr()
    return int(ending.value.code or 0), told.out, told.err


@pytest.mark.parametrize("command", [(), ("excel",), *(n.split() for n in (*COMMANDS, *EXCEL))])
def test_every_command_has_finnish_help(capsys, monkeypatch, command):
    """`--help` tells what each command and option does, in Finnish only."""
    monkeypatch.setenv("COLUMNS", "200")
    _, told, _ = said(capsys, *command, "--help")
    words = re.sub(r"\{[^}]*\}|--[a-z-]+|(?m:^    ?[a-z]+ )", "", told)
    assert ENGLISH.findall(words) == []
    assert told.startswith(f"käyttö: {' '.join(('palvelupolku', *command))} ")
    assert re.search(r"^[A-ZÄÖ].*\.$", told, re.MULTILINE), "a sentence tells what it does"
    options = [line for line in told.splitlines() if re.match(r"  (-|[a-zä]|  [a-z])", line)]
    assert options
    assert all(
        re.search(r"\S {2,}\S", line) or line in ("  komento", "  suunta") for line in options
    )


def test_the_help_names_every_command(capsys):
    """The list of commands is the one tested here."""
    _, told, _ = said(capsys, "--help")
    assert tuple(re.findall(r"^    ([a-z]+) +\S", told, re.MULTILINE)) == (*COMMANDS, "excel")


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        (
            (),
            "Anna komento. Vaihtoehdot:\n  new     tee kunnalle oman sivuston alku\n  check ",
        ),
        (("--",), "Anna komento. Vaihtoehdot:\n  new     tee kunnalle"),
        (("excel",), "Anna suunta. Vaihtoehdot:\n  export  "),
        (("tarkista",), "Komentoa ”tarkista” ei ole. Tarkoititko ”check”?"),
        (("foo",), "Komentoa ”foo” ei ole. Vaihtoehdot:\n  new     tee kunnalle"),
        (
            ("new", "s", "--nimi", "Konneveden", "uudet", "polut"),
            'Jos se kuuluu edelliseen, kirjoita: --nimi "Konneveden uudet polut".',
        ),
        (("new", "oma", "sivu", "--nimi", "K"), 'kirjoita: "oma sivu". Muuten poista se.\n'),
        (("chekc",), "Komentoa ”chekc” ei ole. Tarkoititko ”check”?"),
        (("build", "--sit"), "Valitsimelta --site puuttuu arvo."),
        (("check", "--p"), "”--p” ei riitä. Vaihtoehdot: --paths, --publish."),
        (("check", "--publish=1"), "Valitsin --publish ei ota arvoa."),
        (("excel", "export"), "Anna myös kuvaus: alue/palvelu, esim. keski-suomi/paikko."),
        (("che'k",), "Komentoa ”che'k” ei ole. Tarkoititko ”check”?"),
        (("check", "--format", "it's"), "”it's” ei käy. Vaihtoehdot: text, json."),
        (("check", "--format", "xml"), "”xml” ei käy. Vaihtoehdot: text, json."),
        (("check", "--julkaise"), "Valitsinta ”--julkaise” ei ole. Tarkoititko ”--publish”?"),
        (("check", "--fromat=json"), "Valitsinta ”--fromat” ei ole. Tarkoititko ”--format”?"),
        (("fmt", "--foo"), "Valitsinta ”--foo” ei ole. Valitsimet: --help, --paths, --check."),
        (("check", "foo"), "”foo” on liikaa. Poista se.\n"),
        (("check", "publish"), "”publish” on liikaa. Tarkoititko ”--publish”?\n"),
        (("serve", "--port", "abc"), "virhe: ”abc” ei ole portti. Anna luku"),
        (("serve", "--port", "70000"), "”70000” ei ole portti."),
    ],
)
def test_a_slip_on_the_command_line_is_told_in_finnish(capsys, slip, words):
    """What is wrong, how to mend it and how the command is given; the content was not read."""
    code, told, complained = said(capsys, *slip)
    assert (code, told) == (2, "")
    usage, fault = re.fullmatch(r"(käyttö: .*)\n(virhe: .*)\n", complained, re.DOTALL).groups()
    assert "palvelupolku" in usage
    assert words in f"{fault}\n"
    assert ENGLISH.findall(re.sub(r"--[a-z]+", "", fault)) == []


def test_the_command_tells_its_version(capsys):
    """Who asks for help says which program it is."""
    assert said(capsys, "--version") == (0, f"palvelupolku {__version__}\n", "")


def test_english_help_is_found(monkeypatch):
    """Control: argparse's own parser speaks English, and the check above sees it."""
    monkeypatch.setattr(cli, "Parser", argparse.ArgumentParser)
    assert ENGLISH.findall(cli._parser().format_help())  # noqa: SLF001 - the parser itself


REFERENCE = ROOT / "docs/komennot.md"
HEAD = """# Komennot

Kirjoita komento päätteeseen oman sivustosi kansiossa. Jos pääte ei löydä ohjelmaa, katso
[Kun jatkat myöhemmin](ota-kayttoon.md#kun-jatkat-myohemmin). Valinnaiset osat ovat hakasuluissa.
Komento `palvelupolku --help` kertoo saman päätteessä. Valitsin `-h` näyttää yhden komennon ohjeen,
esimerkiksi `palvelupolku check -h`.
"""


def commands_told(capsys: pytest.CaptureFixture[str]) -> str:
    """The page of commands, made of what each of them says."""
    parts = [HEAD]
    for command in (*COMMANDS, *EXCEL):
        _, told, _ = said(capsys, *command.split(), "--help")
        usage, words, *lists = told.rstrip().split("\n\n")
        shown = "\n\n".join([usage, *lists])
        parts.append(f"## {command}\n\n{words}\n\n```text\n{shown}\n```\n")
    return "\n".join(parts)


def test_the_guide_shows_every_command_as_it_is(capsys, monkeypatch):
    """The page of commands says what the commands say; `ACCEPT=1` writes it anew."""
    monkeypatch.setenv("COLUMNS", "96")
    told = commands_told(capsys)
    assert "## excel import" in told
    assert "--kunta KUNTA" in told
    assert_accepted(REFERENCE, told)


def test_a_command_that_the_guide_does_not_show_is_noticed(capsys, monkeypatch):
    """Control: an option that was added is not on the page yet."""
    monkeypatch.setenv("COLUMNS", "96")
    describe = author_commands.describe_new

    def with_more(parser: argparse.ArgumentParser) -> None:
        describe(parser)
        parser.add_argument("--uusi", help="uusi valitsin")

    monkeypatch.setattr(author_commands, "describe_new", with_more)
    assert "--uusi" in commands_told(capsys)
    assert "--uusi" not in REFERENCE.read_text("utf-8")


def test_the_readme_names_every_command_and_option(capsys):
    """Whoever reads the README finds each command, its options and the plugin's."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in (*COMMANDS, *EXCEL):
        assert f"palvelupolku {command}" in readme
        _, told, _ = said(capsys, *command.split(), "--help")
        for option in set(re.findall(r"--[a-z-]+", told)) - {"--help"}:
            assert re.search(rf"[ `]{option}[ `]", readme), option
    for key, _ in PalvelupolkuConfig()._schema:  # noqa: SLF001 - MkDocs has no other way
        assert f"`{key}`" in readme


def test_the_readme_or_the_guide_names_every_make_target():
    """Each target of the Makefile is told of."""
    guides = "".join((ROOT / n).read_text("utf-8") for n in ("README.md", "CONTRIBUTING.md"))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):.* ##", makefile, re.MULTILINE))
    assert {"site", "test", "bench"} <= targets <= set(re.findall(r"make ([a-z]+)\b", guides))


def test_the_benchmark_prints_shares():
    """The script that the README names runs, and gives each stage's share of the whole build."""
    assert "`make bench`" in (ROOT / "README.md").read_text("utf-8")
    command = [sys.executable, ROOT / "benchmarks/stages.py", "--copies", "0", "--rounds", "1"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    shares = dict(re.findall(r"^  (\S.*?) {2,}[\d.]+ +(\d+)%$", done.stdout, re.MULTILINE))
    assert list(shares)[:3] == ["read and check", "graph and layout", "pages and data"]
    assert shares["whole mkdocs build"] == "100"
    assert int(shares["all of ours"]) > 0


# The authors' guide


GUIDE = (ROOT / "docs/kirjoita.md").read_text("utf-8")
NAMED = re.compile(r"`([^`\n]+)`")
YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTIONS = {
    "palvelu": "Palvelun kohdat",
    "taydennys": "Palvelun kohdat",
    "alue": "Alueen kohdat",
    "kunta": "Kunnan kohdat",
    "seloste": "Selosteen kohdat",
    "varit": "Värien kohdat",
}


def named(heading: str, item: str = "") -> set[str]:
    """What the guide names below a heading, or in the one item of its lists that starts so."""
    part = re.split(rf"^### {heading}$", GUIDE, flags=re.MULTILINE)[1]
    part = re.split(r"^#", part, flags=re.MULTILINE)[0]
    lines = [line for line in part.splitlines() if line.startswith(f"- {item}")]
    assert lines, item
    return {name for line in lines for name in NAMED.findall(line)}


def place_of(kind: str) -> set[str]:
    """What the guide names of a kind of file, and of every file."""
    everywhere = named("Kohdat, joita on monessa tiedostossa")
    if kind in CATALOGUE:
        return everywhere | named("Luetteloiden kohdat", f"`{kind}.yml`")
    return everywhere | named(SECTIONS[kind])


def values(part: object) -> Iterator[str]:
    """Every word that a schema chooses from."""
    for key, inner in part.items() if isinstance(part, dict) else enumerate(part):
        if key == "enum":
            yield from inner
        elif isinstance(inner, dict | list):
            yield from values(inner)


@pytest.mark.parametrize("kind", [*SECTIONS, *CATALOGUE])
def test_the_guide_names_every_key(schemas, kind):
    """An author finds each key of each kind of file in its own part of the guide."""
    keys = {key.rpartition(".")[2] for key, _ in properties(schemas[kind])}
    assert keys - place_of(kind) == set()
    assert kind != "taydennys" or {"builds_on", "after"} <= keys


@pytest.mark.parametrize("kind", CATALOGUE)
def test_the_guide_tells_what_an_entry_must_have(schemas, kind):
    """What each entry of a list always holds is named before what it may hold besides."""
    (line,) = re.findall(rf"^- `{kind}.yml`: aina (.*), lisäksi ", GUIDE, re.MULTILINE)
    entry = resolved(schemas[kind], entries(schemas[kind]))
    assert NAMED.findall(re.sub(r" \([^)]*\)", "", line)) == entry["required"]


def test_a_key_missing_from_the_guide_is_noticed():
    """Control: a key of another kind of file, or of another list, does not count."""
    assert "builds_on" in place_of("palvelu") - place_of("alue")
    assert "genitive" in place_of("alue") - place_of("palvelu")
    assert "publisher" in place_of("sources") - place_of("laws")
    assert "changed" in place_of("laws") - place_of("sources")


def test_the_guide_names_every_value(schemas):
    """Each word that a key chooses from is named, in every kind of file."""
    chosen = {word for schema in schemas.values() for word in values(schema)}
    assert {"umbrella", "programme", "ended", "return", "inferred"} <= chosen
    assert chosen - {word for name in NAMED.findall(GUIDE) for word in name.split()} == set()


def test_the_guide_tells_certainties_in_the_words_of_the_site():
    """An author finds the word that readers see for each."""
    told = dict(re.findall(r"^\| `([a-z]+)` \| ([^|]+) \|$", GUIDE, re.MULTILINE))
    assert told.items() >= CERTAINTY_NAMES.items()


def test_the_guide_names_every_page():
    """Each address at which the descriptions themselves make a page, beside the regions'."""
    single = (REMARKS, REVIEWS, IDENTIFIERS, NETWORK, UNKNOWN, ACCESSIBILITY, EMBED)
    addresses = {address for address, *_ in (*REFERENCES, *single)}
    below = {"<alue>/", "<alue>/<palvelu>/", "<alue>/<palvelu>/upota/", "toimijat/<tunnus>/"}
    town = "<alue>/kunnat/<kunta>/"
    below |= {"<alue>/kunnat/", "<alue>/kunnat/itsearviointi/", town, f"{town}<palvelu>/"}
    assert (addresses | below) - {*NAMED.findall(GUIDE)} == set()


LISTS = ("actors", "outcomes", "laws", "terms")
"""The lists of the catalogue whose ids the page of ids shows."""


def listed(page: Element) -> set[str]:
    """The ids of the lists' entries; a role, which no page is about, has no link."""
    told = set()
    for name in LISTS:
        for entry in page.one(f"#luettelo-{name}").all("li"):
            (shown,) = (code.text for code in entry.all("code"))
            places = [a.attributes["href"].rstrip("/") for a in entry.all("a")]
            if all(re.search(rf"[/#-]{shown}$", place) for place in places):
                told.add(f"{name} {shown}")
    return told


def unnamed(page: Element, library: Library) -> set[str]:
    """The ids that the page of ids does not show beside a link to what they name."""
    told = listed(page)
    for row in (row for body in page.all("tbody") for row in body.all("tr")):
        service = row.one("th").one("a").attributes["href"].strip("./")
        told |= {service} if row.all("code")[0].text == service.partition("/")[2] else set()
        for step in row.all("li"):
            fragment = step.one("a").attributes["href"].rpartition("#vaihe-")[2]
            told |= {f"{service} {fragment}"} if step.one("code").text == fragment else set()
    steps = {f"{a} {step.id}" for a, s in library.services.items() for step in s.steps}
    entries = {f"{name} {id_}" for name in LISTS for id_ in getattr(library.catalogue, name)}
    return {*library.services, *steps, *entries} - told


def test_an_author_finds_every_id():
    """A service's and a step's in a table of its region, the others' in lists, by their names."""
    files = read_folder(SMALL)
    site, library = build(files, DAY), check(files, DAY).library
    body = site.pages[IDENTIFIERS[0]].body
    assert unnamed(parsed(body), library) == set()
    assert f'href="../{IDENTIFIERS[0]}"' in site.pages["kunnalle/"].body
    lost = body.replace("<code>arvio</code>", "<code>arvoi</code>")
    assert unnamed(parsed(lost), library) == {"koivula/polku arvio"}
    lost = body.replace("<code>kaupunki</code>", "<code>kaupunk</code>")
    assert unnamed(parsed(lost), library) == {"actors kaupunki"}


def examples() -> list[str]:
    """The YAML that the guide shows."""
    return YAML.findall(GUIDE)


def with_example(files: dict[str, bytes], **written: str) -> Service:
    """The example of the guide among the real descriptions, which must have no error in it."""
    own = {f"{folder.replace('_', '-')}/koivulan-paja.yml": t for folder, t in written.items()}
    reading = check({**files, **{name: text.encode() for name, text in own.items()}}, DAY)
    assert [str(error) for error in reading.errors if error.file in own] == []
    unclear = [str(p) for p in reading.warnings if p.file in own and p.rule == "passive"]
    assert unclear == [], "the guide does as it says"
    return reading.library.services["keski-suomi/koivulan-paja"]


@pytest.mark.parametrize("guide", ["kirjoita", "ota-kayttoon"])
def test_the_guide_lays_its_examples_as_fmt_does(guide):
    """What an author copies from a guide stays as it is when `fmt` goes over the file."""
    text = (ROOT / f"docs/{guide}.md").read_text("utf-8")
    shown = [f"services:\n{part}" if part[0] == "-" else part for part in YAML.findall(text)]
    assert len(shown) > 3
    assert [canonical("esimerkki.yml", part.encode()).decode() for part in shown] == shown


def test_the_whole_examples_of_the_guide_hold(files):
    """The shortest path as it stands; then as a shared one, and the region's own laid over it."""
    alone, own = (text for text in examples() if "\nsteps:" in text)
    assert [step.id for step in with_example(files, keski_suomi=alone).steps] == ["alku", "arvio"]
    found = with_example(files, yhteiset=alone, keski_suomi=own)
    assert found.name.fi == "Koivulan paja"
    assert found.summary.fi == "Sama palvelu Keski-Suomessa."
    assert [step.id for step in found.steps] == ["alku", "arvio", "tutustuminen"]
    ways = [(c.step or c.service or c.outcome, str(c.condition)) for c in found.steps[1].choices]
    assert ways == [
        ("avoin-tyo", "saat palkkatyön"),
        ("valtakunnalliset/tyollisyyspalvelut", "muu palvelu sopii paremmin"),
        ("tutustuminen", "haluat ensin nähdä paikan"),
    ]


TOWN = "keski-suomi/kunnat/keuruu.yml"


def found_in(files: dict[str, bytes], name: str) -> list[Problem]:
    """Every problem of one file."""
    return [problem for problem in check(files, DAY).problems if problem.file == name]


def test_the_parts_shown_in_the_guide_hold(files):
    """Each shorter example fits in a description or a region among the real files."""
    alone = next(text for text in examples() if "\nsteps:" in text)
    region = "name: Koe\ngenitive: Kokeen\nsummary: Alue.\n"
    parts = [text for text in examples() if "\nsteps:" not in text]
    shown: set[str] = set()
    for text in parts:
        (*keys,) = parse("esimerkki.yml", text.encode()).data
        shown |= {*keys}
        if keys == ["plugins"]:
            (plugin,) = yaml.safe_load(text)["plugins"]
            assert {*plugin["palvelupolku"]} <= {key for key, _ in PalvelupolkuConfig()._schema}  # noqa: SLF001 - as above
        elif {*keys} <= {*Statement.model_fields}:
            reading = check({**files, STATEMENT: text.encode()}, DAY)
            assert [str(p) for p in reading.errors if p.file == STATEMENT] == []
        elif {*keys} == {*Supplement.model_fields}:
            own = found_in({**files, TOWN: text.encode()}, TOWN)
            assert {problem.rule for problem in own} == {"not-mirrored", "not-reviewed"}
        elif {*keys} <= {*Region.model_fields}:
            place = "keski-suomi/region.yml"
            reading = check({**files, place: (region + text).encode()}, DAY)
            own = [p for p in reading.errors if p.file == place]
            assert [str(error) for error in own] == []
        else:
            card = alone.partition("steps:")[0]
            below = {"onward": card, "review": card.replace(REVIEW, "")}
            with_example(files, keski_suomi=below.get(keys[0], alone) + text)
    assert shown >= {
        "audience",
        "onward",
        "parts",
        "roles",
        "areas",
        "municipalities",
        "services",
        "plugins",
        "method",
    }
