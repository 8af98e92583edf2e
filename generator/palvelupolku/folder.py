"""The rim to the disk: descriptions in, and the words of a report out."""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from shlex import quote

from palvelupolku.adopting import place
from palvelupolku.characters import MAX_BYTES
from palvelupolku.days import day_hint
from palvelupolku.errors import NOWHERE, Mark, PathError, Problem, reason
from palvelupolku.published import SETTINGS, Settings
from palvelupolku.resources import GUIDE, GUIDE_PAGES, SHARED_PATHS

_IGNORED = {"__pycache__", "README.md"}
ALONE = ".alone"
"""A file in a folder of descriptions that is not laid over the package's shared ones."""
_YEARS = range(2000, 2100)
"""Years one may ask for: before the first act on these services there is nothing to show."""


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by name, without following links.

    Raises `PathError` for a file that cannot be read or is not a regular file.
    """
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    folder = folder.resolve()
    for path in (folder, *sorted(folder.rglob("*"))):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") or part in _IGNORED for part in path.relative_to(folder).parts):
            continue
        try:
            kind = path.lstat().st_mode
            if stat.S_ISDIR(kind) and not name.endswith(".yml"):
                os.scandir(path).close()
                continue
            if not stat.S_ISREG(kind):
                message = "Tämä ei ole tavallinen tiedosto."
                problems.append(Problem(name, Mark(), message, "file", "Kopioi tiedosto tähän."))
                continue
            files[name] = _content(path)
        except OSError as error:
            message = f"Tiedostoa ei voi lukea ({reason(error)})."
            problems.append(Problem(name, Mark(), message, "file", "Tarkista tiedoston oikeudet."))
    if not files and not problems:
        hint = "Anna kansio, jossa on kuvauksia."
        problems.append(Problem(".", Mark(), "Kansiossa ei ole kuvauksia.", "missing-file", hint))
    if problems:
        raise PathError(problems)
    return files


def shared_below(folder: Path) -> dict[str, bytes]:
    """Return the package's shared files, unless the folder is theirs or stands alone."""
    return {} if _stands_alone(folder) else read_folder(SHARED_PATHS)


def _stands_alone(folder: Path) -> bool:
    return folder.resolve() == SHARED_PATHS.resolve() or (folder / ALONE).exists()


def to_site() -> str:
    """Return what leads to a site, with the command for it where one is above or beside here."""
    above = (Path(*[".."] * steps) for steps in (1, 2, 3))
    below = sorted(settings.parent for settings in Path().glob(f"*/{SETTINGS}"))
    near = next(([folder] for folder in above if is_site(folder)), filter(is_site, below))
    told = " tai ".join(f"cd {typed(folder)}" for folder in near)
    return f"Siirry sivuston kansioon{f' ({told})' if told else ''}"


def typed(path: Path) -> str:
    """Return a path as it is typed after a command: quoted, and never like an option."""
    return quote(f"{'./' if str(path).startswith('-') else ''}{path}")


def is_site(folder: Path) -> bool:
    """Return whether a folder has the settings of a site of ours."""
    settings = folder / SETTINGS
    readable = settings.is_file() and os.access(settings, os.R_OK)
    return readable and b"palvelupolku" in settings.read_bytes()


def credit(folder: Path, licence: str | None = None) -> str:
    """Return whose the texts of a site are, and on what terms others may use them.

    The shared ones are told as `LICENSE-descriptions` asks, own ones as their owner says, if at
    all: nobody else can say it.
    """
    own = f"Omat tekstit: {licence.rstrip('.')}." if licence else ""
    if folder.resolve() == SHARED_PATHS.resolve():
        return Settings.credit
    shared = "" if _stands_alone(folder) else Settings.credit.replace("Tekstit", "Yhteiset tekstit")
    return f"{shared} {own}".strip()


def _content(path: Path) -> bytes:
    """Return the start of a file, enough to see that it is too large."""
    handle = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    with os.fdopen(handle, "rb") as file:
        return file.read(MAX_BYTES + 1)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files in the place of the old ones, each whole or not at all."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.uusi")
        beside.write_bytes(content)
        beside.replace(path)


def guide_beside(docs: Path) -> dict[str, Path]:
    """Return the files of the guide by name, to stand beside the hand-written pages of a site.

    There are none where the site has a page of its own at one of their addresses: the parts of the
    guide lead to each other.
    """
    for name in GUIDE_PAGES:
        if (docs / f"{name}.md").exists() or (docs / name / "index.md").exists():
            return {}
    pages = [GUIDE / f"{name}.md" for name in GUIDE_PAGES]
    found = {p.relative_to(GUIDE).as_posix(): p for p in (*pages, *sorted(GUIDE.glob("kuvat/*")))}
    return {name: path for name, path in found.items() if not (docs / name).exists()}


def day_of_build(as_of: str | None = None) -> date:
    """Return the day whose paths are shown: the one asked for, SOURCE_DATE_EPOCH's, or today.

    Raises `PathError` when the day asked for is not a day. See reproducible-builds.org for
    SOURCE_DATE_EPOCH.
    """
    if as_of is not None:
        try:
            day = date.fromisoformat(as_of)
        except ValueError:
            message, hint = f"”{as_of}” ei ole päivä.", day_hint(as_of)
        else:
            if day.year in _YEARS:
                return day
            message, hint = f"Vuosi {day.year} on liian kaukana.", day_hint("")
        raise PathError([Problem("--as-of", NOWHERE, message, "as-of", hint)])
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
    except (ValueError, OverflowError, OSError):
        message, hint = f"”{epoch}” ei ole aika sekunteina.", "Poista muuttuja tai korjaa luku."
        problem = Problem("SOURCE_DATE_EPOCH", NOWHERE, message, "as-of", hint)
        raise PathError([problem]) from None


def report(problems: Iterable[Problem], folder: Path) -> str:
    """Return the problems as text, with file names that open from where one stands."""
    return "\n\n".join(str(_from_here(problem, folder)) for problem in problems)


def _from_here(problem: Problem, folder: Path) -> Problem:
    """Return a problem with the way to its file, unless it is of no description."""
    of_page = problem.rule == "bad-link" and problem.file.endswith(".md")
    if problem.rule in ("as-of", "export") or problem.file == SETTINGS or of_page:
        return problem
    start = SHARED_PATHS if is_shared(problem.file, folder) else folder
    path = Path(os.path.relpath(start)).as_posix()
    return replace(problem, file=f"{path}/{place(problem.file)}")


def of_own(problems: Iterable[Problem], folder: Path) -> list[Problem]:
    """Return the problems without remarks on what only the package's own authors mend."""
    told = list(problems)
    refused = {problem.file for problem in told if problem.rule == "shared-file"}
    files = {p.file for p in told if p.file in refused or is_shared(p.file, folder)}
    return [p for p in told if p.severity == "error" or p.file not in files]


def is_shared(name: str, folder: Path) -> bool:
    """Return whether a file that a problem names is the package's, below an own folder."""
    own = place(name) == name and (folder / name).exists()
    return not own and not _stands_alone(folder) and (SHARED_PATHS / place(name)).exists()
