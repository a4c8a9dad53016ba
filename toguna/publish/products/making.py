"""The by-products of an update as files, made from the opened instance: factsheet, dashboard, who does what where, line sheet."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdfium2 import PdfDocument

from toguna.collect.api import forms, reference_rows
from toguna.figures.api import late_rows
from toguna.kernel.api import Language, Place, Refused
from toguna.organisations.api import all_organisations
from toguna.places.api import tree
from toguna.publish import problems as fault
from toguna.publish.build import Compiled, Desk, compile_text, date_of, each_language, render
from toguna.publish.core.front import Front
from toguna.publish.core.update_text import UpdateText
from toguna.publish.pages.pdf import PdfWriter
from toguna.publish.products.derived import dashboard, dashboard_blocks, factsheet
from toguna.publish.products.line_sheet import line_sheet
from toguna.publish.products.line_sheet_page import LINES, lay_out_line_sheet
from toguna.publish.products.presence import Presence, presences, write_matrix, write_presence

_DERIVED = ("factsheet", "dashboard")
_FORMATS = ("pdf", "html")
#: Bullets of a section on a factsheet, and lines of a part on a line sheet: fewer where more would not fit.
_BULLETS, _LINES = (4, 3, 2, 1), (LINES, 4, 3, 1)


def make_products(text: UpdateText, desk: Desk, out: Path) -> list[Path]:
    """Write one language's by-products into a folder; returns them. They are drafts until the update is issued.

    ``line-sheet.pdf`` is for whoever clears the update, not for the public. Refuses an update that cannot be built.
    """
    compiled = compile_text(text, desk)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".products-", dir=out.parent) as name:
        folder = Path(name)
        update, front = compiled.resolution.update, compiled.front
        for most in _BULLETS:
            _render(factsheet(update, front, most), "factsheet", compiled, desk, folder)
            if pages_of((folder / "factsheet.pdf").read_bytes()) <= 2:
                break
        write_dashboard(compiled, desk, folder)
        _write_presence(compiled.front, desk.as_of(compiled.front), folder)
        (folder / "line-sheet.pdf").write_bytes(_line_sheet(compiled, desk, folder))
        wanted = [f"{product}.{kind}" for product in _DERIVED for kind in (*_FORMATS, "csv")]
        out.mkdir(parents=True, exist_ok=True)
        return [
            Path(shutil.move(folder / file, out / file)) for file in (*wanted, "3w.csv", "3w.xlsx", "line-sheet.pdf")
        ]


def make_all_products(text: UpdateText, desk: Desk, out: Path) -> list[Path]:
    """Every language's: of the first in the folder itself, of the others in folders named after them, as `build_all` does."""
    made: list[Path] = []
    for each in each_language(text):
        made += make_products(each.text, desk, out if each.is_first else out / each.language)
    return made


def write_dashboard(compiled: Compiled, desk: Desk, folder: Path) -> None:
    """Write the snapshot into a folder. Refuses one of more than one page, with the block that must go."""
    update, front = compiled.resolution.update, compiled.front
    _render(dashboard(update, front), "dashboard", compiled, desk, folder)
    if pages_of((folder / "dashboard.pdf").read_bytes()) == 1:
        return
    for block in dashboard_blocks(update):
        _render(dashboard(update, front, block.line), "dashboard", compiled, desk, folder)
        if pages_of((folder / "dashboard.pdf").read_bytes()) == 1:
            place = Place(file=compiled.text.name, line=block.line)
            raise Refused(fault.DASHBOARD_TOO_LONG.at(place, kind=block.kind))
    raise Refused(fault.DASHBOARD_FAR_TOO_LONG.at(Place(file=compiled.text.name)))


def _render(source: str, product: str, compiled: Compiled, desk: Desk, folder: Path) -> None:
    file = f"{product}.{compiled.front.language}.md"
    cut = compile_text(compiled.text.named(file, source), desk)
    render(cut, desk, folder, _FORMATS, name=product)


def _write_presence(front: Front, as_of: int | None, folder: Path) -> None:
    found = presences_of(front, as_of)
    (folder / "3w.csv").write_text(write_presence(found, front.place), encoding="utf-8")
    (folder / "3w.xlsx").write_bytes(write_matrix(found, front.place, front.language))


def presences_of(front: Front, as_of: int | None) -> Sequence[Presence]:
    """Who does what where in the text's period, by the agreements known at that sequence; None is now."""
    known = [
        row.values
        for row in reference_rows("agreements")
        if (
            row.seq_to is None
            if as_of is None
            else row.seq_from <= as_of and (row.seq_to is None or row.seq_to > as_of)
        )
    ]
    organisations = {each.code: each for each in all_organisations()}
    return presences(known, organisations, tree(front.covers.end), front.covers, front.language)


def _line_sheet(compiled: Compiled, desk: Desk, folder: Path) -> bytes:
    front = compiled.front
    titles = _titles(front.language)
    late = [(titles.get(row.form, row.form), row.change) for row in late_rows(front.covers)]
    sheet = line_sheet(compiled.resolution, compiled.report, desk.figures, late, desk.as_of(front))
    content = b""
    writer = PdfWriter(folder, desk.around.look)
    for lines in _LINES:
        laid = {**lay_out_line_sheet(sheet, front, desk.figures, lines), "draft": True, "banner": ""}
        content = writer.write(laid, date_of(front), {})
        if pages_of(content) == 1:
            break
    return content


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    document = PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _titles(language: Language) -> dict[str, str]:
    return {
        form.form_id: form.schema.title.get(language) or next(iter(form.schema.title.values()), form.form_id)
        for form in forms()
    }
