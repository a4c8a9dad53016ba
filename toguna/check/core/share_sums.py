"""Shares that make another share, or 100: `74.3% came from four districts: Chora (33.0%), ...`, `dont 62 % du Nord, ... et 3 % d'autres pays`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toguna.check.core.arithmetic import mistyped, near
from toguna.check.core.claims import Figure, group_of
from toguna.check.core.finding import Confidence, Draft, Span, written
from toguna.check.core.lexicon import COMPLETE, DECREASE, INCREASE
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import SHARES
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stems

_REST = stems("other others remaining rest remainder elsewhere autre autres reste restants restant ailleurs divers")
_LEADING = stems(
    "of from to in d de des à au en dans the a are is were was live go went come came venus vont sont ont stay )"
)
_JOINS = {",", ";", "and", "et", "&", "while", "tandis", "ainsi"}
_OVERLAPPING = (
    INCREASE
    | DECREASE
    | stems("compared target cible against contre funded coverage need needs report reported access accès")
)
_FEMALE, _MALE = frozenset({"woman", "girl", "female"}), frozenset({"man", "boy", "male"})
#: Shares of one list stand so many words apart at most.
_STEP = 14
#: A hedged share may be off by so much.
_HEDGED = Decimal(2)


def share_sum_drafts(passage: Passage, sentence: Sentence) -> Iterator[Draft]:
    """Lists of shares in one sentence that do not make what they are said to."""
    percents = [own for own in sentence.quantities if own.kind == "percent"]
    if len(percents) < 2:
        return
    for run in _runs(passage, percents):
        if any(own.hedge for own in run):
            continue
        yield from _of_a_share(passage, sentence, percents, run)
        yield from _of_hundred(passage, sentence, run)
    yield from _of_the_sexes(passage, sentence, percents)
    yield from _of_the_share_before(passage, sentence, percents)


def _of_the_share_before(passage: Passage, sentence: Sentence, percents: Sequence[Quantity]) -> Iterator[Draft]:
    """`57% are children (29% girls and 28% boys)`: the sexes in the bracket make the share before it, or 100."""
    for bracket in sentence.brackets:
        run = [own for own in percents if bracket.first < own.first < bracket.last]
        counts = sum(1 for own in sentence.quantities if bracket.first < own.first < bracket.last) - len(run)
        before = [own for own in percents if own.last <= bracket.first and bracket.first - own.last <= _STEP]
        if len(run) < 2 or counts or not before or any(own.hedge for own in (*run, before[-1])):
            continue
        whole, total = before[-1], _sum(run)
        if whole.depth or whole.value <= max(own.value for own in run) or total > 90 or not _pair_up(passage, run):
            continue
        if abs(total - whole.value) <= _slack((whole, *run)) or abs(total - 100) <= _slack(run):
            continue
        slip = mistyped(total, whole.value)
        if slip or near(total, whole.value, "0.2"):
            yield _draft(passage, whole, run, whole.value, "high" if slip else "medium")


def _pair_up(passage: Passage, run: Sequence[Quantity]) -> bool:
    """Whether the shares are those of women and men, of girls and boys, or of both pairs."""
    names = [group_of(Figure(quantity=own, passage=passage)) for own in run]
    chosen = frozenset(name for axis, name in names if axis == "people")
    return len(chosen) == len(run) and (chosen in COMPLETE or chosen == {"girl", "boy"})


def _runs(passage: Passage, percents: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Shares joined by commas and `and`, each in the same bracket depth."""
    run = [percents[0]]
    for own in percents[1:]:
        words = passage.stems[run[-1].last : own.first]
        joined = len(words) <= _STEP and not _JOINS.isdisjoint(words) and own.depth == run[-1].depth
        if joined and ":" not in words and not _OVERLAPPING.intersection(words):
            run.append(own)
            continue
        if len(run) > 1:
            yield run
        run = [own]
    if len(run) > 1:
        yield run


def _of_a_share(
    passage: Passage, sentence: Sentence, percents: Sequence[Quantity], run: Sequence[Quantity]
) -> Iterator[Draft]:
    """`74.3% of cases came from four districts: A (33.0%), B (11.1%) ...`: the share before is the sum."""
    before = [own for own in percents if own.last <= run[0].first]
    whole = before[-1] if before else run[0] if run[0].depth == 0 and len(run) > 2 and run[1].depth else None
    parts = run if before else run[1:]
    if whole is None or len(parts) < 2 or parts[0].first - whole.last > 30 or whole.value > 100:
        return
    between = passage.stems[whole.last : parts[0].first]
    listed = any(
        own.kind == "count" and own.value == len(parts) and whole.last <= own.first < parts[0].first
        for own in sentence.quantities
    ) or any(
        own.kind == "count" and own.value == len(parts) and sentence.first <= own.first < whole.first
        for own in sentence.quantities
    )
    placed = all(_is_placed(passage, own) for own in parts)
    if not (placed and (listed or len(parts) > 2 or ":" in between)) or _OVERLAPPING.intersection(between):
        return
    total = _sum(parts)
    hedged = _HEDGED if whole.hedge else Decimal(0)
    if abs(total - whole.value) <= _slack((whole, *parts)) + hedged or abs(total - 100) <= _slack(parts):
        return
    if not listed and abs(total - whole.value) > whole.value / 4:
        return
    yield _draft(passage, whole, parts, whole.value, "high" if listed else "medium")


def _is_placed(passage: Passage, own: Quantity) -> bool:
    """Whether the share stands in a bracket behind a name, or before `in` and a name."""
    index = own.first - 1
    if index > 0 and passage.tokens[index].text == "(":
        return passage.tokens[index - 1].text[0].isupper()
    after = passage.tokens[own.last : own.last + 2]
    return len(after) > 1 and after[0].stem in {"in", "from", "a", "de", "dan", "en"} and after[1].text[0].isupper()


def _of_hundred(passage: Passage, sentence: Sentence, run: Sequence[Quantity]) -> Iterator[Draft]:
    """A list that ends in the others makes 100."""
    if len(run) < 3 or not _names_the_rest(passage, sentence, run):
        return
    total = _sum(run)
    whole = any(abs(own.value - total) <= 1 for own in sentence.quantities if own.kind == "percent" and own not in run)
    if abs(total - 100) <= max(_slack(run), Decimal(1)) or whole or not 60 < total < 160:
        return
    yield _draft(passage, run[0], run, Decimal(100), "high" if abs(total - 100) <= 25 else "medium")


def _names_the_rest(passage: Passage, sentence: Sentence, run: Sequence[Quantity]) -> bool:
    """Whether the last share is that of the others: `3 % d'autres pays`, `the remaining 8%`, `ailleurs (6 %)`; not `(8%) and others`."""
    before = passage.stems[run[-2].last : run[-1].first]
    after = passage.stems[run[-1].last : min(run[-1].last + 5, sentence.last)]
    told = next((word for word in after if word not in _LEADING), "")
    return not _REST.isdisjoint(before) or told in _REST


def _of_the_sexes(passage: Passage, sentence: Sentence, percents: Sequence[Quantity]) -> Iterator[Draft]:
    """Shares of women and men, of children and adults, that are everybody and do not make 100."""
    for size in range(min(len(percents), 4), 1, -1):
        for first in range(len(percents) - size + 1):
            run = percents[first : first + size]
            if any(own.hedge for own in run):
                continue
            if any(other.first - one.last > 12 or other.depth != one.depth for one, other in pairwise(run)):
                continue
            if not _are_everybody(passage, sentence, run):
                continue
            total = _sum(run)
            if abs(total - 100) > _slack(run) and not _is_part(passage, sentence, run, total) and 80 < total < 125:
                yield _draft(passage, run[0], run, Decimal(100), "high" if abs(total - 100) <= 12 else "medium")
            return


def _are_everybody(passage: Passage, sentence: Sentence, run: Sequence[Quantity]) -> bool:
    names = [group_of(Figure(quantity=own, passage=passage)) for own in run]
    chosen = frozenset(name for axis, name in names if axis == "people")
    if len(chosen) == len(run) and chosen in COMPLETE:
        return True
    if len(run) != 2:
        return False
    one, other = run
    first, second = _sexes(passage, sentence.first, one.first), _sexes(passage, one.last, other.first)
    return bool(first) and len(first) == len(second) and first <= _FEMALE and second <= _MALE


def _sexes(passage: Passage, first: int, last: int) -> frozenset[str]:
    return frozenset(vocabulary.SEX_AGE[stem] for stem in passage.stems[first:last] if stem in vocabulary.SEX_AGE)


def _is_part(passage: Passage, sentence: Sentence, run: Sequence[Quantity], total: Decimal) -> bool:
    """Whether the groups are those of a part that is printed, or others beside them make up the rest."""
    others = [own.value for own in passage.reading.quantities if own.kind == "percent" and own not in run]
    if any(abs(total - value) <= 1 for value in others):
        return True
    within = [own.value for own in sentence.quantities if own.kind == "percent" and own not in run]
    return any(abs(total + value - 100) <= 1 for value in others) or bool(
        within and abs(total + sum(within, Decimal(0)) - 100) <= 2
    )


def _sum(run: Sequence[Quantity]) -> Decimal:
    return sum((own.value for own in run), Decimal(0))


def _slack(run: Sequence[Quantity]) -> Decimal:
    return sum((min(own.step, Decimal(1)) / 2 for own in run), Decimal(0))


def _draft(passage: Passage, first: Quantity, run: Sequence[Quantity], found: Decimal, confidence: Confidence) -> Draft:
    end = passage.tokens[min(run[-1].last + 1, len(passage.tokens)) - 1].end
    return Draft(
        kind="percentage",
        confidence=confidence,
        fault=SHARES,
        spans=(Span(text=passage.index, start=min(first.start, run[0].start), end=end),),
        expected=written(_sum(run)),
        found=written(found),
        details={"parts": " + ".join(written(own.value) for own in run)},
    )
