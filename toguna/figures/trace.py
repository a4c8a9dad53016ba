"""What one figure was made from: its rows, as far as the actor may see them, or the document that is quoted (grammar 7).

A confidential answer is shown to a role that may read it, with a reason, and the reading stands in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from toguna.access.api import Actor, require_permit, sees
from toguna.access.core.policy import row_sight, sees_value
from toguna.figures import opened
from toguna.figures.answers import Scope
from toguna.figures.calculate import Calculator, Resolved, Surroundings, told
from toguna.figures.context import Context
from toguna.figures.core.definition import Indicator, Latest, Total
from toguna.figures.core.expressions import Read, reads
from toguna.figures.core.figure import Figure, FigureSource, figure_as_json
from toguna.figures.core.plan.ask import Ask
from toguna.figures.core.plan.fold import is_asked
from toguna.figures.core.plan.joins import own
from toguna.figures.core.plan.select import Query
from toguna.figures.core.plan.statement import QueryError
from toguna.figures.core.tables import SourceColumn, SourceTable
from toguna.figures.core.values import NotConvertible
from toguna.figures.lake.problems import FAULTS
from toguna.figures.views import RowSubjects, seen_figure, view_of
from toguna.instance.api import writing
from toguna.journal.api import NewAct, append, is_code
from toguna.kernel.api import Problem, Refused

#: What a column of a row is called inside the query, so that it meets no name of ours.
_OWN = "own:"
_SYSTEM = ("_version", "_happened", "_received_at", "_state")


@dataclass(frozen=True, kw_only=True)
class TracedRow:
    """One row. `seen`: its answers, as far as they may be seen."""

    table: str
    instance_id: str
    version: int
    row: str
    contribution: Decimal | None
    happened: date | None
    received_at: datetime | None
    state: str
    seen: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """A figure and what it was made from. `withheld_rows`: how many more there are that the actor may not see; None where their number
    would tell more of a sensitive figure than may be printed."""

    figure: Figure
    rows: tuple[TracedRow, ...]
    withheld_rows: int | None
    #: Of a quoted or estimated figure, its documents.
    quoted: tuple[FigureSource, ...] = ()
    problems: tuple[Problem, ...] = ()


def trace(reference: str, context: Context, reason: str | None = None) -> tuple[Trace | None, list[Problem]]:
    """The trace, or every fault of the reference. `reason`: the code with which confidential answers are read.

    Refuses an actor who may not compute figures, a reason from one who may not read confidential answers, and one that is no code.
    """
    require_permit(context.actor, "figure.computed")
    if reason is not None:
        require_permit(context.actor, "confidential.read")
        if not reason or not is_code(reason):
            raise Refused(FAULTS["reason_broken"].at(reason=reason))
    with opened.using() as around:
        found, problems, confidential = traced(around, reference, context, reason)
    if found is not None and confidential and reason:
        act = NewAct(
            kind="confidential.read",
            subject=found.figure.indicator,
            detail={"rows": len(found.rows), "reason": reason, "definition": found.figure.definition},
        )
        with writing():
            append([act], context.actor.name)
    return found, problems


def traced(
    around: Surroundings, reference: str, context: Context, reason: str | None
) -> tuple[Trace | None, list[Problem], bool]:
    """Pure but for the lake: the trace, its faults, and whether confidential answers stand in it."""
    calculator = Calculator(around, context)
    resolved, problems = calculator.resolve(reference)
    if resolved is None:
        return None, problems, False
    try:
        figure, faults = seen_figure(around, context, reference)
        if figure is None:
            return None, faults, False
        asked = _asked(calculator, resolved, is_nil=figure.status == "nil")
        rows, withheld, confidential = _rows(calculator, resolved, asked, context.actor, bool(reason))
    except (NotConvertible, QueryError) as error:
        return None, [told(error, resolved.reference)], False
    if confidential and not reason:
        problems.append(FAULTS["reason_needed"].at(reference=resolved.reference))
    quoted = figure.sources if figure.basis in ("quoted", "estimated", "planned") else ()
    tells = figure.threshold > 1 and (context.public or view_of(calculator, resolved) != "full")
    made = Trace(
        figure=figure,
        rows=tuple(rows),
        withheld_rows=None if tells else withheld,
        quoted=quoted,
        problems=tuple(problems),
    )
    return made, problems, confidential


def trace_as_json(found: Trace, shown: str) -> dict[str, Any]:
    """Grammar 7, `trace`."""
    written: dict[str, Any] = {
        "figure": figure_as_json(found.figure, shown),
        "engines": sorted(found.figure.engines),
        "rows": [
            {
                "form": row.table,
                "instance_id": row.instance_id,
                "version": row.version,
                "row": row.row,
                "contribution": None if row.contribution is None else _number(row.contribution),
                "happened": row.happened.isoformat() if row.happened else None,
                "received_at": row.received_at.isoformat() if row.received_at else None,
                "state": row.state,
                **{name: _plain(value) for name, value in row.seen.items()},
            }
            for row in found.rows
        ],
        "withheld_rows": found.withheld_rows,
    }
    if found.quoted:
        first = found.quoted[0]
        written["source"] = {
            "id": first.id,
            "owner": first.owner,
            "title": first.title,
            "page": first.page,
            "as_of": first.as_of.isoformat() if first.as_of else None,
            "stale_after": first.stale_after.isoformat() if first.stale_after else None,
        }
    return written


def _asked(calculator: Calculator, resolved: Resolved, *, is_nil: bool) -> list[tuple[Ask, Scope, bool]]:
    """The questions whose rows are shown, of what each speaks, and whether its rows say nil: those of the figure's parts, or, of a nil without rows of its
    own, the returns that say so."""
    answers, asked = calculator.answers, []
    for part, narrowed, scope in answers.parts(resolved.indicator, resolved.scope):
        if resolved.scope.places and part.place is None:
            continue
        own_ask = answers.ask(part, scope, (), narrowed)
        saying = answers.nil_returns(part, scope) if is_nil else None
        if saying is not None and not calculator.around.engine.traced(own_ask)[1]:
            asked.append((saying, scope, True))
        else:
            asked.append((own_ask, scope, False))
    return asked


def _rows(
    calculator: Calculator,
    resolved: Resolved,
    asked: Sequence[tuple[Ask, Scope, bool]],
    actor: Actor,
    with_reason: bool,
) -> tuple[list[TracedRow], int, bool]:
    rows: list[TracedRow] = []
    withheld, confidential = 0, False
    for ask, scope, says_nil in asked:
        part = ask.indicator
        table = calculator.around.engine.catalogue.sources.table(part.table or "")
        assert table is not None
        shown = [column for column in table.columns.values() if _may_see(actor, column, with_reason)]
        confidential |= any(
            sees(actor, column.sensitivity) == "all" for column in table.columns.values() if _is_close(column)
        )
        further: dict[str, Read] = {f"{_OWN}{column.name}": own(column, table) for column in shown if column.type}
        subjects = RowSubjects.of(calculator.around, table, part, scope.period.end)
        query, found = calculator.around.engine.traced(ask, {**further, **subjects.reads})
        tells = _tells_contribution(part, actor, with_reason)
        for row in found:
            if row_sight(actor, part.sensitivity, subjects.of_row(row)) in ("count", "none"):
                withheld += 1
            else:
                adds = Decimal(0) if says_nil else _contribution(part, query, row, ask.filters)
                rows.append(_row(part, table, row, adds if tells else None))
    return rows, withheld, confidential


def _row(part: Indicator, table: SourceTable, row: Mapping[str, Any], contribution: Decimal | None) -> TracedRow:
    seen = {name.removeprefix(_OWN): value for name, value in row.items() if name.startswith(_OWN)}
    return TracedRow(
        table=part.table or "",
        instance_id=str(row.get("_instance_id") or row.get("_lineage") or ""),
        version=int(row.get("_version") or 1),
        row=str(row.get("_row") or ""),
        contribution=contribution,
        happened=row.get("_happened"),
        received_at=row.get("_received_at"),
        state=str(row.get("_state") or ""),
        seen={name: value for name, value in seen.items() if value is not None},
    )


def _contribution(
    part: Indicator, query: Query, row: Mapping[str, Any], filters: Mapping[str, Sequence[str]]
) -> Decimal | None:
    """What the row adds: 1 where rows or things are counted, else its asked terms."""
    if query.terms:
        known = [
            Decimal(row[f"t{n}"])
            for n, term in enumerate(query.terms)
            if row[f"t{n}"] is not None and is_asked(part, term, filters)
        ]
        return sum(known, Decimal(0)) if known else None
    return Decimal(row["t0"]) if isinstance(part.measure, Latest) else Decimal(1)


def _tells_contribution(part: Indicator, actor: Actor, with_reason: bool) -> bool:
    """Whether what a row adds may be seen: it is an answer, or a sum of answers, of the columns that the measure adds up."""
    measured: list[Read] = []
    if isinstance(part.measure, Total):
        measured = list(reads(part.measure.expression))
    elif isinstance(part.measure, Latest):
        measured = [part.measure.read]
    columns = [column for read in measured for column in (read.column, *(hop.column for hop in read.hops))]
    return all(_may_see(actor, column, with_reason) for column in columns)


def _may_see(actor: Actor, column: SourceColumn, with_reason: bool) -> bool:
    return sees_value(actor, column.sensitivity, is_category=bool(column.choices), has_reason=with_reason)


def _is_close(column: SourceColumn) -> bool:
    return column.sensitivity in ("confidential", "strictly_confidential")


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _number(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
