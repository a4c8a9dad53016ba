"""A lake table at one commit: its files by month, and how far each tells of acts. Values alone; `lake.table` reads and writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

#: Rows of months without a day (reference tables) stand in this partition.
NO_MONTH = "none"


@dataclass(frozen=True, kw_only=True)
class LakeFile:
    """One Parquet file of a table, as the Delta log tells of it."""

    path: str
    month: str
    rows: int
    size: int
    #: The last act at which a row of the file began to count, and the last at which one ceased to.
    seq_from: int
    seq_to: int


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A table at one commit."""

    folder: Path
    version: int
    reached: int
    files: tuple[LakeFile, ...]
    #: The files' columns; older files may lack some of them.
    columns: tuple[str, ...]
    #: Columns were added after the first file: files must be read by name.
    evolved: bool

    @cached_property
    def months(self) -> frozenset[str]:
        return frozenset(file.month for file in self.files)

    @cached_property
    def last(self) -> int:
        """The last act that any row tells of."""
        return max((max(file.seq_from, file.seq_to) for file in self.files), default=0)

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    def rows_in(self, months: Sequence[str] | None = None) -> int:
        """How many rows the files of these months hold, or all."""
        return sum(file.rows for file in self._chosen(months))

    def paths(self, months: Sequence[str] | None = None) -> list[str]:
        """The files of these months, or all."""
        return [f"{self.folder}/{file.path}" for file in self._chosen(months)]

    def _chosen(self, months: Sequence[str] | None) -> list[LakeFile]:
        wanted = None if months is None else {*months, NO_MONTH}
        return [file for file in self.files if wanted is None or file.month in wanted]
