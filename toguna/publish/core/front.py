"""Front matter: which product, place and period an update is of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from toguna.instance.core.languages import is_language
from toguna.kernel.api import LANGUAGES, Language, NotAPeriod, Period, Place, Problem, Refused, is_slug, parse_period
from toguna.publish import problems as fault
from toguna.publish.core.tree import Update

Value = TypeVar("Value")

_CUT_OFF = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_KNOWN = (
    "product",
    "title",
    "subtitle",
    "place",
    "covers",
    "cut_off",
    "language",
    "languages",
    "theme",
    "embargo",
    "address",
)
_NEEDED = ("product", "title", "place", "covers", "language")


@dataclass(frozen=True, kw_only=True)
class Front:
    """What the text is of. `covers` is any range (an update may cover two months); `cut_off` is a local time of the operation."""

    product: str
    title: str
    place: str
    covers: Period
    language: Language
    languages: tuple[Language, ...]
    cut_off: datetime | None = None
    #: A second line under the title, such as ``Mali, December 2016``.
    subtitle: str = ""
    theme: str = "default"
    #: Not to be issued before this local time.
    embargo: datetime | None = None
    #: Where the issued edition's pages will stand on the web: a PDF's notes lead there.
    address: str = ""

    @property
    def slug(self) -> str:
        """``2016-12``: how files and folders of this update are named."""
        return self.covers.written().replace("..", "_")


def read_front(update: Update) -> Front:
    """The front matter of a parsed update; refuses with every fault at once."""
    reader = _Reader(update)
    for key in update.front:
        if key not in _KNOWN:
            reader.told(fault.FRONT_UNKNOWN, key, known=", ".join(_KNOWN))
    missing = [key for key in _NEEDED if update.front.get(key) in (None, "")]
    for key in missing:
        reader.told(fault.FRONT_MISSING_KEY, key)
    language: Language = reader.take("language", LANGUAGES[0], _language)
    one: tuple[Language, ...] = (language,)
    front = Front(
        product=reader.take("product", "operational_update", _slug),
        title=str(update.front.get("title", "")),
        subtitle=str(update.front.get("subtitle", "")),
        place=str(update.front.get("place", "")),
        covers=reader.take("covers", parse_period("2000-01"), _period),
        language=language,
        languages=reader.take("languages", one, _languages),
        cut_off=reader.take("cut_off", None, _instant),
        theme=reader.take("theme", "default", _slug),
        embargo=reader.take("embargo", None, _instant),
        address=reader.take("address", "", _address),
    )
    if reader.problems:
        raise Refused(*reader.problems)
    return front


def beside(name: str, language: Language) -> str:
    """The name of the other language's source: ``2016-12.en.md`` beside ``2016-12.fr.md``."""
    return f"{name.split('.')[0]}.{language}.md"


class _Reader:
    """Takes keys one by one and keeps what is wrong with each."""

    def __init__(self, update: Update) -> None:
        self.front: Mapping[str, object] = update.front
        self.lines, self.file = update.front_lines, update.file
        self.problems: list[Problem] = []

    def take(self, key: str, default: Value, read: Callable[[Any], Value]) -> Value:
        value = self.front.get(key)
        if value in (None, ""):
            return default
        try:
            return read(value)
        except ValueError as error:
            self.told(fault.FRONT_VALUE, key, value=value, reason=error)
            return default

    def told(self, which: fault.Fault, key: str, **details: object) -> None:
        self.problems.append(which.at(Place(file=self.file, line=self.lines.get(key, 1)), key=key, **details))


def _slug(value: Any) -> str:
    if not is_slug(str(value)):
        raise ValueError("a name has small letters, digits and _")
    return str(value)


def _language(value: Any) -> Language:
    if not is_language(str(value)):
        raise ValueError("write the code of a language, such as en, fr, es or ar")
    return str(value)


def _languages(value: Any) -> tuple[Language, ...]:
    return tuple(_language(item) for item in (value if isinstance(value, list) else [value]))


def _period(value: Any) -> Period:
    """YAML reads ``2016-12-21`` as a date and ``2016`` as a number: both are periods."""
    try:
        return parse_period(value.isoformat() if isinstance(value, date) else str(value))
    except NotAPeriod as error:
        raise ValueError(str(error)) from error


def _instant(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _CUT_OFF.fullmatch(value):
        raise ValueError("write 2017-01-08T18:00, in the operation's time")
    return datetime.fromisoformat(value)


def _address(value: Any) -> str:
    if not re.fullmatch(r"https://[^\s\"<>]+", str(value)):
        raise ValueError("an address begins with https://")
    return str(value).rstrip("/")
