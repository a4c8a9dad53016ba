"""A spreadsheet of filled forms: bytes to text by table and column. Knows no database.

The form's own template is recognised by its hidden sheet, any other sheet by its headers; a header is a column's name or its label in
any language. Each row of the first sheet is a submission; rows of a repeat's sheet belong to the row that their `_parent` names. Every
cell is read as text: its type comes from the form, never from a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import polars as pl

from toguna.collect import problems
from toguna.collect.core.forms.marks import HIDDEN, Marks, read_marks
from toguna.collect.core.forms.worksheets import MergedRange
from toguna.collect.core.schema import Schema, Table
from toguna.collect.core.submissions.cells import MERGED, NOT_CALCULATED
from toguna.collect.core.submissions.csv_table import read_csv
from toguna.collect.core.submissions.excel import ExcelSheets
from toguna.collect.core.submissions.headers import INSTANCE_ID, LINKS, Header, read_header, suggestion
from toguna.collect.core.submissions.lookup import fold, near
from toguna.collect.core.submissions.workbook import XLS_MAGIC, ZIP_MAGIC, refuse_bombs
from toguna.kernel.api import Place, Problem, Refused
from toguna.kernel.core.sniff import is_web_page

_UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


@dataclass(frozen=True, kw_only=True)
class ReadSheet:
    """A spreadsheet understood as a form's: its text by table, ready to be checked."""

    schema: Schema
    #: Each with the columns of `check.SYSTEM`; the form's own also with `_instance_id` and `_deprecated_id`.
    tables: Mapping[str, pl.DataFrame]
    #: By table, each column's header as the sheet writes it.
    headers: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...]
    #: What was understood and should be known: a row of tags left out, columns that are not the form's.
    warnings: tuple[Problem, ...] = ()


def parse_sheet(content: bytes, forms: Mapping[str, Sequence[Schema]], name: str = "") -> ReadSheet:
    """The spreadsheet's rows, by the form and version it is of: the one it names, else the newest that has all its columns.

    Refuses a file that is no spreadsheet, unpacks to more than one can hold, or is of no published form.
    """
    sheets = _open(content, name)
    marks = _marks(sheets)
    schema = _published(marks, forms, name) if marks is not None else _recognised(sheets, forms, name)
    return _understood(sheets, schema, marks, name)


class _Sheets(Protocol):
    """The sheets of a file, each read when it is asked for. Cells are text; the header has no meaning yet."""

    names: Sequence[str]

    def cells(self, name: str) -> pl.DataFrame: ...

    def merged(self, name: str) -> tuple[int, Sequence[MergedRange]]: ...


class _OneTable:
    """A CSV: one sheet without a name."""

    names: Sequence[str] = ("",)

    def __init__(self, cells: pl.DataFrame) -> None:
        self._cells = cells

    def cells(self, name: str) -> pl.DataFrame:
        return self._cells

    def merged(self, name: str) -> tuple[int, Sequence[MergedRange]]:
        return 1, ()


def _open(content: bytes, name: str) -> _Sheets:
    if content.startswith(ZIP_MAGIC):
        refuse_bombs(content, name)
    if content.startswith((ZIP_MAGIC, XLS_MAGIC)):
        return ExcelSheets(content, name)
    if is_web_page(content):
        raise Refused(problems.WEB_PAGE.at(Place(file=name or None)))
    return _OneTable(read_csv(content, name))


def _form_sheet(sheets: _Sheets) -> str:
    """The sheet of the form itself: the first that is not ours."""
    return next((name for name in sheets.names if not name.startswith("_")), sheets.names[0])


def _marks(sheets: _Sheets) -> Marks | None:
    return read_marks(sheets.cells(HIDDEN).iter_rows()) if HIDDEN in sheets.names else None


def _published(marks: Marks, forms: Mapping[str, Sequence[Schema]], name: str) -> Schema:
    form_id, version = marks.form_id, marks.version
    place = Place(file=name or None)
    if form_id not in forms:
        raise Refused(problems.FORM_UNKNOWN.at(place, form=form_id, near=near(form_id, forms)))
    schema = next((schema for schema in forms[form_id] if schema.version == version), None)
    if schema is None:
        raise Refused(problems.FORM_VERSION_UNKNOWN.at(place, form=form_id, version=version))
    return schema


def _recognised(sheets: _Sheets, forms: Mapping[str, Sequence[Schema]], name: str) -> Schema:
    """The form whose columns the first sheet has; of its versions the newest that knows them all, else the nearest."""
    best: tuple[int, int, int] = (0, 0, 0)
    found: Schema | None = None
    width = 0
    cells = sheets.cells(_form_sheet(sheets))
    for versions in forms.values():
        for age, schema in enumerate(versions):
            header = read_header(cells, schema.table())
            if header is None:
                continue
            known = len(header.written)
            score = (known, -header.missing, age)
            if score > best:
                best, found, width = score, schema, known + len(header.unknown)
    if found is None or best[0] * 2 < width:
        raise Refused(problems.SHEET_OF_NO_FORM.at(Place(file=name or None), near=""))
    return found


def _understood(sheets: _Sheets, schema: Schema, marks: Marks | None, name: str) -> ReadSheet:
    tables: dict[str, pl.DataFrame] = {}
    headers: dict[str, Mapping[str, str]] = {}
    faults: list[Problem] = []
    warnings: list[Problem] = []
    for table in schema.tables:
        sheet = _sheet_of(table, sheets)
        if sheet is None:
            continue
        place = Place(file=name or None, sheet=sheet or None)
        cells = sheets.cells(sheet)
        header = read_header(cells, table, marks)
        if header is None:
            if table.name == "":
                raise Refused(problems.SHEET_OF_NO_FORM.at(place, near=f" ({schema.form_id})"))
            continue
        faults += _header_faults(header, table, marks, place)
        warnings += _remarks(header, place)
        headers[table.name] = header.written
        tables[table.name] = _rows(cells, header, table, *sheets.merged(sheet))
    if faults:
        raise Refused(*faults)
    linked, faults = _linked(schema, tables, name)
    return ReadSheet(schema=schema, tables=linked, headers=headers, problems=tuple(faults), warnings=tuple(warnings))


def _header_faults(header: Header, table: Table, marks: Marks | None, place: Place) -> Iterator[Problem]:
    for text in header.unknown:
        if text.strip() == NOT_CALCULATED:
            yield problems.FORMULA_WITHOUT_VALUE.at(place, column=text, value=text, near="")
        else:
            yield problems.COLUMN_UNKNOWN.at(place, column=text, near=suggestion(text, table, marks))
    yield from (problems.COLUMN_TWICE.at(place, column=text) for text in header.twice)


def _remarks(header: Header, place: Place) -> Iterator[Problem]:
    if header.tags is not None:
        yield problems.TAGS_LEFT_OUT.at(replace(place, row=header.tags + 1))
    if header.beside:
        yield problems.COLUMNS_BESIDE.at(place, columns=", ".join(header.beside)[:300])


def _sheet_of(table: Table, sheets: _Sheets) -> str | None:
    own = _form_sheet(sheets)
    if table.name == "":
        return own
    return next((name for name in sheets.names if name != own and fold(name) == fold(table.name)[:31]), None)


def _rows(cells: pl.DataFrame, header: Header, table: Table, left: int, merged: Sequence[MergedRange]) -> pl.DataFrame:
    """The table's filled rows as text, each with the number it has in the sheet. `left`: the sheet's column that is column 0 of `cells`."""
    names = cells.columns
    chosen = cells.slice(header.first).select(pl.col(names[at]).alias(column) for column, at in header.columns.items())
    missing = [link for link in LINKS if link not in header.columns]
    numbered = chosen.with_columns(
        pl.int_range(header.first + 1, header.first + 1 + pl.len(), dtype=pl.Int64).alias("_line"),
        *(pl.lit(None, pl.String).alias(link) for link in missing),
    ).with_columns(
        # KoboToolbox and Ona write the instanceID of a phone without its "uuid:".
        pl.when(pl.col(INSTANCE_ID).str.contains(_UUID) & header.is_bare_uuid)
        .then("uuid:" + pl.col(INSTANCE_ID))
        .otherwise(pl.col(INSTANCE_ID).replace("", None))
        .alias(INSTANCE_ID)
    )
    own = [column.name for column in table.columns if column.name in header.columns]
    return _with_merged(_filled(numbered, own), own, header, left, merged)


def _filled(rows: pl.DataFrame, own: Sequence[str]) -> pl.DataFrame:
    """The rows in which any of these columns holds anything."""
    filled = pl.Series([False]).new_from_index(0, rows.height)
    for name in own:
        filled |= (rows[name].str.strip_chars().str.len_bytes() > 0).fill_null(False)
        if filled.all():
            return rows
    return rows.filter(filled)


def _with_merged(
    rows: pl.DataFrame, own: Sequence[str], header: Header, left: int, merged: Sequence[MergedRange]
) -> pl.DataFrame:
    """The rows with `MERGED` in each blank cell that a merge of filled cells covers."""
    for name in own:
        column = left + header.columns[name]
        ranges = [
            one for one in merged if one.first_column <= column <= one.last_column and one.first_row > header.first
        ]
        for one in ranges:
            covered = pl.col("_line").is_between(one.first_row + (column == one.first_column), one.last_row)
            is_blank = pl.col(name).str.strip_chars().fill_null("") == ""
            rows = rows.with_columns(
                pl.when(covered & is_blank).then(pl.lit(MERGED)).otherwise(pl.col(name)).alias(name)
            )
    return rows


def _linked(
    schema: Schema, tables: Mapping[str, pl.DataFrame], name: str
) -> tuple[dict[str, pl.DataFrame], list[Problem]]:
    """Rows numbered as submissions: `_key`, `_row` and `_parent_row`, by the sheets' own links. A row without a parent is told."""
    main = tables[""].with_columns(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("_key"), pl.lit("").alias("_row"), pl.lit("").alias("_parent_row")
    )
    found, faults = {"": main}, []
    for table in schema.tables[1:]:
        rows = tables.get(table.name)
        above = found.get(table.parent or "")
        if rows is None or above is None or not rows.height:
            continue
        joined = _joined(rows, above)
        for row in joined.filter(pl.col("_key").is_null()).select("_line", "_above").iter_rows():
            place = Place(file=name or None, sheet=table.name, row=row[0], column="_parent")
            faults.append(problems.PARENT_UNKNOWN.at(place, value=row[1] or ""))
        found[table.name] = _numbered(joined.filter(pl.col("_key").is_not_null()))
    return found, faults


def _joined(rows: pl.DataFrame, above: pl.DataFrame) -> pl.DataFrame:
    if above.height == 1 and rows["_above"].null_count() == rows.height:
        only = above.row(0, named=True)
        return rows.with_columns(
            pl.lit(only["_key"], pl.Int64).alias("_key"), pl.lit(only["_row"]).alias("_parent_row")
        )
    parents = above.select(_link("_own").fill_null(_nth()).alias("_above"), "_key", pl.col("_row").alias("_parent_row"))
    parents = parents.unique("_above", keep="first", maintain_order=True)
    return rows.with_columns(_link("_above")).join(parents, on="_above", how="left", maintain_order="left")


def _link(column: str) -> pl.Expr:
    """A link as text: a spreadsheet may write 1 as 1.0."""
    return pl.col(column).str.strip_chars().str.replace(r"\.0+$", "").replace("", None)


def _nth() -> pl.Expr:
    return (pl.int_range(pl.len()) + 1).cast(pl.String)


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    nth = pl.int_range(pl.len()).over("_key", "_parent_row").cast(pl.String)
    own = pl.when(pl.col("_parent_row") == "").then(nth).otherwise(pl.col("_parent_row") + "." + nth)
    return rows.with_columns(own.alias("_row"))
