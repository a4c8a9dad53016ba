"""Periods and moments as a person writes them after a verb."""

from __future__ import annotations

from datetime import datetime, tzinfo

from toguna.cli.problems import INSTANT_BROKEN, PERIOD_BROKEN
from toguna.kernel.api import NotAPeriod, Period, Refused, parse_period


def period_said(text: str, own: Period | None = None) -> Period:
    """The period, seen from `own` where it is relative. Refuses what grammar 1 does not write."""
    try:
        return parse_period(text, own)
    except NotAPeriod as error:
        raise Refused(PERIOD_BROKEN.at(text=text)) from error


def instant_said(text: str, zone: tzinfo) -> datetime:
    """A day and time, in the operation's zone unless it names one. Refuses every other text."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(INSTANT_BROKEN.at(text=text)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
