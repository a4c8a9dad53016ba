"""What a template's hidden sheet carries: of which form and version it is, and which header stands for which question.

So last year's template is understood: by last year's version, whatever the labels are today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

#: The hidden sheet's name. No sheet of a form begins with an underscore.
HIDDEN = "_toguna"


@dataclass(frozen=True, kw_only=True)
class Marks:
    form_id: str
    version: str
    #: (table, header as written) to the question's name.
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)


def write_marks(marks: Marks) -> list[list[str]]:
    """The hidden sheet's rows."""
    columns = [["column", table, header, name] for (table, header), name in marks.columns.items()]
    return [["form_id", marks.form_id], ["version", marks.version], *columns]


def read_marks(rows: Iterable[Sequence[str | None]]) -> Marks | None:
    """What `write_marks` wrote; none where no form is named."""
    plain: dict[str, str] = {}
    columns: dict[tuple[str, str], str] = {}
    for row in rows:
        key, *cells = (cell or "" for cell in row)
        if key == "column" and len(cells) >= 3:
            columns[cells[0], cells[1]] = cells[2]
        elif cells:
            plain.setdefault(key, cells[0])
    if not plain.get("form_id"):
        return None
    return Marks(form_id=plain["form_id"], version=plain.get("version", ""), columns=columns)
