"""Numbers that count nothing: days and years, ages, the number of a table or a grade."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toguna.check.core import lexicon
from toguna.check.core.tokens import Token

#: They name when a bare number follows (`week 20,`), and end a phrase when a thing does (`this week 66 alerts`).
_ALSO_COUNTED = lexicon.stems("day jour report update result part week semaine month")

_COUNTED = lexicon.PERSONS | lexicon.HOUSEHOLDS | lexicon.THINGS | lexicon.SEX_AGE.keys()


def at(pieces: Sequence[Token], index: int) -> Token | None:
    """The token there, or None outside the text."""
    return pieces[index] if 0 <= index < len(pieces) else None


def is_date(pieces: Sequence[Token], index: int) -> bool:
    """A day beside its month, or one of several days before it (`28, 24 and 21 December`)."""
    if not pieces[index].text.isdecimal():
        return False
    value = int(pieces[index].text)
    before = at(pieces, index - 1)
    if (
        before is not None
        and before.stem in lexicon.MONTHS
        and before.text[0].isupper()
        and (value <= 31 or value >= 1900)
    ):
        return True
    step = index + 1
    while value <= 31 and step < len(pieces) and step - index < 9:
        following = pieces[step]
        if following.stem in lexicon.MONTHS and following.kind == "word":
            return following.stem != "may" or following.text[0].isupper()
        joins = following.text.lower() in {"to", "-", "–", "and", "et", "au", ",", "&", "of"}
        day = following.kind == "ordinal" or (following.text.isdecimal() and int(following.text) <= 31)
        if not joins and not day:
            return False
        step += 1
    return False


def is_year(pieces: Sequence[Token], index: int) -> bool:
    """`in 2016`, `2014;`: four digits that count nothing."""
    text = pieces[index].text
    if not re.fullmatch(r"(?:19|20)\d\d", text):
        return False
    following, before = at(pieces, index + 1), at(pieces, index - 1)
    if following is None or following.kind != "word" or following.stem in lexicon.BREAKS:
        return True
    if before is not None and (before.stem in lexicon.MONTHS or before.kind in ("number", "date")):
        return True
    return before is not None and before.stem in {
        "in",
        "since",
        "en",
        "depuis",
        "of",
        "de",
        "by",
        "until",
        "the",
        "for",
        "fin",
    }


def is_name(pieces: Sequence[Token], index: int) -> bool:
    """`Grade 9`, `Grades 9 and 12`, `week 20`, `ward 7 of`, `No. 3`; also a list mark such as `3)` or `(1)`."""
    piece, before = pieces[index], at(pieces, index - 1)
    if before is None or not piece.text.isdecimal():
        return False
    step = index - 1
    if before.text in {".", "°", "#"}:
        step -= 1
    named = at(pieces, step)
    if before.text == "#":
        return True
    if named is not None and named.stem in lexicon.PARTS_OF_TOWN and _names_part(named, pieces, index):
        return True
    if named is not None and named.kind == "word" and named.stem in lexicon.NAMING and int(piece.text) < 1000:
        following = at(pieces, index + 1)
        return not (named.stem in _ALSO_COUNTED and _counts(following))
    two_before = at(pieces, index - 2)
    three_before = at(pieces, index - 3)
    if (
        before.text in {"and", "et", "&"}
        and two_before is not None
        and two_before.text.isdecimal()
        and three_before is not None
    ):
        plural = three_before.text.lower().endswith("s")
        return plural and three_before.stem in lexicon.NAMING and int(piece.text) < 100
    return False


def _names_part(named: Token, pieces: Sequence[Token], index: int) -> bool:
    """`Camp 4`, `in ward 2703 of Gao`, `ward 12 took part`; not `in the camp 2703 people`, `wards 12`, `ward 2,703`."""
    if named.text[0].isupper():
        return int(pieces[index].text) < 100
    following = at(pieces, index + 1)
    if named.text.lower().endswith(("s", "x")) or (following is not None and following.text == "%"):
        return False
    for piece in pieces[index + 1 : index + 4]:
        if piece.kind != "word" or piece.stem in lexicon.BREAKS:
            break
        if piece.stem in _COUNTED:
            return False
    return True


def _counts(piece: Token | None) -> bool:
    return piece is not None and piece.kind == "word" and piece.stem not in lexicon.BREAKS


def _measured_after(pieces: Sequence[Token], index: int) -> bool:
    """Whether a number with a measure behind it stands here: the `59 mois` of `6 à 59 mois`."""
    number, measure = at(pieces, index), at(pieces, index + 1)
    return number is not None and number.kind == "number" and measure is not None and measure.stem in lexicon.MEASURES


def is_age(pieces: Sequence[Token], index: int) -> bool:
    """`under 5`, `moins de 5 ans`, `aged 60`, `18+`, `< 5`, `6 à 59 mois`; also `24h`."""
    piece, before, following = pieces[index], at(pieces, index - 1), at(pieces, index + 1)
    if not piece.text.isdecimal() or int(piece.text) > 100:
        return False
    if following is not None and following.text == "h" and following.start == piece.end:
        return True
    if following is not None and following.stem in {"a", "to"} and _measured_after(pieces, index + 2):
        return True
    if following is not None and following.text == "+" and following.start == piece.end:
        return True
    if following is not None and following.text == "-" and at(pieces, index + 2) is not None:
        nearby = pieces[index + 2].stem
        if nearby.startswith(("year", "an", "month", "day")):
            return True
    if before is None:
        return False
    if before.stem in {"under", "aged", "age", "ages"} or (before.text in "<≤≥" and before.text):
        return True
    two_before = at(pieces, index - 2)
    if before.stem == "de" and two_before is not None and two_before.stem in {"moin", "age", "agee", "plu"}:
        return following is None or not _counts(following) or following.stem in lexicon.MEASURES
    return False
