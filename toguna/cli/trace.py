"""``toguna trace``: the rows that one figure was made from, as far as they may be seen."""

from __future__ import annotations

import argparse

from toguna.cli.figures import add_context, context_of
from toguna.cli.printing import print_problems, print_rows
from toguna.cli.words import said
from toguna.figures.api import shown, trace, trace_as_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_context(parser)
    parser.add_argument("reference", metavar="REF", help="such as 'people_repatriated?sex=f'")
    parser.add_argument("--reason", metavar="CODE", help="why confidential answers are read; kept in the journal")


def run(arguments: argparse.Namespace) -> int:
    context = context_of(arguments)
    found, problems = trace(arguments.reference, context, arguments.reason)
    if found is not None:
        written = trace_as_json(found, shown(found.figure, context.language))
        if arguments.format == "json":
            print_rows([written], "json")
        else:
            if arguments.format == "table":
                print(f"{found.figure.reference}: {written['figure']['shown']} ({found.figure.status})")
                for engine in written["engines"]:
                    print(f"  {said('computed_by', context.language, engine=engine)}")
                for name, value in written.get("source", {}).items():
                    print(f"  {name}: {value}")
            # A person's table leaves out what is blank in every row; a CSV has always the same columns.
            every = arguments.format != "table"
            names = dict.fromkeys(
                name for row in written["rows"] for name in row if every or row[name] not in (None, "")
            )
            print_rows(written["rows"], arguments.format, tuple(names))
            if found.withheld_rows != 0 and arguments.format == "table":
                hidden = "traced_hidden_uncounted" if found.withheld_rows is None else "traced_hidden"
                print(said(hidden, arguments.language, count=found.withheld_rows))
    print_problems(problems, arguments.language)
    return 1 if any(problem.is_error for problem in problems) else 0
