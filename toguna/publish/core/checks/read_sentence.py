"""A sentence with its mentions of harm done and its counts, for the rules of `harm`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from toguna.kernel.api import Language
from toguna.publish.core.checks.harm_patterns import ARTICLE, DONE, ONE_PERCENT, OUT_OF, PLACED, STAFF
from toguna.publish.core.checks.sensitive_words import SensitiveWords
from toguna.publish.core.numerals import numerals

Topic = Literal["violence", "detention", "health", "complaint", "shelter", "hostage", "payment", "security"]

TOPICS: tuple[tuple[str, Topic], ...] = (
    ("harm", "violence"),
    ("detention", "detention"),
    ("health_status", "health"),
    ("complaint", "complaint"),
)


@dataclass(frozen=True, kw_only=True)
class Mention:
    start: int
    end: int
    topic: Topic
    words: str

    @property
    def done(self) -> bool:
        """Said as a thing done to somebody: raped, married by force."""
        return bool(DONE.search(self.words))


@dataclass(frozen=True, kw_only=True)
class Count:
    """A number or article with what it counts."""

    start: int
    end: int
    value: Decimal | None
    noun: Literal["person", "case", "thing", "none"]


class ReadSentence:
    """One sentence with its mentions of harm and its counts."""

    def __init__(self, text: str, language: Language, words: SensitiveWords) -> None:
        self.text, self.language, self.words = text, language, words

    def all(self, kind: str) -> list[re.Match[str]]:
        return list(self.words.of(kind, self.language).finditer(self.text))

    def says(self, kind: str) -> bool:
        return self.words.of(kind, self.language).search(self.text) is not None

    def quote(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())

    @cached_property
    def numbers(self) -> list[tuple[int, int, Decimal | None]]:
        found = [(each.start, each.end, each.value) for each in numerals(self.text, self.language)]
        starts = {start for start, _, _ in found}
        ones = [match for match in ONE_PERCENT.finditer(self.text) if match.start() not in starts]
        return sorted([*found, *((match.start(), match.end(), Decimal(1)) for match in ones)])

    @cached_property
    def mentions(self) -> list[Mention]:
        """Mentions of harm done, those of prevention work left out."""
        found = [
            Mention(start=match.start(), end=match.end(), topic=topic, words=match[0])
            for kind, topic in TOPICS
            for match in self.all(kind)
            if kind != "complaint" or self._against_somebody
        ]
        found += self._violence_to_people()
        found.sort(key=lambda each: (each.start, -each.end))
        active: list[Mention] = []
        quiet_until = -1
        for each in found:
            joined = (
                re.fullmatch(r",?\s*(?:and|or|et|ou|/|,)?\s*", self.text[quiet_until : each.start])
                if quiet_until >= 0
                else None
            )
            if (joined and not each.done) or self._as_subject(each):
                quiet_until = each.end
            else:
                active.append(each)
        return active

    @property
    def _against_somebody(self) -> bool:
        """Complaints of abuse or about staff, not of the quality of tents."""
        return self.says("harm") or STAFF.search(self.text) is not None

    def _violence_to_people(self) -> list[Mention]:
        """Refugees and displaced people beaten, threatened or killed: theirs is no event of the public."""
        if not self.says("concern") or self.says("nature"):
            return []
        return [
            Mention(start=match.start(), end=match.end(), topic="violence", words=match[0])
            for match in self.all("violence")
        ]

    def _as_subject(self, mention: Mention) -> bool:
        """A mention as the subject of prevention work or of a service, or of violence that people flee."""
        before, after = self.text[: mention.start], self.text[mention.end :]
        if mention.topic != "complaint" and re.match(rf"['’]?\s+{self._start('compound')}", after, re.IGNORECASE):
            return True
        if mention.topic == "complaint":
            return bool(re.match(rf"\s+{self._start('compound')}", after, re.IGNORECASE))
        if re.match("surviv", mention.words, re.IGNORECASE) and self.says("nature"):
            return True
        if re.fullmatch(r"violences?", mention.words, re.IGNORECASE) and self._led(before, "flight", 2):
            return True
        return not mention.done and self._led(before, "lead", 2)

    def _start(self, kind: str) -> str:
        return self.words.of(kind, self.language).pattern

    def _led(self, before: str, kind: str, between: int) -> bool:
        """Whether a word of the list stands before, few words and no count between."""
        tail = before[-80:]
        for match in self.words.of(kind, self.language).finditer(tail):
            gap = tail[match.end() :]
            offset = len(before) - len(tail) + match.end()
            if len(re.findall(r"[\w-]+", gap)) > between or re.search(r"[.;:()]", gap):
                continue
            counted = any(offset <= start for start, _, _ in self.numbers if start < len(before))
            if not counted and not re.search(ARTICLE[self.language], gap, re.IGNORECASE):
                return True
        return False

    @cached_property
    def counts(self) -> list[Count]:
        return [Count(start=start, end=end, value=value, noun=self.noun(end)) for start, end, value in self.numbers]

    @cached_property
    def articles(self) -> list[Count]:
        found = re.finditer(ARTICLE[self.language], self.text, re.IGNORECASE)
        return [
            Count(start=match.start(), end=match.end(), value=Decimal(1), noun=self.noun(match.end(), steps=3))
            for match in found
            if not any(start <= match.start() < end for start, end, _ in self.numbers)
        ]

    def noun(self, end: int, steps: int = 5) -> Literal["person", "case", "thing", "none"]:
        """What the first known noun after a number is."""
        others = [start for start, _, value in self.numbers if start >= end and value is not None]
        for match in list(re.finditer(r"[.,;:()]|[^\W\d_][\w-]*", self.text[end : end + 90]))[:steps]:
            at = end + match.start()
            if match[0] in ".,;:()" or (others and others[0] < at and not OUT_OF.search(self.text[end : others[0]])):
                return "none"
            for kind in ("thing", "person", "case", "harm"):
                hit = self.words.of(kind, self.language).match(self.text, at)
                if hit is None or self.text[hit.end() : hit.end() + 1] in {"'", "’"}:
                    continue
                if kind == "harm" and not any(
                    hit.start() < each.end and each.start < hit.end() for each in self.mentions
                ):
                    continue
                following = re.match(r"\s+", self.text[hit.end() :])
                compound = kind != "thing" and self.language == "en" and following is not None
                if compound and self._is_thing(hit.end() + len(following[0] if following else "")):
                    return "thing"
                return "thing" if kind == "thing" else "person" if kind == "person" else "case"
        return "none"

    def _is_thing(self, at: int) -> bool:
        """Whether a thing's name stands at an offset: two *girl groups* are groups."""
        return self.words.of("thing", self.language).match(self.text, at) is not None

    def few(self, value: Decimal | None) -> bool:
        return value is not None and value < self.words.few

    @property
    def placed(self) -> bool:
        return bool(PLACED.search(self.text) or self.words.places.search(self.text))
