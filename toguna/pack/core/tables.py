"""The pack's tables: rows of text with their lines, and the faults that only other tables of the pack can tell."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toguna.instance.core.tables import TableRow, read_table
from toguna.kernel.api import Place, Problem, nearest
from toguna.pack.problems import CODE_TWICE, CODE_UNKNOWN, TABLE_EMPTY


@dataclass(frozen=True, kw_only=True)
class PackTable:
    """One CSV of the pack."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def as_text(self) -> list[dict[str, str]]:
        """Every row with all its columns."""
        return [dict(row.cells) for row in self.rows]


def read_pack_table(
    path: Path, needed: Sequence[str] = (), columns: Sequence[str] = ()
) -> tuple[PackTable | None, list[Problem]]:
    """The table, or every fault of its header and cells. Without `columns` it may have any; its first is then its key."""
    header = columns or _header(path)
    if not header:
        return None, [TABLE_EMPTY.at(Place(file=path.name))]
    rows, problems = read_table(path, header, needed or header[:1])
    problems = [*problems, *([] if columns else _twice(rows, header[0]))]
    return PackTable(name=path.stem, columns=tuple(header), rows=tuple(rows)), problems


def check_codes(
    table: PackTable, column: str, known: Collection[str], file: str, *, several: bool = False
) -> list[Problem]:
    """Cells of the column that name what another table does not have."""
    found = []
    for row in table.rows if column in table.columns else ():
        for code in row[column].split(";") if several else [row[column]]:
            if code.strip() and code.strip() not in known:
                near = nearest(code.strip(), known)
                found.append(
                    CODE_UNKNOWN.at(row.where, file=file, code=code.strip(), near=f" ({near}?)" if near else "")
                )
    return found


def _header(path: Path) -> tuple[str, ...]:
    """The columns as the first line names them; none where it cannot be read, which `read_table` then tells."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            return tuple(cell.strip() for cell in next(csv.reader(stream), []))
    except (OSError, UnicodeDecodeError, csv.Error):
        return ("id",)


def _twice(rows: Sequence[TableRow], key: str) -> list[Problem]:
    first: dict[str, Mapping[str, str]] = {}
    lines: dict[str, int | None] = {}
    found = []
    for row in rows:
        if row[key] and row[key] in first:
            found.append(CODE_TWICE.at(row.where, code=row[key], line=lines[row[key]]))
        first.setdefault(row[key], row.cells)
        lines.setdefault(row[key], row.where.line)
    return found
