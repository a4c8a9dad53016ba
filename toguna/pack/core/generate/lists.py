"""Lists that the operation keeps: lines drawn until they add up to exactly the margins, sent as one spreadsheet a month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from toguna.pack.core.generate.calendar import day_in, in_following_month
from toguna.pack.core.generate.drawn import Delivery, Filled
from toguna.pack.core.generate.margins import by_month
from toguna.pack.core.generate.plan import Lines, Listing, Plan
from toguna.pack.core.generate.split import COMPOSITION, scatter

#: The margin that is spread over the lines; `rows` says how many there are.
PERSONS = "persons"


def draw_list(plan: Plan, listing: Listing, rng: Random) -> Iterator[Delivery]:
    """The list's spreadsheets. Refuses margins that do not fit into one another."""
    months = [month for month in plan.months() if month >= (listing.from_ or plan.from_)]
    margins = [_by_month(lines, months, rng) for lines in listing.rows]
    number = 0
    for month in months:
        filled = []
        for lines, margin in zip(listing.rows, margins, strict=True):
            for row in _lines(listing, lines, month, margin.get(month, {}), rng):
                number += 1
                row[listing.number.column] = f"{listing.number.prefix}-{number:05}"
                filled.append(Filled(form=listing.form, header=row))
        if filled:
            yield Delivery(
                received_at=in_following_month(month, rng, first=2, last=5),
                name=f"{listing.organisation}-{listing.form}-{month}".lower(),
                form=listing.form,
                filled=tuple(filled),
                how="xlsx",
                language=listing.language,
            )


def _by_month(lines: Lines, months: list[str], rng: Random) -> dict[str, dict[str, int]]:
    found = by_month(lines.months, months, rng)
    for month in months if lines.rows_between else ():
        if month not in found:
            rows = rng.randint(*lines.rows_between)
            each = lines.persons_each or (1, 1)
            found[month] = {"rows": rows, PERSONS: sum(rng.randint(*each) for _ in range(rows))}
    return found


def _lines(
    listing: Listing, lines: Lines, month: str, margin: Mapping[str, int], rng: Random
) -> Iterator[dict[str, object]]:
    rows = margin.get("rows", 0)
    persons = scatter(margin.get(PERSONS, rows), rows, rng, least=1)
    for size in persons:
        day = day_in(month, rng, 2, 27)
        row: dict[str, object] = {**({listing.sender: listing.organisation} if listing.sender else {}), **lines.set}
        row |= {column: rng.choice(values) for column, values in lines.choose.items()}
        row |= dict.fromkeys(listing.days, day)
        row |= {column: day - timedelta(days=rng.randint(*span)) for column, span in listing.before.items()}
        row |= {column: day + timedelta(days=rng.randint(*span)) for column, span in listing.after.items()}
        if lines.over:
            row |= _members(size, lines.over, rng)
        if lines.persons:
            row[lines.persons] = size
        if lines.birth:
            row[lines.birth.column] = _born(day, lines.birth.ages[0], lines.birth.ages[1], rng)
        yield row


def _members(persons: int, over: tuple[str, ...], rng: Random) -> dict[str, object]:
    drawn = rng.choices(over, weights=COMPOSITION[: len(over)], k=persons)
    return {column: drawn.count(column) for column in over}


def _born(day: date, youngest: int, oldest: int, rng: Random) -> date:
    return day - timedelta(days=rng.randint(youngest * 366, oldest * 365))
