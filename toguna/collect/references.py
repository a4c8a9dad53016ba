"""Reference tables: agreements, targets, code lists. Replaced whole; every row keeps from when to when it stood so."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from toguna.access.api import Actor, require_permit
from toguna.collect import problems
from toguna.collect.store import models
from toguna.instance.api import writing
from toguna.journal.api import NewAct, append
from toguna.kernel.api import Place, Problem, Refused, digest

_ROWS = 2_000


@dataclass(frozen=True, kw_only=True)
class ReferenceRow:
    """A row of a reference table while it was so; without an end it still is."""

    key: str
    values: Mapping[str, str]
    seq_from: int
    seq_to: int | None


def load_reference(name: str, rows: Sequence[Mapping[str, str]], actor: Actor, at: datetime | None = None) -> int:
    """Make these the rows of the table; the first column is the key. Act ``reference.replaced``; none when nothing changed.

    Returns how many rows were added, changed or removed. Refuses rows of unlike columns, a blank key and one that stands twice.
    """
    require_permit(actor, "reference.replaced")
    wanted = _keyed(name, rows)
    with writing():
        there = {row.key: row for row in models.ReferenceRow.objects.filter(table=name, seq_to=None)}
        ended = [row for key, row in there.items() if row.values != wanted.get(key)]
        begun = [key for key, values in wanted.items() if key not in there or there[key].values != values]
        if not ended and not begun:
            return 0
        detail = {"rows": len(wanted), "ended": len(ended), "begun": len(begun), "digest": digest(wanted)}
        sequence = append([NewAct(kind="reference.replaced", subject=name, detail=detail, at=at)], actor.name).first
        for start in range(0, len(ended), _ROWS):
            keys = [row.pk for row in ended[start : start + _ROWS]]
            models.ReferenceRow.objects.filter(pk__in=keys).update(seq_to=sequence)
        models.ReferenceRow.objects.bulk_create(
            [models.ReferenceRow(table=name, key=key, values=wanted[key], seq_from=sequence) for key in begun],
            batch_size=_ROWS,
        )
    return len({*begun, *(row.key for row in ended)})


def reference_rows(name: str) -> list[ReferenceRow]:
    """Every row that the table has or had, in the order in which they began."""
    rows = models.ReferenceRow.objects.filter(table=name).order_by("seq_from", "pk")
    return [
        ReferenceRow(key=row.key, values=json.loads(row.values), seq_from=row.seq_from, seq_to=row.seq_to)
        for row in rows
    ]


def reference_tables() -> list[str]:
    """The names of the tables that have or had rows."""
    return sorted(models.ReferenceRow.objects.values_list("table", flat=True).distinct())


def changed_references(after: int, until: int) -> set[str]:
    """Tables of which a row began or ended in (after, until]."""
    rows = models.ReferenceRow.objects
    begun = rows.filter(seq_from__gt=after, seq_from__lte=until)
    ended = rows.filter(seq_to__gt=after, seq_to__lte=until)
    return {name for found in (begun, ended) for name in found.values_list("table", flat=True).distinct()}


def _keyed(name: str, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Each row as JSON, by its key."""
    faults: list[Problem] = []
    found: dict[str, str] = {}
    columns = list(rows[0]) if rows else []
    for number, row in enumerate(rows, start=2):
        place = Place(file=f"{name}.csv", row=number)
        missing = next((column for column in columns if row.get(column) is None), None)
        if missing is not None:
            faults.append(problems.REFERENCE_COLUMNS.at(place, table=name, column=missing, columns=", ".join(columns)))
            continue
        key = row[columns[0]].strip()
        if not key:
            faults.append(problems.REFERENCE_NAMELESS.at(place, column=columns[0]))
        elif key in found:
            faults.append(problems.REFERENCE_TWICE.at(place, value=key))
        else:
            found[key] = json.dumps({column: row[column].strip() for column in columns}, ensure_ascii=False)
    if faults:
        raise Refused(*faults)
    return found
