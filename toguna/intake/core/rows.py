"""The rows of a table that are data, and those that are set aside, each with its reason: blank, total, note, signature, header again.

A total is compared with the rows above it: what does not add up is often worth more than the row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from toguna.intake.core.header import Header
from toguna.intake.core.numbers import read_number
from toguna.intake.core.words import fold
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")

Aside = Literal["blank", "total", "note", "signature", "header"]

_TOTAL = r"^(sous[ -]?total|sub[ -]?total|grand total|total|totaux|ensemble|cumul|somme)\b"
_SIGNED = r"(?i)\b(signature|sign[ée]|cachet|visa|fait (à|a|le)|prepared by|pr[ée]par[ée] par|approved by|approuv[ée]|le responsable|nom et pr[ée]nom|date et lieu)\b"
#: Tables so narrow have rows of one filled cell.
_NARROW = 3


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """A row that is not data: its number in the sheet (from 1), why, and its first words."""

    line: int
    why: Aside
    text: str


@dataclass(frozen=True, kw_only=True)
class WrongTotal:
    """A total that its rows do not add up to."""

    line: int
    column: str
    printed: Decimal
    summed: Decimal


@dataclass(frozen=True, kw_only=True)
class DataRows:
    """`frame`: the data rows as text, columns named by `HeaderColumn.at`, with `_line`."""

    frame: pl.DataFrame
    aside: tuple[SetAside, ...]
    totals: tuple[WrongTotal, ...]
    #: How many totals were compared, and how many of them are right.
    compared: int = 0


def data_rows(cells: pl.DataFrame, header: Header) -> DataRows:
    """What stands below the header, sorted."""
    below = cells.slice(header.first)
    names = below.columns
    at = [column.at for column in header.columns]
    frame = below.select(pl.col(names[column]).str.strip_chars().replace("", None).alias(str(column)) for column in at)
    frame = frame.with_columns(
        pl.int_range(header.first + 1, header.first + 1 + pl.len(), dtype=pl.Int64).alias("_line")
    )
    judged = frame.with_columns(_why(header).alias("_why"), _first(at).alias("_first"))
    odd = judged.filter(pl.col("_why").is_not_null())
    if not odd.height:
        return DataRows(frame=frame, aside=(), totals=())
    aside = tuple(
        SetAside(line=line, why=why, text=(first or "")[:80])
        for line, why, first in odd.select("_line", "_why", "_first").iter_rows()
        if why != "blank"
    )
    kept = judged.filter(pl.col("_why").is_null()).drop("_why", "_first")
    totals = odd.filter(pl.col("_why") == "total").drop("_why", "_first")
    compared, wrong = _compared(kept, totals, header) if totals.height else (0, ())
    return DataRows(frame=kept, aside=aside, totals=wrong, compared=compared)


def _first(at: Sequence[int]) -> pl.Expr:
    return pl.coalesce(pl.col(str(column)) for column in at)


def _why(header: Header) -> pl.Expr:
    """Of each row the reason to set it aside; null where it is data."""
    at = [column.at for column in header.columns]
    filled = pl.sum_horizontal(pl.col(str(column)).is_not_null().cast(pl.UInt16) for column in at)
    first = _first(at).str.to_lowercase()
    is_total = first.str.contains(_TOTAL)
    for column in at[1:3]:
        is_total = is_total | (
            pl.col(str(column)).str.to_lowercase().str.contains(_TOTAL + r"\s*(:|g[ée]n[ée]ral)?\s*$").fill_null(False)
        )
    again = pl.all_horizontal(
        pl.col(str(column.at)).fill_null("") == (column.parts[-1] if column.parts else "") for column in header.columns
    )
    few = (filled <= 2) if len(at) > _NARROW else (filled < 0)
    signed = few & pl.any_horizontal(pl.col(str(column)).str.contains(_SIGNED).fill_null(False) for column in at)
    note = (filled == 1) & (len(at) > _NARROW) & ~first.str.contains(r"^[\d\s.,-]+$")
    return (
        pl.when(filled == 0).then(pl.lit("blank"))
        .when(is_total.fill_null(False)).then(pl.lit("total"))
        .when(again).then(pl.lit("header"))
        .when(signed).then(pl.lit("signature"))
        .when(note).then(pl.lit("note"))
    )  # fmt: skip


def _compared(rows: pl.DataFrame, totals: pl.DataFrame, header: Header) -> tuple[int, tuple[WrongTotal, ...]]:
    """Each total against the rows since the total before it, and against all rows above it."""
    wrong: list[WrongTotal] = []
    compared, before = 0, 0
    sums = {column.at: _numbers(rows, column.at) for column in header.columns}
    lines = rows["_line"].to_list()
    for row in totals.iter_rows(named=True):
        for column in header.columns:
            text = row[str(column.at)]
            printed = read_number(text).value if text and not fold(text).startswith(("total", "sous")) else None
            if printed is None:
                continue
            compared += 1
            pairs = list(zip(lines, sums[column.at], strict=True))
            since = sum((value for line, value in pairs if before < line < row["_line"]), Decimal())
            every = sum((value for line, value in pairs if line < row["_line"]), Decimal())
            if printed not in (since, every):
                wrong.append(WrongTotal(line=row["_line"], column=column.header, printed=printed, summed=every))
        before = row["_line"]
    return compared, tuple(wrong)


def _numbers(rows: pl.DataFrame, at: int) -> list[Decimal]:
    texts = rows[str(at)]
    read: Mapping[str, Decimal] = {
        text: value for text in texts.drop_nulls().unique() if (value := read_number(text).value) is not None
    }
    return [read.get(text, Decimal()) for text in texts]
