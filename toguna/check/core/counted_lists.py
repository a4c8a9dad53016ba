"""Lists that say how long they are: `in five states (Ebonyi, Gombe, Kaduna, Kano and Yobe)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.lexicon import PARTIAL
from toguna.check.core.lists import has_phrase
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import LIST_LENGTH
from toguna.kernel.core.stems import stems

#: What is named one by one.
_NAMED = stems(
    "country countries state states province provinces region regions district districts governorate governorates county "
    "counties lga lgas department departments pays province provinces région régions département départements commune "
    "communes zone zones zs cercle cercles village villages camp camps site sites partner partners partenaire partenaires "
    "municipality municipalities town towns city cities ville villes island islands"
)
_OPEN = stems("etc among including notamment dont others autres parmi mainly")
_LONGEST = 30


def counted_drafts(passage: Passage) -> Iterator[Draft]:
    """Lists of names in brackets or behind a colon that are longer or shorter than announced."""
    for sentence in passage.sentences:
        for quantity in sentence.quantities:
            if quantity.kind != "count" or not 2 <= quantity.value <= _LONGEST or not set(quantity.noun[:2]) & _NAMED:
                continue
            bounds = _list_after(passage, sentence, quantity)
            if bounds is None:
                continue
            lengths = _lengths(passage, *bounds)
            if lengths and int(quantity.value) not in lengths:
                yield Draft(
                    kind="list",
                    confidence="medium",
                    fault=LIST_LENGTH,
                    spans=(Span(text=passage.index, start=quantity.start, end=passage.tokens[bounds[1] - 1].end),),
                    expected=str(max(lengths)),
                    found=written(quantity.value),
                )


def _list_after(passage: Passage, sentence: Sentence, quantity: Quantity) -> tuple[int, int] | None:
    """The tokens of a list that follows the noun at once, in brackets or behind a colon up to the end of the sentence."""
    for index in range(quantity.last + 1, min(quantity.last + 4, sentence.last)):
        if passage.tokens[index].text == "(":
            bracket = next((own for own in sentence.brackets if own.first == index), None)
            return (index + 1, bracket.last) if bracket else None
        if passage.tokens[index].text == ":":
            last = sentence.last - (passage.tokens[sentence.last - 1].text == ".")
            return index + 1, last
        if passage.tokens[index].kind != "word":
            return None
    return None


def _lengths(passage: Passage, first: int, last: int) -> set[int]:
    """How many names the list may hold: an `and` may part two of them or stand within one. Empty when it is no list of names."""
    if has_phrase(passage.stems, first, last, PARTIAL) or set(passage.stems[first:last]) & _OPEN:
        return set()
    pieces: list[list[str]] = [[]]
    ands = 0
    for token in passage.tokens[first:last]:
        if token.text in {",", ";"}:
            pieces.append([])
        elif token.text in {"and", "et", "&"}:
            ands += 1
        elif token.kind in ("word", "code") or token.text in "-–'’/.":
            pieces[-1].append(token.text)
        else:
            return set()
    pieces = [piece for piece in pieces if piece]
    if len(pieces) < 2 or not all(_is_name(piece) for piece in pieces):
        return set()
    return set(range(len(pieces), len(pieces) + ands + 1))


def _is_name(words: Sequence[str]) -> bool:
    return words[0][0].isupper() and len(words) <= 6
