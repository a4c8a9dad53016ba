"""The parser of a verb in the language of the person: help, and what argparse says of wrong words."""

from __future__ import annotations

import argparse
import gettext
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from toguna.kernel.api import LANGUAGES, Language
from toguna.kernel.core.messages import LOCALE, translatable, translated

#: What argparse says itself (Python 3.11 to 3.13). Its own `gettext` calls look these up in our catalogue.
ARGPARSE = (
    translatable("usage: "),
    translatable("options"),
    translatable("positional arguments"),
    translatable("show this help message and exit"),
    translatable("%(prog)s: error: %(message)s\n"),
    translatable("argument %(argument_name)s: %(message)s"),
    translatable("the following arguments are required: %s"),
    translatable("one of the arguments %s is required"),
    translatable("unrecognized arguments: %s"),
    translatable("not allowed with argument %s"),
    translatable("ignored explicit argument %r"),
    translatable("expected one argument"),
    translatable("expected at most one argument"),
    translatable("expected at least one argument"),
    translatable("ambiguous option: %(option)s could match %(matches)s"),
    translatable("invalid choice: %(value)r (choose from %(choices)s)"),
    translatable("invalid %(type)s value: %(value)r"),
    translatable("unknown parser %(parser_name)r (choices: %(choices)s)"),
)
#: The variable that says in which language a person reads where `--language` does not.
LANGUAGE = "TOGUNA_LANG"
#: ISO 639: ``fr``, ``es``, ``tmh``.
_TAG = re.compile(r"[a-z]{2,3}")


def language_of(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """`--language`, else ``TOGUNA_LANG``, else the language of the locale for messages (POSIX: the first set of LC_ALL, LC_MESSAGES,
    LANG), else English. What is no language that CLDR knows is passed over; `language_tag` refuses it where it was typed."""
    for position, word in enumerate(words):
        given = word.removeprefix("--language=") if word.startswith("--language=") else ""
        given = given or (words[position + 1] if word == "--language" and position + 1 < len(words) else "")
        if is_known(given):
            return given
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    for tag in (environment.get(LANGUAGE, ""), re.split(r"[_.@]", locale)[0]):
        if is_known(tag):
            return tag
    return "en"


def is_known(tag: str) -> bool:
    """Whether numbers and dates can be written in it. Only one that is neither English nor French costs reading CLDR's list.

    The checker that is installed alone has no such list and writes no dates: there every code is good, and reads English.
    """
    if tag in LANGUAGES or not _TAG.fullmatch(tag):
        return tag in LANGUAGES
    try:
        languages = import_module("toguna.instance.core.languages")
    except ImportError:
        return True
    return bool(languages.is_language(tag))


def language_tag(text: str) -> Language:
    """A language as `--language` takes it. Refuses (`ArgumentTypeError`) what is no code of a language that CLDR knows."""
    if not is_known(text):
        wanted = translatable("no language is known by this code; write two or three letters, such as fr, es or ar")
        raise argparse.ArgumentTypeError(translated(wanted, os.environ.get("LANGUAGE", "en")))
    return text


def parsers(language: Language) -> type[argparse.ArgumentParser]:
    """The class of the parsers of a verb and of its words. What modules of verbs give in English, it prints in the language."""

    class Formatter(argparse.RawDescriptionHelpFormatter):
        def _get_help_string(self, action: argparse.Action) -> str | None:
            return translated(action.help, language) if action.help else action.help

        def _metavar_formatter(self, action: argparse.Action, default_metavar: str) -> Any:
            if isinstance(action.metavar, str):
                action.metavar = translated(action.metavar, language)
            return super()._metavar_formatter(action, default_metavar)

    class Parser(argparse.ArgumentParser):
        def __init__(self, **given: Any) -> None:
            said = {"formatter_class": Formatter, **given}
            if given.get("description"):
                said["description"] = sentence(translated(given["description"], language))
            with _argparse_in(language):
                super().__init__(**said)

        def parse_args(self, *given: Any, **named: Any) -> Any:
            with _argparse_in(language):
                return super().parse_args(*given, **named)

        def parse_known_args(self, *given: Any, **named: Any) -> Any:
            with _argparse_in(language):
                return super().parse_known_args(*given, **named)

        def format_help(self) -> str:
            with _argparse_in(language):
                return super().format_help()

        def add_subparsers(self, **given: Any) -> Any:
            with _argparse_in(language):
                return super().add_subparsers(**given)

    return Parser


def sentence(words: str) -> str:
    """What a verb does, as a sentence: ``Computes figures.``"""
    return words[0].upper() + words[1:] + ("" if words.endswith(".") else ".")


@contextmanager
def _argparse_in(language: Language) -> Iterator[None]:
    """argparse asks `gettext` of the process: for the while its domain is ours, and its language stands in ``LANGUAGE``."""
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain("toguna", str(LOCALE))
    gettext.textdomain("toguna")
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
