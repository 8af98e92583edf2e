"""The rim for those who fill workbooks: `palvelupolku excel export | import`."""

import argparse
import sys
from itertools import count
from pathlib import Path

from palvelupolku.asked import stem_of
from palvelupolku.excel import exported, imported
from palvelupolku.folder import day_of_build, read_folder, report, shared_below, write_files
from palvelupolku.publish import PublishError


def _describe_export(parser: argparse.ArgumentParser) -> None:
    """Say what the way out takes."""
    place = "alue/palvelu, esim. keski-suomi/paikko"
    parser.add_argument("name", metavar="kuvaus", help=place)
    parser.add_argument("file", nargs="?", type=Path, metavar="tiedosto", help="työkirjan nimi")
    new = "tee tyhjä työkirja uudelle kuvaukselle"
    parser.add_argument("--new", action="store_true", help=new)


def _describe_import(parser: argparse.ArgumentParser) -> None:
    """Say what the way back takes."""
    filled = "täytetty työkirja (.xlsx)"
    parser.add_argument("file", type=Path, metavar="tiedosto", help=filled)


def _ending(file: Path) -> str:
    """Return how to type the name of a workbook that is typed without its ending, or nothing."""
    if file.suffix.lower() == ".xlsx":
        return ""
    whole = Path(f"{file}.xlsx")
    return f"Tarkoititko ”{whole}”?" if whole.is_file() else "Työkirjan nimen loppu on .xlsx."


def _free(stem: str) -> Path:
    """Return the first name of a workbook that no file has yet."""
    names = (Path(f"{stem}{f'-{number}' if number > 1 else ''}.xlsx") for number in count(1))
    return next(name for name in names if not name.exists())


def _export_book(options: argparse.Namespace, folder: Path) -> int:
    """Write a workbook of a description; return 0."""
    file: Path = options.file or _free(stem_of(options.name))
    if file.exists():
        raise PublishError(f"Tiedosto {file} on jo olemassa. Anna toinen nimi, tai siirrä se.")
    files, day = read_folder(folder), day_of_build(options.as_of)
    content = exported(files, options.name, day, shared_below(folder), new=options.new)
    file.write_bytes(content)
    print(f"Valmis: {file}")  # noqa: T201 - the command's answer
    return 0


def _import_book(options: argparse.Namespace, folder: Path) -> int:
    """Write the description of a filled workbook, or tell every fault; return 1 with faults."""
    if not options.file.is_file():
        raise PublishError(f"Tiedostoa {options.file} ei ole. {_ending(options.file)}".strip())
    files, day = read_folder(folder), day_of_build(options.as_of)
    made = imported(files, options.file.read_bytes(), day, shared_below(folder))
    if made.faults or made.elsewhere:
        told = [
            *map(str, made.faults),
            *([report(made.elsewhere, folder)] if made.elsewhere else []),
        ]
        total = f"Virheitä {len(made.faults) + len(made.elsewhere)}. Kuvausta ei muutettu."
        print("\n\n".join([*told, total]), file=sys.stderr)  # noqa: T201 - the command's answer
        return 1
    write_files(folder, {made.file: made.content})
    name = made.file.removesuffix(".yml")
    after = f"Tee uusi työkirja ennen seuraavia muutoksia: palvelupolku excel export {name}."
    last = after if made.changes else "Kuvaus sanoi jo samat asiat kuin työkirja."
    print(f"Valmis: {folder / made.file}\n{last}")  # noqa: T201 - the command's answer
    return 0


WAYS = (
    ("export", "tee kuvauksesta Excel-työkirja", _describe_export, _export_book),
    ("import", "tee täytetystä työkirjasta kuvaus", _describe_import, _import_book),
)
"""The commands: the name, what it does, what it takes, and what runs it on a folder."""
