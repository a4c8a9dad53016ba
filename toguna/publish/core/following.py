"""The draft of the following period: references and months moved, the year rolled over, each sentence marked for its author.

A sentence is marked *moved* (its figures or its months are of the new period), *same* (nothing in it changed, and since when), *no data* (a figure
of it has no value yet) or *event of last month: delete?*. The marks are comments of the source: a build prints none, an issue wants none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from babel.dates import get_month_names

from toguna.kernel.api import Language, NotAPeriod, Period, parse_period
from toguna.publish.core.figure_source import Fact, FigureSource
from toguna.publish.core.front import Front
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolve import Resolution, resolve
from toguna.publish.core.sentences import as_read, references_of, written_paragraphs
from toguna.publish.core.tree import Update, bound
from toguna.publish.refresh import refresh

Mark = Literal["moved", "same", "no data", "event of last month: delete?"]

_PERIOD_KEY = re.compile(r"(?<=[?&])period=([^&)\s]+)")
_MARKS = re.compile(r"[ \t]*<!-- (?:moved|same|no data|event of last month).*? -->")
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
        """Absolute periods that are the text's, or end with it, follow it; a year to date begins anew with the year."""
        return _PERIOD_KEY.sub(lambda match: f"period={self._period(match[1])}", text)

    def _period(self, written: str) -> str:
        if ".." not in written:
            return self.new.written() if written == self.old.written() else written
        try:
            period = parse_period(written, self.old)
        except NotAPeriod:
            return written
        if written.endswith("..") or written.startswith("..") or period.end != self.old.end:
            return written
        start = period.start
        if self.rolls and (start.month, start.day) == (1, 1) and start.year == self.old.end.year:
            start = date(self.new.end.year, 1, 1)
        return Period(start=start, end=self.new.end).written()

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
    marked: list[Marked] = []
    for old, written in zip(olds, news, strict=True):
        ones, others = old.sentences, written.sentences
        if len(ones) != len(others):
            ones, others = (old.text,), (written.text,)
        pairs = zip(ones, others, strict=True)
        told = [_classify(one, other, move, before, after, known, written.paragraph.line) for one, other in pairs]
        marked += told
        text = written.prefix + "".join(_with_mark(part, mark) for part, mark in zip(others, told, strict=True))
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
    return head + move.words(move.references(body))


def _a_month_on(instant: datetime) -> datetime:
    year, month = (instant.year, instant.month + 1) if instant.month < 12 else (instant.year + 1, 1)
    return instant.replace(year=year, month=month, day=min(instant.day, 28))


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
    references = references_of(new)
    mark: Mark
    if move.is_event(old):
        mark = "event of last month: delete?"
    elif any(reference not in after or after[reference].value is None for reference in references):
        mark = "no data"
    elif any(_differs(one, other, before, after) for one, other in zip(references_of(old), references, strict=True)):
        mark = "moved"
    else:
        words = as_read(old) != as_read(new)
        mark = "moved" if words else "same"
    since = _since(old, earlier) if mark == "same" else ""
    return Marked(line=line, mark=mark, words=as_read(new), since=since)


def _differs(old: str, new: str, before: Mapping[str, Fact], after: Mapping[str, Fact]) -> bool:
    first, second = before.get(old), after[new]
    return first is None or (first.value, first.reference) != (second.value, second.reference)


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
