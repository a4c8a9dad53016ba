"""The address under which people reach a server that stands behind TLS. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toguna.kernel.api import Refused
from toguna.web import problems

#: The environment variable that names it.
ORIGIN = "TOGUNA_ORIGIN"
_WRITTEN = re.compile(r"https://((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(:[0-9]{1,5})?/?")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Scheme, name and port, as a browser writes them; and the name alone."""

    written: str
    host: str


def parse_origin(written: str) -> Origin | None:
    """The origin; nothing where none is named. Refuses what is not ``https://NAME`` or ``https://NAME:PORT``."""
    if not written:
        return None
    found = _WRITTEN.fullmatch(written.strip().lower())
    if found is None:
        raise Refused(problems.ORIGIN_BROKEN.at(origin=written))
    return Origin(written=f"https://{found[1]}{found[2] or ''}", host=found[1])


def is_loopback(host: str) -> bool:
    """Whether a server that listens there is reached from this computer alone."""
    return host in ("localhost", "::1", "[::1]") or host.startswith("127.")
