"""Rows of a spreadsheet to submissions, each with an instanceID that the same row always gets.

The id is drawn from the row's content (its checked values, so that a date written two ways is one): the same sheet loaded twice is
loaded once, and of two equal rows in a sheet the second is the second. Where the form names key columns (setting `tg:key`), rows of
the same key are one submission, and other content under the key is a correction of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from toguna.collect import problems
from toguna.collect.core.submissions.assemble import (
    as_text,
    attachments,
    entities_of_rows,
    happened,
    key_columns,
    key_of,
    rows_by_key,
)
from toguna.collect.core.submissions.check import CheckedTables, Checker
from toguna.collect.core.submissions.expectations import NOTHING_JUDGED, Judged
from toguna.collect.core.submissions.sheet import ReadSheet
from toguna.collect.core.submissions.values import Checked, Refusal, Row
from toguna.collect.core.submissions.xpath.tree import Moment
from toguna.kernel.api import Place, Problem, canonical_json, digest, drawn_id
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")


@dataclass(kw_only=True)
class SheetRows:
    """The submissions of one spreadsheet, made a portion at a time."""

    read: ReadSheet
    checked: CheckedTables
    checker: Checker
    name: str
    received_at: datetime
    moment: Moment
    #: What of them is unexpected.
    judged: Judged = NOTHING_JUDGED
    #: SHA-256 of the whole file.
    source: str = ""
    _seen: Counter[str] = field(default_factory=Counter)
    _keys: dict[str, str] = field(default_factory=dict)

    def portions(self, size: int) -> Iterator[tuple[list[Checked], list[Refusal]]]:
        """Good rows as submissions, and refused ones, `size` rows of the form's sheet at a time."""
        self._seen, self._keys = Counter(), {}
        faults = self._faults()
        keys = self.read.tables[""]["_key"]
        for start in range(0, len(keys), size):
            first, last = keys[start], keys[min(start + size, len(keys)) - 1]
            own = {name: _between(table, first, last) for name, table in self.checked.tables.items()}
            written = {name: _between(table, first, last) for name, table in self.read.tables.items()}
            yield self._portion(own, written, faults)

    def only(self, keys: pl.Series) -> SheetRows:
        """The submissions of these numbers alone."""
        read = {name: table.filter(pl.col("_key").is_in(keys.implode())) for name, table in self.read.tables.items()}
        tables = {
            name: table.filter(pl.col("_key").is_in(keys.implode())) for name, table in self.checked.tables.items()
        }
        return replace(self, read=replace(self.read, tables=read), checked=replace(self.checked, tables=tables))

    def _portion(
        self,
        tables: Mapping[str, pl.DataFrame],
        written: Mapping[str, pl.DataFrame],
        faults: Mapping[int, Sequence[Problem]],
    ) -> tuple[list[Checked], list[Refusal]]:
        good: dict[int, Checked] = {}
        bad: dict[int, tuple[int, Sequence[Problem]]] = {}
        rows = rows_by_key(tables)
        for main in written[""].select("_key", "_line", "_instance_id", "_deprecated_id").iter_rows(named=True):
            key, line = main["_key"], main["_line"]
            own = list(faults.get(key, ()))
            checked = None
            if not own:
                checked = self._submission(rows[key], main["_instance_id"], main["_deprecated_id"], line)
                own = self._key_fault(checked, rows[key][""][0], line)
                if key in self.judged.doubts or key in self.judged.claims:
                    doubts, claims = self.judged.doubts.get(key, ()), self.judged.claims.get(key, ())
                    checked = replace(checked, doubts=doubts, claims=claims)
            if checked is None or own:
                bad[key] = line, own
            else:
                good[key] = checked
        if self.checker.rules.entities:
            ids = {key: checked.instance_id for key, checked in good.items()}
            for key, operations in entities_of_rows(self.checker, tables, ids, self.moment).items():
                good[key] = replace(good[key], entities=tuple(operations))
        return list(good.values()), self._refused(bad, written)

    def _refused(
        self, bad: Mapping[int, tuple[int, Sequence[Problem]]], written: Mapping[str, pl.DataFrame]
    ) -> list[Refusal]:
        """Refused rows, every cell as the sheet has it."""
        found: dict[int, dict[str, list[Row]]] = defaultdict(dict)
        for name, table in written.items():
            for row in table.filter(pl.col("_key").is_in(list(bad))).iter_rows(named=True):
                found[row["_key"]].setdefault(name, []).append(row)
        return [
            Refusal(
                name=self.name,
                raw=canonical_json({"rows": found[key]}),
                problems=tuple(own),
                source=self.source,
                row=line,
            )
            for key, (line, own) in bad.items()
        ]

    def _submission(
        self, rows: Mapping[str, Sequence[Row]], instance_id: str | None, deprecated_id: str | None, line: int
    ) -> Checked:
        schema = self.checker.schema
        raw = canonical_json({"form": schema.form_id, "rows": {name: own for name, own in rows.items() if own}})
        sha256 = digest(raw)
        key = key_of(schema, rows[""][0])
        if key:
            drawn = drawn_id("key", schema.form_id, key, sha256)
        else:
            drawn = drawn_id("row", schema.form_id, sha256, str(self._seen[sha256]))
            self._seen[sha256] += 1
        return Checked(
            instance_id=instance_id or f"uuid:{drawn}",
            deprecated_id=deprecated_id or None,
            form_id=schema.form_id,
            form_version=schema.version,
            raw=raw,
            sha256=sha256,
            received_at=self.received_at,
            rows=rows,
            key=key,
            happened=happened(self.checker, rows, self.received_at),
            attachments=attachments(schema, rows),
            name=self.name,
            source=self.source,
            row=line,
            base="",
        )

    def _key_fault(self, checked: Checked, row: Row, line: int) -> list[Problem]:
        if not checked.key or self._keys.setdefault(checked.key, checked.sha256) == checked.sha256:
            return []
        columns = key_columns(self.checker.schema)
        value = ", ".join(as_text(row.get(column)) for column in columns)
        place = Place(file=self.name or None, row=line)
        return [problems.KEY_TWICE.at(place, value=value, columns=", ".join(columns))]

    def _faults(self) -> dict[int, list[Problem]]:
        """By submission's number, in the order of the sheet."""
        found: dict[int, list[Problem]] = defaultdict(list)
        told = self.checker.problems(self.checked.rejects, self.name, self.read.headers)
        for key, problem in zip(self.checked.rejects["_key"], told, strict=True):
            found[key].append(problem)
        return found


def _between(table: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    return table.filter(pl.col("_key").is_between(first, last))
