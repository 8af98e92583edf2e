"""What MkDocs remarks while it previews a site, kept to be told in the words of the build."""

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from palvelupolku.errors import NOWHERE, PathError, Problem
from palvelupolku.settings_words import of_setting, said
from palvelupolku.site_settings import misplaced, read_settings

_SERVER, _RETOLD = "mkdocs.livereload", "error happened during the rebuild"
_WAITS = "Selain odottaa. Korjaa virhe ja tallenna."


def _not_retold(record: logging.LogRecord) -> bool:
    return _RETOLD not in record.getMessage()


class Hearing(logging.Handler):
    """Keeps every warning of MkDocs, from the reading of the settings on.

    What MkDocs itself shows stays as it was asked for, but for its words on what we tell.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._words: list[str] = []
        theirs = logging.getLogger("mkdocs")
        for handler in theirs.handlers:
            handler.setLevel(max(handler.level, theirs.level))
        theirs.setLevel(min(logging.WARNING, theirs.getEffectiveLevel()))
        theirs.addHandler(self)
        logging.getLogger(_SERVER).addFilter(_not_retold)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning of the build; the server's are of what a browser asks for."""
        if record.name != _SERVER:
            self._words.append(record.getMessage())

    def begin(self) -> None:
        """Forget what was heard: a new build begins."""
        self._words.clear()

    @property
    def heard(self) -> str:
        """What was warned of, a line each; nothing when all is well."""
        return "\n".join(self._words)

    def told(self, config: Path, docs: Path) -> str:
        """Return it in Finnish."""
        return "\n\n".join(said(self.heard, config, docs))


def unfit(config: Path) -> list[Problem]:
    """Return in Finnish why MkDocs takes no settings; nothing when it takes them."""
    found = [*misplaced(config)]
    for line in "" if found else _lamented(config).splitlines():
        told = Problem(os.path.relpath(config), NOWHERE, line, "setting")
        found.append(of_setting(line, config) or told)
    return found


def _lamented(config: Path) -> str:
    theirs = logging.getLogger("mkdocs")
    handlers, theirs.handlers = theirs.handlers, []
    heard = Hearing()
    try:
        load_config(str(config))
    except Abort:
        pass
    except ConfigurationError as error:
        return str(error).replace("\n", " ")
    except Exception as error:  # noqa: BLE001 - a hook of the site's own may raise anything
        told = f"Asetuksia {config.name} ei voi lukea. ({type(error).__name__}: {error})"
        return told.replace("\n", " ")
    finally:
        theirs.handlers = handlers
    return heard.heard


def rebuilding(settings: Path, builder: Callable[[], None], heard: Hearing) -> Callable[[], None]:
    """Return what builds a preview again, and tells that it waits and that all is mended."""
    broken = False

    def rebuild() -> None:
        nonlocal broken
        heard.begin()
        try:
            _refuse(settings)
            builder()
        except (Abort, PathError, PluginError) as error:
            broken = True
            told = "" if isinstance(error, Abort) else f"{error}\n"
            raise Abort(f"{told}{_WAITS}") from error
        if broken:
            broken = False
            print("Korjattu.", file=sys.stderr)  # noqa: T201 - the preview's answer

    return rebuild


def _refuse(settings: Path) -> None:
    read_settings(settings)
    if found := unfit(settings):
        raise PathError(found)
