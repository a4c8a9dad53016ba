"""The log: one JSON line an event, without names, answers or tokens.

A line holds the instant, the level, the logger, the event and fields of a closed list; anything else is left out, whoever wrote it. Of a
logger that is not Toguna's, not even the message is written, because it may hold a value (Django's SQL does): only where it was written.
An exception is told by its class and the places it came through, never by its words.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

#: The fields of `extra={"fields": {...}}` that are written.
FIELDS = frozenset(
    {
        "verb",
        "status",
        "milliseconds",
        "problems",
        "engine",
        "format",
        "count",
        "migration",
        "step",
        "kind",
        "sequence",
        "member_count",
    }
)
_EVENT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_CODE = re.compile(r"[a-z0-9_.:-]{1,100}")


class SafeFormatter(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        own = record.name.split(".")[0] == "toguna"
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name if _CODE.fullmatch(record.name.lower()) else "unknown",
        }
        if own and isinstance(record.msg, str) and _EVENT.fullmatch(record.msg):
            line["event"] = record.msg
            line |= _safe(getattr(record, "fields", {}))
        else:
            line["place"] = f"{PurePath(record.pathname).name}:{record.lineno}"
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["through"] = [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames[-20:]]
        return json.dumps(line)


def _safe(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the closed list whose values are numbers, codes or lists of codes."""
    return {name: value for name, value in fields.items() if name in FIELDS and _is_safe(value)}


def _is_safe(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(item, str) and _CODE.fullmatch(item) for item in value)
    return (
        value is None
        or isinstance(value, bool | int | float)
        or bool(isinstance(value, str) and _CODE.fullmatch(value))
    )
