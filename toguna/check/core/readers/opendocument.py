"""OpenDocument texts (ISO/IEC 26300): headings, lists, tables, text boxes, notes; tracked changes as accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toguna.check import problems as fault
from toguna.check.core.document import Block, BlockKind, Document, Spot, Table, Text
from toguna.check.core.readers.limits import Clock
from toguna.check.core.readers.marks import is_caption, is_figure
from toguna.check.core.readers.package import open_package, refusals
from toguna.check.core.readers.tables import TableMaker, lays_out
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.ooxml import Package, local_name

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: What is struck out, what only says where something stands, what a reader of the page does not see in the line.
_SKIPPED = frozenset({"tracked-changes", "annotation", "sequence-decls", "ruby-text", "note", "frame", "custom-shape"})
_MOST_REPEATED = 500


def read_opendocument(content: bytes, name: str) -> Document:
    """Refuses what is no OpenDocument text, has a password, is broken, declares entities, or unpacks beyond reason."""
    with refusals(name):
        package = open_package(content)
        if _has_password(package):
            raise Refused(fault.WORD_ENCRYPTED.at(Place(file=name)))
        body = package.root("content.xml").find("{*}body/{*}text")
        if body is None:
            raise Refused(
                fault.WORD_BROKEN.at(Place(file=name), reason="it has no text", reason_fr="il n'a pas de texte")
            )
        walk = _Walk(name)
        walk.through(body)
        title = package.root("meta.xml").findtext(".//{*}title") if package.has("meta.xml") else None
        parts = (*walk.parts, *walk.notes)
        return Document(name=name, parts=parts, form="odt", title=(title or "").strip() or None)


def _has_password(package: Package) -> bool:
    manifest = "META-INF/manifest.xml"
    return package.has(manifest) and next(package.root(manifest).iter("{*}encryption-data"), None) is not None


class _Walk:
    """Goes through the text in order; a text box follows the paragraph it hangs on, notes stand at the end."""

    def __init__(self, name: str) -> None:
        self.parts: list[Block | Table] = []
        self.notes: list[Block] = []
        self._clock = Clock(name)
        self._line = 0
        self._aside = 0

    def through(self, container: Any, level: int = 0) -> None:
        """`level` is the depth of the list around; 0 outside of lists."""
        for element in container:
            name = local_name(element)
            if name in {"h", "p"}:
                self._take_paragraph(element, name, level)
            elif name == "table":
                self._take_table(element)
            elif name == "list":
                self.through(element, min(level + 1, 9))
            elif name in {"frame", "custom-shape"}:
                self._take_boxes(element, level)
            elif name not in _SKIPPED:
                self.through(element, level)

    def _take_paragraph(self, element: Any, name: str, level: int) -> None:
        self._clock.look()
        text = self._words(element)
        if text.text:
            said = element.get(f"{_TEXT}outline-level", "1")
            kind: BlockKind = "heading" if name == "h" else "bullet" if level else "paragraph"
            if kind == "paragraph" and is_caption(text.text):
                kind = "caption"
            depth = min(6, int(said)) if name == "h" and said.isdigit() else max(1, level)
            self.parts.append(Block(text=text.text, spots=text.spots, kind=kind, level=depth, aside=bool(self._aside)))
        self._take_boxes(element, 0)
        for note in element.iter(f"{_TEXT}note-body"):
            words = "\n".join(self._words(paragraph).text for paragraph in note.iter(f"{_TEXT}p")).strip()
            if words:
                self.notes.append(Block(text=words, spots=text.spots, kind="note"))

    def _take_boxes(self, element: Any, level: int) -> None:
        for box in element.iter("{*}text-box"):
            self._aside += 1
            if self._aside < 10:
                self.through(box, level)
            self._aside -= 1

    def _words(self, paragraph: Any) -> Text:
        self._line += 1
        words = "".join(_pieces(paragraph)).strip()
        return Text(text=words, spots=(Spot(start=0, line=self._line),) if words else ())

    def _take_table(self, element: Any) -> None:
        rows = list(_rows(element))
        texts = [["".join("".join(_pieces(p)) for p in _paragraphs(cell)) for cell in row] for row in rows]
        if lays_out(texts):
            for row in rows:
                for cell in row:
                    self.through(cell)
            return
        maker = TableMaker()
        heads = {id(row) for row in element.iter(f"{_TABLE}table-header-rows")}
        for row in rows:
            maker.begin_row()
            for cell in row:
                self._add_cell(maker, cell, any(id(one) in heads for one in cell.iterancestors()))
            maker.end_row()
        caption = self._caption()
        table = maker.made(caption, aside=bool(self._aside))
        if table.rows:
            self.parts.append(table)

    def _add_cell(self, maker: TableMaker, cell: Any, header: bool) -> None:
        texts = [self._words(paragraph) for paragraph in _paragraphs(cell)]
        words = "\n".join(text.text for text in texts if text.text)
        spots = next((text.spots for text in texts if text.text), ())
        span = _whole(cell.get(f"{_TABLE}number-columns-spanned"))
        for _ in range(min(_whole(cell.get(f"{_TABLE}number-columns-repeated")), _MOST_REPEATED)):
            maker.add(Text(text=words, spots=spots), header=header, span=span)

    def _caption(self) -> Text | None:
        last = self.parts[-1] if self.parts else None
        if isinstance(last, Block) and last.kind == "caption" and not is_figure(last.text):
            self.parts.pop()
            return Text(text=last.text, spots=last.spots)
        return None


def _rows(table: Any) -> Iterator[list[Any]]:
    """The cells of each row of a table; a cell that another covers from above stays as an empty one."""
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table")) is table:
            cells: list[Any] = []
            covered = 0
            for cell in row:
                name = local_name(cell)
                if name == "table-cell":
                    covered = _whole(cell.get(f"{_TABLE}number-columns-spanned")) - 1
                    cells.append(cell)
                elif name == "covered-table-cell":
                    left = _whole(cell.get(f"{_TABLE}number-columns-repeated"))
                    if left <= covered:
                        covered -= left
                    else:
                        cells.append(cell)
            yield cells


def _paragraphs(cell: Any) -> list[Any]:
    if local_name(cell) == "covered-table-cell":
        return []
    return list(cell.iter(f"{_TEXT}p", f"{_TEXT}h"))


def _pieces(paragraph: Any) -> Iterator[str]:
    """Words of the paragraph in order; blanks as OpenDocument counts them (part 3, 6.1.2)."""
    stack: list[Any] = [paragraph]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            yield " ".join(element.split("\n"))
            continue
        name = local_name(element)
        if element is not paragraph and name in _SKIPPED:
            continue
        if name == "s":
            yield " " * min(_whole(element.get(f"{_TEXT}c")), 100)
        elif name in {"tab", "line-break"}:
            yield " " if name == "tab" else "\n"
        else:
            for child in reversed(element):
                if child.tail:
                    stack.append(child.tail)
                stack.append(child)
            if name and element.text:
                stack.append(element.text)


def _whole(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 8 else 1
