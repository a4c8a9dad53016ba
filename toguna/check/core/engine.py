"""`check`: every relation between figures that a document claims, and those that do not hold."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from toguna.check.core.averages import average_drafts, period_drafts, respective_drafts
from toguna.check.core.brackets import bracket_claims, run_claims, subset_claims
from toguna.check.core.bullets import bullet_claims
from toguna.check.core.changes import change_drafts
from toguna.check.core.counted_lists import counted_drafts
from toguna.check.core.dates import date_drafts
from toguna.check.core.document import Document, Text
from toguna.check.core.facts import fact_drafts
from toguna.check.core.finding import Draft, Finding, Span, written
from toguna.check.core.funding import funding_drafts
from toguna.check.core.funding_boxes import funding_box_drafts
from toguna.check.core.grids import Grid, grids
from toguna.check.core.judgement import judge
from toguna.check.core.linerows import line_drafts
from toguna.check.core.lists import list_claims
from toguna.check.core.needs import needs_drafts
from toguna.check.core.openings import opening_claims
from toguna.check.core.passages import Passage, cell_passages, passages, plain
from toguna.check.core.ratios import ratio_drafts
from toguna.check.core.repeats import repeat_drafts
from toguna.check.core.sentences import WORDS_AND_DIGITS
from toguna.check.core.shared_bases import shared_base_drafts
from toguna.check.core.shares import share_drafts
from toguna.check.core.table_totals import total_drafts
from toguna.check.core.tables import table_drafts
from toguna.check.core.tableshares import table_share_drafts
from toguna.check.core.told_changes import told_change_drafts
from toguna.check.core.trailing_totals import box_claims, closing_claims


def check(document: Document) -> tuple[Finding, ...]:
    """The figures of a document that do not agree, in reading order; those of low confidence are among them."""
    found = passages(document)
    drafts: list[Draft] = []
    known = _known(found)
    for place, passage in enumerate(found):
        drafts.extend(_of_passage(passage, found[max(0, place - 3) : place], known))
    for passage in cell_passages(document):
        drafts.extend(_of_passage(passage, (), known))
    tables = tuple(grids(document))
    drafts.extend(repeat_drafts(found, tables))
    drafts.extend(fact_drafts(found))
    drafts.extend(ratio_drafts(found))
    drafts.extend(period_drafts(found))
    drafts.extend(funding_drafts(found))
    drafts.extend(needs_drafts(found))
    drafts.extend(funding_box_drafts(found))
    drafts.extend(shared_base_drafts(found))
    drafts.extend(draft for claim in bullet_claims(found) if (draft := judge(claim)) is not None)
    for grid in tables:
        drafts.extend(table_drafts(grid))
        drafts.extend(total_drafts(grid))
        drafts.extend(table_share_drafts(grid, _nearby(found, grid)))
    drafts.extend(line_drafts(document))
    return findings_of(document, drafts)


def _nearby(found: Sequence[Passage], grid: Grid) -> frozenset[Decimal]:
    """The counts of the blocks just before a table and in its broken rows."""
    first = bisect_left(found, grid.rows[0].first - 14, key=lambda passage: passage.index)
    last = bisect_left(found, grid.rows[-1].last + 8, key=lambda passage: passage.index)
    return frozenset(
        quantity.value
        for passage in found[first:last]
        for quantity in passage.reading.quantities
        if quantity.kind == "count" and quantity.value >= 20
    )


def _known(found: Sequence[Passage]) -> frozenset[Decimal]:
    """Counts that stand in several passages, or are called a total: what a share anywhere may be taken from."""
    counts = Counter(
        value
        for passage in found
        for value in {quantity.value for quantity in passage.reading.quantities if quantity.kind == "count"}
    )
    return frozenset(value for value, times in counts.items() if times > 1 and value >= 20)


def _of_passage(passage: Passage, previous: Sequence[Passage], known: frozenset[Decimal]) -> Iterator[Draft]:
    yield from date_drafts(passage)
    if not passage.reading.quantities:
        return
    yield from share_drafts(passage, previous, known)
    yield from change_drafts(passage)
    yield from echo_drafts(passage)
    yield from counted_drafts(passage)
    yield from average_drafts(passage)
    yield from respective_drafts(passage)
    for at, sentence in enumerate(passage.sentences):
        yield from told_change_drafts(passage, at, previous)
        if len(sentence.quantities) < 2:
            continue
        claims = (
            *bracket_claims(passage, sentence),
            *subset_claims(passage, sentence),
            *run_claims(passage, at, previous),
            *opening_claims(passage, at, previous),
            *list_claims(passage, sentence),
            *closing_claims(passage, sentence),
            *box_claims(passage, sentence),
        )
        for claim in claims:
            draft = judge(claim)
            if draft is not None:
                yield draft


def echo_drafts(passage: Passage) -> Iterator[Draft]:
    """`Seven (8) samples`: words and digits that differ."""
    for words, digits in passage.reading.echoes:
        if words.value != digits.value and digits.kind == "count" and words.kind == "count":
            yield Draft(
                kind="repeat",
                confidence="high",
                fault=WORDS_AND_DIGITS,
                spans=(Span(text=passage.index, start=words.start, end=digits.end),),
                expected=written(words.value),
                found=written(digits.value),
            )


def findings_of(document: Document, drafts: Iterable[Draft]) -> tuple[Finding, ...]:
    """Drafts as findings of the document, in reading order, each once, with its quote, place and id."""
    texts = tuple(document.texts())
    ordered = sorted(drafts, key=lambda draft: (draft.spans[0].text, draft.spans[0].start))
    seen: Counter[str] = Counter()
    result = []
    for draft in _distinct(ordered):
        quote = _quote(texts, draft)
        key = "|".join((draft.fault.id, quote, draft.expected, draft.found))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:10]
        first = draft.spans[0]
        details = {"expected": draft.expected, "found": draft.found, **draft.details}
        result.append(
            Finding(
                id=f"{draft.kind}-{digest}",
                kind=draft.kind,
                confidence=draft.confidence,
                quote=quote,
                spans=draft.spans,
                expected=draft.expected,
                found=draft.found,
                problem=draft.fault.at(texts[first.text].place(first.start, document.name), **details),
            )
        )
    return tuple(result)


def _quote(texts: Sequence[Text], draft: Draft) -> str:
    if draft.words:
        return plain(draft.words)
    if draft.row:
        first, last = draft.row
        return " ".join(words for text in texts[first:last] if (words := plain(text)))
    quotes = draft.quotes or ("",) * len(draft.spans)
    return " … ".join(words or _quoted(texts, span) for span, words in zip(draft.spans, quotes, strict=True))


def _quoted(texts: Sequence[Text], span: Span) -> str:
    return plain(texts[span.text].text[span.start : span.end])


def _distinct(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """One draft for each pair of found and expected within a place: the surest."""
    order = {"high": 0, "medium": 1, "low": 2}
    best: dict[tuple[int, str, str], Draft] = {}
    for draft in drafts:
        low, high = sorted((draft.expected, draft.found))
        key = (draft.spans[-1].text, low, high)
        known = best.get(key)
        if known is None or order[draft.confidence] < order[known.confidence]:
            best[key] = draft
    kept = {id(draft) for draft in best.values()}
    return (draft for draft in drafts if id(draft) in kept)
