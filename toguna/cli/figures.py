"""``toguna figures``: figures by reference, or every indicator's; split by categories, places or months."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from toguna.access.api import acting
from toguna.cli.printing import print_problems, print_rows
from toguna.cli.times import period_said
from toguna.cli.words import said
from toguna.figures.api import Context, Figure, figure_as_json, figures, indicator_faults, indicators, shown, table
from toguna.figures.core.reference import parse_reference
from toguna.instance import api as instance
from toguna.journal import api as journal
from toguna.kernel.api import Period, Problem, parse_period
from toguna.kernel.core import clock

COLUMNS = ("reference", "value", "unit", "status", "shown", "basis", "records", "provisional", "in_print")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_context(parser)
    parser.add_argument(
        "references", nargs="*", metavar="REF", help="such as 'attendances?sex=f'; none: every indicator"
    )
    parser.add_argument("--by", default="", metavar="A,B", help="split by categories, region, place@LEVEL or month")
    parser.add_argument(
        "--public",
        action="store_true",
        help="as it may be printed: small figures are withheld, and of sensitive tables all that no publication plan has",
    )


def add_context(parser: argparse.ArgumentParser) -> None:
    """The options that say of what time and place a reference speaks."""
    parser.add_argument(
        "--period",
        metavar="P",
        help="2016-12, 2016-Q4, 2016-H2, 2021-W18, 2016-09..2016-12, ytd; the month before this one otherwise",
    )
    parser.add_argument("--place", metavar="X", help="p-code or slug; the whole operation otherwise")
    parser.add_argument("--as-of", metavar="T", help="a day, an instant or an act: as was known then")


def run(arguments: argparse.Namespace) -> int:
    context = context_of(arguments)
    references = arguments.references or sorted(indicators())
    by = [word for word in arguments.by.split(",") if word]
    found, problems = computed(references, by, context)
    problems = [*(() if arguments.references else indicator_faults()), *problems]
    marked = not_for_print(found, references, by, context)
    rows = [{**written(figure, context), "in_print": _mark(figure, marked)} for figure in found]
    print_rows(rows, arguments.format, COLUMNS)
    if arguments.period is None and _takes_the_default(references):
        print(said("period_chosen", arguments.language, period=context.period.written()), file=sys.stderr)
    if marked and arguments.format == "table":
        print(said("below_threshold", arguments.language, count=len(marked)), file=sys.stderr)
    print_problems(problems, arguments.language)
    return 1 if any(problem.is_error for problem in problems) else 0


def _takes_the_default(references: Sequence[str]) -> bool:
    """Whether the period of the context decides a figure: one is asked for without a period, or with a relative one."""
    found = [reference for written in references if (reference := parse_reference(written)[0]) is not None]
    return any(one.period in (None, "ytd", "-1") or one.period.endswith("..") for one in found)


def computed(
    references: Sequence[str], by: Sequence[str], context: Context
) -> tuple[Sequence[Figure], Sequence[Problem]]:
    """Figures in the order of their references, each followed by its total where they are split; every fault of all."""
    if not by:
        done = figures(references, context)
        return [figure for figure in done.figures if figure is not None], done.problems
    found: list[Figure] = []
    problems: list[Problem] = []
    for reference in references:
        split = table(reference, by, context)
        found += [figure for _, figure in split.rows] + ([split.total] if split.total else [])
        problems += split.problems
    return found, problems


def not_for_print(
    found: Sequence[Figure], references: Sequence[str], by: Sequence[str], context: Context
) -> frozenset[str]:
    """The references, as written, of those figures whose value is known here and withheld in print."""
    sensitive = {figure.indicator for figure in found if figure.threshold > 1}
    asked = [one for one in references if parse_reference(one)[0] and one.partition("?")[0] in sensitive]
    if not asked or context.public:
        return frozenset()
    printed, _ = computed(asked, by, replace(context, public=True))
    hidden = {figure.reference.written() for figure in printed if figure.status == "withheld"}
    return frozenset(
        figure.reference.written()
        for figure in found
        if figure.value is not None and figure.reference.written() in hidden
    )


def _mark(figure: Figure, marked: frozenset[str]) -> str:
    """What print makes of the figure: as it stands here, or withheld."""
    return "withheld" if figure.status == "withheld" or figure.reference.written() in marked else "as_shown"


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
        planned=getattr(arguments, "public", False),
    )


def period_of(arguments: argparse.Namespace) -> Period:
    """The period that was given, else the month before this one."""
    today = clock.now().astimezone(instance.current().operation.time_zone).date()
    month = parse_period(f"{today:%Y-%m}")
    if arguments.period is None:
        return month.before()
    return period_said(arguments.period, month)
