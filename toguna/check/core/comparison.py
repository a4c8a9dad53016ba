"""Two documents of one series set side by side: figures that moved, figures told since a day that fell, figures that stand still, parts that outgrew
their total.

Sentences are matched by their words without numbers and dates, first the same, then the most alike; cells of tables by the words of row and column.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toguna.check.core.brackets import bracket_claims
from toguna.check.core.claims import Claim
from toguna.check.core.document import Document
from toguna.check.core.engine import findings_of
from toguna.check.core.finding import Draft, Finding, Kind, Span, written
from toguna.check.core.grids import Grid, grids
from toguna.check.core.lists import list_claims
from toguna.check.core.passages import Passage, Sentence, passages
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import FELL, MOVED, OUTGREW, UNCHANGED
from toguna.kernel.api import Fault
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stem, stems

#: What a comparison tells without calling it an error.
NOTICES: frozenset[Kind] = frozenset({"moved", "unchanged"})
#: Words after which a figure only grows.
_SINCE = stems("since depuis cumulative cumulatif cumulatifs cumulatives cumulés cumulées cumul overall")
_SO_FAR = (("to", "date"), ("so", "far"), ("à", "ce", "jour"), ("a", "ce", "jour"))
#: Two sentences are one told again when this share of their words agrees.
_ALIKE = 0.6
#: A word in more sentences than this says little about which one is meant.
_COMMON = 12
#: Documents with this share of figures in common belong to one series.
_SERIES = Decimal("0.3")


@dataclass(frozen=True, kw_only=True)
class _Told:
    """A sentence with its figures: its words with `#` for a number, without dates, and the dates and months apart."""

    passage: Passage
    sentence: Sentence
    words: tuple[str, ...]
    dates: frozenset[str]
    figures: tuple[Quantity, ...]

    @property
    def only_grows(self) -> bool:
        return any(word in _SINCE for word in self.words) or any(
            self.words[at : at + len(phrase)] == phrase for phrase in _SO_FAR for at in range(len(self.words))
        )


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """One figure in both documents."""

    old: Decimal
    new: Decimal
    step: Decimal
    span: Span
    is_count: bool
    only_grows: bool
    dates_moved: bool
    is_sure: bool


def compare(old: Document, new: Document) -> tuple[Finding, ...]:
    """What changed, at its places in the new document, in reading order. `expected` is the value of the old one, `found` that of the new one.

    Kinds: `moved`; `fell`: a figure told since a day, or to date, is smaller now; `unchanged`: the same count under another month; `growth`: parts of a
    figure told since a day grew by more than it did.
    """
    matched = _matched(list(_told(old)), list(_told(new)))
    pairs = [*_sentence_pairs(matched), *_cell_pairs(old, new)]
    drafts = [draft for pair in pairs if (draft := _judged(pair)) is not None]
    return findings_of(new, [*drafts, *_outgrown(matched)])


def are_of_one_series(old: Document, new: Document) -> bool:
    """Whether the two documents have enough figures in common to be compared."""
    first, second = list(_told(old)), list(_told(new))
    pairs = len(list(_sentence_pairs(_matched(first, second)))) + len(list(_cell_pairs(old, new)))
    fewest = min(_count(first, old), _count(second, new))
    return pairs > 0 and pairs >= _SERIES * fewest


def _count(told: Iterable[_Told], document: Document) -> int:
    cells = sum(slot is not None for grid in grids(document) for row in grid.rows for slot in row.slots)
    return cells + sum(len(own.figures) for own in told)


def _told(document: Document) -> Iterator[_Told]:
    for passage in passages(document):
        if not passage.reading.quantities:
            continue
        for sentence in passage.sentences:
            if sentence.quantities:
                yield _of(passage, sentence)


def _of(passage: Passage, sentence: Sentence) -> _Told:
    taken = {at for own in sentence.quantities for at in range(own.first, own.last)}
    words: list[str] = []
    dates: set[str] = set()
    for at in range(sentence.first, sentence.last):
        token = passage.tokens[at]
        if at in taken:
            if not words or words[-1] != "#":
                words.append("#")
        elif token.kind == "date" or token.stem in vocabulary.MONTHS:
            dates.add(token.text.lower())
        elif token.kind == "word":
            words.append(token.stem)
    return _Told(
        passage=passage, sentence=sentence, words=tuple(words), dates=frozenset(dates), figures=sentence.quantities
    )


def _matched(old: Sequence[_Told], new: Sequence[_Told]) -> list[tuple[_Told, _Told, bool]]:
    """Old and new sentence, and whether their words are the same."""
    waiting: dict[tuple[str, ...], deque[_Told]] = defaultdict(deque)
    for own in old:
        waiting[own.words].append(own)
    found: list[tuple[_Told, _Told, bool]] = []
    left: list[_Told] = []
    for own in new:
        if waiting.get(own.words):
            found.append((waiting[own.words].popleft(), own, True))
        else:
            left.append(own)
    rest = [own for same in waiting.values() for own in same]
    return found + list(_most_alike(rest, left))


def _most_alike(old: Sequence[_Told], new: Sequence[_Told]) -> Iterator[tuple[_Told, _Told, bool]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(old):
        for word in set(own.words) - {"#"}:
            places[word].append(at)
    used: set[int] = set()
    for own in new:
        words = set(own.words) - {"#"}
        shared = Counter(at for word in words if len(places.get(word, ())) <= _COMMON for at in places.get(word, ()))
        best, score = -1, 0.0
        for at, _ in shared.most_common(_COMMON):
            other = set(old[at].words) - {"#"}
            likeness = len(words & other) / len(words | other)
            if at not in used and likeness > score:
                best, score = at, likeness
        if score >= _ALIKE:
            used.add(best)
            yield old[best], own, False


def _figures(old: _Told, new: _Told, *, same: bool) -> Iterator[tuple[Quantity, Quantity]]:
    """Figures that say the same: by their order in a sentence of the same words, else by what they count."""
    if same and len(old.figures) == len(new.figures):
        yield from (pair for pair in zip(old.figures, new.figures, strict=True) if pair[0].kind == pair[1].kind)
        return
    waiting: dict[tuple[str, ...], deque[Quantity]] = defaultdict(deque)
    for quantity in old.figures:
        waiting[_about(quantity)].append(quantity)
    for quantity in new.figures:
        if waiting.get(_about(quantity)):
            yield waiting[_about(quantity)].popleft(), quantity


def _about(quantity: Quantity) -> tuple[str, ...]:
    return (quantity.kind, quantity.unit, *quantity.about[:2])


def _sentence_pairs(matched: Iterable[tuple[_Told, _Told, bool]]) -> Iterator[_Pair]:
    for old, new, same in matched:
        for before, now in _figures(old, new, same=same):
            start, end = new.passage.around(now.first, now.last, 3, 6)
            yield _Pair(
                old=before.value,
                new=now.value,
                step=max(before.step, now.step),
                span=Span(text=new.passage.index, start=start, end=end),
                is_count=now.kind == "count",
                only_grows=new.only_grows and now.kind != "percent",
                dates_moved=bool(old.dates and new.dates and old.dates.isdisjoint(new.dates)),
                is_sure=same,
            )


def _cell_pairs(old: Document, new: Document) -> Iterator[_Pair]:
    before = _cells(grids(old))
    texts = tuple(new.texts())
    for key, (value, step, text, percent) in _cells(grids(new)).items():
        if key in before:
            words = {stem(word) for part in key[:2] for word in part.split()}
            yield _Pair(
                old=before[key][0],
                new=value,
                step=step,
                span=Span(text=text, start=0, end=len(texts[text].text)),
                is_count=not percent,
                only_grows=not words.isdisjoint(_SINCE),
                dates_moved=False,
                is_sure=True,
            )


def _cells(found: Iterable[Grid]) -> Mapping[tuple[str, str, int], tuple[Decimal, Decimal, int, bool]]:
    """The values of tables by the words of row and column, and their count before where these are not alone."""
    made: dict[tuple[str, str, int], tuple[Decimal, Decimal, int, bool]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for grid in found:
        for row in grid.rows:
            for head, slot in zip(grid.headers, row.slots, strict=True):
                if slot is not None and row.label:
                    name = row.label.lower(), head.lower()
                    made[*name, seen[name]] = slot.value, slot.step, slot.text, slot.percent
                    seen[name] += 1
    return made


def _judged(pair: _Pair) -> Draft | None:
    if pair.new == pair.old:
        if pair.dates_moved and pair.is_count and pair.new >= 10:
            return _draft("unchanged", UNCHANGED, pair)
        return None
    if pair.only_grows and pair.new < pair.old:
        return _draft("fell", FELL, pair)
    return _draft("moved", MOVED, pair)


def _draft(kind: Kind, fault: Fault, pair: _Pair) -> Draft:
    return Draft(
        kind=kind,
        confidence="high" if pair.is_sure else "medium",
        fault=fault,
        spans=(pair.span,),
        expected=written(pair.old),
        found=written(pair.new),
    )


def _outgrown(matched: Iterable[tuple[_Told, _Told, bool]]) -> Iterator[Draft]:
    """Claims of a figure told since a day whose parts grew by more than it."""
    for old, new, same in matched:
        if new.only_grows:
            before = {now.start: earlier.value for earlier, now in _figures(old, new, same=same)}
            for claim in (*bracket_claims(new.passage, new.sentence), *list_claims(new.passage, new.sentence)):
                draft = _grown(claim, before, new)
                if draft is not None:
                    yield draft


def _grown(claim: Claim, before: Mapping[int, Decimal], told: _Told) -> Draft | None:
    total = claim.candidates[0]
    figures = (total, *claim.parts)
    if any(own.passage is not told.passage or own.quantity.start not in before for own in figures):
        return None
    grown = [own.value - before[own.quantity.start] for own in figures]
    parts = sum(grown[1:], Decimal(0))
    slack = sum((own.quantity.step for own in figures if own.quantity.step > 1), Decimal(0))
    if grown[0] < 0 or parts <= grown[0] + slack:
        return None
    return Draft(
        kind="growth",
        confidence="high",
        fault=OUTGREW,
        spans=(Span(text=told.passage.index, start=min(total.quantity.start, claim.start), end=claim.end),),
        expected=written(parts),
        found=written(grown[0]),
    )
