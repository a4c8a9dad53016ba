"""The header of a spreadsheet of filled forms: which column holds which question, which links rows, which belong to the system that exported it.

Exports of KoboToolbox, Ona and ODK Central name questions by their path (`group/question`, `group-question`) and add columns of their own. The
instanceID is taken from them; the others stay in the file, which is kept, and are reported once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toguna.collect.core.forms.marks import Marks
from toguna.collect.core.schema import Table
from toguna.collect.core.submissions.lookup import fold, near
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")

#: How far down a header may stand.
_HEADER_ROWS = 10

INSTANCE_ID, DEPRECATED_ID, OWN, ABOVE = "_instance_id", "_deprecated_id", "_own", "_above"
LINKS = (OWN, ABOVE, INSTANCE_ID, DEPRECATED_ID)
#: Headers that are no question, by what they hold; where several are there, the first is read.
_LINKED: Mapping[str, tuple[str, ...]] = {
    OWN: ("_row", "_index"),
    ABOVE: ("_parent", "_parent_index", "parent_key"),
    INSTANCE_ID: ("instanceid", "meta/instanceid", "meta-instanceid", "key", "_uuid"),
    DEPRECATED_ID: ("deprecatedid", "meta/deprecatedid", "meta-deprecatedid"),
}
#: Columns of an export whatever the form; other headers that begin with `_` and are like no question are taken for such too.
_EXPORTED = frozenset(
    [
        "_id",
        "_uuid",
        "_submission_time",
        "_submitted_by",
        "_validation_status",
        "_notes",
        "_status",
        "_tags",
        "_index",
        "_parent_index",
        "_parent_table_name",
        "_xform_id",
        "_xform_id_string",
        "__version__",
        "_version",
        "_duration",
        "_attachments",
        "_geolocation",
        "_date_modified",
        "_edited",
        "_media_count",
        "_total_media",
        "_media_all_received",
        "_bamboo_dataset_id",
        "_submission__id",
        "_submission__uuid",
        "_submission__submission_time",
        "_submission__validation_status",
        "_submission__notes",
        "_submission__status",
        "_submission__submitted_by",
        "_submission___version__",
        "_submission__tags",
        "formhub/uuid",
        "meta/rootuuid",
        "meta/instancename",
        "meta-instancename",
        "instancename",
        "meta/audit",
        "meta-audit",
        "meta/instanceid",
        "meta-instanceid",
        "instanceid",
    ]
)
#: Columns that ODK Central adds; words that a form may use as well, so only beside Central's own `KEY`.
_CENTRAL = frozenset(
    [
        "submissiondate",
        "key",
        "parent_key",
        "submitterid",
        "submittername",
        "attachmentspresent",
        "attachmentsexpected",
        "status",
        "reviewstate",
        "deviceid",
        "edits",
        "formversion",
    ]
)
_TAG = re.compile(r"#\s*[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Header:
    """What a sheet's header says."""

    #: Which cell column (0-based) holds which column of the form, or a link (`LINKS`).
    columns: Mapping[str, int]
    written: Mapping[str, str]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]
    #: Columns of the system that exported the sheet.
    beside: tuple[str, ...]
    #: How many columns of the form the sheet lacks.
    missing: int
    #: The first row of data, 0-based.
    first: int
    #: The row of HXL tags below the header, 0-based.
    tags: int | None = None
    #: The instanceIDs are those of `_uuid`, which lack their "uuid:".
    is_bare_uuid: bool = False


def read_header(cells: pl.DataFrame, table: Table, marks: Marks | None = None) -> Header | None:
    """The header of a table's sheet: the rows, among the first, of whose filled cells at least half are columns of it."""
    meanings = _meanings(table, marks)
    found: Header | None = None
    for number, row in enumerate(cells.head(_HEADER_ROWS).iter_rows()):
        filled = {at: text for at, text in enumerate(row) if text and text.strip()}
        known = {at: name for at, text in filled.items() if (name := _meaning(text, meanings)) is not None}
        beside = _beside(filled, known, table, meanings)
        if not known or len(known) * 2 < len(filled) - len(beside):
            if found is not None and _are_tags(filled, found):
                found = replace(found, first=number + 1, tags=number)
                continue
            if found is not None:
                break
            continue
        later = replace(found, first=number + 1) if found else None
        found = later or _header(known, filled, beside, table, number + 1)
    return found


def is_of_export(text: str) -> bool:
    """Whether a header is that of a column which KoboToolbox, Ona or ODK Central add to an export, or links its rows."""
    plain = fold(text)
    return plain.startswith("_") or plain in _EXPORTED or any(plain in names for names in _LINKED.values())


def instance_id_header(headers: Sequence[str]) -> str | None:
    """The header of the column that holds instanceIDs; none where no column does."""
    by_name = {fold(header): header for header in headers}
    names = [name for name in _LINKED[INSTANCE_ID] if name != "key" or "submissiondate" in by_name]
    return next((by_name[name] for name in names if name in by_name), None)


def suggestion(text: str, table: Table, marks: Marks | None) -> str:
    """The header that was most likely meant, in brackets; empty where none is like it."""
    return near(text, _meanings(table, marks))


def _header(
    known: Mapping[int, str], filled: Mapping[int, str], beside: frozenset[int], table: Table, first: int
) -> Header:
    columns: dict[str, int] = {}
    twice = []
    for at, column in known.items():
        if column in columns:
            twice.append(filled[at])
        else:
            columns[column] = at
    links, left = _links(filled, known, table)
    return Header(
        columns=columns | links,
        written={column: filled[at].strip() for column, at in columns.items()},
        unknown=tuple(
            text for at, text in filled.items() if at not in known and at not in beside and at not in links.values()
        ),
        twice=tuple(twice),
        beside=tuple(filled[at].strip() for at in sorted(beside | left) if at not in links.values()),
        missing=sum(column.name not in columns for column in table.columns),
        first=first,
        is_bare_uuid=INSTANCE_ID in links and fold(filled[links[INSTANCE_ID]]) == "_uuid",
    )


def _links(filled: Mapping[int, str], known: Mapping[int, str], table: Table) -> tuple[dict[str, int], frozenset[int]]:
    """Which column holds each link, and the further columns that could. ODK Central's `KEY` is a row's own number as well."""
    at_of = {fold(text): at for at, text in reversed(list(filled.items())) if at not in known}
    found: dict[str, int] = {}
    for link, names in _LINKED.items():
        present = [at_of[name] for name in names if name in at_of]
        if present:
            found[link] = present[0]
    if "key" in at_of:
        found.setdefault(OWN, at_of["key"])
    if table.name:
        found.pop(INSTANCE_ID, None)
    every = {at_of[name] for names in _LINKED.values() for name in names if name in at_of}
    return found, frozenset(every - set(found.values()))


def _beside(
    filled: Mapping[int, str], known: Mapping[int, str], table: Table, meanings: Mapping[str, str]
) -> frozenset[int]:
    """Columns that links or the exporting system hold."""
    links = {name for names in _LINKED.values() for name in names}
    is_central = any(fold(text) == "key" for text in filled.values())
    several = {column.name for column in table.columns if column.type == "select_multiple"}

    def is_beside(text: str) -> bool:
        plain = fold(text)
        if plain in links or plain in _EXPORTED or (is_central and (plain in _CENTRAL or plain.startswith("set-of-"))):
            return True
        question = _meaning(text.rpartition("/")[0], meanings)
        return question in several or (plain.startswith("_") and not near(text, meanings))

    return frozenset(at for at, text in filled.items() if at not in known and is_beside(text))


def _are_tags(filled: Mapping[int, str], header: Header) -> bool:
    """Whether a row holds HXL tags (`#affected +f`) and nothing else."""
    tags = sum(_TAG.fullmatch(text.strip()) is not None for text in filled.values())
    return tags == len(filled) and (tags > 1 or len(header.columns) == 1)


def _meaning(text: str, meanings: Mapping[str, str]) -> str | None:
    return meanings.get(text.strip()) or meanings.get(_plain(text))


def _plain(text: str) -> str:
    return re.sub(r"[\s*]+$", "", fold(text))


def _meanings(table: Table, marks: Marks | None) -> dict[str, str]:
    """Every way to write a column in a header; a label that two columns share means neither, unless the template marks it."""
    found: dict[str, str | None] = {}
    for column in table.columns:
        for label in {_plain(label) for label in column.label.values() if label.strip()}:
            found[label] = column.name if label not in found else None
    for column in table.columns:
        for path in (column.path, column.path[len(table.path) :]):
            found |= {_plain(mark.join(path)): column.name for mark in "/-" if len(path) > 1}
    found |= {_plain(column.name): column.name for column in table.columns}
    leaves = [column.path[-1] for column in table.columns]
    for column in table.columns:
        # Where two questions differ in capitals only, the header is read with its capitals.
        leaf = column.path[-1]
        if leaves.count(leaf) == 1 and sum(other.lower() == leaf.lower() for other in leaves) > 1:
            found[leaf] = column.name
    for (of, header), column_name in marks.columns.items() if marks else ():
        if of == table.name and column_name in table.by_name:
            found[_plain(header)] = column_name
    return {label: name for label, name in found.items() if name is not None}
