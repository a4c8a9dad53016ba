"""What each function of the table does on the values of one row."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Any

from toguna.collect.core.submissions.xpath import dates, geometry, patterns
from toguna.collect.core.submissions.xpath.conversions import Value, as_instant, to_number, to_text, to_truth
from toguna.collect.core.submissions.xpath.tree import Moment, NotEvaluable

PI = math.pi


def boolean_from_string(text: str) -> bool:
    return text.lower() == "true" or text == "1"


def checklist(least: float, most: float, factors: tuple[Value, ...] = ()) -> bool:
    """Whether so many factors are true; below 0 there is no bound."""
    count = sum(map(to_truth, factors))
    low, high = whole(least), whole(most)
    return (low < 0 or count >= low) and (high < 0 or count <= high)


def weighted_checklist(least: float, most: float, pairs: tuple[Value, ...] = ()) -> bool:
    """Whether the weights of the true factors add up to so much."""
    if len(pairs) % 2:
        raise NotEvaluable(
            "weighted-checklist() with a factor that has no weight", "weighted-checklist() avec un facteur sans poids"
        )
    weights = (_plain_number(weight) for weight in pairs[1::2])
    total = sum(weight for factor, weight in zip(pairs[::2], weights, strict=True) if to_truth(factor))
    return least <= total <= most


def _plain_number(value: Value) -> float:
    if isinstance(value, date):
        raise NotEvaluable("a date as a weight", "une date comme poids")
    return to_number(value, Moment(now=datetime.min, today=date.min))


def whole(value: float) -> int:
    """As Java makes a number whole: towards 0, NaN is 0."""
    if math.isnan(value):
        return 0
    return int(max(-(2.0**31), min(2.0**31 - 1, value)))


def integer(value: float) -> float:
    return value if not math.isfinite(value) else float(math.trunc(value))


def column_integer(number: Any) -> Any:
    return number.sign() * number.abs().floor()


def floor(value: float) -> float:
    return value if not math.isfinite(value) else float(math.floor(value))


def ceiling(value: float) -> float:
    return value if not math.isfinite(value) else float(math.ceil(value))


def rounded(value: float, places: float = 0.0) -> float:
    """Half away from 0 of a positive number, towards 0 of a negative one, of the number as it is written (JavaRosa)."""
    if not math.isfinite(value):
        return value
    shift = whole(places)
    if abs(shift) > 30:
        return math.nan
    with localcontext(prec=400):
        if shift >= 0:
            method = ROUND_HALF_DOWN if value < 0 else ROUND_HALF_UP
            return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-shift), method))
        scaled = float(Decimal(repr(value)).scaleb(shift))
        return float(Decimal(math.trunc(scaled + 0.5)).scaleb(-shift))


def power(base: float, exponent: float) -> float:
    """Java's `Math.pow`."""
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        if base != 0:
            return math.nan
        odd = math.copysign(1, base) < 0 and abs(exponent) % 2 == 1
        return -math.inf if odd else math.inf


def real(name: str) -> Callable[[float], float]:
    """A function of `math` that gives NaN where it has no value."""
    function: Callable[[float], float] = getattr(math, name)

    def work(value: float) -> float:
        if value == 0 and name in ("log", "log10"):
            return -math.inf
        try:
            return function(value)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return work


def atan2(y: float, x: float) -> float:
    return math.atan2(y, x)


def divided(a: float, b: float) -> float:
    """IEEE 754: by 0 it is infinite, or no number."""
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1, b)


def remainder(a: float, b: float) -> float:
    """With the sign of `a` (XPath 1.0, 3.5)."""
    if b == 0 or math.isinf(a):
        return math.nan
    return math.fmod(a, b)


def _numbers(moment: Moment, values: Iterable[Value]) -> list[float]:
    read = (to_number(value, moment) for value in values)
    return [number for number in read if not math.isnan(number)]


def total(moment: Moment, rows: tuple[Value, ...]) -> float:
    return float(sum(_numbers(moment, rows)))


def least(moment: Moment, values: tuple[Value, ...]) -> float:
    return min(_numbers(moment, values), default=math.nan)


def most(moment: Moment, values: tuple[Value, ...]) -> float:
    return max(_numbers(moment, values), default=math.nan)


def concatenated(moment: Moment, values: tuple[Value, ...] = ()) -> str:
    return "".join(to_text(value, moment) for value in values)


def joined(moment: Moment, separator: str, values: tuple[Value, ...] = ()) -> str:
    return separator.join(to_text(value, moment) for value in values)


def normalized(text: str) -> str:
    return " ".join(text.split())


def substring(text: str, start: float, end: float | None = None) -> str:
    """From a position up to another, from 0; a negative one counts from the end."""
    length = len(text)
    low, high = whole(start), length if end is None else whole(end)
    low, high = (max(0, min(length, length + at if at < 0 else at)) for at in (low, high))
    return text[low:high]


def xpath_substring(text: str, start: float, length: float | None = None) -> str:
    """XPath 1.0, 4.2: the characters whose position, from 1, is at least the rounded start and below start plus length."""
    low = _half_up(start)
    high = math.inf if length is None else low + _half_up(length)
    return "".join(mark for at, mark in enumerate(text, 1) if low <= at < high)


def _half_up(value: float) -> float:
    return value if not math.isfinite(value) else float(math.floor(value + 0.5))


def substring_before(text: str, part: str) -> str:
    return text.partition(part)[0] if part and part in text else ""


def substring_after(text: str, part: str) -> str:
    return text.partition(part)[2] if part else text


def translated(text: str, characters: str, others: str) -> str:
    table: dict[int, str] = {}
    for at, character in enumerate(characters):
        table.setdefault(ord(character), others[at] if at < len(others) else "")
    return text.translate(table)


def matched(text: str, pattern: str) -> bool:
    return patterns.matches(text, pattern)


_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def digested(text: str, algorithm: str, encoding: str = "base64") -> str:
    name = _ALGORITHMS.get(algorithm.upper())
    if name is None or encoding.lower() not in ("base64", "hex"):
        raise NotEvaluable(
            f"digest() with {algorithm!r} and {encoding!r}", f"digest() avec {algorithm!r} et {encoding!r}"
        )
    found = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
    return found.hex() if encoding.lower() == "hex" else base64.b64encode(found).decode()


def base64_decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError) as error:
        raise NotEvaluable(
            "base64-decode() of what is no base64", "base64-decode() de ce qui n'est pas du base64"
        ) from error


def selected(text: str, name: str) -> bool:
    """Whether the name stands among the chosen ones, between blanks (JavaRosa)."""
    return f" {name.strip()} " in f" {text} "


def selected_at(text: str, index: float) -> str:
    names, at = text.split(), whole(index)
    return names[at] if 0 <= at < len(names) else ""


@lru_cache(maxsize=256)
def _labels(choices: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return dict(choices)


def choice_name(name: str, choices: tuple[tuple[str, str], ...]) -> str:
    return _labels(choices).get(name, "")


def _read(moment: Moment, value: Value) -> date | datetime | None:
    if isinstance(value, str):
        return dates.read_moment(value, moment)
    return value if isinstance(value, date) else None


def day(moment: Moment, value: Value) -> date | str:
    """The day; blank of what is no date."""
    if isinstance(value, float):
        return ("" if math.isnan(value) else dates.day_from_number(value)) or ""
    read = _read(moment, value)
    return "" if read is None else dates.day_of(read, moment)


def instant(moment: Moment, value: Value) -> datetime | str:
    """The instant, a day's first one; blank of what is no date."""
    if isinstance(value, float):
        return ("" if math.isnan(value) else dates.instant_from_number(value)) or ""
    return as_instant(value, moment) or ""


def decimal_days(moment: Moment, value: Value) -> float | str:
    """Days since 1970-01-01 UTC, with their fraction; blank of a blank."""
    if isinstance(value, float):
        return value
    if value == "":
        return ""
    read = as_instant(value, moment) or (dates.read_time(value, moment) if isinstance(value, str) else None)
    return math.nan if read is None else dates.utc_days(read)


def decimal_time(moment: Moment, value: Value) -> float | str:
    """The time of day as a fraction of it, on the moment's clock; blank of a blank."""
    if isinstance(value, float):
        return value - math.floor(value) if math.isfinite(value) else math.nan
    if value == "":
        return ""
    read = (dates.read_time(value, moment) if isinstance(value, str) else None) or as_instant(value, moment)
    return math.nan if read is None else dates.day_number(read, moment) % 1


def format_moment(moment: Moment, value: Value, pattern: str) -> str:
    """The date by the pattern; blank of what is no date."""
    dates.check_format(pattern)
    if isinstance(value, float):
        read: Any = instant(moment, value) or None
    else:
        read = as_instant(value, moment) or (dates.read_time(value, moment) if isinstance(value, str) else None)
    return "" if read is None else dates.formatted(read, pattern, moment)


def _points(values: tuple[Value, ...]) -> list[geometry.Point] | None:
    return geometry.points(str(value) for value in values)


def area(values: tuple[Value, ...] = ()) -> float:
    """Square metres within the points; NaN where one is no point."""
    found = _points(values)
    return math.nan if found is None else geometry.area(found)


def distance(values: tuple[Value, ...]) -> float:
    """Metres along the points; NaN where one is no point."""
    found = _points(values)
    return math.nan if found is None else geometry.distance(found)
