"""Numbers that a text writes in digits or words, English and French, apart from dates, years, times, ordinals and reference numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from text_to_num import text2num

from toguna.kernel.api import Language

#: What stands for a bound number in a text that is searched: no digit, no letter, no blank.
HOLE = "\ufffc"

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|er)?"
_YEAR = r"(?:19|20)\d\d"
#: Tried in order; what they match is no figure.
_KNOWN = tuple(
    re.compile(pattern, re.IGNORECASE if ignore else 0)
    for pattern, ignore in (
        (r"https?://\S+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", True),
        (rf"\b{_DAY}(?:\s*(?:-|–|/|,|to|and|au|et|&)\s*{_DAY})*\s+(?:of\s+)?(?:{_MONTHS})\b\.?(?:,?\s+{_YEAR})?", True),
        (rf"\b(?:{_MONTHS})\.?\s+{_DAY}(?:\s*(?:-|–|to|and)\s*{_DAY})?\b(?:,?\s+{_YEAR})?(?![\d,.]*\d)", True),
        (rf"\b(?:{_MONTHS})\.?\s*(?:/\s*)?{_YEAR}\b", True),
        (r"\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b", False),
        (rf"\b{_YEAR}\s*[-–/]\s*(?:{_YEAR}|\d{{2}})\b", False),
        (r"\b\d{1,2}\s?(?::|h)\s?\d{2}\b|\b\d{1,2}\s?(?:a\.m\.|p\.m\.|am\b|pm\b|heures\b)", True),
        (r"\b\d+(?:st|nd|rd|th|er|re|ère|e|ème|ᵉ)\b", False),
        (
            r"\b(?:No|Nos|N°|Article|Art|Resolution|Résolution|Decree|Décret|Law|Loi|page|p|phase|annexe?|chapter|chapitre|paragraph|room|version)"
            r"(?:\.|\s*[°º])?\s?\d[\d/.\-]*\d?\b",
            True,
        ),
        (r"\b[A-Za-z][A-Za-z]*[-/]?\d[\w/.\-]*", False),
    )
)
_YEARS = re.compile(rf"(?<![\d.,]){_YEAR}(?![\d]|[.,]\d)")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


#: A year follows one of these, or ends its phrase; otherwise a noun after it makes it a count.
_BEFORE_YEAR = _listed(
    "in since of for from to until till by before after during between and the early late mid year end fiscal en de depuis pour à au "
    "jusqu'en fin début année l'année courant entre et dès avant après d'ici l'an le la un une a an planned"
)
_DIGITS = re.compile(r"(?:\d+(?:[.,\u00a0\u202f' ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?)")
_SCALE = re.compile(r"\s(?:million|billion|milliard|dozen|thousand|mille)s?\b", re.IGNORECASE)
_SCALES = {"million": 10**6, "billion": 10**9, "milliard": 10**9, "dozen": 12, "thousand": 1000, "mille": 1000}
_EN = _listed(
    "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty "
    "forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions dozen dozens half"
)
_FR = _listed(
    "zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante "
    "septante nonante cent cents mille million millions milliard milliards douzaine dizaine vingtaine trentaine centaine centaines millier milliers moitié"
)
_WORDS: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(rf"(?<![\w'-])(?:one[ -](?=(?:{'|'.join(_EN[20:34])})))?(?:{'|'.join(_EN)})(?:(?:[ -]|\sand\s)(?:{'|'.join((*_EN, 'one'))}))*(?![\w])", re.IGNORECASE),
    "fr": re.compile(rf"(?<![\w'-])(?:{'|'.join(_FR)})(?:(?:[ -]|-et-|\set\s)(?:{'|'.join((*_FR, 'un', 'une'))}))*(?![\w])", re.IGNORECASE),
}  # fmt: skip
_ONE = re.compile(
    r"(?<![\w'-])one (?=[a-z]+)(?!(?:of|another|time|day|hand|side|or|and|more|that|who|which|can|must|may|has|is|year)\b)"
)
_NOT_BEFORE_ONE = _listed("no any each every this that the some which another only")


@dataclass(frozen=True, kw_only=True)
class Numeral:
    """A number as written, where it stands, and its value when it can be read."""

    text: str
    start: int
    end: int
    value: Decimal | None


def numerals(text: str, language: Language) -> Iterator[Numeral]:
    """Every number of the text that could be a figure, in order."""
    masked = _masked(text)
    found = sorted([*_in_digits(masked), *_in_words(masked, language)], key=lambda each: (each.start, -each.end))
    end = -1
    for numeral in found:
        if numeral.start > end:
            yield numeral
        end = max(end, numeral.end)


def value_of(text: str, language: Language) -> Decimal | None:
    """The value of a number as shown: ``6,954``, ``6 954``, ``5%``, ``49.2 million``, ``twenty-two``, ``about 300``; None if it is none."""
    words = text.replace("\u00a0", " ").replace("\u202f", " ").strip().rstrip("%").strip()
    digits = _DIGITS.search(words)
    if digits is None:
        return _read_words(words, language)
    value = _read_digits(digits[0])
    tail = words[digits.end() :].strip().lower()
    return value * _SCALES.get(tail.removesuffix("s"), 1) if value is not None else None


def _masked(text: str) -> str:
    for pattern in _KNOWN:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return _YEARS.sub(lambda match: " " * 4 if _is_year(match) else match[0], text)


def _is_year(match: re.Match[str]) -> bool:
    before = re.findall(r"[\w'’]+", match.string[: match.start()])
    after = re.match(r"\s+([^\W\d_]+)", match.string[match.end() :])
    led = bool(before) and before[-1].lower() in _BEFORE_YEAR
    counts = after is not None and after[1].islower() and len(after[1]) > 3
    return led or not counts


def _in_digits(text: str) -> Iterator[Numeral]:
    for match in _DIGITS.finditer(text):
        scale = _SCALE.match(text, match.end())
        end = scale.end() if scale else match.end()
        words = text[match.start() : end]
        yield Numeral(text=words, start=match.start(), end=end, value=value_of(words, "en"))


def _in_words(text: str, language: Language) -> Iterator[Numeral]:
    for match in _WORDS[language].finditer(text):
        if match[0].lower() == "neuf" and not re.match(r"\s+\w+[sx]\b", text[match.end() :]):
            continue
        yield Numeral(text=match[0], start=match.start(), end=match.end(), value=_read_words(match[0], language))
    if language == "en":
        for match in _ONE.finditer(text):
            before = re.findall(r"[\w']+", text[: match.start()])
            if not before or before[-1].lower() not in _NOT_BEFORE_ONE:
                yield Numeral(text="one", start=match.start(), end=match.start() + 3, value=Decimal(1))


def _read_digits(text: str) -> Decimal | None:
    """Thousands are groups of three after a comma, point, blank or apostrophe; a last group of other length is a fraction."""
    parts = re.split(r"[.,\u00a0\u202f' ]", text)
    grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:])
    whole = grouped and not (len(parts) == 2 and parts[0] == "0")
    try:
        return Decimal("".join(parts) if whole else "".join(parts[:-1]) + "." + parts[-1] if len(parts) > 1 else text)
    except InvalidOperation:
        return None


def _read_words(text: str, language: Language) -> Decimal | None:
    words = text.lower().strip()
    alone = {
        "dozen": 12,
        "douzaine": 12,
        "one": 1,
        "un": 1,
        "une": 1,
        "half": None,
        "moitié": None,
        "none": 0,
        "no": 0,
        "aucun": 0,
        "aucune": 0,
    }
    if words in alone:
        value = alone[words]
        return Decimal(value) if value is not None else None
    try:
        return Decimal(text2num(words, language))
    except ValueError:
        return None
