"""The draft of the following period: references and months moved, the year rolled over, each sentence marked for its author.

A sentence is marked *moved* (a figure of it is of the new period, and its months follow), *same* (nothing in it changed, and since when), *no data* (a
figure of it has no value yet, its source has no newer row, or it is a target of last year) or *event of last month: delete?* (a day or month of the old
period without a figure that moves, and counters of last year). The marks are comments of the source: a build prints none, an issue wants none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from babel.dates import get_month_names

from toguna.kernel.api import Language, NotAPeriod, Period, parse_period
from toguna.publish.core.figure_source import Fact, FigureSource, SourceLine
from toguna.publish.core.front import Front
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolve import Resolution, resolve
from toguna.publish.core.sentences import as_read, references_of, written_paragraphs
from toguna.publish.core.tree import Fenced, Update, bound, walk
from toguna.publish.refresh import refresh

Mark = Literal["moved", "same", "no data", "event of last month: delete?"]

_PERIOD_KEY = re.compile(r"(?<=[?&])period=([^&)\s]+)")
_MARKS = re.compile(r"[ \t]*<!-- (?:moved|same|no data|event of last month).*? -->")
_TITLE = re.compile(r"\s*(?:title|alt|caption):")
#: Bases whose values stand until their owner gives others.
_FIXED = frozenset({"quoted", "planned"})
_DATED = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, kw_only=True)
class Marked:
    """One sentence of the draft and its mark."""

    line: int
    mark: Mark
    words: str
    #: Of a sentence that stands: the earliest update in which it stood unbroken.
    since: str = ""


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """The draft's source and each of its sentences; `covers` is its period."""

    source: str
    covers: Period
    sentences: tuple[Marked, ...]


@dataclass(frozen=True, kw_only=True)
class _Move:
    """From one period to the next, in one language."""

    old: Period
    new: Period
    language: Language

    @property
    def rolls(self) -> bool:
        return self.old.end.year != self.new.end.year

    def month(self, period: Period) -> str:
        return str(get_month_names("wide", locale=self.language)[period.end.month])

    def references(self, text: str) -> str:
        """Absolute periods that are the text's, or end with it, follow it; a year to date begins anew with the year, other counters end with it."""
        return _PERIOD_KEY.sub(lambda match: f"period={self._period(match[1])}", text)

    def _period(self, written: str) -> str:
        if ".." not in written:
            return self.new.written() if written == self.old.written() else written
        try:
            period = parse_period(written, self.old)
        except NotAPeriod:
            return written
        if self._expires(period):
            return period.written()
        if written.endswith("..") or written.startswith("..") or period.end != self.old.end:
            return written
        start = period.start
        if self.rolls and (start.month, start.day) == (1, 1) and start.year == self.old.end.year:
            start = date(self.new.end.year, 1, 1)
        return Period(start=start, end=self.new.end).written()

    def _expires(self, period: Period) -> bool:
        """A counter that began in the course of the old year and ran to its end: it has a year, and the new one is another's."""
        began = date(self.old.end.year, 1, 1) < period.start < self.old.start
        return self.rolls and began and period.end == self.old.end

    def holds_expired(self, sentence: str) -> bool:
        """Whether a figure of the sentence counts up to the end of the old year from within it."""
        for written in _PERIOD_KEY.findall(sentence):
            try:
                if ".." in written and self._expires(parse_period(written, self.old)):
                    return True
            except NotAPeriod:
                continue
        return False

    def words(self, text: str) -> str:
        """Months of the old period become those of the new, except where a day stands before them; January's year rolls over."""
        before, after = self.month(self.old), self.month(self.new)
        year, next_year = self.old.end.year, self.new.end.year
        january = str(get_month_names("wide", locale=self.language)[1])
        if self.rolls:
            text = re.sub(rf"(?<!\d )\b{january} {year}\b", f"{january} {next_year}", text)
        text = re.sub(rf"(?<!\d )(?<!\der )\b{before} {year}\b", f"{after} {next_year}", text)
        return re.sub(rf"(?<!\d )(?<!\der )\b{before}\b(?! \d)", after, text)

    def is_event(self, sentence: str) -> bool:
        """A day of the old period in its words, or a day or month of it in a category."""
        month = self.month(self.old)
        day = rf"\b\d{{1,2}}(?:st|nd|rd|th|er)? {month}\b|\b{month} \d{{1,2}}\b"
        if re.search(day, sentence, re.IGNORECASE):
            return True
        for reference in references_of(sentence):
            pairs = [pair.partition("=") for pair in reference.partition("?")[2].split("&")]
            if any(key not in {"period", "source"} and _DATED.search(value) for key, _, value in pairs):
                return True
            period = next((value for key, _, value in pairs if key == "period"), "")
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period) and date.fromisoformat(period) in self.old:
                return True
        return "](stated:" in sentence


def draft_following(resolution: Resolution, source: FigureSource, earlier: Sequence[tuple[str, str]] = ()) -> Drafted:
    """The draft. `earlier` are names and sources of updates before this one, the latest first, for since when a sentence stands."""
    front = resolution.front
    move = _Move(old=front.covers, new=front.covers.after(), language=front.language)
    moved = _moved_source(resolution.update, front, move)
    update = parse_update(moved, resolution.update.file).update
    new = resolve(update, source)
    fresh = parse_update(refresh(new).source, update.file).update
    olds = list(written_paragraphs(parse_update(_MARKS.sub("", resolution.update.source), update.file).update))
    news = list(written_paragraphs(fresh))
    before, after = _by_reference(resolution), _by_reference(new)
    known = [(name, _MARKS.sub("", text)) for name, text in earlier]
    lines = fresh.source.split("\n")
    _move_titles(resolution.update, fresh, move, lines)
    marked: list[Marked] = []
    for old, written in zip(olds, news, strict=True):
        ones, others = old.sentences, written.sentences
        if len(ones) != len(others):
            ones, others = (old.text,), (written.text,)
        pairs = zip(ones, others, strict=True)
        told = [_classify(one, other, move, before, after, known, written.paragraph.line) for one, other in pairs]
        marked += told
        kept = [move.words(part) if mark.mark == "moved" else part for part, mark in zip(others, told, strict=True)]
        text = written.prefix + "".join(_with_mark(part, mark) for part, mark in zip(kept, told, strict=True))
        first, last = written.paragraph.line - 1, written.paragraph.end_line
        lines[first:last] = text.split("\n")
    return Drafted(source="\n".join(lines), covers=move.new, sentences=tuple(marked))


def _moved_source(update: Update, front: Front, move: _Move) -> str:
    """The source with front matter, references and months moved; old marks of a draft taken out."""
    source = _MARKS.sub("", update.source)
    end = source.index("\n---\n", 4)
    head, body = source[:end], source[end:]
    head = re.sub(r"(?m)^covers:.*$", f"covers: {move.new.written()}", head)
    if front.cut_off is not None:
        head = re.sub(r"(?m)^cut_off:.*$", f"cut_off: {_a_month_on(front.cut_off):%Y-%m-%dT%H:%M}", head)
    head = re.sub(r"(?m)^((?:sub)?title:)(.*)$", lambda match: match[1] + move.words(match[2]), head)
    return head + move.references(body)


def _move_titles(old: Update, new: Update, move: _Move, lines: list[str]) -> None:
    """The words in the options of blocks whose figures are of the new period; others, such as captions of pictures, stay."""
    blocks = ([node for node in walk(each.blocks) if isinstance(node, Fenced)] for each in (old, new))
    for before, after in zip(*blocks, strict=True):
        if any(before.options.get(key) != value for key, value in after.options.items()):
            for index in range(after.line, min(after.end_line, len(lines))):
                if _TITLE.match(lines[index]):
                    lines[index] = move.words(lines[index])


def _a_month_on(instant: datetime) -> datetime:
    """The same day a month later; the last day of a month is followed by the last day of the next."""
    year, month = (instant.year, instant.month + 1) if instant.month < 12 else (instant.year + 1, 1)
    last = monthrange(year, month)[1]
    at_end = instant.day == monthrange(instant.year, instant.month)[1]
    return instant.replace(year=year, month=month, day=last if at_end else min(instant.day, last))


def _by_reference(resolution: Resolution) -> Mapping[str, Fact]:
    return {
        number.reference: resolution.facts[number.span]
        for number in bound(resolution.update)
        if number.span in resolution.facts
    }


def _classify(
    old: str,
    new: str,
    move: _Move,
    before: Mapping[str, Fact],
    after: Mapping[str, Fact],
    earlier: Sequence[tuple[str, str]],
    line: int,
) -> Marked:
    mark = _mark(old, new, move, before, after)
    since = _since(old, earlier) if mark == "same" else ""
    words = move.words(new) if mark == "moved" else new
    return Marked(line=line, mark=mark, words=as_read(words), since=since)


def _mark(old: str, new: str, move: _Move, before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Mark:
    """What became of a sentence. Moved is only what carries a figure of the new period."""
    references = references_of(new)
    if move.is_event(old) or move.holds_expired(old):
        return "event of last month: delete?"
    if any(reference not in after or after[reference].value is None for reference in references):
        return "no data"
    pairs = [(before.get(one), after[other]) for one, other in zip(references_of(old), references, strict=True)]
    moving = [(one, other) for one, other in pairs if other.basis not in _FIXED and _differs(one, other)]
    if moving and any(other.value or (one and not one.value) for one, other in moving):
        return "moved"
    stale = [other for one, other in pairs if one and other.basis in _FIXED and _stands(one, other, rolls=move.rolls)]
    if moving or (stale and len(stale) == len([other for _, other in pairs if other.basis in _FIXED])):
        return "no data"
    if move.words(old) != old:
        return "event of last month: delete?"
    return "same" if as_read(old) == as_read(new) else "moved"


def _differs(old: Fact | None, new: Fact) -> bool:
    return old is None or (old.value, old.reference) != (new.value, new.reference)


def _stands(old: Fact, new: Fact, *, rolls: bool) -> bool:
    """A quoted figure whose source has no newer row; a target of last year."""
    if new.basis == "planned":
        return rolls and (old.value, _documents(old)) == (new.value, _documents(new))
    return [line.id for line in old.sources] == [line.id for line in new.sources]


def _since(sentence: str, earlier: Sequence[tuple[str, str]]) -> str:
    since = ""
    for name, text in earlier:
        if sentence.strip() not in text:
            break
        since = name
    return since


def _with_mark(sentence: str, told: Marked) -> str:
    stripped = sentence.rstrip()
    since = f" since {told.since}" if told.since else ""
    return f"{stripped} <!-- {told.mark}{since} -->{sentence[len(stripped) :]}"


def _documents(fact: Fact) -> list[SourceLine]:
    """The sources, without what is said of them from the period that asks."""
    return [replace(line, unchanged_since=None) for line in fact.sources]
