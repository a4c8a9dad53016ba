"""The words around a figure: its note for the reader, the silences that are not a number, dates and periods in both languages.

A note has public words only: what was counted, for when and where, the basis, the owner of a quoted value, as of, and
what to ask for to find it. Never a query, never a count of rows, never a partner's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from toguna.kernel.api import Language, Period
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.figure_source import Fact, SourceLine
from toguna.publish.core.resolved import Basis, NoteParts, Status

#: What is printed where there is no number (grammar 4); nil is a number.
SILENCES: Mapping[Language, Mapping[Status, str]] = ByLanguage(
    {
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
)

#: How a month is written, in full and short.
#: Bases whose figures somebody else answers for.
_CITED = frozenset({"quoted", "estimated"})
_MONTH = {False: "MMMM", True: "MMM"}

_BASIS: Mapping[Language, Mapping[Basis, str]] = ByLanguage(
    {
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
)
_WORDS: Mapping[Language, Mapping[str, str]] = ByLanguage(
    {
        "en": {"to": "to", "until": "until", "as_of": "as of", "page": "p.", "provisional": "Provisional"},
        "fr": {"to": "au", "until": "jusqu'au", "as_of": "au", "page": "p.", "provisional": "Provisoire"},
    }
)


#: What is said of a quoted value beside its source.
_REMARKS: Mapping[Language, Mapping[str, str]] = ByLanguage(
    {
        "en": {"misfit": "Misfit: {misfit}", "unchanged": "unchanged since {month}", "ask": "Ask for {reference}"},
        "fr": {
            "misfit": "Discordance : {misfit}",
            "unchanged": "inchangé depuis {month}",
            "ask": "À demander : {reference}",
        },
    }
)


def date_words(day: date, language: Language, *, short: bool = False) -> str:
    """``31 October 2016``, ``1er octobre 2016``; ``31 Oct 2016`` where it is to be short."""
    words = str(format_date(day, f"d {_MONTH[short]} yyyy", locale=language))
    return words.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else words


def period_words(period: Period, language: Language, *, short: bool = False) -> str:
    """``December 2016``, ``2016``, ``September to December 2016``, ``20 December 2016``, ``until 31 October 2016``."""
    word = _WORDS[language]
    if period.start == date.min:
        return f"{word['until']} {date_words(period.end, language, short=short)}"
    if period.start == period.end:
        return date_words(period.start, language, short=short)
    written = period.written()
    if "-" not in written and ".." not in written:
        return written
    months = period.months()
    whole = Period(start=period.start.replace(day=1), end=period.end) == period and _ends_a_month(period.end)
    if not whole:
        start, end = (date_words(day, language, short=short) for day in (period.start, period.end))
        return f"{start} {word['to']} {end}"
    month = _MONTH[short]
    last = str(format_date(period.end, f"{month} yyyy", locale=language))
    if len(months) == 1:
        return last
    pattern = month if period.start.year == period.end.year else f"{month} yyyy"
    between = "–" if short else " to " if language == "en" else " à "
    return f"{format_date(period.start, pattern, locale=language)}{between}{last}"


def note_of(fact: Fact, language: Language) -> str:
    """The public note of one figure."""
    where = fact.place_name.get(language, "")
    which = fact.category_names.get(language, ())
    what = ", ".join(filter(None, (_capital(fact.label[language]), *which, where, _when(fact, language))))
    owners = "; ".join(_source_words(line, language) for line in _cited(fact, language))
    colon = " : " if language == "fr" else ": "
    basis = _BASIS[language][fact.basis] + (f"{colon}{owners}" if owners else "")
    state = SILENCES[language].get(fact.status, "")
    tail = [_capital(remark) for remark in remarks_of(fact, language)]
    tail += [_capital(fact.method[language])] if fact.method.get(language) else []
    tail += [_WORDS[language]["provisional"]] if fact.provisional else []
    tail += [ask_words([reference], language)] if (reference := reference_of(fact)) else []
    return ". ".join([what, basis, *([_capital(state)] if state else []), *tail]) + "."


def parts_of(fact: Fact, language: Language) -> NoteParts:
    """The note of one figure in its parts."""
    cited = _cited(fact, language)
    as_of = next((line.as_of for line in cited if line.as_of), None) if fact.basis in {"quoted", "estimated"} else None
    label = fact.label[language]
    return NoteParts(
        label=label,
        short=fact.short.get(language) or label,
        categories=fact.category_names.get(language, ()),
        where=fact.place_name.get(language, ""),
        when=_when(fact, language),
        when_short=_when(fact, language, short=True),
        owner="; ".join(dict.fromkeys(line.owner for line in cited if line.owner)),
        source="; ".join(_source_words(line if len(cited) > 1 else replace(line, page=""), language) for line in cited),
        page=cited[0].page if len(cited) == 1 else "",
        method=_capital(fact.method.get(language, "")),
        as_of=date_words(as_of, language) if as_of else "",
        icon=fact.icon,
        misfit="; ".join(misfits_of(fact, language)),
        ask=reference_of(fact),
    )


def remarks_of(fact: Fact, language: Language) -> tuple[str, ...]:
    """What a reader must know of a quoted value: since when its source repeats it, and what does not fit in the document."""
    if fact.basis not in _CITED or fact.value is None:
        return ()
    words, found = _REMARKS[language], []
    for line in fact.sources:
        if line.unchanged_since is not None:
            month = str(format_date(line.unchanged_since, "MMMM yyyy", locale=language))
            found.append(words["unchanged"].format(month=month))
        if misfit := line.in_language(language).misfit:
            found.append(words["misfit"].format(misfit=misfit.rstrip(".")))
    return tuple(dict.fromkeys(found))


def misfits_of(fact: Fact, language: Language) -> tuple[str, ...]:
    """What does not fit in the documents of a quoted value, as registered, each once."""
    if fact.basis not in _CITED or fact.value is None:
        return ()
    return tuple(
        dict.fromkeys(said for line in fact.sources if (said := line.in_language(language).misfit.rstrip(".")))
    )


def reference_of(fact: Fact) -> str:
    """What to ask the figures for: the reference of a quoted value without its period, which the note says; else empty."""
    if fact.basis not in _CITED or fact.value is None:
        return ""
    name, _, keys = fact.reference.partition("?")
    kept = "&".join(key for key in keys.split("&") if key and not key.startswith("period="))
    return f"{name}?{kept}" if kept else name


def ask_words(references: Sequence[str], language: Language) -> str:
    """``Ask for idps; idp_returnees?place=ML07``."""
    return _REMARKS[language]["ask"].format(reference="; ".join(dict.fromkeys(references)))


def month_name(month: str, language: Language) -> str:
    """``Dec`` of ``2016-12``."""
    return str(format_date(date(int(month[:4]), int(month[5:7]), 1), "LLL", locale=language))


def stated_note(language: Language, source: str) -> str:
    """The note of a count in prose: who stands for it is in the source, not in print."""
    colon = " : " if language == "fr" else ": "
    return f"{_BASIS[language]['stated']}{colon}{source}." if source else f"{_BASIS[language]['stated']}."


def _when(fact: Fact, language: Language, *, short: bool = False) -> str:
    quoted = next((line.as_of for line in _cited(fact, language) if line.as_of), None)
    if fact.basis in {"quoted", "estimated"} and quoted is not None:
        return f"{_WORDS[language]['as_of']} {date_words(quoted, language, short=short)}"
    return period_words(fact.period, language, short=short)


def _cited(fact: Fact, language: Language) -> list[SourceLine]:
    """The documents that its note names, in the language."""
    return [line for each in fact.sources if (line := each.in_language(language)).owner or line.title]


def _source_words(line: SourceLine, language: Language) -> str:
    page = f"{_WORDS[language]['page']} {line.page}" if line.page else ""
    return ", ".join(filter(None, (line.owner, line.title, page)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ends_a_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1
