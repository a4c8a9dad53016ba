"""A table of a page: columns, rows of cells, and where the next portion begins. One template shows them all.

Pages are found by a key, never by how many rows come before: the last of a million costs what the first does, and a row that comes in between
moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from django.http import HttpRequest

from toguna.kernel.api import Refused
from toguna.web import problems

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its heading and how its cells stand."""

    label: str
    #: `short`: never broken into lines, such as a date.
    kind: Literal["text", "number", "code", "short"] = "text"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands in a cell, and where it leads. `whole`: what is behind a text that was made shorter, opened on demand."""

    text: str
    address: str = ""
    whole: str = ""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Rows of cells under their columns; `later`: the address of the next portion, if there may be one."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    label: str
    later: str = ""

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Each row's cells beside their columns."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def key_of(request: HttpRequest, name: str = "before") -> int | None:
    """The key after which the portion begins; none for the first. Refuses what is no number."""
    written = request.GET.get(name, "")
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 19):
        raise Refused(problems.NOT_FOUND.at())
    return int(written)


def later_address(request: HttpRequest, key: object, name: str = "before") -> str:
    """The same page from another key."""
    query = {**request.GET.dict(), name: str(key)}
    return f"?{urlencode({name: value for name, value in query.items() if value})}"
