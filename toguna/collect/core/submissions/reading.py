"""Text to typed values, a column at a time: what is understood of numbers, dates and the rest, and the fault of what is not.

Understood of numbers: `1234`, `1 234,5`, `1.234,5`, `1,234.5`; `1,234` could be either and is refused. Of dates: `2016-12-31` with or
without a time, `31/12/2016`, `31.12.2016`, and a spreadsheet's day number. A date-time without an offset is in the operation's time zone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import polars as pl

from toguna.collect import problems
from toguna.collect.core.schema import Column
from toguna.collect.core.submissions.lookup import Lookup, folded
from toguna.kernel.api import Fault

DECIMAL = pl.Decimal(28, 6)

#: How each type of column stands in a table of checked values.
POLARS_TYPES: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "integer": pl.Int64,
    "decimal": DECIMAL,
    "date": pl.Date,
    "datetime": pl.Datetime("us", "UTC"),
    "select_multiple": pl.List(pl.String),
    "boolean": pl.Boolean,
}

#: The fault of a text that is no value of its type.
TYPE_FAULTS: Mapping[str, Fault] = {
    "integer": problems.NOT_WHOLE,
    "decimal": problems.NOT_A_NUMBER,
    "date": problems.NOT_A_DATE,
    "datetime": problems.NOT_A_MOMENT,
    "time": problems.NOT_A_TIME,
    "select_one": problems.CHOICE_UNKNOWN,
    "select_multiple": problems.CHOICE_UNKNOWN,
    "boolean": problems.NOT_A_BOOLEAN,
    "geopoint": problems.NOT_A_POINT,
    "geotrace": problems.NOT_A_POINT,
    "geoshape": problems.NOT_A_POINT,
    "attachment": problems.NOT_A_FILE_NAME,
    "text": problems.TEXT_TOO_LONG,
}

_TRUE = ["true", "1", "1.0", "yes", "oui", "vrai", "x"]
_FALSE = ["false", "0", "0.0", "no", "non", "faux"]

#: A day number of Excel: 10,000 is in 1927, 99,999 in 2173. Day 0 is 1899-12-30.
_DAY_NUMBER = r"^[1-9]\d{4}(\.\d+)?$"
_EXCEL_DAY_0 = -25_569

_LONGEST_TEXT = 65_536
_POINT = r"^-?\d{1,2}(\.\d+)? -?\d{1,3}(\.\d+)?( -?\d+(\.\d+)?){0,2}$"
_POINTS = r"^\s*(-?\d{1,2}(\.\d+)? -?\d{1,3}(\.\d+)?( -?\d+(\.\d+)?){0,2}\s*;?\s*)+$"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads the text columns of a form."""

    time_zone: ZoneInfo
    #: By choice list, and by reference (`places`, `organisations`, an entity list).
    choices: Mapping[str, Lookup]
    references: Mapping[str, Lookup]

    def lookup(self, column: Column) -> Lookup | None:
        """The list a column's values come from; None when it has none, or one that nobody holds yet."""
        if column.reference is not None:
            return self.references.get(column.reference)
        return self.choices.get(column.choice_list or "")

    def read(self, column: Column) -> pl.Expr:
        """The column's typed values, from its text; null where it is blank or cannot be read."""
        text = pl.col(column.name)
        if column.type in ("select_one", "select_multiple"):
            return self._chosen(column, text)
        if column.type == "datetime":
            return _moment(text, self.time_zone)
        return _READERS[column.type](text)

    def _chosen(self, column: Column, text: pl.Expr) -> pl.Expr:
        found = self.lookup(column)
        if column.type == "select_one":
            return text if found is None else found.read(text)
        separated = text.str.contains(r"[;,|\n]")
        names = (
            pl.when(separated)
            .then(text.str.replace_all(r"\s*[;,|\n]\s*", ";"))
            .otherwise(text.str.replace_all(r"\s+", ";"))
        )
        parts = names.str.strip_chars("; ").str.split(";")
        if found is None:
            return parts
        read = parts.list.eval(found.read(pl.element()))
        whole = found.read(text).cast(pl.List(pl.String))
        return (
            pl.when(~read.list.contains(pl.lit(None, pl.String)))
            .then(read)
            .otherwise(pl.when(whole.list.get(0, null_on_oob=True).is_not_null()).then(whole))
        )


def blank_to_null(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """The frame with its texts stripped, and blank ones null."""
    stripped = [pl.col(name).str.strip_chars() for name in names]
    return frame.with_columns(stripped).with_columns(
        pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in names
    )


def _plain_number(text: pl.Expr) -> pl.Expr:
    """The number in plain digits with a point; null when it is none, or could be two."""
    grouped = text.str.replace_all(r"[\s\u00a0\u202f']", "")
    return (
        pl.when(text.str.contains(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$"))
        .then(text)
        .when(text.str.contains(r"^[+-]?\d{1,3}([ \u00a0\u202f']\d{3})+([.,]\d+)?$"))
        .then(grouped.str.replace(",", ".", literal=True))
        .when(text.str.contains(r"^[+-]?\d{1,3},\d{3}$"))
        .then(None)
        .when(text.str.contains(r"^[+-]?\d*,\d+$"))
        .then(text.str.replace(",", ".", literal=True))
        .when(text.str.contains(r"^[+-]?\d{1,3}(\.\d{3})+,\d+$"))
        .then(text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True))
        .when(text.str.contains(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"))
        .then(text.str.replace_all(",", "", literal=True))
        .when(text.str.contains(r"^[+-]?\d{1,3}(\.\d{3}){2,}$"))
        .then(text.str.replace_all(".", "", literal=True))
    )


def _decimal(text: pl.Expr) -> pl.Expr:
    plain = _plain_number(text)
    scientific = plain.str.contains(r"[eE]")
    return (
        pl.when(scientific)
        .then(plain.cast(pl.Float64, strict=False).cast(DECIMAL, strict=False))
        .otherwise(plain.cast(DECIMAL, strict=False))
    )


def _integer(text: pl.Expr) -> pl.Expr:
    """Whole numbers; `12.0`, as a spreadsheet may write it, is 12."""
    plain = _plain_number(text).str.replace(r"\.0*$", "").str.strip_prefix("+")
    scientific = pl.when(plain.str.contains(r"[eE]")).then(plain.cast(pl.Float64, strict=False))
    return plain.cast(pl.Int64, strict=False).fill_null(
        pl.when((scientific == scientific.floor()) & (scientific.abs() < 2**53)).then(
            scientific.cast(pl.Int64, strict=False)
        )
    )


def _date(text: pl.Expr) -> pl.Expr:
    iso = pl.when(text.str.contains(r"^\d{4}-\d{2}-\d{2}($|[T +Z-])")).then(text.str.slice(0, 10))
    written = pl.when(text.str.contains(r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}($| )")).then(
        text.str.extract(r"^(\S+)").str.replace_all(r"[.-]", "/")
    )
    number = pl.when(text.str.contains(_DAY_NUMBER)).then(text).cast(pl.Float64, strict=False).floor().cast(pl.Int32)
    return pl.coalesce(
        iso.str.to_date("%Y-%m-%d", strict=False),
        written.str.to_date("%d/%m/%Y", strict=False),
        (number + _EXCEL_DAY_0).cast(pl.Date),
    )


def _moment(text: pl.Expr, time_zone: ZoneInfo) -> pl.Expr:
    clock = text.str.extract(r"[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)")
    seconds = pl.when(clock.str.len_chars() == 5).then(clock + ":00").otherwise(clock)
    written = _date(text).dt.strftime("%Y-%m-%d") + "T" + seconds.fill_null("00:00:00")
    naive = written.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="us", strict=False)
    sign = pl.when(text.str.contains(r"-\d{2}:?(\d{2})?$")).then(-1).otherwise(1)
    offset = text.str.extract_groups(r"\d{2}:\d{2}\S*[+-](?<hours>\d{2}):?(?<minutes>\d{2})?$")
    minutes = offset.struct.field("hours").cast(pl.Int32) * 60 + offset.struct.field("minutes").cast(
        pl.Int32
    ).fill_null(0)
    there = (naive - pl.duration(minutes=sign * minutes)).dt.replace_time_zone("UTC")
    here = naive.dt.replace_time_zone(str(time_zone), ambiguous="earliest", non_existent="null").dt.convert_time_zone(
        "UTC"
    )
    return (
        pl.when(minutes.is_not_null())
        .then(there)
        .when(text.str.ends_with("Z"))
        .then(naive.dt.replace_time_zone("UTC"))
        .otherwise(here)
    )


def _time(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(r"^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")).then(text)


def _boolean(text: pl.Expr) -> pl.Expr:
    return folded(text).replace_strict(
        [*_TRUE, *_FALSE], [True] * len(_TRUE) + [False] * len(_FALSE), default=None, return_dtype=pl.Boolean
    )


def _point(text: pl.Expr) -> pl.Expr:
    plain = text.str.replace_all(r"\s+", " ")
    latitude = plain.str.extract(r"^(\S+) ").cast(pl.Float64, strict=False)
    longitude = plain.str.extract(r"^\S+ (\S+)").cast(pl.Float64, strict=False)
    return pl.when(plain.str.contains(_POINT) & (latitude.abs() <= 90) & (longitude.abs() <= 180)).then(plain)


def _points(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(_POINTS)).then(text)


_READERS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "text": lambda text: pl.when(text.str.len_bytes() <= _LONGEST_TEXT).then(text),
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "boolean": _boolean,
    "geopoint": _point,
    "geotrace": _points,
    "geoshape": _points,
    "attachment": lambda text: pl.when(~text.str.contains(r"[/\\\x00]|^\.+$")).then(text),
}

#: Readings that most values pass, and that are quick; what they leave null is read again with all that is understood. They must
#: understand nothing otherwise than the full reading does.
QUICK: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "integer": lambda text: text.cast(pl.Int64, strict=False),
    "decimal": lambda text: text.cast(DECIMAL, strict=False),
    "date": lambda text: text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="ms").dt.date(),
}
