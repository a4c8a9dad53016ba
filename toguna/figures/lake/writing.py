"""Rows of one sync into the files of one table: new ones appended, months of touched lineages written anew.

A lineage is in the table exactly where its intervals that began before the table's sequence stand, so that no look-up is needed to
find the months to rewrite, and a new submission costs the same whatever the table holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from deltalake.transaction import AddAction

from toguna.figures.core.lake_shape import SYSTEM, LakeTable, taking
from toguna.figures.core.snapshot import NO_MONTH, LakeFile, Snapshot
from toguna.figures.lake.feed import Interval, Row
from toguna.figures.lake.table import commit, open_table, read_files, write_file

#: Rows of a month that are written out before the commit.
FLUSH = 200_000
#: A month with more small files than this has them merged.
MOST_SMALL = 8
#: Rows under which a file is small.
SMALL = 50_000


class Writing:
    """One table during one sync."""

    def __init__(self, folder: Path, shape: LakeTable, after: int, until: int, secret: bytes) -> None:
        self.shape = shape
        self.after = after
        self._folder = folder
        self._until = until
        self._names = list(shape.arrow.names)
        self._types = {field.name: field.type for field in shape.arrow}
        self._own = [_taker(shape, index, secret) for index in range(len(shape.columns))]
        self._further = [name for name in shape.system if name not in SYSTEM]
        self._rows: dict[str, list[list[Any]]] = defaultdict(list)
        self._stale: dict[str, set[str]] = defaultdict(set)
        self._adds: list[AddAction] = []

    def take(self, lineage: str, intervals: Sequence[Interval]) -> None:
        """All of a lineage: what the table holds of it is replaced."""
        for interval in intervals:
            if interval.seq_from > self._until or interval.seq_from == interval.seq_to:
                continue
            month = interval.happened.strftime("%Y-%m") if interval.happened else NO_MONTH
            if interval.seq_from <= self.after:
                self._stale[month].add(lineage)
            rows = interval.rows.get(self.shape.part, ())
            if rows:
                self._buffer(month, lineage, interval, rows)

    def _buffer(self, month: str, lineage: str, interval: Interval, rows: Sequence[Row]) -> None:
        ends = interval.seq_to if interval.seq_to is not None and interval.seq_to <= self._until else None
        head = (interval.happened, interval.seq_from, ends)
        further = [interval.system.get(name) for name in self._further]
        buffer = self._rows[month]
        for row in rows:
            own = [take(row) for take in self._own]
            buffer.append([lineage, row.get("_row", ""), row.get("_parent_row"), *head, *further, *own])
        if len(buffer) >= FLUSH:
            self._adds.append(write_file(self._folder, month, self._table(month), self.shape))

    def finish(self) -> bool:
        """Commit what changed; False when nothing did."""
        snapshot = open_table(self._folder)
        removes: list[LakeFile] = []
        for month in sorted({*self._rows, *self._stale}):
            kept, gone = self._kept(snapshot, month)
            removes += gone
            rows = pa.concat_tables([*kept, self._table(month)])
            if rows.num_rows:
                self._adds.append(write_file(self._folder, month, rows, self.shape))
        if not self._adds and not removes:
            return False
        commit(self._folder, self.shape, self._adds, removes, self._until)
        return True

    def _kept(self, snapshot: Snapshot, month: str) -> tuple[list[pa.Table], list[LakeFile]]:
        """What stays of the month's files that are written anew, and those files."""
        files = [file for file in snapshot.files if file.month == month]
        small = [file for file in files if file.rows < SMALL]
        merged = set(small) if len(small) >= MOST_SMALL else set()
        stale = self._stale.get(month)
        names = pa.array(sorted(stale or ()), pa.string())
        kept: list[pa.Table] = []
        gone: list[LakeFile] = []
        for file in files:
            if not stale and file not in merged:
                continue
            rows = read_files(snapshot, [file], self.shape.arrow)
            rest = rows.filter(pc.invert(pc.is_in(rows["_lineage"], names))) if stale else rows
            if file in merged or rest.num_rows < rows.num_rows:
                kept.append(rest)
                gone.append(file)
        return kept, gone

    def _table(self, month: str) -> pa.Table:
        rows = self._rows.pop(month, [])
        if not rows:
            return self.shape.arrow.empty_table()
        columns = zip(*rows, strict=True)
        arrays = [pa.array(values, self._types[name]) for name, values in zip(self._names, columns, strict=True)]
        return pa.table(arrays, schema=self.shape.arrow)


def _taker(shape: LakeTable, index: int, secret: bytes) -> Callable[[Row], Any]:
    column = shape.columns[index]
    name, turn = column.name, taking(shape, column, secret)
    if turn is None:
        return lambda row: row.get(name)
    return lambda row: None if (value := row.get(name)) is None else turn(value)
