"""A claim that parts make up a total, as the text puts it: its figures, what they count, whether they may go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from toguna.check.core import lexicon
from toguna.check.core.finding import Span
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stems
from toguna.kernel.core.tokens import Token

Link = Literal["bracket", "run", "list", "marked", "comma", "with", "bullets", "closing", "contrast"]
_PLACING = stems("in at from à au aux en dans near to chez auprès on by par vers towards toward")
#: Kinds of place: a count of locations may be told by sites and hubs.
_PLACED = stems(
    "location locations site sites facility facilities centre center centers structure structures point points space spaces hub hubs "
    "clinic clinics hospital hospitals school schools post posts settlement settlements camp camps"
)
_COPULAS = stems("were was are is étaient était sont est")
_TIMES = stems("week month year semaine mois année")


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A quantity and the passage that it stands in."""

    quantity: Quantity
    passage: Passage

    @property
    def value(self) -> Decimal:
        return self.quantity.value

    @property
    def span(self) -> Span:
        return Span(text=self.passage.index, start=self.quantity.start, end=self.quantity.end)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Parts, and what may be their total: the nearest first."""

    parts: tuple[Figure, ...]
    candidates: tuple[Figure, ...]
    link: Link
    #: The words say or show that the parts are everything.
    whole: bool
    #: Characters of the parts' passage that hold them.
    start: int
    end: int
    #: Further figures that may belong to the parts: an article that means one, a remainder told after the list.
    spare: tuple[Decimal, ...] = ()
    #: Nothing but the values ties the parts to the total, which stands in another sentence.
    loose: bool = False
    #: The sentence opens with `of`, `among`: what follows is a breakdown of the first figure.
    opened: bool = False


def group_of(figure: Figure) -> tuple[str, str]:
    """Axis and name of the group that a part is: `people`, `state`, `place`, or none with its noun."""
    quantity, pieces = figure.quantity, figure.passage.tokens
    following = quantity.noun[:3] or tuple(piece.stem for piece in _after_copula(figure))
    for stem in (*following, *reversed(quantity.label)):
        if stem in vocabulary.SEX_AGE:
            return "people", vocabulary.SEX_AGE[stem]
    for stem in (*following, *quantity.label[-1:]):
        if stem in lexicon.STATES:
            return "state", stem
    if quantity.label and quantity.first:
        before = pieces[quantity.first - 1].text
        if before in "(:–-—" or before[0].isupper():
            return "place", " ".join(quantity.label)
    for index in range(quantity.last, min(quantity.last + 4, len(pieces) - 1)):
        if pieces[index].stem in _PLACING:
            later = pieces[index + 1]
            timed = later.stem in vocabulary.MONTHS or later.kind in ("date", "number") or later.stem in _TIMES
            return ("time" if timed else "place"), later.text
        if pieces[index].kind != "word":
            break
    return "", " ".join(quantity.about[:2])


def _after_copula(figure: Figure) -> Sequence[Token]:
    """The words behind `were`, `étaient`, `concern` where they stand right after the figure."""
    last, pieces = figure.quantity.last, figure.passage.tokens
    if last < len(pieces) and pieces[last].stem in _COPULAS:
        return pieces[last + 1 : last + 4]
    return ()


def unit_of(quantity: Quantity) -> str:
    """`person`, `household`, a thing by its stem, or nothing known."""
    for stem in quantity.noun:
        if stem in vocabulary.HOUSEHOLDS:
            return "household"
        if stem in vocabulary.SEX_AGE and len(stem) > 1:
            return "person"
        if stem in vocabulary.THINGS:
            return stem
        if stem in vocabulary.PERSONS:
            return "person"
    if quantity.kind == "count" and not quantity.noun and quantity.label and quantity.label[-1] in vocabulary.SEX_AGE:
        return "person"
    return quantity.unit


def compatible(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the parts may be parts of the total, by what they count."""
    unit = unit_of(total)
    others = {name for part in parts if (name := unit_of(part))}
    if not unit or unit in others or not others:
        return True
    if unit in _PLACED and others <= _PLACED:
        return True
    return unit == "person" and not others & ({"household"} | vocabulary.THINGS)
