"""Cash payments: households drawn until the persons they cover add up to exactly each region's margin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from random import Random

from toguna.kernel.api import drawn_id
from toguna.pack.core.generate.calendar import day_in, evening_of, in_following_month
from toguna.pack.core.generate.drawn import Delivery, Filled, Row, Ruling
from toguna.pack.core.generate.names import invented_name
from toguna.pack.core.generate.plan import Payments
from toguna.pack.core.generate.split import COMPOSITION, apportion, scatter, sizes

_SEXES = ("women", "men", "girls", "boys")


@dataclass(kw_only=True)
class _Cashier:
    """Draws payments and numbers them."""

    payments: Payments
    rng: Random
    paid: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    number: int = 0

    def payment(self, month: str, region: str, persons: int, status: str = "paid") -> dict[str, object]:
        """One household's row of the payment list."""
        self.number += 1
        rng, payments = self.rng, self.payments
        paid_on = day_in(month, rng, 3, 27)
        members = _members(persons, rng)
        paid = {} if status == "unpaid" else {"paid_on": paid_on}
        return {
            "payment": f"{payments.prefix}-{month}-{self.number:05}",
            "organisation": payments.organisation,
            "list_version": f"{payments.prefix}-{month}-v1",
            "household": f"HH-{self.number:06}",
            "payee": invented_name(rng),
            **dict(zip(_SEXES, members, strict=True)),
            "payment_place": rng.choice(payments.places[region]),
            "return_place": rng.choice(payments.places[self._return_region(region)]),
            "status": status,
            "listed_on": paid_on - timedelta(days=rng.randint(10, 40)),
            **paid,
            "amount": persons * payments.amount_per_person,
            "currency": payments.currency,
        }

    def _return_region(self, region: str) -> str:
        others = [other for other in self.payments.places if other != region]
        return self.rng.choice(others) if others and self.rng.random() < self.payments.elsewhere else region

    def month(self, month: str, persons: Mapping[str, int]) -> list[dict[str, object]]:
        """A month's list: paid households of the regions' margins, and some that were not paid or gave it back."""
        sizes_of = self.payments.household_size
        rows = [
            self.payment(month, region, size)
            for region, total in persons.items()
            for size in sizes(total, sizes_of, self.rng)
        ]
        for status, share in (("unpaid", self.payments.unpaid), ("returned", self.payments.returned)):
            for _ in range(round(share * len(rows))):
                region = self.rng.choice(list(persons))
                rows.append(self.payment(month, region, self.rng.choice(sizes_of), status))
        return rows


def _members(persons: int, rng: Random) -> list[int]:
    drawn = rng.choices(range(4), weights=COMPOSITION, k=persons)
    if all(each > 1 for each in drawn):
        drawn[0] = rng.randrange(2)
    return [drawn.count(each) for each in range(4)]


def draw_payments(payments: Payments, rng: Random) -> Iterator[Delivery | Ruling]:
    """Each month's list as a spreadsheet and, a month later, reconciled; the last month by phone, still to be reconciled."""
    cashier = _Cashier(payments=payments, rng=rng)
    months = _months(payments, rng)
    last = max(months)
    for month, persons in months.items():
        rows = cashier.month(month, persons)
        if month == last:
            yield from _by_days(payments, rows, rng)
            yield from _late(cashier)
            yield from _twice(cashier, rows)
        else:
            received = in_following_month(month, rng, first=3, last=5)
            yield _list(payments, f"{payments.prefix}-{month}".lower(), rows, received)
            statement = received + timedelta(days=rng.randint(12, 18))
            reconciled = [
                _reconciled(row, statement.date() - timedelta(days=2), f"{payments.prefix}-{month}-statement")
                for row in rows
                if row["status"] == "paid"
            ]
            yield _list(payments, f"{payments.prefix}-{month}-reconciled".lower(), reconciled, statement)


def _months(payments: Payments, rng: Random) -> dict[str, dict[str, int]]:
    """Persons by month and region."""
    found: dict[str, dict[str, int]] = {}
    for lot in payments.lots:
        if isinstance(lot.persons, int):
            parts = apportion(lot.persons, list(lot.weights.values()))
            by_region: Mapping[str, int] = dict(zip(lot.weights, parts, strict=True))
        else:
            by_region = lot.persons
        for region, total in by_region.items():
            for month, part in zip(lot.months, scatter(total, len(lot.months), rng), strict=True):
                found.setdefault(month, {})[region] = part
    return dict(sorted(found.items()))


def _day(row: Row) -> date:
    day = row.get("paid_on") or row["listed_on"]
    assert isinstance(day, date)
    return day


def _reconciled(row: Row, on: date, statement: str) -> Row:
    return {**row, "status": "reconciled", "reconciled_on": on, "statement": statement}


def _list(payments: Payments, name: str, rows: Sequence[Row], received: datetime) -> Delivery:
    filled = tuple(Filled(form=payments.form, header=row) for row in rows)
    return Delivery(received_at=received, name=name, form=payments.form, filled=filled, how="xlsx", language="fr")


def _by_days(payments: Payments, rows: Sequence[Row], rng: Random) -> Iterator[Delivery]:
    """What a day's phones send in the evening, when they find a network."""
    for day, own in groupby(sorted(rows, key=_day), key=_day):
        yield _by_phone(payments, list(own), evening_of(day, rng))


def _by_phone(payments: Payments, rows: Sequence[Row], received: datetime) -> Delivery:
    filled = tuple(
        Filled(form=payments.form, header=row, instance_id=f"uuid:{drawn_id('payment', str(row['payment']))}")
        for row in rows
    )
    name = str(rows[0]["payment"]).lower()
    return Delivery(received_at=received, name=name, form=payments.form, filled=filled, how="xml")


def _late(cashier: _Cashier) -> Iterator[Delivery]:
    for late in cashier.payments.late:
        drawn = sizes(late.persons, cashier.payments.household_size, cashier.rng)
        rows = [cashier.payment(late.month, late.region, size) for size in drawn]
        yield _by_phone(cashier.payments, rows, late.received)


def _twice(cashier: _Cashier, rows: Sequence[Row]) -> Iterator[Delivery | Ruling]:
    for twice in cashier.payments.twice:
        first = cashier.rng.choice([row for row in rows if row["status"] == "paid"])
        cashier.number += 1
        again = {**first, "payment": f"{cashier.payments.prefix}-{twice.month}-{cashier.number:05}"}
        delivery = _by_phone(cashier.payments, [again], twice.received)
        yield delivery
        ids = tuple(filled.instance_id for filled in delivery.filled)
        yield Ruling(at=twice.rejected, instance_ids=ids, state="rejected", reason=twice.reason)
