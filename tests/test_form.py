"""The form page: a description opens, faults are told in Finnish, and it is saved as fmt has it."""

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsing import reader
from commands import ROOT
from conftest import DAY
from palvelupolku.build import check
from palvelupolku.called import as_id
from palvelupolku.canonical import canonical
from palvelupolku.cells import as_filled
from palvelupolku.fields import Location
from palvelupolku.folder import read_folder
from palvelupolku.form import SCRIPTS, ids_for_fields
from palvelupolku.places import kind_of
from palvelupolku.rewriting import rewritten
from palvelupolku.schemas import KINDS
from palvelupolku.starting import start, starter
from palvelupolku.yamltext import Document, parse
from test_axe import everywhere, violations
from test_javascript import BIN

FORM = "kirjoita/lomake/"
PATH = "keski-suomi/palvelupolku.yml"
BROKEN, BAD = Path(__file__).parent / "broken", "koivula/polku.yml"
"""Descriptions with a fault, each in place of that one of the small project beside them."""
ANEW = "form.editor !== window.before && form.saved !== ''"
"""Whether the form has come since a file was given."""
MODULES = ROOT / "tests/node_modules"
VENDOR = ROOT / "templates/assets/vendor"


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """The addresses that the form's window has asked for."""
    return []


@pytest.fixture(scope="module")
def said() -> list[str]:
    """What the window has complained of."""
    return []


@pytest.fixture(scope="module")
def questions() -> list[str]:
    """What the form has asked its author to confirm; the answer is always yes."""
    return []


@pytest.fixture(scope="module")
def form(
    browser: Browser, address: str, asked: list[str], said: list[str], questions: list[str]
) -> Iterator[Page]:
    """The form in a window of its own, which all tests use in turn."""
    context = reader(browser)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (questions.append(dialog.message), dialog.accept()))
    page.goto(address + FORM)
    yield page
    context.close()


def given(page: Page, name: str, content: bytes) -> None:
    """Give the form a file, and wait for what it says of it."""
    file = {"name": Path(name).name, "mimeType": "application/yaml", "buffer": content}
    page.evaluate("() => { window.before = form.editor }")
    page.set_input_files("[data-pp-form-file]", [file])
    page.wait_for_function(
        "() => document.querySelector('[data-pp-form-refused]:not([hidden]),"
        f" [data-pp-form-ask]:not([hidden])') || {ANEW}"
    )


def opened(page: Page, name: str, content: bytes) -> None:
    """Open a file in the form; where the form asks of its kind, answer by its folder."""
    given(page, name, content)
    if page.locator("[data-pp-form-ask]").is_visible():
        kind = kind_of(name, parse(name, content).data)
        page.locator(f"[data-pp-form-as={kind}]").click()
        page.wait_for_function(f"() => {ANEW}")


def begun(page: Page) -> None:
    """Begin the kind that is chosen from nothing, and wait until it is there."""
    page.evaluate("() => { window.before = form.editor }")
    page.get_by_role("button", name="Aloita tyhjästä").click()
    page.wait_for_function(f"() => {ANEW}")


def saved(page: Page) -> bytes:
    """The file that the button gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Tallenna tiedosto").click()
    return Path(download.value.path()).read_bytes()


def faults(page: Page) -> list[str]:
    """What the list above the form tells."""
    return page.locator("[data-pp-form-faults] li").all_inner_texts()


def test_every_description_is_saved_as_it_was(
    form: Page, files: dict[str, bytes], said: list[str], questions: list[str]
):
    """Each file of `paths/`, opened and saved: the same bytes, no fault, its kind, no question."""
    for name, content in files.items():
        opened(form, name, content)
        kind = form.evaluate("form.kind")
        assert faults(form) == [], name
        assert form.evaluate("fileText()").encode() == content, name
        assert kind == kind_of(name, parse(name, content).data), name
    assert saved(form) == content
    assert said == questions == []


AS_WRITTEN = """\
name: |
  Paja

nature: "neighbour"
stage: 'activity'
summary: >
  Teet töitä
  omaan tahtiin.
about:
- text: |-
    Ensin  \n    toinen rivi.

    - kohta
  certainty: unknown
- text: "yes"
  certainty: unknown
- text: ' välit  '
  certainty: unknown
- text: >-
    Yksi
    kaksi
  certainty: unknown

# Huomautus.
keywords:
- |
  091
review:
  sources_seen: 2026-11-01
"""


def test_texts_stay_as_their_author_wrote_them(form: Page):
    """Blocks, quotes, blank lines and blanks inside texts: what is opened is saved, as fmt does."""
    assert canonical("paja.yml", AS_WRITTEN.encode()) == AS_WRITTEN.encode()
    opened(form, "paja.yml", AS_WRITTEN.encode())
    assert saved(form).decode() == AS_WRITTEN
    form.locator('[id="root[about][1][text]"]').evaluate(
        "field => { field.value = 'Uusi'; field.dispatchEvent(new Event('change')) }"
    )
    assert saved(form).decode() == AS_WRITTEN.replace('"yes"', "Uusi")
    loose = AS_WRITTEN.replace('neighbour"', 'neighbour"  ').replace("autus.", "autus.  ")
    opened(form, "paja.yml", loose.encode())
    assert saved(form).decode() == AS_WRITTEN


def test_changes_that_no_file_has_are_not_left_without_asking(
    form: Page, files: dict[str, bytes], questions: list[str]
):
    """What is as it was opened or saved goes in silence; what has changed since, on a yes."""
    name = form.locator('[id="root[name]"]')
    questions.clear()
    opened(form, PATH, files[PATH])
    name.fill("Uusi nimi")
    name.blur()
    saved(form)
    opened(form, PATH, files[PATH])
    assert questions == []
    name.fill("Uusi nimi")
    name.blur()
    opened(form, PATH, files[PATH])
    assert questions == [
        "Lomakkeessa on muutoksia, joita et ole tallentanut. Avataanko toinen tiedosto?"
    ]
    questions.clear()


ASKED = "Palvelu: alueen kansiossa|Yhteinen kuvaus: kansiossa yhteiset"
UNFINISHED = (
    (b"name: Paja\n", ASKED),
    (
        b"review:\n  state: draft\n",
        f"{ASKED}|Kunnan täydennys: kansiossa kunnat",
    ),
    (b"name: Paja\nreview:\n  state: draft\n", "palvelu"),
    (b"builds_on:\n- oikeudet\n", "taydennys"),
    (b"steps:\n- id: alku\n  after: loppu\n", "taydennys"),
    (b"services:\n- service: paja\n", "kunta"),
)


@pytest.mark.parametrize(("content", "told"), UNFINISHED)
def test_what_no_content_tells_is_asked(form: Page, content: bytes, told: str):
    """An own service without a review is not taken for a shared one: the author says which."""
    given(form, "paja.yml", content)
    asked = form.locator("[data-pp-form-ask]")
    if asked.is_hidden():
        assert form.evaluate("form.kind") == told
        return
    expect(asked).to_be_focused()
    assert violations(form) == []
    assert asked.get_by_role("button").all_inner_texts() == told.split("|")
    for kind in ("palvelu", "taydennys"):
        given(form, "paja.yml", content)
        form.locator(f"[data-pp-form-as={kind}]").click()
        form.wait_for_function(f"() => {ANEW}")
        assert form.evaluate("form.kind") == kind
        assert saved(form) == content


def test_the_advice_in_a_starter_stays(form: Page, files: dict[str, bytes]):
    """A municipality's first files are full of comments: saved, they are as fmt has them."""
    reading = check(files, DAY)
    own = starter(reading, start(reading, "keski-suomi", "laukaa", None), DAY)
    shown = 0
    for name, content in own.items():
        if name.startswith("paths/"):
            opened(form, name, content)
            laid = canonical(name, content)
            assert form.evaluate("fileText()").encode() == laid, name
            shown += laid.count(b"#")
    assert shown > 20


def test_what_is_written_anew_is_as_the_program_writes_it(form: Page, files: dict[str, bytes]):
    """The same data gives the same bytes in the form and from a workbook, and fmt changes none."""
    for name, content in files.items():
        data = as_filled(parse(name, content).data)
        kind = kind_of(name, data)
        anew = rewritten(name, kind, data, None)
        written = form.evaluate(
            "([kind, data]) => { const lost = [], shape = FORM_SCHEMAS[kind];"
            " const value = toForm(shape, data, lost); if (lost.length) throw new Error(lost);"
            " return writeYaml(emptyYaml(), fromForm(shape, value),"
            " (key) => plainKeys(shape).has(key)) }",
            [kind, data],
        )
        assert written.encode() == anew == canonical(name, anew), name


HOSTILE = (
    "a: b", "- a", "# a", "a #b", "'a'", '"a"', "{a}", "[a]", "&a", "*a", "!a", "|", ">", "%a",
    "@a", "`a`", "? a", ":", "a:", "091", "1e3", "true", "null", "~", "0x1f", "2026-01-31",
    "12:30", "-", "---", "...", "=1+1", "yes", "a\n\n- b\n- c", "a\\nb", "ä — ”ö” …",
    "\U0001f600 iloa", "a  b", f"{'pitkä teksti ' * 12}loppu", f"x: {'a' * 90}",
    f"{'a  b ' * 20}c", "#" * 90, f"- {'a b ' * 30}c",
)  # fmt: skip


def test_any_text_comes_back(form: Page):
    """Texts that YAML would take for something else are read by the program as they were typed."""
    for text in HOSTILE:
        written = form.evaluate("(text) => writeYaml(emptyYaml(), {name: text}, () => false)", text)
        assert parse("a.yml", written.encode()).data == {"name": text}
        assert canonical("a.yml", written.encode()) == written.encode(), text


def test_a_change_in_a_field_is_a_change_of_its_line(form: Page, files: dict[str, bytes]):
    """One field changed: one line differs, comments stay, and fmt has nothing to do."""
    lines = files[PATH].decode().replace("steps:\n", "# Vaiheet alkavat.\nsteps:\n", 1)
    opened(form, PATH, lines.encode())
    field = form.locator('[id="root[name]"]')
    field.fill("Uusi nimi")
    field.blur()
    now = saved(form).decode()
    gone = [line for line in lines.splitlines() if line not in now.splitlines()]
    assert len(gone) == 1, gone
    assert "  fi: Uusi nimi\n" in now
    assert "# Vaiheet alkavat.\nsteps:\n" in now
    assert canonical(PATH, now.encode()) == now.encode()


def test_a_description_is_made_from_nothing_by_keyboard(form: Page):
    """Tab and keys alone: a kind is chosen, fields are filled, and a step is added."""
    form.get_by_label("Mitä kirjoitat?").focus()
    form.keyboard.press("Home")
    form.keyboard.press("Tab")
    form.evaluate("() => { window.before = form.editor }")
    form.keyboard.press("Enter")
    form.wait_for_function(f"() => {ANEW} && form.kind === 'palvelu'")
    expect(form.get_by_role("heading", name="Tarkistus ja tallennus")).to_be_focused()
    form.locator('[id="root[name]"]').focus()
    form.keyboard.type("Paja")
    form.keyboard.press("Tab")
    form.keyboard.type("laki")
    form.keyboard.press("Tab")
    form.keyboard.type("toim")
    form.keyboard.press("Tab")
    form.keyboard.type("Teet töitä.")
    form.keyboard.press("Tab")
    summary = form.locator("summary", has_text="Lisää tai poista kohtia: Palvelu").last
    summary.focus()
    form.keyboard.press("Enter")
    form.get_by_role("button", name="Lisää: Vaiheet", exact=True).focus()
    form.keyboard.press("Enter")
    assert form.evaluate("document.activeElement.id") == "root[steps][0][id]"
    form.keyboard.type("alku")
    form.keyboard.press("Tab")
    data = parse("a.yml", form.evaluate("fileText()").encode()).data
    assert data == {
        "name": "Paja", "nature": "statutory-service", "stage": "activity",
        "summary": "Teet töitä.", "steps": [{"id": "alku"}],
    }  # fmt: skip
    expect(form.locator("[data-pp-form-steps]")).to_have_text(re.compile("^alku"))


def test_what_is_added_is_open_and_asks_for_nothing_unseen(form: Page):
    """Every step and choice that is added has the focus in its first field."""
    opened(form, "paja.yml", b"name: Paja\nsteps:\n- id: alku\nreview:\n  state: draft\n")
    form.get_by_role("button", name="Lisää: Vaihe", exact=True).click()
    expect(form.locator('[id="root[steps][1][id]"]')).to_be_focused()
    for number in range(2):
        form.get_by_role("button", name="Lisää: Vaihtoehto", exact=True).last.click()
        field = f"root[steps][1][choices][{number}][step]"
        expect(form.locator(f'[id="{field}"]')).to_be_focused()
    form.locator("[data-pp-form-faults]", has_text="Vaihtoehto 2").wait_for()
    told = [fault for fault in faults(form) if fault.startswith("Vaihe 2")]
    assert "Vaihe 2, Mitä asiakas tekee: Täytä tämä kohta." in told
    assert not [fault for fault in told if "Kesto" in fault], told


def test_a_heading_tells_what_is_filled_in(form: Page):
    """Its name, or else its id: of a service, of a shared step, of what a choice leads to."""
    services = "services:\n- service: tyopaja\n  text: On.\n- service: paikko\n  name: Oma\n"
    steps = "steps:\n- id: arvio\n  choices:\n  - step: oma\n- id: oma\n  name: Meillä\n"
    for name, text, told in (
        ("keski-suomi/kunnat/laukaa.yml", services, ["Palvelu 1: tyopaja", "Palvelu 2: Oma"]),
        (
            "yhteiset/paja.yml",
            f"name: P\n{steps}",
            ["Vaihe 1: arvio", "Vaihtoehto 1: oma", "Vaihe 2: Meillä"],
        ),
    ):
        opened(form, name, text.encode())
        headings = form.locator(".je-header > span").all_text_contents()
        assert [heading for heading in headings if re.search(r" \d", heading)] == told


def test_a_day_may_be_written_as_people_write_it(form: Page):
    """A day with full stops becomes the day that files have; what is no day stays and is told."""
    opened(form, "paja.yml", b"name: Paja\nreview:\n  sources_seen: 2026-01-31\n")
    field = form.locator('[id="root[review][sources_seen]"]')
    for typed, kept in (("5.11.2026", "2026-11-05"), ("32.13.2026", "2026-13-32"), ("ei", "ei")):
        field.fill(typed)
        field.blur()
        expect(field).to_have_value(kept)
    form.locator("[data-pp-form-faults]", has_text="Kirjoita päivä näin").wait_for()


NAMES = (
    "Äänekosken keittiöpaja",
    "Keittiöpaja.yml",
    "paja (1).yml",
    "2. työpaja – uusi!",
    "a" * 70,
)


def test_a_file_has_a_right_name_and_is_told_its_folder(form: Page, files: dict[str, bytes]):
    """A name is as the program writes ids; the folder is one where the program takes the kind."""
    for given in NAMES:
        stem = as_id(given.removesuffix(".yml").removesuffix(" (1)"))[:64]
        assert form.evaluate("given => fileName('palvelu', given)", given) == f"{stem}.yml"
    assert form.evaluate("fileName('palvelu', 'Laws')") == "oma-laws.yml"
    name, place = form.locator("[data-pp-form-name]"), form.locator("[data-pp-form-place]")
    opened(form, PATH, files[PATH])
    expect(name).to_have_value("palvelupolku.yml")
    expect(place).to_contain_text("paths/")
    for kind in KINDS:
        form.get_by_label("Mitä kirjoitat?").select_option(kind)
        begun(form)
        if kind == "kunta":
            expect(place).to_contain_text("kunnan nimellä")
            for given in ("", "###"):
                name.fill(given)
                form.get_by_role("button", name="Tallenna tiedosto").click()
                expect(name).to_have_accessible_description("Anna ensin tiedoston nimi.")
            name.fill("Äänekoski")
            name.blur()
            expect(name).to_have_accessible_description("")
            expect(place).to_have_text("kansioon paths/keski-suomi/kunnat/")
        folder = place.locator("code").inner_text().removeprefix("paths/")
        assert kind_of(folder + name.input_value(), {}) == kind
    form.get_by_label("Mitä kirjoitat?").select_option("palvelu")
    begun(form)
    form.locator('[id="root[name]"]').fill("Äänekosken paja")
    form.locator('[id="root[name]"]').blur()
    expect(name).to_have_value("aanekosken-paja.yml")
    name.fill("Oma paja")
    form.locator('[id="root[name]"]').fill("Toinen")
    form.locator('[id="root[name]"]').blur()
    expect(name).to_have_value("oma-paja.yml")


WRONG = (
    (
        "id: ",
        "id: Ä ",
        "Tunnus: Tunnus alkaa kirjaimella, ja siinä on vain pieniä kirjaimia a–z,",
    ),
    ("sources_seen: ", "sources_seen: eilen ", "Kirjoita päivä näin: 31.1.2026."),
    ("  - step: ", "  - step: ei-ole", "ei ole tällä polulla."),
    ("actor: ", "actor: ei-ole-", "Toimija: Tunnusta ”ei-ole-"),
    ("kind: start", "kind: task", "Polulta puuttuu alku."),
)


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[told for _, _, told in WRONG])
def test_a_fault_is_told_in_finnish_beside_its_field(
    form: Page, files: dict[str, bytes], old: str, new: str, told: str
):
    """In the list above and, opened from there, beside the field, which has the focus."""
    text = files[PATH].decode()
    assert old in text
    opened(form, PATH, text.replace(old, new, 1).encode())
    (fault, *_) = [text for text in faults(form) if told in text]
    form.get_by_role("button", name=fault, exact=True).click()
    field = form.locator(":focus")
    assert field.get_attribute("aria-invalid") == "true"
    ids = (field.get_attribute("aria-describedby") or "").split()
    words = [form.locator(f'[id="{name}"]').inner_text() for name in ids]
    assert any(fault.endswith(word) for word in words), (fault, words)
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(label="alku")
    else:
        field.fill("")
        field.blur()
    form.get_by_role("button", name=fault, exact=True).wait_for(state="detached")


def test_a_fault_of_a_field_that_is_not_there_brings_it(form: Page):
    """A choice without a condition: its field is added, has the focus and tells of itself."""
    opened(form, "paja.yml", TWO_WAYS.encode())
    form.locator("[data-pp-form-faults] button", has_text="Vaihtoehtoja on monta.").click()
    field = form.locator('[id="root[steps][0][choices][1][condition]"]')
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")


def test_a_doubled_step_is_told(form: Page, files: dict[str, bytes]):
    """Two steps of one id at one time are told at the second."""
    data = parse(PATH, files[PATH]).data
    first, second = (step["id"] for step in data["steps"][:2])
    text = files[PATH].decode().replace(f"id: {second}\n", f"id: {first}\n", 1)
    opened(form, PATH, text.encode())
    assert f"Vaihe 2, Tunnus: Tunnus ”{first}” on jo vaiheella 1." in faults(form)


REFUSED = (
    (b"name: [", "kirjoitusasu on väärä"),
    (b"name: [", "Aja palvelupolku check"),
    (b"steps:\n- nimi: Paja\n", "Kohtaa ”nimi” ei ole kohdassa ”steps”."),
    (b"", "Tiedosto on tyhjä"),
    (b"name: Paja\nnimi: Paja\n", "Kohtaa ”nimi” ei ole olemassa."),
    (b"name: Paja\nsteps: ei\n", "Kohtaan ”steps” kuuluu luettelo."),
    (b"name: &a Paja\nsummary: *a\n", "viitataan toiseen kohtaan"),
    (b"name: Paja\nconstructor: x\n", "Kohtaa ”constructor” ei ole olemassa."),
    (b"name:\n  de: Werkstatt\n", "kieli on fi, sv, en tai fi-simple"),
    (b"name: Paja\nname: Toinen\n", "kirjoitusasu on väärä"),
    (b"name: !Paja\n", "alkava kohta voi kadota"),
)


@pytest.mark.parametrize(("content", "told"), REFUSED)
def test_what_would_be_lost_is_not_opened(form: Page, content: bytes, told: str):
    """A file that the form has no place for is refused with the reason; nothing is dropped."""
    opened(form, "paja.yml", content)
    refused = form.locator("[data-pp-form-refused]")
    assert told in refused.inner_text()
    said = refused.locator("li").all_inner_texts()
    assert len(said) == len(set(said))


FIELD = dict.fromkeys(
    ("missing-key", "empty", "value", "enum", "pattern", "length", "minLength", "maxLength"),
    "field",
)
"""What is wrong with a field by itself, by the names of our rules and of the form's library."""
UNREADABLE = {"yaml", "character"}
"""What `check` reads no further after."""
CLAIMED = {
    "field", "duplicate-id", "gap", "no-start", "no-condition", "same-target", "not-valid-then",
    "unmarked-loop", "two-starts", "few-choices", "dead-end", "end-goes-on", "no-end",
    "unreachable", "closed-loop", "not-a-return", "onward-step", "unknown-step", "unknown-actor",
    "unknown-law", "unknown-source", "unknown-outcome", "unknown-service",
}  # fmt: skip
"""The rules that the form tells by itself."""
NOT_CLAIMED = {
    *(case.stem for case in BROKEN.glob("address-*")),  # the form takes any address
    "link-to-a-step-of-another-time",  # and reads no links in texts
    "unknown-step-in-a-link",
    "same-service-spelt-twice",  # nor knows which region the file is of
    "onward-beside-steps",  # lets both be filled
    "time-without-an-arranger",  # and looks at the times of steps alone
}
TWO_WAYS = (BROKEN / "choices-without-conditions.yml").read_text("utf-8")
_WAY = "  - step: loppu\n- id: arvio"
VARIANTS = {
    "parallel-without-a-condition": TWO_WAYS.replace(
        _WAY, "  - step: loppu\n    kind: parallel\n- id: arvio"
    ),
    "choices-of-two-times": TWO_WAYS.replace(
        "condition: haluat arvion", "valid_to: 2025-12-31"
    ).replace(_WAY, "  - step: loppu\n    valid_from: 2026-01-01\n- id: arvio"),
    "choices-of-one-day-together": TWO_WAYS.replace(
        "condition: haluat arvion", "valid_to: 2026-01-01"
    ).replace(_WAY, "  - step: loppu\n    valid_from: 2026-01-01\n- id: arvio"),
    "same-target-at-two-times": TWO_WAYS.replace(
        "step: arvio\n    condition: haluat arvion", "step: loppu\n    valid_to: 2025-12-31"
    ).replace(_WAY, "  - step: loppu\n    valid_from: 2026-01-01\n- id: arvio"),
    "a-card-that-leads-on": TWO_WAYS.partition("steps:")[0]
    + "onward:\n- step: alku\n"
    + "- outcome: palkkatyo\n" * 2
    + "  condition: saat työtä\n",
    "optional-text-in-swedish-only": TWO_WAYS.replace(
        "condition: haluat arvion", "condition:\n      sv: du vill"
    ).replace(_WAY, "  - step: loppu\n    condition: et halua\n- id: arvio"),
}


TELL = """([cases, known]) => {
  for (const kind in known) form.ids[kind] = new Set(known[kind]);
  return Object.fromEntries(Object.entries(cases).map(([name, text]) => {
    const { data, faults } = readYaml(text);
    const value = faults.length ? null : toForm(FORM_SCHEMAS.palvelu, data, faults);
    const told = () => form.editor.validator.validate(value).map((f) => [f.property, f.path]);
    return [name, faults.length ? null : told()];
  }));
}"""


def places(document: Document, lines: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Rules with the line on which their list's item, or their key at the top, begins."""
    starts = sorted(
        mark.line
        for at, mark in (document.keys | document.values).items()
        if len(at) == 1 or (at and isinstance(at[-1], int))
    )
    found = ((FIELD.get(rule, rule), line) for rule, line in lines)
    return {(r, max((s for s in starts if s <= n), default=1)) for r, n in found if r in CLAIMED}


def location(document: Document, path: str) -> Location:
    """Where in a file the field of a path stands, or what it is missing from."""
    keys = [int(k) if k.isdecimal() else k for k in path.replace("__", ".").split(".")[1:]]
    while keys and tuple(keys) not in document.values:
        keys.pop()
    return tuple(keys)


def test_the_form_tells_what_check_tells(form: Page):
    """Each broken description of a path: the same rules at the same places, where it opens."""
    project = read_folder(BROKEN.parent / "project")
    library = check(project, DAY).library
    known = {kind: [i for i, _ in named] for kind, named in ids_for_fields(library).items()}
    cases = {case.stem: case.read_bytes() for case in BROKEN.glob("*.yml")}
    cases |= {name: text.encode() for name, text in VARIANTS.items()}
    opened(form, "paja.yml", cases["choices-without-conditions"])
    told = form.evaluate(TELL, [{n: t.decode("utf-8", "replace") for n, t in cases.items()}, known])
    both, apart = set(), {}
    for name in sorted(cases.keys() - NOT_CLAIMED):
        problems = check(project | {BAD: cases[name]}, DAY).problems
        errors = [(p.rule, p.mark.line) for p in problems if p.severity == "error"]
        if told[name] is None or {rule for rule, _ in errors} & UNREADABLE:
            assert errors, name
            continue
        document = parse(BAD, cases[name])
        lines = [
            (rule, document.mark(location(document, path), at_key=False).line)
            for rule, path in told[name]
        ]
        assert {FIELD.get(rule, rule) for rule, _ in lines} <= CLAIMED, name
        here, there = places(document, lines), places(document, errors)
        apart |= {name: (here, there)} if here != there else {}
        both |= {rule for rule, _ in here}
    assert apart == {}
    assert both == CLAIMED, "a rule has no case"
    # Control: without one rule the case that breaks it is told otherwise.
    content = cases["loop-not-marked"].decode()
    quiet = form.evaluate(
        "(given) => { const kept = directionFaults; directionFaults = () => {};"
        f" try {{ return ({TELL})(given) }} finally {{ directionFaults = kept }} }}",
        [{"loop": content}, known],
    )
    assert (told["loop-not-marked"], quiet["loop"]) == (
        [["unmarked-loop", "root.steps.1.choices.0.kind"]], [],
    )  # fmt: skip


@pytest.mark.parametrize("state", ["empty", "faults", "more"])
def test_axe_finds_nothing(form: Page, files: dict[str, bytes], state: str):
    """A new form, one with faults beside its fields, and one with its lists open."""
    if state == "empty":
        begun(form)
    else:
        text = files["keski-suomi/paikko.yml"]
        opened(form, "paikko.yml", text.replace(b"nature: working-method\n", b""))
        form.locator("[data-pp-form-faults] button").first.click()
    if state == "more":
        form.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    assert everywhere(form, (1280, 360)) == {}


def test_axe_notices_a_field_without_a_name(form: Page):
    """Control: a label taken away is reported."""
    begun(form)
    form.evaluate("document.querySelector('.pp-form label.required').remove()")
    assert any(fault.startswith("label") for fault in violations(form)), violations(form)


WIDER = "() => document.documentElement.scrollWidth - innerWidth"


def test_nothing_goes_over_the_edge_of_a_phone(form: Page, files: dict[str, bytes]):
    """An opened form fits in 360 pixels, and the reader is brought to where it begins."""
    form.set_viewport_size({"width": 360, "height": 740})
    opened(form, PATH, files[PATH])
    expect(form.get_by_role("heading", name="Tarkistus ja tallennus")).to_be_focused()
    assert form.evaluate(WIDER) <= 0
    # Control: a part that takes the room it wants is noticed.
    form.evaluate("document.querySelector('.pp-form__desk').style.gridTemplateColumns = '600px'")
    assert form.evaluate(WIDER) > 0
    form.set_viewport_size({"width": 1280, "height": 720})


def test_nothing_is_asked_from_elsewhere(
    form: Page, address: str, files: dict[str, bytes], asked: list[str], said: list[str]
):
    """Loading, opening, saving: no request leaves the site, and the policy refuses nothing."""
    opened(form, PATH, files[PATH])
    assert saved(form) == files[PATH]
    assert address + FORM in asked
    assert {f"{address}assets/{name}" for name in SCRIPTS} <= {
        url.partition("?")[0] for url in asked
    }
    assert [url for url in asked if not url.startswith((address, "blob:"))] == []
    assert said == []


def test_it_works_from_a_disk(context: BrowserContext, published: Path, files: dict[str, bytes]):
    """Without a server: a file opens and is saved, and nothing but files is read."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((published / FORM / "index.html").as_uri())
    opened(page, PATH, files[PATH])
    assert saved(page) == files[PATH]
    assert all(url.startswith(("file:", "blob:")) for url in asked), asked


def test_only_the_form_loads_its_libraries(published: Path):
    """No other page names a script of the form."""
    for page in published.rglob("index.html"):
        html = page.read_text("utf-8")
        names = [name for name in SCRIPTS if f"assets/{name}" in html]
        assert names == (list(SCRIPTS) if page.parent == published / FORM else []), page


def test_the_libraries_are_those_of_the_lock(tmp_path: Path):
    """What is published is what the pinned packages hold, with their licences."""
    held = MODULES / "@json-editor/json-editor/dist/jsoneditor.js"
    assert (VENDOR / "json-editor.js").read_bytes() == held.read_bytes()
    made = tmp_path / "yaml.js"
    command = [
        MODULES / ".bin/esbuild", MODULES / "yaml/browser/index.js", "--bundle", "--format=iife",
        "--global-name=YAML", "--minify", "--target=es2022", "--legal-comments=none",
        f"--outfile={made}", "--log-level=error",
    ]  # fmt: skip
    subprocess.run([BIN / "node", *command], check=True)
    assert (VENDOR / "yaml.js").read_bytes() == made.read_bytes()
    for name, package in (("json-editor", "@json-editor/json-editor"), ("yaml", "yaml")):
        licence = (MODULES / package / "LICENSE").read_text("utf-8").strip()
        assert licence in (VENDOR / f"{name}.LICENSE.txt").read_text("utf-8")
        wanted = json.loads((ROOT / "tests/package.json").read_text())["devDependencies"][package]
        held_version: Any = json.loads((MODULES / package / "package.json").read_text())["version"]
        assert held_version == wanted
