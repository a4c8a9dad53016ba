"""A drawing as a picture that every reader shows, made by the same engine that sets the pages."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from toguna.publish.pages.look import folder_of_fonts

_PAGE = '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("drawing.svg", width: {width}pt)\n'


def png_of(svg: str, width: float, dots: int = 300) -> bytes:
    """The drawing as PNG at so many points of width and dots an inch."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "drawing.svg").write_text(svg, encoding="utf-8")
        (folder / "page.typ").write_text(_PAGE.format(width=round(width, 2)), encoding="utf-8")
        made = typst.compile(
            str(folder / "page.typ"),
            root=name,
            format="png",
            ppi=dots,
            font_paths=[str(folder_of_fonts())],
            ignore_system_fonts=True,
        )
    assert isinstance(made, bytes)
    return made
