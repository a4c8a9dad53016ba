"""Totals told behind their parts: `56 dead and 104 injured, soit 160 victimes`, `..., for a total of 186,300 people`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toguna.check.core.arithmetic import agrees
from toguna.check.core.claims import Claim, Figure, group_of
from toguna.check.core.lexicon import COMPLETE
from toguna.check.core.lists import phrase_at
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.kernel.core.stems import phrases, stems

_BEFORE = phrases(
    "for a total of|for an overall total of|for a combined total of|bringing the total to|making a total of|totalling|"
    "totaling|soit|soit au total|soit un total de|pour un total de|, total|, total de|; total|, total :|portant le total à|au total|totalisant"
)
_BEHIND = phrases("in total|in all|altogether|au total|en tout")
_TOTAL = stems("total totaux overall")
#: A phrase holds so many words at most; `in total` stands so many words behind its figure.
_LONGEST, _NEAR = 5, 5


def closing_claims(passage: Passage, sentence: Sentence) -> Iterator[Claim]:
    """One claim a figure that such words make the total of two or more figures before it in the sentence."""
    counts = [own for own in sentence.quantities if own.kind in ("count", "money") and not own.depth]
    for place, total in enumerate(counts):
        parts = [own for own in counts[:place] if own.kind == total.kind and own.unit == total.unit]
        if len(parts) < 2 or not _closes(passage, sentence, total):
            continue
        sums = [sum((own.value for own in parts[at:]), Decimal(0)) for at in range(len(parts) - 1)]
        if any(agrees(total, value, parts) for value in sums):
            continue
        yield Claim(
            parts=tuple(Figure(quantity=own, passage=passage) for own in parts),
            candidates=(Figure(quantity=total, passage=passage),),
            link="closing",
            whole=True,
            start=parts[0].start,
            end=total.end,
        )


def box_claims(passage: Passage, sentence: Sentence) -> Iterator[Claim]:
    """`Total: 320 | Men: 120 | Women: 200`: a figure, then groups that are everybody, each with its label."""
    counts = [own for own in sentence.quantities if own.kind == "count" and not own.depth]
    if not 3 <= len(counts) <= 6 or not set(passage.stems[sentence.first : counts[0].first]) & _TOTAL:
        return
    figures = [Figure(quantity=own, passage=passage) for own in counts]
    groups = [group_of(figure) for figure in figures]
    labelled = all(passage.tokens[own.first - 1].text in {":", "="} for own in counts[1:])
    if labelled and groups[0][0] != "people" and frozenset(name for _, name in groups[1:]) in COMPLETE:
        yield Claim(
            parts=tuple(figures[1:]),
            candidates=(figures[0],),
            link="closing",
            whole=True,
            start=counts[1].start,
            end=counts[-1].end,
        )


def _closes(passage: Passage, sentence: Sentence, total: Quantity) -> bool:
    """Whether the words right before or behind the figure call it the total."""
    first = max(sentence.first, total.first - _LONGEST)
    if any(
        index + phrase_at(passage.stems, index, (phrase,)) == total.first
        for index in range(first, total.first)
        for phrase in _BEFORE
        if phrase_at(passage.stems, index, (phrase,))
    ):
        return True
    for index in range(total.last, min(total.last + _NEAR, sentence.last)):
        if passage.stems[index] in {",", ";", "(", ".", "and", "et"}:
            return False
        if phrase_at(passage.stems, index, _BEHIND):
            return True
    return False
