"""Who owes which return of a month, and what has become of it: expected, received, late, nil, sent back, not received; validated by whom.

What is expected are the agreements in force in the month whose returns are due (reference table ``agreements``). A return is a submission of
a form that asks which organisation reports, of that month. An activity is missing where its agreement's sector has no row in the return, for
forms whose choices say of which sector an activity is (column ``sector`` of the choice list).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from toguna.access.api import Actor, Subject, permits, require_permit
from toguna.collect.api import counted, reference_rows
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.belonging import organisation_of
from toguna.collect.definitions import definitions
from toguna.collect.remarks import AGREEMENTS, SECTOR
from toguna.instance.api import current
from toguna.intake.arrivals import every_arrival
from toguna.journal.api import acts_on, head
from toguna.kernel.api import Period, parse_period

ReturnState = Literal["received", "nil", "late", "sent_back", "not_received"]


@dataclass(frozen=True, kw_only=True)
class ExpectedReturn:
    """One agreement's activity in one month."""

    organisation: str
    agreement: str
    sector: str
    place: str
    state: ReturnState
    #: When the return came, and the submission that it is.
    received_at: datetime | None = None
    instance_id: str = ""
    #: Whether it came after the cut-off.
    is_late: bool = False
    #: Who set the return to approved; empty where nobody has.
    validated_by: str = ""


@dataclass(frozen=True, kw_only=True)
class _Return:
    """A return that came: its newest version."""

    instance_id: str
    received_at: datetime
    is_nil: bool
    #: The sectors that its rows speak of; none where the form does not say.
    sectors: frozenset[str] | None
    state: str


def expected_returns(period: Period, actor: Actor) -> list[ExpectedReturn]:
    """What partners owe of the month, and what has become of it. A scoped actor sees its own organisation."""
    require_permit(actor, "submission.received")
    came = _returns(period)
    back = {one.organisation for one in every_arrival() if one.state == "sent_back" and _is_of(one.period, period)}
    limit = cut_off(period)
    found = []
    for row in due_agreements(period):
        code = row["organisation"]
        if permits(actor, "submission.received", Subject(organisation=code)):
            found.append(_state(row, came.get(code, ()), code in back, limit))
    return sorted(found, key=lambda one: (one.organisation, one.sector, one.place))


def due_agreements(period: Period) -> list[Mapping[str, str]]:
    """The agreements in force in the period whose returns are due."""
    start, end = period.start.isoformat(), period.end.isoformat()
    return [
        row.values
        for row in reference_rows(AGREEMENTS)
        if row.seq_to is None
        and row.values.get("organisation")
        and row.values.get("returns_due", "yes") == "yes"
        and (row.values.get("starts") or end) <= end
        and (row.values.get("ends") or start) >= start
    ]


def return_forms() -> dict[str, Schema]:
    """The forms by which an organisation reports a month: their key is an organisation and a date."""
    found = {}
    for form_id, versions in definitions().forms.items():
        schema = versions[-1]
        keys = schema.settings.get("tg:key", "").replace(",", " ").split()
        columns = [column for name in keys if (column := schema.column("", name)) is not None]
        if any(column.reference == "organisations" for column in columns) and any(
            column.type == "date" for column in columns
        ):
            found[form_id] = schema
    return found


def cut_off(period: Period) -> datetime:
    """Until when a return of the period is in time: the operation's day and hour of the month after."""
    operation = current().operation
    first = (period.end.replace(day=1) + timedelta(days=32)).replace(day=1)
    day = first + timedelta(days=operation.cut_off_day - 1)
    return datetime.combine(day, operation.cut_off_time, operation.time_zone)


def returns_of(organisation: str, month: str) -> list[str]:
    """The returns of an organisation that count for a month (``2016-12``), by their instanceIDs."""
    return [one.instance_id for one in _returns(parse_period(month)).get(organisation, ())]


def _state(row: Mapping[str, str], came: Sequence[_Return], is_back: bool, limit: datetime) -> ExpectedReturn:
    sector = row.get("sector", "")
    own = next((one for one in came if one.is_nil or one.sectors is None or not sector or sector in one.sectors), None)
    state: ReturnState = "not_received"
    if own is not None:
        state = "nil" if own.is_nil else "late" if own.received_at > limit else "received"
    elif is_back:
        state = "sent_back"
    return ExpectedReturn(
        organisation=row["organisation"],
        agreement=row.get("agreement", ""),
        sector=sector,
        place=row.get("place", ""),
        state=state,
        received_at=own.received_at if own else None,
        instance_id=own.instance_id if own else "",
        is_late=own is not None and own.received_at > limit,
        validated_by=_validated_by(own) if own else "",
    )


def _returns(period: Period) -> dict[str, list[_Return]]:
    """By organisation, the returns of the month that count."""
    found: dict[str, list[_Return]] = {}
    for form_id, schema in return_forms().items():
        for _, versions in counted(form_id, 0, head().sequence):
            for one in versions:
                if one.seq_to is None and one.happened in period:
                    code = organisation_of(schema, one.rows)
                    main = one.rows[""][0] if one.rows.get("") else {}
                    found.setdefault(code, []).append(
                        _Return(
                            instance_id=one.instance_id, received_at=one.received_at,
                            is_nil=main.get("nil") in ("yes", True), sectors=_sectors(schema, one.rows), state=one.state,
                        )
                    )  # fmt: skip
    return found


def _sectors(schema: Schema, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> frozenset[str] | None:
    """The sectors of the rows' activities; none where no choice list says a sector."""
    known = list(_sector_columns(schema))
    if not known:
        return None
    return frozenset(
        sectors[code]
        for table, name, sectors in known
        for row in rows.get(table, ())
        if (code := str(row.get(name))) in sectors
    )


def _sector_columns(schema: Schema) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for table, column in schema.columns():
        choices = schema.choices.get(column.choice_list or "", ())
        known = {choice.name: choice.filters[SECTOR] for choice in choices if choice.filters.get(SECTOR)}
        if known:
            yield table.name, column.name, known


def _validated_by(own: _Return) -> str:
    """Who approved it last."""
    if own.state != "approved":
        return ""
    told = [act for act in acts_on(own.instance_id, ("submission.reviewed",)) if act.detail.get("state") == "approved"]
    return told[-1].actor if told else ""


def _is_of(written: str, period: Period) -> bool:
    return written == f"{period.start:%Y-%m}"
