"""The words around a figure: its note for the reader, the silences that are not a number, dates and periods in both languages.

A note has public words only: what was counted, for when and where, the basis, the owner of a quoted value, as of. Never a query, never a
count of rows, never a partner's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from toguna.kernel.api import Language, Period
from toguna.publish.core.figure_source import Fact, SourceLine
from toguna.publish.core.resolved import Basis, Status

#: What is printed where there is no number (grammar 4); nil is a number.
SILENCES: Mapping[Language, Mapping[Status, str]] = {
    "en": {
        "not_reported": "not reported",
        "not_expected": "not expected",
        "not_applicable": "not applicable",
        "unknown": "unknown",
        "withheld": "not published",
    },
    "fr": {
        "not_reported": "non parvenu",
        "not_expected": "non attendu",
        "not_applicable": "sans objet",
        "unknown": "inconnu",
        "withheld": "non publié",
    },
}

_BASIS: Mapping[Language, Mapping[Basis, str]] = {
    "en": {
        "counted": "Counted from records",
        "reported": "Reported by partners, validated",
        "quoted": "Quoted",
        "estimated": "Estimated",
        "planned": "Planned",
        "stated": "Stated by the office",
        "text": "",
    },
    "fr": {
        "counted": "Compté à partir des enregistrements",
        "reported": "Déclaré par les partenaires, validé",
        "quoted": "Cité",
        "estimated": "Estimé",
        "planned": "Planifié",
        "stated": "Constaté par le bureau",
        "text": "",
    },
}
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {"to": "to", "until": "until", "as_of": "as of", "page": "p.", "provisional": "Provisional"},
    "fr": {"to": "au", "until": "jusqu'au", "as_of": "au", "page": "p.", "provisional": "Provisoire"},
}


def date_words(day: date, language: Language) -> str:
    """``31 October 2016``, ``1er octobre 2016``."""
    words = str(format_date(day, "d MMMM yyyy", locale=language))
    return words.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else words


def period_words(period: Period, language: Language) -> str:
    """``December 2016``, ``2016``, ``September to December 2016``, ``20 December 2016``, ``until 31 October 2016``."""
    word = _WORDS[language]
    if period.start == date.min:
        return f"{word['until']} {date_words(period.end, language)}"
    if period.start == period.end:
        return date_words(period.start, language)
    written = period.written()
    if "-" not in written and ".." not in written:
        return written
    months = period.months()
    whole = Period(start=period.start.replace(day=1), end=period.end) == period and _ends_a_month(period.end)
    if not whole:
        return f"{date_words(period.start, language)} {word['to']} {date_words(period.end, language)}"
    last = str(format_date(period.end, "MMMM yyyy", locale=language))
    if len(months) == 1:
        return last
    pattern = "MMMM" if period.start.year == period.end.year else "MMMM yyyy"
    between = "to" if language == "en" else "à"
    return f"{format_date(period.start, pattern, locale=language)} {between} {last}"


def note_of(fact: Fact, language: Language) -> str:
    """The public note of one figure."""
    where = fact.place_name.get(language, "")
    which = fact.category_names.get(language, ())
    what = ", ".join(filter(None, (_capital(fact.label[language]), *which, where, _when(fact, language))))
    owners = "; ".join(_source_words(line, language) for line in fact.sources if line.owner or line.title)
    colon = " : " if language == "fr" else ": "
    basis = _BASIS[language][fact.basis] + (f"{colon}{owners}" if owners else "")
    state = SILENCES[language].get(fact.status, "")
    tail = [_capital(fact.method[language])] if fact.method.get(language) else []
    tail += [_WORDS[language]["provisional"]] if fact.provisional else []
    return ". ".join([what, basis, *([_capital(state)] if state else []), *tail]) + "."


def stated_note(language: Language, source: str) -> str:
    """The note of a count in prose: who stands for it is in the source, not in print."""
    colon = " : " if language == "fr" else ": "
    return f"{_BASIS[language]['stated']}{colon}{source}." if source else f"{_BASIS[language]['stated']}."


def _when(fact: Fact, language: Language) -> str:
    quoted = next((line.as_of for line in fact.sources if line.as_of and (line.owner or line.title)), None)
    if fact.basis in {"quoted", "estimated"} and quoted is not None:
        return f"{_WORDS[language]['as_of']} {date_words(quoted, language)}"
    return period_words(fact.period, language)


def _source_words(line: SourceLine, language: Language) -> str:
    page = f"{_WORDS[language]['page']} {line.page}" if line.page else ""
    return ", ".join(filter(None, (line.owner, line.title, page)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ends_a_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1
