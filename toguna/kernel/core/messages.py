"""Sentences for people: English in the code, other languages in gettext catalogues (``toguna/locale``), chosen when a sentence is printed.

A sentence that no catalogue translates is printed in English, so that an operation in any language reads every message. The
catalogues are written by ``tools/messages.py`` and read by Python's own `gettext`.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

#: One catalogue for each part that is installed alone, and one for the rest.
DOMAINS = ("kernel", "check", "toguna")
LOCALE = Path(__file__).parents[2] / "locale"


def translatable(message: str) -> str:
    """The sentence as it stands. Marks it, so that ``tools/messages.py`` puts it into the catalogues."""
    return message


def translated(message: str, language: str, domain: str = "toguna") -> str:
    """The sentence in a language; in English where no catalogue has it."""
    return _catalogue(domain, language).gettext(message) if message else ""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A sentence with a form for one and a form for many; `by` names the detail that is counted."""

    one: str
    many: str
    by: str = "count"


def counted(one: str, many: str, by: str = "count") -> Counted:
    """A sentence whose words depend on a number. Marks both forms for the catalogues."""
    return Counted(one=one, many=many, by=by)


@dataclass(frozen=True, kw_only=True)
class Message:
    """A sentence with its details, not yet in any language. May itself be a detail of another."""

    text: str | Counted
    details: Mapping[str, object]
    domain: str = "toguna"

    def written(self, language: str) -> str:
        """The sentence in a language. Raises `KeyError` for a detail that it needs and does not have."""
        return formatted(self.text, self.details, language, self.domain)


def message(text: str | Counted, /, *, domain: str = "toguna", **details: object) -> Message:
    """A sentence and its details, for printing later."""
    return Message(text=text, details=details, domain=domain)


def formatted(text: str | Counted, details: Mapping[str, object], language: str, domain: str = "toguna") -> str:
    """A `str.format` template over its details, in a language; details that are messages are written in the same one."""
    values = {name: value.written(language) if isinstance(value, Message) else value for name, value in details.items()}
    if isinstance(text, Counted):
        number = values[text.by]
        if not isinstance(number, int):
            raise TypeError(f"{text.by} counts, so it is a whole number: {number!r}")
        template = _catalogue(domain, language).ngettext(text.one, text.many, number)
    else:
        template = translated(text, language, domain)
    return template.format_map(values)


@lru_cache(maxsize=64)
def _catalogue(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, LOCALE, languages=[language], fallback=True)
