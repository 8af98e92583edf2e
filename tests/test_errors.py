"""What an author is told: each case in `broken/` is a real mistake beside the words it gets.

`broken/<name>.yml` stands in for `koivula/polku.yml` of the small valid `project/`; a folder
`broken/<name>/` is laid over it. `broken/<name>.txt` is the whole report. To add a case, write the
file, run with `ACCEPT=1` and read the report that appears beside it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from accepting import assert_accepted
from palvelupolku.build import check
from palvelupolku.errors import PathError, Problem
from palvelupolku.folder import ALONE, read_folder
from palvelupolku.indents import goes_on, in_place_of_rows
from palvelupolku.rows import without_texts
from palvelupolku.source import Reading
from palvelupolku.yamltext import parse

TESTS = Path(__file__).parent
BROKEN = TESTS / "broken"
CASES = sorted(path for path in BROKEN.iterdir() if path.suffix != ".txt")
DAY = date(2026, 11, 21)
PATH = "koivula/polku.yml"


@pytest.fixture(scope="module")
def project() -> dict[str, bytes]:
    """A small project in which everything holds."""
    return read_folder(TESTS / "project")


def laid_over(project: Mapping[str, bytes], case: Path) -> dict[str, bytes]:
    """Return the project with the files of a case in place of its own."""
    return {**project, **(read_folder(case) if case.is_dir() else {PATH: case.read_bytes()})}


def with_path(project: Mapping[str, bytes], content: bytes) -> Reading:
    """Return what is read when the path's file has this content."""
    return check({**project, PATH: content}, DAY)


def told(problems: tuple[Problem, ...] | list[Problem]) -> list[tuple[str, int, int]]:
    """Return the rule and the place of each problem."""
    return [(problem.rule, problem.mark.line, problem.mark.column) for problem in problems]


def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as an author does."""
    command = [sys.executable, "-m", "palvelupolku", *map(str, arguments)]
    return subprocess.run(
        command, cwd=TESTS.parent, capture_output=True, text=True, check=False,
        env=os.environ | variables,
    )  # fmt: skip


def raw_controls(text: str) -> list[str]:
    """Return the characters that would move a terminal's cursor, colour or reading direction."""
    return [c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs"}]


def lay_out(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write the files below a folder and return it; descriptions stand alone."""
    alone = {ALONE: b""} if folder.name == "paths" else {}
    for name, content in {**alone, **files}.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def test_the_small_project_is_without_a_remark(project: dict[str, bytes]) -> None:
    """So every problem of a case comes from the case."""
    assert check(project, DAY).problems == []


def test_a_quoted_text_may_go_on_with_a_dash() -> None:
    """A row of a text in flow style is no item of a list, even where a key comes after it."""
    read = parse(PATH, b"{name: 'Kunnan\n  -alue', stage: x}")
    assert read.data == {"name": "Kunnan -alue", "stage": "x"}


@pytest.mark.parametrize(
    ("above", "rows"),
    [
        ("a: |", ("  b: c", "", "   - d", "  # e")),
        ("- |-  # two", ("  – b",)),
        ("- a: >2", ("     – b", "    – c")),
        ("a: b", ("  – c", "   d")),
        ("- A", ("  – b",)),
        ("  Text", ("  – b",)),
    ],
)
def test_the_rows_of_a_text_are_no_keys_and_have_no_dashes(above: str, rows: tuple[str, ...]):
    """The first line left of a text, or a key below a text without a mark, ends it."""
    below = ("a: b", "  c: d", "  - e", "f:", "  – g")
    assert without_texts((above, *rows, *below)) == (above, *[""] * len(rows), *below)


def test_only_the_dashes_of_lists_are_told_with_the_first():
    """A dash of print that stands in a text is right, and a chosen word is no text that goes on."""
    found = in_place_of_rows(("a:", "  – b", "c: >-", "  D", "  – e", "f:", "  – g"), 1)
    assert found
    assert "samoin rivillä 7." in found[1]
    assert not goes_on(("kind: start  # first", "Text: that goes on"), 1)


def test_every_report_has_its_case_and_there_are_many() -> None:
    """No report is left behind when its case goes."""
    assert {path.stem for path in BROKEN.glob("*.txt")} == {path.stem for path in CASES}
    assert len(CASES) >= 45


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mistake_is_told_in_finnish_at_its_place(case: Path, project: dict[str, bytes]) -> None:
    """The report of a case is the accepted one: file, line, column, words, rule, line and hint."""
    reading = check(laid_over(project, case), DAY)
    assert reading.problems, "nothing was noticed"
    assert all(not raw_controls(str(problem)) for problem in reading.problems)
    assert_accepted(BROKEN / f"{case.stem}.txt", "\n\n".join(map(str, reading.problems)) + "\n")


UNREADABLE = {
    "latin-1": ("name: Työ\n".encode("latin-1"), (1, 9)),
    "utf-16": ("name: Työ\n".encode("utf-16"), (1, 1)),
    "overlong": (b"name: Ty\nstage: \xc0\xaf\n", (2, 8)),
    "surrogate": (b"name: \xed\xa0\x80\n", (1, 7)),
    "gzip": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", (1, 2)),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", (1, 1)),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_bytes_that_are_not_utf_8_are_told_with_their_place(
    kind: str, project: dict[str, bytes]
) -> None:
    """Another encoding, or no text at all, is one error at the first bad byte."""
    content, place = UNREADABLE[kind]
    assert told(with_path(project, content).problems) == [("encoding", *place)]


@pytest.mark.parametrize(
    "character",
    "\0\a\x1b\x7f\x85\u200b\u200e\u202e\u2028\u2066\ufeff\ufffe\ue000\U000e0041",
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_a_hidden_character_is_named_and_never_printed(
    character: str, project: dict[str, bytes]
) -> None:
    """Typed or escaped, a character that cannot be seen is an error that names it."""
    text = project["koivula/tyokokeilu.yml"].decode()
    typed = text.replace("työtä", f"ty{character}ötä")
    escaped = text.replace("Kokeilet työtä oikealla työpaikalla.", f'"ty\\U{ord(character):08x}ö"')
    for content, place in ((typed, (4, 21)), (escaped, (4, 10))):
        (problem,) = with_path(project, content.encode()).problems
        assert told([problem]) == [("character", *place)]
        assert f"U+{ord(character):04X}" in problem.message
        assert not raw_controls(str(problem))


def test_a_soft_hyphen_and_ordinary_spaces_are_no_fault(project: dict[str, bytes]) -> None:
    """The check for hidden characters lets through what a text may hold."""
    text = project["koivula/tyokokeilu.yml"].decode()
    text = text.replace("työpaikalla", "työ\u00adpaikalla 5\u00a0päivää – ”niin”")
    assert with_path(project, text.encode()).problems == []


LARGE = {
    "bytes": (b"name: " + b"a" * 512_000, "size"),
    "levels": (b"name: " + b"[" * 30_000, "size"),
    "levels-of-blocks": (b"".join(b" " * n + b"a:\n" for n in range(500)), "size"),
    "nodes": (b"keywords: [" + b"a," * 60_000 + b"a]", "size"),
    "aliases": (
        b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(40)),
        "yaml",
    ),
    "merges": (b"a: &a {x: y}\n" + b"b: &b {<<: [*a, *a]}\n" * 30, "yaml"),
    "nul-bytes": (bytes(512_000), "character"),
    "bad-characters": ("\u202e".encode() * 170_000, "character"),
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_file_that_is_too_much_is_refused_at_once(kind: str, project: dict[str, bytes]) -> None:
    """Size, depth, number and expansion are bounded: an answer comes within a second or two."""
    content, rule = LARGE[kind]
    start = time.process_time()
    problems = with_path(project, content).problems
    assert time.process_time() - start < 2
    assert {problem.rule for problem in problems} == {rule}
    assert len(problems) <= 20


LONG = {
    PATH: (b"".join(b"a%d: b\n" % n for n in range(9_000)), {"unknown-key", "missing-key"}),
    "koivula/tyokokeilu.yml": (
        b"".join(b"A %d: b\n" % n for n in range(9_000)),
        {"unknown-key", "missing-key"},
    ),
    "catalogue/terms.yml": (
        b"".join(b"t%d:\n  name: a\n  meaning: b\n" % n for n in range(7_000)),
        {"unknown-term"},
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_file_is_checked_in_time(name: str, project: dict[str, bytes]) -> None:
    """Thousands of faults or entries take a second, not a minute: nothing grows with the square."""
    content, rules = LONG[name]
    start = time.process_time()
    problems = check({**project, name: content}, DAY).problems
    assert time.process_time() - start < 5
    assert {problem.rule for problem in problems} == rules


@pytest.mark.parametrize(
    "name",
    [
        "koivula/..yml", "koivula/C:\\polku.yml", "koivula/con.yml", "koivula/nul.yml",
        "koivula/lpt1.yml", "koivula/assets.yml", "koivula/__proto__.yml", "koivula/polku..yml",
        "koivula/polku-.yml", "koivula/Polku.yml", "assets/region.yml", "con/region.yml",
        f"koivula/{'a' * 300}.yml", "koivula/\x1b[31m.yml", "/etc/passwd.yml", "../polku.yml",
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_an_address_is_refused(name: str, project: dict[str, bytes]) -> None:
    """A name that leaves the folder, is reserved somewhere or would collide is an error."""
    problems = check({**project, name: project["koivula/tyokokeilu.yml"]}, DAY).problems
    assert next(p.rule for p in problems if p.file == name) in {"file-name", "place"}
    assert not raw_controls("".join(map(str, problems)))


def test_what_other_readers_of_yaml_misread_stays_as_typed(project: dict[str, bytes]) -> None:
    """`no`, `012`, `12:30` and days are text, and only a field of days makes them days."""
    text = project["koivula/tyokokeilu.yml"].decode()
    text = text.replace("name: Työkokeilu", "name: no").replace("Kokeilet työtä", "12:30")
    words = [
        "no",
        "012",
        "0x1F",
        "1e3",
        "3.10",
        "~",
        "null",
        "true",
        "1_000",
        "2026-11-21",
        "12:30",
    ]
    text += "keywords:\n" + "".join(f"- {word}\n" for word in words)
    reading = with_path(project, text.encode())
    service = reading.library.services["koivula/polku"]
    assert reading.problems == []
    assert service.name.fi == "no"
    assert service.summary.fi == "12:30 oikealla työpaikalla."
    assert list(service.keywords) == words
    assert service.review.reviewed_on == date(2026, 6, 1)


@pytest.mark.parametrize("change", ["mark", "crlf", "start"])
def test_files_of_other_editors_are_read_alike(change: str, project: dict[str, bytes]) -> None:
    """A byte order mark, Windows line ends and a first `---` change nothing."""
    plain = project[PATH]
    content = {
        "mark": b"\xef\xbb\xbf" + plain,
        "crlf": plain.replace(b"\n", b"\r\n"),
        "start": b"---\n" + plain,
    }[change]
    reading = with_path(project, content)
    assert reading.problems == []
    assert reading.library == check(project, DAY).library


def test_advice_begins_just_over_its_limits(project: dict[str, bytes]) -> None:
    """Five choices, ten lines in a meeting and a review of a year ago to the day are still fine."""
    text = (BROKEN / "many-choices.yml").read_text("utf-8")
    fine = text.replace("  - outcome: opiskelu\n    condition: haluat opiskella\n", "")
    assert with_path(project, fine.encode()).problems == []
    ended = text.replace("haluat opiskella\n", "haluat opiskella\n    valid_to: 2025-12-31\n")
    assert with_path(project, ended.encode()).problems == []
    for count, rules in ((126, []), (127, ["long-client-text"])):
        long = fine.replace("client: Kerro, mitä haluat.", f"client: {'Ei. ' * count}", 1)
        assert [p.rule for p in with_path(project, long.encode()).problems] == rules
    simple = fine.replace("name: Tapaaminen", "name: {fi: Tapaaminen, fi-simple: '%s.'}", 1)
    for count, rules in ((12, []), (13, ["long-sentence"])):
        clear = simple % " ".join(["sana"] * count)
        assert [p.rule for p in with_path(project, clear.encode()).problems] == rules
    old = project["koivula/tyokokeilu.yml"].replace(b"2026-06-01", b"2025-11-21")
    assert with_path(project, old).problems == []


def test_links_that_lead_out_of_the_project_are_not_followed(
    project: dict[str, bytes], tmp_path: Path
) -> None:
    """A symbolic link, a pipe and a folder named as a file are told, all in one answer."""
    folder = lay_out(project, tmp_path / "paths")
    outside = lay_out({"secret.yml": b"name: x\n"}, tmp_path / "outside")
    (folder / "koivula/linkki.yml").symlink_to(outside / "secret.yml")
    (folder / "harjula").symlink_to(outside, target_is_directory=True)
    (folder / "koivula/kansio.yml").mkdir()
    os.mkfifo(folder / "koivula/putki.yml")
    with pytest.raises(PathError) as caught:
        read_folder(folder)
    names = ["harjula", "koivula/kansio.yml", "koivula/linkki.yml", "koivula/putki.yml"]
    assert [(p.rule, p.file) for p in caught.value.problems] == [("file", name) for name in names]


def test_what_may_not_be_read_is_told_and_never_left_out(project: dict[str, bytes]) -> None:
    """Without the right to read a file or a folder, nothing is silently missing."""
    with tempfile.TemporaryDirectory() as name:
        folder = lay_out(project, Path(name))
        for closed in (folder / "koivula/polku.yml", folder / "mantyla"):
            closed.chmod(0)
        Path(name).chmod(0o755)
        privileged = os.geteuid() == 0
        if privileged:
            os.seteuid(65534)
        try:
            with pytest.raises(PathError) as caught:
                read_folder(folder)
        finally:
            if privileged:
                os.seteuid(0)
            (folder / "mantyla").chmod(0o700)
    assert [(p.rule, p.file) for p in caught.value.problems] == [
        ("file", "koivula/polku.yml"),
        ("file", "mantyla"),
    ]


def test_an_empty_folder_is_not_published_as_an_empty_site(tmp_path: Path) -> None:
    """A wrong folder is told before it replaces every page with none."""
    with pytest.raises(PathError) as caught:
        read_folder(tmp_path)
    assert [problem.rule for problem in caught.value.problems] == ["missing-file"]


def test_the_command_tells_all_files_at_once(project: dict[str, bytes], tmp_path: Path) -> None:
    """`check` ends with 1 and a count, each file under the name that opens from here."""
    case = BROKEN / "several-files-at-once"
    folder = lay_out(laid_over(project, case), tmp_path / "paths")
    done = run("check", "--paths", folder)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.endswith("Virheitä 4, huomautuksia 0.\n")
    for report in (BROKEN / f"{case.name}.txt").read_text("utf-8").strip().split("\n\n"):
        assert f"{os.path.relpath(folder, TESTS.parent)}/{report}" in done.stderr


def test_the_command_answers_machines_in_json(project: dict[str, bytes], tmp_path: Path) -> None:
    """`--format json` gives the same problems on the standard output and nothing else."""
    folder = lay_out(laid_over(project, BROKEN / "several-files-at-once"), tmp_path / "paths")
    done = run("check", "--format", "json", "--paths", folder)
    problems = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert [p["rule"] for p in problems] == ["unknown-key", "value", "yaml", "value"]
    assert problems[1] == {
        "file": "koivula/polku.yml", "line": 3, "column": 8, "severity": "error", "rule": "value",
        "message": "Arvo ”aktiivinen” ei käy kohtaan ”stage”.",
        "hint": (
            "Vaihtoehdot: guidance = ohjaus, planning = suunnitelma, activity = toiminta, "
            "employment = työllistymisen tuki, outcome = työ ja opiskelu."
        ),
    }  # fmt: skip


def test_a_fault_of_an_option_has_no_row_for_machines() -> None:
    """What is wrong is in no file: its row and column are null."""
    done = run("check", "--format", "json", "--paths", TESTS / "project", "--as-of", "31.1.2026")
    (problem,) = json.loads(done.stdout)
    assert (problem["file"], problem["line"], problem["column"]) == ("--as-of", None, None)


def test_remarks_alone_do_not_fail_the_command(project: dict[str, bytes], tmp_path: Path) -> None:
    """A warning is printed, and the command still ends with 0."""
    folder = lay_out(laid_over(project, BROKEN / "many-choices.yml"), tmp_path / "paths")
    for form in ("text", "json"):
        done = run("check", "--paths", folder, "--as-of", "2026-11-21", "--format", form)
        assert done.returncode == 0
        assert "many-choices" in done.stdout + done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_names_and_values_reach_no_terminal_raw(
    form: str, project: dict[str, bytes], tmp_path: Path
) -> None:
    """File names and values with control characters are printed with marks in their place."""
    folder = lay_out(laid_over(project, BROKEN / "escaped-terminal-colour.yml"), tmp_path / "paths")
    for name in (
        b"\x1b]0;hei\x07.yml",
        b"\xff\xfe.yml",
        "\u202elmy.yml".encode(),
        b"rivi\nvaihto.yml",
    ):
        Path(os.fsdecode(os.fsencode(folder / "koivula") + b"/" + name)).write_bytes(b"name: x\n")
    done = run("check", "--paths", folder, "--format", form)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not raw_controls(done.stdout + done.stderr)


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (("--as-of", "eilen"), {}),
        (("--as-of", ""), {}),
        ((), {"SOURCE_DATE_EPOCH": "eilen"}),
        (("--paths", "olematon"), {}),
    ],
)
def test_a_wrong_setting_is_told_without_a_traceback(
    arguments: tuple[str, ...], variables: dict[str, str]
) -> None:
    """A day that is no day and a folder that is not there end with 1 and Finnish words."""
    done = run("check", *arguments, **variables)
    assert done.returncode == 1
    assert " ei ole" in done.stderr
    assert ":1:1:" not in done.stderr, "a command has no rows"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("year", [1900, 9999])
def test_a_year_nobody_means_is_not_shown(year: int) -> None:
    """A slip of the hand does not publish a site of another century."""
    done = run("check", "--as-of", f"{year}-01-31")
    assert done.returncode == 1
    assert f"Vuosi {year} on liian kaukana." in done.stderr


@pytest.mark.parametrize("command", ["build", "export"])
def test_errors_leave_the_earlier_site_as_it_was(
    command: str, project: dict[str, bytes], tmp_path: Path
) -> None:
    """When a description has errors, nothing is published and nothing is left beside the site."""
    paths = lay_out(laid_over(project, BROKEN / "dead-end.yml"), tmp_path / "paths")
    earlier = {"data/index.json": b"{}", "index.html": b"<p>Aiempi sivusto</p>"}
    site = lay_out(earlier, tmp_path / "own" / "site")
    config = TESTS.parent / "mkdocs.yml"
    rest = ("--config", config, "--site", site) if command == "build" else (site,)
    done = run(command, "--paths", paths, *rest)
    assert done.returncode == 1
    assert "koivula/polku.yml:22:7: virhe: Vaiheesta ”Arvio”" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(site.parent.iterdir()) == [site]
    left = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {name: (site / name).read_bytes() for name in left} == earlier
