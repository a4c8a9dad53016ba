"""Exports of other systems as arrivals and tables: ActivityInfo, HDX.

An importer needs no more than this: bytes in, a table that a mapping can read, `arrive` with the channel ``pull``. docs/importers.md shows one in fifty lines.
"""

from __future__ import annotations

import csv
import io

import polars as pl

from toguna.access.api import Actor, Subject, require_permit
from toguna.instance.api import current
from toguna.intake import problems
from toguna.intake.arrivals import RECEIVED, Arrival, arrive
from toguna.intake.core.boundaries import PulledTables, read_boundaries
from toguna.intake.core.cells import open_sheets
from toguna.intake.core.header import Header, find_header
from toguna.intake.core.rows import data_rows
from toguna.intake.core.words import fold
from toguna.kernel.api import Refused

#: Headers of a long export: what is measured, and how much.
_INDICATOR = frozenset({"indicator", "indicator name", "indicateur", "field", "field name", "champ"})
_VALUE = frozenset({"value", "valeur", "indicator value", "amount", "quantity"})


def pull_activityinfo(
    content: bytes, name: str, actor: Actor, organisation: str, *, form_id: str = "", period: str = ""
) -> Arrival:
    """An export of ActivityInfo as an arrival. A wide one is kept as it is; a long one (a row for each indicator) is made wide, its own bytes kept beside."""
    require_permit(actor, RECEIVED, Subject(organisation=organisation or None))
    wide = wide_of_long(content, name)
    note = ""
    if wide is not None:
        note = f"SHA-256 {current().files.put(content)}"
        content, name = wide, f"{name.rpartition('.')[0] or name}.csv"
    return arrive(
        content, name, actor, organisation=organisation, channel="pull", form_id=form_id, period=period, note=note
    )


def wide_of_long(content: bytes, name: str) -> bytes | None:
    """A CSV with a column for each indicator; none where the export is wide already."""
    header, frame = _table(content, name)
    by_name = {fold(column.parts[-1]): column for column in header.columns if column.parts}
    indicator = next((by_name[text] for text in by_name if text in _INDICATOR), None)
    value = next((by_name[text] for text in by_name if text in _VALUE), None)
    if indicator is None or value is None:
        return None
    others = [column for column in header.columns if column not in (indicator, value)]
    index = [str(column.at) for column in others]
    whole = frame.drop("_line").filter(pl.col(str(indicator.at)).is_not_null())
    order = whole[str(indicator.at)].unique(maintain_order=True).to_list()
    pivoted = whole.pivot(
        on=str(indicator.at), index=index, values=str(value.at), aggregate_function="first", maintain_order=True
    )
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*(column.header for column in others), *order])
    writer.writerows(pivoted.select(*index, *order).iter_rows())
    return text.getvalue().encode("utf-8-sig")


def pull_hdx(content: bytes, name: str) -> PulledTables:
    """Boundaries with p-codes and population tables, as rows of the pack's tables. Nothing is stored: a person looks at them and applies the pack."""
    header, frame = _table(content, name)
    rows = frame.drop("_line").iter_rows()
    return read_boundaries(
        [column.parts[-1] if column.parts else column.header for column in header.columns], rows, name
    )


def _table(content: bytes, name: str) -> tuple[Header, pl.DataFrame]:
    """The largest table of a file."""
    sheets = open_sheets(content, name)
    best: tuple[int, Header, pl.DataFrame] | None = None
    for each in sheets.names:
        sheet = sheets.sheet(each)
        header = find_header(sheet)
        if header is not None and (best is None or sheet.cells.height > best[0]):
            best = sheet.cells.height, header, data_rows(sheet.cells, header).frame
    if best is None:
        raise Refused(problems.NO_TABLE.at(file=name))
    return best[1], best[2]
