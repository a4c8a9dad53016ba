"""The places that the instance keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache, partial

from toguna.instance.api import current, writing
from toguna.instance.core.names import other_names, stored_names
from toguna.instance.core.tables import Source, listed
from toguna.kernel.api import LANGUAGES, Problem, Refused, digest
from toguna.places import problems
from toguna.places.core.reading import read_places
from toguna.places.core.tree import Place, Span, Tree, nearest_name, spans, tree_on
from toguna.places.store import models


def load_places(source: Source, languages: Sequence[str] = LANGUAGES) -> str:
    """Replace all places by those of the table; returns its digest. Refuses, with every fault at once, and then keeps what was there.

    The caller appends the act: this room stands below the journal.
    """
    places, faults = read_places(source, languages)
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
    return _places(*_state())


def tree(on: date) -> Tree:
    """The places that hold on that day."""
    return _tree(*_state(), on)


def trees() -> Callable[[date], Tree]:
    """`tree`, of the places as they are loaded now: for who asks for many days in a row."""
    return partial(_tree, *_state())


def place_spans() -> tuple[Span, ...]:
    """In which place each one lies, from when to when; each lies in itself."""
    return _spans(*_state())


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
    kept = tuple(_place(row, LANGUAGES) for row in models.PlaceRow.objects.order_by("pk"))
    return () if own == (_digest(kept) if own or kept else "") else (problems.CHANGED.at(),)


def _state() -> tuple[str, tuple[str, ...]]:
    """What the places are read by: the table that was loaded last, and the operation's languages, which order their names."""
    return places_digest(), current().operation.languages


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
def _places(own: str, languages: tuple[str, ...]) -> tuple[Place, ...]:
    return tuple(_place(row, languages) for row in models.PlaceRow.objects.order_by("pk")) if own else ()


@lru_cache(maxsize=256)
def _tree(own: str, languages: tuple[str, ...], on: date) -> Tree:
    return tree_on(_places(own, languages), on)


@lru_cache(maxsize=4)
def _spans(own: str, languages: tuple[str, ...]) -> tuple[Span, ...]:
    return tuple(spans(_places(own, languages)))


def _row(place: Place) -> models.PlaceRow:
    values = asdict(place)
    names = values.pop("name")
    return models.PlaceRow(
        **{**values, "aliases": ";".join(place.aliases)},
        name_en=dict.get(names, "en", ""),
        name_fr=dict.get(names, "fr", ""),
        other_names=other_names(names),
    )


def _place(row: models.PlaceRow, languages: Sequence[str]) -> Place:
    return Place(
        code=row.code,
        slug=row.slug,
        name=stored_names({"en": row.name_en, "fr": row.name_fr}, row.other_names, languages),
        level=row.level,
        kind=row.kind,
        parent=row.parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        aliases=listed(row.aliases),
        lat=row.lat,
        lon=row.lon,
    )
