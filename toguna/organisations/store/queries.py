"""The organisations that the instance keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from toguna.instance.api import current, writing
from toguna.instance.core.names import other_names, stored_names
from toguna.instance.core.tables import Source, listed
from toguna.kernel.api import LANGUAGES, Refused, digest, nearest
from toguna.organisations import problems
from toguna.organisations.core.reading import Organisation, read_organisations
from toguna.organisations.store import models


def load_organisations(source: Source, languages: Sequence[str] = LANGUAGES) -> str:
    """Replace all organisations by those of the table; returns its digest. Refuses, with every fault at once, and then keeps what was there.

    The caller appends the act: this room stands below the journal.
    """
    organisations, faults = read_organisations(source, languages)
    if faults:
        raise Refused(*faults)
    with writing():
        models.OrganisationRow.objects.all().delete()
        models.OrganisationRow.objects.bulk_create([_row(organisation) for organisation in organisations])
    return organisations_digest()


def all_organisations() -> tuple[Organisation, ...]:
    """Every row, in the order of the table."""
    return _organisations(models.OrganisationRow.objects.order_by("pk"))


def organisations_digest() -> str:
    """Of the organisations that are kept; empty where there are none. Acts hold it, so that a change behind the journal's back is found."""
    found = all_organisations()
    return digest(sorted((asdict(one) for one in found), key=repr)) if found else ""


def organisation(code: str, on: date | None = None) -> Organisation | None:
    """The row of that code that holds on the day; the newest when no day is given; none where there is none."""
    rows = models.OrganisationRow.objects.filter(code=code)
    found = sorted(_organisations(rows), key=lambda one: one.valid_from or date.min)
    return next((one for one in reversed(found) if on is None or one.holds(on)), None)


def find_organisation(word: str) -> Organisation | None:
    """The organisation that a person means by a code, acronym, name or alias, capitals aside; none if two could be meant."""
    wanted = word.strip().casefold()
    found = {one.code: one for one in all_organisations() if wanted in map(str.casefold, one.words())}
    return next(iter(found.values())) if len(found) == 1 else None


def require_organisation(code: str) -> Organisation:
    """The organisation of that code. Refuses one that is unknown."""
    found = organisation(code)
    if found is None:
        near = nearest_organisation(code)
        raise Refused(problems.UNKNOWN.at(value=code, near=f" ({near}?)" if near else ""))
    return found


def nearest_organisation(word: str) -> str | None:
    """Code of the organisation that was most likely meant."""
    by_word = _by_word(all_organisations())
    found = nearest(word, by_word)
    return by_word[found] if found else None


def _organisations(rows: Iterable[models.OrganisationRow]) -> tuple[Organisation, ...]:
    languages = current().operation.languages
    return tuple(_organisation(row, languages) for row in rows)


def _by_word(organisations: Iterable[Organisation]) -> dict[str, str]:
    return {word: one.code for one in organisations for word in one.words()}


def _row(one: Organisation) -> models.OrganisationRow:
    values = asdict(one)
    names = values.pop("name")
    return models.OrganisationRow(
        **{**values, "aliases": ";".join(one.aliases)},
        name_en=dict.get(names, "en", ""),
        name_fr=dict.get(names, "fr", ""),
        other_names=other_names(names),
    )


def _organisation(row: models.OrganisationRow, languages: Sequence[str]) -> Organisation:
    return Organisation(
        code=row.code,
        name=stored_names({"en": row.name_en, "fr": row.name_fr}, row.other_names, languages),
        acronym=row.acronym,
        kind=row.kind,
        aliases=listed(row.aliases),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
