"""Where the table of a sheet begins: its header rows, merged or of two lines, the row of HXL tags, and the titles above.

The row of tags wins. Else the row that knows most columns of the form; else the first row that is nearly as wide as the table, of texts
that are hardly repeated. A row above whose cells span several columns is part of the header: its text goes before, with `` / `` between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from toguna.intake.core.cells import SheetCells
from toguna.intake.core.words import fold, is_tag, plain_tag

#: Between the parts of a header of several rows.
JOINED = " / "
#: The column in which a file that was sent back says what to correct: it is ours, not the partner's.
TO_CORRECT = "À corriger / To correct"
#: A header's row has so much of the width of the widest row among the first.
_WIDE = 0.6
_GROUPS = 3
_VALUE = re.compile(
    r"[~<>]?[-+]?[\d\s.,'’\u00a0\u202f]*\d[\d\s.,'’\u00a0\u202f%]*|\d{4}-\d\d-\d\d.*|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
)


@dataclass(frozen=True, kw_only=True)
class HeaderColumn:
    """One column of a table: where it stands, its header as joined, the rows' texts that make it, its tag."""

    at: int
    header: str
    parts: tuple[str, ...] = ()
    tag: str = ""


@dataclass(frozen=True, kw_only=True)
class Header:
    """The header of a sheet. Rows are 0-based."""

    columns: tuple[HeaderColumn, ...]
    #: Rows of the header itself, groups included; the row of tags; the first row below.
    rows: tuple[int, ...]
    tags: int | None
    first: int
    #: Texts above the header.
    titles: tuple[str, ...] = ()
    #: How many columns the form knows.
    known: int = 0


def find_header(sheet: SheetCells, is_known: Callable[[str], bool] = lambda text: False) -> Header | None:
    """The header; none where no row could be one."""
    top = sheet.top
    tags = next((number for number, row in enumerate(top) if _is_tag_row(row)), None)
    last = _above(top, tags) if tags is not None else _chosen(sheet, is_known)
    if last is None:
        return None
    names = top[last] if last >= 0 else [""] * len(top[0])
    groups = _groups(sheet, last) if last >= 0 else ()
    rows = (*groups, *((last,) if last >= 0 else ()))
    columns = _columns(
        sheet, names, [_spread(sheet, number) for number in groups], top[tags] if tags is not None else ()
    )
    first = (tags if tags is not None else last) + 1
    begin = min((number for number in rows), default=first)
    titles = tuple(" ".join(filter(None, row)) for row in top[:begin] if any(row))
    known = sum(is_known(column.header) or any(map(is_known, column.parts[-1:])) for column in columns)
    return Header(columns=columns, rows=rows, tags=tags, first=first, titles=titles, known=known)


def _is_tag_row(row: Sequence[str]) -> bool:
    """Two tags or more, and at most as many cells without: ``country`` for ``#country`` is a slip."""
    tags = sum(map(is_tag, row))
    return tags * 2 >= sum(map(bool, row)) and (tags > 1 or (tags == 1 and sum(map(bool, row)) == 1))


def _above(top: Sequence[Sequence[str]], tags: int) -> int:
    """The row of names above a row of tags: -1 where there is none."""
    return next((number for number in range(tags - 1, -1, -1) if any(top[number])), -1)


def _is_value(text: str) -> bool:
    return _VALUE.fullmatch(text) is not None


def _chosen(sheet: SheetCells, is_known: Callable[[str], bool]) -> int | None:
    """The lowest row of the header."""
    top = sheet.top
    filled = [[text for text in row if text] for row in top]
    if not any(filled):
        return None
    known = [sum(map(is_known, row)) for row in filled]
    best = max(known)
    if best and best * 2 >= len(filled[known.index(best)]):
        return _lowest(sheet, known.index(best))
    width = max(map(len, filled))
    for number, row in enumerate(filled):
        if len(row) >= max(_WIDE * width, min(2, width)) and _are_names(row):
            return _lowest(sheet, number)
    return next((number for number, row in enumerate(filled) if len(row) >= _WIDE * width), None)


def _are_names(row: Sequence[str]) -> bool:
    values = sum(map(_is_value, row))
    return values <= 0.2 * len(row) and len(set(map(fold, row))) >= min(0.6 * len(row), len(row) - 1)


def _lowest(sheet: SheetCells, number: int) -> int:
    """The row below, where cells of this one are merged over several columns that it names one by one."""
    spans = [one for one in sheet.merged if one.first_row <= number + 1 <= one.last_row]
    is_group = any(one.last_column > one.first_column for one in spans)
    below = [text for text in sheet.top[number + 1] if text] if number + 1 < len(sheet.top) else []
    return number + 1 if is_group and below and not any(map(_is_value, below)) else number


def _groups(sheet: SheetCells, last: int) -> tuple[int, ...]:
    """The rows right above that name groups of columns."""
    found: list[int] = []
    for number in range(last - 1, max(last - 1 - _GROUPS, -1), -1):
        if not _is_group_row(sheet, number, sheet.top[found[-1] if found else last]):
            break
        found.append(number)
    return tuple(reversed(found))


def _is_group_row(sheet: SheetCells, number: int, below: Sequence[str]) -> bool:
    row = sheet.top[number]
    filled = [text for text in row if text]
    if not filled or any(_is_value(text) or text.endswith(":") or ":" in text[:-1].split("://")[0] for text in filled):
        return False
    spans = [one for one in sheet.merged if one.first_row <= number + 1 <= one.last_row]
    width = sum(map(bool, below))
    if spans:
        return any(
            one.last_column - one.first_column + 1 < max(width, 2) or one.last_row > one.first_row for one in spans
        )
    return 2 <= len(filled) < width and (len(filled) > 2 or width < 6)


def _spread(sheet: SheetCells, number: int) -> list[str]:
    """A row of groups with each text in every column that it stands over."""
    row = list(sheet.top[number])
    spans = [one for one in sheet.merged if one.first_row <= number + 1 <= one.last_row]
    for one in spans:
        text = sheet.top[one.first_row - 1][one.first_column - sheet.left]
        for column in range(one.first_column - sheet.left, min(one.last_column - sheet.left + 1, len(row))):
            row[column] = text
    if not spans:
        before = ""
        for at, text in enumerate(row):
            before = text or before
            row[at] = before
    return row


def _columns(
    sheet: SheetCells, names: Sequence[str], groups: Sequence[Sequence[str]], tags: Sequence[str]
) -> tuple[HeaderColumn, ...]:
    """Every column that has a header, a tag, or anything below; no two with the same header."""
    filled = [
        column for column in range(sheet.cells.width) if names[column : column + 1] != [""] or _has_cells(sheet, column)
    ]
    found: list[HeaderColumn] = []
    often: Counter[str] = Counter()
    for at in filled:
        texts = [group[at] for group in groups] + [names[at] if at < len(names) else ""]
        parts = tuple(dict.fromkeys(" ".join(text.split()) for text in texts if text))
        tag = plain_tag(tags[at]) if at < len(tags) and is_tag(tags[at]) else ""
        header = JOINED.join(parts) or tag or f"#{sheet.left + at}"
        if parts and fold(parts[-1]) == fold(TO_CORRECT):
            continue
        often[fold(header) or header] += 1
        if (count := often[fold(header) or header]) > 1:
            header = f"{header} ({count})"
        found.append(HeaderColumn(at=at, header=header, parts=parts, tag=tag))
    return tuple(found)


def _has_cells(sheet: SheetCells, column: int) -> bool:
    return bool((sheet.cells.to_series(column).head(2_000).str.len_bytes() > 0).any())
