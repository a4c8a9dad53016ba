"""`organisations.csv` to organisations, with every fault and its line. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from toguna.instance.core.names import name_columns, names_in, needed_names
from toguna.instance.core.tables import Source, TableRow, listed, read_day, read_table
from toguna.kernel.api import LANGUAGES, Problem
from toguna.kernel.api import Place as Where
from toguna.organisations import problems

_AFTER = ("acronym", "kind", "aliases", "valid_from", "valid_to")
#: Of an operation in Toguna's own languages.
COLUMNS = ("code", *name_columns(LANGUAGES), *_AFTER)
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,60}")


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """One organisation in one time of its life. Ends are inclusive; an open end is none."""

    code: str
    name: Mapping[str, str]
    acronym: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def words(self) -> tuple[str, ...]:
        """Everything by which a person may call it."""
        return tuple(word for word in (self.code, self.acronym, *self.name.values(), *self.aliases) if word)


def read_organisations(
    source: Source, languages: Sequence[str] = LANGUAGES
) -> tuple[tuple[Organisation, ...], tuple[Problem, ...]]:
    """The organisations of the table, and every fault in it. `languages` are the operation's; each needs a name in the first."""
    columns = ("code", *name_columns(languages), *_AFTER)
    rows, found = read_table(source, columns, ("code", needed_names(languages)), "organisations.csv")
    if found:
        return (), tuple(found)
    by_code: dict[str, list[tuple[Organisation, Where]]] = defaultdict(list)
    for row in rows:
        organisation = _organisation(row, languages, found)
        by_code[organisation.code].append((organisation, row.where))
    for same in by_code.values():
        ordered = sorted(same, key=lambda one: one[0].valid_from or date.min)
        for (earlier, _), (later, where) in pairwise(ordered):
            if (later.valid_from or date.min) <= (earlier.valid_to or date.max):
                found.append(problems.CODE_TWICE.at(where, code=later.code))
    return tuple(organisation for same in by_code.values() for organisation, _ in same), tuple(found)


def _organisation(row: TableRow, languages: Sequence[str], found: list[Problem]) -> Organisation:
    if not _CODE.fullmatch(row["code"]):
        found.append(problems.CODE_BROKEN.at(row.where, value=row["code"]))
    start, end = read_day(row, "valid_from", found), read_day(row, "valid_to", found)
    if start and end and end < start:
        found.append(problems.DATES_CROSSED.at(row.where, code=row["code"], start=start, end=end))
    return Organisation(
        code=row["code"],
        name=names_in(row.cells, languages),
        acronym=row["acronym"],
        kind=row["kind"],
        aliases=listed(row["aliases"]),
        valid_from=start,
        valid_to=end,
    )
