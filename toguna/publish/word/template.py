"""The Word template: real styles on Word's own names, page, header and foot; or the office's own template, whose styles win."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from toguna.publish.pages.look import SANS, SERIF, Look

LABEL, KIND, KEY, NOTE, TABLE = "Toguna label", "Toguna kind", "Toguna key number", "Toguna note", "Toguna table"
_INK = "17212B"
#: What a reader's computer shows where it has not the typeface.
_INSTEAD = {SANS: "Calibri", SERIF: "Cambria"}


def open_template(look: Look) -> Any:
    """An empty document with our styles; of the office's template, all that it has itself is kept."""
    document = Document(BytesIO(look.word) if look.word else None)
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    own = {style.name for style in document.styles} if look.word else set()
    _styles(document, look, own)
    if not look.word:
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    _name_other_faces(document)
    return document


def furnish(document: Any, title: str, foot: str) -> None:
    """The header names the document, the foot says as known when, with the page; what the office's template has stays."""
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    if not header.text:
        header.text = title
        header.style = document.styles["Caption"]
    if not footer.text:
        footer.style = document.styles["Caption"]
        footer.add_run(f"{foot}\t\t" if foot else "\t\t")
        _page_number(footer)


def _styles(document: Any, look: Look, own: set[str]) -> None:
    blue = RGBColor.from_string(look.light["blue"][1:])
    slate = RGBColor.from_string(look.light["slate"][1:])
    ink = RGBColor.from_string(_INK)
    for name, face, size, bold, colour, before, after in (
        ("Normal", look.text, 10, False, ink, 0, 6),
        ("Title", SERIF, 28, True, ink, 0, 2),
        ("Subtitle", SERIF, 16, False, slate, 0, 10),
        ("Heading 1", SERIF, 17, True, ink, 16, 6),
        ("Heading 2", SERIF, 13, True, ink, 12, 4),
        ("Heading 3", look.text, 10.5, True, ink, 10, 3),
        ("Heading 4", look.text, 10, True, ink, 8, 2),
        ("Caption", look.text, 8.5, False, slate, 2, 6),
        (KIND, look.text, 9, True, blue, 0, 0),
        (LABEL, look.text, 10.5, True, ink, 10, 4),
        (KEY, look.text, 26, True, blue, 0, 0),
        (NOTE, look.text, 8.5, False, ink, 0, 2),
    ):
        if name in own:
            continue
        known = {style.name for style in document.styles}
        style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name not in {"Normal"} and style.base_style is None:
            style.base_style = document.styles["Normal"]
        _set(style, face, size, bold, colour, before, after)
    if LABEL not in own:
        _top_border(document.styles[LABEL])
        document.styles[LABEL].paragraph_format.keep_with_next = True
    if KIND not in own:
        document.styles[KIND].font.all_caps = True
    if TABLE not in own:
        _table_style(document)


def _set(style: Any, face: str, size: float, bold: bool, colour: RGBColor, before: float, after: float) -> None:
    font, layout = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic, font.color.rgb = face, Pt(size), bold, False, colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:hAnsi"), face)
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _top_border(style: Any) -> None:
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "5"), ("space", "3"), ("color", _INK)):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    style.element.get_or_add_pPr().append(borders)


def _table_style(document: Any) -> None:
    """No vertical lines: ink above and below the head and at the end, a hairline between rows."""
    style = document.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    style.font.size = Pt(9)
    borders = OxmlElement("w:tblBorders")
    for edge, colour, size in (("top", _INK, "5"), ("bottom", _INK, "5"), ("insideH", "C5CCD3", "4")):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = OxmlElement("w:tblPr")
    properties.append(borders)
    style.element.append(properties)


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _name_other_faces(document: Any) -> None:
    """The font table says what stands in where a face is not installed."""
    part = next(
        (each for each in document.part.package.iter_parts() if str(each.partname) == "/word/fontTable.xml"), None
    )
    if part is None:
        return
    told = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:pitch w:val="variable"/></w:font>'
        for face, other in _INSTEAD.items()
        if f'w:name="{face}"'.encode() not in part.blob
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{told}</w:fonts>".encode())
