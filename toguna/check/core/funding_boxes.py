"""Boxes of an appeal, a figure and its label on lines of their own: `$640.4M / Requis / $192.1M / Reçu / 30% / Progrès`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toguna.check.core.arithmetic import percent, percent_agrees, rounded
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import PERCENT_OF
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stem, stems

_ROLES = {
    "required": stems(
        "required requirement requirements requested requis besoins demandé sollicité appeal needed budget"
    ),
    "received": stems("received reçu reçus funding funded secured mobilisé disponible available contributions"),
    "share": stems("funded progress progrès coverage couverture financé financement taux received reçu level niveau"),
}
_GAPS = stems("gap unmet unfunded déficit écart manque shortfall")
_UNITS = vocabulary.CURRENCY | {"us", "m", "million", "k"}
#: A label has so many words at most; the boxes of one appeal stand on so many lines.
_WORDS, _LINES = 7, 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a box: its figure, if it has one, and its words."""

    passage: Passage
    figure: Quantity | None
    words: tuple[str, ...]


def funding_box_drafts(found: Sequence[Passage]) -> Iterator[Draft]:
    """A share funded that is not that of the amounts in the boxes beside it."""
    if all(_ROLES["share"].isdisjoint(passage.stems) for passage in found):
        return
    lines = [line for passage in found for line in _lines(passage)]
    labelled = _labelled(lines)
    for place, (_, share) in enumerate(labelled):
        if share is None or share.figure is None or share.figure.kind != "percent":
            continue
        words = labelled[place][0]
        if _ROLES["share"].isdisjoint(words) or not _GAPS.isdisjoint(words):
            continue
        near_by = labelled[max(place - _LINES, 0) : place + _LINES]
        required, received = (_amount(near_by, role) for role in ("required", "received"))
        if required is None or received is None or required is received:
            continue
        yield from _compared(share, required, received)


def _lines(passage: Passage) -> Iterator[Line]:
    """The lines of a passage that are short enough for a box; a long one ends what stands before it."""
    start = 0
    text = passage.reading.text
    quantities = passage.reading.quantities
    for piece in text.split("\n"):
        end = start + len(piece)
        own = [quantity for quantity in quantities if start <= quantity.start < end] if len(text) < 2000 else []
        words = (
            tuple(
                stem(token.text)
                for token in passage.tokens
                if start <= token.start < end and token.kind == "word" and not _in(own, token.start)
            )
            if len(text) < 2000
            else ()
        )
        if len(own) <= 1 and len(words) <= _WORDS and piece.strip():
            yield Line(passage=passage, figure=own[0] if own else None, words=words)
        elif piece.strip():
            yield Line(passage=passage, figure=None, words=("",) * (_WORDS + 1))
        start = end + 1


def _in(own: Sequence[Quantity], offset: int) -> bool:
    return any(quantity.start <= offset < quantity.end for quantity in own)


def _labelled(lines: Sequence[Line]) -> list[tuple[tuple[str, ...], Line | None]]:
    """Each figure with its label: on its own line, else on the line after it or before it, as the box begins."""
    result: list[tuple[tuple[str, ...], Line | None]] = []
    for place, line in enumerate(lines):
        if len(line.words) > _WORDS:
            result.append(((), None))
            continue
        if line.figure is None or line.figure.kind == "measure":
            continue
        words = [word for word in line.words if word not in _UNITS]
        if words:
            result.append((tuple(words), line))
            continue
        before, after = (_label(lines, place + step) for step in (-1, 1))
        first = _starts_with_a_figure(lines, place)
        result.append((after if first else before, line))
    return result


def _label(lines: Sequence[Line], place: int) -> tuple[str, ...]:
    known = 0 <= place < len(lines) and lines[place].figure is None and len(lines[place].words) <= _WORDS
    return lines[place].words if known else ()


def _starts_with_a_figure(lines: Sequence[Line], place: int) -> bool:
    """Whether the run of figures and labels in turn that the line is in begins with a figure; a heading before it is no label."""
    start = place
    while (
        start > 1 and place - start < _LINES and lines[start - 1].figure is None and lines[start - 2].figure is not None
    ):
        start -= 2
    end = place
    while end + 2 < len(lines) and lines[end + 1].figure is None and lines[end + 2].figure is not None:
        end += 2
    return bool(_label(lines, end + 1)) and bool(_roles(_label(lines, end + 1)))


def _roles(words: Sequence[str]) -> set[str]:
    return {role for role, names in _ROLES.items() if not names.isdisjoint(words)}


def _amount(lines: Sequence[tuple[tuple[str, ...], Line | None]], role: str) -> Line | None:
    """The one amount of that role; None when there is none, or more than one."""
    fitting = [
        line
        for words, line in lines
        if line is not None
        and line.figure is not None
        and line.figure.kind in ("money", "count")
        and not _ROLES[role].isdisjoint(words)
        and _GAPS.isdisjoint(words)
        and (role == "required" or _ROLES["required"].isdisjoint(words))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _compared(share: Line, required: Line, received: Line) -> Iterator[Draft]:
    shown, whole, part = share.figure, required.figure, received.figure
    if shown is None or whole is None or part is None:
        return
    value = percent(part.value, whole.value)
    if value is None or value > 130 or percent_agrees(shown, value) or abs(value - shown.value) < 2:
        return
    yield Draft(
        kind="percentage",
        confidence="medium",
        fault=PERCENT_OF,
        spans=tuple(_span(line.passage, own) for line, own in ((required, whole), (received, part), (share, shown))),
        expected=written(rounded(value, shown.step)),
        found=written(shown.value),
        details={"part": written(part.value), "base": written(whole.value)},
    )


def _span(passage: Passage, own: Quantity) -> Span:
    return Span(text=passage.index, start=own.start, end=own.end)
