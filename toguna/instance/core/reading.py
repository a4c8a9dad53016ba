"""`operation.toml` to an `Operation`, with every fault and its line.

TOML's reader gives no lines, so a key's line is found by scanning for its section's header and for ``key =`` below it. Numbers are
read as `Decimal`: a rate is never a float.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any, TypeVar, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toguna.instance import problems
from toguna.instance.core.languages import is_language
from toguna.instance.core.operation import (
    APART,
    COUNTING_STATES,
    DUTIES,
    NUMBER_STYLES,
    REASONS,
    REVIEW_STATES,
    THRESHOLDS,
    Bracket,
    CountedIn,
    Late,
    Operation,
    Rate,
    Restates,
)
from toguna.kernel.api import Place, Problem, Refused, is_slug, nearest

T = TypeVar("T")

#: Section to its keys; ``*`` takes any. A section written ``[[so]]`` repeats.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "operation": ("id", "name", "languages", "time_zone", "place", "demonstration", "encrypted_disk", "currency"),
    "counting": ("states",),
    "thresholds": tuple(THRESHOLDS),
    "cut_off": ("day", "time"),
    "late": ("counted_in", "restates"),
    "brackets": ("*",),
    "rates": ("from", "to", "rate", "on"),
    "reasons": ("codes",),
    "duties": ("apart",),
    "numbers": ("*",),
    "look": ("accent", "mark", "text"),
}
_REPEATED = ("rates",)
_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z_]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")
_BRACKET = re.compile(r"(\d{1,3})(?:-(\d{1,3})|\+)")
_CURRENCY = re.compile(r"[A-Z]{3}")
_PCODE = re.compile(r"[A-Z]{2}[0-9A-Za-z]*")

#: What each kind of value is called when it is not one.
_WANTED: Mapping[str, tuple[str, str]] = {
    "text": ("a text", "un texte"),
    "slug": ("a name in small letters, digits and _", "un nom en minuscules, chiffres et _"),
    "texts": ("a text for each language", "un texte par langue"),
    "languages": ("a list of languages: en, fr, es ...", "une liste de langues : en, fr, es ..."),
    "zone": ("a time zone of the IANA list", "un fuseau de la liste IANA"),
    "pcode": ("a p-code", "un p-code"),
    "yes": ("true or false", "true ou false"),
    "currency": ("a currency of ISO 4217", "une monnaie ISO 4217"),
    "states": ("a list of review states", "une liste d'états de revue"),
    "whole": ("a whole number", "un nombre entier"),
    "day": ("a day from 1 to 28", "un jour de 1 à 28"),
    "time": ("a time of day", "une heure"),
    "brackets": ("a list of age ranges", "une liste de tranches d'âge"),
    "rate": ("a positive number in quotes", "un nombre positif entre guillemets"),
    "date": ("a day of the calendar", "un jour du calendrier"),
    "codes": ("a list of codes", "une liste de codes"),
    "style": (f"one of {', '.join(NUMBER_STYLES)}", f"un de {', '.join(NUMBER_STYLES)}"),
    "counted_in": (f"one of {', '.join(get_args(CountedIn))}", f"un de {', '.join(get_args(CountedIn))}"),
    "restates": (f"one of {', '.join(get_args(Restates))}", f"un de {', '.join(get_args(Restates))}"),
    "apart": (f"a list of pairs of: {', '.join(DUTIES)}", f"une liste de paires de : {', '.join(DUTIES)}"),
    "section": ("a section in square brackets", "une section entre crochets"),
}


def parse_operation(text: str, file: str = "operation.toml") -> Operation:
    """The operation that the file describes. Refuses with every fault at once, each with its line."""
    try:
        written = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(file=file, line=int(line[1]) if line else text.count("\n") + 1)
        raise Refused(problems.TOML_BROKEN.at(place, reason=str(error))) from error
    reader = _Reader(written=written, lines=_lines(text), file=file)
    operation = _operation(reader, text)
    if reader.problems:
        raise Refused(*sorted(reader.problems, key=lambda problem: problem.place.line or 0))
    return operation


def _operation(reader: _Reader, text: str) -> Operation:
    reader.check_names()
    languages = reader.take(
        "operation", "languages", _languages, "languages", 'languages = ["en", "fr"]', ("en",), True
    )
    currency = _matching(_CURRENCY)
    return Operation(
        id=reader.take("operation", "id", _slug, "slug", 'id = "mali"', "", True),
        name=reader.take(
            "operation", "name", _texts(languages), "texts", 'name = {en = "Mali", fr = "Mali"}', {}, True
        ),
        languages=languages,
        time_zone=reader.take(
            "operation", "time_zone", _zone, "zone", 'time_zone = "Africa/Bamako"', ZoneInfo("UTC"), True
        ),
        place=reader.take("operation", "place", _matching(_PCODE), "pcode", 'place = "ML"', "", True),
        currency=reader.take("operation", "currency", currency, "currency", 'currency = "XOF"', "", True),
        demonstration=reader.take("operation", "demonstration", _yes, "yes", "demonstration = true", False),
        encrypted_disk=reader.take("operation", "encrypted_disk", _yes, "yes", "encrypted_disk = true", False),
        counting_states=reader.take("counting", "states", _states, "states", 'states = ["received"]', COUNTING_STATES),
        thresholds=_thresholds(reader),
        cut_off_day=reader.take("cut_off", "day", _day, "day", "day = 8", Operation.cut_off_day),
        cut_off_time=reader.take("cut_off", "time", _time, "time", 'time = "18:00"', Operation.cut_off_time),
        late=_late(reader),
        brackets=_brackets(reader),
        rates=_rates(reader),
        reasons=(*REASONS, *reader.take("reasons", "codes", _codes, "codes", 'codes = ["late_return"]', ())),
        apart=reader.take("duties", "apart", _pairs, "apart", 'apart = [["clear_protection", "issue"]]', APART),
        number_style=_number_style(reader),
        source=text,
    )


def _late(reader: _Reader) -> Late:
    counted_in, restates = get_args(CountedIn), get_args(Restates)
    return Late(
        counted_in=reader.take(
            "late", "counted_in", _one_of(counted_in), "counted_in", f'counted_in = "{counted_in[0]}"', counted_in[0]
        ),
        restates=reader.take(
            "late", "restates", _one_of(restates), "restates", f'restates = "{restates[0]}"', restates[0]
        ),
    )


def _number_style(reader: _Reader) -> Mapping[str, str]:
    style, first = _one_of(NUMBER_STYLES), NUMBER_STYLES[0]
    return {
        language: reader.take("numbers", language, style, "style", f'{language} = "{first}"', first)
        for language in reader.section("numbers")
    }


def _thresholds(reader: _Reader) -> Mapping[str, int]:
    found = dict(THRESHOLDS)
    for name in reader.section("thresholds"):
        if name not in THRESHOLDS:
            continue
        least = THRESHOLDS[name]
        value = reader.take("thresholds", name, _whole, "whole", f"{name} = {least}", least)
        if value < least:
            reader.report(
                problems.THRESHOLD_LOWERED.at(reader.place("thresholds", name), key=name, value=value, least=least)
            )
        found[name] = value
    return found


def _brackets(reader: _Reader) -> Mapping[str, tuple[Bracket, ...]]:
    found = {}
    for scheme in reader.section("brackets"):
        brackets: tuple[Bracket, ...] = reader.take(
            "brackets", scheme, _bracket_list, "brackets", f'{scheme} = ["0-4", "5-17", "18+"]', ()
        )
        for before, after in pairwise(brackets):
            if before.max_age is None or after.min_age != before.max_age + 1:
                place = reader.place("brackets", scheme)
                reader.report(problems.BRACKETS_BROKEN.at(place, key=scheme, before=before.code, after=after.code))
        found[scheme] = brackets
    return found


def _rates(reader: _Reader) -> tuple[Rate, ...]:
    found = []
    currency = _matching(_CURRENCY)
    for index in range(reader.repeats("rates")):
        found.append(
            Rate(
                source=reader.take("rates", "from", currency, "currency", 'from = "XOF"', "", True, index),
                target=reader.take("rates", "to", currency, "currency", 'to = "USD"', "", True, index),
                rate=reader.take("rates", "rate", _rate, "rate", 'rate = "0.00163"', Decimal(1), True, index),
                on=reader.take("rates", "on", _date, "date", 'on = "2016-12-01"', date.min, True, index),
            )
        )
    return tuple(found)


@dataclass(kw_only=True)
class _Reader:
    """The written values, where each stands, and the faults found so far."""

    written: Mapping[str, Any]
    lines: Mapping[tuple[str, int, str], int]
    file: str
    problems: list[Problem] = field(default_factory=list)

    def place(self, section: str, key: str = "", index: int = 0) -> Place:
        line = self.lines.get((section, index, key)) or self.lines.get((section, index, ""))
        return Place(file=self.file, line=line or 1)

    def report(self, problem: Problem) -> None:
        self.problems.append(problem)

    def section(self, name: str, index: int = 0) -> Mapping[str, Any]:
        value = self.written.get(name, {})
        if isinstance(value, list):
            value = value[index] if index < len(value) else {}
        return value if isinstance(value, dict) else {}

    def repeats(self, name: str) -> int:
        value = self.written.get(name, [])
        return len(value) if isinstance(value, list) else 0

    def check_names(self) -> None:
        """Report sections and keys that an operation does not have, and sections of the wrong shape."""
        for name, value in self.written.items():
            if name not in SECTIONS:
                self._unknown(self.place(name), name, SECTIONS)
            elif not isinstance(value, list if name in _REPEATED else dict):
                self._wrong(
                    self.place(name), name, value, "section", f"[[{name}]]" if name in _REPEATED else f"[{name}]"
                )
            else:
                for index in range(max(1, self.repeats(name))):
                    for key in self.section(name, index):
                        if key not in SECTIONS[name] and "*" not in SECTIONS[name]:
                            self._unknown(self.place(name, key, index), key, SECTIONS[name])

    def take(
        self,
        section: str,
        key: str,
        convert: Callable[[Any], T | None],
        kind: str,
        example: str,
        default: Any,
        needed: bool = False,
        index: int = 0,
    ) -> Any:
        """The converted value, or the default with a fault reported; `convert` gives none for what it does not take."""
        values = self.section(section, index)
        if key not in values:
            if needed:
                self.report(problems.KEY_MISSING.at(self.place(section, "", index), key=key, example=example))
            return default
        converted = convert(values[key])
        if converted is None:
            self._wrong(self.place(section, key, index), key, values[key], kind, example)
            return default
        return converted

    def _unknown(self, place: Place, key: str, known: Any) -> None:
        near = nearest(key, known)
        self.report(problems.KEY_UNKNOWN.at(place, key=key, near=f" ({near}?)" if near else ""))

    def _wrong(self, place: Place, key: str, value: Any, kind: str, example: str) -> None:
        wanted, wanted_fr = _WANTED[kind]
        shown = repr(str(value) if isinstance(value, Decimal) else value)
        self.report(
            problems.VALUE_WRONG.at(place, key=key, value=shown, wanted=wanted, wanted_fr=wanted_fr, example=example)
        )


def _lines(text: str) -> Mapping[tuple[str, int, str], int]:
    """(section, which of its repeats, key or "") to the line it stands on."""
    found: dict[tuple[str, int, str], int] = {}
    section, index = "", 0
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            section = header[1]
            index = seen.get(section, 0)
            seen[section] = index + 1
            found.setdefault((section, index, ""), number)
        elif key := _KEY.match(line):
            found.setdefault((section, index, key[1]) if section else (key[1], 0, ""), number)
    return found


def _slug(value: Any) -> str | None:
    return value if isinstance(value, str) and is_slug(value) else None


def _yes(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _day(value: Any) -> int | None:
    return value if _whole(value) is not None and 1 <= value <= 28 else None


def _matching(pattern: re.Pattern[str]) -> Callable[[Any], str | None]:
    return lambda value: value if isinstance(value, str) and pattern.fullmatch(value) else None


def _one_of(known: tuple[str, ...]) -> Callable[[Any], str | None]:
    """The known word, whatever kind of blank it is written with."""
    return lambda value: plain if isinstance(value, str) and (plain := re.sub(r"\s", " ", value)) in known else None


def _list_of(value: Any, test: Callable[[str], bool]) -> tuple[str, ...] | None:
    good = isinstance(value, list) and value and all(isinstance(item, str) and test(item) for item in value)
    return tuple(value) if good and len(set(value)) == len(value) else None


def _languages(value: Any) -> tuple[str, ...] | None:
    return _list_of(value, is_language)


def _states(value: Any) -> tuple[str, ...] | None:
    return _list_of(value, lambda item: item in REVIEW_STATES)


def _codes(value: Any) -> tuple[str, ...] | None:
    return _list_of(value, lambda item: is_slug(item) and item not in REASONS)


def _pairs(value: Any) -> tuple[tuple[str, str], ...] | None:
    """Pairs of two different duties; an empty list keeps none apart."""
    if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        return None
    good = all(first != second and first in DUTIES and second in DUTIES for first, second in value)
    return tuple((first, second) for first, second in value) if good else None


def _texts(languages: tuple[str, ...]) -> Callable[[Any], Mapping[str, str] | None]:
    def convert(value: Any) -> Mapping[str, str] | None:
        good = isinstance(value, dict) and all(
            isinstance(value.get(language), str) and value[language].strip() for language in languages
        )
        return dict(value) if good else None

    return convert


def _zone(value: Any) -> ZoneInfo | None:
    try:
        return ZoneInfo(value) if isinstance(value, str) else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _time(value: Any) -> time | None:
    if isinstance(value, time):
        return value
    try:
        return (
            time.fromisoformat(value) if isinstance(value, str) and time.fromisoformat(value).tzinfo is None else None
        )
    except ValueError:
        return None


def _date(value: Any) -> date | None:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _rate(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        rate = Decimal(value)
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and rate > 0 else None


def _bracket_list(value: Any) -> tuple[Bracket, ...] | None:
    written = _list_of(value, lambda item: _bracket(item) is not None)
    return None if written is None else tuple(bracket for item in written if (bracket := _bracket(item)))


def _bracket(text: str) -> Bracket | None:
    match = _BRACKET.fullmatch(text)
    if match is None:
        return None
    low, high = int(match[1]), int(match[2]) if match[2] else None
    return None if high is not None and high < low else Bracket(min_age=low, max_age=high)
