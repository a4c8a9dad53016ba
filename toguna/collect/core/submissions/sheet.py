"""A spreadsheet of filled forms: bytes to text by table and column. Knows no database.

The form's own template is recognised by its hidden sheet, any other sheet by its headers; a header is a column's name or its label in
any language. Each row of the first sheet is a submission; rows of a repeat's sheet belong to the row that their `_parent` names. Every
cell is read as text: its type comes from the form, never from a guess.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import fastexcel
import polars as pl

from toguna.collect import problems
from toguna.collect.core.forms.marks import HIDDEN, Marks, read_marks
from toguna.collect.core.schema import Schema, Table
from toguna.collect.core.submissions.lookup import fold, near
from toguna.collect.core.submissions.workbook import XLS_MAGIC, ZIP_MAGIC, refuse_bombs, require_columns
from toguna.kernel.api import Place, Problem, Refused

#: How far down a header may stand.
_HEADER_ROWS = 10

#: Columns of a sheet that are no question.
_LINKS = {"_row": "_own", "_parent": "_above", "instanceid": "_instance_id", "deprecatedid": "_deprecated_id"}
_ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, kw_only=True)
class ReadSheet:
    """A spreadsheet understood as a form's: its text by table, ready to be checked."""

    schema: Schema
    #: Each with the columns of `check.SYSTEM`; the form's own also with `_instance_id` and `_deprecated_id`.
    tables: Mapping[str, pl.DataFrame]
    #: By table, each column's header as the sheet writes it.
    headers: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...]


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


class _Workbook:
    """An .xlsx or .xls."""

    def __init__(self, content: bytes, file: str) -> None:
        self._file = file
        self._read: dict[str, pl.DataFrame] = {}
        with self._mending():
            self._book = fastexcel.read_excel(content)
        self.names: Sequence[str] = self._book.sheet_names

    def cells(self, name: str) -> pl.DataFrame:
        if name not in self._read:
            with self._mending():
                batch = self._book.load_sheet_eager(name, header_row=None, dtypes="string")
                require_columns(batch.num_columns, Place(file=self._file or None, sheet=name))
                self._read[name] = pl.DataFrame(batch)
        return self._read[name]

    @contextmanager
    def _mending(self) -> Iterator[None]:
        try:
            yield
        except Refused:
            raise
        except Exception as error:  # fastexcel raises whatever a damaged file makes it stumble over
            reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            raise Refused(problems.FILE_UNREADABLE.at(Place(file=self._file or None), reason=reason)) from error


class _OneTable:
    """A CSV: one sheet without a name."""

    names: Sequence[str] = ("",)

    def __init__(self, cells: pl.DataFrame) -> None:
        self._cells = cells

    def cells(self, name: str) -> pl.DataFrame:
        return self._cells


def _open(content: bytes, name: str) -> _Sheets:
    if content.startswith(ZIP_MAGIC):
        refuse_bombs(content, name)
    if content.startswith((ZIP_MAGIC, XLS_MAGIC)):
        return _Workbook(content, name)
    return _OneTable(_csv(content, name))


def _form_sheet(sheets: _Sheets) -> str:
    """The sheet of the form itself: the first that is not ours."""
    return next((name for name in sheets.names if not name.startswith("_")), sheets.names[0])


def _csv(content: bytes, name: str) -> pl.DataFrame:
    text = _decoded(content, name)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(_DELIMITERS, key=first.count)
    require_columns(first.count(delimiter) + 1, Place(file=name or None))
    try:
        return pl.read_csv(
            io.BytesIO(text.encode()),
            separator=delimiter,
            has_header=False,
            infer_schema=False,
        )
    except pl.exceptions.PolarsError as error:
        raise Refused(
            problems.FILE_UNREADABLE.at(Place(file=name or None), reason=_csv_fault(text, delimiter))
        ) from error


def _csv_fault(text: str, delimiter: str) -> str:
    """Which line of a CSV is not like the first."""
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        width = len(next(lines))
        for row in lines:
            if row and len(row) != width:
                return f"line {lines.line_num} has {len(row)} columns, the first has {width}"
    except (csv.Error, StopIteration) as error:
        return f"line {lines.line_num}: {error}"
    return "it is no table"


def _decoded(content: bytes, name: str) -> str:
    if b"\x00" in content[:4096]:
        raise Refused(problems.FILE_KIND_UNKNOWN.at(Place(file=name or None)))
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(problems.FILE_KIND_UNKNOWN.at(Place(file=name or None)))


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
            header = _header(cells, schema.table())
            if header is None:
                continue
            known = len(header.columns)
            score = (known, -header.missing, age)
            if score > best:
                best, found, width = score, schema, known + len(header.unknown)
    if found is None or best[0] * 2 < width:
        raise Refused(problems.SHEET_OF_NO_FORM.at(Place(file=name or None), near=""))
    return found


@dataclass(frozen=True, kw_only=True)
class _Header:
    """What a sheet's header says."""

    #: Which cell column (0-based) holds which column of the form, or a link.
    columns: Mapping[str, int]
    written: Mapping[str, str]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]
    #: How many columns of the form the sheet lacks.
    missing: int
    #: The first row of data, 0-based.
    first: int


def _header(cells: pl.DataFrame, table: Table, marks: Marks | None = None) -> _Header | None:
    """The header of a table's sheet: the rows, among the first, of whose filled cells at least half are columns of it."""
    meanings = _meanings(table, marks)
    found: _Header | None = None
    for number, row in enumerate(cells.head(_HEADER_ROWS).iter_rows()):
        filled = {at: text for at, text in enumerate(row) if text and text.strip()}
        known = {at: meanings[key] for at, text in filled.items() if (key := _plain(text)) in meanings}
        if not known or len(known) * 2 < len(filled):
            if found is not None:
                break
            continue
        if found is None:
            found = _one_header(known, filled, table, number + 1)
        else:
            found = _Header(**{**found.__dict__, "first": number + 1})
    return found


def _one_header(known: Mapping[int, str], filled: Mapping[int, str], table: Table, first: int) -> _Header:
    columns: dict[str, int] = {}
    twice = []
    for at, column in known.items():
        if column in columns:
            twice.append(filled[at])
        else:
            columns[column] = at
    return _Header(
        columns=columns,
        written={column: filled[at].strip() for column, at in columns.items()},
        unknown=tuple(text for at, text in filled.items() if at not in known),
        twice=tuple(twice),
        missing=sum(column.name not in columns for column in table.columns),
        first=first,
    )


def _plain(text: str) -> str:
    return re.sub(r"[\s*]+$", "", fold(text))


def _meanings(table: Table, marks: Marks | None) -> dict[str, str]:
    """Every way to write a column in a header; a label that two columns share means neither, unless the template marks it."""
    found: dict[str, str | None] = {}
    for column in table.columns:
        for label in {_plain(label) for label in column.label.values() if label.strip()}:
            found[label] = column.name if label not in found else None
    found |= {_plain(column.name): column.name for column in table.columns}
    for (of, header), column_name in marks.columns.items() if marks else ():
        if of == table.name and column_name in table.by_name:
            found[_plain(header)] = column_name
    return {label: name for label, name in found.items() if name is not None} | _LINKS


def _understood(sheets: _Sheets, schema: Schema, marks: Marks | None, name: str) -> ReadSheet:
    tables: dict[str, pl.DataFrame] = {}
    headers: dict[str, Mapping[str, str]] = {}
    faults: list[Problem] = []
    for table in schema.tables:
        sheet = _sheet_of(table, sheets)
        if sheet is None:
            continue
        place = Place(file=name or None, sheet=sheet or None)
        cells = sheets.cells(sheet)
        header = _header(cells, table, marks)
        if header is None:
            if table.name == "":
                raise Refused(problems.SHEET_OF_NO_FORM.at(place, near=f" ({schema.form_id})"))
            continue
        faults += [
            problems.COLUMN_UNKNOWN.at(place, column=text, near=near(text, _meanings(table, marks)))
            for text in header.unknown
        ]
        faults += [problems.COLUMN_TWICE.at(place, column=text) for text in header.twice]
        headers[table.name] = header.written
        tables[table.name] = _rows(cells, header, table)
    if faults:
        raise Refused(*faults)
    linked, faults = _linked(schema, tables, name)
    return ReadSheet(schema=schema, tables=linked, headers=headers, problems=tuple(faults))


def _sheet_of(table: Table, sheets: _Sheets) -> str | None:
    own = _form_sheet(sheets)
    if table.name == "":
        return own
    return next((name for name in sheets.names if name != own and fold(name) == fold(table.name)[:31]), None)


def _rows(cells: pl.DataFrame, header: _Header, table: Table) -> pl.DataFrame:
    """The table's filled rows as text, each with the number it has in the sheet."""
    names = cells.columns
    chosen = cells.slice(header.first).select(pl.col(names[at]).alias(column) for column, at in header.columns.items())
    missing = [link for link in _LINKS.values() if link not in header.columns]
    numbered = chosen.with_columns(
        pl.int_range(header.first + 1, header.first + 1 + pl.len(), dtype=pl.Int64).alias("_line"),
        *(pl.lit(None, pl.String).alias(link) for link in missing),
    )
    own = [column.name for column in table.columns if column.name in header.columns]
    filled = pl.Series([False]).new_from_index(0, numbered.height)
    for name in own:
        filled |= (numbered[name].str.strip_chars().str.len_bytes() > 0).fill_null(False)
        if filled.all():
            return numbered
    return numbered.filter(filled)


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
