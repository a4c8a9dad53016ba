"""Averages beside what they are taken of, numbers that go with names one by one, and days behind the period that a report says it covers.

All three are told only where the sentence itself makes the claim: `an average of 25 persons per session`, `120 and 80 households respectively`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from toguna.check.core.arithmetic import agrees, slack
from toguna.check.core.claims import unit_of
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import AVERAGE, BEHIND_THE_PERIOD, LIST_LENGTH, PARTS_AND_TOTAL
from toguna.kernel.core.stems import stem
from toguna.kernel.core.vocabulary import MONTHS

_AVERAGE = re.compile(r"\b(?:an average of|on average|averaging|en moyenne|(?:une|la) moyenne de)\b", re.IGNORECASE)
_SIZE = re.compile(
    r"\b(?:(?:average|mean) (?:household|family) size(?: is| was)?(?: of)?|taille moyenne (?:des|du|de) (?:ménages?|familles?)"
    r"(?: est)?(?: de)?)\s*\W?",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:per|a|each|par|chaque)\s+(?:of the\s+)?(?:\d[\d,. ]*\s+)?(?P<thing>[^\W\d]+)", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"\brespecti(?:vely|vement)\b", re.IGNORECASE)
_IN_ALL = re.compile(r"(?:a total of|in total|totall?ing|in all|au total|un total de|soit)\s*,?\s*$", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:reporting period|period covered|période (?:couverte|de rapport|concernée))\W{0,4}[^.\n]{0,60}?"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?\s+(?P<month>[^\W\d]+)\s+(?P<year>\d{4})\s*(?:\.|\n|$|\))",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|er)?\s+(?P<month>[^\W\d]{3,})\s+(?P<year>\d{4})\b")
_AHEAD = re.compile(
    r"\b(?:will|shall|to be|planned|plans?|expected|scheduled|until|by|from|next|valid|deadline|"
    r"sera|seront|prévue?s?|jusqu|d'ici|prochaine?s?|échéance|à partir|publi|issued|updated)\b",
    re.IGNORECASE,
)


def average_drafts(passage: Passage) -> Iterator[Draft]:
    """An average, the number of things it is taken over and the total, in one sentence, that do not fit."""
    for sentence in passage.sentences:
        size = _SIZE.search(_words(passage, sentence))
        if size is not None:
            yield from _household_size(passage, sentence, passage.tokens[sentence.first].start + size.end())
        average = _average(passage, sentence)
        if average is None or not average.noun:
            continue
        things = {stem(match["thing"].lower()) for match in _EACH.finditer(_words(passage, sentence))}
        counts = [one for one in sentence.quantities if one.kind == "count" and one is not average and one.noun]
        over = [one for one in counts if one.noun[0] in things and one.value >= 2]
        whole = [one for one in counts if one.noun[0] == average.noun[0] and one.value > average.value]
        if len(over) != 1 or len(whole) != 1 or over[0] is whole[0]:
            continue
        exact = whole[0].value / over[0].value
        if abs(exact - average.value) >= max(average.step, exact / 20, slack((whole[0],)) / over[0].value):
            yield Draft(
                kind="ratio",
                confidence="medium",
                fault=AVERAGE,
                spans=_spans(passage, sorted((average, over[0], whole[0]), key=lambda one: one.start)),
                expected=written(exact.quantize(Decimal("0.1"))),
                found=written(average.value),
                details={"whole": written(whole[0].value), "over": written(over[0].value)},
            )


def _household_size(passage: Passage, sentence: Sentence, ends: int) -> Iterator[Draft]:
    """`14,400 people in 2,880 households, an average household size of 5`: the one count of each."""
    average = next((one for one in sentence.quantities if 0 <= one.start - ends <= 6 and one.kind == "count"), None)
    others = [one for one in sentence.quantities if one is not average and one.kind == "count"]
    people = [one for one in others if unit_of(one) == "person"]
    households = [one for one in others if unit_of(one) == "household" and one.value]
    if average is None or len(people) != 1 or len(households) != 1:
        return
    exact = people[0].value / households[0].value
    if abs(exact - average.value) >= max(average.step, exact / 10):
        yield Draft(
            kind="ratio",
            confidence="medium",
            fault=AVERAGE,
            spans=_spans(passage, sorted((average, households[0], people[0]), key=lambda one: one.start)),
            expected=written(exact.quantize(Decimal("0.1"))),
            found=written(average.value),
            details={"whole": written(people[0].value), "over": written(households[0].value)},
        )


def respective_drafts(passage: Passage) -> Iterator[Draft]:
    """Numbers told respectively: that do not make the total beside them, or are not as many as the names before them."""
    for sentence in passage.sentences:
        words = _words(passage, sentence)
        match = _RESPECTIVELY.search(words)
        parts = _parts_before(passage, sentence, match.start()) if match else []
        if len(parts) < 2:
            continue
        total = next((one for one in sentence.quantities if _is_total(passage, one) and one not in parts), None)
        value = sum((part.value for part in parts), Decimal(0))
        if total is not None and total.kind == parts[-1].kind and not agrees(total, value, parts):
            yield Draft(
                kind="sum",
                confidence="medium",
                fault=PARTS_AND_TOTAL,
                spans=_spans(passage, [total, *parts]),
                expected=written(value),
                found=written(total.value),
                details={"parts": " + ".join(written(part.value) for part in parts)},
            )
        names = _names_before(passage, sentence, parts[0])
        if names and names != len(parts):
            yield Draft(
                kind="list",
                confidence="low",
                fault=LIST_LENGTH,
                spans=_spans(passage, parts),
                expected=str(names),
                found=str(len(parts)),
            )


def period_drafts(found: Sequence[Passage]) -> Iterator[Draft]:
    """Days told as past that lie behind the end of the period that the report says it covers. Unsure: a report may look ahead."""
    end = next((day for passage in found[:40] if (day := _period_end(passage.reading.text)) is not None), None)
    for passage in found if end else ():
        for sentence in passage.sentences:
            words = _words(passage, sentence)
            if _AHEAD.search(words) or _PERIOD.search(passage.reading.text):
                continue
            start = passage.tokens[sentence.first].start
            for match in _DAY.finditer(words):
                day = _day(match)
                if day is not None and end is not None and day > end:
                    yield Draft(
                        kind="date",
                        confidence="low",
                        fault=BEHIND_THE_PERIOD,
                        spans=(Span(text=passage.index, start=start + match.start(), end=start + match.end()),),
                        expected=end.isoformat(),
                        found=match[0],
                    )


def _words(passage: Passage, sentence: Sentence) -> str:
    return passage.reading.text[passage.tokens[sentence.first].start : passage.tokens[sentence.last - 1].end]


def _average(passage: Passage, sentence: Sentence) -> Quantity | None:
    """The figure that follows the words for an average at once."""
    words, start = _words(passage, sentence), passage.tokens[sentence.first].start
    match = _AVERAGE.search(words)
    if match is None:
        return None
    ends = start + match.end()
    return next((one for one in sentence.quantities if 0 <= one.start - ends <= 3 and one.kind == "count"), None)


def _parts_before(passage: Passage, sentence: Sentence, at: int) -> list[Quantity]:
    """The counts joined by commas and `and` that end at most nine words before that character of the sentence."""
    ends = passage.tokens[sentence.first].start + at
    before = [one for one in sentence.quantities if one.end <= ends]
    text = passage.reading.text
    if not before or len(text[before[-1].end : ends].split()) > 9:
        return []
    run = [before[-1]]
    for one in reversed(before[:-1]):
        if not re.fullmatch(r"\s*(?:,|and|et|&|, and|, et)\s*", text[one.end : run[0].start]):
            break
        run.insert(0, one)
    return run


def _is_total(passage: Passage, quantity: Quantity) -> bool:
    return _IN_ALL.search(passage.reading.text[max(0, quantity.start - 20) : quantity.start]) is not None


def _names_before(passage: Passage, sentence: Sentence, first: Quantity) -> int:
    """How many names a list before the numbers has: capitalised, joined by commas and one `and`; 0 when it is none."""
    text = passage.reading.text[passage.tokens[sentence.first].start : first.start]
    name = r"[A-ZÀ-Þ][\w'’-]+"
    match = re.search(
        rf"\b(?:[Ii]n|[Ff]rom|[Aa]t|[Àà]|[Dd]e|[Dd]ans)\s+((?:{name},\s+)*{name},?\s+(?:and|et)\s+{name})\W+(?:\w+\W+){{0,3}}$",
        text,
    )
    return len(re.findall(name, match[1])) if match else 0


def _period_end(text: str) -> date | None:
    match = _PERIOD.search(text)
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date | None:
    month = MONTHS.get(stem(match["month"].lower()))
    try:
        return date(int(match["year"]), month, int(match["day"])) if month else None
    except ValueError:
        return None


def _spans(passage: Passage, quantities: Sequence[Quantity]) -> tuple[Span, ...]:
    return tuple(Span(text=passage.index, start=one.start, end=one.end) for one in quantities)
