"""The form page: a description opens, faults are told in Finnish, and it is saved as fmt has it."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsing import reader
from commands import ROOT
from conftest import DAY
from palvelupolku.build import check
from palvelupolku.canonical import canonical
from palvelupolku.cells import as_filled
from palvelupolku.form import SCRIPTS
from palvelupolku.rewriting import rewritten
from palvelupolku.schemas import kind_of
from palvelupolku.starting import start, starter
from palvelupolku.yamltext import parse
from test_axe import everywhere, violations
from test_javascript import BIN

FORM = "kirjoita/lomake/"
PATH = "keski-suomi/palvelupolku.yml"
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
def form(browser: Browser, address: str, asked: list[str], said: list[str]) -> Iterator[Page]:
    """The form in a window of its own, which all tests use in turn."""
    context = reader(browser)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address + FORM)
    yield page
    context.close()


def opened(page: Page, name: str, content: bytes) -> None:
    """Open a file in the form, and wait until it is there."""
    page.evaluate("form.dirty = false")
    file = {"name": Path(name).name, "mimeType": "application/yaml", "buffer": content}
    page.evaluate("() => { window.before = form.editor }")
    page.set_input_files("[data-pp-form-file]", [file])
    page.wait_for_function(
        "() => !document.querySelector('[data-pp-form-refused]').hidden ||"
        " (form.editor && form.editor !== window.before && form.editor.ready)"
    )


def saved(page: Page) -> bytes:
    """The file that the button gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Tallenna tiedosto").click()
    return Path(download.value.path()).read_bytes()


def faults(page: Page) -> list[str]:
    """What the list above the form tells."""
    return page.locator("[data-pp-form-faults] li").all_inner_texts()


def test_every_description_is_saved_as_it_was(form: Page, files: dict[str, bytes], said: list[str]):
    """Each file of `paths/`, opened and saved: the same bytes, no fault, and its kind."""
    for name, content in files.items():
        opened(form, name, content)
        kind = form.evaluate("form.kind")
        assert faults(form) == [], name
        assert form.evaluate("fileText()").encode() == content, name
        whole = kind_of(name, parse(name, content).data)
        assert kind == whole or (kind, whole) == ("palvelu", "taydennys"), name
    assert saved(form) == content
    assert said == []


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
    form.evaluate("form.dirty = false")
    form.get_by_label("Mitä kirjoitat?").focus()
    form.keyboard.press("Home")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    form.wait_for_function("() => form.editor?.ready && form.kind === 'palvelu'")
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


WRONG = (
    (
        "id: ",
        "id: Ä ",
        "Tunnus: Tunnuksessa on vain pieniä kirjaimia a–z, numeroita ja yhdysviivoja.",
    ),
    ("sources_seen: ", "sources_seen: eilen ", "Kirjoita päivä näin: 2026-01-31."),
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


def test_a_doubled_step_is_told(form: Page, files: dict[str, bytes]):
    """Two steps of one id at one time are told at the second."""
    data = parse(PATH, files[PATH]).data
    first, second = (step["id"] for step in data["steps"][:2])
    text = files[PATH].decode().replace(f"id: {second}\n", f"id: {first}\n", 1)
    opened(form, PATH, text.encode())
    assert f"Vaiheet 2, Tunnus: Tunnus ”{first}” on jo vaiheella 1." in faults(form)


REFUSED = (
    (b"name: [", "kirjoitusasu on väärä"),
    (b"", "Tiedosto on tyhjä"),
    (b"name: Paja\nnimi: Paja\n", "Kohtaa ”nimi” ei ole olemassa."),
    (b"name: Paja\nsteps: ei\n", "Kohtaan ”steps” kuuluu luettelo."),
    (b"name: &a Paja\nsummary: *a\n", "viitataan toiseen kohtaan"),
    (b"name: Paja\nconstructor: x\n", "Kohtaa ”constructor” ei ole olemassa."),
    (b"name:\n  de: Werkstatt\n", "kieli on fi, sv, en tai fi-simple"),
    (b"name: Paja\nname: Toinen\n", "kirjoitusasu on väärä"),
)


@pytest.mark.parametrize(("content", "told"), REFUSED)
def test_what_would_be_lost_is_not_opened(form: Page, content: bytes, told: str):
    """A file that the form has no place for is refused with the reason; nothing is dropped."""
    opened(form, "paja.yml", content)
    assert told in form.locator("[data-pp-form-refused]").inner_text()


@pytest.mark.parametrize("state", ["empty", "faults", "more"])
def test_axe_finds_nothing(form: Page, files: dict[str, bytes], state: str):
    """A new form, one with faults beside its fields, and one with its lists open."""
    form.evaluate("form.dirty = false")
    if state == "empty":
        form.get_by_role("button", name="Aloita tyhjästä").click()
        form.wait_for_function("() => form.editor?.ready")
    else:
        text = files["keski-suomi/paikko.yml"]
        opened(form, "paikko.yml", text.replace(b"nature: working-method\n", b""))
        form.locator("[data-pp-form-faults] button").first.click()
    if state == "more":
        form.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    assert everywhere(form, (1280, 360)) == {}


def test_axe_notices_a_field_without_a_name(form: Page):
    """Control: a label taken away is reported."""
    form.get_by_role("button", name="Aloita tyhjästä").click()
    form.wait_for_function("() => form.editor?.ready")
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


def test_nothing_is_asked_from_elsewhere(address: str, asked: list[str], said: list[str]):
    """In all of the above no request left the site, and the page's policy refused nothing."""
    assert asked
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
