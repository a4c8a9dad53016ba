"""Tables: totals of rows and columns, rates, and relations that hold everywhere in a table but in one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import log10

from toguna.check.core.arithmetic import mistyped, near, percent, rounded
from toguna.check.core.finding import Confidence, Draft, Span, written
from toguna.check.core.grids import Grid, Row, Slot, is_total
from toguna.check.core.sentences import COLUMN_TOTAL, ROW_RELATION, ROW_TOTAL, TABLE_RATE
from toguna.kernel.api import Fault
from toguna.kernel.core.stems import stem
from toguna.kernel.core.vocabulary import THINGS

Line = Sequence[Slot | None]
#: A longer table is read for its totals only.
_LONGEST_SEARCH = 40
#: So far from a rate may the figures stand that it is taken from.
_RATE_REACH = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """Line `target` is the sum of the lines `parts`, or the share in per cent of the first of them in the second."""

    target: int
    parts: tuple[int, ...]
    is_rate: bool
    labelled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """Where a relation holds and where it does not; `weight` says how much the agreement tells."""

    holds: int
    weak: int
    fails: tuple[int, ...]
    weight: float
    #: How much the agreeing percentages tell: two for one with a decimal, one for a whole one.
    evidence: int = 0
    #: Whether one wrong digit explains what fails.
    slips: bool = False


def table_drafts(grid: Grid) -> Iterator[Draft]:
    """What does not add up in a table."""
    lines: list[Line] = [[row.slots[column] for row in grid.rows] for column in range(grid.width)]
    rows: list[Line] = [row.slots for row in grid.rows]
    labels = [row.label for row in grid.rows]
    drafts = [
        _across(grid, relation, lines, place, trial)
        for relation, trial in _relations(lines, grid.headers, labelled=True)
        for place in trial.fails
    ]
    drafts += [
        _down(grid, relation, rows, place, trial)
        for relation, trial in (*_row_totals(rows, labels, grid.headers), *_relations(rows, labels, labelled=False))
        for place in trial.fails
    ]
    return (draft for draft in drafts if draft is not None)


def _relations(lines: Sequence[Line], labels: Sequence[str], *, labelled: bool) -> Iterator[tuple[Relation, Trial]]:
    """For each line the relation to its neighbours that the table itself bears out and that fails somewhere."""
    if len(lines) > _LONGEST_SEARCH:
        return
    for target in range(len(lines)):
        best: tuple[float, Relation, Trial] | None = None
        settled = False
        if not labelled and is_total(labels[target]):
            continue
        for relation in _candidates(lines, labels, target):
            trial = _try(relation, lines, stop=True)
            if not _is_borne_out(relation, trial):
                continue
            settled = settled or not trial.fails
            score = trial.weight - 2 * len(trial.fails)
            if best is None or score > best[0]:
                best = (score, relation, trial)
        if best is not None and best[2].fails and not settled:
            yield best[1], best[2]


def _candidates(lines: Sequence[Line], labels: Sequence[str], target: int) -> Iterator[Relation]:
    labelled = is_total(labels[target])
    if _is_percent(lines[target], labels[target]):
        nearby = range(max(0, target - _RATE_REACH), min(len(lines), target + _RATE_REACH))
        for part in nearby:
            for base in nearby:
                if len({part, base, target}) == 3 and not _is_percent(lines[part], labels[part]):
                    yield Relation(target=target, parts=(part, base), is_rate=True, labelled=False)
        return
    for first in range(target - 1):
        yield Relation(target=target, parts=tuple(range(first, target)), is_rate=False, labelled=labelled)
    for last in range(target + 3, len(lines) + 1):
        yield Relation(target=target, parts=tuple(range(target + 1, last)), is_rate=False, labelled=labelled)


def _is_percent(line: Line, label: str) -> bool:
    known = [slot for slot in line if slot is not None]
    if not known:
        return False
    if 2 * sum(slot.percent for slot in known) > len(known):
        return True
    named = any(
        word in label.lower() for word in ("%", "taux", "rate", "létalité", "cfr", "proportion", "share", "part des")
    )
    return named and all(0 <= slot.value <= 100 for slot in known)


def _try(relation: Relation, lines: Sequence[Line], *, stop: bool = False) -> Trial:
    """Where the relation holds and where it fails; `stop` gives up when it fails in more places than it may hold in."""
    holds = weak = 0
    fails: list[int] = []
    weight, evidence, slips = 0.0, 0, True
    most = len(lines[relation.target]) // (2 if relation.labelled else 3)
    for place, shown in enumerate(lines[relation.target]):
        parts = [lines[part][place] for part in relation.parts]
        known = [part for part in parts if part is not None]
        if shown is None or not known or (not relation.is_rate and shown.percent):
            continue
        looks_like_rate = not relation.is_rate and shown.step < 1 and shown.value <= 100
        gaps = len(known) < len(parts)
        expected = (
            None if any(part.percent for part in known) or (gaps and relation.is_rate) else _expected(relation, known)
        )
        if expected is None:
            continue
        nonzero = sum(1 for part in known if part.value)
        if _agrees(relation, shown, expected, known):
            telling = (shown.value not in (0, 100)) if relation.is_rate else nonzero > 1
            holds, weak = holds + telling, weak + (not telling)
            weight += log10(1 + float(abs(shown.value))) if telling else 0.0
            evidence += telling * (2 if shown.step < 1 else 1)
        elif not gaps and not looks_like_rate and (shown.value or nonzero):
            fails.append(place)
            slips = slips and mistyped(rounded(expected, shown.step), shown.value)
            if stop and len(fails) > most:
                break
    return Trial(holds=holds, weak=weak, fails=tuple(fails), weight=weight, evidence=evidence, slips=slips)


def _expected(relation: Relation, parts: Sequence[Slot]) -> Decimal | None:
    if relation.is_rate:
        value = percent(parts[0].value, parts[1].value)
        return value if value is None or 0 <= value <= 1000 else None
    return sum((part.value for part in parts), Decimal(0))


def _agrees(relation: Relation, shown: Slot, expected: Decimal, parts: Sequence[Slot]) -> bool:
    if relation.is_rate:
        return abs(expected - shown.value) < shown.step
    allowed = sum((part.step / 2 for part in (shown, *parts) if part.step != 1), Decimal(0))
    return abs(expected - shown.value) <= allowed


def _is_borne_out(relation: Relation, trial: Trial) -> bool:
    """Whether the rest of the table shows that the relation is meant."""
    agreeing = trial.holds + trial.weak
    if relation.is_rate:
        sure = trial.evidence >= 3 and (trial.evidence >= 4 or not trial.fails or agreeing > 2)
        sure = sure or (trial.slips and len(trial.fails) == 1 and trial.evidence >= 2)
        return trial.holds >= 2 and sure and trial.holds >= 2 * len(trial.fails) and trial.weight >= 1.6
    if relation.labelled:
        return trial.holds >= 1 and agreeing > len(trial.fails) and trial.weight >= 0.6
    return trial.holds >= 2 and agreeing >= 2 * len(trial.fails) and trial.weight >= 3


def _row_totals(
    rows: Sequence[Line], labels: Sequence[str], headers: Sequence[str]
) -> Iterator[tuple[Relation, Trial]]:
    """Rows that call themselves totals, against the rows above: all of them, those since the last total, or the subtotals."""
    totals = [index for index, label in enumerate(labels) if is_total(label) and any(rows[index])]
    valued = [index for index, row in enumerate(rows) if any(row)]
    if not totals and len(valued) > 3 and not any(labels[index] for index in valued):
        totals = [valued[-1]]
    for target in totals:
        trials = [
            (relation, _try(relation, rows))
            for relation in _sources(rows, labels, totals, target)
            if len(relation.parts) > 1
        ]
        if not trials or any(not trial.fails and trial.holds + trial.weak for _, trial in trials):
            continue
        relation, trial = max(trials, key=lambda pair: (pair[1].holds + pair[1].weak, -len(pair[1].fails)))
        sure = trial.holds + trial.weak >= len(trial.fails)
        fails = tuple(
            place
            for place in trial.fails
            if _slipped(relation, place, rows)
            or (sure and len(trial.fails) == 1 and not _counts_things(headers[place]))
        )
        yield relation, replace(trial, fails=fails)


def _counts_things(header: str) -> bool:
    """Sites, schools, partners: one may stand in several rows, so that a total of them is less than the sum."""
    return any(stem(word) in THINGS for word in header.split())


def _sources(rows: Sequence[Line], labels: Sequence[str], totals: Sequence[int], target: int) -> Iterator[Relation]:
    above = [index for index in range(target) if any(rows[index])]
    plain_rows = [index for index in above if index not in totals]
    last = max((index for index in totals if index < target), default=-1)
    since = [index for index in above if index > last]
    gap = max((index for index in range(target) if not any(rows[index])), default=-1)
    block = [index for index in above if index > gap]
    subtotals = [index for index in above if index in totals]
    for parts in (plain_rows, since, block, subtotals, [*subtotals, *since]):
        yield Relation(target=target, parts=tuple(sorted(set(parts))), is_rate=False, labelled=True)


def _slipped(relation: Relation, place: int, rows: Sequence[Line]) -> bool:
    """Whether the total of a column is so near the sum, or so like it, that the sum was meant."""
    shown = rows[relation.target][place]
    parts = [slot for part in relation.parts if (slot := rows[part][place]) is not None]
    expected = sum((slot.value for slot in parts), Decimal(0))
    return shown is not None and shown.value >= 50 and (mistyped(shown.value, expected) or near(shown.value, expected))


def _confidence(relation: Relation, trial: Trial) -> Confidence:
    if relation.labelled and trial.holds > 1:
        return "high"
    return "high" if trial.holds >= 3 * len(trial.fails) and trial.weight > 4 else "medium"


def _across(grid: Grid, relation: Relation, lines: Sequence[Line], place: int, trial: Trial) -> Draft | None:
    """A row in which the columns do not agree."""
    fault = TABLE_RATE if relation.is_rate else ROW_TOTAL
    return _draft(grid.rows[place], relation, lines, place, fault, _confidence(relation, trial), "")


def _down(grid: Grid, relation: Relation, rows: Sequence[Line], place: int, trial: Trial) -> Draft | None:
    """A column in which the rows do not agree."""
    fault = TABLE_RATE if relation.is_rate else (COLUMN_TOTAL if relation.labelled else ROW_RELATION)
    column = grid.headers[place] or str(place + 1)
    return _draft(grid.rows[relation.target], relation, rows, place, fault, _confidence(relation, trial), column)


def _draft(
    row: Row, relation: Relation, lines: Sequence[Line], place: int, fault: Fault, confidence: Confidence, column: str
) -> Draft | None:
    shown = lines[relation.target][place]
    parts = [slot for part in relation.parts if (slot := lines[part][place]) is not None]
    expected = _expected(relation, parts)
    if shown is None or expected is None:
        return None
    if relation.is_rate:
        expected = rounded(expected, shown.step)
    values = [written(part.value) for part in parts]
    return Draft(
        kind="percentage" if relation.is_rate else "sum",
        confidence=confidence,
        fault=fault,
        spans=(Span(text=shown.text, start=0, end=len(shown.shown)),),
        row=(row.first, row.last),
        expected=written(expected),
        found=written(shown.value),
        details={
            "row": row.label or "–",
            "column": column,
            "part": values[0],
            "base": values[-1],
            "rule": " + ".join(values),
        },
    )
