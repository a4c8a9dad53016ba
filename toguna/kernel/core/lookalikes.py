"""Numbers that count nothing: days and years, times, ages, the number of a table or a grade. Each test gives the reason or an empty word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stems
from toguna.kernel.core.tokens import Token

#: Why what looks like a number counts nothing.
NoNumber = Literal["", "date", "year", "time", "ordinal", "code", "address", "range", "age", "name", "note", "vague"]

#: They name when a bare number follows (`week 20,`), and end a phrase when a thing does (`this week 66 alerts`).
_ALSO_COUNTED = stems("day jour report update result part week semaine month version")
#: Their number names them however large it is: `Resolution 2100`, `loi 98-040`.
_LEGAL = stems("resolution résolution decree décret law loi act ordonnance ordinance arrêté patch bug ticket")
_COUNTED = vocabulary.PERSONS | vocabulary.HOUSEHOLDS | vocabulary.THINGS | vocabulary.SEX_AGE.keys()
_BEFORE_YEAR = stems(
    "in since en depuis of by until the for fin from before after during late early mid end year fiscal début année "
    "courant jusqu'en dès avant d'ici exercice l'an fy an"
)
#: `of this number 372 were` counts; `number 372` names.
_NUMBER, _SAID_BEFORE = {"number", "numero"}, stems("this that total the same ce latter")
_AFTER_NOTE = stems("including while with among although however notamment mais the this these le la les il elle")
_OF_A_YEAR = {"de", "d", "du"}
_DAY_JOINS = {"to", "-", "–", "and", "et", "au", ",", "&", "of"}


def at(pieces: Sequence[Token], index: int) -> Token | None:
    """The token there, or None outside the text."""
    return pieces[index] if 0 <= index < len(pieces) else None


def no_number(pieces: Sequence[Token], index: int) -> NoNumber:
    """Why the number at this token counts nothing, apart from a year; empty when it counts."""
    if is_date(pieces, index):
        return "date"
    if is_time(pieces, index):
        return "time"
    if is_name(pieces, index):
        return "name"
    if is_note(pieces, index):
        return "note"
    return "age" if is_age(pieces, index) else ""


def is_note(pieces: Sequence[Token], index: int) -> bool:
    """The mark of a footnote, glued to the stop or comma before it: `malnutrition,14 including`."""
    piece, before, word = pieces[index], at(pieces, index - 1), at(pieces, index - 2)
    if before is None or word is None or not piece.text.isdecimal() or int(piece.text) > 300:
        return False
    if before.text not in {",", ".", ";", "”", "»"} or before.end != piece.start or word.end != before.start:
        return False
    following = at(pieces, index + 1)
    if following is None or following.text in {".", ")"}:
        return word.kind == "word"
    ends = following.stem in _AFTER_NOTE | vocabulary.BREAKS
    return word.kind == "word" and following.kind == "word" and ends


def is_date(pieces: Sequence[Token], index: int) -> bool:
    """A day beside its month, or one of several days before it (`28, 24 and 21 December`)."""
    if not pieces[index].text.isdecimal():
        return False
    value = int(pieces[index].text)
    if _follows_month(pieces, index, value):
        return True
    step = index + 1
    while value <= 31 and step < len(pieces) and step - index < 9:
        following = pieces[step]
        if following.stem in vocabulary.MONTHS and following.kind == "word":
            if index and pieces[index - 1].text == "#":
                return False
            return following.stem not in {"may", "mar"} or following.text[0].isupper()
        day = following.kind == "ordinal" or (following.text.isdecimal() and int(following.text) <= 31)
        if following.text.lower() not in _DAY_JOINS and not day:
            return False
        step += 1
    return False


def _follows_month(pieces: Sequence[Token], index: int, value: int) -> bool:
    """`March 12`, `June 2016`; not the count of `On January 24 returnees (14 women and 11 men)`, which a month alone goes before."""
    before = at(pieces, index - 1)
    if before is not None and before.text == "." and len(pieces[index - 2].text) <= 4:
        before = at(pieces, index - 2)
    if before is None or before.stem not in vocabulary.MONTHS or not before.text[0].isupper():
        return False
    if value > 31:
        return 1900 <= value <= 2100
    following = at(pieces, index + 1)
    counts = following is not None and following.kind == "word" and following.stem in _COUNTED
    return not (counts and not _has_day(pieces, index - 1))


def _has_day(pieces: Sequence[Token], index: int) -> bool:
    before = at(pieces, index - 1)
    return before is not None and (before.kind == "ordinal" or (before.text.isdecimal() and len(before.text) < 3))


def is_time(pieces: Sequence[Token], index: int) -> bool:
    """`10 a.m.`, `6 pm`, `à 10 heures`."""
    piece, following = pieces[index], at(pieces, index + 1)
    if following is None or not piece.text.isdecimal() or int(piece.text) > 24:
        return False
    if following.text.lower() in {"am", "pm"}:
        return True
    third = at(pieces, index + 3)
    if following.text.lower() in {"a", "p"} and third is not None and third.text.lower() == "m":
        return pieces[index + 2].text == "."
    before = at(pieces, index - 1)
    return following.text.lower() == "heures" and before is not None and before.text.lower() == "à"


def is_year(pieces: Sequence[Token], index: int) -> bool:
    """`in 2016`, `2014;`, `2025 Response Plan`: four digits that count nothing."""
    if not re.fullmatch(r"(?:19|20)\d\d", pieces[index].text):
        return False
    following, before = at(pieces, index + 1), at(pieces, index - 1)
    if following is None or following.kind != "word" or following.stem in vocabulary.BREAKS:
        return True
    if following.text[0].isupper() and following.stem not in _COUNTED:
        return True
    if before is None:
        return False
    if before.stem in vocabulary.MONTHS or before.kind in ("number", "date"):
        return True
    return before.stem in _BEFORE_YEAR or (before.stem in _OF_A_YEAR and following.stem not in _COUNTED)


def is_named(pieces: Sequence[Token], index: int) -> bool:
    """Whether the word before makes the range there a reference: `Law 98-040`, `pages 3-5`."""
    before = at(pieces, index - 1)
    return before is not None and before.stem in _LEGAL | vocabulary.NAMING


def is_name(pieces: Sequence[Token], index: int) -> bool:
    """`Grade 9`, `Grades 9 and 12`, `week 20`, `ward 7 of`, `No. 3`, `#39`; also a list mark such as `3)` or `(1)`."""
    piece, before = pieces[index], at(pieces, index - 1)
    if before is None or not piece.text.isdecimal():
        return False
    if before.text == "#":
        return True
    step = index - 1
    if before.text in {".", "°", "º"}:
        step -= 1
        if before.text == "." and len(pieces[max(step, 0)].text) > 4:
            return False
    named = at(pieces, step)
    if named is not None and named.kind == "word" and _is_named(named, pieces, index):
        return not (named.stem in _NUMBER and step and pieces[step - 1].stem in _SAID_BEFORE)
    return _is_second_name(pieces, index)


def _is_named(named: Token, pieces: Sequence[Token], index: int) -> bool:
    following = at(pieces, index + 1)
    if following is not None and following.text.lower() in {"%", "per", "percent", "pour"}:
        return False
    if named.stem in vocabulary.PARTS_OF_TOWN and _names_part(named, pieces, index):
        return True
    if named.stem in _LEGAL:
        return following is None or following.stem not in _COUNTED
    most = 100 if named.text.lower().endswith("s") else 1000
    if named.stem in vocabulary.NAMING and int(pieces[index].text) < most:
        return not (named.stem in _ALSO_COUNTED and _counts(following))
    return False


def _is_second_name(pieces: Sequence[Token], index: int) -> bool:
    """The twelve of `Grades 9 and 12`."""
    joint, one, named = at(pieces, index - 1), at(pieces, index - 2), at(pieces, index - 3)
    if joint is None or one is None or named is None or joint.text not in {"and", "et", "&"}:
        return False
    plural = named.text.lower().endswith("s") and named.stem in vocabulary.NAMING
    return one.text.isdecimal() and plural and int(pieces[index].text) < 100


def _names_part(named: Token, pieces: Sequence[Token], index: int) -> bool:
    """`Camp 4`, `zone 4:`, `in ward 2703 of Gao`, `ward 12 took part`; not `in the camp 2703 people`, `wards 12`, `ward 2,703`."""
    if named.text[0].isupper():
        return int(pieces[index].text) < 100
    following = at(pieces, index + 1)
    if named.text.lower().endswith(("s", "x")) or (following is not None and following.text == "%"):
        return False
    for piece in pieces[index + 1 : index + 4]:
        if piece.kind != "word" or piece.stem in vocabulary.BREAKS:
            break
        if piece.stem in _COUNTED:
            return False
    return True


def _counts(piece: Token | None) -> bool:
    return piece is not None and piece.kind == "word" and piece.stem not in vocabulary.BREAKS


def are_places(word: str) -> bool:
    """What follows `points` where they are places: `points d'eau`, `points of entry`, `water points` aside."""
    return word in {"of", "de"} or word.startswith(("d'", "d’"))


def _measured_after(pieces: Sequence[Token], index: int) -> bool:
    """Whether a number with a measure behind it stands here: the `59 mois` of `6 à 59 mois`."""
    number, measure = at(pieces, index), at(pieces, index + 1)
    return (
        number is not None and number.kind == "number" and measure is not None and measure.stem in vocabulary.MEASURES
    )


def is_age(pieces: Sequence[Token], index: int) -> bool:
    """`under 5`, `under the age of 5`, `moins de 5 ans`, `aged 60`, `18+`, `< 5`, `6 à 59 mois`; also `24h`."""
    piece, following = pieces[index], at(pieces, index + 1)
    if not piece.text.isdecimal() or int(piece.text) > 100:
        return False
    if following is not None and following.start == piece.end and following.text in {"h", "+"}:
        return True
    if following is not None and following.stem in {"a", "to"} and _measured_after(pieces, index + 2):
        return True
    if following is not None and following.text == "-" and index + 2 < len(pieces):
        return pieces[index + 2].stem.startswith(("year", "an", "month", "day")) or follows_age(pieces, index)
    return follows_age(pieces, index)


def follows_age(pieces: Sequence[Token], index: int) -> bool:
    """Whether the words before the number make it an age: `under`, `aged`, `under the age of`, `moins de`."""
    before = at(pieces, index - 1)
    if before is None:
        return False
    if before.stem in {"under", "aged", "age", "ages"} or before.text in {"<", "≤", "≥"}:
        return True
    two_before, following = at(pieces, index - 2), at(pieces, index + 1)
    if two_before is None:
        return False
    if before.stem == "of" and two_before.stem in {"age", "aged"}:
        return True
    if before.stem == "de" and two_before.stem in {"moin", "age", "agee", "plu"}:
        if following is not None and following.text in {"%", "pour", "p"}:
            return False
        return following is None or not _counts(following) or following.stem in vocabulary.MEASURES
    return False
