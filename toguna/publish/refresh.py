"""Shown values rewritten in the source: what a build recomputed, told as a list of changes. Nothing else of the text is touched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.checks.protection import picture_words
from toguna.publish.core.resolve import Resolution
from toguna.publish.core.translation import in_place, paragraph_digest
from toguna.publish.core.tree import Fenced, Paragraph, Span, Update, walk

_MARK = re.compile(r"\s*<!--\s*translates\s+[0-9a-f]{8,64}\s*-->")


@dataclass(frozen=True, kw_only=True)
class Rewritten:
    """One shown value that changed."""

    line: int
    reference: str
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class Refreshed:
    source: str
    changes: tuple[Rewritten, ...]


def refresh(resolution: Resolution) -> Refreshed:
    """The source with every ``fig:`` number showing its figure; a number that does not resolve keeps its words."""
    changes: list[tuple[Span, Rewritten]] = []
    for number, shown in resolution.resolved.numbers():
        if number.span in resolution.facts and shown.text != number.shown:
            told = Rewritten(line=number.line, reference=number.reference, was=number.shown, now=shown.text)
            changes.append((number.span, told))
    source = replace_spans(resolution.update.source, [(span, told.now) for span, told in changes])
    return Refreshed(source=source, changes=tuple(told for _, told in changes))


def replace_spans(source: str, changes: Sequence[tuple[Span, str]]) -> str:
    """The source with the words of each span replaced; spans do not overlap."""
    for span, words in sorted(changes, key=lambda change: change[0].start, reverse=True):
        source = source[: span.start] + words + source[span.end :]
    return source


def mark_translated(translation: Update, original: Update) -> str | None:
    """The translation's source with each paragraph marked as translating the one in its place; None if the texts do not align."""
    pairs = in_place(translation, original)
    if not pairs:
        return None
    lines = translation.source.split("\n")
    for ours, theirs in pairs:
        _drop_mark(lines, ours)
        lines[ours.end_line - 1] += f" <!-- translates {paragraph_digest(theirs.inlines)} -->"
    return "\n".join(lines)


def _drop_mark(lines: list[str], paragraph: Paragraph) -> None:
    """Take the old mark from the paragraph's own lines; one on a line before it is emptied, so that no line moves."""
    for index in range(paragraph.line - 1, paragraph.end_line):
        lines[index] = _MARK.sub("", lines[index])
    before = paragraph.line - 2
    if before >= 0 and _MARK.fullmatch(lines[before]):
        lines[before] = ""


def clean_pictures(update: Update, photos: Mapping[str, bytes]) -> dict[str, bytes]:
    """The photos that the text uses and that hold a position or words, by name, without them."""
    cleaned = {}
    for node in walk(update.blocks):
        name = node.options.get("file", "") if isinstance(node, Fenced) else ""
        content = photos.get(name) if name else None
        if content is None or name.lower().endswith(".svg") or picture_words(name, content) == ("", []):
            continue
        with Image.open(BytesIO(content)) as image:
            upright, kind = ImageOps.exif_transpose(image), image.format
            plain = Image.new(upright.mode, upright.size)
            plain.paste(upright)
        written = BytesIO()
        plain.save(written, kind, **({"quality": 92} if kind == "JPEG" else {}))
        cleaned[name] = written.getvalue()
    return cleaned


def told(change: Rewritten, language: Language) -> str:
    """``line 12: 193 was 187 (fig:session_participants)``."""
    words = ByLanguage({"en": ("line", "was"), "fr": ("ligne", "était")})[language]
    return f"{words[0]} {change.line}: {change.now} {words[1]} {change.was} (fig:{change.reference})"
