"""An editor helps an author in Finnish: slips underlined, words offered, each key explained."""

import shutil
from collections.abc import Iterator

import pytest

from commands import ROOT
from editing import Editor, editor

SERVICE = "paths/keski-suomi/paikko.yml"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, site) -> Iterator[Editor]:
    """This repository's settings and the schemas as its site publishes them."""
    folder = tmp_path_factory.mktemp("editor")
    shutil.copytree(ROOT / ".vscode", folder / ".vscode", symlinks=False)
    for name, content in site.files.items():
        if name.endswith(".schema.json"):
            (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "site" / name).write_bytes(content)
    with editor(folder) as ready:
        yield ready


def text_of(name: str) -> str:
    """A description of this repository."""
    return (ROOT / name).read_text("utf-8")


def line_of(text: str, part: str) -> int:
    """The first line that holds a text, counted from 1."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_no_description_is_underlined(opened: Editor):
    """Every file of `paths/` is found a schema, and holds."""
    files = sorted((ROOT / "paths").rglob("*.yml"))
    names = [path.relative_to(ROOT).as_posix() for path in files]
    assert {name: told for name in names if (told := opened.open(name, text_of(name)))} == {}
    assert len(names) > 40


@pytest.mark.parametrize(
    "name",
    [
        SERVICE, "paths/keski-suomi/kuntouttava-tyotoiminta.yml", "paths/yhteiset/oikeudet.yml",
        "paths/keski-suomi/region.yml", "paths/keski-suomi/kunnat/laukaa.yml", "paths/seloste.yml",
        "paths/catalogue/terms.yml", "paths/varit.yml",
    ],
)  # fmt: skip
def test_a_misspelt_key_is_underlined(opened: Editor, name: str):
    """Control: in each kind of file a key that nobody knows is told at its own line."""
    own = "light:\n  link: '#0b4f94'\n" if name == "paths/varit.yml" else text_of(name)
    text = own.rstrip("\n") + "\ntuntematon: jotain\n"
    told = opened.open(name, text)
    assert line_of(text, "tuntematon") in {line for line, _ in told}, told


def test_a_wrong_word_is_underlined(opened: Editor):
    """A word that a key does not know, at its line."""
    text = text_of(SERVICE).replace("nature: working-method", "nature: tyomenetelma")
    assert [line for line, _ in opened.open(SERVICE, text)] == [line_of(text, "nature:")]


def test_a_key_explains_itself_in_finnish(opened: Editor):
    """The name and the sentence of a key, also deep in a file and in what builds on another."""
    text = text_of(SERVICE)
    opened.open(SERVICE, text)
    told = opened.hover(SERVICE, line_of(text, "stage:"), 2)
    assert "Kartan sarake" in told
    assert "Sarake alueen kartalla." in told
    name = "paths/keski-suomi/kuntouttava-tyotoiminta.yml"
    opened.open(name, text_of(name))
    place = line_of(text_of(name), "certainty:")
    assert "Varmuus." in opened.hover(name, place, 5)


def test_keys_and_words_are_offered(opened: Editor):
    """At an empty line the keys, after a key its words."""
    text = text_of(SERVICE).replace("stage: activity", "stage: ")
    opened.open(SERVICE, text + "\n")
    line = line_of(text, "stage:")
    assert {"guidance", "activity"} <= {*opened.completions(SERVICE, line, len("stage: ") + 1)}
    end = len(text.splitlines()) + 1
    assert {"goals", "parts"} <= {*opened.completions(SERVICE, end, 1)}
