"""What the form finds and writes, of its scripts without a page: as the program does."""

import json
import subprocess
from textwrap import wrap
from typing import Any

import pytest

from commands import ROOT
from conftest import DAY
from palvelupolku.build import check
from palvelupolku.folder import read_folder
from palvelupolku.form import SCRIPTS
from palvelupolku.pairing import paired
from test_javascript import BIN

PURE = ("vendor/yaml", "form-data", "form-yaml", "form-pairing", "form-merge", "form-checks",
        "form-flow", "form-versions", "form-steps")  # fmt: skip
"""The scripts that know no page."""
LOAD = """
const [fs, vm] = [require("fs"), require("vm")];
const { scripts, expression, given } = JSON.parse(fs.readFileSync(0, "utf8"));
for (const script of scripts) vm.runInThisContext(fs.readFileSync(script, "utf8"));
console.log(JSON.stringify(vm.runInThisContext(expression)(given)));
"""


def run(expression: str, given: object) -> Any:
    """What a function of the form's scripts gives for some data."""
    scripts = [name for name in SCRIPTS if name.removesuffix(".js") in PURE]
    assert len(scripts) == len(PURE)
    paths = [str(ROOT / "templates/assets" / name) for name in scripts]
    told = json.dumps({"scripts": paths, "expression": expression, "given": given})
    done = subprocess.run(
        [BIN / "node", "-e", LOAD], input=told, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


LONG = "Kunta järjestää palvelun yhdessä hyvinvointialueen kanssa, ja siihen hakeudutaan itse. "
PAIRS: dict[str, tuple[list[Any], list[Any]]] = {
    "moved": ([{"id": "a"}, {"id": "b"}], [{"id": "b", "name": "B"}, {"id": "a"}]),
    "taken by its owner": (
        [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        [{"id": "x", "name": "X"}, {"id": "a", "name": "AA"}],
    ),
    "choices": (
        [{"step": "b", "condition": "1"}, {"step": "c"}, {"outcome": "t", "condition": "3"}],
        [{"step": "c"}, {"outcome": "t", "condition": "muu"}],
    ),
    "another name": ([{"id": "a", "name": "A"}, {"id": "b"}], [{"id": "c", "name": "A"}]),
    "versions": (
        [{"id": "a", "valid_to": "2025-12-31"}, {"id": "a", "valid_from": "2026-01-01"}],
        [{"id": "a", "valid_from": "2026-01-01", "name": "A"}],
    ),
    "laws": ([{"law": "a", "text": "A"}, {"law": "b"}], [{"law": "c", "text": "C"}, {"law": "b"}]),
    "claims": (
        [{"text": "Palvelu on maksuton."}, {"text": "Matkat korvataan aina."}],
        [{"text": "Matkat korvataan joskus."}, {"text": "Uusi väite."}],
    ),
    "the most alike": (["aaaaab", "aaaabb"], ["aaabbb", "aaaabc", "ei"]),
    "as many left": (["yksi", "kolme"], ["ÄÄÄ", "kuusi"]),
    "long": ([LONG * 3, "x" + LONG * 3], [LONG * 2 + "Uusi loppu.", LONG * 3 + "Lisää."]),
    "long and other": ([LONG * 4], ["Muuta. " * 40, LONG[::-1] * 3]),
    "signs beyond": (["\U0001f600 iloa ja työtä"], ["iloa ja työtä", "\U0001f600"]),
    "nothing": ([], [{}, "", []]),
    "empty": ([{}, ""], ["", "a"]),
}


def test_the_form_pairs_items_as_a_workbook_does():
    """Each new item continues the same old one in both, so that comments go to one place."""
    expected = {name: paired(old, new) for name, (old, new) in PAIRS.items()}
    each = "(all) => Object.fromEntries(Object.entries(all).map("
    told = run(each + "([name, [old, now]]) => [name, paired(old, now)]))", PAIRS)
    assert told == expected
    # Control: were every text alike, what is paired by words would differ.
    words = run(
        "(all) => { likeness = () => 1;"
        f" return ({each}([name, [old, now]]) => [name, paired(old, now)])))(all) }}",
        PAIRS,
    )
    assert words != expected


STEPS = """\
steps:
# Ensin sovitaan aika.

# Numero on sivulla.
- id: a
  name: A
  choices:
  # Pois ehkä pian.
  - step: b
    condition: "vanha: ehto"
  # Kysytty asiakkailta.
  - step: c
    condition: >-
      Tämä ehto on kirjoitettu
      monelle riville.
  # Kolmas.
  - outcome: t
    condition: kolme
# Toinen vaihe.
- id: b
  name:
    # Suomeksi.
    fi: B
    # Ruotsiksi.
    sv: B
"""
THIRD = STEPS.replace('  # Pois ehkä pian.\n  - step: b\n    condition: "vanha: ehto"\n', "")
FIRST = STEPS.partition("# Ensin")[2].partition("# Toinen")[0]
CHANGES = (
    ("data.steps[0].choices.shift()", THIRD),
    (
        "data.steps[0].choices.shift(); data.steps[0].choices[1].condition = 'muu'",
        THIRD.replace(": kolme", ": muu"),
    ),
    ("data.steps.shift()", STEPS.replace(f"# Ensin{FIRST}", "")),
    ("data.steps.unshift({id: 'x'})", STEPS.replace("steps:\n", "steps:\n- id: x\n")),
    (
        "data.steps[0] = {id: 'x', name: 'X'}",
        STEPS.replace(f"# Ensin{FIRST}", "- id: x\n  name: X\n"),
    ),
    (
        "delete data.steps[1].name.fi",
        STEPS.replace("    # Suomeksi.\n    fi: B\n", ""),
    ),
)


@pytest.mark.parametrize(("change", "after"), CHANGES)
def test_a_comment_goes_where_its_own_part_goes(change: str, after: str):
    """A part that is deleted takes its comments along; another one neither gets nor loses any."""

    assert changed(STEPS, change) == after


def changed(text: str, change: str) -> str:
    """A file that a form has opened, changed and saved."""
    opened, saved = (
        "const { document, data } = readYaml(text)",
        "writeYaml(document, data, () => 0)",
    )
    return run(f"(text) => {{ {opened}; {change}; return {saved} }}", text)


BESIDE = """\
name: A # Nimi.
steps: # Kaikki vaiheet.
# Ensimmäinen.
- id: a # Tunnus.
  name: # Kaksi kieltä.
    # Suomeksi.
    fi: A
    sv: A # Ruotsiksi.
  laws: # Pykälät.
  - law: x # Laki.
    section: 1 §
  - # Kohdan alussa.
    law: y
# Välissä.
- id: b
  client: >- # Teksti.
    Kerro.
  sources: # Lähteet.
  - s
"""
KEPT = BESIDE.replace("  - # Kohdan alussa.\n    law: y", "  # Kohdan alussa.\n  - law: y")
ENDING = KEPT.partition("# Välissä.")[2]
LONGER = "Kerro työntekijälle, mitä haluat ja mitä et halua, ja kysy kaikki, mitä et vielä tiedä."


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("data.about = 'x'", KEPT + "about: x\n"),
        ("data.steps[0].name.sv = 'B'", KEPT.replace("sv: A", "sv: B")),
        (
            "data.steps.shift()",
            f"name: A # Nimi.\nsteps: # Kaikki vaiheet.\n# Välissä.{ENDING}",
        ),
        (
            "data.steps[0].laws.shift()",
            KEPT.replace("  - law: x # Laki.\n    section: 1 §\n", ""),
        ),
        (
            "delete data.steps[0].name.fi",
            KEPT.replace("    # Suomeksi.\n    fi: A\n", ""),
        ),
        (
            "data.steps[0].name = 'A'",
            KEPT.replace("    # Suomeksi.\n    fi: A\n    sv: A # Ruotsiksi.\n", "    A\n").replace(
                "  name: #", "  # Suomeksi.\n  name: #"
            ),
        ),
        (
            "data.name = {fi: 'A', sv: 'B'}",
            KEPT.replace("name: A # Nimi.", "name:\n  fi: A # Nimi.\n  sv: B", 1),
        ),
        ("data.steps[1].sources = ['t']", KEPT.replace("- s\n", "- t\n")),
        (
            f"data.steps[1].client = '{LONGER}'",
            KEPT.replace("    Kerro.", "    {}\n    {}".format(*wrap(LONGER, 76))),
        ),
        (
            f"data.name = '{LONGER}'",
            KEPT.replace("A # Nimi.", ">- # Nimi.\n  {}\n  {}".format(*wrap(LONGER, 76)), 1),
        ),
    ],
)
def test_a_comment_beside_a_key_stays_there(change: str, after: str):
    """It is of the whole, whatever becomes of the first part below; in a text it would be text."""
    assert changed(BESIDE, change) == after
    # Control: what is saved is saved again as it is.
    assert changed(after, "data") == after


@pytest.mark.parametrize("below", ["", "# Lopuksi.\n"])
@pytest.mark.parametrize(("filled", "rows"), [("[{id: 'a'}]", "- id: a"), ("{fi: 'a'}", "  fi: a")])
def test_a_comment_beside_an_empty_key_stays_when_it_is_filled(below: str, filled: str, rows: str):
    """A list or a map that comes below a key takes nothing of it, nor what stands on rows below."""
    first = f"  {below}" if below and rows.startswith(" ") else below
    after = f"name: A\nsteps: # Täytä nämä.\n{first}{rows}\n"
    assert changed(f"name: A\nsteps: # Täytä nämä.\n{below}", f"data.steps = {filled}") == after
    assert changed(after, "data") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("texts:\n- # Miksi.\n  fi: A\n  sv: B\n", "texts:\n# Miksi.\n- A\n"),
        ("texts:\n- fi: # Miksi.\n    A\n  sv: B\n", "texts:\n# Miksi.\n- A\n"),
        ("texts:\n  fi: # Miksi.\n    A\n  sv: B\n", "# Miksi.\ntexts: A\n"),
        ("texts:\n  fi: A # Miksi.\n  sv: B\n", "texts: A # Miksi.\n"),
        ("texts:\n  # Ruotsiksi.\n  sv: B\n  # Miksi.\n  fi: A\n", "# Miksi.\ntexts: A\n"),
    ],
)
def test_a_comment_of_the_finnish_text_stays_when_it_is_left_alone(before: str, after: str):
    """Above it or beside its key, and in a list too; those of the other languages go with them."""
    alone = "data.texts = Array.isArray(data.texts) ? ['A'] : 'A'"
    assert changed(before, alone) == after
    assert changed(after, "data") == after


LAWS = """\
# Kunnan lait.

# Luettu keväällä.
laki-a: # Uusi.
  name: A
  number: 1/2020
# Vanha.
laki-b:
  name: B
"""
OTHERS = f"# Kunnan lait.\n\n# Vanha.{LAWS.partition('# Vanha.')[2]}"


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("data['laki-a'].name = 'C'", LAWS.replace("name: A", "name: C")),
        ("delete data['laki-a']", OTHERS),
        (
            "data['laki-c'] = data['laki-a']; delete data['laki-a']",
            f"{OTHERS}laki-c:\n  name: A\n  number: 1/2020\n",
        ),
    ],
)
def test_a_catalogue_keeps_its_comments_as_the_guide_says(change: str, after: str):
    """Those of an id go with it; what stands apart at the top of the file is of the whole file."""
    assert changed(LAWS, change) == after


TOLD = """([kind, text]) => {
  const told = [];
  pathFaults(readYaml(text).data, kind === "palvelu", (at, rule) => told.push([at, rule]));
  return told;
}"""
BAD = "koivula/polku.yml"
RETURNS = (ROOT / "tests/broken/choices-without-conditions.yml").read_text("utf-8")
RETURNS = RETURNS.replace(
    "  - step: loppu\n- id", "  - step: loppu\n    condition: et halua\n- id", 1
)
ALKU = RETURNS.partition("steps:\n")[2].partition("- id: arvio")[0].replace("kind: start\n  ", "")
RETURNS = RETURNS.replace(
    "  - step: loppu\n- id: loppu",
    "  - step: loppu\n    condition: olet valmis\n"
    "  - step: alku\n    kind: return\n    condition: mieli muuttuu\n- id: loppu",
)


def test_of_a_way_to_a_doubled_step_nothing_is_told():
    """Nobody knows which of the two it leads to: the form is as silent of it as the program."""
    project = read_folder(ROOT / "tests/project")
    for text, rules in ((RETURNS, set()), (RETURNS + ALKU, {"duplicate-id", "unmarked-loop"})):
        problems = check(project | {BAD: text.encode()}, DAY).problems
        assert {problem.rule for problem in problems if problem.severity == "error"} == rules
        assert {rule for _, rule in run(TOLD, ["palvelu", text])} == rules
    # Control: the one step that is left leads on, so the return to it is none.
    alone = RETURNS.replace("id: alku", "id: ensin", 1) + ALKU
    assert "not-a-return" in {rule for _, rule in run(TOLD, ["palvelu", alone])}


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("valid_to: 2024-12-31", "valid_from: 2027-01-01", []),
        ("name: A", "valid_from: 2027-01-01", []),
        ("name: A", "name: B", [["root.steps.1.id", "duplicate-id"]]),
    ],
)
def test_an_overlay_may_change_any_versions_of_a_step(first: str, second: str, told: list[Any]):
    """Changes to versions that are not next to each other are right; two to one are not."""
    text = f"builds_on:\n- a\nsteps:\n- id: a\n  {first}\n- id: a\n  {second}\n"
    assert run(TOLD, ["taydennys", text]) == told


def test_a_version_is_held_against_the_one_that_lasts_the_longest():
    """One that always holds leaves no gap before a later one, and stands beside each of them."""
    days = ("  valid_from: 2026-01-01\n  valid_to: 2026-12-31\n", "  valid_from: 2028-01-01\n")
    text = RETURNS + "".join(ALKU.replace("\n", f"\n{dated}", 1) for dated in days)
    project = read_folder(ROOT / "tests/project")
    problems = check(project | {BAD: text.encode()}, DAY).problems
    row = text.splitlines().index("- id: alku") + 1
    told = [p.message for p in problems if p.rule in {"gap", "duplicate-id"}]
    assert told == [f"Vaihe ”alku” on jo rivillä {row}."] * 2
    rules = [rule for _, rule in run(TOLD, ["palvelu", text]) if rule in {"gap", "duplicate-id"}]
    assert rules == ["duplicate-id", "duplicate-id"]
