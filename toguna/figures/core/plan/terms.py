"""What is summed, whose cell it is, and when a month of files holds all that a period needs: asked before any SQL is written."""

from __future__ import annotations

from toguna.figures.core.definition import UNKNOWN, Category, Indicator, Total
from toguna.figures.core.expressions import Expression, Read, reads
from toguna.figures.core.plan.ask import Ask, Catalogue
from toguna.figures.core.plan.joins import own
from toguna.figures.core.tables import SourceTable


def is_dated_by_month(indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether the month by which a row counts is the month of the file that it stands in."""
    table = catalogue.sources.table(indicator.table or "")
    if table is None or table.kind == "reference" or indicator.valid is not None:
        return False
    read = indicator.date
    if read is None or (read.column.name == "_happened" and not read.hops):
        return True
    return not read.hops and read.column.name == catalogue.date_of(read.table)


def terms_of(ask: Ask, table: SourceTable) -> tuple[Expression, ...]:
    """What is summed: the measure's terms, or the columns of a wide category asked for that splits the total another way."""
    measure = ask.indicator.measure
    if not isinstance(measure, Total):
        return ()
    used = {read.column.name for read in reads(measure.expression) if read.is_own}
    for name in (*ask.filters, *(split.category or "" for split in ask.by)):
        category = ask.indicator.categories.get(name)
        if category is not None and category.wide is not None and used.isdisjoint(category.wide.cells):
            return tuple(own(table.columns[cell], table) for cell in category.wide.cells)
    return measure.terms


def cell_of(category: Category, term: Expression) -> str | None:
    """The value of a wide category that a term's column is the cell of; None when it is no cell of it."""
    if category.wide is None or not isinstance(term, Read) or not term.is_own:
        return None
    if term.column.name not in category.wide.cells:
        return None
    return category.wide.cells[term.column.name] or UNKNOWN
