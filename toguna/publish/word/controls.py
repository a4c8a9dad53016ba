"""What python-docx has no words for: locked content controls, drawings as SVG with a picture for readers that show none."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from toguna.publish.core.resolved import Basis
from toguna.publish.pages.drawings import signs
from toguna.publish.pages.drawings.svg import PAPER, Drawing
from toguna.publish.pages.raster import png_of

_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_EXTENSION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="{svg}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{id}"/></a:ext></a:extLst>'
)


def lock(elements: list[Any], title: str, tag: str) -> Any:
    """Put elements of the body, which follow one another, into a content control that nobody can edit or delete. Returns the control."""
    control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    for name, value in (("alias", title), ("tag", tag), ("lock", "sdtContentLocked")):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), value)
        properties.append(element)
    control.append(properties)
    control.append(content)
    elements[0].addprevious(control)
    for element in elements:
        content.append(element)
    return control


def put_drawing(paragraph: Any, drawing: Drawing, dots: int = 300) -> None:
    """The drawing at its printed width: a PNG that every reader shows, and the SVG for those that can."""
    run = paragraph.add_run()
    run.add_picture(BytesIO(_png(drawing.svg, drawing.width, dots)), width=Pt(drawing.width))
    describe(run, drawing.alt)
    package = paragraph.part.package
    taken = sum(1 for part in package.iter_parts() if str(part.partname).endswith(".svg"))
    name = PackURI(f"/word/media/drawing{taken + 1}.svg")
    part = Part(name, "image/svg+xml", drawing.svg.encode(), package)
    identity = paragraph.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    for blip in run._r.iter(qn("a:blip")):
        blip.append(parse_xml(_EXTENSION.format(svg=_SVG, id=identity)))


def put_mark(paragraph: Any, basis: Basis, alt: str, size: float = 7.0) -> None:
    """The mark of how a number is known; its words are the basis."""
    if basis not in signs.MARKED:
        return
    run = paragraph.add_run()
    run.add_picture(BytesIO(_png(signs.mark(basis, PAPER).svg, size, 600)), height=Pt(size))
    describe(run, alt)


def describe(run: Any, alt: str) -> None:
    for described in run._r.iter(qn("wp:docPr")):
        described.set("descr", alt)


@cache
def _png(svg: str, width: float, dots: int) -> bytes:
    return png_of(svg, width, dots)
