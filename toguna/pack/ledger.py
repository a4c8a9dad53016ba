"""The ledger of a reference publication, computed: every printed number beside what the instance's records and sources give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from toguna.access.api import Actor
from toguna.figures.api import Context, cutoff_of, figures, shown
from toguna.instance.core.tables import read_table
from toguna.kernel.api import Language, Period, Problem, Refused, errors, parse_period
from toguna.pack.core.generate import parse_plan
from toguna.pack.core.lines import COLUMNS, Judged, Line, judge, read_lines
from toguna.pack.problems import FILE_MISSING, LEDGER_PERIOD
from toguna.revisions.api import RevisionFiles, in_force

_LEDGER = "ledger.csv"


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Every line judged, in the ledger's order, and every fault of its references."""

    period: Period
    lines: tuple[Judged, ...]
    problems: tuple[Problem, ...]

    @property
    def by_status(self) -> Mapping[str, int]:
        return Counter(judged.status for judged in self.lines)

    @property
    def unexplained(self) -> tuple[Judged, ...]:
        """Lines that differ and give no reason."""
        return tuple(judged for judged in self.lines if judged.status == "differs" and not judged.line.reason)


def ledger(actor: Actor, period: Period | None = None, language: Language = "en") -> Ledger:
    """Compute every line as of the period's cut-off, as for print: of sensitive tables what the publication plans have. The period is that of the pack's last cut-off unless given.

    Refuses an instance that keeps no ledger, and a ledger with faults.
    """
    lines = _lines()
    own = period or ledger_period()
    cutoff = cutoff_of(own)
    at = cutoff.sequence if cutoff else None
    context = Context(period=own, as_of=at, language=language, actor=actor, public=True, planned=True)
    asked = [line for line in lines if line.figure is not None]
    computed = figures([line.reference for line in asked], context)
    found = dict(zip([line.id for line in asked], computed.figures, strict=True))
    judged = []
    for line in lines:
        figure = found.get(line.id)
        judged.append(judge(line, figure, shown(figure, language) if figure else ""))
    return Ledger(period=own, lines=tuple(judged), problems=tuple(computed.problems))


def ledger_period() -> Period:
    """The period of the pack's last cut-off. Refuses where the pack has none."""
    files = RevisionFiles(in_force())
    plan = parse_plan(files["plan.toml"].decode("utf-8"))[0] if "plan.toml" in files else None
    if plan is None or not plan.cutoffs:
        raise Refused(LEDGER_PERIOD.at())
    return parse_period(max(plan.cutoffs, key=lambda cutoff: cutoff.at).period)


def _lines() -> list[Line]:
    files = RevisionFiles(in_force())
    if _LEDGER not in files:
        raise Refused(FILE_MISSING.at(file=_LEDGER))
    rows, problems = read_table(files[_LEDGER], COLUMNS, COLUMNS[:4], _LEDGER)
    lines, found = read_lines(rows, None)
    faults = errors([*problems, *found])
    if faults:
        raise Refused(*faults)
    return lines
