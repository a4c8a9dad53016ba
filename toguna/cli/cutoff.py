"""``toguna cutoff``: closes a period for drafting, and names what came late."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from toguna import instance
from toguna.access import acting
from toguna.cli.printing import print_rows
from toguna.figures import cutoff, cutoff_of, late_rows
from toguna.kernel import NotAPeriod, parse_period

COLUMNS = ("form", "instance_id", "change", "happened", "received_at", "sequence")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("period", metavar="PERIOD", help="such as 2016-12")
    parser.add_argument("--at", metavar="TIME", help="2017-01-08T18:00; the operation's own cut-off otherwise")
    parser.add_argument("--late", action="store_true", help="close nothing; name what came late")


def run(arguments: argparse.Namespace) -> int:
    zone = instance.current().operation.time_zone
    try:
        period = parse_period(arguments.period)
        moment = datetime.fromisoformat(arguments.at) if arguments.at else None
    except (NotAPeriod, ValueError) as error:
        print(f"toguna: {error}", file=sys.stderr)
        return 2
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    closed = cutoff_of(period) if arguments.late else cutoff(period, moment, acting(arguments.actor))
    if closed is None:
        print(f"{period.written()} is open.", file=sys.stderr)
        return 1
    late = late_rows(period)
    if arguments.format == "table":
        at = closed.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        print(f"{period.written()}: figures as of {at}, act {closed.sequence}; {len(late)} late.")
    if late or arguments.format != "table":
        print_rows([vars(row) for row in late], arguments.format, COLUMNS)
    return 0
