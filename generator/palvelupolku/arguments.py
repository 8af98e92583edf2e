"""A reader of commands whose own words are Finnish as well."""

import argparse
import ast
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from palvelupolku.errors import nearest

_SENTENCES = (
    (r"argument (-\S+): expected one argument", r"Valitsimelta \1 puuttuu arvo."),
    (r"argument (-\S+): ignored explicit argument .*", r"Valitsin \1 ei ota arvoa."),
    (r"ambiguous option: (\S+) could match (.*)", r"”\1” ei riitä. Vaihtoehdot: \2."),
    (r"argument \S+: (.*)", r"\1"),
)
"""What argparse says, and the same in Finnish; an own message stands after its argument."""
_MISSING = "the following arguments are required: "
_CHOICE = re.compile(r"argument (\S+): invalid choice: (['\"].*['\"]) \(choose from (.*)\)")
_PORTS = range(1, 65536)
_STEM = 5
"""How many first letters make a word of a help the one that was typed, whatever its endings."""


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

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Read a command; what it does not know is told with the options of that very command."""
        found, left = super().parse_known_args(args, namespace)
        if left:
            self.error(self._unknown(left[0]))
        return found, left

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the command, and how it is given."""
        if message.startswith(_MISSING):
            message = self._missing(message.removeprefix(_MISSING))
        message = _CHOICE.sub(_in_place_of, message)
        for shape, finnish in _SENTENCES:
            message = re.sub(shape, finnish, message)
        self.exit(2, f"{self.format_usage()}virhe: {message}\n")

    def _missing(self, names: str) -> str:
        """Return what is to be given besides, with what there is to choose from."""
        name = names.partition(",")[0]
        action = next(action for action in self._actions if action.metavar == name)
        if action.choices:
            return f"Anna {name}. {_listed(action.choices)}"
        return f"Anna myös {name}: {action.help}."

    def _unknown(self, word: str) -> str:
        """Return what is said of a word that this command does not take."""
        if not word.startswith("-"):
            return f"”{word}” on liikaa. Poista se."
        given = word.partition("=")[0]
        plain = given.lstrip("-").lower()
        helps = {a.option_strings[-1]: a.help or "" for a in self._actions if a.option_strings}
        like = [name for name, told in helps.items() if f" {plain[:_STEM]}" in f" {told}"]
        near = nearest(plain, [name.lstrip("-") for name in helps])
        found = f"--{near}" if near else like[0] if like and len(plain) >= _STEM else ""
        told = f"Tarkoititko ”{found}”?" if found else f"Valitsimet: {', '.join(helps)}."
        return f"Valitsinta ”{given}” ei ole. {told}"


def _in_place_of(found: re.Match[str]) -> str:
    """Return what is said of a word that is not among those to choose from."""
    name, quoted, listed = found.groups()
    given = ast.literal_eval(quoted)
    names = re.findall(r"[\w-]+", listed)
    near = nearest(given, names)
    option = name.startswith("-")
    what = f"”{given}” ei käy." if option else f"{name.capitalize()}a ”{given}” ei ole."
    return f"{what} {f'Tarkoititko ”{near}”?' if near else _listed(names)}"


def _listed(names: Iterable[str]) -> str:
    return f"Vaihtoehdot: {', '.join(names)}."
