"""Places and the tree they make on a day. Pure.

A place may have several rows, each valid in its own time; on one day at most one of them holds. Dates are data: a place that was made from
part of another has a row from that day on, and its children have one row before and one after.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from toguna.kernel.api import nearest


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place in one time of its life. Ends are inclusive; an open end is none."""

    code: str
    slug: str
    name: Mapping[str, str]
    #: 0 country, 1 region, 2 cercle, 3 commune, 4 site.
    level: int
    kind: str = ""
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    aliases: tuple[str, ...] = ()
    lat: Decimal | None = None
    lon: Decimal | None = None

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def start(self) -> date:
        return self.valid_from or date.min

    @property
    def end(self) -> date:
        return self.valid_to or date.max

    def words(self) -> Iterator[str]:
        """Everything by which a person may call it."""
        yield from (self.code, self.slug, *self.name.values(), *self.aliases)


@dataclass(frozen=True, kw_only=True)
class Span:
    """From one day to another, the place lies in the ancestor (which may be itself)."""

    code: str
    level: int
    ancestor: str
    ancestor_level: int
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The places that hold on one day. Codes that are no place then are refused (`KeyError`), but by `place`, which answers none."""

    on: date
    places: Mapping[str, Place] = field(repr=False)

    def place(self, code_or_slug: str) -> Place | None:
        return self.places.get(code_or_slug) or self._by_slug.get(code_or_slug)

    def find(self, word: str) -> Place | None:
        """The place that a person means by a code, slug, name or alias, accents and capitals aside; none if two could be meant."""
        exact = self.place(word.strip())
        if exact is not None:
            return exact
        found = self._by_word.get(folded(word), ())
        return found[0] if len(found) == 1 else None

    def ancestors(self, code: str) -> tuple[str, ...]:
        """From its parent up to the country."""
        found = []
        parent = self.places[code].parent
        while parent is not None:
            found.append(parent)
            parent = self.places[parent].parent
        return tuple(found)

    def children(self, code: str, level: int | None = None) -> tuple[str, ...]:
        """Those that lie directly in it; with a level, those of that level that lie anywhere in it."""
        self.places[code]
        if level is None:
            return self._children.get(code, ())
        return tuple(below for below in self.descendants(code) if self.places[below].level == level)

    def descendants(self, code: str) -> tuple[str, ...]:
        """All that lie in it, at any depth; itself is not among them."""
        self.places[code]
        found: list[str] = []
        for child in self._children.get(code, ()):
            found += [child, *self.descendants(child)]
        return tuple(found)

    def lies_in(self, code: str, ancestor: str) -> bool:
        """Whether the place is the ancestor or lies in it."""
        return code == ancestor or ancestor in self.ancestors(code)

    def at_level(self, code: str, level: int) -> str | None:
        """The place itself or its ancestor of that level; none where there is none."""
        return next((one for one in (code, *self.ancestors(code)) if self.places[one].level == level), None)

    def name(self, code: str, language: str) -> str:
        """Its name in the language, else in any, else its code."""
        names = self.places[code].name
        return names.get(language) or next((name for name in names.values() if name), code)

    @cached_property
    def _by_slug(self) -> Mapping[str, Place]:
        return {place.slug: place for place in self.places.values()}

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[Place, ...]]:
        found: dict[str, dict[str, Place]] = defaultdict(dict)
        for place in self.places.values():
            for word in place.words():
                found[folded(word)][place.code] = place
        return {word: tuple(places.values()) for word, places in found.items()}

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for place in sorted(self.places.values(), key=lambda place: place.code):
            if place.parent is not None:
                found[place.parent].append(place.code)
        return {code: tuple(children) for code, children in found.items()}


def tree_on(places: Iterable[Place], day: date) -> Tree:
    return Tree(on=day, places={place.code: place for place in places if place.holds(day)})


def spans(places: Sequence[Place]) -> Iterator[Span]:
    """For each place, each ancestor and itself: the longest stretches of days in which it lies there."""
    open_since: dict[tuple[str, int, str, int], tuple[date, date]] = {}
    for start, end in _stretches(places):
        tree = tree_on(places, start)
        now = {
            (code, place.level, ancestor, tree.places[ancestor].level)
            for code, place in tree.places.items()
            for ancestor in (code, *tree.ancestors(code))
        }
        for key in sorted(now):
            began, ended = open_since.get(key, (start, end))
            if began != start and ended + timedelta(days=1) != start:
                yield _span(key, began, ended)
                began = start
            open_since[key] = (began, end)
    for key in sorted(open_since):
        yield _span(key, *open_since[key])


def nearest_name(word: str, places: Iterable[Place]) -> str | None:
    """What the person most likely meant: the code and name of the place whose code, slug, name or alias is most like the word."""
    by_word = {folded(name): place for place in places for name in place.words() if name}
    found = nearest(folded(word), by_word)
    if found is None:
        return None
    place = by_word[found]
    return f"{place.code} {next(iter(place.name.values()), '')}".strip()


def folded(word: str) -> str:
    """Without accents, capitals, hyphens, apostrophes and doubled blanks: ``Ménaka`` is ``menaka``."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain.casefold()).split())


def _stretches(places: Iterable[Place]) -> list[tuple[date, date]]:
    """The calendar cut at every day on which something changes."""
    cuts = {date.min}
    for place in places:
        cuts.add(place.start)
        if place.end < date.max:
            cuts.add(place.end + timedelta(days=1))
    starts = sorted(cuts)
    ends = [start - timedelta(days=1) for start in starts[1:]] + [date.max]
    return list(zip(starts, ends, strict=True))


def _span(key: tuple[str, int, str, int], start: date, end: date) -> Span:
    code, level, ancestor, ancestor_level = key
    return Span(
        code=code,
        level=level,
        ancestor=ancestor,
        ancestor_level=ancestor_level,
        valid_from=None if start == date.min else start,
        valid_to=None if end == date.max else end,
    )
