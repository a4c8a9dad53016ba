"""What the report of a load says of good submissions: that they come late or after their period was closed, or speak of places or
activities outside the sender's agreements. They are taken in all the same. It is said once for each
spreadsheet (once for all filled forms), month, organisation and place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from toguna.collect import problems
from toguna.collect.core.schema import Column, Schema
from toguna.collect.core.submissions.belonging import Rows, organisation_of, places_of
from toguna.collect.core.submissions.fresh import FreshRows
from toguna.collect.core.submissions.values import Checked
from toguna.collect.references import reference_rows
from toguna.instance.api import current
from toguna.journal.api import acts
from toguna.kernel.api import NotAPeriod, Period, Place, Problem, parse_period
from toguna.places.api import tree

#: The reference table of agreements, and the act that closes a period.
AGREEMENTS, CLOSED = "agreements", "cutoff.set"
#: The column of a choice list that says of which sector an activity is.
SECTOR = "sector"
Agreement = Mapping[str, str]


@dataclass(kw_only=True)
class Remarks:
    """The remarks on one load."""

    schemas: Mapping[tuple[str, str], Schema]
    _late: Counter[tuple[str, str]] = field(default_factory=Counter)
    _closed: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _places: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _activities: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)

    def note(self, batch: Iterable[Checked]) -> None:
        for one in batch:
            schema = self.schemas[one.form_id, one.form_version]
            file = one.name if one.row else ""
            self._note(schema, one.rows, one.happened or one.received_at.date(), file, one.received_at)

    def note_fresh(self, fresh: FreshRows) -> None:
        """The same of rows that are counted and not looked at one by one."""
        schema = fresh.schema
        columns: dict[str, set[str]] = defaultdict(set)
        if self._agreements:
            columns[""] = {column.name for column in schema.table().columns if column.reference == "organisations"}
            for table, name in (
                *schema.place_columns,
                *((one, column.name) for one, column, _ in self._sectors(schema)),
            ):
                columns[table].add(name)
        for rows, day, count in fresh.alike(columns):
            self._note(schema, rows, day, fresh.rows.name, fresh.rows.received_at, count)

    def _note(self, schema: Schema, rows: Rows, day: date, file: str, received_at: datetime, count: int = 1) -> None:
        if schema.date_column:
            self._note_time(file, day, received_at, count)
        organisation = organisation_of(schema, rows)
        own = self._in_force(organisation, day)
        if own:
            self._note_places(file, places_of(schema, rows), organisation, own, day, count)
            self._note_activities(file, schema, rows, organisation, own, count)

    def problems(self) -> Iterator[Problem]:
        """Warnings, in the order of files."""
        for (file, month), count in sorted(self._late.items()):
            yield problems.LATE.at(Place(file=file or None), count=count, month=month)
        for (file, period, on), count in sorted(self._closed.items()):
            yield problems.PERIOD_CLOSED.at(Place(file=file or None), count=count, period=period, on=on)
        for (file, organisation, code), count in sorted(self._places.items()):
            details = {"count": count, "organisation": organisation, "code": code}
            yield problems.OUTSIDE_AGREEMENT_PLACE.at(Place(file=file or None), **details)
        for (file, organisation, activity, sector), count in sorted(self._activities.items()):
            details = {"count": count, "organisation": organisation, "activity": activity, "sector": sector}
            yield problems.OUTSIDE_AGREEMENT_ACTIVITY.at(Place(file=file or None), **details)

    def _note_time(self, file: str, day: date, received_at: datetime, count: int) -> None:
        closed = [(period, at) for period, at in self._periods if day in period]
        if closed:
            period, at = closed[-1]
            self._closed[file, period.written(), at] += count
        elif received_at > _cut_off(day):
            self._late[file, f"{day:%Y-%m}"] += count

    def _note_places(
        self, file: str, codes: Sequence[str], organisation: str, own: Sequence[Agreement], day: date, count: int
    ) -> None:
        places = tree(day)
        covered = {row.get("place", "") for row in own}
        if "" in covered:
            return
        for code in codes:
            if places.place(code) and not covered & {code, *places.ancestors(code)}:
                self._places[file, organisation, code] += count

    def _note_activities(
        self, file: str, schema: Schema, rows: Rows, organisation: str, own: Sequence[Agreement], count: int
    ) -> None:
        sectors = {row.get(SECTOR, "") for row in own}
        for table, column, known in self._sectors(schema):
            for row in rows.get(table, ()):
                sector = known.get(str(row.get(column.name)), "")
                if sector and sector not in sectors:
                    self._activities[file, organisation, str(row[column.name]), sector] += count

    def _sectors(self, schema: Schema) -> Iterator[tuple[str, Column, Mapping[str, str]]]:
        """Questions whose choices say of which sector they are."""
        for table, column in schema.columns():
            choices = schema.choices.get(column.choice_list or "", ())
            known = {choice.name: choice.filters[SECTOR] for choice in choices if choice.filters.get(SECTOR)}
            if known:
                yield table.name, column, known

    def _in_force(self, organisation: str, day: date) -> list[Agreement]:
        on = day.isoformat()
        return [
            row
            for row in self._agreements.get(organisation, ())
            if (row.get("starts") or on) <= on <= (row.get("ends") or on)
        ]

    @cached_property
    def _agreements(self) -> Mapping[str, list[Agreement]]:
        found: dict[str, list[Agreement]] = {}
        for row in reference_rows(AGREEMENTS):
            if row.seq_to is None:
                found.setdefault(row.values.get("organisation", ""), []).append(row.values)
        found.pop("", None)
        return found

    @cached_property
    def _periods(self) -> list[tuple[Period, str]]:
        """Closed periods with their day of closing, the newest last."""
        found = []
        for act in acts(kinds=[CLOSED]):
            try:
                found.append((parse_period(act.subject), str(act.detail["at"])[:10]))
            except NotAPeriod:
                continue
        return found


def _cut_off(day: date) -> datetime:
    """Until when a record of that day is in time: the operation's day and hour of the month after."""
    operation = current().operation
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(
        first + timedelta(days=operation.cut_off_day - 1), operation.cut_off_time, operation.time_zone
    )
