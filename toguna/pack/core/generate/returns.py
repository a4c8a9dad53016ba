"""Monthly returns: the margins of a partner spread over months, places and groups, and sent as one spreadsheet a month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import product
from random import Random

from toguna.kernel.api import parse_period
from toguna.pack.core.generate.calendar import first_day, in_following_month
from toguna.pack.core.generate.drawn import Delivery, Filled, Row
from toguna.pack.core.generate.margins import by_month
from toguna.pack.core.generate.plan import Plan, Returns, Rows, Version
from toguna.pack.core.generate.split import apportion, scatter

#: The margin that is spread over the columns `over` of each row.
ATTENDANCE = "attendance"


def draw_returns(plan: Plan, returns: Returns, rng: Random) -> Iterator[Delivery]:
    """The partner's spreadsheets. Refuses margins that do not fit into one another."""
    months = [month for month in plan.months() if month >= (returns.from_ or plan.from_)]
    margins = [_by_month(rows, months, rng) for rows in returns.rows]
    for month in months:
        drawn = [
            row
            for rows, margin in zip(returns.rows, margins, strict=True)
            for row in (*_rows(rows, margin.get(month, {}), rng), *_none(rows, month))
        ]
        header = _header(returns, month, rng)
        default = Version(month=month, received=in_following_month(month, rng, first=2, last=6))
        versions = [version for version in returns.versions if version.month == month] or [default]
        for number, version in enumerate(versions, 1):
            yield _delivery(returns, month, header, _changed(drawn, version), version.received, number)


def _by_month(rows: Rows, months: list[str], rng: Random) -> dict[str, dict[str, int]]:
    """Each month's margins, or what is drawn freely where the plan has none."""
    found = by_month(rows.months, months, rng)
    if rows.otherwise is not None:
        for month in parse_period(rows.otherwise.in_).months():
            if month in months and month not in found:
                found[month] = _freely(rows, rng)
    return found


def _freely(rows: Rows, rng: Random) -> dict[str, int]:
    free = rows.otherwise
    assert free is not None
    if free.per_month:
        return {ATTENDANCE: rng.randint(*free.per_month)}
    sessions = rng.randint(*free.sessions)
    return {"sessions": sessions, ATTENDANCE: sum(rng.randint(*free.per_session) for _ in range(sessions))}


def _rows(rows: Rows, margins: Mapping[str, int], rng: Random) -> Iterator[dict[str, object]]:
    if not margins:
        return
    keys = [dict(zip(rows.each, chosen, strict=True)) for chosen in product(*rows.each.values())]
    parts = {column: scatter(total, len(keys), rng, rows.least) for column, total in margins.items()}
    for at, key in enumerate(keys):
        own = {column: part[at] for column, part in parts.items()}
        attended = own.pop(ATTENDANCE, 0)
        if attended:
            weights = [rng.uniform(0.6, 1.4) for _ in rows.over]
            own |= dict(zip(rows.over, apportion(attended, weights), strict=True))
        if any(own.values()):
            yield {**key, **rows.set, **own}


def _none(rows: Rows, month: str) -> Iterator[dict[str, object]]:
    """Rows that say: expected, and none this month."""
    if month in rows.none:
        for chosen in product(*rows.each.values()):
            yield {**dict(zip(rows.each, chosen, strict=True)), "none": "yes"}


def _header(returns: Returns, month: str, rng: Random) -> dict[str, object]:
    header: dict[str, object] = {"organisation": returns.organisation, "month": first_day(month), **returns.header}
    header |= {column: rng.randint(*between) for column, between in returns.header_between.items()}
    for column, sentences in (
        ("narrative", returns.narrative),
        ("challenges", returns.challenges),
        ("next_steps", returns.next_steps),
    ):
        if sentences:
            header[column] = rng.choice(sentences)
    if returns.numbered is not None:
        known, number = next(iter(returns.numbered.from_.items()))
        number += len(parse_period(f"{known}..{month}").months()) - 1 if month >= known else 0
        if month >= known:
            header[returns.numbered.column] = f"{number:03}"
    return header


def _changed(rows: list[dict[str, object]], version: Version) -> list[dict[str, object]]:
    add = version.add
    if add is None:
        return rows
    changed = [dict(row) for row in rows]
    for row in changed:
        if all(row.get(column) == value for column, value in add.row.items()):
            row[add.column] = int(str(row.get(add.column, 0))) + add.by
            break
    return changed


def _delivery(
    returns: Returns, month: str, header: Row, rows: list[dict[str, object]], received: datetime, number: int
) -> Delivery:
    nil = {"nil": "no" if rows else "yes"}
    told = {name: value for name, value in header.items() if rows or name != "narrative"}
    photos = [photo for photo in returns.photos if photo.month == month]
    pictures: list[dict[str, object]] = [
        {"image": photo.file, "caption": photo.caption, "credit": photo.credit, "consent": photo.consent}
        for photo in photos
    ]
    repeats: dict[str, list[dict[str, object]]] = {returns.repeat: rows, "photo": pictures}
    filled = Filled(form=returns.form, header={**told, **nil}, rows={name: own for name, own in repeats.items() if own})
    name = f"{returns.organisation.lower()}-{returns.form}-{month}" + (f"-v{number}" if number > 1 else "")
    return Delivery(
        received_at=received, name=name, form=returns.form, filled=(filled,), how="xlsx", language=returns.language,
        photos=tuple(photo.file for photo in photos),
    )  # fmt: skip
