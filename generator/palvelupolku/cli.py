"""The rim for people: `palvelupolku new | check | build | serve | export | fmt | excel | …`."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from palvelupolku import __version__, author_commands, excel_commands
from palvelupolku.arguments import Parser, port
from palvelupolku.asked import NoDescriptionError
from palvelupolku.build import build, check
from palvelupolku.errors import Mark, PathError, Problem, reason
from palvelupolku.export import export
from palvelupolku.finnish import upper_first
from palvelupolku.folder import (
    credit,
    day_of_build,
    is_shared,
    of_own,
    read_folder,
    report,
    shared_below,
    to_site,
)
from palvelupolku.hearing import unfit
from palvelupolku.own_pages import torn_links
from palvelupolku.publish import PublishError, preview, publish, refuse_taken
from palvelupolku.published import SETTINGS, Settings
from palvelupolku.readiness import strict, waiting
from palvelupolku.resources import SHARED_PATHS
from palvelupolku.site_settings import faults, read_settings
from palvelupolku.source import Reading
from palvelupolku.starting import StartError

_FEW, _VERSION, _SETTINGS = 3, f"palvelupolku {__version__}", Path(SETTINGS)
_LAST = "Omien sivujen linkit tarkistaa build."
_ELSEWHERE = "Täällä ei ole kansiota paths."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when it did what was asked, 1 when the content has errors."""
    options = _parser().parse_args(arguments)
    try:
        result: int = options.run(options)
    except PathError as error:
        return _show(error.problems, options)
    except (PublishError, StartError, NoDescriptionError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command's answer
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        print(f"Tiedostoa ei voi lukea tai kirjoittaa ({reason(error)}).", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        print("Keskeytetty. Aiempi sivusto on ennallaan.", file=sys.stderr)  # noqa: T201 - the same
        return 130
    return result


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="palvelupolku", description="Tarkistaa ja julkaisee palvelupolkuja.")
    parser.add_argument("--version", action="version", version=_VERSION, help="näytä versio")
    commands = parser.add_subparsers(required=True, metavar="komento")

    def command(
        name: str,
        run: Callable[[argparse.Namespace], int],
        words: str,
        within: Any = commands,  # noqa: ANN401 - argparse's own
        *,
        dated: bool = True,
    ) -> Parser:
        added: Parser = within.add_parser(name, help=words, description=f"{upper_first(words)}.")
        added.add_argument("--paths", type=Path, metavar="KANSIO", help="kuvausten kansio")
        if dated:
            added.add_argument("--as-of", metavar="PÄIVÄ", help=_DAY)
        added.set_defaults(run=run)
        return added

    told = author_commands.NEW
    new = commands.add_parser("new", help=told, description=f"{upper_first(told)}.")
    author_commands.describe_new(new)
    checking = command("check", _check, "tarkista kuvaukset, älä julkaise mitään")
    checking.add_argument("--format", choices=("text", "json"), default="text", help="muoto")
    checking.add_argument("--publish", action="store_true", help=_PUBLISH)
    building = command("build", _build, "rakenna sivusto ja vaihda se paikalleen")
    building.add_argument("--site", type=Path, metavar="KANSIO", help=_SITE)
    serving = command("serve", _serve, "näytä sivusto selaimessa ja päivitä se, kun muutat tekstiä")
    serving.add_argument("--port", type=port, default=8000, metavar="LUKU", help="portti (8000)")
    for added in (building, serving):
        added.add_argument(
            "--config", type=Path, default=_SETTINGS, metavar="TIEDOSTO",
            help="sivuston asetukset",
        )  # fmt: skip
    exporting = command("export", _export, "kirjoita samat sivut tiedostoiksi")
    exporting.add_argument("folder", type=Path, metavar="kansio", help="minne sivut kirjoitetaan")
    _add_ways(commands, command)
    return parser


def _add_ways(commands: Any, command: Callable[..., Parser]) -> None:  # noqa: ANN401 - argparse's own
    """Add the commands of those who write, each told by its own room."""
    for name, told, describe, run in author_commands.WAYS:
        dated = name != author_commands.LAYOUT
        describe(command(name, partial(_on_folder, run), told, dated=dated))
    words = "täytä kuvaus Excel-työkirjassa"
    book = commands.add_parser("excel", help=words, description=f"{upper_first(words)}.")
    ways = book.add_subparsers(required=True, metavar="suunta")
    for name, told, describe, run in excel_commands.WAYS:
        describe(command(name, partial(_on_folder, run), told, ways))


_DAY = "minkä päivän polut, esim. 2026-01-31"
_PUBLISH = "kerro, mitä puuttuu ennen julkaisua; julkaistun kuvauksen puute on virhe"
_SITE = "sivuston kansio (site asetusten vieressä)"


def _folder(options: argparse.Namespace) -> Path:
    """Return the folder of descriptions: the one named, the one here, or the shared one.

    A site without descriptions of its own has the shared ones; elsewhere one has lost one's way.
    """
    own = Path("paths")
    if not options.paths and not own.is_dir() and not _SETTINGS.is_file():
        raise PublishError(f"{_ELSEWHERE} {to_site()}, tai anna --paths.")
    folder: Path = options.paths or (own if own.is_dir() else SHARED_PATHS)
    if not folder.is_dir():
        raise PublishError(f"Kansiota {folder} ei ole.")
    return folder


def _on_folder(run: Callable[[argparse.Namespace, Path], int], options: argparse.Namespace) -> int:
    """Run what may write on a folder of one's own: never on the package's."""
    if not options.paths and not Path("paths").is_dir():
        raise PublishError(f"{_ELSEWHERE} {to_site()}, tai anna --paths.")
    return run(options, _folder(options))


def _check(options: argparse.Namespace) -> int:
    folder, day = _folder(options), day_of_build(options.as_of)
    reading = check(read_folder(folder), day, shared_below(folder), day_of_build())
    here = not options.paths and _SETTINGS.is_file()
    if here:
        reading.problems += [*faults(_SETTINGS, reading.library)] or unfit(_SETTINGS.absolute())
        reading.problems += torn_links(_SETTINGS)
    if options.publish:
        _before_publishing(reading, day, options)
    own = of_own(reading.problems, folder)
    _show(own, options)
    if len(own) < len(reading.problems) and options.format == "text":
        count = len(reading.problems) - len(own)
        told = "1 huomautus. Sitä" if count == 1 else f"{count} huomautusta. Niitä"
        print(f"Lisäksi yhteisissä kuvauksissa on {told} ei korjata täällä.")  # noqa: T201 - the answer
    if not reading.errors and options.format == "text" and here:
        print(_LAST)  # noqa: T201 - the same
    return 1 if reading.errors else 0


def _before_publishing(reading: Reading, day: date, options: argparse.Namespace) -> None:
    """Make what published descriptions lack errors, and tell of each other one what it lacks."""
    folder = _folder(options)
    own = [w for w in waiting(reading, day) if not is_shared(f"{w.address}.yml", folder)]
    reading.problems = strict(reading.problems, own)
    for one in own if options.format == "text" else ():
        if one.review.state != "published":
            print(one)  # noqa: T201 - the answer


def _build(options: argparse.Namespace) -> int:
    config, settings = _site_settings(options)
    site = (options.site or config.parent / "site").resolve()
    if not site.name:
        raise PublishError("Anna sivustolle oma kansio, esimerkiksi --site site.")
    print(f"Valmis: {publish(config.absolute(), site, settings)} sivua kansiossa {site}")  # noqa: T201 - the command's answer
    return 0


def _serve(options: argparse.Namespace) -> NoReturn:
    config, settings = _site_settings(options)
    refuse_taken(options.port)
    told = "Rakennan sivustoa. Odota noin puoli minuuttia, ja avaa sitten selaimessa"
    print(f"{told} http://127.0.0.1:{options.port}/\nLopeta näppäimillä Ctrl ja C.", flush=True)  # noqa: T201 - the answer
    preview(config.absolute(), options.port, settings)


def _site_settings(options: argparse.Namespace) -> tuple[Path, dict[str, str]]:
    """Return the site's settings file, and what the command line says beside it."""
    config: Path = options.config
    if not config.is_file():
        raise PublishError(f"Asetustiedostoa {config} ei ole. {to_site()}, tai anna --config.")
    try:
        read_settings(config)
    except PathError as error:
        raise PublishError("\n\n".join(map(str, error.problems))) from error
    day_of_build(options.as_of)
    settings = {"PALVELUPOLKU_AS_OF": options.as_of} if options.as_of is not None else {}
    if options.paths:
        settings["PALVELUPOLKU_PATHS"] = str(_folder(options).absolute())
    return config, settings


def _export(options: argparse.Namespace) -> int:
    folder, day = _folder(options), day_of_build(options.as_of)
    settings = Settings(credit=credit(folder))
    site = build(read_folder(folder), day, settings, shared_below(folder), day_of_build())
    print(f"Valmis: {export(site, options.folder)} tiedostoa kansiossa {options.folder}")  # noqa: T201 - the answer
    return 0


def _show(problems: Sequence[Problem], options: argparse.Namespace) -> int:
    """Print the problems for a person, or for a machine; return 1."""
    if getattr(options, "format", "text") == "json":
        print(json.dumps([_as_data(p) for p in problems], indent=1))  # noqa: T201 - the answer
        return 1
    errors = sum(p.severity == "error" for p in problems)
    if problems:
        last = sorted(_told_once(problems), key=lambda problem: problem.severity == "error")
        print(report(last, _folder(options)) + "\n", file=sys.stderr)  # noqa: T201 - errors last
    count = f"Virheitä {errors}, huomautuksia {len(problems) - errors}."
    print(count, file=sys.stderr if errors else sys.stdout)
    return 1


def _told_once(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems without repeating for every file what nobody has reviewed yet."""
    unreviewed = [p for p in problems if p.rule == "not-reviewed"]
    if len(unreviewed) <= _FEW:
        return list(problems)
    count = f"{len(unreviewed)} kuvausta on tarkistamatta."
    hint = unreviewed[0].hint
    summary = Problem(".", Mark(), count, "not-reviewed", hint, severity="warning")
    return [summary, *(p for p in problems if p not in unreviewed)]


def _as_data(problem: Problem) -> dict[str, str | int | None]:
    return {
        "file": problem.file,
        "line": problem.mark.line or None,
        "column": problem.mark.column or None,
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
    }
