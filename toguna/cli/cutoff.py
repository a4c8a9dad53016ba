"""``toguna cutoff``: closes a period for drafting, and names what came late."""

from __future__ import annotations

import argparse
import sys

from toguna.access.api import acting, require_permit
from toguna.cli.printing import print_rows
from toguna.cli.times import instant_said, period_said
from toguna.cli.words import said
from toguna.figures.api import cutoff_of
from toguna.figures.cutoff import late_rows_seen
from toguna.instance import api as instance
from toguna.publish.closing import close_period

COLUMNS = ("form", "instance_id", "change", "happened", "received_at", "sequence")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("period", metavar="PERIOD", help="such as 2016-12")
    parser.add_argument("--at", metavar="TIME", help="2017-01-08T18:00; the operation's own cut-off otherwise")
    parser.add_argument("--late", action="store_true", help="close nothing; name what came late")


def run(arguments: argparse.Namespace) -> int:
    zone, language = instance.current().operation.time_zone, arguments.language
    actor = acting(arguments.actor)
    period = period_said(arguments.period)
    moment = instant_said(arguments.at, zone) if arguments.at else None
    if arguments.late:
        require_permit(actor, "figure.computed")
    closed = cutoff_of(period) if arguments.late else close_period(period, moment, actor)
    if closed is None:
        print(said("period_open", language, period=period.written()), file=sys.stderr)
        return 1
    late, hidden = late_rows_seen(period, actor)
    if arguments.format == "table":
        at = closed.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        print(
            said(
                "period_closed",
                language,
                period=period.written(),
                at=at,
                sequence=closed.sequence,
                late=len(late) + hidden,
            )
        )
    if late or arguments.format != "table":
        rows = [{**vars(row), "received_at": row.received_at.astimezone(zone).isoformat()} for row in late]
        print_rows(rows, arguments.format, COLUMNS)
    if hidden and arguments.format == "table":
        print(said("traced_hidden", language, count=hidden))
    return 0
