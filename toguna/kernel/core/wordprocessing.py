"""The parts of a Word file (ECMA-376 part 1, WordprocessingML) that every reader of Word files here goes by.

In: an opened `Package`. Out: the document, styles, comments, notes and links of it, and the words of a run with tracked changes accepted.
Refused: what `Package` refuses, and a package without a Word document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from toguna.kernel.core.ooxml import BrokenPackage, Package, local_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: The attribute by which an element names a relationship.
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DOCUMENT = "word/document.xml"
#: Elements that are gone once changes are accepted, or that say the same again.
GONE = frozenset(
    {"del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "tblPr", "tcPr", "trPr", "sectPr"}
)
#: Elements that only wrap what stands in them.
WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"})


@dataclass(frozen=True, kw_only=True)
class WordComment:
    """A comment of a Word file: who wrote it, when (as written, empty without a date), and its words."""

    author: str
    date: str
    words: str


class WordParts:
    """The parts of one Word file, found by relationship, else by their usual names."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.document = package.main(DOCUMENT)
        if not package.has(self.document):
            raise BrokenPackage(f"{DOCUMENT} is missing")
        self._related = package.related(self.document)

    def body(self) -> Any | None:
        """The body of the document; None where the file has none."""
        return self.package.root(self.document).find(f"{W}body")

    def part(self, kind: str) -> str | None:
        """The part of this kind (`styles`, `comments`, `footnotes`) that the document leads to, or of its usual name."""
        leads = [target for word, target in self._related.values() if word == kind]
        folder = self.document.rpartition("/")[0]
        return next(filter(self.package.has, (*leads, f"{folder}/{kind}.xml")), None)

    def root(self, kind: str) -> Any | None:
        """The root element of the part of this kind; None where the file has none."""
        part = self.part(kind)
        return self.package.root(part) if part else None

    def headers(self) -> list[str]:
        """The parts with the heads of pages, by name."""
        return sorted(self.package.parts(r"word/header\d*\.xml"))

    def styles(self) -> dict[str, Any]:
        """The elements of the styles, by id."""
        root = self.root("styles")
        return {} if root is None else {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}

    def comments(self) -> dict[str, WordComment]:
        """The comments, by id."""
        root = self.root("comments")
        if root is None:
            return {}
        return {
            comment.get(f"{W}id", ""): WordComment(
                author=comment.get(f"{W}author", ""),
                date=comment.get(f"{W}date", "")[:10],
                words=" ".join(
                    "".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in comment.iter(f"{W}p")
                ),
            )
            for comment in root.iter(f"{W}comment")
        }

    def links(self) -> dict[str, str]:
        """The addresses that the document's hyperlinks name, by relationship."""
        return self.package.links(self.document)

    def property(self, name: str) -> str:
        """One of the file's properties (`title`, `keywords`); empty where it has none."""
        if not self.package.has("docProps/core.xml"):
            return ""
        return (self.package.root("docProps/core.xml").findtext(f"{{*}}{name}") or "").strip()


def style_name(style: Any) -> str:
    """The name of a style in small letters: LibreOffice renames the ids, never the names."""
    title = style.find(f"{W}name")
    return title.get(f"{W}val", "").lower() if title is not None else ""


def is_on(look: Any | None, name: str, otherwise: bool = False) -> bool:
    """Whether a run's look (`rPr`) has this property: `b`, `i`. `otherwise` where it says nothing."""
    found = look.find(f"{W}{name}") if look is not None else None
    return otherwise if found is None else found.get(f"{W}val", "true") not in {"0", "false", "off"}


def value(element: Any | None, otherwise: int) -> int:
    """The whole number in an element's `val`; `otherwise` where there is none."""
    said = element.get(f"{W}val", "") if element is not None else ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else otherwise


def written(element: Any) -> str | None:
    """The characters that an element of a run stands for: its words, a tab, a line end; None for every other element."""
    return {
        "t": element.text or "",
        "tab": " ",
        "ptab": " ",
        "br": "\n",
        "cr": "\n",
        "noBreakHyphen": "\u2011",
        "softHyphen": "",
    }.get(local_name(element))
