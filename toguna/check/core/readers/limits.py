"""How much a reader takes in: size, count and time."""

from __future__ import annotations

import time

from toguna.check import problems as fault
from toguna.kernel.api import Place, Refused

MOST_BYTES = 200_000_000
MOST_CHARACTERS = 20_000_000
MOST_SECONDS = 120.0


class Clock:
    """Refuses when the reading of one file takes too long."""

    def __init__(self, name: str) -> None:
        self._name, self._start = name, time.monotonic()

    def look(self) -> None:
        if time.monotonic() - self._start > MOST_SECONDS:
            raise Refused(fault.TOO_SLOW.at(Place(file=self._name), seconds=round(MOST_SECONDS)))
