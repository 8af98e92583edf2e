"""A reader of commands whose own words are Finnish as well."""

import argparse
from collections.abc import Iterable
from typing import Any, NoReturn

_ARGUMENT_ERRORS = {
    "the following arguments are required:": "anna myös:",
    "unrecognized arguments:": "tuntematonta:",
    "expected one argument": "arvo puuttuu",
    "invalid choice:": "ei ole mahdollinen:",
    "choose from": "vaihtoehdot:",
    "argument ": "kohta ",
}


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
        for english, finnish in _ARGUMENT_ERRORS.items():
            message = message.replace(english, finnish)
        self.exit(2, f"{self.format_usage()}virhe: {message}\n")
