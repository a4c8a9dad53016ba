"""``toguna mail fetch``: a mailbox, or a folder of mails, made into arrivals; answers as drafts."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from toguna.access.api import acting
from toguna.cli.printing import print_rows
from toguna.cli.problems import PASSWORD_MISSING
from toguna.cli.words import said
from toguna.instance.store.files import write_durably
from toguna.intake.mail import fetch, letters_in_folder, letters_over_imap
from toguna.kernel.api import Refused

#: The variable with the mailbox's password: never on the command line, where others see it.
PASSWORD = "TOGUNA_MAIL_PASSWORD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", required=True, metavar="fetch")
    fetched = words.add_parser(
        "fetch",
        help="make arrivals of mails",
        description="Makes arrivals of attachments. Sends nothing, deletes nothing, marks nothing as read.",
    )
    where = fetched.add_mutually_exclusive_group(required=True)
    where.add_argument("--folder", type=Path, metavar="DIR", help="a folder of .eml and .msg files")
    where.add_argument(
        "--imap", metavar="HOST[:PORT]", help="a mailbox over TLS; the password stands in TOGUNA_MAIL_PASSWORD"
    )
    fetched.add_argument("--user", default="", metavar="NAME", help="the account of the mailbox")
    fetched.add_argument("--mailbox", default="INBOX", metavar="NAME", help="the folder of the mailbox")
    fetched.add_argument(
        "--ca", metavar="FILE.pem", help="the certificate that proves the server, where the system does not know it"
    )
    fetched.add_argument("--drafts", type=Path, metavar="DIR", help="write the answers as drafts to this folder")


def run(arguments: argparse.Namespace) -> int:
    """1 when a mail was left because its sender is unknown or it cannot be read."""
    if arguments.folder is not None:
        letters = letters_in_folder(arguments.folder)
    else:
        host, _, port = arguments.imap.partition(":")
        password = os.environ.get(PASSWORD)
        if not password or (not port.isdecimal() and port):
            raise Refused(PASSWORD_MISSING.at(variable=PASSWORD))
        letters = letters_over_imap(
            host, arguments.user, password, port=int(port or 993), mailbox=arguments.mailbox, cafile=arguments.ca
        )
    rows, left, drafts = [], 0, 0
    for one in fetch(letters, acting(arguments.actor), arguments.language):
        came = ", ".join(f"{each.id} {each.name}{' =' if each.known else ''}" for each in one.arrivals)
        rows.append(
            {
                "sender": one.sender,
                "subject": one.subject,
                "organisation": one.organisation,
                "arrivals": came,
                "left": one.fault,
            }
        )
        left += bool(one.fault)
        if arguments.drafts is not None and one.draft:
            drafts += 1
            arguments.drafts.mkdir(parents=True, exist_ok=True)
            write_durably(arguments.drafts / f"{drafts:03}_{one.organisation}.eml", one.draft)
    print_rows(rows, arguments.format, ("sender", "subject", "organisation", "arrivals", "left"))
    if arguments.format == "table":
        print(said("mail_fetched", arguments.language, count=len(rows), left=left))
    return 1 if left else 0
