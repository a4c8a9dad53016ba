"""The line sheet laid out: a table of what changed, each change drawn, and what is uncertain, late, waived or to be decided, counted and listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.figure_source import Fact, FigureSource
from toguna.publish.core.front import Front
from toguna.publish.core.notes import period_words, remarks_of
from toguna.publish.pages.block_layout import Laid
from toguna.publish.pages.dates import covers_words, known_words
from toguna.publish.pages.drawings.bars import change
from toguna.publish.pages.setting import place_and_period
from toguna.publish.pages.sketches import Sketch
from toguna.publish.pages.words import BASES, LEGEND, WORDS
from toguna.publish.products.line_sheet import Change, LineSheet

#: Rows of the table and lines of each other part at most; the page takes as many rows as it has room for, the rest is counted.
ROWS, LINES = 40, 6
#: Changes that are said in a sentence before the table.
_LEAD = 3

_WORDS: Mapping[Language, Mapping[str, str]] = ByLanguage(
    {
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
            "warned": "Misfits to know of",
            "estimated": "Estimated",
            "provisional": "Provisional: may still be taken back",
            "late": "Came after the cut-off, not counted here",
            "waived": "Waived",
            "open": "Decisions to take before it goes out",
            "colon": ":",
            "none": "Nothing changed.",
            "nothing": "none.",
            "lead": "{label}: {now}, after {then}.",
            "more": "And {count} more.",
            "short_estimated": "estimated",
            "short_provisional": "provisional",
            "short_late": "late",
            "short_waived": "waived",
            "short_open": "to decide",
            "short_warned": "misfits",
            "new": "new",
            "new_many": "new",
            "corrected": "corrected",
            "corrected_many": "corrected",
            "withdrawn": "withdrawn",
            "withdrawn_many": "withdrawn",
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
            "warned": "Discordances à connaître",
            "estimated": "Estimés",
            "provisional": "Provisoires : peuvent encore être repris",
            "late": "Arrivés après l'arrêté, non comptés ici",
            "waived": "Dérogations",
            "open": "Décisions à prendre avant diffusion",
            "colon": " :",
            "none": "Rien n’a changé.",
            "nothing": "aucun.",
            "lead": "{label} : {now}, après {then}.",
            "more": "Et {count} de plus.",
            "short_estimated": "estimés",
            "short_provisional": "provisoires",
            "short_late": "tardifs",
            "short_waived": "dérogations",
            "short_open": "à décider",
            "short_warned": "discordances",
            "new": "nouveau",
            "new_many": "nouveaux",
            "corrected": "corrigé",
            "corrected_many": "corrigés",
            "withdrawn": "retiré",
            "withdrawn_many": "retirés",
        },
    }
)


def lay_out_line_sheet(
    sheet: LineSheet, front: Front, source: FigureSource, most: int = LINES, rows: int = ROWS
) -> Laid:
    """The sheet in the text's language, for internal use only: `rows` of the table and `most` lines of each part, the rest counted.

    `rank` orders the rows by surprise: where the page is too short for all, the least surprising are left out.
    """
    language, words = front.language, _WORDS[front.language]
    ranked = list(enumerate(sheet.changes[:rows]))
    ordered = [(rank, each) for rank, each in sorted(ranked, key=lambda one: -(one[1].now.value or 0))]
    highest: dict[str, float] = {}
    for _, each in ordered:
        values = [float(value or 0) for value in (each.now.value, each.then.value)]
        highest[each.now.unit] = max(*values, highest.get(each.now.unit, 1.0))
    place, period = place_and_period(front.subtitle, front.title)
    return {
        "language": language,
        "product": "line_sheet",
        "title": words["title"],
        "subtitle": front.subtitle,
        "place": place,
        "period": period,
        "covers": covers_words(front.covers, language),
        "known": known_words(front.cut_off, language),
        "also": "",
        "other": "",
        "words": dict(WORDS[language]),
        "headings": dict(words),
        "lead": [_sentence(each, front, source) for each in sheet.changes[:_LEAD]],
        "changes": [{**_row(each, front, source, highest[each.now.unit]), "rank": rank} for rank, each in ordered],
        "more": max(len(sheet.changes) - rows, 0),
        "parts": [_part(name, items, words, most) for name, items in _parts(sheet, front, source)],
        "notes": [],
        "bases": {basis: names[0] for basis, names in BASES[language].items()},
        "legend": dict(LEGEND[language]),
    }


def _row(each: Change, front: Front, source: FigureSource, highest: float) -> dict[str, Any]:
    words = _WORDS[front.language]
    then, now = _value(each.then, front, source), _value(each.now, front, source)
    label = _name(each.now, front)
    alt = words["lead"].format(label=label, now=now, then=then)
    values = (float(each.then.value or 0), float(each.now.value or 0))

    def draw(pen: Any, width: float) -> Any:
        return change(*values, highest, pen, width=width, alt=alt)

    sketch = Sketch(draw=draw, key=[label, then, now], slot="change")
    return {
        "label": label[:1].upper() + label[1:],
        "then": then,
        "now": now,
        "sketch": sketch,
        "why": _why(each, words),
    }


def _sentence(each: Change, front: Front, source: FigureSource) -> str:
    words, name = _WORDS[front.language], _name(each.now, front)
    now, then = _value(each.now, front, source), _value(each.then, front, source)
    return words["lead"].format(label=name[:1].upper() + name[1:], now=now, then=then)


def _parts(sheet: LineSheet, front: Front, source: FigureSource) -> list[tuple[str, list[str]]]:
    words, language = _WORDS[front.language], front.language
    warned = [finding for finding in sheet.report.findings if finding.weight == "warning"]
    late = sorted(sheet.late.items())
    return [
        ("open", [finding.problem.what(language) for finding in sheet.report.stopping]),
        ("estimated", [_line(fact, front, source) for fact in sheet.estimated]),
        ("provisional", [_line(fact, front, source) for fact in sheet.provisional]),
        (
            "late",
            [
                f"{form}{words['colon']} {count} {words[what if count == 1 else f'{what}_many']}"
                for (form, what), count in late
            ],
        ),
        ("waived", [_waiver(finding, language) for finding in sheet.report.waived]),
        ("warned", [*_remarks(sheet.remarked, front), *(finding.problem.what(language) for finding in warned)]),
    ]


def _remarks(facts: Sequence[Fact], front: Front) -> list[str]:
    """What does not fit in the documents that are quoted, and what they repeat, of which figure."""
    colon = _WORDS[front.language]["colon"]
    told = dict.fromkeys((_name(fact, front), "; ".join(remarks_of(fact, front.language))) for fact in facts)
    return [f"{name}{colon} {remarks}." for name, remarks in told]


def _part(name: str, items: Sequence[str], words: Mapping[str, str], most: int) -> dict[str, Any]:
    return {
        "title": words[name],
        "short": words[f"short_{name}"],
        "count": len(items),
        "urgent": name == "open",
        "items": list(items[:most]),
        "more": max(len(items) - most, 0),
    }


def _why(each: Change, words: Mapping[str, str]) -> str:
    """What lies behind the change, as far as the two figures know it."""
    now, then = each.now, each.then
    if now.missing:
        return words["missing"].format(who=", ".join(now.missing))
    if then.missing:
        return words["silent"].format(who=", ".join(then.missing))
    if now.basis == "reported":
        return words["returns"]
    return words["records"] if now.basis == "counted" else words["source"]


def _line(fact: Fact, front: Front, source: FigureSource) -> str:
    return f"{_name(fact, front)}{_WORDS[front.language]['colon']} {_value(fact, front, source)}"


def _name(fact: Fact, front: Front) -> str:
    place = fact.place_name.get(front.language, "") if fact.place != front.place else ""
    when = period_words(fact.period, front.language) if fact.period != front.covers else ""
    words = filter(None, (*fact.category_names.get(front.language, ()), place, when))
    return ", ".join([fact.label[front.language], *words])


def _value(fact: Fact, front: Front, source: FigureSource) -> str:
    show = "percent" if fact.unit == "percent" else "currency" if fact.unit.isupper() else "number"
    return source.shown(replace(fact, provisional=False), front.language, show)


def _waiver(finding: Finding, language: Language) -> str:
    assert finding.waiver is not None
    return f"{finding.problem.what(language)} ({finding.waiver.name}: {finding.waiver.reason})"
