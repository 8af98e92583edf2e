"""The ready PDF of each service: tagged, whole, in Finnish, and nothing in it is markup."""

import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from browsing import PATHS, STEPS
from commands import SMALL
from conftest import DAY
from palvelupolku.build import build
from palvelupolku.folder import read_folder
from palvelupolku.published import Site


def poppler(tool: str, pdf: bytes, tmp_path: Path, *options: str) -> str:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    command = [tool, *options, str(file)] + (["-"] if tool == "pdftotext" else [])
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode(errors="replace")


def test_every_service_has_its_paper_one_press_away(site: Site):
    """Both versions of a service's page lead to the same file, and it is there."""
    services = [a for a, page in site.pages.items() if page.kind in ("path", "card", "local")]
    papers = sorted(name for name in site.files if name.endswith(".pdf"))
    assert papers == sorted(f"{a}{a.split('/')[-2]}.pdf" for a in services)
    for address in services:
        name = address.split("/")[-2]
        assert f'href="{name}.pdf"' in site.pages[address].body
        assert f'href="../{name}.pdf"' in site.pages[f"{address}selkea/"].body


@pytest.mark.parametrize("place", PATHS)
def test_a_paper_holds_every_step_and_choice(site: Site, place: str, tmp_path: Path):
    """It is tagged, has the title, and holds each step's heading once and every choice."""
    pdf = site.files[f"{place}{place.split('/')[1]}.pdf"]
    told = poppler("pdfinfo", pdf, tmp_path)
    assert re.search(r"Tagged: +yes", told)
    assert b"/Lang (fi)" in pdf or b"/Lang(fi)" in pdf
    heads = re.findall(r"(?m)^\s*H2", poppler("pdfinfo", pdf, tmp_path, "-struct"))
    assert len(heads) == STEPS[place]
    words = " ".join(poppler("pdftotext", pdf, tmp_path).split())
    choices = json.loads(site.files[f"data/{place[:-1]}.json"])["choices"]
    assert words.count("•") == len(choices)


def test_a_paper_takes_words_as_words(tmp_path: Path):
    """What would be code or markup to the typesetter stands on the paper as it was written."""
    odd = "Sano #panic() ja *tämä* $x$ <y> @z."
    files = read_folder(SMALL)
    name, text = next((n, t.decode()) for n, t in files.items() if b"client:" in t)
    files[name] = re.sub(
        r"client: .*(\n +.*)*?(?=\n +\w+:)", f"client: '{odd}'", text, count=1
    ).encode()
    site = build(files, DAY)
    pdf = site.files[f"{name[:-4]}/{name.split('/')[1][:-4]}.pdf"]
    words = " ".join(poppler("pdftotext", pdf, tmp_path).split())
    assert "Sano #panic() ja tämä $x$ <y> @z." in words


def test_a_paper_is_the_same_every_time():
    """The same files on the same day give the same bytes; another day does not."""
    name, files = "koivula/polku/polku.pdf", read_folder(SMALL)
    one, two = (build(files, DAY).files[name] for _ in range(2))
    assert one == two
    assert one != build(files, date(2026, 6, 1)).files[name]
