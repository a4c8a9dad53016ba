"""``toguna serve``: the web application on one instance."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from toguna.access import api as access
from toguna.cli.words import said
from toguna.instance.api import current
from toguna.kernel.api import Language, Refused
from toguna.web import problems
from toguna.web.api import serve
from toguna.web.core.origin import ORIGIN, is_loopback
from toguna.web.pages.built import BUILT

_HOST, _PORT = "127.0.0.1", 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=_HOST, metavar="HOST", help="where to listen (default %(default)s)")
    parser.add_argument("--port", type=int, default=_PORT, metavar="PORT", help="the port (default %(default)s)")
    parser.add_argument(
        "--origin",
        default=os.environ.get(ORIGIN, ""),
        metavar="URL",
        help="the https address under which a proxy on this computer shows the server",
    )
    parser.add_argument(
        "--demonstration",
        action="store_true",
        help="print a link for each account of a demonstration that signs in without a password, once, within 24 hours",
    )
    parser.add_argument(
        "--built", type=Path, metavar="DIR", help="of a demonstration, show the files in this folder too"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serves until a signal ends it. Refuses links without a password, and built files, beyond a demonstration on this computer."""
    is_shown = is_loopback(arguments.host) and not arguments.origin
    if (arguments.demonstration or arguments.built) and not (is_shown and current().operation.demonstration):
        raise Refused(problems.LINKS_FOR_DEMONSTRATIONS.at())
    if arguments.built:
        os.environ[BUILT] = str(arguments.built.absolute())
    address = arguments.origin or f"http://localhost:{arguments.port}"
    if arguments.demonstration:
        _print_links(address, arguments.language)
    print(said("serving", arguments.language, address=address), file=sys.stderr, flush=True)
    serve(arguments.home, arguments.host, arguments.port, origin=arguments.origin)
    return 0


def _print_links(address: str, language: Language) -> None:
    owner = access.acting(None)
    print(said("demonstration_links", language))
    for account in access.list_accounts():
        if account.active:
            link = f"{address}/demonstration/{access.demonstration_link(account.name, owner)}"
            where = ", ".join(filter(None, (account.organisation, *account.places)))
            print(f"  {account.name:<22} {where:<20} {link}")
    sys.stdout.flush()
