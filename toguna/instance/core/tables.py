"""A table of the pack: a CSV, or rows in memory, to rows of text, each with its place for messages.

UTF-8, with commas, or with semicolons as a French Excel writes it. Blank lines are passed over; cells are stripped.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toguna.instance import problems
from toguna.kernel.api import Place, Problem, nearest

#: What a table is read from.
Source = Path | bytes | Iterable[Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One row: every column of the table, stripped, "" where it is blank; and where it stands."""

    cells: Mapping[str, str]
    where: Place

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_table(
    source: Source, columns: Sequence[str], needed: Sequence[str | Sequence[str]], name: str = ""
) -> tuple[list[TableRow], list[Problem]]:
    """The rows, and every fault in the header and in cells that must not be blank. Columns that are not needed may be absent.

    Of several columns that stand together in `needed`, the first that the table has is needed.
    """
    file = str(source) if isinstance(source, Path) else name
    found: list[Problem] = []
    rows = _from_file(source, file, found) if isinstance(source, Path | bytes) else _from_rows(source, file)
    headers = dict.fromkeys(header for row in rows for header in row.cells)
    for header in headers:
        if header not in columns:
            near = nearest(header, columns)
            found.append(
                problems.COLUMN_UNKNOWN.at(Place(file=file, line=1), column=header, near=f" ({near}?)" if near else "")
            )
    required = [
        one if isinstance(one, str) else next((each for each in one if each in headers), one[0]) for one in needed
    ]
    absent = [column for column in required if rows and column not in headers]
    found += [problems.COLUMN_MISSING.at(Place(file=file, line=1), column=column) for column in absent]
    full = [TableRow(cells={column: row.cells.get(column, "") for column in columns}, where=row.where) for row in rows]
    for row in full:
        for column in required:
            if not row[column] and column not in absent:
                found.append(problems.CELL_BLANK.at(row.where, column=column))
    return full, found


def read_day(row: TableRow, column: str, found: list[Problem]) -> date | None:
    """The day in the cell, none where it is blank; a fault is added where it is no day."""
    text = row[column]
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        found.append(problems.CELL_NO_DAY.at(row.where, column=column, value=text))
        return None


def listed(text: str) -> tuple[str, ...]:
    """The items of a cell that holds several, separated by semicolons."""
    return tuple(item for part in text.split(";") if (item := part.strip()))


def _from_rows(source: Iterable[Mapping[str, str]], file: str) -> list[TableRow]:
    return [
        TableRow(
            cells={key: str(value).strip() for key, value in row.items()}, where=Place(file=file or None, row=number)
        )
        for number, row in enumerate(source, start=1)
    ]


def _from_file(source: Path | bytes, file: str, found: list[Problem]) -> list[TableRow]:
    try:
        text = (source.read_bytes() if isinstance(source, Path) else source).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else f"byte {error.start} is not UTF-8"
        found.append(problems.TABLE_UNREADABLE.at(Place(file=file), reason=reason))
        return []
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if ";" in first and "," not in first else ",", strict=True)
    rows: list[TableRow] = []
    header: list[str] = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):
                continue
            where = Place(file=file, line=reader.line_num)
            if not header:
                header = stripped
            elif len(stripped) > len(header):
                found.append(problems.ROW_TOO_LONG.at(where, found=len(stripped), most=len(header)))
            else:
                padded = stripped + [""] * (len(header) - len(stripped))
                rows.append(TableRow(cells=dict(zip(header, padded, strict=True)), where=where))
    except csv.Error as error:
        found.append(problems.TABLE_UNREADABLE.at(Place(file=file, line=reader.line_num), reason=str(error)))
    return rows
