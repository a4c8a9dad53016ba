"""``toguna missing``: what partners owe of a month, and what has become of it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from toguna.access.api import acting
from toguna.cli.printing import print_rows
from toguna.cli.times import period_said
from toguna.cli.words import said
from toguna.intake.api import expected_returns

_COLUMNS = ("organisation", "sector", "place", "state", "received_at", "is_late", "validated_by")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--period", required=True, metavar="MONTH", help="the month that is reported, such as 2016-12")
    parser.add_argument("--all", action="store_true", help="also what came in time")


def run(arguments: argparse.Namespace) -> int:
    """1 when something is missing."""
    found = expected_returns(period_said(arguments.period), acting(arguments.actor))
    shown = [one for one in found if arguments.all or one.state not in ("received", "nil")]
    rows: list[dict[str, Any]] = [
        {**asdict(one), "state": said(f"return_{one.state}", arguments.language)} for one in shown
    ]
    if arguments.format == "json":
        rows = [asdict(one) for one in shown]
    print_rows(rows, arguments.format, _COLUMNS)
    owed = sum(one.state in ("not_received", "sent_back") for one in found)
    if arguments.format == "table":
        print(said("returns_owed", arguments.language, count=owed, expected=len(found), period=arguments.period))
    return 1 if owed else 0
