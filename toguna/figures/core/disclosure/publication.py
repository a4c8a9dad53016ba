"""The publication plan of a sensitive table: which of its cells may be printed, chosen once, so that no question has to be remembered.

A figure may be printed when a reader could work it out from the plan anyway. So asking writes nothing: whoever asks a thousand
questions knows no more than the plan says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.audit import Leak
from toguna.figures.core.disclosure.conditions import family_of, is_tally, tables_of
from toguna.figures.core.disclosure.joint_audit import Equation, JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure, is_same

#: Up to so many candidates the choice is the best that can be found; beyond, a good one.
MOST_EXACT = 24
#: Makes an audit of these prints.
AuditOf = Callable[[Sequence[PrintedFigure]], JointAudit]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A cell that could be printed. A lower `rank` is what readers look for first: the total, then regions, then categories."""

    figure: PrintedFigure
    rank: int


def choose_printable(
    candidates: Sequence[Candidate], fixed: Sequence[PrintedFigure], audit_of: AuditOf
) -> list[PrintedFigure]:
    """As many of the candidates as can be printed together with what is `fixed` (printed already), the first in rank kept longest.

    The candidates are themselves large enough. Of each group that gives a small cell away, the last in rank is left out; at
    the end what the others protect well enough without is put back.
    """
    audit = audit_of([*fixed, *(one.figure for one in candidates)])
    order = sorted(candidates, key=lambda one: (one.rank, -one.figure.low, one.figure.reference))
    kept = list(order)
    dropped: list[Candidate] = []
    every = audit.leaks()
    # Of a large table the fewest culprits of each leak would take minutes: those that the programme names are enough.
    is_small = len(candidates) <= MOST_EXACT
    while leaks := audit.leaks([*fixed, *(one.figure for one in kept)], every):
        gone = _last_of_each(leaks, fixed, kept, audit, is_small=is_small)
        if not gone:
            # What is left is given away by what was printed before: nothing chosen here can help.
            break
        kept = [one for one in kept if one not in gone]
        dropped += gone
    unavoidable = {leak.name for leak in audit.leaks(fixed, every)} if fixed else set()
    for one in sorted(dropped, key=lambda one: (one.rank, one.figure.low)) if is_small else ():
        trial = [*fixed, *(other.figure for other in kept), one.figure]
        if all(leak.name in unavoidable for leak in audit.leaks(trial, every)):
            kept.append(one)
    return [one.figure for one in order if one in kept]


def _last_of_each(
    leaks: Sequence[Leak],
    fixed: Sequence[PrintedFigure],
    kept: Sequence[Candidate],
    audit: JointAudit,
    *,
    is_small: bool,
) -> list[Candidate]:
    """Of the candidates that give each leak away the last in rank; a leak in which one of those stands already asks for no other."""
    gone: list[Candidate] = []
    prints = [*fixed, *(one.figure for one in kept)]
    held = audit.held_by(leaks, prints)
    for leak, holding in zip(leaks, held, strict=True):
        left = [*fixed, *(one.figure for one in kept if one not in gone)]
        if is_small:
            holding = audit.culprits(leak, left) if audit.gives_away(leak, left) else []
        culprits = {id(one) for one in holding}
        own = [one for one in kept if id(one.figure) in culprits]
        if own and not any(one in gone for one in own):
            gone.append(own[-1])
    if not gone and (
        own := [one for one in kept if any(one.figure in audit.holding(leak, prints) for leak in leaks[:1])]
    ):
        gone.append(own[-1])
    return gone


@dataclass(frozen=True, kw_only=True)
class SensitivityRules:
    """The indicators, and below which value each is withheld."""

    indicators: Mapping[str, Indicator]
    threshold_of: Callable[[Indicator], int]


def is_sensitive(indicator: Indicator, rules: SensitivityRules) -> bool:
    """Whether its figures may tell of small cells: its own, those of its parts, or those of the rows whose places or types it counts."""
    if rules.threshold_of(indicator) > 1:
        return True
    if indicator.is_derived:
        return any(is_sensitive(rules.indicators[name], rules) for name in indicator.of)
    return is_tally(indicator) and any(
        not one.is_derived and family_of(one) == family_of(indicator) and rules.threshold_of(one) > 1
        for one in rules.indicators.values()
    )


def related(
    draft: Sequence[PrintedFigure], earlier: Sequence[PrintedFigure], indicators: Mapping[str, Indicator]
) -> list[PrintedFigure]:
    """Those of the earlier prints that may bear on the draft: of its tables, and of tables that a ratio or difference binds to them."""
    tables = {table for one in draft for table in tables_of(indicators[one.indicator], indicators)}
    own = [(one, tables_of(indicators[one.indicator], indicators)) for one in earlier]
    before = -1
    while len(tables) != before:
        before = len(tables)
        tables |= {table for _, spoken in own if spoken & tables for table in spoken}
    return [one for one, spoken in own if spoken & tables]


def is_determined(figure: PrintedFigure, known: Sequence[PrintedFigure], audit_of: AuditOf) -> bool:
    """Whether a reader of what is `known` can work the figure out exactly: it then tells nothing new."""
    return not undetermined([figure], known, audit_of)


def undetermined(
    figures: Sequence[PrintedFigure], known: Sequence[PrintedFigure], audit_of: AuditOf
) -> list[PrintedFigure]:
    """Those of the figures that a reader of what is `known` does not have and cannot work out exactly."""
    left = [one for one in figures if not any(is_same(one, other) for other in known)]
    if not left or not known:
        return left
    audit = audit_of([*known, *left])
    rows = [row for one in known for row in audit.equations(one) if row.is_exact]
    if not rows:
        return left
    return [one for one in left if not _is_spanned_by(audit, audit.equations(one), rows)]


def _is_spanned_by(audit: JointAudit, asked: Sequence[Equation], rows: Sequence[Equation]) -> bool:
    """Whether each of the sums that a figure is made of is a combination of others; not of a figure that is no sum."""
    return bool(asked) and all(_is_spanned(audit.joined([one])[0], audit.joined([*rows, one])[:-1]) for one in asked)


def _is_spanned(row: np.ndarray, rows: np.ndarray) -> bool:
    """Whether a row is a combination of others."""
    solution = np.linalg.lstsq(rows.T, row, rcond=None)[0]
    return bool(np.allclose(rows.T @ solution, row, atol=1e-6))
