"""``toguna publication``: what may be printed of sensitive tables in a closed period; less of it, or more."""

from __future__ import annotations

import argparse

from toguna.access.api import acting, require_permit
from toguna.cli.printing import print_rows
from toguna.cli.times import period_said
from toguna.cli.words import said
from toguna.figures.planned import planned_figures
from toguna.figures.publication_acts import coarsen, extend

COLUMNS = ("indicator", "period", "reference")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("period", metavar="PERIOD", help="such as 2016-12")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="REF",
        help="take this figure out of the plan; may be repeated",
    )
    parser.add_argument(
        "--with",
        dest="added",
        action="append",
        default=[],
        metavar="REF",
        help="add this figure to the plan if it gives nothing away; may be repeated",
    )


def run(arguments: argparse.Namespace) -> int:
    actor, period = acting(arguments.actor), period_said(arguments.period)
    require_permit(actor, "figure.computed")
    if arguments.without or arguments.added:
        if arguments.without:
            count = coarsen(period, arguments.without, actor)
            print(said("coarsened", arguments.language, count=count, period=period.written()))
        if arguments.added:
            count = extend(period, arguments.added, actor)
            print(said("extended", arguments.language, count=count, period=period.written()))
        return 0
    rows = [
        {"indicator": one.indicator, "period": one.period.written(), "reference": one.reference}
        for one in planned_figures(period)
    ]
    if rows or arguments.format != "table":
        print_rows(rows, arguments.format, COLUMNS)
    else:
        print(said("nothing_planned", arguments.language, period=period.written()))
    return 0
