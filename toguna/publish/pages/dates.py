"""Dates as the pages write them, in each language."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_interval, format_time

from toguna.kernel.api import LANGUAGES, Language, Period
from toguna.publish.core.notes import date_words


def covers_words(period: Period, language: Language) -> str:
    """``1–31 December 2016``; both dates in full where they are not of one month."""
    start, end = period.start, period.end
    if start == end or start == date.min:
        return date_words(end, language)
    if language not in LANGUAGES:
        return str(format_interval(start, end, "yMMMMd", locale=language))
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day}\u00a0{format_date(end, 'MMMM yyyy', locale=language)}"
    return f"{date_words(start, language)} – {date_words(end, language)}"


def known_words(instant: datetime | None, language: Language) -> str:
    """``8 January 2017, 18:00``; empty where no cut-off is set."""
    if instant is None:
        return ""
    return f"{date_words(instant.date(), language)}, {format_time(instant, 'HH:mm', locale=language)}"
