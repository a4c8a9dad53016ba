"""Cells with their spans to a `Table`; a table that only lays a page out is no table."""

from __future__ import annotations

from collections.abc import Sequence

from toguna.check.core.document import Cell, Table, Text
from toguna.check.core.readers.marks import is_figure

MOST_COLUMNS = 500


class TableMaker:
    """Takes cells row by row; a cell that spans rows leaves blank cells below itself."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        #: Column to how many more rows a cell above still fills.
        self._open: dict[int, int] = {}
        self._column = 0

    def begin_row(self) -> None:
        self._rows.append([])
        self._column = 0

    def add(self, text: Text, *, header: bool = False, span: int = 1, rows: int = 1) -> None:
        """Refuses nothing: spans beyond reason are cut."""
        if not self._rows:
            self.begin_row()
        self._fill()
        span = max(1, min(span, MOST_COLUMNS - min(self._column, MOST_COLUMNS - 1)))
        self._rows[-1].append(Cell(text=text.text, spots=text.spots, header=header, span=span))
        if rows > 1:
            for column in range(self._column, self._column + span):
                self._open[column] = min(rows, 10_000) - 1
        self._column += span

    def end_row(self) -> None:
        self._fill()
        for column in [column for column in self._open if column >= self._column]:
            del self._open[column]

    def _fill(self) -> None:
        """Blank cells where a cell above reaches down."""
        while self._open.get(self._column, 0) > 0:
            self._open[self._column] -= 1
            if not self._open[self._column]:
                del self._open[self._column]
            self._rows[-1].append(Cell(text=""))
            self._column += 1

    def made(self, caption: Text | None = None, *, aside: bool = False) -> Table:
        rows = tuple(tuple(row) for row in self._rows if any(cell.text for cell in row))
        return Table(rows=rows, caption=caption, aside=aside)


def lays_out(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table, given its cells' texts, only places text on a page: one column, one row of prose, or mostly prose."""
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    cells = [cell for row in filled for cell in row]
    if not cells:
        return True
    if max(len(row) for row in filled) < 2:
        return not any(map(is_figure, cells))
    words = sum(len(cell.split()) for cell in cells)
    prose = sum(len(cell.split()) for cell in cells if len(cell.split()) >= 40)
    return prose > 0.6 * words or (len(filled) == 1 and not any(map(is_figure, cells)))
