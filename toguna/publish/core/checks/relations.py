"""Figures of one text that must agree: parts with their total, shares with the whole, one fact with itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from toguna.publish.core.bindings import stated_source
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.checks.hedges import hedge_before, hedge_shown
from toguna.publish.core.checks.passages import Passage
from toguna.publish.core.figure_source import Fact
from toguna.publish.core.notes import date_words
from toguna.publish.core.numerals import HOLE, value_of
from toguna.publish.core.tree import Bound

_PARTIAL = re.compile(
    r"\b(including|of which|of whom|among (?:them|whom|which)|such as|notably|dont|notamment|y compris|parmi|entre autres)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Use:
    """One figure where it stands in a passage."""

    number: Bound
    fact: Fact
    offset: int


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A total and those of its parts that a passage prints: they differ from it in one key."""

    total: Use
    parts: tuple[Use, ...]
    key: str


def parts_and_totals(draft: Draft) -> Iterator[Finding]:
    """Parts printed beside their total must make it, unless the words say that there are others."""
    for passage in draft.passages:
        for whole in wholes(figure_uses(draft, passage)):
            found = _parts(draft, passage, whole)
            if found is not None:
                yield found
    yield from _made_of_others(draft)


def wholes(uses: Sequence[Use]) -> Iterator[Whole]:
    """Every total of the uses with two or more of its parts by one key."""
    for total in uses:
        by_key: dict[str, dict[str, Use]] = defaultdict(dict)
        for part in uses:
            split = _split_by(total.fact, part.fact)
            if split is not None:
                by_key[split[0]].setdefault(split[1], part)
        for key, parts in by_key.items():
            if len(parts) > 1 and not _overlap(list(parts)):
                yield Whole(total=total, parts=tuple(parts.values()), key=key)


def _split_by(total: Fact, part: Fact) -> tuple[str, str] | None:
    """The one key, and its value, by which the part narrows the total."""
    if part.indicator != total.indicator or part.period != total.period:
        return None
    more = {key: value for key, value in part.categories.items() if total.categories.get(key) != value}
    if any(key not in part.categories for key in total.categories) or any(key in total.categories for key in more):
        return None
    if part.place != total.place:
        return ("place", part.place or "") if not more and total.place in part.within else None
    return next(iter(more.items())) if len(more) == 1 else None


def _overlap(values: list[str]) -> bool:
    items = [item for value in values for item in value.split(",")]
    return len(items) != len(set(items))


def figure_uses(draft: Draft, passage: Passage) -> list[Use]:
    """The figures of a passage that have a value, where they stand."""
    return [
        Use(number=number, fact=fact, offset=offset)
        for offset, number in passage.holes()
        if (fact := draft.fact(number)) is not None and fact.value is not None
    ]


def _parts(draft: Draft, passage: Passage, whole: Whole) -> Finding | None:
    total, parts = whole.total.fact.value, [use.fact.value for use in whole.parts]
    meaning = draft.source.meaning(whole.total.fact.indicator)
    if total is None or any(value is None for value in parts):
        return None
    made = sum((value for value in parts if value is not None), Decimal(0))
    if made != total and _completed(total - made, whole, draft, passage):
        return None
    if made == total or (made > total and meaning is not None and not meaning.adds):
        return None
    between = passage.text[whole.total.offset : whole.parts[0].offset]
    if made < total and _PARTIAL.search(between):
        return None
    codes = [_code(use.fact, whole.key) for use in whole.parts]
    known = meaning.partitions.get(whole.key, ()) if meaning else ()
    missing = ", ".join(code for code in known if code not in codes)
    words = ", ".join(draft.resolution.resolved.of(use.number).text for use in whole.parts)
    shown = draft.resolution.resolved.of(whole.total.number).text
    problem = fault.PARTS.at(
        draft.at(whole.total.number.line),
        parts=words,
        sum=f"{made:f}",
        total=shown,
        lacking=f" ({whole.key} {missing})" if missing else f" ({whole.key})",
    )
    return Finding(problem=problem, quote=f"{whole.total.fact.reference} {whole.key} {' '.join(sorted(codes))}")


def _completed(rest: Decimal, whole: Whole, draft: Draft, passage: Passage) -> bool:
    """Whether parts by other keys make up the rest: ``(87 men, 28 women, 78 children)`` splits adults by sex and children by age."""
    others = []
    for use in figure_uses(draft, passage):
        split = _split_by(whole.total.fact, use.fact)
        if split is not None and split[0] != whole.key and use.fact.value is not None:
            others.append(use.fact.value)
    few = others[:8]
    return any(sum(some) == rest for size in range(1, len(few) + 1) for some in combinations(few, size))


def _code(fact: Fact, key: str) -> str:
    return (fact.place or "") if key == "place" else fact.categories.get(key, "")


def _made_of_others(draft: Draft) -> Iterator[Finding]:
    """A sum or difference of indicators beside what it is made of, as printed; shares of one whole, which must make 100."""
    uses = {use.fact.reference: use for passage in draft.passages for use in figure_uses(draft, passage)}
    by_scope: dict[tuple[object, ...], dict[str, Use]] = defaultdict(dict)
    for use in uses.values():
        fact = use.fact
        by_scope[(fact.period, fact.place, tuple(sorted(fact.categories.items())))][fact.indicator] = use
    for scope in by_scope.values():
        for indicator, total in scope.items():
            meaning = draft.source.meaning(indicator)
            if meaning is None or meaning.kind not in {"sum", "difference"} or len(meaning.of) < 2:
                continue
            if all(of in scope for of in meaning.of):
                yield from _composed(draft, total, [scope[of] for of in meaning.of], meaning.kind)
    yield from _shares(draft)


def _composed(draft: Draft, total: Use, parts: list[Use], kind: str) -> Iterator[Finding]:
    values = [_shown(draft, use) for use in parts]
    whole = _shown(draft, total)
    if whole is None or any(value is None for value in values):
        return
    known = [value for value in values if value is not None]
    made = sum(known, Decimal(0)) if kind == "sum" else known[0] - sum(known[1:], Decimal(0))
    exact = [use.fact.value or Decimal(0) for use in (*parts, total)]
    slack = sum(
        (abs(shown - value) for shown, value in zip((*known, whole), exact, strict=True)),
        Decimal(0),
    )
    if abs(made - whole) > slack:
        resolved = draft.resolution.resolved
        problem = fault.PARTS.at(
            draft.at(total.number.line),
            parts=", ".join(resolved.of(use.number).text for use in parts),
            sum=f"{made:f}",
            total=resolved.of(total.number).text,
            lacking="",
        )
        yield Finding(problem=problem, quote=total.fact.reference)


def _shares(draft: Draft) -> Iterator[Finding]:
    """Shares of a funding block whose exact values make 100 and whose printed ones do not."""
    for line, cells in draft.resolution.cells.items():
        rows = draft.resolution.resolved.blocks[line].rows
        facts = [fact for _, _, fact in cells.rows if fact.unit == "percent" and fact.value is not None]
        shown = [value_of(row.shown.text, draft.language) for found in rows.values() for row in found]
        exact = sum((fact.value or Decimal(0) for fact in facts), Decimal(0))
        if cells.by != ("option",) or len(facts) < 2 or round(exact, 6) != 100 or None in shown:
            continue
        made = sum((value for value in shown if value is not None), Decimal(0))
        if made != 100:
            words = ", ".join(row.shown.text for found in rows.values() for row in found)
            yield Finding(
                problem=fault.SHARES.at(draft.at(line), parts=words, sum=f"{made.normalize():f}"),
                quote=" ".join(fact.reference for fact in facts),
            )


def _shown(draft: Draft, use: Use) -> Decimal | None:
    return value_of(draft.resolution.resolved.of(use.number).text, draft.language)


def one_fact_twice(draft: Draft) -> Iterator[Finding]:
    """One figure shown with two values; one fact of two sources whose values differ; one stated count with two values."""
    first: dict[str, tuple[Use, Decimal]] = {}
    scopes: dict[tuple[object, ...], list[tuple[Passage, Use]]] = defaultdict(list)
    for passage in draft.passages:
        for use in figure_uses(draft, passage):
            hedged = hedge_before(passage, use.offset, draft.language) or hedge_shown(
                draft.resolution.resolved.of(use.number).text, draft.language
            )
            value = _shown(draft, use)
            scopes[_scope(use.fact)].append((passage, use))
            if value is None or hedged:
                continue
            before, known = first.setdefault(use.fact.reference, (use, value))
            if known != value and not _coarser(draft, before, use):
                yield _two_values(draft, before, use)
    for uses in scopes.values():
        yield from _two_sources(draft, uses)
    yield from _stated(draft)


def values_of_one_fact(draft: Draft) -> list[frozenset[Decimal]]:
    """For each fact that the text shows with several values, those values: `one_fact_twice` has judged them."""
    scopes: dict[tuple[object, ...], set[Decimal]] = defaultdict(set)
    for passage in draft.passages:
        for use in figure_uses(draft, passage):
            if use.fact.value is not None:
                scopes[_scope(use.fact)].add(use.fact.value)
    return [frozenset(values) for values in scopes.values() if len(values) > 1]


def _scope(fact: Fact) -> tuple[object, ...]:
    """What a figure is of, whichever source says it."""
    categories = tuple(sorted((key, value) for key, value in fact.categories.items() if key != "source"))
    return fact.indicator, fact.place, categories, None if fact.basis == "quoted" else fact.period


def _coarser(draft: Draft, first: Use, second: Use) -> bool:
    """Whether both are manners that round by nature (million, percent), or one is exact and the other such a manner."""
    shows = [draft.resolution.shows.get(use.number.span, "number").split(",") for use in (first, second)]
    return bool({item for show in shows for item in show} & {"million", "percent", "currency"})


def _two_values(draft: Draft, first: Use, second: Use) -> Finding:
    resolved = draft.resolution.resolved
    problem = fault.TWO_VALUES.at(
        draft.at(second.number.line),
        label=draft.label(second.fact),
        first=resolved.of(first.number).text,
        second=resolved.of(second.number).text,
        line=first.number.line,
    )
    return Finding(problem=problem, quote=second.fact.reference)


def _two_sources(draft: Draft, uses: Sequence[tuple[Passage, Use]]) -> Iterator[Finding]:
    passage, first = uses[0]
    told: set[str] = set()
    for other_passage, other in uses[1:]:
        same = first.fact.value == other.fact.value or first.fact.reference == other.fact.reference
        if same or first.fact.basis != "quoted" or other.fact.reference in told:
            continue
        if _says_of_when(draft, passage, first) and _says_of_when(draft, other_passage, other):
            continue
        told.add(other.fact.reference)
        resolved = draft.resolution.resolved
        problem = fault.TWO_SOURCES.at(
            draft.at(other.number.line),
            label=draft.label(other.fact),
            first=resolved.of(first.number).text,
            first_source=_source(draft, first.fact),
            second=resolved.of(other.number).text,
            second_source=_source(draft, other.fact),
            line=first.number.line,
        )
        yield Finding(problem=problem, quote=f"{first.fact.reference} {other.fact.reference}")


def _source(draft: Draft, fact: Fact) -> str:
    line = next(iter(fact.sources), None)
    if line is None:
        return "-"
    day = date_words(line.as_of, draft.language) if line.as_of else ""
    return ", ".join(filter(None, (line.owner or line.id, line.title, day)))


def _says_of_when(draft: Draft, passage: Passage, use: Use) -> bool:
    """Whether the sentence names the month of the source or its owner."""
    line = next(iter(use.fact.sources), None)
    sentence = f"{passage.title} {passage.sentence(use.offset)}".lower()
    if line is None:
        return False
    month = date_words(line.as_of, draft.language).split(" ")[1].lower() if line.as_of else None
    return bool(
        (month and month in sentence)
        or any(owner and owner.lower() in sentence for owner in (line.owner, line.owner_fr))
    )


def _stated(draft: Draft) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Bound] = {}
    for passage in draft.passages:
        for offset, number in passage.holes():
            if number.binding != "stated":
                continue
            following = re.match(rf"[^\w{HOLE}]*([^\W\d_]+(?:\s[^\W\d_]+)?)", passage.text[offset + 1 :])
            thing = (stated_source(number), following[1].lower() if following else "")
            first = seen.setdefault(thing, number)
            if value_of(first.shown, draft.language) != value_of(number.shown, draft.language):
                problem = fault.STATED_TWICE.at(
                    draft.at(number.line), quote=number.shown, other=first.shown, line=first.line
                )
                yield Finding(problem=problem, quote=f"{thing} {number.shown}")
