"""``toguna user add|list|disable|invite``: accounts."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from toguna.access import api as access
from toguna.access.sign_in import HOURS
from toguna.cli.printing import print_rows
from toguna.cli.words import said
from toguna.kernel.api import Language

_LOCAL = "http://localhost:8000"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three words after ``user``."""
    words = parser.add_subparsers(dest="word", required=True, metavar="add|list|disable|invite")
    add = words.add_parser(
        "add", help="add an account", description="Adds an account. Its name is never given to somebody else."
    )
    add.add_argument("name", metavar="NAME", help="such as awa, or gao-office")
    role = add.add_argument(
        "--role", dest="roles", action="append", default=[], metavar="ROLE", help="one of %(known)s; may be repeated"
    )
    vars(role)["known"] = ", ".join(role for role in access.rights().roles if role != access.OWNER)
    add.add_argument("--organisation", metavar="CODE", help="acts only on what is this organisation's")
    add.add_argument(
        "--place",
        dest="places",
        action="append",
        default=[],
        metavar="PLACE",
        help="acts only in this place; may be repeated",
    )
    add.add_argument("--password", action="store_true", help="ask for a password, to sign in with in the browser")
    words.add_parser("list", help="list accounts", description="Lists every account, disabled ones too.")
    disable = words.add_parser(
        "disable", help="disable an account", description="Disables an account; what it did stays under its name."
    )
    disable.add_argument("name", metavar="NAME")
    invite = words.add_parser(
        "invite",
        help="make a link with which somebody chooses the password",
        description="Makes a link for an account: its holder chooses the password. A newer link replaces it.",
    )
    invite.add_argument("name", metavar="NAME")
    invite.add_argument(
        "--origin", default=os.environ.get("TOGUNA_ORIGIN", _LOCAL), metavar="URL", help="the server's address"
    )


def run(arguments: argparse.Namespace) -> int:
    by, language = access.acting(arguments.actor), arguments.language
    if arguments.word == "add":
        password = ask_password(language) if arguments.password else None
        actor = access.add_account(
            arguments.name,
            arguments.roles,
            by,
            organisation=arguments.organisation,
            scope=arguments.places,
            password=password,
        )
        print(said("user_added", language, name=actor.name, roles=", ".join(actor.roles)))
    elif arguments.word == "disable":
        access.disable_account(arguments.name, by)
        print(said("user_disabled", language, name=arguments.name))
    elif arguments.word == "invite":
        address = f"{arguments.origin.rstrip('/')}/invitation/{access.invite(arguments.name, by)}"
        print(said("invited", language, name=arguments.name, hours=HOURS["invitation"], address=address))
    else:
        access.require_permit(by, "user.listed")
        rows = [{**vars(one), "roles": list(one.roles), "places": list(one.places)} for one in access.list_accounts()]
        print_rows(rows, arguments.format)
    return 0


def ask_password(language: Language) -> str:
    """From the terminal without showing it, or a line of standard input."""
    return getpass.getpass(said("ask_password", language)) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
