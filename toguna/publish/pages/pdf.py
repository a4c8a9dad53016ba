"""The laid-out update as a PDF: tagged, accessible (PDF/UA-1) and lasting (PDF/A-3a), the data file inside.

Typst refuses a document that breaks either standard: an image without alternative text, a heading out of order.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import font_lato
import typst

from toguna.kernel.api import Place, Refused
from toguna.publish import problems as fault
from toguna.publish.pages.layout import Laid

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-3a"]
FONTS = Path(font_lato.__file__).parent / "files"


class PdfWriter:
    """Writes PDFs in one folder; kept alive, it writes an edited layout in a fraction of the first time."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds the pictures that the layout names; the template and the layout are written into it."""
        self.folder = folder
        template = files("toguna.publish.pages").joinpath("update.typ").read_text(encoding="utf-8")
        (folder / "update.typ").write_text(template, encoding="utf-8")
        (folder / "layout.json").write_text("{}", encoding="utf-8")
        self._compiler = typst.Compiler(
            str(folder / "update.typ"), root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True
        )

    def write(self, laid: Laid, written: datetime, attached: Mapping[str, str]) -> bytes:
        """The PDF's bytes: the same for the same layout, instant and pictures.

        `attached` names files of the folder to carry and what each is. Refuses what Typst refuses, with its words.
        """
        carried = [
            {"file": name, "type": "text/csv", "description": description} for name, description in attached.items()
        ]
        document = {**laid, "attached": carried, "written": written.isoformat()}
        (self.folder / "layout.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        try:
            result = self._compiler.compile(
                input=str(self.folder / "update.typ"), format="pdf", pdf_standards=STANDARDS, timestamp=written
            )
        except typst.TypstError as error:
            reason = " ".join([error.message, *error.hints])
            raise Refused(fault.PDF_REFUSED.at(Place(file=self.folder.name), reason=reason)) from error
        assert isinstance(result, bytes)
        return result


def main(folder: Path) -> int:
    """Set the layout that stands in a folder again: ``python -m toguna.publish.pages.pdf FOLDER`` writes its update.pdf."""
    laid = json.loads((folder / "layout.json").read_text(encoding="utf-8"))
    carried = {each["file"]: each["description"] for each in laid.pop("attached")}
    content = PdfWriter(folder).write(laid, datetime.fromisoformat(laid["written"]), carried)
    (folder / "update.pdf").write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
