"""Every number of a text, in digits or words: value, precision as shown, unit, hedge; and why what only looks like one is none.

The one lexer of numbers: the compiler asks it what a draft prints, the checker what a document says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from toguna.kernel.core import number_words, vocabulary
from toguna.kernel.core.hedges import HEDGE_TABLE, Hedge
from toguna.kernel.core.lookalikes import NoNumber, are_places, at, follows_age, is_named, is_year, no_number
from toguna.kernel.core.problems import Language
from toguna.kernel.core.tokens import Token, tokens

NumberKind = Literal["count", "percent", "money", "measure"]

_BLANKS = re.compile("[ \u00a0\u2007\u2009\u202f'’\n]")
_SCALES = {
    "million": 10**6,
    "milliard": 10**9,
    "billion": 10**9,
    "mn": 10**6,
    "bn": 10**9,
    "thousand": 1000,
    "mille": 1000,
    "dozen": 12,
    "douzaine": 12,
}
_LETTERS = {"m": 10**6, "k": 1000, "b": 10**9}
_TOKEN_REASONS: dict[str, NoNumber] = {
    "date": "date",
    "time": "time",
    "ordinal": "ordinal",
    "range": "range",
    "code": "code",
}
#: Words that say that something was counted and not how much.
_VAGUE = frozenset([
    "half", "hundreds", "thousands", "millions", "billions", "dozens", "moitié", "centaine", "centaines",
    "millier", "milliers", "dizaine", "dizaines", "vingtaine", "trentaine", "quarantaine", "cinquantaine",
    "soixantaine", "quinzaine",
])  # fmt: skip
#: Half of a power, and parts of a whole: how much they are the text does not say.
_HALVES = frozenset(["demi-million", "demi-milliard", "demi-douzaine"])
_PARTS = frozenset([
    "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths", "tiers", "quart", "quarts",
    "cinquième", "cinquièmes", "dixième", "dixièmes",
])  # fmt: skip
_SOME = frozenset(["several", "few", "many", "quelques", "plusieurs"])
#: `neuf` counts before these; elsewhere it means new.
_AFTER_NINE = frozenset({"(", "%", "pour", "cent", "mille", "million", "millions", "autres"})
_NO_ARTICLE = frozenset(["no", "any", "each", "every", "this", "that", "the", "some", "which", "another", "only"])
_AFTER_ONE = frozenset([
    "another", "hand", "time", "day", "side", "or", "and", "more", "that", "who", "which", "can", "must", "may",
    "has", "is", "year", "of", "by", "than", "was", "were",
])  # fmt: skip

#: Words of the reader's that the table of hedges does not offer to writers.
_ALSO_READ: dict[str, Hedge] = {
    "estimated": "about",
    "approx": "about",
    "estimated at": "about",
    "some of": "about",
    "~": "about",
    ">": "over",
    "minimum": "at-least",
    "up to": "nearly",
    "jusqu'à": "nearly",
    "less than": "nearly",
    "moins de": "nearly",
    "fewer than": "nearly",
    "estimated of": "about",
}


def _hedge_phrases() -> dict[tuple[str, ...], Hedge]:
    told = {words: hedge for hedge, row in HEDGE_TABLE.items() for known in row.words.values() for words in known}
    phrases = {tuple(words.split()): hedge for words, hedge in (told | _ALSO_READ).items()}
    return phrases | {(*words[:-1], "d"): hedge for words, hedge in phrases.items() if words[-1] == "de"}


_HEDGES = _hedge_phrases()
_LONGEST_HEDGE = max(map(len, _HEDGES))


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number that counts or measures. `start` to `end` are characters, `first` to `last` (exclusive) tokens, its unit among them."""

    start: int
    end: int
    #: Where its own digits or words end, its scale (`million`) among them and its unit not.
    bare_end: int
    first: int
    last: int
    value: Decimal
    #: The worth of the last place shown: 1, 0.1, or 100,000 of `1.2 million`.
    step: Decimal
    kind: NumberKind
    #: `%`, a currency or a measure; empty of a count.
    unit: str
    hedge: Hedge | Literal[""]
    in_words: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Lookalike:
    """What looks like a number and counts nothing, with the reason."""

    start: int
    end: int
    because: NoNumber


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """A text's tokens, its numbers and its lookalikes, each in order."""

    tokens: tuple[Token, ...]
    numbers: tuple[Number, ...]
    lookalikes: tuple[Lookalike, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Parsed:
    kind: NumberKind
    unit: str
    value: Decimal
    step: Decimal
    #: The token after its digits or words, and after its unit.
    bare: int
    last: int


@lru_cache(maxsize=20_000)
def parse_number(text: str) -> tuple[Decimal, Decimal]:
    """Value and step of a printed number. `1,234` and `1.234` are thousands; `1,5` and `0.123` are not."""
    plain = _BLANKS.sub("", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain) and not plain.startswith("0,"):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain) and not plain.startswith("0."):
        plain = plain.replace(".", "").replace(",", ".")
    else:
        plain = plain.replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    places = len(plain.partition(".")[2])
    return Decimal(plain), Decimal(1).scaleb(-places)


def read_numbers(text: str, language: Language | None = None) -> Numbers:
    """The numbers of `text`. With a language, words that only the other one has are no numbers."""
    pieces = tuple(tokens(text))
    numbers: list[Number] = []
    lookalikes: list[Lookalike] = []
    index = 0
    while index < len(pieces):
        kind = pieces[index].kind
        if kind == "mark" or (kind == "word" and not _may_count(pieces[index].text)):
            index += 1
            continue
        found = _at(pieces, index, language)
        if isinstance(found, Number):
            numbers.append(found)
            index = found.last
            continue
        if found:
            lookalikes.append(Lookalike(start=pieces[index].start, end=pieces[index].end, because=found))
        index += 1
    return Numbers(tokens=pieces, numbers=tuple(numbers), lookalikes=tuple(lookalikes))


@lru_cache(maxsize=20_000)
def _may_count(text: str) -> bool:
    """Whether a number may begin with this word, or a vague one: of most words it may not."""
    word = text.lower()
    return number_words.is_number_word(word) or word in _VAGUE or number_words.is_power_word(word) or _is_half(word)


def _at(pieces: Sequence[Token], index: int, language: Language | None) -> Number | NoNumber:
    """The number that begins at this token, or why what stands there is none; empty of other words."""
    piece = pieces[index]
    if piece.kind == "number":
        parsed = _in_digits(pieces, index)
    elif piece.kind == "word":
        parsed = _in_words(pieces, index, language)
    elif piece.kind == "range" and is_named(pieces, index):
        return "name"
    else:
        return _TOKEN_REASONS.get(piece.kind, "")
    if not isinstance(parsed, _Parsed):
        return parsed
    return Number(
        start=piece.start,
        end=pieces[parsed.last - 1].end,
        bare_end=pieces[parsed.bare - 1].end,
        first=index,
        last=parsed.last,
        value=parsed.value,
        step=parsed.step,
        kind=parsed.kind,
        unit=parsed.unit,
        hedge=_hedge(pieces, index),
        in_words=piece.kind == "word",
    )


def _in_words(pieces: Sequence[Token], index: int, language: Language | None) -> _Parsed | NoNumber:
    word = pieces[index].text.lower()
    if not number_words.is_number_word(word):
        return _bare_power(pieces, index, language)
    run = []
    for piece in pieces[index : index + 24]:
        if (piece.kind != "word" and piece.text != ",") or (language and not number_words.is_of(piece.text, language)):
            break
        run.append(piece.text)
    length = number_words.run_length(run)
    while length and number_words.parse_words(run[:length]) is None:
        length = number_words.run_length(run[: length - 1])
    value = number_words.parse_words(run[:length]) if length else None
    if value is None or (length == 1 and _means_no_number(pieces, index)):
        return "vague" if index and pieces[index - 1].text.lower() in _SOME else ""
    if value < 100 and follows_age(pieces, index):
        return "age"
    if index and pieces[index - 1].text[0].isupper() and pieces[index - 1].stem in vocabulary.NAMING:
        return "name"
    following = at(pieces, index + length)
    if following is not None and following.text.lower() in _PARTS:
        return "vague"
    kind, unit, last = _unit(pieces, index, index + length)
    return _Parsed(kind=kind, unit=unit, value=Decimal(value), step=Decimal(1), bare=index + length, last=last)


def _bare_power(pieces: Sequence[Token], index: int, language: Language | None) -> _Parsed | NoNumber:
    """`a thousand` is a number; `several thousand`, `thousands` and `half` are vague."""
    word, before = pieces[index].text.lower(), pieces[index - 1].text.lower() if index else ""
    if word in _VAGUE and (language is None or (word.isascii() and word.endswith("s")) or _fits(word, language)):
        return "vague"
    if _is_half(word):
        return "vague"
    if not number_words.is_power_word(word) or (language and not number_words.is_of(word, language)):
        return ""
    if before in _SOME:
        return "vague"
    if before not in {"a", "un", "une"}:
        return ""
    if index > 1 and pieces[index - 2].text.lower() in ("half", "demi"):
        return "vague"
    kind, unit, last = _unit(pieces, index, index + 1)
    value = Decimal(number_words.parse_words([word]) or 0)
    return _Parsed(kind=kind, unit=unit, value=value, step=Decimal(1), bare=index + 1, last=last)


def _is_half(word: str) -> bool:
    """`demi-million`, `½`."""
    return word in _HALVES or (len(word) == 1 and unicodedata.numeric(word, None) is not None)


def _fits(word: str, language: Language) -> bool:
    english = word in {"half", "hundreds", "thousands", "billions", "dozens", "millions"}
    return english if language == "en" else not english or word == "millions"


def _means_no_number(pieces: Sequence[Token], index: int) -> bool:
    """Whether the one word is an article, an adjective, a month, or the end of `per cent`."""
    word, following = pieces[index].text.lower(), at(pieces, index + 1)
    before = pieces[index - 1].text.lower() if index else ""
    if word in {"cent", "hundred"} and before in {"per", "pour", *_SOME}:
        return True
    if word == "sept" and pieces[index].text[0].isupper() and following is not None:
        return following.kind == "number" or following.text == "."
    if word == "neuf":
        plural = following is not None and following.kind == "word" and following.text.lower().endswith(("s", "x"))
        return not plural and (following is None or following.text.lower() not in _AFTER_NINE)
    return word in number_words.WEAK and not _counts_one(pieces, index)


def _counts_one(pieces: Sequence[Token], index: int) -> bool:
    """`one teacher`, `one (1)`, `: one in Loga`; not `one of them`, `each one`, `un camp`."""
    word, following = pieces[index].text.lower(), at(pieces, index + 1)
    before = pieces[index - 1].text.lower() if index else ""
    if following is None or before in _NO_ARTICLE:
        return False
    if following.text == "(":
        digit = at(pieces, index + 2)
        return digit is not None and digit.kind == "number"
    if following.text == "%" or (word == "one" and following.text.lower() == "per"):
        return True
    third = at(pieces, index + 2)
    if following.stem in {"in", "at", "from", "a", "au", "en", "dans"} and before in {
        ":",
        ",",
        ";",
        "and",
        "et",
        "dont",
    }:
        return third is not None and third.text[0].isupper()
    if word != "one" or following.kind != "word":
        return False
    return following.text[0].islower() and following.text.lower() not in _AFTER_ONE | vocabulary.BREAKS


def _in_digits(pieces: Sequence[Token], index: int) -> _Parsed | NoNumber:
    piece, last = pieces[index], index + 1
    because = no_number(pieces, index)
    if because:
        return because
    value, step = parse_number(piece.text)
    following = at(pieces, last)
    if following is not None and following.kind == "word":
        scale = _scale(piece, following, pieces, index)
        if scale:
            if scale > 1000 and re.fullmatch(r"\d{1,3}[.,]\d{3}", piece.text):
                value, step = Decimal(piece.text.replace(",", ".")), Decimal("0.001")
            value, step, last = value * scale, step * scale, last + 1
    bare = last
    kind, unit, last = _unit(pieces, index, last)
    if kind == "percent" and re.fullmatch(r"\d{1,2}[.,]\d{3}", piece.text):
        value, step = Decimal(piece.text.replace(",", ".")), Decimal("0.001")
    if kind == "count" and last == index + 1 and is_year(pieces, index):
        return "year"
    return _Parsed(kind=kind, unit=unit, value=value, step=step, bare=bare, last=last)


def _scale(piece: Token, following: Token, pieces: Sequence[Token], index: int) -> int:
    if following.stem in _SCALES:
        return _SCALES[following.stem]
    close = following.start == piece.end and following.text.lower() in _LETTERS
    paid = index > 0 and pieces[index - 1].text.lower() in vocabulary.CURRENCY
    after = at(pieces, index + 2)
    paid = paid or (after is not None and after.text.lower() in vocabulary.CURRENCY)
    if not close and paid and following.text in {"M", "K", "B"} and following.start - piece.end == 1:
        close = True
    return _LETTERS[following.text.lower()] if close and (paid or (following.text == "K")) else 0


def _unit(pieces: Sequence[Token], index: int, last: int) -> tuple[NumberKind, str, int]:
    """What the number is of, and the token after it."""
    before = pieces[index - 1].text.lower() if index else ""
    ahead = [piece.text.lower() for piece in pieces[last : last + 3]] + ["", "", ""]
    if ahead[0] in ("%", "percent") or ahead[0] == "pct":
        return "percent", "%", last + 1
    if (ahead[0] in ("per", "pour") and ahead[1] in ("cent", "100")) or (ahead[0] == "p" and ahead[2] in ("100",)):
        return "percent", "%", last + (3 if ahead[0] == "p" else 2)
    if before in vocabulary.CURRENCY:
        return "money", currency(before), last
    if ahead[0] in vocabulary.CURRENCY:
        return "money", currency(ahead[0]), last + 1
    if ahead[0] in ("de", "of") and ahead[1] in vocabulary.CURRENCY and pieces[last - 1].kind == "word":
        return "money", currency(ahead[1]), last + 2
    if (ahead[0] == "f" and ahead[1] == "cfa") or (ahead[0] in ("us", "u.s") and ahead[1] in ("dollars", "$")):
        return "money", "cfa" if ahead[1] == "cfa" else "usd", last + 2
    measured = last < len(pieces) and pieces[last].kind == "word" and pieces[last].stem in vocabulary.MEASURES
    measured = measured and not (pieces[last].stem == "point" and are_places(ahead[1]))
    if measured and pieces[last].text != "M" and not pieces[last].text.lower().startswith(("l'", "l’")):
        return "measure", pieces[last].stem, last + 1
    return "count", "", last


def currency(mark: str) -> str:
    """The currency that a mark or word means: `usd` of `$`, `cfa` of `FCFA`."""
    if mark in ("$", "us$", "$us", "dollar", "dollars", "usd"):
        return "usd"
    return {"€": "eur", "euro": "eur", "euros": "eur", "fcfa": "cfa", "xof": "cfa", "xaf": "cfa", "£": "gbp"}.get(
        mark, mark
    )


def _hedge(pieces: Sequence[Token], index: int) -> Hedge | Literal[""]:
    """What the words right before the number say of its exactness; the longest phrase counts."""
    last = index
    if last and pieces[last - 1].text.lower() in vocabulary.CURRENCY:
        last -= 1
    before = tuple(piece.text.lower().replace("’", "'") for piece in pieces[max(last - _LONGEST_HEDGE, 0) : last])
    for length in range(min(len(before), _LONGEST_HEDGE), 0, -1):
        hedge = _HEDGES.get(before[-length:])
        if hedge is not None:
            return hedge
    return ""
