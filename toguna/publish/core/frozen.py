"""What an edition freezes: source, sentences, resolved numbers, definitions' digests. Values and words; plain JSON, so that it outlives this code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.checks import Printed, Report
from toguna.publish.core.figure_source import Fact
from toguna.publish.core.resolve import Resolution
from toguna.publish.core.resolved import Shown
from toguna.publish.core.sentences import as_read, written_paragraphs
from toguna.publish.core.tree import Bound

Record = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Restated:
    """A sentence of an issued text whose number would now differ."""

    line: int
    sentence: str
    label: str
    was: str
    now: str
    why: str


def freeze(resolution: Resolution, report: Report) -> dict[str, Any]:
    """The text's part of an edition's record: canonical JSON can write it."""
    return {
        "source": resolution.update.source,
        "sentences": list(sentences_of(resolution)),
        "numbers": [_number(resolution, number, shown) for number, shown in resolution.resolved.numbers()],
        "cells": [_cell(labels, fact) for cells in resolution.cells.values() for labels, _, fact in cells.rows],
        "waivers": [
            {
                "finding": finding.key,
                "fault": finding.problem.id,
                "quote": finding.quote,
                "name": finding.waiver.name,
                "reason": finding.waiver.reason,
            }
            for finding in report.waived
            if finding.waiver
        ],
        "account": dict(sorted(resolution.resolved.account().items())),
    }


def sentences_of(resolution: Resolution) -> Iterator[dict[str, Any]]:
    """Every sentence with its line. An edition is issued refreshed: its source shows what is printed."""
    for written in written_paragraphs(resolution.update):
        for sentence in written.sentences:
            yield {"line": written.paragraph.line, "words": as_read(sentence)}


def printed(record: Record, edition: str) -> dict[str, Printed]:
    """What the edition printed, by canonical reference: the checks compare later texts with it."""
    return {
        number["reference"]: Printed(
            edition=edition,
            value=Decimal(number["value"]) if number["value"] is not None else None,
            text=number["text"],
        )
        for number in (*record["numbers"], *record["cells"])
        if number["basis"] not in {"stated", "text"}
    }


def differences(record: Record, now: Resolution, why_words: Mapping[Language, str]) -> list[Restated]:
    """The sentences of a frozen text that would print another number now: old, new, why."""
    found = []
    sentences = record["sentences"]
    for frozen, (number, shown) in zip(record["numbers"], now.resolved.numbers(), strict=True):
        fact = now.facts.get(number.span)
        if fact is None or frozen["text"] == shown.text:
            continue
        sentence = _sentence_with(sentences, frozen["line"], frozen["text"])
        found.append(
            Restated(
                line=frozen["line"],
                sentence=sentence,
                label=fact.label[now.front.language],
                was=frozen["text"],
                now=shown.text,
                why=_why(frozen, fact, now.front.language, why_words),
            )
        )
    return found


def same_values(record: Record, now: Resolution) -> list[str]:
    """What a recomputed text says otherwise than the frozen one; empty when values and sentences are the same."""
    again = freeze(now, Report(findings=()))
    told = []
    for part in ("sentences", "numbers", "cells"):
        for before, after in zip(record[part], again[part], strict=False):
            if before != after:
                told.append(f"{before.get('words') or before.get('reference')}: {before.get('text', '')}")
        if len(record[part]) != len(again[part]):
            told.append(f"{part}: {len(record[part])}, {len(again[part])}")
    return told


_WHY: Mapping[Language, Mapping[str, str]] = ByLanguage({
    "en": {"definition": "the indicator's definition changed", "source": "the source was replaced: {was} by {now}", "status": "it was {was} and is {now}"},
    "fr": {"definition": "la définition de l'indicateur a changé", "source": "la source a été remplacée : {was} par {now}", "status": "il était {was} et est {now}"},
})  # fmt: skip


def _why(frozen: Record, fact: Fact, language: Language, otherwise: Mapping[Language, str]) -> str:
    words = _WHY[language]
    reasons = []
    if frozen["definition"] != fact.definition:
        reasons.append(words["definition"])
    before, after = [source["id"] for source in frozen["sources"]], [source.id for source in fact.sources]
    if fact.basis in {"quoted", "estimated"} and before != after:
        reasons.append(words["source"].format(was=", ".join(before), now=", ".join(after)))
    if frozen["status"] != fact.status:
        reasons.append(words["status"].format(was=frozen["status"], now=fact.status))
    return "; ".join(reasons) or otherwise[language]


def _number(resolution: Resolution, number: Bound, shown: Shown) -> dict[str, Any]:
    fact = resolution.facts.get(number.span)
    own = {"line": number.line, "text": shown.text, "note": shown.note}
    if fact is None:
        return {**own, **_silent(shown), "reference": f"{number.binding}:{number.reference}"}
    return {**own, **_frozen(fact)}


def _cell(labels: Sequence[str], fact: Fact) -> dict[str, Any]:
    return {"line": 0, "text": ", ".join(labels), "note": "", **_frozen(fact)}


def _silent(shown: Shown) -> dict[str, Any]:
    return {"value": None, "status": shown.status, "basis": shown.basis, "definition": "", "sources": []}


def _frozen(fact: Fact) -> dict[str, Any]:
    return {
        "reference": fact.reference,
        "value": f"{fact.value.normalize():f}" if fact.value is not None else None,
        "status": fact.status,
        "basis": fact.basis,
        "definition": fact.definition,
        "sources": [
            {"id": line.id, "owner": line.owner, "as_of": line.as_of.isoformat() if line.as_of else None}
            for line in fact.sources
        ],
    }


def _sentence_with(sentences: Sequence[Record], line: int, text: str) -> str:
    near = [each["words"] for each in sentences if each["line"] <= line]
    last = max((each["line"] for each in sentences if each["line"] <= line), default=0)
    own = [each["words"] for each in sentences if each["line"] == last]
    return next((words for words in own if text in words), near[-1] if near else "")
