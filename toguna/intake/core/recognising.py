"""Which sheet of a file, and which form: the kept mapping whose headers these are, else the form that knows most of the columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toguna.intake.core.cells import FileSheets, SheetCells
from toguna.intake.core.header import Header, find_header
from toguna.intake.core.mapping import FormMapping, Layout, fingerprint
from toguna.intake.core.questions import FormQuestions

#: A form is taken for a file's where it knows so many columns, and such a part of them; or where such a part of its questions has a column.
_LEAST, _PART, _MOST = 2, 0.4, 0.6


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """A sheet with its header, the form, and the layout that is kept for these headers, if one is."""

    sheet: SheetCells
    header: Header
    form_id: str
    layout: Layout | None = None
    #: Other sheets that hold a table.
    others: tuple[str, ...] = ()
    #: Whether the form was told by a kept layout or by its columns.
    is_sure: bool = True


def recognise(
    sheets: FileSheets, forms: Mapping[str, FormQuestions], kept: Mapping[str, FormMapping], sheet: str = ""
) -> Recognised | None:
    """The most likely; none where no sheet has a table. `forms` may be one, which is then taken."""
    best: tuple[float, Recognised] | None = None
    tables: dict[str, int] = {}
    for name in [sheet] if sheet else sheets.names:
        own = sheets.sheet(name)
        for form_id, questions in forms.items():
            header = find_header(own, questions.knows)
            if header is None or not header.columns:
                continue
            rows = own.cells.height - header.first
            if rows > 0 and len(header.columns) > 1:
                tables[name] = rows
            layout = kept[form_id].layout(fingerprint(header.columns)) if form_id in kept else None
            score = _score(header, layout, rows, len(questions.all))
            if best is None or score > best[0]:
                sure = layout is not None or len(forms) == 1 or _is_sure(header, len(questions.all))
                best = score, Recognised(sheet=own, header=header, form_id=form_id, layout=layout, is_sure=sure)
    if best is None:
        return None
    chosen = best[1]
    others = tuple(name for name in tables if name != chosen.sheet.name)
    return Recognised(
        sheet=chosen.sheet,
        header=chosen.header,
        form_id=chosen.form_id,
        layout=chosen.layout,
        others=others,
        is_sure=chosen.is_sure,
    )


def _score(header: Header, layout: Layout | None, rows: int, questions: int) -> float:
    """More for each column that the form knows, less for each question without a column; tags, rows and width decide between equals."""
    if layout is not None:
        return 1_000_000.0
    equal = (header.tags is not None) + min(rows, 1000) / 1001 + min(len(header.columns), 50) / 100
    return header.known * 10 - max(questions - header.known, 0) + equal


def _is_sure(header: Header, questions: int) -> bool:
    known = header.known
    return known >= _LEAST and (known >= _PART * len(header.columns) or known >= _MOST * questions)
