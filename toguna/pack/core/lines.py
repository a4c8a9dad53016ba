"""The ledger's lines: each number of the reference publication with its basis and what computes or cites it; read and judged. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Literal, get_args

from toguna.figures.core.figure import Figure
from toguna.figures.core.reference import FigureReference, parse_reference
from toguna.instance.core.tables import TableRow
from toguna.kernel.api import Place, Problem, nearest
from toguna.kernel.core.hedges import HEDGES, Hedge, hedge_holds
from toguna.pack.problems import LEDGER_BASIS, LEDGER_HEDGE, LEDGER_REFERENCE, LEDGER_SOURCE, LEDGER_VALUE

LineBasis = Literal["counted", "reported", "quoted", "estimated", "planned", "stated", "not_a_figure"]
LineStatus = Literal["equal", "withheld", "differs", "stated", "not_a_figure"]
LINE_BASES: tuple[LineBasis, ...] = get_args(LineBasis)
COLUMNS = ("id", "basis", "printed", "value", "hedge", "reference", "reason")
_STATED = re.compile(r"stated:[a-z]{2,4}\?source=([a-z0-9][a-z0-9.-]*)")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One printed number."""

    id: str
    basis: LineBasis
    #: As printed: ``Seven``, ``5%``, ``USD 1.2 million``.
    printed: str
    #: What the printed number says, a percentage as 5.
    value: Decimal | None
    hedge: Hedge | None
    #: What computes it; none of a stated line or one that is no figure.
    figure: FigureReference | None
    #: As written in the ledger.
    reference: str
    reason: str
    where: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A line beside what was computed (grammar 7)."""

    line: Line
    figure: Figure | None
    shown: str
    status: LineStatus

    def as_json(self) -> dict[str, Any]:
        value = self.figure.value if self.figure else None
        return {
            "id": self.line.id,
            "basis": self.line.basis,
            "printed": self.line.printed,
            "computed": None if value is None else format(value.normalize(), "f"),
            "shown": self.shown,
            "status": self.status,
            "reference": self.line.reference,
            "reason": self.line.reason,
        }


def read_lines(rows: Sequence[TableRow], sources: Collection[str] | None) -> tuple[list[Line], list[Problem]]:
    """The lines, and every fault: a basis, hedge or number that is none, a reference that cannot be read, a note nobody has.

    Without `sources` the notes are not looked up: whoever made the instance did.
    """
    lines, problems = [], []
    for row in rows:
        line, found = _line(row, sources)
        problems += found
        if line is not None:
            lines.append(line)
    return lines, problems


def _line(row: TableRow, sources: Collection[str] | None) -> tuple[Line | None, list[Problem]]:
    basis = next((known for known in LINE_BASES if known == row["basis"]), None)
    hedge = next((known for known in HEDGES if known == row["hedge"]), None)
    value = _number(row["value"])
    problems: list[Problem] = []
    if basis is None:
        problems.append(LEDGER_BASIS.at(row.where, id=row["id"], basis=row["basis"], known=", ".join(LINE_BASES)))
    if row["hedge"] and hedge is None:
        problems.append(LEDGER_HEDGE.at(row.where, id=row["id"], hedge=row["hedge"], known=", ".join(HEDGES)))
    if value is None:
        problems.append(LEDGER_VALUE.at(row.where, id=row["id"], value=row["value"]))
    figure = None
    if basis == "stated":
        problems += _stated(row, sources)
    elif basis not in (None, "not_a_figure"):
        figure, faults = parse_reference(row["reference"], row.where)
        problems += faults
    elif basis == "not_a_figure" and not row["reason"]:
        problems.append(LEDGER_REFERENCE.at(row.where, id=row["id"]))
    if problems or basis is None:
        return None, problems
    return Line(
        id=row["id"], basis=basis, printed=row["printed"], value=value, hedge=hedge, figure=figure,
        reference=row["reference"], reason=row["reason"], where=row.where,
    ), []  # fmt: skip


def _stated(row: TableRow, sources: Collection[str] | None) -> Iterator[Problem]:
    match = _STATED.fullmatch(row["reference"])
    if match is None:
        yield LEDGER_REFERENCE.at(row.where, id=row["id"])
    elif sources is not None and match[1] not in sources:
        near = nearest(match[1], sources)
        yield LEDGER_SOURCE.at(row.where, id=row["id"], source=match[1], near=f" ({near}?)" if near else "")


def judge(line: Line, figure: Figure | None, shown: str) -> Judged:
    """What becomes of the line: what is computed equals what was printed, is rightly withheld, or differs."""
    status: LineStatus = "differs"
    if line.basis == "stated" or line.basis == "not_a_figure":
        status = line.basis
    elif figure is not None and figure.status == "withheld":
        status = "withheld"
    elif figure is not None and figure.value is not None and line.value is not None:
        status = "equal" if _agree(figure.value, line.value, line.hedge) else "differs"
    return Judged(line=line, figure=figure, shown=shown, status=status)


def _agree(computed: Decimal, printed: Decimal, hedge: Hedge | None) -> bool:
    """Whether the value, rounded as it is printed, is the printed one, or the printed hedge is true of it."""
    rounded = computed.quantize(Decimal(1).scaleb(min(int(printed.as_tuple().exponent), 0)), ROUND_HALF_UP)
    return rounded == printed or (hedge is not None and hedge_holds(hedge, computed, printed))


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
