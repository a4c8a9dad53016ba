"""``toguna returns FOLDER``: each partner's pre-filled return of a month, with the reminders."""

from __future__ import annotations

import argparse
from pathlib import Path

from toguna.access.api import acting
from toguna.cli.times import period_said
from toguna.cli.words import said
from toguna.instance.store.files import write_durably
from toguna.intake.api import partner_returns


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to write to")
    parser.add_argument("--period", required=True, metavar="MONTH", help="the month that is reported, such as 2016-12")
    parser.add_argument("--form", default="", metavar="ID", help="the form of the return, where there are several")


def run(arguments: argparse.Namespace) -> int:
    """Three files for each partner that owes a return and has sent none. Writes over nothing."""
    arguments.folder.mkdir(parents=True, exist_ok=True)
    period, count = period_said(arguments.period), 0
    for one in partner_returns(period, acting(arguments.actor), arguments.language, arguments.form):
        stem = one.name.removesuffix(".xlsx")
        write_durably(arguments.folder / one.name, one.workbook)
        write_durably(arguments.folder / f"{stem}.mail.txt", f"{one.subject}\n\n{one.mail}".encode())
        write_durably(arguments.folder / f"{stem}.message.txt", f"{one.message}\n".encode())
        count += 1
    print(said("returns_written", arguments.language, count=count, folder=arguments.folder))
    return 0
