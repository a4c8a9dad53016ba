"""The lists that the operation keeps add up to their margins, and every line keeps its own number."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.pack.mali import drawn, plan
from toguna.kernel.api import parse_period
from toguna.pack.core.generate.plan import Lines, Listing


def lines_of(listing: Listing, lines: Lines, period: str) -> list[dict[str, object]]:
    return [
        dict(filled.header)
        for delivery in drawn().deliveries
        if delivery.form == listing.form
        for filled in delivery.filled
        if filled.header.get(listing.days[0]) in parse_period(period)
        if str(filled.header[listing.number.column]).startswith(f"{listing.number.prefix}-")
        and all(filled.header.get(column) == value for column, value in lines.set.items())
        and all(filled.header.get(column) in values for column, values in lines.choose.items())
    ]


@pytest.mark.parametrize("listing", plan().lists, ids=lambda listing: f"{listing.form}-{listing.number.prefix}")
def test_every_margin_of_a_list_holds(listing: Listing) -> None:
    for lines in listing.rows:
        for period, margin in lines.months.items():
            found = lines_of(listing, lines, period)
            assert len(found) == margin["rows"], (lines.set, period)
            if "persons" in margin and lines.over:
                assert sum(int(str(row[column])) for row in found for column in lines.over) == margin["persons"]
            if lines.persons:
                assert sum(int(str(row[lines.persons])) for row in found) == margin["persons"]


def test_no_two_lines_of_a_list_share_a_number() -> None:
    column_of = {listing.form: listing.number.column for listing in plan().lists}
    numbers = Counter(
        (delivery.form, filled.header[column_of[delivery.form]])
        for delivery in drawn().deliveries
        if delivery.form in column_of
        for filled in delivery.filled
    )
    assert set(numbers.values()) == {1}
    assert len(numbers) > 4000
