"""A reader of commands whose own words are Finnish as well."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from palvelupolku.errors import suggestion

_ARGUMENT_ERRORS = {
    "the following arguments are required:": "anna myös:",
    "unrecognized arguments:": "komento ei tunne tätä:",
    "expected one argument": "arvo puuttuu",
    "argument ": "kohta ",
}
_CHOICE = re.compile(r"invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL)
_PORTS = range(1, 65536)


def port(text: str) -> int:
    """Return the number of a port; raises `ArgumentTypeError` with the words for the author."""
    if text.isdecimal() and int(text) in _PORTS:
        return int(text)
    raise argparse.ArgumentTypeError(f"”{text}” ei ole portti. Anna luku, esimerkiksi 8001.")


class _FinnishHelp(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Show how a command is given."""
        super().add_usage(usage, actions, groups, "käyttö: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose own words are Finnish as well."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(add_help=False, formatter_class=_FinnishHelp, **options)
        self._positionals.title, self._optionals.title = "annettavat", "valitsimet"
        self.add_argument("-h", "--help", action="help", help="näytä tämä ohje")

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the command, and how it is given."""
        if message.startswith("the following"):
            message += self._offered()
        message = _CHOICE.sub(_in_place_of, message)
        for english, finnish in _ARGUMENT_ERRORS.items():
            message = message.replace(english, finnish)
        self.exit(2, f"{self.format_usage()}virhe: {message}\n")

    def _offered(self) -> str:
        """Return the commands that there are to choose from, in words; empty without any."""
        names = [name for action in self._actions for name in action.choices or ()]
        return f". {_options(names)}" if self._subparsers else ""


def _in_place_of(found: re.Match[str]) -> str:
    """Return what is said of a word that is not among those to choose from."""
    names = re.findall(r"[\w-]+", found[2])
    return f"”{found[1]}” ei käy. {suggestion(found[1], names) or _options(names)}"


def _options(names: Iterable[str]) -> str:
    return f"Vaihtoehdot: {', '.join(names)}."
