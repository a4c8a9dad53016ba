"""What an operation's pack says of words: which are sensitive, which names hold numbers, which sources exist. Read once for a text."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO

from toguna.instance.core.names import names_in
from toguna.publish.core.checks.figure_words import FigureWords, figure_words
from toguna.publish.core.checks.sensitive_words import FEW, PACK_FILE, SensitiveWords, read_word_list, sensitive_words

NAMES_FILE = "names.csv"


@dataclass(frozen=True, kw_only=True)
class RegisteredSource:
    """One row of the source register, as far as a sentence can be compared with it."""

    id: str
    title: str = ""
    owner: str = ""
    scope: str = ""
    item: str = ""
    place: str = ""
    unit: str = ""
    as_of: date | None = None
    value: Decimal | None = None

    @classmethod
    def of_row(cls, row: Mapping[str, object]) -> RegisteredSource:
        """From a row of the register; words that are no date or number count as empty."""
        words = {key: str(row.get(key) or "") for key in ("title", "owner", "scope", "item", "place", "unit", "as_of")}
        day = words.pop("as_of")[:10]
        return cls(id=str(row.get("source") or ""), as_of=_day(day), value=_number(row.get("value")), **words)


@dataclass(frozen=True, kw_only=True)
class PackWords:
    """`names`: names that hold a number, as written. `sources`: the register by id; None where there is no register to ask."""

    sensitive: SensitiveWords = field(default_factory=sensitive_words)
    names: tuple[str, ...] = ()
    sources: Mapping[str, tuple[RegisteredSource, ...]] | None = None
    #: Names of the operation's places in each language, by code.
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The words that say what a figure counts, and where.
    figures: FigureWords = field(default_factory=figure_words)


def read_pack_words(
    pack: Mapping[str, bytes], sources: Iterable[Mapping[str, object]] | None = None, few: int = FEW
) -> PackWords:
    """The pack's word list, names and places, of its files by path; `sources` are the rows of the source register."""
    places = {
        row["pcode"]: tuple(dict.fromkeys(names_in(row, ()).values()))
        for row in _rows(pack, "places.csv")
        if row.get("pcode")
    }
    return PackWords(
        sensitive=sensitive_words(
            read_word_list(pack.get(PACK_FILE, b"")), (name for names in places.values() for name in names), few
        ),
        names=tuple(row["name"] for row in _rows(pack, NAMES_FILE) if row.get("name")),
        sources=register_of(sources) if sources is not None else None,
        places=places,
        figures=figure_words(
            _rows(pack, "glossary.csv"),
            places,
            {row["pcode"]: row.get("parent") or "" for row in _rows(pack, "places.csv") if row.get("pcode")},
        ),
    )


def register_of(rows: Iterable[Mapping[str, object]]) -> Mapping[str, tuple[RegisteredSource, ...]]:
    """The rows of the register by the id of their source."""
    found: dict[str, list[RegisteredSource]] = defaultdict(list)
    for row in rows:
        source = RegisteredSource.of_row(row)
        found[source.id].append(source)
    return {source: tuple(each) for source, each in found.items()}


def _rows(pack: Mapping[str, bytes], path: str) -> Sequence[Mapping[str, str]]:
    return tuple(csv.DictReader(StringIO(pack.get(path, b"").decode("utf-8-sig"), newline="")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
