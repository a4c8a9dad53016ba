"""``toguna pull activityinfo|hdx FILE``: exports of other systems."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from toguna.access.api import acting
from toguna.cli.words import said
from toguna.intake.core.boundaries import COLUMNS
from toguna.intake.pulling import pull_activityinfo, pull_hdx
from toguna.kernel.core.spreadsheets import defused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", required=True, metavar="activityinfo|hdx")
    info = words.add_parser(
        "activityinfo",
        help="keep an export of ActivityInfo as an arrival",
        description="Keeps an export of ActivityInfo as an arrival. A long one, with a row for each indicator, is made wide.",
    )
    info.add_argument("file", type=Path, metavar="FILE")
    info.add_argument("--organisation", required=True, metavar="CODE", help="whose figures they are")
    info.add_argument("--form", default="", metavar="ID", help="the form that it fills in, where the file does not say")
    info.add_argument("--period", default="", metavar="MONTH", help="the month that it reports, such as 2016-12")
    hdx = words.add_parser(
        "hdx",
        help="make places and population of a file of HDX",
        description="Writes places.csv and population.csv from boundaries with p-codes. Compare them with the pack's, then apply the pack.",
    )
    hdx.add_argument("file", type=Path, metavar="FILE")
    hdx.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR", help="the folder to write to")


def run(arguments: argparse.Namespace) -> int:
    actor = acting(arguments.actor)
    content = arguments.file.read_bytes()
    if arguments.word == "activityinfo":
        one = pull_activityinfo(
            content, arguments.file.name, actor, arguments.organisation, form_id=arguments.form, period=arguments.period
        )
        name = "arrival_known" if one.known else "arrival_added"
        print(
            said(
                name, arguments.language, arrival=one.id, file=one.name, organisation=one.organisation, state=one.state
            )
        )
        return 0
    found = pull_hdx(content, arguments.file.name)
    arguments.output.mkdir(parents=True, exist_ok=True)
    _write(arguments.output / "places.csv", COLUMNS, found.places)
    if found.population:
        _write(arguments.output / "population.csv", ("pcode", "group", "population"), found.population)
    print(
        said(
            "places_pulled",
            arguments.language,
            places=len(found.places),
            population=len(found.population),
            folder=arguments.output,
        )
    )
    return 0


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([defused(row[name]) for name in columns] for row in rows)
