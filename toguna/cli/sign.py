"""``toguna sign``: an account attests, with its password, what was done under its name with `--as`."""

from __future__ import annotations

import argparse

from toguna.access.api import acting
from toguna.access.signing import require_signer, sign
from toguna.cli.printing import print_rows
from toguna.cli.user import ask_password
from toguna.cli.words import said
from toguna.journal import api as journal

COLUMNS = ("sequence", "at", "kind", "subject")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help="sign nothing; list what would be signed")


def run(arguments: argparse.Namespace) -> int:
    """Prints the acts that are to be signed, asks for the password, signs those and no later ones."""
    actor, language = acting(arguments.actor), arguments.language
    require_signer(actor)
    acts = journal.unattested(actor.name)
    rows = [
        {name: str(value) if name == "at" else value for name, value in vars(act).items() if name in COLUMNS}
        for act in acts
    ]
    if acts or arguments.format != "table":
        print_rows(rows, arguments.format, COLUMNS)
    if arguments.list or not acts:
        if arguments.format == "table":
            print(said("to_sign", language, count=len(acts), name=actor.name))
        return 0
    count = sign(actor, ask_password(language), acts[-1].sequence)
    if arguments.format == "table":
        print(said("signed", language, count=count, name=actor.name))
    return 0
