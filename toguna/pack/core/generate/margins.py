"""Margins of periods, spread over their months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from toguna.kernel.api import Place, Refused, parse_period
from toguna.pack.core.generate.split import scatter
from toguna.pack.problems import PLAN_MARGIN


def by_month(margins: Mapping[str, Mapping[str, int]], months: Sequence[str], rng: Random) -> dict[str, dict[str, int]]:
    """Each month's margins: those of single months as written, those of longer periods with the rest spread over their other months.

    Refuses margins that do not fit into one another.
    """
    found: dict[str, dict[str, int]] = {}
    for text, columns in sorted(margins.items(), key=lambda item: len(parse_period(item[0]).months())):
        within = [month for month in parse_period(text).months() if month in months]
        for column, total in columns.items():
            fixed = {month: found[month][column] for month in within if column in found.get(month, {})}
            open_ = [month for month in within if month not in fixed]
            rest = total - sum(fixed.values())
            if rest < 0 or (rest and not open_):
                place = Place(file="plan.toml")
                raise Refused(PLAN_MARGIN.at(place, column=column, period=text, total=total, fixed=sum(fixed.values())))
            for month, part in zip(open_, scatter(rest, len(open_), rng), strict=True):
                found.setdefault(month, {})[column] = part
    return found
