"""One byte string for one value, and its digest.

Canonical JSON: UTF-8, keys sorted, no blanks, no float (a float has several writings: give a `Decimal`, written as a
string, or an integer). Dates and instants are ISO 8601 strings; an instant must carry its offset and is written in UTC.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID


def canonical_json(value: object) -> bytes:
    """The value's one writing. Refuses (`TypeError`) floats, naive instants and what JSON has no word for."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal; of the bytes themselves when bytes are given."""
    return hashlib.sha256(value if isinstance(value, bytes) else canonical_json(value)).hexdigest()


def _plain(value: object) -> Any:
    match value:
        case None | bool() | int() | str() if not isinstance(value, Enum):
            return value
        case Enum():
            return _plain(value.value)
        case Decimal():
            return format(value.normalize() if value else Decimal(0), "f")
        case datetime():
            if value.tzinfo is None:
                raise TypeError(f"an instant needs its offset: {value!r}")
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {_key(key): _plain(item) for key, item in value.items()}
        case set() | frozenset():
            return sorted((_plain(item) for item in value), key=repr)
        case Sequence():
            return [_plain(item) for item in value]
    raise TypeError(f"canonical JSON has no writing for {type(value).__name__}: {value!r}")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"keys are text: {key!r}")
    return key
