"""Figures as they may be printed: what is too small, or gives a small one away, is withheld.

For the public alone; whoever works on a text sees the values, and the threshold beside them. What the figures of a whole text tell
together is `toguna.figures.core.disclosure`'s question.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from toguna.figures.core.adding import may_add
from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.suppression import Cell, Relation, Share, is_primary, is_share_primary, protect
from toguna.figures.core.figure import Figure, is_currency

Row = tuple[Mapping[str, str], Figure]
#: A reader may not come nearer to a withheld amount than this part of it.
_NEAR = Decimal("0.1")


def withheld(figure: Figure) -> Figure:
    """The figure without its value, and without what tells of it."""
    return replace(figure, value=None, status="withheld", records=None, provisional=False, names={})


def is_small(figure: Figure, indicator: Indicator, parts: Sequence[Decimal | None] = ()) -> bool:
    """Whether the figure is withheld for its own sake. `parts`: the values that a ratio or difference is made of.

    Money is small when fewer payments than the threshold make it up; a ratio when its numerator, its denominator or what a part
    leaves of the whole is; a difference or change when it or one of its parts is.
    """
    if figure.value is None or figure.threshold <= 1:
        return False
    if indicator.kind in ("ratio", "difference", "change"):
        known = [part for part in parts if part is not None]
        if indicator.kind == "ratio" and len(known) == 2:
            return is_share_primary(
                Share(
                    ratio=indicator.id,
                    numerator=known[0],
                    denominator=known[1],
                    threshold=figure.threshold,
                    is_part=indicator.is_share and known[0] <= known[1],
                )
            )
        told = abs(known[0] - known[1]) if indicator.is_relative_change and len(known) == 2 else abs(figure.value)
        return any(is_primary(part, figure.threshold) for part in (*known, told))
    if is_currency(figure.unit):
        return (figure.records or 0) < figure.threshold
    return is_primary(figure.value, figure.threshold)


def for_print(figure: Figure, indicator: Indicator, parts: Sequence[Decimal | None] = ()) -> Figure:
    """The figure, or the same withheld. How many rows stand behind a sensitive figure is not told either."""
    if is_small(figure, indicator, parts):
        return withheld(figure)
    return replace(figure, records=None) if figure.threshold > 1 else figure


def table_for_print(
    rows: Sequence[Row],
    total: Figure | None,
    by: Sequence[str],
    indicators: Mapping[str, Indicator],
    parts: Mapping[int, Sequence[Decimal | None]],
) -> tuple[tuple[Row, ...], Figure | None]:
    """Rows and total with every small cell withheld, and as many others as keep a reader from working one out.

    `parts`: by position of the row, the values that its ratio or difference is made of; -1: of the total.
    """
    figures = {index: figure for index, (_, figure) in enumerate(rows)}
    if total is not None:
        figures[-1] = total
    if all(figure.threshold <= 1 for figure in figures.values()):
        return tuple(rows), total
    small = {index for index, one in figures.items() if is_small(one, indicators[one.indicator], parts.get(index, ()))}
    hidden = set(small)
    if total is not None and total.value is not None and _adds(total, by, indicators):
        cells: dict[Hashable, Cell] = {
            index: _cell(one, index, index in small) for index, one in figures.items() if one.value is not None
        }
        listed = tuple(index for index in cells if index != -1)
        hidden |= {index for index in protect(cells, [Relation(total=-1, parts=listed)]) if isinstance(index, int)}
    printed = {
        index: withheld(one) if index in hidden else replace(one, records=None) for index, one in figures.items()
    }
    return tuple((cell, printed[index]) for index, (cell, _) in enumerate(rows)), printed.get(-1)


def _adds(total: Figure, by: Sequence[str], indicators: Mapping[str, Indicator]) -> bool:
    """Whether the rows make up the total, so that a reader may subtract."""
    axes = [
        "place" if word == "region" or word.startswith("place@") else "period" if word == "month" else word
        for word in by
    ]
    return all(may_add(indicators[total.indicator], axis, indicators) is None for axis in axes)


def _cell(figure: Figure, index: int, small: bool) -> Cell:
    assert figure.value is not None
    width = abs(figure.value) * _NEAR if is_currency(figure.unit) else None
    return Cell(
        value=max(figure.value, Decimal(0)),
        threshold=1 if is_currency(figure.unit) else figure.threshold,
        is_total=index < 0,
        is_small=small,
        width=width,
    )
