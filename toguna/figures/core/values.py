"""From cells to values: currencies, states, ratios, sums and differences (grammar 4).

A value that is missing is missing for a reason; what is made of several takes the reason of the part that stands in its way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from toguna.figures.core.definition import Indicator
from toguna.figures.core.figure import Status
from toguna.figures.core.plan.ask import Setting, rate_on
from toguna.figures.core.plan.fold import Cell, Money

#: Digits after the point of a quotient or a converted amount.
_DIGITS = Decimal("0.000001")
#: What stands in the way of a value made of several, worst first.
_IN_THE_WAY: tuple[Status, ...] = ("withheld", "unknown", "not_reported", "not_expected", "not_applicable")


class NotConvertible(Exception):
    """An amount in a currency that the indicator does not convert, or for which the operation has no rate then."""

    def __init__(self, currency: str | None, unit: str, day: date | None) -> None:
        super().__init__(currency or "")
        self.currency, self.unit, self.day = currency or "?", unit, day


@dataclass(frozen=True, kw_only=True)
class TooFine:
    """What the reports are by, where a figure asks for less: a period (its grain), a place as a whole (its code), or all of a category."""

    by: Literal["period", "place", "category"]
    what: str


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value and its state, before it has a reference."""

    value: Decimal | None
    status: Status
    provisional: bool = False
    #: Rows counted, over all parts.
    records: int = 0
    missing: tuple[str, ...] = ()
    #: What answered, each with its version; nothing where no row speaks.
    engines: frozenset[str] = frozenset()
    #: Of what is not applicable because the reports are coarser.
    too_fine: TooFine | None = None


def value_of(indicator: Indicator, cell: Cell, setting: Setting, end: date) -> Value:
    """A cell that rows speak of. Refuses (`NotConvertible`) money that cannot be stated in the indicator's unit."""
    if not cell.amounts:
        return Value(
            value=None, status="unknown", provisional=cell.provisional, records=cell.rows, engines=cell.engines
        )
    stated: dict[tuple[str | None, Decimal], Decimal] = {}
    for money, amount in cell.amounts.items():
        rate = _rate(indicator, money, setting, end)
        stated[money[0], rate] = stated.get((money[0], rate), Decimal(0)) + Decimal(amount)
    total = sum((_times(amount, rate) for (_, rate), amount in stated.items()), Decimal(0))
    return Value(
        value=plain(total), status="value", provisional=cell.provisional, records=cell.rows, engines=cell.engines
    )


def plain(value: Decimal) -> Decimal:
    """The same number without zeros after the point."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def ratio(numerator: Value, denominator: Value, times: Fraction) -> Value:
    """Numerator over denominator, so many times (100 of a percentage, 1,000 of a rate); by nothing it is not applicable."""
    both = _joined(numerator, denominator)
    if both.status != "value":
        return both
    assert numerator.value is not None
    if not denominator.value:
        return replace(both, value=None, status="not_applicable")
    quotient = numerator.value * times.numerator / (denominator.value * times.denominator)
    return replace(both, value=quotient.quantize(_DIGITS, ROUND_HALF_UP))


def added(parts: Sequence[Value]) -> Value:
    """Their sum. What was not expected, or does not apply, adds nothing, unless nothing else is there. What was reported coarser than
    asked is there: without it the sum would be too low.
    """
    there = [one for one in parts if one.status not in ("not_expected", "not_applicable") or one.too_fine]
    there = there or list(parts)
    joined = _joined(*there)
    if joined.status != "value":
        return joined
    return replace(joined, value=sum((part.value or Decimal(0) for part in there), Decimal(0)))


def difference(first: Value, others: Sequence[Value]) -> Value:
    """The first less the others."""
    joined = _joined(first, *others)
    if joined.status != "value":
        return joined
    return replace(
        joined, value=(first.value or Decimal(0)) - sum((one.value or Decimal(0) for one in others), Decimal(0))
    )


def change(now: Value, before: Value, *, is_relative: bool) -> Value:
    """What a value has changed by since the period before; relative, in percent of that one, it is not applicable from nothing."""
    both = difference(now, (before,))
    if not is_relative or both.value is None:
        return both
    if before.value is None or before.value <= 0:
        return replace(both, value=None, status="not_applicable")
    return replace(both, value=(both.value * 100 / before.value).quantize(_DIGITS, ROUND_HALF_UP))


def _joined(*parts: Value) -> Value:
    """All parts' rows and marks; the state that stands in the way, or none. Nil throughout is nil."""
    statuses = {part.status for part in parts}
    way: Status = next((status for status in _IN_THE_WAY if status in statuses), "value")
    return Value(
        value=None if way != "value" else Decimal(0),
        status=way,
        provisional=any(part.provisional for part in parts),
        records=sum(part.records for part in parts),
        missing=tuple(dict.fromkeys(name for part in parts for name in part.missing)),
        engines=frozenset().union(*(part.engines for part in parts)),
        too_fine=next((part.too_fine for part in parts if part.too_fine and way == "not_applicable"), None),
    )


def _rate(indicator: Indicator, money: Money, setting: Setting, end: date) -> Decimal:
    """What an amount is multiplied by to stand in the indicator's unit: 1 where it does already."""
    currency, rate_day = money
    if indicator.money is None or indicator.money.column is None or currency == indicator.unit:
        return Decimal(1)
    day = {"period_end": end, "record_date": rate_day}.get(indicator.money.convert or "")
    rate = rate_on(setting.rates, currency or "", indicator.unit, day) if day else None
    if rate is None:
        raise NotConvertible(currency, indicator.unit, day)
    return rate.rate


def _times(amount: Decimal, rate: Decimal) -> Decimal:
    return amount if rate == 1 else (amount * rate).quantize(_DIGITS, ROUND_HALF_UP)


Values = Mapping[tuple[str, ...], Value]
