"""Numbers bound to nothing, and numbers bound as text that are not part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft, where_words
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.checks.passages import Passage
from toguna.publish.core.checks.protection import masked
from toguna.publish.core.numerals import numerals

_QUOTES = '«»“”"‘’'


def loose_numbers(draft: Draft) -> Iterator[Finding]:
    """Every number in digits or words of the printed text that is no date, year or reference number and is bound to nothing."""
    for passage in draft.passages:
        if passage.where == "contacts":
            continue
        for numeral in numerals(masked(passage.text), draft.language):
            line = passage.line_of(numeral.start, numeral.text)
            quote = _quote(passage.text, numeral.start, numeral.end)
            problem = fault.LOOSE_NUMBER.at(draft.at(line), quote=numeral.text, **where_words(passage.where))
            yield Finding(problem=problem, quote=quote)


def doubtful_texts(draft: Draft) -> Iterator[Finding]:
    """``[187](text:) persons``: a number passed off as part of a name. Names that hold a number stand in the pack's ``names.csv``."""
    for passage in draft.passages:
        for offset, number in passage.holes():
            if number.binding == "text" and not _in_a_name(passage, offset, number.shown, draft.pack.names):
                problem = fault.TEXT_SUSPECT.at(draft.at(number.line), quote=number.shown)
                yield Finding(problem=problem, quote=_quote(passage.text, offset, offset + 1))


def _in_a_name(passage: Passage, offset: int, shown: str, names: tuple[str, ...]) -> bool:
    """In quotation marks, or within a declared name."""
    before, after = passage.text[:offset], passage.text[offset + 1 :]
    if sum(before.count(mark) for mark in '"“«') > sum(before.count(mark) for mark in "”»") and any(
        mark in after for mark in _QUOTES
    ):
        return True
    text = before + shown + after
    return any(
        match.start() <= offset and offset + len(shown) <= match.end()
        for name in names
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    )


def _quote(text: str, start: int, end: int) -> str:
    """The words around a number, so that a waiver of it does not serve another one."""
    before, after = text[:start].split()[-3:], text[end:].split()[:4]
    return " ".join([*before, text[start:end], *after])
