"""A document's text with the findings marked in it, as one web page that needs nothing else and no script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from toguna.check.core.document import Block, Document, Table, Text
from toguna.check.core.finding import Finding, Span
from toguna.kernel.api import Language

STYLE = files("toguna.check.core").joinpath("marked.css").read_text(encoding="utf-8")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "Figures that do not agree",
        "none": "No figures were found that do not agree.",
        "one": "1 finding",
        "many": "{count} findings",
        "high": "sure",
        "medium": "likely",
        "low": "possible",
        "text": "The text",
        "page": "Page {page}",
        "back": "back to the list",
    },
    "fr": {
        "title": "Chiffres qui ne concordent pas",
        "none": "Aucun chiffre discordant n'a été trouvé.",
        "one": "1 constat",
        "many": "{count} constats",
        "high": "sûr",
        "medium": "probable",
        "low": "possible",
        "text": "Le texte",
        "page": "Page {page}",
        "back": "retour à la liste",
    },
}


class Checked(NamedTuple):
    """A document and what was found in it."""

    document: Document
    findings: Sequence[Finding]


def render_html(checked: Sequence[Checked], language: Language = "en") -> str:
    """One page for all documents: the findings, then each text with them marked. Everything of the documents is escaped."""
    words = _WORDS[language]
    title = f"{words['title']}: {', '.join(one.document.name for one in checked)}"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_safe(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{words['title']}</h1>\n{articles(checked, language)}\n</main>\n</body>\n</html>\n"
    )


def articles(checked: Sequence[Checked], language: Language) -> str:
    """For each document its findings, then its text with them marked."""
    return "\n".join("\n".join(_article(one, at, language)) for at, one in enumerate(checked))


def _safe(text: str) -> str:
    return escape(_CONTROL.sub("\ufffd", text))


class _Mark(NamedTuple):
    """Where one finding touches one text; `first` at the place where its note is."""

    number: int
    finding: Finding
    span: Span
    first: bool


def _article(one: Checked, at: int, language: Language) -> Iterator[str]:
    document, findings = one
    words = _WORDS[language]
    count = words["none"] if not findings else words["one"] if len(findings) == 1 else words["many"]
    yield f"<article>\n<h2>{_safe(document.name)}</h2>\n<p>{count.format(count=len(findings))}</p>"
    if findings:
        yield '<ol class="found">'
        for number, finding in enumerate(findings, 1):
            yield f'<li id="f{at}-{number}">{_told(finding, language, f"#t{at}-{number}")}</li>'
        yield "</ol>"
    yield f'<h3>{words["text"]}</h3>\n<div class="words" lang="{document.spoken()}">'
    yield from _Text(document, findings, at, language).told()
    yield "</div>\n</article>"


def _told(finding: Finding, language: Language, target: str) -> str:
    place = finding.place
    where = replace(place, file=None).written(language) or "…"
    sure = _WORDS[language][finding.confidence]
    return (
        f'<a class="place" href="{target}">{_safe(where)}</a> <span class="sure">({sure})</span> '
        f'<span class="quote">{_safe(finding.quote)}</span><br>'
        f"{_safe(finding.message(language))} {_safe(finding.cure(language))}"
    )


class _Text:
    """Writes one document's parts, with marks where findings point."""

    def __init__(self, document: Document, findings: Sequence[Finding], at: int, language: Language) -> None:
        self._document = document
        self._at = at
        self._language: Language = language
        self._page: int | None = None
        self._index = -1
        self._marks: dict[int, list[_Mark]] = {}
        for number, finding in enumerate(findings, 1):
            for order, span in enumerate(finding.spans):
                self._marks.setdefault(span.text, []).append(_Mark(number, finding, span, order == 0))

    def told(self) -> Iterator[str]:
        for part in self._document.parts:
            yield from self._turned(part)
            start = self._index + 1
            yield from self._block(part) if isinstance(part, Block) else self._table(part)
            yield from self._notes(start)

    def _turned(self, part: Block | Table) -> Iterator[str]:
        """A line where a new page begins."""
        texts = [part] if isinstance(part, Block) else [cell for row in part.rows for cell in row]
        page = next((spot.page for text in texts for spot in text.spots), None)
        if page is not None and page != self._page:
            self._page = page
            yield f'<p class="page">{_WORDS[self._language]["page"].format(page=page)}</p>'

    def _block(self, block: Block) -> Iterator[str]:
        inner = self._marked(block).replace("\n", " ")
        if block.kind == "heading":
            tag = f"h{min(6, block.level + 3)}"
            yield f"<{tag}>{inner}</{tag}>"
            return
        kinds = {"bullet": "item", "caption": "small", "note": "small"}
        names = " ".join(filter(None, (kinds.get(block.kind, ""), "beside" if block.aside else "")))
        yield f'<p class="{names}">{inner}</p>' if names else f"<p>{inner}</p>"

    def _table(self, table: Table) -> Iterator[str]:
        yield '<div class="scroll" tabindex="0"><table>'
        if table.caption:
            yield f"<caption>{self._marked(table.caption)}</caption>"
        for row in table.rows:
            yield "<tr>"
            for cell in row:
                tag = "th" if cell.header else "td"
                span = f' colspan="{cell.span}"' if cell.span > 1 else ""
                yield f"<{tag}{span}>{self._marked(cell)}</{tag}>"
            yield "</tr>"
        yield "</table></div>"

    def _marked(self, text: Text) -> str:
        """The next text of the document, cut where a mark begins or ends: marks may overlap."""
        self._index += 1
        marks = self._marks.get(self._index, [])
        if not marks:
            return _safe(text.text)
        edges = sorted({0, len(text.text)} | {edge for mark in marks for edge in (mark.span.start, mark.span.end)})
        written = []
        for start, end in pairwise(edges):
            here = [mark for mark in marks if mark.span.start <= start and end <= mark.span.end]
            piece = _safe(text.text[start:end])
            if here:
                sure = next(
                    level for level in ("high", "medium", "low") if any(m.finding.confidence == level for m in here)
                )
                piece = f'<mark class="{sure}">{piece}</mark>'
            ended = [mark for mark in marks if mark.span.end == end]
            written.append(piece + "".join(map(self._number, ended)))
        return "".join(written)

    def _number(self, mark: _Mark) -> str:
        anchor = f' id="t{self._at}-{mark.number}"' if mark.first else ""
        return f'<sup{anchor}><a href="#f{self._at}-{mark.number}">[{mark.number}]</a></sup>'

    def _notes(self, start: int) -> Iterator[str]:
        """Under a part, what is wrong in it."""
        for index in range(start, self._index + 1):
            for mark in self._marks.get(index, []):
                if mark.first:
                    finding = mark.finding
                    message = f"{finding.message(self._language)} {finding.cure(self._language)}"
                    back = _WORDS[self._language]["back"]
                    yield (
                        f'<p class="note {finding.confidence}" lang="{self._language}">[{mark.number}] {_safe(message)} '
                        f'<a href="#f{self._at}-{mark.number}">{back}</a></p>'
                    )
