"""What a figure says that asks for less than was reported: "reported by month", "by region", "without sex"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from toguna.figures.core.definition import UNKNOWN
from toguna.figures.core.plan.ask import Split
from toguna.figures.core.values import Value
from toguna.figures.problems import FAULTS
from toguna.figures.reported_grain import level_above
from toguna.kernel.api import Problem
from toguna.places.api import Tree

if TYPE_CHECKING:
    from toguna.figures.answers import Answers
    from toguna.figures.calculate import Resolved

_GRAINS: Mapping[str, tuple[str, str]] = {
    "day": ("day", "jour"),
    "week": ("week", "semaine"),
    "month": ("month", "mois"),
    "quarter": ("quarter", "trimestre"),
}
#: Kinds of places as the register writes them, in French; others are the same word or a name of the country's own.
_KINDS_FR: Mapping[str, str] = {"country": "pays", "region": "région", "water point": "point d’eau"}


def too_fine(resolved: Resolved, value: Value, tree: Tree) -> list[Problem]:
    """Why the figure is not applicable, where that is for asking less than was reported."""
    if value.too_fine is None:
        return []
    if value.too_fine.by == "period":
        en, fr = _GRAINS[value.too_fine.what]
        period = resolved.scope.period.written()
        return [FAULTS["period_too_fine"].at(reference=_of(resolved), period=period, grain=en, grain_fr=fr)]
    if value.too_fine.by == "place":
        return [_place(resolved, value.too_fine.what, _names(resolved.scope.places, tree), tree)]
    name = value.too_fine.what
    asked = f"{name}={','.join(resolved.scope.filters.get(name, ()))}"
    return [FAULTS["category_unasked"].at(reference=_of(resolved), category=name, asked=asked)]


def rows_too_fine(
    answers: Answers, resolved: Resolved, splits: Sequence[Split], values: Mapping[tuple[str, ...], Value]
) -> list[Problem]:
    """Of a table by places of a level: that some rows name a place above it, and stand in the line of the unknown."""
    tree = answers.tree(resolved.scope.period.end)
    for n, split in enumerate(splits):
        if split.level is None or not any(key[n] == UNKNOWN for key in values):
            continue
        for part, narrowed, scope in answers.parts(resolved.indicator, resolved.scope):
            if part.place is None:
                continue
            above = level_above(answers, part, scope, narrowed, split.level)
            if above is not None:
                return [_place(resolved, above, f"place@{split.level}", tree)]
    return []


def _of(resolved: Resolved) -> str:
    return resolved.reference.indicator


def _place(resolved: Resolved, above: str, asked: str, tree: Tree) -> Problem:
    place = tree.places[above]
    kind = place.kind or f"place@{place.level}"
    fault = FAULTS["place_too_fine"]
    return fault.at(reference=_of(resolved), level=kind, level_fr=_KINDS_FR.get(kind, kind), asked=asked)


def _names(codes: Sequence[str], tree: Tree) -> str:
    return ", ".join(
        f"{tree.places[code].name.get('en', code)} ({code})" if code in tree.places else code for code in codes
    )
