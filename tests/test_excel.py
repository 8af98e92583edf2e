"""A service designer fills a workbook: it comes back equal; slips are told by row and column."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from commands import SMALL, copy_project, run, succeed
from conftest import DAY
from palvelupolku import cli, workbook, workbook_read
from palvelupolku.asked import NoDescriptionError, asked
from palvelupolku.build import check
from palvelupolku.canonical import canonical
from palvelupolku.cells import as_filled, choices, rows
from palvelupolku.excel import exported, imported
from palvelupolku.filling import Fault, filled
from palvelupolku.folder import read_folder
from palvelupolku.picking import picked
from palvelupolku.places import kind_of
from palvelupolku.rewriting import rewritten
from palvelupolku.schemas import KINDS
from palvelupolku.tables import Column, Table, tables
from palvelupolku.yamltext import parse

FILE = "koivula/polku.yml"


def test_every_description_comes_back_equal(files: dict[str, bytes]):
    """Each file of `paths/` through a real workbook: the same bytes, and the same data anew."""
    seen = set()
    for name, content in files.items():
        data = parse(name, content).data
        kind = kind_of(name, data)
        laid = tables(kind)
        book, (file, _) = workbook_read.origin_of(
            workbook.written(workbook.Origin(name), laid, rows(laid, data), {}, ("Ohje",))
        )
        read = workbook_read.read(book, file, laid)
        found = filled(laid, read.rows)
        assert (file, read.faults, found.faults) == (name, (), [])
        assert rewritten(name, kind, found.data, content) == content, name
        anew = rewritten(name, kind, found.data, None)
        assert as_filled(parse(name, anew).data) == as_filled(data), name
        assert canonical(name, anew) == anew, "what is written is in the one layout"
        seen.add(kind)
    assert len(seen) == 11, "every kind of file"


def test_a_lost_cell_is_noticed(files: dict[str, bytes]):
    """Control: one cell less is not equal."""
    name = "keski-suomi/paikko.yml"
    data = parse(name, files[name]).data
    laid = tables("palvelu")
    given = rows(laid, data)
    claims = given["Väitteet"]
    claims[0] = (*claims[0][:1], "", *claims[0][2:])
    assert filled(laid, given).data != as_filled(data)


def edited(content: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """The workbook after somebody has worked in it."""
    book = load_workbook(BytesIO(content))
    edit(book)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def column(sheet, heading: str) -> int:
    """Where a heading stands."""
    titles = [str(cell.value or "").removesuffix(" *") for cell in sheet[1]]
    return 1 + titles.index(heading)


def test_a_change_in_a_cell_is_a_change_of_its_line(tmp_path: Path):
    """The commands write a workbook and take it back; comments and other lines stay."""
    project = copy_project(tmp_path / "own", SMALL)
    path = project / "paths" / FILE
    before = path.read_text("utf-8").replace(
        "- id: arvio\n", "# Arvio tehdään aina yhdessä.\n- id: arvio\n"
    )
    path.write_text(before, "utf-8")
    assert succeed("excel", "export", "koivula/polku", cwd=project) == "Valmis: polku.xlsx\n"
    again = run("excel", "export", "koivula/polku", "polku.xlsx", cwd=project)
    assert (again.returncode, again.stderr) == (
        1, "Tiedosto polku.xlsx on jo olemassa. Anna toinen nimi, tai siirrä se.\n",
    )  # fmt: skip
    assert succeed("excel", "import", "polku.xlsx", cwd=project).startswith("Valmis: ")
    assert path.read_text("utf-8") == before

    def work(book: Workbook) -> None:
        sheet = book["Vaiheet"]
        sheet.cell(4, column(sheet, "Nimi")).value = "Mitä haluat?"
        claims = book["Väitteet"]
        for heading, value in (
            ("Kohta", "kenelle"), ("Teksti", "Sinulle."), ("Lähteet", "sivu"),
            ("Voimassa alkaen", datetime(2026, 1, 31)),  # noqa: DTZ001 - as Excel has it
        ):  # fmt: skip
            claims.cell(5, column(claims, heading)).value = value
        book["Vaiheet – Vaihtoehdot"].append(["arvio"])
        sheet = book["Vaiheet – Vaihtoehdot"]
        last = sheet.max_row
        sheet.cell(last, column(sheet, "Palvelu")).value = "mantyla/valmennus"
        sheet.cell(last, column(sheet, "Laji")).value = "Samaan aikaan"
        sheet.cell(last, column(sheet, "Ehto")).value = "työ alkaa"

    file = project / "polku.xlsx"
    file.write_bytes(edited(file.read_bytes(), work))
    succeed("excel", "import", "polku.xlsx", cwd=project)
    now = path.read_text("utf-8")
    assert [line for line in before.splitlines() if line not in now.splitlines()] == [
        "  name: Mikä sopii sinulle?",
    ]
    assert "# Arvio tehdään aina yhdessä.\n- id: arvio\n" in now
    assert "  name: Mitä haluat?\n" in now
    assert "- text: Sinulle.\n  valid_from: 2026-01-31\n" in now
    assert "    kind: parallel\n" in now
    assert "jo samassa muodossa" in succeed("fmt", "--check", cwd=project)


def test_an_empty_workbook_becomes_a_new_description():
    """Filled from nothing by its Finnish headings, it is a service that holds."""
    files = read_folder(SMALL)
    empty = exported(files, "koivula/paja", DAY, new=True)

    def work(book: Workbook) -> None:
        sheet = book["Palvelu"]
        values = {
            "Nimi": "Paja", "Palvelun laji": "lakisääteinen palvelu", "Kartan sarake": "toiminta",
            "Tiivistelmä": "Teet pieniä töitä ohjaajan kanssa.",
            "Tarkistus: lähteet tunnetaan päivään": "1.3.2026",
        }  # fmt: skip
        for row in sheet.iter_rows(2):
            row[1].value = values.get(str(row[0].value).removesuffix(" *"))
        row = {"Kohta": "Kenelle", "Teksti": "Sinulle.", "Lähteet": "sivu, laki"}
        sheet = book["Väitteet"]
        for heading, value in row.items():
            sheet.cell(3, column(sheet, heading)).value = value

    made = imported(files, edited(empty, work), DAY)
    assert (made.file, made.faults) == ("koivula/paja.yml", ())
    assert made.content.decode() == (
        "name: Paja\nnature: statutory-service\nstage: activity\n"
        "summary: Teet pieniä töitä ohjaajan kanssa.\n"
        "audience:\n- text: Sinulle.\n  sources:\n  - sivu\n  - laki\n"
        "review:\n  sources_seen: 2026-03-01\n"
    )
    assert check({**files, made.file: made.content}, DAY).errors == []


def test_every_slip_is_told_at_once_by_sheet_row_and_heading(tmp_path: Path):
    """The rules of `check` in the words of the workbook; the description is not touched."""
    project = copy_project(tmp_path / "own", SMALL)
    succeed("excel", "export", "koivula/polku", cwd=project)
    before = read_folder(project / "paths")

    def work(book: Workbook) -> None:
        sheet = book["Vaiheet"]
        sheet.cell(3, column(sheet, "Toimija")).value = "kaupunk"
        sheet.cell(4, column(sheet, "Nimi")).value = None
        sheet.cell(4, column(sheet, "Laji")).value = "päätäs"
        ways = book["Vaiheet – Vaihtoehdot"]
        ways.cell(4, column(ways, "Vaihe")).value = "arvio"
        book["Palvelu"].cell(3, 2).value = None
        for row in book["Palvelu"].iter_rows(2):
            if "lähteet tunnetaan" in str(row[0].value):
                row[1].value = "eilen"
            if str(row[0].value).startswith("Nimi *"):
                row[1].value = None

    file = project / "polku.xlsx"
    file.write_bytes(edited(file.read_bytes(), work))
    done = run("excel", "import", "polku.xlsx", cwd=project)
    assert done.returncode == 1
    told = done.stderr
    for fault in (
        "Taulukko ”Vaiheet”, rivi 3, sarake ”Toimija”: Tunnukselle ”kaupunk” ei löydy toimijaa.",
        (
            "Taulukko ”Palvelu”, rivi 3, kohta ”Nimi”: Pakollinen kohta on tyhjä.\n"
            "  → Täytä tämä solu."
        ),
        "kohta ”Tarkistus: lähteet tunnetaan päivään”: ”eilen” ei ole päivä.",
        "Taulukko ”Vaiheet”, rivi 4, sarake ”Nimi”: Pakollinen kohta on tyhjä.",
        (
            "Taulukko ”Vaiheet”, rivi 4, sarake ”Laji”: Arvo ”päätäs” ei käy kohtaan ”laji”.\n"
            "  → Tarkoititko ”päätös”? Vaihtoehdot: alku, tehtävä, päätös, samaan aikaan, loppu."
        ),
        (
            "Taulukko ”Vaiheet – Vaihtoehdot”, rivi 4: "
            "Vaihtoehdolla ei ole täsmälleen yhtä kohdetta.\n"
            "  → Anna yksi kohde: vaihe, palvelu tai lopputulos."
        ),
    ):
        assert fault in told, told
    assert told.endswith("Kuvausta ei muutettu.\n")
    assert read_folder(project / "paths") == before


def test_an_unknown_id_is_told_by_its_cell():
    """What the whole library tells, such as an id that nobody has, is told the same way."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        sheet = book["Vaiheet"]
        sheet.cell(3, column(sheet, "Toimija")).value = "kaupunk"
        sheet.cell(4, column(sheet, "Lähteet")).value = "sivu\nsivut"
        ways = book["Vaiheet – Vaihtoehdot"]
        ways.cell(3, column(ways, "Vaihe")).value = "arvoi"

    made = imported(files, edited(exported(files, "koivula/polku", DAY), work), DAY)
    told = [str(fault) for fault in made.faults]
    for start in (
        (
            "Taulukko ”Vaiheet”, rivi 3, sarake ”Toimija”: "
            "Tunnukselle ”kaupunk” ei löydy toimijaa.\n  → Tarkoititko ”kaupunki”?"
        ),
        "Taulukko ”Vaiheet”, rivi 4, sarake ”Lähteet”: Tunnukselle ”sivut” ei löydy lähdettä.",
        "Taulukko ”Vaiheet – Vaihtoehdot”, rivi 3, sarake ”Vaihe”: ",
    ):
        assert any(fault.startswith(start) for fault in told), told


def test_a_step_that_is_gone_is_told_before_what_it_leaves():
    """The cause comes first; a row that belonged to it may go too, and headings are Finnish."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        sheet = book["Vaiheet"]
        sheet.cell(4, column(sheet, "Tunnus")).value = "Mikä sopii"

    made = imported(files, edited(exported(files, "koivula/polku", DAY), work), DAY)
    first, *others = made.faults
    assert (first.table, first.row, first.heading) == ("Vaiheet", 4, "Tunnus")
    left = [fault.hint for fault in others if "ei ole riviä ”arvio”" in fault.message]
    assert left
    assert all(hint.endswith("Jos se on poistettu, poista myös tämä rivi.") for hint in left)

    def blank(book: Workbook) -> None:
        ways = book["Vaiheet – Vaihtoehdot"]
        ways.cell(4, column(ways, "Ehto")).value = None

    made = imported(files, edited(exported(files, "koivula/polku", DAY), blank), DAY)
    assert [fault.hint for fault in made.faults] == [
        "Täytä kohta ”Ehto”. Kirjoita siihen, milloin näin mennään."
    ]


def drawn(sheet: Worksheet) -> None:
    """Put a chart in the place of a sheet."""
    book, name = sheet.parent, sheet.title
    book.remove(sheet)
    book.create_chartsheet(name).add_chart(BarChart())


SHAPES = [
    ("Vaiheet", lambda sheet: sheet.cell(1, column(sheet, "Toimija"), "Tekijä"), "Otsikko puuttuu"),
    ("Vaiheet", lambda sheet: sheet.cell(1, 60, "Oma"), "Tällaista otsikkoa ei ole."),
    ("Vaiheet", lambda sheet: sheet.cell(3, 60, "Oma"), "Sarakkeen BH tekstiä ei lueta."),
    ("Vaiheet", lambda sheet: sheet.cell(2, 61, "Oma"), "Sarakkeen BI tekstiä ei lueta."),
    ("Vaiheet", lambda sheet: sheet.cell(2, 1, "oma"), "Tässä on ohjeen paikka"),
    ("Vaiheet", lambda sheet: sheet.delete_rows(2), "eikä sen tekstiä lueta."),
    ("Väitteet", lambda sheet: sheet.cell(90, 2, "Oma."), "Solu on tyhjä"),
    ("Palvelu", lambda sheet: sheet.cell(3, 4, 0), "Sarakkeen D tekstiä ei lueta."),
    ("Palvelu", lambda sheet: sheet.cell(1, 5, "Oma"), "Sarakkeen E tekstiä ei lueta."),
    ("Palvelu", lambda sheet: sheet.cell(3, 3, "Oma"), "Tässä on ohjeen paikka, eikä"),
    ("Palvelu", lambda sheet: sheet.cell(91, 3, "Oma"), "Rivillä ei ole otsikkoa"),
    ("Palvelu", lambda sheet: sheet.cell(1, 2, "Oma"), "Otsikkoriviä ei lueta."),
    ("Palvelu", lambda sheet: sheet.cell(3, 3, 0), "eikä sen tekstiä lueta"),
    ("Ohje", lambda sheet: sheet.cell(60, 1, "Kysy."), "omia tekstejä ei lueta"),
    ("Ohje", lambda sheet: sheet.cell(3, 3, "Kysy."), "omia tekstejä ei lueta."),
    ("Ohje", lambda sheet: sheet.cell(2, 2, "Kysy."), "Tämän taulukon omia tekstejä ei lueta."),
    ("Luettelot", lambda sheet: sheet.cell(2, 90, "Kysy."), "omia tekstejä"),
    ("Väitteet", drawn, "Taulukkoa ei ole."),
    ("Oma", lambda sheet: sheet.append(["Kysy Liisalta."]), "Taulukkoa ei lueta."),
    ("Palvelu", lambda sheet: sheet.cell(90, 2, "Oma"), "Rivillä ei ole otsikkoa."),
    ("Palvelu", lambda sheet: sheet.cell(900, 2, "Oma"), "vain rivit 2–500 luetaan"),
    ("Vaiheet", lambda sheet: sheet.cell(5000, 2, "Oma"), "vain rivit 3–2000 luetaan"),
    ("Vaiheet", lambda sheet: sheet.cell(3, column(sheet, "Nimi"), "=1+1"), "Solussa on kaava."),
    ("Vaiheet", lambda sheet: setattr(sheet, "title", "Askeleet"), "Taulukkoa ei ole."),
    (
        "Vaiheet – Vaihtoehdot",
        lambda sheet: sheet.cell(3, 1, "tapaamine"), "ei ole riviä ”tapaamine”",
    ),
    ("Vaiheet – Vaihtoehdot", lambda sheet: sheet.cell(3, 1, ""), "Solu on tyhjä."),
    ("Väitteet", lambda sheet: sheet.append(["Kenele"]), "Kohtaa ”Kenele” ei ole."),
    ("Väitteet", lambda sheet: sheet.append([None, "Oma."]), "Solu on tyhjä."),
    ("Vaiheet", lambda sheet: sheet.cell(3, column(sheet, "Nimi"), "a\u202eb"), "näkymätön merkki"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "slip", "told"), SHAPES, ids=[shape[2] for shape in SHAPES])
def test_a_broken_workbook_is_told(sheet: str, slip: Callable, told: str):
    """A heading, a sheet or a row that has lost its place; nothing is guessed or dropped."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        slip(book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet))

    made = imported(files, edited(exported(files, "koivula/polku", DAY), work), DAY)
    assert made.content == b""
    assert any(told in fault.message for fault in made.faults), made.faults
    assert all(fault.table == sheet for fault in made.faults), made.faults


def test_what_is_empty_or_ours_is_no_fault_wherever_it_stands():
    """Control: what is coloured or blank, a chart and help that is unmerged are nobody's text."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        for sheet, row, place in (("Vaiheet", 5000, 2), ("Vaiheet", 3, 60), ("Palvelu", 900, 2)):
            book[sheet].cell(row, place, " ").fill = PatternFill("solid", fgColor="FFFF00")
        book["Vaiheet"].cell(2, 1).value = None
        book.create_sheet("Oma").cell(2, 2, " ")
        drawn(book["Luettelot"])
        for span in list(book["Ohje"].merged_cells.ranges):
            book["Ohje"].unmerge_cells(span.coord)

    made = imported(files, edited(exported(files, "koivula/polku", DAY), work), DAY)
    assert (made.faults, made.changes) == ((), False)


def test_what_is_added_to_yaml_is_a_cell_to_fill_in_a_workbook():
    """No row of the YAML is told to one who never sees it."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        sheet = book["Vaiheet"]
        sheet.cell(3, column(sheet, "Lähteet")).value = None
        ways = book["Vaiheet – Vaihtoehdot"]
        for row in range(4, 7):
            ways.cell(row, column(ways, "Laji")).value = None

    def copy(book: Workbook) -> None:
        sheet = book["Vaiheet"]
        sheet.cell(4, column(sheet, "Tunnus")).value = "tapaaminen"
        for row in range(4, 7):
            book["Vaiheet – Vaihtoehdot"].cell(row, 1).value = "tapaaminen (2)"

    book = exported(files, "koivula/polku", DAY)
    found = [f for slip in (work, copy) for f in imported(files, edited(book, slip), DAY).faults]
    told = "\n".join(map(str, found))
    assert "→ Täytä kohta ”Lähteet”." in told
    assert "valitse kohtaan ”Varmuus” arvo ”ei tietoa”" in told
    assert "Vaihe ”tapaaminen” on jo toisella rivillä." in told
    assert "Valitse kohtaan ”Laji” arvo ”paluu”." in told
    assert "lisää rivi" not in told.lower()


def test_words_of_an_author_are_not_taken_for_keys_of_yaml():
    """Names, addresses and files are told as they are; keys and words have their Finnish names."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        sheet = book["Vaiheet"]
        sheet.cell(3, column(sheet, "Nimi")).value = "Lue text, kind ja sources.yml"
        plain = "Katso [law text] (https://www.kunta.fi/law/kind)."
        sheet.cell(4, column(sheet, "Mitä tapahtuu")).value = plain
        sheet.cell(4, column(sheet, "Lähteet")).value = None
        sheet.cell(4, column(sheet, "Varmuus")).value = "laki"
        book["Vaiheet – Vaihtoehdot"].delete_rows(3)

    made = imported(files, edited(exported(files, "koivula/polku", DAY), work), DAY)
    told = "\n".join(map(str, made.faults))
    link = "[law text](https://www.kunta.fi/law/kind)"
    for fault in (
        (
            "Vaiheesta ”Lue text, kind ja sources.yml” ei pääse mihinkään.\n"
            "  → Lisää vaihtoehdot tai merkitse vaihe lopuksi: laji: loppu."
        ),
        f"”{link.replace('](', '] (')}”.\n  → Poista väli: {link}",
        (
            "rivi 4, sarake ”Varmuus”: Varmuus ”laki” tarvitsee lähteen.\n"
            "  → Täytä kohta ”Lähteet”. Jos lähdettä ei ole, kirjoita varmuus: ei tietoa."
        ),
    ):
        assert fault in told, told


def test_a_word_of_yaml_is_told_as_the_cell_says_it():
    """The statement that is full and has gaps: its state is told and mended in the cell's words."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        for heading, value, *_ in book["Saavutettavuusseloste"].iter_rows(2):
            value.value = "täyttää vaatimukset" if heading.value == "Tila" else value.value

    (fault,) = imported(files, edited(exported(files, "seloste", DAY), work), DAY).faults
    assert (fault.heading, fault.message, fault.hint) == (
        "Tila",
        "Tila on ”täyttää vaatimukset”, mutta puutteita on lueteltu.",
        "Vaihda tilaksi ”täyttää osittain”. Jos puutteita ei enää ole, poista ne.",
    )


def test_what_a_review_lacks_is_told_at_its_own_cell():
    """Each at the cell to fill, by its heading; control: filled, it is told no more."""
    files = read_folder(SMALL)
    content = exported(files, "koivula/polku", DAY)
    said = {
        "tila": "julkaistu", "vastuuyksikkö": "Aikuissosiaalityö", "tarkistettu": "2. 10. 2026",
        "tarkistaja": "sosiaalityöntekijä", "kirjoittaja": "palvelusuunnittelija",
        "seuraava tarkistus": "1.5.2027",
    }  # fmt: skip

    def told(missing: str) -> list[Fault]:
        def work(book: Workbook) -> None:
            for heading, value, *_ in book["Palvelu"].iter_rows(2):
                key = str(heading.value).removesuffix(" *").removeprefix("Tarkistus: ")
                if key in said:
                    value.value = None if key == missing else said[key]

        return [
            fault
            for fault in imported(files, edited(content, work), DAY).faults
            if fault.table == "Palvelu"
        ]

    assert told("") == []
    for key in said.keys() - {"tila"}:
        (fault,) = told(key)
        assert fault.heading == f"Tarkistus: {key}"
        assert fault.hint.startswith(f"Täytä kohta ”Tarkistus: {key}”"), fault


def test_an_address_is_told_as_it_was_typed():
    """No part of it is taken for the key of a text in Finnish."""
    files = read_folder(SMALL)
    content = exported(files, "catalogue/sources", DAY)
    at = column(load_workbook(BytesIO(content))["Lähteet"], "Osoite")
    new = edited(content, lambda book: book["Lähteet"].cell(3, at, "www.kunta.fi"))
    hint = "Kirjoita: https://www.kunta.fi"
    (fault,) = imported(files, new, DAY).faults
    assert fault == Fault("Lähteet", 3, "Osoite", "”www.kunta.fi” ei kelpaa osoitteeksi.", hint)


def test_an_empty_cell_of_a_step_beside_shared_ones_is_told_on_its_row():
    """A description that builds on a shared one: what an own step lacks is told in its cells."""
    files = read_folder(SMALL)
    files["yhteiset/pohja.yml"] = files[FILE]
    own = "name: Oma\nbuilds_on:\n- pohja\nreview:\n  sources_seen: 2026-11-01\n"
    files["koivula/oma.yml"] = own.encode()

    def work(book: Workbook) -> None:
        sheet = book["Vaiheet"]
        for heading, value in (("Tunnus", "uusi"), ("Nimi", "Uusi"), ("Laji", "tehtävä")):
            sheet.cell(3, column(sheet, heading)).value = value

    made = imported(files, edited(exported(files, "koivula/oma", DAY), work), DAY)
    empty = "Pakollinen kohta on tyhjä.", "Täytä tämä solu."
    headings = ("Polun osa", "Toimija", "Mitä asiakas tekee", "Mitä tapahtuu")
    assert made.faults == tuple(Fault("Vaiheet", 3, heading, *empty) for heading in headings)


@pytest.mark.parametrize("part", ["Tarkistus: lähteet tunnetaan päivään", "Tarkistus: "])
def test_an_empty_cell_is_told_though_a_whole_part_is_empty(part: str):
    """The cell that must be filled is named, not the first of its part."""
    files = read_folder(SMALL)
    rows_of = {}

    def work(book: Workbook) -> None:
        for row in book["Palvelu"].iter_rows(2):
            rows_of[str(row[0].value).removesuffix(" *")] = row[0].row
            if str(row[0].value).startswith(part):
                row[1].value = None

    made = imported(files, edited(exported(files, "koivula/polku", DAY), work), DAY)
    heading = "Tarkistus: lähteet tunnetaan päivään"
    empty = "Pakollinen kohta on tyhjä.", "Täytä tämä solu."
    assert made.faults == (Fault("Palvelu", rows_of[heading], heading, *empty),)


def test_a_table_that_must_have_rows_is_told():
    """A list that is missing is a table without rows, of the very part that it is of."""
    files = read_folder(SMALL)
    empty = exported(files, "koivula/kunnat/uusi", DAY, new=True)

    def work(book: Workbook) -> None:
        for row in book["Kunnan täydennys"].iter_rows(2):
            if "lähteet tunnetaan" in str(row[0].value):
                row[1].value = "1.3.2026"

    made = imported(files, edited(empty, work), DAY)
    message = "Taulukossa ”Palvelut” ei ole yhtään riviä."
    assert made.faults == (Fault("Palvelut", 3, "", message, "Täytä ainakin yksi rivi."),)


def test_a_row_that_belongs_to_an_empty_table_is_told_what_to_fill_first():
    """There is nothing to choose from before the steps are there."""
    files = read_folder(SMALL)
    content = exported(files, "koivula/polku", DAY)
    made = imported(files, edited(content, lambda book: book["Vaiheet"].delete_rows(3, 2)), DAY)
    assert {fault.hint for fault in made.faults} == {"Täytä ensin taulukko ”Vaiheet”."}


STYLES = {
    "name": ' "yes"', "summary": " >\n  Teet työtä\n  ja saat ohjausta.",
    "about": (
        "\n- text: |\n    Rivi yksi.  \n\n    # Rivi kaksi.\n  sources: []\n"
        "- text: >-\n    Pitkä teksti\n    taittuu.\n  certainty: unknown\n"
        "- text: |-\n    Ei rivinvaihtoa.\n    Loppu\n  certainty: unknown\n"
        "- text: ' Välit päissä '\n  certainty: unknown\n"
        "- text: |+\n    Tyhjää perässä.\n\n  certainty: unknown\n"
        "- text: '=1+1 on tekstiä'\n  certainty: unknown"
    ),
}  # fmt: skip
"""Values in every style of YAML, with line ends and blanks where a cell has none."""


def styled() -> dict[str, bytes]:
    """The descriptions, one of them with such values."""
    files = read_folder(SMALL)
    lines = files[FILE].decode().splitlines(keepends=True)[4:]
    head = "".join(f"{key}:{value}\n" for key, value in STYLES.items())
    files[FILE] = f"{head}nature: statutory-service\nstage: activity\n{''.join(lines)}".encode()
    files[FILE] = files[FILE].replace(b"  sources: []\n", b"  sources: []\n  certainty: unknown\n")
    return files


def test_texts_of_every_style_come_back_line_by_line():
    """The workbook changes nothing by itself; a change of one cell is that of its line alone."""
    files = styled()
    content = exported(files, "koivula/polku", DAY)
    made = imported(files, content, DAY)
    assert (made.faults, made.changes, made.content) == ((), False, files[FILE])
    at = column(load_workbook(BytesIO(content))["Vaiheet"], "Nimi")
    new = edited(content, lambda book: book["Vaiheet"].cell(4, at, "Mikä sopii?"))
    before = files[FILE].decode()
    assert imported(files, new, DAY).content.decode() == before.replace(
        "Mikä sopii sinulle?", "Mikä sopii?"
    )


def test_a_workbook_that_changes_nothing_leaves_the_file_as_it_is():
    """Not even its layout changes, though `fmt` would lay it out anew."""
    files = read_folder(SMALL)
    files[FILE] = b"keywords: [ohjaus, paja]   # sanat\n\n\n" + files[FILE]
    made = imported(files, exported(files, "koivula/polku", DAY), DAY)
    assert (made.changes, made.content) == (False, files[FILE])


@pytest.mark.parametrize(
    ("documents", "told"),
    [
        (
            f"[{', '.join([3900 * 'a'] * 9)}]",
            "rivi 3, sarake ”Asiakirjat”: Teksti muuttuisi työkirjassa",
        ),
        ('["a\\nb"]', "Kohdan ”Asiakirjat” luettelo ei mahdu soluun"),
        ("[{fi: Lomake, sv: Blankett}]", "Kohdan ”Asiakirjat” luettelo ei mahdu soluun"),
        ("[_x0041_]", "Excel muuttaisi tekstin ”_x0041_” merkiksi"),
    ],
    ids=["more letters than a cell holds", "lines", "languages", "the number of a letter"],
)
def test_what_a_workbook_would_change_is_told(documents: str, told: str):
    """No workbook is made that would not give the description back."""
    files = read_folder(SMALL)
    step = "- id: tapaaminen\n"
    own = files[FILE].decode().replace(step, f"{step}  documents: {documents}\n")
    files[FILE] = own.encode()
    with pytest.raises(NoDescriptionError, match=told):
        exported(files, "koivula/polku", DAY)


def test_what_would_break_another_file_is_told():
    """An actor whom a path names cannot be taken away unnoticed."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        sheet = book["Toimijat"]
        (row,) = [cell.row for cell in sheet["A"] if cell.value == "kaupunki"]
        sheet.delete_rows(row)

    made = imported(files, edited(exported(files, "catalogue/actors", DAY), work), DAY)
    assert {problem.file for problem in made.elsewhere} >= {FILE}
    assert all("kaupunki" in problem.message for problem in made.elsewhere)


def offered_in(book: Workbook, sheet: str, cell: str) -> list[str]:
    """What the list of a cell offers."""
    (rule,) = [r for r in book[sheet].data_validations.dataValidation if cell in r.sqref]
    name, _, span = rule.formula1.rpartition("!")
    cells = book[name.strip("'")][span.replace("$", "")]
    return [row[0].value for row in cells if row[0].value]


def test_cells_offer_what_they_may_say():
    """Words and ids come from drop-downs, whose lists stand in the workbook itself."""
    files = read_folder(SMALL)
    book = load_workbook(BytesIO(exported(files, "koivula/polku", DAY)))

    def offered(sheet: str, heading: str) -> list[str]:
        letter = book[sheet].cell(1, column(book[sheet], heading)).column_letter
        return offered_in(book, sheet, f"{letter}3")

    assert offered("Vaiheet", "Laji") == ["alku", "tehtävä", "päätös", "samaan aikaan", "loppu"]
    assert "kaupunki" in offered("Vaiheet", "Toimija")
    assert offered("Vaiheet – Vaihtoehdot", "Kuuluu vaiheeseen") == ["tapaaminen", "arvio"]
    assert offered("Vaiheet – Vaihtoehdot", "Vaihe") == ["tapaaminen", "arvio"]
    assert "palkkatyo" in offered("Vaiheet – Vaihtoehdot", "Lopputulos")
    assert "Kenelle" in offered("Väitteet", "Kohta")
    assert "tyokokeilu" in offered("Vaiheet – Vaihtoehdot", "Palvelu")


@pytest.mark.parametrize("content", [b"", b"name: Paja\n", "zip"])
def test_what_is_no_workbook_is_refused(content: bytes | str):
    """Any other file, a workbook of somebody else's included, is told in one sentence."""
    if content == "zip":
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.txt", "a")
        content = packed.getvalue()
    with pytest.raises(NoDescriptionError, match="ei ole työkirja"):
        imported(read_folder(SMALL), content, DAY)


@pytest.mark.parametrize("place", ["../muu.yml", "/etc/x.yml", "koivula/../x.yml", "koivula/Ö.yml"])
def test_a_workbook_writes_nowhere_else(place: str):
    """The file that a workbook names is a place for descriptions, or nothing is made."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        book["Ohje"]["B3"].value = place

    with pytest.raises(NoDescriptionError, match="solu B3"):
        imported(files, edited(exported(files, "koivula/polku", DAY), work), DAY)


ASKED = [
    ("polku", False, "Anna myös alue: koivula/polku."),
    ("Polku", False, "Anna myös alue: koivula/polku."),
    ("actors", False, "Anna myös kansio: catalogue/actors."),
    ("actors", True, "Anna myös kansio: catalogue/actors."),
    ("koivula", False, "Anna myös palvelu: koivula/<palvelu>."),
    ("Pyöräpaja", True, "Anna myös alue, esim. koivula/pyorapaja."),
    ("koivula/Pyöräpaja", True, "”Pyöräpaja” ei käy tunnukseksi. Kirjoita: koivula/pyorapaja."),
    ("koivula/Polku", False, "”Polku” ei käy tunnukseksi. Kirjoita: koivula/polku."),
    (
        "koivula/polkuu", False,
        (
            "Kuvausta ”koivula/polkuu” ei ole. Tarkoititko ”koivula/polku”? "
            "Uudelle kuvaukselle anna --new."
        ),
    ),
    (
        "koivula/olematon", False,
        "Kuvausta ”koivula/olematon” ei ole. Uudelle kuvaukselle anna --new.",
    ),
    ("koivula/polku", True, "Kuvaus ”koivula/polku” on jo olemassa. Jätä pois --new."),
    ("koivla/paja", True, "Aluetta ”koivla” ei ole. Tarkoititko ”koivula”?"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "new", "told"), ASKED)
def test_a_name_that_is_not_there_is_told(name: str, new: bool, told: str):  # noqa: FBT001
    """What to type instead: the folder, the letters of an id, a near name, `--new`."""
    with pytest.raises(NoDescriptionError) as error:
        exported(read_folder(SMALL), name, DAY, new=new)
    assert str(error.value) == told


@pytest.mark.parametrize("name", ["koivula/lahela", "koivula/kunnat/lahela", "koivula/lahela.yml"])
def test_a_municipality_is_named_with_or_without_its_folder(name: str):
    """As `mirror` is told of it; a service of that very name comes first."""
    files = {"koivula/region.yml", "koivula/kunnat/lahela.yml"}
    assert asked(name, files, new=False) == "koivula/kunnat/lahela.yml"
    both = files | {"koivula/lahela.yml"}
    assert (asked(name, both, new=False) in files) == ("kunnat" in name)


def test_a_shared_description_is_not_made_anew():
    """An own file cannot take the place of a shared one: it is told before anyone fills it."""
    shared = read_folder(SMALL)
    with pytest.raises(NoDescriptionError, match=r"on yhteinen.*koivula/kunnat/<kunta>\.yml"):
        exported({}, "koivula/polku", DAY, shared, new=True)


def test_a_name_may_be_the_file_itself(tmp_path: Path):
    """As a shell completes it: from the folder on, with its ending."""
    project = copy_project(tmp_path / "own", SMALL)
    told = succeed("excel", "export", f"paths/{FILE}", cwd=project)
    assert told == "Valmis: polku.xlsx\n"


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_to_fill_is_told_of(kind: str):
    """The second row of a table, or the last column of what stands once, leaves none out."""
    laid = tables(kind)
    none = {table.name: [("",) * len(table.headings)] for table in laid}
    book = load_workbook(
        BytesIO(workbook.written(workbook.Origin("koivula/polku.yml"), laid, none, {}, ()))
    )
    for table in laid:
        sheet = book[table.name]
        told = [cell.value for cell in (sheet[2] if table.lists else sheet["C"][1:])]
        assert len(told) == len(table.headings)
        assert all(told), (table.name, told)
        assert "Sama suomeksi." not in told
    if kind == "palvelu":
        assert book["Vaiheet"].freeze_panes == "B3", "the id of a step stays in sight"
        assert book["Vaiheet – Vaihtoehdot"].freeze_panes == "B3"


def told_of(kind: str, table: Table, chosen: Column, word: str) -> list[Fault]:
    """What is told of one cell of a table that says a word."""
    cells = [word if column == chosen else "" for column in table.columns]
    given = {table.name: [("",) * len(table.heads) + tuple(cells)]}
    return list(picked(tables(kind), given, check(read_folder(SMALL), DAY), "koivula"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_word_is_told_in_the_words_of_the_cells_list(kind: str):
    """In every column to choose from, the message offers what the cell does, and that will do."""
    laid = tables(kind)
    none = {table.name: [("",) * len(table.headings)] for table in laid}
    content = workbook.written(workbook.Origin("koivula/polku.yml"), laid, none, {}, ())
    book = load_workbook(BytesIO(content))
    for table in laid:
        for number, chosen in enumerate(table.columns):
            if not choices(chosen):
                continue
            letter = get_column_letter(len(table.heads) + number + 1)
            cell = f"{letter}3" if table.lists else f"B{number + 2}"
            offered = offered_in(book, table.name, cell)
            (fault,) = told_of(kind, table, chosen, "olematon")
            assert fault.hint.endswith(f"Vaihtoehdot: {', '.join(offered)}.")
            assert [told_of(kind, table, chosen, word) for word in offered] == [[]] * len(offered)


def test_the_words_of_the_part_of_a_path_are_those_of_its_list():
    """Control: the Finnish name of a key is not taken for that of a word that is spelt alike."""
    (steps,) = [table for table in tables("palvelu") if table.name == "Vaiheet"]
    (phase,) = [column for column in steps.columns if column.title == "Polun osa"]
    (fault,) = told_of("palvelu", steps, phase, "alku")
    assert fault.hint == "Vaihtoehdot: palveluun, palvelussa, eteenpäin."


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Opit pajassa", "Valitse tunnus solun luettelosta."),
        ("Mikä sopii?", "Tarkoititko ”arvio”?"),
    ],
)
def test_a_step_that_is_no_id_is_chosen_from_the_list(word: str, told: str):
    """No id is made of what was typed; a step of the path is known by its name."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        ways = book["Vaiheet – Vaihtoehdot"]
        ways.cell(3, column(ways, "Vaihe")).value = word

    made = imported(files, edited(exported(files, "koivula/polku", DAY), work), DAY)
    (hint,) = {fault.hint for fault in made.faults if fault.heading == "Vaihe"}
    assert hint == told


def test_a_word_without_its_dots_is_understood():
    """Who has no ä on the keyboard gets the very word; control: another word gets none."""
    (steps,) = [table for table in tables("palvelu") if table.name == "Vaiheet"]
    (kind,) = [column for column in steps.columns if column.title == "Laji"]
    for word, start in (("paatos", "Tarkoititko ”päätös”? Vaihto"), ("risteys", "Vaihto")):
        (fault,) = told_of("palvelu", steps, kind, word)
        assert fault.hint.startswith(start)


def test_a_name_in_place_of_an_id_is_understood():
    """What a list shows beside an id may be typed: the message gives the id."""
    files = read_folder(SMALL)

    def work(book: Workbook) -> None:
        sheet = book["Vaiheet"]
        sheet.cell(3, column(sheet, "Toimija")).value = "Koivulan kaupunki"
        sheet.cell(3, column(sheet, "Nimi")).value = None

    made = imported(files, edited(exported(files, "koivula/polku", DAY), work), DAY)
    assert [(fault.heading, fault.hint) for fault in made.faults] == [
        ("Toimija", "Tarkoititko ”kaupunki”? Valitse tunnus solun luettelosta."),
        ("Nimi", "Täytä tämä solu."),
    ]


def test_an_old_workbook_does_not_undo_what_was_written_meanwhile(tmp_path: Path):
    """A change by hand stays: the workbook is refused, and so is a second import of another."""
    project = copy_project(tmp_path / "own", SMALL)
    path = project / "paths" / FILE
    before = path.read_text("utf-8")
    succeed("excel", "export", "koivula/polku", cwd=project)
    path.write_text(f"# Huomaa\n{before}", "utf-8")
    assert "samat asiat" in succeed("excel", "import", "polku.xlsx", cwd=project)
    by_hand = path.read_text("utf-8").replace("name: Mikä sopii sinulle?", "name: Mikä sopii?")
    path.write_text(by_hand, "utf-8")
    done = run("excel", "import", "polku.xlsx", cwd=project)
    assert (done.returncode, path.read_text("utf-8")) == (1, by_hand)
    assert "on muuttunut sen jälkeen, kun työkirja tehtiin" in done.stderr
    command = "excel export koivula/polku"
    assert f"palvelupolku {command}." in done.stderr
    assert succeed(*command.split(), cwd=project) == "Valmis: polku-2.xlsx\n"
    assert "samat asiat" in succeed("excel", "import", "polku-2.xlsx", cwd=project)
    assert succeed(*command.split(), cwd=project) == "Valmis: polku-3.xlsx\n"


def test_a_workbook_goes_in_twice_only_when_the_second_changes_nothing():
    """The same workbook again is fine; worked on after its own import, it is refused."""
    files = read_folder(SMALL)
    content = exported(files, "koivula/polku", DAY)
    at = column(load_workbook(BytesIO(content))["Vaiheet"], "Nimi")
    name = lambda words: lambda book: book["Vaiheet"].cell(4, at, words)  # noqa: E731
    once = edited(content, name("Toinen"))
    made = imported(files, once, DAY)
    assert (made.faults, made.changes) == ((), True)
    files[FILE] = made.content
    assert imported(files, once, DAY).changes is False
    with pytest.raises(NoDescriptionError, match="on muuttunut"):
        imported(files, edited(once, name("Kolmas")), DAY)


def test_a_workbook_named_without_its_ending_is_told_whole(tmp_path, monkeypatch, capsys):
    """The file that is there is named; where none is, its ending is told."""
    monkeypatch.chdir(tmp_path)
    Path("paths").mkdir()
    Path("konneveden.paja.xlsx").touch()
    for name, told in (
        ("konneveden.paja", " Tarkoititko ”konneveden.paja.xlsx”?"),
        ("paja", " Työkirjan nimen loppu on .xlsx."),
        ("paja.XLSX", ""),
    ):
        assert cli.main(["excel", "import", name]) == 1
        assert capsys.readouterr().err == f"Tiedostoa {name} ei ole.{told}\n"


def test_a_new_description_is_not_written_over_another():
    """A workbook of a new one is refused when somebody has made that description meanwhile."""
    files = read_folder(SMALL)
    empty = exported(files, "koivula/paja", DAY, new=True)
    files["koivula/paja.yml"] = files[FILE]
    with pytest.raises(NoDescriptionError, match="on muuttunut"):
        imported(files, empty, DAY)


def test_a_description_that_is_gone_is_not_made_again():
    """An old workbook does not bring back what was deleted or renamed; control: a new one does."""
    files = read_folder(SMALL)
    old = exported(files, "koivula/polku", DAY)
    anew = edited(old, lambda book: book["Ohje"].__setitem__("B4", None))
    del files[FILE]
    with pytest.raises(
        NoDescriptionError,
        match=r"ei enää ole.*koivula/polku --n.*Siirrä omat tekstisi",
    ):
        imported(files, old, DAY)
    assert imported(files, anew, DAY).changes


def test_a_municipality_chooses_its_steps_and_gets_no_column_too_many():
    """A workbook of a municipality lists the shared steps; own steps have no kind, no choices."""
    files = read_folder(SMALL)
    book = load_workbook(BytesIO(exported(files, "koivula/kunnat/uusi", DAY, new=True)))
    (compared,) = [name for name in book.sheetnames if name.endswith("Verratut vaiheet")]
    (own,) = [name for name in book.sheetnames if name.endswith("Omat vaiheet")]
    assert not [name for name in book.sheetnames if "Vaihtoehdot" in name]
    titles = [str(cell.value).removesuffix(" *") for cell in book[own][1]]
    assert "Laji" not in titles
    for sheet, heading in (
        (compared, "Tunnus"), (own, "Minkä vaiheen jälkeen"), (own, "Ennen vaihetta"),
    ):  # fmt: skip
        letter = book[sheet].cell(1, column(book[sheet], heading)).column_letter
        assert {"tapaaminen", "arvio"} <= set(offered_in(book, sheet, f"{letter}3"))
