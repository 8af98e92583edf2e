"""A reader of commands whose own words are Finnish as well."""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
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
_SLIP = 0.8
"""How near a word is to the option that was meant (`difflib`'s ratio)."""
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
            self.error(self._unknown(left[0], args or sys.argv[1:]))
        return found, left

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the command, and how it is given."""
        if message.startswith(_MISSING):
            message = self._missing(message.removeprefix(_MISSING))
        message = _CHOICE.sub(self._in_place_of, message)
        for shape, finnish in _SENTENCES:
            message = re.sub(shape, finnish, message)
        self.exit(2, f"{self.format_usage()}virhe: {message}\n")

    def _missing(self, names: str) -> str:
        """Return what is to be given besides, with what there is to choose from."""
        name = names.partition(",")[0]
        action = next(action for action in self._actions if action.metavar == name)
        if action.choices:
            return f"Anna {name}. {_told(action)}"
        return f"Anna myös {name}: {action.help}."

    def _in_place_of(self, found: re.Match[str]) -> str:
        """Return what is said of a word that is not among those to choose from."""
        name, quoted, listed = found.groups()
        given = ast.literal_eval(quoted)
        names = re.findall(r"[\w-]+", listed)
        action = next((action for action in self._actions if action.metavar == name), None)
        near = nearest(given, names) or (_like(given.lower(), _helps(action)) if action else "")
        option = name.startswith("-")
        what = f"”{given}” ei käy." if option else f"{name.capitalize()}a ”{given}” ei ole."
        told = _told(action) if action else _listed(names)
        return f"{what} {f'Tarkoititko ”{near}”?' if near else told}"

    def _unknown(self, word: str, given_words: Sequence[str]) -> str:
        """Return what is said of a word that this command does not take."""
        helps = {a.option_strings[-1]: a.help or "" for a in self._actions if a.option_strings}
        names = [name.lstrip("-") for name in helps]
        if not word.startswith("-"):
            joined = _quoted(given_words, list(given_words).index(word))
            if joined:
                way = f"Jos se kuuluu edelliseen, kirjoita: {joined}. Muuten poista se."
            else:
                option = nearest(word.lower(), names, _SLIP)
                way = f"Tarkoititko ”--{option}”?" if option else "Poista se."
            return f"”{word}” on liikaa. {way}"
        given = word.partition("=")[0]
        plain = given.lstrip("-").lower()
        near = nearest(plain, names)
        found = f"--{near}" if near else _like(plain, helps)
        told = f"Tarkoititko ”{found}”?" if found else f"Valitsimet: {', '.join(helps)}."
        return f"Valitsinta ”{given}” ei ole. {told}"


def _like(word: str, helps: Mapping[str, str]) -> str:
    """Return what is told with a word that begins as this one, or nothing."""
    found = [name for name, told in helps.items() if f" {word[:_STEM]}" in f" {told}"]
    return found[0] if found and len(word) >= _STEM else ""


def _quoted(words: Sequence[str], at: int) -> str:
    """Return what stands before a word joined with it, as it is typed; nothing before the first."""
    if not at or words[at - 1].startswith("-"):
        return ""
    after = takewhile(lambda word: not word.startswith("-"), words[at:])
    option = words[at - 2] if at > 1 and words[at - 2].startswith("--") else ""
    return f'{option} "{" ".join((words[at - 1], *after))}"'.strip()


def _told(action: argparse.Action) -> str:
    """Return what there is to choose from, each with its meaning where it has one."""
    told = _helps(action)
    if not told:
        return _listed(action.choices or ())
    width = max(map(len, told))
    return "\n  ".join(["Vaihtoehdot:", *(f"{k:{width}}  {v}" for k, v in told.items())])


def _helps(action: argparse.Action) -> dict[str, str]:
    found = getattr(action, "_choices_actions", ())
    return {choice.dest: choice.help for choice in found}


def _listed(names: Iterable[str]) -> str:
    return f"Vaihtoehdot: {', '.join(names)}."
