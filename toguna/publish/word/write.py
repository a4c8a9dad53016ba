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

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.blocks import first_number, items
from toguna.publish.core.resolved import BlockFigures, Resolved
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
from toguna.publish.pages.dates import known_words
from toguna.publish.pages.drawings.svg import Pen
from toguna.publish.pages.look import Look
from toguna.publish.pages.pictures import Picture
from toguna.publish.pages.raster import png_of
from toguna.publish.pages.setting import place_and_period, typographic, without_first
from toguna.publish.pages.sketches import Sketch
from toguna.publish.pages.words import BASES, WORDS, account_sentence, axis_names
from toguna.publish.word.controls import describe, lock, put_drawing, put_mark
from toguna.publish.word.leaves import Leaf, leaves
from toguna.publish.word.template import KEY, KIND, LABEL, NOTE, TABLE, furnish, open_template

_BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
_CONTINUED = ("List Continue", "List Continue 2", "List Continue 3")
#: Before the build's id, among the file's keywords.
IDENTITY = "toguna-build:"
#: The title of the content control around a block that is made from the source.
LOCKED = ByLanguage({"en": "from the source", "fr": "tiré de la source"})


def write_docx(
    resolved: Resolved,
    pictures: Mapping[int, Picture],
    folder: Path,
    written: datetime,
    identity: str = "",
    sketches: Mapping[int, Sketch] | None = None,
    look: Look | None = None,
    imprint: str = "",
) -> bytes:
    """The Word file's bytes. `pictures` are by the line of their block, their files in `folder`; `written` is the file's date.

    `imprint` says who let an edition out; it follows the account of figures, as in the other files.

    `identity` is the build's id, kept among the file's keywords: Word and LibreOffice both leave those alone.
    """
    return _Writer(resolved, pictures, folder, sketches or {}, look or Look(), imprint).write(written, identity)


class _Writer:
    def __init__(
        self,
        resolved: Resolved,
        pictures: Mapping[int, Picture],
        folder: Path,
        sketches: Mapping[int, Sketch],
        look: Look,
        imprint: str,
    ) -> None:
        self.imprint = imprint
        self.resolved, self.pictures, self.folder, self.sketches = resolved, pictures, folder, sketches
        self.language = resolved.front.language
        self.words = WORDS[self.language]
        self.numbers: dict[Span, int] = {number.span: index for index, (number, _) in enumerate(resolved.numbers(), 1)}
        self.document = open_template(look)
        self.marks = 0

    def write(self, written: datetime, identity: str) -> bytes:
        front = self.resolved.front
        properties = self.document.core_properties
        properties.title, properties.language = ", ".join(filter(None, (front.title, front.subtitle))), self.language
        properties.author = properties.comments = ""
        properties.keywords = f"{IDENTITY}{identity}" if identity else ""
        properties.created = properties.modified = written.replace(tzinfo=None)
        known = known_words(front.cut_off, self.language)
        furnish(self.document, properties.title, f"{self.words['known']} {known}" if known else "")
        place, period = place_and_period(front.subtitle, front.title)
        self.document.add_paragraph(front.title, style=KIND)
        self.document.add_paragraph(place, style="Title")
        if period:
            self.document.add_paragraph(period, style="Subtitle")
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
        """A block in a locked content control; its first and last paragraphs carry the marks of the way back."""
        body = self.document.element.body
        before = len(body)
        node = leaf.node
        if isinstance(node, Fenced):
            self.fenced(node)
        elif isinstance(node, Table):
            self.table(node)
        # The section's properties always stand last in the body.
        made = [element for element in list(body)[before - 1 :] if element.tag != qn("w:sectPr")]
        if not made or made[-1].tag != qn("w:p"):
            made.append(self.document.add_paragraph(style="Caption")._p)
        control = lock(made, LOCKED[self.language], f"toguna-{leaf.id}")
        paragraphs = list(control.iter(qn("w:p")))
        self.mark_around(paragraphs[0], f"tg_k{leaf.id}")
        self.mark_around(paragraphs[-1], f"tg_e{leaf.id}")

    def mark_around(self, paragraph: Any, name: str) -> None:
        """A bookmark around what a paragraph holds already."""
        self.marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), name)
        properties = paragraph.find(qn("w:pPr"))
        paragraph.insert(0 if properties is None else 1, start)
        paragraph.append(end)

    def fenced(self, node: Fenced) -> None:
        title = node.options.get("title") or node.options.get("caption") or self.words.get(node.kind, "")
        if title:
            self.document.add_paragraph(typographic(title, self.language), style=LABEL)
        picture = self.pictures.get(node.line)
        if picture is not None:
            self.picture(picture, drawn=node.kind != "photo")
        sketch = self.sketches.get(node.line)
        if sketch is not None:
            self.drawing(sketch)
        if node.kind == "key-figures":
            self.key_figures(node)
            return
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
        """The figures that a block's options asked for: the cells of a computed table; funding shares as words."""
        figures = self.resolved.blocks.get(node.line)
        if figures is None or node.kind in {"chart", "map"}:
            return
        if node.kind == "table":
            self.computed(figures)
            return
        for option, rows in figures.rows.items():
            for row in rows:
                label = self.words.get(option) or ", ".join(row.labels)
                colon = " :" if self.language == "fr" else ":"
                self.document.add_paragraph(f"{label}{colon} {row.shown.text}", style="List Bullet")

    def computed(self, figures: BlockFigures) -> None:
        """The table that `of` and `by` ask for, a row a figure."""
        heads = [*axis_names(figures.by, self.language, "head"), figures.title]
        table = self.document.add_table(rows=1, cols=len(heads), style=TABLE)
        _repeat_header(table)
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            cell.text = typographic(head, self.language)
        for row in figures.rows.get("of", ()):
            cells = table.add_row().cells
            for cell, words in zip(cells, (*row.labels, row.shown.text), strict=True):
                cell.text = typographic(words, self.language)
            cells[-1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def picture(self, picture: Picture, *, drawn: bool) -> None:
        path = self.folder / picture.file
        content = path.read_bytes()
        if path.suffix == ".svg":
            # Old Word shows no SVG: a PNG of the same drawing is what every version shows.
            content = png_of(content.decode(), 400, 220)
        paragraph = self.document.add_paragraph()
        wide = picture.width >= picture.height
        width = Mm(150 if drawn else 110) if wide else Mm(90)
        run = paragraph.add_run()
        run.add_picture(BytesIO(content), width=width)
        describe(run, picture.alt)

    def drawing(self, sketch: Sketch) -> None:
        """A chart or map at its printed width."""
        put_drawing(self.document.add_paragraph(), sketch.drawn(Pen(), 425))

    def key_figures(self, node: Fenced) -> None:
        """The key figures side by side, each with its mark and the words that it counts."""
        found = items(node)
        table = self.document.add_table(rows=0, cols=min(len(found), 3))
        for at, item in enumerate(found):
            row = table.add_row() if at % 3 == 0 else table.rows[-1]
            cell, number, head = row.cells[at % 3], first_number(item), item.blocks[0]
            if number is None or not isinstance(head, Paragraph):
                continue
            large, words = cell.paragraphs[0], cell.add_paragraph()
            large.style = self.document.styles[KEY]
            self.number(large, number, {})
            large.add_run(" ")
            basis = self.resolved.of(number).basis
            put_mark(large, basis, BASES[self.language].get(basis, ("", ""))[0], 8.0)
            self.inlines(words, tuple(without_first(head.inlines)))

    def table(self, node: Table) -> None:
        table = self.document.add_table(rows=0, cols=len(node.header), style=TABLE)
        for cells in (node.header, *node.rows):
            for cell, inlines in zip(table.add_row().cells, cells, strict=False):
                self.inlines(cell.paragraphs[0], inlines)
        _repeat_header(table)

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
        self.document.add_paragraph(f"{self.words['account']} {account} {self.imprint}".rstrip(), style="Caption")
        for number, shown in self.resolved.numbers():
            paragraph = self.document.add_paragraph(style=NOTE)
            with self.marked(paragraph, f"tg_b{self.numbers[number.span]}"):
                paragraph.add_run(shown.text or number.shown).bold = True
            paragraph.add_run(" ")
            put_mark(paragraph, shown.basis, BASES[self.language].get(shown.basis, ("", ""))[0])
            paragraph.add_run(f" {shown.note}")

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


def _repeat_header(table: Any) -> None:
    """The first row stands again on each page."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _styled(run: Any, style: Mapping[str, bool]) -> None:
    run.bold, run.italic = style.get("bold") or None, style.get("italic") or None


def _relation(paragraph: WordParagraph, target: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    return str(paragraph.part.relate_to(target, kind, is_external=True))
