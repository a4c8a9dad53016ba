"""What one sentence says that may harm somebody. Pure: the words decide, never a hidden value.

Every number below the threshold gives the same answer, so that nobody can find a withheld value by trying. A number counts people or cases when
the first noun after it that the lists know does; a mention of violence as the subject of prevention work ("sessions on early marriage") is none of harm done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from toguna.kernel.api import Language
from toguna.publish.core.checks.harm_patterns import (
    ALL,
    AMOUNT,
    AT_PLACE,
    CLAUSE,
    DAY,
    DEFINITE,
    FROM_TO,
    GENERIC,
    GROUP,
    HELPED,
    NAMED,
    NO_NAME,
    NONE,
    ONE_PLACE,
    ONLY,
    ONLY_PLACE,
    ORGANISATION,
    OTHERS,
    OUT_OF,
    SHARE,
    SHORT,
    THE_HELD,
    TITLED,
)
from toguna.publish.core.checks.read_sentence import Count, ReadSentence, Topic
from toguna.publish.core.checks.sensitive_words import SensitiveWords

#: What a statement does: counts or singles out few; gives a share or difference; says only or none; places a shelter; describes a hostage; announces
#: a payment. The last two are lifted by a named clearance: security events, totals of harm.
Saying = Literal["few", "share", "only", "shelter", "hostage", "payment", "security", "total"]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a sentence says: how, of what, and the words that say it."""

    saying: Saying
    topic: Topic
    quote: str
    start: int


def clauses(text: str) -> Iterator[str]:
    """The sentences of a text, and the parts of one that semicolons divide."""
    start = 0
    for match in CLAUSE.finditer(text):
        if not SHORT.search(text[: match.start()]):
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def statements(text: str, language: Language, words: SensitiveWords, before: str = "") -> Iterator[Statement]:
    """What a sentence says that may harm somebody, each saying once. `before` is the sentence before it in its paragraph."""
    sentence = ReadSentence(text, language, words)
    told: set[str] = set()
    for rule in (_few, _none_or_only, _share, _shelter, _hostage, _payment, _total, _security):
        for each in rule(sentence):
            if each.saying not in told and not (each.saying in {"total", "security"} and told):
                told.add(each.saying)
                yield each
    if not told and before:
        yield from _helped_after(sentence, ReadSentence(before, language, words))


def is_barred(statement: Statement) -> bool:
    """Whether nobody may waive it; the others are lifted by a named clearance."""
    return statement.saying not in {"total", "security"}


def _few(sentence: ReadSentence) -> Iterator[Statement]:
    """A number below the threshold, an article or a name, with people or cases harmed."""
    mentions = sentence.mentions
    if not mentions:
        return
    topic = mentions[0].topic
    for count in sentence.counts:
        counted = count.noun in {"person", "case"} or (count.noun == "none" and _bare(sentence, count))
        if counted and sentence.few(count.value) and not _is_share(sentence, count):
            end = _end_of_words(sentence.text, count.end, 3)
            yield Statement(saying="few", topic=topic, quote=sentence.quote(count.start, end), start=count.start)
    for count in sentence.articles:
        if _singles_out(sentence, count):
            end = _end_of_words(sentence.text, count.end, 2)
            yield Statement(saying="few", topic=topic, quote=sentence.quote(count.start, end), start=count.start)
    for match in DEFINITE.finditer(sentence.text):
        if any((each.done or each.topic != "violence") and each.start >= match.end() for each in mentions):
            yield Statement(saying="few", topic=topic, quote=sentence.quote(*match.span()), start=match.start())
    yield from _named(sentence, topic)


def _bare(sentence: ReadSentence, count: Count) -> bool:
    """A number without a noun of its own that stands for people or cases: ``2 in Mopti``, ``three were raped``, ``Kidal 0``."""
    listed = re.search(r"(?:[A-ZÀ-Þ][\w-]+|[:(])\s*$", sentence.text[: count.start])
    if listed and re.match(r"\s*(?:[,;)]|\.?$)", sentence.text[count.end :]):
        return True
    return bool(
        re.match(
            r"\s+(?:in|at|were|was|are|had|have|who|of (?:them|these|those|whom)|à|au|dans|en|ont|sont|étaient|d['’]entre|de ces|qui)\b",
            sentence.text[count.end :],
            re.IGNORECASE,
        )
    )


def _is_share(sentence: ReadSentence, count: Count) -> bool:
    return bool(re.match(r"\s*(?:%|per cent|percent|pour cent)", sentence.text[count.end :]))


def _singles_out(sentence: ReadSentence, count: Count) -> bool:
    if count.noun not in {"person", "case"} or GENERIC.match(
        sentence.text[_end_of_words(sentence.text, count.end, 1) :]
    ):
        return False
    return any(
        each.done or each.topic != "violence" or count.noun == "case" or each.start - count.start < 60
        for each in sentence.mentions
    )


def _named(sentence: ReadSentence, topic: Topic) -> Iterator[Statement]:
    for match in (NAMED.match(sentence.text), TITLED.search(sentence.text)):
        if match is None:
            continue
        name = match.groupdict().get("name") or match[0]
        if NO_NAME.fullmatch(name.split()[0]) or sentence.words.places.search(name):
            continue
        state = any(each.done or re.search("survivor|survivant|victim", each.words, re.IGNORECASE) or each.topic != "violence" for each in sentence.mentions)  # fmt: skip
        if state:
            yield Statement(saying="few", topic=topic, quote=name, start=match.start())


def _none_or_only(sentence: ReadSentence) -> Iterator[Statement]:
    """``Only in Gao`` and ``no case in Kidal``: they tell of the other cells, or of an empty one."""
    if not sentence.mentions:
        return
    said = sentence.says("report") or any(each.done for each in sentence.mentions)
    topic = sentence.mentions[0].topic
    for match in re.finditer(NONE[sentence.language], sentence.text, re.IGNORECASE):
        noun = sentence.noun(match.end(), steps=3)
        if noun in {"person", "case"} or (noun == "none" and said):
            end = _end_of_words(sentence.text, match.end(), 2)
            yield Statement(saying="few", topic=topic, quote=sentence.quote(match.start(), end), start=match.start())
            return
    for match in re.finditer(ONLY[sentence.language], sentence.text, re.IGNORECASE):
        everything = ALL.match(match[0]) is not None
        told = said or AT_PLACE.match(sentence.text[match.end() :]) is not None
        if (
            told
            and (not everything or ONE_PLACE.search(sentence.text))
            and (ONLY_PLACE.match(sentence.text[match.end() :]) or sentence.noun(match.end(), 2) != "thing")
        ):
            end = _end_of_words(sentence.text, match.end(), 2)
            yield Statement(saying="only", topic=topic, quote=sentence.quote(match.start(), end), start=match.start())
            return


def _share(sentence: ReadSentence) -> Iterator[Statement]:
    """A share of a group, a part of it, or what is left of a total."""
    group = bool(sentence.mentions) or re.search(
        r"\bprotection incidents?\b|\bincidents?\b", sentence.text, re.IGNORECASE
    )
    if not group:
        return
    topic: Topic = sentence.mentions[0].topic if sentence.mentions else "violence"
    yield from _change(sentence, topic)
    whole, parts = _whole_and_parts(sentence)
    if whole is not None:
        for start, end, value in parts:
            left = whole[2] - value
            small = 0 <= value < sentence.words.few or 0 < left < sentence.words.few
            told = bool(sentence.mentions) or OTHERS.search(sentence.text[end:]) or re.search(r"\bnot\b|\bne\b", sentence.text[end:])  # fmt: skip
            status = bool(sentence.mentions) and whole[2] < 100
            if told and (small or status):
                span = sorted((whole[0], whole[1], start, end))
                yield Statement(saying="share", topic=topic, quote=sentence.quote(span[0], span[-1]), start=span[0])
                return
    if sentence.mentions:
        yield from _percent(sentence, topic)


def _change(sentence: ReadSentence, topic: Topic) -> Iterator[Statement]:
    """``From 12 to 15``: a difference that comes out below the threshold."""
    for first, second in pairwise(sentence.counts if sentence.mentions else ()):
        linked = re.fullmatch(r"\s*(?:\w+\s+)?(?:to|à)\s+", sentence.text[first.end : second.start])
        if (
            linked is None
            or first.value is None
            or second.value is None
            or not FROM_TO.search(sentence.text[: first.start])
        ):
            continue
        if 0 < abs(second.value - first.value) < sentence.words.few:
            quote = sentence.quote(first.start, second.end)
            yield Statement(saying="share", topic=topic, quote=quote, start=first.start)
            return


def _whole_and_parts(
    sentence: ReadSentence,
) -> tuple[tuple[int, int, Decimal] | None, list[tuple[int, int, Decimal]]]:
    """The number after ``of`` or ``out of``, and the other numbers, shares worked out."""
    whole = None
    for count in sentence.counts:
        if count.value is not None and count.noun in {"person", "case"} and OUT_OF.search(sentence.text[: count.start]):
            whole = (count.start, count.end, count.value)
            break
    if whole is None:
        return None, []
    parts = []
    for count in sentence.counts:
        if count.value is None or count.start == whole[0]:
            continue
        value = count.value * whole[2] / 100 if _is_share(sentence, count) else count.value
        if count.noun in {"person", "case", "none"} or _is_share(sentence, count) or _bare(sentence, count):
            parts.append((count.start, count.end, value))
    return whole, parts


def _percent(sentence: ReadSentence, topic: Topic) -> Iterator[Statement]:
    """A share whose whole the sentence does not give: of a group that can be recognised it is barred."""
    match = re.search(SHARE[sentence.language], sentence.text, re.IGNORECASE)
    if match is None:
        return
    start = max((start for start, end, _ in sentence.numbers if end <= match.start()), default=match.start())
    group = GROUP.search(sentence.text)
    yield Statement(
        saying="share" if group else "total", topic=topic, quote=sentence.quote(start, match.end()), start=start
    )


def _shelter(sentence: ReadSentence) -> Iterator[Statement]:
    for match in sentence.all("shelter"):
        if sentence.placed or re.search(r"\b(?:near|près d|à côté d|beside|behind|street|rue)\b", sentence.text):
            yield Statement(saying="shelter", topic="shelter", quote=sentence.quote(*match.span()), start=match.start())


def _hostage(sentence: ReadSentence) -> Iterator[Statement]:
    """Sex, nationality or employer of a hostage."""
    hostages = sentence.all("hostage")
    single = bool(sentence.articles) or any(sentence.few(value) for _, _, value in sentence.numbers)
    held = any(re.match("hostage|otage|captive", match[0], re.IGNORECASE) for match in hostages)
    held = held or THE_HELD.search(sentence.text) is not None
    if not hostages or not (single or held):
        return
    for kind in ("sex", "nationality", "employer"):
        for match in sentence.all(kind):
            yield Statement(saying="hostage", topic="hostage", quote=sentence.quote(*match.span()), start=match.start())
            return
    match_ = ORGANISATION.search(sentence.text)
    if match_ is not None:
        yield Statement(saying="hostage", topic="hostage", quote=match_[0], start=match_.start())


def _payment(sentence: ReadSentence) -> Iterator[Statement]:
    """Date, place and amount of a payment still to come."""
    day, amount = DAY.search(sentence.text), AMOUNT.search(sentence.text)
    coming = sentence.says("future") and sentence.says("payment")
    if day and amount and coming and sentence.placed:
        yield Statement(saying="payment", topic="payment", quote=sentence.quote(*day.span()), start=day.start())


def _total(sentence: ReadSentence) -> Iterator[Statement]:
    """A number of people or cases harmed at or above the threshold: an owner's total, which a protection officer clears."""
    for count in sentence.counts if sentence.mentions else ():
        if count.noun in {"person", "case"} and count.value is not None and not sentence.few(count.value):
            end = _end_of_words(sentence.text, count.end, 2)
            topic = sentence.mentions[0].topic
            yield Statement(saying="total", topic=topic, quote=sentence.quote(count.start, end), start=count.start)
            return


def _security(sentence: ReadSentence) -> Iterator[Statement]:
    """An event that hit organisations or the public."""
    events = sentence.all("security")
    if events:
        first = events[0]
        yield Statement(saying="security", topic="security", quote=sentence.quote(*first.span()), start=first.start())


def _helped_after(sentence: ReadSentence, before: ReadSentence) -> Iterator[Statement]:
    """``Violence was reported. Four women were helped.``"""
    if not any(each.topic == "violence" for each in before.mentions) or not HELPED.search(sentence.text):
        return
    for count in sentence.counts:
        if count.noun == "person" and sentence.few(count.value):
            end = _end_of_words(sentence.text, count.end, 3)
            quote = sentence.quote(count.start, end)
            yield Statement(saying="few", topic=before.mentions[0].topic, quote=quote, start=count.start)
            return


def _end_of_words(text: str, start: int, count: int) -> int:
    """Where the next words end."""
    ends = [match.end() for match in re.finditer(r"\s*[\w'’-]+", text[start:])][:count]
    return start + (ends[-1] if ends else 0)
