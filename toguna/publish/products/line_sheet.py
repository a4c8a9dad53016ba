"""The line sheet: one page for whoever clears the update. What changed since the last, what is estimated, provisional, late, waived, still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toguna.publish.core.checks import Report
from toguna.publish.core.figure_source import Asked, Fact, FigureSource
from toguna.publish.core.notes import remarks_of
from toguna.publish.core.resolve import Resolution


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure of the text, and the same figure of the period before."""

    now: Fact
    then: Fact

    @property
    def weight(self) -> Decimal:
        """How large the change is beside what chance alone would make of a count of that size."""
        now, then = self.now.value or Decimal(0), self.then.value or Decimal(0)
        return abs(now - then) / max(abs(now) + abs(then), Decimal(1)).sqrt()


@dataclass(frozen=True, kw_only=True)
class LineSheet:
    """What stands on it, before it is written."""

    changes: tuple[Change, ...]
    estimated: tuple[Fact, ...]
    provisional: tuple[Fact, ...]
    #: Quoted figures of which a reader must know something: what does not fit in the document, that it has not changed.
    remarked: tuple[Fact, ...]
    #: Number of late records by form and change.
    late: Mapping[tuple[str, str], int]
    report: Report


def line_sheet(
    resolution: Resolution,
    report: Report,
    source: FigureSource,
    late: Sequence[tuple[str, str]] = (),
    as_of: int | None = None,
) -> LineSheet:
    """The sheet of one text. `late`: of each late record its form's title and whether it is new, corrected or withdrawn.

    The period before is asked as of the same journal sequence as the text.
    """
    facts = list({fact.reference: fact for fact in resolution.facts.values()}.values())
    return LineSheet(
        changes=tuple(sorted(_changes(facts, resolution, source, as_of), key=lambda change: -change.weight)),
        estimated=tuple(fact for fact in facts if fact.basis == "estimated"),
        provisional=tuple(fact for fact in facts if fact.provisional),
        remarked=tuple(fact for fact in facts if remarks_of(fact, resolution.front.language)),
        late=Counter(late),
        report=report,
    )


def _changes(
    facts: Sequence[Fact], resolution: Resolution, source: FigureSource, as_of: int | None
) -> Iterator[Change]:
    """Figures of the text's own period whose value differs from that of the period before; targets and quoted stocks stand."""
    front = resolution.front
    own = [fact for fact in facts if fact.period == front.covers and fact.value is not None]
    before = front.covers.before()
    asked = Asked(period=before, place=front.place, language=front.language, as_of=as_of)
    references = [_of_period(fact, before.written()) for fact in own]
    pairs = zip(own, source.facts(references, asked).facts, strict=True)
    known = [(now, then) for now, then in pairs if then is not None]
    planned = source.within_plan([(then, "number") for _, then in known], asked)
    for (now, _), then in zip(known, planned, strict=True):
        if then.value is not None and then.value != now.value:
            yield Change(now=now, then=then)


def _of_period(fact: Fact, period: str) -> str:
    """The fact's reference, of another period."""
    indicator, _, keys = fact.reference.partition("?")
    kept = [key for key in keys.split("&") if key and not key.startswith("period=")]
    return f"{indicator}?{'&'.join(sorted([*kept, f'period={period}']))}"
