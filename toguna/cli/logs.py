"""The log of the command: one configuration for all loggers, Django's included. What a line may hold stands in `kernel.core.logs`."""

from __future__ import annotations

import logging
import os
import sys
from typing import IO

from toguna.kernel.core.library import library
from toguna.kernel.core.logs import SafeFormatter

#: Loads the libraries of network logs; few runs log at all.
_config = library("logging.config")

LEVELS = ("debug", "info", "warning", "error")


def start_log(level: str, file: str = "") -> None:
    """The one configuration of the log: lines of this level and above, to standard error or to a file of mode 0600.

    No level means no log; then no library prints its warnings either. Refuses (`ValueError`) a level that is none of `LEVELS`.
    """
    # A log that cannot be written, on a full disk, stops nothing and prints nothing of its own.
    logging.raiseExceptions = False
    if not level:
        if not logging.getLogger().handlers:
            logging.getLogger().addHandler(logging.NullHandler())
        return
    if level not in LEVELS:
        raise ValueError(f"the level of the log is one of {', '.join(LEVELS)}")
    handler = {"class": "logging.StreamHandler", "formatter": "safe", "stream": _stream(file)}
    _config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"safe": {"()": SafeFormatter}},
            "handlers": {"log": handler},
            "root": {"handlers": ["log"], "level": level.upper()},
        }
    )


def _stream(file: str) -> IO[str]:
    if not file:
        return sys.stderr
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8")
