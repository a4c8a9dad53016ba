"""The server: one process that holds one instance, threads that answer, and one thread that follows the journal.

`serve` is run by the command; the process that answers is started by granian, which loads ``toguna.project.wsgi`` by name.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from toguna.instance.api import configure, open_instance
from toguna.instance.settings import HOME
from toguna.journal.api import head
from toguna.kernel.api import Refused
from toguna.kernel.core.library import library
from toguna.pack.api import consumers
from toguna.revisions.api import settle
from toguna.web import problems
from toguna.web.core.origin import ORIGIN, is_loopback, parse_origin
from toguna.web.static_files import NOT_SERVED
from toguna.work.api import follow

granian = library("granian")

#: Threads that answer at once. Figures are computed one after another; the others wait for disks and phones.
THREADS = 16
#: How often the journal's end is looked at for acts of other processes.
_LOOK_SECONDS = 2.0
_DAY = 24 * 3600
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Any]


def serve(home: Path, host: str, port: int, *, origin: str = "", threads: int = THREADS) -> None:
    """Serve the instance until a signal ends it. `origin`: the ``https`` address under which a proxy shows it.

    Refuses, before anything is served: an address of other computers without an origin, an origin that is none, a port that is taken.
    """
    named = parse_origin(origin)
    if named is None and not is_loopback(host):
        raise Refused(problems.NOT_LOOPBACK.at(host=host))
    _require_free(host, port)
    os.environ[HOME] = str(home.absolute())
    if named is not None:
        os.environ[ORIGIN] = named.written
    granian.Granian(
        "toguna.project.wsgi:application",
        address=host,
        port=port,
        interface=granian.constants.Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        websockets=False,
        log_level=granian.log.LogLevels.error,
        respawn_failed_workers=True,
    ).serve()


def application_of(home: Path) -> WSGI:
    """The instance opened, its files for browsers collected, the journal followed: what answers requests."""
    configure(home)
    instance = open_instance(home)
    settle()
    if instance.is_read_only:
        settings.STATIC_ROOT = tempfile.mkdtemp(prefix="toguna-static-")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=NOT_SERVED)
    application: WSGI = get_wsgi_application()
    following = Following()
    request_finished.connect(following.look, weak=False)
    threading.Thread(target=following.run, name="following", daemon=True).start()
    return application


class Following:
    """Entities, the lake and the pack's settings brought up to the journal's end, in a thread of the server."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._reached = -1

    def look(self, **_: object) -> None:
        """Look soon: a request has ended and may have appended an act."""
        self._asked.set()

    def run(self) -> None:
        """Look again and again, until the process ends. What fails is tried again later and is no reason for the server to end."""
        while True:
            try:
                self.step()
            except (
                Exception
            ) as error:  # a full disk, a database that is away: pages say so, and the next look may go well
                print(f"following: {type(error).__name__}", file=sys.stderr, flush=True)
            self._asked.wait(_LOOK_SECONDS)
            self._asked.clear()

    def step(self) -> None:
        """One look; nothing where no act is new."""
        close_old_connections()
        end = head().sequence
        if end != self._reached:
            settle()
            if all(outcome.error is None for outcome in follow(consumers())):
                self._reached = end


def _require_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host.strip("[]"), port))
        except OSError as error:
            raise Refused(problems.PORT_TAKEN.at(host=host, port=port, reason=error.strerror or str(error))) from error
