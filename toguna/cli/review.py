"""``toguna review``: sets the review state of submissions."""

from __future__ import annotations

import argparse

from toguna.access.api import acting
from toguna.cli.words import said
from toguna.collect.api import review
from toguna.collect.core.submissions.values import STATES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance_ids", nargs="+", metavar="INSTANCE_ID")
    parser.add_argument("--state", required=True, metavar="STATE", help=", ".join(STATES))
    parser.add_argument(
        "--reason", required=True, metavar="CODE", help="a reason of the operation, such as wrong_value"
    )
    parser.add_argument("--comment", metavar="TEXT", help="words, kept with the submission and never in the journal")


def run(arguments: argparse.Namespace) -> int:
    changed = review(
        arguments.instance_ids, arguments.state, arguments.reason, acting(arguments.actor), arguments.comment
    )
    print(said("reviewed", arguments.language, changed=changed, named=len(arguments.instance_ids)))
    return 0
