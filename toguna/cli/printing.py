"""How verbs print: rows as a table, CSV or JSON; faults as sentences; progress when a person watches."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Literal, Protocol

from toguna.kernel.api import Language, Problem
from toguna.kernel.core.library import library
from toguna.kernel.core.spreadsheets import defused

#: Loaded when a table or a bar is drawn.
_console = library("rich.console")
_progress = library("rich.progress")
_table = library("rich.table")

Format = Literal["table", "csv", "json"]


def print_rows(rows: Sequence[Mapping[str, Any]], how: Format, columns: Sequence[str] | None = None) -> None:
    """Print rows of equal keys; `columns` narrows and orders the table and CSV, never the JSON."""
    if how == "json":
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1, default=_plain)
        print()
        return
    names = list(columns or (rows[0] if rows else ()))
    if how == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        writer.writerows([defused(_cell(row.get(name))) for name in names] for row in rows)
        return
    table = _table.Table(*names, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in names))
    _console.Console(width=None if sys.stdout.isatty() else 200, highlight=False, markup=False).print(table)


def print_problems(problems: Iterable[Problem], language: Language = "en", how: Format = "table") -> None:
    """Each fault on a line of standard error, or as one JSON list on standard output."""
    if how == "json":
        json.dump([problem.as_json(language) for problem in problems], sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    for problem in problems:
        print(problem.written(language), file=sys.stderr)


class Step(Protocol):
    """Tells that so many more are done."""

    def __call__(self, done: int = 1) -> None: ...


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Step]:
    """A progress bar on standard error when a person watches; nothing otherwise."""
    if not sys.stderr.isatty():
        yield _unseen
        return
    with _progress.Progress(console=_console.Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)

        def step(done: int = 1) -> None:
            bar.advance(task, done)

        yield step


def _unseen(done: int = 1) -> None:
    """Nobody watches."""


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={item}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
