"""Many rows of one model into its table, as fast as the engine takes them.

Django's `bulk_create` spends four times as long on each row as SQLite does. This is the one INSERT that Toguna writes itself; table,
columns and the writing of instants come from the model and the engine's backend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

#: Ids of one question; SQLite binds at most 32,766 values.
_IDS = 10_000
_Item = TypeVar("_Item")


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of these fields, in their order; a field that is not named must allow it. Values are taken as they are given.

    Nobody is told of the new keys: give them. Refuses what the table refuses, and then keeps nothing.
    """
    fields = [model._meta.get_field(name) for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"
    written = {at: write for at, field in enumerate(fields) if (write := _writer(field)) is not None}
    with connection.cursor() as cursor:
        cursor.executemany(statement, (_adapted(row, written) for row in rows))


def _writer(field: models.Field) -> Callable[[Any], Any] | None:
    """How the engine wants an instant or a day; nothing for what it takes as it is."""
    if isinstance(field, models.DateTimeField):
        return lru_cache(maxsize=1024)(connection.ops.adapt_datetimefield_value)
    if isinstance(field, models.DateField):
        return lru_cache(maxsize=1024)(connection.ops.adapt_datefield_value)
    return None


def _adapted(row: Sequence[Any], written: dict[int, Callable[[Any], Any]]) -> list[Any]:
    values = list(row)
    for at, write in written.items():
        values[at] = write(values[at])
    return values


def portions(items: Iterable[_Item]) -> Iterable[list[_Item]]:
    """The items in lists so short that one question may name them all."""
    rest = iter(items)
    while some := list(islice(rest, _IDS)):
        yield some
