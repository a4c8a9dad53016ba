"""A partner's table made into the tables of a form, by a layout: text by question, ready for the checks that every submission passes.

Each row keeps the number that it has in the partner's sheet, and each question the partner's header, so that every fault is told in the
partner's own terms. Wide columns become rows of a repeat, or rows of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toguna.collect.core.submissions.cells import MERGED
from toguna.collect.core.submissions.headers import instance_id_header
from toguna.collect.core.submissions.sheet import ReadSheet
from toguna.intake.core.cells import SheetCells
from toguna.intake.core.dates import DateOrder, date_order
from toguna.intake.core.header import Header
from toguna.intake.core.mapping import ORGANISATION, PERIOD, Block, Layout
from toguna.intake.core.questions import DAYS, FormQuestions
from toguna.intake.core.reading import ColumnReader
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")

_NO_ID = ("_own", "_above", "_instance_id", "_deprecated_id")


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the arrival says by itself: the first day of its month, and the organisation that sent it; "" where nobody knows."""

    period: str = ""
    organisation: str = ""


@dataclass(kw_only=True)
class Shaper:
    """One table being shaped. `rows`: `DataRows.frame`."""

    sheet: SheetCells
    header: Header
    layout: Layout
    questions: FormQuestions
    reader: ColumnReader
    given: Given
    rows: pl.DataFrame

    def shape(self) -> ReadSheet:
        """The form's tables."""
        schema = self.questions.schema
        self.rows = self._filled_down(self.rows)
        self.reader.order = self._order()
        base = self._base()
        tables = {"": self._main(base)}
        for table in schema.tables[1:]:
            if table.parent == "" and (frame := self._repeat(base, tables[""], table.name)) is not None:
                tables[table.name] = frame
        headers = self._headers()
        return ReadSheet(schema=schema, tables=tables, headers=headers, problems=())

    def _order(self) -> DateOrder:
        """The order of day and month, where the columns of days that show one show the same."""
        days = [
            header for header, target in self.layout.columns.items() if self.questions.all[target].column.type in DAYS
        ]
        texts = [texts for header in days if (texts := self._texts(header)) is not None]
        return date_order(text for column in texts for text in column.drop_nulls().unique())

    def _filled_down(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Cells that a merge covers, marked as such; in columns that say so, filled with what stands above."""
        at_of = {column.header: column.at for column in self.header.columns}
        mapped = [*self.layout.columns, *(header for block in self.layout.blocks for header in block.columns)]
        for header in mapped:
            if header not in at_of:
                continue
            name = str(at_of[header])
            if header in self.layout.fill_down:
                rows = rows.with_columns(pl.col(name).forward_fill())
                continue
            column = self.sheet.left + at_of[header]
            for one in self.sheet.merged:
                if one.first_column <= column <= one.last_column and one.last_row > one.first_row > self.header.first:
                    covered = pl.col("_line").is_between(one.first_row + 1, one.last_row) & pl.col(name).is_null()
                    rows = rows.with_columns(pl.when(covered).then(pl.lit(MERGED)).otherwise(pl.col(name)).alias(name))
        return rows

    def _base(self) -> pl.DataFrame:
        """Every mapped column under its target, made plain, with the constants, and `_line`."""
        found = self.rows.select("_line", *self._instance_id())
        lines = found["_line"]
        for header, target in self.layout.columns.items():
            if (texts := self._texts(header)) is not None:
                read = self.reader.read(header, self.questions.all[target], texts, lines)
                found = found.with_columns(read.alias(target))
        constants = [pl.lit(text or None, pl.String).alias(target) for target, text in self._constants().items()]
        return found.with_columns(constants)

    def _instance_id(self) -> list[pl.Expr]:
        header = instance_id_header([column.header for column in self.header.columns]) if not self.layout.rows else None
        mapped = {*self.layout.columns, *(name for block in self.layout.blocks for name in block.columns)}
        at = next(
            (column.at for column in self.header.columns if column.header == header and header not in mapped), None
        )
        if at is None or any(not block.table for block in self.layout.blocks):
            return [pl.lit(None, pl.String).alias("_instance_id")]
        text = pl.col(str(at))
        return [
            pl.when(text.str.contains(r"^[0-9a-fA-F]{8}-")).then("uuid:" + text).otherwise(text).alias("_instance_id")
        ]

    def _texts(self, header: str) -> pl.Series | None:
        at = next((column.at for column in self.header.columns if column.header == header), None)
        return None if at is None else self.rows[str(at)]

    def _constants(self) -> dict[str, str]:
        known = {PERIOD: self.given.period, ORGANISATION: self.given.organisation}
        return {target: known.get(text, text) for target, text in self.layout.constants.items()}

    def _of(self, table: str, base: pl.DataFrame) -> list[str]:
        """The targets of one table that are mapped."""
        own = [name for name in base.columns if not name.startswith("_")]
        return [name for name in own if name.rpartition(".")[0] == table]

    def _main(self, base: pl.DataFrame) -> pl.DataFrame:
        """The form's own table, a row for each submission."""
        own = self._of("", base)
        blocks = [block for block in self.layout.blocks if not block.table]
        if self.layout.rows:
            main = (
                base.group_by(own, maintain_order=True).agg(pl.col("_line").first())
                if own
                else base.select("_line").head(1)
            )
            main = main.with_columns(pl.lit(None, pl.String).alias("_instance_id"))
        elif blocks:
            main = _stacked(base.select("_line", "_instance_id", *own), self._parts(base, blocks))
        else:
            asked = [target for target in self.layout.columns.values() if target in base.columns]
            main = (
                base.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in asked)) if asked else base.head(0)
            )
        return main.with_columns(
            pl.int_range(pl.len(), dtype=pl.Int64).alias("_key"),
            *(pl.lit("").alias(name) for name in ("_row", "_parent_row")),
            *(pl.lit(None, pl.String).alias(name) for name in _NO_ID if name not in main.columns),
        )

    def _repeat(self, base: pl.DataFrame, main: pl.DataFrame, table: str) -> pl.DataFrame | None:
        """The rows of one repeat, each below its submission."""
        direct = self._of(table, base)
        blocks = [block for block in self.layout.blocks if block.table == table]
        if not blocks and not any(name in direct for name in self.layout.columns.values()):
            return None
        own = self._of("", base)
        if self.layout.rows:
            keyed = (
                base.join(main.select("_key", *own), on=own, how="left", nulls_equal=True, maintain_order="left")
                if own
                else base.with_columns(pl.lit(0, pl.Int64).alias("_key"))
            )
        else:
            keyed = base.join(main.select("_key", "_line"), on="_line", how="inner", maintain_order="left")
        rows = keyed.select("_line", "_key", *direct)
        if blocks:
            rows = _stacked(rows, self._parts(base, blocks, table))
        else:
            asked = [name for name in direct if name in self.layout.columns.values()]
            rows = rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in asked))
        rows = rows.rename({name: name.removeprefix(f"{table}.") for name in rows.columns})
        nth = pl.int_range(pl.len()).over("_key").cast(pl.String)
        return rows.with_columns(nth.alias("_row"), pl.lit("").alias("_parent_row"))

    def _parts(self, base: pl.DataFrame, blocks: Sequence[Block], table: str = "") -> Iterator[pl.DataFrame]:
        """Of each block the rows in which one of its columns is filled, by `_line`."""
        for number, block in enumerate(blocks):
            part = base.select("_line")
            asked = []
            for header, name in block.columns.items():
                target = f"{table}.{name}" if table else name
                if (texts := self._texts(header)) is not None:
                    read = self.reader.read(header, self.questions.all[target], texts, base["_line"])
                    part = part.with_columns(read.alias(target))
                    asked.append(target)
            if not asked:
                continue
            set_to = [
                pl.lit(text, pl.String).alias(f"{table}.{name}" if table else name) for name, text in block.set.items()
            ]
            filled = part.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in asked))
            yield filled.with_columns(*set_to, pl.lit(number).alias("_block"))

    def _headers(self) -> dict[str, dict[str, str]]:
        """By table, each question's header as the partner wrote it; of a constant its own name."""
        found: dict[str, dict[str, str]] = {"": {}}
        pairs = [(target, header) for header, target in self.layout.columns.items()]
        pairs += [(target, target) for target in self.layout.constants]
        for block in self.layout.blocks:
            prefix = f"{block.table}." if block.table else ""
            pairs += [(f"{prefix}{name}", header.rpartition(" / ")[2]) for header, name in block.columns.items()]
            pairs += [(f"{prefix}{name}", name) for name in block.set]
        for target, header in pairs:
            table, _, name = target.rpartition(".")
            found.setdefault(table, {}).setdefault(name, header)
        return found


def _stacked(rows: pl.DataFrame, parts: Iterator[pl.DataFrame]) -> pl.DataFrame:
    """Each row once for each block that has something of it."""
    every = list(parts)
    if not every:
        return rows.head(0)
    blocks = pl.concat(every, how="diagonal")
    return (
        rows.join(blocks, on="_line", how="inner", maintain_order="left_right")
        .sort("_line", "_block", maintain_order=True)
        .drop("_block")
    )


def lines_of(tables: Mapping[str, pl.DataFrame]) -> set[int]:
    """The rows of the sheet that became rows of the form; of a form's own row that stands for several, those of its repeat."""
    repeats = [table for name, table in tables.items() if name]
    main = tables[""]
    if repeats:
        below = pl.concat([table["_key"] for table in repeats])
        main = main.filter(~pl.col("_key").is_in(below.implode()))
    return {line for table in (main, *repeats) for line in table["_line"].to_list()}


def nil_rows(table: pl.DataFrame, numbers: Sequence[str]) -> set[int]:
    """The rows in which one of these columns says 0 and none says more."""
    zero = [pl.col(name).str.contains(r"^-?0+([.,]0*)?$") for name in numbers]
    stated = [pl.col(name).is_not_null() for name in numbers]
    none_more = pl.all_horizontal(is_zero.fill_null(True) for is_zero in zero)
    return set(table.filter(pl.any_horizontal(stated) & none_more)["_line"].to_list())
