"""What kind of file a browser is told that it gets. Pure."""

from __future__ import annotations

from collections.abc import Mapping

#: By the end of the name. Anything else is bytes to be saved.
_TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def type_of(name: str) -> str:
    """The media type of a file of ours by its name."""
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
