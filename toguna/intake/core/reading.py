"""A column's texts made plain, each different text once: numbers, days and codes as the form's reader takes them.

Out beside the texts: what was read in a way that should be shown, and what nobody can decide alone, with its possible readings. A text that
cannot be decided stays as it is, so that its row is refused by the form's own rules and not taken in by chance.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal

from toguna.collect.core.schema import Column
from toguna.collect.core.submissions.cells import MERGED, NOT_CALCULATED, is_error
from toguna.collect.core.submissions.lookup import Lookup
from toguna.intake.core.dates import DateOrder, ReadDate, date_order, read_date
from toguna.intake.core.mapping import FormMapping, Layout
from toguna.intake.core.numbers import decimal_mark, plain_text, read_number
from toguna.intake.core.questions import NUMBERS, Question
from toguna.intake.core.words import fold
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")

#: Texts that need no look: most cells of most columns.
_PLAIN_NUMBER = r"^-?(0|[1-9]\d*)(\.(\d{1,2}|\d{4,}))?$"
_PLAIN_DAY = r"^\d{4}-\d{2}-\d{2}( 00:00:00)?$"
_LINES = 5
_NEAREST = 3

AskedKind = Literal["number", "date", "word"]
LookupOf = Callable[[Column], Lookup | None]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A text that was read as something that it does not plainly say."""

    header: str
    text: str
    value: str
    count: int
    line: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A text that nobody can decide alone, with its possible readings: (what to write, what it says)."""

    kind: AskedKind
    header: str
    target: str
    #: The list under which an answer is learnt.
    list_name: str
    text: str
    count: int
    lines: tuple[int, ...]
    options: tuple[tuple[str, str], ...] = ()


@dataclass(kw_only=True)
class ColumnReader:
    """Reads the columns of one file."""

    layout: Layout
    mapping: FormMapping
    lookup_of: LookupOf
    is_text: bool
    #: The month that the file reports (``2016-12``): of two days that a text may be, the one in it is meant.
    period: str = ""
    #: The order of day and month that the file's other columns show.
    order: DateOrder = ""
    shown: list[Shown] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    _readings: dict[int, Mapping[str, str]] = field(default_factory=dict)

    def read(self, header: str, question: Question, texts: pl.Series, lines: pl.Series) -> pl.Series:
        """The column's texts, made plain."""
        kind = question.column.type
        if kind in NUMBERS:
            return self._numbers(header, question, texts, lines)
        if kind in ("date", "datetime"):
            return self._days(header, question, texts, lines)
        if kind in ("select_one", "select_multiple"):
            return self._codes(header, question, texts, lines)
        return texts

    def _numbers(self, header: str, question: Question, texts: pl.Series, lines: pl.Series) -> pl.Series:
        scale = self._scale(header)
        odd = texts if scale != 1 else texts.filter(~texts.str.contains(_PLAIN_NUMBER).fill_null(True))
        found = _different(odd)
        mark = self.layout.decimal or (decimal_mark(_different(texts)) if found else "")
        whole = question.column.type == "integer" and scale == 1
        to: dict[str, str] = {}
        for text in found:
            if _is_no_value(text):
                continue
            learnt = self.mapping.word(question.list_name, text)
            if learnt is not None:
                to[text] = learnt.to
                continue
            read = read_number(text, whole=whole, mark=mark, is_text=self.is_text)
            if read.text is None:
                options = tuple((option, option) for option in read.options)
                self._ask("number" if options else "word", header, question, text, (texts, lines), options)
                continue
            to[text] = plain_text(read.value * scale) if read.value is not None else read.text
            if read.note:
                self._show(header, text, to[text], texts, lines)
        return _replaced(texts, to)

    def _scale(self, header: str) -> Decimal:
        try:
            return Decimal(self.layout.scale.get(header, "1"))
        except InvalidOperation:
            return Decimal(1)

    def _days(self, header: str, question: Question, texts: pl.Series, lines: pl.Series) -> pl.Series:
        found = _different(texts.filter(~texts.str.contains(_PLAIN_DAY).fill_null(True)))
        order = self.layout.dates or (date_order(found) if found else "") or self.order
        month_day = self.layout.month_day or ("first" if "'%d') = '01'" in (question.column.constraint or "") else "")
        to: dict[str, str] = {}
        for text in found:
            if _is_no_value(text) or (question.column.type == "datetime" and re.search(r"\d:\d", text)):
                continue
            learnt = self.mapping.word(question.list_name, text)
            read = ReadDate(text=learnt.to) if learnt is not None else read_date(text, order, month_day)
            within = [day for day in read.options if self.period and day.startswith(self.period)]
            if read.note == "two_readings" and len(within) == 1:
                read = ReadDate(text=within[0], note="ordered")
            if read.text is not None:
                to[text] = read.text
                if read.note:
                    self._show(header, text, read.text, texts, lines)
            elif read.options:
                self._ask("date", header, question, text, (texts, lines), tuple((day, day) for day in read.options))
                # Not a day for the form's reader either, which would take 9/7/2014 for the ninth of July.
                to[text] = f"? {text}"
            else:
                self._ask("word", header, question, text, (texts, lines), ())
        return _replaced(texts, to)

    def _codes(self, header: str, question: Question, texts: pl.Series, lines: pl.Series) -> pl.Series:
        lookup = self.lookup_of(question.column)
        if lookup is None:
            return texts
        several = question.column.type == "select_multiple"
        to: dict[str, str] = {}
        for text in _different(texts):
            if _is_no_value(text):
                continue
            parts = [part.strip() for part in re.split(r"[;,|\n]", text) if part.strip()] if several else [text]
            codes = [self.code(question, lookup, part) for part in parts]
            if several and None in codes and (whole := self.code(question, lookup, text)) is not None:
                codes, parts = [whole], [text]
            for part, code in zip(parts, codes, strict=True):
                if code is None and not lookup.open_to_ids:
                    self._ask("word", header, question, part, (texts, lines), self.nearest(lookup, part))
            if None not in codes:
                to[text] = ";".join(filter(None, codes))
        return _replaced(texts, to)

    def code(self, question: Question, lookup: Lookup, text: str) -> str | None:
        """The code that a text means: as it was learnt, else as the list has it, accents and apostrophes aside."""
        learnt = self.mapping.word(question.list_name, text)
        return learnt.to if learnt is not None else self.readings(lookup).get(fold(text))

    def readings(self, lookup: Lookup) -> Mapping[str, str]:
        """Folded text to code; what two codes share means neither."""
        if id(lookup) not in self._readings:
            self._readings[id(lookup)] = folded_readings(lookup)
        return self._readings[id(lookup)]

    def nearest(self, lookup: Lookup, text: str) -> tuple[tuple[str, str], ...]:
        """The codes whose names are most like the text, with their names."""
        readings = self.readings(lookup)
        found = difflib.get_close_matches(fold(text)[:80], readings, n=_NEAREST * 2, cutoff=0.6)
        names = dict(lookup.entries)
        codes = list(dict.fromkeys(readings[one] for one in found))[:_NEAREST]
        return tuple((code, next(iter(names.get(code, ())), code)) for code in codes)

    def _show(self, header: str, text: str, value: str, texts: pl.Series, lines: pl.Series) -> None:
        count, first = _where(text, texts, lines)
        self.shown.append(Shown(header=header, text=text, value=value, count=count, line=first[0] if first else 0))

    def _ask(
        self,
        kind: AskedKind,
        header: str,
        question: Question,
        text: str,
        where: tuple[pl.Series, pl.Series],
        options: tuple[tuple[str, str], ...],
    ) -> None:
        texts, lines = where
        count, first = _where(text, texts, lines)
        same = [one for one in self.asked if (one.list_name, one.text) == (question.list_name, text)]
        if same:
            more = replace(same[0], count=same[0].count + count, lines=tuple(sorted({*same[0].lines, *first}))[:_LINES])
            self.asked[self.asked.index(same[0])] = more
            return
        self.asked.append(
            Asked(
                kind=kind, header=header, target=question.target, list_name=question.list_name, text=text,
                count=count, lines=first, options=options,
            )
        )  # fmt: skip


def folded_readings(lookup: Lookup) -> dict[str, str]:
    """Every reading of a list without accents, apostrophes and capitals; codes win, what two codes share means neither."""
    found: dict[str, str | None] = {}
    for reading, code in lookup.readings.items():
        text = fold(reading)
        found[text] = code if found.get(text, code) == code else None
    for code in lookup.codes:
        found[fold(code)] = code
    return {text: code for text, code in found.items() if text and code is not None}


def _is_no_value(text: str) -> bool:
    return text in (MERGED, NOT_CALCULATED) or is_error(text)


def _different(texts: pl.Series) -> list[str]:
    return texts.drop_nulls().unique(maintain_order=True).to_list()


def _replaced(texts: pl.Series, to: Mapping[str, str]) -> pl.Series:
    changed = {text: new or None for text, new in to.items() if text != new}
    return texts.replace(list(changed), list(changed.values())) if changed else texts


def _where(text: str, texts: pl.Series, lines: pl.Series) -> tuple[int, tuple[int, ...]]:
    own = lines.filter((texts == text).fill_null(False))
    if not len(own):
        own = lines.filter(texts.str.contains(text, literal=True).fill_null(False))
    return len(own), tuple(own.head(_LINES).to_list())
