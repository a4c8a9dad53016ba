"""Cells of cubes, in memory and in the cache: by the cube's SQL and the name of each month's content."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from toguna.figures.core.snapshot import Snapshot
from toguna.kernel.api import digest
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
else:
    np = library("numpy")
    pa = library("pyarrow")
    pc = library("pyarrow.compute")
    pq = library("pyarrow.parquet")

_log = logging.getLogger("toguna.figures")
#: Assembled cubes kept at once: several as-ofs of one table are several.
MOST_ASSEMBLED = 200
_NAME = "_name"
Array = np.ndarray[Any, Any]
#: Makes the cells of these months.
Make = Callable[[Sequence[str]], pa.Table]


@dataclass(frozen=True, kw_only=True)
class MonthCells:
    """The cells of many months, in order of month. Text columns are codes into their labels."""

    codes: Mapping[str, Array]
    labels: Mapping[str, list[str]]
    numbers: Mapping[str, Array]

    def between(self, first: str, last: str) -> tuple[int, int]:
        """From where to where the months stand."""
        months = self.labels["month"]
        start = sum(month < first for month in months)
        end = sum(month <= last for month in months)
        low, high = np.searchsorted(self.codes["month"], [start, end])
        return int(low), int(high)


def month_names(tables: Sequence[Snapshot], at: int, own: Snapshot, engine: str) -> dict[str, str]:
    """By month of `own`, what its rows known at the act are made of, and what aggregates them."""
    found = {}
    for month in own.months:
        files = [file for table in tables for file in table.files if file.month == month]
        last = max(max(file.seq_from, file.seq_to) for file in files)
        found[month] = digest([sorted(file.path for file in files), "" if at >= last else str(at), engine])
    return found


class Store:
    """Cells by cube and month. A folder of None keeps them in memory alone."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._months: dict[str, dict[str, pa.Table]] = {}
        self._assembled: OrderedDict[tuple[str, tuple[str, ...]], MonthCells] = OrderedDict()
        self._changed: set[str] = set()

    def cells(self, sql: str, names: Mapping[str, str], make: Make) -> MonthCells:
        """The cells of these months, by name of their content; those that are missing are made."""
        key = (sql, tuple(names[month] for month in sorted(names)))
        held = self._assembled.get(key)
        if held is not None:
            self._assembled.move_to_end(key)
            return held
        months = self._months.setdefault(sql, self._read(sql)) if sql not in self._months else self._months[sql]
        missing = [month for month, name in sorted(names.items()) if name not in months]
        if missing:
            made = make(missing)
            written = pc.strftime(made["month"], "%Y-%m")
            for month in missing:
                months[names[month]] = made.filter(pc.equal(written, month)).combine_chunks()
            self._changed.add(sql)
        cells = _assembled([(month, months[names[month]]) for month in sorted(names)])
        self._assembled[key] = cells
        if len(self._assembled) > MOST_ASSEMBLED:
            self._assembled.popitem(last=False)
        return cells

    def save(self) -> None:
        """Write the cubes that got months, one file each; a file is replaced whole, or not at all.

        A disk that is full or may not be written costs time, never an answer: then they are made again by the next process.
        """
        try:
            self._write()
        except OSError:
            _log.warning("cubes.not_kept", exc_info=True)
        self._changed.clear()

    def _write(self) -> None:
        for sql in sorted(self._changed) if self._folder else ():
            assert self._folder is not None
            self._folder.mkdir(parents=True, exist_ok=True)
            used = {name for (cube, names), _ in self._assembled.items() if cube == sql for name in names}
            parts = [
                table.append_column(_NAME, pa.array([name] * table.num_rows, pa.string()))
                for name, table in self._months[sql].items()
                if name in used and table.num_rows
            ]
            empty = [name for name, table in self._months[sql].items() if name in used and not table.num_rows]
            if parts:
                rows = pa.concat_tables(parts).replace_schema_metadata({"empty": ",".join(empty)})
                path = self._path(sql)
                draft = path.with_name(f".{uuid4().hex}")
                try:
                    pq.write_table(rows, draft, compression="none")
                    draft.replace(path)
                finally:
                    draft.unlink(missing_ok=True)

    def _path(self, sql: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{digest(sql)}.parquet"

    def _read(self, sql: str) -> dict[str, pa.Table]:
        """What an earlier process wrote; nothing where the file is not whole."""
        if self._folder is None or not self._path(sql).exists():
            return {}
        try:
            rows = pq.read_table(self._path(sql), partitioning=None)
        except (OSError, pa.ArrowException):
            return {}
        told = (rows.schema.metadata or {}).get(b"empty", b"").decode()
        names = rows[_NAME].combine_chunks().dictionary_encode()
        bare = rows.drop_columns([_NAME]).replace_schema_metadata(None)
        found = {name: bare.schema.empty_table() for name in told.split(",") if name}
        codes = names.indices.to_numpy()
        edges = np.flatnonzero(np.diff(codes)) + 1
        for start, end in zip([0, *edges], [*edges, len(codes)], strict=True):
            found[names.dictionary[int(codes[start])].as_py()] = bare.slice(int(start), int(end - start))
        return found


def _assembled(months: Sequence[tuple[str, pa.Table]]) -> MonthCells:
    rows = pa.concat_tables([table for _, table in months])
    order = [month for month, _ in months]
    counts = [table.num_rows for _, table in months]
    codes: dict[str, Array] = {"month": np.repeat(np.arange(len(order)), counts)}
    labels: dict[str, list[str]] = {"month": order}
    numbers: dict[str, Array] = {}
    for name in rows.column_names:
        if name == "month":
            continue
        column = rows[name].combine_chunks()
        if name == "place" or name[0] == "g":
            encoded = column.cast(pa.string()).dictionary_encode()
            codes[name] = pc.fill_null(encoded.indices, len(encoded.dictionary)).to_numpy()
            labels[name] = [*encoded.dictionary.to_pylist(), ""]
        else:
            numbers[name] = pc.fill_null(column, 0).to_numpy().astype(np.int64)
    return MonthCells(codes=codes, labels=labels, numbers=numbers)
