"""The lake kept up with the journal: `sync`, `rebuild`, `verify`.

One process writes at a time (a lock on ``.lock``, freed by the system when a process dies); readers never wait. Each table's commit
says which act it reached; `state.json` says it for all, so that tables without news need no commit. A crash between any two
steps leaves tables at different acts, and the next sync brings each from its own.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from toguna.figures.core.lake_shape import LakeTable
from toguna.figures.core.snapshot import Snapshot
from toguna.figures.lake import table as tables
from toguna.figures.lake.feed import Feed
from toguna.figures.lake.problems import FAULTS
from toguna.figures.lake.writing import Writing
from toguna.instance.api import replace_durably
from toguna.kernel.api import Problem, Refused

#: After so many commits, files that no commit names are deleted.
VACUUM_EVERY = 50
_STATE = "state.json"
#: In the state: a table that was there and is being made anew.
_UNMADE = -1


class Lake:
    """The folder of the tables, and what they say of themselves. Snapshots are kept while no later commit stands."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self.folder = folder
        self._secret = secret
        self._snapshots: dict[str, Snapshot] = {}

    def snapshot(self, name: str) -> Snapshot | None:
        """The table's newest commit; None when there is no such table yet. Refuses one that was there and is gone: it is not empty."""
        held = self._snapshots.get(name)
        if held is not None and tables.is_current(held):
            return held
        if not tables.exists(self.folder / name):
            self._snapshots.pop(name, None)
            if name in self._state():
                raise Refused(FAULTS["lake_missing"].at(table=name))
            return None
        self._snapshots[name] = tables.open_table(self.folder / name)
        return self._snapshots[name]

    def reached(self) -> int:
        """The act that every table has reached; 0 when the lake is new or half made."""
        state = self._state()
        return max(0, min(state.values(), default=0))

    def sync(self, feeds: Sequence[Feed], until: int) -> bool:
        """Bring every table up to this act; False when all had reached it. Returns when every commit is on disk."""
        shapes = [(feed, tuple(feed.tables())) for feed in feeds]
        if self._is_current(shapes, until):
            return False
        with self._writing():
            for feed, shape in shapes:
                self._sync_feed(feed, shape, until)
            wanted = {table.name for _, shape in shapes for table in shape}
            for name in set(self._state()) - wanted:
                self._snapshots.pop(name, None)
                self._write_state({kept: act for kept, act in self._state().items() if kept != name})
                shutil.rmtree(self.folder / name, ignore_errors=True)
        return True

    def rebuild(self, feeds: Sequence[Feed], until: int) -> None:
        """Delete every table and derive it anew from the records."""
        with self._writing():
            self._write_state({})
            for path in self.folder.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
            self._snapshots.clear()
        self.sync(feeds, until)

    def verify(self, feeds: Sequence[Feed]) -> tuple[Problem, ...]:
        """Every file is the one written, and every table holds the rows that the records make."""
        problems: list[Problem] = []
        for feed in feeds:
            shapes = tuple(feed.tables())
            reached = {shape.name: self._reached(shape.name) for shape in shapes}
            for act in sorted(set(reached.values())):
                expected = _expected_rows(feed, shapes, act)
                for shape in (one for one in shapes if reached[one.name] == act):
                    problems += self._verify_table(shape, expected[shape.name])
        return tuple(problems)

    def _reached(self, name: str) -> int:
        """The act of the table's last commit, or the later one up to which nothing concerned it."""
        told = self._state().get(name, 0)
        try:
            snapshot = self.snapshot(name)
        except Exception:
            return told
        return max(told, snapshot.reached) if snapshot is not None else told

    def _verify_table(self, shape: LakeTable, expected: int) -> Iterator[Problem]:
        try:
            snapshot = self.snapshot(shape.name)
        except Exception as error:
            yield FAULTS["table_broken"].at(table=shape.name, reason=_one_line(error))
            return
        if snapshot is None:
            return
        for file in snapshot.files:
            path = snapshot.folder / file.path
            told = path.stem.rpartition("-")[2]
            if not path.exists() or path.stat().st_size != file.size or tables.content_digest(path) != told:
                yield FAULTS["file_changed"].at(file=f"{shape.name}/{file.path}")
        if snapshot.rows != expected:
            yield FAULTS["rows_differ"].at(table=shape.name, found=snapshot.rows, expected=expected)

    def _is_current(self, shapes: Sequence[tuple[Feed, Sequence[LakeTable]]], until: int) -> bool:
        state = self._state()
        names = [table.name for _, shape in shapes for table in shape]
        reached = all(state.get(name, -1) >= until and tables.exists(self.folder / name) for name in names)
        return reached and set(state) <= set(names)

    def _sync_feed(self, feed: Feed, shapes: Sequence[LakeTable], until: int) -> None:
        reached = {shape.name: self._prepare(shape) for shape in shapes}
        after = min(reached.values())
        if after >= until:
            # A kill after the commits and before the state: the state is written now.
            self._write_state({**self._state(), **reached})
            return
        writings = [
            Writing(self.folder / shape.name, shape, reached[shape.name], until, self._secret) for shape in shapes
        ]
        for lineage, intervals in feed.touched(after, until):
            for writing in writings:
                writing.take(lineage, intervals)
        for shape, writing in zip(shapes, writings, strict=True):
            if writing.finish():
                self._tidy(shape.name)
        self._write_state({**self._state(), **{shape.name: until for shape in shapes}})

    def _prepare(self, shape: LakeTable) -> int:
        """The table there with the shape's columns; returns the act that it has reached."""
        folder = self.folder / shape.name
        if folder.exists() and not (_is_sound(folder) and tables.fits(folder, shape)):
            self._forget(shape.name)
            shutil.rmtree(folder)
        if not tables.exists(folder):
            self._forget(shape.name)
        tables.create(folder, shape)
        snapshot = tables.open_table(folder)
        return max(snapshot.reached, self._state().get(shape.name, 0))

    def _tidy(self, name: str) -> None:
        snapshot = self.snapshot(name)
        if snapshot is not None and snapshot.version % VACUUM_EVERY == 0:
            tables.vacuum(snapshot.folder)

    def _forget(self, name: str) -> None:
        """The table is about to be made anew: until it is, it is missing and not empty."""
        self._snapshots.pop(name, None)
        state = dict(self._state())
        if state.get(name, _UNMADE) != _UNMADE:
            self._write_state({**state, name: _UNMADE})

    def _state(self) -> Mapping[str, int]:
        try:
            state: dict[str, int] = json.loads((self.folder / _STATE).read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return state

    def _write_state(self, state: Mapping[str, int]) -> None:
        replace_durably(self.folder / _STATE, json.dumps(state, sort_keys=True).encode())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield


def _is_sound(folder: Path) -> bool:
    """Whether the table's log can be read at all."""
    try:
        tables.open_table(folder)
    except Exception:
        return False
    return True


def _expected_rows(feed: Feed, shapes: Sequence[LakeTable], reached: int) -> dict[str, int]:
    expected = {shape.name: 0 for shape in shapes}
    for _, intervals in feed.touched(0, reached):
        for interval in intervals:
            if interval.seq_from <= reached and interval.seq_from != interval.seq_to:
                for shape in shapes:
                    expected[shape.name] += len(interval.rows.get(shape.part, ()))
    return expected


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
