"""``toguna release``: lifts the threshold of an indicator that its definition calls small but harmless."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from toguna.access.api import acting, require_permit
from toguna.cli.printing import print_rows
from toguna.cli.words import said
from toguna.figures.api import indicators
from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.suppression import threshold_of
from toguna.figures.core.reference import require_indicator
from toguna.figures.releasing import release, released
from toguna.instance import api as instance

COLUMNS = ("indicator", "sensitivity", "withheld_below", "by", "reason", "released")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "indicator", nargs="?", metavar="INDICATOR", help="none: lists those that may be released, and by which role"
    )


def run(arguments: argparse.Namespace) -> int:
    actor, known = acting(arguments.actor), indicators()
    if arguments.indicator is None:
        require_permit(actor, "figure.computed")
        _list(known, arguments)
        return 0
    indicator = require_indicator(arguments.indicator, known)
    release(indicator, actor)
    below = threshold_of(indicator, instance.current().operation.thresholds)
    print(said("released", arguments.language, indicator=indicator.id, threshold=below))
    return 0


def _list(known: Mapping[str, Indicator], arguments: argparse.Namespace) -> None:
    """Those whose definition has the key `release`."""
    done, thresholds = released(known), instance.current().operation.thresholds
    rows = [
        {
            "indicator": one.id,
            "sensitivity": one.sensitivity,
            "withheld_below": threshold_of(one, thresholds),
            "by": one.release.by,
            "reason": one.release.reason,
            "released": one.id in done,
        }
        for one in known.values()
        if one.release is not None
    ]
    if rows or arguments.format != "table":
        print_rows(rows, arguments.format, COLUMNS)
    else:
        print(said("nothing_to_release", arguments.language))
