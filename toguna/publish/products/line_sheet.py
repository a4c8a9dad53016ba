"""The line sheet: one page for whoever clears the update. What changed since the last, what is estimated, provisional, late, waived, still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import yaml

from toguna.kernel.api import Language
from toguna.publish.core.checks import Report
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.figure_source import Asked, Fact, FigureSource
from toguna.publish.core.front import Front
from toguna.publish.core.notes import period_words
from toguna.publish.core.resolve import Resolution

#: Rows of the table and lines of each other part, so that all stand on one page; the rest is counted.
ROWS, LINES = 12, 6

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "Line sheet",
        "changed": "What changed since the period before",
        "figure": "Figure",
        "then": "Then",
        "now": "Now",
        "why": "Why",
        "source": "another source",
        "silent": "not reported then: {who}",
        "missing": "not reported yet: {who}",
        "records": "counted from records",
        "returns": "partners' returns",
        "warned": "To know",
        "estimated": "Estimated",
        "provisional": "Provisional: may still be taken back",
        "late": "Came after the cut-off, not counted here",
        "waived": "Waived",
        "open": "Still to be mended",
        "colon": ":",
        "none": "None.",
        "more": "And {count} more.",
        "new": "new",
        "corrected": "corrected",
        "withdrawn": "withdrawn",
    },
    "fr": {
        "title": "Fiche de validation",
        "changed": "Ce qui a changé depuis la période précédente",
        "figure": "Chiffre",
        "then": "Avant",
        "now": "Maintenant",
        "why": "Pourquoi",
        "source": "autre source",
        "silent": "non parvenu alors : {who}",
        "missing": "pas encore parvenu : {who}",
        "records": "compté à partir des enregistrements",
        "returns": "rapports des partenaires",
        "warned": "À savoir",
        "estimated": "Estimés",
        "provisional": "Provisoires : peuvent encore être repris",
        "late": "Arrivés après l'arrêté, non comptés ici",
        "waived": "Dérogations",
        "open": "Encore à corriger",
        "colon": " :",
        "none": "Aucun.",
        "more": "Et {count} de plus.",
        "new": "nouveau(x)",
        "corrected": "corrigé(s)",
        "withdrawn": "retiré(s)",
    },
}


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
    answer = source.facts(references, asked)
    for now, then in zip(own, answer.facts, strict=True):
        if then is not None and then.value is not None and then.value != now.value:
            yield Change(now=now, then=then)


def _of_period(fact: Fact, period: str) -> str:
    """The fact's reference, of another period."""
    indicator, _, keys = fact.reference.partition("?")
    kept = [key for key in keys.split("&") if key and not key.startswith("period=")]
    return f"{indicator}?{'&'.join(sorted([*kept, f'period={period}']))}"


def write_line_sheet(sheet: LineSheet, front: Front, source: FigureSource, most: int = LINES) -> str:
    """The sheet as an update's source, in the text's language: built by the same compiler, for internal use only.

    `most` lines of each part are written, the rest is counted.
    """
    words = _WORDS[front.language]
    parts = [_front(front, words["title"]), f"## {words['changed']}", *_changed(sheet, front, source)]
    told: list[tuple[str, list[str]]] = [
        ("estimated", [_line(fact, front, source) for fact in sheet.estimated]),
        ("provisional", [_line(fact, front, source) for fact in sheet.provisional]),
        (
            "late",
            [f"{form}{words['colon']} {count} {words[change]}" for (form, change), count in sorted(sheet.late.items())],
        ),
        ("waived", [_waiver(finding, front.language) for finding in sheet.report.waived]),
        ("open", [finding.problem.what(front.language) for finding in sheet.report.stopping]),
        (
            "warned",
            [finding.problem.what(front.language) for finding in sheet.report.findings if finding.weight == "warning"],
        ),
    ]
    for name, items in told:
        parts += [f"## {words[name]}", *_bullets(items, words, most)]
    return "\n\n".join(parts) + "\n"


def _front(front: Front, title: str) -> str:
    keys: dict[str, object] = {
        "product": "line_sheet",
        "title": title,
        "subtitle": front.subtitle,
        "place": front.place,
        "covers": front.covers.written(),
        "language": front.language,
        "languages": [front.language],
    }
    return f"---\n{yaml.safe_dump(keys, allow_unicode=True, sort_keys=False)}---"


def _changed(sheet: LineSheet, front: Front, source: FigureSource) -> Iterator[str]:
    words = _WORDS[front.language]
    if not sheet.changes:
        yield words["none"]
        return
    rows = [
        f"| {_plain(_name(change.now, front))} | {_value(change.then, front, source)} | {_value(change.now, front, source)} | {_why(change, words)} |"
        for change in sheet.changes[:ROWS]
    ]
    header = f"| {words['figure']} | {words['then']} | {words['now']} | {words['why']} |"
    yield "\n".join([header, "| --- | --- | --- | --- |", *rows])
    if len(sheet.changes) > ROWS:
        yield words["more"].format(count=len(sheet.changes) - ROWS)


def _why(change: Change, words: Mapping[str, str]) -> str:
    """What lies behind the change, as far as the two figures know it."""
    now, then = change.now, change.then
    if now.missing:
        return _plain(words["missing"].format(who=", ".join(now.missing)))
    if then.missing:
        return _plain(words["silent"].format(who=", ".join(then.missing)))
    if now.basis == "reported":
        return words["returns"]
    return words["records"] if now.basis == "counted" else words["source"]


def _bullets(items: Sequence[str], words: Mapping[str, str], most: int) -> Iterator[str]:
    if not items:
        yield words["none"]
        return
    more = [words["more"].format(count=len(items) - most)] if len(items) > most else []
    yield "\n".join(f"- {_plain(item)}" for item in [*items[:most], *more])


def _line(fact: Fact, front: Front, source: FigureSource) -> str:
    return f"{_name(fact, front)}{_WORDS[front.language]['colon']} {_value(fact, front, source)}"


def _name(fact: Fact, front: Front) -> str:
    place = fact.place_name.get(front.language, "") if fact.place != front.place else ""
    when = period_words(fact.period, front.language) if fact.period != front.covers else ""
    words = filter(None, (*fact.category_names.get(front.language, ()), place, when))
    return ", ".join([fact.label[front.language], *words])


def _value(fact: Fact, front: Front, source: FigureSource) -> str:
    show = "percent" if fact.unit == "percent" else "currency" if fact.unit.isupper() else "number"
    return _plain(source.shown(replace(fact, provisional=False), front.language, show))


def _waiver(finding: Finding, language: Language) -> str:
    assert finding.waiver is not None
    return f"{finding.problem.what(language)} ({finding.waiver.name}: {finding.waiver.reason})"


def _plain(text: str) -> str:
    """Nothing in it is read as Markdown."""
    return " ".join("".join(f"\\{letter}" if letter in r"\`*_[]|<>#" else letter for letter in text).split())
