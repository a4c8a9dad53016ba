"""What a person may write for a choice or a code: its name, a label in any language, or both (`ML07 Gao`)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import polars as pl

_UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
#: So many different mistakes are looked up; each takes milliseconds in a long list.
_MOST_TOLD = 1_000
#: A list of so many entries is kept between loads.
_MOST_KEPT = 5_000
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """The codes of one list, each with its names in all languages and its aliases."""

    #: (code, names)
    entries: tuple[tuple[str, tuple[str, ...]], ...]
    #: An entity list: an id that is not in it is taken too, since the submission that makes the entity may come later.
    open_to_ids: bool = False

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(code for code, _ in self.entries)

    @cached_property
    def readings(self) -> Mapping[str, str]:
        """Every reading, folded, with its code. A label that two codes share reads as neither."""
        found: dict[str, str | None] = {}
        for code, names in self.entries:
            own = {fold(name) for name in names if name.strip()}
            both = {f"{fold(code)}{between}{name}" for name in own for between in (" ", " - ", ": ")}
            for reading in own | both | {f"{name} ({fold(code)})" for name in own}:
                found[reading] = code if found.get(reading, code) == code else None
        for code, _ in self.entries:
            found[fold(code)] = code
        return {reading: code for reading, code in found.items() if code is not None}

    @cached_property
    def _series(self) -> tuple[pl.Series, pl.Series]:
        """The readings and their codes, side by side."""
        return pl.Series(list(self.readings), dtype=pl.String), pl.Series(list(self.readings.values()), dtype=pl.String)

    @cached_property
    def _names(self) -> Mapping[str, Sequence[str]]:
        return {code: [code, *names] for code, names in self.entries}

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {fold(code): code for code, _ in self.entries}

    def read(self, text: pl.Expr) -> pl.Expr:
        """The code that each text means; null where it means none."""
        read, codes = self._series
        known = folded(text).replace_strict(read, codes, default=None, return_dtype=pl.String)
        if not self.open_to_ids:
            return known
        plain = folded(text).str.strip_prefix("uuid:")
        return pl.coalesce(known, pl.when(plain.str.contains(_UUID)).then(plain))

    @cached_property
    def _told(self) -> dict[str, str]:
        """What `nearest` found before: a sheet repeats its mistakes."""
        return {}

    @cached_property
    def _plain(self) -> Mapping[str, str]:
        """Codes and names, folded, without their combinations."""
        named = ((fold(name), code) for code, names in self.entries for name in (code, *names))
        return {name: code for name, code in named if name in self.readings}

    def nearest(self, text: str) -> str:
        """The entry that was probably meant, as `code label`; empty when none is near, or after so many different mistakes."""
        wanted = fold(text)
        if wanted not in self._told and len(self._told) < _MOST_TOLD:
            self._told[wanted] = self._nearest(wanted)
        return self._told.get(wanted, "")

    def _nearest(self, wanted: str) -> str:
        code = self._folded.get(wanted.split(" ", 1)[0])
        if code is None:
            near = difflib.get_close_matches(wanted[:80], self._plain, n=1, cutoff=0.6)
            code = self._plain[near[0]] if near else None
        return "" if code is None else " ".join(dict.fromkeys(self._names[code][:2]))


def near(word: str, known: Iterable[str]) -> str:
    """`` (women ?)``: what was probably meant, ready for a sentence; empty when none is near."""
    found = difflib.get_close_matches(fold(word)[:80], list(known), n=1, cutoff=0.6)
    return f" ({found[0]} ?)" if found else ""


def fold(text: str) -> str:
    """Upper and lower case, and blanks between words, do not matter."""
    return _BLANKS.sub(" ", text).strip().lower()


def folded(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"\s+", " ").str.strip_chars().str.to_lowercase()


def lookup(entries: Iterable[tuple[str, Iterable[str]]], *, open_to_ids: bool = False) -> Lookup:
    """Of (code, names) in order. The same entries give the same object, so that its readings are worked out once."""
    lines = tuple((code, tuple(names)) for code, names in entries)
    return _kept(lines, open_to_ids) if len(lines) <= _MOST_KEPT else Lookup(entries=lines, open_to_ids=open_to_ids)


@lru_cache(maxsize=256)
def _kept(entries: tuple[tuple[str, tuple[str, ...]], ...], open_to_ids: bool) -> Lookup:
    return Lookup(entries=entries, open_to_ids=open_to_ids)
