"""The places that the instance keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache, partial

from toguna.instance.api import writing
from toguna.instance.core.tables import Source, listed
from toguna.kernel.api import Problem, Refused, digest
from toguna.places import problems
from toguna.places.core.reading import read_places
from toguna.places.core.tree import Place, Span, Tree, nearest_name, spans, tree_on
from toguna.places.store import models


def load_places(source: Source) -> str:
    """Replace all places by those of the table; returns its digest. Refuses, with every fault at once, and then keeps what was there.

    The caller appends the act: this room stands below the journal.
    """
    places, faults = read_places(source)
    if faults:
        raise Refused(*faults)
    own = _digest(places)
    with writing():
        models.PlaceRow.objects.all().delete()
        models.PlaceRow.objects.bulk_create([_row(place) for place in places], batch_size=1000)
        models.Loaded.objects.update_or_create(pk=1, defaults={"digest": own})
    return own


def all_places() -> tuple[Place, ...]:
    """Every row of every place, in the order of the table."""
    return _places(places_digest())


def tree(on: date) -> Tree:
    """The places that hold on that day."""
    return _tree(places_digest(), on)


def trees() -> Callable[[date], Tree]:
    """`tree`, of the places as they are loaded now: for who asks for many days in a row."""
    return partial(_tree, places_digest())


def place_spans() -> tuple[Span, ...]:
    """In which place each one lies, from when to when; each lies in itself."""
    return _spans(places_digest())


def nearest_place(word: str) -> str | None:
    """Code and name of the place that was most likely meant."""
    return nearest_name(word, all_places())


def require_place(word: str, on: date) -> Place:
    """The place that a code or slug means on that day. Refuses one that is unknown, and says when it is a place if it is one at another time."""
    found = tree(on).place(word)
    if found is None:
        raise Refused(_unknown(word, on))
    return found


def places_digest() -> str:
    """Of the table that was loaded last; empty before."""
    row = models.Loaded.objects.filter(pk=1).values_list("digest").first()
    return row[0] if row else ""


def verify() -> tuple[Problem, ...]:
    """Whether the places kept are those of the table that was loaded last."""
    own = places_digest()
    kept = tuple(_place(row) for row in models.PlaceRow.objects.order_by("pk"))
    return () if own == (_digest(kept) if own or kept else "") else (problems.CHANGED.at(),)


def _digest(places: Sequence[Place]) -> str:
    return digest([asdict(place) for place in sorted(places, key=lambda place: (place.code, place.start))])


def _unknown(word: str, on: date) -> Problem:
    others = [place for place in all_places() if word in (place.code, place.slug)]
    if not others:
        near = nearest_place(word)
        return problems.UNKNOWN.at(value=word, near=f" ({near}?)" if near else "")
    words = {"en": ("from", "to"), "fr": ("du", "au")}
    when, when_fr = (
        "; ".join(
            f"{words[language][0]} {place.valid_from or '...'} {words[language][1]} {place.valid_to or '...'}"
            for place in others
        )
        for language in words
    )
    name = next(iter(others[0].name.values()), word)
    return problems.NOT_THEN.at(value=others[0].code, name=name, day=on, when=when, when_fr=when_fr)


@lru_cache(maxsize=4)
def _places(own: str) -> tuple[Place, ...]:
    return tuple(_place(row) for row in models.PlaceRow.objects.order_by("pk")) if own else ()


@lru_cache(maxsize=256)
def _tree(own: str, on: date) -> Tree:
    return tree_on(_places(own), on)


@lru_cache(maxsize=4)
def _spans(own: str) -> tuple[Span, ...]:
    return tuple(spans(_places(own)))


def _row(place: Place) -> models.PlaceRow:
    values = asdict(place)
    names = values.pop("name")
    return models.PlaceRow(
        **{**values, "aliases": ";".join(place.aliases)}, name_en=names.get("en", ""), name_fr=names.get("fr", "")
    )


def _place(row: models.PlaceRow) -> Place:
    return Place(
        code=row.code,
        slug=row.slug,
        name={language: name for language, name in (("en", row.name_en), ("fr", row.name_fr)) if name},
        level=row.level,
        kind=row.kind,
        parent=row.parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        aliases=listed(row.aliases),
        lat=row.lat,
        lon=row.lon,
    )
