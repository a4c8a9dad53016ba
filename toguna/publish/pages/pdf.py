"""The laid-out product as a PDF: tagged, accessible (PDF/UA-1) and lasting (PDF/A-3a), the data file inside.

Typst refuses a document that breaks either standard: an image without alternative text, a heading out of order.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from toguna.kernel.api import Place, Refused
from toguna.publish import problems as fault
from toguna.publish.pages.block_layout import Laid
from toguna.publish.pages.drawings import signs
from toguna.publish.pages.drawings.svg import Pen
from toguna.publish.pages.look import Look, folder_of_fonts
from toguna.publish.pages.sketches import Sketch, Slot

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-3a"]
_MM = 72 / 25.4
#: How wide a drawing is printed, in points, and how large its words are: by product and by where it stands.
_PAPER: Mapping[str, Mapping[Slot, tuple[float, float]]] = {
    "update": {
        "series": (156, 8),
        "bullet": (134, 8),
        "map": (76 * _MM, 8),
        "side": (51 * _MM, 8),
        "wide": (165 * _MM, 8),
        "annex": (165 * _MM, 10),
    },
    "factsheet": {
        "series": (156, 8),
        "bullet": (220, 8),
        "map": (76 * _MM, 8),
        "side": (51 * _MM, 8),
        "wide": (182 * _MM, 8),
    },
    "dashboard": {
        "series": (80 * _MM, 8),
        "bullet": (170, 8),
        "map": (113 * _MM, 9),
        "side": (68 * _MM, 8),
        "wide": (68 * _MM, 8),
    },
    "line_sheet": {"change": (30 * _MM, 8)},
}
_TEMPLATES = ("look.typ", "update.typ", "factsheet.typ", "dashboard.typ", "line_sheet.typ")


class PdfWriter:
    """Writes PDFs in one folder; kept alive, it writes an edited layout in a fraction of the first time."""

    def __init__(self, folder: Path, look: Look | None = None, kept: Path | None = None) -> None:
        """`folder` holds the pictures that the layout names; templates and layout are written into it. `kept` holds costly drawings."""
        self.folder, self.look, self.kept = folder, look or Look(), kept
        self._compilers: dict[str, typst.Compiler] = {}

    def write(self, laid: Laid, written: datetime, attached: Mapping[str, str]) -> bytes:
        """The PDF's bytes: the same for the same layout, instant and pictures.

        `attached` names files of the folder to carry and what each is. Refuses what Typst refuses, with its words.
        """
        carried = [
            {"file": name, "type": "text/csv", "description": description} for name, description in attached.items()
        ]
        document = {**paper_layout(laid, self.look, self.kept), "attached": carried, "written": written.isoformat()}
        (self.folder / "layout.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return self.compile(template_of(laid), written)

    def compile(self, template: str, written: datetime) -> bytes:
        """The PDF of the layout that stands in the folder."""
        try:
            result = self._compiler(template).compile(
                input=str(self.folder / template), format="pdf", pdf_standards=STANDARDS, timestamp=written
            )
        except typst.TypstError as error:
            reason = " ".join([error.message, *error.hints])
            raise Refused(fault.PDF_REFUSED.at(Place(file=self.folder.name), reason=reason)) from error
        assert isinstance(result, bytes)
        return result

    def _compiler(self, template: str) -> typst.Compiler:
        if template not in self._compilers:
            own = files("toguna.publish.pages")
            for name in _TEMPLATES:
                (self.folder / name).write_text(own.joinpath(name).read_text(encoding="utf-8"), encoding="utf-8")
            fonts = [str(folder_of_fonts()), *([self.look.faces] if self.look.faces else [])]
            self._compilers[template] = typst.Compiler(
                str(self.folder / template), root=str(self.folder), font_paths=fonts, ignore_system_fonts=True
            )
        return self._compilers[template]


def template_of(laid: Laid) -> str:
    """The template of a product; what has none of its own is set as an update."""
    name = f"{laid['product']}.typ"
    return name if name in _TEMPLATES and name != "look.typ" else "update.typ"


def paper_layout(laid: Laid, look: Look, kept: Path | None = None) -> dict[str, Any]:
    """The layout with its tokens, signs and drawings as they are printed: plain values that Typst reads."""
    product = template_of(laid).removesuffix(".typ")
    palette = look.light
    drawn = {f"mark-{basis}": signs.mark(basis, palette).svg for basis in signs.MARKED}
    drawn |= {f"icon-{name}": signs.icon(name, palette).svg for name in signs.ICONS}
    plain: dict[str, Any] = _on_paper(
        {key: value for key, value in laid.items() if key != "notes"}, product, look, kept
    )
    given = {"draft": True, "banner": "", "issued": "", "data_file": "figures.csv", "demonstration": look.demonstration}
    return {
        **given,
        **plain,
        "notes": [{"index": row["index"]} for row in laid["notes"]],
        "look": look.typst(),
        "signs": drawn,
        "mark": look.mark or signs.toguna(palette).svg,
    }


def _on_paper(value: Any, product: str, look: Look, kept: Path | None) -> Any:
    if isinstance(value, Sketch):
        widths = _PAPER.get(product, _PAPER["update"])
        width, size = widths.get(value.slot, _PAPER["update"].get(value.slot, (165 * _MM, 8)))
        return value.drawn(Pen(palette=look.light, size=size), round(width, 2), kept).__dict__
    if isinstance(value, Mapping):
        return {key: _on_paper(each, product, look, kept) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_on_paper(each, product, look, kept) for each in value]
    return value


def main(folder: Path) -> int:
    """Set the layout that stands in a folder again: ``python -m toguna.publish.pages.pdf FOLDER`` writes its update.pdf."""
    laid = json.loads((folder / "layout.json").read_text(encoding="utf-8"))
    written = datetime.fromisoformat(laid["written"])
    (folder / "update.pdf").write_bytes(PdfWriter(folder).compile(template_of(laid), written))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
