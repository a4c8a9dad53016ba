"""The update as a Word file: styles, headings, bullets, pictures, figures as links to their notes.

Bookmarks carry what the way back needs: ``tg_p7`` around leaf 7, ``tg_k7`` and ``tg_e7`` in the first and last paragraph of a block that is not
to be edited, ``tg_b12`` as the target of bound number 12. None tells what a number was computed from, and none spans paragraphs: LibreOffice tears
those apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from toguna.publish.core.resolved import Resolved
from toguna.publish.core.tree import (
    Bound,
    Break,
    BulletList,
    Emphasis,
    Fenced,
    Inline,
    Link,
    Paragraph,
    Span,
    Strong,
    Table,
    Text,
    walk,
)
from toguna.publish.pages.charts import png_of
from toguna.publish.pages.layout import Picture, typographic
from toguna.publish.pages.words import WORDS, account_sentence
from toguna.publish.word.leaves import Leaf, leaves

BLUE, GREY = RGBColor(0x1C, 0x5D, 0x99), RGBColor(0x5C, 0x6B, 0x78)
_BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
_CONTINUED = ("List Continue", "List Continue 2", "List Continue 3")
BLOCK_STYLE = "Toguna block"
#: Before the build's id, among the file's keywords.
IDENTITY = "toguna-build:"
NOT_HERE = {
    "en": "This block is made from the source: change it there, not here.",
    "fr": "Ce bloc est fait à partir de la source : modifiez-le là-bas, pas ici.",
}


def write_docx(
    resolved: Resolved, pictures: Mapping[int, Picture], folder: Path, written: datetime, identity: str = ""
) -> bytes:
    """The Word file's bytes. `pictures` are by the line of their block, their files in `folder`; `written` is the file's date.

    `identity` is the build's id, kept among the file's keywords: Word and LibreOffice both leave those alone.
    """
    return _Writer(resolved, pictures, folder).write(written, identity)


class _Writer:
    def __init__(self, resolved: Resolved, pictures: Mapping[int, Picture], folder: Path) -> None:
        self.resolved, self.pictures, self.folder = resolved, pictures, folder
        self.language = resolved.front.language
        self.words = WORDS[self.language]
        self.numbers: dict[Span, int] = {number.span: index for index, (number, _) in enumerate(resolved.numbers(), 1)}
        self.document = Document()
        self.marks = 0
        _prepare_styles(self.document)

    def write(self, written: datetime, identity: str) -> bytes:
        front = self.resolved.front
        properties = self.document.core_properties
        properties.title, properties.language = ", ".join(filter(None, (front.title, front.subtitle))), self.language
        properties.author = properties.comments = ""
        properties.keywords = f"{IDENTITY}{identity}" if identity else ""
        properties.created = properties.modified = written.replace(tzinfo=None)
        self.document.add_paragraph(front.title, style="Title")
        if front.subtitle:
            self.document.add_paragraph(front.subtitle, style="Subtitle")
        for leaf in leaves(self.resolved.update):
            self.leaf(leaf)
        self.notes()
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def leaf(self, leaf: Leaf) -> None:
        if leaf.kind == "block":
            self.block(leaf)
            return
        style = {
            "heading": f"Heading {min(leaf.level, 4)}",
            "bullet": _BULLETS[min(leaf.level, len(_BULLETS) - 1)],
            "continued": _CONTINUED[min(leaf.level, len(_CONTINUED) - 1)],
            "paragraph": "Normal",
        }[leaf.kind]
        paragraph = self.document.add_paragraph(style=style)
        with self.marked(paragraph, f"tg_p{leaf.id}"):
            self.inlines(paragraph, leaf.inlines)

    def block(self, leaf: Leaf) -> None:
        """A block between two marks, in a style that shows that it is not to be edited."""
        first = self.document.add_paragraph(style=BLOCK_STYLE)
        with self.marked(first, f"tg_k{leaf.id}"):
            first.add_run(NOT_HERE[self.language])
        node = leaf.node
        if isinstance(node, Fenced):
            self.fenced(node)
        elif isinstance(node, Table):
            self.table(node)
        last = self.document.add_paragraph(style=BLOCK_STYLE)
        with self.marked(last, f"tg_e{leaf.id}"):
            last.add_run("▪")

    def fenced(self, node: Fenced) -> None:
        title = node.options.get("title") or self.words.get(node.kind, "")
        if title:
            self.document.add_paragraph(title, style="Toguna band")
        picture = self.pictures.get(node.line)
        if picture is not None:
            self.picture(picture, drawn=node.kind != "photo")
        for inner in walk(node.blocks):
            if isinstance(inner, Paragraph):
                paragraph = self.document.add_paragraph(style=self.style_within(node, inner))
                self.inlines(paragraph, inner.inlines)
            elif isinstance(inner, Table):
                self.table(inner)
        self.figures_of(node)
        if node.options.get("credit"):
            self.document.add_paragraph(f"{self.words['credit']} {node.options['credit']}", style="Caption")

    @staticmethod
    def style_within(node: Fenced, paragraph: Paragraph) -> str:
        """Bullets of a block are bullets; a caption is a caption."""
        if node.kind in {"photo", "map", "chart"}:
            return "Caption"
        lists = [block for block in node.blocks if isinstance(block, BulletList)]
        return "List Bullet" if any(paragraph in walk((block,)) for block in lists) else "Normal"

    def figures_of(self, node: Fenced) -> None:
        """The figures that a block's options asked for, as words: funding shares, the cells of a computed table."""
        figures = self.resolved.blocks.get(node.line)
        if figures is None or node.kind in {"chart", "map"}:
            return
        for option, rows in figures.rows.items():
            for row in rows:
                label = self.words.get(option) or ", ".join(row.labels)
                colon = " :" if self.language == "fr" else ":"
                self.document.add_paragraph(f"{label}{colon} {row.shown.text}", style="List Bullet")

    def picture(self, picture: Picture, *, drawn: bool) -> None:
        path = self.folder / picture.file
        content = path.read_bytes()
        if path.suffix == ".svg":
            # Old Word shows no SVG: a PNG of the same drawing is what every version shows.
            content = png_of(content.decode())
        paragraph = self.document.add_paragraph()
        wide = picture.width >= picture.height
        width = Mm(150 if drawn else 110) if wide else Mm(90)
        paragraph.add_run().add_picture(BytesIO(content), width=width)
        for described in paragraph._p.iter(qn("wp:docPr")):
            described.set("descr", picture.alt)

    def table(self, node: Table) -> None:
        table = self.document.add_table(rows=0, cols=len(node.header), style="Light List Accent 1")
        for cells in (node.header, *node.rows):
            for cell, inlines in zip(table.add_row().cells, cells, strict=False):
                self.inlines(cell.paragraphs[0], inlines)
        header = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(header)

    def inlines(self, paragraph: WordParagraph, inlines: tuple[Inline, ...], **style: bool) -> None:
        for inline in inlines:
            match inline:
                case Text(text=text):
                    _styled(paragraph.add_run(typographic(text, self.language)), style)
                case Break():
                    paragraph.add_run().add_break()
                case Strong(inlines=inner):
                    self.inlines(paragraph, inner, **{**style, "bold": True})
                case Emphasis(inlines=inner):
                    self.inlines(paragraph, inner, **{**style, "italic": True})
                case Link(target=target, inlines=inner):
                    self.linked(paragraph, inner, {qn("r:id"): _relation(paragraph, target)}, style)
                case Bound():
                    self.number(paragraph, inline, style)

    def number(self, paragraph: WordParagraph, number: Bound, style: Mapping[str, bool]) -> None:
        """A bound number as a link to its note: the link survives editing, whatever is typed in it."""
        shown = (Text(text=self.resolved.of(number).text or number.shown),)
        self.linked(paragraph, shown, {qn("w:anchor"): f"tg_b{self.numbers[number.span]}"}, style)

    def linked(
        self,
        paragraph: WordParagraph,
        inlines: tuple[Inline, ...],
        target: Mapping[str, str],
        style: Mapping[str, bool],
    ) -> None:
        link = OxmlElement("w:hyperlink")
        for name, value in target.items():
            link.set(name, value)
        before = len(paragraph._p)
        self.inlines(paragraph, inlines, **style)
        for run in list(paragraph._p)[before:]:
            link.append(run)
        paragraph._p.append(link)

    def notes(self) -> None:
        """Every number's note, with the bookmark that its links lead to."""
        heading = self.document.add_paragraph(style="Heading 1")
        with self.marked(heading, "tg_k0"):
            heading.add_run(self.words["notes"])
        account = account_sentence(self.resolved.account(), self.language)
        self.document.add_paragraph(f"{self.words['account']} {account}", style="Caption")
        for number, shown in self.resolved.numbers():
            paragraph = self.document.add_paragraph(style="Toguna note")
            with self.marked(paragraph, f"tg_b{self.numbers[number.span]}"):
                paragraph.add_run(shown.text or number.shown).bold = True
            paragraph.add_run(f"  {shown.note}")

    @contextmanager
    def marked(self, paragraph: WordParagraph, name: str) -> Iterator[None]:
        """Inside, what is added to the paragraph stands in a bookmark."""
        self.marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), name)
        paragraph._p.append(start)
        yield
        paragraph._p.append(end)


def _styled(run: Any, style: Mapping[str, bool]) -> None:
    run.bold, run.italic = style.get("bold") or None, style.get("italic") or None


def _relation(paragraph: WordParagraph, target: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    return str(paragraph.part.relate_to(target, kind, is_external=True))


def _prepare_styles(document: Any) -> None:
    """Our look on Word's own style names, so that its navigation and numbering work."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Lato", Pt(10)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        styles[name].font.name, styles[name].font.color.rgb = "Lato", BLUE
    for name, size, colour, shade in (
        ("Toguna band", 10, RGBColor(255, 255, 255), "1C5D99"),
        (BLOCK_STYLE, 7, GREY, "E9F0F6"),
        ("Toguna note", 8, None, None),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.font.color.rgb = styles["Normal"], Pt(size), colour
        if shade:
            shading = OxmlElement("w:shd")
            for attribute, value in (("val", "clear"), ("color", "auto"), ("fill", shade)):
                shading.set(qn(f"w:{attribute}"), value)
            style.element.get_or_add_pPr().append(shading)
