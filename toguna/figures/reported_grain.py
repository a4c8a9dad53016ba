"""Whether what was reported is coarser than what is asked: for the month, for a place as a whole, or without a category.

A return by region says nothing of a cercle, and one that did not ask the sex nothing of women. No row then speaks of the cell, and the
answer is neither zero nor a missing return: it is `not_applicable`, with what the reports are by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from toguna.figures.core.definition import UNKNOWN, Category, Count, Indicator, Long
from toguna.figures.core.plan.ask import Split
from toguna.figures.core.values import TooFine
from toguna.kernel.api import Period
from toguna.places.api import Tree

if TYPE_CHECKING:
    from toguna.figures.answers import Answers, Scope

_AT = "place as written"


def coarser_than(
    answers: Answers, indicator: Indicator, scope: Scope, narrowed_by: Indicator | None, *, is_guarded: bool
) -> TooFine | None:
    """What the reports are by, where that is why no row speaks of the scope.

    Of a guarded indicator the whole table is looked at, not the cell: else the answer would tell in which place or month a small
    number hides.
    """
    seen = _whole_table(scope) if is_guarded else scope
    tree = answers.tree(scope.period.end)
    asked = [code for code in scope.places if code in tree.places]
    if asked and indicator.place is not None:
        if is_guarded:
            level = min(tree.places[code].level for code in asked)
            above = level_above(answers, indicator, scope, narrowed_by, level)
        else:
            codes = _written_places(answers, indicator, replace(seen, places=()), narrowed_by)
            above = _above(codes, asked, tree)
        if above is not None:
            return TooFine(by="place", what=above)
    for name in scope.filters:
        if UNKNOWN not in scope.filters[name] and _is_unasked(answers, indicator, seen, name, narrowed_by):
            return TooFine(by="category", what=name)
    return None


def level_above(
    answers: Answers, indicator: Indicator, scope: Scope, narrowed_by: Indicator | None, level: int
) -> str | None:
    """The deepest place above the level that a row of the scope names; none where all lie as deep.

    Of a guarded indicator the whole table answers, and only where none of its rows lies as deep.
    """
    tree = answers.tree(scope.period.end)
    is_guarded = answers.is_guarded is not None and answers.is_guarded(indicator)
    codes = _written_places(answers, indicator, _whole_table(scope) if is_guarded else scope, narrowed_by)
    levels = {code: tree.places[code].level for code in codes if code in tree.places}
    if is_guarded and any(own >= level for own in levels.values()):
        return None
    above = [code for code, own in levels.items() if own < level]
    return max(above, key=lambda code: (levels[code], code), default=None)


def _written_places(
    answers: Answers, indicator: Indicator, scope: Scope, narrowed_by: Indicator | None
) -> frozenset[str]:
    """The places that the rows of the scope name, as they name them."""
    assert indicator.place is not None
    at = Category(name=_AT, long=Long(read=indicator.place))
    counting = _counting(indicator, {**indicator.categories, _AT: at})
    filters = {name: values for name, values in scope.filters.items() if not indicator.categories[name].wide}
    asked = answers.ask(counting, replace(scope, filters=filters), (Split(category=_AT),), narrowed_by)
    return frozenset(key[0] for key in answers.engine.cells(asked)) - {UNKNOWN}


def _whole_table(scope: Scope) -> Scope:
    """Every row up to the period's end."""
    return replace(scope, period=Period(start=date.min, end=scope.period.end), places=(), filters={})


def _above(codes: frozenset[str], asked: list[str], tree: Tree) -> str | None:
    above = {code for one in asked for code in tree.ancestors(one)} & codes
    return max(above, key=lambda code: (tree.places[code].level, code), default=None)


def _is_unasked(answers: Answers, indicator: Indicator, scope: Scope, name: str, narrowed_by: Indicator | None) -> bool:
    """Whether there are rows and none says the category, with the other categories asked for or without them."""
    category = indicator.categories.get(name)
    if category is None or not _can_be_split(answers, category):
        return False
    others = {key: values for key, values in scope.filters.items() if key != name}
    scopes = [replace(scope, filters=others), *([replace(scope, filters={})] if others else [])]
    return any(_says_nothing(answers, indicator, one, name, narrowed_by) for one in scopes)


def _says_nothing(
    answers: Answers, indicator: Indicator, scope: Scope, name: str, narrowed_by: Indicator | None
) -> bool:
    by = (Split(category=name),)
    if not indicator.categories[name].wide:
        filters = {key: values for key, values in scope.filters.items() if not indicator.categories[key].wide}
        counting = _counting(indicator, indicator.categories)
        rows = answers.engine.cells(answers.ask(counting, replace(scope, filters=filters), by, narrowed_by))
        return set(rows) == {(UNKNOWN,)}
    whole = answers.cells(indicator, scope, (), narrowed_by).get(())
    if whole is None or not whole.value:
        return False
    cells = answers.cells(indicator, scope, by, narrowed_by)
    return not any(cell.value is not None for key, cell in cells.items() if key != (UNKNOWN,))


def _can_be_split(answers: Answers, category: Category) -> bool:
    computed = category.age is not None and (category.age.birth or category.age.years)
    return not computed or (category.age is not None and category.age.brackets in answers.engine.setting.brackets)


def _counting(indicator: Indicator, categories: Mapping[str, Category]) -> Indicator:
    """The same rows, counted: nothing is converted."""
    return replace(indicator, measure=Count(), money=None, nil=None, provisional=None, categories=categories)
