"""``toguna figures``: figures by reference, or every indicator's; split by categories, places or months."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from toguna import instance, journal
from toguna.access import acting
from toguna.cli.printing import print_problems, print_rows
from toguna.figures import Context, Figure, figure_as_json, figures, indicator_faults, indicators, shown, table
from toguna.kernel import NotAPeriod, Period, Problem, clock, parse_period

COLUMNS = ("reference", "value", "unit", "status", "shown", "basis", "records", "provisional")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_context(parser)
    parser.add_argument(
        "references", nargs="*", metavar="REF", help="such as 'attendances?sex=f'; none: every indicator"
    )
    parser.add_argument("--by", default="", metavar="A,B", help="split by categories, region, place@LEVEL or month")
    parser.add_argument("--public", action="store_true", help="as it may be printed: small figures are withheld")


def add_context(parser: argparse.ArgumentParser) -> None:
    """The options that say of what time and place a reference speaks."""
    parser.add_argument(
        "--period", metavar="P", help="2016-12, 2016-Q4, 2016-09..2016-12; the month before this one otherwise"
    )
    parser.add_argument("--place", metavar="X", help="p-code or slug; the whole operation otherwise")
    parser.add_argument("--as-of", metavar="T", help="a day, an instant or an act: as was known then")


def run(arguments: argparse.Namespace) -> int:
    context = context_of(arguments)
    references = arguments.references or sorted(indicators())
    by = [word for word in arguments.by.split(",") if word]
    found: list[Figure] = []
    problems: list[Problem] = [] if arguments.references else list(indicator_faults())
    if by:
        for reference in references:
            split = table(reference, by, context)
            found += [figure for _, figure in split.rows] + ([split.total] if split.total else [])
            problems += split.problems
    else:
        computed = figures(references, context)
        found = [figure for figure in computed.figures if figure is not None]
        problems += computed.problems
    rows = [written(figure, context) for figure in found]
    print_rows(rows, arguments.format, COLUMNS)
    print_problems(problems, arguments.language)
    return 1 if any(problem.is_error for problem in problems) else 0


def written(figure: Figure, context: Context) -> Mapping[str, Any]:
    """Grammar 7, in the context's language."""
    return figure_as_json(figure, shown(figure, context.language))


def context_of(arguments: argparse.Namespace) -> Context:
    """What the verb's options say. Refuses a period that is none and an instant that the journal does not know."""
    operation = instance.current().operation
    return Context(
        period=period_of(arguments),
        place=arguments.place,
        as_of=journal.as_of(arguments.as_of, operation.time_zone) if arguments.as_of else None,
        language=arguments.language,
        actor=acting(arguments.actor),
        public=getattr(arguments, "public", False),
    )


def period_of(arguments: argparse.Namespace) -> Period:
    """The period that was given, else the month before this one."""
    today = clock.now().astimezone(instance.current().operation.time_zone).date()
    month = parse_period(f"{today:%Y-%m}")
    if arguments.period is None:
        return month.before()
    try:
        return parse_period(arguments.period, month)
    except NotAPeriod as error:
        raise SystemExit(f"toguna: {error}") from error
