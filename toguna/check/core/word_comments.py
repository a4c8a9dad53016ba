"""A copy of a Word file with each finding as a comment at its words; everything else stays as it was, comments and tracked changes too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import count
from typing import Any

from lxml import etree

from toguna.check.core.document import Block, Document, Text
from toguna.check.core.finding import Finding, Span
from toguna.check.core.readers.package import open_package, refusals
from toguna.check.core.readers.word import WordWalk, pieces
from toguna.kernel.api import Language
from toguna.kernel.core.ooxml import Package, is_strict, parse, relations_of, replaced, strict_again
from toguna.kernel.core.wordprocessing import W, WordParts

AUTHOR = "Toguna"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def commented_word(content: bytes, document: Document, findings: Sequence[Finding], language: Language = "en") -> bytes:
    """The bytes of the copy. `document` is what was read of this content, `findings` are its own; refused (`Refused`) is what the reader of Word files refuses.

    Word allows no comments in text boxes, heads of pages and notes: such a finding is a comment at the paragraph that holds the box, or at the
    first paragraph, and quotes its words.
    """
    name = document.name
    with refusals(name):
        word = WordParts(open_package(content))
        body = word.body()
        if body is None or not findings:
            return content
        places = _Places(word, name, body)
        comments = _Comments(word)
        for finding in findings:
            number = comments.add(finding, language, quoted=not places.is_exact(finding.spans[0]))
            places.mark(finding.spans[0], number)
        changed = {word.document: _bytes(places.root), **comments.changed()}
        return replaced(content, {part: _as_before(word.package, part, made) for part, made in changed.items()})


def _as_before(package: Package, part: str, made: bytes) -> bytes:
    """In the namespaces that the file's document has."""
    main = package.main("word/document.xml")
    return strict_again(made) if part.endswith(".xml") and is_strict(package.read(main)) else made


class _Places:
    """Where the words of findings stand among the paragraphs of the body."""

    def __init__(self, word: WordParts, name: str, body: Any) -> None:
        self.root = body.getroottree().getroot()
        self._body = body
        walk = WordWalk(word, name)
        document = walk.read(body)
        self._paragraphs = walk.paragraphs
        self._texts = tuple(document.texts())
        before = sum(_texts_in(part) for part in document.parts[: walk.first])
        self._body_texts = range(
            before, before + sum(_texts_in(part) for part in document.parts[walk.first : walk.last])
        )

    def is_exact(self, span: Span) -> bool:
        """Whether the comment can stand at the words themselves."""
        paragraph = self._paragraph(span)
        return paragraph is not None and next(paragraph.iterancestors(f"{W}txbxContent"), None) is None

    def mark(self, span: Span, number: int) -> None:
        """Put the marks of comment `number` around the words."""
        paragraph = self._paragraph(span)
        if paragraph is not None and self.is_exact(span):
            first, last = self._runs(paragraph, span)
        else:
            outer = self._outer(paragraph)
            first, last = outer, outer
        start, end = (_element("commentRange" + word, id=str(number)) for word in ("Start", "End"))
        if first is None or last is None or first.tag == f"{W}p":
            holder = first if first is not None else self._outer(None)
            holder.insert(1 if len(holder) and holder[0].tag == f"{W}pPr" else 0, start)
            holder.append(end)
            holder.append(_reference(number))
            return
        first.addprevious(start)
        last.addnext(end)
        _child_of(end, f"{W}p").addnext(_reference(number))

    def _paragraph(self, span: Span) -> Any | None:
        if span.text not in self._body_texts:
            return None
        line = self._texts[span.text].place(span.start).line
        return self._paragraphs[line - 1] if line else None

    def _outer(self, paragraph: Any | None) -> Any:
        """The outermost paragraph around a text box; the first one of the body where there is none."""
        if paragraph is not None:
            return [paragraph, *paragraph.iterancestors(f"{W}p")][-1]
        found = next((own for own in self._body.iter(f"{W}p")), None)
        if found is None:
            found = etree.SubElement(self._body, f"{W}p")
        return found

    def _runs(self, paragraph: Any, span: Span) -> tuple[Any | None, Any | None]:
        """The first and the last run of the words, cut so that they hold nothing else."""
        low, high = self._within(paragraph, span)
        first = last = None
        at = 0
        for words, element in list(pieces(paragraph)):
            length = 0 if words == "\f" else len(words)
            begins, ends = at, at + length
            at = ends
            if ends <= low or begins >= high or not length:
                continue
            if begins < low:
                element = _cut(element, low - begins)
                begins = low
            if ends > high:
                _cut(element, high - begins)
            run = _child_of(element, f"{W}p") if element.getparent().tag != f"{W}r" else element.getparent()
            first, last = first if first is not None else run, run
        return first, last

    def _within(self, paragraph: Any, span: Span) -> tuple[int, int]:
        """The span as characters of the paragraph: a text may be several paragraphs, and lacks a typed bullet and blanks at its ends."""
        text = self._texts[span.text]
        line = text.place(span.start).line
        start = min(spot.start for spot in text.spots if spot.line == line)
        whole = "".join(words for words, _ in pieces(paragraph) if words != "\f")
        shift = len(whole) - len(whole.lstrip()) - start
        if start == 0 and isinstance(text, Block):
            shift += max(0, len(whole.strip()) - len(text.text))
        return span.start + shift, span.end + shift


def _texts_in(part: Any) -> int:
    return 1 if isinstance(part, Text) else (part.caption is not None) + sum(len(row) for row in part.rows)


def _cut(element: Any, at: int) -> Any:
    """Cut a run's words in two runs of one look; returns the element of the second."""
    run = element.getparent()
    if element.tag != f"{W}t" or run.tag != f"{W}r":
        return element
    words = element.text or ""
    second = etree.Element(f"{W}r", run.attrib, run.nsmap)
    look = run.find(f"{W}rPr")
    if look is not None:
        second.append(deepcopy(look))
    rest = deepcopy(element)
    rest.tail = None
    element.text, rest.text = words[:at], words[at:]
    for half in (element, rest):
        half.set(_XML_SPACE, "preserve")
    following = list(element.itersiblings())
    second.append(rest)
    second.extend(following)
    run.addnext(second)
    return rest


def _child_of(element: Any, tag: str) -> Any:
    """What stands right under the nearest ancestor of this name."""
    while element.getparent() is not None and element.getparent().tag != tag:
        element = element.getparent()
    return element


class _Comments:
    """The part of comments, with its place in the package; made where the file has none."""

    def __init__(self, word: WordParts) -> None:
        self._package, self._document = word.package, word.document
        self._part = word.part("comments")
        self._is_new = self._part is None
        if self._part is None:
            folder = word.document.rpartition("/")[0]
            names = (f"{folder}/comments{at or ''}.xml" for at in count())
            self._part = next(name for name in names if not word.package.has(name))
            self._root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        else:
            self._root = word.package.root(self._part)
        taken = (comment.get(f"{W}id", "") for comment in self._root.iter(f"{W}comment"))
        self._next = max((int(own) for own in taken if own.isascii() and own.isdigit()), default=-1) + 1

    def add(self, finding: Finding, language: Language, *, quoted: bool) -> int:
        """Writes the comment; returns its number."""
        number = self._next
        self._next += 1
        comment = _element("comment", id=str(number), author=AUTHOR, initials="T")
        self._root.append(comment)
        lines = [finding.message(language), f"{finding.cure(language)} [{finding.id}]"]
        for line in ([f"« {finding.quote} »"] if quoted else []) + lines:
            paragraph = etree.SubElement(comment, f"{W}p")
            text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
            text.text = "".join(_allowed(line))
        return number

    def changed(self) -> dict[str, bytes]:
        """The parts to write, by name."""
        assert self._part is not None
        made = {self._part: _bytes(self._root)}
        if self._is_new:
            types = self._package.root("[Content_Types].xml") if self._package.has("[Content_Types].xml") else None
            if types is not None:
                etree.SubElement(
                    types, f"{_TYPES}Override", {"PartName": f"/{self._part}", "ContentType": _CONTENT_TYPE}
                )
                made["[Content_Types].xml"] = _bytes(types)
            made[relations_of(self._document)] = self._relations()
        return made

    def _relations(self) -> bytes:
        part = relations_of(self._document)
        raw = self._package.read(part) if self._package.has(part) else b""
        root = parse(raw, part) if raw else etree.Element(f"{_RELATIONS}Relationships", nsmap={None: _RELATIONS[1:-1]})
        taken = {relation.get("Id") for relation in root}
        name = next(name for at in count(1) if (name := f"rIdToguna{at}") not in taken)
        target = f"/{self._part}"
        etree.SubElement(root, f"{_RELATIONS}Relationship", {"Id": name, "Type": _KIND, "Target": target})
        return strict_again(_bytes(root)) if is_strict(raw) else _bytes(root)


def _element(name: str, **values: str) -> Any:
    return etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in values.items()}, {"w": W[1:-1]})


def _reference(number: int) -> Any:
    run = etree.Element(f"{W}r", nsmap={"w": W[1:-1]})
    run.append(_element("commentReference", id=str(number)))
    return run


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _allowed(text: Iterable[str]) -> Iterator[str]:
    """Without the characters that XML has none of."""
    return (one for one in text if one in "\t\n" or (ord(one) >= 32 and not 0xD800 <= ord(one) <= 0xDFFF))
